import { describe, expect, it } from 'vitest'
import { bound, certificate } from '../../testing/bounds.ts'
import { english, welsh } from '../index.ts'
import type { Phrases, TieTold } from './phrases.ts'

// Every phrase of both languages, with what makes it say something else: none, one, several; by lot or not. A reader of either language can
// check the golden files line by line.

const one = ['Amara']
const two = ['Amara', 'Bethan']
const three = ['Amara', 'Bethan', 'Cai']
const name = (c: number): string => ['Amara', 'Bethan', 'Cai', 'Dev'][c] ?? '?'

const tie: TieTold = {
  names: two,
  total: '21',
  purpose: 'surplus',
  chosen: 'Bethan',
  steps: [],
  unit: 'stage',
  look: 'back',
  numbers: null,
  byLot: false,
}
const steps = [
  { at: 3, left: two },
  { at: 1, left: ['Bethan'] },
]

type Said = Readonly<Record<string, readonly string[]>>

const common = ({ common: p }: Phrases): Said => ({
  'common.list': [p.list([]), p.list(one), p.list(two), p.list(three)],
  'common.votes': [p.votes('1'), p.votes('0.5'), p.votes('1,474')],
  'common.papers': [p.papers(0), p.papers(1), p.papers(1474)],
  'common.points': [p.points('1'), p.points('2 5/6')],
  'common.seats': [p.seats(1), p.seats(3)],
  'common.candidate': [p.candidate(4)],
  'common.stage': [p.stage(2)],
  'common.elected': [p.elected([], 0), p.elected([], 1), p.elected(one, 0), p.elected(three, 2)],
  'common.standing.elected': [p.standing.elected(2, true), p.standing.elected(5, false)],
  'common.standing.excluded': [p.standing.excluded(3)],
  'common.standing.placed': [p.standing.placed(3)],
  'common.byLot': [p.byLot(three, two)],
})

