import { unreachable, type Instant } from '@quorate/kernel'
import type { Act, ActBody, Citation } from './act.ts'
import { actorReasons, bodyReasons, electorReasons, holdersNeeded, samePerson } from './actors.ts'
import { after, before, latest, type Reckoning } from './calendar.ts'
import type { EventBody } from './event.ts'
import type { Actors, Base } from './expression.ts'
import { neededFor, type Bases } from './measure.ts'
import { cite, type Provision, type Rulebook } from './model.ts'
import { includesPerson } from './people-set.ts'
import { countFact, factOf, fieldsFact, moment, named, none, people, reason, textOf, tooFew, type Case } from './reasons.ts'
import type { Reason } from './refusal.ts'
import type { Stage, StageOf } from './schema/stages.ts'
import { groundText } from './schema/stages.ts'
import { ballotBases, judgeBallot } from './standard.ts'
import { marksOf, type DecisionState, type StageMarks } from './state.ts'
import { closing, receivedAt, serviceOf, walk, type StageRun, type Walk } from './walk.ts'

/** An act on a running decision, with the procedure it runs through and how far it has come. */
export type StageCase = Case & {
  readonly rulebook: Rulebook
  readonly procedure: Provision<'procedure'>
  readonly decision: DecisionState
  readonly path: Walk
  readonly clause: Citation
  readonly reckoning: Reckoning
}

/** What judging found: reasons against, or what happens in which stage. */
export type Judged = { readonly reasons: readonly Reason[]; readonly stage: string; readonly events: readonly EventBody[] }

type ActOf<K extends ActBody['kind']> = Extract<Act, { readonly kind: K }>

type Running<K extends Stage['do']> = { readonly stage: StageOf<K>; readonly startsAt: Instant; readonly marks: StageMarks }

/** Judges an act on a running decision. All reasons are given, not the first. */
export function judgeStageAct(kase: StageCase): Judged {
  const { act } = kase
  switch (act.kind) {
    case 'propose':
    case 'exercise':
    case 'movement':
      return { reasons: [reason('wrong-stage', kase.clause)], stage: '', events: [] }
    case 'sign':
      return inStage(kase, 'support', (run) => sign(kase, run))
    case 'withdraw':
      return inStage(kase, 'support', (run) => withdraw(kase, run))
    case 'check':
      return inStage(kase, 'check', (run) => check(kase, act, run))
    case 'consider':
      return inStage(kase, 'consider', ({ stage }) => ({
        reasons: [
          ...wrongBody(kase, stage.body),
          ...bodyReasons(kase, kase.rulebook, stage.body, null, kase.clause, act.outcome === 'agreed'),
        ],
        events: [{ kind: 'considered', outcome: act.outcome }],
      }))
    case 'notify':
      return inStage(kase, 'notify', (run) => notify(kase, run))
    case 'freeze':
      return inStage(kase, 'freeze', (run) => freeze(kase, run))
    case 'schedule':
      return inStage(kase, 'ballot', (run) => schedule(kase, act, run))
    case 'open':
      return inStage(kase, 'ballot', (run) => open(kase, run))
    case 'cast':
      return inStage(kase, 'ballot', (run) => cast(kase, act, run))
    case 'declare':
      return inStage(kase, 'ballot', (run) => declare(kase, run))
    case 'certify':
      return inStage(kase, 'certify', (run) => certify(kase, run))
    case 'challenge':
      return inStage(kase, 'challenge', (run) => challenge(kase, act, run))
    case 'answer-challenge':
      return inStage(kase, 'challenge', (run) => answer(kase, act, run))
    case 'enact':
      return inStage(kase, 'enact', () => enact(kase, act))
    case 'tick':
      return { reasons: byRule(kase), stage: '', events: [] }
    default:
      return unreachable(act)
  }
}

type Finding = { readonly reasons: readonly Reason[]; readonly events: readonly EventBody[] }

function inStage<K extends Stage['do']>(kase: StageCase, kind: K, judge: (run: Running<K>) => Finding): Judged {
  const run = kase.path.open.find((r): r is StageRun & { readonly stage: StageOf<K> } => r.stage.do === kind)
  if (run === undefined) return { reasons: notNow(kase, kind), stage: '', events: [] }
  const early =
    kase.act.occurredAt < run.startsAt
      ? [reason('too-early', kase.clause, moment(run.startsAt), moment(kase.act.occurredAt))]
      : []
  const found = judge({ stage: run.stage, startsAt: run.startsAt, marks: marksOf(kase.decision, run.stage.id) })
  return { reasons: [...early, ...found.reasons], stage: run.stage.id, events: found.events }
}

