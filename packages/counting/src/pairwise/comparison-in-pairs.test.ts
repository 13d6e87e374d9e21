import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fraction } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elections, runs } from '../../testing/arbitrary.ts'
import {
  countPairs,
  type LotOrder,
  type PairwiseCount,
  type PairwiseMethod,
  type PairwiseParams,
  type Profile,
} from '../index.ts'
import { compareWins, preferencesOf, winOf, winsOf, type Win } from './matrix.ts'
import { possibleWinners } from './ranked-pairs.ts'
import { strongestPaths } from './schulze.ts'

const letters = 'ABCDEFG'
/** `5 ACBED, 5 AD` as a profile over A, B, … */
function papers(text: string, candidates: number): Profile {
  return {
    title: '',
    candidates: (letters.match(/[A-G]/g) ?? []).slice(0, candidates),
    withdrawn: [],
    seats: 1,
    papers: text.split(', ').map((part) => {
      const [weight = '', ranking = ''] = part.split(' ')
      const ranks = ranking.match(/[A-G](=[A-G])*/g)
      const together = (rank: string): number | readonly number[] => {
        const list = rank.split('=').map((letter) => letters.indexOf(letter))
        return list.length === 1 ? (list[0] ?? 0) : list.toSorted((a, b) => a - b)
      }
      return { weight: Number(weight), ranking: (ranks ?? []).map(together) }
    }),
  }
}
function counted<M extends PairwiseMethod>(
  method: M,
  params: PairwiseParams[M],
  profile: Profile,
  lot?: LotOrder,
): PairwiseCount {
  const count = countPairs(method, params, profile, lot ?? profile.candidates.map((_, c) => c))
  if (count.kind === 'fail') throw new Error(JSON.stringify(count.error))
  return count.value
}
const lettersOf = (ranking: readonly (readonly number[])[]): string =>
  ranking.map((level) => level.map((c) => letters[c]).join('')).join('>')
const winning = { unranked: 'last', strength: 'winning votes' } as const
const margins = { unranked: 'last', strength: 'margins' } as const

// Schulze 2011, section 3.1: 45 voters, five candidates.
const example1 = papers('5 ACBED, 5 ADECB, 8 BEDAC, 3 CABED, 7 CAEBD, 2 CBADE, 7 DCEBA, 8 EBADC', 5)

describe('Schulze 2011', () => {
  it('section 3.1: the table of pairs, the strongest paths, and E > A > C > B > D', () => {
    const count = counted('schulze@1', winning, example1)
    expect(count.preferences).toEqual([
      [0, 20, 26, 30, 22],
      [25, 0, 16, 33, 18],
      [19, 29, 0, 17, 24],
      [15, 12, 28, 0, 14],
      [23, 27, 21, 31, 0],
    ])
    const paths = strongestPaths(count.preferences, 'winning votes')
    expect(paths.map((row) => row.map((path) => path?.weakest.for ?? 0))).toEqual([
      [expect.any(Number), 28, 28, 30, 24],
      [25, expect.any(Number), 28, 33, 24],
      [25, 29, expect.any(Number), 29, 24],
      [25, 28, 28, expect.any(Number), 24],
      [25, 28, 28, 31, expect.any(Number)],
    ])
    expect(lettersOf(count.ranking)).toBe('E>A>C>B>D')
    expect(count.elected).toBe(4)
    expect(count.condorcetWinner).toBeNull()
  })
  it('a path names its candidates: A reaches B by D and C', () => {
    const path = strongestPaths(preferencesOf(example1, 'last'), 'winning votes')[0]?.[1]
    expect(path?.through).toEqual([0, 3, 2, 1])
    expect(path?.weakest).toEqual({ winner: 3, loser: 2, for: 28, against: 17 })
  })
  it('winning votes break ties by fewer losing votes; margins compare differences', () => {
    const a = { winner: 0, loser: 1, for: 10, against: 2 }
    const b = { winner: 1, loser: 2, for: 10, against: 8 }
    const c = { winner: 2, loser: 0, for: 11, against: 10 }
    expect(compareWins('winning votes', a, b)).toBeGreaterThan(0)
    expect(compareWins('winning votes', c, a)).toBeGreaterThan(0)
    expect(compareWins('margins', a, c)).toBeGreaterThan(0)
    expect(compareWins('margins', b, c)).toBeGreaterThan(0)
  })
  it('winning votes drop B>C 9:3 as the weakest of a circle, margins drop A>B 11:10', () => {
    const circleOfThree = papers('11 AB, 10 BA, 9 BC, 3 CB, 10 CA, 6 AC', 3)
    const ranking = (strength: 'winning votes' | 'margins'): string =>
      lettersOf(counted('schulze@1', { unranked: 'no opinion', strength }, circleOfThree).ranking)
    expect(ranking('winning votes')).toBe('C>A>B')
    expect(ranking('margins')).toBe('B>C>A')
  })
})

