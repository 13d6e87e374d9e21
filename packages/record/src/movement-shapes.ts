import { at, count, ordinal } from './numbers.ts'
import { boolean, either, integer, list, nullable, object, token, variant, word } from './shape.ts'

/**
 * The wire form of what outlives any one decision: seats, meetings, groups, facts, orders, emergencies, interests, sanctions, appeals, lent
 * powers, outages, the founding and the end. Mirrors `MovementAct` and `MovementEvent` of the rulebook, as the verifier makes sure.
 */

const fingerprint = token('fingerprint')
const id = token('id')
/** What the movement numbers: meeting, item, order, sanction, appeal, delegation, draft. */
const matter = token('matter')
const group = token('group')
const person = token('pseudonym')
const until = nullable(at)

const place = object({ of: word('body', 'office'), id, group: nullable(group), seat: token('seat'), number: ordinal })
const under = variant('kind', {}, { resolution: { meeting: matter, item: matter }, decision: { decision: ordinal }, own: {} })
const target = variant(
  'kind',
  {},
  { decision: { decision: ordinal }, event: { event: token('event') }, power: { power: id }, sanction: { sanction: matter } },
)
const postponed = variant(
  'kind',
  {},
  { 'ballot opening': { decision: ordinal }, 'ballot closing': { decision: ordinal }, meeting: { meeting: matter } },
)
/** The quorum of a meeting held again: a condition of the grammar as it is printed, `those present`, or null: that of the body. */
const quorum = nullable(token('phrase'))
const second = nullable(object({ at, quorum }))
const items = list(matter, 0, 300)
const persons = list(person, 0, 1000)
const attendance = { meeting: matter, persons, present: count, proxies: count }
const how = word('elected', 'appointed', 'nominated', 'drawn', 'countback', 'co-opted')
const vote = {
  meeting: matter,
  item: matter,
  way: word('hands', 'poll', 'secret', 'consensus'),
  for: count,
  against: count,
  abstain: count,
  casting: nullable(word('for', 'against')),
}
const order = {
  from: word('court', 'tribunal', 'regulator', 'superior'),
  does: word('stay', 'quash', 'restore', 'direct', 'forbid'),
  target,
  document: fingerprint,
  until,
}
const stands = word('stands', 'falls')
const heard = word('allowed', 'dismissed')
const form = word('statement', 'document')
const drafts = list(object({ id: matter, text: fingerprint }), 0, 100)
const numbers = list(ordinal, 0, 1000)

/** What may be done outside any one decision. */
const movementActShape = variant(
  'kind',
  {},
  {
    'fill-seat': { place, person, how, under },
    'leave-seat': { place },
    'remove-holder': { place, person, under },
    cease: { place, person, why: word('died', 'ceased') },
    'act-for': { place, person, under },
    'name-substitute': { place, person, until },
    'call-meeting': { meeting: matter, body: id, group: nullable(group), at, items, under },
    'call-named-meeting': { named: id, meeting: matter, body: id, group: nullable(group), at, items, under },
    'add-items': { meeting: matter, items },
    'open-meeting': { ...attendance, chair: person },
    'count-present': attendance,
    resolve: vote,
    'adjourn-meeting': { meeting: matter, to: at },
    'close-meeting': { meeting: matter },
    'recognise-group': { group, body: id, under },
    'derecognise-group': { group, under },
    'merge-groups': { groups: list(group, 0, 100), into: group, under },
    'set-standing-order': { group, path: token('term'), value: token('phrase'), under },
    attest: { fact: id, form, evidence: fingerprint },
    'challenge-fact': { fact: id },
    'answer-fact': { fact: id, outcome: stands, under },
    'record-order': { order: matter, form, ...order },
    'lift-order': { order: matter, document: fingerprint },
    'declare-emergency': { under },
    'ratify-emergency': { under },
    postpone: { what: postponed, to: at, under },
    'declare-interest': { item: matter, interest: token('interest') },
    'rule-on-interest': { item: matter, person, interest: token('interest'), conflicted: boolean },
    sanction: { sanction: matter, person, power: id, code: nullable(id), until, under },
    'lift-sanction': { sanction: matter, under },
    appeal: { appeal: matter, rule: id, against: target },
    'draw-panel': { appeal: matter, pool: persons, conflicted: persons },
    'decide-appeal': { appeal: matter, allowed: count, dismissed: count },
    delegate: { delegation: matter, power: id, to: token('capacity'), until: at, under },
    'end-delegation': { delegation: matter, under },
    'report-outage': { channel: id },
    found: { drafts },
    'freeze-founding': {},
    'declare-founding': {},
    dissolve: { decision: ordinal },
  },
)

