import type { Json } from '@quorate/kernel'
import { entryOf, type BodyOf, type EntryType } from '@quorate/record'
import { fingerprintOf, movementDecision, type Act, type ActBody, type Fact } from '@quorate/rulebook'
import { decision, fact as stated, parsed, person, print } from '../../rulebook/test/lantern.ts'
import { castBy, text, textWith, told, untilOpen, type Told } from '../../rulebook/test/procedures.ts'
import type { Logged } from '../src/check.ts'
import type { FactCase } from '../src/fact-case.ts'
import { factFault } from '../src/facts.ts'
import { startReplay, type Replaying, type Shown } from '../src/replay.ts'

// A decision that elects two of four, told up to the end of voting, and acts in it judged by the verifier.

export const logged = <T extends EntryType>(index: number, type: T, body: BodyOf<T>): Logged<T> => ({
  index,
  entry: entryOf(type, 1 as never, 1, body),
  body,
})

/** A decision of a story as the verifier has replayed it. */
export function replayOf(t: Told, rulebook = parsed(textWith('elect', ['propose: {by: rule}']))): Replaying {
  const replaying = startReplay()
  replaying.editions.set(rulebook.edition, { text: '', rulebook })
  replaying.inForce = rulebook.edition
  for (const own of Object.values(t.story.state().decisions)) replaying.decisions.set(own.id, own)
  return replaying
}
export type Around = {
  readonly shown?: Shown
  readonly documents?: Readonly<Record<string, string>>
  readonly more?: readonly Fact[]
}
export function judged(
  t: Told,
  replaying: Replaying,
  body: ActBody,
  fact: Fact,
  { shown = {}, documents = {}, more = [] }: Around = {},
) {
  const own = body.kind === 'movement' ? movementDecision : decision(1)
  const act = { decision: own, by: person(1), as: 'rule', occurredAt: t.now(), recordedAt: t.now(), ...body } as Act
  const evidence = { dossier: { decision: own, documents } } as unknown as FactCase['evidence'] // all that the facts read of it
  const state = replaying.decisions.get(own) ?? null
  const fault = factFault({ index: 99, act, facts: [fact, ...more], replaying, evidence, shown, state, clause: '13@1' })
  return fault === null ? [...replaying.stated.keys()] : fault
}

const places = 2
export const rulesOf = (method: string, more = '', none = 'no', tie = 'lot in public'): ReturnType<typeof parsed> =>
  parsed(
    textWith('elect', [
      'propose: {by: electorate members}',
      'nominate: {candidates: not office returning-officer, window: 5 days, statement: by close, withdraw: until close, uncontested: elected without a ballot, too-few: re-open}',
      'notify: {to: electorate members, clear: 7 clear days}',
      'freeze: {electorate: members, at: notify}',
      `ballot: {roll: freeze, secret: yes, method: ${method}, options: candidates, none-of-these: ${none}${more}, timetable: {by: returning-officer, within: 3 days, timeout: opens at 12:00 on the 4th day}, period: 5 days, pass: [turnout at least 5% of roll], tie: ${tie}}`,
      'enact: {effect: elect, at: end of ballot}',
    ]),
  )
export const none = stated('holds-office', 'returning-officer', false, 0 as never)

/** An election of two out of four, the third of five who asked having given no statement, up to the end of voting. */
export function election(
  method: string,
  more = '',
  none = 'no',
  tie?: string,
): { readonly t: Told; readonly replaying: Replaying } {
  const rulebook = rulesOf(method, more, none, tie)
  const t = told(rulebook)
  t.member(1, text('elect'), t.state('places', places, 'elect'))
  for (const who of [11, 12, 13, 14, 15])
    t.member(who, { kind: 'stand', statement: who === 13 ? null : print(who) }, t.state('may-stand', true, 'nominate'))
  t.wait(6 * 86_400_000)
  const list = fingerprintOf([11, 12, 14, 15].map((who) => person(who)).join('\n'))
  untilOpen(t, 100, { options: 4, list })
  castBy(t, 1, 12)
  t.wait(6 * 86_400_000)
  t.rule({ kind: 'tick' })
  return { t, replaying: replayOf(t, rulebook) }
}
export const answers = ['Ann', 'Ben', 'Dee', 'Eve']
const plain = JSON.stringify({ questions: [{ answers, min: 0, max: 2, question: 'Who?' }] })
export const ranked = JSON.stringify({ questions: [{ type: 'NonHomomorphic', value: { answers, question: 'Who?' } }] })
export const box = (rows: Json, text = plain, counted = 12): Around => ({
  shown: {
    setup: logged(5, 'setup', { election: fingerprintOf(text) } as never),
    'box-closed': logged(7, 'box-closed', { ballots: counted, counted, weight: counted, tally: '' }),
    result: logged(8, 'result', { result: JSON.stringify({ result: rows }) }),
  },
  documents: { [fingerprintOf(text)]: text },
})
export const count = (t: Told, chosen: readonly number[], more: Readonly<Record<string, number>> = {}): Fact =>
  t.state('count', {
    cast: 12,
    valid: 12,
    blank: 0,
    ...Object.fromEntries(chosen.map((n, i) => [`chosen-${i + 1}`, n])),
    ...more,
  })
export const declare = { kind: 'declare' } as const
