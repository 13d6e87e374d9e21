import { compare, fraction } from '@quorate/kernel'
import type { ClauseId, Citation } from './act.ts'
import type { Actors, Amount, Base, Condition } from './expression.ts'
import { neededFor } from './measure.ts'
import { cite, idOf, onlyProvision, provision, provisionsOf, type Provision, type Rulebook, type RuleKind } from './model.ts'
import { tierOf } from './open-decision.ts'
import { referencesOf, type Reference } from './references.ts'
import type { Stage } from './schema/stages.ts'
import { targetOf } from './walk.ts'

/** What the linter finds, closed; each has a sentence in `docs/reference/rulebook.md`, a rulebook that triggers it and one that does not. */
export type FindingCode =
  | 'unresolved' // a field is unknown, or has readings of which none is ratified
  | 'nothing-reckons-time' // no calendar
  | 'nobody-changes-the-rules' // no clause grants amend-rulebook
  | 'power-without-route' // a power with neither holder nor procedure
  | 'unknown-id' // a name that nothing defines
  | 'empty-reference' // an electorate that asks for what nobody can have
  | 'clause-in-no-tier'
  | 'base-without-meaning' // a share of something that does not exist there
  | 'no-timeout' // a time limit with no outcome when it passes
  | 'appeal-to-the-decider'
  | 'no-exit' // a procedure that cannot take effect, or a stage nothing leads to
  | 'adoption-on-a-tie'
  | 'never-reached' // a turnout above any the movement has ever had
  | 'base-that-shrinks' // a quorum or special majority of a number that people leave

/** An error blocks activation; a warning must be waived on the record. */
export type Finding = {
  readonly code: FindingCode
  readonly grade: 'error' | 'warning'
  readonly clause: Citation
  /** The id, stage or clause it is about. */
  readonly subject: string
}

/** What the linter may know of the movement: past turnouts, ballots returned of a roll. */
export type LintFacts = { readonly turnouts: readonly { readonly cast: number; readonly of: number }[] }

/** Every hole found in a rulebook that parses, in the order of the text. An empty list means clean. */
export function lint(rulebook: Rulebook, facts: LintFacts = { turnouts: [] }): readonly Finding[] {
  const found = [
    ...unresolved(rulebook),
    ...missing(rulebook),
    ...references(rulebook),
    ...tiers(rulebook),
    ...powers(rulebook),
    ...procedures(rulebook),
    ...conditions(rulebook),
    ...neverReached(rulebook, facts),
  ]
  const order = new Map(rulebook.document.clauses.map((clause, i) => [cite(rulebook, clause.id), i]))
  return found.toSorted((a, b) => (order.get(a.clause) ?? -1) - (order.get(b.clause) ?? -1))
}

type Maker = (code: FindingCode, subject: string, grade?: Finding['grade']) => Finding
const at =
  (rulebook: Rulebook, clause: ClauseId | string): Maker =>
  (code, subject, grade = 'error') => ({ code, grade, clause: cite(rulebook, clause), subject })

const unresolved = (rulebook: Rulebook): Finding[] =>
  rulebook.unresolved.flatMap((u) => u.fields.map((field) => at(rulebook, u.clause)('unresolved', field)))

function missing(rulebook: Rulebook): Finding[] {
  const first = at(rulebook, rulebook.document.clauses[0]?.id ?? '0')
  const found: Finding[] = []
  const unresolvedKinds = new Set<RuleKind>(rulebook.unresolved.map((u) => u.kind))
  if (onlyProvision(rulebook, 'calendar') === null && !unresolvedKinds.has('calendar'))
    found.push(first('nothing-reckons-time', 'calendar'))
  const amends = provisionsOf(rulebook, 'power').some((p) => p.rule.act === 'amend-rulebook')
  if (!amends && !unresolvedKinds.has('power')) found.push(first('nobody-changes-the-rules', 'amend-rulebook'))
  return found
}