describe('what a paper that leaves candidates out says of them', () => {
  const short = papers('3 AB, 2 C', 3)
  it('`last`: below all it ranks, level with each other', () => {
    expect(preferencesOf(short, 'last')).toEqual([
      [0, 3, 3],
      [0, 0, 3],
      [2, 2, 0],
    ])
  })
  it('`no opinion`: nothing', () => {
    expect(preferencesOf(short, 'no opinion')).toEqual([
      [0, 3, 0],
      [0, 0, 0],
      [0, 0, 0],
    ])
  })
  it('equal ranks prefer neither, a blank paper nobody, and who withdrew is passed over', () => {
    const profile = { ...papers('4 A=B, 1 BCA, 2 DA', 4), withdrawn: [3] }
    const blank = { ...profile, papers: [...profile.papers, { weight: 9, ranking: [] }] }
    expect(preferencesOf(blank, 'last')).toEqual([
      [0, 2, 6, 0],
      [1, 0, 5, 0],
      [1, 0, 0, 0],
      [0, 0, 0, 0],
    ])
    const count = counted('schulze@1', winning, { ...blank, papers: [...blank.papers, { weight: 5, ranking: [3] }] })
    expect([count.valid, count.blank]).toEqual([7, 14])
  })
})

describe('ranked pairs', () => {
  it('Tideman 1987: the strongest wins are locked, the one that closes the circle is left out', () => {
    const count = counted('ranked-pairs@1', margins, papers('7 ABC, 5 BCA, 4 CAB, 2 CBA', 3))
    // A>B 11:7, B>C 12:6, C>A 11:7: of the two at 11:7, the one whose loser stands later in the lot comes first.
    expect(
      count.evidence.kind === 'locking' && count.evidence.pairs.map(({ win, locked }) => [win.winner, win.loser, locked]),
    ).toEqual([
      [1, 2, true],
      [0, 1, true],
      [2, 0, false],
    ])
    expect(count.winners).toEqual([0, 1])
    expect(lettersOf(counted('ranked-pairs@1', margins, papers('7 ABC, 5 BCA, 4 CAB, 2 CBA', 3), [2, 1, 0]).ranking)).toBe(
      'B>C>A',
    )
  })
  it('whatever the lot, the winner is one of those found before it, and each of them wins by some lot', () => {
    const orders = [...permutations([0, 1, 2, 3])]
    fc.assert(
      fc.property(elections, ({ profile }) => {
        const four = { ...profile, candidates: ['A', 'B', 'C', 'D'], papers: profile.papers.map(onlyFour) }
        const possible = possibleWinners(preferencesOf(four, 'last'), 'margins', [0, 1, 2, 3])
        const won = new Set(orders.map((lot) => counted('ranked-pairs@1', margins, four, lot).elected))
        expect(possible).toEqual(expect.arrayContaining([...won]))
      }),
      runs(40),
    )
  })
  it('finds whom every order of equally strong wins puts on top, as trying each of them does', () => {
    fc.assert(
      fc.property(elections, fc.constantFrom('margins', 'winning votes'), ({ profile }, strength) => {
        const four = { ...profile, candidates: ['A', 'B', 'C', 'D'], papers: profile.papers.slice(0, 5).map(onlyFour) }
        const preferences = preferencesOf(four, 'last')
        const tops = new Set<number>()
        for (const order of orderings(preferences, strength)) {
          const beaten = new Set<number>()
          const over: [number, number][] = []
          const leads = (a: number, b: number): boolean => a === b || over.some(([x, y]) => x === a && leads(y, b))
          for (const { winner, loser } of order) if (!leads(loser, winner)) over.push([winner, loser])
          for (const [, loser] of over) beaten.add(loser)
          for (const c of [0, 1, 2, 3]) if (!beaten.has(c)) tops.add(c)
        }
        expect(possibleWinners(preferences, strength, [0, 1, 2, 3])).toEqual([...tops].sort())
      }),
      runs(60),
    )
  })
})

