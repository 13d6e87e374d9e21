import type { Json } from '@quorate/kernel'
import type { BallotAsked } from '@quorate/rulebook'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fingerprintOf } from '@quorate/rulebook'
import { box, count, declare, election, judged, logged } from '../testing/election-story.ts'
import { countPapers } from './count-of-papers.ts'
import { highestGrade } from './graded-count.ts'

// Papers that give everybody a grade, by the rule's `ballot` stage: counted by its method, and no paper off the scale counts.

type Rule = {
  readonly places?: number
  readonly withdrawn?: readonly number[]
  readonly none?: boolean
  readonly counting?: object
}
const asked = (method: string, { places = 1, withdrawn = [], none = false, counting = { grades: 5 } }: Rule = {}): BallotAsked =>
  ({
    stage: { method, noneOfThese: none, counting },
    candidates: null,
    withdrawn,
    list: null,
    places,
  }) as unknown as BallotAsked // all that a count reads
const question = (method: string, many: number, rule: Rule = {}) => ({
  asked: asked(method, rule),
  numbers: Array.from({ length: many }, (_, i) => i + 1),
  answers: Array.from({ length: many + (rule.none === true ? 1 : 0) }, (_, i) => `answer ${String(i)}`),
})
const counted = (
  method: string,
  papers: readonly (readonly number[])[],
  many = 3,
  rule: Rule = {},
  lot: number[] | null = null,
) => {
  const found = countPapers(question(method, many, rule), papers, lot)
  return 'chosen' in found ? { chosen: found.chosen, valid: found.valid, blank: found.blank, beatsNone: found.beatsNone } : found
}

describe('how high a ballot grades', () => {
  test('is the rule’s, and five stars where STAR says nothing', () => {
    expect(highestGrade(asked('score', { counting: { grades: 10 } }))).toBe(10)
    expect(highestGrade(asked('star', { counting: {} }))).toBe(5)
    expect(highestGrade(asked('star', { counting: { grades: 3 } }))).toBe(3)
    expect(highestGrade(asked('majority-judgment', { counting: { grades: 6 }, places: 4 }))).toBe(6)
  })

  test.each<readonly [string, string, Rule]>([
    ['a scale is missing', 'score', { counting: {} }],
    ['a scale is missing', 'majority-judgment', { counting: {} }],
    ['the scale is one grade', 'score', { counting: { grades: 0 } }],
    ['the scale is more than a paper holds', 'score', { counting: { grades: 256 } }],
    ['a name left out is no opinion', 'majority-judgment', { counting: { grades: 5, blank: 'no opinion' } }],
    ['STAR has two places', 'star', { places: 2 }],
    ['the method ranks', 'schulze', {}],
    ['the method is of another kind', 'equal-shares', {}],
  ])('is left open, and no ballot asked, where %s: %s', (_, method, rule) => {
    expect(highestGrade(asked(method, rule))).toBeNull()
  })
})

