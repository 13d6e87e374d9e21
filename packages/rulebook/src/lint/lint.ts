import { cite, type Rulebook } from '../language/model.ts'
import { inBodies } from './bodies.ts'
import { rowOf } from './codes.ts'
import { inEntrenchment } from './entrenchment.ts'
import type { Finding, LintFacts } from './finding.ts'
import { inGrants } from './grants.ts'
import { leftOpen } from './left-open.ts'
import { inNames } from './names.ts'
import { inProcedures } from './procedures.ts'
import { inQuotas } from './quotas.ts'
import { sitesOf } from './sites.ts'
import { supposedRules } from './supposed.ts'
import { inThresholds } from './thresholds.ts'

/**
 * Every hole found in a rulebook that parses, in the order of the text, each once. An empty list means clean. Rules with an unknown field are examined
 * as far as they go, but never for what they lack. Warnings that the text waives are left out, see {@link waived}. Cost: about one pass over the rules for each family of findings.
 */
export function lint(rulebook: Rulebook, facts: LintFacts = { turnouts: [] }): readonly Finding[] {
  return everything(rulebook, facts).filter((f) => !isWaived(rulebook, f))
}

/** Warnings that the text itself waives: what those who ratify it must know they accept. */
export function waived(rulebook: Rulebook, facts: LintFacts = { turnouts: [] }): readonly Finding[] {
  return everything(rulebook, facts).filter((f) => isWaived(rulebook, f))
}

const isWaived = (rulebook: Rulebook, f: Finding): boolean =>
  f.grade === 'warning' &&
  rulebook.provisions.some((p) => cite(rulebook, p.clause) === f.clause && (p.waives ?? []).some((code) => code === f.code))

function everything(rulebook: Rulebook, facts: LintFacts): readonly Finding[] {
  const supposed = supposedRules(rulebook)
  const provisions = [...rulebook.provisions, ...supposed]
  const open = new Set(supposed.map((p) => cite(rulebook, p.clause)))
  const found = [
    ...inNames(rulebook, provisions),
    ...inGrants(rulebook, provisions),
    ...inProcedures(rulebook, provisions),
    ...inThresholds(rulebook, facts, sitesOf(rulebook, provisions)),
    ...inQuotas(rulebook, provisions),
    ...inBodies(rulebook, provisions),
  ].filter((f) => !(open.has(f.clause) && rowOf(f.code).absence === true))
  const order = new Map(rulebook.document.clauses.map((clause, i) => [cite(rulebook, clause.id), i]))
  const all = [...leftOpen(rulebook), ...found, ...inEntrenchment(rulebook)]
  return once(all).toSorted((a, b) => (order.get(a.clause) ?? -1) - (order.get(b.clause) ?? -1))
}

/** The first of each finding: the same hole of the same rule is said once. */
function once(found: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>()
  return found.filter((f) => {
    const key = `${f.code} ${f.clause} ${f.subject}`
    return !seen.has(key) && seen.add(key)
  })
}
