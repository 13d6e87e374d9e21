import type { Instant } from '@quorate/kernel'
import { capacityOf, capacityQuantity, electorReasons, officeReasons } from '../actors.ts'
import { seatsOf } from '../decision/body-vote.ts'
import type { Actors, Condition, Vote } from '../language/expression.ts'
import { judgeCondition, type Bases } from '../measure.ts'
import { cite, provision, provisionsOf, type Provision, type Rulebook } from '../language/model.ts'
import { countFact, factOf, fieldsFact, moment, named, none, reason, tooFew, type Case } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import { decisionOf } from '../state.ts'
import type { Capacity, Citation, PowerName, Pseudonym } from '../terms.ts'
import { delegationsTo } from './delegation.ts'
import { actorOf, type Judging } from './judging.ts'
import { meetingOf, resolutionOn, type Meeting, type Resolution } from './meeting.ts'
import { mayNotThen } from './may-then.ts'
import type { Movement } from './movement.ts'
import { ordersOn } from './order.ts'
import { endedByChange, knowsHolders, officeHeld, seatedOf, sittingsOf } from './sitting.ts'
import type { Under } from './under.ts'

/** Why an act may not be done by those who do it, and which events their right to do it rests on. */
export type Authority = { readonly reasons: readonly Reason[]; readonly relies: readonly string[] }

const granted: Authority = { reasons: [], relies: [] }
const denied = (...reasons: readonly Reason[]): Authority => ({ reasons, relies: [] })

/** Whether the one who acts holds an office, by the movement's own seats or else by fact. */
export function officerAuthority(j: Judging, office: string, group: string | null, clause: Citation): Authority {
  const wanted: Capacity = `office ${office}`
  if (j.act.as !== wanted) return denied(reason('no-power', clause, named('office', office), capacityQuantity(j.act.as)))
  if (!knowsHolders(j.movement, office, group)) return denied(...officeReasons(j, j.rulebook, office, clause))
  const person = actorOf(j)
  const over = endedByChange(j.editions, j.rulebook, j.movement, office, group)
  const held = person === null || over ? [] : officeHeld(j.rulebook, j.movement, office, group, person, j.now)
  const cited = provision(j.rulebook, 'office', office)?.clause
  return held.length > 0
    ? { reasons: [], relies: held }
    : denied(reason('not-eligible', cited === undefined ? clause : cite(j.rulebook, cited), named('office', office)))
}

/** What a vote is measured by. `recused`: how many seats stand outside both vote and quorum. */
export type Votes = {
  readonly for: number
  readonly against: number
  readonly present: number
  readonly recused: number
  /** When the meeting was called: the instant of bases "at notice". */
  readonly noticedAt: Instant | null
}

/** Sizes of bases as they are for one body at one meeting. A base at notice counts only from a fact of that very instant. */
export function bodyBases(
  kase: Case,
  rulebook: Rulebook,
  movement: Movement,
  body: string,
  group: string | null,
  votes: Votes,
): Bases {
  const seats = seatsOf(rulebook, body)
  const sitting = provision(rulebook, 'body', body)?.rule.sits?.of ?? null
  return (base) => {
    if (base.kind === 'seats') {
      if (base.ofClass !== null) return null
      if (base.sitting) return sitting
      const size = base.filled
        ? seatedOf(kase, rulebook, movement, body, group)
        : (seats ?? seatedOf(kase, rulebook, movement, body, group))
      return size === null ? null : Math.max(0, size - votes.recused)
    }
    if (base.kind === 'electorate') {
      const of = base.thisGroup && group !== null ? `${base.id}@${group}` : base.id
      const known =
        base.at === 'notice' && votes.noticedAt !== null ? kase.facts.filter((f) => f.at === votes.noticedAt) : kase.facts
      return countFact({ ...kase, facts: known }, 'electorate-size', of)
    }
    if (base.kind === 'bodies' || base.kind === 'quorum') return null
    if (base.of === 'for-and-against' || base.of === 'votes-cast') return votes.for + votes.against
    return base.of === 'present' ? votes.present : null
  }
}

