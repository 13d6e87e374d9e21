import {
  fastEd25519,
  checkOpening,
  combineResult,
  electionText,
  type ElectionEvent,
  engineOf,
  encryptedTally,
  issueCodes,
  credentialOf,
  listCiphertexts,
  lockBallot,
  openTally,
  papersOf,
  parseTrustees,
  publicRollText,
  rehearseCeremony,
  resultText,
  seededRandom,
  shufflePapers,
  spoiledPapers,
  startVerification,
  type VerifiedElection,
} from '@quorate/ballots'
import type { Profile } from '@quorate/counting'
import { assert, type Result, utf8 } from '@quorate/kernel'
import { createHash } from 'node:crypto'

const good = <T>(result: Result<T, unknown>): T => {
  assert(result.kind === 'ok', result.kind === 'fail' ? JSON.stringify(result.error) : '')
  return result.value
}
const random = seededRandom(createHash('sha256').update(utf8('one ward, cast as encrypted ballots')).digest())
const uuid = 'QuorateWardFife'
const group = 'Ed25519'

/** Every paper of a ward on its own, as ranks by candidate: 1 the first preference, 0 none. */
function papersIn(profile: Profile): readonly (readonly number[])[] {
  return profile.papers.flatMap(({ weight, ranking }) => {
    const ranks = new Array<number>(profile.candidates.length).fill(0)
    for (const [place, candidate] of ranking.entries()) if (typeof candidate === 'number') ranks[candidate] = place + 1
    return Array.from({ length: weight }, () => ranks)
  })
}

/** Set up as the product does it: a ceremony of 2 of 3 trustees, a voting code for every paper. */
function setUp(profile: Profile, voters: number) {
  const engine = engineOf(group, { wasm: fastEd25519 })
  const { file, keys } = rehearseCeremony(engine, { uuid, group, size: 3, threshold: 2 }, random)
  const { codes, roll } = issueCodes(engine, uuid, voters, random)
  const election = electionText({
    version: 1,
    description: '',
    name: profile.title,
    group,
    public_key: engine.encode(good(parseTrustees(engine, file)).publicKey),
    questions: [
      {
        type: 'NonHomomorphic',
        value: { answers: profile.candidates, question: 'Number the candidates in the order of your choice.' },
        extra: { method: 'STV', blank: false, seats: profile.seats },
      },
    ],
    uuid,
  })
  const secrets = codes.map((code) => credentialOf(engine, uuid, code).secret)
  const event: ElectionEvent = { type: 'Setup', election, trustees: file, credentials: publicRollText(roll) }
  return { event, secrets, trustees: keys.map(({ share }) => share?.secret ?? 0n) }
}

/** What came out of the box, and what the verification of every event on the way established. */
export type Opened = { readonly profile: Profile; readonly spoiled: number; readonly verified: VerifiedElection }

/**
 * Casts every paper of a ward as an encrypted ballot of its own, shuffles the box twice, opens it with two of three trustees, and gives the
 * papers back in the order of the last shuffle. Each event is verified as a stranger would. Companions have tests of their own.
 */
export function throughTheBox(ward: Profile): Opened {
  const papers = papersIn(ward)
  const { event, secrets, trustees } = setUp(ward, papers.length)
  const verification = startVerification({ wasm: fastEd25519, companions: 'ignored' })
  const { election } = good(verification.next(event))
  const { engine } = election
  assert(engine.embedding !== undefined, 'Ed25519 holds lists')
  // Nobody measures how long this voter takes: the first ε that fits will do.
  const hasty = { ...election, engine: { ...engine, embedding: { ...engine.embedding, tries: 0 } } }
  let stands: VerifiedElection | undefined
  const say = (next: ElectionEvent): void => {
    stands = good(verification.next(next))
  }
  for (const [i, paper] of papers.entries())
    say({ type: 'Ballot', ballot: good(lockBallot(hasty, [paper], secrets[i] ?? 0n, random)).text })
  say({ type: 'EndBallots' })
  assert(stands !== undefined, 'there are ballots')
  const { text, ballots, weight, rows } = tallyOf(stands)
  say({ type: 'EncryptedTally', tally: text, ballots, weight })
  let toShuffle = rows
  for (const owner of [1, 3]) {
    const shuffled = shufflePapers(election, toShuffle, random)
    say({ type: 'Shuffle', owner, shuffle: shuffled.text })
    toShuffle = shuffled.rows
  }
  say({ type: 'EndShuffles' })
  const { shuffled } = stands
  assert(shuffled !== undefined, 'there is something to open')
  const openings = [2, 3].map((owner) => {
    const opening = openTally(election, shuffled, trustees[owner - 1] ?? 0n)
    say({ type: 'PartialDecryption', owner, opening })
    assert(stands !== undefined, 'it stands')
    return { owner, opening: good(checkOpening(election, shuffled, stands.trustees.keys[owner - 1] ?? election.key, opening)) }
  })
  say({ type: 'Result', result: resultText(good(combineResult(election, stands.trustees, shuffled, openings))) })
  return readOut(ward, stands)
}

/** The encrypted tally that must be published, as anybody makes it from the box. */
function tallyOf({ election, box }: VerifiedElection) {
  const tally = encryptedTally(election, box.counted())
  return { ...tally, rows: listCiphertexts(election, tally.ciphertexts) }
}

function readOut(ward: Profile, verified: VerifiedElection): Opened {
  const { election, result } = verified
  assert(result !== undefined, 'the election has a result')
  const spoiled = new Set(spoiledPapers(election, result)[0]?.map(({ paper }) => paper))
  const papers = papersOf(result.result[0])
    .filter((_, i) => !spoiled.has(i))
    .map((ranks) => ({
      weight: 1,
      ranking: ranks
        .map((rank, candidate) => ({ rank, candidate }))
        .filter(({ rank }) => rank > 0)
        .sort((a, b) => a.rank - b.rank)
        .map(({ candidate }) => candidate),
    }))
  return { profile: { ...ward, papers }, spoiled: spoiled.size, verified }
}
