import { assert, concatBytes, equalBytes, fail, fromUtf8, ok, type Result, utf8 } from '@quorate/kernel'

import {
  type Chain,
  chainEvent,
  type ChainedEvent,
  type ElectionEvent,
  emptyChain,
  type EventFault,
  readEvent,
} from './events.ts'
import { sha256Hex } from '../hash.ts'
import { literal, parseWire, record, textLike, wireText } from '../wire.ts'

const blockSize = 512
/** Eleven octal digits. */
const sizeMax = 8 ** 11 - 1

/** Seconds since 1970 at which the election was set up: the time of every entry. */
export type ArchiveTimestamp = number

const padded = (length: number): number => Math.ceil(length / blockSize) * blockSize
const octal = (n: number, digits: number): string => n.toString(8).padStart(digits, '0')

/**
 * One entry of a version-7 tar without magic: name, mode 0644, owner and group 0, size and time in eleven octal digits, and the sum of
 * all header bytes counting its own place as blanks; then the content, filled up with zeros to 512 bytes.
 */
function tarEntry(name: string, content: Uint8Array, timestamp: ArchiveTimestamp): Uint8Array<ArrayBuffer> {
  assert(content.length <= sizeMax && timestamp >= 0 && timestamp <= sizeMax && name.length < 100, 'an entry fits its header')
  const out = new Uint8Array(blockSize + padded(content.length))
  const put = (at: number, text: string): void => {
    out.set(utf8(text), at)
  }
  put(0, name)
  put(100, '0000644')
  put(108, '0000000')
  put(116, '0000000')
  put(124, octal(content.length, 11))
  put(136, octal(timestamp, 11))
  put(148, ' '.repeat(8))
  put(156, '0')
  const checksum = out.subarray(0, blockSize).reduce((sum, byte) => sum + byte, 0)
  put(148, `${octal(checksum, 6)}\0 `)
  out.set(content, blockSize)
  return out
}

/** The start of every archive: format version and time of set-up, before any event. */
export const archiveHeader = (timestamp: ArchiveTimestamp): Uint8Array<ArrayBuffer> =>
  tarEntry('BELENIOS', utf8(wireText({ version: 1, timestamp: String(timestamp) })), timestamp)

/** What one chained event adds to the archive: its texts, then itself, each named by its hash. */
export function archiveEntries({ data, event }: ChainedEvent, timestamp: ArchiveTimestamp): Uint8Array<ArrayBuffer> {
  const entry = (text: string, extension: 'data' | 'event'): Uint8Array =>
    tarEntry(`${sha256Hex(text)}.${extension}.json`, utf8(text), timestamp)
  return concatBytes(...data.map((text) => entry(text, 'data')), entry(event, 'event'))
}

/**
 * The `.bel` archive of an election so far: a function of its events, append-only, without a trailer, so that an archive of an earlier
 * time is a prefix of every later one. For long elections append {@link archiveEntries} one event at a time instead.
 */
