import type { Instant } from '@quorate/kernel'
import { seatsOf } from '../decision/body-vote.ts'
import { after } from '../calendar.ts'
import type { Duration } from '../language/expression.ts'
import { cite, onlyProvision, provision, type Provision, type Rulebook } from '../language/model.ts'
import { factOf, fieldsFact, moment, named, none, people, reason, tooFew } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { Citation, Pseudonym } from '../terms.ts'
import { bodyAuthority, officerAuthority, powerWays, voteAuthority, type Authority } from './authority.ts'
import { compiledGrants, type CompiledGrant } from './grants.ts'
import { lineageOf } from './group.ts'
import { actorOf, done, judgement, no, noRule, type Does, type Effect, type Judgement, type Judging } from './judging.ts'
import { seatKey, seatOf, seatsHeldBy, termKey, unitOf, type Filling, type Leaving, type Place, type Seat } from './seat.ts'
import { seatedOf, sittingsOf } from './sitting.ts'
import { rowOf } from './table.ts'

/** The rule of a place: its seat class or office, term and limit. */
export type SeatRule = {
  readonly clause: Citation
  readonly term: Duration | null
  readonly termLimit: number | null
  /** How a term ends, when it is not at once. */
  readonly ends: { readonly kind: string; readonly length?: Duration } | null
  readonly share: NonNullable<Provision<'office'>['rule']['jobShare']> | null
  readonly body: Provision<'body'> | null
  readonly office: Provision<'office'> | null
}

/** The rule of a place, or null where there is no such seat. */
export function ruleOf(rulebook: Rulebook, place: Place): SeatRule | null {
  if (place.number < 1) return null
  if (place.of === 'office') {
    const office = provision(rulebook, 'office', place.id)
    if (office === null || place.seat !== '' || place.number > office.rule.holders) return null
    if ((office.rule.per !== null) !== (place.group !== null)) return null
    const { term, termLimit, ends, jobShare } = office.rule
    return {
      clause: cite(rulebook, office.clause),
      term,
      termLimit: termLimit?.times ?? null,
      ends,
      share: jobShare,
      body: null,
      office,
    }
  }
  const body = provision(rulebook, 'body', place.id)
  const seat = body?.rule.seats.find((s) => s.id === place.seat)
  if (body === null || seat === undefined || seat.everyoneIn !== null) return null
  if ((body.rule.instances === 'many') !== (place.group !== null)) return null
  if (seat.count !== null && place.number > seat.count) return null
  const { term, termLimit, ends } = body.rule
  return { clause: cite(rulebook, body.clause), term, termLimit: termLimit?.times ?? null, ends, share: null, body, office: null }
}

/** Fills a seat: at the start of a term by the way its class is filled, in a vacancy by the way vacancies are. */
export function judgeFill(j: Judging, does: Does<'fill-seat'>): readonly Judgement[] {
  const rule = ruleOf(j.rulebook, does.place)
  if (rule === null) return [noRule(j, 'elect')]
  const seat = seatOf(j.movement.seats, does.place)
  const vacancy = seat?.vacancy ?? null
  const isCasual = vacancy !== null && vacancy.restUntil !== null && j.now < vacancy.restUntil
  const wanted = isCasual ? 'fill-vacancy' : 'elect'
  const grants = compiledGrants(j.rulebook).filter((g) => g.act === wanted && isOn(g, does.place))
  const common = [...placeReasons(j, does, rule, seat), ...personReasons(j, does.place, does.person, rule)]
  const effects = fillEffects(j, does, rule, seat)
  const late = isCasual && rule.body !== null ? vacancyReasons(j, rule.body, vacancy.restUntil) : []
  if (vacancy?.why === 'quashed') {
    const after = afterQuashing(j, does, vacancy.restUntil, [...common], effects)
    if (after !== null) return [after]
  }
  const own = grants.map((grant) => {
    const by = grantAuthority(j, grant, does, isCasual)
    return judgement(grant.clause, [...by.reasons, ...late, ...common], effects, by.relies)
  })
  const fallback =
    isCasual && rule.body?.rule.vacancy?.else != null ? [byElection(j, does, rule, seat, [...late, ...common], effects)] : []
  const powers = powerWays(j, wanted, does.place.group, does.under).map((way) =>
    judgement(way.clause, [...way.reasons, ...common], effects, way.relies),
  )
  const ways = [...own, ...fallback, ...powers]
  return ways.length > 0 ? ways : [noRule(j, wanted)]
}

