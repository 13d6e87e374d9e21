import { assert, type Result, utf8 } from '@quorate/kernel'
import { sha256 } from '@noble/hashes/sha2.js'

import { checkBallot, type CheckedBallot } from '../src/voting/ballot-check.ts'
import { lockBallot } from '../src/voting/ballot.ts'
import { openTally } from '../src/opening/decryption.ts'
import { checkOpening } from '../src/opening/decryption.ts'
import { type Election, electionText, parseElection } from '../src/election.ts'
import type { GroupName } from '../src/groups/engine.ts'
import type { ElectionEvent } from '../src/archive/events.ts'
import { type Element, type EngineOptions, engineOf } from '../src/groups/groups.ts'
import { castStatementText, makeCastStatement, noPreviousTracker } from '../src/voting/cast-statement.ts'
import { randomScalar, sha256Hex } from '../src/hash.ts'
import { companionOf, companionText } from '../src/opening/opening-companion.ts'
import type { ListQuestion } from '../src/voting/list-question.ts'
import { type Answer, type AnyQuestion, isListQuestion, type Question } from '../src/voting/question.ts'
import { checkResult, combineResult, type QuestionResult, resultText } from '../src/opening/result.ts'
import { type PublicRoll, parsePublicRoll } from '../src/voting/roll.ts'
import { proveKey, signMessage } from '../src/schnorr.ts'
import { seededRandom } from '../src/seeded-random.ts'
import { type Shuffled, shufflePapers } from '../src/shuffle/shuffle.ts'
import { spoiledPapers, spoiledText } from '../src/voting/spoiled.ts'
import { afterShuffle, encryptedTally, type EncryptedTally, listCiphertexts } from '../src/opening/tally.ts'
import {
  certificatesText,
  certificateText,
  coefexpsText,
  parseTrustees,
  type Trustees,
  type TrusteesMessage,
  trusteesText,
  verificationKeyText,
} from '../src/trustees/trustees-format.ts'
import { nodeModExp } from './node-modexp.ts'

/** The value of a result that must be good. */
export function good<T>(result: Result<T, unknown>): T {
  assert(result.kind === 'ok', result.kind === 'fail' ? JSON.stringify(result.error) : '')
  return result.value
}

/** A reproducible source of randomness for tests, by name. */
export const randomFrom = (seed: string) => seededRandom(sha256(utf8(seed)))

export const yesNo: Question = { answers: ['Yes', 'No'], min: 1, max: 1, question: 'Adopt the change of rule 4.2?' }
export const approval: Question = {
  answers: ['Ada', 'Bea', 'Cy', 'Dov'],
  min: 1,
  max: 3,
  question: 'Who may join the committee?',
}
export const withBlank: Question = { answers: ['A', 'B', 'C'], blank: true, min: 1, max: 2, question: 'Où ? « ici » "là" 🙂' }

/** A ranking of four people, as Belenios counts transferable votes. */
export const ranked: ListQuestion = {
  type: 'NonHomomorphic',
  value: { answers: ['Ada', 'Bea', 'Cy', 'Dov'], question: 'In what order?' },
  extra: { method: 'STV', blank: true, seats: 2 },
}

/** Points from 0 to 5 for three plans. */
export const scored: ListQuestion = {
  type: 'NonHomomorphic',
  value: { answers: ['Hall', 'Garden', 'Neither'], question: 'How good is each?' },
  extra: { method: 'Score', most: 5 },
}

/** How trustees hold the key: one alone, or n of whom t open. */
export type Keyholders = 'single' | { readonly size: number; readonly threshold: number }

export type Demo = {
  readonly election: Election
  readonly trustees: Trustees<Element>
  readonly roll: PublicRoll<Element>
  readonly setup: Extract<ElectionEvent, { type: 'Setup' }>
  /** Secrets of the voters, in the order they were drawn; of the trustees, by owner − 1. */
  readonly voters: readonly bigint[]
  readonly secrets: readonly bigint[]
}

const scalars = (q: bigint, n: number, seed: string): bigint[] => {
  const random = randomFrom(seed)
  return Array.from({ length: n }, () => randomScalar(q, random))
}

type Keys = { readonly message: TrusteesMessage; readonly secrets: readonly bigint[] }

