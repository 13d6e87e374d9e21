import type { Instant } from '@quorate/kernel'
import { after, reckoningOf } from '../calendar.ts'
import { cite, provision, provisionsOf, type Rulebook } from '../language/model.ts'

/**
 * Until when the use of a power at an instant may be appealed against, by the appeal that the rule of the power names; null where it names
 * none, or where the citation is of no power of this edition.
 */
export function appealEnd(rulebook: Rulebook, clause: string, from: Instant): Instant | null {
  const power = provisionsOf(rulebook, 'power').find((found) => cite(rulebook, found.clause) === clause)
  const name = power?.rule.appeal ?? null
  const appeal = name === null ? null : provision(rulebook, 'appeal', name)
  return appeal === null ? null : after(from, appeal.rule.within, reckoningOf(rulebook))
}
