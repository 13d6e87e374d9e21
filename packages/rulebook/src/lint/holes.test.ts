import { assert } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'
import { rulebookOf } from '../../test/blocks.ts'
import { at, clause, edition, lantern, parsed } from '../../test/lantern.ts'
import { parseRulebook, resultingText, words } from '../index.ts'
import { findingRows, rowOf, warningCodes, type FindingCode } from './codes.ts'
import type { LintFacts } from './finding.ts'
import { lint, waived } from './lint.ts'
import { findingSentence } from './sentences.ts'

const member = 'kind: class\nid: member\nof: person'
const standing = 'kind: standing\nstates:\n  active: {rights: [vote]}'
const members = 'kind: electorate\nid: members\nwho: standing active and class member\ncut-off: notice\nlate-evidence: none'
const panel =
  'kind: body\nid: panel\nseats: [{id: lot, count: 12, by: lot from members}]\nquorum: present more than 1/2 of seats\ndecides: {pass: [yes more than 1/2 of for-and-against], tie: falls}'
const officer =
  'kind: office\nid: officer\nholders: 1\nfilled: appointed by panel\nterm: 1 year\nremoved: panel by more than 1/2 of seats'
const appeal = 'kind: appeal\nid: appeal\nto: panel\ndisjoint: yes\nwithin: 7 days\ndecide-within: 7 days\ntimeout: allowed'
const amends = 'kind: power\nact: amend-rulebook\nvia: [amend]'
const genesis =
  'kind: genesis\nelectorate: members\nnotice: 14 clear days\nquestion: motion\nperiod: 7 days\npass: [yes at least 3/5 of for-and-against]'
const stages = `  propose: {by: electorate members}
  support: {signers: electorate members, need: at least 5 people, window: 28 days, lapsed: count}
  notify: {to: electorate members, clear: 14 clear days}
  freeze: {electorate: members, at: notify}
  ballot: {roll: freeze, secret: yes, method: yes-no, timetable: {by: officer, within: 7 days, timeout: opens at 12:00 on the 8th day}, period: 7 days, pass: [yes at least 2/3 of for-and-against, turnout at least 15% of roll], tie: falls}
  certify: {by: officer, within: 2 days, timeout: certified}
  challenge: {by: electorate members, to: panel, within: 7 days, grounds: [count], decide-within: 7 days, timeout: dismissed, stay: yes}
  enact: {effect: amend-rulebook, at: end of challenge, merge: refuse if a touched clause changed}`
const amend = `kind: procedure\nid: amend\nstages:\n${stages}`
const tier = 'kind: tier\nid: all\nguards: [GUARDS]\nprocedure: amend'
/** The smallest rulebook we know without a hole. */
const sound = [member, standing, members, panel, officer, appeal, amends, amend, tier, genesis] as const

/** The sound rulebook and more, every clause of it in the one tier. */
function bookOf(...more: readonly string[]): string {
  const blocks = [...sound, ...more]
  return rulebookOf(...blocks).replace('GUARDS', [...blocks.keys(), blocks.length].map((n) => n + 1).join(', '))
}

type Edit = (text: string) => string
/** Changes a text, and says when what it would change is not there. */
const put =
  (from: string, to: string): Edit =>
  (text) => {
    assert(text.includes(from), `not there: ${from}`)
    return text.replace(from, to)
  }
const edits =
  (...all: readonly Edit[]): Edit =>
  (text) =>
    all.reduce((t, edit) => edit(t), text)
const same: Edit = (text) => text

/** Findings of the sound rulebook with some blocks changed or added, as code and subject. */
function found(change: Edit, more: readonly string[], facts?: LintFacts): readonly (readonly [FindingCode, string])[] {
  const read = parseRulebook(change(bookOf(...more)), edition(1))
  assert(read.kind === 'ok', read.kind === 'fail' ? JSON.stringify(read.error) : '')
  return lint(read.value, facts).map((f) => [f.code, f.subject] as const)
}

