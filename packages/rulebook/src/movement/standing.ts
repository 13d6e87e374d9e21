import type { Instant } from '@quorate/kernel'
import { after, instantOn, latest, reckoningOf } from '../calendar.ts'
import { isEligible, meetsPredicate, type Eligibility, type EligibilityAnchors, type PersonFacts } from '../eligibility.ts'
import type { Who } from '../language/expression.ts'
import { cite, onlyProvision, provision, type Provision, type Rulebook } from '../language/model.ts'
import type { Citation } from '../terms.ts'
import { entriesOf, factsAt, knownEntries, type PersonHistory } from './history.ts'

/** The one state a person is in, since when (null: from the beginning), and the clause that puts them there. */
export type Standing = { readonly state: string; readonly since: Instant | null; readonly clause: Citation }

type States = Provision<'standing'>['rule']['states']
type StateRule = States[number]['value']

/**
 * The standing of a person, valid at one instant as known at another. Total and single: whatever the history says, there is exactly one state, and
 * it cites either the clause under which somebody acted or the clause that makes the state. A rulebook without standing has one state, `active`.
 */
export function standing(rulebook: Rulebook, history: PersonHistory, validAt: Instant, knownAt: Instant): Standing {
  const found = onlyProvision(rulebook, 'standing')
  if (found === null)
    return { state: 'active', since: null, clause: `${rulebook.document.clauses[0]?.id ?? '0'}@${rulebook.edition}` }
  const { states } = found.rule
  const clause = cite(rulebook, found.clause)
  const first = found.rule.default ?? states[0]?.key ?? 'active'
  const acted = byActs(rulebook, states, history, validAt, knownAt, { state: first, since: null, clause })
  return byTime(rulebook, found, history, validAt, knownAt, acted)
}

const ruleOf = (states: States, state: string): StateRule | null => states.find((row) => row.key === state)?.value ?? null

/** Follows what people did: admitted, suspended, excluded. A step the rule does not have from where the person stands changes nothing. */
function byActs(
  rulebook: Rulebook,
  states: States,
  history: PersonHistory,
  validAt: Instant,
  knownAt: Instant,
  first: Standing,
): Standing {
  let now = first
  let ends: { readonly at: Instant; readonly then: string } | null = null
  const reckoning = reckoningOf(rulebook)
  for (const { at, said } of entriesOf(knownEntries(history, validAt, knownAt), 'standing')) {
    if (ends !== null && ends.at <= at) now = { state: ends.then, since: ends.at, clause: first.clause }
    const rule = ruleOf(states, said.state)
    const isOpen =
      rule !== null &&
      (rule.from === null || rule.from === 'any' || rule.from === now.state || isReturn(states, now.state, said.state))
    if (!isOpen) {
      if (ends !== null && ends.at <= at) ends = null
      continue
    }
    now = { state: said.state, since: at, clause: said.clause ?? first.clause }
    const most = rule.atMost === null ? null : after(at, rule.atMost, reckoning)
    const end = most === null ? said.until : said.until === null || most < said.until ? most : said.until
    ends = end === null ? null : { at: end, then: rule.then ?? rule.from ?? first.state }
    if (ends !== null && ends.then === 'any') ends = { at: ends.at, then: first.state }
  }
  if (ends === null || validAt < ends.at) return now
  return { state: ends.then, since: ends.at, clause: first.clause }
}

/** Back the way a state was left: from suspended to the state it came from. */
const isReturn = (states: States, from: string, to: string): boolean => {
  const rule = ruleOf(states, from)
  return rule !== null && (rule.from === to || rule.then === to || rule.back !== null)
}

/** States that come about by themselves: dues overdue, a fact, a predicate. In the order of the text; the first that holds is the state. */
function byTime(
  rulebook: Rulebook,
  found: Provision<'standing'>,
  history: PersonHistory,
  validAt: Instant,
  knownAt: Instant,
  acted: Standing,
): Standing {
  const facts = factsAt(rulebook, history, validAt, knownAt)
  const clause = cite(rulebook, found.clause)
  for (const { key, value } of found.rule.states) {
    if (
      value.when === null ||
      key === acted.state ||
      !(value.from === null || value.from === 'any' || value.from === acted.state)
    )
      continue
    const since = begunAt(rulebook, value.when, { ...facts, standing: acted.state }, validAt)
    if (since !== null)
      return { state: key, since: since === 'before' ? acted.since : latest(since, acted.since ?? since), clause }
  }
  return acted
}

