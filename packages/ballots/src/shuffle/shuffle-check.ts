import { sha256 } from '@noble/hashes/sha2.js'
import { assert, fail, ok, type Result, utf8 } from '@quorate/kernel'

import type { Election } from '../election.ts'
import type { ElementFault } from '../groups/engine.ts'
import type { Element } from '../groups/groups.ts'
import { hexHash } from '../hash.ts'
import { type CiphertextMessage, ciphertextMessages } from '../proofs.ts'
import { scalarBelow } from '../schnorr.ts'
import { seededRandom } from '../seeded-random.ts'
import type { Shuffled } from './shuffle.ts'
import {
  allHold,
  type Equation,
  equationsOf,
  failing,
  item,
  type Parts,
  type Responses,
  type Row,
  type ShuffleEquation,
} from './shuffle-equations.ts'
import {
  listedCiphertexts,
  shuffleChallenge,
  type ShuffleProofMessage,
  shuffleShape,
  shuffleStatement,
  shuffleWeights,
} from './shuffle-proof.ts'
import { parseWire, type WireFault } from '../wire.ts'

/** Why a text is not a shuffle of these papers. `question` counts list questions from 0, `place` papers from 0. */
export type ShuffleFault =
  | { readonly kind: 'malformed'; readonly fault: WireFault }
  | { readonly kind: 'number of questions' }
  | { readonly kind: 'number of papers' | 'number of proofs' | 'scalar not below q'; readonly question: number }
  | {
      readonly kind: 'element'
      readonly question: number
      readonly part: 'alpha' | 'beta' | 'commitment' | 'permutation' | 'chain' | 'step'
      readonly place: number
      readonly fault: ElementFault
    }
  /** An α that stood there before: whoever compares the lists follows that paper. */
  | { readonly kind: 'not re-encrypted'; readonly question: number; readonly place: number }
  | { readonly kind: 'shuffle proof'; readonly question: number; readonly equation: ShuffleEquation; readonly place: number }

type ElementPart = Extract<ShuffleFault, { kind: 'element' }>['part']

type Part = readonly [ElementPart, readonly string[]]

/** Every element that a row's text brings, by what it is, in the order of its hints. */
const partsOf = (
  ciphertexts: readonly CiphertextMessage[],
  [[t1, t2, t3, [t41, t42], steps], , permutation, chain]: ShuffleProofMessage,
): readonly Part[] => [
  ['alpha', ciphertexts.map(({ alpha }) => alpha)],
  ['beta', ciphertexts.map(({ beta }) => beta)],
  ['commitment', [t1, t2, t3, t41, t42]],
  ['step', steps],
  ['permutation', permutation],
  ['chain', chain],
]

/** Elements that a shuffle of a row brings with its proof: see {@link partsOf}. */
const elementsOf = (row: Row): number => 5 * row.length + 5

/** The elements of all parts from their hints; undefined unless every hint gives the element whose text stands there. */
function fromHints(
  { engine }: Election,
  parts: readonly Part[],
  hints: Uint8Array | undefined,
): readonly (readonly Element[])[] | undefined {
  const texts = parts.flatMap(([, each]) => each)
  if (hints?.length !== 64 * texts.length) return undefined
  const none = engine.encode(engine.identity)
  const opened = engine.bulk?.open(hints)
  if (opened === undefined || typeof opened === 'number') return undefined
  if (texts.some((text, i) => text !== opened.textsFrom(i, 1) || text === none)) return undefined
  let next = 0
  return parts.map(([, each]) => each.map(() => opened.at(next++)))
}

/** Told of elements as they are read, so many since the last time. */
type Tick = (elements: number) => void
const tickEvery = 64
const untold: Tick = () => undefined

function decodeAll(
  { engine }: Election,
  parts: readonly Part[],
  question: number,
  tick = untold,
): Result<readonly (readonly Element[])[], ShuffleFault> {
  const read: (readonly Element[])[] = []
  for (const [part, texts] of parts) {
    const out: Element[] = []
    for (const [place, text] of texts.entries()) {
      const element = engine.decode(text)
      if (element.kind === 'fail') return fail({ kind: 'element', question, part, place, fault: element.error })
      out.push(element.value)
      if (out.length % tickEvery === 0) tick(tickEvery)
    }
    tick(out.length % tickEvery)
    read.push(out)
  }
  return ok(read)
}

