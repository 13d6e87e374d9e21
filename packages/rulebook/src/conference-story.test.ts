import { describe, expect, it } from 'vitest'
import { everyActWithOneThingWrong } from '../test/every-act.ts'
import { fact, later, print } from '../test/lantern.ts'
import { ballotAndEnd, minute, monday, rulebookWith, told, type Told } from '../test/procedures.ts'
import {
  fingerprintOf,
  type ActBody,
  type Change,
  type ClauseId,
  type DecisionId,
  type Event,
  type Fingerprint,
} from './index.ts'

everyActWithOneThingWrong()

const day = 24 * 60 * minute
const book = rulebookWith('adopt-policy', [
  'propose: {by: electorate members}',
  'debate: {lasts: 10 days, amendments: {by: electorate members, due: 6 days after propose, collision: later falls, composite: with consent of each mover, ruled-by: conference}}',
  ...ballotAndEnd('adopt-policy', ', incompatible: {ruled-by: returning-officer, settle: run-off}'),
])

/** Documents stand beside the record, by fingerprint. */
const documents = new Map<Fingerprint, string>()
function kept(text: string): Fingerprint {
  const print_ = fingerprintOf(text)
  documents.set(print_, text)
  return print_
}
const textOf = (paragraphs: readonly string[]): string => paragraphs.join('\n\n')
const change = (paragraph: number, before: string, after: string): Change => ({
  clause: String(paragraph) as ClauseId,
  before: kept(before),
  after: kept(after),
})

/** The final text of a motion from its events and the documents they name, and from nothing else. */
function regenerated(events: readonly Event[]): string {
  const proposed = events.find((e) => e.kind === 'proposed')
  const amended = events.findLast((e) => e.kind === 'amended')
  const original = (documents.get(proposed?.document ?? ('' as Fingerprint)) ?? '').split('\n\n')
  for (const { clause, after } of amended?.changes ?? [])
    original[Number(clause) - 1] = after === null ? '' : (documents.get(after) ?? '')
  return textOf(original)
}

type Motion = { readonly t: Told; readonly number: number; readonly paragraphs: string[] }
const acted = (m: Motion, who: number, body: ActBody): readonly string[] => m.t.member(who, body)
const decide = (m: Motion, amendment: number, paragraph: number, after: string): readonly string[] => {
  m.paragraphs[paragraph - 1] = after
  const body: ActBody = { kind: 'decide-amendment', amendment, outcome: 'carried', document: kept(textOf(m.paragraphs)) }
  return m.t.body('conference', body, [80, 40])
}

/** A motion of four paragraphs with four amendments; in the first 90 two of them touch the same one, in the first 14 their movers compose. */
function motion(number: number): Motion {
  const paragraphs = [1, 2, 3, 4].map((p) => `Motion ${number}, paragraph ${p}.`)
  const t = told(book, monday, number)
  t.member(1, { kind: 'propose', power: 'adopt-policy', form: 'text', document: kept(textOf(paragraphs)), changes: [] })
  const m: Motion = { t, number, paragraphs }
  const collides = number <= 90
  for (let a = 1; a <= 4; a++) {
    const touched = collides && a === 2 ? 1 : a
    const before = paragraphs[touched - 1] ?? ''
    acted(m, 10 + a, {
      kind: 'amend',
      document: kept(`${before} (${a})`),
      changes: [change(touched, before, `${before} As amended by ${a}.`)],
    })
  }
  if (number <= 14) {
    const before = paragraphs[0] ?? ''
    acted(m, 11, {
      kind: 'compose',
      of: [1, 2],
      document: kept(`${before} both`),
      changes: [change(1, before, `${before} As composed.`)],
    })
    acted(m, 11, { kind: 'consent', amendment: 5 })
    acted(m, 12, { kind: 'consent', amendment: 5 })
  }
  return m
}

