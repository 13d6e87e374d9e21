// A roll-call signed on members' devices holds by itself or names its first fault, and a receipt shows whether its line is in.
import { canonicalJson, instant, parseCanonicalJson, toBase64, toHex, type Json, type JsonObject } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  countersignRollCallLine,
  deviceLineText,
  deviceStatementText,
  holdsLine,
  isDeviceSigned,
  looksLikeRollCallReceipt,
  readRollCall,
  readRollCallReceipt,
  rollCallFigures,
  rollCallReceiptText,
  rollCallText,
  signedRollCallText,
  signerOf,
  signRollCallVote,
  type RollCallLine,
  type SignedRollCall,
} from './index.ts'
import { signText } from './key.ts'

const origin = 'lantern.example/record'
const signer = signerOf(origin, 1, new Uint8Array(32).fill(7))
const stranger = signerOf(origin, 1, new Uint8Array(32).fill(8))
const phone = signerOf('device', 1, new Uint8Array(32).fill(9))
const laptop = signerOf('device', 1, new Uint8Array(32).fill(10))
const question = { id: '1'.repeat(32), body: 'committee', power: 'endorse', question: 'a'.repeat(64) }
const seat = (number: number) => ({ seat: 'ordinary', number })
type Said = {
  readonly vote?: RollCallLine['vote']
  readonly seq?: number
  readonly at?: number
  readonly by?: 'service' | 'secretary' | typeof phone
  readonly about?: typeof question
  readonly over?: string
  readonly member?: string
}

/** A line as the service takes it. `over`: the text that the device signed instead of its own line. */
function line(number: number, said: Said = {}): RollCallLine {
  const { vote = 'for', seq = 1, at = 1000 + seq, by = phone, about = question, member = String(number).padStart(32, 'c') } = said
  const device =
    typeof by === 'string'
      ? null
      : (() => {
          const key = toHex(by.key.publicKey)
          const text = said.over ?? deviceLineText(origin, about, { seat: seat(number), vote, seq, key })
          return { key, signature: toBase64(signText(by, text, 0n)) }
        })()
  const unsigned = { seat: seat(number), member, vote, at: instant(at), seq, device }
  return countersignRollCallLine(about, { ...unsigned, signedBy: typeof by === 'string' ? by : 'device' }, signer)
}
const times = { openedAt: instant(1000), closedAt: instant(2000) }
const made = (votes: readonly RollCallLine[], seats = [1, 2, 10].map(seat)): Omit<SignedRollCall, 'format'> => ({
  ...question,
  ...times,
  closed: new Set(votes.map((vote) => vote.seat.number)).size === seats.length ? 'all' : 'chair',
  seats,
  votes,
})
const whole = made([
  line(10, { by: 'secretary', vote: 'abstain' }),
  line(2, { by: 'service', vote: 'against' }),
  line(1, { seq: 2, vote: 'against', by: laptop }),
  line(1),
])
const read = (text: string) => readRollCall(text, signer.key)
const pathIn = (votes: readonly RollCallLine[]): unknown => {
  const answer = read(signedRollCallText(made(votes)))
  return answer.kind === 'ok' ? null : answer.error.path
}
/** The first fault when a field of the document is another. */
const wrongIn = (change: (document: JsonObject) => Json): unknown => {
  const json = parseCanonicalJson(signedRollCallText(whole))
  if (json.kind === 'fail') throw new Error(json.error.kind)
  const checked = read(canonicalJson(change(json.value as JsonObject))) // our own document
  return checked.kind === 'fail' ? checked.error.path : null
}