function readParts(
  election: Election,
  ciphertexts: readonly CiphertextMessage[],
  proof: ShuffleProofMessage,
  question: number,
  hints: Uint8Array | undefined,
  tick: Tick,
): Result<Parts, ShuffleFault> {
  const parts = partsOf(ciphertexts, proof)
  const hinted = fromHints(election, parts, hints)
  if (hinted !== undefined) tick(hinted.flat().length)
  const read = hinted === undefined ? decodeAll(election, parts, question, tick) : ok(hinted)
  if (read.kind === 'fail') return read
  const [alphas = [], betas = [], commitments = [], steps = [], permutation = [], chain = []] = read.value
  return ok({
    after: alphas.map((alpha, i) => ({ alpha, beta: item(betas, i) })),
    commitments: [0, 1, 2, 3, 4].map((i) => item(commitments, i)) as [Element, Element, Element, Element, Element],
    steps,
    permutation,
    chain,
  })
}

/**
 * Hints for a shuffle, one list a list question: with them {@link checkShuffle} needs neither square roots nor products by q. Undefined where
 * the engine has no use for them, or the text is no shuffle of elements.
 */
export function shuffleHints(election: Election, text: string): readonly Uint8Array[] | undefined {
  const { hintsOf } = election.engine
  const read = parseWire(shuffleShape, text)
  if (hintsOf === undefined || read.kind === 'fail') return undefined
  const hints: Uint8Array[] = []
  for (const [question, proof] of read.value.proofs.entries()) {
    const decoded = decodeAll(election, partsOf(read.value.ciphertexts[question] ?? [], proof), question)
    if (decoded.kind === 'fail') return undefined
    hints.push(hintsOf(decoded.value.flat()))
  }
  return hints
}

function readResponses([, [s1, s2, s3, s4, steps, papers]]: ShuffleProofMessage, q: bigint): Responses | undefined {
  const read = [[s1, s2, s3, s4], steps, papers].map((texts) => texts.map((text) => scalarBelow(text, q)))
  if (read.flat().includes(null)) return undefined
  const [s = [], stepScalars = [], paperScalars = []] = read as bigint[][]
  return { s: [0, 1, 2, 3].map((i) => item(s, i)) as [bigint, bigint, bigint, bigint], steps: stepScalars, papers: paperScalars }
}

/** A shuffled row, and what must hold of it; `seed`: a hash of everything in the equations. */
type ReadRow = { readonly after: Row; readonly equations: readonly Equation[]; readonly seed: string }

/** Everything but whether the equations hold. */
function readRow(
  election: Election,
  before: Row,
  {
    ciphertexts,
    proof,
    hints,
    tick,
  }: {
    readonly ciphertexts: readonly CiphertextMessage[]
    readonly proof: ShuffleProofMessage
    readonly hints: Uint8Array | undefined
    readonly tick: Tick
  },
  question: number,
): Result<ReadRow, ShuffleFault> {
  const { engine, fingerprint, key } = election
  if (ciphertexts.length !== before.length) return fail({ kind: 'number of papers', question })
  const [commitments, [, , , , stepAnswers, paperAnswers], permutation, chain] = proof
  if ([commitments[4], stepAnswers, paperAnswers, permutation, chain].some((each) => each.length !== before.length))
    return fail({ kind: 'number of proofs', question })
  const responses = readResponses(proof, engine.q)
  if (responses === undefined) return fail({ kind: 'scalar not below q', question })
  const beforeTexts = ciphertextMessages(engine, before)
  const seen = new Set(beforeTexts.map(({ alpha }) => alpha))
  for (const [place, { alpha }] of ciphertexts.entries()) {
    if (seen.has(alpha)) return fail({ kind: 'not re-encrypted', question, place })
    seen.add(alpha)
  }
  const parts = readParts(election, ciphertexts, proof, question, hints, tick)
  if (parts.kind === 'fail') return parts
  const { after } = parts.value
  const statement = shuffleStatement(listedCiphertexts(beforeTexts), listedCiphertexts(ciphertexts), permutation)
  const u = shuffleWeights(engine, fingerprint, statement, before.length)
  const c = shuffleChallenge(engine, fingerprint, commitments, statement, chain, engine.encode(key))
  const equations = equationsOf(election, before, parts.value, responses, c, u)
  const seed = `${hexHash(engine, statement)}|${hexHash(engine, JSON.stringify(proof))}`
  return ok({ after, equations, seed })
}

const drawFrom = ({ fingerprint }: Election, seeds: readonly string[]) =>
  seededRandom(sha256(utf8(`quorate/batch/v1|${fingerprint}|${seeds.join('|')}`)))

