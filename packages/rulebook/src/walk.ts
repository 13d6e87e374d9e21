import { civilDateOf, plusDays, type Instant } from '@quorate/kernel'
import { after, atTimeOfDay, latest, reckoningOf, type Reckoning } from './calendar.ts'
import { provision, type Provision, type Rulebook } from './model.ts'
import type { Stage, StageOf } from './schema/stages.ts'
import { marksOf, type DecisionState, type Editions } from './state.ts'

/**
 * How a walk treats what has not happened: `actual` stops there; `earliest` lets everyone act at once and in favour; `latest` lets everyone
 * wait until the last moment.
 */
export type Hope = 'actual' | 'earliest' | 'latest'

/** A stage on the path of a decision. `endsAt` null: it waits for somebody. */
export type StageRun = {
  readonly stage: Stage
  readonly startsAt: Instant
  /** When its people can act: for a ballot its opening, else `startsAt`. */
  readonly activeAt: Instant
  readonly endsAt: Instant | null
  readonly outcome: string | null
}

/** The path a decision has taken: all stages begun, those still open, and where it ends if it does. */
export type Walk = {
  readonly runs: readonly StageRun[]
  readonly open: readonly StageRun[]
  readonly terminal: {
    readonly to: 'fallen' | 'end'
    readonly from: Stage
    readonly outcome: string
    readonly at: Instant
  } | null
}

/** The edition a decision runs under: that of its notice; before, the one in force, unless that has no such procedure any more. */
function rulebookOf(editions: Editions, decision: DecisionState): Rulebook | null {
  const number = decision.noticedUnder ?? editions.inForce
  const rulebook = editions.byNumber.get(number) ?? null
  if (rulebook !== null && provision(rulebook, 'procedure', decision.procedure) !== null) return rulebook
  return editions.byNumber.get(decision.proposedUnder) ?? rulebook
}

/** The procedure a decision runs through, under its edition; null when no edition at hand has it. */
export function procedureOf(
  editions: Editions,
  decision: DecisionState,
): { readonly rulebook: Rulebook; readonly found: Provision<'procedure'> } | null {
  const rulebook = rulebookOf(editions, decision)
  const found = rulebook === null ? null : provision(rulebook, 'procedure', decision.procedure)
  return rulebook === null || found === null ? null : { rulebook, found }
}

const bad: readonly string[] = ['unmet', 'refused', 'fallen', 'upheld']

/** Where an outcome of a stage leads: a stage id, `fallen` or `end`. */
export function targetOf(stages: readonly Stage[], stage: Stage, outcome: string): string {
  const said =
    stage.then?.find((row) => row.key === outcome) ??
    (stage.do === 'consider' ? stage.outcomes?.find((row) => row.key === outcome) : undefined)
  if (said !== undefined) return said.value
  if (bad.includes(outcome)) return 'fallen'
  const rest = stages.slice(stages.indexOf(stage) + 1)
  return rest.find((s) => s.with === null)?.id ?? 'end'
}

/** Follows a decision through its procedure as far as `hope` allows at `now`. Cost is linear in the stages; no stage is run twice. */
export function walk(rulebook: Rulebook, stages: readonly Stage[], decision: DecisionState, now: Instant, hope: Hope): Walk {
  const w: Walking = { reckoning: reckoningOf(rulebook), rulebook, stages, decision, now, hope, ends: new Map() }
  const runs: StageRun[] = []
  let at = decision.proposedAt
  let lead = stages[0]
  while (lead !== undefined && !w.ends.has(lead.id)) {
    const head: StageRun = runOf(w, lead, startOf(w, lead, at))
    const group = [head, ...stages.filter((s) => s.with === head.stage.id).map((s) => beside(w, s, head))]
    runs.push(...group)
    const open = group.filter((run) => !hasEnded(run, w))
    if (open.length > 0) return { runs, open, terminal: null }
    for (const run of group) w.ends.set(run.stage.id, run.endsAt ?? at)
    at = latest(at, ...group.map((run) => run.endsAt ?? at))
    const outcome = head.outcome ?? 'done'
    const target = targetOf(stages, lead, outcome)
    const next = stages.find((s) => s.id === target)
    if (next === undefined)
      return { runs, open: [], terminal: { to: target === 'end' ? 'end' : 'fallen', from: lead, outcome, at } }
    lead = next
  }
  return { runs, open: [], terminal: null }
}

type Walking = {
  readonly reckoning: Reckoning
  readonly rulebook: Rulebook
  readonly stages: readonly Stage[]
  readonly decision: DecisionState
  readonly now: Instant
  readonly hope: Hope
  /** When each finished stage ended. */
  readonly ends: Map<string, Instant>
}

