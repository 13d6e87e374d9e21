import { sha256 } from '@noble/hashes/sha2.js'
import { assert, concatBytes, ok, type Random, type Result, utf8 } from '@quorate/kernel'

import {
  type BallotFault,
  checkBallot,
  type CheckedBallot,
  checkedBallot,
  readBallot,
  type ReadBallot,
} from './voting/ballot-check.ts'
import { type BallotEquations, ballotEquations, hintCount } from './voting/ballot-equations.ts'
import type { Election } from './election.ts'
import type { Bulk, OpenedHints } from './groups/engine.ts'
import type { Element } from './groups/groups.ts'
import { textHash } from './hash.ts'
import { addCiphertexts, type Ciphertext, zeroCiphertext } from './proofs.ts'
import type { PublicRoll } from './voting/roll.ts'

/** A ballot and its hints (64 bytes a point), from whoever kept or sent them. Hints are never trusted, hashed or logged: each has eight forms. */
export type HintedBallot = { readonly text: string; readonly hints?: Uint8Array }

type Verdict = Result<CheckedBallot, BallotFault>
type Candidate = {
  /** base64 SHA-256 of the text. */
  readonly tracker: string
  readonly index: number
  readonly read: ReadBallot
  readonly equations: BallotEquations
  readonly hints: Uint8Array
}

/** How many ballots are multiplied out at once: memory grows with it, the cost of a ballot falls. */
const chunkSize = 4096

/**
 * The hints of a ballot that passes the strict check: the points its challenges hash, each divided by 8. Undefined where the engine has no
 * use for hints, or the ballot is not valid. Cost: about twice the strict check.
 */
export function hintsOf(election: Election, roll: PublicRoll<Element>, text: string): Uint8Array | undefined {
  const { engine, key } = election
  const read = readBallot(election, roll, text)
  const checked = checkBallot(election, roll, text)
  if (engine.hintsOf === undefined || read.kind === 'fail' || checked.kind === 'fail') return undefined
  const { proofs } = ballotEquations(election, read.value)
  const ciphertexts = checked.value.answers.flat()
  const { add, generator, multiply, q } = engine
  const commitments = proofs.flatMap(({ branches }) =>
    branches.flatMap(({ places, M, c, z }) => {
      const { alpha, beta } = places.reduce((sum, i) => addCiphertexts(engine, sum, at(ciphertexts, i)), zeroCiphertext(engine))
      const A = add(multiply(generator, z), multiply(places.length === 0 ? read.value.entry.key : alpha, c))
      if (M === null) return [A]
      const excess = add(beta, multiply(generator, (q - BigInt(M)) % q))
      return [A, add(multiply(key, z), multiply(excess, c))]
    }),
  )
  return engine.hintsOf([...ciphertexts.flatMap(({ alpha, beta }) => [alpha, beta]), ...commitments])
}

function at<T>(items: readonly T[], i: number): T {
  const item = items[i]
  assert(item !== undefined, 'an index is within its list')
  return item
}

/** The ciphertexts of a candidate as its hints give them, if they are those of the ballot; `from`: index of its first hint. */
function ciphertextsFrom({ equations }: Candidate, opened: OpenedHints<Element>, from: number) {
  const found: Ciphertext<Element>[] = []
  for (const [i, [alpha, beta]] of equations.ciphertexts.entries()) {
    if (opened.textsFrom(from + 2 * i, 2) !== `${alpha},${beta}`) return undefined
    found.push({ alpha: opened.at(from + 2 * i), beta: opened.at(from + 2 * i + 1) })
  }
  return found
}

/** Whether every challenge is the hash of its statement and of the commitments that the hints give. */
function hashesHold(
  { equations }: Candidate,
  opened: OpenedHints<Element>,
  from: number,
  sumTexts: readonly string[],
  q: bigint,
): boolean {
  let next = from + 2 * equations.ciphertexts.length
  return equations.proofs.every(({ branches, statement }) => {
    const points = branches.reduce((n, { M }) => n + (M === null ? 1 : 2), 0)
    const hash = opened.challenge(statement(sumTexts), next, points) % q
    next += points
    return hash === branches.reduce((total, { c }) => total + c, 0n) % q
  })
}

const weightBlocks = 128

