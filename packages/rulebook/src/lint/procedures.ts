import type { Actors, Duration, Moment } from '../language/expression.ts'
import { printDuration } from '../language/expression-print.ts'
import { provision, provisionsOf, type Provision, type Rulebook } from '../language/model.ts'
import type { Stage, StageOf } from '../schema/stages.ts'
import { serviceOf } from '../decision/deadline.ts'
import { targetOf } from '../decision/plan.ts'
import { sayAt, type Finding } from './finding.ts'
import { hearsItself } from './hearing.ts'
import { hoursBefore, roughHours } from './lengths.ts'

/** Stages without a way on, appeals to the decider, deadlines before notice, and rolls that can be emptied after notice. */
export const inProcedures = (rulebook: Rulebook, provisions: readonly Provision[]): readonly Finding[] =>
  provisions.flatMap(({ clause, rule }) => {
    const say = sayAt(rulebook, clause)
    if (rule.kind === 'body')
      return agendaBeforeNotice(rule.meets).map((figures) => say('deadline-before-notice', 'agenda', figures))
    if (rule.kind === 'meeting') return agendaBeforeNotice(rule).map((figures) => say('deadline-before-notice', rule.id, figures))
    if (rule.kind !== 'procedure') return []
    return [
      ...withoutExit(rule.stages).map((subject) => say('no-exit', subject)),
      ...earlyDeadlines(rulebook, rule.stages).map(({ stage, ...figures }) => say('deadline-before-notice', stage, figures)),
      ...rule.stages
        .filter((stage) => judgesItself(provisions, rule.stages, stage))
        .map((s) => say('appeal-to-the-decider', s.id)),
      ...rule.stages.filter((stage) => beforeNotice(rulebook, rule.stages, stage)).map((s) => say('ballot-before-notice', s.id)),
      ...lateRolls(rulebook, rule.stages).map(({ ballot, power }) => say('freeze-after-suspension', ballot, { power })),
    ]
  })

const namesBody = (by: Actors, body: string): boolean => by.some((a) => a.kind === 'named' && a.id === body)

function judgesItself(provisions: readonly Provision[], stages: readonly Stage[], stage: Stage): boolean {
  switch (stage.do) {
    case 'consider':
      return hearsItself(provisions, stage.appeal, (body) => body === stage.body)
    case 'check':
      return hearsItself(provisions, stage.appeal, (body) => namesBody(stage.by, body))
    case 'challenge':
      return stages.some((s) => s.do === 'certify' && namesBody(s.by, stage.to))
    default:
      return false
  }
}

/** What a stage can end with: the outcomes of its kind, and those it says itself where they lead. */
function outcomesOf(stage: Stage): readonly string[] {
  const said = [...(stage.then ?? []), ...(stage.do === 'consider' ? (stage.outcomes ?? []) : [])].map((row) => row.key)
  switch (stage.do) {
    case 'support':
      return ['met', 'unmet', ...said]
    case 'check':
      return ['passed', 'refused', ...said]
    case 'consider':
      return ['agreed', 'refused', 'amended', 'fallen', ...said]
    case 'ballot':
      return ['carried', 'fallen', ...said]
    case 'challenge':
      return ['done', 'upheld', ...said]
    default:
      return ['done', ...said]
  }
}

/** Where a stage can lead, and the stages that run beside it. */
const nextOf = (stages: readonly Stage[], stage: Stage): readonly string[] => [
  ...outcomesOf(stage).map((outcome) => targetOf(stages, stage, outcome)),
  ...stages.filter((s) => s.with === stage.id).map((s) => s.id),
]

/** What is wrong with the ways through a procedure; that a circle has no end matters only where there is a way out at all. */
const withoutExit = (stages: readonly Stage[]): readonly string[] => {
  const lost = exits(stages)
  return lost.length > 0 ? lost : circles(stages)
}

/** Stages that can be come back to any number of times: a circle none of whose stages says how often. */
function circles(stages: readonly Stage[]): readonly string[] {
  const free = stages.filter((s) => s.atMost === null)
  const reach = (from: Stage): ReadonlySet<string> => {
    const seen = new Set<string>()
    const next = [...nextOf(stages, from)]
    for (let id = next.pop(); id !== undefined; id = next.pop()) {
      const stage = free.find((s) => s.id === id)
      if (stage === undefined || seen.has(id)) continue
      seen.add(id)
      next.push(...nextOf(stages, stage))
    }
    return seen
  }
  return free
    .filter((s) => reach(s).has(s.id))
    .map((s) => s.id)
    .slice(0, 1)
}

/** Stages that nothing leads to, and the whole procedure when no path reaches a stage that enacts. */
function exits(stages: readonly Stage[]): readonly string[] {
  const reached = new Set<string>()
  const next: string[] = stages[0] === undefined ? [] : [stages[0].id]
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    const stage = stages.find((s) => s.id === id)
    if (stage === undefined || reached.has(id)) continue
    reached.add(id)
    next.push(...nextOf(stages, stage))
  }
  const lost = stages.filter((s) => !reached.has(s.id)).map((s) => s.id)
  const enacts = stages.some((s) => s.do === 'enact' && reached.has(s.id))
  return enacts ? lost : [...lost, stages[0]?.id ?? '']
}