/** Wins from the strongest down, in every order of those equally strong. */
function* orderings(
  preferences: Parameters<typeof winsOf>[0],
  strength: Parameters<typeof compareWins>[0],
): Generator<readonly Win[]> {
  const wins = winsOf(preferences).toSorted((a, b) => compareWins(strength, b, a))
  yield* ordered(wins)
  function* ordered(rest: readonly Win[]): Generator<readonly Win[]> {
    const [strongest] = rest
    if (strongest === undefined) yield []
    else
      for (const win of rest.filter((other) => compareWins(strength, strongest, other) === 0))
        for (const others of ordered(rest.filter((other) => other !== win))) yield [win, ...others]
  }
}

const onlyFour = (paper: Profile['papers'][number]): Profile['papers'][number] => ({
  ...paper,
  ranking: paper.ranking.filter((rank) => typeof rank === 'number' && rank < 4),
})
function* permutations(items: readonly number[]): Generator<readonly number[]> {
  if (items.length === 0) yield []
  for (const [i, item] of items.entries()) for (const rest of permutations(items.filter((_, j) => j !== i))) yield [item, ...rest]
}

describe('Constitution for the Debian Project, vote counting', () => {
  const params = { defaultOption: 2, developers: null, majorities: [] }
  it('drops an option that does not defeat the default by its majority before any circle is looked at', () => {
    // A beats B 60:40, but needs 3:1 over the default and has 60:40.
    const profile = papers('60 ABC, 40 BCA', 3)
    expect(counted('debian@1', params, profile).winners).toEqual([0])
    const hard = { ...params, majorities: [{ option: 0, for: 3, against: 1 }] }
    const count = counted('debian@1', hard, profile)
    expect(count.winners).toEqual([1])
    expect(count.evidence).toMatchObject({ dropped: [{ option: 0, why: 'majority', for: 60, against: 40 }] })
  })
  it('meets a ratio exactly, and a tie with the default defeats nothing', () => {
    const exact = { ...params, majorities: [{ option: 0, for: 3, against: 2 }] }
    expect(counted('debian@1', exact, papers('60 AC, 40 CA', 3)).winners).toEqual([0])
    expect(counted('debian@1', params, papers('50 AC, 50 CA', 3)).winners).toEqual([2])
  })
  it('quorum: at least 3 × √n ÷ 2 papers prefer an option to the default; 1,000 developers need 48', () => {
    const quorum = { ...params, developers: 1000 }
    expect(counted('debian@1', quorum, papers('48 AC', 3)).winners).toEqual([0])
    expect(counted('debian@1', quorum, papers('47 AC', 3)).winners).toEqual([2])
    expect(counted('debian@1', { ...params, developers: 1024 }, papers('48 AC', 3)).winners).toEqual([0])
  })
  it('drops the weakest defeats in the Schwartz set until nobody in it is defeated', () => {
    const count = counted('debian@1', { ...params, defaultOption: 3 }, papers('8 ABCD, 7 BCAD, 6 CABD', 4))
    // A>B 14:7, B>C 15:6, C>A 13:8: the defeat of A by C is the weakest.
    expect(count.evidence).toMatchObject({
      rounds: [
        { set: [0, 1, 2], droppedDefeats: [{ winner: 2, loser: 0, for: 13, against: 8 }] },
        { set: [0], droppedDefeats: [] },
      ],
    })
    expect(count.winners).toEqual([0])
  })
})

