import { canonicalJson, type Instant, type Json } from '@quorate/kernel'
import {
  cosignCheckpoint,
  createTree,
  entryBytes,
  entryOf,
  leafHash,
  rootAt,
  signCheckpoint,
  signerOf,
  type BodyOf,
  type Entry,
  type EntryType,
  type Signer,
} from '@quorate/record'
import {
  decide,
  emptyState,
  evolve,
  type Act,
  type ActBody,
  type Editions,
  type Event,
  type Fact,
  type State,
} from '@quorate/rulebook'
import { createHash } from 'node:crypto'
import { dossierOf, type Dossier, type StoredEntry } from '../src/index.ts'

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex')
export const origin = 'lantern.example/record'
export const log: Signer = signerOf(origin, 1, new Uint8Array(32).fill(1))
export const witnesses: readonly Signer[] = [2, 3].map((n) =>
  signerOf(`witness${String(n)}.example`, 4, new Uint8Array(32).fill(n)),
)

/** A log being written, with the editions in force and the state of its decisions. */
export type Log = {
  readonly entries: Entry[]
  readonly documents: Record<string, string>
  now: Instant
  editions: Editions
  /** Every decision, and what outlives them. */
  state: State
  /** The text of edition 1. */
  text: string
}

export const emptyLog = (now: Instant): Log => ({
  entries: [],
  documents: {},
  now,
  editions: { byNumber: new Map(), inForce: 1 as never },
  state: emptyState,
  text: '',
})

/** Appends an entry and returns its index. */
export function append<T extends EntryType>(to: Log, type: T, decision: number | null, body: BodyOf<T>): number {
  to.entries.push(entryOf(type, to.now, decision, body))
  return to.entries.length - 1
}

/** Keeps a document and returns its fingerprint. */
export function keep(to: Log, text: string): string {
  const print = sha256Hex(text)
  to.documents[print] = text
  return print
}

const asBody = (value: unknown): never => value as never

export type Attempt = {
  readonly by: string
  readonly as: string
  readonly body: ActBody
  readonly facts?: readonly Fact[]
  readonly decision: number
}

/** Judges an act as the server would, and writes it down: permitted as `act`, else as `refusal`. */
export function attempt(to: Log, { by, as, body, facts = [], decision }: Attempt): readonly Event[] | null {
  const act = { decision, by, as, occurredAt: to.now, recordedAt: to.now, ...body } as Act
  const place = body.kind === 'movement' ? null : decision
  const answer = decide(to.editions, to.state, facts, act)
  if (answer.kind === 'refusal') {
    append(to, 'refusal', place, asBody({ refusal: answer, facts, count: 1 }))
    return null
  }
  const events = [...answer.deemed, ...answer.events]
  to.state = { ...events.reduce(evolve, to.state), recordedAt: null }
  append(to, 'act', place, asBody({ act, facts, deemed: answer.deemed, events: answer.events }))
  return events
}

/** Like {@link attempt}, for an act that must be permitted. */
export function perform(to: Log, act: Attempt): readonly Event[] {
  const events = attempt(to, act)
  if (events === null) throw new Error(`refused: ${JSON.stringify(to.entries[to.entries.length - 1]?.body['refusal'], null, 1)}`)
  return events
}

export const fact = (
  now: Instant,
  name: string,
  of: string | null,
  value: Fact['value'],
  source: Fact['source'] = 'register',
): Fact => ({
  name,
  of,
  value,
  at: now,
  knownAt: now,
  source,
  evidence: null,
})

/** Stores entries as a log does. */
export const stored = (own: readonly (Entry | Uint8Array)[]): readonly StoredEntry[] =>
  own.map((entry, index) => {
    const bytes = entry instanceof Uint8Array ? entry : entryBytes(entry)
    return { index, bytes, leaf: leafHash(bytes) }
  })

export type Signing = {
  readonly documents: Dossier['documents']
  readonly decision: number
  readonly witnesses?: readonly Signer[]
  readonly witnessedAt?: number
  /** The log's own key, where it is not that of these tests. */
  readonly by?: Signer
}

/** Signs a log of these entries, as its own operator would, and puts the dossier together. */
export function dossierFrom(
  own: readonly (Entry | Uint8Array)[],
  { documents, decision, witnesses: signers = [], witnessedAt = 1, by = log }: Signing,
): Dossier {
  const entries = stored(own)
  const size = entries.length
  const tree = createTree(entries.map(({ leaf }) => leaf))
  let checkpoint = signCheckpoint({ origin: by.key.name, size, root: rootAt(size, tree.node), extensions: [] }, by)
  for (const witness of signers) {
    const next = cosignCheckpoint(checkpoint, witness, BigInt(witnessedAt))
    if (next.kind === 'fail') throw new Error(next.error.kind)
    checkpoint = next.value
  }
  return dossierOf({ decision, logKey: by.key, witnesses: signers.map((w) => w.key), checkpoint, size, entries, documents })
}

/** An entry with one value of its body changed, at a path such as `/act/occurredAt`. */
export function withValue(entry: Entry, path: string, change: (old: Json) => Json): Entry {
  const replaced = (value: Json, keys: readonly string[]): Json => {
    const [key, ...rest] = keys
    if (key === undefined) return change(value)
    if (Array.isArray(value)) return (value as Json[]).with(Number(key), replaced(value[Number(key)] as Json, rest))
    const object = value as { readonly [key: string]: Json }
    return { ...object, [key]: replaced(object[key] as Json, rest) }
  }
  return replaced(JSON.parse(canonicalJson(entry)) as Json, path.split('/').slice(1)) as unknown as Entry
}
