import type { Instant } from '@quorate/kernel'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dice, type Roll } from '../../test/dice.ts'
import { digestOf } from '../../test/digest.ts'
import { at, day, lanternText, later, parsed, print } from '../../test/lantern.ts'
import { slipsOf } from '../../test/slips.ts'
import {
  countParts,
  factsAt,
  membership,
  placeOnRoll,
  provisionsOf,
  standing,
  type HistoryEntry,
  type Rulebook,
  type Said,
} from '../index.ts'

// Where random people stand, and whether they are on a roll, under rules with one thing otherwise: their state and since when, every electorate, the roll
// frozen and what was written down late. A line for each rule says how many are in which state and on which roll.

const start = at('2026-01-05 09:00')
const read = (name: string): string => readFileSync(`${import.meta.dirname}/../../../../rulebooks/templates/${name}.md`, 'utf8')
/** People of the register whom an age, a fact, a group or a class puts on a roll. */
const peopled = `${lanternText}
### 8.1 Young
\`\`\`rule
kind: electorate
id: young
who: standing active and age under 30 and not class union
cut-off: notice
late-evidence: counts if dated by cut-off and verified by open
\`\`\`
### 8.2 Paid
\`\`\`rule
kind: electorate
id: paid
who: (paid by notice or fact legal-advice) and not in this group
cut-off: open
late-evidence: counts if dated by notice and verified by close
\`\`\`
### 8.3 Women
\`\`\`rule
kind: electorate
id: women
who: attribute gender woman within 90 days or joined by 2026-02-01 and class union as of notice
cut-off: notice
late-evidence: none
\`\`\`
### 8.4 Before
\`\`\`rule
kind: electorate
id: hour
who: before 2026-09-01 and standing active or after notice and not before 2026-07-01
cut-off: 2026-08-01
late-evidence: none
\`\`\`
`

function namesIn(rulebook: Rulebook) {
  const states = provisionsOf(rulebook, 'standing').flatMap((p) => p.rule.states.map((s) => s.key))
  const attributes = provisionsOf(rulebook, 'attribute').map((p) => p.rule)
  return {
    states: [...states, 'nowhere'],
    attributes: attributes.flatMap(({ id, values }) => [...values, 'nothing'].map((value) => ({ attribute: id, value }))),
    classes: [...provisionsOf(rulebook, 'class').map((p) => p.rule.id), 'union'],
    offices: [null, ...provisionsOf(rulebook, 'office').map((p) => p.rule.id)],
    facts: [...provisionsOf(rulebook, 'fact').map((p) => p.rule.id), 'legal-advice'],
    electorates: provisionsOf(rulebook, 'electorate').map((p) => p.rule.id),
  }
}
const one = <T>(of: readonly T[], roll: Roll, otherwise: T): T => of[roll(Math.max(1, of.length))] ?? otherwise
const civil = (roll: Roll, year: number, years: number) =>
  `${year + roll(years)}-${String(1 + roll(12)).padStart(2, '0')}-${String(1 + roll(28)).padStart(2, '0')}` as Extract<
    Said,
    { readonly kind: 'born' }
  >['on']

function entryOf(names: ReturnType<typeof namesIn>, roll: Roll): HistoryEntry {
  const when = later(start, roll(200) * day + roll(2) * roll(day))
  const until = roll(3) === 0 ? later(when, roll(150) * day) : null
  const said: readonly Said[] = [
    { kind: 'standing', state: one(names.states, roll, 'active'), until, clause: roll(2) === 0 ? null : '2.1@1' },
    { kind: 'standing', state: one(names.states, roll, 'active'), until, clause: '6.2@1' },
    { kind: 'class', class: one(names.classes, roll, 'member'), until },
    { kind: 'attribute', ...one(names.attributes, roll, { attribute: 'gender', value: 'woman' }) },
    { kind: 'born', on: civil(roll, 1990, 24) },
    { kind: 'joined', on: civil(roll, 2025, 2) },
    { kind: 'paid', until: civil(roll, 2025, 2) },
    { kind: 'group', group: one(['barry', 'vale'], roll, 'barry'), until },
    { kind: 'fact', fact: one(names.facts, roll, 'legal-advice'), until },
  ]
  const evidence = roll(3) === 0 ? null : print(1 + roll(9))
  return {
    at: when,
    knownAt: later(when, roll(2) * roll(90) * day),
    by: one(names.offices, roll, null),
    evidence,
    said: one(said, roll, { kind: 'group', group: 'barry', until }),
  }
}

/** What is asked of one person under one rulebook. */
function answersOn(rulebook: Rulebook, roll: Roll, tally: Map<string, number>): string {
  const names = namesIn(rulebook)
  const history = Array.from({ length: 2 + roll(12) }, () => entryOf(names, roll))
  const notice = later(start, (60 + roll(120)) * day)
  const times = { validAt: later(notice, roll(20) * day), knownAt: later(notice, roll(30) * day) }
  const ats: Readonly<Record<string, Instant>> = { notice, open: later(notice, 14 * day), close: later(notice, 28 * day) }
  const own = standing(rulebook, history, times.validAt, times.knownAt)
  const count = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1)
  count(own.state)
  const asked = { ...times, at: roll(8) === 0 ? {} : ats, ...(roll(2) === 0 ? {} : { group: 'barry' }) }
  const places = names.electorates.flatMap((electorate) => {
    const now = { knownAt: later(times.knownAt, roll(60) * day), appealOpen: roll(6) === 0 }
    const place = placeOnRoll(rulebook, electorate, history, asked, now)
    if (place !== null && place.part !== 'out') count(`${electorate} ${place.part}`)
    return [{ place, now: membership(rulebook, electorate, history, asked) }]
  })
  const parts = countParts(places.flatMap(({ place }) => (place === null ? [] : [place])))
  return JSON.stringify([own, places, parts, factsAt(rulebook, history, times.validAt, times.knownAt)])
}

describe('where random people stand, and on which roll, under rules with one thing otherwise', () => {
  it.each([
    ['lantern', peopled, 7],
    ['co-op', read('co-op'), 3],
    ['union-branch', read('union-branch'), 3],
    ['student-society', read('student-society'), 3],
  ] as const)('of %s', async (name, text, every) => {
    const book = parsed(text)
    const kinds = ['standing', 'electorate', 'attribute', 'class']
    const slips = book.provisions.filter((p) => kinds.includes(p.rule.kind)).flatMap((p) => [...slipsOf(book, p)])
    const told = (rulebook: Rulebook, people: number): string => {
      const tally = new Map<string, number>()
      const roll = dice(7)
      const said = Array.from({ length: people }, () => answersOn(rulebook, roll, tally))
      const counts = [...tally].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, n]) => `${key} ${n}`)
      return `  ${counts.join(', ')} #${digestOf(said.join('\n'))}\n`
    }
    const usual = told(book, 20)
    const others = slips.filter((_, i) => i % every === 0).map(({ what, rulebook }) => ({ what, line: told(rulebook, 20) }))
    const lines = [
      `as it is\n${told(book, 300)}`,
      ...others.flatMap(({ what, line }) => (line === usual ? [] : [`${what}\n${line}`])),
    ]
    await expect(lines.join('')).toMatchFileSnapshot(`../../test/golden/places/${name}.txt`)
  })
})
