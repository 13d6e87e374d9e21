import { provision, provisionsOf, type Provision, type Rulebook } from '../language/model.ts'
import { tierOf } from '../decision/change-reasons.ts'
import { sayAt, type Finding } from './finding.ts'
import { atLeastAsStrict, strictnessOf } from './strictness.ts'

/** Clauses in no tier, ways around a tier, and tiers that can be taken apart by less than what they ask. */
export const inEntrenchment = (rulebook: Rulebook): readonly Finding[] => [
  ...rulebook.document.clauses.flatMap((clause) =>
    tierOf(rulebook, clause.id) === null ? [sayAt(rulebook, clause.id)('clause-in-no-tier', clause.id)] : [],
  ),
  ...bypasses(rulebook),
  ...amendableByLess(rulebook),
]

/** The power to change rules held outright, handed on, or among what an emergency may do. */
function bypasses(rulebook: Rulebook): readonly Finding[] {
  const tiers = provisionsOf(rulebook, 'tier').flatMap((t) => proceduresOf(t))
  return rulebook.provisions.flatMap(({ clause, rule }) => {
    const say = sayAt(rulebook, clause)
    if (rule.kind === 'emergency' && rule.may.includes('amend-rulebook')) return [say('entrenchment-bypassed', 'emergency')]
    if (rule.kind !== 'power' || rule.act !== 'amend-rulebook') return []
    const outright = (rule.holder ?? []).map((id) => say('entrenchment-bypassed', id))
    const around = (rule.via ?? []).filter(
      (id) => tiers.length > 0 && !tiers.includes(id) && provision(rulebook, 'procedure', id) !== null,
    )
    return [...outright, ...around.map((id) => say('entrenchment-bypassed', id))]
  })
}

/**
 * For each tier: the clause that makes it, its procedure, the power it serves, and the electorates and bodies that decide in it. Each must be changed
 * by the tier's own procedure or one at least as strict.
 */
function amendableByLess(rulebook: Rulebook): readonly Finding[] {
  return provisionsOf(rulebook, 'tier').flatMap((tier) => {
    const own = proceduresOf(tier).flatMap((id) => strictnessOf(rulebook, id) ?? [])
    const parts = [tier.clause, ...proceduresOf(tier).flatMap((id) => partsOf(rulebook, id))]
    return [...new Set(parts)].flatMap((clause) => {
      const guard = tierOf(rulebook, clause)
      if (guard === null || guard.rule.id === tier.rule.id) return []
      // Every way of the other tier must ask at least as much as some way of this one.
      const weaker = proceduresOf(guard).find((id) => {
        const other = strictnessOf(rulebook, id)
        return !proceduresOf(tier).includes(id) && other !== null && !own.some((o) => atLeastAsStrict(other, o))
      })
      if (weaker === undefined || own.length === 0) return []
      return [sayAt(rulebook, clause)('amendable-by-less', clause, { tier: tier.rule.id, procedure: weaker })]
    })
  })
}

const proceduresOf = (tier: Provision<'tier'>): readonly string[] => [tier.rule.procedure, ...(tier.rule.or ?? [])]

function partsOf(rulebook: Rulebook, procedure: string): readonly string[] {
  const found = provision(rulebook, 'procedure', procedure)
  if (found === null) return []
  const powers = provisionsOf(rulebook, 'power').filter(
    (p) => p.rule.act === 'amend-rulebook' && (p.rule.via ?? []).includes(procedure),
  )
  const deciders = found.rule.stages.flatMap((stage): readonly (Provision | null)[] => {
    if (stage.do === 'freeze') return [provision(rulebook, 'electorate', stage.electorate)]
    if (stage.do === 'consider' || stage.do === 'meeting') return [provision(rulebook, 'body', stage.body)]
    return []
  })
  return [found.clause, ...powers.map((p) => p.clause), ...deciders.flatMap((p) => (p === null ? [] : [p.clause]))]
}
