import { assert, type Instant } from '@quorate/kernel'
import {
  decide,
  emptyState,
  evolve,
  type Act,
  type Editions,
  type Event,
  type Fact,
  type Pseudonym,
  type State,
} from '../src/index.ts'
import {
  at,
  decision,
  editionsOf,
  fact,
  hour,
  lanternText,
  later,
  members,
  parsed,
  print,
  proposal,
  proposalText,
} from './lantern.ts'

/** A decision many people take part in: its state, all its events, and the instant at which the next of them acts. */
export type Busy = {
  readonly editions: Editions
  readonly state: State
  readonly events: readonly Event[]
  readonly now: Instant
}

/** Pseudonyms as they are in life: every digit as likely as another from the first on, where those of other tests begin with zeros. */
const person = (n: number): Pseudonym =>
  [1, 2, 3, 4]
    .map((k) => ((Math.imul(n + k, 0x9e3779b1) ^ Math.imul(n, k * 0x85ebca6b)) >>> 0).toString(16).padStart(8, '0'))
    .join('') as Pseudonym

/** What makes a member eligible, and what the roll says of a voter. */
export const castFacts = (now: Instant): readonly Fact[] => [
  fact('eligible', 'members', true, now, 'roll'),
  fact('signers', 'members', 0, now),
]

const actOf = (busy: Pick<Busy, 'now'>, by: number, body: object): Act =>
  // A body of the closed union with its head is that act.
  ({ decision: decision(1), by: person(by), as: members, occurredAt: busy.now, recordedAt: busy.now, ...body }) as Act

export const castOf = (busy: Pick<Busy, 'now'>, who: number): Act => actOf(busy, who, { kind: 'cast', ballot: print(who) })
export const signatureOf = (busy: Pick<Busy, 'now'>, who: number): Act => actOf(busy, who, { kind: 'sign' })

type Telling = { state: State; readonly events: Event[]; now: Instant }

function tell(editions: Editions, t: Telling, act: Act, ...facts: readonly Fact[]): void {
  const answer = decide(editions, t.state, [...castFacts(t.now), ...facts], act)
  assert(answer.kind === 'permitted', answer.kind === 'refusal' ? JSON.stringify(answer.routes) : '')
  for (const event of [...answer.deemed, ...answer.events]) {
    t.events.push(event)
    t.state = evolve(t.state, event)
  }
}

const proposedAt = at('2026-03-10 10:00')

/** A proposal that so many have signed, of a rulebook that asks for more than will ever sign. */
export function signing(signers: number): Busy {
  const book = parsed(lanternText.replace('at least 60 people', 'at least 900000000 people'))
  const editions = editionsOf(book)
  const t: Telling = { state: emptyState, events: [], now: proposedAt }
  tell(editions, t, actOf(t, 1, proposalIn(book)), proposalText(t.now))
  t.now = later(t.now, hour)
  for (let n = 1; n <= signers; n++) tell(editions, t, signatureOf(t, n))
  return { editions, ...t }
}

const proposalIn = (book: ReturnType<typeof parsed>): object => {
  assert(proposal.kind === 'propose', 'a proposal')
  const changes = proposal.changes.map((c) => ({ ...c, before: book.clauses.get(c.clause)?.fingerprint ?? null }))
  return { ...proposal, changes }
}

/** A ballot that is open, with so many ballots in the box. */
export function opened(ballots: number): Busy {
  const book = parsed(lanternText.replace('at least 60 people', 'at least 1 people'))
  const editions = editionsOf(book)
  const t: Telling = { state: emptyState, events: [], now: proposedAt }
  const officer = (body: object): Act => ({ ...actOf(t, 900_000, body), as: 'office returning-officer' })
  const rule = (body: object): Act => ({ ...actOf(t, 0, body), by: 'rule', as: 'rule' })
  const holds = fact('holds-office', 'returning-officer', true, t.now)
  tell(editions, t, actOf(t, 1, proposalIn(book)), proposalText(t.now))
  tell(editions, t, signatureOf(t, 1))
  tell(editions, t, officer({ kind: 'check', outcome: 'passed', ground: null }), holds)
  tell(editions, t, rule({ kind: 'notify' }), fact('notice', null, { served: 1_000_000, of: 1_000_000 }, t.now, 'post'))
  const roll = fact('roll', 'members', { size: 1_000_000, root: 'ab' }, t.now, 'roll')
  t.now = at('2026-03-26 00:00')
  tell(editions, t, rule({ kind: 'freeze' }), { ...roll, knownAt: t.now })
  tell(editions, t, officer({ kind: 'schedule', opensAt: t.now }), holds)
  tell(editions, t, rule({ kind: 'open' }), fact('setup', null, { fingerprint: print(7) }, t.now))
  for (let n = 1; n <= ballots; n++) tell(editions, t, castOf(t, n))
  return { editions, ...t }
}
