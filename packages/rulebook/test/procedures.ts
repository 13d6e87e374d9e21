import { assert, type Instant } from '@quorate/kernel'
import type { ActBody, Capacity, Editions, Event, Fact, Refusal, Rulebook } from '../src/index.ts'
import { readBlock } from '../src/language/parse.ts'
import { readTree } from '../src/yaml/read-tree.ts'
import { rulebookOf } from './blocks.ts'
import { at, editionsOf, fact, kinds, later, members, officer, parsed, person, print, story, type Story } from './lantern.ts'

const blocks = [
  'kind: service\nid: notice\nchannels: [email]\ndeemed-received: {email: at sending}\nsound-when: at least 9/10 of roll',
  'kind: class\nid: member\nof: person',
  'kind: electorate\nid: members\nwho: class member\ncut-off: notice\nlate-evidence: none',
  'kind: electorate\nid: delegates\nwho: class member\ncut-off: notice\nlate-evidence: none',
  `kind: body
id: committee
seats: [{id: member, count: 8}, {id: union, count: 4}]
quorum: present at least 1/2 of seats
decides: {pass: [yes more than 1/2 of for-and-against], tie: casting vote}`,
  `kind: body
id: panel
seats: [{id: member, count: 5}]
quorum: present at least 3 people
decides: {pass: [yes more than 1/2 of for-and-against], tie: falls}`,
  `kind: body
id: conference
seats: [{id: delegate, count: 200}]
quorum: present at least 1/4 of seats
decides: {pass: [yes more than 1/2 of for-and-against], tie: falls}`,
  `kind: office
id: returning-officer
holders: 1
filled: appointed by committee
term: 1 year
removed: committee by at least 2/3 of seats`,
  `kind: appeal
id: appeal
to: panel
disjoint: yes
within: 14 days
decide-within: 14 days
timeout: allowed
stay: {effect: yes, roll: provisional, upheld-before-tally: ballot leaves the box, upheld-after: re-run if it could decide}`,
  'kind: fact\nid: legal-advice\nattested-by: [returning-officer]\nevidence: document\nexpires: 90 days',
]

/** A rulebook with electorate, bodies and offices, and one procedure `decide` for a power. `stages`: one a line, as in a block. */
export const rulebookWith = (power: string, stages: readonly string[], n = 1): Rulebook => parsed(textWith(power, stages), n)

/**
 * Makes such rulebooks whose procedure alone differs, for laws over a hundred thousand of them: the rest is read once. The text is that of the first, for
 * the engine does not read it.
 */
export function procedureMaker(power: string): (stages: readonly string[]) => Rulebook {
  const first = rulebookWith(power, ['propose: {by: electorate members}', `enact: {effect: ${power}, at: end of propose}`])
  const at = first.provisions.findIndex((p) => p.rule.kind === 'procedure')
  return (stages) => {
    const tree = readTree(procedureBlock(stages), 1)
    const read = tree.kind === 'ok' ? readBlock(tree.value) : tree
    assert(read.kind === 'ok' && read.value.kind === 'rule', 'a procedure that reads')
    const { rule, names, terms, basis, waives } = read.value
    const clause = first.provisions[at]?.clause
    assert(clause !== undefined, 'a procedure to put it in the place of')
    return { ...first, provisions: first.provisions.with(at, { clause, rule, names, terms, basis, waives }) }
  }
}

const procedureBlock = (stages: readonly string[]): string =>
  `kind: procedure\nid: decide\nstages:\n${stages.map((s) => `  ${s}`).join('\n')}`

/** The text of such a rulebook, with more clauses after the rest: the power is 12, the procedure 13, what is added 14 and so on. */
export function textWith(power: string, stages: readonly string[], ...more: readonly string[]): string {
  return rulebookOf(...blocks, `kind: power\nact: ${power}\nvia: [decide]`, procedureBlock(stages), ...more)
}

/** The usual end of a procedure. */
export const ballotAndEnd = (power: string, ballot = ''): readonly string[] => [
  'notify: {to: electorate members, clear: 7 clear days}',
  'freeze: {electorate: members, at: notify}',
  `ballot: {roll: freeze, secret: yes, method: yes-no, abstain: not cast, timetable: {by: returning-officer, within: 3 days, timeout: opens at 12:00 on the 4th day}, period: 5 days, pass: [yes more than 1/2 of for-and-against], tie: falls${ballot}}`,
  `enact: {effect: ${power}, at: end of ballot}`,
]

/** When the stories of these tests begin: a Monday at nine, far from any change of the clocks. */
export const monday = at('2026-06-01 09:00')
export const minute = 60_000

