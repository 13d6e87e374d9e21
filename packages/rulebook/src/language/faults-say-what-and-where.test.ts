import { describe, expect, it } from 'vitest'
import { readTree } from '../yaml/read-tree.ts'
import { readBlock } from './parse.ts'

// What is wrong with a block, where it is, what stands there and what would be right: the words an author gets, a row a fault.

type Said = readonly [code: string, line: number, column: number, text: string, help: string] | null
const said = (source: string): Said => {
  const tree = readTree(source, 1)
  const read = tree.kind === 'ok' ? readBlock(tree.value) : tree
  if (read.kind === 'ok') return null
  const { code, at, text, help } = read.error
  return [code, at.line, at.column, text, help]
}
const kinds =
  'kinds: calendar, service, standing, class, attribute, electorate, fact, body, meeting, office, power, procedure, tier, transition, limit, validity, order, superior, conduct, emergency, interest, genesis, appeal, dissolution, record'
const stageKinds =
  'a stage does one of: propose, support, check, notify, debate, consider, meeting, nominate, hustings, freeze, ballot, certify, challenge, delay, enact'

const blocks: readonly (readonly [source: string, says: Said])[] = [
  ['- a', ['R0304', 1, 1, '', 'a block is a map that begins with `kind`']],
  ['id: x', ['R0301', 1, 1, '', kinds]],
  ['kind: [body]', ['R0301', 1, 7, '', kinds]],
  ['kind: parliament', ['R0301', 1, 7, 'parliament', kinds]],
  ['kind: class\nid: member', ['R0303', 1, 1, 'of', 'needs of']],
  ['kind: class\nid: member\nof: person\ncolour: red', ['R0302', 4, 1, 'colour', 'known here: id, of, rights']],
  ['kind: class\nid: [member]\nof: person', ['R0304', 2, 5, '[…]', 'an id such as `returning-officer`']],
  ['kind: class\nid: Member\nof: person', ['R0305', 2, 5, 'Member', 'an id such as `returning-officer`']],
  ['kind: class\nid: a--b\nof: person', ['R0305', 2, 5, 'a--b', 'an id such as `returning-officer`']],
  ['kind: class\nid: member\nof: [person]', ['R0304', 3, 5, '[…]', 'one of: person, organisation']],
  ['kind: class\nid: member\nof: animal', ['R0305', 3, 5, 'animal', 'one of: person, organisation']],
  ['kind: tier\nid: all\nguards: 1\nprocedure: amend', ['R0304', 3, 9, '1', 'a list in [ ]']],
  ['kind: tier\nid: all\nguards: []\nprocedure: amend', ['R0304', 3, 9, '[…]', 'at least 1 in the list']],
  ['kind: tier\nid: all\nguards: [{a: b}]\nprocedure: amend', ['R0304', 3, 10, '{…}', 'a clause number']],
  ['kind: tier\nid: all\nguards: [1.2, 12345]\nprocedure: amend', ['R0305', 3, 15, '12345', 'a clause number']],
  ['kind: tier\nid: all\nguards: [1.2.3.4.5.6]\nprocedure: amend', null],
  ['kind: tier\nid: all\nguards: [1.2.3.4.5.6.7]\nprocedure: amend', ['R0305', 3, 10, '1.2.3.4.5.6.7', 'a clause number']],
  ['kind: tier\nid: all\nguards: [1.]\nprocedure: amend', ['R0305', 3, 10, '1.', 'a clause number']],
  ['kind: record\nwitnesses: 01', ['R0305', 2, 12, '01', 'a whole number']],
  ['kind: record\nwitnesses: 1000000000', ['R0305', 2, 12, '1000000000', 'a whole number']],
  ['kind: record\nwitnesses: 999999999', null],
  ['kind: record\nwitnesses: [1]', ['R0304', 2, 12, '[…]', 'a whole number']],
  ['kind: record\nwitnesses: -1', ['R0305', 2, 12, '-1', 'a whole number']],
  ['kind: superior\nrulebook: party\nprevails: maybe', ['R0305', 3, 11, 'maybe', 'yes or no']],
  ['kind: superior\nrulebook: party\nprevails: {a: b}', ['R0304', 3, 11, '{…}', 'yes or no']],
  ['kind: calendar\nzone: Europe/London\nholidays: []\nday-ends: 24:01', ['R0305', 4, 11, '24:01', 'a time such as 12:00']],
  ['kind: calendar\nzone: Europe/London\nholidays: []\nday-ends: 24:00', null],
  ['kind: calendar\nzone: Atlantis/Town\nholidays: []', ['R0305', 2, 7, 'Atlantis/Town', 'an IANA zone such as Europe/London']],
  [
    'kind: calendar\nzone: Europe/London\nholidays: [wales]',
    ['R0305', 3, 12, 'wales', 'one of: england-and-wales, scotland, northern-ireland'],
  ],
  ['kind: calendar\nzone: Europe/London\nholidays: england-and-wales', ['R0304', 3, 11, 'england-and-wales', 'a list in [ ]']],
  [
    'kind: power\nact: spend\nlimits: {}',
    [
      'R0303',
      3,
      9,
      '{…}',
      'at least one of grounds, at-most, not-within, up-to, no-single, above, never-for, on, shows, within, timeout, refuse-on, uses',
    ],
  ],
  [
    'kind: power\nact: spend\nlimits: x',
    [
      'R0304',
      3,
      9,
      'x',
      'a map with grounds, at-most, not-within, up-to, no-single, above, never-for, on, shows, within, timeout, refuse-on, uses',
    ],
  ],
  ['kind: power\nact: spend\nholder: []', ['R0304', 3, 9, '[…]', 'at least 1 in the list']],
  ['kind: power\nact: spend\nholder: {a: b}', ['R0304', 3, 9, '{…}', 'an id such as `returning-officer`']],
  [
    'kind: power\nact: spend\nlimits: {not-within: a to b of any ballots}',
    ['R0305', 3, 22, 'a to b of any ballots', '<from> to <to> of any ballot'],
  ],
  [
    'kind: power\nact: spend\nlimits: {uses: x times a year}',
    ['R0305', 3, 16, 'x', '<times> times a year, where <times> is a whole number'],
  ],
  ['kind: power\nact: spend\ndelegable: maybe', ['R0305', 3, 12, 'maybe', 'one of: no; for at most <length>']],
  [
    'kind: power\nact: spend\ndelegable: for at most 3 lightyears',
    [
      'R0306',
      3,
      26,
      '3 lightyears',
      'for at most <length>, where <length> is a duration such as `14 clear days`: expected “minutes”, “hours”, “clear days”, “working days”, “days”, “weeks”, “months”, “years”',
    ],
  ],
  ['kind: power\nact: spend\ndelegable: [no]', ['R0304', 3, 12, '[…]', 'one of: no; for at most <length>']],
  ['kind: power\nact: spend\nnames: {en: {few: x}}', ['R0305', 3, 14, 'few', 'one of: one, many, the']],
  ['kind: power\nact: spend\nnames: x', ['R0304', 3, 8, 'x', 'a map with en, cy']],
  ['kind: power\nact: spend\nterms: {A: {en: {one: x}}}', ['R0305', 3, 9, 'A', 'an id such as `returning-officer`']],
  ['kind: power\nact: spend\nbasis: {guessed: [act]}', ['R0305', 3, 9, 'guessed', 'one of: known, inferred, unknown, ours']],
  [
    'kind: power\nact: spend\nwaives: [everything]',
    ['R0305', 3, 10, 'everything', 'one of: two-strengths, opponents-help, not-enough-seated, never-reached, base-that-shrinks'],
  ],
  ['kind: power\nact: spend\nwaives: []', ['R0304', 3, 9, '[…]', 'at least 1 in the list']],
  ['kind: electorate\nid: e\nwho: age at least 150\ncut-off: notice\nlate-evidence: none', null],
  [
    'kind: electorate\nid: e\nwho: age at least 151\ncut-off: notice\nlate-evidence: none',
    ['R0306', 3, 22, 'age at least 151', 'a predicate such as `standing active`: expected an age of at most 150'],
  ],
  [
    'kind: electorate\nid: e\nwho: class\ncut-off: notice\nlate-evidence: none',
    ['R0306', 3, 11, 'class', 'a predicate such as `standing active`: expected an id'],
  ],
  [
    'kind: electorate\nid: e\nwho: class a and\ncut-off: notice\nlate-evidence: none',
    [
      'R0306',
      3,
      17,
      'class a and',
      'a predicate such as `standing active`: expected “standing”, “class”, “attribute”, “in”, “seat on”, “office”, “electorate”, “fact”',
    ],
  ],
  [
    'kind: electorate\nid: e\nwho: [class a]\ncut-off: notice\nlate-evidence: none',
    ['R0304', 3, 6, '[…]', 'a predicate such as `standing active`'],
  ],
  ['kind: procedure\nid: p\nstages: {}', ['R0303', 3, 9, '', 'at least one stage']],
  ['kind: procedure\nid: p\nstages: [propose]', ['R0304', 3, 9, '', 'a map of stages']],
  ['kind: procedure\nid: p\nstages: {vote: {by: rule}}', ['R0305', 3, 16, 'vote', stageKinds]],
  ['kind: procedure\nid: p\nstages: {first: {do: sing}}', ['R0305', 3, 22, 'sing', stageKinds]],
  [
    'kind: procedure\nid: p\nstages: {First: {do: delay, lasts: 1 day}}',
    ['R0305', 3, 17, 'First', 'an id such as `returning-officer`'],
  ],
  [
    'kind: procedure\nid: p\nstages: {delay: 3 days}',
    ['R0304', 3, 17, '3 days', 'a map with lasts, do, with, after, then, when, skip-if, at-most'],
  ],
  [
    'kind: procedure\nid: p\nstages: {delay: {lasts: 3 dayz}}',
    [
      'R0306',
      3,
      27,
      '3 dayz',
      'a duration such as `14 clear days`: expected “minutes”, “hours”, “clear days”, “working days”, “days”, “weeks”, “months”, “years”',
    ],
  ],
  [
    'kind: procedure\nid: p\nstages: {delay: {lasts: 3 days, at-most: three times}}',
    ['R0305', 3, 42, 'three', '<times> times, where <times> is a whole number'],
  ],
  [
    'kind: procedure\nid: p\nstages: {notify: {to: electorate members}}',
    ['R0303', 3, 18, 'clear, due', 'needs exactly one of clear, due'],
  ],
  [
    'kind: procedure\nid: p\nstages: {notify: {to: electorate members, clear: 3 days, due: propose}}',
    ['R0303', 3, 18, 'clear, due', 'needs exactly one of clear, due'],
  ],
  [
    'kind: procedure\nid: p\nstages: {notify: {to: members, clear: 3 days}}',
    ['R0305', 3, 23, 'members', 'one of: electorate <electorate> of this group; electorate <electorate>'],
  ],
  [
    'kind: procedure\nid: p\nstages: {delay: {lasts: 3 days, then: {Done: end}}}',
    ['R0305', 3, 40, 'Done', 'an id such as `returning-officer`'],
  ],
  ['kind: procedure\nid: p\nstages: {delay: {lasts: 3 days, then: end}}', ['R0304', 3, 39, 'end', 'a map of keys']],
  [
    'kind: procedure\nid: p\nstages: {check: {by: rule, grounds: [breaks x.y], within: 1 day, timeout: passed}}',
    ['R0305', 3, 45, 'x.y', 'breaks <clause>, where <clause> is a clause number'],
  ],
  [
    'kind: procedure\nid: p\nstages: {propose: {by: nobody else}}',
    ['R0306', 3, 31, 'nobody else', 'who acts, such as `electorate members`: expected nothing more'],
  ],
  [
    'kind: procedure\nid: p\nstages: {enact: {effect: spend, at: end of the world}}',
    ['R0305', 3, 44, 'the world', 'end of <stage>, where <stage> is an id such as `returning-officer`'],
  ],
]

