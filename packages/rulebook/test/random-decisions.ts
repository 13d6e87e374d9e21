import type { Instant } from '@quorate/kernel'
import { capacityOf } from '../src/actors.ts'
import {
  decide,
  evolve,
  marksOf,
  provisionsOf,
  timeline,
  waiting,
  type Act,
  type ActBody,
  type Capacity,
  type ClauseId,
  type Editions,
  type Fact,
  type PowerName,
  type Rulebook,
  type StageView,
  type State,
} from '../src/index.ts'
import { day, decision, editionsOf, hour, later, person, print } from './lantern.ts'
import type { Roll } from './dice.ts'
import type { Attempt } from './player.ts'
import type { Tried } from './random-acts.ts'
import { candidateListOf, stageAt } from './stage-at.ts'

// Random decisions under any rulebook: a power it grants is proposed or used, then most acts are what its stages wait for, by whom they name. Facts are
// in favour, but for a few that are left out.

const id = decision(1)
const proof = print(77)
const proposal = (power: PowerName): ActBody => ({ kind: 'propose', power, form: 'text', document: print(1), changes: [] })
const oneOf = <T>(from: readonly T[], roll: Roll): T | null => from[roll(Math.max(1, from.length))] ?? null

/** Everybody who might act under a rulebook. */
function capacitiesOf(book: Rulebook): readonly Capacity[] {
  const bodies = provisionsOf(book, 'body').map((p) => p.rule.id)
  return [
    'rule',
    ...bodies.flatMap((of): readonly Capacity[] => [`body ${of}`, `seat ${of}`]),
    ...provisionsOf(book, 'office').map((p): Capacity => `office ${p.rule.id}`),
    ...provisionsOf(book, 'electorate').map((p): Capacity => `electorate ${p.rule.id}`),
  ]
}

/** What begins a decision: a proposal by whom a procedure names, or a power used outright by its holder. */
function beginnings(book: Rulebook): readonly Attempt[] {
  const by = person(1)
  return provisionsOf(book, 'power').flatMap(({ rule }): readonly Attempt[] => {
    const held = (rule.holder ?? []).flatMap((name): readonly Attempt[] => {
      const as = capacityOf(book, { kind: 'named', id: name })
      const body = { kind: 'exercise', power: rule.act, document: print(1), effectAt: 0 as Instant, vote: { for: 9, against: 0 } }
      return as === null ? [] : [{ by, as, body: body as ActBody }]
    })
    const procedures = provisionsOf(book, 'procedure').filter((p) => rule.via?.includes(p.rule.id) === true)
    const proposed = procedures.flatMap(({ rule: { stages } }): readonly Attempt[] => {
      const [first] = stages
      if (first?.do !== 'propose') return []
      return first.by.flatMap((actor) => {
        const as = capacityOf(book, actor)
        return as === null ? [] : [{ by: as === 'rule' ? ('rule' as const) : by, as, body: proposal(rule.act) }]
      })
    })
    return [...held, ...proposed]
  })
}

/** What a stage that runs waits for. One case per kind of stage: a table. */
function wantedBy(view: StageView, state: State, now: Instant, roll: Roll): readonly ActBody[] {
  const own = state.decisions[1]
  if (own === undefined) return []
  const marks = marksOf(own, stageAt(own, view.id) ?? view.id)
  switch (view.kind) {
    case 'support':
      return [{ kind: 'sign' }, { kind: 'sign' }, { kind: 'sign' }, { kind: 'withdraw' }]
    case 'debate':
      return [
        { kind: 'amend', document: print(7), changes: [{ clause: '2' as ClauseId, before: print(1), after: print(2) }] },
        { kind: 'back-amendment', amendment: 1 },
        { kind: 'decide-amendment', amendment: 1, outcome: 'carried', document: print(9) },
      ]
    case 'check':
      return [
        { kind: 'check', outcome: 'passed', ground: null },
        { kind: 'check', outcome: 'passed', ground: null },
        { kind: 'check', outcome: 'refused', ground: 'out-of-order' },
        { kind: 'appeal', document: print(5) },
      ]
    case 'consider':
      return [{ kind: 'consider', outcome: roll(4) === 0 ? 'refused' : 'agreed' }]
    case 'meeting':
      return marks.heldAt === undefined
        ? [{ kind: 'convene', heldAt: later(now, roll(60) * day) }]
        : [{ kind: 'consider', outcome: roll(4) === 0 ? 'refused' : 'agreed' }]
    case 'nominate':
      return [
        { kind: 'stand', statement: print(50) },
        { kind: 'second', candidate: 1 + roll(3) },
        { kind: 'second', candidate: 1 },
        { kind: 'stand-down' },
      ]
    case 'hustings':
      return [{ kind: 'hold-hustings' }]
    case 'ballot':
      return marks.box.opensAt === null
        ? [{ kind: 'schedule', opensAt: later(now, roll(5) * day) }]
        : [{ kind: 'cast', ballot: print(4) }]
    case 'certify':
      return [{ kind: 'certify' }]
    case 'challenge':
      return [
        { kind: 'challenge', ground: 'count', document: print(5) },
        { kind: 'answer-challenge', outcome: roll(2) === 0 ? 'upheld' : 'dismissed' },
      ]
    case 'propose':
    case 'notify':
    case 'freeze':
    case 'delay':
    case 'enact':
      return [{ kind: 'tick' }]
  }
}

