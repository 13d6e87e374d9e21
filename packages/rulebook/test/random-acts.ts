import type { Instant } from '@quorate/kernel'
import {
  decide,
  emptyState,
  evolve,
  provisionsOf,
  type Act,
  type Capacity,
  type Fact,
  type Rulebook,
  type State,
} from '../src/index.ts'
import { bodyKey } from '../src/movement/meeting.ts'
import { emptyMovement, type Movement, type MovementAct } from '../src/movement/movement.ts'
import { seatKey, type Place } from '../src/movement/seat.ts'
import { valuesOf } from '../src/movement/table.ts'
import type { Under } from '../src/movement/under.ts'
import { movementDecision } from '../src/terms.ts'
import { powerNames } from '../src/schema/powers.ts'
import { pick, type Roll } from './dice.ts'
import { day, editionsOf, hour, later, person, print } from './lantern.ts'

// Random acts outside decisions, under any rulebook: places, bodies, groups and powers are those it names, meetings, sanctions and appeals mostly those
// there are. Facts are in favour of what is tried, but for a few that are left out, say no, or say something else.

/** What a rulebook names, and who might act under it. */
type World = {
  readonly rulebook: Rulebook
  readonly roll: Roll
  readonly bodies: readonly string[]
  readonly offices: readonly string[]
  readonly electorates: readonly string[]
  readonly places: readonly Place[]
  readonly capacities: readonly Capacity[]
  readonly interests: readonly string[]
}

const groups = ['barry', 'penarth', 'vale']

function worldOf(rulebook: Rulebook, roll: Roll): World {
  const bodyRules = provisionsOf(rulebook, 'body').map((p) => p.rule)
  const officeRules = provisionsOf(rulebook, 'office').map((p) => p.rule)
  const bodies = bodyRules.map(({ id }) => id)
  const offices = officeRules.map(({ id }) => id)
  const electorates = provisionsOf(rulebook, 'electorate').map((p) => p.rule.id)
  const seats = bodyRules.flatMap((body): readonly Place[] =>
    body.seats.flatMap((seat) =>
      [1, 2].map((number) => ({
        of: 'body',
        id: body.id,
        group: body.instances === 'many' ? 'barry' : null,
        seat: seat.id,
        number,
      })),
    ),
  )
  const posts = officeRules.map((office): Place => ({
    of: 'office',
    id: office.id,
    group: office.per === null ? null : 'barry',
    seat: '',
    number: 1,
  }))
  const capacities: readonly Capacity[] = [
    'rule',
    ...bodies.map((id): Capacity => `body ${id}`),
    ...offices.map((id): Capacity => `office ${id}`),
    ...electorates.map((id): Capacity => `electorate ${id}`),
    ...bodies.map((id): Capacity => `seat ${id}`),
  ]
  const interests = ['family', 'candidate', 'employment', 'pay', 'under-age']
  return { rulebook, roll, bodies, offices, electorates, places: [...seats, ...posts], capacities, interests }
}

const some = (w: World): ReturnType<typeof person> => person(1 + w.roll(8))
const oneOf = <T>(from: readonly T[], roll: Roll, otherwise: T): T => from[roll(Math.max(1, from.length))] ?? otherwise

/** Mostly something there is; now and then a name that stands for nothing. */
const known = (ids: readonly string[], fresh: string, roll: Roll): string => (roll(8) === 0 ? 'nowhere' : oneOf(ids, roll, fresh))

function underOf({ roll }: World, m: Movement): Under {
  const resolved = valuesOf(m.meetings.byId).flatMap((x) => x.resolutions.map((r) => ({ meeting: x.id, item: r.item })))
  const one = resolved[roll(Math.max(1, resolved.length))]
  return one === undefined || roll(3) > 0 ? { kind: 'own' } : { kind: 'resolution', ...one }
}

