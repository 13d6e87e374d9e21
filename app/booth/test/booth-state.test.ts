import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Effect,
  type Event,
  type Failure,
  type InBox,
  type Opened,
  type Pending,
  type State,
  step,
} from '../src/booth-state.ts'
import type { ProblemCode, PublicView, Voter } from '../src/protocol.ts'
import { problemCodes } from '../src/protocol.ts'

const view: PublicView = {
  uuid: 'Lantern1Motion12',
  decision: 12,
  number: '12',
  title: 'A title',
  movement: 'Lantern',
  state: 'open',
  opensAt: 1,
  closesAt: 100,
  now: 50,
  zone: 'Europe/London',
  election: '{}',
  fingerprint: 'f',
  trusteesFingerprint: null,
  group: 'Ed25519',
  rollSize: 10,
  castCount: 3,
  singleOperator: true,
  clauses: { ballot: '4.2@1', roll: '2.2@1' },
  returningOfficer: 'Ruth',
  help: { missing: '/missing', post: '' },
  recordSize: 5,
  receiptKey: '',
  change: null,
  left: [],
  voter: null,
}
const voter: Voter = { name: 'Nia', leaf: 'l', previous: null, castCount: 0 }
const inBox: InBox = {
  place: { index: 9, ballotNumber: 4, at: 60, tracker: 't', code: 'CEDAR–4817–LARK', current: true, ballot: null },
  receipt: null,
  digest: 'd',
}
const pending: Pending = {
  uuid: view.uuid,
  key: 'k',
  ballot: 'b',
  statement: {},
  bind: 's',
  tracker: 't',
  code: 'c',
  digest: 'd',
}
const opened = (more: Partial<Opened> = {}): Opened => ({
  view,
  paper: { question: 'Q?', answers: ['Yes', 'No'], blank: false, depth: null, marks: 1, top: null, left: [], open: false },
  voter,
  canCast: true,
  inBox: null,
  key: 'k',
  ...more,
})
const arrive = (more: Partial<Opened> = {}, damaged: Extract<Event, { kind: 'opened' }>['damaged'] = null, kept = false) =>
  step({ kind: 'loading' }, { kind: 'opened', opened: opened(more), damaged, pending: kept })
const run = (events: readonly Event[], from: State = { kind: 'loading' }): { state: State; effects: readonly Effect[] } =>
  events.reduce<{ state: State; effects: readonly Effect[] }>(
    (at, event) => {
      const next = step(at.state, event)
      return { state: next.state, effects: [...at.effects, ...next.effects] }
    },
    { state: from, effects: [] },
  )
const open: Event = { kind: 'opened', opened: opened(), damaged: null, pending: false }
const refused = (code: ProblemCode, more: Partial<Extract<Failure, { kind: 'refused' }>['problem']> = {}): Failure => ({
  kind: 'refused',
  problem: { code, status: 403, at: null, clause: null, check: null, ...more },
})

describe('four screens: mail, choose, check, receipt', () => {
  test('one press locks and casts, and the receipt waits for the box', () => {
    const at = run([open, { kind: 'picked', choice: 1 }, { kind: 'check' }, { kind: 'cast' }])
    expect(at.state.kind).toBe('casting')
    expect(at.effects).toEqual([{ kind: 'forget' }, { kind: 'cast', choice: 1 }])
    const done = run(
      [
        { kind: 'sealed', pending },
        { kind: 'progress', stage: 'find', attempt: 0 },
        { kind: 'in-box', inBox, voter },
      ],
      at.state,
    )
    expect(done.state.kind).toBe('receipt')
    expect(done.effects).toEqual([{ kind: 'keep', pending }, { kind: 'forget' }])
  })

  test('a state after the press holds no choice', () => {
    const at = run([open, { kind: 'picked', choice: 1 }, { kind: 'check' }, { kind: 'cast' }])
    expect(JSON.stringify(at.state)).not.toContain('"choice"')
    expect(JSON.stringify(run([{ kind: 'in-box', inBox, voter }], at.state).state)).not.toContain('"choice"')
  })

  test('nothing marked: the same screen says so, and the next mark clears it', () => {
    const missed = run([open, { kind: 'check' }]).state
    expect(missed).toMatchObject({ kind: 'choose', missed: true })
    expect(step(missed, { kind: 'picked', choice: 0 }).state).toMatchObject({ missed: false, choice: 0 })
  })

  test('Change goes back with the mark still there', () => {
    expect(run([open, { kind: 'picked', choice: 1 }, { kind: 'check' }, { kind: 'change' }]).state).toMatchObject({
      kind: 'choose',
      choice: 1,
    })
  })

  test('vote again starts with an empty paper', () => {
    const done = run([
      open,
      { kind: 'picked', choice: 1 },
      { kind: 'check' },
      { kind: 'cast' },
      { kind: 'in-box', inBox, voter },
      { kind: 'again' },
    ])
    expect(done.state).toMatchObject({ kind: 'choose', choice: null })
  })
})

