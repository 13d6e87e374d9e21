import { assert, fail, instantOf, ok, parseCivilDate, type Instant, type Zone } from '@quorate/kernel'
import { readFileSync } from 'node:fs'
import type {
  Act,
  ActBody,
  Capacity,
  ClauseId,
  DecisionId,
  EditionNumber,
  Editions,
  Event,
  Fact,
  Fingerprint,
  Pseudonym,
  Refusal,
  Rulebook,
  State,
} from '../src/index.ts'
import { changesOf, decide, emptyState, evolve, parseRulebook, resultingText } from '../src/index.ts'
import { hear } from './acts-heard.ts'

/** The text of the demonstration rulebook. */
export const lanternText = readFileSync(new URL('../../../rulebooks/lantern.md', import.meta.url), 'utf8')

export const edition = (n: number): EditionNumber => n as EditionNumber
export const clause = (id: string): ClauseId => id as ClauseId
export const decision = (n: number): DecisionId => n as DecisionId
/** A fingerprint that stands for a document. */
export const print = (n: number): Fingerprint => n.toString(16).padStart(64, '0') as Fingerprint
/** The pseudonym of the nth person. */
export const person = (n: number): Pseudonym => (n * 0x9e3779b1).toString(16).padStart(32, '0').slice(-32) as Pseudonym

/** Parses a rulebook that must be sound. */
export function parsed(text: string, n = 1): Rulebook {
  const read = parseRulebook(text, edition(n))
  assert(read.kind === 'ok', read.kind === 'fail' ? JSON.stringify(read.error) : '')
  return read.value
}
export const lantern = parsed(lanternText)
const grantTo = (clause: string, title: string, act: string, holder: string, more = ''): string =>
  `### ${clause} ${title}\n\`\`\`rule\nkind: power\nact: ${act}\nholder: ${holder}\n${more}\`\`\`\n`
/** Clauses by which the clerk of the panel recognises groups and ends them, and by which the registrar lends a power. */
export const groupsByClerk = `${grantTo('8.2', 'Groups', 'recognise-group', 'panel-clerk')}${grantTo('8.3', 'Groups that end', 'derecognise-group', 'panel-clerk')}`
export const lendingByRegistrar = grantTo('8.1', 'Lending', 'delegate-power', 'registrar', 'until: 30 days\n')
export const editionsOf = (...books: readonly Rulebook[]): Editions => ({
  byNumber: new Map(books.map((b) => [b.edition, b])),
  inForce: books.at(-1)?.edition ?? edition(1),
})

const london = 'Europe/London' as Zone
/** `at('2026-11-21 19:40')` or with seconds, in Cardiff's time. */
export function at(text: string): Instant {
  const [day = '', time = '00:00'] = text.split(' ')
  const date = parseCivilDate(day)
  assert(date.kind === 'ok', `a date: ${text}`)
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number)
  return instantOf({ date: date.value, hour, minute, second }, london)
}
export const later = (from: Instant, ms: number): Instant => (from + ms) as Instant
export const hour = 3_600_000
export const day = 24 * hour

export const fact = (
  name: string,
  of: string | null,
  value: Fact['value'],
  when: Instant,
  source: Fact['source'] = 'register',
): Fact => ({
  name,
  of,
  value,
  at: when,
  knownAt: when,
  source,
  evidence: null,
})

/** One decision's story: acts one after another, each permitted or refused, the state carried along. */
export type Story = {
  readonly state: () => State
  readonly events: () => readonly Event[]
  readonly editions: () => Editions
  readonly useEditions: (editions: Editions) => void
  /** Tries an act; a permitted one moves the state on. */
  readonly attempt: (
    who: Pseudonym | 'rule',
    as: Capacity,
    when: Instant,
    body: ActBody,
    ...facts: readonly Fact[]
  ) => readonly Event[] | Refusal
}

/** The facts of the signature that is enough: unless a story says otherwise, all who signed before are in the electorate still. */
function withSigners(given: readonly Fact[], state: State, as: Capacity, when: Instant): readonly Fact[] {
  if (given.some(({ name }) => name === 'signers')) return given
  const marks = Object.values(state.decisions).flatMap((own) => Object.values(own.stages))
  const [, electorate = ''] = as.split(' ')
  return [...given, fact('signers', electorate, Math.max(0, ...marks.map(({ signers }) => signers.size)), when)]
}

export function story(first: Editions, number = 1): Story {
  let editions = first
  let state: State = emptyState
  const events: Event[] = []
  return {
    state: () => state,
    events: () => events,
    editions: () => editions,
    useEditions: (next) => {
      editions = next
    },
    attempt: (by, as, when, body, ...given) => {
      const act = { decision: decision(number), by, as, occurredAt: when, recordedAt: when, ...body } as Act
      const told = body.kind === 'sign' ? withSigners(given, state, as, when) : given
      const isAsked = told !== given && decide(editions, state, given, act).kind === 'refusal'
      const facts = isAsked && decide(editions, state, told, act).kind === 'permitted' ? told : given
      hear({ editions, state, facts, act })
      const answer = decide(editions, state, facts, act)
      if (answer.kind === 'refusal') return answer
      const all = [...answer.deemed, ...answer.events]
      events.push(...all)
      state = all.reduce(evolve, state)
      return all
    },
  }
}

/** Kinds of the events an attempt produced; fails when it was refused. */
export function kinds(answer: readonly Event[] | Refusal): readonly string[] {
  const refused = isRefusal(answer) ? fail(answer) : ok(answer)
  assert(refused.kind === 'ok', refused.kind === 'fail' ? JSON.stringify(refused.error, null, 1) : '')
  return refused.value.map((e) => e.kind)
}
export const isRefusal = (answer: readonly Event[] | Refusal): answer is Refusal => 'routes' in answer
/** Codes of all reasons of a refusal, route by route; fails when it was permitted. */
export function codes(answer: readonly Event[] | Refusal): readonly string[] {
  assert(isRefusal(answer), `refused, and not ${JSON.stringify(answer)}`)
  return answer.routes.flatMap((route) => route.reasons.map((r) => r.code))
}
/** The first reason of a refusal. */
export function why(answer: readonly Event[] | Refusal) {
  assert(isRefusal(answer), 'refused')
  return answer.routes[0].reasons[0]
}

export const members: Capacity = 'electorate members'
export const officer: Capacity = 'office returning-officer'
export const eligible = (when: Instant, source: Fact['source'] = 'register'): Fact =>
  fact('eligible', 'members', true, when, source)
export const holds = (when: Instant): Fact => fact('holds-office', 'returning-officer', true, when)

/** A change of 4.2 that asks for 50 signatures instead of 60. */
const fiftySigners = (lantern.clauses.get(clause('4.2'))?.source ?? '').replace('at least 60 people', 'at least 50 people')
export const proposal: ActBody = {
  kind: 'propose',
  power: 'amend-rulebook',
  form: 'diff',
  document: print(1),
  changes: changesOf(lanternText, [{ clause: clause('4.2'), after: fiftySigners }]),
}
const changed = resultingText(lanternText, edition(1), [{ clause: clause('4.2'), after: fiftySigners }], at('2026-01-01'))
/** The fact that the proposal's result reads and is sound, stated at an instant. */
export const proposalText = (when: Instant): Fact => ({ ...changed.fact, at: when, knownAt: when })
export const nextText = changed.text ?? ''
