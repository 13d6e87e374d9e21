import type { Instant } from '@quorate/kernel'
import { after } from '../calendar.ts'
import type { Condition } from '../expression.ts'
import { cite, onlyProvision, provision } from '../model.ts'
import { factOf, fieldsFact, moment, named, none, people, reason, tooFew } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import { decisionOf, type DecisionState } from '../state.ts'
import type { Pseudonym } from '../terms.ts'
import { actorOf, judgement, noRule, type Does, type Judgement, type Judging } from './judging.ts'
import { appealOf, openAppeals, type Appeal } from './appeal.ts'
import { bodyBases, decidersOf, meets, powerWays, type PowerWay } from './authority.ts'
import { drawByLot } from './lot.ts'
import type { Target } from './order.ts'
import { sanctionOf } from './sanction.ts'
import { sittingsOf } from './sitting.ts'

/** Ballots whose notice has gone out and whose result is not certified: the window in which nobody's vote may be touched. */
const noticedBallots = (decisions: Readonly<Record<number, DecisionState>>): readonly DecisionState[] =>
  Object.values(decisions).filter((d) => d.ended === null && Object.values(d.stages).some((s) => s.notice !== null) && !isOver(d))

const isOver = (d: DecisionState): boolean => Object.values(d.stages).some((s) => s.certifiedAt !== null)

/** A measure against a person, under the power to suspend or exclude, inside its limits and those of the code of conduct. */
export function judgeSanction(j: Judging, does: Does<'sanction'>): readonly Judgement[] {
  const ways = powerWays(j, does.power, null, does.under)
  if (ways.length === 0 || (does.power !== 'suspend' && does.power !== 'exclude')) return [noRule(j, does.power)]
  const noticed = noticedBallots(j.state.decisions)
  return ways.map((way) => {
    const until = endOf(j, way, does)
    const reasons: Reason[] = [...way.reasons, ...limitReasons(j, way, does, until, noticed)]
    if (sanctionOf(j.movement.sanctions, does.sanction) !== null) reasons.push(reason('already-done', way.clause))
    const { sanction, person, power, code } = does
    const spares = noticed.map((d) => d.id)
    const event = {
      kind: 'sanctioned',
      sanction,
      person,
      power,
      code,
      until,
      spares,
      deciders: decidersOf(j, does.under),
    } as const
    return judgement(way.clause, reasons, event, way.relies)
  })
}

/** When a sanction ends: as asked, and never later than the power's limit; without either, when the code says it expires. */
function endOf(j: Judging, way: PowerWay, does: Does<'sanction'>): Instant | null {
  const most = way.limits?.atMost == null ? null : after(j.now, way.limits.atMost, j.reckoning)
  if (does.until !== null) return does.until
  const listed = codeOf(j, does.code)
  const own = listed?.atMost ?? listed?.expires ?? null
  const coded = own === null ? null : after(j.now, own, j.reckoning)
  return coded === null || (most !== null && most < coded) ? most : coded
}

const codeOf = (j: Judging, code: string | null) =>
  onlyProvision(j.rulebook, 'conduct')?.rule.sanctions.find((s) => s.id === code) ?? null

function limitReasons(
  j: Judging,
  way: PowerWay,
  does: Does<'sanction'>,
  until: Instant | null,
  noticed: readonly DecisionState[],
): readonly Reason[] {
  const { limits, clause } = way
  const reasons: Reason[] = []
  const longest = [limits?.atMost ?? null, codeOf(j, does.code)?.atMost ?? null]
    .filter((d) => d !== null)
    .map((d) => after(j.now, d, j.reckoning))
  for (const most of longest)
    if (until === null || until > most)
      reasons.push(reason('too-late', clause, moment(most), until === null ? none : moment(until)))
  if (until !== null && until <= j.now) reasons.push(reason('too-early', clause, moment(j.now), moment(until)))
  const grounds = limits?.grounds
  if (grounds != null && factOf(j, 'ground-shown', does.sanction)?.value !== true) reasons.push(reason('missing-fact', clause))
  if (does.code !== null && codeOf(j, does.code) === null) reasons.push(reason('not-a-ground', clause))
  const window = limits?.notWithin
  if (window != null && noticed.length > 0) {
    const [ballot] = noticed
    reasons.push(
      reason('too-early', clause, named('stage', window.to), ballot === undefined ? none : named('stage', window.from)),
    )
  }
  return reasons
}