const transferable = ({ stv: p, flow }: Phrases): Said => ({
  'flow.stage': [flow.stage(7)],
  'stv.stage': [p.stage(3, 'Ff.')],
  'stv.sorted': [p.sorted(1, 0), p.sorted(1474, 0), p.sorted(99, 1), p.sorted(99, 12)],
  'stv.quota': [p.quota(1, '51'), p.quota(4, '20')],
  'stv.newQuota': [p.newQuota('90 votes', '18.5')],
  'stv.surplus': (['none', 'largest', 'chosen'] as const).flatMap((waiting) =>
    (['last parcel', 'all'] as const).map((papers) => p.surplus('Amara', '12 votes', waiting, papers)),
  ),
  'stv.defer': [p.defer(one, '3', two, '9'), p.defer(two, '3', ['Cai'], '9')],
  'stv.iterated': [
    p.iterated(1, 4, 4, 'elected', '2 votes'),
    ...(['spent', 'certain', 'stuck', 'doomed'] as const).map((ended) => p.iterated(6, 2, 7, ended, '0.1 votes')),
  ],
  'stv.gainedMost': [p.gainedMost('Cai', '5 votes')],
  'stv.excludedTogether': [p.excludedTogether(two, true), p.excludedTogether(three, false)],
  'stv.excluded': [false, true].flatMap((tied) =>
    [null, '20'].flatMap((quota) =>
      [false, true].flatMap((moved) =>
        [false, true].map((guarded) => p.excluded('Dev', '3 votes', '3', tied, quota, moved, guarded)),
      ),
    ),
  ),
  'stv.bound': (['infeasible', 'doomed', 'guarded'] as const).flatMap((claim) => [
    p.bound(certificate(claim, bound([[0, 'least']])), name),
    p.bound(certificate(claim, bound([[1, 'most']])), name),
    p.bound(certificate(claim, bound([[null, 'most']])), name),
    p.bound(certificate(claim, bound([[0, 'least'], [1, 'most'], [null, 'least']])), name), // prettier-ignore
    p.bound(
      certificate(claim, { kind: 'split', cell: 0, at: 1, below: bound([[0, 'least']]), above: bound([[1, 'most']]) }),
      name,
    ),
  ]),
  'stv.excludedDoomed': [p.excludedDoomed('Dev', '3 votes', true), p.excludedDoomed('Dev', '3 votes', false)],
  'stv.filledGuarded': [p.filledGuarded(one), p.filledGuarded(two)],
  'stv.went': [
    p.went({ who: 'Cai', votes: '5 votes' }, null),
    p.went(null, { papers: 1, votes: '1 vote' }),
    p.went({ who: 'Cai', votes: '5 votes' }, { papers: 9, votes: '9 votes' }),
  ],
  'stv.atQuota': [p.atQuota('20', two)],
  'stv.withEnough': [p.withEnough('17.5', one)],
  'stv.runoff.majority': [p.runoff.majority('10', null), p.runoff.majority('9', '17 votes')],
  'stv.runoff.won': [p.runoff.won('9', one)],
  'stv.runoff.lastTwo': [p.runoff.lastTwo(one)],
  'stv.runoff.nearest': [p.runoff.nearest('3 votes', 2)],
  'stv.filled': [p.filled(one, 1, 0), p.filled(two, 2, 0), p.filled(one, 2, 1), p.filled(two, 4, 2)],
  'stv.with': [p.with('Amara', '20 votes')],
  'stv.bracketed': [p.bracketed('Amara', '20')],
  'stv.tie': (['surplus', 'exclusion', 'election'] as const).flatMap((purpose) => [
    p.tie({ ...tie, purpose, steps }),
    p.tie({ ...tie, purpose, steps, look: 'forward', unit: 'iteration' }),
    p.tie({ ...tie, purpose, byLot: true }),
    p.tie({ ...tie, purpose, byLot: true, unit: 'iteration', look: 'forward' }),
    p.tie({ ...tie, purpose, byLot: true, steps }),
    p.tie({ ...tie, purpose, byLot: true, steps, look: 'forward' }),
    p.tie({ ...tie, purpose, byLot: true, look: 'none' }),
    p.tie({ ...tie, purpose, byLot: true, look: 'lot at once' }),
    p.tie({ ...tie, purpose, numbers: ['Amara 12', 'Bethan 7'], look: 'forward', unit: 'iteration' }),
    p.tie({ ...tie, purpose, numbers: ['Amara 12', 'Bethan 7'], look: 'forward', unit: 'iteration', steps }),
  ]),
  'stv.stillIn': [p.stillIn('Dev', '9 votes')],
  'stv.excludedAt': [p.excludedAt('Dev', 4, '9 votes', null), p.excludedAt('Dev', 4, '9 votes', { votes: '1 vote', who: 'Cai' })],
  'stv.destinations': [
    p.destinations([{ who: 'Cai', figure: '1', papers: 1 }]),
    p.destinations([
      { who: 'Cai', figure: '2.5', papers: 5 },
      { who: null, figure: '1', papers: 2 },
    ]),
  ],
  'stv.nearest': [p.nearest('3 votes', 2)],
})

const votes = { for: '60', against: '40' }
const figures = { line: '67', votes: '60', margin: '7', sign: -1, met: false } as const
const bases = [
  ...(['for-and-against', 'votes-cast', 'valid', 'returned', 'issued', 'roll', 'present', 'seated'] as const),
  ...(['seats', 'electorate'] as const),
]

