import type { Rule, Rulebook } from '../../model.ts'
import { bodyWords, officeWords } from './bodies.ts'
import * as say from './foundations.ts'
import { speakerOf } from './names.ts'
import { procedureWords } from './stages.ts'

/** The English words of a rule. One case per kind: a table. */
export function englishWords(rule: Rule, rulebook: Rulebook): string {
  const s = speakerOf(rulebook, rule.kind === 'procedure' ? rule.stages : [])
  switch (rule.kind) {
    case 'calendar':
      return say.calendarWords(rule)
    case 'service':
      return say.serviceWords(rule, s)
    case 'standing':
      return say.standingWords(rule, s)
    case 'class':
      return say.classWords(rule)
    case 'attribute':
      return say.attributeWords(rule, s)
    case 'electorate':
      return say.electorateWords(rule, s)
    case 'fact':
      return say.factWords(rule, s)
    case 'body':
      return bodyWords(rule, s)
    case 'meeting':
      return say.meetingWords(rule, s)
    case 'office':
      return officeWords(rule, s)
    case 'power':
      return say.powerRuleWords(rule, s)
    case 'procedure':
      return procedureWords(rule, s)
    case 'tier':
      return say.tierWords(rule)
    case 'transition':
      return say.transitionWords(rule)
    case 'limit':
      return say.limitWords(rule)
    case 'validity':
      return say.validityWords(rule)
    case 'order':
      return say.orderWords(rule, s)
    case 'superior':
      return say.superiorWords(rule)
    case 'conduct':
      return say.conductWords(rule)
    case 'emergency':
      return say.emergencyWords(rule, s)
    case 'interest':
      return say.interestWords(rule, s)
    case 'genesis':
      return say.genesisWords(rule, s)
    case 'appeal':
      return say.appealWords(rule, s)
  }
}
