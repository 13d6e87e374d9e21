import { sha256 } from '@noble/hashes/sha2.js'
import { assert, fail, ok, type Result, utf8 } from '@quorate/kernel'

import type { Opening } from './decryption.ts'
import type { Election } from '../election.ts'
import type { Engine } from '../groups/engine.ts'
import { unembed, type Unembedded } from '../groups/embedding.ts'
import type { Element } from '../groups/groups.ts'
import type { Paper } from '../voting/list-question.ts'
import { inverse } from '../groups/modular.ts'
import { type AnyQuestion, isListQuestion } from '../voting/question.ts'
import type { EncryptedTally } from './tally.ts'
import type { TrusteeItem, Trustees } from '../trustees/trustees-format.ts'
import { list, natural, oneOf, parseWire, record, type WireFault, wireText } from '../wire.ts'

/** What came of one question: of places their votes, weighted; of a list question every paper, in the order the last shuffle left them. */
export type QuestionResult = readonly number[] | readonly Paper[]

/** The `result` message. */
export type ResultMessage = { readonly result: readonly QuestionResult[] }

/** The votes of a question's places, where it has places. */
export const countsOf = (result: QuestionResult | undefined): readonly number[] =>
  (result ?? []).filter((each) => typeof each === 'number')

/** The opened papers of a list question, spoiled ones included. */
export const papersOf = (result: QuestionResult | undefined): readonly Paper[] =>
  (result ?? []).filter((each) => typeof each !== 'number')

/** An opening and who made it, counted from 1. */
export type OwnedOpening = { readonly owner: number; readonly opening: Opening }

/** Why a tally cannot be opened into a result, or why a published result is not the one. */
export type ResultFault =
  | { readonly kind: 'malformed'; readonly fault: WireFault }
  /** `item` counts from 0 in the trustees file. */
  | { readonly kind: 'too few openings'; readonly item: number; readonly found: number; readonly needed: number }
  /** A place opens to more than the total weight: some proof was accepted that should not have been. */
  | { readonly kind: 'not a count'; readonly question: number; readonly place: number }
  | { readonly kind: 'not of the shape of the tally' }
  | { readonly kind: 'wrong result'; readonly question: number; readonly place: number }

const shape = record(['result'], {
  result: list(oneOf<readonly number[], readonly Paper[]>(list(natural, 500), list(list(natural, 500))), 100),
})

/** λ_δ = Π k/(k − δ) over the other indices k: shares at these indices, so weighted, add up to the polynomial's value at 0 (§4.19). */
export function lagrangeAtZero(indices: readonly number[], delta: number, q: bigint): bigint {
  let numerator = 1n
  let denominator = 1n
  for (const k of indices) {
    if (k === delta) continue
    numerator = (numerator * BigInt(k)) % q
    denominator = (denominator * BigInt(k - delta)) % q
  }
  return (numerator * inverse(denominator, q)) % q
}

type Share = { readonly opening: Opening; readonly coefficient: bigint }

/** The openings that count for one item, with their coefficients; of a Pedersen item the first `threshold` by index. */
function sharesOf(item: TrusteeItem, openings: ReadonlyMap<number, Opening>, q: bigint): readonly Share[] {
  if (item.kind === 'Single') {
    const opening = openings.get(item.owner)
    return opening === undefined ? [] : [{ opening, coefficient: 1n }]
  }
  const present = item.owners.flatMap((owner, i) => {
    const opening = openings.get(owner)
    return opening === undefined ? [] : [{ index: i + 1, opening }]
  })
  const used = present.slice(0, item.threshold)
  const indices = used.map(({ index }) => index)
  return used.map(({ index, opening }) => ({ opening, coefficient: lagrangeAtZero(indices, index, q) }))
}

/** x·α for every place of the tally with the whole key x: Σ λ·F, the same whichever openings make up a quorum. */
function combinedFactors(
  { engine }: Election,
  trustees: Trustees<Element>,
  tally: EncryptedTally,
  openings: readonly OwnedOpening[],
): Result<readonly (readonly Element[])[], ResultFault> {
  const byOwner = new Map(openings.map(({ owner, opening }) => [owner, opening]))
  const shares: Share[] = []
  for (const [i, item] of trustees.items.entries()) {
    const used = sharesOf(item, byOwner, engine.q)
    const needed = item.kind === 'Single' ? 1 : item.threshold
    if (used.length < needed) return fail({ kind: 'too few openings', item: i, found: used.length, needed })
    shares.push(...used)
  }
  return ok(
    tally.ciphertexts.map((row, i) =>
      row.map((_, j) =>
        shares.reduce((sum, { opening, coefficient }) => {
          const own = opening.factors[i]?.[j] ?? engine.identity
          return engine.add(sum, coefficient === 1n ? own : engine.multiply(own, coefficient))
        }, engine.identity),
      ),
    ),
  )
}

/** m·G for every place of the tally, once enough openings are combined: β − Σ λ·F. */
function openedElements(
  election: Election,
  trustees: Trustees<Element>,
  tally: EncryptedTally,
  openings: readonly OwnedOpening[],
): Result<readonly (readonly Element[])[], ResultFault> {
  const factors = combinedFactors(election, trustees, tally, openings)
  if (factors.kind === 'fail') return factors
  const { add, identity, negate } = election.engine
  return ok(tally.ciphertexts.map((row, i) => row.map(({ beta }, j) => add(beta, negate(factors.value[i]?.[j] ?? identity)))))
}

