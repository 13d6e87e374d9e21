import { sha256 } from '@noble/hashes/sha2.js'
import { assert, fail, ok, type Random, type Result, uintOf, utf8 } from '@quorate/kernel'

import type { Election } from '../election.ts'
import { type ElementFault, type Engine, textsOf } from '../groups/engine.ts'
import type { Element } from '../groups/groups.ts'
import { sha256Hex } from '../hash.ts'
import { type Ciphertext, type CiphertextMessage } from '../proofs.ts'
import { scalarBelow } from '../schnorr.ts'
import { seededRandom } from '../seeded-random.ts'
import type { Shuffled } from './shuffle.ts'
import {
  listedCiphertexts,
  shuffleChallenge,
  shuffleGenerators,
  type ShuffleProofMessage,
  shuffleShape,
  shuffleStatement,
  shuffleWeights,
} from './shuffle-proof.ts'
import { parseWire, type WireFault } from '../wire.ts'

type Row = readonly Ciphertext<Element>[]

/** The equations of a shuffle's proof, by the commitment that each must give (Belenios specification, table 5). */
export type ShuffleEquation = 't1' | 't2' | 't3' | 't4,1' | 't4,2' | 'chain'

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

type Parts = {
  readonly after: Row
  readonly commitments: readonly [Element, Element, Element, Element, Element]
  readonly steps: readonly Element[]
  readonly permutation: readonly Element[]
  readonly chain: readonly Element[]
}
type Responses = {
  readonly s: readonly [bigint, bigint, bigint, bigint]
  readonly steps: readonly bigint[]
  readonly papers: readonly bigint[]
}
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

