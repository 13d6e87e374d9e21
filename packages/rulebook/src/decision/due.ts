import { assert, type Instant } from '@quorate/kernel'
import { answeredBy, appealOf } from './appeal-terms.ts'
import { after, reckoningOf, type Reckoning } from '../calendar.ts'
import { certifiedBy, closingOf, openingByDefault } from './deadline.ts'
import { undecided } from './debate-acts.ts'
import type { Event, EventBody, Outcome } from '../event.ts'
import type { Duration } from '../language/expression.ts'
import { cite, type Provision, type Rulebook } from '../language/model.ts'
import { nominationsClosed, tooFewLeft } from './nomination-close.ts'
import { quotasOf } from './nomination-quotas.ts'
import { asksForCandidates } from './options.ts'
import type { StageRun, Walk } from './path.ts'
import { procedureOf, targetOf } from './plan.ts'
import { fallenOutside } from '../movement/permit.ts'
import type { StageOf } from '../schema/stages.ts'
import { evolve } from '../evolve.ts'
import { marksOf, type DecisionState, type Editions, type StageMarks, type State } from '../state.ts'
import { walk } from './walk.ts'

type Fallen = { readonly stage: string; readonly at: Instant; readonly body: EventBody }

/** A running decision with the procedure it runs through and how far it has come. */
export type Settled = {
  readonly decision: DecisionState
  readonly rulebook: Rulebook
  readonly found: Provision<'procedure'>
  readonly path: Walk
}

/**
 * What falls by time alone up to `now`, in the order it fell due: windows that lapse, deemed answers, ballots that close. Each event carries
 * the instant at which it fell due; at one instant a closing comes first, then by number of decision.
 */
export function due(editions: Editions, state: State, now: Instant): Event[] {
  const fallen = [
    ...Object.values(state.decisions).map((decision) => settle(editions, state, decision, now).events),
    fallenOutside(state, now).events,
  ]
  const all = fallen.flat()
  // Decisions do not wait for each other, so each is settled by itself, and only the order of what fell is common.
  return fallen.filter((events) => events.length > 0).length > 1 ? all.toSorted(compareFallen) : all
}

const isClosing = (event: Event): number => (event.kind === 'closed' ? 0 : 1)
const compareFallen = (a: Event, b: Event): number =>
  a.decision === b.decision
    ? Number(a.id.split('/')[1]) - Number(b.id.split('/')[1])
    : a.occurredAt - b.occurredAt || isClosing(a) - isClosing(b) || a.decision - b.decision

/** What has fallen due in one decision, and how it stands after that: one walk more than there are such events. */
export function settle(
  editions: Editions,
  { reaching }: Pick<State, 'reaching'>,
  before: DecisionState,
  now: Instant,
): { readonly events: Event[]; readonly settled: Settled | null } {
  const events: Event[] = []
  let decision = before
  let last: DecisionState | null = null
  for (;;) {
    const at = procedureOf(editions, decision, reaching)
    if (at === null) return { events, settled: null }
    const { rulebook, found } = at
    const path = walk(rulebook, found.rule.stages, decision, now, 'actual')
    const fallen = decision.ended !== null ? null : fallenOf(rulebook, found, decision, path, now)
    if (fallen === null) return { events, settled: { decision, rulebook, found, path } }
    assert(last === null || !isUnmoved(last, decision), `what falls is over: ${fallen.body.kind}`)
    last = decision
    const event: Event = {
      id: `${decision.id}/${decision.events + 1}`,
      decision: decision.id,
      edition: rulebook.edition,
      clause: cite(rulebook, found.clause),
      stage: fallen.stage,
      by: 'rule',
      deemed: true,
      occurredAt: fallen.at,
      recordedAt: now,
      ...fallen.body,
    }
    events.push(event)
    decision = evolve({ decisions: { [decision.id]: decision }, recordedAt: null }, event).decisions[decision.id] ?? decision
  }
}

// What falls and moves nothing would fall for ever.
const isUnmoved = (a: DecisionState, b: DecisionState): boolean =>
  JSON.stringify({ ...a, events: 0 }) === JSON.stringify({ ...b, events: 0 })

/** The next thing that falls for one decision at or before `now`, or null. */
function fallenOf(
  rulebook: Rulebook,
  found: Provision<'procedure'>,
  decision: DecisionState,
  path: Walk,
  now: Instant,
): Fallen | null {
  const end = settledAgainst(decision) ?? ending(path)
  if (end !== null) return end
  const reckoning = reckoningOf(rulebook)
  const { stages } = found.rule
  let first: Fallen | null = null
  const consider = (fallen: Fallen | null): void => {
    if (fallen !== null && fallen.at <= now && (first === null || fallen.at < first.at)) first = fallen
  }
  for (const run of path.open) consider(runFallen(run, path, stages, reckoning))
  for (const run of path.runs) {
    consider(appealFallen(run, decision, rulebook, reckoning))
    consider(debateFallen(run, decision))
  }
  return first
}

