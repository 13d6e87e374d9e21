import { readFileSync } from 'node:fs'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { good } from '../../testing/demo-election.ts'
import { archiveEntries, archiveHeader, readArchive, writeArchive } from './archive.ts'
import { chainEvent, type ElectionEvent, emptyChain, mayFollow } from './events.ts'
import { sha256Hex } from '../hash.ts'

/** Written by Debian's belenios-tool 2.0: one mandatory trustee and 2 of 3, two questions, one of them with blank. */
const foreign = readFileSync(new URL('../../testing/vectors/belenios-tool-2.0.bel', import.meta.url))

const events: readonly ElectionEvent[] = [
  { type: 'Setup', election: '{"e":1}', trustees: '[]', credentials: '["é"]' },
  { type: 'Ballot', ballot: '{"b":1}' },
  { type: 'Ballot', ballot: '{"b":2}' },
  { type: 'EndBallots' },
  { type: 'EncryptedTally', tally: '[[]]', ballots: 2, weight: 2 },
  { type: 'PartialDecryption', owner: 1, opening: '{}' },
  { type: 'Result', result: '{"result":[[1,1]]}' },
]
const bytes = writeArchive(1795294341, events)
const faultOf = (of: Uint8Array): unknown => {
  const r = readArchive(of)
  return r.kind === 'fail' ? r.error : 'accepted'
}
const entryAt = (of: Uint8Array, n: number): { readonly start: number; readonly end: number } => {
  let start = 0
  for (let i = 0; ; i++) {
    const size = Number.parseInt(Buffer.from(of.subarray(start + 124, start + 135)).toString(), 8)
    const end = start + 512 + Math.ceil(size / 512) * 512
    if (i === n) return { start, end }
    start = end
  }
}
const without = (of: Uint8Array, n: number): Uint8Array => {
  const { start, end } = entryAt(of, n)
  return Buffer.concat([of.subarray(0, start), of.subarray(end)])
}
const swapped = (of: Uint8Array, n: number): Uint8Array => {
  const a = entryAt(of, n)
  const b = entryAt(of, n + 1)
  return Buffer.concat([of.subarray(0, a.start), of.subarray(b.start, b.end), of.subarray(a.start, a.end), of.subarray(b.end)])
}
const patched = (of: Uint8Array, at: number, value: number): Uint8Array => {
  const copy = Uint8Array.from(of)
  copy[at] = value
  return copy
}