/** A dealer-free key as honest trustees make it, all of them played by one test. */
function keysOf(group: GroupName, holders: Keyholders, wasm: EngineOptions['wasm']): Keys {
  const engine = engineOf(group, { modexp: nodeModExp, wasm })
  const { q } = engine
  const publicText = (secret: bigint): string => engine.encode(engine.multiplyBaseSecret(secret))
  if (holders === 'single') {
    const [secret = 0n] = scalars(q, 1, 'single trustee')
    const public_key = publicText(secret)
    return { message: [['Single', { pok: proveKey(engine, secret, public_key), public_key }]], secrets: [secret] }
  }
  const { size, threshold } = holders
  const trustees = Array.from({ length: size }, (_, i) => i + 1)
  const signing = scalars(q, size, 'signing')
  const reading = scalars(q, size, 'reading')
  const polynomials = trustees.map((i) => scalars(q, threshold, `polynomial ${String(i)}`))
  const certs = trustees.map((index, i) => {
    const message = certificateText({
      verification: publicText(signing[i] ?? 0n),
      encryption: publicText(reading[i] ?? 0n),
      context: { group, size, threshold, index },
    })
    return { message, signature: signMessage(engine, signing[i] ?? 0n, message) }
  })
  const exponents = polynomials.map((coefficients) => coefficients.map(publicText))
  const at = (coefficients: readonly bigint[], x: number): bigint =>
    coefficients.reduceRight((value, coefficient) => (value * BigInt(x) + coefficient) % q, 0n)
  const secrets = trustees.map((x) => polynomials.reduce((sum, polynomial) => (sum + at(polynomial, x)) % q, 0n))
  const message = {
    threshold,
    certs,
    coefexps: exponents.map((row, i) => {
      const text = coefexpsText(row)
      return { message: text, signature: signMessage(engine, signing[i] ?? 0n, text) }
    }),
    signatures: exponents.map((row, i) => signMessage(engine, signing[i] ?? 0n, certificatesText(certs, row))),
    verification_keys: secrets.map((secret, i) => {
      const public_key = publicText(secret)
      const key = { pok: proveKey(engine, secret, public_key), public_key }
      return { ...key, signature: signMessage(engine, signing[i] ?? 0n, verificationKeyText(key)) }
    }),
  }
  return { message: [['Pedersen', message]], secrets }
}

/** An election that is set up and waits for ballots. `weights`: of each voter; left out, all are 1 and not written. */
export function demoElection(options: {
  readonly group: GroupName
  readonly questions: readonly AnyQuestion[]
  readonly voters: number
  readonly holders?: Keyholders
  readonly weights?: readonly number[]
  readonly wasm?: EngineOptions['wasm']
}): Demo {
  const { group, questions, holders = 'single', weights, wasm } = options
  const engine = engineOf(group, { modexp: nodeModExp, wasm })
  const keys = keysOf(group, holders, wasm)
  const trusteesFile = trusteesText(keys.message)
  const trustees = good(parseTrustees(engine, trusteesFile))
  const text = electionText({
    version: 1,
    description: 'One decision, \u00e9\u{1f642} "quoted"\n',
    name: 'Lantern votes',
    group,
    public_key: engine.encode(trustees.publicKey),
    questions,
    uuid: 'QuorateTest4242',
    administrator: 'Returning officer',
    credential_authority: 'Registrar',
  })
  const voters = scalars(engine.q, options.voters, 'voters')
  const lines = voters
    .map((secret, i) => ({ key: engine.encode(engine.multiplyBaseSecret(secret)), weight: weights?.[i] }))
    .sort((a, b) => a.key.length - b.key.length || (a.key < b.key ? -1 : 1))
    .map(({ key, weight }) => (weight === undefined ? key : `${key},${String(weight)}`))
  const credentials = JSON.stringify(lines)
  // Nobody opens a line here, so what a bind hides does not matter.
  const binds = lines.map((line) => [line.split(',')[0], sha256Hex(line)])
  return {
    election: good(parseElection(text, { modexp: nodeModExp, wasm })),
    trustees,
    roll: good(parsePublicRoll(engine, credentials)),
    setup: { type: 'Setup', election: text, trustees: trusteesFile, credentials, companion: JSON.stringify(binds) },
    voters,
    secrets: keys.secrets,
  }
}

