import { describe, expect, it } from 'vitest'
import { accountText } from '../../testing/told.ts'
import { valueOf } from '../../testing/value.ts'
import { profileOf } from '../../testing/worked.ts'
import { accountOf, countTwoRound, english, welsh, type Profile, type TwoRoundParams } from '../index.ts'

// A second round has papers of its own, so it is told here and not with the methods that need one box.

const names = ['Amara', 'Bethan', 'Cai', 'Dev']
const first = profileOf('ABCD', 1, ['6 A', '5 B', '4 C', '1 D'])
const rounds: TwoRoundParams = { majorityOf: 'valid', tooMany: 'cut', second: { kind: 'top-two', ties: 'lot' } }
const between = (papers: readonly string[], withdrawn: readonly number[]): Profile => ({
  ...profileOf('ABCD', 1, papers),
  withdrawn,
})

const cases: readonly (readonly [string, TwoRoundParams, Profile, Profile | null, readonly number[] | null])[] = [
  ['won at once: 9 of 16', rounds, profileOf('ABCD', 1, ['9 A', '4 B', '3 C']), null, null],
  ['half is not enough: 8 of 16', rounds, profileOf('ABCD', 1, ['8 A', '5 B', '3 C']), null, null],
  ['a second round due', rounds, first, null, null],
  ['won in the second round', rounds, first, between(['7 A', '9 B'], [2, 3]), null],
  ['level in the second round', rounds, first, between(['8 A', '8 B'], [2, 3]), [1, 0, 2, 3]],
  ['level in the first round and in the second, both by lot', rounds, profileOf('ABCD', 1, ['6 A', '4 B', '4 C']), between(['1 A', '1 C'], [1, 3]), [3, 2, 1, 0]], // prettier-ignore
  ['one vote', rounds, profileOf('ABCD', 1, ['1 A']), null, null],
  ['level for the second place, by lot', rounds, profileOf('ABCD', 1, ['6 A', '4 B', '4 C']), null, [3, 2, 1, 0]],
  ['level for the second place, all go on', { ...rounds, second: { kind: 'top-two', ties: 'all' } }, profileOf('ABCD', 1, ['6 A', '4 B', '4 C']), null, null], // prettier-ignore
  ['three go on', { ...rounds, second: { kind: 'top-two', ties: 'all' } }, profileOf('ABCD', 1, ['6 A', '4 B', '4 C']), between(['3 A', '5 B', '6 C'], [3]), null], // prettier-ignore
  ['one who withdrew', rounds, { ...first, withdrawn: [2] }, null, null],
]

describe('two rounds', () => {
  it.each([
    ['en', english],
    ['cy', welsh],
  ] as const)('told in full (%s)', async (language, words) => {
    const texts = cases.map(([title, params, one, two, lot]) => {
      const count = valueOf(countTwoRound(params, one, two, lot))
      return accountText(accountOf(count, { title, names, withdrawn: one.withdrawn, seats: 1, moneyPlaces: 0 }, words))
    })
    await expect(texts.join('\n')).toMatchFileSnapshot(`../../testing/golden/methods/two-rounds.${language}.txt`)
  })
})