function decodeAll(
  { engine }: Election,
  parts: readonly Part[],
  question: number,
): Result<readonly (readonly Element[])[], ShuffleFault> {
  const read: (readonly Element[])[] = []
  for (const [part, texts] of parts) {
    const out: Element[] = []
    for (const [place, text] of texts.entries()) {
      const element = engine.decode(text)
      if (element.kind === 'fail') return fail({ kind: 'element', question, part, place, fault: element.error })
      out.push(element.value)
    }
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
): Result<Parts, ShuffleFault> {
  const parts = partsOf(ciphertexts, proof)
  const hinted = fromHints(election, parts, hints)
  const read = hinted === undefined ? decodeAll(election, parts, question) : ok(hinted)
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

function item<T>(items: readonly T[], i: number): T {
  const found = items[i]
  assert(found !== undefined, 'an index is within its list')
  return found
}

type Term = readonly [Element, bigint]
type Equation = { readonly name: ShuffleEquation; readonly place: number; readonly terms: readonly Term[] }

/** All equations of one proof, each as terms that add up to the identity: what is committed plus c·(statement) minus what is answered. */
function equationsOf(election: Election, before: Row, parts: Parts, responses: Responses, c: bigint, u: readonly bigint[]) {
  const { engine, key } = election
  const { generator, q } = engine
  const { h, each } = shuffleGenerators(engine, before.length)
  const { after, commitments, steps, permutation, chain } = parts
  const { s, papers } = responses
  const minus = (k: bigint): bigint => (q - k) % q
  const product = u.reduce((all, x) => (all * x) % q, 1n)
  const equations: Equation[] = []
  const say = (name: ShuffleEquation, place: number, ...terms: readonly Term[]): void => {
    equations.push({ name, place, terms })
  }
  const [t1, t2, t3, t41, t42] = commitments
  const sums: readonly Term[] = before.flatMap((_, i): Term[] => [
    [item(permutation, i), c],
    [item(each, i), minus(c)],
  ])
  say('t1', 0, [t1, 1n], ...sums, [generator, minus(s[0])])
  say('t2', 0, [t2, 1n], [chain.at(-1) ?? h, c], [h, minus((c * product) % q)], [generator, minus(s[1])])
  const weighted = (points: readonly Element[]): readonly Term[] => points.map((point, i) => [point, (c * item(u, i)) % q])
  const answered = (points: readonly Element[]): readonly Term[] => points.map((point, i) => [point, minus(item(papers, i))])
  say('t3', 0, [t3, 1n], ...weighted(permutation), [generator, minus(s[2])], ...answered(each))
  const betas = (row: Row): readonly Element[] => row.map(({ beta }) => beta)
  const alphas = (row: Row): readonly Element[] => row.map(({ alpha }) => alpha)
  say('t4,1', 0, [t41, 1n], ...weighted(betas(before)), [key, s[3]], ...answered(betas(after)))
  say('t4,2', 0, [t42, 1n], ...weighted(alphas(before)), [generator, s[3]], ...answered(alphas(after)))
  for (const [i, step] of steps.entries())
    say(
      'chain',
      i,
      [step, 1n],
      [item(chain, i), c],
      [generator, minus(item(responses.steps, i))],
      [i === 0 ? h : item(chain, i - 1), minus(item(papers, i))],
    )
  return equations
}

/**
 * Whether all equations hold: their sum under independent 128-bit weights is the identity, with each point's coefficients merged. `draw` must
 * be fixed by everything in the equations; a false one then passes with probability 2⁻¹²⁸.
 */
function allHold(engine: Engine<Element>, equations: readonly Equation[], draw: Random): boolean {
  const coefficients = new Map<Element, bigint>()
  for (const { terms } of equations) {
    const weight = uintOf(draw(16))
    for (const [point, k] of terms) coefficients.set(point, ((coefficients.get(point) ?? 0n) + weight * k) % engine.q)
  }
  return engine.equal(engine.sumOfProducts([...coefficients]), engine.identity)
}

/** The first equation that fails alone. */
const failing = (engine: Engine<Element>, equations: readonly Equation[]): Equation | undefined =>
  equations.find(({ terms }) => !engine.equal(engine.sumOfProducts(terms), engine.identity))

function checkRow(
  election: Election,
  before: Row,
  {
    ciphertexts,
    proof,
    hints,
  }: {
    readonly ciphertexts: readonly CiphertextMessage[]
    readonly proof: ShuffleProofMessage
    readonly hints: Uint8Array | undefined
  },
  question: number,
): Result<Row, ShuffleFault> {
  const { engine, fingerprint, key } = election
  if (ciphertexts.length !== before.length) return fail({ kind: 'number of papers', question })
  const [commitments, [, , , , stepAnswers, paperAnswers], permutation, chain] = proof
  if ([commitments[4], stepAnswers, paperAnswers, permutation, chain].some((each) => each.length !== before.length))
    return fail({ kind: 'number of proofs', question })
  const responses = readResponses(proof, engine.q)
  if (responses === undefined) return fail({ kind: 'scalar not below q', question })
  const seen = new Set(
    textsOf(
      engine,
      before.map(({ alpha }) => alpha),
    ),
  )
  for (const [place, { alpha }] of ciphertexts.entries()) {
    if (seen.has(alpha)) return fail({ kind: 'not re-encrypted', question, place })
    seen.add(alpha)
  }
  const parts = readParts(election, ciphertexts, proof, question, hints)
  if (parts.kind === 'fail') return parts
  const { after } = parts.value
  const statement = shuffleStatement(listedCiphertexts(engine, before), listedCiphertexts(engine, after), permutation)
  const u = shuffleWeights(fingerprint, statement, before.length, engine.q)
  const c = shuffleChallenge(fingerprint, commitments, statement, chain, engine.encode(key), engine.q)
  const equations = equationsOf(election, before, parts.value, responses, c, u)
  const seed = sha256(utf8(`quorate/batch/v1|${fingerprint}|${sha256Hex(statement)}|${sha256Hex(JSON.stringify(proof))}`))
  if (allHold(engine, equations, seededRandom(seed))) return ok(after)
  const first = failing(engine, equations)
  assert(first !== undefined, 'weights cannot make a false sum of true equations')
  return fail({ kind: 'shuffle proof', question, equation: first.name, place: first.place })
}

/**
 * Checks a shuffle strictly: every point, every length, and the proof that the papers are the same as before, each once. `before`: rows of
 * the tally's list questions, or of the shuffle before. `hints`: of {@link shuffleHints}; bad ones cost time and nothing else.
 */
export function checkShuffle(
  election: Election,
  before: readonly Row[],
  text: string,
  hints: readonly Uint8Array[] = [],
): Result<Shuffled, ShuffleFault> {
  const read = parseWire(shuffleShape, text)
  if (read.kind === 'fail') return fail({ kind: 'malformed', fault: read.error })
  const { ciphertexts, proofs } = read.value
  if (ciphertexts.length !== before.length || proofs.length !== before.length) return fail({ kind: 'number of questions' })
  const rows: Row[] = []
  for (const [question, row] of before.entries()) {
    const checked = checkRow(
      election,
      row,
      { ciphertexts: item(ciphertexts, question), proof: item(proofs, question), hints: hints[question] },
      question,
    )
    if (checked.kind === 'fail') return checked
    rows.push(checked.value)
  }
  return ok({ text, hash: sha256Hex(text), rows })
}
