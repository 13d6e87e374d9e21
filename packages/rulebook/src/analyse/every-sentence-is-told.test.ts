import { describe, expect, it } from 'vitest'
import { at, lantern, later } from '../../test/lantern.ts'
import { aloneInWords, factsInWords, story, type AloneAnswer, type AnalyseFacts, type Path } from '../index.ts'
import type { Demand, Purpose, Step, StepAct, StepActor, Stopper, Taken, TakenForGranted } from './answer.ts'
import { cheapestFacts, watchfulFacts } from './inputs.ts'

// Every sentence a story can have, in both languages, one beside the other: each kind of step by each kind of actor, each way to stop one, each thing taken
// for granted, lengths and numbers at their edges. Analyses of rulebooks we ship say only some of them.

const from = at('2027-03-01 12:00')
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const cited = (clause: string): Step['clause'] => `${clause}@1` as Step['clause']
const demand = (pool: Demand['pool'], id: string, count: number, ofClass: string | null = null): Demand => ({
  pool,
  id,
  ofClass,
  count,
  of: null,
})
const demands: readonly Demand[] = [1, 2, 1_200].flatMap((n) => [
  demand('seat', 'committee', n),
  demand('seat', 'committee', n, 'union'),
  demand('elector', 'members', n),
  demand('office', 'chair', n),
  demand('newcomer', 'panel', n),
])
const nothing: Path = {
  people: 0,
  elapsedMs: 0,
  warningMs: 0,
  needs: [],
  steps: [],
  stoppers: [],
  taken: [],
  assumes: [],
  replay: { kind: 'permitted', acts: 0 },
}
const actors: readonly StepActor[] = [
  { kind: 'electorate', id: 'members', inAttempt: true },
  { kind: 'body', id: 'committee', inAttempt: true },
  { kind: 'body', id: 'committee', inAttempt: false },
  { kind: 'office', id: 'returning-officer', inAttempt: true },
  { kind: 'rule' },
  { kind: 'time' },
]
const stages = [
  ...(['propose', 'support', 'check', 'notify', 'debate', 'consider', 'meeting', 'freeze', 'nominate', 'hustings'] as const),
  ...(['ballot', 'certify', 'challenge', 'delay', 'enact'] as const),
]
const acts: readonly StepAct[] = [
  { kind: 'call-meeting', body: 'committee' },
  { kind: 'propose', power: 'amend-rulebook', procedure: 'amend' },
  { kind: 'exercise', power: 'exclude' },
  { kind: 'win-election', of: 'body', id: 'committee', seats: 1 },
  { kind: 'win-election', of: 'body', id: 'committee', seats: 7 },
  { kind: 'win-election', of: 'office', id: 'chair', seats: 1 },
  { kind: 'rewritten', power: 'spend', tier: 'entrenched' },
  ...stages.flatMap((what) =>
    ['carried', 'refused'].map((outcome) => ({ kind: 'stage', do: what, stage: 'one', procedure: 'amend', outcome }) as const),
  ),
]
const purposes: readonly Purpose[] = [
  { kind: 'goal' },
  { kind: 'clear', body: 'committee' },
  { kind: 'fill', body: 'committee' },
  { kind: 'shrink', electorate: 'members' },
  { kind: 'win', body: 'panel' },
  { kind: 'capture', office: 'chair' },
  { kind: 'rewrite', tier: 'entrenched' },
]
const step = (act: StepAct, actor: StepActor, more: Partial<Step> = {}): Step => ({
  actor,
  act,
  purpose: { kind: 'goal' },
  clause: cited('4.2'),
  needs: [],
  votes: null,
  startsAt: from,
  endsAt: later(from, 3 * day),
  ...more,
})
const counted = { for: 7, against: 3, of: 1_012 }
const steps: readonly Step[] = [
  ...acts.flatMap((act) =>
    actors.flatMap((actor) => [
      step(act, actor, { needs: [demand('elector', 'members', 1)] }),
      step(act, actor, {
        needs: [demand('elector', 'members', 60), demand('seat', 'committee', 7)],
        votes: counted,
        endsAt: from,
      }),
      step(act, actor),
    ]),
  ),
  ...purposes.map((purpose) => step({ kind: 'exercise', power: 'exclude' }, { kind: 'rule' }, { purpose })),
  // What is said once is not said again, but by the step after; a call says nothing of it.
  step({ kind: 'exercise', power: 'exclude' }, { kind: 'rule' }, { purpose: { kind: 'clear', body: 'committee' } }),
  step({ kind: 'call-meeting', body: 'panel' }, { kind: 'rule' }, { purpose: { kind: 'clear', body: 'panel' } }),
  step({ kind: 'exercise', power: 'suspend' }, { kind: 'rule' }, { purpose: { kind: 'clear', body: 'committee' } }),
]
const ways: readonly Stopper['how'][] = [
  ...(['vote-against', 'deny-turnout', 'vote-in-body', 'deny-quorum', 'veto-of-class'] as const),
  ...(['refuse-check', 'challenge', 'appeal', 'order', 'propose-against'] as const),
]
const whos: readonly Stopper['who'][] = [
  { pool: 'elector', id: 'members', ofClass: null },
  { pool: 'seat', id: 'committee', ofClass: 'union' },
  { pool: 'office', id: 'returning-officer', ofClass: null },
  { pool: 'court', id: 'court', ofClass: null },
]
const stoppers: readonly Stopper[] = ways.flatMap((how) =>
  whos.flatMap((who) =>
    [1, 1_300].map((count, i) => ({
      how,
      who,
      count,
      decidedBy: 'panel',
      clause: cited('6.3'),
      until: i === 0 ? null : later(from, 33 * day + 7 * hour + 5 * minute),
      step: 0,
    })),
  ),
)
const assumes: readonly TakenForGranted[] = [
  { kind: 'attested', what: 'within-limits spend', by: [], clause: cited('7.1') },
  { kind: 'attested', what: 'legal-advice', by: [], clause: cited('7.1') },
  { kind: 'attested', what: 'legal-advice', by: ['chair'], clause: cited('7.1') },
  { kind: 'attested', what: 'legal-advice', by: ['chair', 'registrar', 'committee'], clause: cited('7.1') },
  { kind: 'seat-ends-with-membership', body: 'committee', clause: cited('3.1') },
  { kind: 'lot-falls-well', body: 'panel', clause: cited('3.3') },
  { kind: 'election-due', of: 'body', id: 'committee', clause: cited('3.1') },
  { kind: 'election-due', of: 'office', id: 'chair', clause: cited('3.4') },
  { kind: 'dutiful', office: 'returning-officer', clause: cited('3.5') },
  { kind: 'more-votes-win', clause: cited('4.2') },
]
const taken: readonly Taken[] = (['reading', 'unknown', 'settled'] as const).flatMap((because) =>
  ['14 days', 'nothing'].map((value) => ({ clause: cited('9.2'), field: 'stages.ballot.period', value, because })),
)
const lengths = [0, 1, minute, minute + 1, hour - 1, hour, 25 * hour, day, 2 * day, day + hour + minute, 40 * day + 2 * minute]