/** Name of {@link openingsOutput} as a source of public randomness. */
export const openingsBeacon = 'quorate/openings/v1'

/**
 * Chance that nobody could know or choose: SHA-256 of `quorate/openings/v1`, φ and x·α of every place, joined by `|`. The key x is fixed before voting,
 * and α before anything is opened; whichever trustees open, the value is one. Knowing it earlier takes as many trustees as can open the box, or
 * the secrets of all who voted. Of checked openings only.
 */
export function openingsOutput(
  election: Election,
  trustees: Trustees<Element>,
  tally: EncryptedTally,
  openings: readonly OwnedOpening[],
): Result<Uint8Array, ResultFault> {
  const factors = combinedFactors(election, trustees, tally, openings)
  if (factors.kind === 'fail') return factors
  const { encode } = election.engine
  const parts = [openingsBeacon, election.fingerprint, ...factors.value.flat().map(encode)]
  return ok(sha256(utf8(parts.join('|'))))
}

/**
 * m with 0 ≤ m ≤ max and m·G = element, or undefined. Baby steps and giant steps (Shanks 1971): about 2·√max additions, 2,000 for a
 * million votes. The table is made once for all places.
 */
export function smallLogarithms<P>(engine: Engine<P>, max: number): (element: P) => number | undefined {
  const width = Math.ceil(Math.sqrt(max + 1))
  const steps = new Map<string, number>()
  let step = engine.identity
  for (let i = 0; i < width; i++) {
    steps.set(engine.encode(step), i)
    step = engine.add(step, engine.generator)
  }
  const giant = engine.negate(step)
  return (element) => {
    let rest = element
    for (let i = 0; i * width <= max; i++) {
      const found = steps.get(engine.encode(rest))
      if (found !== undefined) return i * width + found <= max ? i * width + found : undefined
      rest = engine.add(rest, giant)
    }
    return undefined
  }
}

/** Reads an opened element of a list question. */
function paperIn({ engine }: Election, question: AnyQuestion, element: Element): Unembedded {
  assert(isListQuestion(question) && engine.embedding !== undefined, 'lists are asked for in a group that holds them')
  return unembed(engine.embedding, question.value.answers.length, element)
}

/** Combines checked openings into the result. Every item of the trustees file must be satisfied; each count is at most the weight cast. */
export function combineResult(
  election: Election,
  trustees: Trustees<Element>,
  tally: EncryptedTally,
  openings: readonly OwnedOpening[],
): Result<ResultMessage, ResultFault> {
  const opened = openedElements(election, trustees, tally, openings)
  if (opened.kind === 'fail') return opened
  const logarithm = smallLogarithms(election.engine, tally.weight)
  const result: QuestionResult[] = []
  for (const [question, asked] of election.message.questions.entries()) {
    const row = opened.value[question] ?? []
    if (isListQuestion(asked)) {
      result.push(row.map((element) => paperIn(election, asked, element).list))
      continue
    }
    const counts: number[] = []
    for (const [place, element] of row.entries()) {
      const count = logarithm(element)
      if (count === undefined) return fail({ kind: 'not a count', question, place })
      counts.push(count)
    }
    result.push(counts)
  }
  return ok({ result })
}

/** The text of a result. */
export const resultText = ({ result }: ResultMessage): string => wireText({ result })

/**
 * Checks a published result against what the openings give, and says what each paper of the list questions is: `papers[question]`, empty for
 * other questions. Costs one product a place and a few field operations a paper; no logarithm is searched.
 */
export function checkResult(
  election: Election,
  trustees: Trustees<Element>,
  tally: EncryptedTally,
  openings: readonly OwnedOpening[],
  text: string,
): Result<CheckedResult, ResultFault> {
  const read = parseWire(shape, text)
  if (read.kind === 'fail') return fail({ kind: 'malformed', fault: read.error })
  const opened = openedElements(election, trustees, tally, openings)
  if (opened.kind === 'fail') return opened
  const { result } = read.value
  if (result.map((row) => row.length).join() !== opened.value.map((row) => row.length).join())
    return fail({ kind: 'not of the shape of the tally' })
  const { engine, message } = election
  const papers: (readonly Unembedded[])[] = []
  for (const [question, asked] of message.questions.entries()) {
    const row = opened.value[question] ?? []
    const published = result[question]
    const inRow = isListQuestion(asked) ? row.map((element) => paperIn(election, asked, element)) : []
    papers.push(inRow)
    for (const [place, element] of row.entries()) {
      const paper = inRow[place]
      const holds =
        paper === undefined
          ? isCount(engine, tally.weight, published?.[place], element)
          : wireText(paper.list) === JSON.stringify(published?.[place])
      if (!holds) return fail({ kind: 'wrong result', question, place })
    }
  }
  return ok({ ...read.value, papers })
}

/** A result that was checked, and its papers. */
export type CheckedResult = ResultMessage & { readonly papers: readonly (readonly Unembedded[])[] }

const isCount = (engine: Engine<Element>, weight: number, count: number | Paper | undefined, element: Element): boolean =>
  typeof count === 'number' && count <= weight && engine.equal(element, engine.multiply(engine.generator, BigInt(count)))