/** Why the stage of an act is not open: over since when, or not before when. */
function notNow(kase: StageCase, kind: Stage['do']): readonly Reason[] {
  const { act, decision, path, clause } = kase
  const past = path.runs.findLast((run) => run.stage.do === kind)
  if (past?.endsAt != null) {
    const closed = past.stage.do === 'ballot' ? marksOf(decision, past.stage.id).box.closesAt : null
    return [reason('too-late', clause, moment(closed ?? past.endsAt), moment(act.recordedAt))]
  }
  if (decision.ended !== null)
    return [reason('wrong-stage', clause, named('stage', kind), named('stage', decision.ended.outcome))]
  const stayed = path.open.some(
    (run) => run.stage.do === 'challenge' && marksOf(decision, run.stage.id).challenges.some((c) => c.answer === null),
  )
  if (kind === 'enact' && stayed) return [reason('stayed', clause)]
  const ahead = walk(kase.rulebook, kase.procedure.rule.stages, decision, act.recordedAt, 'earliest').runs.find(
    (run) => run.stage.do === kind,
  )
  const current = path.open[0]?.stage.id
  if (ahead === undefined)
    return [reason('wrong-stage', clause, named('stage', kind), current === undefined ? none : named('stage', current))]
  return [reason('too-early', clause, moment(ahead.activeAt), moment(act.recordedAt))]
}

const byRule = (kase: StageCase): readonly Reason[] => actorReasons(kase, kase.rulebook, kase.clause, [{ kind: 'rule' }])

const wrongBody = (kase: StageCase, body: string): readonly Reason[] =>
  kase.act.as === `body ${body}` ? [] : [reason('wrong-electorate', kase.clause, named('body', body))]

/** Sizes of bases that facts state: an electorate at an anchor, the frozen roll. */
const electorateBases =
  (kase: StageCase): Bases =>
  (base: Base) =>
    base.kind === 'electorate' ? countFact(kase, 'electorate-size', base.id) : null

function sign(kase: StageCase, { stage, marks }: Running<'support'>): Finding {
  const { act, clause } = kase
  const electorate = stage.signers.electorate
  const reasons: Reason[] = [
    ...actorReasons(kase, kase.rulebook, clause, [{ kind: 'electorate', id: electorate, thisGroup: false }]),
  ]
  if (includesPerson(marks.signers, act.by)) reasons.push(reason('already-done', clause))
  const needed = neededFor(stage.need, electorateBases(kase))
  if (needed === null) reasons.push(reason('missing-fact', clause, named('electorate', electorate)))
  // Signers who have since left count only where the rule says so; the register states how many of the earlier ones are still there.
  const standing = stage.lapsed === 'do not count' ? countFact(kase, 'signers', electorate) : null
  const signers = Math.min(marks.signers.size, standing ?? marks.signers.size) + 1
  const met: readonly EventBody[] = needed !== null && signers >= needed ? [{ kind: 'supported', signers }] : []
  return { reasons, events: [{ kind: 'signed' }, ...met] }
}

function withdraw(kase: StageCase, { stage, marks }: Running<'support'>): Finding {
  const reasons: Reason[] = []
  if (stage.withdraw === null || stage.withdraw === 'no') reasons.push(reason('no-power', kase.clause))
  if (!includesPerson(marks.signers, kase.act.by))
    reasons.push(reason('not-eligible', kase.clause, people(1), people(0), people(1)))
  return { reasons, events: [{ kind: 'withdrawn' }] }
}

/** An act of officers of whom several may have to act together, each a different person deciding the same. */
function together(
  kase: StageCase,
  by: readonly Reason[],
  action: string,
  marks: StageMarks,
  says: string | null,
  done: readonly EventBody[],
): Finding {
  const { act, clause } = kase
  const office = act.as.startsWith('office ') ? act.as.slice('office '.length) : null
  const needed = office === null ? 1 : holdersNeeded(kase.rulebook, office, action)
  const agreeing = marks.countersigned.filter((c) => c.says === says)
  if (needed > 1 && agreeing.some((c) => c.by === act.by))
    return { reasons: [...by, ...samePerson(clause, needed, agreeing.length)], events: [] }
  return { reasons: by, events: agreeing.length + 1 >= needed ? done : [{ kind: 'countersigned', says }] }
}

