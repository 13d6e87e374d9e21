import { instant } from '@quorate/kernel'
import {
  movementDecision,
  seatKey,
  type Fact,
  type Fingerprint,
  type MovementAct,
  type Place,
  type Pseudonym,
} from '@quorate/rulebook'
import { fact, keep, perform, sha256Hex, type Log } from './log.ts'
import { at, person, rules, wholeDecision, type World } from './whole-decision.ts'

const own = { kind: 'own' } as const
const rule = (id: string, title: string, block: string): string => `### ${id} ${title}\n\`\`\`rule\n${block}\n\`\`\`\n`

/** The rules with what the story needs besides: groups that an officer recognises, a power to lend, a way to the end. */
const rulesOfMovement = `${rules.replace(
  /act: suspend\nholder: panel\nlimits: \{[^}]*\}/,
  'act: suspend\nholder: committee\nlimits: {grounds: code, at-most: 60 days}',
)}
${rule('8.1', 'Lending', 'kind: power\nact: delegate-power\nholder: registrar\nuntil: 30 days')}
${rule('8.2', 'Groups', 'kind: power\nact: recognise-group\nholder: panel-clerk')}
${rule('8.3', 'The end', 'kind: power\nact: dissolve\nvia: [winding-up]')}
${rule(
  '8.4',
  'How we end',
  `kind: procedure
id: winding-up
stages:
  propose: {by: electorate members}
  consider: {body: committee, within: 30 days, timeout: fallen}
  enact: {effect: dissolve, at: end of consider}`,
)}
${rule('8.5', 'Last acts', 'kind: dissolution\nmay: [spend]\nwithin: 6 months\nassets: to a charity named in the act\nby: committee')}`

const who = (n: number): Pseudonym => person(n) as Pseudonym
const proven = (
  to: Log,
  name: string,
  of: string | null,
  value: Fact['value'],
  source: Fact['source'] = 'attestation',
): Fact => ({
  ...fact(to.now, name, of, value, source),
  evidence: sha256Hex(`${name} ${of ?? ''}`) as Fingerprint,
})
const holds = (to: Log, office: string): Fact => fact(to.now, 'holds-office', office, true)

/** An act outside any one decision, which must be permitted. */
function does(to: Log, by: number | 'rule', as: string, act: MovementAct, ...facts: readonly Fact[]): void {
  perform(to, {
    by: by === 'rule' ? 'rule' : person(by),
    as,
    body: { kind: 'movement', does: act },
    facts,
    decision: movementDecision,
  })
}

const ordinary = (number: number): Place => ({ of: 'body', id: 'committee', group: null, seat: 'ordinary', number })
const office = (id: string): Place => ({ of: 'office', id, group: null, seat: '', number: 1 })
const committee = Array.from({ length: 10 }, (_, i) => who(i + 1))
const everyone = { persons: committee, present: 10, proxies: 0 }

function seats(to: Log): void {
  for (const [i, one] of committee.entries()) {
    const place = ordinary(i + 1)
    const elected = proven(to, 'elected', seatKey(place), { person: one }, 'tally')
    does(to, 'rule', 'rule', { kind: 'fill-seat', place, person: one, how: 'elected', under: own }, elected)
  }
  does(to, 'rule', 'rule', { kind: 'act-for', place: office('chair'), person: who(1), under: own })
}