// Three beat each other in a circle, and each of them beats D by 15:11.
const circle = papers('4 DABC, 4 DBCA, 3 DCAB, 5 ABCD, 5 BCAD, 5 CABD', 4)

describe('minimax and Copeland', () => {
  it('minimax: the fewest papers in the worst defeat, or the smallest worst margin', () => {
    const count = counted('minimax@1', { unranked: 'last', opposition: 'margins' }, circle)
    expect(count.evidence).toEqual({ kind: 'worst defeats', defeats: [8, 8, 10, 4] })
    expect(lettersOf(count.ranking)).toMatch(/^D/)
  })
  it('minimax elects whom everybody else beats: no Condorcet loser criterion', () => {
    const preferences = preferencesOf(circle, 'last')
    expect([0, 1, 2].every((c) => winOf(preferences, c, 3) !== null)).toBe(true)
    expect(counted('minimax@1', { unranked: 'last', opposition: 'winning votes' }, circle).elected).toBe(3)
    expect(counted('schulze@1', winning, circle).elected).not.toBe(3)
    expect(counted('ranked-pairs@1', winning, circle).elected).not.toBe(3)
  })
  it('Copeland: a point for each one beaten and the stated part for each who is level', () => {
    const count = counted('copeland@1', { unranked: 'last', level: fraction(1, 2) }, papers('2 ABC, 2 BAC', 3))
    expect(count.evidence).toEqual({ kind: 'points', points: [fraction(3, 2), fraction(3, 2), fraction(0)] })
    expect(count.winners).toEqual([0, 1])
  })
})
type Case = { readonly name: string; readonly count: (profile: Profile, lot?: LotOrder) => PairwiseCount }
const cases: readonly Case[] = [
  { name: 'Schulze, winning votes', count: (profile, lot) => counted('schulze@1', winning, profile, lot) },
  { name: 'Schulze, margins', count: (profile, lot) => counted('schulze@1', margins, profile, lot) },
  { name: 'ranked pairs, winning votes', count: (profile, lot) => counted('ranked-pairs@1', winning, profile, lot) },
  { name: 'ranked pairs, margins', count: (profile, lot) => counted('ranked-pairs@1', margins, profile, lot) },
  {
    name: 'minimax',
    count: (profile, lot) => counted('minimax@1', { unranked: 'last', opposition: 'winning votes' }, profile, lot),
  },
  { name: 'Copeland', count: (profile, lot) => counted('copeland@1', { unranked: 'last', level: fraction(1, 2) }, profile, lot) },
]
const clonesApart = (name: string): boolean => /Schulze|ranked/.test(name)

