import { describe, expect, it } from 'vitest'
import { rulebookOf } from '../../test/blocks.ts'
import { clause, parsed } from '../../test/lantern.ts'
import { defaultWords as welsh } from './cy/defaults.ts'
import type { Default } from './defaults.ts'
import { defaultWords as english } from './en/defaults.ts'
import { words, type WordsLocale } from './words.ts'

const stages = (...lines: readonly string[]): string =>
  `kind: procedure\nid: p\nstages:\n${['propose: {by: rule}', ...lines].map((line) => `  ${line}`).join('\n')}`
const said = (block: string, locale: WordsLocale): string => words(parsed(rulebookOf(block)), clause('2'), locale) ?? ''

const amendments = (more: string): string =>
  `debate: {lasts: 7 days, amendments: {by: electorate members, due: 3 days after notice, collision: later falls${more}}}`
const nominate = (more: string): string => `nominate: {candidates: every eligible person who asks, window: 7 days${more}}`
const ballot = (more: string, pass = 'yes more than 1/2 of for-and-against'): string =>
  `ballot: {roll: freeze, secret: yes, method: yes-no, tie: falls, period: 7 days, pass: [${pass}], timetable: {by: returning-officer, within: 7 days, timeout: opens at 12:00 on the 8th day}${more}}`
const meeting = (more: string): string =>
  `meeting: {body: committee, within: 30 days, pass: [yes more than 1/2 of for-and-against], tie: falls, timeout: fallen${more}}`

/** What is said where a key is left out, the stage without the key, and the key that says something else. */
const cases: readonly (readonly [Default, (more: string) => string, string])[] = [
  [
    'signatures stand',
    (more) => `support: {signers: electorate members, need: at least 5 people, window: 7 days, lapsed: count${more}}`,
    'withdraw: no',
  ],
  [
    'no amendments',
    (more) => `debate: {lasts: 7 days${more}}`,
    'amendments: {by: electorate members, due: 3 days after notice, collision: later falls}',
  ],
  ['amendments need nobody', amendments, 'need: at least 5 people'],
  ['amendments as they come', amendments, 'order: as received'],
  ['amendments stay apart', amendments, 'composite: no'],
  [
    'refused unless agreed',
    (more) => `consider: {body: committee, within: 7 days, timeout: fallen${more}}`,
    'refused-when: the motion to agree fails',
  ],
  ['quorum needed', meeting, 'quorum: applies'],
  ['decided after an adjournment', meeting, 'adjourned: decides'],
  ['asking is enough', nominate, 'need: at least 5 people'],
  ['candidates stay', nominate, 'withdraw: no'],
  ['elected unopposed', nominate, 'uncontested: elected without a ballot'],
  ['elected unopposed', nominate, 'then: {uncontested: end}'],
  ['too few falls', nominate, 'too-few: co-opt'],
  ['too few falls', nominate, 'then: {too-few: end}'],
  [
    'nobody provisional',
    (more) => `freeze: {electorate: members, at: propose${more}}`,
    'provisional: those with an appeal open or still open to them',
  ],
  ['abstentions count', (more) => ballot(more, 'yes more than 1/2 of votes-cast'), 'abstain: cast'],
  ['voting stops', ballot, 'queue: closes at the instant'],
  ['refused if changed', (more) => `enact: {effect: amend-rulebook, at: end of propose${more}}`, 'merge: rebase'],
]
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

describe('a key left out is said where it changes what the rule means', () => {
  describe.each([
    ['en', english],
    ['cy', welsh],
  ] as const)('in %s', (locale, table) => {
    it.each(cases)('%s, unless the rule says otherwise', (what, stage, key) => {
      expect(said(stages(stage('')), locale)).toContain(sentence(table[what]))
      expect(said(stages(stage(`, ${key}`)), locale)).not.toContain(sentence(table[what]))
    })

    it('each in words of its own', () => {
      expect(new Set(Object.values(table)).size).toBe(new Set(cases.map(([what]) => what)).size)
    })
  })

  it('and stays unsaid where it changes nothing: abstentions where no share of the votes cast is asked, merging where no rule changes', () => {
    expect(said(stages(ballot('')), 'en')).not.toContain(sentence(english['abstentions count']))
    expect(said(stages(ballot('', 'yes at least lesser of 1/2 of votes-cast and 5 votes')), 'en')).toContain(
      sentence(english['abstentions count']),
    )
    expect(said(stages('enact: {effect: adopt-policy, at: end of propose}'), 'en')).not.toContain(
      sentence(english['refused if changed']),
    )
    expect(said(stages('delay: {lasts: 7 days}'), 'en')).toMatch(/\(2\) Delay\. 7 days must pass\.$/)
  })

  it('an appeal that says nothing of a stay holds back a proposal, and no sanction', () => {
    const appeal = (more: string): string =>
      `kind: appeal\nid: a\nto: panel\ndisjoint: yes\nwithin: 7 days\ndecide-within: 7 days\ntimeout: dismissed${more}`
    expect(said(appeal(''), 'en')).toContain('(4) An appeal stops a proposal meanwhile, but no sanction.')
    expect(said(appeal(''), 'cy')).toContain('(4) Mae apêl yn atal cynnig yn y cyfamser, ond nid sancsiwn.')
    expect(said(appeal('\nstay: {effect: no}'), 'en')).toContain('(4) An appeal does not stop the decision meanwhile.')
  })
})
