import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BallotAsked } from '@quorate/rulebook'
import { countVotes, marksMax } from './vote-count.ts'

// Totals of marks by the rule's `ballot` stage: the most votes win, none-of-these must be beaten, and only the last place can need a lot.

const asked = (method: string, places: number, more: object = {}): BallotAsked =>
  ({
    stage: { method, noneOfThese: false, counting: null, ...more },
    candidates: null,
    withdrawn: [],
    list: null,
    places,
  }) as unknown as BallotAsked // all that a count reads
const question = (method: string, places: number, many: number, more: object = {}) => ({
  asked: asked(method, places, more),
  numbers: Array.from({ length: many }, (_, i) => i + 1),
  answers: Array.from({ length: many + (more === none ? 1 : 0) }, (_, i) => `answer ${String(i)}`),
})
const none = { noneOfThese: true }

describe('how many answers a ballot may choose', () => {
  test('is the rule’s: one, as many as places, as the rule counts, or all', () => {
    expect(marksMax(question('plurality', 3, 5))).toBe(1)
    expect(marksMax(question('block-vote', 3, 5))).toBe(3)
    expect(marksMax(question('choose-k', 3, 5))).toBe(3)
    expect(marksMax(question('choose-k', 3, 5, { counting: { choices: 2 } }))).toBe(2)
    expect(marksMax(question('approval', 1, 5))).toBe(5)
    expect(marksMax(question('block-vote', 7, 5))).toBe(5)
    expect(marksMax(question('schulze', 1, 5))).toBeNull()
  })
})

describe('a count of totals', () => {
  test('chooses those with most votes, and nobody whom none of these beats or equals', () => {
    expect(countVotes(question('approval', 2, 3), [4, 9, 5], 10, null)).toMatchObject({
      chosen: [2, 3],
      valid: 10,
      beatsNone: null,
    })
    expect(countVotes(question('plurality', 2, 3, none), [4, 9, 5, 5], 23, null)).toMatchObject({ chosen: [2], beatsNone: true })
    expect(countVotes(question('plurality', 1, 2, none), [4, 4, 5], 13, null)).toMatchObject({ chosen: [], beatsNone: false })
  })

  test('reads a blank vote before the answers, and no row of another size', () => {
    expect(countVotes(question('approval', 1, 2), [3, 6, 1], 10, null)).toMatchObject({ chosen: [1], blank: 3, valid: 7 })
    for (const row of [[1], [1, 2, 3, 4]]) expect(countVotes(question('approval', 1, 2), row, 10, null)).toHaveProperty('kind')
    expect(countVotes(question('schulze', 1, 2), [1, 2], 3, null)).toEqual({ kind: 'not a method of this ballot' })
  })

  test('needs a lot where the last place lies between equals, and nowhere else', () => {
    const level = { kind: 'no count', why: { kind: 'lot needed', tied: [0, 2], at: null } }
    expect(countVotes(question('plurality', 1, 3), [4, 1, 4], 9, null)).toEqual(level)
    expect(countVotes(question('plurality', 1, 3), [4, 1, 4], 9, [1, 2, 0])).toMatchObject({ chosen: [3] })
    expect(countVotes(question('plurality', 1, 3), [4, 1, 4], 9, [0, 2, 1])).toMatchObject({ chosen: [1] })
    expect(countVotes(question('plurality', 2, 3), [4, 1, 4], 9, null)).toMatchObject({ chosen: [1, 3] })
  })

  test('with a lot fills every place it can, from the top, whatever the order', () => {
    const elections = fc
      .tuple(fc.array(fc.nat(4), { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 4 }))
      .chain(([row, places]) =>
        fc.tuple(fc.constant({ row, places }), fc.shuffledSubarray([...row.keys()], { minLength: row.length })),
      )
    fc.assert(
      fc.property(elections, ([{ row, places }, lot]) => {
        const counted = countVotes(question('approval', places, row.length), row, 30, lot)
        if (!('chosen' in counted)) throw new Error('a lot was given')
        const votes = (number: number): number => row[number - 1] ?? -1
        const out = row.map((_, i) => i + 1).filter((number) => !counted.chosen.includes(number))
        expect(counted.chosen).toHaveLength(Math.min(places, row.length))
        for (const inside of counted.chosen)
          for (const outside of out) {
            expect(votes(inside)).toBeGreaterThanOrEqual(votes(outside))
            if (votes(inside) === votes(outside)) expect(lot.indexOf(inside - 1)).toBeLessThan(lot.indexOf(outside - 1))
          }
      }),
    )
  })
})
