import { fraction } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { profileOf, worked } from '../../testing/worked.ts'
import { valueOf } from '../../testing/value.ts'
import {
  accountOf,
  countBorda,
  countBudget,
  countCommittee,
  countGrades,
  countIrv,
  countMajority,
  countMarks,
  countPairs,
  countScottish,
  countTwoRound,
  english,
  welsh,
  type Account,
  type Count,
  type CountWords,
  type GradeProfile,
} from '../index.ts'

const names = ['Amara', 'Bethan', 'Cai', 'Dev']
const told = (count: Count, words: CountWords, seats = 1, moneyPlaces = 0, options: readonly string[] = names): Account =>
  accountOf(count, { title: '', names: options, withdrawn: [], seats, moneyPlaces }, words)
const stages = (account: Account): readonly string[] => account.stages.map(({ text }) => text)
const why = (account: Account, name: string): string => account.options.find((o) => o.name === name)?.whyNot ?? 'chosen'

describe('a transferable vote', () => {
  const election = worked.find(({ name }) => name.startsWith('two equal surpluses, unequal'))
  if (election === undefined) throw new Error('the election is there')
  const count = valueOf(countScottish(election.profile, election.lot))
  const options = election.profile.candidates
  it('in English: outcome, standings, clauses', () => {
    const account = told(count, english, 4, 0, options)
    expect(account.headline).toBe('Elected: A, B, C and D.')
    expect(account.options.map(({ standing }) => standing)).toEqual([
      'elected at stage 1',
      'elected at stage 2',
      'elected at stage 2',
      'elected at stage 6, as the last left',
      'excluded at stage 6',
      'excluded at stage 5',
    ])
    expect(account.stages[2]).toMatchObject({ heading: 'Stage 3', clauses: ['49(2)', '48'] })
    expect(account.stages[2]?.text).toMatch(/^B and C were level at 21\. Looking back, at stage 1 B had the most/)
    expect(account.facts).toContainEqual({ name: 'Quota', value: '20' })
  })
  it('in Welsh', () => {
    const account = told(count, welsh, 4, 0, options)
    expect(account.headline).toBe('Etholwyd: A, B, C a D.')
    expect(stages(account)).toEqual([
      'Trefnwyd 99 o bapurau dilys yn ôl y dewis cyntaf. Ar gyfer 4 o seddi y cwota yw 20. Etholwyd drwy gyrraedd y cwota o 20: A gyda 40 o bleidleisiau.',
      'Roedd gan A 20 o bleidleisiau yn fwy na’r cwota, felly pasiwyd ymlaen holl bapurau A, pob un ar ran o’i werth. Enillodd C fwyaf, 8 o bleidleisiau. Etholwyd drwy gyrraedd y cwota o 20: B gyda 21 o bleidleisiau a C gyda 21 o bleidleisiau.',
      'Roedd B a C yn gyfartal ar 21. Gan edrych yn ôl, yng ngham 1 B oedd â’r nifer fwyaf, felly gwarged B aeth gyntaf. Roedd gan B 1 bleidlais yn fwy na’r cwota, sef y gwarged a ddewiswyd, felly pasiwyd ymlaen holl bapurau B, pob un ar ran o’i werth. Enillodd E fwyaf, 0.71415 o bleidleisiau.',
      'Roedd gan C 1 bleidlais yn fwy na’r cwota, felly pasiwyd ymlaen holl bapurau C, pob un ar ran o’i werth. Enillodd F fwyaf, 0.61893 o bleidleisiau.',
      'Nid oedd gwarged ar ôl ac nid oedd gan neb newydd 20, felly tynnwyd F, gyda’r nifer lleiaf o bleidleisiau (9.61893), o’r cyfrif a phasiwyd y papurau hynny ymlaen. Enillodd D fwyaf, 0.61893 o bleidleisiau; nid enwodd 9 o bapurau neb sy’n dal i mewn (9 o bleidleisiau).',
      'Nid oedd gwarged ar ôl ac nid oedd gan neb newydd 20, felly tynnwyd E, gyda’r nifer lleiaf o bleidleisiau (13.09495), o’r cyfrif a phasiwyd y papurau hynny ymlaen. Enillodd D fwyaf, 0.38080 o bleidleisiau; nid enwodd 27 o bapurau neb sy’n dal i mewn (12.71415 o bleidleisiau). Roedd 1 ymgeisydd ar ôl ar gyfer 1 sedd, felly etholwyd D heb drosglwyddo rhagor.',
    ])
    expect(why(account, 'F')).toBe(
      'Tynnwyd F o’r cyfrif yng ngham 5 gyda 9.61893 o bleidleisiau, 3.47602 o bleidleisiau y tu ôl i E. Aeth y papurau hynny fel hyn: D 0.61893 (13 o bapurau) a neb sy’n dal i mewn 9 (9 o bapurau). Y bwlch lleiaf i’r cwota oedd 10.38107 o bleidleisiau, yng ngham 4.',
    )
  })
})