/** One hole: what makes it in the sound rulebook, and beside it the like that is none. */
type Hole = {
  readonly code: FindingCode
  readonly what: string
  readonly subject: string
  readonly hole?: Edit
  readonly adds?: readonly string[]
  readonly whole?: Edit
  readonly addsWhole?: readonly string[]
  readonly facts?: LintFacts
  /** Other findings the same hole makes. */
  readonly also?: readonly (readonly [FindingCode, string])[]
}

const suspends = 'kind: power\nact: suspend\nholder: panel\nlimits: {at-most: 60 days}'
const easier = `kind: procedure\nid: easy\nstages:\n${stages.replace('2/3 of', '11/20 of').replace('amend-rulebook', 'endorse')}`
const stricter = easier.replace('id: easy', 'id: hard').replace('11/20', '2/3')
const committee = (seats: string, rest = ''): string =>
  `kind: body\nid: committee\nseats: ${seats}\nquorum: present more than 1/2 of seats\ndecides: {pass: [yes more than 1/2 of for-and-against], tie: falls}${rest}`
const hue = 'kind: attribute\nid: hue\nvalues: [red, blue]\nevidence: declared'
const quota = (at: number, ...more: readonly string[]): string =>
  committee(
    `[{id: all, count: 3, by: election of members, quota: [${[`{who: attribute hue red, at-least: ${at}}`, ...more].join(', ')}]}]`,
  )
const emergency = (again: string): string =>
  `kind: emergency\nwhen: fact storm\nby: panel by at least 2/3 of seats\nmay: [postpone meeting]\nnever: []\nlapses: 21 days\nratify: {by: panel, within: 7 days, timeout: lapses}${again}`
const storm = 'kind: fact\nid: storm\nattested-by: [officer]\nevidence: statement\nexpires: 21 days'
const readings = (one: string, other: string): string =>
  `kind: power\nact: endorse\nholder: panel\npass: {readings: {one: [${one}], other: [${other}]}}`
const ratified = (one: string, other: string): string => readings(one, other).replace(']}}', ']}, ratified: one}')
const general = (notice: string): string =>
  `kind: body\nid: general-meeting\nseats: [{id: all, everyone-in: electorate members}]\nquorum: present at least 10 people\nmeets: {at-least: 3 times a year, notice: ${notice}, by: officer}\ndecides: {pass: [yes more than 1/2 of for-and-against], tie: falls}`
const atMeeting = `kind: procedure\nid: motion\nstages:
  propose: {by: electorate members, due: end of day 20 days before meeting}
  meeting: {body: general-meeting, within: 60 days, pass: [yes more than 1/2 of for-and-against], tie: falls, timeout: fallen}
  enact: {effect: adopt-policy, at: end of meeting}`
const granted = 'kind: power\nact: adopt-policy\nvia: [motion]'
const amendments = (due: string): string => `{by: electorate members, due: ${due}, collision: each is voted on}`
const byPost =
  'kind: service\nid: notice\nchannels: [email, post]\ndeemed-received: {email: at sending, post: 2 working days after sending}\nsound-when: at least 95% of roll'
const consider = '  consider: {body: panel, within: 30 days, timeout: agreed'
const meets = (agenda: string): string => `\nmeets: {every: 3 months, notice: 7 days, agenda: ${agenda}, by: officer}`