const decisions = ({ majority: p, pairs, single }: Phrases): Said => ({
  'majority.outcome': [
    p.outcome(true, votes, { abstain: null, blank: null, spoilt: null }),
    p.outcome(false, votes, { abstain: '3', blank: '2', spoilt: '1' }),
    p.outcome(false, votes, { abstain: null, blank: '2', spoilt: null }),
  ],
  'majority.condition': [
    p.condition('yes', 'at least', { number: '100' }, figures),
    p.condition('yes', 'more than', { number: '100' }, { ...figures, sign: 0, margin: '0', met: true }),
    p.condition('turnout', 'at least', { share: '1/4', size: '400', of: 'roll' }, { ...figures, sign: 1, met: true }),
    ...bases.map((of) => p.condition('yes', 'at least', { share: '2/3', size: '100', of }, figures)),
  ],
  'pairs.compared': [pairs.compared(24, 0), pairs.compared(1, 1), pairs.compared(24, 3)],
  'pairs.beatsAll': [pairs.beatsAll('Cai')],
  'pairs.win': [pairs.win({ winner: 'Amara', loser: 'Cai', for: '15', against: '8' })],
  'pairs.strongestChains': [pairs.strongestChains(one), pairs.strongestChains(two)],
  'pairs.locked': [pairs.locked(1, []), pairs.locked(5, ['A over B (4 to 3)']), pairs.locked(5, ['A over B', 'C over D'])],
  'pairs.lockedTop': [pairs.lockedTop(one), pairs.lockedTop(two)],
  'pairs.worst': [pairs.worst(one, '0'), pairs.worst(two, '14')],
  'pairs.mostPoints': [pairs.mostPoints(one, '3'), pairs.mostPoints(two, '2 1/2')],
  'pairs.droppedQuorum': [pairs.droppedQuorum('Dev', '12')],
  'pairs.droppedMajority': [pairs.droppedMajority('Dev', '12', '13')],
  'pairs.schwartz': [
    pairs.schwartz(one, []),
    pairs.schwartz(three, ['A over B']),
    pairs.schwartz(three, ['A over B', 'C over D']),
  ],
  'pairs.oneToOne': [pairs.oneToOne('Amara', 'Cai', '15', '8'), pairs.oneToOne('Amara', 'Cai', '8', '8')],
  'pairs.chain': [pairs.chain('Amara', 'Cai', 'A over B', null), pairs.chain('Amara', 'Cai', 'A over B', 'C over A')],
  'pairs.lockedAbove': [pairs.lockedAbove('Amara', 'Cai', ['A over B', 'B over C'])],
  'pairs.worstOf': [pairs.worstOf('Cai', '15', 'Amara', '14')],
  'pairs.pointsOf': [pairs.pointsOf('Cai', '1', 'Amara', '2')],
  'pairs.outsideSet': [pairs.outsideSet('Dev', two)],
  'pairs.level': [pairs.level('Cai', 'Amara')],
  'single.marks': [single.marks(18, 0, 0, 0), single.marks(1, 1, 0, 0), single.marks(18, 3, 2, 4), single.marks(18, 0, 2, 0)],
  'single.points': [single.points(18, 0), single.points(18, 1), single.points(18, 2)],
  'single.ahead': [single.ahead(one), single.ahead(two)],
  'single.kept': [
    single.kept(one, 'women', '4.2', two),
    single.kept(two, 'women', '4.2', one),
    single.kept(two, 'women', '4.2', []),
  ],
  'single.allKept': [single.allKept('women')],
  'single.majority': [single.majority('10')],
  'single.wonAtOnce': [single.wonAtOnce('Amara', '11 votes')],
  'single.goOn': [single.goOn(two)],
  'single.isOn': [single.isOn('Amara')],
  'single.wonSecond': [single.wonSecond('Bethan', '11 votes')],
  'single.notOn': [single.notOn('Cai', '4 votes', 'Bethan', '5 votes')],
  'single.undecided': [single.undecided(two)],
})

const quota = { name: 'women', clause: '4.2', least: 2, most: null }