function matters(to: Log): void {
  const clerk = holds(to, 'panel-clerk')
  const document = keep(to, 'The order of a court.') as Fingerprint
  does(to, 60, 'office panel-clerk', { kind: 'attest', fact: 'emergency', form: 'statement', evidence: document }, clerk)
  does(to, 3, 'electorate members', { kind: 'challenge-fact', fact: 'emergency' })
  const forbid = { from: 'court', does: 'forbid', target: { kind: 'power', power: 'spend' }, form: 'document' } as const
  does(to, 1, 'office chair', { kind: 'record-order', order: 'order-1', ...forbid, document, until: null })
  does(to, 1, 'office chair', { kind: 'lift-order', order: 'order-1', document })
  for (const group of ['group-1', 'group-2'])
    does(to, 60, 'office panel-clerk', { kind: 'recognise-group', group, body: 'group', under: own }, clerk)
  does(to, 60, 'office panel-clerk', { kind: 'merge-groups', groups: ['group-1', 'group-2'], into: 'group-3', under: own }, clerk)
  does(to, 2, 'body committee', { kind: 'declare-interest', item: 'item-9', interest: 'family' })
  const cleared = { kind: 'rule-on-interest', item: 'item-9', person: who(2), interest: 'family', conflicted: false } as const
  does(to, 60, 'office panel-clerk', cleared, clerk)
  const lent = instant(to.now + 5 * 86_400_000)
  const lend = { kind: 'delegate', delegation: 'delegation-1', power: 'admit', to: 'office panel-clerk', until: lent, under: own }
  does(to, 61, 'office registrar', lend as MovementAct, holds(to, 'registrar'))
  does(to, 61, 'office registrar', { kind: 'end-delegation', delegation: 'delegation-1', under: own }, holds(to, 'registrar'))
}

const call = (meeting: string, when: number, items: readonly string[]): MovementAct => ({
  kind: 'call-meeting',
  meeting,
  body: 'committee',
  group: null,
  at: instant(when),
  items,
  under: own,
})
const vote = (meeting: string, item: string, votes: readonly [number, number]): MovementAct => ({
  kind: 'resolve',
  meeting,
  item,
  way: 'hands',
  for: votes[0],
  against: votes[1],
  abstain: 0,
  casting: null,
})

/** A meeting of the committee: an emergency is declared, somebody is suspended and a panel drawn by lot lets them off. */
function evening(to: Log): void {
  does(to, 1, 'office chair', call('meeting-1', at('2026-03-09T19:00:00'), ['item-1']))
  does(to, 1, 'office chair', { kind: 'add-items', meeting: 'meeting-1', items: ['item-2'] })
  to.now = at('2026-03-09T19:00:00')
  does(to, 1, 'office chair', { kind: 'open-meeting', meeting: 'meeting-1', chair: who(1), ...everyone })
  does(to, 1, 'office chair', { kind: 'count-present', meeting: 'meeting-1', ...everyone })
  does(to, 1, 'office chair', vote('meeting-1', 'item-1', [9, 0]))
  does(to, 1, 'office chair', vote('meeting-1', 'item-2', [7, 3]))
  const emergency = { kind: 'resolution', meeting: 'meeting-1', item: 'item-1' } as const
  does(to, 1, 'body committee', { kind: 'declare-emergency', under: emergency })
  does(to, 1, 'office chair', call('meeting-2', at('2026-03-25T19:00:00'), ['item-3']))
  const later = at('2026-03-28T19:00:00')
  const what = { kind: 'meeting', meeting: 'meeting-2' } as const
  does(to, 1, 'body committee', { kind: 'postpone', what, to: later, under: emergency })
  const under = { kind: 'resolution', meeting: 'meeting-1', item: 'item-2' } as const
  const suspend = { kind: 'sanction', sanction: 'sanction-1', person: who(70), power: 'suspend', code: 'suspension' } as const
  does(to, 1, 'body committee', { ...suspend, until: null, under }, proven(to, 'ground-shown', 'sanction-1', true))
  const against = { kind: 'sanction', sanction: 'sanction-1' } as const
  does(to, 70, 'electorate members', { kind: 'appeal', appeal: 'appeal-1', rule: 'appeal', against })
  to.now = instant(to.now + 60_000)
  const pool = Array.from({ length: 9 }, (_, i) => who(200 + i))
  const seed = proven(to, 'seed', 'appeal-1', { seed: sha256Hex('drawn in public') }, 'attestation')
  does(to, 'rule', 'rule', { kind: 'draw-panel', appeal: 'appeal-1', pool, conflicted: [who(200)] }, seed)
  const [judge] = panelOf(to)
  const heard = { kind: 'decide-appeal', appeal: 'appeal-1', allowed: 4, dismissed: 1 } as const
  does(to, Number(judge), 'body panel', heard)
  does(to, 1, 'office chair', { kind: 'close-meeting', meeting: 'meeting-1' })
}

