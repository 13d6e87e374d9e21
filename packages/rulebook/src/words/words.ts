import type { ClauseId } from '../act.ts'
import type { Rule, Rulebook } from '../model.ts'
import { bodyWords } from './en/bodies.ts'
import * as say from './en/foundations.ts'
import { meetingWords } from './en/meetings.ts'
import { speakerOf, type Speaker } from './en/names.ts'
import { officeWords } from './en/offices.ts'
import { dissolutionWords, powerRuleWords } from './en/powers.ts'
import { procedureWords } from './en/stages.ts'

/** Languages the operative words exist in. */
export const wordsLocales = ['en'] as const
/** A language the operative words exist in. */
export type WordsLocale = (typeof wordsLocales)[number]

/** Version of the templates: words are stored in an edition and hashed with it, so that new software never rewrites a rule. */
export const wordsVersion = 1

/**
 * The operative words of a clause, made from its block alone: numbered groups, a line each, limbs lettered. Null for a clause without a rule or
 * with one that is not resolved. Equal words mean an equal rule: every leaf of a block changes them.
 */
export function words(rulebook: Rulebook, clause: ClauseId, locale: WordsLocale): string | null {
  const found = rulebook.provisions.find((p) => p.clause === clause)
  if (found === undefined) return null
  return speakers[locale](found.rule, rulebook)
}

const speakers: Readonly<Record<WordsLocale, (rule: Rule, rulebook: Rulebook) => string>> = {
  en: (rule, rulebook) => englishWords(rule, speakerOf(rulebook, rule)),
}

/** One case per kind: a table. */
function englishWords(rule: Rule, s: Speaker): string {
  switch (rule.kind) {
    case 'calendar':
      return say.calendarWords(rule)
    case 'service':
      return say.serviceWords(rule, s)
    case 'standing':
      return say.standingWords(rule, s)
    case 'class':
      return say.classWords(rule, s)
    case 'attribute':
      return say.attributeWords(rule, s)
    case 'electorate':
      return say.electorateWords(rule, s)
    case 'fact':
      return say.factWords(rule, s)
    case 'body':
      return bodyWords(rule, s)
    case 'meeting':
      return meetingWords(rule, s)
    case 'office':
      return officeWords(rule, s)
    case 'power':
      return powerRuleWords(rule, s)
    case 'procedure':
      return procedureWords(rule, s)
    case 'tier':
      return say.tierWords(rule, s)
    case 'transition':
      return say.transitionWords(rule)
    case 'limit':
      return say.limitWords(rule)
    case 'validity':
      return say.validityWords(rule)
    case 'order':
      return say.orderWords(rule, s)
    case 'superior':
      return say.superiorWords(rule, s)
    case 'conduct':
      return say.conductWords(rule, s)
    case 'emergency':
      return say.emergencyWords(rule, s)
    case 'interest':
      return say.interestWords(rule, s)
    case 'genesis':
      return say.genesisWords(rule, s)
    case 'appeal':
      return say.appealWords(rule, s)
    case 'dissolution':
      return dissolutionWords(rule, s)
  }
}
