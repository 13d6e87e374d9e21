import type { Instant } from '@quorate/kernel'
import type { Capacity, Citation, DecisionId, Fact, Fingerprint, PowerName } from './act.ts'
import { capacityOf } from './actors.ts'
import { outerAnchors } from './anchors.ts'
import { latest, momentOf, reckoningOf } from './calendar.ts'
import type { Moment } from './language/expression.ts'
import { cite, provision, provisionsOf, type Provision, type Rulebook } from './language/model.ts'
import type { Assumption } from './refusal.ts'
import type { Stage } from './schema/stages.ts'
import { unmarked, type DecisionState, type Editions, type State } from './state.ts'
import { walk } from './decision/walk.ts'

/** A lawful way to use a power: how it begins, through what, when it can first take effect and what that takes for granted. */
export type LawfulWay = {
  readonly clause: Citation
  readonly procedure: string | null
  readonly begins: 'propose' | 'exercise'
  /** Null when no date can be promised. */
  readonly earliest: Instant | null
  readonly assumes: readonly Assumption[]
}

/** What is known of a proposal that would be made: by whom, and by which facts. */
type Known = { readonly as: Capacity | null; readonly facts: readonly Fact[]; readonly now: Instant }

/** The last fact of a name that was known at an instant, or null. */
const lastKnown = ({ facts, now }: Known, name: string, of: string | null): Fact['value'] | null =>
  facts
    .filter((f) => f.name === name && f.of === of && f.knownAt <= now)
    .reduce<Fact | null>((best, f) => (best === null || f.knownAt >= best.knownAt ? f : best), null)?.value ?? null

const holds = (known: Known, fact: string): boolean => {
  const value = lastKnown(known, fact, null)
  return value !== null && value !== false
}

/** Instants from outside that the procedure counts from, as far as they are known; null when one is not. */
function instantsOf(rulebook: Rulebook, stages: readonly Stage[], known: Known): Readonly<Record<string, Instant>> | null {
  const found: Record<string, Instant> = {}
  for (const anchor of outerAnchors(stages, (id) => provision(rulebook, 'appeal', id) !== null)) {
    const at = lastKnown(known, 'instant', anchor)
    if (typeof at !== 'number') return null
    found[anchor] = at as Instant // a count of milliseconds
  }
  return found
}

/** A decision that would be proposed at an instant: what {@link walk} needs to look ahead. Null when it could not be, or cannot be dated. */
function wouldBe(
  rulebook: Rulebook,
  power: PowerName,
  { id, stages }: Provision<'procedure'>['rule'],
  known: Known,
): DecisionState | null {
  const instants = instantsOf(rulebook, stages, known)
  const first = stages[0]
  if (instants === null || first?.do !== 'propose') return null
  const momentAt = (at: Moment): Instant | null => momentOf(at, (anchor) => instants[anchor] ?? null, reckoningOf(rulebook))
  if (first.when?.kind === 'fact <fact>' && !holds(known, first.when.fact)) return null
  const from = first.when?.kind === '<moment>' ? momentAt(first.when.moment) : null
  const proposedAt = from === null ? known.now : latest(known.now, from)
  const until = first.due === null ? null : momentAt(first.due)
  if (until !== null && proposedAt >= until) return null
  const skipped = stages.filter(
    (stage) =>
      stage.skipIf?.some((actor) => capacityOf(rulebook, actor) === known.as) === true ||
      (stage !== first && stage.when?.kind === 'fact <fact>' && !holds(known, stage.when.fact)),
  )
  return {
    id: 0 as DecisionId,
    power,
    procedure: id,
    by: 'rule',
    document: '' as Fingerprint,
    changes: [],
    proposedAt,
    proposedUnder: rulebook.edition,
    noticedUnder: null,
    stages: Object.fromEntries(skipped.map((stage) => [stage.id, { ...unmarked, skipped: true }])),
    events: 1,
    ended: null,
    instants,
  }
}