/** Whether a vote meets conditions; null where a base is not known. */
export function meets(conditions: readonly Condition[], votes: Votes, bases: Bases): boolean | null {
  const judged = conditions.map((c) =>
    judgeCondition(c, (m) => (m === 'yes' ? votes.for : m === 'present' ? votes.present : null), bases),
  )
  return judged.some((j) => j === null) ? null : judged.every((j) => j?.holds === true)
}

/** Why a body has not resolved what an act says it did: in a lawful meeting, or by fact where its rules ask for no meeting. */
export function bodyAuthority(
  j: Judging,
  body: string,
  group: string | null,
  under: Under,
  clause: Citation,
  pass: readonly Condition[] | null = null,
  power: PowerName | null = null,
): Authority {
  const found = provision(j.rulebook, 'body', body)
  if (found === null) return denied(reason('unknown-rule', clause, named('body', body)))
  if (j.act.as !== `body ${body}`) return denied(reason('no-power', clause, named('body', body), capacityQuantity(j.act.as)))
  const own = cite(j.rulebook, found.clause)
  if (under.kind === 'resolution') {
    const meeting = meetingOf(j.movement.meetings, under.meeting)
    if (meeting === null || meeting.body !== body || meeting.group !== group)
      return denied(reason('missing-fact', own, named('body', body)))
    if (power !== null && mayNotThen(meeting, found.rule.adjourn, power))
      return denied(reason('no-power', own, named('power', power)))
    return resolved(j, meeting, resolutionOn(meeting, under.item), own, clause, pass)
  }
  if (found.rule.meets !== null) return denied(...outsideMeeting(j, found.rule, found.rule.meets, group, own))
  const fact = fieldsFact(j, 'resolution', body)
  const [inFavour, against] = [fact?.count('for') ?? null, fact?.count('against') ?? null]
  if (inFavour === null || against === null) return denied(reason('missing-fact', own, named('body', body)))
  const votes = { for: inFavour, against, present: fact?.count('present') ?? inFavour + against, recused: 0, noticedAt: null }
  const bases = bodyBases(j, j.rulebook, j.movement, body, group, votes)
  const quorum = judgeCondition(found.rule.quorum, (m) => (m === 'present' ? votes.present : null), bases)
  const carried = meets(pass ?? found.rule.decides.pass, votes, bases)
  if (quorum === null || carried === null) return denied(reason('missing-fact', own, named('body', body)))
  if (!quorum.holds) return denied(tooFew('short-support', own, 'seats', quorum.needed, quorum.actual))
  return carried ? granted : denied(reason('not-carried', own, none, { unit: 'votes', count: inFavour }))
}

type BodyRule = Provision<'body'>['rule']

/** A body that acts without its meeting: what was left out. */
function outsideMeeting(
  j: Judging,
  rule: BodyRule,
  { notice }: NonNullable<BodyRule['meets']>,
  group: string | null,
  own: Citation,
): readonly Reason[] {
  const reasons: Reason[] = [reason('wrong-stage', own, named('stage', 'meeting'), named('body', rule.id))]
  if (notice.unit === 'clear days') reasons.push(tooFew('short-notice', own, 'clear days', notice.count, 0))
  const votes = { for: 0, against: 0, present: 0, recused: 0, noticedAt: null }
  const bases = bodyBases(j, j.rulebook, j.movement, rule.id, group, votes)
  const quorum = judgeCondition(rule.quorum, (m) => (m === 'present' ? 0 : null), bases)
  if (quorum !== null) reasons.push(tooFew('short-support', own, 'seats', quorum.needed, 0))
  return reasons
}

