import type { Rule, Rulebook } from '../../language/model.ts'
import { wordsOf, type Templates } from '../templates.ts'
import { bodyWords } from './bodies.ts'
import * as say from './foundations.ts'
import { meetingWords } from './meetings.ts'
import { speakerOf, type Speaker } from './names.ts'
import { officeWords } from './offices.ts'
import { dissolutionWords, powerRuleWords } from './powers.ts'
import { procedureWords } from './stages.ts'

const templates: Templates<Speaker> = {
  calendar: say.calendarWords,
  service: say.serviceWords,
  standing: say.standingWords,
  class: say.classWords,
  attribute: say.attributeWords,
  electorate: say.electorateWords,
  fact: say.factWords,
  body: bodyWords,
  meeting: meetingWords,
  office: officeWords,
  power: powerRuleWords,
  procedure: procedureWords,
  tier: say.tierWords,
  transition: say.transitionWords,
  limit: say.limitWords,
  validity: say.validityWords,
  order: say.orderWords,
  superior: say.superiorWords,
  conduct: say.conductWords,
  emergency: say.emergencyWords,
  interest: say.interestWords,
  genesis: say.genesisWords,
  appeal: say.appealWords,
  dissolution: dissolutionWords,
  record: say.recordWords,
}

/** The English words of a rule, with the names its rulebook gives. */
export const englishWords = (rule: Rule, rulebook: Rulebook): string => wordsOf(templates, rule, speakerOf(rulebook, rule))
