import type { Instant } from '@quorate/kernel'
import { answeredBy, holdsBack, isHeardByOthers, lateAppeal } from '../decision/appeal-terms.ts'
import type { Condition } from '../language/expression.ts'
import { cite, provision, provisionsOf } from '../language/model.ts'
import { fieldsFact, moment, named, none, people, reason, tooFew } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import { decisionOf } from '../state.ts'
import type { Pseudonym } from '../terms.ts'
import { appealOf, openAppeals, type Appeal } from './appeal.ts'
import { bodyBases, meets } from './authority.ts'
import { actorOf, judgement, noRule, type Does, type Judgement, type Judging } from './judging.ts'
import { drawByLot } from './lot.ts'
import type { Target } from './order.ts'
import { sanctionOf } from './sanction.ts'
import { sittingsOf } from './sitting.ts'

/** Appeals, in time, against a sanction or the use of a power at once. With a stay, a sanction is held back until the answer. */
export function judgeAppeal(j: Judging, does: Does<'appeal'>): Judgement {
  const found = provision(j.rulebook, 'appeal', does.rule)
  if (found === null) return noRule(j, 'readmit')
  const clause = cite(j.rulebook, found.clause)
  const { rule } = found
  const what = appealable(j, does.against)
  const reasons: Reason[] = []
  if (what === null) reasons.push(reason('no-such-decision', clause))
  else {
    reasons.push(...lateAppeal(rule, clause, what.at, j.now, j.reckoning))
    if (what.person !== null && actorOf(j) !== what.person) reasons.push(reason('not-eligible', clause))
    if (what.rule !== null && what.rule !== does.rule) reasons.push(reason('no-power', clause))
  }
  if (appealOf(j.movement.appeals, does.appeal) !== null || openAppeals(j.movement.appeals, does.against).length > 0)
    reasons.push(reason('already-done', clause))
  const { appeal, against } = does
  const stay = holdsBack(rule)
  const event = {
    kind: 'appealed',
    appeal,
    rule: does.rule,
    against,
    decideBy: answeredBy(rule, j.now, j.reckoning),
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
  // The answers of a procedure have an appeal of their own inside the decision; here is the one against a power that was used at once.
  const decision = against.kind === 'decision' ? decisionOf(j.state, against.decision) : null
  if (decision?.procedure !== '' || decision.ended === null) return null
  const grant = provisionsOf(j.rulebook, 'power').find(({ rule }) => rule.act === decision.power && rule.appeal !== null)
  const event = `${decision.id}/${decision.events}`
  return grant === undefined ? null : { at: decision.ended.at, person: null, event, rule: grant.rule.appeal }
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
  const disjoint = isHeardByOthers(rule)
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