/** Weights of 128 bits from a seed, two from each block of its stream. */
export function weightsFrom({ stream }: Bulk<Element>, seed: Uint8Array): () => bigint {
  let [next, at] = [0, weightBlocks * 32]
  let words: DataView = new DataView(new ArrayBuffer(0))
  return () => {
    if (at === weightBlocks * 32) {
      words = new DataView(stream(seed, next, weightBlocks).buffer)
      next += weightBlocks
      at = 0
    }
    const weight = (words.getBigUint64(at) << 64n) | words.getBigUint64(at + 8)
    at += 16
    return weight
  }
}

/** Coefficients of all points in the weighted sum of all equations, which is the identity if every one holds. */
type Sums = { readonly scalars: bigint[]; readonly more: (readonly [Element, bigint])[]; G: bigint; y: bigint }

/**
 * Adds a candidate's equations A − z·G − c·P = 0, each under an independent weight. Every point's terms are merged; those of the commitments
 * are the weights themselves, which have half the length of a scalar and cost half.
 */
function addEquations({ equations, read }: Candidate, sums: Sums, from: number, drawWeight: () => bigint, q: bigint): void {
  const places = equations.ciphertexts.map(() => ({ alpha: 0n, beta: 0n }))
  let next = from + 2 * places.length
  for (const { places: of, M, c, z } of equations.proofs.flatMap(({ branches }) => branches)) {
    // A and B have weights of their own: one for both accepted ballots that nobody could open.
    const weight = drawWeight()
    sums.scalars[next++] = weight
    sums.G -= weight * z
    const share = weight * c
    if (of.length === 0) sums.more.push([read.entry.key, q - (share % q)])
    for (const i of of) at(places, i).alpha += share
    if (M === null) continue
    const weightB = drawWeight()
    sums.scalars[next++] = weightB
    sums.y -= weightB * z
    const shareB = weightB * c
    if (M !== 0) sums.G += shareB * BigInt(M)
    for (const i of of) at(places, i).beta += shareB
  }
  for (const [i, { alpha, beta }] of places.entries()) {
    sums.scalars[from + 2 * i] = q - (alpha % q)
    sums.scalars[from + 2 * i + 1] = q - (beta % q)
  }
}

/** Those candidates whose hints give points, and what the hints open to. A hint that is no point drops its candidate to the strict check. */
export function openAll<C extends { readonly hints: Uint8Array }>(bulk: Bulk<Element>, given: readonly C[]) {
  let candidates = given
  for (;;) {
    const opened = bulk.open(concatBytes(...candidates.map(({ hints }) => hints)))
    if (typeof opened !== 'number') return { candidates, opened }
    let passed = 0
    candidates = candidates.filter(({ hints }) => {
      const first = passed
      passed += hints.length / 64
      return opened < first || opened >= passed
    })
  }
}

/** The texts `α,β` of the sums that a list of candidates needs, by candidate. */
function sumTextsOf(
  { engine }: Election,
  opened: OpenedHints<Element>,
  list: readonly { candidate: Candidate; ciphertexts: readonly Ciphertext<Element>[] }[],
) {
  const elements = list.flatMap(({ candidate, ciphertexts }) =>
    candidate.equations.sums.flatMap((places) => {
      const { alpha, beta } = places
        .map((place) => at(ciphertexts, place))
        .reduce((sum, each) => addCiphertexts(engine, sum, each))
      return [alpha, beta]
    }),
  )
  const texts = opened.textsOf(elements).values()
  return list.map(({ candidate }) =>
    candidate.equations.sums.map(() => `${texts.next().value ?? ''},${texts.next().value ?? ''}`),
  )
}

