import { cite, provisionsOf, type RuleOf, type Rulebook } from './language/model.ts'
import { factOf, named, none, reason, type Case } from './reasons.ts'
import type { Reason } from './refusal.ts'
import type { Citation } from './terms.ts'

/** What no act may ever do, in the words of `kind: limit`. */
export type Never = RuleOf<'limit'>['never'][number]

/** The clause that forbids something for ever, or null where none does. */
export function forbidding(rulebook: Rulebook, never: Never): Citation | null {
  const found = provisionsOf(rulebook, 'limit').find((p) => p.rule.never.includes(never))
  return found === undefined ? null : cite(rulebook, found.clause)
}

/** A limit as facts name it: `payment-for-votes`. */
const nameOf = (never: Never): string => never.replaceAll(' ', '-')

/**
 * What an act is about that no act may be: what only people can see, such as that an election is reserved by law or that somebody pays for votes, is
 * stated by fact `concerns` of the limit's name. What the engine sees by itself is judged where it is done.
 */
export function forbidden(kase: Case, rulebook: Rulebook): readonly Reason[] {
  return provisionsOf(rulebook, 'limit').flatMap(({ rule, clause }) =>
    rule.never
      .filter((never) => factOf(kase, 'concerns', nameOf(never))?.value === true)
      .map((never) => reason('no-power', cite(rulebook, clause), none, named('power', nameOf(never)))),
  )
}
