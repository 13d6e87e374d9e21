import { cite, onlyProvision, parseRulebook, type EditionNumber, type Rulebook } from '@quorate/rulebook'

/** How many witnesses must have signed a state of the record before it is published, and the clause that says so. */
export type WitnessRule = { readonly witnesses: number; readonly clause: string | null }

/** What a rulebook asks for; none where it has no rule of kind `record`. */
export function witnessRuleOf(rulebook: Rulebook): WitnessRule {
  const found = onlyProvision(rulebook, 'record')
  return found === null
    ? { witnesses: 0, clause: null }
    : { witnesses: found.rule.witnesses, clause: cite(rulebook, found.clause) }
}

/** What an edition's text asks for; none where it does not read. */
export function witnessRule(text: string, edition: number): WitnessRule {
  const rulebook = parseRulebook(text, edition as EditionNumber) // a number of the record, counted from 1
  return rulebook.kind === 'ok' ? witnessRuleOf(rulebook.value) : { witnesses: 0, clause: null }
}
