import {
  assert,
  canonicalJson,
  fail,
  fromUtf8,
  ok,
  parseCanonicalJson,
  utf8,
  type Instant,
  type JsonFault,
  type JsonObject,
  type Result,
} from '@quorate/kernel'
import { bodies, entryShape, type BodyOf } from './bodies.ts'
import { fits, type Shape } from './shape.ts'
import { entryBytesMax } from './tiles.ts'

/**
 * The catalogue of what may stand on the record. Each type has a schema for its body under `docs/spec/`; none has a field for a name, an
 * address, an e-mail or a choice, and a test proves it.
 */
export type EntryType =
  /** First entry: origin, movement, software, whether this is demonstration data, whether the registrar runs in single-operator mode. */
  | 'opened'
  /** A ratified edition: number, fingerprints of its text and of its operative words, decision that enacted it (null at genesis). */
  | 'edition'
  /** A role granted or ended: office, holder's fingerprint, instant. */
  | 'role'
  /** A permitted act on a decision: act, facts, deemed events, events. */
  | 'act'
  /** An act that the rules refuse, on a reserved power; same person and power fold into one entry with a count. */
  | 'refusal'
  /** Result of a mailing: served, failed, channels, fingerprint of the list. */
  | 'delivery'
  /** A frozen roll: electorate@edition, size, root, fingerprint of the list of leaf hashes. */
  | 'roll'
  /** A step of the key ceremony by one trustee: step, trustee index, fingerprint of the message. */
  | 'ceremony'
  /** Set-up of a ballot: fingerprints of election, trustees, voting keys, bind list and booth. */
  | 'setup'
  /** One ballot: its exact bytes, its cast statement, its ballot code. Cited by the `act` of casting it is part of. */
  | 'ballot'
  /** End of voting and the encrypted tally. */
  | 'box-closed'
  /** A locked ballot that was opened to test a device: voting key, digest. It can never be cast. */
  | 'tested'
  /** One trustee's shuffle of the papers of a list question: index, fingerprint of the proven shuffle. */
  | 'shuffle'
  /** One trustee's opening: index, partial decryption, companion proof. */
  | 'opening'
  /** The opened result. */
  | 'result'
  /** Something somebody wrote was taken down, or somebody's membership was: rule, officer, ground, SHA-256 of it, until when one may appeal. */
  | 'removal'
  /** People were erased from the register: who did it, how many. */
  | 'erasure'
  /** Personal data went out: who asked, with whom, what for, of how many people. */
  | 'export'
  /** Contact details were changed: how many, of how many people, the most by one other person, how many of people on a frozen roll. */
  | 'contacts'
  /** A device was registered to sign roll-calls for a seat, or was ended: body, seat, public key, signature by that key. */
  | 'device'
  /** The clock of the demonstration was moved. Never outside demonstration data. */
  | 'demo-clock'

/** One leaf of the log. Its bytes are its canonical JSON in UTF-8, at most 65,535 of them; larger documents go in by fingerprint. */
export type Entry = {
  readonly v: 1
  readonly type: EntryType
  /** When it was written, by the database's clock. Never earlier than the entry before. */
  readonly at: Instant
  /** The decision it belongs to, or null. */
  readonly decision: number | null
  readonly body: JsonObject
}

/** All types of the catalogue. The assignment fails to compile when the table of bodies and the union above differ. */
export const entryTypes: readonly EntryType[] = Object.keys(
  bodies satisfies { readonly [T in EntryType]: unknown },
) as EntryType[]

const anyEntry: Shape<unknown> = {
  kind: 'variant',
  by: 'type',
  cases: Object.fromEntries(entryTypes.map((type) => [type, entryShape(type)])),
}

/** Why bytes are not an entry. A log refuses to append them; a reader treats the log as damaged. */
export type EntryFault =
  | { readonly kind: 'longer than 65,535 bytes' }
  | { readonly kind: 'not UTF-8' }
  | JsonFault
  | { readonly kind: 'not of its type'; readonly path: string; readonly expected: string }

/** The bytes of an entry, or why it may not stand on the record: for entries that hold what somebody sent in, such as a ballot. */
export function encodeEntry(entry: Entry): Result<Uint8Array, EntryFault> {
  const shaped = fits(anyEntry, entry)
  if (shaped.kind === 'fail') return fail({ kind: 'not of its type', ...shaped.error })
  const bytes = utf8(canonicalJson(entry))
  return bytes.length > entryBytesMax ? fail({ kind: 'longer than 65,535 bytes' }) : ok(bytes)
}

/** The bytes of an entry we made ourselves: what is hashed, stored and published. That it does not fit is a bug. */
export function entryBytes(entry: Entry): Uint8Array {
  const bytes = encodeEntry(entry)
  assert(bytes.kind === 'ok', `an entry fits its type: ${bytes.kind === 'fail' ? JSON.stringify(bytes.error) : ''}`)
  return bytes.value
}

/** Makes an entry with its body type-checked. */
export const entryOf = <T extends EntryType>(type: T, at: Instant, decision: number | null, body: BodyOf<T>): Entry => ({
  v: 1,
  type,
  at,
  decision,
  // Every value a shape stands for is plain JSON.
  body: body,
})

/** Reads an entry: canonical JSON only, a type of the catalogue, and a body of exactly the fields of that type. */
export function parseEntry(bytes: Uint8Array): Result<Entry, EntryFault> {
  if (bytes.length > entryBytesMax) return fail({ kind: 'longer than 65,535 bytes' })
  const source = fromUtf8(bytes)
  if (source.kind === 'fail') return fail({ kind: source.error })
  const value = parseCanonicalJson(source.value)
  if (value.kind === 'fail') return value
  const shaped = fits(anyEntry, value.value)
  if (shaped.kind === 'fail') return fail({ kind: 'not of its type', ...shaped.error })
  // The shape has checked every field of every type.
  return ok(shaped.value as Entry)
}

/** The body with its exact type when the entry is of this type, else null. Only for entries that {@link parseEntry} or {@link entryOf} gave. */
export const bodyOf = <T extends EntryType>(entry: Entry, type: T): BodyOf<T> | null =>
  entry.type === type ? (entry.body as unknown as BodyOf<T>) : null
