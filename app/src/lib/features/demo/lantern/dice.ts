import { assert, type Random } from '@quorate/kernel'

/** A repeatable source of chance for invented people: never for anything that must be unguessable. */
export type Dice = {
  /** An integer from 0 to `n` − 1. */
  readonly below: (n: number) => number
  readonly pick: <T>(items: readonly T[]) => T
  /** True with a chance of `share` (0 to 1). */
  readonly chance: (share: number) => boolean
  readonly bytes: Random
}

/** Dice that fall the same way for the same seed (mulberry32, a 32-bit generator of good spread and no secrecy). */
export function dice(seed: number): Dice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
  const below = (n: number): number => Math.floor((next() / 2 ** 32) * n)
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)]
      assert(item !== undefined, 'dice pick from something')
      return item
    },
    chance: (share) => next() < share * 2 ** 32,
    bytes: (n) => Uint8Array.from({ length: n }, () => next() & 255),
  }
}
