import { describe, expect, it } from 'vitest'
import { valueOf } from '../../testing/value.ts'
import { profileOf } from '../../testing/worked.ts'
import {
  accountOf,
  countBudget,
  countGrades,
  countPairs,
  english,
  type BudgetProfile,
  type Count,
  type PairwiseCount,
} from '../index.ts'

// Traces that few papers give, told: chains as strong both ways, winners that would take too long to find.

const names = ['Amara', 'Bethan', 'Cai', 'Dev']
const whyNot = (count: Count, name: string): string | null | undefined =>
  accountOf(count, { title: '', names, withdrawn: [], seats: 1, moneyPlaces: 0 }, english).options.find((o) => o.name === name)
    ?.whyNot
const stage = (count: Count, number: number): string | undefined =>
  accountOf(count, { title: '', names, withdrawn: [], seats: 1, moneyPlaces: 0 }, english).stages[number - 1]?.text

// A over B 15:8, B over C 17:6, C over A 14:9.
const circle = profileOf('ABCD', 1, ['9 A B C', '8 B C A', '6 C A B'])

describe('chains of wins', () => {
  const count = valueOf(countPairs('schulze@1', { unranked: 'last', strength: 'winning votes' }, circle, null))
  /** The same count with other strengths of the chains between Amara and Cai, and perhaps another ranking. */
  const with2 = (
    there: readonly [number, number] | null,
    back: readonly [number, number] | null,
    ranking = count.ranking,
  ): PairwiseCount => {
    if (count.evidence.kind !== 'paths') throw new Error('there are paths')
    const chain = (from: number, to: number, figures: readonly [number, number] | null) =>
      figures === null
        ? null
        : { weakest: { winner: from, loser: to, for: figures[0], against: figures[1] }, through: [from, to] }
    const paths = count.evidence.paths.map((row, a) =>
      row.map((path, b) => (a === 0 && b === 2 ? chain(0, 2, there) : a === 2 && b === 0 ? chain(2, 0, back) : path)),
    )
    return { ...count, ranking, evidence: { kind: 'paths', paths } }
  }
  const level = 'The method puts neither Cai nor Amara before the other. One to one, Cai has 14 and Amara 9.'
  const direct = 'One to one, Cai has 14 and Amara 9.'
  const over = 'The chain from Amara to Cai is as strong as Amara over Cai'
  it.each<[string, PairwiseCount, string]>([
    ['more votes', with2([15, 8], [14, 9]), `${over} (15 to 8). The chain back is weaker: Cai over Amara (14 to 9). ${direct}`],
    [
      'as many votes, fewer against',
      with2([15, 7], [15, 8]),
      `${over} (15 to 7). The chain back is weaker: Cai over Amara (15 to 8). ${direct}`,
    ],
    [
      'more votes, as many against',
      with2([16, 8], [15, 8]),
      `${over} (16 to 8). The chain back is weaker: Cai over Amara (15 to 8). ${direct}`,
    ],
    ['as strong both ways', with2([15, 8], [15, 8]), level],
    ['no chain to Cai', with2(null, [15, 8]), level],
    ['no chain to Cai or back', with2(null, null), level],
    ['no chain back', with2([15, 8], null), `${over} (15 to 8). No chain leads back. ${direct}`],
    ['somebody else put Cai behind', with2([15, 8], [16, 7], [[2, 0], [1], [3]]), level],
    ['ranked behind Cai', with2([15, 8], [14, 9], [[2], [0], [1], [3]]), level],
  ])('%s', (_, told, text) => {
    expect(whyNot(told, 'Cai')).toBe(text)
  })
})

describe('pairs locked', () => {
  const count = valueOf(countPairs('ranked-pairs@1', { unranked: 'last', strength: 'margins' }, circle, [0, 1, 2, 3]))
  it('winners that would take too long to find: those on top of this lot’s ranking are told', () => {
    expect(stage({ ...count, winners: null, tied: [0], lotOrder: [0, 1, 2, 3] }, 2)).toBe(stage(count, 2))
  })
  it('nothing locked between two: they are level', () => {
    if (count.evidence.kind !== 'locking') throw new Error('pairs are locked')
    const open = {
      ...count,
      evidence: { ...count.evidence, pairs: count.evidence.pairs.map((pair) => ({ ...pair, locked: false })) },
    }
    expect(whyNot(open, 'Bethan')).toBe(
      'The method puts neither Bethan nor Amara before the other. One to one, Amara has 15 and Bethan 8.',
    )
  })
  it('the shortest chain of locked wins, however many lead there', () => {
    if (count.evidence.kind !== 'locking') throw new Error('pairs are locked')
    const win = (winner: number, loser: number) => ({ win: { winner, loser, for: 9, against: 1 }, locked: true })
    const told = (...pairs: readonly ReturnType<typeof win>[]): string | null | undefined =>
      whyNot({ ...count, evidence: { kind: 'locking', pairs } }, 'Dev')
    expect(told(win(0, 1), win(1, 2), win(2, 3), win(0, 2))).toContain('Amara over Cai (9 to 1); Cai over Dev (9 to 1).')
    expect(told(win(2, 3), win(1, 2), win(0, 1), win(1, 0))).toContain(
      'Amara over Bethan (9 to 1); Bethan over Cai (9 to 1); Cai over Dev (9 to 1).',
    )
    expect(told(win(3, 0), win(0, 1), win(1, 0))).toContain('neither Dev nor Amara')
  })
})

describe('others', () => {
  it('projects nobody funded are told by votes, most first', () => {
    const profile: BudgetProfile = {
      title: '',
      projects: names.map((_, p) => ({ id: `${p}`, name: '', cost: 50n })),
      budget: 10n,
      papers: [
        {
          weight: 1,
          points: [
            [0, 1],
            [1, 1],
          ],
        },
        {
          weight: 2,
          points: [
            [1, 1],
            [3, 1],
          ],
        },
      ],
    }
    const constraints = { leastVotes: 0, exclusive: [] }
    const count = valueOf(countBudget('phragmen-budget@1', { constraints }, profile, null))
    const account = accountOf(count, { title: '', names, withdrawn: [], seats: 1, moneyPlaces: 0 }, english)
    expect(account.options.map(({ name }) => name)).toEqual(['Bethan', 'Dev', 'Amara', 'Cai'])
  })
  it('majority grades where the first has none: the scale is read off somebody who has one', () => {
    const profile = {
      ...{ title: '', candidates: names, seats: 1, scale: { lowest: 2, highest: 4 } },
      papers: [
        {
          weight: 3,
          grades: [
            [1, 4],
            [2, 3],
          ] as const,
        },
      ],
    }
    const count = valueOf(countGrades('majority-judgment@1', { blank: 'no opinion' }, profile, [0, 1, 2, 3]))
    const account = accountOf(count, { title: '', names, withdrawn: [], seats: 1, moneyPlaces: 0 }, english)
    expect(account.tables[0]?.headings.slice(1, 4)).toEqual(['2', '3', '4'])
  })
})