/** A random act; `now` may be moved to when a meeting begins. */
function actOf(w: World, m: Movement, now: Instant): { readonly does: MovementAct; readonly now: Instant } {
  const { roll } = w
  const place = oneOf(w.places, roll, { of: 'body', id: 'nowhere', group: null, seat: '', number: 1 })
  const under = underOf(w, m)
  const until = later(now, (roll(100) - 3) * day)
  const group = oneOf(groups, roll, 'barry')
  const meetings = valuesOf(m.meetings.byId)
  const called = meetings.filter((x) => x.state === 'called')
  const meeting = known(
    (meetings.some((x) => x.state === 'open') ? meetings.filter((x) => x.state === 'open') : called).map((x) => x.id),
    'm1',
    roll,
  )
  const body = known(w.bodies, 'committee', roll)
  const isKind = provisionsOf(w.rulebook, 'body').some((p) => p.rule.id === body && p.rule.instances === 'many')
  const item = oneOf(['x', 'y', 'election', 'accounts'], roll, 'x')
  const named = (table: { readonly byId: Parameters<typeof valuesOf<{ readonly id: string }>>[0] }, fresh: string): string =>
    known(
      valuesOf(table.byId).map((x) => x.id),
      fresh,
      roll,
    )
  const of = roll(23)
  const still = (does: MovementAct) => ({ does, now })
  const power = pick(powerNames, roll)
  switch (of) {
    case 0:
    case 1: {
      const how = oneOf(hows, roll, 'elected')
      return still({
        kind: 'fill-seat',
        place: { ...place, number: place.number + (roll(9) === 0 ? 7 : 0) },
        person: some(w),
        how,
        under,
      })
    }
    case 2: {
      const holder = valuesOf(m.seats.byKey).find((s) => seatKey(s.place) === seatKey(place))?.holders[0]?.person ?? some(w)
      return still(
        oneOf<MovementAct>(
          [
            { kind: 'leave-seat', place },
            { kind: 'remove-holder', place, person: holder, under },
            { kind: 'cease', place, person: holder, why: roll(2) === 0 ? 'died' : 'ceased' },
          ],
          roll,
          { kind: 'leave-seat', place },
        ),
      )
    }
    case 3:
      return still({ kind: 'act-for', place, person: some(w), under })
    case 4:
      return still({ kind: 'name-substitute', place, person: some(w), until: roll(3) === 0 ? null : until })
    case 5:
    case 6: {
      const items = roll(3) === 0 ? ['accounts', 'election', 'report'] : ['x', item]
      const id = `m${1 + roll(9)}`
      const group = isKind ? 'barry' : null
      const rules = provisionsOf(w.rulebook, 'meeting').map((p) => p.rule.id)
      return still(
        rules.length > 0 && roll(4) === 0
          ? { kind: 'call-named-meeting', named: known(rules, 'agm', roll), meeting: id, body, group, at: until, items, under }
          : { kind: 'call-meeting', meeting: id, body, group, at: until, items, under },
      )
    }
    case 7:
    case 8: {
      const next = called[0]
      const persons = valuesOf(m.seats.byKey).flatMap((s) => (s.place.id === next?.body ? s.holders.map((t) => t.person) : []))
      const come =
        persons.length === 0
          ? Array.from({ length: roll(9) }, (_, i) => person(i + 1))
          : persons.slice(0, 1 + roll(persons.length + 1))
      const presiding = valuesOf(m.seats.byKey).flatMap((x) =>
        x.place.of === 'office' ? [...x.holders.map((t) => t.person), ...(x.acting === null ? [] : [x.acting.person])] : [],
      )
      const present = come.length + (roll(4) === 0 ? roll(60) : 0)
      return {
        does: {
          kind: 'open-meeting',
          meeting: next?.id ?? meeting,
          chair: roll(2) === 0 ? (come[0] ?? some(w)) : oneOf(presiding, roll, some(w)),
          persons: come,
          present,
          proxies: roll(5) === 0 ? 2 : 0,
        },
        now: next !== undefined && next.at >= now && roll(8) > 0 ? next.at : now,
      }
    }
    case 9: {
      const persons = meetings.find((x) => x.id === meeting)?.persons ?? []
      return still({ kind: 'count-present', meeting, persons: persons.slice(roll(2)), present: persons.length, proxies: 0 })
    }
    case 10:
    case 11: {
      const way = oneOf(['hands', 'poll', 'secret', 'consensus'] as const, roll, 'hands')
      const casting = oneOf([null, null, 'for', 'against'] as const, roll, null)
      return still({ kind: 'resolve', meeting, item, way, for: roll(9), against: roll(4), abstain: roll(2), casting })
    }
    case 12:
      return still(
        oneOf<MovementAct>(
          [
            { kind: 'adjourn-meeting', meeting, to: until },
            { kind: 'close-meeting', meeting },
            { kind: 'add-items', meeting, items: [item] },
          ],
          roll,
          { kind: 'close-meeting', meeting },
        ),
      )
    case 13: {
      const kinds = provisionsOf(w.rulebook, 'body').flatMap((p) => (p.rule.instances === 'many' ? [p.rule.id] : []))
      return still(
        oneOf<MovementAct>(
          [
            { kind: 'recognise-group', group, body: oneOf(kinds, roll, body), under },
            { kind: 'derecognise-group', group, under },
            {
              kind: 'merge-groups',
              groups: ['barry', 'penarth'].slice(roll(2) === 0 ? 1 : 0),
              into: oneOf(['vale', group], roll, 'vale'),
              under,
            },
            {
              kind: 'set-standing-order',
              group,
              path: oneOf(['meets.notice', 'quorum', 'chair.casting'], roll, 'quorum'),
              value: oneOf(['5 clear days', 'present at least 3 people', 'yes'], roll, 'yes'),
              under,
            },
          ],
          roll,
          { kind: 'recognise-group', group, body, under },
        ),
      )
    }
    case 14: {
      const fact = known(
        provisionsOf(w.rulebook, 'fact').map((p) => p.rule.id),
        'emergency',
        roll,
      )
      return still(
        oneOf<MovementAct>(
          [
            { kind: 'attest', fact, form: roll(3) === 0 ? 'statement' : 'document', evidence: print(1) },
            { kind: 'challenge-fact', fact },
            { kind: 'answer-fact', fact, outcome: roll(2) === 0 ? 'stands' : 'falls', under },
          ],
          roll,
          { kind: 'challenge-fact', fact },
        ),
      )
    }
    case 15: {
      const target = oneOf(
        [
          { kind: 'power', power } as const,
          { kind: 'sanction', sanction: named(m.sanctions, 's1') } as const,
          { kind: 'event', event: `0/${1 + roll(Math.max(1, m.events))}` } as const,
        ],
        roll,
        { kind: 'power', power },
      )
      const from = oneOf(['court', 'tribunal', 'regulator', 'superior'] as const, roll, 'court')
      const does = oneOf(['stay', 'quash', 'restore', 'direct', 'forbid'] as const, roll, 'stay')
      return still(
        roll(4) === 0
          ? { kind: 'lift-order', order: named(m.orders, 'o1'), document: print(2) }
          : {
              kind: 'record-order',
              order: `o${1 + roll(9)}`,
              from,
              does,
              target,
              form: roll(4) === 0 ? 'statement' : 'document',
              document: print(2),
              until: roll(2) === 0 ? null : until,
            },
      )
    }
    case 16:
      return still(
        oneOf<MovementAct>(
          [
            { kind: 'declare-emergency', under },
            { kind: 'ratify-emergency', under },
            { kind: 'postpone', what: { kind: 'meeting', meeting }, to: until, under },
          ],
          roll,
          { kind: 'declare-emergency', under },
        ),
      )
    case 17: {
      const interest = pick(w.interests, roll)
      return still(
        roll(2) === 0
          ? { kind: 'declare-interest', item, interest }
          : { kind: 'rule-on-interest', item, person: some(w), interest, conflicted: roll(2) === 0 },
      )
    }
    case 18: {
      const codes = provisionsOf(w.rulebook, 'conduct').flatMap((p) => p.rule.sanctions.map((s) => s.id))
      const sanction = `s${1 + roll(5)}`
      return still(
        roll(4) === 0
          ? { kind: 'lift-sanction', sanction, under }
          : {
              kind: 'sanction',
              sanction,
              person: some(w),
              power: oneOf(['suspend', 'exclude', power], roll, 'suspend'),
              code: oneOf([null, ...codes], roll, null),
              until: roll(3) === 0 ? null : until,
              under,
            },
      )
    }
    case 19:
    case 20: {
      const appeal = named(m.appeals, 'a1')
      const rule = known(
        provisionsOf(w.rulebook, 'appeal').map((p) => p.rule.id),
        'appeal',
        roll,
      )
      return still(
        oneOf<MovementAct>(
          [
            {
              kind: 'appeal',
              appeal: `a${1 + roll(5)}`,
              rule,
              against:
                roll(4) === 0
                  ? { kind: 'event', event: `0/${1 + roll(Math.max(1, m.events))}` }
                  : { kind: 'sanction', sanction: named(m.sanctions, 's1') },
            },
            {
              kind: 'draw-panel',
              appeal,
              pool: Array.from({ length: roll(14) }, (_, i) => person(20 + i)),
              conflicted: roll(2) === 0 ? [] : [person(21)],
            },
            { kind: 'decide-appeal', appeal, allowed: roll(4), dismissed: roll(4) },
          ],
          roll,
          { kind: 'decide-appeal', appeal, allowed: 3, dismissed: 0 },
        ),
      )
    }
    case 21:
      return still(
        roll(3) === 0
          ? { kind: 'end-delegation', delegation: named(m.delegations, 'd1'), under }
          : { kind: 'delegate', delegation: `d${1 + roll(5)}`, power, to: oneOf(w.capacities, roll, 'rule'), until, under },
      )
    default:
      return still(
        oneOf<MovementAct>(
          [
            { kind: 'report-outage', channel: oneOf(['email', 'post', 'web'], roll, 'email') },
            {
              kind: 'found',
              drafts: [
                { id: 'one', text: print(1) },
                { id: 'two', text: print(2) },
              ].slice(roll(2)),
            },
            { kind: 'freeze-founding' },
            { kind: 'declare-founding' },
            { kind: 'dissolve', decision: 1 },
          ],
          roll,
          { kind: 'freeze-founding' },
        ),
      )
  }
}

