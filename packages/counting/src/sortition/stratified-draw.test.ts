// The stratified draw: whole numbers of places, exact chances, everybody in a stratum alike.
import { fraction } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../testing/arbitrary.ts'
import { checkStratified, drawStratified, lotSeedOfWords, type StratifiedDraw, type StratifiedPool } from '../index.ts'

const seed = lotSeedOfWords('a coin and a hat')
const pool = (of: readonly number[], apportionment: StratifiedPool['apportionment']): StratifiedPool => ({
  title: '',
  strata: of.map((_, s) => `stratum ${s + 1}`),
  members: of.flatMap((size, s) => Array.from({ length: size }, () => s)),
  apportionment,
})
const drawn = (given: StratifiedPool, by = seed): StratifiedDraw => {
  const result = drawStratified(given, by)
  if (result.kind === 'fail') throw new Error(JSON.stringify(result.error))
  return result.value
}
const places = ({ strata }: StratifiedDraw): readonly number[] => strata.map((stratum) => stratum.places)

describe('places', () => {
  it('exact quotas as they are given', () => {
    const draw = drawn(pool([5, 4, 3], { kind: 'exact', places: [2, 0, 3] }))
    expect(places(draw)).toEqual([2, 0, 3])
    expect(draw.strata.map(({ chance }) => chance)).toEqual([fraction(2, 5), fraction(0), fraction(1)])
    expect(draw.panel).toHaveLength(5)
  })
  it('largest remainders: 10 places for 47, 16, 158, 81 and 21 people are 1, 0, 5, 3 and 1', () => {
    // 323 people: 1.455, 0.495, 4.892, 2.508, 0.650. Whole 1 0 4 2 0; three more to 0.892, 0.650 and 0.508.
    const given = pool([9, 9, 9, 9, 9], { kind: 'largest remainder', people: [47, 16, 158, 81, 21], seats: 10 })
    expect(places(drawn(given))).toEqual([1, 0, 5, 3, 1])
    expect(drawn(given).tied).toEqual([])
  })
  it('level remainders go by lot, and both orders happen', () => {
    const given = pool([5, 5, 5], { kind: 'largest remainder', people: [10, 10, 20], seats: 2 })
    // 0.5, 0.5 and 1: one place between the first two.
    const found = new Set(Array.from({ length: 20 }, (_, i) => String(places(drawn(given, lotSeedOfWords(`${i}`))))))
    expect(found).toEqual(new Set(['1,0,1', '0,1,1']))
    expect(drawn(given).tied).toEqual([0, 1])
  })
  it('a stratum nobody stands for gets nothing', () => {
    expect(places(drawn(pool([3, 0], { kind: 'largest remainder', people: [7, 0], seats: 2 })))).toEqual([2, 0])
  })
  it('they add up, each within one of its share', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 30 }),
        (people, seats) => {
          const draw = drawn(
            pool(
              people.map(() => 31),
              { kind: 'largest remainder', people, seats },
            ),
          )
          expect(places(draw).reduce((sum, n) => sum + n, 0)).toBe(seats)
          const total = people.reduce((sum, n) => sum + n, 0)
          for (const [s, n] of places(draw).entries()) expect(Math.abs(n * total - (people[s] ?? 0) * seats)).toBeLessThan(total)
        },
      ),
      runs(100),
    )
  })
})

describe('the draw', () => {
  it('everybody once, on the panel or in reserve, in their own stratum', () => {
    const given = pool([6, 3], { kind: 'exact', places: [2, 1] })
    const { strata, panel } = drawn(given)
    for (const [s, { drawn: on, reserves }] of strata.entries())
      expect([...on, ...reserves].sort((a, b) => a - b)).toEqual([...given.members.keys()].filter((m) => given.members[m] === s))
    expect(panel).toEqual(strata.flatMap(({ drawn: on }) => on).sort((a, b) => a - b))
  })
  it('over 900 seeds, each of six is drawn about a third of the time: 300, give or take 70 (five deviations)', () => {
    const given = pool([6], { kind: 'exact', places: [2] })
    const times = given.members.map(() => 0)
    for (let i = 0; i < 900; i++) for (const m of drawn(given, lotSeedOfWords(`seed ${i}`)).panel) times[m] = (times[m] ?? 0) + 1
    for (const often of times) expect(Math.abs(often - 300)).toBeLessThan(70)
  })
  it('its check makes it again', () => {
    const given = pool([6, 3], { kind: 'exact', places: [2, 1] })
    const draw = drawn(given)
    expect(checkStratified(given, draw, seed)).toBe(true)
    expect(checkStratified(given, { ...draw, panel: [0, 1, 6] }, seed)).toBe(String(draw.panel) === '0,1,6')
    expect(checkStratified(given, draw, lotSeedOfWords('another'))).toBe(false)
    expect(checkStratified({ ...given, members: [9] }, draw, seed)).toBe(false)
    expect(checkStratified(given, draw, new Uint8Array(3))).toBe(false)
  })
})

describe('refused', () => {
  const exact = { kind: 'exact', places: [1] } as const
  it.each<readonly [string, StratifiedPool, object]>([
    [
      'more places than people',
      pool([1, 5], { kind: 'exact', places: [2, 1] }),
      { kind: 'too few in the pool', stratum: 0, have: 1, places: 2 },
    ],
    ['title', { ...pool([1], exact), title: ' ' }, { kind: 'bad title' }],
    [
      'two strata of one name',
      { ...pool([1, 1], { kind: 'exact', places: [1, 0] }), strata: ['a', 'a'] },
      { kind: 'bad stratum', stratum: 1 },
    ],
    ['a member of no stratum', { ...pool([1], exact), members: [0, 1] }, { kind: 'bad member', member: 1 }],
    ['places for too few strata', pool([1, 1], exact), { kind: 'bad apportionment' }],
    ['no places', pool([1], { kind: 'exact', places: [0] }), { kind: 'bad apportionment' }],
    ['half a place', pool([1], { kind: 'exact', places: [0.5] }), { kind: 'bad apportionment' }],
    ['nobody to stand for', pool([1], { kind: 'largest remainder', people: [0], seats: 1 }), { kind: 'bad apportionment' }],
    ['no seats', pool([1], { kind: 'largest remainder', people: [3], seats: 0 }), { kind: 'bad apportionment' }],
  ])('%s', (_name, given, error) => expect(drawStratified(given, seed)).toEqual({ kind: 'fail', error }))
})