export function writeArchive(timestamp: ArchiveTimestamp, events: readonly ElectionEvent[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [archiveHeader(timestamp)]
  let chain = emptyChain
  for (const event of events) {
    const chained = chainEvent(chain, event)
    parts.push(archiveEntries(chained, timestamp))
    chain = chained.chain
  }
  return concatBytes(...parts)
}

/** An archive that is byte for byte what its events give. */
export type Archive = { readonly timestamp: ArchiveTimestamp; readonly events: readonly ElectionEvent[] }

/** Why bytes are not an archive. `at`: offset of the entry in bytes; `event`: its height, or the height it should have. */
export type ArchiveFault =
  | { readonly kind: 'not an archive' }
  | { readonly kind: 'entry unreadable' | 'name is not its hash'; readonly at: number }
  /** Another header, another order, an entry twice or one that no event names: the same events give other bytes. */
  | { readonly kind: 'not as its events give it'; readonly at: number; readonly event: number }
  /** It ends in texts that no event names. */
  | { readonly kind: 'unfinished event'; readonly at: number; readonly event: number }
  | { readonly kind: 'event'; readonly event: number; readonly fault: EventFault }

type Entry = { readonly name: string; readonly text: string; readonly end: number }

/** Reads an entry loosely; that its bytes are the only right ones is shown by writing it again. */
function readEntry(bytes: Uint8Array, at: number): Entry | undefined {
  const header = fromUtf8(bytes.subarray(at, at + blockSize))
  if (header.kind === 'fail' || at + blockSize > bytes.length) return undefined
  const name = /^[A-Za-z0-9.]{1,99}(?=\0)/.exec(header.value)?.[0]
  const sizeText = header.value.slice(124, 135)
  if (name === undefined || !/^[0-7]{11}$/.test(sizeText)) return undefined
  const size = Number.parseInt(sizeText, 8)
  const start = at + blockSize
  const end = start + padded(size)
  if (end > bytes.length) return undefined
  const content = fromUtf8(bytes.subarray(start, start + size))
  return content.kind === 'fail' ? undefined : { name, text: content.value, end }
}

const headerShape = record(['version', 'timestamp'], { version: literal(1), timestamp: textLike(/^(?:0|[1-9][0-9]{0,9})$/) })

function readHeader(bytes: Uint8Array): { readonly timestamp: number; readonly end: number } | undefined {
  const entry = readEntry(bytes, 0)
  const header = entry?.name === 'BELENIOS' ? parseWire(headerShape, entry.text) : undefined
  if (entry === undefined || header === undefined || header.kind === 'fail') return undefined
  const timestamp = Number(header.value.timestamp)
  if (timestamp > sizeMax) return undefined
  return equalBytes(bytes.subarray(0, entry.end), archiveHeader(timestamp)) ? { timestamp, end: entry.end } : undefined
}

type ReadEvent = { readonly event: ElectionEvent; readonly end: number; readonly chain: Chain }

/** Reads the entries of one event from `start` and checks that they are exactly what the event gives. */
function readArchivedEvent(bytes: Uint8Array, start: number, chain: Chain, timestamp: number): Result<ReadEvent, ArchiveFault> {
  const stored = new Map<string, string>()
  for (let at = start; at < bytes.length;) {
    const entry = readEntry(bytes, at)
    if (entry === undefined) return fail({ kind: 'entry unreadable', at })
    const hash = sha256Hex(entry.text)
    if (entry.name === `${hash}.event.json`) {
      const event = readEvent(chain, entry.text, stored)
      if (event.kind === 'fail') return fail({ kind: 'event', event: chain.height, fault: event.error })
      const chained = chainEvent(chain, event.value)
      if (!equalBytes(bytes.subarray(start, entry.end), archiveEntries(chained, timestamp)))
        return fail({ kind: 'not as its events give it', at: start, event: chain.height })
      return ok({ event: event.value, end: entry.end, chain: chained.chain })
    }
    if (entry.name !== `${hash}.data.json`) return fail({ kind: 'name is not its hash', at })
    stored.set(hash, entry.text)
    at = entry.end
  }
  return fail({ kind: 'unfinished event', at: start, event: chain.height })
}

/**
 * Reads an archive strictly: every event is written again and must give the very bytes. Whether the election in it is valid is for
 * `verifyElection`.
 */
export function readArchive(bytes: Uint8Array): Result<Archive, ArchiveFault> {
  const header = readHeader(bytes)
  if (header === undefined) return fail({ kind: 'not an archive' })
  const events: ElectionEvent[] = []
  let chain = emptyChain
  for (let at = header.end; at < bytes.length;) {
    const read = readArchivedEvent(bytes, at, chain, header.timestamp)
    if (read.kind === 'fail') return read
    events.push(read.value.event)
    chain = read.value.chain
    at = read.value.end
  }
  return ok({ timestamp: header.timestamp, events })
}