function resolved(
  j: Judging,
  meeting: Meeting,
  resolution: Resolution | null,
  own: Citation,
  clause: Citation,
  pass: readonly Condition[] | null,
): Authority {
  if (resolution === null) return denied(reason('missing-fact', own, named('body', meeting.body)))
  const votes = { ...resolution, recused: 0, noticedAt: meeting.calledAt }
  const bases = bodyBases(j, j.rulebook, j.movement, meeting.body, meeting.group, votes)
  // Consensus is more than any vote asks for.
  const asIs = pass === null || resolution.way === 'consensus'
  const carried = asIs ? resolution.outcome === 'carried' : meets(pass, votes, bases)
  if (carried === null) return denied(reason('missing-fact', clause, named('body', meeting.body)))
  return carried
    ? { reasons: [], relies: [meeting.event, resolution.event] }
    : denied(reason('not-carried', clause, none, { unit: 'votes', count: resolution.for }))
}

/** Why a decision does not carry a power: not carried, not for this power, or not known. */
function decisionAuthority(
  j: Judging,
  under: Extract<Under, { readonly kind: 'decision' }>,
  powers: readonly PowerName[],
  clause: Citation,
): Authority {
  const decision = decisionOf(j.state, under.decision)
  const power = decision?.power ?? fieldsFact(j, 'carried', String(under.decision))?.text('power') ?? null
  if (power === null) return denied(reason('missing-fact', clause, named('power', powers[0] ?? '')))
  if (!powers.includes(power)) return denied(reason('no-power', clause, named('power', powers[0] ?? ''), named('power', power)))
  const carried = decision === null || decision.ended?.outcome === 'carried'
  return carried
    ? { reasons: [], relies: decision === null ? [] : [`${decision.id}/${decision.events}`] }
    : denied(reason('not-carried', clause))
}

/** Why a vote of a body or an electorate, such as `panel by at least 2/3 of seats`, is not there. */
export function voteAuthority(
  j: Judging,
  vote: Vote,
  group: string | null,
  under: Under,
  powers: readonly PowerName[],
  clause: Citation,
): Authority {
  if (under.kind === 'decision') return decisionAuthority(j, under, powers, clause)
  const found = provision(j.rulebook, 'body', vote.of)
  if (found === null) return denied(reason('missing-fact', clause, named('electorate', vote.of)))
  const condition: Condition = { kind: 'measure', measure: 'yes', ofClass: null, threshold: vote.threshold, orNoneSeated: false }
  return bodyAuthority(j, vote.of, found.rule.instances === 'many' ? group : null, under, clause, [condition], powers[0])
}

/** Whether one of the actors a rule names is the one who acts. */
export function actorsAuthority(j: Judging, actors: Actors, group: string | null, under: Under, clause: Citation): Authority {
  const actor = actors.find((a) =>
    a.kind === 'seat on' ? j.act.as === `body ${a.body}` : capacityOf(j.rulebook, a) === j.act.as,
  )
  if (actor === undefined) {
    const wanted = capacityOf(j.rulebook, actors[0])
    return denied(reason('no-power', clause, wanted === null ? none : capacityQuantity(wanted), capacityQuantity(j.act.as)))
  }
  switch (actor.kind) {
    case 'rule':
      return j.act.by === 'rule' ? granted : denied(reason('no-power', clause, none, capacityQuantity(j.act.as)))
    case 'electorate':
      return denied(...electorReasons(j, j.rulebook, actor.id))
    case 'people': {
      const count = countFact(j, 'signers', actor.electorate) ?? 1
      const few = count < actor.count ? [tooFew('short-support', clause, 'people', actor.count, count)] : []
      return denied(...electorReasons(j, j.rulebook, actor.electorate), ...few)
    }
    case 'seat on':
      return seatAuthority(j, actor.body, group, clause)
    case 'named':
      return provision(j.rulebook, 'body', actor.id) !== null
        ? bodyAuthority(j, actor.id, group, under, clause)
        : officerAuthority(j, actor.id, group, clause)
  }
}