const holes: readonly Hole[] = [
  {
    code: 'unresolved',
    what: 'an unknown field',
    subject: 'via',
    adds: ['kind: power\nact: endorse\nvia: unknown'],
    addsWhole: ['kind: power\nact: endorse\nholder: panel'],
  },
  {
    code: 'unresolved',
    what: 'readings that agree in nothing',
    subject: 'pass',
    adds: [readings('yes more than 1/2 of for-and-against', 'yes at least 4/5 of seats')],
    addsWhole: [ratified('yes more than 1/2 of for-and-against', 'yes at least 4/5 of seats')],
  },
  {
    code: 'or-between-thresholds',
    what: '“5% or 1,000”',
    subject: 'stages.support.need',
    hole: put(
      'need: at least 5 people',
      'need: {readings: {lower: at least lesser of 5% of electorate members at propose and 1000 people, higher: at least greater of 5% of electorate members at propose and 1000 people}}',
    ),
    whole: put('need: at least 5 people', 'need: at least lesser of 5% of electorate members at propose and 1000 people'),
  },
  {
    code: 'filled-or-established',
    what: '“all members” of a group that is never full',
    subject: 'pass',
    adds: [readings('yes at least 2/5 of seats', 'yes at least 2/5 of seated')],
    addsWhole: [ratified('yes at least 2/5 of seats', 'yes at least 2/5 of seated')],
  },
  {
    code: 'base-unstated',
    what: '“30% of those eligible”, to vote or to agree',
    subject: 'stages.ballot.pass',
    hole: put(
      'pass: [yes at least 2/3 of for-and-against, turnout at least 15% of roll]',
      'pass: {readings: {turnout: [turnout at least 15% of roll], support: [yes at least 15% of roll]}}',
    ),
    whole: put('turnout at least 15% of roll', 'yes at least 15% of roll'),
  },
  {
    code: 'base-undated',
    what: 'a share of the members on no day',
    subject: 'support',
    hole: put('at least 5 people', 'at least 5% of electorate members at unknown'),
    whole: put('at least 5 people', 'at least 5% of electorate members at propose'),
  },
  {
    code: 'base-undated',
    what: 'two readings of the day',
    subject: 'stages.support.need',
    hole: put(
      'at least 5 people',
      '{readings: {first: at least 5% of electorate members at propose, last: at least 5% of electorate members at close}}',
    ),
    whole: put('at least 5 people', 'at least 5% of electorate members at close'),
  },
  {
    code: 'empty-class-veto',
    what: 'the consent of a class that may have nobody',
    subject: 'pass',
    adds: ['kind: power\nact: endorse\nholder: panel\npass: [yes of class member more than 1/2 of seats of class member]'],
    addsWhole: [
      'kind: power\nact: endorse\nholder: panel\npass: [yes of class member more than 1/2 of seats of class member or none seated]',
    ],
  },
  {
    code: 'refusal-unsaid',
    what: 'silence that may or may not be a refusal',
    subject: 'stages.consider.refused-when',
    hole: put('  notify:', `${consider}, refused-when: unknown}\n  notify:`),
    whole: put('  notify:', `${consider}}\n  notify:`),
  },
  {
    code: 'nothing-reckons-time',
    what: 'no calendar',
    subject: 'calendar',
    hole: put('kind: calendar\nzone: Europe/London\nholidays: []', 'kind: limit\nnever: [removal of appeal]'),
  },
  {
    code: 'no-genesis',
    what: 'nothing says how the rules began',
    subject: 'genesis',
    hole: put(genesis, 'kind: limit\nnever: [removal of appeal]'),
    whole: put(genesis, 'kind: superior\nrulebook: national\nprevails: yes'),
  },
  {
    code: 'nobody-changes-the-rules',
    what: 'no holder of amend-rulebook',
    subject: 'amend-rulebook',
    hole: put(amends, 'kind: limit\nnever: [removal of appeal]'),
  },
  {
    code: 'power-without-route',
    what: 'a power with neither holder nor procedure',
    subject: 'spend',
    adds: ['kind: power\nact: spend'],
    addsWhole: ['kind: power\nact: spend\nholder: panel'],
  },
  {
    code: 'power-nobody-holds',
    what: 'a way back that nobody opens',
    subject: 'lapsed',
    hole: put('active: {rights: [vote]}', 'active: {rights: [vote]}\n  lapsed: {from: active, back: by readmit}'),
    whole: put('active: {rights: [vote]}', 'active: {rights: [vote]}\n  lapsed: {from: active, back: on payment}'),
  },
  {
    code: 'power-nobody-holds',
    what: 'a procedure whose effect is not granted',
    subject: 'easy',
    adds: [easier],
    addsWhole: [easier, 'kind: power\nact: endorse\nvia: [easy]'],
  },
  {
    code: 'two-strengths',
    what: 'an easier way beside a stricter one',
    subject: 'endorse',
    adds: [easier, stricter, 'kind: power\nact: endorse\nvia: [easy, hard]'],
    addsWhole: [easier.replace('11/20', '2/3'), stricter, 'kind: power\nact: endorse\nvia: [easy, hard]'],
  },
  {
    code: 'unknown-id',
    what: 'a body nobody defines',
    subject: 'senate',
    adds: ['kind: power\nact: spend\nholder: senate'],
    addsWhole: ['kind: power\nact: spend\nholder: officer'],
  },
  { code: 'unknown-id', what: 'a stage nobody defines', subject: 'summer', hole: put('at: notify', 'at: summer') },
  {
    code: 'empty-reference',
    what: 'an electorate of a standing nobody can have',
    subject: 'saintly',
    hole: put('who: standing active', 'who: standing saintly'),
  },
  {
    code: 'empty-reference',
    what: 'an electorate of a value nobody can have',
    subject: 'green',
    hole: put('class member\ncut', 'attribute hue green\ncut'),
    adds: [hue],
    whole: put('class member\ncut', 'attribute hue red\ncut'),
    addsWhole: [hue],
  },
  {
    code: 'clause-in-no-tier',
    what: 'a clause no tier guards',
    subject: '3',
    hole: put('guards: [1, 2, 3, 4', 'guards: [1, 2, 4'),
  },
  {
    code: 'entrenchment-bypassed',
    what: 'a body that changes the rules by itself',
    subject: 'panel',
    hole: put('act: amend-rulebook\nvia: [amend]', 'act: amend-rulebook\nvia: [amend]\nholder: panel'),
  },
  {
    code: 'entrenchment-bypassed',
    what: 'an emergency that may change the rules',
    subject: 'emergency',
    adds: [storm, emergency('\nagain: after 1 year').replace('[postpone meeting]', '[amend-rulebook]')],
    addsWhole: [storm, emergency('\nagain: after 1 year')],
  },
  {
    code: 'amendable-by-less',
    what: 'a tier whose electorate a weaker tier guards',
    subject: '4',
    hole: edits(put('guards: [1, 2, 3, 4', 'guards: [1, 2, 3'), put('via: [amend]', 'via: [amend, easy]')),
    adds: [easier.replace('endorse', 'amend-rulebook'), 'kind: tier\nid: weak\nguards: [4]\nprocedure: easy'],
    whole: edits(put('guards: [1, 2, 3, 4', 'guards: [1, 2, 3'), put('via: [amend]', 'via: [amend, easy]')),
    addsWhole: [
      easier.replace('endorse', 'amend-rulebook').replace('11/20', '2/3'),
      'kind: tier\nid: weak\nguards: [4]\nprocedure: easy',
    ],
  },
  {
    code: 'base-without-meaning',
    what: 'a roll where there is none',
    subject: 'decides',
    hole: put('pass: [yes more than 1/2 of for-and-against]', 'pass: [yes more than 1/2 of roll]'),
    whole: put('pass: [yes more than 1/2 of for-and-against]', 'pass: [yes more than 1/2 of seats]'),
  },
  {
    code: 'base-without-meaning',
    what: 'seats in a ballot of members',
    subject: 'ballot',
    hole: put('15% of roll', '15% of seats'),
    whole: put('15% of roll', '15% of issued'),
  },
  {
    code: 'no-timeout',
    what: 'a limit of time without an outcome',
    subject: 'admit',
    adds: ['kind: power\nact: admit\nholder: officer\nlimits: {within: 14 days}'],
    addsWhole: ['kind: power\nact: admit\nholder: officer\nlimits: {within: 14 days, timeout: admitted}'],
  },
  {
    code: 'no-timeout',
    what: 'a stage whose outcome on silence nobody knows',
    subject: 'stages.certify.timeout',
    hole: put('timeout: certified', 'timeout: unknown'),
  },
  {
    code: 'appeal-to-the-decider',
    what: 'an appeal to those who decided',
    subject: 'appeal',
    adds: ['kind: power\nact: exclude\nholder: panel\nappeal: appeal'],
    hole: same,
    whole: edits(
      put('to: panel\ndisjoint', 'to: panel sitting anew\ndisjoint'),
      put('count: 12', 'count: 24'),
      put('present more than 1/2 of seats\ndecides', 'present at least 4 seats\nsits: {of: 7, by: lot per case}\ndecides'),
    ),
    addsWhole: ['kind: power\nact: exclude\nholder: panel\nappeal: appeal'],
  },
  {
    code: 'appeal-to-the-decider',
    what: 'a challenge before those who certified',
    subject: 'challenge',
    hole: put('certify: {by: officer', 'certify: {by: panel'),
  },
  {
    code: 'no-exit',
    what: 'a procedure that never takes effect',
    subject: 'propose',
    hole: put(
      '  enact: {effect: amend-rulebook, at: end of challenge, merge: refuse if a touched clause changed}',
      '  delay: {lasts: 1 day}',
    ),
  },
  {
    code: 'no-exit',
    what: 'a procedure that runs in a circle',
    subject: 'challenge',
    hole: put('timeout: certified}', 'timeout: certified, then: {done: notify}}'),
    whole: put('timeout: certified}', 'timeout: certified, then: {done: challenge}}'),
    also: [
      ['no-exit', 'enact'],
      ['no-exit', 'propose'],
    ],
  },
  {
    code: 'no-exit',
    what: 'a challenge that sends a decision back as often as it is made',
    subject: 'ballot',
    hole: put('stay: yes}', 'stay: yes, then: {upheld: ballot}}'),
    whole: put('stay: yes}', 'stay: yes, at-most: 2 times, then: {upheld: ballot}}'),
  },
  {
    code: 'deadline-before-notice',
    what: 'motions due before the meeting is called',
    subject: 'propose',
    adds: [general('14 days'), atMeeting, granted],
    addsWhole: [general('21 days'), atMeeting, granted],
  },
  {
    code: 'ballot-before-notice',
    what: 'amendments that close before the post has come',
    subject: 'debate',
    hole: edits(
      put('  freeze:', `  debate: {with: notify, lasts: 10 days, amendments: ${amendments('2 days after notify')}}\n  freeze:`),
    ),
    adds: [byPost],
    whole: edits(
      put('  freeze:', `  debate: {with: notify, lasts: 10 days, amendments: ${amendments('3 days after notify')}}\n  freeze:`),
    ),
    addsWhole: [byPost],
  },
  {
    code: 'unmeetable-quota',
    what: 'two of four seats where there are three',
    subject: 'all',
    adds: [hue, quota(2).replace('at-least: 2', 'at-least: 2, of: 4')],
    addsWhole: [hue, quota(2).replace('at-least: 2', 'at-least: 2, of: 3')],
  },
  {
    code: 'deadline-before-notice',
    what: 'business due before the meeting is called',
    subject: 'agenda',
    adds: [committee('[{id: all, count: 3, by: election of members}]', meets('14 days'))],
    addsWhole: [committee('[{id: all, count: 3, by: election of members}]', meets('7 days'))],
  },
  {
    code: 'ballot-before-notice',
    what: 'a ballot that opens with its notice',
    subject: 'ballot',
    hole: put('ballot: {roll', 'ballot: {with: notify, roll'),
    whole: put('ballot: {roll', 'ballot: {opens: [after notify], roll'),
  },
  {
    code: 'self-filling-body',
    what: 'a committee that elects itself',
    subject: 'committee',
    adds: [committee('[{id: all, count: 3, by: election by committee}]')],
    addsWhole: [committee('[{id: all, count: 3, by: election by panel}]')],
  },
  {
    code: 'self-filling-body',
    what: 'two bodies that appoint each other',
    subject: 'committee',
    adds: [
      committee('[{id: all, count: 3, by: appointment by council}]'),
      committee('[{id: all, count: 3, by: appointment by committee}]').replace('id: committee', 'id: council'),
    ],
    also: [['self-filling-body', 'council']],
    addsWhole: [
      committee('[{id: all, count: 3, by: appointment by council}]'),
      committee('[{id: all, count: 3, by: election of members}]').replace('id: committee', 'id: council'),
    ],
  },
  {
    code: 'self-filling-body',
    what: 'a committee that co-opts without end',
    subject: 'committee',
    adds: [committee('[{id: all, count: 3, by: election of members}]', '\nvacancy: {fill: co-opt}')],
    addsWhole: [committee('[{id: all, count: 3, by: election of members}]', '\nvacancy: {fill: co-opt, empty-at-most: 1 seats}')],
  },
  {
    code: 'power-without-end',
    what: 'an emergency renewed the day it lapses',
    subject: 'emergency',
    adds: [storm, emergency('')],
    addsWhole: [storm, emergency('\nagain: after 1 year')],
  },
  {
    code: 'power-without-end',
    what: 'power handed on for ever',
    subject: 'delegate-power',
    adds: ['kind: power\nact: delegate-power\nholder: panel'],
    addsWhole: ['kind: power\nact: delegate-power\nholder: panel\nuntil: 1 year'],
  },
  {
    code: 'freeze-after-suspension',
    what: 'a roll fixed after voters could be suspended',
    subject: 'ballot',
    hole: edits(put('at: notify}', 'at: debate}'), put('  freeze:', '  debate: {lasts: 7 days}\n  freeze:')),
    adds: [suspends],
    whole: edits(put('at: notify}', 'at: debate}'), put('  freeze:', '  debate: {lasts: 7 days}\n  freeze:')),
    addsWhole: [suspends.replace('60 days', '60 days, not-within: notify to certify of any ballot')],
  },
  {
    code: 'adoption-on-a-tie',
    what: 'a half that is enough',
    subject: 'ballot',
    hole: put('at least 2/3 of for-and-against', 'at least 50% of for-and-against'),
    whole: put('at least 2/3 of for-and-against', 'more than 50% of for-and-against'),
  },
  {
    code: 'adoption-on-a-tie',
    what: 'a body that carries equal votes',
    subject: 'decides',
    hole: put('tie: falls', 'tie: carried'),
  },
  {
    code: 'opponents-help',
    what: 'a turnout rule that opponents can meet for the proposers',
    subject: 'ballot',
    hole: edits(
      put('2/3 of for-and-against', '1/2 of votes-cast'),
      put('yes at least 1/2', 'yes more than 1/2'),
      put('15% of roll', '30% of roll'),
    ),
    whole: edits(
      put('2/3 of for-and-against', '1/2 of votes-cast'),
      put('yes at least 1/2', 'yes more than 1/2'),
      put('turnout at least 15%', 'yes at least 30%'),
    ),
  },
  {
    code: 'unmeetable-quota',
    what: 'four of three seats',
    subject: 'all',
    adds: [hue, quota(4)],
    addsWhole: [hue, quota(3)],
  },
  {
    code: 'unmeetable-quota',
    what: 'two groups that nobody can be in at once',
    subject: 'all',
    adds: [hue, quota(2, '{who: attribute hue blue, at-least: 2}')],
    addsWhole: [hue, quota(2, '{who: attribute hue blue or attribute hue red, at-least: 3}')],
  },
  {
    code: 'inquorate-by-exclusion',
    what: 'a quorum of more than sit',
    subject: 'panel',
    hole: put(
      'present more than 1/2 of seats\ndecides',
      'present more than 1/2 of seats\nsits: {of: 5, by: lot per case}\ndecides',
    ),
    whole: put('present more than 1/2 of seats\ndecides', 'present at least 4 seats\nsits: {of: 5, by: lot per case}\ndecides'),
  },
  {
    code: 'inquorate-by-exclusion',
    what: 'a panel too small to sit anew',
    subject: 'panel',
    hole: edits(
      put('to: panel', 'to: panel sitting anew'),
      put('count: 12', 'count: 8'),
      put('present more than 1/2 of seats\ndecides', 'present at least 4 seats\nsits: {of: 5, by: lot per case}\ndecides'),
    ),
    whole: edits(
      put('to: panel', 'to: panel sitting anew'),
      put('present more than 1/2 of seats\ndecides', 'present at least 4 seats\nsits: {of: 5, by: lot per case}\ndecides'),
    ),
  },
  {
    code: 'inquorate-by-exclusion',
    what: 'a quorum of everybody, where one may have to step back',
    subject: 'panel',
    hole: put('present more than 1/2 of seats', 'present at least 1/1 of seats'),
    adds: ['kind: interest\ndeclare: [family]\neffect: leaves vote and quorum\nwho-decides: officer'],
    addsWhole: ['kind: interest\ndeclare: [family]\neffect: leaves vote and quorum\nwho-decides: officer'],
  },
  {
    code: 'beyond-the-number',
    what: 'a quorum above the seats there are',
    subject: 'quorum',
    hole: put('present more than 1/2 of seats', 'present at least 13 seats'),
    whole: put('present more than 1/2 of seats', 'present at least 12 seats'),
  },
  {
    code: 'beyond-the-number',
    what: 'more signatures than members',
    subject: 'support',
    hole: put('at least 5 people', 'at least 501 people'),
    whole: put('at least 5 people', 'at least 500 people'),
    facts: { turnouts: [], electorates: { members: 500 } },
  },
  {
    code: 'not-enough-seated',
    what: 'all seats of a panel that is not full',
    subject: 'removed',
    hole: put('panel by more than 1/2 of seats', 'panel by at least 1/1 of seats'),
    facts: { turnouts: [], seated: { panel: 11 } },
  },
  {
    code: 'never-reached',
    what: 'a turnout that never was',
    subject: 'ballot',
    hole: put('turnout at least 15%', 'turnout at least 36%'),
    whole: put('turnout at least 15%', 'turnout at least 35%'),
    facts: {
      turnouts: [
        { cast: 8580, of: 40_000 },
        { cast: 13_307, of: 38_020 },
      ],
    },
    also: [['opponents-help', 'ballot']],
  },
  {
    code: 'base-that-shrinks',
    what: 'a quorum of filled seats',
    subject: 'quorum',
    hole: put('quorum: present more than 1/2 of seats', 'quorum: present more than 1/2 of seated'),
  },
]

