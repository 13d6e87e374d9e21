import { describe, expect, it } from 'vitest'
import { rulebookOf } from '../test/blocks.ts'
import { edition, lantern, parsed } from '../test/lantern.ts'
import { lint, parseRulebook, type FindingCode } from './index.ts'

const member = 'kind: class\nid: member\nof: person'
const standing = 'kind: standing\nstates:\n  active: {rights: [vote]}'
const members = 'kind: electorate\nid: members\nwho: standing active and class member\ncut-off: notice\nlate-evidence: none'
const panel =
  'kind: body\nid: panel\nseats: [{id: lot, count: 12, by: lot from members}]\nquorum: present more than 1/2 of seats\ndecides: {pass: [yes more than 1/2 of for-and-against], tie: falls}'
const officer =
  'kind: office\nid: officer\nholders: 1\nfilled: appointed by panel\nterm: 1 year\nremoved: panel by more than 1/2 of seats'
const appeal =
  'kind: appeal\nid: appeal\nto: panel sitting anew\ndisjoint: yes\nwithin: 7 days\ndecide-within: 7 days\ntimeout: allowed'
const amends = 'kind: power\nact: amend-rulebook\nvia: [amend]'
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
const sound = [member, standing, members, panel, officer, appeal, amends, amend, tier] as const

/** The sound rulebook and more, every clause of it in the one tier. */
function bookOf(...more: readonly string[]): string {
  const blocks = [...sound, ...more]
  return rulebookOf(...blocks).replace('GUARDS', [...blocks.keys(), blocks.length].map((n) => n + 1).join(', '))
}

/** Findings of the sound rulebook with some blocks changed or added, as code and grade. */
function found(
  change: (text: string) => string,
  ...more: readonly string[]
): readonly (readonly [FindingCode, string, string])[] {
  const read = parseRulebook(change(bookOf(...more)), edition(1))
  if (read.kind === 'fail') throw new Error(JSON.stringify(read.error))
  return lint(read.value).map((f) => [f.code, f.grade, f.subject] as const)
}
const put = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`not there: ${from}`)
  return text.replace(from, to)
}
const same = (text: string): string => text

