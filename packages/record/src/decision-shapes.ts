import { factNamed, movementActFields, movementEventFields } from './movement-shapes.ts'
import { at, count, ordinal } from './numbers.ts'
import { boolean, either, integer, list, map, nullable, object, token, variant, word } from './shape.ts'

/**
 * The wire form of what the rulebook package calls act, fact, event and refusal. The types belong to that package; here stands what their
 * JSON may look like, so that a log can refuse a stray field without knowing any rule. The verifier ties the two together.
 */

const fingerprint = token('fingerprint')
const id = token('id')
const term = token('term')
const citation = token('citation')

const changes = list(object({ clause: token('clause'), before: nullable(fingerprint), after: nullable(fingerprint) }), 0, 1000)
const checked = word('passed', 'refused')
const answered = word('upheld', 'dismissed')
const heard = word('allowed', 'dismissed')
const voted = word('carried', 'fallen')
/** Candidates, options or amendments by their numbers. */
const numbers = list(ordinal, 0, 1000)

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
    consider: { outcome: word('agreed', 'refused', 'amended') },
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
    stand: { statement: nullable(fingerprint) },
    'stand-down': {},
    second: { candidate: ordinal },
    appeal: { document: fingerprint },
    'answer-appeal': { outcome: heard },
    'hold-hustings': {},
    amend: { document: fingerprint, changes },
    'back-amendment': { amendment: ordinal },
    'withdraw-amendment': { amendment: ordinal },
    compose: { of: numbers, document: fingerprint, changes },
    consent: { amendment: ordinal },
    'decide-amendment': { amendment: ordinal, outcome: voted, document: nullable(fingerprint) },
    convene: { heldAt: at },
    'rule-incompatible': { with: ordinal },
    settle: { with: ordinal },
    'settle-roll': { voter: token('pseudonym') },
    tick: {},
    movement: movementActFields,
  },
)

/** What an act was judged by. Mirrors `Fact` of the rulebook. */
export const factShape = object({
  name: id,
  of: nullable(token('about')),
  value: either(boolean, integer(), fingerprint, map('id', factNamed)),
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
    unmet: {},
    checked: { outcome: checked, ground: nullable(term) },
    noticed: { served: count, of: count, receivedAt: at },
    considered: { outcome: word('agreed', 'refused', 'amended', 'fallen') },
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
    skipped: {},
    'places-stated': { places: ordinal },
    stood: { candidate: ordinal, statement: nullable(fingerprint) },
    'stood-down': { candidate: ordinal },
    seconded: { candidate: ordinal, group: nullable(fingerprint) },
    accepted: { candidate: ordinal },
    nominated: { outcome: word('contested', 'uncontested', 'too-few'), candidates: count },
    chosen: { options: numbers },
    appealed: { document: fingerprint },
    'appeal-answered': { outcome: heard },
    'hustings-held': { candidates: count },
    'amendment-moved': { amendment: ordinal, document: fingerprint, changes },
    'amendment-backed': { amendment: ordinal },
    'amendment-admitted': { amendment: ordinal },
    'amendment-withdrawn': { amendment: ordinal },
    composed: { amendment: ordinal, of: numbers, document: fingerprint, changes },
    'amendment-consented': { amendment: ordinal },
    'amendment-decided': { amendment: ordinal, outcome: voted },
    amended: { document: fingerprint, changes },
    convened: { heldAt: at },
    'ruled-incompatible': { with: ordinal },
    settled: { with: ordinal, outcome: word('stands', 'falls') },
    provisional: {},
    'roll-settled': { voter: token('pseudonym'), outcome: word('stays', 'left', 'late') },
    're-run-ordered': {},
    'instant-stated': { anchor: id, is: at },
    'group-stated': { group: term },
    'reach-stated': {},
    movement: movementEventFields,
    'doubt-measured': { ballots: count, margin: count, couldDecide: boolean },
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
    'unfair-options',
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
