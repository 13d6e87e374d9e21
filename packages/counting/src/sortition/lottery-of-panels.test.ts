// 1,000 panels, each of which meets the quotas: against every panel there is, on pools small enough to list them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../testing/arbitrary.ts'
import { allPanels, poolOf, pools } from '../../testing/pools.ts'
import { checkSortition, drawPanel, lotSeedOfWords, proposeLottery, type Draw, type Lottery, type Pool } from '../index.ts'

const proposed = (pool: Pool, method: 'maximin@1' | 'leximin@1' = 'leximin@1'): Lottery => {
  const result = proposeLottery(method, pool)
  if (result.kind === 'fail') throw new Error(JSON.stringify(result.error))
  return result.value
}
const seed = lotSeedOfWords('three dice, seven')
const cellsIn = (pool: Pool): readonly string[] => [...new Set(pool.members.map((features) => features.join()))]

describe('against every panel there is', () => {
  it('a lottery where there is a panel, a refusal where there is none; all 1,000 are panels, and the chances are true', () => {
    fc.assert(
      fc.property(pools, fc.constantFrom('maximin@1', 'leximin@1'), (pool, method) => {
        const all = allPanels(pool)
        const result = proposeLottery(method, pool)
        expect(result.kind).toBe(all.length > 0 ? 'ok' : 'fail')
        if (result.kind === 'fail') return
        const lottery = result.value
        expect(checkSortition(pool, lottery, { draw: drawPanel(pool, lottery, seed), seed })).toEqual([])
        const known = new Set(all.map(String))
        for (const panel of lottery.panels) expect(known.has(String(panel))).toBe(true)
        const reached = new Set(all.flat())
        expect(lottery.never).toEqual([...pool.members.keys()].filter((m) => !reached.has(m)))
      }),
      runs(150),
    )
  }, 600_000)
  it('the bound holds for every panel, and the least chance comes within three thousandths of it', () => {
    fc.assert(
      fc.property(pools, (pool) => {
        const all = allPanels(pool)
        if (all.length === 0) return
        const { bound, least } = proposed(pool, 'maximin@1')
        const cells = cellsIn(pool)
        const weights = pool.members.map((features) => bound.weights[cells.indexOf(features.join())] ?? 0)
        const heaviest = Math.max(...all.map((panel) => panel.reduce((sum, m) => sum + (weights[m] ?? 0), 0)))
        expect(heaviest).toBeLessThanOrEqual(bound.most)
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(bound.total)
        expect(least).toBeLessThanOrEqual((1000 * bound.most) / bound.total)
        expect(least).toBeGreaterThanOrEqual((1000 * bound.most) / bound.total - 3)
      }),
      runs(150),
    )
  }, 600_000)
  it('members with the same features differ by at most one panel', () => {
    fc.assert(
      fc.property(pools, (pool) => {
        if (allPanels(pool).length === 0) return
        const { chances } = proposed(pool)
        for (const cell of cellsIn(pool)) {
          const of = chances.filter((_, m) => pool.members[m]?.join() === cell)
          expect(Math.max(...of) - Math.min(...of)).toBeLessThanOrEqual(1)
        }
      }),
      runs(60),
    )
  }, 600_000)
})