const alone: readonly AloneAnswer[] = [null, 'entrenched'].flatMap((tier) =>
  [0, 1, 7].flatMap((people) =>
    [true, false].map((can): AloneAnswer => {
      const path = people === 0 ? null : { ...nothing, people }
      const missing = demands.slice(0, 3).map((d, i) => ({ ...d, count: d.count + i, missing: 1 }))
      return { power: 'spend', tier, body: 'committee', own: 12, can: can && path !== null, path, missing }
    }),
  ),
)

const cheap = cheapestFacts(from)
const facts: readonly AnalyseFacts[] = [
  cheap,
  watchfulFacts(from),
  {
    ...cheap,
    electorates: { members: 1, 'founding-roll': 40_000 },
    bodies: { committee: { seated: 9 }, panel: { seated: 1 } },
    without: ['committee', 'chair'],
    elections: 'open',
    attendance: { committee: 1, panel: 1_100 },
    turnout: { kind: 'returned', count: 1_200 },
    officers: 'hostile',
    attestors: 'unwilling',
    settled: { '9.2 period': '7 days' },
  },
  { ...cheap, turnout: { kind: 'range', from: 0, to: 10 }, elections: 'closed' },
  { ...cheap, turnout: { kind: 'range', from: 5, to: Number.MAX_SAFE_INTEGER }, attendance: {} },
]
const costs: readonly Path[] = lengths.flatMap((elapsedMs) => [
  { ...nothing, people: 1, needs: demands.slice(0, 1), elapsedMs },
  { ...nothing, people: 2_000, needs: demands.slice(1, 4), elapsedMs, warningMs: elapsedMs },
])
const replays: readonly Path['replay'][] = [
  { kind: 'permitted', acts: 4 },
  {
    kind: 'refused',
    step: 1,
    reasons: (['too-early', 'no-power', 'too-early'] as const).map((code) => ({
      code,
      clause: cited('4.2'),
      required: { unit: 'none' },
      actual: { unit: 'none' },
      shortfall: { unit: 'none' },
    })),
  },
]

/** Lines of both languages in turns, each line once. */
const inBoth = (tell: (locale: 'en' | 'cy') => readonly string[]): string => {
  const [en, cy] = [tell('en'), tell('cy')]
  return `${[...new Set(en.map((line, i) => `${line}\n${cy[i] ?? ''}`))].join('\n')}\n`
}
const told = (path: Partial<Path>, locale: 'en' | 'cy'): ReturnType<typeof story> =>
  story(lantern, { ...nothing, ...path }, locale)

describe('every sentence of a story, in English and Welsh', () => {
  it.each([
    ['steps', () => inBoth((l) => told({ steps }, l).steps.map(({ text, clause }) => `${text} (${clause})`))],
    ['stoppers', () => inBoth((l) => told({ stoppers }, l).stoppers.map(({ text, clause }) => `${text} (${clause})`))],
    ['what is taken for granted', () => inBoth((l) => [...told({ assumes }, l).assumes, ...told({ taken }, l).taken])],
    [
      'costs',
      () => inBoth((l) => [...costs, ...demands.map((d) => ({ ...nothing, needs: [d] }))].map((path) => told(path, l).cost)),
    ],
    ['replays', () => inBoth((l) => replays.map((replay) => told({ replay }, l).replay))],
    ['a body alone', () => inBoth((l) => alone.map((answer) => aloneInWords(lantern, answer, l)))],
    ['facts', () => inBoth((l) => facts.flatMap((one) => factsInWords(lantern, one, l)))],
  ] as const)('%s', async (name, tell) => {
    await expect(tell()).toMatchFileSnapshot(`../../test/golden/stories/${name.replaceAll(' ', '-')}.txt`)
  })
})