describe('one winner', () => {
  const profile = profileOf('ABCD', 1, ['6 A B', '5 B A', '4 C B', '2 D C B', '1 D'])
  const irv = {
    overvote: 'exhaust',
    skippedRanks: 'unlimited',
    repeated: 'skip',
    maxRanks: 'all',
    batch: false,
    until: 'majority',
    majorityOf: 'continuing',
    ties: 'lot',
    undeclared: [],
  } as const
  it('instant runoff speaks of majorities, not of quotas', () => {
    const account = told(valueOf(countIrv(irv, profile, null)), english)
    expect(stages(account)).toEqual([
      '18 valid papers were sorted by first preference. A majority is 10. Nobody had a majority.',
      'Dev, with the fewest votes (3), was excluded and those papers passed on. Cai gained most, 2 votes; 1 paper named nobody still in (1 vote). A majority of the 17 votes still counting is 9.',
      'Bethan, with the fewest votes (5), was excluded and those papers passed on. Amara gained most, 5 votes. A majority of the 17 votes still counting is 9. Elected with a majority (9 were enough): Amara with 11 votes.',
    ])
    expect(why(account, 'Cai')).toBe(
      'Cai was still in with 6 votes when the last seat was filled. The smallest gap to a majority was 3 votes, at stage 2.',
    )
    expect(account.tables[0]?.rows.at(-1)?.name).toBe('Majority')
  })
  it('a tie that the rule gives to the lot at once says so', () => {
    const level = profileOf('ABC', 1, ['4 A', '2 B', '2 C'])
    const even = told(valueOf(countIrv({ ...irv, majorityOf: 'valid', until: 'two-left' }, level, [0, 1, 2])), english)
    expect(stages(even)[1]).toContain(
      'Bethan and Cai were level at 2. The rule asks the lot at once, so it was decided by lot: Cai was the one to go.',
    )
  })
  it('most votes, points of places, two rounds', () => {
    const most = told(valueOf(countMarks('plurality@1', { tooMany: 'cut' }, profile, null)), english)
    expect(stages(most)).toEqual(['The marks on 18 papers were added up. Amara has most.'])
    expect(why(most, 'Cai')).toBe('Cai has 4; Amara, the last elected, has 6.')
    const borda = told(valueOf(countBorda({ points: 'from-n-minus-1', unranked: 'none' }, profile, null)), welsh)
    expect(stages(borda)).toEqual(['Adiwyd y pwyntiau am bob safle ar 18 o bapurau. Gan Bethan y mae’r mwyaf.'])
    const rounds = { majorityOf: 'valid', tooMany: 'cut', second: { kind: 'top-two', ties: 'lot' } } as const
    const first = told(valueOf(countTwoRound(rounds, profile, null, null)), english)
    expect(first.headline).toBe('Not decided yet: a second round between Amara and Bethan.')
    expect(why(first, 'Amara')).toBe('Amara goes on to the second round.')
    const second = { ...profileOf('ABCD', 1, ['7 A', '11 B']), withdrawn: [2, 3] }
    const last = told(valueOf(countTwoRound(rounds, profile, second, null)), english)
    expect(stages(last)[1]).toBe('In the second round the most votes are enough: Bethan has 11 votes.')
    expect(why(last, 'Cai')).toBe('Cai had 4 votes and did not reach the second round; Bethan did with 5 votes.')
  })
})