/** The conference decides on the amendments of a motion in the order in which they stand; those that collide with one carried are gone. */
function settled(m: Motion): void {
  m.t.to(later(monday, 7 * day))
  const after = (p: number, a: number) => `Motion ${m.number}, paragraph ${p}. As amended by ${a}.`
  if (m.number > 14) {
    const first = decide(m, 1, 1, after(1, 1))
    expect(first.filter((kind) => kind === 'amendment-decided').length).toBe(m.number <= 90 ? 2 : 1)
    if (m.number > 90) decide(m, 2, 2, after(2, 2))
  }
  decide(m, 3, 3, after(3, 3))
  decide(m, 4, 4, after(4, 4))
  if (m.number <= 14) decide(m, 5, 1, `Motion ${m.number}, paragraph 1. As composed.`)
}

function balloted(m: Motion): void {
  const { t } = m
  t.to(later(monday, 10 * day))
  t.rule({ kind: 'notify' }, t.state('notice', { served: 120, of: 120 }))
  t.wait(8 * day)
  t.rule(
    { kind: 'freeze' },
    { ...fact('roll', 'members', { size: 120, root: print(9) }, later(monday, 10 * day), 'roll'), knownAt: t.now() },
  )
  t.officer({ kind: 'schedule', opensAt: t.now() })
  t.rule({ kind: 'open' }, t.state('setup', { fingerprint: print(7) }))
  for (let n = 1; n <= 5; n++) t.member(n, { kind: 'cast', ballot: print(n) })
  t.wait(5 * day)
  t.rule({ kind: 'declare' }, t.state('tally', { for: 4, against: 1, blank: 0, cast: 5, valid: 5 }))
}

describe('a conference: 300 motions, 1,200 amendments, 90 collisions, 14 composites, 10 days', () => {
  const motions = Array.from({ length: 300 }, (_, i) => motion(i + 1))
  for (const m of motions) settled(m)
  const events = (): readonly Event[] => motions.flatMap((m) => m.t.story.events())
  const count = (kind: Event['kind']): number => events().filter((e) => e.kind === kind).length

  it('admits them all, and decides each once', () => {
    expect([count('proposed'), count('amendment-moved'), count('composed')]).toEqual([300, 1200, 14])
    // Of 90 pairs that collide, 14 became one by consent; of the other 76 the later fell with the earlier.
    const fell = events().filter((e) => e.kind === 'amendment-decided' && e.outcome === 'fallen').length
    expect([fell, count('amendment-withdrawn')]).toEqual([76, 28])
    expect(Math.max(...events().map((e) => e.occurredAt)) - monday).toBeLessThanOrEqual(10 * day)
  })

  it('regenerates every final text byte for byte from its events', () => {
    for (const m of motions) {
      const state = m.t.story.state().decisions[m.number]
      expect(regenerated(m.t.story.events())).toBe(textOf(m.paragraphs))
      expect(state?.document).toBe(fingerprintOf(textOf(m.paragraphs)))
      expect(documents.get(state?.document ?? ('' as Fingerprint))).toBe(textOf(m.paragraphs))
    }
  })

  it('puts two carried motions that conflict to a run-off, and one of them stands', () => {
    const [first, second] = motions
    if (first === undefined || second === undefined) throw new Error('two motions')
    for (const [m, other] of [
      [first, second],
      [second, first],
    ] as const) {
      balloted(m)
      expect(m.t.officer({ kind: 'rule-incompatible', with: other.number as DecisionId })).toEqual(['ruled-incompatible'])
    }
    const settle = (m: Motion, other: Motion, inFavour: number, against: number) =>
      m.t.rule(
        { kind: 'settle', with: other.number as DecisionId },
        m.t.state('outcome', { carried: 1, at: m.t.now() }, `decision ${other.number}`),
        m.t.state('run-off', { for: inFavour, against }, `decision ${other.number}`),
      )
    expect(settle(first, second, 108, 31)).toEqual(['settled'])
    expect(settle(second, first, 31, 108)).toEqual(['settled', 'ended'])
    expect(first.t.rule({ kind: 'enact', text: fingerprintOf(textOf(first.paragraphs)) })).toEqual(['enacted', 'ended'])
    expect(second.t.story.state().decisions[2]?.ended?.outcome).toBe('fallen')
  })
})