/** A decision of a small rulebook, told act by act. Acts are by the nth person; facts that make them eligible are there unless said otherwise. */
export type Told = {
  readonly story: Story
  readonly now: () => Instant
  readonly wait: (ms: number) => void
  readonly to: (when: Instant) => void
  readonly by: (who: number, as: Capacity, body: ActBody, ...facts: readonly Fact[]) => readonly Event[] | Refusal
  /** As a member, an officer, a body, the rule. Each answers with the kinds of the events, and fails when refused. */
  readonly member: (who: number, body: ActBody, ...facts: readonly Fact[]) => readonly string[]
  readonly officer: (body: ActBody, ...facts: readonly Fact[]) => readonly string[]
  readonly body: (id: string, body: ActBody, votes: readonly [number, number], ...facts: readonly Fact[]) => readonly string[]
  readonly rule: (body: ActBody, ...facts: readonly Fact[]) => readonly string[]
  readonly state: (name: string, value: Fact['value'], of?: string | null) => Fact
}

/** A resolution of a body: for, against, and how many were present. */
const resolved = (body: string, [inFavour, against]: readonly [number, number], when: Instant): Fact =>
  fact('resolution', body, { for: inFavour, against, present: inFavour + against }, when)

export function told(editions: Editions | Rulebook, from: Instant = monday, number = 1): Told {
  const s = story('byNumber' in editions ? editions : editionsOf(editions), number)
  let now = from
  const state = (name: string, value: Fact['value'], of: string | null = null): Fact => fact(name, of, value, now)
  const usual = (): readonly Fact[] => [
    fact('eligible', 'members', true, now, 'roll'),
    fact('eligible', 'delegates', true, now, 'roll'),
    fact('holds-office', 'returning-officer', true, now),
    fact('disjoint', 'panel', true, now),
  ]
  const by: Told['by'] = (who, as, body, ...facts) =>
    s.attempt(as === 'rule' ? 'rule' : person(who), as, now, body, ...usual(), ...facts)
  return {
    story: s,
    now: () => now,
    wait: (ms) => {
      now = later(now, ms)
    },
    to: (when) => {
      now = when
    },
    by,
    member: (who, body, ...facts) => kinds(by(who, members, body, ...facts)),
    officer: (body, ...facts) => kinds(by(900, officer, body, ...facts)),
    body: (id, body, votes, ...facts) => kinds(by(0, `body ${id}`, body, resolved(id, votes, now), ...facts)),
    rule: (body, ...facts) => kinds(by(0, 'rule', body, ...facts)),
    state,
  }
}

/** A proposal of a text under a power. */
export const text = (power: string): ActBody => ({ kind: 'propose', power, form: 'text', document: print(1), changes: [] })
/** A policy that the first member has proposed, to be decided through stages. */
export function begin(...stages: readonly string[]): Told {
  const t = told(rulebookWith('adopt-policy', stages))
  t.member(1, text('adopt-policy'))
  return t
}

/** From served notice to an open ballot on a roll of a size. */
export function untilOpen(t: Told, size = 100, setup: Readonly<Record<string, number | string>> = {}): void {
  const servedAt = t.now()
  t.rule({ kind: 'notify' }, t.state('notice', { served: size, of: size }))
  t.wait(8 * 24 * 60 * minute)
  t.rule({ kind: 'freeze' }, { ...fact('roll', 'members', { size, root: print(9) }, servedAt, 'roll'), knownAt: t.now() })
  t.officer({ kind: 'schedule', opensAt: t.now() })
  t.rule({ kind: 'open' }, t.state('setup', { fingerprint: print(7), ...setup }))
}

/** Ballots of so many people. */
export function castBy(t: Told, from: number, to: number, ...facts: readonly Fact[]): void {
  for (let n = from; n <= to; n++) t.member(n, { kind: 'cast', ballot: print(n) }, ...facts)
}

export function boxOf(t: Told, key = 'ballot') {
  const box = t.story.state().decisions[1]?.stages[key]?.box
  assert(box !== undefined, `a box in ${key}`)
  return box
}
export const endOf = (t: Told): string | null => t.story.state().decisions[1]?.ended?.outcome ?? null
/** The end of voting, and the count of yes and no. */
export function declare(t: Told, [inFavour, against, blank = 0]: readonly number[], more: Readonly<Record<string, number>> = {}) {
  assert(inFavour !== undefined && against !== undefined, 'votes for and against')
  const cast = inFavour + against + blank
  t.to(boxOf(t).closesAt ?? t.now())
  return t.by(0, 'rule', { kind: 'declare' }, t.state('tally', { for: inFavour, against, blank, cast, valid: cast, ...more }))
}
