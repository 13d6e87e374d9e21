import type { Instant } from '@quorate/kernel'
import { stageAt } from './stage-at.ts'
import {
  decide,
  emptyState,
  evolve,
  fingerprintOf,
  marksOf,
  timeline,
  provisionsOf,
  waiting,
  type Act,
  type ActBody,
  type Capacity,
  type ClauseId,
  type DecisionState,
  type Editions,
  type Event,
  type Fact,
  type Pseudonym,
  type StageMarks,
  type State,
} from '../src/index.ts'
import { candidateListOf } from './stage-at.ts'
import { decision, fact, members, officer, person, print } from './lantern.ts'

/** An act somebody may try: who, in what capacity, what. */
export type Attempt = { readonly by: Pseudonym | 'rule'; readonly as: Capacity; readonly body: ActBody }

const text = (power: string): ActBody => ({ kind: 'propose', power, form: 'text', document: print(1), changes: [] })

/** All facts in favour at an instant: whoever asks is eligible, every body agrees with the act, every count adds up. */
function favourable(editions: Editions, state: State, now: Instant, attempt: Attempt): readonly Fact[] {
  const own = state.decisions[1]
  const key = own === undefined ? null : stageAt(own, 'ballot')
  const box = own === undefined || key === null ? null : marksOf(own, key).box
  const cast = box?.voters.size ?? 0
  const frozen = attempt.body.kind === 'freeze' ? waiting(editions, state, now).find((w) => w.kind === 'freeze') : undefined
  const asOf = frozen?.asOf ?? now
  const list = own === undefined ? null : candidateListOf(own)
  const said = attempt.body
  const no = ('outcome' in said && ['refused', 'dismissed', 'fallen'].includes(said.outcome)) || said.kind === 'answer-challenge'
  const bodies = ['committee', 'panel', 'conference'].map((body) =>
    fact('resolution', body, { for: no ? 20 : 80, against: no ? 80 : 20, present: 100 }, now),
  )
  const chosen = list?.numbers[0] === undefined ? {} : { 'chosen-1': list.numbers[0] }
  return [
    ...['members', 'delegates'].map((of) => fact('eligible', of, true, now, 'roll')),
    fact('holds-office', 'returning-officer', true, now),
    fact('holds-seat', 'committee', true, now),
    fact('may-stand', 'nominate', true, now),
    fact('disjoint', 'panel', true, now),
    fact('body-size', 'committee', 12, now),
    fact('signers', 'members', Math.max(0, ...Object.values(own?.stages ?? {}).map(({ signers }) => signers.size)), now),
    ...bodies,
    // The first to vote has an appeal about their place on the roll; of two who have, the second loses it.
    fact('provisional', 'members', isProvisional(editions) && (attempt.by === person(100) || attempt.by === person(101)), now),
    fact('roll-appeal', person(100), true, now),
    fact('roll-appeal', person(101), false, now),
    fact('outcome', 'decision 9', { carried: 1, for: 3, against: 1, at: now }, now),
    fact('hustings', 'hustings', { offered: 1000 }, now),
    fact('notice', null, { served: 100, of: 100 }, now),
    { ...fact('roll', 'members', { size: 100, root: print(9) }, asOf, 'roll'), knownAt: now },
    fact('setup', null, { fingerprint: print(7), options: list?.numbers.length ?? 0, list: list?.fingerprint ?? print(0) }, now),
    fact('tally', null, { for: cast, against: 0, blank: 0, cast, valid: cast }, now),
    fact('count', null, { cast, valid: cast, blank: 0, 'beats-none-of-these': 1, ...chosen }, now),
  ]
}

const amendment = (n: number): ActBody => ({
  kind: 'amend',
  document: print(300 + n),
  changes: [{ clause: '1' as ClauseId, before: print(200 + n), after: print(400 + n) }],
})

const stageOf = (editions: Editions, kind: 'debate' | 'freeze' | 'ballot') =>
  [...editions.byNumber.values()].flatMap((book) =>
    provisionsOf(book, 'procedure').flatMap(({ rule }) => rule.stages.filter((stage) => stage.do === kind)),
  )
