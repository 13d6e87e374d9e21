import type { Threshold } from '../language/expression.ts'
import { neededFor } from '../measure.ts'
import type { Provision } from '../language/model.ts'
import { fieldsFact, named, none, people, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import { decisionOf } from '../state.ts'
import type { DecisionId } from '../terms.ts'
import { bodyBases, meets, type Votes } from './authority.ts'
import { recusedFrom } from './interest.ts'
import { judgement, type Does, type Judgement, type Judging } from './judging.ts'
import { bodyKey, meetingOf, resolutionOn, type Meeting } from './meeting.ts'
import { mayNotThen } from './may-then.ts'
import { emptySeatReasons } from './seat-acts.ts'
import { noMeeting, openReasons, quorumReasons, seatsPresent, sessionOf, type Session } from './session.ts'
import { rowOf } from './table.ts'

/** Takes a vote in an open meeting: on an item of its agenda, with a quorum of those without an interest in it. */
export function judgeResolve(j: Judging, does: Does<'resolve'>): Judgement {
  const found = sessionOf(j, does.meeting)
  if (found === null) return noMeeting(j)
  const { meeting, clause, body } = found
  const reasons: Reason[] = [...openReasons(j, found)]
  if (!meeting.items.includes(does.item)) reasons.push(reason('short-notice', clause, named('stage', 'agenda'), none))
  const out = recusedFrom(j.movement.interests, does.item).filter((i) => meeting.persons.includes(i.person))
  const outOfQuorum = seatsPresent(
    j,
    meeting,
    out.filter((i) => i.effect === 'leaves vote and quorum').map((i) => i.person),
  ).seats
  const outOfVote = seatsPresent(
    j,
    meeting,
    out.map((i) => i.person),
  ).seats
  const present = meeting.present - outOfQuorum
  reasons.push(...quorumReasons(j, found, present, outOfQuorum), ...emptySeatReasons(j, meeting.body, meeting.group))
  const cast = does.for + does.against + does.abstain
  const most = meeting.present - outOfVote + (does.way === 'hands' ? 0 : meeting.proxies)
  if (cast > most && !weighs(body)) reasons.push(reason('conflicted', clause, people(most), people(cast), people(cast - most)))
  if (Math.min(does.for, does.against, does.abstain) < 0) reasons.push(reason('missing-fact', clause))
  reasons.push(...wayReasons(j, found, does), ...consensusReasons(j, found, does), ...powerReasons(j, found, does))
  // Whoever has an interest in an item does not preside over it.
  if (
    meeting.chair !== null &&
    out.some((i) => i.person === meeting.chair) &&
    (j.act.by === meeting.chair || does.casting !== null)
  )
    reasons.push(reason('conflicted', clause, named('office', body.rule.chair?.is ?? 'chair')))
  const noted = { for: does.for, against: does.against, present, recused: outOfQuorum, noticedAt: meeting.calledAt }
  const outcome = does.way === 'consensus' ? consensus(j, found, does) : outcomeOf(j, found, does, noted)
  if (outcome === null) reasons.push(reason('missing-fact', clause, named('body', meeting.body)))
  const { item, way, abstain, casting } = does
  const event = {
    kind: 'resolved',
    meeting: meeting.id,
    item,
    way,
    for: does.for,
    against: does.against,
    abstain,
    present,
    casting,
    outcome: outcome ?? 'fallen',
  } as const
  return judgement(clause, reasons, event, [meeting.event])
}

/** Seats of different weight: then the votes do not count heads. */
const weighs = (body: Provision<'body'>): boolean => body.rule.seats.some((s) => s.weight !== null)

/**
 * A casting vote is there only for a tie, only where the rule gives one, and not the chair's to use for a change where it is `for the status quo`. A
 * secret rule is not met by hands. Where hands are usual, a poll or a secret vote may be asked for: fact `asked` (meeting id) says by how many.
 */
function wayReasons(j: Judging, { body, clause, meeting }: Session, does: Does<'resolve'>): readonly Reason[] {
  const reasons: Reason[] = []
  const tied = does.for === does.against
  const chair = body.rule.chair?.castingVote ?? (body.rule.decides.tie === 'casting vote' ? 'as the chair decides' : 'none')
  const allowed = tied && body.rule.decides.tie === 'casting vote' && chair !== 'none'
  if (does.casting !== null && (!allowed || (chair === 'for the status quo' && does.casting === 'for')))
    reasons.push(reason('no-power', clause))
  const rule = body.rule.vote
  if (rule === 'secret' && does.way !== 'secret') reasons.push(reason('wrong-stage', clause, named('stage', 'ballot')))
  if (rule !== null && typeof rule === 'object') {
    const asked = fieldsFact(j, 'asked', meeting.id)
    const met = (need: Threshold | null, by: number): boolean => {
      const needed =
        need === null
          ? null
          : neededFor(need, (base) => (base.kind === 'votes' && base.of === 'present' ? meeting.present : null))
      return needed !== null && by >= needed
    }
    const secret = met(rule.secretIf, asked?.count('secret') ?? 0)
    const poll = met(rule.pollIf, asked?.count('poll') ?? 0)
    if (secret && does.way !== 'secret') reasons.push(reason('wrong-stage', clause, named('stage', 'ballot')))
    if ((poll || rule.hands === 'never') && does.way === 'hands')
      reasons.push(reason('wrong-stage', clause, named('stage', 'poll')))
  }
  return reasons
}

function outcomeOf(j: Judging, { meeting, body }: Session, does: Does<'resolve'>, votes: Votes): 'carried' | 'fallen' | null {
  if (does.for === does.against) {
    if (body.rule.decides.tie === 'carried') return 'carried'
    return does.casting === 'for' ? 'carried' : 'fallen'
  }
  const carried = meets(body.rule.decides.pass, votes, bodyBases(j, j.rulebook, j.movement, meeting.body, meeting.group, votes))
  return carried === null ? null : carried ? 'carried' : 'fallen'
}

/** Whether so few object that there is consensus; null where what they are a share of is not known. */
function consensus(j: Judging, { body, meeting }: Session, does: Does<'resolve'>): 'carried' | 'fallen' | null {
  const rule = body.rule.decides.consensus
  const noted = { for: does.for, against: does.against, present: meeting.present, recused: 0, noticedAt: meeting.calledAt }
  const bases = bodyBases(j, j.rulebook, j.movement, meeting.body, meeting.group, noted)
  const blocking = rule === null ? 0 : neededFor(rule.blockedBy, bases)
  if (blocking === null) return null
  return does.against < blocking ? 'carried' : 'fallen'
}

/** The first of the meetings that one continues: adjourned, it is still the same meeting. */
function firstOf(j: Judging, meeting: Meeting): Meeting {
  const before = meeting.continues === null ? null : meetingOf(j.movement.meetings, meeting.continues)
  return before === null ? meeting : firstOf(j, before)
}

/** A body that first seeks consensus votes only when there was none, and then only as its rule says. */
function consensusReasons(j: Judging, { body, meeting, clause }: Session, does: Does<'resolve'>): readonly Reason[] {
  const rule = body.rule.decides.consensus
  if (rule === null) return does.way === 'consensus' ? [reason('no-power', clause)] : []
  const id = rowOf(j.movement.meetings.resolvedOn, `${bodyKey(meeting.body, meeting.group)} ${does.item}`)
  const sought = id === null ? null : meetingOf(j.movement.meetings, id)
  const tried = sought === null ? null : resolutionOn(sought, does.item)
  if (does.way === 'consensus') return tried?.outcome === 'carried' ? [reason('already-done', clause)] : []
  if (sought === null || tried === null) return [reason('wrong-stage', clause, named('stage', 'consensus'))]
  if (tried.way !== 'consensus') return []
  if (tried.outcome === 'carried' || rule.then === 'falls') return [reason('already-done', clause)]
  const isSame = firstOf(j, sought).id === firstOf(j, meeting).id
  return rule.then === 'vote at the next meeting' && isSame ? [reason('too-early', clause, named('stage', 'meeting'))] : []
}

/** A meeting held again because too few came may not use every power its body has. The power of an item is that of the decision it is the number of. */
function powerReasons(j: Judging, { body, meeting, clause }: Session, does: Does<'resolve'>): readonly Reason[] {
  const power = decisionOf(j.state, Number(does.item) as DecisionId)?.power // an item that is no number is no decision’s
  return power !== undefined && mayNotThen(meeting, body.rule.adjourn, power)
    ? [reason('no-power', clause, named('power', power))]
    : []
}