/** Business due for the agenda of a meeting that has not been announced yet. */
function agendaBeforeNotice(
  meets: { readonly agenda: Duration | null; readonly notice: Duration | null } | null,
): readonly { readonly due: string; readonly notice: string }[] {
  const agenda = meets?.agenda ?? null
  const notice = meets?.notice ?? null
  if (agenda === null || notice === null) return []
  return roughHours(agenda) > roughHours(notice) ? [{ due: printDuration(agenda), notice: printDuration(notice) }] : []
}

/** Moments counted back from a meeting that lie before its notice: people would learn of the deadline when it has passed. */
function earlyDeadlines(
  rulebook: Rulebook,
  stages: readonly Stage[],
): readonly { readonly stage: string; readonly due: string; readonly notice: string }[] {
  return stages.flatMap((stage) => {
    const due = dueOf(stage)
    if (due === null || due.kind === 'date') return []
    const notice = noticeOfMeeting(rulebook, stages, due.anchor)
    if (notice === null || hoursBefore(due) <= roughHours(notice)) return []
    const before = due.kind === 'offset' ? printDuration(due.duration) : `${due.kind === 'end of day' ? due.days : 0} days`
    return [{ stage: stage.id, due: before, notice: printDuration(notice) }]
  })
}

function dueOf(stage: Stage): Moment | null {
  switch (stage.do) {
    case 'propose':
      return stage.due
    case 'nominate':
      return stage.closes
    case 'debate':
      return stage.amendments?.due ?? null
    default:
      return null
  }
}

/** The notice given of a meeting: of the named one, or of the body that meets in this procedure. */
function noticeOfMeeting(rulebook: Rulebook, stages: readonly Stage[], anchor: string): Duration | null {
  const named = provision(rulebook, 'meeting', anchor)?.rule
  if (named !== undefined) return named.notice ?? provision(rulebook, 'body', named.of)?.rule.meets?.notice ?? null
  if (anchor !== 'meeting') return null
  const stage = stages.find((s) => s.do === 'meeting' || s.do === 'consider')
  if (stage === undefined) return null
  const own = stage.do === 'meeting' ? stage.notice : null
  return own ?? provision(rulebook, 'body', stage.body)?.rule.meets?.notice ?? null
}

/**
 * A ballot that stands beside or before the only notice of it; amendments that close before the slowest notice is deemed received, or before any is
 * given.
 */
function beforeNotice(rulebook: Rulebook, stages: readonly Stage[], stage: Stage): boolean {
  const at = stages.indexOf(stage)
  const notices = stages.filter((s): s is StageOf<'notify'> => s.do === 'notify')
  const later = notices.length > 0 && notices.every((s) => stages.indexOf(s) > at)
  if (stage.do === 'ballot')
    return later || (notices.length > 0 && notices.every((s) => stage.with === s.id || stages.indexOf(s) > at))
  if (stage.do !== 'debate' || stage.amendments === null) return false
  const { due } = stage.amendments
  if (due.kind === 'anchor') return later || due.anchor === 'notice' || notices.some((s) => s.id === due.anchor)
  const toNotice = due.kind === 'offset' && (due.anchor === 'notice' || notices.some((s) => s.id === due.anchor))
  if (!toNotice) return later
  return due.side === 'before' || roughHours(due.duration) <= slowestReceipt(rulebook, notices)
}

/** How long after sending the last channel of a notice is deemed received, in hours. */
const slowestReceipt = (rulebook: Rulebook, notices: readonly StageOf<'notify'>[]): number =>
  Math.max(
    0,
    ...notices.flatMap((s) =>
      (serviceOf(rulebook, s)?.rule.deemedReceived ?? []).map((row) =>
        row.value.kind === 'at sending' ? 0 : roughHours(row.value.delay),
      ),
    ),
  )

const takesVotersOff = ['suspend', 'exclude', 'derecognise-group']

/** Ballots whose roll is fixed after notice, while a power that can take voters off it is not held back for that time. */
function lateRolls(rulebook: Rulebook, stages: readonly Stage[]): readonly { readonly ballot: string; readonly power: string }[] {
  const power = provisionsOf(rulebook, 'power').find(
    (p) => takesVotersOff.includes(p.rule.act) && (p.rule.limits === null || p.rule.limits.notWithin === null),
  )
  if (power === undefined) return []
  return stages.flatMap((ballot) => {
    const freeze = ballot.do === 'ballot' ? stages.find((s) => s.id === ballot.roll) : undefined
    if (freeze?.do !== 'freeze') return []
    const notice = stages.findIndex((s) => s.do === 'notify')
    const fixed = stages.findIndex((s) => s.id === freeze.at)
    return notice >= 0 && fixed > notice ? [{ ballot: ballot.id, power: power.rule.act }] : []
  })
}
