import { describe, expect, it } from 'vitest'
import { poolOf } from '../../testing/pools.ts'
import { numbers } from '../../testing/drawn.ts'
import { checkSortition, drawStratified, lotSeedOfWords, proposeLottery, type Lottery, type SortitionFault } from '../index.ts'

// The check of a lottery, word for word, and places shared out once more by the definition of largest remainders.

const pool = poolOf(3, [['w 1-2', 'm 1-2']], ['6 w', '6 m'])
const proposed = proposeLottery('leximin@1', pool)
if (proposed.kind === 'fail') throw new Error(JSON.stringify(proposed.error))
const lottery = proposed.value
const faults = (change: Partial<Lottery>): readonly SortitionFault[] => checkSortition(pool, { ...lottery, ...change }, null)

describe('every fault says which and how', () => {
  const [first = [], ...rest] = lottery.panels
  it('nothing is wrong with what was proposed', () => {
    expect(faults({})).toEqual([])
  })
  it('a panel out of order, of strangers, too small: at its place', () => {
    for (const members of [
      first.toReversed(),
      [...first.slice(0, 2), 12],
      first.slice(1),
      [...first, 11],
      [0, 0.5, 6],
      [-1, 0, 6],
    ]) {
      const found = faults({ panels: [...rest.slice(0, 4), members, ...rest.slice(4)] })
      expect(found.filter(({ kind }) => kind === 'not a panel')).toEqual([{ kind: 'not a panel', panel: 4 }])
    }
  })
  it('both features of a category that a panel misses', () => {
    expect(faults({ panels: [[0, 1, 2], ...rest] }).filter(({ kind }) => kind === 'quota not met')).toEqual([
      { kind: 'quota not met', panel: 0, category: 0, feature: 0, count: 3 },
      { kind: 'quota not met', panel: 0, category: 0, feature: 1, count: 0 },
    ])
  })
  it('a chance, what was said and what it is', () => {
    const is = lottery.chances[3] ?? -1
    expect(faults({ chances: lottery.chances.with(3, is + 1) })).toEqual([{ kind: 'wrong chance', member: 3, said: is + 1, is }])
    expect(faults({ chances: [...lottery.chances, 7] })).toEqual([{ kind: 'wrong chance', member: 12, said: 7, is: 0 }])
    expect(faults({ chances: lottery.chances.slice(0, 11) })).toEqual([
      { kind: 'wrong chance', member: 11, said: -1, is: lottery.chances[11] },
    ])
    expect(faults({ least: lottery.least - 1 })).toEqual([
      { kind: 'wrong least chance', said: lottery.least - 1, is: lottery.least },
    ])
  })
  it('the number of panels, the pool', () => {
    expect(faults({ panels: rest })[0]).toEqual({ kind: 'not 1,000 panels', panels: 999 })
    expect(faults({ poolHash: '00' })).toEqual([{ kind: 'another pool', said: '00', is: lottery.poolHash }])
  })
  it('a bound of other weights, of parts, below nothing', () => {
    const { bound } = lottery
    const bad = [{ kind: 'bad bound' }]
    expect(faults({ bound: { ...bound, total: bound.total + 1 } })).toEqual(bad)
    expect(faults({ bound: { ...bound, most: bound.most + 0.5 } })).toEqual(bad)
    expect(faults({ bound: { ...bound, most: -1 } })).toEqual(bad)
    expect(faults({ bound: { ...bound, weights: [...bound.weights, 0] } })).toEqual(bad)
    expect(
      faults({ bound: { ...bound, weights: bound.weights.map((w, i) => (i === 0 ? w + 0.5 : i === 1 ? w - 0.5 : w)) } }),
    ).toEqual(bad)
  })
  it('a bound that panels break: each, with its weight', () => {
    const cells = lottery.bound.weights.length
    expect(cells).toBe(2)
    // 6 women of weight 2 and 6 men of 1: 18 together. Two women weigh 5 with a man, two men 4 with a woman.
    const weights = faults({ bound: { weights: [2, 1], total: 18, most: 4 } })
    const heavy = lottery.panels.flatMap((members, panel) =>
      members.filter((m) => m < 6).length === 2 ? [{ kind: 'bound broken', panel, weight: 5 }] : [],
    )
    expect(weights).toEqual(heavy)
    expect(faults({ bound: { weights: [2, 1], total: 18, most: 5 } })).toEqual([])
  })
  it('a draw is looked at only where nothing else is wrong', () => {
    const draw = { index: 0, panel: [], reserves: [] }
    const seed = lotSeedOfWords('x')
    expect(checkSortition(pool, lottery, { draw, seed })).toEqual([{ kind: 'not the draw of this seed' }])
    expect(checkSortition(pool, { ...lottery, least: lottery.least + 1 }, { draw, seed })).toHaveLength(1)
  })
})

describe('places by largest remainders', () => {
  it('as by hand: whole quotas, then one each to the largest parts left, level ones by lot', () => {
    const { below } = numbers(77)
    for (let i = 0; i < 200; i++) {
      const people = Array.from({ length: 2 + below(4) }, () => below(9))
      const total = people.reduce((sum, n) => sum + n, 0)
      const seats = 1 + below(6)
      if (total === 0) continue
      const members = people.flatMap((_, s) => Array.from({ length: 7 }, () => s))
      const made = drawStratified(
        {
          title: '',
          strata: people.map((_, s) => `s${s}`),
          members,
          apportionment: { kind: 'largest remainder', people, seats },
        },
        lotSeedOfWords(`${i}`),
      )
      if (made.kind === 'fail') throw new Error(JSON.stringify(made.error))
      const whole = people.map((n) => Math.floor((n * seats) / total))
      const part = people.map((n, s) => n * seats - (whole[s] ?? 0) * total)
      const more = made.value.strata.map(({ places }, s) => places - (whole[s] ?? 0))
      const left = seats - whole.reduce((sum, n) => sum + n, 0)
      expect([...more].sort()).toEqual([...people.map((_, s) => (s < left ? 1 : 0))].sort())
      const [got, not] = [part.filter((_, s) => more[s] === 1), part.filter((_, s) => more[s] === 0)]
      expect(got.every((x) => not.every((y) => x >= y))).toBe(true)
      const line = Math.min(...got)
      const level = part.flatMap((x, s) => (x === line ? [s] : []))
      expect(made.value.tied).toEqual(left > 0 && level.some((s) => more[s] === 0) ? level : [])
      expect(made.value.strata.map(({ drawn, reserves }) => drawn.length + reserves.length)).toEqual(people.map(() => 7))
    }
  })
})
