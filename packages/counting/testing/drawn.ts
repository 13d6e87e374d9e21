// Numbers that look drawn and are the same on every machine and every day, for tests that go through a few hundred boxes and must never fail
// by chance: the generator of S. K. Park and K. W. Miller (Random number generators: good ones are hard to find, CACM 31, 1988).

/** Whole numbers from a seed: `below(n)` gives one from 0 to n − 1. */
export type Numbers = { readonly below: (n: number) => number; readonly of: <T>(list: readonly [T, ...T[]]) => T }

/** A fresh row of numbers. */
export function numbers(seed: number): Numbers {
  let state = (seed % 2_147_483_646) + 1
  const next = (): number => (state = (state * 48_271) % 2_147_483_647)
  // The first numbers after neighbouring seeds are neighbours too.
  for (let i = 0; i < 8; i++) next()
  const below = (n: number): number => Math.floor((next() / 2_147_483_647) * n)
  return { below, of: (list) => list[below(list.length)] ?? list[0] }
}

/** An order of 0 … n − 1. */
export const orderFrom = ({ below }: Numbers, n: number): readonly number[] =>
  Array.from({ length: n }, (_, i) => i).reduce<readonly number[]>((order, i) => order.toSpliced(below(i + 1), 0, i), [])

/** Some of 0 … n − 1, ascending. */
export const someFrom = ({ below }: Numbers, n: number): readonly number[] =>
  Array.from({ length: n }, (_, i) => i).filter(() => below(2) === 1)