/** Whether the one who acts has a seat on a body: by the movement's own seats, ex officio, or as one of everyone in it, as fact `holds-seat` says. */
export function seatAuthority(j: Judging, body: string, group: string | null, clause: Citation): Authority {
  const person = actorOf(j)
  const held = person === null ? [] : sittingsOf(j.rulebook, j.movement, person, body, group, j.now)
  if (held.length > 0) return { reasons: [], relies: held.map((s) => s.event) }
  const everyone = provision(j.rulebook, 'body', body)?.rule.seats.some((s) => s.everyoneIn !== null) === true
  const stated = everyone ? factOf(j, 'holds-seat', group === null ? body : `${body}@${group}`)?.value : undefined
  if (stated === true && person !== null) return granted
  return denied(reason(everyone && stated === undefined ? 'missing-fact' : 'not-eligible', clause, named('body', body)))
}

/** One way to use a power, with its clause. */
export type PowerWay = Authority & {
  readonly clause: Citation
  readonly limits: ReturnType<typeof powersOf>[number]['rule']['limits']
}
const powersOf = (rulebook: Rulebook, power: PowerName) => provisionsOf(rulebook, 'power').filter((p) => p.rule.act === power)

/** Every way the rules grant a power, each with why it is closed to this act. Empty: it is granted to nobody. */
export function powerWays(j: Judging, power: PowerName, group: string | null, under: Under): readonly PowerWay[] {
  const forbidden = ordersOn(j.movement.orders, { kind: 'power', power }, 'forbid', j.now)
  const held = forbidden.map((order) => reason('stayed', order.clause, order.until === null ? none : moment(order.until)))
  const directed = ordersOn(j.movement.orders, { kind: 'power', power }, 'direct', j.now)
  const ways = powersOf(j.rulebook, power).map((p): PowerWay => {
    const clause = cite(j.rulebook, p.clause)
    const own = holderAuthority(j, p.rule.holder ?? [], p.rule.via ?? [], power, group, under, clause, p.rule.pass)
    return { ...own, reasons: [...own.reasons, ...held], clause, limits: p.rule.limits }
  })
  const [order] = directed
  if (order === undefined || j.act.as !== 'rule') return ways
  return [...ways, { reasons: [...held], relies: [order.event], clause: order.clause, limits: null }]
}

function holderAuthority(
  j: Judging,
  holders: readonly string[],
  via: readonly string[],
  power: PowerName,
  group: string | null,
  under: Under,
  clause: Citation,
  pass: readonly Condition[] | null,
): Authority {
  if (under.kind === 'decision')
    return via.length > 0 || holders.length > 0
      ? decisionAuthority(j, under, [power], clause)
      : denied(reason('no-power', clause))
  const lent = delegationsTo(j.movement.delegations, power, j.act.as, j.now)[0]
  const [unit, id = ''] = j.act.as.split(' ')
  if (!holders.includes(id) && lent === undefined) {
    const [first] = holders
    const wanted =
      first === undefined
        ? named('procedure', via[0] ?? '')
        : capacityQuantity(capacityOf(j.rulebook, { kind: 'named', id: first }) ?? 'rule')
    return denied(reason('no-power', clause, wanted, capacityQuantity(j.act.as)))
  }
  const own = unit === 'body' ? bodyAuthority(j, id, group, under, clause, pass, power) : officerAuthority(j, id, group, clause)
  return lent === undefined ? own : { ...own, relies: [...own.relies, lent.event] }
}

/** Deciders by name, where a meeting knows them: a panel that hears an appeal has none of them. */
export function decidersOf(j: Judging, under: Under): readonly Pseudonym[] {
  if (under.kind === 'resolution') return meetingOf(j.movement.meetings, under.meeting)?.persons ?? []
  return j.act.as.startsWith('office ') && j.act.by !== 'rule' ? [j.act.by] : []
}