/** Names that stand for a rule although they are written like one: standing words of the language. */
function resolves(rulebook: Rulebook, ref: Reference, stages: readonly Stage[]): boolean {
  if (ref.to === 'clause') return rulebook.clauses.has(ref.id as ClauseId)
  if (ref.to === 'state') return onlyProvision(rulebook, 'standing')?.rule.states.some((s) => s.key === ref.id) ?? false
  if (ref.to === 'seat') return provisionsOf(rulebook, 'body').some((b) => b.rule.seats.some((s) => s.id === ref.id))
  if (ref.to === 'stage') return stages.some((s) => s.id === ref.id)
  if (ref.to === 'anchor')
    return (
      stages.some((s) => s.id === ref.id) ||
      provision(rulebook, 'appeal', ref.id) !== null ||
      provision(rulebook, 'meeting', ref.id) !== null
    )
  if (ref.to === 'value') {
    const attribute = provision(rulebook, 'attribute', ref.of ?? '')
    return attribute === null || attribute.rule.values.includes(ref.id)
  }
  const kinds = ref.to
  const open = rulebook.unresolved.some((u) => kinds.includes(u.kind) && u.id === ref.id)
  return open || rulebook.provisions.some((p) => kinds.includes(p.rule.kind) && idOf(p.rule) === ref.id)
}

function references(rulebook: Rulebook): Finding[] {
  return rulebook.provisions.flatMap(({ clause, rule }) => {
    const stages = rule.kind === 'procedure' ? rule.stages : []
    const lost = referencesOf(rule).filter((ref) => !resolves(rulebook, ref, stages))
    return lost.map((ref) => at(rulebook, clause)(rule.kind === 'electorate' ? 'empty-reference' : 'unknown-id', ref.id))
  })
}

const tiers = (rulebook: Rulebook): Finding[] =>
  rulebook.document.clauses.flatMap((clause) =>
    tierOf(rulebook, clause.id) === null ? [at(rulebook, clause.id)('clause-in-no-tier', clause.id)] : [],
  )

const namesBody = (by: Actors, body: string): boolean => by.some((a) => a.kind === 'named' && a.id === body)

/** A body that hears an appeal against itself; the same body sitting anew with other people is another matter. */
function hearsItself(rulebook: Rulebook, appeal: string | null, decider: (body: string) => boolean): boolean {
  const rule = appeal === null ? null : (provision(rulebook, 'appeal', appeal)?.rule ?? null)
  if (rule === null || !decider(rule.to.body)) return false
  return !(rule.disjoint && rule.to.kind === '<body> sitting anew')
}

function powers(rulebook: Rulebook): Finding[] {
  return provisionsOf(rulebook, 'power').flatMap(({ clause, rule }) => {
    const say = at(rulebook, clause)
    const found: Finding[] = []
    if ((rule.holder ?? []).length === 0 && (rule.via ?? []).length === 0) found.push(say('power-without-route', rule.act))
    if (rule.limits !== null && rule.limits.within !== null && rule.limits.timeout === null)
      found.push(say('no-timeout', rule.act))
    if (hearsItself(rulebook, rule.appeal, (body) => (rule.holder ?? []).includes(body)))
      found.push(say('appeal-to-the-decider', rule.appeal ?? ''))
    return found
  })
}

function procedures(rulebook: Rulebook): Finding[] {
  return provisionsOf(rulebook, 'procedure').flatMap(({ clause, rule }) => {
    const say = at(rulebook, clause)
    const found = exits(rule.stages).map((subject) => say('no-exit', subject))
    for (const stage of rule.stages) {
      if (stage.do === 'consider' && hearsItself(rulebook, stage.appeal, (body) => body === stage.body))
        found.push(say('appeal-to-the-decider', stage.id))
      if (stage.do === 'check' && hearsItself(rulebook, stage.appeal, (body) => namesBody(stage.by, body)))
        found.push(say('appeal-to-the-decider', stage.id))
      if (stage.do === 'challenge' && rule.stages.some((s) => s.do === 'certify' && namesBody(s.by, stage.to)))
        found.push(say('appeal-to-the-decider', stage.id))
    }
    return found
  })
}

const outcomesOf = (stage: Stage): readonly string[] => {
  switch (stage.do) {
    case 'support':
      return ['met', 'unmet']
    case 'check':
      return ['passed', 'refused']
    case 'consider':
      return ['agreed', 'refused', 'amended', 'fallen']
    case 'ballot':
      return ['carried', 'fallen']
    case 'challenge':
      return ['done', 'upheld']
    default:
      return ['done']
  }
}

