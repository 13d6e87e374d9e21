import type { Instant } from '@quorate/kernel'
import { after, reckoningOf } from './calendar.ts'
import type { Event, EventBody, Outcome } from './event.ts'
import { cite } from './model.ts'
import { nextFall } from './movement/falls.ts'
import { fallenEvent } from './movement/permit.ts'
import type { StageOf } from './schema/stages.ts'
import { evolve, marksOf, type DecisionState, type Editions, type State } from './state.ts'
import {
  certifiedBy,
  closing,
  deadlineOf,
  openingByDefault,
  procedureOf,
  targetOf,
  walk,
  type StageRun,
  type Walk,
} from './walk.ts'

type Fallen = { readonly stage: string; readonly at: Instant; readonly body: EventBody }

/**
 * What falls by time alone up to `now`, in the order it fell due: windows that lapse, deemed answers, ballots that close. Each event carries
 * the instant at which it fell due; at one instant a closing comes first, then by number of decision.
 */
export function due(editions: Editions, state: State, now: Instant): Event[] {
  const events: Event[] = []
  let current = state
  for (;;) {
    let first: { readonly decision: DecisionState; readonly fallen: Fallen } | null = null
    for (const decision of Object.values(current.decisions)) {
      const fallen = decision.ended === null ? fallenOf(editions, decision, now) : null
      if (fallen !== null && (first === null || comesBefore(fallen, first.fallen))) first = { decision, fallen }
    }
    const fall = current.movement === undefined ? null : nextFall(current.movement, now)
    const isFirst = fall !== null && (first === null || fall.at < first.fallen.at)
    if (!isFirst && first === null) return events
    const event = isFirst
      ? fallenEvent(current, fall, now)
      : first === null
        ? null
        : eventOf(editions, first.decision, first.fallen, now)
    if (event === null) return events
    events.push(event)
    current = evolve(current, event)
  }
}

const comesBefore = (a: Fallen, b: Fallen): boolean =>
  a.at < b.at || (a.at === b.at && a.body.kind === 'closed' && b.body.kind !== 'closed')

function eventOf(editions: Editions, decision: DecisionState, fallen: Fallen, now: Instant): Event {
  const at = procedureOf(editions, decision)
  const edition = at?.rulebook.edition ?? decision.proposedUnder
  const clause = at === null ? (`0@${edition}` as const) : cite(at.rulebook, at.found.clause)
  const head = { id: `${decision.id}/${decision.events + 1}`, decision: decision.id, edition, clause, stage: fallen.stage }
  return { ...head, by: 'rule', deemed: true, occurredAt: fallen.at, recordedAt: now, ...fallen.body }
}

/** The next thing that falls for one decision at or before `now`, or null. */
function fallenOf(editions: Editions, decision: DecisionState, now: Instant): Fallen | null {
  const at = procedureOf(editions, decision)
  if (at === null) return null
  const stages = at.found.rule.stages
  const path = walk(at.rulebook, stages, decision, now, 'actual')
  const end = ending(path)
  if (end !== null) return end
  const reckoning = reckoningOf(at.rulebook)
  const found = path.open.map((run) => {
    const { stage } = run
    if (stage.do === 'ballot') return ballotFallen({ ...run, stage }, decision, reckoning)
    const deadline =
      stage.do === 'certify' ? certifiedBy(stage, run.startsAt, reckoning) : deadlineOf(stage, run.startsAt, reckoning)
    const body = deadline === null ? null : timedOut(run)
    if (stage.do === 'challenge') return challengeFallen({ ...run, stage }, decision, reckoning)
    if (stage.do === 'support' && targetOf(stages, stage, 'unmet') !== 'fallen') return null
    return deadline === null || body === null ? null : { stage: stage.id, at: deadline, body }
  })
  return found.filter((f) => f !== null && f.at <= now).toSorted((a, b) => (a?.at ?? 0) - (b?.at ?? 0))[0] ?? null
}

/** How the path of a decision ends it, if it does. */
function ending(path: Walk): Fallen | null {
  if (path.terminal === null) return null
  const { to, from, outcome, at } = path.terminal
  const ended: Outcome = to === 'end' ? 'carried' : outcome === 'unmet' ? 'lapsed' : outcome === 'refused' ? 'refused' : 'fallen'
  return { stage: from.id, at, body: { kind: 'ended', outcome: ended } }
}

/** What the end of the time of a stage means, where it is said by one event. */
function timedOut(run: StageRun): EventBody | null {
  const { stage } = run
  switch (stage.do) {
    case 'support':
      return { kind: 'ended', outcome: 'lapsed' }
    case 'check':
      return { kind: 'checked', outcome: stage.timeout, ground: null }
    case 'consider':
      return { kind: 'considered', outcome: stage.timeout }
    case 'certify':
      return { kind: 'certified' }
    default:
      return null
  }
}

type Reckoned = ReturnType<typeof reckoningOf>

function ballotFallen(
  run: StageRun & { readonly stage: StageOf<'ballot'> },
  decision: DecisionState,
  reckoning: Reckoned,
): Fallen | null {
  const { stage, startsAt } = run
  const { box } = marksOf(decision, stage.id)
  if (box.openedAt !== null && box.closesAt !== null)
    return box.closedAt === null ? { stage: stage.id, at: box.closesAt, body: { kind: 'closed' } } : null
  if (box.opensAt !== null) return null
  const opensAt = openingByDefault(stage, startsAt, reckoning)
  const body: EventBody = { kind: 'scheduled', opensAt, closesAt: closing(stage, opensAt, reckoning) }
  return { stage: stage.id, at: after(startsAt, stage.timetable.within, reckoning), body }
}

function challengeFallen(
  run: StageRun & { readonly stage: StageOf<'challenge'> },
  decision: DecisionState,
  reckoning: Reckoned,
): Fallen | null {
  const { stage } = run
  const open = marksOf(decision, stage.id).challenges.find((c) => c.answer === null)
  if (open === undefined) return null
  return {
    stage: stage.id,
    at: after(open.at, stage.decideWithin, reckoning),
    body: { kind: 'challenge-answered', outcome: stage.timeout },
  }
}
