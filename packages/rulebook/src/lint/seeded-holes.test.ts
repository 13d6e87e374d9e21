import { assert } from '@quorate/kernel'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { arbitraryRulebook } from '../../test/arbitrary-rulebook.ts'
import { edition, parsed } from '../../test/lantern.ts'
import { timeAllowed } from '../../test/how-often.ts'
import { parseRulebook } from '../index.ts'
import { findingRows, rowOf, type FindingCode } from './codes.ts'
import type { LintFacts } from './finding.ts'
import { lint } from './lint.ts'
import { findingSentence } from './sentences.ts'

const read = (file: string): string => readFileSync(new URL(`../../../../rulebooks/${file}.md`, import.meta.url), 'utf8')

/** A sound rulebook, the one slip of the pen that breaks it, and everything the linter must then find: that and nothing else. */
type Seeded = {
  readonly from: string
  readonly slip: string
  readonly was: string
  readonly is: string
  readonly finds: readonly (readonly [FindingCode, string, string])[]
  readonly facts?: LintFacts
}

const seeded: readonly Seeded[] = [
  {
    from: 'lantern',
    slip: 'the majority for a change of rules is left for later',
    was: 'pass: [yes at least 2/3 of for-and-against, turnout at least 15% of roll], tie: falls}',
    is: 'pass: unknown, tie: falls}',
    finds: [['unresolved', '4.2', 'stages.ballot.pass']],
  },
  {
    from: 'lantern',
    slip: '“30 people or a tenth of the members”',
    was: 'need: at least 30 people',
    is: 'need: {readings: {fewer: at least lesser of 30 people and 10% of electorate members at propose, more: at least greater of 30 people and 10% of electorate members at propose}}',
    finds: [['or-between-thresholds', '7.2', 'stages.support.need']],
  },
  {
    from: 'lantern',
    slip: 'four fifths “of the panel”',
    was: 'pass: [yes at least 4/5 of seats sitting]',
    is: 'pass: {readings: {all: [yes at least 4/5 of seats], filled: [yes at least 4/5 of seated]}}',
    finds: [['filled-or-established', '6.2', 'pass']],
  },
  {
    from: 'lantern',
    slip: '“15% of those eligible”',
    was: 'pass: [yes at least 2/3 of for-and-against, turnout at least 15% of roll], tie: falls}',
    is: 'pass: {readings: {vote: [yes at least 2/3 of for-and-against, turnout at least 15% of roll], agree: [yes at least 2/3 of for-and-against, yes at least 15% of roll]}}, tie: falls}',
    finds: [['base-unstated', '4.2', 'stages.ballot.pass']],
  },
  {
    from: 'campaign',
    slip: 'a tenth of the members, on no day',
    was: 'need: at least 10% of electorate members at propose',
    is: 'need: at least 10% of electorate members at unknown',
    finds: [['base-undated', '8.7', 'support']],
  },
  {
    from: 'campaign',
    slip: 'consent of a class that may have nobody on the panel',
    was: 'pass: [yes at least 1/1 of seats sitting]',
    is: 'pass: [yes at least 1/1 of seats sitting, yes of class friend more than 1/2 of seats of class friend]',
    finds: [['empty-class-veto', '7.3', 'pass']],
  },
  {
    from: 'campaign',
    slip: 'the calendar goes',
    was: 'kind: calendar\nzone: Europe/London\nholidays: [england-and-wales]\nday-ends: "24:00"',
    is: 'kind: limit\nnever: [removal of appeal]',
    finds: [['nothing-reckons-time', '1', 'calendar']],
  },
  {
    from: 'student-society',
    slip: 'nobody stands above it any more, and nothing says how it began',
    was: 'kind: superior\nrulebook: students-union',
    is: 'kind: superior\nrulebook: some-union',
    finds: [
      ['unknown-id', '2.2', 'students-union'],
      ['unknown-id', '4.4', 'students-union'],
      ['unknown-id', '6.2', 'students-union'],
      ['unknown-id', '7.4', 'students-union'],
      ['unknown-id', '7.8', 'students-union'],
      ['unknown-id', '7.9', 'students-union'],
    ],
  },
  {
    from: 'co-op',
    slip: 'nobody changes the rules',
    was: 'act: amend-rulebook\nvia: [amend]',
    is: 'act: proscribe\nholder: arbiters',
    finds: [['nobody-changes-the-rules', '1', 'amend-rulebook']],
  },
  {
    from: 'lantern',
    slip: 'spending has no holder',
    was: 'act: spend\nholder: committee\n',
    is: 'act: spend\n',
    finds: [['power-without-route', '7.5', 'spend']],
  },
  {
    from: 'tenants-federation',
    slip: 'nobody readmits',
    was: 'act: readmit\nholder: scrutiny',
    is: 'act: proscribe\nholder: scrutiny',
    finds: [['power-nobody-holds', '2.1', 'excluded']],
  },
  {
    from: 'party-branch',
    slip: 'the executive may also endorse by itself',
    was: 'act: endorse\nvia: [select]',
    is: 'act: endorse\nvia: [select, quick]',
    finds: [['unknown-id', '5.1', 'quick']],
  },
  {
    from: 'party-branch',
    slip: 'a power with a back door',
    was: 'act: adopt-policy\nvia: [motion]',
    is: 'act: adopt-policy\nvia: [motion]\nholder: chair',
    finds: [['two-strengths', '6.1', 'adopt-policy']],
  },
  {
    from: 'lantern',
    slip: 'a body that was renamed',
    was: 'ratify: {by: panel,',
    is: 'ratify: {by: senate,',
    finds: [['unknown-id', '5.4', 'senate']],
  },
  {
    from: 'campaign',
    slip: 'members must be enrolled, which nobody can be',
    was: 'who: standing active and class member and age at least 14',
    is: 'who: standing enrolled and class member and age at least 14',
    finds: [['empty-reference', '2.4', 'enrolled']],
  },
  {
    from: 'lantern',
    slip: 'a chapter no tier guards',
    was: 'guards: [1, 2, 4, 5, 6]',
    is: 'guards: [1, 2, 4, 5]',
    finds: ['6', '6.1', '6.2', '6.3', '6.4', '6.5', '6.6', '6.7', '6.8'].map((id) => ['clause-in-no-tier', id, id] as const),
  },
  {
    from: 'lantern',
    slip: 'an emergency that can change the rules',
    was: 'may: [postpone meeting, postpone opening of ballot]',
    is: 'may: [postpone meeting, amend-rulebook]',
    finds: [['entrenchment-bypassed', '5.4', 'emergency']],
  },
  {
    from: 'co-op',
    slip: 'the board changes the rules by itself',
    was: 'act: amend-rulebook\nvia: [amend]',
    is: 'act: amend-rulebook\nvia: [amend]\nholder: board',
    finds: [['entrenchment-bypassed', '6.1', 'board']],
  },
  {
    from: 'union-branch',
    slip: 'who votes is for a weekday evening to decide',
    was: 'guards: [1, 2, 3.1, 6]',
    is: 'guards: [1, 3.1, 6]',
    finds: [
      ['clause-in-no-tier', '2', '2'],
      ['clause-in-no-tier', '2.1', '2.1'],
      ['clause-in-no-tier', '2.2', '2.2'],
      ['clause-in-no-tier', '2.3', '2.3'],
      ['clause-in-no-tier', '2.4', '2.4'],
      ['clause-in-no-tier', '2.5', '2.5'],
    ],
  },
  {
    from: 'union-branch',
    slip: 'who votes moves to the weaker tier',
    was: 'guards: [3, 4, 5, 7]',
    is: 'guards: [2.4, 3, 4, 5, 7]',
    finds: [['amendable-by-less', '2.4', '2.4']],
  },
  {
    from: 'lantern',
    slip: 'a committee counts its roll',
    was: 'quorum: present more than 1/2 of seats\nadjourn',
    is: 'quorum: present more than 1/2 of roll\nadjourn',
    finds: [['base-without-meaning', '3.1', 'quorum']],
  },
  {
    from: 'lantern',
    slip: 'two weeks to admit, and then nothing',
    was: 'within: 14 days, timeout: admitted, ',
    is: 'within: 14 days, ',
    finds: [['no-timeout', '7.7', 'admit']],
  },
  {
    from: 'party-branch',
    slip: 'silence of those who count',
    was: 'timetable: {by: returning-officer, within: 5 days, timeout: opens at 12:00 on the 6th day}, period: 7 days, paper: on request by 10 days before close, pass: [yes',
    is: 'timetable: {by: returning-officer, within: 5 days, timeout: unknown}, period: 7 days, paper: on request by 10 days before close, pass: [yes',
    finds: [['no-timeout', '7.2', 'stages.ballot.timetable.timeout']],
  },
  {
    from: 'lantern',
    slip: 'the panel that sat hears the appeal',
    was: 'to: panel sitting anew',
    is: 'to: panel',
    finds: [
      ['appeal-to-the-decider', '6.1', 'appeal'],
      ['appeal-to-the-decider', '6.2', 'appeal'],
      ['appeal-to-the-decider', '6.6', 'consider'],
      ['appeal-to-the-decider', '6.7', 'appeal'],
    ],
  },
  {
    from: 'lantern',
    slip: 'a policy that never takes effect',
    was: '  enact: {effect: adopt-policy, at: end of challenge}',
    is: '  delay: {lasts: 1 day}',
    finds: [['no-exit', '7.2', 'propose']],
  },
  {
    from: 'lantern',
    slip: 'a refusal that leads back to the committee for ever',
    was: 'then: {met: notify, unmet: fallen}}',
    is: 'then: {met: consider, unmet: fallen}}',
    finds: [['no-exit', '7.2', 'consider']],
  },
  {
    from: 'union-branch',
    slip: 'motions due before the meeting is called',
    was: 'due: end of day 8 days before meeting',
    is: 'due: end of day 15 days before meeting',
    finds: [['deadline-before-notice', '5.2', 'propose']],
  },
  {
    from: 'co-op',
    slip: 'an agenda closed before the meeting is announced',
    was: 'notice: 28 days\nagenda: 21 days',
    is: 'notice: 28 days\nagenda: 35 days',
    finds: [['deadline-before-notice', '3.2', 'annual-meeting']],
  },
  {
    from: 'campaign',
    slip: 'amendments that close before the post comes',
    was: 'due: 7 days after notice',
    is: 'due: 1 day after notice',
    finds: [['ballot-before-notice', '6.2', 'debate']],
  },
  {
    from: 'tenants-federation',
    slip: 'a ballot beside its notice',
    was: '  freeze: {electorate: members, at: notify, provisional: those with an appeal open or still open to them}\n  ballot: {roll: freeze, secret: yes, method: scottish-stv',
    is: '  freeze: {with: notify, electorate: members, at: notify, provisional: those with an appeal open or still open to them}\n  ballot: {with: notify, roll: freeze, secret: yes, method: scottish-stv',
    finds: [['ballot-before-notice', '3.8', 'ballot']],
  },
  {
    from: 'lantern',
    slip: 'a committee that co-opts',
    was: 'vacancy: {fill: countback, else: election within 90 days, unless: term has less than 120 days left, empty-at-most: 3 seats}',
    is: 'vacancy: {fill: co-opt}',
    finds: [['self-filling-body', '3.1', 'committee']],
  },
  {
    from: 'campaign',
    slip: 'a team that elects itself',
    was: '{id: ordinary, count: 7, by: election of members, method: scottish-stv, quota',
    is: '{id: ordinary, count: 7, by: election by team, quota',
    finds: [['self-filling-body', '3.4', 'team']],
  },
  {
    from: 'lantern',
    slip: 'an emergency after an emergency',
    was: 'ratify: {by: panel, within: 7 days, timeout: lapses}\nagain: after 90 days',
    is: 'ratify: {by: panel, within: 7 days, timeout: lapses}',
    finds: [['power-without-end', '5.4', 'emergency']],
  },
  {
    from: 'lantern',
    slip: 'suspension at any time',
    was: 'electorate: members, at: notify, provisional: those with an appeal open or still open to them}\n  ballot: {roll: freeze, secret: yes, method: yes-no, abstain: not cast, opens: [after notify, after debate]',
    is: 'electorate: members, at: debate, provisional: those with an appeal open or still open to them}\n  ballot: {roll: freeze, secret: yes, method: yes-no, abstain: not cast, opens: [after notify, after debate]',
    finds: [['freeze-after-suspension', '4.2', 'ballot']],
  },
  {
    from: 'lantern',
    slip: '“at least half”',
    was: 'pass: [yes more than 1/2 of for-and-against], tie: falls}\n  certify',
    is: 'pass: [yes at least 1/2 of for-and-against], tie: falls}\n  certify',
    finds: [['adoption-on-a-tie', '7.2', 'ballot']],
  },
  {
    from: 'student-society',
    slip: 'half of those who vote, and a quorum of a third',
    was: 'pass: [yes at least 2/3 of for-and-against, turnout at least 20% of roll]',
    is: 'pass: [yes more than 1/2 of for-and-against, turnout at least 1/3 of roll]',
    finds: [['opponents-help', '6.2', 'ballot']],
  },
  {
    from: 'campaign',
    slip: 'more seats kept than there are',
    was: 'at-least: 3, if-short: leave empty}',
    is: 'at-least: 8, if-short: leave empty}',
    finds: [['unmeetable-quota', '3.4', 'ordinary']],
  },
  {
    from: 'party-branch',
    slip: 'two of nine where there are eight',
    was: 'who: age under 30, at-least: 2, if-short',
    is: 'who: age under 30, at-least: 2, of: 9, if-short',
    finds: [['unmeetable-quota', '3.5', 'ordinary']],
  },
  {
    from: 'lantern',
    slip: 'a panel whose quorum is more than sit',
    was: 'quorum: present at least 4 seats',
    is: 'quorum: present at least 6 seats',
    finds: [['inquorate-by-exclusion', '3.3', 'panel']],
  },
  {
    from: 'party-branch',
    slip: 'a panel too small for its appeals',
    was: 'quorum: present at least 3 seats',
    is: 'quorum: present at least 10 seats',
    finds: [['beyond-the-number', '3.7', 'quorum']],
  },
  {
    from: 'lantern',
    slip: 'more signatures than members',
    was: 'need: at least 90 people',
    is: 'need: at least 1190 people',
    finds: [['beyond-the-number', '7.2', 'override']],
    facts: { turnouts: [], electorates: { members: 1180 } },
  },
  {
    from: 'lantern',
    slip: 'everybody on a committee that is never full',
    was: 'removed: committee by more than 1/2 of seats',
    is: 'removed: committee by at least 1/1 of seats',
    finds: [['not-enough-seated', '3.4', 'removed']],
    facts: { turnouts: [], seated: { committee: 11 } },
  },
  {
    from: 'lantern',
    slip: 'a turnout no ballot ever had',
    was: 'turnout at least 15% of roll',
    is: 'turnout at least 25% of roll',
    finds: [['never-reached', '4.2', 'ballot']],
    facts: { turnouts: [{ cast: 236, of: 1180 }] },
  },
  {
    from: 'co-op',
    slip: 'a quorum that resigning lowers',
    was: 'quorum: present at least 4 seats',
    is: 'quorum: present more than 1/2 of seated',
    finds: [['base-that-shrinks', '4.1', 'quorum']],
  },
]