/** Lifts a sanction: by whoever could impose it, or readmit. */
export function judgeLiftSanction(j: Judging, does: Does<'lift-sanction'>): readonly Judgement[] {
  const sanction = sanctionOf(j.movement.sanctions, does.sanction)
  if (sanction === null) return [noRule(j, 'readmit')]
  const ways = [...powerWays(j, 'readmit', null, does.under), ...powerWays(j, sanction.power, null, does.under)]
  const event = { kind: 'sanction-ended', sanction: sanction.id, why: 'lifted' } as const
  return ways.map((way) =>
    judgement(way.clause, [...way.reasons, ...(sanction.endedAt === null ? [] : [reason('already-done', way.clause)])], event, [
      ...way.relies,
      sanction.event,
    ]),
  )
}

/** Appeals, in time, against a sanction or a decision. With a stay, what is appealed is held back until the answer. */
export function judgeAppeal(j: Judging, does: Does<'appeal'>): Judgement {
  const found = provision(j.rulebook, 'appeal', does.rule)
  if (found === null) return noRule(j, 'readmit')
  const clause = cite(j.rulebook, found.clause)
  const { rule } = found
  const what = appealable(j, does.against)
  const reasons: Reason[] = []
  if (what === null) reasons.push(reason('no-such-decision', clause))
  else {
    const until = after(what.at, rule.within, j.reckoning)
    if (j.now >= until) reasons.push(reason('too-late', clause, moment(until), moment(j.now)))
    if (what.person !== null && actorOf(j) !== what.person) reasons.push(reason('not-eligible', clause))
    if (what.rule !== null && what.rule !== does.rule) reasons.push(reason('no-power', clause))
  }
  if (appealOf(j.movement.appeals, does.appeal) !== null || openAppeals(j.movement.appeals, does.against).length > 0)
    reasons.push(reason('already-done', clause))
  const { appeal, against } = does
  const stay = rule.stay?.effect ?? false
  const event = {
    kind: 'appealed',
    appeal,
    rule: does.rule,
    against,
    decideBy: after(j.now, rule.decideWithin, j.reckoning),
    timeout: rule.timeout,
    stay,
  } as const
  return judgement(clause, reasons, event, what === null ? [] : [what.event])
}

type Appealable = {
  readonly at: Instant
  readonly person: Pseudonym | null
  readonly event: string
  readonly rule: string | null
}

function appealable(j: Judging, against: Target): Appealable | null {
  if (against.kind === 'sanction') {
    const sanction = sanctionOf(j.movement.sanctions, against.sanction)
    if (sanction === null) return null
    const granting = j.rulebook.provisions.find((p) => cite(j.rulebook, p.clause) === sanction.clause)
    const rule = granting?.rule.kind === 'power' ? granting.rule.appeal : null
    return { at: sanction.from, person: sanction.person, event: sanction.event, rule }
  }
  if (against.kind !== 'decision') return null
  const decision = decisionOf(j.state, against.decision)
  const last =
    decision === null
      ? null
      : (Object.values(decision.stages)
          .map((s) => s.outcome?.at ?? null)
          .findLast((at) => at !== null) ??
        decision.ended?.at ??
        null)
  return decision === null || last === null
    ? null
    : { at: last, person: null, event: `${decision.id}/${decision.events}`, rule: null }
}

/** Who took part in what is appealed. */
function decidersOfTarget(j: Judging, against: Target): readonly string[] {
  return against.kind === 'sanction' ? (sanctionOf(j.movement.sanctions, against.sanction)?.deciders ?? []) : []
}

