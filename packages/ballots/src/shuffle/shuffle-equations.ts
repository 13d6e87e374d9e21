import { assert, type Random, uintOf } from '@quorate/kernel'

import type { Election } from '../election.ts'
import type { Engine } from '../groups/engine.ts'
import type { Element } from '../groups/groups.ts'
import type { Ciphertext } from '../proofs.ts'
import { shuffleGenerators } from './shuffle-proof.ts'

/** The papers' encryptions of one list question. */
export type Row = readonly Ciphertext<Element>[]

/** The equations of a shuffle's proof, by the commitment that each must give (Belenios specification, table 5). */
export type ShuffleEquation = 't1' | 't2' | 't3' | 't4,1' | 't4,2' | 'chain'

/** The elements of a shuffle and its proof: the new encryptions, t1 … t4,2, t̂, c, ĉ. */
export type Parts = {
  readonly after: Row
  readonly commitments: readonly [Element, Element, Element, Element, Element]
  readonly steps: readonly Element[]
  readonly permutation: readonly Element[]
  readonly chain: readonly Element[]
}
/** The responses s1 … s4, ŝ, s′, each below q. */
export type Responses = {
  readonly s: readonly [bigint, bigint, bigint, bigint]
  readonly steps: readonly bigint[]
  readonly papers: readonly bigint[]
}
/** An item that must be there. */
export function item<T>(items: readonly T[], i: number): T {
  const found = items[i]
  assert(found !== undefined, 'an index is within its list')
  return found
}

type Term = readonly [Element, bigint]
/** Terms that add up to the identity. */
export type Equation = { readonly name: ShuffleEquation; readonly place: number; readonly terms: readonly Term[] }

/** All equations of one proof, each as terms that add up to the identity: what is committed plus c·(statement) minus what is answered. */
export function equationsOf(
  election: Election,
  before: Row,
  parts: Parts,
  responses: Responses,
  c: bigint,
  u: readonly bigint[],
) {
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
export function allHold(engine: Engine<Element>, equations: readonly Equation[], draw: Random): boolean {
  const coefficients = new Map<Element, bigint>()
  for (const { terms } of equations) {
    const weight = uintOf(draw(16))
    for (const [point, k] of terms) coefficients.set(point, ((coefficients.get(point) ?? 0n) + weight * k) % engine.q)
  }
  return engine.equal(engine.sumOfProducts([...coefficients]), engine.identity)
}

/** The first equation that fails alone. */
export const failing = (engine: Engine<Element>, equations: readonly Equation[]): Equation | undefined =>
  equations.find(({ terms }) => !engine.equal(engine.sumOfProducts(terms), engine.identity))
