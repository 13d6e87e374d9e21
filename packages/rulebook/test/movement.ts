import type { Instant } from '@quorate/kernel'
import {
  decide,
  emptyState,
  evolve,
  type Act,
  type Capacity,
  type Editions,
  type Event,
  type Fact,
  type Pseudonym,
  type Refusal,
  type State,
} from '../src/index.ts'
import { emptyMovement, type Movement, type MovementAct, type MovementEvent } from '../src/movement/movement.ts'
import { seatKey, type Place } from '../src/movement/seat.ts'
import type { Under } from '../src/movement/under.ts'
import { movementDecision } from '../src/terms.ts'
import { hear, unheard } from './acts-heard.ts'
import { noText } from './every-act.ts'
import { editionsOf, isRefusal, lanternText, parsed, person, print } from './lantern.ts'

/** A rulebook with some of its text changed; each change must be found. */
export function changedText(text: string, ...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((out, [from, to]) => {
    if (!out.includes(from)) throw new Error(`not in the text: ${from}`)
    return out.replace(from, to)
  }, text)
}

/** A story of what outlives decisions: acts one after another, the state carried along. */
export type MovementStory = {
  readonly state: () => State
  readonly movement: () => Movement
  readonly events: () => readonly Event[]
  readonly put: (state: State) => void
  readonly act: (
    who: Pseudonym | 'rule',
    as: Capacity,
    when: Instant,
    does: MovementAct,
    ...facts: readonly Fact[]
  ) => readonly Event[] | Refusal
  /** The same under other editions than the story began with. */
  readonly actUnder: (
    editions: Editions,
    who: Pseudonym | 'rule',
    as: Capacity,
    when: Instant,
    does: MovementAct,
    ...facts: readonly Fact[]
  ) => readonly Event[] | Refusal
  readonly decideOn: (act: Act, ...facts: readonly Fact[]) => readonly Event[] | Refusal
}

/** Begins a story under a text (Lantern's by default). */
export function movementStory(text = lanternText, first: State = emptyState): MovementStory {
  const editions = editionsOf(parsed(text))
  let state = first
  const events: Event[] = []
  const attempt = (act: Act, facts: readonly Fact[], under: Editions = editions): readonly Event[] | Refusal => {
    hear({ editions: under, state, facts, act })
    const answer = decide(under, state, facts, act)
    if (answer.kind === 'refusal') return answer
    const all = [...answer.deemed, ...answer.events]
    events.push(...all)
    state = all.reduce(evolve, state)
    return all
  }
  return {
    state: () => state,
    movement: () => state.movement ?? emptyMovement,
    events: () => events,
    put: (next) => {
      state = next
    },
    act: (by, as, when, does, ...facts) =>
      attempt({ decision: movementDecision, by, as, occurredAt: when, recordedAt: when, kind: 'movement', does }, facts),
    actUnder: (under, by, as, when, does, ...facts) =>
      attempt({ decision: movementDecision, by, as, occurredAt: when, recordedAt: when, kind: 'movement', does }, facts, under),
    decideOn: (act, ...facts) => attempt(act, facts),
  }
}

/** What happened to the movement, kind by kind; fails when it was refused. */
export function happened(answer: readonly Event[] | Refusal): readonly MovementEvent['kind'][] {
  if (isRefusal(answer)) throw new Error(JSON.stringify(answer.routes, null, 1))
  return answer.flatMap((e) => (e.kind === 'movement' ? [e.did.kind] : []))
}

/** What happened to the movement, each in full; fails when it was refused. */
export function did(answer: readonly Event[] | Refusal): readonly MovementEvent[] {
  if (isRefusal(answer)) throw new Error(noText(answer))
  return answer.flatMap((e) => (e.kind === 'movement' ? [e.did] : []))
}

/** A refusal in full, a line a route (see `noText`); what was permitted says `yes`. */
export const whyNot = (answer: readonly Event[] | Refusal): string => (isRefusal(answer) ? noText(answer) : 'yes')

/** A seat of a body. */
export const seatIn = (id: string, seat: string, number: number, group: string | null = null): Place => ({
  of: 'body',
  id,
  group,
  seat,
  number,
})
/** A seat of an office. */
export const post = (id: string, number = 1, group: string | null = null): Place => ({
  of: 'office',
  id,
  group,
  seat: '',
  number,
})

/** A fact with evidence, as counts, draws and registers state them. */
export const proven = (
  name: string,
  of: string | null,
  value: Fact['value'],
  when: Instant,
  source: Fact['source'] = 'tally',
): Fact => ({
  name,
  of,
  value,
  at: when,
  knownAt: when,
  source,
  evidence: print(77),
})

/** A committee of ten elected members, the first of them acting as its chair. */
export const seated = (text: string, start: Instant): MovementStory =>
  unheard(() => {
    const story = movementStory(text)
    for (let n = 1; n <= 10; n++) {
      const place = seatIn('committee', 'ordinary', n)
      const fill = { kind: 'fill-seat', place, person: person(n), how: 'elected', under: { kind: 'own' } } as const
      happened(story.act('rule', 'rule', start, fill, proven('elected', seatKey(place), { person: person(n) }, start)))
    }
    happened(
      story.act('rule', 'rule', start, { kind: 'act-for', place: post('chair'), person: person(1), under: { kind: 'own' } }),
    )
    return story
  })

/** A lawful meeting of that committee on one item, all ten present, and its vote. */
export const resolvedBy = (...told: Parameters<typeof resolve>): Under => unheard(() => resolve(...told))

function resolve(
  story: MovementStory,
  meeting: string,
  item: string,
  called: Instant,
  when: Instant,
  votes: readonly [number, number],
): Under {
  const chair = 'office chair'
  const open = {
    kind: 'open-meeting',
    meeting,
    chair: person(1),
    persons: Array.from({ length: 10 }, (_, i) => person(i + 1)),
    present: 10,
    proxies: 0,
  } as const
  happened(
    story.act(person(1), chair, called, {
      kind: 'call-meeting',
      meeting,
      body: 'committee',
      group: null,
      at: when,
      items: [item],
      under: { kind: 'own' },
    }),
  )
  happened(story.act(person(1), chair, when, open))
  happened(
    story.act(person(1), chair, when, {
      kind: 'resolve',
      meeting,
      item,
      way: 'hands',
      for: votes[0],
      against: votes[1],
      abstain: 0,
      casting: null,
    }),
  )
  return { kind: 'resolution', meeting, item }
}

/** The rules of a movement that has none yet: time, notice, who founds it, and how. */
export const beginningText = `# How we begin
### 1.1 Time
\`\`\`rule
kind: calendar
zone: Europe/London
holidays: [england-and-wales]
\`\`\`
### 1.2 Notice
\`\`\`rule
kind: service
id: notice
channels: [email, post]
deemed-received: {email: at sending, post: 2 working days after sending}
sound-when: at least 95% of roll
\`\`\`
### 1.3 Founding roll
\`\`\`rule
kind: electorate
id: founding-roll
who: class member
cut-off: 2016-12-31 23:59:59
late-evidence: counts if dated by cut-off and verified by open
\`\`\`
### 1.4 Founding
\`\`\`rule
kind: genesis
electorate: founding-roll
notice: 28 clear days
question: drafts
method: schulze
none-of-these: yes
period: 7 days
pass: [winner beats none-of-these, yes at least 2/3 of for-and-against, turnout at least 20% of roll]
if-fails: again after 28 clear days
\`\`\`
`