const hasRival = (editions: Editions): boolean =>
  stageOf(editions, 'ballot').some((stage) => stage.do === 'ballot' && stage.incompatible !== null)
/** Whether the roll of a procedure has a provisional part. */
const isProvisional = (editions: Editions): boolean =>
  stageOf(editions, 'freeze').some((stage) => stage.do === 'freeze' && stage.provisional !== null)

/** Two amendments, each backed and both composed into one where they are voted on each by itself; then whoever decides them accepts what is first. */
function debating(editions: Editions, own: DecisionState, id: string, marks: StageMarks, now: Instant): Attempt | null {
  const stage = stageOf(editions, 'debate').find((s) => s.id === id)
  const rules = stage?.do === 'debate' ? stage.amendments : null
  const book = [...editions.byNumber.values()][0]
  if (rules === null || book === undefined) return null
  const moved = marks.amendments ?? []
  const member = (n: number, body: ActBody): Attempt => ({ by: person(n), as: members, body })
  const isOpen = (n: number): boolean =>
    moved[n - 1]?.admittedAt != null && moved[n - 1]?.withdrawnAt === null && moved[n - 1]?.outcome === null
  const due = now >= own.proposedAt + 3_600_000
  if (!due && moved.length < 2) return member(30 + moved.length, amendment(moved.length))
  const lone = moved.findIndex((a) => a.admittedAt === null && a.of.length === 0 && a.withdrawnAt === null)
  if (!due && lone >= 0) return member(40 + lone, { kind: 'back-amendment', amendment: lone + 1 })
  if (rules.collision === 'each is voted on' && moved.length === 2 && isOpen(1) && isOpen(2))
    return member(30, {
      kind: 'compose',
      of: [1, 2],
      document: print(8),
      changes: [{ clause: '3' as ClauseId, before: print(3), after: print(4) }],
    })
  const composite = moved[2]
  if (composite?.admittedAt === null && composite.consents.length < 2)
    return member(30 + composite.consents.length, { kind: 'consent', amendment: 3 })
  const first = moved.findIndex((_, i) => isOpen(i + 1))
  if (!due || first < 0) return null
  const stages = provisionsOf(book, 'procedure')[0]?.rule.stages ?? []
  const later = stages.slice(stages.findIndex((s) => s.id === id)).find((s) => s.do === 'consider' || s.do === 'meeting')
  const body: ActBody = { kind: 'decide-amendment', amendment: first + 1, outcome: 'carried', document: print(9) }
  return later === undefined ? { by: own.by, as: members, body } : { by: person(0), as: `body ${later.body}`, body }
}