const foundIn = (text: string, facts?: LintFacts) =>
  lint(parsed(text), facts).map((f) => [f.code, f.clause.split('@')[0], f.subject] as const)
const path = (from: string): string => (from === 'lantern' ? from : `templates/${from}`)

describe('rulebooks broken by one slip', () => {
  it.each(seeded)('$from: $slip', ({ from, was, is, finds, facts }) => {
    const text = read(path(from))
    assert(text.includes(was), `not in ${from}: ${was}`)
    expect(foundIn(text, facts)).toEqual([])
    expect(foundIn(text.replace(was, is), facts)).toEqual(finds)
  })

  it('are at least 25, and between them show nearly every code', () => {
    expect(seeded.length).toBeGreaterThanOrEqual(25)
    const shown = new Set(seeded.flatMap((s) => s.finds.map(([code]) => code)))
    const rest = Object.keys(findingRows).filter((code) => !shown.has(code as FindingCode))
    expect(rest).toEqual(['refusal-unsaid', 'no-genesis'])
  })
})

const runs = 60

describe('the linter on any rulebook at all', () => {
  it(
    'answers, with a sentence for everything and no finding twice, whatever the rules and figures',
    () => {
      const facts = fc.record({
        turnouts: fc.array(fc.record({ cast: fc.nat(1000), of: fc.integer({ min: 1, max: 1000 }) }), { maxLength: 3 }),
        electorates: fc.constant({ members: 40 }),
        seated: fc.constant({ committee: 3 }),
      })
      fc.assert(
        fc.property(arbitraryRulebook(), facts, ({ text }, known) => {
          const book = parseRulebook(text, edition(1))
          if (book.kind === 'fail') return
          const found = lint(book.value, known)
          expect(new Set(found.map((f) => `${f.code} ${f.clause} ${f.subject}`)).size).toBe(found.length)
          for (const f of found) {
            expect(f.grade).toBe(rowOf(f.code).grade)
            for (const locale of ['en', 'cy'] as const) expect(findingSentence(f, locale)).not.toMatch(/\{[a-z]+\}|NaN|Infinity/)
          }
          expect(lint(book.value, known)).toEqual(found)
        }),
        { numRuns: runs, interruptAfterTimeLimit: timeAllowed(90_000) },
      )
    },
    timeAllowed(120_000),
  )

  it(
    'answers also when fields are left open, at whatever place',
    () => {
      const lines = read('lantern').split('\n')
      const fields = [...lines.entries()].filter(
        ([, line]) => /^[a-z-]+: [^{[]/.test(line) && !/^(kind|id|names|terms)/.test(line),
      )
      fc.assert(
        fc.property(fc.subarray(fields, { minLength: 1, maxLength: 12 }), (open) => {
          const text = lines.map((line, i) => (open.some(([n]) => n === i) ? line.replace(/: .*/, ': unknown') : line)).join('\n')
          const book = parseRulebook(text, edition(1))
          if (book.kind === 'fail') return
          const found = lint(book.value)
          expect(found.filter((f) => f.code === 'unresolved' || f.code === 'no-timeout').length).toBeGreaterThanOrEqual(
            book.value.unresolved.length,
          )
        }),
        { numRuns: Math.min(runs, 1000), interruptAfterTimeLimit: timeAllowed(90_000) },
      )
    },
    timeAllowed(120_000),
  )
})
