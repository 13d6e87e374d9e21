import { describe, expect, it } from 'vitest'
import { numbers, orderFrom } from '../../testing/drawn.ts'
import { preferencesOf, winsOf, type Preferences, type Strength } from './matrix.ts'
import { lockedAbove, lockPairs, possibleWinners } from './ranked-pairs.ts'
import type { Profile } from '../index.ts'

// Ranked pairs once more by its definition, win after win, on 200 tables of four and five candidates full of equal wins.

function tableOf(seed: number): {
  readonly preferences: Preferences
  readonly order: readonly number[]
  readonly strength: Strength
} {
  const drawn = numbers(seed)
  const n = 4 + drawn.below(2)
  const profile: Profile = {
    ...{ title: '', candidates: Array.from({ length: n }, (_, c) => `C${c}`), withdrawn: [], seats: 1 },
    papers: Array.from({ length: 2 + drawn.below(4) }, () => ({
      weight: 1 + drawn.below(2),
      ranking: orderFrom(drawn, n).slice(0, 2 + drawn.below(n - 1)),
    })),
  }
  return {
    preferences: preferencesOf(profile, 'last'),
    order: orderFrom(drawn, n),
    strength: drawn.of(['winning votes', 'margins']),
  }
}

describe('ranked pairs', () => {
  it('locks the strongest win first; of equal ones whose loser stands later, then whose winner stands earlier', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { preferences, order, strength } = tableOf(seed)
      const size = (win: { readonly for: number; readonly against: number }): readonly [number, number] =>
        strength === 'margins' ? [win.for - win.against, 0] : [win.for, -win.against]
      const place = (c: number): number => order.indexOf(c)
      const wins = winsOf(preferences).toSorted((a, b) => {
        const [x, y] = [size(a), size(b)]
        return y[0] - x[0] || y[1] - x[1] || place(b.loser) - place(a.loser) || place(a.winner) - place(b.winner)
      })
      const over: (readonly [number, number])[] = []
      const leads = (from: number, to: number): boolean => over.some(([a, b]) => a === from && (b === to || leads(b, to)))
      const wanted = wins.map((win) => {
        const locked = !leads(win.loser, win.winner)
        if (locked) over.push([win.winner, win.loser])
        return { win, locked }
      })
      const { pairs, above } = lockPairs(preferences, strength, order)
      expect([seed, pairs]).toEqual([seed, wanted])
      for (const a of order)
        for (const b of order) expect([seed, a, b, lockedAbove(above, a, b)]).toEqual([seed, a, b, a !== b && leads(a, b)])
      // Whoever this order puts on top is one of those that some order does.
      const tops = order.filter((c) => !order.some((other) => leads(other, c)))
      expect(
        possibleWinners(
          preferences,
          strength,
          order.toSorted((a, b) => a - b),
        ),
      ).toEqual(expect.arrayContaining(tops))
    }
  })
  it('gives up where there are more ways than it may follow', () => {
    // A over B, B over C, C over A, 2 to 1 each: three ways to begin, each of which leaves one more to go.
    const circle = preferencesOf(
      {
        ...{ title: '', candidates: ['A', 'B', 'C'], withdrawn: [], seats: 1 },
        papers: [
          { weight: 1, ranking: [0, 1, 2] },
          { weight: 1, ranking: [1, 2, 0] },
          { weight: 1, ranking: [2, 0, 1] },
        ],
      },
      'last',
    )
    const ways = Array.from({ length: 20 }, (_, most) => possibleWinners(circle, 'margins', [0, 1, 2], most))
    const enough = ways.findIndex((found) => found !== null)
    expect(ways.slice(0, enough).every((found) => found === null)).toBe(true)
    expect(enough).toBe(6)
    expect(ways[enough]).toEqual([0, 1, 2])
    expect(possibleWinners(circle, 'margins', [0, 1, 2])).toEqual([0, 1, 2])
  })
  it('of those who stand only', () => {
    const nobody = preferencesOf({ title: '', candidates: ['A', 'B'], withdrawn: [], seats: 1, papers: [] }, 'last')
    expect(possibleWinners(nobody, 'margins', [1])).toEqual([1])
    expect(possibleWinners(nobody, 'margins', [1, 0])).toEqual([0, 1])
    expect(lockPairs(nobody, 'margins', [0, 1])).toEqual({ pairs: [], above: [0n, 0n] })
  })
})
