import { expression } from './codec.ts'
import * as grammar from './expression.ts'
import * as print from './expression-print.ts'

/** `14 clear days` */
export const duration = expression('duration', 'a duration such as `14 clear days`', grammar.parseDuration, print.printDuration)
/** `2000 GBP per month` */
export const amount = expression('amount', 'an amount such as `60 people`', grammar.parseAmount, print.printAmount)
/** `at least 60 people` */
export const threshold = expression(
  'threshold',
  'a threshold such as `at least 60 people`',
  grammar.parseThreshold,
  print.printThreshold,
)
/** `yes at least 2/3 of for-and-against` */
export const condition = expression(
  'condition',
  'a condition such as `yes more than 1/2 of for-and-against`',
  grammar.parseCondition,
  print.printCondition,
)
/** `28 days before cut-off` */
export const moment = expression('moment', 'an instant such as `notice`', grammar.parseMoment, print.printMoment)
/** `standing active and class member` */
export const who = expression('who', 'a predicate such as `standing active`', grammar.parseWho, print.printWho)
/** `committee or electorate members` */
export const actors = expression('actors', 'who acts, such as `electorate members`', grammar.parseActors, print.printActors)
/** `panel by at least 2/3 of seats` */
export const vote = expression('vote', 'a vote such as `panel by more than 1/2 of seats`', grammar.parseVote, print.printVote)