/** Judges candidates together: those it answers hold every equation but for a chance of 2⁻¹²⁸; the others are for the strict check. */
function judgeTogether(
  election: Election,
  bulk: Bulk<Element>,
  given: readonly Candidate[],
  random: Random,
): Map<number, CheckedBallot> {
  const { engine, key, fingerprint } = election
  const { q } = engine
  const verdicts = new Map<number, CheckedBallot>()
  if (given.length === 0) return verdicts
  const { candidates, opened } = openAll(bulk, given)
  let from = 0
  const placed = candidates.map((candidate) => {
    const first = from
    from += candidate.hints.length / 64
    return { candidate, first, ciphertexts: ciphertextsFrom(candidate, opened, first) ?? [] }
  })
  const whole = placed.filter(({ candidate, ciphertexts }) => ciphertexts.length === candidate.equations.ciphertexts.length)
  const sumTexts = sumTextsOf(election, opened, whole)
  const sound = whole.filter(({ candidate, first }, i) => hashesHold(candidate, opened, first, at(sumTexts, i), q))
  // All ballots are fixed before any weight is drawn, and with them all points: α and β stand in their texts, whose challenges are the hashes
  // of the commitments.
  const trackers = sound.map(({ candidate: { tracker } }) => tracker).join('|')
  const drawWeight = weightsFrom(bulk, sha256(concatBytes(utf8(`quorate/batch/v1|${fingerprint}|`), random(32), utf8(trackers))))
  const sums: Sums = { scalars: new Array<bigint>(from).fill(0n), more: [], G: 0n, y: 0n }
  for (const { candidate, first } of sound) addEquations(candidate, sums, first, drawWeight, q)
  const more = [...sums.more, [engine.generator, ((sums.G % q) + q) % q] as const, [key, ((sums.y % q) + q) % q] as const]
  if (opened.cancel(sums.scalars, more)) {
    for (const { candidate, ciphertexts } of sound) verdicts.set(candidate.index, checkedFrom(candidate, ciphertexts))
    return verdicts
  }
  if (sound.length === 1) return verdicts
  const half = sound.length >> 1
  for (const part of [sound.slice(0, half), sound.slice(half)])
    for (const [index, ballot] of judgeTogether(
      election,
      bulk,
      part.map(({ candidate }) => candidate),
      random,
    ))
      verdicts.set(index, ballot)
  return verdicts
}

function checkedFrom({ read, tracker, equations }: Candidate, ciphertexts: readonly Ciphertext<Element>[]): CheckedBallot {
  const rest = ciphertexts.values()
  const answers = read.message.answers.map(({ choices }) =>
    (Array.isArray(choices) ? choices : [choices]).map(() => {
      const next = rest.next()
      assert(next.done !== true, 'a ciphertext for every place')
      return next.value
    }),
  )
  return checkedBallot(read, tracker, { answers, alphas: equations.ciphertexts.map(([alpha]) => alpha) })
}

/** Whether α and β of every place are other than the identity, whose text is `none`, and no α stands twice: what hints cannot say. */
function hasOwnAlphas({ ciphertexts }: BallotEquations, none: string): boolean {
  return (
    new Set(ciphertexts.map(([alpha]) => alpha)).size === ciphertexts.length &&
    ciphertexts.every(([alpha, beta]) => alpha !== none && beta !== none)
  )
}

/**
 * Checks many ballots, each with the verdict that `checkBallot` gives it, in about a tenth of the time for those with good hints: the
 * commitments that the hints show are hashed, and all equations of a chunk are tested as one weighted sum. Whatever is odd goes through
 * the strict check; only that condemns. `random` gives fresh bytes that no caster could foresee. `byHints` hears the index of each that needed
 * no strict check: its hints are good.
 */
export function checkBallots(
  election: Election,
  roll: PublicRoll<Element>,
  ballots: readonly HintedBallot[],
  random: Random,
  byHints: (index: number) => void = () => undefined,
): readonly Verdict[] {
  const { bulk } = election.engine
  const none = election.engine.encode(election.engine.identity)
  const verdicts: Verdict[] = []
  for (let start = 0; start < ballots.length; start += chunkSize) {
    const chunk = ballots.slice(start, start + chunkSize)
    const candidates = chunk.flatMap(({ text, hints }, index): readonly Candidate[] => {
      const read = bulk === undefined || hints === undefined ? undefined : readBallot(election, roll, text)
      if (hints === undefined || read?.kind !== 'ok') return []
      const equations = ballotEquations(election, read.value)
      const isWhole = hints.length === 64 * hintCount(equations) && hasOwnAlphas(equations, none)
      return isWhole ? [{ index, read: read.value, tracker: textHash(election.engine, text), equations, hints }] : []
    })
    const good = bulk === undefined ? new Map<number, CheckedBallot>() : judgeTogether(election, bulk, candidates, random)
    for (const [index, { text }] of chunk.entries()) {
      const ballot = good.get(index)
      if (ballot !== undefined) byHints(start + index)
      verdicts.push(ballot === undefined ? checkBallot(election, roll, text) : ok(ballot))
    }
  }
  return verdicts
}