/** An end that lies ahead is known but not reached: only a hypothetical walk goes past it. */
const hasEnded = (run: StageRun, w: Walking): boolean => run.endsAt !== null && (w.hope !== 'actual' || run.endsAt <= w.now)

function startOf(w: Walking, stage: Stage, at: Instant): Instant {
  const waits = [stage.after, ...(stage.do === 'ballot' ? (stage.opens ?? []).map((o) => o.stage) : [])]
  return waits.reduce((start, id) => latest(start, (id === null ? undefined : w.ends.get(id)) ?? start), at)
}

/** A stage `with: notify` begins when notice is received: before that nobody knows there is something to debate. */
function beside(w: Walking, stage: Stage, head: StageRun): StageRun {
  const served = head.stage.do === 'notify' ? noticeReceived(w, head.stage, head.startsAt) : head.startsAt
  return served === null
    ? { stage, startsAt: head.startsAt, activeAt: head.startsAt, endsAt: null, outcome: null }
    : runOf(w, stage, served)
}

function noticeReceived(w: Walking, stage: StageOf<'notify'>, startsAt: Instant): Instant | null {
  const notice = marksOf(w.decision, stage.id).notice
  if (notice !== null) return notice.receivedAt
  return w.hope === 'actual' ? null : receivedAt(w.rulebook, stage, latest(startsAt, w.now), [])
}

/**
 * When notice sent at an instant is deemed received: the latest over the channels used. Without a count per channel, the service's first
 * channel is meant.
 */
export function receivedAt(rulebook: Rulebook, stage: StageOf<'notify'>, sentAt: Instant, channels: readonly string[]): Instant {
  const service = serviceOf(rulebook, stage)
  if (service === null) return sentAt
  const used = channels.length > 0 ? channels : service.rule.channels.slice(0, 1)
  const rules = service.rule.deemedReceived.filter((row) => used.includes(row.key))
  return latest(
    sentAt,
    ...rules.map((row) => (row.value.kind === 'at sending' ? sentAt : after(sentAt, row.value.delay, reckoningOf(rulebook)))),
  )
}

/** The service clause a notice is served under: the one it names, else the one called `notice`, else the first. */
export function serviceOf(rulebook: Rulebook, stage: StageOf<'notify'>): Provision<'service'> | null {
  if (stage.service !== null) return provision(rulebook, 'service', stage.service)
  return (
    provision(rulebook, 'service', 'notice') ??
    rulebook.provisions.find((p): p is Provision<'service'> => p.rule.kind === 'service') ??
    null
  )
}

/** The last instant of a stage that waits for people; null when it has none. */
export function deadlineOf(stage: Stage, startsAt: Instant, reckoning: Reckoning): Instant | null {
  switch (stage.do) {
    case 'support':
      return after(startsAt, stage.window, reckoning)
    case 'check':
    case 'consider':
    case 'meeting':
    case 'hustings':
    case 'certify':
    case 'challenge':
      return after(startsAt, stage.within, reckoning)
    case 'ballot':
      return after(startsAt, stage.timetable.within, reckoning)
    case 'debate':
    case 'delay':
      return after(startsAt, stage.lasts, reckoning)
    default:
      return null
  }
}

/** When certification falls by itself: a deputy named by the time-out has the same time again. */
export function certifiedBy(stage: StageOf<'certify'>, startsAt: Instant, reckoning: Reckoning): Instant {
  const own = after(startsAt, stage.within, reckoning)
  return stage.timeout.kind === 'certified' ? own : after(own, stage.within, reckoning)
}

/** When a ballot opens that nobody scheduled: 12:00 on the 8th day, the day it could first be scheduled being day 0. */
export function openingByDefault(stage: StageOf<'ballot'>, startsAt: Instant, reckoning: Reckoning): Instant {
  const { day, time } = stage.timetable.timeout
  return latest(
    after(startsAt, stage.timetable.within, reckoning),
    atTimeOfDay(plusDays(civilDateOf(startsAt, reckoning.zone), day), time, reckoning.zone),
  )
}

