import type { Change } from '../act.ts'
import { forbidding } from '../limits.ts'
import { atLeastAsStrict, strictnessOf } from '../lint/strictness.ts'
import { cite, provision, provisionsOf, type Provision, type Rulebook } from '../language/model.ts'
import { fieldsFact, named, none, reason, textOf, type Case, type FactFields } from '../reasons.ts'
import type { Reason } from '../refusal.ts'

/** A change to the rules: each clause as it stands, by the procedure of its tier, and a result that reads and has no hole. */
export function changeReasons(
  kase: Case,
  rulebook: Rulebook,
  changes: readonly Change[],
  found: Provision<'procedure'>,
): readonly Reason[] {
  const clause = cite(rulebook, found.clause)
  const reasons: Reason[] = []
  const touched = new Set(changes.map((c) => c.clause))
  if (changes.length === 0 || touched.size !== changes.length) reasons.push(reason('invalid-text', clause))
  for (const change of changes) {
    const now = rulebook.clauses.get(change.clause)?.fingerprint ?? null
    const cited = cite(rulebook, change.clause)
    if (change.before !== null && now === null) reasons.push(reason('no-such-clause', cited, textOf(change.before)))
    else if (now !== change.before) reasons.push(reason('text-changed', cited, textOf(now), textOf(change.before)))
    if (change.before === change.after) reasons.push(reason('invalid-text', cited, none, textOf(change.after)))
    const tier = tierOf(rulebook, change.clause)
    if (tier === null) reasons.push(reason('no-power', cited, none, named('procedure', found.rule.id)))
    else if (!proceduresOf(tier).includes(found.rule.id))
      reasons.push(
        reason(
          'no-power',
          cite(rulebook, tier.clause),
          named('procedure', tier.rule.procedure),
          named('procedure', found.rule.id),
        ),
      )
    else reasons.push(...entrenchedReasons(rulebook, change.clause, found))
  }
  const resulting = fieldsFact(kase, 'resulting-text', null)
  if (resulting === null) reasons.push(reason('missing-fact', clause))
  else if (resulting.count('diagnostics') !== 0 || resulting.count('findings') !== 0 || resulting.count('open') !== 0)
    reasons.push(reason('invalid-text', clause, none, textOf(resulting.text('text'))))
  if (resulting !== null) reasons.push(...limitReasons(rulebook, resulting))
  return reasons
}

/** What a limit forbids a change of the rules to take away. */
function limitReasons(rulebook: Rulebook, resulting: FactFields): readonly Reason[] {
  const taken = [
    ['removal of appeal', 'appeals-removed'],
    ['removal of rights already held', 'rights-removed'],
  ] as const
  return taken.flatMap(([never, key]) => {
    const clause = forbidding(rulebook, never)
    const count = resulting.count(key)
    if (clause === null || count === 0) return []
    return [reason(count === null ? 'missing-fact' : 'no-power', clause, none, named('power', never.replaceAll(' ', '-')))]
  })
}

const proceduresOf = ({ rule }: Provision<'tier'>): readonly string[] => [rule.procedure, ...(rule.or ?? [])]

/**
 * A tier’s own clause and the procedure it names change only by that procedure or one at least as strict, whatever tier guards those clauses: else
 * the way that protects a rule could be taken apart by less than what it asks.
 */
function entrenchedReasons(rulebook: Rulebook, clause: string, by: Provision<'procedure'>): readonly Reason[] {
  return provisionsOf(rulebook, 'tier').flatMap((tier) => {
    const names = proceduresOf(tier)
    const own = [tier.clause, ...names.flatMap((id) => provision(rulebook, 'procedure', id)?.clause ?? [])]
    if (!own.some((part) => part === clause) || names.includes(by.rule.id)) return []
    const used = strictnessOf(rulebook, by.rule.id)
    const asked = names.flatMap((id) => strictnessOf(rulebook, id) ?? [])
    if (used !== null && asked.some((strictness) => atLeastAsStrict(used, strictness))) return []
    return [
      reason('no-power', cite(rulebook, tier.clause), named('procedure', tier.rule.procedure), named('procedure', by.rule.id)),
    ]
  })
}

/** The tier that guards a clause: the longest guard that is the clause or stands above it. */
export function tierOf(rulebook: Rulebook, clause: string): Provision<'tier'> | null {
  const above = (guard: string): boolean => clause === guard || clause.startsWith(`${guard}.`)
  const found = provisionsOf(rulebook, 'tier').flatMap((tier) =>
    tier.rule.guards.filter(above).map((guard) => ({ tier, depth: guard.length })),
  )
  return found.toSorted((a, b) => b.depth - a.depth)[0]?.tier ?? null
}