describe('the linter', () => {
  it('finds nothing in Lantern, nor in the smallest sound rulebook', () => {
    expect(lint(lantern)).toEqual([])
    expect(lint(parsed(bookOf()))).toEqual([])
  })

  // Each hole: what makes it, and beside it the like that is none.
  it.each<
    [
      FindingCode,
      string,
      readonly [FindingCode, string, string],
      (text: string) => string,
      string[],
      (text: string) => string,
      string[],
    ]
  >([
    [
      'unresolved',
      'an unknown field',
      ['unresolved', 'error', 'via'],
      same,
      ['kind: power\nact: endorse\nvia: unknown'],
      same,
      ['kind: power\nact: endorse\nvia: [amend]'],
    ],
    [
      'nothing-reckons-time',
      'no calendar',
      ['nothing-reckons-time', 'error', 'calendar'],
      put('kind: calendar\nzone: Europe/London\nholidays: []', 'kind: limit\nnever: [removal of appeal]'),
      [],
      same,
      [],
    ],
    [
      'nobody-changes-the-rules',
      'no holder of amend-rulebook',
      ['nobody-changes-the-rules', 'error', 'amend-rulebook'],
      put('act: amend-rulebook', 'act: endorse'),
      [],
      same,
      [],
    ],
    [
      'power-without-route',
      'a power with neither holder nor procedure',
      ['power-without-route', 'error', 'spend'],
      same,
      ['kind: power\nact: spend'],
      same,
      ['kind: power\nact: spend\nholder: panel'],
    ],
    [
      'unknown-id',
      'a body nobody defines',
      ['unknown-id', 'error', 'senate'],
      same,
      ['kind: power\nact: spend\nholder: senate'],
      same,
      ['kind: power\nact: spend\nholder: officer'],
    ],
    ['unknown-id', 'a stage nobody defines', ['unknown-id', 'error', 'summer'], put('at: notify', 'at: summer'), [], same, []],
    [
      'empty-reference',
      'an electorate of a standing nobody can have',
      ['empty-reference', 'error', 'saintly'],
      put('who: standing active', 'who: standing saintly'),
      [],
      same,
      [],
    ],
    [
      'empty-reference',
      'an electorate of a value nobody can have',
      ['empty-reference', 'error', 'blue'],
      put('class member', 'attribute hue blue'),
      ['kind: attribute\nid: hue\nvalues: [red]\nevidence: declared'],
      put('class member', 'attribute hue red'),
      ['kind: attribute\nid: hue\nvalues: [red]\nevidence: declared'],
    ],
    [
      'clause-in-no-tier',
      'a clause no tier guards',
      ['clause-in-no-tier', 'error', '3'],
      put('guards: [1, 2, 3, 4', 'guards: [1, 2, 4'),
      [],
      same,
      [],
    ],
    [
      'base-without-meaning',
      'a roll where there is none',
      ['base-without-meaning', 'error', 'decides'],
      put('pass: [yes more than 1/2 of for-and-against]', 'pass: [yes more than 1/2 of roll]'),
      [],
      put('pass: [yes more than 1/2 of for-and-against]', 'pass: [yes more than 1/2 of seats]'),
      [],
    ],
    [
      'base-without-meaning',
      'seats in a ballot of members',
      ['base-without-meaning', 'error', 'ballot'],
      put('15% of roll', '15% of seats'),
      [],
      put('15% of roll', '15% of issued'),
      [],
    ],
    [
      'no-timeout',
      'a limit of time without an outcome',
      ['no-timeout', 'error', 'admit'],
      same,
      ['kind: power\nact: admit\nholder: officer\nlimits: {within: 14 days}'],
      same,
      ['kind: power\nact: admit\nholder: officer\nlimits: {within: 14 days, timeout: admitted}'],
    ],
    [
      'appeal-to-the-decider',
      'an appeal to those who decided',
      ['appeal-to-the-decider', 'error', 'appeal'],
      put('to: panel sitting anew', 'to: panel'),
      ['kind: power\nact: exclude\nholder: panel\nappeal: appeal'],
      same,
      ['kind: power\nact: exclude\nholder: panel\nappeal: appeal'],
    ],
    [
      'appeal-to-the-decider',
      'a challenge before those who certified',
      ['appeal-to-the-decider', 'error', 'challenge'],
      put('certify: {by: officer', 'certify: {by: panel'),
      [],
      same,
      [],
    ],
    [
      'no-exit',
      'a procedure that never takes effect',
      ['no-exit', 'error', 'propose'],
      put(
        '  enact: {effect: amend-rulebook, at: end of challenge, merge: refuse if a touched clause changed}',
        '  delay: {lasts: 1 day}',
      ),
      [],
      same,
      [],
    ],
    [
      'no-exit',
      'a procedure that runs in a circle',
      ['no-exit', 'error', 'challenge'],
      put('timeout: certified}', 'timeout: certified, then: {done: notify}}'),
      [],
      put('timeout: certified}', 'timeout: certified, then: {done: challenge}}'),
      [],
    ],
    [
      'adoption-on-a-tie',
      'a half that is enough',
      ['adoption-on-a-tie', 'error', 'ballot'],
      put('at least 2/3 of for-and-against', 'at least 50% of for-and-against'),
      [],
      put('at least 2/3 of for-and-against', 'more than 50% of for-and-against'),
      [],
    ],
    [
      'base-that-shrinks',
      'a quorum of filled seats',
      ['base-that-shrinks', 'warning', 'quorum'],
      put('quorum: present more than 1/2 of seats', 'quorum: present more than 1/2 of seated'),
      [],
      same,
      [],
    ],
  ])('%s: %s', (_code, _what, finding, hole, added, whole, addedWhole) => {
    expect(found(hole, ...added)).toContainEqual(finding)
    expect(found(whole, ...addedWhole)).toEqual([])
  })

  it('warns of a turnout the movement never had, and only then', () => {
    const turnouts = (...of: readonly number[]) =>
      lint(lantern, { turnouts: of.map((cast) => ({ cast, of: 1180 })) }).map((f) => [f.code, f.grade, f.clause])
    expect(turnouts(100, 176)).toEqual([['never-reached', 'warning', '4.2@1']])
    expect(turnouts(100, 177)).toEqual([])
  })

  it('cites clause and edition, in the order of the text', () => {
    const read = parsed(bookOf('kind: power\nact: spend\nholder: senate', 'kind: power\nact: endorse'), 7)
    expect(lint(read).map((f) => f.clause)).toEqual(['11@7', '12@7'])
  })
})