/** A seat whose holder's appointment was quashed is filled as the clause on validity says, if it says anything. */
function afterQuashing(
  j: Judging,
  does: Does<'fill-seat'>,
  restUntil: Instant | null,
  common: readonly Reason[],
  effects: readonly Effect[],
): Judgement | null {
  const found = onlyProvision(j.rulebook, 'validity')
  const seats = found?.rule.onQuash?.seats ?? null
  if (found === null || seats === null) return null
  const clause = cite(j.rulebook, found.clause)
  if (seats === 'empty') {
    const left = restUntil !== null && j.now < restUntil ? [reason('too-early', clause, moment(restUntil), moment(j.now))] : []
    return left.length === 0 ? null : judgement(clause, [...left, ...common], effects, [], restUntil)
  }
  const how = seats === 'by-election' ? 'elected' : 'countback'
  const wrong = does.how === how ? [] : [reason('no-power', clause, named('power', 'fill-vacancy'), none)]
  const byRule = j.act.by === 'rule' ? [] : [reason('no-power', clause, none, named('power', 'fill-vacancy'))]
  return judgement(clause, [...wrong, ...byRule, ...counted(j, does, how, clause), ...common], effects)
}

/** Who held over leaves as their successor comes; a vacancy or a share is filled for the rest of its term. */
function fillEffects(
  j: Judging,
  { place, person, how }: Does<'fill-seat'>,
  rule: SeatRule,
  seat: Seat | null,
): readonly Effect[] {
  const over = (seat?.holders ?? []).filter((t) => t.until !== null && t.until <= j.now)
  const sharing = (seat?.holders ?? []).find((t) => !over.includes(t))
  const rest = sharing?.until ?? seat?.vacancy?.restUntil ?? null
  const whole = rule.term === null ? null : after(j.now, rule.term, j.reckoning)
  const until = rest !== null && j.now < rest ? rest : whole
  const left = over.map((t) => done({ kind: 'seat-left', place, person: t.person, why: 'term ended', fillBy: null }))
  const terms = termsOf(j, place, person, rule)
  return [...left, done({ kind: 'seat-filled', place, person, how, until, leavesAt: leavingAt(j, rule, until), terms })]
}

/** What follows when a holder goes: of those who share the seat, all go where the rule says so. */
function leaving(j: Judging, rule: SeatRule, place: Place, person: Pseudonym, why: Leaving): readonly Effect[] {
  const others =
    rule.share?.ifOneLeaves === 'all leave'
      ? (seatOf(j.movement.seats, place)?.holders ?? []).filter((t) => t.person !== person)
      : []
  const by = fillBy(j, place, j.now)
  const all = [{ person, why }, ...others.map((t) => ({ person: t.person, why: 'ceased' as const }))]
  return all.map((one) => done({ kind: 'seat-left', place, person: one.person, why: one.why, fillBy: by }))
}

/** When time alone ends a term: at its end, or later where the holder stays until somebody follows. Null: only a successor ends it. */
function leavingAt(j: Judging, { ends }: SeatRule, until: Instant | null): Instant | null {
  if (until === null || ends === null || ends.kind === 'at end of term') return until
  return ends.length === undefined ? null : after(until, ends.length, j.reckoning)
}

const isOn = (grant: CompiledGrant, place: Place): boolean =>
  grant.on.of === place.of && grant.on.id === place.id && (grant.on.seat === null || grant.on.seat === place.seat)

/** The fallback of a vacancy: an election, once nobody could be found, or the time for it is over. */
function byElection(
  j: Judging,
  does: Does<'fill-seat'>,
  rule: SeatRule,
  seat: Seat | null,
  common: readonly Reason[],
  effects: readonly Effect[],
): Judgement {
  const reasons: Reason[] = []
  if (seat?.overdue !== true && factOf(j, 'nobody-left', seatKey(does.place))?.value !== true)
    reasons.push(reason('missing-fact', rule.clause, named('body', does.place.id)))
  if (does.how !== 'elected') reasons.push(reason('no-power', rule.clause, named('power', 'elect')))
  return judgement(rule.clause, [...reasons, ...counted(j, does, 'elected', rule.clause), ...common], effects)
}