describe('the linter', () => {
  it('finds nothing in Lantern, nor in the smallest sound rulebook', () => {
    expect(lint(lantern)).toEqual([])
    expect(lint(parsed(bookOf()))).toEqual([])
  })

  it.each(holes)('$code: $what', ({ code, subject, hole = same, adds = [], whole = same, addsWhole = [], facts, also = [] }) => {
    const sorted = (list: readonly (readonly [string, string])[]) => list.map(String).toSorted()
    expect(sorted(found(hole, adds, facts))).toEqual(sorted([[code, subject], ...also]))
    expect(found(whole, addsWhole, facts).filter(([c]) => c === code || also.length === 0)).toEqual([])
  })

  it('has a rulebook with and one without for every code there is', () => {
    expect([...new Set(holes.map((h) => h.code))].toSorted()).toEqual(Object.keys(findingRows).toSorted())
  })

  it('says every finding in English and Welsh with its figures and no slot left open', () => {
    for (const { hole = same, adds = [], facts } of holes) {
      const findings = lint(parsed(hole(bookOf(...adds))), facts)
      for (const finding of findings)
        for (const locale of ['en', 'cy'] as const) {
          const sentence = findingSentence(finding, locale)
          expect(sentence).not.toMatch(/[{}]|undefined|NaN|Infinity/)
          expect(sentence.endsWith('.')).toBe(true)
        }
    }
    const slots = (text: string) => [...text.matchAll(/\{[a-z]+\}/g)].map(String).toSorted()
    for (const code of Object.keys(findingRows) as FindingCode[]) {
      expect(slots(rowOf(code).cy), code).toEqual(slots(rowOf(code).en))
      expect(rowOf(code).cy).not.toBe(rowOf(code).en)
    }
  })

  it('gives the figures of a turnout the movement never had, and warns only then', () => {
    const turnouts = (...of: readonly number[]) =>
      lint(lantern, { turnouts: of.map((cast) => ({ cast, of: 1180 })) }).map((f) => [f.code, f.grade, f.clause, f.figures])
    expect(turnouts(100, 176)).toEqual([['never-reached', 'warning', '4.2@1', { needed: 177, of: 1180, best: 176 }]])
    expect(turnouts(100, 177)).toEqual([])
  })

  it('cites clause and edition, in the order of the text', () => {
    const read = parsed(bookOf('kind: power\nact: spend\nholder: senate', 'kind: power\nact: endorse'), 7)
    expect(lint(read).map((f) => f.clause)).toEqual(['12@7', '13@7'])
  })

  describe('a warning waived in the text of the rule it is about', () => {
    const shrinking = put('quorum: present more than 1/2 of seats\ndecides', 'quorum: present more than 1/2 of seated\ndecides')
    const waiving = (code: string) => edits(shrinking, put('id: panel\nseats', `id: panel\nwaives: [${code}]\nseats`))

    it('is found no more, and is listed for those who ratify', () => {
      expect(found(shrinking, [])).toEqual([['base-that-shrinks', 'quorum']])
      expect(found(waiving('base-that-shrinks'), [])).toEqual([])
      const book = parsed(waiving('base-that-shrinks')(bookOf()))
      expect(waived(book).map((f) => [f.code, f.clause, f.subject])).toEqual([['base-that-shrinks', '5@1', 'quorum']])
      expect(waived(parsed(bookOf()))).toEqual([])
    })

    it('stays when another is waived, and an error cannot be', () => {
      expect(found(waiving('two-strengths'), [])).toEqual([['base-that-shrinks', 'quorum']])
      const read = parseRulebook(waiving('adoption-on-a-tie')(bookOf()), edition(1))
      expect(read.kind === 'fail' && read.error.map((d) => d.code)).toEqual(['R0305'])
      const warnings = Object.entries(findingRows).flatMap(([code, row]) => (row.grade === 'warning' ? [code] : []))
      expect([...warningCodes].toSorted()).toEqual(warnings.toSorted())
    })

    it('is said in the words of the rule, in each language', () => {
      const with_ = parsed(waiving('base-that-shrinks')(bookOf()))
      const without = parsed(shrinking(bookOf()))
      for (const locale of ['en', 'cy'] as const) {
        const said = words(with_, clause('5'), locale) ?? ''
        expect(said.startsWith(words(without, clause('5'), locale) ?? '?')).toBe(true)
        expect(said).toContain('base-that-shrinks')
      }
    })

    it('lets a change of rules through that is refused without it', () => {
      const text = bookOf()
      const after = (t: string): string => t.split(/^(?=## )/m).find((c) => c.startsWith('## 5 ')) ?? ''
      const holes = (t: string) =>
        resultingText(text, edition(1), [{ clause: clause('5'), after: after(t) }], at('2027-03-01')).findings
      expect(holes(shrinking(text)).map((f) => f.code)).toEqual(['base-that-shrinks'])
      expect(holes(waiving('base-that-shrinks')(text))).toEqual([])
    })
  })
})