describe('where a visit arrives', () => {
  test.each([
    ['open, with a code', {}, 'choose'],
    ['open, without a code', { canCast: false, voter: null }, 'no-code'],
    ['voted before', { inBox }, 'voted'],
    ['not open yet', { view: { ...view, state: 'not-open' as const } }, 'not-open'],
    ['closed', { view: { ...view, state: 'closed' as const } }, 'closed'],
    ['counted', { view: { ...view, state: 'counted' as const } }, 'closed'],
  ])('%s', (_, more, kind) => {
    expect(arrive(more).state.kind).toBe(kind)
  })

  test('a damaged code says so even to someone who has voted', () => {
    expect(arrive({ inBox, canCast: false }, { kind: 'wrong length', found: 3 }).state).toMatchObject({
      kind: 'no-code',
      damaged: true,
    })
  })

  test('a kept ballot is sent again before anything else; after close it is offered as a file', () => {
    const resumed = arrive({}, null, true)
    expect(resumed.state.kind).toBe('casting')
    expect(resumed.effects).toEqual([{ kind: 'resend' }])
    const late = arrive({ view: { ...view, state: 'closed' } }, null, true)
    expect(late.state).toMatchObject({ kind: 'closed', pending: true })
    expect(late.effects).toEqual([])
  })

  test('voted before, then again: needs the code', () => {
    expect(step(arrive({ inBox }).state, { kind: 'again' }).state.kind).toBe('choose')
    expect(step(arrive({ inBox, canCast: false }).state, { kind: 'again' }).state.kind).toBe('no-code')
  })
})

describe('what goes wrong', () => {
  const casting = run([open, { kind: 'picked', choice: 0 }, { kind: 'check' }, { kind: 'cast' }]).state
  const failed = (failure: Failure, kept = true): ReturnType<typeof step> =>
    step(casting, { kind: 'failed', failure, opened: null, pending: kept })

  test('closed in the meantime: when and by which clause', () => {
    expect(failed(refused('closed', { at: 77, clause: '4.2@2' })).state).toMatchObject({
      kind: 'closed',
      at: 77,
      clause: '4.2@2',
      pending: true,
    })
  })

  test('no answer: try again sends the kept ballot, not a new one', () => {
    const at = failed({ kind: 'no-answer', why: 'x' }).state
    expect(at).toMatchObject({ kind: 'failed', pending: true })
    expect(step(at, { kind: 'retry' })).toMatchObject({ state: { kind: 'casting' }, effects: [{ kind: 'resend' }] })
  })

  test('no answer before anything was cast: try again opens anew', () => {
    const at = step(
      { kind: 'loading' },
      { kind: 'failed', failure: { kind: 'no-answer', why: 'x' }, opened: null, pending: false },
    ).state
    expect(step(at, { kind: 'retry' })).toMatchObject({ state: { kind: 'loading' }, effects: [{ kind: 'open' }] })
  })

  test('announced, not set up: the same screen as not open yet', () => {
    const at = step({ kind: 'loading' }, { kind: 'failed', failure: { kind: 'not-set-up', view }, opened: null, pending: false })
    expect(at.state).toMatchObject({ kind: 'not-open', opened: { canCast: false } })
  })

  test('a refusal that repetition cannot change frees the kept ballot', () => {
    for (const code of ['bad-proof', 'malformed', 'too-many'] as const)
      expect(failed(refused(code))).toMatchObject({ state: { pending: false }, effects: [{ kind: 'forget' }] })
    expect(failed({ kind: 'not-in-box', what: 'signature' }).effects).toEqual([])
  })

  test('a typed code that is none stays on its screen with the reason', () => {
    const fault = { kind: 'capitals and small letters lost' } as const
    for (const from of [arrive({ canCast: false }).state, arrive({ inBox, canCast: false }).state]) {
      const at = step(from, { kind: 'give-code', typed: 'x' })
      expect(at.effects).toEqual([{ kind: 'use-code', typed: 'x' }])
      const back = step(at.state, { kind: 'failed', failure: { kind: 'bad-code', fault }, opened: null, pending: false })
      expect(back.state).toMatchObject({ kind: from.kind, fault })
    }
  })

  test('every refusal ends on a screen that is not the casting one', () => {
    for (const code of problemCodes) expect(failed(refused(code)).state.kind).not.toBe('casting')
  })
})

const events: fc.Arbitrary<Event> = fc.oneof(
  fc.constant<Event>(open),
  fc.constantFrom<Event>(
    { kind: 'check' },
    { kind: 'change' },
    { kind: 'cast' },
    { kind: 'again' },
    { kind: 'retry' },
    { kind: 'no-election' },
    { kind: 'sealed', pending },
    { kind: 'in-box', inBox, voter },
    { kind: 'give-code', typed: 'x' },
  ),
  fc.constantFrom(0, 1, 'blank' as const).map((choice): Event => ({ kind: 'picked', choice })),
  fc
    .constantFrom(...problemCodes)
    .map((code): Event => ({ kind: 'failed', failure: refused(code), opened: null, pending: true })),
)

test('whatever happens in whatever order: a cast is ordered only from the check screen, and with a mark', () => {
  fc.assert(
    fc.property(fc.array(events, { maxLength: 30 }), (list) => {
      let state: State = { kind: 'loading' }
      for (const event of list) {
        const next = step(state, event)
        for (const effect of next.effects)
          if (effect.kind === 'cast') expect([state.kind, event.kind, next.state.kind]).toEqual(['check', 'cast', 'casting'])
        if (next.state.kind === 'receipt' && state.kind !== 'receipt') expect(event.kind).toBe('in-box')
        state = next.state
      }
    }),
  )
})