/** What would carry a decision on now, by whoever may do it; null when only time can. */
export function helpful(editions: Editions, state: State, now: Instant, power: string): Attempt | null {
  const own = state.decisions[1]
  if (own === undefined) return { by: person(1), as: members, body: text(power) }
  const rule = (body: ActBody): Attempt => ({ by: 'rule', as: 'rule', body })
  const office = (body: ActBody): Attempt => ({ by: person(900), as: officer, body })
  const open = own.incompatible?.find((other) => other.outcome === null)
  const decided = Object.values(own.stages).some((marks) => marks.box.result !== null)
  if (open !== undefined && decided && own.ended === null) return rule({ kind: 'settle', with: open.with })
  const waits = waiting(editions, state, now)[0]
  if (waits?.kind === 'enact') return rule({ kind: 'enact', text: own.document })
  if (waits !== undefined) return rule({ kind: waits.kind })
  for (const view of timeline(editions, state, decision(1), now).filter((v) => v.state === 'now')) {
    const marks = marksOf(own, stageAt(own, view.id) ?? view.id)
    switch (view.kind) {
      case 'support':
        if (marks.metAt !== null) break
        return { by: person(10 + marks.signers.size), as: members, body: { kind: 'sign' } }
      case 'debate': {
        const next = debating(editions, own, view.id, marks, now)
        if (next !== null) return next
        break
      }
      case 'check':
        return office({ kind: 'check', outcome: 'passed', ground: null })
      case 'consider':
        return { by: person(0), as: 'body committee', body: { kind: 'consider', outcome: 'agreed' } }
      case 'meeting':
        if (marks.heldAt === undefined) return office({ kind: 'convene', heldAt: view.earliest?.endsAt ?? now })
        if (marks.heldAt <= now) return { by: person(0), as: 'body conference', body: { kind: 'consider', outcome: 'agreed' } }
        break
      case 'nominate': {
        const asked = marks.field?.candidates.length ?? 0
        const waits = marks.field?.candidates.findIndex((c) => c.acceptedAt === null && c.stoodDownAt === null) ?? -1
        if (waits >= 0) return { by: person(70), as: members, body: { kind: 'second', candidate: waits + 1 } }
        if (asked < 3) return { by: person(50 + asked), as: members, body: { kind: 'stand', statement: print(50 + asked) } }
        break
      }
      case 'hustings':
        return office({ kind: 'hold-hustings' })
      case 'ballot':
        if (marks.box.opensAt === null) return office({ kind: 'schedule', opensAt: now })
        if (hasRival(editions) && own.incompatible === undefined) return office({ kind: 'rule-incompatible', with: decision(9) })
        if (marks.box.openedAt !== null && marks.box.voters.size < 5)
          return { by: person(100 + marks.box.voters.size), as: members, body: { kind: 'cast', ballot: print(4) } }
        break
      case 'challenge':
        if (marks.challenges.some((c) => c.answer === null))
          return { by: person(0), as: 'body panel', body: { kind: 'answer-challenge', outcome: 'dismissed' } }
        break
      case 'certify':
        if (marks.certifiedAt === null) return office({ kind: 'certify' })
        break
      default:
        break
    }
  }
  return null
}

/** Tries an act with every fact in its favour. */
export function tryIt(editions: Editions, state: State, now: Instant, attempt: Attempt) {
  const head = { decision: decision(1), by: attempt.by, as: attempt.as, occurredAt: now, recordedAt: now }
  const act = { ...head, ...attempt.body } as Act
  return { act, answer: decide(editions, state, favourable(editions, state, now, attempt), act) }
}

/** The next instant at which time alone moves a decision on, or null. */
export function nextInstant(editions: Editions, state: State, now: Instant): Instant | null {
  const ends = timeline(editions, state, decision(1), now).flatMap((v) => (v.state === 'now' ? [v.earliest?.endsAt ?? null] : []))
  const ahead = ends.filter((at): at is Instant => at !== null && at > now)
  return ahead.reduce<Instant | null>((a, b) => (a === null || b < a ? b : a), null)
}

/**
 * Plays a decision to where its enactment waits, everyone acting at the first instant at which they may: the hope behind `earliest`. `early`: how it
 * stands until just before `until`; null where that is when it begins.
 */
export function playThrough(editions: Editions, power: string, from: Instant, until: Instant) {
  let state: State = emptyState
  let now = from
  let early: State | null = null
  const events: Event[] = []
  for (let step = 0; step < 200; step++) {
    if (now < until) early = state
    const next = helpful(editions, state, now, power)
    if (next?.body.kind === 'enact') break
    if (next === null) {
      const soonest = nextInstant(editions, state, now)
      if (soonest === null || soonest > until) break
      now = soonest
      const ticked = tryIt(editions, state, now, { by: 'rule', as: 'rule', body: { kind: 'tick' } }).answer
      if (ticked.kind === 'permitted') {
        events.push(...ticked.deemed, ...ticked.events)
        state = [...ticked.deemed, ...ticked.events].reduce(evolve, state)
      }
      continue
    }
    const { answer } = tryIt(editions, state, now, next)
    if (answer.kind === 'refusal') return { state, now, events, refused: answer, early }
    const happened = [...answer.deemed, ...answer.events]
    events.push(...happened)
    state = happened.reduce(evolve, state)
  }
  if (now < until) early = state
  return { state, now, events, refused: null, early }
}

export const enactment = (state: State): Attempt => ({
  by: 'rule',
  as: 'rule',
  body: { kind: 'enact', text: state.decisions[1]?.document ?? fingerprintOf('') },
})