/** One case per kind of stage: a table, not a procedure. */
function runOf(w: Walking, stage: Stage, startsAt: Instant): StageRun {
  const marks = marksOf(w.decision, stage.id)
  const run = (endsAt: Instant | null, outcome: string | null): StageRun => ({
    stage,
    startsAt,
    activeAt: startsAt,
    endsAt,
    outcome,
  })
  const deadline = deadlineOf(stage, startsAt, w.reckoning)
  /** Ends when somebody acts: at once in the best case, at the deadline in the worst. */
  const waits = (outcome: string): StageRun => {
    if (w.hope === 'actual') return run(null, null)
    const soonest = latest(startsAt, w.now)
    return run(w.hope === 'latest' && deadline !== null ? latest(soonest, deadline) : soonest, outcome)
  }
  switch (stage.do) {
    case 'propose':
      return run(startsAt, 'done')
    case 'support':
      if (marks.metAt !== null) return run(marks.metAt, 'met')
      if (deadline !== null && w.now >= deadline && targetOf(w.stages, stage, 'unmet') !== 'fallen') return run(deadline, 'unmet')
      return waits('met')
    case 'check':
    case 'consider':
      if (marks.outcome !== null) return run(marks.outcome.at, marks.outcome.says)
      return waits(stage.do === 'check' ? 'passed' : 'agreed')
    case 'notify': {
      const received = noticeReceived(w, stage, startsAt)
      return received === null || stage.clear === null ? run(null, null) : run(after(received, stage.clear, w.reckoning), 'done')
    }
    case 'debate':
    case 'delay':
      return run(deadline, 'done')
    case 'nominate':
    case 'hustings':
      return waits('done')
    case 'meeting':
      return waits('agreed')
    case 'freeze':
      return marks.roll !== null
        ? run(marks.roll.at, 'done')
        : w.hope === 'actual'
          ? run(null, null)
          : run(latest(startsAt, w.now), 'done')
    case 'ballot':
      return ballotRun(w, stage, startsAt)
    case 'certify':
      if (marks.certifiedAt !== null) return run(marks.certifiedAt, 'certified')
      return w.hope === 'latest' ? run(latest(w.now, certifiedBy(stage, startsAt, w.reckoning)), 'certified') : waits('certified')
    case 'challenge':
      return challengeRun(w, stage, startsAt)
    case 'enact':
      return marks.enactedAt !== null
        ? run(marks.enactedAt, 'done')
        : w.hope === 'actual'
          ? run(null, null)
          : run(latest(startsAt, w.now), 'done')
  }
}

function ballotRun(w: Walking, stage: StageOf<'ballot'>, startsAt: Instant): StageRun {
  const { box } = marksOf(w.decision, stage.id)
  const known = { stage, startsAt, activeAt: box.openedAt ?? box.opensAt ?? startsAt }
  if (box.result !== null) return { ...known, endsAt: box.result.at, outcome: box.result.outcome }
  if (w.hope === 'actual') return { ...known, endsAt: null, outcome: null }
  const late = openingByDefault(stage, startsAt, w.reckoning)
  const opensAt = box.openedAt ?? latest(box.opensAt ?? (w.hope === 'earliest' ? startsAt : late), w.now)
  const closesAt = box.openedAt !== null && box.closesAt !== null ? box.closesAt : closing(stage, opensAt, w.reckoning)
  const mayExtend = w.hope === 'latest' && !box.extended && box.closedAt === null
  const last = mayExtend && stage.lateQuorum !== null ? after(closesAt, stage.lateQuorum.extend, w.reckoning) : closesAt
  return { stage, startsAt, activeAt: opensAt, endsAt: latest(box.closedAt ?? last, w.now), outcome: 'carried' }
}

/** When a ballot closes that opens at an instant. One that closes by date is not begun, see `runnable.ts`. */
export const closing = (stage: StageOf<'ballot'>, opensAt: Instant, reckoning: Reckoning): Instant =>
  stage.period === null ? opensAt : after(opensAt, stage.period, reckoning)

function challengeRun(w: Walking, stage: StageOf<'challenge'>, startsAt: Instant): StageRun {
  const { challenges } = marksOf(w.decision, stage.id)
  const window = after(startsAt, stage.within, w.reckoning)
  const upheld = challenges.find((c) => c.answer?.outcome === 'upheld')
  if (upheld?.answer) return { stage, startsAt, activeAt: startsAt, endsAt: upheld.answer.at, outcome: 'upheld' }
  if (!stage.stay) return { stage, startsAt, activeAt: startsAt, endsAt: window, outcome: 'done' }
  const open = challenges.filter((c) => c.answer === null)
  if (w.hope === 'latest') {
    const from = w.now < window ? window : latest(startsAt, ...open.map((c) => c.at))
    const worst = open.length > 0 || w.now < window ? after(from, stage.decideWithin, w.reckoning) : window
    return { stage, startsAt, activeAt: startsAt, endsAt: latest(window, worst), outcome: 'done' }
  }
  if (open.length > 0)
    return { stage, startsAt, activeAt: startsAt, endsAt: w.hope === 'actual' ? null : latest(window, w.now), outcome: 'done' }
  return {
    stage,
    startsAt,
    activeAt: startsAt,
    endsAt: latest(window, ...challenges.map((c) => c.answer?.at ?? window)),
    outcome: 'done',
  }
}