describe('a roll-call of lines by device, service and secretary', () => {
  test('keeps every line and counts the last of each seat', () => {
    const answer = read(signedRollCallText(whole))
    if (answer.kind === 'fail') throw new Error(JSON.stringify(answer.error))
    expect(answer.value.version).toBe(2)
    expect(answer.value.votes.map((one) => [one.seat.number, one.seq])).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
      [10, 1],
    ])
    expect(answer.value.counted.map((one) => [one.vote, one.signedBy])).toEqual([
      ['against', 'device'],
      ['against', 'service'],
      ['abstain', 'secretary'],
    ])
    expect(rollCallFigures({ votes: answer.value.counted })).toEqual({ for: 0, against: 2, abstain: 1, present: 3 })
  })

  test('of the first version is read as lines of the service', () => {
    const vote = signRollCallVote(question, { seat: seat(1), member: 'c'.repeat(32), vote: 'for', at: instant(1001) }, signer)
    const first = rollCallText({ ...question, ...times, closed: 'chair', seats: [seat(1), seat(2)], votes: [vote] })
    expect(read(first)).toMatchObject({ value: { version: 1, counted: [{ seq: 1, signedBy: 'service', device: null }] } })
    expect(read(first.replace('rollcall/v1', 'rollcall/v3')).kind).toBe('fail')
    expect(read(first.replace('"against"', '"for"').replace('"vote":"for"', '"vote":"against"'))).toMatchObject({
      error: { path: '/votes/0/signature' },
    })
  })

  test('cannot be of another body, power, text or roll-call', () => {
    for (const change of [{ body: 'panel' }, { power: 'exclude' }, { question: 'b'.repeat(64) }, { id: '2'.repeat(32) }])
      expect(wrongIn((document) => ({ ...document, ...change }))).toBe('/votes/0/device/signature')
  })

  test('cannot have one field of one line changed, not even by the service when a device signed it', () => {
    const changed: readonly (readonly [Partial<RollCallLine>, string])[] = [
      [{ vote: 'abstain' }, '/votes/0/device/signature'],
      [{ seat: seat(2) }, '/votes/0/device/signature'],
      [{ seq: 2 }, '/votes/0/seq'],
      [{ signedBy: 'service' }, '/votes/0/device'],
      [{ device: null }, '/votes/0/device'],
      [{ at: instant(1000) }, '/votes/0/signature'],
      [{ at: instant(999) }, '/votes/0/at'],
      [{ at: instant(2001) }, '/votes/0/at'],
      [{ member: 'd'.repeat(32) }, '/votes/0/signature'],
      [{ signature: `${'A'.repeat(86)}==` }, '/votes/0/signature'],
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

  test('shows a key that was swapped, and a line that the device signed for something else, though the service countersigned', () => {
    const key = toHex(phone.key.publicKey)
    const own = { seat: seat(1), vote: 'for', seq: 1, key } as const
    const { device, ...rest } = line(1)
    const swapped = { key: toHex(laptop.key.publicKey), signature: device?.signature ?? '' }
    expect(pathIn([countersignRollCallLine(question, { ...rest, device: swapped }, signer)])).toBe('/votes/0/device/signature')
    const elsewhere = [
      deviceLineText(origin, { ...question, question: 'b'.repeat(64) }, own),
      deviceLineText(origin, { ...question, id: '2'.repeat(32) }, own),
      deviceLineText('rival.example/record', question, own),
      deviceLineText(origin, question, { ...own, seq: 2 }),
      deviceLineText(origin, question, { ...own, vote: 'against' }),
      deviceLineText(origin, question, { ...own, seat: seat(2) }),
    ]
    for (const over of elsewhere) expect(pathIn([line(1, { over })]), over).toBe('/votes/0/device/signature')
    expect(pathIn([line(1, { over: deviceLineText(origin, question, own) })])).toBeNull()
  })

  test('has no gap, no repetition and no step back among the lines of a seat', () => {
    expect(pathIn([line(1), line(1, { seq: 3 })])).toBe('/votes/1/seq')
    expect(pathIn([line(1), line(1)])).toBe('/votes/1/seq')
    expect(pathIn([line(1, { seq: 2 })])).toBe('/votes/0/seq')
    expect(pathIn([line(1, { at: 1500 }), line(1, { seq: 2, at: 1499 })])).toBe('/votes/1/at')
  })

  test('lets no line of a device give way to one it did not sign, and none of the service to another of the service', () => {
    const near = new Map<unknown, number>([
      ['secretary', 0],
      ['service', 1],
      [phone, 2],
      [laptop, 2],
    ])
    for (const by of ['secretary', 'service', phone, laptop] as const)
      for (const then of ['secretary', 'service', phone, laptop] as const) {
        const may = (near.get(then) ?? 0) >= (near.get(by) ?? 0) && !(by === 'service' && then === 'service')
        expect(pathIn([line(1, { by }), line(1, { by: then, seq: 2 })])).toBe(may ? null : '/votes/1/signedBy')
      }
  })

  test('has no member in two seats, and one in each', () => {
    expect(pathIn([line(1), line(1, { seq: 2, member: 'd'.repeat(32) })])).toBe('/votes/1/member')
    expect(pathIn([line(1), line(2, { member: line(1).member })])).toBe('/votes/1/member')
  })

  test('is signed by the key of this log, whatever the device says', () => {
    expect(readRollCall(signedRollCallText(whole), stranger.key)).toMatchObject({ error: { path: '/votes/0/signature' } })
  })

  test('says truly why it closed, in order of seats', () => {
    expect(wrongIn((document) => ({ ...document, closed: 'chair' }))).toBe('/closed')
    expect(wrongIn((document) => ({ ...document, closedAt: 1500, openedAt: 1501 }))).toBe('/votes/0/at')
    expect(read(signedRollCallText({ ...made([]), closedAt: instant(999) }))).toMatchObject({ error: { path: '/closedAt' } })
    expect(read(signedRollCallText(made([], [seat(1), seat(1)])))).toMatchObject({ error: { path: '/seats/1' } })
    expect(pathIn([line(3)])).toBe('/votes/0/seat')
  })

  test('is refused, never thrown at, when it is something else', () => {
    for (const text of ['', '[]', 'null', '{"format":"quorate/rollcall/v2"}', ` ${signedRollCallText(whole)}`])
      expect(read(text).kind).toBe('fail')
    const text = signedRollCallText(whole)
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 2 }), (at, put) => {
        const changed = text.slice(0, at) + put + text.slice(at + 1)
        return changed === text || read(changed).kind === 'fail'
      }),
      { numRuns: 40 },
    )
  })
})