describe('comparisons in pairs: Amara over Bethan 15 to 8, Bethan over Cai 17 to 6, Cai over Amara 14 to 9', () => {
  const circle = { ...profileOf('ABCD', 1, ['9 A B C D', '8 B C A D', '6 C A B D', '1 D']), candidates: names }
  const params = { unranked: 'last', strength: 'winning votes' } as const
  it('Schulze: chains', () => {
    const account = told(valueOf(countPairs('schulze@1', params, circle, null)), english)
    expect(stages(account)).toEqual([
      'Each candidate was compared with each other on 24 papers. Nobody was preferred to every other candidate, one to one, so the method decides.',
      'Chains of wins were compared, each as strong as its weakest win. No chain against Amara is stronger than the one back.',
    ])
    expect(why(account, 'Cai')).toBe(
      'The chain from Amara to Cai is as strong as Amara over Bethan (15 to 8). The chain back is weaker: Cai over Amara (14 to 9). One to one, Cai has 14 and Amara 9.',
    )
    expect(account.tables.map(({ id }) => id)).toEqual(['pairs', 'paths'])
    expect(account.tables[1]?.rows[0]?.cells).toEqual([null, '15:8', '15:8', '23:1'])
  })
  it('ranked pairs: what was locked, what was left out', () => {
    const account = told(valueOf(countPairs('ranked-pairs@1', params, circle, null)), english)
    expect(stages(account)[1]).toBe(
      'Wins were taken from the strongest down, and 5 were locked. Left out, because stronger wins already said the opposite: Cai over Amara (14 to 9). With all of them locked, nobody stands above Amara.',
    )
    expect(why(account, 'Cai')).toBe(
      'The locked wins put Amara above Cai: Amara over Bethan (15 to 8); Bethan over Cai (17 to 6). One to one, Cai has 14 and Amara 9.',
    )
  })
  it('minimax, and Copeland with its lot', () => {
    const least = told(valueOf(countPairs('minimax@1', { unranked: 'last', opposition: 'winning votes' }, circle, null)), english)
    expect(why(least, 'Bethan')).toBe(
      'The worst defeat of Bethan is 15, that of Amara 14. One to one, Amara has 15 and Bethan 8.',
    )
    const even = told(
      valueOf(countPairs('copeland@1', { unranked: 'last', level: fraction(1, 2) }, circle, [1, 0, 2, 3])),
      english,
    )
    expect(stages(even).slice(1)).toEqual([
      'A point for each candidate beaten: Amara, Bethan and Cai have most, 2.',
      'The rule leaves Amara, Bethan and Cai level. The published lot order decided: Bethan.',
    ])
    expect(even.lot).toBe('Bethan, Amara, Cai and Dev')
  })
  it('Debian: the circle and its weakest defeat, and an option dropped', () => {
    const account = told(
      valueOf(countPairs('debian@1', { defaultOption: 3, developers: 400, majorities: [] }, circle, null)),
      english,
    )
    expect(stages(account)[1]).toContain('Dev')
    expect(why(account, 'Amara')).toContain('fewer than the quorum')
    const cy = told(valueOf(countPairs('debian@1', { defaultOption: 3, developers: null, majorities: [] }, circle, null)), welsh)
    expect(stages(cy)[1]).toBe(
      'Erys Amara, Bethan a Cai, sy’n curo ei gilydd mewn cylch. Rhoddwyd y gwannaf o’r neilltu: Cai dros Amara (14 i 9). Nid oes neb o’r tu allan yn curo’r rhain, na’r un ohonynt y llall: Amara.',
    )
  })
})