describe('worked by hand', () => {
  it('two of ten women and two of thirty men: 200, and 66 or 67 of 1,000', () => {
    const pool = poolOf(4, [['w 2', 'm 2']], ['10 w', '30 m'])
    const { chances, least, bound } = proposed(pool)
    expect(chances.slice(0, 10).every((chance) => chance === 200)).toBe(true)
    expect(chances.slice(10).reduce((sum, chance) => sum + chance, 0)).toBe(2000)
    expect(least).toBe(66)
    // 30 men share 2 places: at most 2/30.
    expect(30 * bound.most).toBe(2 * bound.total)
  })
  it('maximin stops at the least likely; leximin goes on: two of four, half each, however few they are beside ten', () => {
    // One of ten of a; two of b, of whom two are x and two y. Those of a have 1/10 whatever happens.
    const pool = poolOf(
      3,
      [
        ['a 1', 'b 2'],
        ['x 0-3', 'y 0-3'],
      ],
      ['10 ax', '2 bx', '2 by'],
    )
    expect(proposed(pool).chances.slice(10)).toEqual([500, 500, 500, 500])
    expect(proposed(pool).least).toBe(100)
    expect(proposed(pool, 'maximin@1').least).toBe(100)
  })
  it('who is rare under several quotas at once serves for certain', () => {
    // The only old woman: one w of the two must be o, as both men are y.
    const pool = poolOf(
      3,
      [
        ['w 2', 'm 1'],
        ['y 2', 'o 1'],
      ],
      ['1 wo', '5 wy', '4 my'],
    )
    const { chances } = proposed(pool)
    expect(chances).toEqual([1000, 200, 200, 200, 200, 200, 250, 250, 250, 250])
  })
  it('quotas can keep somebody out: said, and not counted as the least', () => {
    // One o is wanted; two w: an old man would leave two young women and need a second man.
    const pool = poolOf(
      2,
      [
        ['w 2', 'm 0'],
        ['y 1', 'o 1'],
      ],
      ['3 wy', '2 wo', '1 mo'],
    )
    const { never, least, chances } = proposed(pool)
    expect([never, chances[5], least]).toEqual([[5], 0, 333])
  })
  it('without quotas everybody alike', () => {
    expect(proposed(poolOf(2, [], ['7 -'])).chances.every((chance) => chance === 285 || chance === 286)).toBe(true)
  })
})

describe('refused before any draw, naming the quota', () => {
  it.each<readonly [string, Pool, object]>([
    ['too few people', poolOf(4, [['w 0-4']], ['3 w']), { kind: 'too few members', have: 3, seats: 4 }],
    [
      'too few of a feature',
      poolOf(3, [['w 2-3', 'm 0-3']], ['1 w', '9 m']),
      { kind: 'too few in the pool', category: 0, feature: 0, have: 1, least: 2 },
    ],
    [
      'least numbers above the places',
      poolOf(3, [['w 2-3', 'm 2-3']], ['9 w', '9 m']),
      { kind: 'least numbers exceed places', category: 0, sum: 4, seats: 3 },
    ],
    [
      'most numbers, of those there are, below the places',
      poolOf(3, [['w 0-1', 'm 0-3']], ['9 w', '1 m', '0 w']),
      { kind: 'places stay empty', category: 0, sum: 2, seats: 3 },
    ],
    [
      'quotas of two categories that contradict one another, and not a third that does not matter',
      // All women are young: two women and at most one young.
      poolOf(
        3,
        [
          ['w 2-3', 'm 0-3'],
          ['y 0-1', 'o 0-3'],
          ['n 0-3', 's 0-3'],
        ],
        ['5 wyn', '5 mon', '3 mos'],
      ),
      {
        kind: 'quotas conflict',
        quotas: [
          { category: 0, feature: 0 },
          { category: 1, feature: 0 },
        ],
      },
    ],
  ])('%s', (_name, pool, refusal) => {
    expect(allPanels(pool)).toEqual([])
    expect(proposeLottery('leximin@1', pool)).toEqual({ kind: 'fail', error: { kind: 'refused', refusal } })
  })
  it.each<readonly [string, Partial<Pool>, object]>([
    ['title', { title: 'a\nb' }, { kind: 'bad title' }],
    ['seats', { seats: 0 }, { kind: 'bad seats', seats: 0 }],
    ['category without features', { categories: [{ name: 'x', features: [] }] }, { kind: 'bad category', category: 0 }],
    [
      'quota',
      { categories: [{ name: 'x', features: [{ name: 'y', least: 2, most: 1 }] }] },
      { kind: 'bad quota', category: 0, feature: 0 },
    ],
    ['member', { members: [[0], [1]] }, { kind: 'bad member', member: 1 }],
    ['member of another shape', { members: [[0, 0]] }, { kind: 'bad member', member: 0 }],
    ['members', { members: Array.from({ length: 100_001 }, () => [0]) }, { kind: 'too many members', most: 100_000 }],
  ])('a pool that is none: %s', (_name, change, fault) => {
    const pool = { ...poolOf(1, [['w 0-1']], ['2 w']), ...change }
    expect(proposeLottery('leximin@1', pool)).toEqual({ kind: 'fail', error: { kind: 'bad pool', fault } })
  })
  it('a method that is none', () => {
    expect(proposeLottery('random' as 'leximin@1', poolOf(1, [], ['1 -']))).toEqual({
      kind: 'fail',
      error: { kind: 'bad method' },
    })
  })
})

