import { instant, type Instant } from '@quorate/kernel'
import {
  emptyState,
  evolve,
  movementDecision,
  parseRulebook,
  standing,
  type EditionNumber,
  type Event,
  type Fingerprint,
  type PersonHistory,
  type Pseudonym,
  type State,
} from '@quorate/rulebook'
import { readFileSync } from 'node:fs'
import type { Bench } from '../tools/measure.ts'

const people = 40_000
const start = instant(1_772_366_400_000)
const lantern = readFileSync(new URL('../rulebooks/lantern.md', import.meta.url), 'utf8')
const evidence = 'ab'.repeat(32) as Fingerprint
const later = (days: number): Instant => instant(start + days * 86_400_000)
const person = (n: number): Pseudonym => (n * 0x9e3779b1).toString(16).padStart(32, '0').slice(-32) as Pseudonym

/** A member's history: admitted, paid twice, and every tenth suspended once. */
function historyOf(n: number): PersonHistory {
  const entry = (days: number, said: PersonHistory[number]['said']): PersonHistory[number] => ({
    at: later(days),
    knownAt: later(days + 1),
    by: 'registrar',
    evidence,
    said,
  })
  const admitted = [
    entry(0, { kind: 'standing', state: 'active', until: null, clause: null }),
    entry(0, { kind: 'class', class: 'member', until: null }),
  ]
  return n % 10 === 0
    ? [...admitted, entry(30 + (n % 60), { kind: 'standing', state: 'suspended', until: null, clause: '6.1@1' })]
    : admitted
}

/** One person into each of many seats. */
const seatEvents = (): readonly Event[] =>
  Array.from({ length: people }, (_, i) => ({
    id: `0/${i + 1}`,
    decision: movementDecision,
    edition: 1 as EditionNumber,
    clause: '3.2@1',
    stage: '',
    by: 'rule',
    deemed: false,
    occurredAt: start,
    recordedAt: start,
    kind: 'movement',
    did: {
      kind: 'seat-filled',
      place: { of: 'body', id: 'group', group: `g${i % 400}`, seat: 'all', number: i + 1 },
      person: person(i),
      how: 'elected',
      until: later(365 + (i % 400)),
      leavesAt: later(365 + (i % 400)),
      terms: 1,
    },
    relies: [],
  }))

/** What a large movement asks of the state that outlives decisions. */
export default function rulebookMovementBench(): Bench {
  const read = parseRulebook(lantern, 1 as EditionNumber)
  if (read.kind === 'fail') throw new Error(JSON.stringify(read.error[0]))
  const rulebook = read.value
  const histories = Array.from({ length: people }, (_, i) => historyOf(i))
  const events = seatEvents()
  const asked = later(75)
  return {
    title: 'Rulebook: standing and seats of 40,000',
    about:
      'The standing of 40,000 members at two times, and 40,000 seats filled one after another, each with its deadline. The goal is a second or two for either.',
    cases: [
      {
        name: 'standing of 40,000',
        operations: people,
        run: () => histories.filter((h) => standing(rulebook, h, asked, asked).state === 'active').length,
      },
      { name: '40,000 seats filled', operations: people, run: (): State => events.reduce(evolve, emptyState) },
    ],
  }
}
