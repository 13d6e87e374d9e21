import {
  canonicalJson,
  fail,
  fromUtf8,
  ok,
  parseCanonicalJson,
  toHex,
  utf8,
  type Json,
  type JsonObject,
  type Result,
} from '@quorate/kernel'
import { parseEntry, parseVerifierKey, verifierKeyText, type VerifierKey } from '@quorate/record'
import { citations } from './citations.ts'
import type { Fault } from './verdict.ts'

/** One entry of the log as it stands in a dossier: its place, and its exact bytes as text. */
export type DossierEntry = { readonly index: number; readonly bytes: string }

/**
 * The one file that lets an outsider check a decision: the log up to a signed checkpoint, and the documents that its entries cite. Its text is
 * canonical JSON, so that one dossier has one spelling.
 */
export type Dossier = {
  /** The decision in question. */
  readonly decision: number
  /** The log's address, which is also its key's name. */
  readonly origin: string
  readonly logKey: VerifierKey
  /** Witnesses whose cosignatures the checkpoint carries. */
  readonly witnesses: readonly VerifierKey[]
  /** The signed note, word for word. */
  readonly checkpoint: string
  /** In ascending order. May leave some out; then the verdict can only hold in part. */
  readonly entries: readonly DossierEntry[]
  /** Leaf hash of every entry up to the checkpoint, in lower-case hex; null where the log itself has lost it. */
  readonly leaves: readonly (string | null)[]
  /** SHA-256 in lower-case hex to the text that has it. */
  readonly documents: { readonly [fingerprint: string]: string }
}

const format = 'quorate/dossier/v1'

/** An entry as a log stores it: its bytes, and the leaf hash it had when it was appended. */
export type StoredEntry = { readonly index: number; readonly bytes: Uint8Array; readonly leaf: Uint8Array }

/** What a log has of a decision. `documents` may hold more than the decision needs. */
export type DossierParts = Pick<Dossier, 'decision' | 'logKey' | 'witnesses' | 'checkpoint' | 'documents'> & {
  /** Size of the tree that the checkpoint signs. */
  readonly size: number
  /** Entries in ascending order; those from `size` on are left out. */
  readonly entries: readonly StoredEntry[]
}

/**
 * Puts a dossier together from a whole log. Leaf hashes are those stored beside the entries, not made anew: so an entry that was changed
 * after it was appended is named, and one that was deleted leaves a gap that is named.
 */
export function dossierOf({ size, entries, documents, ...head }: DossierParts): Dossier {
  const leaves = Array.from({ length: size }, (): string | null => null)
  const kept = entries.filter(({ index }) => index < size)
  for (const { index, leaf } of kept) leaves[index] = toHex(leaf)
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const names = new Set(citedDocuments(kept, head.decision))
  return {
    ...head,
    origin: head.logKey.name,
    entries: kept.map(({ index, bytes }) => ({ index, bytes: decoder.decode(bytes) })),
    leaves,
    documents: Object.fromEntries(Object.entries(documents).filter(([name]) => names.has(name))),
  }
}

/**
 * Fingerprints of the documents that belong into a dossier: every edition, and what the decision's own entries cite. Entries that cannot be
 * read cite nothing.
 */
export const citedDocuments = (entries: readonly Pick<StoredEntry, 'index' | 'bytes'>[], decision: number): readonly string[] => [
  ...new Set(
    entries.flatMap(({ index, bytes }) => {
      const entry = parseEntry(bytes)
      return entry.kind === 'ok' ? citations({ index, entry: entry.value }, decision).map(({ fingerprint }) => fingerprint) : []
    }),
  ),
]

/** The text of a dossier. */
export const dossierText = (dossier: Dossier): string =>
  canonicalJson({
    format,
    ...dossier,
    logKey: verifierKeyText(dossier.logKey),
    witnesses: dossier.witnesses.map(verifierKeyText),
  })