/** A ballot of voter `who`, checked. `salt` makes a re-vote draw other randomness. */
export function castBy(demo: Demo, who: number, choices: readonly Answer[], salt = ''): CheckedBallot {
  const { text } = good(lockBallot(demo.election, choices, demo.voters[who] ?? 0n, randomFrom(`ballot ${String(who)} ${salt}`)))
  return good(checkBallot(demo.election, demo.roll, text))
}

/** The cast statements of ballots in the order they are cast, each upon its voter's last. */
function statementsOf({ election, voters }: Demo, cast: readonly CheckedBallot[]): readonly string[] {
  const { engine, fingerprint } = election
  const last = new Map<string, string>()
  return cast.map(({ credential, digest, tracker }) => {
    const secret = voters.find((each) => engine.encode(engine.multiplyBaseSecret(each)) === credential) ?? 0n
    const previous = last.get(credential) ?? noPreviousTracker
    last.set(credential, tracker)
    return castStatementText(makeCastStatement(engine, secret, { electionHash: fingerprint, credential, digest, previous }))
  })
}

/** Shuffles of the tally's papers, one after the other, by owner. */
function shufflesOf({ election }: Demo, tally: EncryptedTally, owners: readonly number[]) {
  const made: { readonly owner: number; readonly shuffled: Shuffled }[] = []
  let rows = listCiphertexts(election, tally.ciphertexts)
  if (!election.message.questions.some(isListQuestion)) return { made, mixed: tally }
  for (const owner of owners) {
    const shuffled = shufflePapers(election, rows, randomFrom(`shuffle by ${String(owner)}`))
    made.push({ owner, shuffled })
    rows = shuffled.rows
  }
  return { made, mixed: afterShuffle(election, tally, rows) }
}

/**
 * All events from set-up to the result, with their companions. `counted`: the last ballots; `openers`: owners who open; `shufflers`: owners
 * who shuffle before, if papers are asked for.
 */
export function wholeElection(
  demo: Demo,
  cast: readonly CheckedBallot[],
  counted: readonly CheckedBallot[],
  openers: readonly number[],
  shufflers: readonly number[] = [1, 2],
): {
  readonly events: readonly ElectionEvent[]
  readonly tally: EncryptedTally
  readonly result: readonly QuestionResult[]
} {
  const { election, trustees, secrets, setup } = demo
  const tally = encryptedTally(election, counted)
  const statements = statementsOf(demo, cast)
  const { made, mixed } = shufflesOf(demo, tally, shufflers)
  const lastHash = made.reduce<string | null>((_, { shuffled }) => shuffled.hash, null)
  const openings = openers.map((owner) => {
    const opening = openTally(election, mixed, secrets[owner - 1] ?? 0n)
    const key = trustees.keys[owner - 1]
    assert(key !== undefined, 'an opener is a trustee')
    const claim = { tally: mixed, lastShuffleHash: lastHash, owner, openingText: opening }
    const companion = companionText(companionOf(election, claim, secrets[owner - 1] ?? 0n))
    return { owner, opening: good(checkOpening(election, mixed, key, opening)), companion }
  })
  const result = good(combineResult(election, trustees, mixed, openings))
  const text = resultText(result)
  const spoiled = spoiledPapers(election, good(checkResult(election, trustees, mixed, openings, text)))
  const events: readonly ElectionEvent[] = [
    setup,
    ...cast.map(({ text }, i): ElectionEvent => ({ type: 'Ballot', ballot: text, companion: statements[i] ?? '' })),
    { type: 'EndBallots' },
    { type: 'EncryptedTally', tally: tally.text, ballots: tally.ballots, weight: tally.weight },
    ...made.map(({ owner, shuffled }): ElectionEvent => ({ type: 'Shuffle', owner, shuffle: shuffled.text })),
    ...(made.length === 0 ? [] : [{ type: 'EndShuffles' } as const]),
    ...openings.map(({ owner, opening, companion }): ElectionEvent => ({
      type: 'PartialDecryption',
      owner,
      opening: opening.text,
      companion,
    })),
    { type: 'Result', result: text, ...(made.length === 0 ? {} : { companion: spoiledText(spoiled) }) },
  ]
  return { events, tally, result: result.result }
}
