import { assert, instant, parseZone } from '@quorate/kernel'
import { entryShape, entryTypes, type BodyOf, type Shape } from '@quorate/record'
import { describe, expect, test } from 'vitest'
import { locales, words } from '../../platform/words.ts'
import { actSentence, citedBy, entryKinds, entryView, eventSentence } from './entry-view.ts'
import type { EntryVoice } from './entry-voice.ts'
import type { Placed } from './log.ts'
import { messages } from './messages.ts'

type Act = BodyOf<'act'>['act']
type Event = BodyOf<'act'>['events'][number]

const zone = parseZone('Europe/London')
assert(zone.kind === 'ok', 'London has a zone')
const voices: readonly EntryVoice[] = locales.map((locale) => ({
  locale,
  zone: zone.value,
  nameOf: (kind, id) => `the ${id} ${kind}`,
  groundOf: (ground) => ground,
}))
const at = instant(1_795_722_000_000)
const print = 'ab'.repeat(32)

// One body of each kind: leaving one out does not compile.
const actHead = { decision: 12, by: 'ab'.repeat(16), as: 'office returning-officer', occurredAt: at, recordedAt: at } as const
const acts: { readonly [K in Exclude<Act['kind'], 'movement'>]: Omit<Extract<Act, { kind: K }>, keyof typeof actHead | 'kind'> } =
  {
    propose: { power: 'amend-rulebook', form: 'diff', document: print, changes: [] },
    exercise: { power: 'amend-rulebook', document: print, effectAt: at, vote: { for: 7, against: 3 } },
    sign: {},
    withdraw: {},
    check: { outcome: 'passed', ground: null },
    consider: { outcome: 'agreed' },
    notify: {},
    freeze: {},
    schedule: { opensAt: at },
    open: {},
    cast: { ballot: print },
    declare: {},
    certify: {},
    challenge: { ground: 'count', document: print },
    'answer-challenge': { outcome: 'dismissed' },
    enact: { text: print },
    stand: { statement: print },
    'stand-down': {},
    second: { candidate: 2 },
    appeal: { document: print },
    'answer-appeal': { outcome: 'allowed' },
    'hold-hustings': {},
    amend: { document: print, changes: [] },
    'back-amendment': { amendment: 3 },
    'withdraw-amendment': { amendment: 3 },
    compose: { of: [1, 2], document: print, changes: [] },
    consent: { amendment: 3 },
    'decide-amendment': { amendment: 3, outcome: 'carried', document: print },
    convene: { heldAt: at },
    'rule-incompatible': { with: 7 },
    settle: { with: 7 },
    'settle-roll': { voter: 'ab'.repeat(16) },
    tick: {},
  }
const eventHead = {
  id: '12/1',
  decision: 12,
  edition: 1,
  clause: '4.2@1',
  stage: 'check',
  by: 'rule',
  deemed: false,
  occurredAt: at,
  recordedAt: at,
} as const
const events: {
  readonly [K in Exclude<Event['kind'], 'movement'>]: Omit<Extract<Event, { kind: K }>, keyof typeof eventHead | 'kind'>
} = {
  proposed: { power: 'amend-rulebook', procedure: 'amend', document: print, changes: [] },
  signed: {},
  withdrawn: {},
  supported: { signers: 60 },
  unmet: {},
  checked: { outcome: 'passed', ground: null },
  noticed: { served: 1170, of: 1180, receivedAt: at },
  considered: { outcome: 'agreed' },
  exercised: { power: 'spend', document: print, effectAt: at },
  frozen: { size: 1180, root: print, electorate: 'members' },
  scheduled: { opensAt: at, closesAt: at },
  opened: { setup: print, closesAt: at },
  cast: { ballot: print },
  extended: { closesAt: at },
  closed: {},
  declared: { outcome: 'carried', tally: { for: 300, against: 100, blank: 1, cast: 401 } },
  countersigned: { says: null },
  certified: {},
  challenged: { ground: 'count', document: print },
  'challenge-answered': { outcome: 'upheld' },
  enacted: { text: print, newEdition: 2 },
  skipped: {},
  'places-stated': { places: 2 },
  stood: { candidate: 2, statement: print },
  'stood-down': { candidate: 2 },
  seconded: { candidate: 2, group: null },
  accepted: { candidate: 2 },
  nominated: { outcome: 'contested', candidates: 5 },
  chosen: { options: [2] },
  appealed: { document: print },
  'appeal-answered': { outcome: 'dismissed' },
  'hustings-held': { candidates: 5 },
  'amendment-moved': { amendment: 3, document: print, changes: [] },
  'amendment-backed': { amendment: 3 },
  'amendment-admitted': { amendment: 3 },
  'amendment-withdrawn': { amendment: 3 },
  composed: { amendment: 3, of: [1, 2], document: print, changes: [] },
  'amendment-consented': { amendment: 3 },
  'amendment-decided': { amendment: 3, outcome: 'fallen' },
  amended: { document: print, changes: [] },
  convened: { heldAt: at },
  'ruled-incompatible': { with: 7 },
  settled: { with: 7, outcome: 'stands' },
  provisional: {},
  'roll-settled': { voter: 'ab'.repeat(16), outcome: 'left' },
  're-run-ordered': {},
  'instant-stated': { anchor: 'agm', is: at },
  'group-stated': { group: 'cardiff' },
  'reach-stated': {},
  'doubt-measured': { ballots: 3, margin: 12, couldDecide: false },
  ended: { outcome: 'carried' },
}
const actOf = (kind: keyof typeof acts): Act => ({ ...actHead, kind, ...acts[kind] }) as unknown as Act // one kind at a time
const eventOf = (kind: keyof typeof events): Event => ({ ...eventHead, kind, ...events[kind] }) as unknown as Event // likewise