const proof = print(77)

/** Facts in favour of an act, but for a few. */
function factsFor(w: World, does: MovementAct, now: Instant): readonly Fact[] {
  const { roll } = w
  const facts: Fact[] = []
  const say = (name: string, of: string | null, value: Fact['value']): void => {
    const luck = roll(40)
    if (luck === 0) return
    const said = luck === 1 && typeof value === 'boolean' ? !value : luck === 1 && typeof value === 'number' ? 1 : value
    facts.push({ name, of, value: said, at: now, knownAt: now, source: 'register', evidence: luck === 2 ? null : proof })
  }
  const inFavour = 3 + roll(6)
  for (const body of [...w.bodies, ...w.bodies.map((id) => bodyKey(id, 'barry'))]) {
    say('resolution', body, { for: inFavour, against: roll(3), present: inFavour + roll(3) })
    say('body-size', body, 9)
    say('holds-seat', body, true)
    say('bodies', body, 12)
  }
  for (const office of w.offices) {
    say('holds-office', office, true)
    say('absent', office, roll(2) === 0)
  }
  for (const electorate of [...w.electorates, ...w.electorates.map((id) => `${id}@barry`)]) {
    say('eligible', electorate, true)
    say('electorate-size', electorate, 150)
    say('signers', electorate, 60)
    say('roll', electorate, { size: 150, root: 'ab' })
  }
  if ('meeting' in does) {
    say('requisition', does.meeting, roll(12))
    say('notice', does.meeting, { email: roll(2) * 9, post: roll(2) * 9, served: 98, of: 100 })
    say('asked', does.meeting, { asked: 9, answered: 9 })
  }
  if ('appeal' in does) say('seed', does.appeal, { seed: `drawn ${now}` })
  if ('sanction' in does) say('ground-shown', does.sanction, true)
  if ('channel' in does) say('outage', does.channel, { from: now - (1 + roll(60)) * hour, until: now - roll(2) * hour })
  if ('drafts' in does || does.kind === 'declare-founding') {
    say('notice', 'genesis', { served: 990, of: 1000 })
    say('count', 'genesis', { winner: 'one', for: 300, against: 100, voters: 410 })
    for (const id of ['one', 'two']) say('resulting-text', id, { fingerprint: print(id === 'one' ? 1 : 2), errors: 0, open: 0 })
  }
  if ('place' in does) {
    const key = seatKey(does.place)
    const whom = 'person' in does ? does.person : some(w)
    for (const name of ['elected', 'drawn', 'countback', 'nominated', 'eldest']) say(name, key, { person: whom })
    for (const name of ['died', 'ceases', 'nobody-left']) say(name, key, roll(4) > 0)
  }
  return facts
}