describe('laws', () => {
  it.each(cases)('$name: anonymity and neutrality', ({ count }) => {
    fc.assert(
      fc.property(elections, fc.nat(), ({ profile, lot }, turn) => {
        const whole = count(profile, lot)
        const split = profile.papers
          .toReversed()
          .flatMap(({ weight, ranking }) => Array.from({ length: weight }, () => ({ weight: 1, ranking })))
        expect(count({ ...profile, papers: split }, lot)).toEqual(whole)
        const n = profile.candidates.length
        const to = (c: number): number => (c + turn) % n
        const renamed = profile.papers.map(({ weight, ranking }) => ({
          weight,
          ranking: ranking.map((rank) => (typeof rank === 'number' ? to(rank) : rank)),
        }))
        const turned = count({ ...profile, papers: renamed }, lot.map(to))
        expect(turned.elected).toBe(to(whole.elected))
        expect(turned.winners).toEqual(whole.winners?.map(to).sort((a, b) => a - b) ?? null)
      }),
      runs(40),
    )
  })
  it.each(cases)('$name: whoever beats everybody is elected, and alone', ({ count }) => {
    let met = 0
    fc.assert(
      fc.property(elections, ({ profile, lot }) => {
        const { condorcetWinner, winners, elected } = count(profile, lot)
        if (condorcetWinner === null) return
        met += 1
        expect(winners).toEqual([condorcetWinner])
        expect(elected).toBe(condorcetWinner)
      }),
      runs(80),
    )
    expect(met).toBeGreaterThan(0)
  })
  it.each(cases.filter(({ name }) => name !== 'Copeland'))('$name: a paper that lifts the winner does no harm', ({ count }) => {
    fc.assert(
      fc.property(elections, fc.nat(), ({ profile, lot }, which) => {
        const { elected } = count(profile, lot)
        const at = profile.papers.length === 0 ? -1 : which % profile.papers.length
        const lifted = profile.papers.map(({ weight, ranking }, i) => {
          const place = ranking.indexOf(elected)
          if (i !== at || place < 1) return { weight, ranking }
          const before = ranking.slice(0, place - 1)
          const passed = ranking[place - 1] ?? elected
          return { weight, ranking: [...before, elected, passed, ...ranking.slice(place + 1)] }
        })
        expect(count({ ...profile, papers: lifted }, lot).elected).toBe(elected)
      }),
      runs(80),
    )
  })
  it.each(cases.filter(({ name }) => clonesApart(name)))(
    '$name: a twin beside a candidate takes nothing from the others',
    ({ count }) => {
      fc.assert(
        fc.property(elections, fc.nat(), ({ profile, lot }, pick) => {
          const n = profile.candidates.length
          const original = pick % n
          // The twin follows the original on every paper that ranks it, and right after it in the lot.
          const beside = (list: readonly number[]): readonly number[] => list.flatMap((c) => (c === original ? [c, n] : [c]))
          const twins = {
            ...profile,
            candidates: [...profile.candidates, 'Twin'],
            papers: profile.papers.map(({ weight, ranking }) => ({
              weight,
              ranking: beside(ranking.filter((rank) => typeof rank === 'number')),
            })),
          }
          const before = count(profile, lot)
          const after = count(twins, beside(lot))
          if (before.winners?.length !== 1 || after.winners === null) return
          const [only] = before.winners
          expect(new Set(after.winners.map((c) => (c === n ? original : c)))).toEqual(new Set([only]))
        }),
        runs(80),
      )
    },
  )
  it('minimax is not proof against twins: a witness', () => {
    // B alone beats D 15:11. Three twins of B, whom no paper separates, beat each other in a circle, and D loses by least.
    expect(counted('minimax@1', { unranked: 'last', opposition: 'margins' }, papers('11 DB, 15 BD', 4)).elected).toBe(1)
    expect(counted('minimax@1', { unranked: 'last', opposition: 'margins' }, circle).elected).toBe(3)
  })
  it('Debian and Schulze agree where the default option is everybody’s last', () => {
    fc.assert(
      fc.property(elections, ({ profile, lot }) => {
        const n = profile.candidates.length
        const everybody = profile.candidates.map((_, c) => c)
        const full = profile.papers.map(({ weight, ranking }) => {
          const named = ranking.filter((rank) => typeof rank === 'number')
          return { weight, ranking: [...named, ...everybody.filter((c) => !named.includes(c)), n] }
        })
        const withDefault = { ...profile, candidates: [...profile.candidates, 'None'], papers: full }
        if (full.length === 0) return
        const debian = counted('debian@1', { defaultOption: n, developers: null, majorities: [] }, withDefault, [...lot, n])
        const schulze = counted('schulze@1', winning, withDefault, [...lot, n])
        // Dropping weakest defeats ends within Schulze’s winners; with one winner they are the same.
        expect(schulze.winners).toEqual(expect.arrayContaining([...(debian.winners ?? [])]))
      }),
      runs(100),
    )
  })
})

