import type { Instant } from '@quorate/kernel'
import { stageAt } from './stage-at.ts'
import {
  decide,
  emptyState,
  evolve,
  fingerprintOf,
  marksOf,
  timeline,
  waiting,
  type Act,
  type ActBody,
  type Capacity,
  type Editions,
  type Event,
  type Fact,
  type Pseudonym,
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
  const asOf = waiting(editions, state, now).find((w) => w.kind === 'freeze')?.asOf ?? now
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
    ...bodies,
    fact('hustings', 'hustings', { offered: 1000 }, now),
    fact('notice', null, { served: 100, of: 100 }, now),
    { ...fact('roll', 'members', { size: 100, root: print(9) }, asOf, 'roll'), knownAt: now },
    fact('setup', null, { fingerprint: print(7), options: list?.numbers.length ?? 0, list: list?.fingerprint ?? print(0) }, now),
    fact('tally', null, { for: cast, against: 0, blank: 0, cast, valid: cast }, now),
    fact('count', null, { cast, valid: cast, blank: 0, 'beats-none-of-these': 1, ...chosen }, now),
  ]
}

/** What would carry a decision on now, by whoever may do it; null when only time can. */
export function helpful(editions: Editions, state: State, now: Instant, power: string): Attempt | null {
  const own = state.decisions[1]
  if (own === undefined) return { by: person(1), as: members, body: text(power) }
  const rule = (body: ActBody): Attempt => ({ by: 'rule', as: 'rule', body })
  const office = (body: ActBody): Attempt => ({ by: person(900), as: officer, body })
  const waits = waiting(editions, state, now)[0]
  if (waits?.kind === 'enact') return rule({ kind: 'enact', text: own.document })
  if (waits !== undefined) return rule({ kind: waits.kind })
  for (const view of timeline(editions, state, decision(1), now).filter((v) => v.state === 'now')) {
    const marks = marksOf(own, stageAt(own, view.id) ?? view.id)
    switch (view.kind) {
      case 'support':
        return { by: person(10 + marks.signers.size), as: members, body: { kind: 'sign' } }
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
        if (asked < 3) return { by: person(50 + asked), as: members, body: { kind: 'stand', statement: print(50 + asked) } }
        break
      }
      case 'hustings':
        return office({ kind: 'hold-hustings' })
      case 'ballot':
        if (marks.box.opensAt === null) return office({ kind: 'schedule', opensAt: now })
        if (marks.box.openedAt !== null && marks.box.voters.size < 5)
          return { by: person(100 + marks.box.voters.size), as: members, body: { kind: 'cast', ballot: print(4) } }
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

/** Plays a decision to where its enactment waits, everyone acting at the first instant at which they may: the hope behind `earliest`. */
export function playThrough(editions: Editions, power: string, from: Instant, until: Instant) {
  let state: State = emptyState
  let now = from
  const events: Event[] = []
  for (let step = 0; step < 200; step++) {
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
    if (answer.kind === 'refusal') return { state, now, events, refused: answer }
    const happened = [...answer.deemed, ...answer.events]
    events.push(...happened)
    state = happened.reduce(evolve, state)
  }
  return { state, now, events, refused: null }
}

export const enactment = (state: State): Attempt => ({
  by: 'rule',
  as: 'rule',
  body: { kind: 'enact', text: state.decisions[1]?.document ?? fingerprintOf('') },
})
