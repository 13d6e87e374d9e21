import type { Json } from '@quorate/kernel'
import { bodyOf, type Entry } from '@quorate/record'
import { describe, expect, test } from 'vitest'
import { withValue } from '../testing/log.ts'
import { livingMovement } from '../testing/movement-acts.ts'
import { decision, dossierFor, nodeModExp, person } from '../testing/whole-decision.ts'
import { dossierText, verify, type Verdict } from './index.ts'

const { entries, documents } = livingMovement().log

const verdictOf = (own: readonly Entry[]): Verdict =>
  verify(dossierText(dossierFor({ entries: [...own], documents })), { modexp: nodeModExp })
const named = ({ fault }: Verdict): unknown => [fault?.check, fault?.code, fault?.entry]
const kindAt = (entry: Entry): string | null => {
  const act = bodyOf(entry, 'act')?.act
  return act?.kind === 'movement' ? act.does.kind : null
}
const firstOf = (kind: string): number => entries.findIndex((entry) => kindAt(entry) === kind)
const kinds = [...new Set(entries.flatMap((entry) => kindAt(entry) ?? []))]
const changed = (index: number, path: string, change: (old: Json) => Json): readonly Entry[] =>
  entries.with(index, withValue(entries[index] as Entry, path, change))

/** Another value of the same spelling, or null for a closed word. */
function other(value: Json): Json | null {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (typeof value !== 'string') return null
  if (/^[0-9a-f]{32}$|^[0-9a-f]{64}$/.test(value)) return (value.startsWith('0') ? '1' : '0') + value.slice(1)
  return /^[a-z]+-\d+$/.test(value) ? value.replace(/\d+$/, '77') : null
}
/** Every leaf of a value that has another value of its spelling, by path. */
function* leaves(value: Json, path = ''): Generator<readonly [path: string, other: Json]> {
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* leaves(inner, `${path}/${key}`)
  else {
    const changedTo = other(value)
    if (changedTo !== null) yield [path, changedTo]
  }
}

describe('a decision in a movement that lives', { timeout: 120_000 }, () => {
  test('holds: seats, meetings, orders, an appeal, an outage and the end, replayed with it', () => {
    const verdict = verdictOf(entries)
    expect(verdict).toMatchObject({ verdict: 'holds', decision, fault: null })
    expect(verdict.checks.find(({ name }) => name === 'tally')?.state).toBe('passed')
    expect(kinds).toHaveLength(28)
  })

  test.each(kinds)('one leaf of what came of it changed: %s', (kind) => {
    const at = firstOf(kind)
    const body = bodyOf(entries[at] as Entry, 'act')
    const event = body?.events.findIndex((e) => e.kind === 'movement') ?? -1
    const found = body?.events[event]
    const said = found?.kind === 'movement' ? { did: found.did, relies: found.relies } : {}
    const [leaf] = leaves(said)
    // The end itself says nothing but which event it rests on.
    const [path, value] = leaf ?? ['/relies/0', '8/1']
    const verdict = verdictOf(changed(at, `/body/events/${String(event)}${path}`, () => value))
    expect(named(verdict)).toEqual(['rules', 'events-differ', at])
    expect(verdict.fault?.expected).toContain(`${path} `)
  })

  test.each(kinds)('done by somebody else, or by nobody the rules name: %s', (kind) => {
    const at = firstOf(kind)
    const isRule = bodyOf(entries[at] as Entry, 'act')?.act.by === 'rule'
    const stranger = changed(at, '/body/act/by', () => (isRule ? person(999) : 'rule'))
    const { fault } = verdictOf(stranger)
    expect([fault?.check, fault?.entry]).toEqual(['rules', at])
    expect(['not-permitted', 'events-differ']).toContain(fault?.code)
  })

  // The very last act leaves no trace in what follows: that it is gone shows in the signed root, or in an earlier checkpoint.
  test.each(kinds.filter((kind) => firstOf(kind) < entries.length - 1))('taken off the record: %s', (kind) => {
    const at = firstOf(kind)
    const { verdict, fault } = verdictOf(entries.toSpliced(at, 1))
    expect(verdict).toBe('fails')
    expect(fault?.check).toBe('rules')
    expect(fault?.entry).toBeGreaterThanOrEqual(at)
  })
})