/** Draws the panel by lot from those who could sit, without those who took part or have an interest. */
export function judgeDraw(j: Judging, does: Does<'draw-panel'>): Judgement {
  const appeal = appealOf(j.movement.appeals, does.appeal)
  const sitting = appeal === null ? null : tribunalOf(j, appeal)
  if (appeal === null || sitting === null) return noRule(j, 'readmit')
  const { clause } = appeal
  const reasons: Reason[] = []
  if (j.act.by !== 'rule') reasons.push(reason('no-power', clause))
  if (appeal.outcome !== null || appeal.panel.length > 0) reasons.push(reason('already-done', clause))
  const fact = fieldsFact(j, 'seed', does.appeal)
  const seed = fact?.text('seed') ?? null
  // A seed known before the appeal could have been waited for.
  if (fact === null || seed === null || fact.fact.at < appeal.at) reasons.push(reason('missing-fact', clause))
  const out = new Set<string>([
    ...does.conflicted,
    ...(sitting.disjoint ? decidersOfTarget(j, appeal.against) : []),
    String(appeal.by),
  ])
  const free = does.pool.filter((p) => !out.has(p) && !sitting.barred(p))
  if (free.length < sitting.size) reasons.push(tooFew('short-support', clause, 'seats', sitting.size, free.length))
  // By rota the pool stands in the order in which its members take their turn; by lot no order of theirs counts.
  const panel = sitting.rota ? free.slice(0, sitting.size) : drawByLot(seed ?? '', free, sitting.size)
  return judgement(clause, reasons, { kind: 'panel-drawn', appeal: appeal.id, panel, seed: seed ?? '' }, [appeal.event])
}

type Tribunal = {
  readonly body: string
  readonly size: number
  readonly disjoint: boolean
  readonly pass: readonly Condition[]
  readonly rota: boolean
  /** Who may not sit in this case by the body's own rule. */
  readonly barred: (person: Pseudonym) => boolean
}

function tribunalOf(j: Judging, appeal: Appeal): Tribunal | null {
  const rulebook = j.editions.byNumber.get(appeal.edition) ?? j.rulebook
  const rule = provision(rulebook, 'appeal', appeal.rule)?.rule
  const body = rule === undefined ? undefined : provision(rulebook, 'body', rule.to.body)?.rule
  if (rule === undefined || body === undefined) return null
  const size = body.sits?.of ?? body.seats.reduce((sum, s) => sum + (s.count ?? 0), 0)
  const { against } = appeal
  const party = against.kind === 'sanction' ? sanctionOf(j.movement.sanctions, against.sanction)?.person : undefined
  const barred = (person: Pseudonym): boolean =>
    (body.sits?.not ?? []).some((not) =>
      not.kind === 'party to case'
        ? person === party || person === appeal.by
        : sittingsOf(rulebook, j.movement, person, not.body, null, j.now).length > 0,
    )
  const disjoint = rule.disjoint || rule.to.kind === '<body> sitting anew'
  return { body: body.id, size, disjoint, pass: body.decides.pass, rota: body.sits?.by === 'rota', barred }
}

/** Decides an appeal: the panel drawn for it, by more than half of its members, in time. */
export function judgeDecideAppeal(j: Judging, does: Does<'decide-appeal'>): Judgement {
  const appeal = appealOf(j.movement.appeals, does.appeal)
  const sitting = appeal === null ? null : tribunalOf(j, appeal)
  if (appeal === null || sitting === null) return noRule(j, 'readmit')
  const { clause, panel } = appeal
  const reasons: Reason[] = []
  if (j.act.as !== `body ${sitting.body}`) reasons.push(reason('no-power', clause, named('body', sitting.body)))
  const person = actorOf(j)
  if (person === null || !panel.includes(person)) reasons.push(reason('not-eligible', clause, named('body', sitting.body)))
  if (appeal.outcome !== null) reasons.push(reason('already-done', clause))
  if (j.now >= appeal.decideBy) reasons.push(reason('too-late', clause, moment(appeal.decideBy), moment(j.now)))
  if (panel.length === 0) reasons.push(reason('too-early', clause, named('stage', 'panel')))
  const cast = does.allowed + does.dismissed
  if (cast > panel.length || Math.min(does.allowed, does.dismissed) < 0)
    reasons.push(reason('missing-fact', clause, people(panel.length), people(cast)))
  // Either answer is a vote of the body, carried as its own rule says; a tie leaves the appeal to its time-out.
  const outcome = does.allowed > does.dismissed ? 'allowed' : 'dismissed'
  const [most, least] = [Math.max(does.allowed, does.dismissed), Math.min(does.allowed, does.dismissed)]
  const votes = { for: most, against: least, present: cast, recused: 0, noticedAt: null }
  const carried = meets(sitting.pass, votes, bodyBases(j, j.rulebook, j.movement, sitting.body, null, votes))
  if (carried !== true) reasons.push(reason('not-carried', clause, none, { unit: 'votes', count: most }))
  return judgement(clause, reasons, { kind: 'appeal-decided', appeal: appeal.id, outcome }, [appeal.event])
}