/** A row whose equations hold. */
function checkedRow(election: Election, { after, equations, seed }: ReadRow, question: number): Result<Row, ShuffleFault> {
  const { engine } = election
  if (allHold(engine, equations, drawFrom(election, [seed]))) return ok(after)
  const first = failing(engine, equations)
  assert(first !== undefined, 'weights cannot make a false sum of true equations')
  return fail({ kind: 'shuffle proof', question, equation: first.name, place: first.place })
}

/** The rows of a shuffle's text; `take` says of each whether its equations hold, or leaves that for later. */
function readShuffle(
  election: Election,
  before: readonly Row[],
  { text, hints = [] }: HintedShuffle,
  take: (row: ReadRow, question: number) => Result<Row, ShuffleFault>,
  tick = untold,
): Result<Shuffled, ShuffleFault> {
  const read = parseWire(shuffleShape, text)
  if (read.kind === 'fail') return fail({ kind: 'malformed', fault: read.error })
  const { ciphertexts, proofs } = read.value
  if (ciphertexts.length !== before.length || proofs.length !== before.length) return fail({ kind: 'number of questions' })
  const rows: Row[] = []
  for (const [question, row] of before.entries()) {
    const own = { ciphertexts: item(ciphertexts, question), proof: item(proofs, question), hints: hints[question], tick }
    const readAs = readRow(election, row, own, question)
    const taken = readAs.kind === 'ok' ? take(readAs.value, question) : readAs
    if (taken.kind === 'fail') return taken
    rows.push(taken.value)
  }
  return ok({ text, hash: hexHash(election.engine, text), rows })
}

/**
 * Checks a shuffle strictly: every point, every length, and the proof that the papers are the same as before, each once. `before`: rows of
 * the tally's list questions, or of the shuffle before. `hints`: of {@link shuffleHints}; bad ones cost time and nothing else.
 */
export const checkShuffle = (
  election: Election,
  before: readonly Row[],
  text: string,
  hints: readonly Uint8Array[] = [],
): Result<Shuffled, ShuffleFault> =>
  readShuffle(election, before, { text, hints }, (row, question) => checkedRow(election, row, question))

/** A shuffle's text and, where somebody made them, its {@link shuffleHints}. */
export type HintedShuffle = { readonly text: string; readonly hints?: readonly Uint8Array[] }

/**
 * Checks shuffles that follow each other, each with the verdict that {@link checkShuffle} gives it: all equations of all of them as one weighted
 * sum, in which the papers between two shuffles and the generators stand once (15 points a paper for three shuffles instead of 21). `at`: which
 * one is not a shuffle of what the one before it left. `step` hears how many elements were read, of how many in all; the sum comes after them.
 * Source: design section 5.
 */
export function checkShuffles(
  election: Election,
  before: readonly Row[],
  shuffles: readonly HintedShuffle[],
  step?: (done: number, total: number) => void,
): Result<readonly Shuffled[], { readonly at: number; readonly fault: ShuffleFault }> {
  const waiting: ReadRow[] = []
  const total = shuffles.length * before.reduce((elements, row) => elements + elementsOf(row), 0)
  let done = 0
  const tick: Tick = (elements) => {
    if (elements > 0) step?.((done += elements), total)
  }
  const later = follow(before, shuffles, (rows, each) =>
    readShuffle(
      election,
      rows,
      each,
      (row) => {
        waiting.push(row)
        return ok(row.after)
      },
      tick,
    ),
  )
  const draw = drawFrom(
    election,
    waiting.map(({ seed }) => seed),
  )
  const equations = waiting.flatMap((row) => row.equations)
  if (later.kind === 'ok' && allHold(election.engine, equations, draw)) return later
  // Something is wrong: one after the other tells what.
  return follow(before, shuffles, (rows, { text, hints }) => checkShuffle(election, rows, text, hints))
}

function follow(
  before: readonly Row[],
  shuffles: readonly HintedShuffle[],
  check: (rows: readonly Row[], each: HintedShuffle) => Result<Shuffled, ShuffleFault>,
): ReturnType<typeof checkShuffles> {
  const done: Shuffled[] = []
  for (const [at, each] of shuffles.entries()) {
    const checked = check(done.at(-1)?.rows ?? before, each)
    if (checked.kind === 'fail') return fail({ at, fault: checked.error })
    done.push(checked.value)
  }
  return ok(done)
}
