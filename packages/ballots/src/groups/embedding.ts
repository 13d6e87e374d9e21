import { assert } from '@quorate/kernel'

import type { Embedding } from './engine.ts'

/** (((v1·2^κ + v2)·2^κ + …)·2^κ + vn)·2^p. */
const shifted = <P>({ bitsPerInt, padding }: Embedding<P>, list: readonly number[]): bigint =>
  list.reduce((number, value) => (number << BigInt(bitsPerInt)) | BigInt(value), 0n) << BigInt(padding)

/** Whether a list can be embedded: not too long, whole numbers, none too large. */
export const isEmbeddable = <P>({ bitsPerInt, listMax }: Embedding<P>, list: readonly number[]): boolean =>
  list.length <= listMax && list.every((value) => Number.isInteger(value) && value >= 0 && value < 2 ** bitsPerInt)

/**
 * The element that stands for a list of numbers, with the **least** ε that gives one. Always makes {@link Embedding.tries} tries, so that
 * time does not tell which list it is.
 */
export function embed<P>(embedding: Embedding<P>, list: readonly number[]): P {
  assert(isEmbeddable(embedding, list), 'only lists that fit are embedded')
  const base = shifted(embedding, list)
  let first: P | undefined
  for (let epsilon = 0; epsilon < 2 ** embedding.padding; epsilon++) {
    if (first !== undefined && epsilon >= embedding.tries) break
    const lifted = embedding.lift(base | BigInt(epsilon))
    first ??= lifted
  }
  assert(first !== undefined, 'some ε gives an element')
  return first
}

/** What an element stands for. `isPlain`: it is the very element that {@link embed} gives, so it carries no mark in ε or in unused bits. */
export type Unembedded = { readonly list: readonly number[]; readonly isPlain: boolean }

/** Reads a list of `length` numbers, as every program of format v1 does, whatever ε and the unused bits hold; and says whether they hold anything. */
export function unembed<P>(embedding: Embedding<P>, length: number, element: P): Unembedded {
  const number = embedding.numberOf(element)
  const mask = (1n << BigInt(embedding.bitsPerInt)) - 1n
  let rest = number >> BigInt(embedding.padding)
  const list: number[] = []
  for (let i = 0; i < length; i++) {
    list.unshift(Number(rest & mask))
    rest >>= BigInt(embedding.bitsPerInt)
  }
  const base = shifted(embedding, list)
  let isPlain = rest === 0n
  for (let smaller = base; isPlain && smaller < number; smaller++) isPlain = embedding.lift(smaller) === undefined
  return { list, isPlain }
}