describe('what an operator might want', { timeout: 60_000 }, () => {
  test('a step of a decision while a court has stopped it', () => {
    const stay = entries.findIndex((entry) => {
      const act = bodyOf(entry, 'act')?.act
      return act?.kind === 'movement' && act.does.kind === 'record-order' && act.does.does === 'stay'
    })
    // The order is lifted only after the next step of the decision.
    const next = entries.findIndex((entry, i) => i > stay + 1 && entry.decision === decision)
    const lift = withValue(entries[stay + 1] as Entry, '/at', () => (entries[next] as Entry).at)
    const when = (entries[next] as Entry).at
    const late = ['/body/act', '/body/events/0'].reduce(
      (entry, path) => ['occurredAt', 'recordedAt'].reduce((e, key) => withValue(e, `${path}/${key}`, () => when), entry),
      lift,
    )
    const own = [...entries.slice(0, stay + 1), ...entries.slice(stay + 2, next + 1), late, ...entries.slice(next + 1)]
    const verdict = verdictOf(own)
    expect(named(verdict)).toEqual(['rules', 'not-permitted', next - 1])
    expect(verdict.fault).toMatchObject({ clause: '5.3@1', expected: 'refused: stayed', found: 'permitted' })
  })

  test('an emergency that lasts longer than its clause lets it', () => {
    const at = firstOf('declare-emergency')
    const verdict = verdictOf(changed(at, '/body/events/0/did/lapsesAt', (old) => Number(old) + 86_400_000))
    expect(verdict.fault).toMatchObject({ code: 'events-differ', entry: at, clause: '5.4@1' })
  })

  test('a panel of friends', () => {
    const at = firstOf('draw-panel')
    const verdict = verdictOf(changed(at, '/body/events/0/did/panel/0', () => person(1)))
    expect(verdict.fault).toMatchObject({ code: 'events-differ', entry: at, clause: '6.3@1' })
    const seeded = verdictOf(changed(at, '/body/facts/0/value/seed', () => 'ab'.repeat(32)))
    expect(named(seeded)).toEqual(['rules', 'events-differ', at])
  })

  test('votes of a meeting turned round', () => {
    const at = firstOf('resolve')
    const turned = [
      ['/body/act/does', 0, 9],
      ['/body/events/0/did', 0, 9],
    ].reduce(
      (entry, [path, f, a]) =>
        withValue(
          withValue(entry, `${String(path)}/for`, () => Number(f)),
          `${String(path)}/against`,
          () => Number(a),
        ),
      entries[at] as Entry,
    )
    expect(named(verdictOf(entries.with(at, turned)))).toEqual(['rules', 'events-differ', at])
  })

  test('more time for a ballot than the outage gives, or the same without one', () => {
    const at = firstOf('report-outage')
    const longer = verdictOf(changed(at, '/body/events/1/closesAt', (old) => Number(old) + 1))
    expect(named(longer)).toEqual(['rules', 'events-differ', at])
    // Without its outage the ballot was closed a day late by the rules, which the tick that closes it shows.
    const without = verdictOf(entries.toSpliced(at, 1))
    expect(without.fault?.check).toBe('rules')
  })

  test('such an act under the number of a decision, or a step of a decision under none', () => {
    const at = firstOf('resolve')
    expect(named(verdictOf(changed(at, '/decision', () => decision)))).toEqual(['rules', 'decision-differs', at])
    const step = entries.findIndex((entry) => entry.type === 'act' && entry.decision === decision)
    expect(named(verdictOf(changed(step, '/decision', () => null)))).toEqual(['rules', 'decision-differs', step])
  })

  test('business as usual after the end', () => {
    const end = firstOf('dissolve')
    const meeting = entries.findLast((entry) => kindAt(entry) === 'call-meeting') as Entry
    const { at } = entries[end] as Entry
    const again = [
      ['/at', at],
      ['/body/act/occurredAt', at],
      ['/body/act/recordedAt', at],
      ['/body/act/does/meeting', 'meeting-9'],
      ['/body/act/does/at', at + 9e8],
    ].reduce((entry, [path, value]) => withValue(entry, String(path), () => value as Json), meeting)
    const verdict = verdictOf(entries.toSpliced(end + 1, 0, again))
    expect(named(verdict)).toEqual(['rules', 'not-permitted', end + 1])
    expect(verdict.fault).toMatchObject({ expected: 'refused: too-late' })
  })
})