/** Facts in favour of whatever is tried, but for one in some forty. */
function factsFor(book: Rulebook, state: State, now: Instant, act: Act, roll: Roll): readonly Fact[] {
  const facts: Fact[] = []
  const say = (name: string, of: string | null, value: Fact['value'], as: Fact['source'] = 'register', at = now): void => {
    if (roll(40) > 0) facts.push({ name, of, value, at, knownAt: now, source: as, evidence: proof })
  }
  const own = state.decisions[1]
  const key = own === undefined ? null : stageAt(own, 'ballot')
  const cast = own === undefined || key === null ? 0 : marksOf(own, key).box.voters.size
  const list = own === undefined ? null : candidateListOf(own)
  const frozen = act.kind === 'freeze' ? waiting(editionsOf(book), state, now).find((w) => w.kind === 'freeze') : undefined
  const no = 'outcome' in act && ['refused', 'dismissed', 'fallen'].includes(act.outcome)
  for (const { rule } of provisionsOf(book, 'body')) {
    say('resolution', rule.id, { for: no ? 20 : 80, against: no ? 80 : 20, present: 100 })
    for (const name of ['holds-seat', 'disjoint', 'meeting', 'mandate-kept']) say(name, rule.id, true)
    say('body-size', rule.id, 12)
    say('bodies', rule.id, 20)
  }
  for (const { rule } of provisionsOf(book, 'office')) say('holds-office', rule.id, true)
  for (const { rule } of provisionsOf(book, 'fact')) say(rule.id, null, true, 'attestation')
  for (const { rule } of provisionsOf(book, 'electorate')) {
    say('eligible', rule.id, true, 'roll')
    say('electorate-size', rule.id, 100)
    say('signers', rule.id, 60)
    say('roll', rule.id, { size: 100, root: print(9) }, 'roll', frozen?.asOf ?? now)
  }
  for (const stage of ['nominate', 'nominations', 'stand']) say('may-stand', stage, true)
  for (const anchor of ['agm', 'meeting', 'election']) say('instant', anchor, later(now, 60 * day))
  if (own !== undefined || 'power' in act) say('within-limits', own?.power ?? ('power' in act ? act.power : null), true)
  const chosen = list?.numbers[0] === undefined ? {} : { 'chosen-1': list.numbers[0] }
  say('hustings', 'hustings', { offered: 1000 })
  say('notice', null, { served: 100, of: 100, email: 100 })
  say('setup', null, { fingerprint: print(7), options: list?.numbers.length ?? 0, list: list?.fingerprint ?? print(0) })
  say('tally', null, { for: cast, against: 0, blank: 0, cast, valid: cast })
  say('count', null, { cast, valid: cast, blank: 0, 'beats-none-of-these': 1, ...chosen })
  say('resulting-text', null, { text: print(1), diagnostics: 0, findings: 0, open: 0 })
  return facts
}

/** What time or the rule itself would do next, or what the stages that run wait for; now and then anything by anybody. */
function nextOf(book: Rulebook, editions: Editions, state: State, now: Instant, roll: Roll): Attempt | null {
  const own = state.decisions[1]
  if (own === undefined) return oneOf(beginnings(book), roll)
  const waits = waiting(editions, state, now)[0]
  if (waits !== undefined && roll(8) > 0)
    return { by: 'rule', as: 'rule', body: waits.kind === 'enact' ? { kind: 'enact', text: own.document } : { kind: waits.kind } }
  const view = oneOf(
    timeline(editions, state, id, now).filter((v) => v.state === 'now'),
    roll,
  )
  if (view === null) return null
  const body = oneOf(wantedBy(view, state, now, roll), roll)
  const actor = oneOf(view.actor, roll)
  const as = roll(8) === 0 || actor === null ? oneOf(capacitiesOf(book), roll) : capacityOf(book, actor)
  if (body === null || as === null) return null
  return { by: as === 'rule' ? 'rule' : person(1 + roll(12)), as, body }
}

/** The next instant at which time alone moves the decision on, when there is one. */
function nextInstant(editions: Editions, state: State, now: Instant): Instant {
  const ends = timeline(editions, state, id, now).flatMap((v) => (v.state === 'now' ? [v.earliest?.endsAt ?? null] : []))
  return ends.reduce<Instant>((a, b) => (b !== null && b > now && (a === now || b < a) ? b : a), now)
}

/** Plays a decision of so many random acts on from a state. */
export function playDecision(
  book: Rulebook,
  roll: Roll,
  from: State,
  start: Instant,
  steps: number,
  seen: (tried: Tried) => void,
) {
  const editions = editionsOf(book)
  let state = from
  let now = start
  for (let step = 0; step < steps; step++) {
    now = later(now, [0, 0, 1, roll(3 * hour), roll(12 * day)][roll(5)] ?? 0)
    const next = nextOf(book, editions, state, now, roll)
    if (next === null || roll(6) === 0) now = nextInstant(editions, state, now)
    const { by, as, body } = next ?? { by: 'rule', as: 'rule', body: { kind: 'tick' } }
    const said = body.kind === 'exercise' ? { ...body, effectAt: now } : body
    const act = { decision: id, by, as, occurredAt: now, recordedAt: now, ...said } as Act
    const answer = decide(editions, state, factsFor(book, state, now, act, roll), act)
    seen({ act, answer })
    if (answer.kind === 'permitted') state = [...answer.deemed, ...answer.events].reduce(evolve, state)
  }
  return state
}