describe('grades', () => {
  const profile: GradeProfile = {
    title: '',
    candidates: names,
    seats: 1,
    scale: { lowest: 0, highest: 5 },
    papers: [
      {
        weight: 3,
        grades: [
          [0, 5],
          [1, 4],
        ],
      },
      {
        weight: 2,
        grades: [
          [1, 5],
          [2, 3],
        ],
      },
      {
        weight: 2,
        grades: [
          [1, 4],
          [2, 5],
        ],
      },
    ],
  }
  it('score: a mean that too few gave', () => {
    const params = { aggregate: 'mean', blank: 'no opinion', leastGraders: fraction(1, 2) } as const
    const account = told(valueOf(countGrades('score@1', params, profile, null)), english)
    expect(why(account, 'Cai')).toBe('Cai has 4; Bethan, the last elected, has 4 2/7.')
    expect(why(account, 'Amara')).toBe('Only 3 papers grade Amara: too few for a mean to count.')
  })
  it('STAR: the totals, then the runoff', () => {
    const account = told(valueOf(countGrades('star@1', {}, profile, null)), english)
    expect(stages(account)).toEqual([
      'The two highest totals are those of Bethan (30) and Cai (16): they go to the runoff.',
      'In the runoff 5 papers grade Bethan higher, 2 grade Cai higher and 0 grade both alike: Bethan wins.',
    ])
    expect(why(account, 'Amara')).toBe('Amara did not reach the runoff: a total of 15, where Cai had 16.')
  })
  it('majority judgment: medians, and a parting', () => {
    const account = told(valueOf(countGrades('majority-judgment@1', { blank: 'lowest grade' }, profile, null)), english)
    expect(stages(account)[0]).toContain('Bethan: 4. Cai: 3. Amara and Dev: 0. Amara and Dev have the same majority grade.')
    expect(why(account, 'Cai')).toBe('The majority grade of Cai is 3; that of Bethan, the last elected, is 4.')
    expect(account.tables[0]?.rows[0]?.cells).toEqual(['0', '0', '0', '0', '5', '2', '4'])
  })
  it('in Welsh', () => {
    const account = told(valueOf(countGrades('star@1', {}, profile, null)), welsh)
    expect(why(account, 'Amara')).toBe('Ni chyrhaeddodd Amara y rownd derfynol: cyfanswm o 15, lle roedd gan Cai 16.')
  })
})

describe('committees', () => {
  const profile = {
    title: '',
    candidates: names,
    seats: 2,
    papers: [
      { weight: 5, approved: [0, 1] },
      { weight: 3, approved: [2] },
      { weight: 1, approved: [1, 3] },
    ],
  }
  it('step by step: points gained, loads, removals', () => {
    const added = told(valueOf(countCommittee('sequential-pav@1', profile, [0, 1, 2, 3])), english, 2)
    expect(stages(added).slice(1)).toEqual([
      'Seat 1 went to Bethan, who adds most, 6 points.',
      'Seat 2 went to Cai, who adds most, 3 points.',
    ])
    expect(why(added, 'Amara')).toBe(
      'Amara was approved on 5 papers, but at each of the 2 steps somebody else added more for those not yet represented.',
    )
    const loaded = told(valueOf(countCommittee('sequential-phragmen@1', profile, null)), english, 2)
    expect(stages(loaded)[1]).toBe('Seat 1 went to Bethan, whose voters then carry the smallest greatest load, 1/6 of a seat.')
    const removed = told(valueOf(countCommittee('reverse-sequential-pav@1', profile, null)), english, 2)
    expect(stages(removed).slice(1)).toEqual([
      'Removal 1: without Dev least was lost, 1/2 points.',
      'Removal 2: without Amara least was lost, 2 1/2 points.',
    ])
  })
  it('weighed whole, and level', () => {
    const best = told(valueOf(countCommittee('pav@1', profile, null)), english, 2)
    expect(why(best, 'Amara')).toBe('Amara was approved on 5 papers, but is on no best committee.')
    const level = { ...profile, papers: [{ weight: 1, approved: [0, 1, 2] }] }
    const drawn = told(valueOf(countCommittee('approval@1', level, [2, 1, 0, 3])), english, 2)
    expect(drawn.headline).toBe('Elected: Bethan and Cai.')
    expect(why(drawn, 'Amara')).toContain('Amara is on 2 of the 3 committees that were level; the lot chose another.')
  })
})