/** That a count, a draw or a nomination named this person for this seat, with its evidence. */
function counted(j: Judging, does: Does<'fill-seat'>, fact: string, clause: Citation): readonly Reason[] {
  const found = fieldsFact(j, fact, seatKey(does.place))
  const unit = does.place.of
  if (found === null || found.fact.evidence === null) return [reason('missing-fact', clause, named(unit, does.place.id))]
  return found.text('person') === does.person ? [] : [reason('not-eligible', clause, named(unit, does.place.id))]
}

const fillings: Readonly<Record<'election' | 'lot' | 'nomination' | 'appointment', Filling>> = {
  election: 'elected',
  lot: 'drawn',
  nomination: 'nominated',
  appointment: 'appointed',
}

function grantAuthority(j: Judging, grant: CompiledGrant, does: Does<'fill-seat'>, isCasual: boolean): Authority {
  const { holder, clause } = grant
  const wrongWay = (how: Filling): readonly Reason[] =>
    does.how === how ? [] : [reason('no-power', clause, named('power', grant.act), none)]
  const byRule = j.act.by === 'rule' ? [] : [reason('no-power', clause, none, named('power', grant.act))]
  switch (holder.kind) {
    case 'election': {
      // Bodies elect in their meetings, by resolution; electorates by a ballot whose count is a fact.
      if (provision(j.rulebook, 'body', holder.of) === null)
        return { reasons: [...wrongWay('elected'), ...byRule, ...counted(j, does, 'elected', clause)], relies: [] }
      const own = bodyAuthority(j, holder.of, groupFor(j, holder.of, does.place), does.under, clause)
      return { ...own, reasons: [...wrongWay('elected'), ...fromReasons(j, holder.from ?? null, does, clause), ...own.reasons] }
    }
    case 'lot':
      return { reasons: [...wrongWay('drawn'), ...byRule, ...counted(j, does, 'drawn', clause)], relies: [] }
    case 'nomination':
      return { reasons: [...wrongWay('nominated'), ...byRule, ...counted(j, does, 'nominated', clause)], relies: [] }
    case 'appointment': {
      const how = isCasual && grant.from === 'vacancy' ? 'co-opted' : fillings.appointment
      const own =
        provision(j.rulebook, 'office', holder.of) === null
          ? bodyAuthority(j, holder.of, groupFor(j, holder.of, does.place), does.under, clause)
          : officerAuthority(j, holder.of, null, clause)
      return { ...own, reasons: [...wrongWay(how), ...own.reasons] }
    }
    case 'rule': {
      const body = provision(j.rulebook, 'body', does.place.id)?.rule.vacancy?.fill
      const [how, fact] = body === 'next drawn' ? (['drawn', 'drawn'] as const) : (['countback', 'countback'] as const)
      return { reasons: [...wrongWay(how), ...byRule, ...counted(j, does, fact, clause)], relies: [] }
    }
    default:
      return { reasons: [reason('no-power', clause)], relies: [] }
  }
}

/** Who is elected `from` a body has a seat on it, in its group's own instance where there is one. */
function fromReasons(j: Judging, from: string | null, does: Does<'fill-seat'>, clause: Citation): readonly Reason[] {
  const body = from === null ? null : provision(j.rulebook, 'body', from)
  if (body === null || body.rule.seats.some((s) => s.everyoneIn !== null)) return []
  const group = groupFor(j, body.rule.id, does.place)
  const sits = sittingsOf(j.rulebook, j.movement, does.person, body.rule.id, group, j.now).length > 0
  return sits ? [] : [reason('not-eligible', clause, named('body', body.rule.id))]
}

/** The group of a place, where the body that fills it is one of each group. */
export const groupFor = (j: Judging, body: string, place: Place): string | null =>
  provision(j.rulebook, 'body', body)?.rule.instances === 'many' ? place.group : null

