import type { Rule, RuleKind, RuleOf } from '../language/model.ts'

/** What says the rules of each kind in one language: a table. */
export type Templates<Speaker> = { readonly [K in RuleKind]: (rule: RuleOf<K>, speaker: Speaker) => string }

/** The words of a rule, by the template of its kind. */
export const wordsOf = <Speaker>(templates: Templates<Speaker>, rule: Rule, speaker: Speaker): string =>
  // The template under a rule's own kind takes that kind.
  (templates[rule.kind] as (rule: Rule, speaker: Speaker) => string)(rule, speaker)
