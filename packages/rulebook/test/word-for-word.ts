import { at, lanternText, person } from './lantern.ts'
import { changedText, proven } from './movement.ts'
import type { Fact } from '../src/index.ts'
import type { MovementEvent } from '../src/movement/movement.ts'

// What the tests that go through the answers of a movement word for word have in common.

/** An act under a power of one's own, as most are asked. */
export const own = { kind: 'own' } as const
/** When most of them ask. */
export const start = at('2026-03-01 12:00')
export const iso = (when: number): string => new Date(when).toISOString()
/** That the actor holds an office. */
export const holds = (office: string, when = start): Fact => proven('holds-office', office, true, when, 'register')
/** A rulebook's rule on a power, to be put at its end. */
export const power = (act: string, rest: string): string =>
  `\n### 8.1 Power\n\`\`\`rule\nkind: power\nact: ${act}\n${rest}\n\`\`\`\n`

/** How Lantern's panel and committee meet. */
export const panelMeets = 'meets: {every: on case, notice: 3 clear days, by: panel-clerk, remote: yes}\n'
const committeeMeets =
  'meets: {every: 3 months, notice: 7 clear days, agenda: 4 clear days, by: chair, or: 4 seated, remote: yes}\n'
/** Lantern, whose committee and panel act by a stated vote. */
export const statedText = (...changes: readonly (readonly [string, string])[]): string =>
  changedText(lanternText, [panelMeets, ''], [committeeMeets, ''], ...changes)
/** That vote, carried by all who voted, of a body of twelve. */
export const voted = (body: string, votes = 9): Fact => proven('resolution', body, { for: votes, against: 0, present: 12 }, start)

/** Person 70, suspended without end. */
export const sanctioned: Extract<MovementEvent, { kind: 'sanctioned' }> = {
  kind: 'sanctioned',
  sanction: 's1',
  person: person(70),
  power: 'suspend',
  code: null,
  until: null,
  spares: [],
  deciders: [],
}