describe('budgets', () => {
  const profile = {
    title: '',
    projects: [
      { id: '1', name: 'Park', cost: 50_050n },
      { id: '2', name: 'Path', cost: 30_000n },
      { id: '3', name: 'Tree', cost: 40_000n },
    ],
    budget: 100_000n,
    papers: [
      {
        weight: 5,
        points: [
          [0, 1],
          [1, 1],
        ],
      },
      { weight: 3, points: [[2, 1]] },
    ],
  } as const
  const constraints = { leastVotes: 0, exclusive: [] }
  const options = ['Park', 'Path', 'Tree']
  it('one after another, with what is left', () => {
    const count = countBudget('greedy-budget@1', { rankBy: 'votes', ifTooDear: 'skip', constraints }, profile, [0, 1, 2])
    const account = told(valueOf(count), english, 1, 2, options)
    expect(account.headline).toBe('2 projects funded for 800.50: Park and Path. 199.50 is left.')
    expect(stages(account)[1]).toBe(
      'Park was funded: 500.50, backed on 5 papers. That leaves 499.50. Park and Path were level, and the lot put Park first.',
    )
    expect(why(account, 'Tree')).toBe('Tree costs 400.00, and only 199.50 was left.')
  })
  it('equal shares: who could not pay together', () => {
    const params = { worth: 'count', completion: { kind: 'none' }, constraints } as const
    const account = told(valueOf(countBudget('equal-shares-budget@1', params, profile, null)), english, 1, 2, options)
    expect(stages(account)).toEqual([
      'There is 1,000.00 to spend and 3 projects to choose from. Each voter’s share is 125.00.',
      'Path was funded: 300.00, backed on 5 papers, at 60 for each unit of worth. That leaves 700.00.',
    ])
    expect(why(account, 'Park')).toBe(
      'Park costs 500.50. Those who back it (5 papers) could not pay for it together from their shares.',
    )
  })
})

describe('yes and no', () => {
  it('says the line, the votes and the margin of each condition, and why it was not carried', () => {
    const share = {
      measure: 'yes',
      comparison: 'at least',
      need: { kind: 'share', share: fraction(2, 3), of: 'for-and-against' },
    } as const
    const figures = { for: 60, against: 40, abstain: 3, blank: 0, spoilt: 1, sizes: {} }
    const count = valueOf(countMajority({ abstain: 'not cast', blank: 'not cast', conditions: [share] }, figures))
    const account = told(count, english)
    expect(account.headline).toBe('Not carried: 60 for, 40 against, 3 abstained, 1 spoilt.')
    expect(why(account, 'For')).toBe(
      'Votes for at least 2/3 of 100 votes for and against: the line is 67, there were 60, 7 short. Not met.',
    )
    expect(account.stages[1]?.line).toEqual({ name: 'Line', figure: '67', share: 1000 })
    expect(told(count, welsh).headline).toBe('Ni dderbyniwyd: 60 o blaid, 40 yn erbyn, 3 yn ymatal, 1 wedi’u difetha.')
  })
})