const papersOf = ({ grades: p, committee, budget, asIf }: Phrases): Said => ({
  'asIf.quota': [
    asIf.quota(quota, 2, 1),
    asIf.quota({ ...quota, least: 0, most: 3 }, 3, 4),
    asIf.quota({ ...quota, most: 3 }, 2, 3),
  ],
  'asIf.counted': [
    asIf.counted('as it is', 3, three, 1),
    asIf.counted('larger', 4, two, 2),
    asIf.counted('smaller', 1, one, 0),
    asIf.counted('smaller', 2, [], 0),
  ],
  'grades.added': [p.added(1, one), p.added(12, two)],
  'grades.tooFew': [p.tooFew(one), p.tooFew(two)],
  'grades.finalists': [p.finalists('Amara', null, ['9']), p.finalists('Amara', 'Bethan', ['9', '8'])],
  'grades.starTie': (['scores', 'runoff'] as const).flatMap((where) =>
    (['head to head', 'higher score', 'highest grades', 'lot'] as const).map((by) => p.starTie(where, three, by, two)),
  ),
  'grades.runoff': [p.runoff('Amara', 'Bethan', '5', '2', '1', 'Amara')],
  'grades.medians': [p.medians(7)],
  'grades.median': [p.median(one, '4'), p.median(two, '3')],
  'grades.parted': [
    p.parted('Amara', 'Bethan', '1', ['3', '2']),
    p.parted('Amara', 'Bethan', '2', ['3', '2']),
    p.parted('Amara', 'Bethan', '7', null),
  ],
  'grades.pointsCounted': [p.pointsCounted(12, 0), p.pointsCounted(12, 1), p.pointsCounted(1, 3)],
  'grades.behind': [p.behind('Cai', '4', 'Bethan', '4 2/7')],
  'grades.notFinalist': [p.notFinalist('Cai', '4', 'Bethan', '5')],
  'grades.graderShort': [p.graderShort('Cai', '3')],
  'grades.medianBehind': [p.medianBehind('Cai', null, 'Amara', '3'), p.medianBehind('Cai', '2', 'Amara', '3')],
  'committee.approvals': [committee.approvals(9)],
  'committee.most': [committee.most(one), committee.most(two)],
  'committee.best': [committee.best(1), committee.best(3)],
  'committee.taken': [
    committee.taken(1, 'Amara', null, []),
    committee.taken(2, 'Amara', { kind: 'points', text: '6' }, one),
    committee.taken(2, 'Amara', { kind: 'load', text: '1/6' }, two),
    committee.taken(3, 'Amara', { kind: 'load', text: '1 1/6' }, []),
    committee.taken(2, 'Amara', { kind: 'figure', text: '3' }, []),
  ],
  'committee.removed': [
    committee.removed(1, 'Dev', null, []),
    committee.removed(2, 'Dev', { kind: 'points', text: '1/2' }, one),
    committee.removed(2, 'Dev', { kind: 'points', text: '1/2' }, two),
  ],
  'committee.tiedCommittees': [committee.tiedCommittees(3)],
  'committee.whySupport': [committee.whySupport('Cai', 3, 'Amara', 5)],
  'committee.whyStepwise': [committee.whyStepwise('Cai', 3, 2)],
  'committee.whyTiedAt': [committee.whyTiedAt('Cai', 2, 'Amara')],
  'committee.whyRemoved': [committee.whyRemoved('Cai', 2, 1)],
  'committee.whyNoCommittee': [committee.whyNoCommittee('Cai', 3, 1), committee.whyNoCommittee('Cai', 3, 4)],
  'committee.whyLot': [committee.whyLot('Cai', 2, 3)],
  'budget.start': [budget.start('1,000.00', 1), budget.start('1,000.00', 3)],
  'budget.share': [budget.share('125.00')],
  'budget.funded': [budget.funded('Park', '500.50', 5, '499.50', null), budget.funded('Park', '500.50', 1, '499.50', '60')],
  'budget.tooDear': [budget.tooDear('Tree', '400.00', '199.50')],
  'budget.tooFew': [budget.tooFew('Tree', 1)],
  'budget.excludedBy': [budget.excludedBy('Tree', 'Park')],
  'budget.stopped': [budget.stopped('Tree')],
  'budget.notAffordable': [budget.notAffordable('Tree', 5, '400.00')],
  'budget.tied': [budget.tied(['Park', 'Path'], 'Park')],
  'budget.outcome': [
    budget.outcome([], '0', '9'),
    budget.outcome(['Park'], '5', '4'),
    budget.outcome(['Park', 'Path'], '8', '1'),
  ],
})