describe('the receipt of a line', () => {
  const own = line(1)
  const receipt = rollCallReceiptText(origin, question, own)

  test('is found in the roll-call that holds the line, replaced or not, and in no other', () => {
    const kept = readRollCallReceipt(`${receipt}\n`, signer.key)
    const rollCall = read(signedRollCallText(whole))
    const without = read(signedRollCallText(made([line(2)])))
    if (kept.kind === 'fail' || rollCall.kind === 'fail' || without.kind === 'fail') throw new Error('all of them hold')
    expect(looksLikeRollCallReceipt(receipt)).toBe(true)
    expect(holdsLine(rollCall.value, kept.value)).toBe(true)
    expect(holdsLine(without.value, kept.value)).toBe(false)
    expect(holdsLine({ ...rollCall.value, id: '2'.repeat(32) }, kept.value)).toBe(false)
  })

  test('is worth nothing without the signature of this log', () => {
    expect(readRollCallReceipt(receipt, stranger.key)).toMatchObject({ error: { path: '/line/signature' } })
    expect(readRollCallReceipt(receipt.replace('"vote":"for"', '"vote":"abstain"'), signer.key)).toMatchObject({
      error: { path: '/line/device/signature' },
    })
    expect(readRollCallReceipt(receipt.replace(origin, 'rival.example/record'), signer.key)).toMatchObject({
      error: { path: '/origin' },
    })
    for (const text of ['', '{}', 'my vote', `${receipt}}`]) expect(readRollCallReceipt(text, signer.key).kind).toBe('fail')
    expect(looksLikeRollCallReceipt('{"format":"quorate/dossier/v1"}')).toBe(false)
  })
})

describe('the statement of a device', () => {
  const statement = {
    ...{ origin, body: 'committee', seat: seat(1), key: toHex(phone.key.publicKey) },
    change: 'registered' as const,
  }
  const text = deviceStatementText(statement)
  const signature = toBase64(signText(phone, text, 0n))

  test('is by its own key, about this seat, this body, this log and this change', () => {
    expect(isDeviceSigned(statement.key, text, signature)).toBe(true)
    for (const other of [
      { ...statement, origin: 'rival.example/record' },
      { ...statement, change: 'ended' as const },
      { ...statement, body: 'panel' },
      { ...statement, seat: seat(2) },
    ])
      expect(isDeviceSigned(statement.key, deviceStatementText(other), signature)).toBe(false)
    expect(isDeviceSigned(toHex(laptop.key.publicKey), text, signature)).toBe(false)
  })

  test('is false, never thrown at, for a key or signature that is none, and for a point of small order', () => {
    for (const key of ['', 'x'.repeat(64), 'f'.repeat(64), '0'.repeat(64), `01${'0'.repeat(62)}`])
      for (const other of [signature, '', `${'A'.repeat(86)}==`, `AQ${'A'.repeat(84)}==`])
        expect(isDeviceSigned(key, text, other)).toBe(false)
  })
})