/** What was tried, and what it was answered. */
export type Tried = { readonly act: Act; readonly answer: ReturnType<typeof decide> }

const hows = ['elected', 'drawn', 'appointed', 'countback', 'nominated', 'co-opted'] as const

/**
 * Plays so many random acts, most seats filled to begin with; each is tried by several people in several capacities until one may. `tries`: in how many
 * ways at most a seat is tried to be filled.
 */
export function playRandomly(
  rulebook: Rulebook,
  roll: Roll,
  start: Instant,
  steps: number,
  seen: (tried: Tried) => void,
  tries = 18,
): State {
  const w = worldOf(rulebook, roll)
  const editions = editionsOf(rulebook)
  let state: State = emptyState
  let now = start
  const isPermitted = (does: MovementAct, as: Capacity, occurredAt: Instant, facts: readonly Fact[]): boolean => {
    const by = as === 'rule' ? 'rule' : actor(state.movement ?? emptyMovement, does, as, roll)
    const act: Act = { decision: movementDecision, by, as, occurredAt, recordedAt: now, kind: 'movement', does }
    const answer = decide(editions, state, facts, act)
    seen({ act, answer })
    if (answer.kind === 'permitted') state = [...answer.deemed, ...answer.events].reduce(evolve, state)
    return answer.kind === 'permitted'
  }
  const someOf = (capacities: readonly Capacity[], most: number): readonly Capacity[] => {
    const first = roll(capacities.length)
    return capacities.map((_, i) => capacities[(first + i) % capacities.length] ?? 'rule').slice(0, most)
  }
  const own = { kind: 'own' } as const
  for (const place of w.places.filter(() => roll(4) > 0)) {
    const person = some(w)
    const ways = hows.flatMap((how) => ['rule' as const, ...someOf(w.capacities, 2)].map((as) => ({ how, as })))
    ways.slice(0, tries).some(({ how, as }) => {
      const does = { kind: 'fill-seat', place, person, how, under: own } as const
      return isPermitted(does, as, now, factsFor(w, does, now))
    })
  }
  for (let step = 0; step < steps; step++) {
    now = later(now, [0, 1, roll(3 * hour), roll(20 * day), roll(20 * day), roll(200 * day)][roll(6)] ?? 0)
    const m = state.movement ?? emptyMovement
    const { does, now: when } = actOf(w, m, now)
    now = when
    const occurredAt = roll(12) === 0 ? later(now, -roll(5 * day)) : now
    const facts = factsFor(w, does, occurredAt)
    const isDone = someOf(w.capacities, 8).some((as) => isPermitted(does, as, occurredAt, facts))
    if (!isDone) isPermitted(does, 'rule', occurredAt, facts)
  }
  return state
}