/** A figure, or text that begins with one: with 1 in its place. */
const alone = (value: unknown, votes: (figure: string) => string): unknown => {
  if (typeof value === 'number') return 1
  if (typeof value === 'string')
    return / votes$/.test(value) || / o bleidleisiau$/.test(value) ? votes('1') : /^[\d,./ ]*\d$/.test(value) ? '1' : value
  if (Array.isArray(value)) return value.map((inner) => alone(inner, votes))
  if (typeof value !== 'object' || value === null || 'claim' in value) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, alone(inner, votes)]))
}

/** The same phrases, each of which also says itself with 1 for every figure. */
function withOnes(phrases: Phrases, heard: (text: string) => void): Phrases {
  const wrap = (value: unknown): unknown => {
    if (typeof value === 'function') {
      const say = value as (...args: readonly unknown[]) => unknown // every function among the phrases makes text
      return (...args: readonly unknown[]) => {
        heard(String(say(...args.map((arg) => alone(arg, phrases.common.votes)))))
        return say(...args)
      }
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wrap(inner)]))
  }
  return wrap(phrases) as Phrases // the same shape, function by function
}

// Nouns and verbs that no 1 stands before.
const several = {
  en: /\b1 (of a|were|are|have|do|grade|prefer|stand|votes|[a-z]+ papers|papers|points|places|seats|seat stay |people|projects|committees|candidates|steps|times|wins)\b|\bthere (are|were) 1\b/,
  cy: /\b1 (o (?!blaid\b)[a-z]|bleidleisiau|bapurau|seddi|bobl)/,
} as const

type Leaf = { readonly path: string; readonly text: string | null }
const leaves = (value: unknown, path: string): readonly Leaf[] =>
  typeof value === 'string'
    ? [{ path, text: value }]
    : typeof value === 'function'
      ? [{ path, text: null }]
      : Object.entries(value ?? {}).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`))

describe.each([
  ['en', english],
  ['cy', welsh],
] as const)('the phrase book in %s', (language, { phrases }) => {
  const said: Said = { ...common(phrases), ...transferable(phrases), ...decisions(phrases), ...papersOf(phrases) }
  const all = leaves(phrases, '')
  it('leaves no phrase out', () => {
    expect(Object.keys(said).toSorted()).toEqual(all.flatMap(({ path, text }) => (text === null ? [path] : [])).toSorted())
  })
  it('says one of a thing as one', () => {
    const heard: string[] = []
    const again = withOnes(phrases, (text) => heard.push(text))
    for (const part of [common, transferable, decisions, papersOf]) part(again)
    for (const claim of ['infeasible', 'doomed', 'guarded'] as const)
      for (const side of [
        [0, 'least'],
        [1, 'most'],
        [null, 'most'],
        [null, 'least'],
      ] as const) {
        const told = certificate(claim, bound([side]))
        const cells = told.cells.map((cell, i) => ({
          ...cell,
          elected: i === 1 ? 1 : 0,
          standing: i === 1 ? 1 : 0,
          groups: [0, 1],
        }))
        heard.push(phrases.stv.bound({ ...told, cells, places: 1, groups: told.groups.map((g) => ({ ...g, least: 1 })) }, name))
      }
    expect(heard.length).toBeGreaterThan(180)
    expect(heard.filter((text) => several[language].test(text))).toEqual([])
  })
  it('says every phrase as a reader has checked it', async () => {
    const book = all.map(
      ({ path, text }) => `${path}\n${(text === null ? (said[path] ?? []) : [text]).map((t) => `  ${t}\n`).join('')}`,
    )
    await expect(book.join('')).toMatchFileSnapshot(`../../testing/golden/phrase-book.${language}.txt`)
  })
})