function check(kase: StageCase, act: ActOf<'check'>, { stage, marks }: Running<'check'>): Finding {
  const by = [...actorReasons(kase, kase.rulebook, kase.clause, stage.by)]
  const known = act.ground !== null && stage.grounds.some((g) => groundText(g) === act.ground)
  if (act.outcome === 'refused' ? !known : act.ground !== null) by.push(reason('not-a-ground', kase.clause))
  const says = act.outcome === 'passed' ? act.outcome : `refused: ${act.ground ?? ''}`
  return together(kase, by, 'check', marks, says, [{ kind: 'checked', outcome: act.outcome, ground: act.ground }])
}

function notify(kase: StageCase, { stage, marks }: Running<'notify'>): Finding {
  const { clause, rulebook } = kase
  const reasons: Reason[] = [...byRule(kase)]
  if (marks.notice !== null) return { reasons: [...reasons, reason('already-done', clause)], events: [] }
  const fact = fieldsFact(kase, 'notice', null)
  const served = fact?.count('served') ?? null
  const of = fact?.count('of') ?? null
  if (fact === null || served === null || of === null || served > of)
    return { reasons: [...reasons, reason('missing-fact', clause)], events: [] }
  const service = serviceOf(rulebook, stage)
  const needed =
    service === null ? of : neededFor(service.rule.soundWhen, (base) => (base.kind === 'votes' && base.of === 'roll' ? of : null))
  const cited = service === null ? clause : cite(rulebook, service.clause)
  if (needed === null) reasons.push(reason('missing-fact', cited))
  else if (served < needed) reasons.push(tooFew('short-notice', cited, 'people', needed, served))
  const channels = (service?.rule.channels ?? []).filter((c) => (fact.count(c) ?? 0) > 0)
  return {
    reasons,
    events: [{ kind: 'noticed', served, of, receivedAt: receivedAt(rulebook, stage, kase.act.occurredAt, channels) }],
  }
}

/** The instant a frozen roll speaks of: that of the notice, or the end of another stage. */
export function rollInstant(decision: DecisionState, path: Walk, stage: StageOf<'freeze'>): Instant | null {
  const notice = marksOf(decision, stage.at).notice
  return notice?.servedAt ?? path.runs.find((run) => run.stage.id === stage.at)?.endsAt ?? null
}

function freeze(kase: StageCase, { stage }: Running<'freeze'>): Finding {
  const reasons: Reason[] = [...byRule(kase)]
  const fact = fieldsFact(kase, 'roll', stage.electorate)
  const size = fact?.count('size') ?? null
  const root = fact?.text('root') ?? null
  const asOf = rollInstant(kase.decision, kase.path, stage)
  const required = named('electorate', stage.electorate)
  if (fact === null || size === null || root === null)
    return { reasons: [...reasons, reason('missing-fact', kase.clause, required)], events: [] }
  if (asOf === null || fact.fact.at !== asOf)
    reasons.push(reason('missing-fact', kase.clause, asOf === null ? required : moment(asOf), moment(fact.fact.at)))
  return { reasons, events: [{ kind: 'frozen', size, root, electorate: stage.electorate }] }
}

function schedule(kase: StageCase, act: ActOf<'schedule'>, { stage, startsAt, marks }: Running<'ballot'>): Finding {
  const { clause, reckoning } = kase
  const by = [...actorReasons(kase, kase.rulebook, clause, stage.timetable.by)]
  if (marks.box.opensAt !== null) by.push(reason('already-done', clause, moment(marks.box.opensAt)))
  const from = latest(startsAt, act.occurredAt)
  const until = after(startsAt, stage.timetable.within, reckoning)
  if (act.opensAt < from) by.push(reason('too-early', clause, moment(from), moment(act.opensAt)))
  if (act.opensAt > until) by.push(reason('too-late', clause, moment(until), moment(act.opensAt)))
  const closesAt = closing(stage, act.opensAt, reckoning)
  return together(kase, by, 'timetable', marks, String(act.opensAt), [{ kind: 'scheduled', opensAt: act.opensAt, closesAt }])
}