describe('the draw', () => {
  const pool = poolOf(3, [['w 1-2', 'm 1-2']], ['6 w', '6 m'])
  const lottery = proposed(pool)
  it('one of the 1,000, and everybody else in reserve once, among those with the same features', () => {
    const { index, panel, reserves } = drawPanel(pool, lottery, seed)
    expect(panel).toEqual(lottery.panels[index])
    expect([...panel, ...reserves.flatMap(({ members }) => members)].sort((a, b) => a - b)).toEqual([...pool.members.keys()])
    for (const { features, members } of reserves) for (const m of members) expect(pool.members[m]).toEqual(features)
    expect(drawPanel(pool, lottery, seed)).toEqual({ index, panel, reserves })
  })
  it('other seeds draw other panels and other orders of reserves, independently', () => {
    const draws = Array.from({ length: 200 }, (_, i) => drawPanel(pool, lottery, lotSeedOfWords(`try ${i}`)))
    expect(new Set(draws.map(({ index }) => index)).size).toBeGreaterThan(150)
    expect(new Set(draws.map(({ reserves }) => String(reserves[0]?.members))).size).toBeGreaterThan(50)
  })
  it('a seed of another length is a mistake of the caller', () => {
    expect(() => drawPanel(pool, lottery, new Uint8Array(31))).toThrow('32 bytes')
  })
})

describe('the check', () => {
  const pool = poolOf(3, [['w 1-2', 'm 1-2']], ['6 w', '6 m'])
  const lottery = proposed(pool)
  const draw = drawPanel(pool, lottery, seed)
  const [first = [], ...rest] = lottery.panels
  const kinds = (change: Partial<Lottery>, of: Draw = draw): readonly string[] => [
    ...new Set(checkSortition(pool, { ...lottery, ...change }, { draw: of, seed }).map(({ kind }) => kind)),
  ]
  it.each<readonly [string, Partial<Lottery>, string]>([
    ['a panel less', { panels: rest }, 'not 1,000 panels'],
    ['a member too few', { panels: [first.slice(1), ...rest] }, 'not a panel'],
    ['a member twice', { panels: [[0, 0, 6], ...rest] }, 'not a panel'],
    ['a member unknown', { panels: [[0, 6, 12], ...rest] }, 'not a panel'],
    ['members not in order', { panels: [first.toReversed(), ...rest] }, 'not a panel'],
    ['a quota missed', { panels: [[0, 1, 2], ...rest] }, 'quota not met'],
    ['a chance too high', { chances: lottery.chances.with(3, 999) }, 'wrong chance'],
    ['a chance missing', { chances: lottery.chances.slice(1) }, 'wrong chance'],
    ['a chance too many', { chances: [...lottery.chances, 0] }, 'wrong chance'],
    ['somebody said to be kept out', { never: [0] }, 'not kept out'],
    ['another least chance', { least: lottery.least + 1 }, 'wrong least chance'],
    ['another pool', { poolHash: '00' }, 'another pool'],
    ['a bound that does not add up', { bound: { ...lottery.bound, total: 1 } }, 'bad bound'],
    ['a weight too few', { bound: { ...lottery.bound, weights: [] } }, 'bad bound'],
    ['a bound that a panel breaks', { bound: { ...lottery.bound, most: 0 } }, 'bound broken'],
  ])('%s', (_name, change, kind) => expect(kinds(change)).toContain(kind))
  it('another draw, or another seed', () => {
    expect(kinds({})).toEqual([])
    expect(kinds({}, { ...draw, index: (draw.index + 1) % 1000 })).toEqual(['not the draw of this seed'])
    expect(checkSortition(pool, lottery, { draw, seed: lotSeedOfWords('others') })).toEqual([
      { kind: 'not the draw of this seed' },
    ])
    expect(checkSortition(pool, lottery, { draw, seed: new Uint8Array(0) })).toEqual([{ kind: 'not the draw of this seed' }])
    expect(checkSortition({ ...pool, seats: 0 }, lottery, null)).toMatchObject([{ kind: 'bad pool' }])
  })
})