/** What happened outside any one decision. */
const movementEventShape = variant(
  'kind',
  {},
  {
    'seat-filled': { place, person, how, until, leavesAt: until, terms: count },
    'seat-left': {
      place,
      person,
      why: word('term ended', 'resigned', 'removed', 'ceased', 'died', 'quashed', 'group closed'),
      fillBy: until,
    },
    'vacancy-overdue': { place },
    'acting-began': { place, person },
    'substitute-named': { place, person, until },
    'meeting-called': { meeting: matter, body: id, group: nullable(group), at, items, waitsUntil: until, second },
    'items-added': { meeting: matter, items },
    'meeting-opened': { ...attendance, chair: person },
    'present-counted': attendance,
    resolved: { ...vote, present: count, outcome: word('carried', 'fallen') },
    'meeting-adjourned': { meeting: matter, to: at, then: matter, quorum, waitsUntil: until },
    'meeting-closed': { meeting: matter },
    'meeting-postponed': { meeting: matter, to: at, waitsUntil: until, second },
    'meeting-lapsed': { meeting: matter },
    'group-recognised': { group, body: id },
    'group-ended': { group },
    'groups-merged': { groups: list(group, 0, 100), into: group, body: id },
    'standing-order-set': { group, path: token('term'), value: token('phrase') },
    'fact-attested': { fact: id, evidence: fingerprint, expiresAt: until, challengeUntil: until },
    'fact-challenged': { fact: id, answerBy: at, timeout: stands },
    'fact-answered': { fact: id, outcome: stands },
    'fact-expired': { fact: id },
    'order-recorded': { order: matter, ...order },
    'review-listed': { order: matter, events: list(token('event'), 0, 1000) },
    'order-ended': { order: matter, why: word('lifted', 'time') },
    'emergency-declared': { lapsesAt: at, ratifyBy: at, timeout: word('lapses', 'stands') },
    'emergency-ratified': {},
    'emergency-ended': { why: word('lapsed', 'not ratified') },
    'interest-noted': {
      item: matter,
      person,
      interest: token('interest'),
      effect: word('leaves vote and quorum', 'leaves vote', 'declares only'),
    },
    'interest-cleared': { item: matter, person },
    sanctioned: {
      sanction: matter,
      person,
      power: id,
      code: nullable(id),
      until,
      spares: numbers,
      deciders: persons,
    },
    'sanction-ended': { sanction: matter, why: word('time', 'lifted', 'appeal allowed', 'order') },
    appealed: { appeal: matter, rule: id, against: target, decideBy: at, timeout: heard, stay: boolean },
    'panel-drawn': { appeal: matter, panel: persons, seed: fingerprint },
    'appeal-decided': { appeal: matter, outcome: heard },
    delegated: { delegation: matter, power: id, from: token('capacity'), to: token('capacity'), until: at },
    'delegation-ended': { delegation: matter, why: word('time', 'taken back') },
    'outage-recorded': { channel: id, from: at, until: at, extended: numbers },
    'founding-noticed': { drafts, opensAt: at, closesAt: at },
    'founding-frozen': { size: count, root: fingerprint },
    'founding-closed': {},
    founded: { winner: matter, text: fingerprint, for: count, against: count, voters: count },
    'founding-failed': { voters: count, againAt: until },
    dissolved: {},
  },
)

/** The number under which all of it stands, which no decision has. */
const outside = integer(0, 0)
/** Fields of a `movement` act. */
export const movementActFields = { decision: outside, does: movementActShape }
/** Fields of a `movement` event; `relies`: the events its right rests on. It stands in no stage. */
export const movementEventFields = {
  decision: outside,
  stage: token('none'),
  did: movementEventShape,
  relies: list(token('event'), 0, 1000),
}
/** What a fact may say of such things, by key: a person by pseudonym, a draft by number. */
export const factNamed = either(integer(), fingerprint, person, matter)