/** Reads a dossier of any origin. Total: what is not one is refused with the place in the file, and nothing throws. */
export function parseDossier(source: string | Uint8Array): Result<Dossier, Fault> {
  const text = typeof source === 'string' ? ok(source) : fromUtf8(source)
  if (text.kind === 'fail') return refused('not-utf-8', 'UTF-8', 'other bytes')
  const json = parseCanonicalJson(text.value)
  if (json.kind === 'fail')
    return json.error.kind === 'not JSON'
      ? refused('not-json', 'JSON', 'other text')
      : refused('not-canonical', 'canonical JSON', json.error.kind)
  return dossierFrom(json.value)
}

const refused = (code: Fault['code'], expected: string, found: string): Result<never, Fault> =>
  fail({ code, entry: null, clause: null, expected, found })
const notA = (expected: string, value: Json | undefined): Result<never, Fault> =>
  refused('not-a-dossier', expected, value === undefined ? 'nothing' : canonicalJson(value).slice(0, 80))

const fields = ['checkpoint', 'decision', 'documents', 'entries', 'format', 'leaves', 'logKey', 'origin', 'witnesses']

function dossierFrom(value: Json): Result<Dossier, Fault> {
  if (!isObject(value)) return notA('an object', value)
  if (Object.keys(value).join() !== fields.join()) return notA(`the fields ${fields.join(', ')}`, Object.keys(value).join())
  const { checkpoint, decision, documents, entries, leaves, logKey, origin, witnesses } = value
  if (value['format'] !== format) return notA(`format ${format}`, value['format'])
  if (typeof decision !== 'number' || decision < 1) return notA('a decision number', decision)
  if (typeof checkpoint !== 'string') return notA('a checkpoint', checkpoint)
  if (typeof origin !== 'string') return notA('an origin', origin)
  const log = keyFrom(logKey, 1)
  if (log.kind === 'fail') return log
  if (log.value.name !== origin) return refused('other-origin', log.value.name, origin)
  if (!isList(witnesses)) return notA('a list of witnesses', witnesses)
  const cosigners: VerifierKey[] = []
  for (const witness of witnesses) {
    const key = keyFrom(witness, 4)
    if (key.kind === 'fail') return key
    cosigners.push(key.value)
  }
  const read = entriesFrom(entries)
  if (read.kind === 'fail') return read
  if (!isList(leaves)) return notA('a list of leaf hashes', leaves)
  const wrongLeaf = leaves.find((leaf) => leaf !== null && (typeof leaf !== 'string' || !isFingerprint(leaf)))
  if (wrongLeaf !== undefined) return notA('leaf hashes in lower-case hex', wrongLeaf)
  if (!isObject(documents)) return notA('documents by SHA-256', documents)
  const wrongDocument = Object.entries(documents).find(([name, text]) => !isFingerprint(name) || typeof text !== 'string')
  if (wrongDocument !== undefined) return notA('documents by SHA-256', wrongDocument[0])
  return ok({
    decision,
    origin,
    logKey: log.value,
    witnesses: cosigners,
    checkpoint,
    entries: read.value,
    // Both were checked value by value just above.
    leaves: leaves as Dossier['leaves'],
    documents: documents as Dossier['documents'],
  })
}

function keyFrom(value: Json | undefined, type: VerifierKey['type']): Result<VerifierKey, Fault> {
  const key = parseVerifierKey(typeof value === 'string' ? value : '')
  return key.kind === 'ok' && key.value.type === type
    ? key
    : notA(type === 1 ? 'the key of a log' : 'the key of a witness', value)
}

function entriesFrom(value: Json | undefined): Result<readonly DossierEntry[], Fault> {
  if (!isList(value)) return notA('a list of entries', value)
  const entries: DossierEntry[] = []
  for (const item of value) {
    if (!isObject(item) || Object.keys(item).join() !== 'bytes,index') return notA('an entry with index and bytes', item)
    const { bytes, index } = item
    if (typeof bytes !== 'string' || typeof index !== 'number' || index < 0) return notA('an entry with index and bytes', item)
    entries.push({ index, bytes })
  }
  return ok(entries)
}

const isFingerprint = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Bytes of an entry as the log hashes them. */
export const bytesOf = (entry: DossierEntry): Uint8Array => utf8(entry.bytes)