function open(kase: StageCase, { stage, startsAt, marks }: Running<'ballot'>): Finding {
  const { act, clause, reckoning } = kase
  const reasons: Reason[] = [...byRule(kase)]
  const { opensAt, openedAt } = marks.box
  if (openedAt !== null) reasons.push(reason('already-done', clause, moment(openedAt)))
  if (opensAt === null) reasons.push(reason('too-early', clause, moment(startsAt), moment(act.occurredAt)))
  else if (act.occurredAt < opensAt) reasons.push(reason('too-early', clause, moment(opensAt), moment(act.occurredAt)))
  const setup = fieldsFact(kase, 'setup', null)?.text('fingerprint') ?? null
  if (setup === null) return { reasons: [...reasons, reason('missing-fact', clause)], events: [] }
  // A ballot that opens late is open for its whole period all the same.
  const event = {
    kind: 'opened',
    setup: setup as Extract<EventBody, { kind: 'opened' }>['setup'],
    closesAt: closing(stage, act.occurredAt, reckoning),
  } as const
  return { reasons, events: [event] }
}

/** The frozen roll a ballot is held on. */
const rollOf = (kase: StageCase, stage: StageOf<'ballot'>) => marksOf(kase.decision, stage.roll).roll

function cast(kase: StageCase, act: ActOf<'cast'>, { stage, startsAt, marks }: Running<'ballot'>): Finding {
  const { clause, reckoning } = kase
  const { box } = marks
  const roll = rollOf(kase, stage)
  if (box.openedAt === null || box.closesAt === null)
    return { reasons: [reason('too-early', clause, moment(box.opensAt ?? startsAt), moment(act.occurredAt))], events: [] }
  if (box.closedAt !== null)
    return { reasons: [reason('too-late', clause, moment(box.closesAt), moment(act.recordedAt))], events: [] }
  const reasons: Reason[] = []
  if (act.occurredAt < box.openedAt) reasons.push(reason('too-early', clause, moment(box.openedAt), moment(act.occurredAt)))
  if (roll === null) reasons.push(reason('missing-fact', clause, named('stage', stage.roll)))
  else {
    reasons.push(
      ...(act.as === `electorate ${roll.electorate}`
        ? []
        : [reason('wrong-electorate', clause, named('electorate', roll.electorate, roll.size))]),
    )
    reasons.push(...electorReasons(kase, kase.rulebook, roll.electorate))
    // The register of today does not say who was on the roll: only the roll does.
    const shown = factOf(kase, 'eligible', roll.electorate)
    if (shown !== null && shown.source !== 'roll')
      reasons.push(reason('missing-fact', clause, named('electorate', roll.electorate, roll.size)))
  }
  const extended = roll === null ? null : extension(stage, marks, act, roll.size, reckoning)
  return { reasons, events: [{ kind: 'cast', ballot: act.ballot }, ...(extended === null ? [] : [extended])] }
}

/** A ballot whose quorum is first met in its last hours stays open longer, so that nobody can hold back the deciding votes. */
function extension(
  stage: StageOf<'ballot'>,
  { box }: StageMarks,
  act: ActOf<'cast'>,
  rollSize: number,
  reckoning: Reckoning,
): EventBody | null {
  const rule = stage.lateQuorum
  if (rule === null || box.closesAt === null || (rule.once && box.extended) || includesPerson(box.voters, act.by)) return null
  const needed = stage.pass.map((c) =>
    c.kind === 'measure' && c.measure === 'turnout'
      ? neededFor(c.threshold, (b) => (b.kind === 'votes' && b.of === 'roll' ? rollSize : null))
      : null,
  )
  const quorum = Math.max(...needed.map((n) => n ?? 0))
  if (quorum === 0 || box.voters.size + 1 !== quorum || act.occurredAt < before(box.closesAt, rule.ifMetInLast, reckoning))
    return null
  return { kind: 'extended', closesAt: after(box.closesAt, rule.extend, reckoning) }
}

