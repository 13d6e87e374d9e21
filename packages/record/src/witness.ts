import { equalBytes, fail, ok, toBase64, type Result } from '@quorate/kernel'
import { parseCheckpointText, parseHash, parseSize, type Checkpoint } from './checkpoint.ts'
import { checkSignature, type Signer, type VerifierKey } from './key.ts'
import type { Hash } from './merkle.ts'
import { addSignature, noteText, openNote, parseNote } from './note.ts'
import { isConsistent } from './proof.ts'

/** What a log asks of a witness: to cosign a checkpoint that continues the one of `old` leaves, as `proof` shows. */
export type AddCheckpoint = { readonly old: number; readonly proof: readonly Hash[]; readonly checkpoint: string }

// A tree of 2^63 leaves has no longer proof. Source: c2sp.org/tlog-witness, add-checkpoint.
const proofHashesMax = 63

/** The body of an `add-checkpoint` request. */
export const addCheckpointText = ({ old, proof, checkpoint }: AddCheckpoint): string =>
  [`old ${String(old)}`, ...proof.map((hash) => toBase64(hash)), '', checkpoint].join('\n')

/** Reads a request's body, canonical spellings only. Null when it is none. */
export function parseAddCheckpoint(source: string): AddCheckpoint | null {
  const split = source.indexOf('\n\n')
  const [first = '', ...lines] = source.slice(0, Math.max(split, 0)).split('\n')
  const old = first.startsWith('old ') ? parseSize(first.slice('old '.length)) : null
  if (old === null || lines.length > proofHashesMax) return null
  const proof = lines.map(parseHash)
  return proof.every((hash) => hash !== null) ? { old, proof, checkpoint: source.slice(split + 2) } : null
}

/** The largest state of a log that a witness has cosigned. */
export type Witnessed = { readonly size: number; readonly root: Hash }

/** Why a witness does not cosign. Those with `signed` are proof against the log: its key signed what cannot both be. */
export type WitnessRefusal =
  | { readonly kind: 'malformed' }
  | { readonly kind: 'unknown log' }
  | { readonly kind: 'not signed by the log' }
  | { readonly kind: 'old size beyond the checkpoint' }
  /** The log reckons from another state than the one cosigned last, which had `size` leaves. */
  | { readonly kind: 'another old size'; readonly size: number }
  /** Two roots of one size, both signed. */
  | { readonly kind: 'split view'; readonly signed: Checkpoint }
  /** The new tree is not shown to continue the old one. */
  | { readonly kind: 'not consistent'; readonly signed: Checkpoint }

/** The HTTP status of each refusal. Source: c2sp.org/tlog-witness, add-checkpoint. */
export const refusalStatus: { readonly [K in WitnessRefusal['kind']]: number } = {
  malformed: 400,
  'unknown log': 404,
  'not signed by the log': 403,
  'old size beyond the checkpoint': 400,
  'another old size': 409,
  'split view': 409,
  'not consistent': 422,
}

/** What a witness knows: the keys of each log it watches, and what it cosigned last, or null. */
export type WitnessMemory = {
  readonly keysOf: (origin: string) => readonly VerifierKey[]
  readonly lastOf: (origin: string) => Witnessed | null
}

/**
 * Judges a request, in the order of the specification. A yes is the checkpoint to remember before its cosignature is given away; the caller
 * makes sure that nothing else is judged in between.
 */
export function judgeAddCheckpoint(source: string, { keysOf, lastOf }: WitnessMemory): Result<Checkpoint, WitnessRefusal> {
  const request = parseAddCheckpoint(source)
  const note = request === null ? null : parseNote(request.checkpoint)
  const parsed = note?.kind === 'ok' ? parseCheckpointText(note.value.text) : null
  if (request === null || parsed?.kind !== 'ok') return fail({ kind: 'malformed' })
  const checkpoint = parsed.value
  const keys = keysOf(checkpoint.origin)
  if (keys.length === 0) return fail({ kind: 'unknown log' })
  if (openNote(request.checkpoint, keys).kind === 'fail') return fail({ kind: 'not signed by the log' })
  if (request.old > checkpoint.size) return fail({ kind: 'old size beyond the checkpoint' })
  const last = lastOf(checkpoint.origin)
  if (request.old !== (last?.size ?? 0)) return fail({ kind: 'another old size', size: last?.size ?? 0 })
  const isSameSize = last !== null && request.old === checkpoint.size
  if (isSameSize && !equalBytes(last.root, checkpoint.root)) return fail({ kind: 'split view', signed: checkpoint })
  const continues =
    last === null
      ? request.proof.length === 0
      : isConsistent(last.size, last.root, checkpoint.size, checkpoint.root, request.proof)
  return continues ? ok(checkpoint) : fail({ kind: 'not consistent', signed: checkpoint })
}

/** The signature line with which a witness answers. `seconds`: since 1970. The request has been judged. */
export function cosignatureLine(checkpoint: string, witness: Signer, seconds: bigint): string | null {
  const note = parseNote(checkpoint)
  if (note.kind === 'fail') return null
  const { text } = note.value
  return noteText(addSignature({ text, signatures: [] }, witness, seconds)).slice(text.length + 1)
}

/**
 * The checkpoint with those cosignatures of a witness's answer that hold, and the names they are by. Whatever else the answer says is left out:
 * an answer can be wrong, or hostile, and never spoils a checkpoint.
 */
export function takeCosignatures(
  checkpoint: string,
  answer: string,
  witnesses: readonly VerifierKey[],
): { readonly checkpoint: string; readonly by: readonly string[] } {
  const [own, both] = [parseNote(checkpoint), parseNote(checkpoint + answer)]
  if (own.kind === 'fail' || both.kind === 'fail') return { checkpoint, by: [] }
  const { text, signatures } = own.value
  const fresh = both.value.signatures.slice(signatures.length).flatMap((line) => {
    const key = witnesses.find((k) => k.type === 4 && k.name === line.name && k.id === line.id)
    return key !== undefined && checkSignature(key, text, line.signature) !== null ? [line] : []
  })
  const last = fresh.filter((line, i) => !fresh.slice(i + 1).some((l) => l.name === line.name && l.id === line.id))
  const kept = signatures.filter((line) => !last.some((l) => l.name === line.name && l.id === line.id))
  return { checkpoint: noteText({ text, signatures: [...kept, ...last] }), by: last.map((line) => line.name) }
}
