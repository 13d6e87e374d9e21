import type { Instant } from '@quorate/kernel'
import type { Capacity, Citation, DecisionId, Fact, Fingerprint, PowerName } from './act.ts'
import { capacityOf } from './actors.ts'
import { cite, provision, provisionsOf, type Provision, type Rulebook } from './model.ts'
import type { Assumption } from './refusal.ts'
import { notRun } from './runnable.ts'
import type { Stage } from './schema/stages.ts'
import type { DecisionState, Editions, State } from './state.ts'
import { walk } from './walk.ts'

/** A lawful way to use a power: how it begins, through what, when it can first take effect and what that takes for granted. */
export type LawfulWay = {
  readonly clause: Citation
  readonly procedure: string | null
  readonly begins: 'propose' | 'exercise'
  /** Null when no date can be promised. */
  readonly earliest: Instant | null
  readonly assumes: readonly Assumption[]
}

/** A decision that would be proposed at an instant: what {@link walk} needs to look ahead. */
const wouldBe = (rulebook: Rulebook, power: PowerName, procedure: string, at: Instant): DecisionState => ({
  id: 0 as DecisionId,
  power,
  procedure,
  by: 'rule',
  document: '' as Fingerprint,
  changes: [],
  proposedAt: at,
  proposedUnder: rulebook.edition,
  noticedUnder: null,
  stages: {},
  events: 1,
  ended: null,
})

function assumptionsOf(stages: readonly Stage[], clause: Citation): readonly Assumption[] {
  return stages.flatMap((stage): readonly Assumption[] => {
    switch (stage.do) {
      case 'support':
        return [{ kind: 'support-at-once', clause }]
      case 'check':
        return [{ kind: 'check-at-once', clause }]
      case 'consider':
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
 * When a power can first take effect through a procedure begun at `from`, everyone acting at once and in favour, with what that assumes.
 * Null where a stage cannot be run.
 */
export function earliestEffect(
  at: { readonly editions: Editions },
  rulebook: Rulebook,
  power: Provision<'power'>,
  found: Provision<'procedure'>,
  from: Instant,
): { readonly earliest: Instant | null; readonly assumes: readonly Assumption[] } {
  const { stages } = found.rule
  if (!at.editions.byNumber.has(rulebook.edition) || notRun(stages).length > 0) return { earliest: null, assumes: [] }
  const path = walk(rulebook, stages, wouldBe(rulebook, power.rule.act, found.rule.id, from), from, 'earliest')
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
    const holds = (grant.rule.holder ?? []).some((id) => capacityOf(rulebook, { kind: 'named', id }) === capacity)
    if (holds)
      ways.push({ clause: cite(rulebook, grant.clause), procedure: null, begins: 'exercise', earliest: now, assumes: [] })
    for (const name of grant.rule.via ?? []) {
      const found = provision(rulebook, 'procedure', name)
      const first = found?.rule.stages[0]
      if (found === null || first?.do !== 'propose' || !first.by.some((a) => capacityOf(rulebook, a) === capacity)) continue
      ways.push({
        clause: cite(rulebook, found.clause),
        procedure: name,
        begins: 'propose',
        ...earliestEffect({ editions }, rulebook, grant, found, now),
      })
    }
  }
  return ways
}