/** A vacancy near the end of the term is left, where the rule says so. */
function vacancyReasons(j: Judging, body: Provision<'body'>, restUntil: Instant | null): readonly Reason[] {
  const unless = body.rule.vacancy?.unless
  if (unless == null || restUntil === null) return []
  return after(j.now, unless.length, j.reckoning) > restUntil
    ? [reason('too-late', cite(j.rulebook, body.clause), moment(restUntil), moment(j.now))]
    : []
}

/** The seat itself: one holder at a time, unless the office is shared; a term never begins before the last one ended. */
function placeReasons(j: Judging, does: Does<'fill-seat'>, rule: SeatRule, seat: Seat | null): readonly Reason[] {
  if (seat === null) return []
  const reasons: Reason[] = []
  const serving = seat.holders.filter((t) => t.until === null || j.now < t.until)
  if (serving.length >= (rule.share?.upTo ?? 1))
    reasons.push(reason('already-done', rule.clause, people(rule.share?.upTo ?? 1), people(serving.length)))
  if (seat.holders.some((t) => t.person === does.person && serving.includes(t))) reasons.push(reason('already-done', rule.clause))
  const lastLeft = seat.past.at(-1)?.left?.at
  if (lastLeft !== undefined && j.now < lastLeft) reasons.push(reason('too-early', rule.clause, moment(lastLeft), moment(j.now)))
  return reasons
}

/** The terms a person would have begun in a row. A whole term between breaks the row; a merged group's terms count with its successor. */
function termsOf(j: Judging, place: Place, person: Pseudonym, rule: SeatRule): number {
  const groups = place.group === null ? [null] : lineageOf(j.movement.groups, place.group)
  const counts = groups.map((group) => {
    const known = rowOf(j.movement.seats.terms, termKey({ ...place, group }, person))
    if (known === null) return 0
    const isBroken = known.endsAt !== null && rule.term !== null && j.now >= after(known.endsAt, rule.term, j.reckoning)
    return isBroken ? 0 : known.terms
  })
  return Math.max(...counts) + 1
}

/** The person: term limits, and what cannot be held together with what. */
export function personReasons(j: Judging, place: Place, person: Pseudonym, rule: SeatRule): readonly Reason[] {
  const reasons: Reason[] = []
  const terms = termsOf(j, place, person, rule)
  if (rule.termLimit !== null && terms > rule.termLimit)
    reasons.push(reason('term-limit', rule.clause, people(rule.termLimit), people(terms - 1)))
  const held = seatsHeldBy(j.movement.seats, person)
  for (const seat of held)
    if (unitOf(seat.place) === unitOf(place) && seatKey(seat.place) !== seatKey(place))
      reasons.push(reason('incompatible', rule.clause, named(place.of, place.id)))
  for (const never of rule.office?.rule.never ?? []) {
    if (never.kind !== 'seat on <body>' && never.kind !== 'office <office>') {
      const fact = never.kind.replaceAll(' ', '-')
      if (factOf(j, fact, person)?.value === true) reasons.push(reason('incompatible', rule.clause, named('office', place.id)))
    } else if (held.some((s) => isUnit(s, never))) reasons.push(reason('incompatible', rule.clause, named(place.of, place.id)))
  }
  for (const seat of held) {
    const other = seat.place.of === 'office' ? provision(j.rulebook, 'office', seat.place.id) : null
    const clashes = (other?.rule.never ?? []).some((never) =>
      never.kind === 'seat on <body>'
        ? place.of === 'body' && never.body === place.id
        : never.kind === 'office <office>' && place.of === 'office' && never.office === place.id,
    )
    if (other !== null && clashes)
      reasons.push(reason('incompatible', cite(j.rulebook, other.clause), named('office', seat.place.id)))
  }
  return reasons
}

type Never = NonNullable<Provision<'office'>['rule']['never']>[number]
const isUnit = (seat: Seat, never: Never): boolean =>
  (never.kind === 'seat on <body>' && seat.place.of === 'body' && seat.place.id === never.body) ||
  (never.kind === 'office <office>' && seat.place.of === 'office' && seat.place.id === never.office)

/** Until when a vacancy should be filled: by the time its rule gives for the election. */
export function fillBy(j: Pick<Judging, 'rulebook' | 'reckoning'>, place: Place, at: Instant): Instant | null {
  const vacancy = place.of === 'body' ? (provision(j.rulebook, 'body', place.id)?.rule.vacancy ?? null) : null
  const length = vacancy?.within ?? vacancy?.else?.length ?? null
  return length === null ? null : after(at, length, j.reckoning)
}