/** Who alone may, mostly: the holder of the office, one of the body, the person a sanction is against, one of a panel, whoever presides. */
function actor(m: Movement, does: MovementAct, as: Capacity, roll: Roll): ReturnType<typeof person> {
  const anybody = person(1 + roll(8))
  if (roll(6) === 0) return anybody
  if (does.kind === 'appeal' && does.against.kind === 'sanction') {
    const { sanction } = does.against
    return valuesOf(m.sanctions.byId).find((s) => s.id === sanction)?.person ?? anybody
  }
  if (does.kind === 'decide-appeal') return valuesOf(m.appeals.byId).find((a) => a.id === does.appeal)?.panel[0] ?? anybody
  if ((does.kind === 'leave-seat' || does.kind === 'name-substitute') && roll(2) === 0)
    return valuesOf(m.seats.byKey).find((s) => seatKey(s.place) === seatKey(does.place))?.holders[0]?.person ?? anybody
  const presides = 'meeting' in does ? valuesOf(m.meetings.byId).find((x) => x.id === does.meeting)?.chair : undefined
  const [, id] = as.split(' ')
  const sits = valuesOf(m.seats.byKey).flatMap((s) =>
    s.place.id === id ? [...s.holders, ...(s.acting === null ? [] : [s.acting])] : [],
  )
  if (does.kind === 'open-meeting' && roll(4) > 0) return does.chair
  return presides ?? sits[roll(Math.max(1, sits.length))]?.person ?? anybody
}
