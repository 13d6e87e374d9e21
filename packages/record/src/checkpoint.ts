import { assert, fail, fromBase64, ok, toBase64, type Result } from '@quorate/kernel'
import type { Signer, VerifierKey } from './key.ts'
import type { Hash } from './merkle.ts'
import { addSignature, noteText, openNote, parseNote, signNote, type NoteFault } from './note.ts'

/** A tree head: whose log, how many leaves, which root. Extension lines are read, kept and never written by us. */
export type Checkpoint = {
  readonly origin: string
  readonly size: number
  readonly root: Hash
  readonly extensions: readonly string[]
}

/** Why a text is not a checkpoint, or not one to believe. */
export type CheckpointFault =
  | NoteFault
  | { readonly kind: 'malformed checkpoint'; readonly line: number }
  | { readonly kind: 'another origin'; readonly found: string }
  | { readonly kind: 'not signed by the log' }
  | { readonly kind: 'too few witnesses'; readonly found: number; readonly required: number }

/** The three lines a log signs. Source: c2sp.org/tlog-checkpoint, Note text. */
export function checkpointText(checkpoint: Checkpoint): string {
  const { origin, size, root, extensions } = checkpoint
  assert(
    origin !== '' && Number.isSafeInteger(size) && size >= 0 && root.length === 32,
    'a checkpoint has an origin, a size and a root',
  )
  return [origin, String(size), toBase64(root), ...extensions].map((line) => `${line}\n`).join('')
}

/** A number as logs write it: decimal, no leading zeros, at most 2^53 − 1. */
export function parseSize(source: string): number | null {
  const n = /^(?:0|[1-9]\d{0,15})$/.test(source) ? Number(source) : Number.NaN
  return Number.isSafeInteger(n) ? n : null
}

/** A hash as logs write it: canonical base64 of 32 bytes. */
export function parseHash(source: string): Hash | null {
  const bytes = fromBase64(source)
  return bytes.kind === 'ok' && bytes.value.length === 32 ? bytes.value : null
}

/** Reads a checkpoint's text, canonical spellings only. */
export function parseCheckpointText(source: string): Result<Checkpoint, CheckpointFault> {
  const lines = source.split('\n')
  if (lines.pop() !== '') return fail({ kind: 'malformed checkpoint', line: lines.length })
  const [origin = '', sizeLine = '', rootLine = '', ...extensions] = lines
  const size = parseSize(sizeLine)
  const root = parseHash(rootLine)
  if (origin === '') return fail({ kind: 'malformed checkpoint', line: 0 })
  if (size === null) return fail({ kind: 'malformed checkpoint', line: 1 })
  if (root === null) return fail({ kind: 'malformed checkpoint', line: 2 })
  const empty = extensions.indexOf('')
  if (empty >= 0) return fail({ kind: 'malformed checkpoint', line: 3 + empty })
  return ok({ origin, size, root, extensions })
}

/** A checkpoint signed by its log: the content of the file `checkpoint`. */
export const signCheckpoint = (checkpoint: Checkpoint, log: Signer): string => noteText(signNote(checkpointText(checkpoint), log))

/**
 * The checkpoint with a witness's cosignature. It says "at this time this was the largest consistent tree I have seen of this log", so the
 * caller must have checked the log's signature and a consistency proof first.
 */
export function cosignCheckpoint(source: string, witness: Signer, seconds: bigint): Result<string, NoteFault> {
  const note = parseNote(source)
  return note.kind === 'fail' ? note : ok(noteText(addSignature(note.value, witness, seconds)))
}

/** Whom to believe: the log's key, the witnesses' keys and how many of them must have cosigned. */
export type Trust = { readonly log: VerifierKey; readonly witnesses: readonly VerifierKey[]; readonly quorum: number }

/** A checkpoint that holds, who cosigned it when, and how many lines came from keys we do not know. */
export type OpenCheckpoint = {
  readonly checkpoint: Checkpoint
  readonly cosigned: readonly { readonly name: string; readonly seconds: bigint }[]
  readonly unknown: number
}

/** Reads a checkpoint and checks origin, the log's signature and the witness quorum. */
export function openCheckpoint(source: string, trust: Trust): Result<OpenCheckpoint, CheckpointFault> {
  const note = openNote(source, [trust.log, ...trust.witnesses])
  if (note.kind === 'fail') return note
  const parsed = parseCheckpointText(note.value.text)
  if (parsed.kind === 'fail') return parsed
  const checkpoint = parsed.value
  if (checkpoint.origin !== trust.log.name) return fail({ kind: 'another origin', found: checkpoint.origin })
  if (!note.value.signed.some((s) => s.key === trust.log)) return fail({ kind: 'not signed by the log' })
  const cosigned = note.value.signed.flatMap(({ key, seconds }) => (seconds === null ? [] : [{ name: key.name, seconds }]))
  // One organisation with two keys is still one witness.
  const found = new Set(cosigned.map((c) => c.name)).size
  if (found < trust.quorum) return fail({ kind: 'too few witnesses', found, required: trust.quorum })
  return ok({ checkpoint, cosigned, unknown: note.value.unknown.length })
}
