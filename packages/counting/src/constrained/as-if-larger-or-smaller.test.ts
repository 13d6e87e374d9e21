// Liberal Democrat election regulations, as quoted in rosenstiel.co.uk/stv/ordstvdt.htm: those of the group with too few who would be elected to
// a larger committee, those of the others who would be elected to a smaller one.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elections, runs } from '../../testing/arbitrary.ts'
import { group } from '../../testing/constraints.ts'
import { profileOf } from '../../testing/worked.ts'
import { countAsIf, countConstrained, countScottish } from '../index.ts'

describe('as if the committee were larger or smaller', () => {
  // 49 papers, 2 places, at least one of the women D and E. A, B and C are men.
  const profile = profileOf('ABCDE', 2, ['14 A E D', '27 C B', '8 D'])
  const women = group('women', 'DE', 1)

  it('elects other people than guard and doom: a witness, worked by hand', () => {
    // Two places, quota 17: C is elected, then A is left with B and D gone. Two men.
    const plain = countScottish(profile, [0, 1, 2, 3, 4])
    expect(plain.kind === 'ok' && plain.value.elected).toEqual([2, 0])
    // As if three, quota 13: C with 27, A with 14, and C's surplus of 14 elects B: three men. As if four, quota 10: C, A, and C's surplus of
    // 17 elects B; A's surplus of 4 goes to E, who has fewer than D's 8. D is the woman elected.
    // As if one, quota 25: C with 27. C is the man elected.
    const asIf = countAsIf('scottish-stv@1', {}, profile, women, [0, 1, 2, 3, 4])
    expect(asIf).toMatchObject({ kind: 'ok', value: { elected: [2, 3] } })
    if (asIf.kind === 'ok')
      expect(asIf.value.counts.map(({ purpose, seats }) => [purpose, seats])).toEqual([
        ['as it is', 2],
        ['larger', 3],
        ['larger', 4],
        ['smaller', 1],
      ])
    // Guard and doom: C is elected, so A and B are doomed. B goes first, then A, whose 14 papers pass to E: 14 against 8.
    const guarded = countConstrained('scottish-stv@1', {}, profile, [women], [0, 1, 2, 3, 4])
    expect(guarded).toMatchObject({ kind: 'ok', value: { count: { elected: [2, 4] } } })
  })
  it('counts once where the quota is met anyhow', () => {
    const met = countAsIf('scottish-stv@1', {}, profile, group('from the north', 'AC', 1), null)
    expect(met).toMatchObject({ kind: 'ok', value: { elected: [0, 2], counts: [{ purpose: 'as it is' }] } })
  })
  it('knows a ceiling as well: too many of the group are too few of the others', () => {
    const men = countAsIf('scottish-stv@1', {}, profile, group('men', 'ABC', 0, 1), [0, 1, 2, 3, 4])
    expect(men).toMatchObject({ kind: 'ok', value: { elected: [2, 3] } })
    // Nobody of them at all: nobody need be counted as if the committee were smaller.
    expect(countAsIf('scottish-stv@1', {}, profile, group('men', 'ABC', 0, 0), [0, 1, 2, 3, 4])).toMatchObject({
      kind: 'ok',
      value: { elected: [3, 4] },
    })
  })
  it('says so when no committee of any size has the right number', () => {
    expect(countAsIf('scottish-stv@1', {}, profile, group('women', 'D', 2), [0, 1, 2, 3, 4])).toEqual({
      kind: 'fail',
      error: { kind: 'no such committee', purpose: 'larger', needed: 2 },
    })
    expect(countAsIf('scottish-stv@1', {}, profile, { ...women, unsettled: [0] }, null)).toMatchObject({
      error: { kind: 'bad constraint', fault: { kind: 'unsettled' } },
    })
  })
  it('meets the quota and fills the places whenever it gives a result', () => {
    fc.assert(
      fc.property(elections, fc.integer({ min: 0, max: 4 }), fc.boolean(), ({ profile: any, lot }, bound, floor) => {
        const members = [...any.candidates.keys()].filter((c) => c % 2 === 0)
        const constraint = { ...group('even', '', floor ? bound : 0, floor ? null : bound), members }
        const found = countAsIf('scottish-stv@1', {}, any, constraint, lot)
        if (found.kind === 'fail') {
          expect(found.error.kind).toBe('no such committee')
          return
        }
        const { elected } = found.value
        expect(elected.length).toBe(Math.min(any.seats, any.candidates.length))
        expect(new Set(elected).size).toBe(elected.length)
        const n = elected.filter((c) => members.includes(c)).length
        expect(floor ? n >= bound : n <= bound).toBe(true)
      }),
      runs(300),
    )
  })
})
