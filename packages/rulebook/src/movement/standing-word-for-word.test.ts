import { describe, expect, it } from 'vitest'
import type { CivilDate } from '@quorate/kernel'
import { at, day, later, parsed, print } from '../../test/lantern.ts'
import { changedText } from '../../test/movement.ts'
import { start } from '../../test/word-for-word.ts'
import type { HistoryEntry, Said } from './history.ts'
import { countParts, membership, placeOnRoll, standing } from './standing.ts'

// One state each, since when and by which clause; who is on a roll, for certain or for now: each step from both sides of its instant.

const text = `# Rules
### 1.1 Time
\`\`\`rule
kind: calendar
zone: UTC
holidays: []
\`\`\`
### 1.2 Standing
\`\`\`rule
kind: standing
states:
  applicant: {}
  active: {from: applicant, rights: [vote]}
  lapsed: {from: active, when: dues overdue by 3 months, back: on payment}
  suspended: {from: active, loses: [vote], at-most: 60 days, then: active}
  paused: {from: any, at-most: 10 days}
  barred: {from: active, when: fact convicted}
  excluded: {from: any, back: by readmit}
  gone: {from: active}
default: applicant
\`\`\`
### 1.3 Members
\`\`\`rule
kind: electorate
id: members
who: standing active
cut-off: notice
late-evidence: counts if dated by cut-off and verified by open
\`\`\`
### 1.4 Others
\`\`\`rule
kind: electorate
id: others
who: standing active
cut-off: notice
late-evidence: none
\`\`\`
`
const rules = parsed(text)
const entry = (said: Said, when = start, knownAt = when): HistoryEntry => ({
  at: when,
  knownAt,
  by: 'registrar',
  evidence: print(1),
  said,
})
const into = (state: string, when = start, until: typeof start | null = null, clause: '6.1@1' | null = '6.1@1') =>
  entry({ kind: 'standing', state, until, clause }, when)
const is = (history: readonly HistoryEntry[], when: typeof start, book = rules) => {
  const found = standing(book, history, when, when)
  return [found.state, found.since === null ? null : found.since - start, found.clause]
}
const active = into('active', start)

describe('the state a person is in', () => {
  it('is the first, until somebody acts; where there is no rule of standing, active', () => {
    expect(is([], start)).toEqual(['applicant', null, '1.2@1'])
    expect(is([], start, parsed(changedText(text, ['default: applicant\n', ''])))).toEqual(['applicant', null, '1.2@1'])
    const none = parsed('# Rules\n### 1.1 Time\n```rule\nkind: calendar\nzone: UTC\nholidays: []\n```\n')
    expect(is([active], start, none)).toEqual(['active', null, `${none.document.clauses[0]?.id ?? ''}@1`])
    expect(is([active], later(start, -1))).toEqual(['applicant', null, '1.2@1'])
    expect(is([active], start)).toEqual(['active', 0, '6.1@1'])
    expect(is([into('active', start, null, null)], start)).toEqual(['active', 0, '1.2@1'])
  })

  it('changes only by steps that the rule has, from where the person stands', () => {
    expect(is([into('suspended')], start)).toEqual(['applicant', null, '1.2@1'])
    expect(is([into('nowhere')], start)).toEqual(['applicant', null, '1.2@1'])
    expect(is([into('excluded')], start)).toEqual(['excluded', 0, '6.1@1'])
    expect(is([active, into('gone', later(start, 1)), into('active', later(start, 2))], later(start, 3))).toEqual([
      'active',
      2,
      '6.1@1',
    ])
    expect(is([active, into('excluded', later(start, 1)), into('active', later(start, 2))], later(start, 3))).toEqual([
      'active',
      2,
      '6.1@1',
    ])
    expect(is([active, into('gone', later(start, 1)), into('suspended', later(start, 2))], later(start, 3))).toEqual([
      'gone',
      1,
      '6.1@1',
    ])
  })

  it('ends as asked or as its rule says, whichever is sooner, and is then what the rule says', () => {
    const suspended = (until: typeof start | null) => [active, into('suspended', later(start, day), until)]
    const sixty = later(start, 61 * day)
    expect(is(suspended(null), later(sixty, -1))).toEqual(['suspended', day, '6.1@1'])
    expect(is(suspended(null), sixty)).toEqual(['active', 61 * day, '1.2@1'])
    expect(is(suspended(later(sixty, day)), sixty)).toEqual(['active', 61 * day, '1.2@1'])
    expect(is(suspended(later(start, 5 * day)), later(start, 5 * day - 1))).toEqual(['suspended', day, '6.1@1'])
    expect(is(suspended(later(start, 5 * day)), later(start, 5 * day))).toEqual(['active', 5 * day, '1.2@1'])
    // From any state, and nothing said of what follows: the first state.
    expect(is([active, into('paused', later(start, day))], later(start, 11 * day))).toEqual(['applicant', 11 * day, '1.2@1'])
    // What it ended in is where the next step begins.
    expect(is([...suspended(null), into('gone', sixty)], sixty)).toEqual(['gone', 61 * day, '6.1@1'])
    expect(is([...suspended(null), into('gone', later(sixty, -1))], sixty)).toEqual(['active', 61 * day, '1.2@1'])
    expect(is([...suspended(null), into('nowhere', later(sixty, day))], later(sixty, 2 * day))).toEqual([
      'active',
      61 * day,
      '1.2@1',
    ])
  })

  it('or comes about by itself: dues overdue since a day, a fact that is there', () => {
    const paid = entry({ kind: 'paid', until: '2026-03-31' as CivilDate })
    const overdue = at('2026-07-01 01:00') // midnight in UTC
    expect(is([active, paid], later(overdue, -1))).toEqual(['active', 0, '6.1@1'])
    expect(is([active, paid], overdue)).toEqual(['lapsed', overdue - start, '1.2@1'])
    expect(is([active], overdue)).toEqual(['active', 0, '6.1@1'])
    expect(is([paid], overdue)).toEqual(['applicant', null, '1.2@1'])
    const late = into('active', later(overdue, day))
    expect(is([paid, late], later(overdue, 2 * day))).toEqual(['lapsed', overdue + day - start, '1.2@1'])
    const convicted = entry({ kind: 'fact', fact: 'convicted', until: null })
    expect(is([active, convicted], start)).toEqual(['barred', 0, '1.2@1'])
    expect(is([active, entry({ kind: 'fact', fact: 'acquitted', until: null })], start)).toEqual(['active', 0, '6.1@1'])
    expect(is([convicted], start)).toEqual(['applicant', null, '1.2@1'])
    expect(is([active, paid, convicted], overdue)[0]).toBe('lapsed')
  })
})