type Schulze = { readonly run: (n: number, ballots: readonly (readonly number[])[]) => { place: number; indexes: number[] }[] }
const { run: schulzeMethod } = createRequire(import.meta.url)('schulze-method') as Schulze
const complete = elections.map(({ profile, lot }) => ({
  lot,
  profile: {
    ...profile,
    papers: profile.papers.map(({ weight, ranking }) => {
      const named = ranking.filter((rank) => typeof rank === 'number')
      return { weight, ranking: [...named, ...profile.candidates.map((_, c) => c).filter((c) => !named.includes(c))] }
    }),
  },
}))
const rows = (profile: Profile): readonly (readonly number[])[] =>
  profile.papers.flatMap(({ weight, ranking }) =>
    Array.from({ length: weight }, () => profile.candidates.map((_, c) => 1 + ranking.indexOf(c))),
  )

describe('other people’s counters, on papers that rank everybody', () => {
  it('schulze-method (npm) finds the same winners', () => {
    fc.assert(
      fc.property(complete, ({ profile, lot }) => {
        const theirs = schulzeMethod(profile.candidates.length, rows(profile))
        // It ranks by number of others beaten; a winner is somebody nobody beats, so its first place lies within ours.
        const ours = counted('schulze@1', winning, profile, lot)
        expect(ours.winners).toEqual(expect.arrayContaining(theirs[0]?.indexes ?? []))
        if (ours.ranking.every((level) => level.length === 1)) expect(theirs.map(({ indexes }) => indexes)).toEqual(ours.ranking)
      }),
      runs(100),
    )
  })
  const belenios = spawnSync('belenios-tool', ['--version']).status === 0
  it.skipIf(!belenios)(
    `belenios-tool method schulze ranks alike${belenios ? '' : ' (skipped: belenios-tool is not installed)'}`,
    () => {
      for (const { profile } of fc.sample(complete, 12)) {
        if (profile.papers.length === 0) continue
        const n = profile.candidates.length
        const run = spawnSync('belenios-tool', ['method', 'schulze', '--nchoices', `${n}`, '--blank-allowed', 'false'], {
          input: JSON.stringify(rows(profile)),
          encoding: 'utf8',
        })
        const theirs = JSON.parse(run.stdout) as { winners: number[][] }
        expect(counted('schulze@1', winning, profile).ranking).toEqual(
          theirs.winners.map((level) => level.toSorted((a, b) => a - b)),
        )
      }
    },
  )
})

describe('bad input', () => {
  it.each([
    ['an unknown default option', { defaultOption: 9, developers: null, majorities: [] }, 'defaultOption'],
    ['half a developer', { defaultOption: 0, developers: 0.5, majorities: [] }, 'developers'],
    [
      'a majority of nothing',
      { defaultOption: 0, developers: null, majorities: [{ option: 1, for: 0, against: 1 }] },
      'majorities',
    ],
  ])('%s', (_, params, name) => {
    const count = countPairs('debian@1', params, papers('1 AB', 2), null)
    expect(count).toEqual({ kind: 'fail', error: { kind: 'bad parameter', name } })
  })
  it('nobody stands; a lot for other people; a tie without a lot', () => {
    const gone = { ...papers('1 AB', 2), withdrawn: [0, 1] }
    expect(countPairs('schulze@1', winning, gone, null)).toMatchObject({ error: { kind: 'nobody stands' } })
    expect(countPairs('schulze@1', winning, papers('1 AB', 2), [0, 0])).toMatchObject({ error: { kind: 'bad lot order' } })
    expect(countPairs('schulze@1', winning, papers('1 AB, 1 BA', 2), null)).toMatchObject({
      error: { kind: 'lot needed', winners: [0, 1] },
    })
    const two = { unranked: 'last', level: fraction(2) } as const
    expect(countPairs('copeland@1', two, papers('1 AB', 2), null)).toMatchObject({
      error: { kind: 'bad parameter', name: 'level' },
    })
  })
})