function runFallen(run: StageRun, path: Walk, stages: readonly StageRun['stage'][], reckoning: Reckoning): Fallen | null {
  const { stage, key } = run
  const marks = marksOf(path.walking.decision, key)
  switch (stage.do) {
    case 'ballot':
      return ballotFallen(run, stage, path)
    case 'challenge':
      return answerFallen(key, marks, stage.decideWithin, stage.timeout, reckoning)
    case 'certify':
      if (marks.certifiedAt === null)
        return { stage: key, at: certifiedBy(stage, run.startsAt, reckoning), body: { kind: 'certified' } }
      return stage.objections === null
        ? null
        : answerFallen(key, marks, stage.objections.within, stage.objections.timeout, reckoning)
    case 'nominate':
      return timedOut(run, nominationsClosed(stage, marks, quotasOf(path.walking.rulebook, stages)))
    case 'notify':
      return marks.notice === null ? timedOut(run, { kind: 'ended', outcome: 'lapsed' }) : null
    case 'meeting':
      return marks.outcome !== null ? null : meetingFallen(run, stage, reckoning)
    case 'support':
      if (targetOf(stages, stage, 'unmet') !== 'fallen') return null
      return timedOut(run, { kind: 'ended', outcome: 'lapsed' })
    case 'check':
      return marks.outcome !== null ? null : timedOut(run, { kind: 'checked', outcome: stage.timeout, ground: null })
    case 'consider':
      return marks.outcome !== null ? null : timedOut(run, { kind: 'considered', outcome: stage.timeout })
    default:
      return null
  }
}

const timedOut = ({ key, deadline }: StageRun, body: EventBody): Fallen | null =>
  deadline === null ? null : { stage: key, at: deadline, body }

/** A meeting nobody called, or that did not decide. Where signers may call it, they have the same time again. */
function meetingFallen(run: StageRun, stage: StageOf<'meeting'>, reckoning: Reckoning): Fallen | null {
  if (stage.timeout !== 'signers may call it') return timedOut(run, { kind: 'considered', outcome: stage.timeout })
  const last = run.deadline === null ? null : after(run.deadline, stage.within, reckoning)
  return last === null ? null : { stage: run.key, at: last, body: { kind: 'considered', outcome: 'fallen' } }
}

/** Of two that cannot both stand, the one that does not has fallen. */
function settledAgainst({ incompatible, stages }: DecisionState): Fallen | null {
  const lost = incompatible?.find((other) => other.outcome === 'falls')
  const [stage] = Object.keys(stages).toReversed()
  return lost === undefined ? null : { stage: stage ?? '', at: lost.at, body: { kind: 'ended', outcome: 'fallen' } }
}

/** How the path of a decision ends it, if it does. */
function ending(path: Walk): Fallen | null {
  if (path.terminal === null) return null
  const { to, from, outcome, at } = path.terminal
  const ended: Outcome = to === 'end' ? 'carried' : outcome === 'unmet' ? 'lapsed' : outcome === 'refused' ? 'refused' : 'fallen'
  return { stage: from.key, at, body: { kind: 'ended', outcome: ended } }
}

function ballotFallen(run: StageRun, stage: StageOf<'ballot'>, path: Walk): Fallen | null {
  const { startsAt, key } = run
  const { walking: w } = path
  const { box } = marksOf(w.decision, key)
  if (box.openedAt !== null && box.closesAt !== null)
    return box.closedAt === null ? { stage: key, at: box.closesAt, body: { kind: 'closed' } } : null
  if (box.opensAt !== null)
    return asksForCandidates(stage) && nobodyToChoose(path)
      ? { stage: key, at: box.opensAt, body: { kind: 'ended', outcome: 'fallen' } }
      : null
  const opensAt = openingByDefault(stage, startsAt, w.reckoning)
  return timedOut(run, { kind: 'scheduled', opensAt, closesAt: closingOf(w, stage, opensAt) })
}

/**
 * Whether so many have left the list since nominations closed that the rule's answer to too few comes after all. The paper, the roll and the notice are made
 * by then and cannot be made again in the same decision: where that answer leads back, the decision has fallen, and is begun anew. Where the rule
 * goes on to the ballot with too few, it goes on.
 */
function nobodyToChoose({ runs, walking: { decision, rulebook, plan } }: Walk): boolean {
  const nominated = runs.findLast((run) => run.stage.do === 'nominate')
  if (nominated?.stage.do !== 'nominate') return false
  if (!tooFewLeft(nominated.stage, marksOf(decision, nominated.key), quotasOf(rulebook, plan.stages))) return false
  const target = plan.byId.get(targetOf(plan.stages, nominated.stage, 'too-few'))
  return target === undefined || plan.stages.indexOf(target) <= plan.stages.indexOf(nominated.stage)
}

/** A challenge that is not answered in time is answered as its stage says. */
function answerFallen(
  stage: string,
  { challenges }: StageMarks,
  within: Duration,
  outcome: 'upheld' | 'dismissed',
  reckoning: Reckoning,
): Fallen | null {
  const open = challenges.find((c) => c.answer === null)
  return open === undefined
    ? null
    : { stage, at: after(open.at, within, reckoning), body: { kind: 'challenge-answered', outcome } }
}

/** What a debate has not decided by its end has fallen, one after another. */
function debateFallen(run: StageRun, decision: DecisionState): Fallen | null {
  const [first] = run.stage.do === 'debate' ? undecided(marksOf(decision, run.key)) : []
  return first === undefined ? null : timedOut(run, { kind: 'amendment-decided', amendment: first, outcome: 'fallen' })
}

/** An appeal that is not answered in time is answered as its clause says. */
function appealFallen(
  { stage, key }: StageRun,
  decision: DecisionState,
  rulebook: Rulebook,
  reckoning: Reckoning,
): Fallen | null {
  const { appeal } = marksOf(decision, key)
  const rule = appealOf(rulebook, stage)?.rule
  if (appeal?.answer !== null || rule === undefined) return null
  return { stage: key, at: answeredBy(rule, appeal.at, reckoning), body: { kind: 'appeal-answered', outcome: rule.timeout } }
}