/** Since when a condition has held at an instant: `before` when it cannot be told, null when it does not hold. */
function begunAt(
  rulebook: Rulebook,
  when: NonNullable<StateRule['when']>,
  facts: PersonFacts,
  validAt: Instant,
): Instant | 'before' | null {
  const reckoning = reckoningOf(rulebook)
  switch (when.kind) {
    case 'dues overdue by <length>': {
      if (facts.paidUntil === null) return null
      // Paid until a day includes that day: dues are owed from the beginning of the next, and overdue by so much after that.
      const owedFrom = instantOn(facts.paidUntil, '24:00', reckoning)
      const overdue = after(owedFrom, when.length, reckoning)
      return overdue <= validAt ? overdue : null
    }
    case 'fact <fact>':
      return facts.facts?.includes(when.fact) === true ? 'before' : null
    case '<predicate>':
      return holds(rulebook, when.predicate, facts, validAt) ? 'before' : null
  }
}

const holds = (rulebook: Rulebook, predicate: Who, facts: PersonFacts, at: Instant): boolean =>
  meetsPredicate(rulebook, predicate, facts, { cutOff: at, now: at })

/** What fixes an electorate: valid when, known when, and the instants its rule speaks of. */
export type FreezeTimes = {
  readonly validAt: Instant
  readonly knownAt: Instant
  /** Instants by name, such as `notice` or `open`; `cut-off` is `validAt`. */
  readonly at?: Readonly<Record<string, Instant>>
  readonly group?: string
}

/** A person's place on a roll: certainly on it, provisionally (a vote that may leave the box), or not; under which clause and why. */
export type RollPlace = { readonly part: 'certain' | 'provisional' | 'out'; readonly standing: Standing } & Eligibility

/** Whether a person is in an electorate valid at one instant as known at another. Null when the rulebook has no such electorate. */
export function membership(
  rulebook: Rulebook,
  electorate: string,
  history: PersonHistory,
  times: FreezeTimes,
): (Eligibility & { readonly standing: Standing }) | null {
  const { validAt, knownAt } = times
  const own = standing(rulebook, history, validAt, knownAt)
  const person: PersonFacts = { ...factsAt(rulebook, history, validAt, knownAt), standing: own.state }
  const group = times.group === undefined ? {} : { group: times.group }
  const anchors: EligibilityAnchors = { cutOff: validAt, now: validAt, ...group, at: times.at ?? {} }
  const judged = isEligible(rulebook, electorate, person, anchors)
  return judged === null ? null : { ...judged, standing: own }
}

/**
 * A person's place on a roll frozen at `times`, as known now. Those on it at the freeze stay, whatever is written down later; evidence dated in time
 * and written down later puts somebody on its provisional part, where the electorate says that late evidence counts. An appeal open at the freeze
 * makes the place provisional too.
 */
export function placeOnRoll(
  rulebook: Rulebook,
  electorate: string,
  history: PersonHistory,
  times: FreezeTimes,
  now: { readonly knownAt: Instant; readonly appealOpen: boolean },
): RollPlace | null {
  const frozen = membership(rulebook, electorate, history, times)
  if (frozen === null) return null
  if (frozen.eligible) return { ...frozen, part: 'certain' }
  if (now.appealOpen) return { ...frozen, part: 'provisional' }
  const late = lateEntries(rulebook, electorate, history, times, now.knownAt)
  if (late === null) return { ...frozen, part: 'out' }
  const known = membership(rulebook, electorate, late, { ...times, knownAt: now.knownAt })
  return known?.eligible === true ? { ...known, part: 'provisional' } : { ...frozen, part: 'out' }
}

/** The history with what was written down late, as far as the electorate lets it count; null where it lets none. */
function lateEntries(
  rulebook: Rulebook,
  electorate: string,
  history: PersonHistory,
  times: FreezeTimes,
  knownAt: Instant,
): PersonHistory | null {
  const rule = provision(rulebook, 'electorate', electorate)?.rule.lateEvidence
  if (rule === undefined || rule.kind === 'none') return null
  const anchor = (name: string): Instant | null => (name === 'cut-off' ? times.validAt : (times.at?.[name] ?? null))
  const [dated, verified] = [anchor(rule.dated), anchor(rule.verified)]
  if (dated === null || verified === null) return null
  return history.filter((e) => e.knownAt <= times.knownAt || (e.at <= dated && e.knownAt <= verified && e.knownAt <= knownAt))
}

/** A roll with its two parts, as sizes. */
export type RollParts = { readonly certain: number; readonly provisional: number; readonly out: number }

/** How many of many are certain, provisional and out. */
export function countParts(places: Iterable<RollPlace>): RollParts {
  const parts = { certain: 0, provisional: 0, out: 0 }
  for (const { part } of places) parts[part] += 1
  return parts
}
