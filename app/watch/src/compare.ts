import { fromBase64, toBase64 } from '@quorate/kernel'
import { isConsistent, openCheckpoint, parseVerifierKey, type Checkpoint, type VerifierKey } from '@quorate/record'

/** What a browser keeps of the record: the key it first met, and the last checkpoint that continued all before it. */
export type Kept = { readonly key: string; readonly note: string }

/**
 * Why a browser raises the alarm. `split`: what it is shown does not continue what it was shown before, and both are signed. `gone-back`: it is
 * shown less than before. `other-key`: what it is shown is not signed with the key it knows.
 */
export type AlarmKind = 'split' | 'gone-back' | 'other-key'

/** The alarm, with the two signed texts that prove it. */
export type Alarm = { readonly kind: AlarmKind; readonly key: string; readonly before: string; readonly now: string }

/** What looking came to. `unknown`: the server gave no proof this time; what is kept stays as it is, and the next look asks again. */
export type Look =
  | { readonly kind: 'kept'; readonly kept: Kept }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'alarm'; readonly alarm: Alarm }

/** What is asked of the server: its newest checkpoint, and the proof that one size continues another; null where it gives none. */
export type Server = {
  readonly checkpoint: () => Promise<string | null>
  readonly consistency: (from: number, to: number) => Promise<string | null>
}

const opened = (note: string, key: VerifierKey): Checkpoint | null => {
  const read = openCheckpoint(note, { log: key, witnesses: [], quorum: 0 })
  return read.kind === 'ok' ? read.value.checkpoint : null
}

/** Reads the lines of a proof, each a hash in base64. Null when they are none. */
function proofOf(text: string): readonly Uint8Array[] | null {
  const hashes: Uint8Array[] = []
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const hash = fromBase64(line)
    if (hash.kind === 'fail' || hash.value.length !== 32 || toBase64(hash.value) !== line) return null
    hashes.push(hash.value)
  }
  return hashes
}

/**
 * Compares what the server shows with what this browser keeps. `claimed` is the key the page names, taken on trust the first time only. Never
 * forgets: what does not continue is an alarm and replaces nothing.
 */
export async function look(kept: Kept | null, claimed: string, server: Server): Promise<Look> {
  const key = parseVerifierKey(kept?.key ?? claimed)
  const note = await server.checkpoint()
  if (key.kind === 'fail' || note === null) return { kind: 'unknown' }
  const now = opened(note, key.value)
  if (kept === null) return now === null ? { kind: 'unknown' } : { kind: 'kept', kept: { key: claimed, note } }
  const alarm = (kind: AlarmKind): Look => ({ kind: 'alarm', alarm: { kind, key: kept.key, before: kept.note, now: note } })
  const before = opened(kept.note, key.value)
  // What was kept can only be unreadable if somebody changed the browser's own store.
  if (before === null) return { kind: 'unknown' }
  if (now === null) return alarm('other-key')
  if (now.size < before.size) return alarm('gone-back')
  if (now.size === before.size) return toBase64(now.root) === toBase64(before.root) ? { kind: 'kept', kept } : alarm('split')
  const text = await server.consistency(before.size, now.size)
  const proof = text === null ? null : proofOf(text)
  if (proof === null) return { kind: 'unknown' }
  return isConsistent(before.size, before.root, now.size, now.root, proof)
    ? { kind: 'kept', kept: { ...kept, note } }
    : alarm('split')
}