/** Stages that nothing leads to, and the whole procedure when no path reaches a stage that enacts. Loops are no exit. */
function exits(stages: readonly Stage[]): readonly string[] {
  const reached = new Set<string>()
  const next: string[] = stages[0] === undefined ? [] : [stages[0].id]
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    const stage = stages.find((s) => s.id === id)
    if (stage === undefined || reached.has(id)) continue
    reached.add(id)
    next.push(...outcomesOf(stage).map((outcome) => targetOf(stages, stage, outcome)))
    next.push(...stages.filter((s) => s.with === stage.id).map((s) => s.id))
  }
  const lost = stages.filter((s) => !reached.has(s.id)).map((s) => s.id)
  const enacts = stages.some((s) => s.do === 'enact' && reached.has(s.id))
  return enacts ? lost : [...lost, stages[0]?.id ?? '']
}

type Place = 'ballot' | 'body' | 'support'
const half = fraction(1, 2)

/** Bases that exist in a place: a ballot has a roll and no seats, a body has seats and no roll. */
function meaningful(base: Base, place: Place): boolean {
  if (base.kind === 'electorate') return true
  if (base.kind === 'bodies') return place !== 'support'
  if (base.kind === 'seats') return place === 'body'
  if (place === 'support') return false
  return place === 'ballot'
    ? base.of !== 'present'
    : base.of === 'for-and-against' || base.of === 'votes-cast' || base.of === 'present'
}

const basesIn = (amount: Amount): readonly Base[] =>
  amount.kind === 'share'
    ? [amount.base]
    : amount.kind === 'lesser' || amount.kind === 'greater'
      ? [...basesIn(amount.first), ...basesIn(amount.second)]
      : []

const shrinks = (base: Base): boolean =>
  (base.kind === 'seats' && base.filled) || (base.kind === 'votes' && base.of === 'present')

function judge(say: Maker, subject: string, place: Place, condition: Condition, quorum: boolean): Finding[] {
  if (condition.kind === 'winner beats') return []
  const { amount, kind } = condition.threshold
  const found: Finding[] = []
  if (basesIn(amount).some((base) => !meaningful(base, place))) found.push(say('base-without-meaning', subject))
  const share = amount.kind === 'share' ? fraction(amount.share.numerator, amount.share.denominator) : null
  const special = share !== null && compare(share, half) > 0
  if ((quorum || special) && basesIn(amount).some(shrinks)) found.push(say('base-that-shrinks', subject, 'warning'))
  if (condition.measure === 'yes' && kind === 'at least' && share !== null && compare(share, half) <= 0)
    found.push(say('adoption-on-a-tie', subject))
  return found
}

function conditions(rulebook: Rulebook): Finding[] {
  return rulebook.provisions.flatMap(({ clause, rule }: Provision) => {
    const say = at(rulebook, clause)
    switch (rule.kind) {
      case 'genesis':
        return rule.pass.flatMap((c) => judge(say, 'pass', 'ballot', c, c.kind === 'measure' && c.measure === 'turnout'))
      case 'body':
        return [
          ...judge(say, 'quorum', 'body', rule.quorum, true),
          ...rule.decides.pass.flatMap((c) => judge(say, 'decides', 'body', c, false)),
        ]
      case 'power':
        return (rule.pass ?? []).flatMap((c) => judge(say, 'pass', 'body', c, false))
      case 'procedure':
        return rule.stages.flatMap((stage) => inStage(say, stage))
      default:
        return []
    }
  })
}

function inStage(say: Maker, stage: Stage): Finding[] {
  if (stage.do === 'ballot')
    return stage.pass.flatMap((c) => judge(say, stage.id, 'ballot', c, c.kind === 'measure' && c.measure === 'turnout'))
  if (stage.do !== 'support') return []
  return basesIn(stage.need.amount).some((base) => !meaningful(base, 'support')) ? [say('base-without-meaning', stage.id)] : []
}

/** Turnout rules that no past ballot would have met. Without past ballots nothing is known, and nothing found. */
function neverReached(rulebook: Rulebook, facts: LintFacts): Finding[] {
  if (facts.turnouts.length === 0) return []
  const reached = (condition: Condition): boolean => {
    if (condition.kind !== 'measure' || condition.measure !== 'turnout') return true
    const { threshold } = condition
    return facts.turnouts.some(({ cast, of }) => {
      const needed = neededFor(threshold, (base) =>
        base.kind === 'votes' && (base.of === 'roll' || base.of === 'issued') ? of : null,
      )
      return needed === null || cast >= needed
    })
  }
  return provisionsOf(rulebook, 'procedure').flatMap(({ clause, rule }) =>
    rule.stages.flatMap((stage) =>
      stage.do === 'ballot' && !stage.pass.every(reached) ? [at(rulebook, clause)('never-reached', stage.id, 'warning')] : [],
    ),
  )
}