function declare(kase: StageCase, { stage, startsAt, marks }: Running<'ballot'>): Finding {
  const { clause, act } = kase
  const reasons: Reason[] = [...byRule(kase)]
  const roll = rollOf(kase, stage)
  if (marks.box.closedAt === null)
    return {
      reasons: [...reasons, reason('too-early', clause, moment(marks.box.closesAt ?? startsAt), moment(act.occurredAt))],
      events: [],
    }
  const fact = fieldsFact(kase, 'tally', null)
  const count = (key: string): number => fact?.count(key) ?? -1
  const [inFavour, against, blank, valid, returned] = ['for', 'against', 'blank', 'valid', 'cast'].map(count) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const adds = Math.min(inFavour, against, blank) >= 0 && inFavour + against + blank === valid && valid <= returned
  if (!adds || roll === null || returned > marks.box.voters.size || returned > roll.size)
    return {
      reasons: [...reasons, reason('missing-fact', clause, none, { unit: 'votes', count: Math.max(returned, 0) })],
      events: [],
    }
  const votes = { for: inFavour, against, blank, cast: returned }
  const judged = judgeBallot(stage.pass, votes, ballotBases(stage.abstain, roll, votes, electorateBases(kase)))
  if (judged.some((j) => j === null)) reasons.push(reason('missing-fact', clause, none, { unit: 'votes', count: returned }))
  const outcome =
    judged.every((j) => j?.holds === true) && (inFavour !== against || stage.tie === 'carried') ? 'carried' : 'fallen'
  return { reasons, events: [{ kind: 'declared', outcome, tally: votes }] }
}

function certify(kase: StageCase, { stage, startsAt, marks }: Running<'certify'>): Finding {
  const { act, reckoning } = kase
  const deputy = stage.timeout.kind === '<office> certifies' ? stage.timeout.office : null
  const lapsed = act.recordedAt >= after(startsAt, stage.within, reckoning)
  const by: Actors = deputy !== null && lapsed ? [{ kind: 'named', id: deputy }] : stage.by
  return together(kase, actorReasons(kase, kase.rulebook, kase.clause, by), 'certify', marks, null, [{ kind: 'certified' }])
}

function challenge(kase: StageCase, act: ActOf<'challenge'>, { stage, startsAt, marks }: Running<'challenge'>): Finding {
  const { clause, reckoning } = kase
  const reasons: Reason[] = [...actorReasons(kase, kase.rulebook, clause, stage.by)]
  const until = after(startsAt, stage.within, reckoning)
  if (act.recordedAt >= until) reasons.push(reason('too-late', clause, moment(until), moment(act.recordedAt)))
  if (!stage.grounds.includes(act.ground)) reasons.push(reason('not-a-ground', clause))
  if (marks.challenges.some((c) => c.by === act.by && c.ground === act.ground)) reasons.push(reason('already-done', clause))
  return { reasons, events: [{ kind: 'challenged', ground: act.ground, document: act.document }] }
}

function answer(kase: StageCase, act: ActOf<'answer-challenge'>, { stage, marks }: Running<'challenge'>): Finding {
  const reasons: Reason[] = [...wrongBody(kase, stage.to)]
  if (!marks.challenges.some((c) => c.answer === null)) reasons.push(reason('wrong-stage', kase.clause, named('stage', stage.id)))
  reasons.push(...bodyReasons(kase, kase.rulebook, stage.to, null, kase.clause, act.outcome === 'upheld'))
  return { reasons, events: [{ kind: 'challenge-answered', outcome: act.outcome }] }
}

function enact(kase: StageCase, act: ActOf<'enact'>): Finding {
  const { clause, decision, editions } = kase
  const reasons: Reason[] = [...byRule(kase)]
  const inForce = editions.byNumber.get(editions.inForce)
  if (decision.changes.length === 0) {
    if (act.text !== decision.document) reasons.push(reason('text-changed', clause, textOf(decision.document), textOf(act.text)))
    return { reasons, events: [{ kind: 'enacted', text: act.text, newEdition: editions.inForce }] }
  }
  for (const change of decision.changes) {
    const now = inForce?.clauses.get(change.clause)?.fingerprint ?? null
    if (now !== change.before)
      reasons.push(reason('text-changed', `${change.clause}@${editions.inForce}`, textOf(change.before), textOf(now)))
  }
  const resulting = fieldsFact(kase, 'resulting-text', null)
  if (resulting?.text('text') !== act.text) reasons.push(reason('missing-fact', clause, textOf(act.text)))
  // Findings of the linter stop a proposal, never an enactment: else whoever updates the linter holds a veto.
  else if (resulting.count('diagnostics') !== 0) reasons.push(reason('invalid-text', clause, none, textOf(act.text)))
  const newEdition = (editions.inForce + 1) as typeof editions.inForce
  return { reasons, events: [{ kind: 'enacted', text: act.text, newEdition }] }
}
