import { boolean, either, integer, list, map, nullable, object, token, variant, word } from './shape.ts'

/**
 * The wire form of what the rulebook package calls act, fact, event and refusal. The types belong to that package; here stands what their
 * JSON may look like, so that a log can refuse a stray field without knowing any rule. The verifier ties the two together.
 */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export const at = integer(0, 8_640_000_000_000_000)
/** A number of people, votes or steps. */
export const count = integer(0, 1_000_000_000_000)
/** A number counted from 1. */
export const ordinal = integer(1, 1_000_000_000_000)
const fingerprint = token('fingerprint')
const id = token('id')
const term = token('term')
const citation = token('citation')

const changes = list(object({ clause: token('clause'), before: nullable(fingerprint), after: nullable(fingerprint) }), 0, 1000)
const checked = word('passed', 'refused')
const answered = word('upheld', 'dismissed')

/** An attempt. Mirrors `Act` of the rulebook. */
export const actShape = variant(
  'kind',
  { decision: ordinal, by: token('actor'), as: token('capacity'), occurredAt: at, recordedAt: at },
  {
    propose: { power: id, form: word('diff', 'text'), document: fingerprint, changes },
    exercise: { power: id, document: fingerprint, effectAt: at, vote: object({ for: count, against: count }) },
    sign: {},
    withdraw: {},
    check: { outcome: checked, ground: nullable(term) },
    consider: { outcome: word('agreed', 'refused') },
    notify: {},
    freeze: {},
    schedule: { opensAt: at },
    open: {},
    cast: { ballot: fingerprint },
    declare: {},
    certify: {},
    challenge: { ground: term, document: fingerprint },
    'answer-challenge': { outcome: answered },
    enact: { text: fingerprint },
    tick: {},
  },
)

/** What an act was judged by. Mirrors `Fact` of the rulebook. */
export const factShape = object({
  name: id,
  of: nullable(term),
  value: either(boolean, integer(), fingerprint, map('id', either(integer(), fingerprint))),
  at,
  knownAt: at,
  source: word('register', 'roll', 'box', 'tally', 'attestation', 'order', 'post'),
  evidence: nullable(fingerprint),
})

/** What happened. Mirrors `Event` of the rulebook. */
export const eventShape = variant(
  'kind',
  {
    id: token('event'),
    decision: ordinal,
    edition: ordinal,
    clause: citation,
    stage: id,
    by: token('actor'),
    deemed: boolean,
    occurredAt: at,
    recordedAt: at,
  },
  {
    proposed: { power: id, procedure: id, document: fingerprint, changes },
    signed: {},
    withdrawn: {},
    supported: { signers: count },
    checked: { outcome: checked, ground: nullable(term) },
    noticed: { served: count, of: count, receivedAt: at },
    considered: { outcome: word('agreed', 'refused', 'fallen') },
    frozen: { size: count, root: fingerprint, electorate: term },
    scheduled: { opensAt: at, closesAt: at },
    opened: { setup: fingerprint, closesAt: at },
    cast: { ballot: fingerprint },
    extended: { closesAt: at },
    closed: {},
    declared: {
      outcome: word('carried', 'fallen'),
      tally: object({ for: count, against: count, blank: count, cast: count }),
    },
    countersigned: { says: nullable(token('answer')) },
    certified: {},
    challenged: { ground: term, document: fingerprint },
    'challenge-answered': { outcome: answered },
    enacted: { text: fingerprint, newEdition: ordinal },
    exercised: { power: id, document: fingerprint, effectAt: at },
    ended: { outcome: word('carried', 'fallen', 'refused', 'lapsed') },
  },
)

const counted = { count }
const named = { id: term, size: nullable(count) }
const quantityShape = variant(
  'unit',
  {},
  {
    people: counted,
    votes: counted,
    seats: counted,
    days: counted,
    'clear days': counted,
    hours: counted,
    share: { numerator: integer(), denominator: integer(1), base: term },
    instant: { at },
    electorate: named,
    body: named,
    office: named,
    procedure: named,
    stage: named,
    power: named,
    text: { fingerprint },
    none: {},
  },
)

const reasonShape = object({
  code: word(
    'no-power',
    'wrong-electorate',
    'not-eligible',
    'short-notice',
    'short-support',
    'already-done',
    'too-early',
    'too-late',
    'wrong-stage',
    'no-such-decision',
    'no-such-clause',
    'not-a-ground',
    'text-changed',
    'invalid-text',
    'missing-fact',
    'not-carried',
    'stayed',
    'term-limit',
    'incompatible',
    'conflicted',
    'second-person-needed',
    'unknown-rule',
  ),
  clause: citation,
  required: quantityShape,
  actual: quantityShape,
  shortfall: quantityShape,
})

const assumptionShape = object({
  kind: word('support-at-once', 'check-at-once', 'considered-at-once', 'scheduled-at-once', 'certified-at-once', 'no-challenge'),
  clause: citation,
})

/** A lawful no. Mirrors `Refusal` of the rulebook. */
export const refusalShape = object({
  kind: word('refusal'),
  act: actShape,
  routes: list(
    object({
      clause: citation,
      procedure: nullable(id),
      reasons: list(reasonShape, 1, 100),
      earliest: nullable(at),
      assumes: list(assumptionShape, 0, 100),
    }),
    1,
    100,
  ),
})
