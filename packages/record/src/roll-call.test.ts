// A roll-call holds by itself or names its first fault: form, seats, members, times, signatures, closing.
import { canonicalJson, instant, parseCanonicalJson, type Json, type JsonObject } from '@quorate/kernel'
import { describe, expect, test } from 'vitest'
import {
  checkRollCall,
  rollCallFigures,
  rollCallText,
  signerOf,
  signRollCallVote,
  type RollCall,
  type RollCallVote,
} from './index.ts'

const signer = signerOf('lantern.example/record', 1, new Uint8Array(32).fill(7))
const other = signerOf('lantern.example/record', 1, new Uint8Array(32).fill(8))
const question = { id: '1'.repeat(32), body: 'committee', power: 'endorse', question: 'a'.repeat(64) }
const seat = (number: number) => ({ seat: 'ordinary', number })
const line = (number: number, vote: RollCallVote['vote'], about = question, by = signer): RollCallVote =>
  signRollCallVote(about, { seat: seat(number), member: String(number).padStart(32, 'c'), vote, at: instant(1000 + number) }, by)
const times = { openedAt: instant(1000), closedAt: instant(2000) }
const made = (votes: readonly RollCallVote[], seats = [1, 2, 10].map(seat)): Omit<RollCall, 'format'> => ({
  ...question,
  ...times,
  closed: votes.length === seats.length ? 'all' : 'chair',
  seats,
  votes,
})
const whole = made([line(10, 'abstain'), line(1, 'for'), line(2, 'against')])
const read = (text: string) => checkRollCall(text, signer.key)
const wrongIn = (change: (document: JsonObject) => Json): unknown => {
  const json = parseCanonicalJson(rollCallText(whole))
  if (json.kind === 'fail') throw new Error(json.error.kind)
  const checked = read(canonicalJson(change(json.value as JsonObject))) // our own document
  return checked.kind === 'fail' ? checked.error.path : null
}

describe('a roll-call', () => {
  test('holds as it was taken, in order of seats by number, and is counted', () => {
    const checked = read(rollCallText(whole))
    if (checked.kind === 'fail') throw new Error(JSON.stringify(checked.error))
    expect(checked.value.votes.map(({ seat: { number } }) => number)).toEqual([1, 2, 10])
    expect(rollCallFigures(checked.value)).toEqual({ for: 1, against: 1, abstain: 1, present: 3 })
  })

  test('holds when the chair closed it before all had answered, also before anybody had', () => {
    expect(read(rollCallText(made([line(2, 'for')]))).kind).toBe('ok')
    expect(read(rollCallText(made([]))).kind).toBe('ok')
  })

  test('cannot be of another body, power, text or roll-call, for every line is signed over them', () => {
    for (const change of [{ body: 'panel' }, { power: 'exclude' }, { question: 'b'.repeat(64) }, { id: '2'.repeat(32) }])
      expect(wrongIn((document) => ({ ...document, ...change }))).toBe('/votes/0/signature')
  })

  test('cannot have one field of one line changed', () => {
    const changed: readonly (readonly [JsonObject, string])[] = [
      [{ vote: 'against' }, '/votes/0/signature'],
      [{ at: 1500 }, '/votes/0/signature'],
      [{ member: 'd'.repeat(32) }, '/votes/0/signature'],
      [{ at: 999 }, '/votes/0/at'],
      [{ at: 2001 }, '/votes/0/at'],
      [{ seat: { seat: 'ordinary', number: 3 } }, '/votes/1'],
      [{ seat: { seat: 'groups', number: 1 } }, '/votes/0/seat'],
      [{ signedBy: 'member' }, '/votes/0/signedBy'],
      [{ vote: 'maybe' }, '/votes/0/vote'],
      [{ signature: `${'A'.repeat(86)}==` }, '/votes/0/signature'],
      [{ signature: 'A'.repeat(88) }, '/votes/0/signature'],
      [{ name: 'Ann' }, '/votes/0'],
    ]
    for (const [change, path] of changed)
      expect(
        wrongIn((document) => {
          const [first, ...rest] = document['votes'] as readonly JsonObject[] // our own document
          return { ...document, votes: [{ ...first, ...change }, ...rest] }
        }),
        JSON.stringify(change),
      ).toBe(path)
  })

  test('has no seat and no member twice, whoever signed', () => {
    expect(read(rollCallText(made([line(1, 'for'), line(1, 'against')])))).toMatchObject({ error: { path: '/votes/1' } })
    const again = signRollCallVote(question, { ...line(1, 'for'), seat: seat(2), at: instant(1500) }, signer)
    expect(read(rollCallText(made([line(1, 'for'), again])))).toMatchObject({ error: { path: '/votes/1/member' } })
    expect(read(rollCallText(made([], [seat(1), seat(1)])))).toMatchObject({ error: { path: '/seats/1' } })
  })

  test('is signed by the key of this log and no other', () => {
    expect(read(rollCallText(made([line(1, 'for', question, other)])))).toMatchObject({ error: { path: '/votes/0/signature' } })
  })

  test('says truly why it closed, and did not close before it opened', () => {
    expect(wrongIn((document) => ({ ...document, closed: 'chair' }))).toBe('/closed')
    expect(wrongIn((document) => ({ ...document, votes: [] }))).toBe('/closed')
    expect(read(rollCallText({ ...made([]), closedAt: instant(999) }))).toMatchObject({ error: { path: '/closedAt' } })
  })

  test('is refused, never thrown at, when it is something else', () => {
    for (const text of ['', '[]', 'null', '{}', '{"votes": []}', ` ${rollCallText(whole)}`]) expect(read(text).kind).toBe('fail')
  })
})