describe('a place on a roll', () => {
  const frozen = later(start, 10 * day)
  const opens = later(start, 20 * day)
  const times = { validAt: frozen, knownAt: frozen, at: { open: opens } }
  const place = (history: readonly HistoryEntry[], known: object = {}, electorate = 'members', when: object = times) =>
    placeOnRoll(rules, electorate, history, when as typeof times, {
      knownAt: later(start, 99 * day),
      appealOpen: false,
      ...known,
    })?.part ?? null
  const shown = (dated: typeof start, known: typeof start) => [
    entry({ kind: 'standing', state: 'active', until: null, clause: null }, dated, known),
  ]

  it('is certain for whoever was shown to be in it at the freeze, and provisional while an appeal is open', () => {
    expect(place(shown(start, frozen))).toBe('certain')
    expect(place(shown(start, frozen), { appealOpen: true })).toBe('certain')
    expect(place([])).toBe('out')
    expect(place([], { appealOpen: true })).toBe('provisional')
    expect(place(shown(start, frozen), {}, 'nobody')).toBeNull()
    expect(membership(rules, 'nobody', [], times)).toBeNull()
    expect(membership(rules, 'members', shown(start, frozen), times)).toMatchObject({
      eligible: true,
      standing: { state: 'active' },
    })
  })

  it('is provisional by evidence dated in time and written down in time, where late evidence counts', () => {
    expect(place(shown(frozen, opens))).toBe('provisional')
    expect(place(shown(frozen, later(opens, 1)))).toBe('out')
    expect(place(shown(later(frozen, 1), opens))).toBe('out')
    expect(place(shown(frozen, opens), { knownAt: later(opens, -1) })).toBe('out')
    expect(place(shown(frozen, opens), { knownAt: opens })).toBe('provisional')
    expect(place(shown(frozen, opens), {}, 'others')).toBe('out')
    expect(place(shown(frozen, opens), {}, 'members', { validAt: frozen, knownAt: frozen })).toBe('out')
    expect(place(shown(frozen, opens), {}, 'members', { validAt: frozen, knownAt: frozen, at: { close: opens } })).toBe('out')
    expect(place([...shown(start, opens), into('excluded', later(start, day))])).toBe('out')
  })

  it('is counted by parts', () => {
    const all = [shown(start, frozen), shown(frozen, opens), [], []].flatMap(
      (history) => placeOnRoll(rules, 'members', history, times, { knownAt: opens, appealOpen: false }) ?? [],
    )
    expect(countParts(all)).toEqual({ certain: 1, provisional: 1, out: 2 })
  })
})