/** Numbers of those on the panel that was drawn last. */
const panelOf = (to: Log): readonly number[] => {
  const drawn = JSON.stringify(to.entries[to.entries.length - 1]?.body['events'])
  const names = /"panel":\[([^\]]*)\]/.exec(drawn)?.[1] ?? ''
  return Array.from({ length: 9 }, (_, i) => 200 + i).filter((n) => names.includes(person(n)))
}

/** A court stops the decision for an hour. */
function stayed(to: Log): void {
  const target = { kind: 'decision', decision: 7 } as unknown as Extract<MovementAct, { readonly kind: 'record-order' }>['target']
  const document = keep(to, 'Stop.') as Fingerprint
  const stay = { kind: 'record-order', order: 'order-2', from: 'court', does: 'stay', target, form: 'document' } as const
  does(to, 1, 'office chair', { ...stay, document, until: null })
  to.now = instant(to.now + 3_600_000)
  does(to, 1, 'office chair', { kind: 'lift-order', order: 'order-2', document })
}

/** Mail fails for six hours of the ballot, which gets a day more. Somebody dies. */
function outage(to: Log): void {
  const from = to.now
  to.now = instant(from + 7 * 3_600_000)
  const failed = proven(to, 'outage', 'email', { from, until: from + 6 * 3_600_000 }, 'post')
  does(to, 'rule', 'rule', { kind: 'report-outage', channel: 'email' }, failed)
  const died = proven(to, 'died', seatKey(ordinary(9)), true)
  does(to, 'rule', 'rule', { kind: 'cease', place: ordinary(9), person: who(9), why: 'died' }, died)
}

/** The movement decides to end, and ends. */
function end(to: Log): void {
  const decision = 8
  const members = 'electorate members'
  const document = keep(to, 'We have done what we came for.') as Fingerprint
  perform(to, {
    by: person(5),
    as: members,
    body: { kind: 'propose', power: 'dissolve', form: 'text', document, changes: [] },
    facts: [fact(to.now, 'eligible', 'members', true)],
    decision,
  })
  const when = at('2026-04-25T19:00:00')
  does(to, 1, 'office chair', call('meeting-3', when, ['8']))
  to.now = when
  const there = { persons: committee.filter((_, i) => i !== 8), present: 9, proxies: 0 }
  does(to, 1, 'office chair', { kind: 'open-meeting', meeting: 'meeting-3', chair: who(1), ...there })
  does(to, 1, 'office chair', vote('meeting-3', '8', [8, 0]))
  perform(to, { by: person(1), as: 'body committee', body: { kind: 'consider', outcome: 'agreed' }, decision })
  perform(to, { by: 'rule', as: 'rule', body: { kind: 'enact', text: document }, decision })
  does(to, 'rule', 'rule', { kind: 'dissolve', decision })
  does(to, 10, 'body committee', { kind: 'leave-seat', place: ordinary(10) })
}

/** A whole decision in a movement that lives: seats, meetings, orders, an appeal, an outage and the end, with the decision among them. */
export const livingMovement = (): World =>
  wholeDecision('Ed25519', {
    rules: rulesOfMovement,
    delay: 86_400_000,
    meanwhile: (to, step) => {
      if (step === 'founded') {
        seats(to)
        matters(to)
        evening(to)
      }
      if (step === 'proposed') stayed(to)
      if (step === 'voted') outage(to)
      if (step === 'ended') end(to)
    },
  })
