import type { Change } from './act.ts'
import { cite, provisionsOf, type Provision, type Rulebook } from './model.ts'
import { fieldsFact, named, none, reason, textOf, type Case } from './reasons.ts'
import type { Reason } from './refusal.ts'

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
    else if (tier.rule.procedure !== found.rule.id && tier.rule.or?.includes(found.rule.id) !== true)
      reasons.push(
        reason(
          'no-power',
          cite(rulebook, tier.clause),
          named('procedure', tier.rule.procedure),
          named('procedure', found.rule.id),
        ),
      )
  }
  const resulting = fieldsFact(kase, 'resulting-text', null)
  if (resulting === null) reasons.push(reason('missing-fact', clause))
  else if (resulting.count('diagnostics') !== 0 || resulting.count('findings') !== 0)
    reasons.push(reason('invalid-text', clause, none, textOf(resulting.text('text'))))
  return reasons
}

/** The tier that guards a clause: the longest guard that is the clause or stands above it. */
export function tierOf(rulebook: Rulebook, clause: string): Provision<'tier'> | null {
  const above = (guard: string): boolean => clause === guard || clause.startsWith(`${guard}.`)
  const found = provisionsOf(rulebook, 'tier').flatMap((tier) =>
    tier.rule.guards.filter(above).map((guard) => ({ tier, depth: guard.length })),
  )
  return found.toSorted((a, b) => b.depth - a.depth)[0]?.tier ?? null
}
