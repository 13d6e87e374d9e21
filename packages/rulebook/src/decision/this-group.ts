import { provision, type Rulebook } from '../language/model.ts'
import { groupOf } from '../movement/group.ts'
import { factOf, named, reason, type Case } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { Stage } from '../schema/stages.ts'
import { decisionOf } from '../state.ts'
import type { Actors, Threshold } from '../language/expression.ts'
import type { Citation } from '../terms.ts'

/** The group a decision is about: as its state says, or while it is being proposed as fact `group` does. Null: of no group. */
export function groupOfCase(kase: Case): string | null {
  const stated = factOf(kase, 'group', null)?.value
  const proposed = kase.act.kind === 'propose' && typeof stated === 'string' ? stated : null
  return decisionOf(kase.state, kase.act.decision)?.group ?? proposed
}

/** An electorate, or the part of it in one group, as facts name it: `members`, `members@cardiff`. */
export const electorateKey = (electorate: string, group: string | null): string =>
  group === null ? electorate : `${electorate}@${group}`

const actorsAsk = (actors: Actors | null): boolean => (actors ?? []).some((a) => a.kind === 'electorate' && a.thisGroup)
const needAsks = (need: Threshold | null): boolean => {
  const amount = need?.amount
  return amount?.kind === 'share' && amount.base.kind === 'electorate' && amount.base.thisGroup
}

/** Whether a procedure speaks of `this group`, so that a decision must say which. */
export const asksForGroup = (stages: readonly Stage[]): boolean =>
  stages.some((stage) => {
    if ('by' in stage && actorsAsk(stage.by)) return true
    if (stage.do === 'notify') return stage.to.kind === 'electorate <electorate> of this group'
    if (stage.do === 'nominate') return stage.signers?.kind === 'electorate <electorate> of this group' || needAsks(stage.need)
    return stage.do === 'support' && needAsks(stage.need)
  })

/** Why a decision about `this group` does not say which, or names one that there is not. */
export function groupReasons(kase: Case, rulebook: Rulebook, stages: readonly Stage[], clause: Citation): readonly Reason[] {
  if (!asksForGroup(stages)) return []
  const group = groupOfCase(kase)
  if (group === null) return [reason('missing-fact', clause, named('body', 'group'))]
  const groups = kase.state.movement?.groups
  // A movement that never recognised a group here keeps its groups elsewhere: then the register's word is all there is.
  if (groups === undefined || groups.byId.size === 0) return []
  const known = groupOf(groups, group)
  const exists = known?.endedAt === null && provision(rulebook, 'body', known.body) !== null
  return exists ? [] : [reason('not-eligible', clause, named('body', group))]
}