describe('a count of grades', () => {
  const papers = [
    [5, 3, 0],
    [5, 3, 1],
    [0, 4, 5],
    [4, 1, 0],
    [0, 4, 5],
  ]

  test('adds them up, or takes the two with most and asks which of them more put above, or takes the middle', () => {
    // Sums 14, 15, 11. Of the first two three put the first above. Middles 4, 3, 1.
    expect(counted('score', papers)).toEqual({ chosen: [2], valid: 5, blank: 0, beatsNone: null })
    expect(counted('star', papers)).toMatchObject({ chosen: [1] })
    expect(counted('majority-judgment', papers)).toMatchObject({ chosen: [1] })
    expect(counted('majority-judgment', papers, 3, { places: 2 })).toMatchObject({ chosen: [1, 2] })
  })

  test('leaves out every paper that is none', () => {
    const others = [[6, 5, 0], [2], [5, 5, 5, 5], [-1, 5, 5], [0.5, 5, 5]]
    expect(counted('score', [...papers, ...others])).toEqual({ chosen: [2], valid: 5, blank: 0, beatsNone: null })
  })

  test('passes over whoever has left', () => {
    expect(counted('score', papers, 3, { withdrawn: [2] })).toMatchObject({ chosen: [1], valid: 5 })
    expect(counted('star', papers, 3, { withdrawn: [1] })).toMatchObject({ chosen: [2] })
    expect(counted('score', papers, 3, { withdrawn: [1, 3], places: 2 })).toMatchObject({ chosen: [2] })
  })

  test('asks of whom it chooses that more put them above none of these than below', () => {
    const with5 = (none: readonly number[]) => papers.map((paper, i) => [...paper, none[i] ?? 0])
    const rule = { none: true }
    expect(counted('score', with5([2, 2, 2, 2, 2]), 3, rule)).toMatchObject({ chosen: [2], beatsNone: true })
    expect(counted('score', with5([4, 4, 4, 0, 4]), 3, rule)).toMatchObject({ chosen: [2], beatsNone: false })
    expect(counted('score', with5([4, 4, 3, 1, 3]), 3, rule)).toMatchObject({ chosen: [2], beatsNone: false })
  })

  test('needs a lot where the grades are level, and takes the first of them in it, by their places on the paper', () => {
    const level = [
      [3, 1, 3],
      [1, 3, 3],
    ]
    const ofTwo = { withdrawn: [3] }
    expect(counted('score', level, 3, ofTwo)).toMatchObject({ kind: 'no count', why: { kind: 'lot needed' } })
    expect(counted('score', level, 3, ofTwo, [2, 1, 0])).toMatchObject({ chosen: [2] })
    expect(counted('score', level, 3, ofTwo, [0, 2, 1])).toMatchObject({ chosen: [1] })
    // In a lot of all three whoever has left stands for nobody, though it names them first.
    expect(counted('score', [[2, 5, 2]], 3, { withdrawn: [2] }, [1, 2, 0])).toMatchObject({ chosen: [3] })
  })

  test('is the same whatever the order of the papers', () => {
    const paper = fc.tuple(fc.nat(5), fc.nat(5), fc.nat(5))
    fc.assert(
      fc.property(
        fc.array(paper, { minLength: 1, maxLength: 12 }),
        fc.constantFrom('score', 'star', 'majority-judgment'),
        (some, method) => {
          expect(counted(method, some, 3, {}, [1, 0, 2])).toEqual(counted(method, some.toReversed(), 3, {}, [1, 0, 2]))
        },
      ),
    )
  })
})

describe('an act that declares a count of grades', () => {
  const rule = ', counting: {grades: 5, seats: 1}'
  const asking = (extra: Json) =>
    JSON.stringify({
      questions: [{ type: 'NonHomomorphic', value: { answers: ['Ann', 'Ben', 'Dee', 'Eve'], question: 'Who?' }, extra }],
    })
  const graded = asking({ method: 'Score', most: 5 })
  // Twelve papers for those who are listed as 1, 2, 4 and 5: sums 36, 41, 12, 0.
  const papers = [...Array<Json>(7).fill([3, 3, 1, 0]), ...Array<Json>(5).fill([3, 4, 1, 0])]

  test('is counted again by the rule’s method', () => {
    const { t, replaying } = election('score', rule)
    const said = (chosen: readonly number[], more = {}) =>
      judged(t, replaying, declare, count(t, chosen, more), box([papers], graded))
    expect(said([2])).toEqual([])
    expect(said([1])).toMatchObject({ code: 'fact-differs', entry: 8, found: '{"blank":0,"chosen":[2],"valid":12}' })
    expect(said([2], { valid: 11 })).toMatchObject({ code: 'fact-differs' })
    expect(said([2], { blank: 1 })).toMatchObject({ code: 'fact-differs' })
  })

  test('leaves out what is above the scale, which the rule says and not the paper', () => {
    const { t, replaying } = election('score', rule)
    const over = papers.with(0, [0, 0, 0, 200])
    const said = (valid: number) => judged(t, replaying, declare, count(t, [2], { valid }), box([over], graded))
    expect(said(11)).toEqual([])
    expect(said(12)).toMatchObject({ code: 'fact-differs' })
  })

  test('stands on a paper that grades as the rule does, and no other', () => {
    const { t, replaying } = election('score', rule)
    const setUp = (text: string) => {
      const around = {
        shown: { setup: logged(5, 'setup', { election: fingerprintOf(text) } as never) },
        documents: { [fingerprintOf(text)]: text },
      }
      const list = replaying.decisions
        .get(1)
        ?.stages['nominate']?.field?.candidates.flatMap(({ by, statement }) => (statement === null ? [] : [by]))
      const value = { fingerprint: fingerprintOf(text), options: 4, list: fingerprintOf((list ?? []).join('\n')) }
      return judged(t, replaying, { kind: 'open' }, t.state('setup', value), around)
    }
    expect(setUp(graded)).toEqual([])
    for (const extra of [{ method: 'Score', most: 4 }, { method: 'Score', most: 255 }, { method: 'Ranking' }])
      expect(setUp(asking(extra)), JSON.stringify(extra)).toMatchObject({
        code: 'election-invalid',
        entry: 5,
        expected: 'answers to grade, 5 at most',
      })
  })
})
