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
import { leafHash, parseVerifierKey, verifierKeyText, type VerifierKey } from '@quorate/record'
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
  /** Leaf hash of every entry up to the checkpoint, in lower-case hex. */
  readonly leaves: readonly string[]
  /** SHA-256 in lower-case hex to the text that has it. */
  readonly documents: { readonly [fingerprint: string]: string }
}

const format = 'quorate/dossier/v1'

/** Puts a dossier together from a whole log: the bytes of all its entries up to the checkpoint, in order. */
export const dossierOf = (
  parts: Omit<Dossier, 'origin' | 'entries' | 'leaves'> & { readonly entries: readonly Uint8Array[] },
): Dossier => ({
  ...parts,
  origin: parts.logKey.name,
  entries: parts.entries.map((bytes, index) => ({ index, bytes: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) })),
  leaves: parts.entries.map((bytes) => toHex(leafHash(bytes))),
})

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
  const wrongLeaf = leaves.find((leaf) => typeof leaf !== 'string' || !isFingerprint(leaf))
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
    leaves: leaves as readonly string[],
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