/** Resignation: the holder's own act, needing nobody's leave. */
export function judgeLeave(j: Judging, does: Does<'leave-seat'>): Judgement {
  const rule = ruleOf(j.rulebook, does.place)
  const person = actorOf(j)
  const tenure = seatOf(j.movement.seats, does.place)?.holders.find((t) => t.person === person)
  if (rule === null || person === null || tenure === undefined)
    return no(
      rule?.clause ?? noRule(j, 'recall').clause,
      reason('not-eligible', rule?.clause ?? noRule(j, 'recall').clause, named(does.place.of, does.place.id)),
    )
  const early = j.now < tenure.from ? [reason('too-early', rule.clause, moment(tenure.from), moment(j.now))] : []
  return judgement(rule.clause, early, leaving(j, rule, does.place, person, 'resigned'), [tenure.event])
}

/** Removal: by the vote the office names, or by a decision under the power to recall. */
export function judgeRemove(j: Judging, does: Does<'remove-holder'>): readonly Judgement[] {
  const rule = ruleOf(j.rulebook, does.place)
  if (rule === null) return [noRule(j, 'recall')]
  const { place, person } = does
  const event = leaving(j, rule, place, person, 'removed')
  const common = holdingReasons(j, place, person, rule.clause)
  const own = compiledGrants(j.rulebook).flatMap((g) => {
    if (g.act !== 'recall' || g.holder.kind !== 'vote' || !isOn(g, place)) return []
    const by = voteAuthority(j, g.holder.vote, place.group, does.under, ['recall'], g.clause)
    return [judgement(g.clause, [...by.reasons, ...common], event, by.relies)]
  })
  const powers = powerWays(j, 'recall', place.group, does.under).map((way) =>
    judgement(way.clause, [...way.reasons, ...common], event, way.relies),
  )
  return own.length + powers.length > 0 ? [...own, ...powers] : [noRule(j, 'recall')]
}

/** Why a person is not in a seat. */
export function holdingReasons(j: Judging, place: Place, person: Pseudonym, clause: Citation): readonly Reason[] {
  const tenure = seatOf(j.movement.seats, place)?.holders.find((t) => t.person === person)
  if (tenure === undefined) return [reason('not-eligible', clause, named(place.of, place.id))]
  return j.now < tenure.from ? [reason('too-early', clause, moment(tenure.from), moment(j.now))] : []
}

/** A seat falls free by itself: its holder died, or meets what ends the office. */
export function judgeCease(j: Judging, does: Does<'cease'>): Judgement {
  const rule = ruleOf(j.rulebook, does.place)
  if (rule === null) return noRule(j, 'recall')
  const { place, person, why } = does
  const reasons = [...holdingReasons(j, place, person, rule.clause)]
  if (j.act.by !== 'rule') reasons.push(reason('no-power', rule.clause, none, named('power', 'recall')))
  if (why === 'ceased' && rule.office?.rule.ceasesWhen == null && rule.body?.rule.ceasesWhen == null)
    reasons.push(reason('no-power', rule.clause, none, named('power', 'recall')))
  const fact = factOf(j, why === 'died' ? 'died' : 'ceases', seatKey(place))
  if (fact?.value !== true || fact.evidence === null) reasons.push(reason('missing-fact', rule.clause, named(place.of, place.id)))
  return judgement(rule.clause, reasons, leaving(j, rule, place, person, why))
}

/** Why a body may do nothing but fill seats: more of them stand empty than its rule bears. */
export function emptySeatReasons(j: Judging, body: string, group: string | null): readonly Reason[] {
  const found = provision(j.rulebook, 'body', body)
  const most = found?.rule.vacancy?.emptyAtMost
  const filled = seatedOf(j, j.rulebook, j.movement, body, group)
  const established = seatsOf(j.rulebook, body)
  if (found === null || most == null || filled === null || established === null) return []
  const least = established - most.count
  return filled < least ? [tooFew('short-support', cite(j.rulebook, found.clause), 'seats', least, filled)] : []
}