function assumptionsOf(stages: readonly Stage[], clause: Citation): readonly Assumption[] {
  return stages.flatMap((stage): readonly Assumption[] => {
    switch (stage.do) {
      case 'support':
        return [{ kind: 'support-at-once', clause }]
      case 'check':
        return [{ kind: 'check-at-once', clause }]
      case 'consider':
      case 'meeting':
        return [{ kind: 'considered-at-once', clause }]
      case 'ballot':
        return [{ kind: 'scheduled-at-once', clause }]
      case 'certify':
        return [{ kind: 'certified-at-once', clause }]
      case 'challenge':
        return [{ kind: 'no-challenge', clause }]
      default:
        return []
    }
  })
}

/**
 * When a power can first take effect through a procedure begun at `from`, everyone acting at once and in favour, with what that assumes. `as`
 * and `facts` say who would begin it and what is known: stages that this leaves out, and dates the rules count from. Null where a stage
 * cannot be run, or a date or a fact it needs is not known.
 */
export function earliestEffect(
  at: { readonly editions: Editions; readonly facts?: readonly Fact[] },
  rulebook: Rulebook,
  power: Provision<'power'>,
  found: Provision<'procedure'>,
  from: Instant,
  as: Capacity | null = null,
): { readonly earliest: Instant | null; readonly assumes: readonly Assumption[] } {
  const { stages } = found.rule
  if (!at.editions.byNumber.has(rulebook.edition)) return { earliest: null, assumes: [] }
  const decision = wouldBe(rulebook, power.rule.act, found.rule, { as, facts: at.facts ?? [], now: from })
  if (decision === null) return { earliest: null, assumes: [] }
  const path = walk(rulebook, stages, decision, decision.proposedAt, 'earliest')
  const enact = path.runs.find((run) => run.stage.do === 'enact')
  const passed = path.runs.map((run) => run.stage)
  return {
    earliest: enact?.endsAt ?? null,
    assumes: enact === undefined ? [] : assumptionsOf(passed, cite(rulebook, found.clause)),
  }
}

/** Whether the last that is known of a person says that they have not the capacity they claim. */
function lacks(facts: readonly Fact[], capacity: Capacity, now: Instant): boolean {
  const [unit, id] = capacity.split(' ')
  const name = unit === 'electorate' ? 'eligible' : 'holds-office'
  const known = facts.filter((f) => f.name === name && f.of === id && f.knownAt <= now).toSorted((a, b) => a.knownAt - b.knownAt)
  return known.at(-1)?.value === false
}

/**
 * The ways open to a capacity at `now` to use a power, each with the earliest instant at which it can take effect: as holder at once, or by
 * proposing it in a procedure whose first stage admits that capacity. Empty: there is none, or a fact known at `now` says that this person has
 * not the capacity (`eligible`, `holds-office`). `state` is there for ways that depend on what is running (emergencies, recesses).
 */
export function lawful(
  editions: Editions,
  _state: State,
  power: PowerName,
  capacity: Capacity,
  now: Instant,
  facts: readonly Fact[],
): readonly LawfulWay[] {
  const rulebook = editions.byNumber.get(editions.inForce)
  if (rulebook === undefined || lacks(facts, capacity, now)) return []
  const ways: LawfulWay[] = []
  for (const grant of provisionsOf(rulebook, 'power').filter((p) => p.rule.act === power)) {
    const isHolder = (grant.rule.holder ?? []).some((id) => capacityOf(rulebook, { kind: 'named', id }) === capacity)
    if (isHolder)
      ways.push({ clause: cite(rulebook, grant.clause), procedure: null, begins: 'exercise', earliest: now, assumes: [] })
    for (const name of grant.rule.via ?? []) {
      const found = provision(rulebook, 'procedure', name)
      const first = found?.rule.stages[0]
      if (found === null || first?.do !== 'propose' || !first.by.some((a) => capacityOf(rulebook, a) === capacity)) continue
      ways.push({
        clause: cite(rulebook, found.clause),
        procedure: name,
        begins: 'propose',
        ...earliestEffect({ editions, facts }, rulebook, grant, found, now, capacity),
      })
    }
  }
  return ways
}