describe('a block', () => {
  it.each(blocks)('%j', (source, says) => {
    expect(said(source)).toEqual(says)
  })

  it('has ids of at most sixty letters', () => {
    const named = (n: number): Said => said(`kind: class\nid: ${'a'.repeat(n)}\nof: person`)
    expect(named(60)).toBeNull()
    expect(named(61)).toEqual(['R0305', 2, 5, 'a'.repeat(61), 'an id such as `returning-officer`'])
  })

  it('counts days by ordinals as they are written', () => {
    const on = (day: string): Said =>
      said(
        `kind: procedure\nid: p\nstages: {ballot: {roll: freeze, secret: yes, method: yes-no, timetable: {by: rule, within: 1 day, timeout: opens at 12:00 on the ${day} day}, period: 1 day, pass: [yes at least 1 votes], tie: falls}}`,
      )
    for (const day of ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '22nd', '101st', '111th', '112th'])
      expect(on(day)).toBeNull()
    for (const day of ['1th', '11st', '0th', '3th', '1000th', '23th'])
      expect(on(day)).toEqual(['R0305', 3, 130, day, 'opens at <time> on the <day> day, where <day> is an ordinal such as 8th'])
  })

  it('with a quotation mark that is not closed shows its line from there, and no more than eighty letters of it', () => {
    const long = 'x'.repeat(100)
    expect(said(`kind: power\nact: "spend\nholder: board`)).toEqual(['R0201', 2, 6, '"spend', 'close the quotation mark'])
    expect(said(`kind: power\nact: 'a${long}`)).toEqual(['R0201', 2, 6, `'a${'x'.repeat(78)}`, 'close the quotation mark'])
  })
})
