import type { Citation } from './act.ts'
import { cite, onlyProvision, provision, type RuleOf, type Rulebook } from './language/model.ts'
import { meetsPredicate, type EligibilityAnchors, type PersonFacts } from './eligibility.ts'

/** What a person may do: `vote`, `stand`, `propose`, `sign`, `speak`, `attend`. */
export type RightName = NonNullable<RuleOf<'standing'>['states'][number]['value']['loses']>[number]
type Right = NonNullable<RuleOf<'class'>['rights']>[number]

/** Whether a person has a right, and the clause that gives or takes it. */
export type RightAnswer = { readonly has: boolean; readonly clause: Citation }

const allows = (
  rulebook: Rulebook,
  given: Right,
  right: RightName,
  matter: string | null,
  person: PersonFacts,
  at: EligibilityAnchors,
) => {
  if (given.right !== right) return false
  if ('matter' in given) return given.matter === matter
  // An age nobody has shown is no age: what asks for one is not given.
  return !('years' in given) || meetsPredicate(rulebook, { kind: 'age at least', years: given.years }, person, at)
}

/**
 * Whether a person may do something by their standing and classes, at the ages and on the matters the rules name. A state that says which rights it
 * takes takes them whatever a class gives; one that says which it gives gives those. Null: the rulebook speaks of no rights of theirs.
 */
export function hasRight(
  rulebook: Rulebook,
  person: PersonFacts,
  right: RightName,
  anchors: EligibilityAnchors,
  matter: string | null = null,
): RightAnswer | null {
  const found = onlyProvision(rulebook, 'standing')
  const state = found?.rule.states.find((row) => row.key === person.standing)?.value
  const clause = cite(rulebook, found?.clause ?? rulebook.document.clauses[0]?.id ?? '0')
  if (state?.loses?.includes(right) === true) return { has: false, clause }
  const byState = state?.rights ?? null
  if (byState?.some((given) => allows(rulebook, given, right, matter, person, anchors)) === true) return { has: true, clause }
  const classes = person.classes.flatMap((id) => provision(rulebook, 'class', id) ?? [])
  const giving = classes.find((c) => c.rule.rights?.some((given) => allows(rulebook, given, right, matter, person, anchors)))
  if (giving !== undefined && byState === null) return { has: true, clause: cite(rulebook, giving.clause) }
  const speaks = byState !== null || classes.some((c) => c.rule.rights !== null)
  return speaks ? { has: false, clause } : null
}