describe('the .bel archive of format v1 (Belenios specification §4.4)', () => {
  it('is what belenios-tool writes, byte for byte', () => {
    const archive = good(readArchive(foreign))
    expect(archive.events.map(({ type }) => type).join()).toBe(
      'Setup,Ballot,Ballot,EndBallots,EncryptedTally,PartialDecryption,PartialDecryption,PartialDecryption,PartialDecryption,Result',
    )
    expect(Buffer.compare(writeArchive(archive.timestamp, archive.events), foreign)).toBe(0)
  })

  it('starts with BELENIOS and has no trailer', () => {
    const header = Buffer.from(archiveHeader(1795302479)).toString('latin1')
    expect(header.slice(0, 9)).toBe('BELENIOS\0')
    expect(header.slice(100, 157)).toBe(
      ['0000644', '0000000', '0000000', '00000000046', '15300422117', '005703', ' 0'].join('\0'),
    )
    expect(header.slice(157, 512)).toBe('\0'.repeat(355))
    expect(header.slice(512, 550)).toBe('{"version":1,"timestamp":"1795302479"}')
    expect(header.length).toBe(1024)
    expect(bytes.length % 512).toBe(0)
    expect(Buffer.from(bytes.subarray(-512)).toString('latin1').startsWith('{"result":[[1,1]]}')).toBe(false)
    expect(Buffer.from(bytes.subarray(-512)).toString('latin1')).toContain('"type":"Result"')
  })

  it('reads back what it writes, for any texts', () => {
    expect(readArchive(bytes)).toEqual({ kind: 'ok', value: { timestamp: 1795294341, events } })
    const texts = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1200 }), { minLength: 0, maxLength: 6 })
    fc.assert(
      fc.property(texts, fc.nat(2 ** 31), (ballots, timestamp) => {
        const some = [events[0] as ElectionEvent, ...ballots.map((ballot): ElectionEvent => ({ type: 'Ballot', ballot }))]
        expect(readArchive(writeArchive(timestamp, some))).toEqual({ kind: 'ok', value: { timestamp, events: some } })
      }),
      { numRuns: 30 },
    )
  })

  it('only grows: an earlier archive is a prefix of a later one', () => {
    for (let n = 0; n <= events.length; n++) {
      const earlier = writeArchive(1795294341, events.slice(0, n))
      expect(Buffer.compare(bytes.subarray(0, earlier.length), earlier)).toBe(0)
      expect(readArchive(earlier).kind).toBe('ok')
    }
  })

  it('can be appended to one event at a time', () => {
    let chain = emptyChain
    const parts: Uint8Array[] = [archiveHeader(7)]
    for (const event of events) {
      const chained = chainEvent(chain, event)
      parts.push(archiveEntries(chained, 7))
      chain = chained.chain
    }
    expect(Buffer.compare(Buffer.concat(parts), writeArchive(7, events))).toBe(0)
  })

  it('links every event to the one before', () => {
    const first = chainEvent(emptyChain, events[0] as ElectionEvent)
    expect(JSON.parse(first.event)).toEqual({ height: 0, type: 'Setup', payload: sha256Hex(first.data[3] ?? '') })
    const second = chainEvent(first.chain, { type: 'EndBallots' })
    expect(second.event).toBe(`{"parent":"${sha256Hex(first.event)}","height":1,"type":"EndBallots"}`)
  })

  it.each<[string, () => Uint8Array, unknown]>([
    ['nothing', () => new Uint8Array(0), { kind: 'not an archive' }],
    ['something else', () => Buffer.from('PK\u0003\u0004'.repeat(400)), { kind: 'not an archive' }],
    ['another timestamp in the header', () => patched(bytes, 146, 0x36), { kind: 'not an archive' }],
    ['another version', () => patched(bytes, 512 + 11, 0x32), { kind: 'not an archive' }],
    ['the mode of an entry', () => patched(bytes, 1024 + 106, 0x35), { kind: 'not as its events give it', at: 1024, event: 0 }],
    ['the owner of an entry', () => patched(bytes, 1024 + 114, 0x31), { kind: 'not as its events give it', at: 1024, event: 0 }],
    ['the time of an entry', () => patched(bytes, 1024 + 146, 0x31), { kind: 'not as its events give it', at: 1024, event: 0 }],
    [
      'the checksum of an entry',
      () => patched(bytes, 1024 + 153, 0x31),
      { kind: 'not as its events give it', at: 1024, event: 0 },
    ],
    ['a byte of padding', () => patched(bytes, 1024 + 512 + 400, 1), { kind: 'not as its events give it', at: 1024, event: 0 }],
    ['a byte of content', () => patched(bytes, 1024 + 512 + 5, 0x32), { kind: 'name is not its hash', at: 1024 }],
    ['a digit of a name', () => patched(bytes, 1024, 0x78), { kind: 'name is not its hash', at: 1024 }],
    ['content that is not UTF-8', () => patched(bytes, 1024 + 512 + 5, 0xff), { kind: 'entry unreadable', at: 1024 }],
    ['a size that is not octal', () => patched(bytes, 1024 + 130, 0x39), { kind: 'entry unreadable', at: 1024 }],
    ['a size beyond the end', () => patched(bytes, 1024 + 124, 0x37), { kind: 'entry unreadable', at: 1024 }],
    [
      'half a block less',
      () => bytes.subarray(0, bytes.length - 100),
      { kind: 'entry unreadable', at: entryAt(bytes, 18).start },
    ],
    ['a zero trailer', () => Buffer.concat([bytes, new Uint8Array(1024)]), { kind: 'entry unreadable', at: bytes.length }],
    ['entries of the set-up swapped', () => swapped(bytes, 1), { kind: 'not as its events give it', at: 1024, event: 0 }],
    ['a payload dropped', () => without(bytes, 6), { kind: 'event', event: 1, fault: { kind: 'payload missing' } }],
    [
      'a ballot dropped',
      () => without(without(bytes, 6), 6),
      { kind: 'event', event: 1, fault: { kind: 'wrong height', expected: 1 } },
    ],
    [
      'two ballots swapped',
      () =>
        Buffer.concat([
          bytes.subarray(0, entryAt(bytes, 6).start),
          bytes.subarray(entryAt(bytes, 8).start, entryAt(bytes, 9).end),
          bytes.subarray(entryAt(bytes, 6).start, entryAt(bytes, 7).end),
        ]),
      { kind: 'event', event: 1, fault: { kind: 'wrong height', expected: 1 } },
    ],
    [
      'texts that no event names',
      () =>
        Buffer.concat([
          bytes.subarray(0, entryAt(bytes, 6).start),
          bytes.subarray(entryAt(bytes, 1).start, entryAt(bytes, 1).end),
          bytes.subarray(entryAt(bytes, 6).start),
        ]),
      { kind: 'not as its events give it', at: entryAt(bytes, 6).start, event: 1 },
    ],
    [
      'texts and no event after them',
      () => bytes.subarray(0, entryAt(bytes, 6).end),
      { kind: 'unfinished event', at: entryAt(bytes, 6).start, event: 1 },
    ],
  ])('with a difference is refused by name: %s', (_what, change, fault) => {
    expect(faultOf(change())).toEqual(fault)
  })

  it('refuses an event that names another parent', () => {
    const first = chainEvent(emptyChain, events[0] as ElectionEvent)
    const elsewhere = chainEvent({ height: 1, parent: sha256Hex('elsewhere') }, events[1] as ElectionEvent)
    const forged = Buffer.concat([archiveHeader(7), archiveEntries(first, 7), archiveEntries(elsewhere, 7)])
    expect(faultOf(forged)).toEqual({ kind: 'event', event: 1, fault: { kind: 'wrong parent' } })
  })

  it.each([
    ['no payload', '{"height":0,"type":"Setup"}', 'event malformed'],
    ['a payload where none belongs', `{"height":0,"type":"EndBallots","payload":"${sha256Hex('x')}"}`, 'event malformed'],
    ['a parent first', `{"parent":"${sha256Hex('x')}","height":0,"type":"Setup","payload":"${sha256Hex('x')}"}`, 'wrong parent'],
    ['an unknown type', `{"height":0,"type":"Recount","payload":"${sha256Hex('x')}"}`, 'event malformed'],
    ['a set-up that is none', `{"height":0,"type":"Setup","payload":"${sha256Hex('x')}"}`, 'payload malformed'],
    ['a blank', `{"height":0, "type":"Setup","payload":"${sha256Hex('x')}"}`, 'event malformed'],
  ])('refuses an event with %s', (_what, event, kind) => {
    const forged = Buffer.concat([archiveHeader(7), archiveEntries({ data: ['x'], event, chain: emptyChain }, 7)])
    expect(faultOf(forged)).toEqual({ kind: 'event', event: 0, fault: { kind } })
  })

  it('knows the order of events', () => {
    const order = events.map(({ type }) => type)
    for (const [i, type] of order.entries()) expect(mayFollow(order[i - 1], type)).toBe(true)
    expect(mayFollow('EndBallots', 'Ballot')).toBe(false)
    expect(mayFollow('Setup', 'Setup')).toBe(false)
    expect(mayFollow('Result', 'PartialDecryption')).toBe(false)
    expect(mayFollow('EncryptedTally', 'Result')).toBe(false)
    expect(mayFollow('Ballot', 'EncryptedTally')).toBe(false)
  })
})
