import { assert, instant, parseZone } from '@quorate/kernel'
import { describe, expect, test } from 'vitest'
import type { CeremonyView } from './ceremony.ts'
import { voiceOf } from './officer-tasks.ts'
import { trusteeItemOf, type TrusteeFacts } from './trustee-desk.ts'

const zone = parseZone('Europe/London')
assert(zone.kind === 'ok', 'London has a zone')
const voice = voiceOf({ locale: 'en', zone: zone.value })
const closesAt = instant(Date.UTC(2026, 10, 30, 17))

type Sent = Readonly<Partial<Record<1 | 2 | 3, readonly number[]>>>
const ceremony = (sent: Sent, more: Partial<CeremonyView> = {}): CeremonyView => ({
  uuid: 'uuid',
  group: 'Ed25519',
  threshold: 2,
  size: 3,
  names: ['Farida Noor', 'Colm Brady', 'Amara Okafor'],
  you: 2,
  steps: ([1, 2, 3] as const).flatMap((step) => (sent[step] ?? []).map((index) => ({ step, index, message: '' }))),
  trustees: null,
  phrase: null,
  state: 'collecting',
  shuffled: [],
  shufflesNeeded: 0,
  checking: null,
  opened: [],
  ...more,
})
const all: Sent = { 1: [1, 2, 3], 2: [1, 2, 3], 3: [1, 2, 3] }
const complete: Partial<CeremonyView> = { state: 'complete', trustees: 'file' }
const electionRow = (more: Partial<TrusteeFacts['election']>): TrusteeFacts['election'] => ({
  decision: 12,
  uuid: 'uuid',
  title: 'A motion',
  tally: null,
  result: null,
  fallen_at: null,
  level_at: null,
  registrar_key: null,
  ...more,
})
const item = (told: Partial<TrusteeFacts> & Pick<TrusteeFacts, 'ceremony'>) =>
  trusteeItemOf(
    {
      election: electionRow({}),
      state: 'not-open',
      closesAt: 0,
      ...told,
    },
    voice,
  )

describe('what a trustee is asked to do, and never anything else', () => {
  test('to make the key, then to wait by name, then to go on', () => {
    expect(item({ ceremony: ceremony({}) })).toMatchObject({
      seat: 'You are 2 of 3. Any 2 can open the box.',
      tag: { kind: 'now' },
      button: { href: '/trustee/uuid', urgent: true },
    })
    expect(item({ ceremony: ceremony({ 1: [2, 3] }) })).toMatchObject({
      heading: 'Waiting for Farida Noor',
      tag: { kind: 'brand' },
    })
    expect(item({ ceremony: ceremony({ 1: [1, 2, 3], 2: [1] }) })).toMatchObject({
      text: expect.stringContaining('Step 2 of 3') as string,
    })
  })

  test('nothing while voting is open: the day it closes is there, and a rehearsal', () => {
    const line = item({ ceremony: ceremony(all, complete), state: 'open', closesAt })
    expect(line.text).toContain('5pm, Monday 30 November')
    expect(line.button).toMatchObject({ text: 'Rehearse', urgent: false })
  })

  test('to open the box once it is closed and made ready, once', () => {
    const closed = { state: 'closed', closesAt } as const
    expect(item({ ceremony: ceremony(all, complete), ...closed }).button).toBeNull()
    const election = electionRow({ tally: 'sum' })
    const ready = item({ ceremony: ceremony(all, { ...complete, opened: [1] }), ...closed, election })
    expect(ready).toMatchObject({ tag: { kind: 'now' }, button: { text: 'Open the box', urgent: true } })
    expect(ready.text).toContain('1 of 2 opened')
    const done = item({ ceremony: ceremony(all, { ...complete, opened: [2] }), ...closed, election })
    expect(done).toMatchObject({ button: null, tag: { text: 'Waiting for 1' } })
  })

  test('nothing of a box that stays shut, nor of one that is level, and neither is called counted', () => {
    const shut = item({
      ceremony: ceremony(all, complete),
      state: 'counted',
      election: electionRow({ tally: 'sum', fallen_at: closesAt }),
    })
    expect(shut).toMatchObject({ heading: 'The box stays shut', tag: { kind: 'ok' }, button: { urgent: false } })
    expect(shut.text).toContain('Fewer than 5 people voted')
    const level = item({
      ceremony: ceremony(all, { ...complete, opened: [1, 3] }),
      state: 'closed',
      election: electionRow({ tally: 'sum', level_at: closesAt }),
    })
    expect(level).toMatchObject({
      heading: 'The box is open, and the votes are level',
      tag: { kind: 'ok' },
      button: { urgent: false },
    })
  })

  test('then to look at the result', () => {
    expect(item({ ceremony: ceremony(all, { ...complete, opened: [1, 2] }), state: 'counted' }).button?.href).toBe('/d/12/result')
  })
})