/** Some value of a shape: the first word, the first alternative that is not null. */
function sampleOf(shape: Shape<unknown>): unknown {
  switch (shape.kind) {
    case 'integer':
      return shape.max > at ? at : Math.max(shape.min, 1)
    case 'boolean':
      return true
    case 'word':
      return shape.words[0]
    case 'constant':
      return shape.value
    case 'list':
      return [sampleOf(shape.of)]
    case 'object':
      return Object.fromEntries(Object.entries(shape.fields).map(([key, field]) => [key, sampleOf(field)]))
    case 'either':
      return sampleOf(shape.of.at(-1) ?? shape)
    case 'variant':
      return sampleOf(Object.values(shape.cases)[0] ?? shape)
    default:
      return 'email'
  }
}
/** One value of every kind of act or event that outlives decisions, from the record's own shapes. */
function samples(place: 'act' | 'events', field: 'does' | 'did'): readonly unknown[] {
  const entry = entryShape('act')
  const body = entry.kind === 'object' ? entry.fields['body'] : undefined
  const shown = body?.kind === 'object' ? body.fields[place] : undefined
  const variant = shown?.kind === 'list' ? shown.of : shown
  const movement = variant?.kind === 'variant' ? variant.cases['movement'] : undefined
  const kinds = movement?.kind === 'object' ? movement.fields[field] : undefined
  assert(kinds?.kind === 'variant', 'movement acts and events are told apart by kind')
  return Object.values(kinds.cases).map(sampleOf)
}

const isSentence = (text: string): void => {
  expect(text).toMatch(/^[\p{Lu}\d].*[.]$/u)
  expect(text).not.toMatch(/[{}]|undefined|null|NaN/)
}

describe('everything on the record has a sentence, in every language', () => {
  for (const voice of voices) {
    test(`acts in ${voice.locale}`, () => {
      for (const kind of Object.keys(acts)) isSentence(actSentence(actOf(kind as keyof typeof acts), voice)) // keys of that union
    })
    test(`events in ${voice.locale}`, () => {
      for (const kind of Object.keys(events)) isSentence(eventSentence(eventOf(kind as keyof typeof events), voice)) // likewise
    })
    test(`what outlives decisions in ${voice.locale}`, () => {
      for (const does of samples('act', 'does'))
        isSentence(actSentence({ ...actHead, kind: 'movement', does } as unknown as Act, voice))
      for (const did of samples('events', 'did'))
        isSentence(eventSentence({ ...eventHead, kind: 'movement', did } as unknown as Event, voice))
    })
    test(`types of entry in ${voice.locale}`, () => {
      const t = words(messages, voice.locale)
      for (const type of entryTypes) {
        expect(messages[voice.locale]).toHaveProperty(`entry.${type}`)
        expect(t(`type.${type}`).length).toBeGreaterThan(2)
      }
      expect(entryKinds(voice.locale)).toHaveLength(entryTypes.length)
    })
  }
})

const placed = (type: string, body: unknown): Placed => ({
  position: 5,
  entry: { v: 1, type, at, decision: 12, body } as unknown as Placed['entry'], // of the type by construction
  bytes: new Uint8Array(),
})

describe('an entry in words', () => {
  const [english] = voices
  assert(english !== undefined, 'English is spoken')
  test('says the act, then what followed from it, and cites the rule', () => {
    const sign = {
      act: { ...actOf('sign'), as: 'electorate members' },
      facts: [],
      deemed: [],
      events: [eventOf('signed'), eventOf('supported')],
    }
    expect(entryView(placed('act', sign), english)).toMatchObject({
      sentence: 'A member signed. With that, 60 people supported it: enough.',
      clause: '4.2@1',
      href: '/record/5',
      decision: 12,
    })
  })
  test('says first what time had brought about', () => {
    const late = { act: actOf('tick'), facts: [], deemed: [eventOf('closed')], events: [] }
    expect(entryView(placed('act', late), english).sentence).toBe('Voting ended. Time alone moved the decision on.')
  })
  test('a refused attempt names the body and counts its repetitions, and marks itself', () => {
    const refusal = { act: { ...actOf('exercise'), as: 'body committee' }, routes: [{ reasons: [{ clause: '4.1@1' }] }] }
    const once = entryView(placed('refusal', { refusal, facts: [], count: 1 }), english)
    expect(once).toMatchObject({ refused: true, clause: '4.1@1' })
    expect(once.sentence).toContain('the committee body tried to use a power')
    expect(entryView(placed('refusal', { refusal, facts: [], count: 3 }), english).sentence).toContain('attempt 3')
  })
  test('cites the documents it names and no other fingerprint', () => {
    expect(citedBy({ act: { document: print, ballot: 'cd'.repeat(32) }, list: 'ef'.repeat(32), root: '12'.repeat(32) })).toEqual([
      print,
      'ef'.repeat(32),
    ])
  })
})
