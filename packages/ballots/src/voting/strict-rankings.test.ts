import type { Json } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { type ListQuestion, type Paper, paperFault, paperRuleOf, hidesSignatures, rankingCount } from './list-question.ts'

const asked = (extra?: Json, answers = 4): ListQuestion => ({
  type: 'NonHomomorphic',
  value: { answers: Array.from({ length: answers }, (_, i) => `Answer ${String(i + 1)}`), question: '?' },
  ...(extra === undefined ? {} : { extra }),
})
const faultOf = (question: ListQuestion, paper: Paper) => {
  const rule = paperRuleOf(question)
  if (rule === undefined) throw new Error('no rule')
  return paperFault(question, rule, paper) ?? 'counts'
}

describe('a ranking', () => {
  const question = asked()
  it.each([
    [[1, 2, 3, 4], 'counts'],
    [[0, 1, 0, 0], 'counts'],
    [[3, 0, 1, 2], 'counts'],
    [[0, 0, 0, 0], 'counts'],
    [[1, 1, 2, 3], 'not a ranking'],
    [[1, 3, 0, 0], 'not a ranking'],
    [[2, 0, 0, 0], 'not a ranking'],
    [[1, 2, 3, 255], 'not a ranking'],
    [[1, 2, 3, 5], 'not a ranking'],
    [[1, 2, 3], 'number of answers'],
    [[1, 2, 3, 4, 0], 'number of answers'],
  ] as const)('%j %s', (paper, verdict) => {
    expect(faultOf(question, paper)).toBe(verdict)
  })

  it('is any order of any number of answers, and nothing else', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 1 }), (order) => {
        const paper = new Array<number>(6).fill(0)
        for (const [place, answer] of order.entries()) paper[answer] = place + 1
        expect(faultOf(asked(undefined, 6), paper)).toBe('counts')
        // Any one rank changed makes a gap, a double or a deeper ranking than there are places.
        const [first = 0] = order
        for (const rank of [0, 7, order.length + 1])
          if (!(rank === 0 && order.length === 1))
            expect(
              faultOf(
                asked(undefined, 6),
                paper.map((r, i) => (i === first ? rank : r)),
              ),
            ).toBe('not a ranking')
      }),
    )
  })

  it('goes no deeper than its question lets it', () => {
    const capped = asked({ method: 'Ranking', depth: 2 })
    expect(faultOf(capped, [2, 1, 0, 0])).toBe('counts')
    expect(faultOf(capped, [2, 1, 3, 0])).toBe('ranked too deep')
  })

  it('of nothing counts where blank is offered', () => {
    expect(faultOf(asked({ method: 'STV', blank: false, seats: 2 }), [0, 0, 0, 0])).toBe('blank not offered')
    expect(faultOf(asked({ method: 'Schulze', blank: true }), [0, 0, 0, 0])).toBe('counts')
  })
})

describe('scores', () => {
  it('lie between 0 and the most', () => {
    const points = asked({ method: 'Score', most: 5 }, 3)
    expect(faultOf(points, [0, 5, 3])).toBe('counts')
    expect(faultOf(points, [0, 6, 3])).toBe('score out of range')
    expect(faultOf(points, [0, 0, 0])).toBe('counts')
    expect(faultOf(asked({ method: 'Score', most: 5, blank: false }, 3), [0, 0, 0])).toBe('blank not offered')
  })
  it('of grades are one a line, 1 the best', () => {
    const grades = asked({ method: 'MajorityJudgment', blank: true, grades: ['Good', 'Fair', 'Poor'] }, 2)
    expect(faultOf(grades, [1, 3])).toBe('counts')
    expect(faultOf(grades, [0, 3])).toBe('score out of range')
    expect(faultOf(grades, [4, 3])).toBe('score out of range')
    expect(faultOf(grades, [0, 0])).toBe('counts')
  })
})

it('a rule we do not know is none', () => {
  for (const extra of [
    null,
    'STV',
    [],
    {},
    { method: 'Borda' },
    { method: 'Score' },
    { method: 'Score', most: 256 },
    { method: 'Score', most: 1.5 },
    { method: 'STV', blank: 'yes' },
    { method: 'Ranking', depth: 0 },
    { method: 'Ranking', depth: 5 },
    { method: 'MajorityJudgment', grades: [] },
  ])
    expect(paperRuleOf(asked(extra)), JSON.stringify(extra)).toBeUndefined()
})

describe('rankings as signatures (the Italian attack)', () => {
  it('are counted as Σ n!/(n−i)!', () => {
    expect([rankingCount(3, 3), rankingCount(3, 1), rankingCount(6, 6), rankingCount(10, 3), rankingCount(2, 9)]).toEqual([
      15, 3, 1956, 820, 4,
    ])
  })
  it('hide among 50 papers each', () => {
    expect(hidesSignatures(3, 3, 749)).toBe(false)
    expect(hidesSignatures(3, 3, 750)).toBe(true)
    expect(hidesSignatures(30, 30, 1e9)).toBe(false)
    expect(hidesSignatures(30, 1, 1500)).toBe(true)
  })
})
