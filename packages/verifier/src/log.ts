import { equalBytes, fromHex, toHex } from '@quorate/kernel'
import {
  bodyOf,
  leafHasher,
  openCheckpoint,
  parseEntry,
  rootOfLeaves,
  verifierKeyText,
  type Checkpoint,
  type CheckpointFault,
  type VerifierKey,
} from '@quorate/record'
import type { LoggedEntry, Step, VerifyOptions } from './check.ts'
import { bytesOf, type Dossier } from './dossier.ts'
import { failed, notChecked, passed, type Outcome } from './verdict.ts'

/** An outcome, and what it established for later checks; null unless it passed. */
export type Established<T> = { readonly outcome: Outcome; readonly value: T | null }
const stop = (outcome: Outcome): Established<never> => ({ outcome, value: null })

/** A checkpoint that its log signed, and the keys that cosigned it. */
export type SignedCheckpoint = { readonly checkpoint: Checkpoint; readonly cosigners: readonly VerifierKey[] }

/** The log's signature on the checkpoint, and every cosignature; a line of a key the dossier does not name is refused. */
export function checkCheckpoint(dossier: Dossier): Established<SignedCheckpoint> {
  const trust = { log: dossier.logKey, witnesses: dossier.witnesses, quorum: 0 }
  const opened = openCheckpoint(dossier.checkpoint, trust)
  if (opened.kind === 'fail') return stop(checkpointFault(opened.error, dossier))
  const { checkpoint, cosigned, unknown } = opened.value
  if (unknown > 0)
    return stop(failed('unknown-signature', { expected: cosigned.length + 1, found: cosigned.length + 1 + unknown }))
  const cosigners = dossier.witnesses.filter((key) => cosigned.some(({ name }) => name === key.name))
  return { outcome: passed({ name: 'entries', count: checkpoint.size }), value: { checkpoint, cosigners } }
}

function checkpointFault(fault: CheckpointFault, dossier: Dossier): Outcome {
  switch (fault.kind) {
    case 'signature does not hold':
      return failed('signature-fails', { expected: fault.name, found: 'another text or key' })
    case 'no signature of a known key':
    case 'not signed by the log':
      return failed('signature-fails', { expected: dossier.logKey.name, found: 'no signature of the log' })
    case 'another origin':
      return failed('other-origin', { expected: dossier.origin, found: fault.found })
    case 'too few witnesses':
      return failed('too-few-witnesses', { expected: fault.required, found: fault.found })
    default:
      return failed('malformed-checkpoint', { expected: 'a signed checkpoint', found: fault.kind })
  }
}

/** The log's key against one the reader knows. */
export function checkKey(dossier: Dossier, options: VerifyOptions): Outcome {
  if (options.logKey === undefined) return notChecked('no-key-given')
  const [expected, found] = [verifierKeyText(options.logKey), verifierKeyText(dossier.logKey)]
  return expected === found ? passed() : failed('other-key', { expected, found })
}

/** How many witnesses cosigned whom the reader trusts; else of those the dossier names. Two keys of one name are one witness. */
export function witnessesAmong(cosigners: readonly VerifierKey[], { witnesses }: VerifyOptions): number {
  const trusted = witnesses?.map(verifierKeyText)
  const counted = cosigners.filter((key) => trusted === undefined || trusted.includes(verifierKeyText(key)))
  return new Set(counted.map((key) => key.name)).size
}

/** Enough cosignatures for the reader. What the rulebook asks for is looked at once the rules have been replayed. */
export function checkWitnesses(cosigners: readonly VerifierKey[], options: VerifyOptions): Outcome {
  const count = witnessesAmong(cosigners, options)
  const quorum = options.quorum ?? 0
  if (count < quorum) return failed('too-few-witnesses', { expected: quorum, found: count })
  return count === 0 ? notChecked('no-witness') : passed({ name: 'witnesses', count })
}

/**
 * Each entry hashes to its leaf, and the leaves give the signed root. Because the leaves are listed, one changed entry is named although
 * every other is right; a root alone would only say that something is wrong. An entry changed together with its leaf shows in the root.
 */
export function checkLog(dossier: Dossier, checkpoint: Checkpoint, step: Step, { sha256 }: VerifyOptions = {}): Outcome {
  const leafHash = leafHasher(sha256)
  const { entries, leaves } = dossier
  if (leaves.length !== checkpoint.size) return failed('size-differs', { expected: checkpoint.size, found: leaves.length })
  let last = -1
  const lost = leaves.indexOf(null)
  for (const [i, entry] of entries.entries()) {
    if (lost >= 0 && entry.index >= lost) break
    if (entry.index <= last || entry.index >= leaves.length)
      return failed('entry-out-of-order', {
        entry: entry.index,
        expected: `more than ${String(last)}, less than ${String(leaves.length)}`,
        found: entry.index,
      })
    last = entry.index
    const found = toHex(leafHash(bytesOf(entry)))
    const expected = leaves[entry.index] ?? ''
    if (found !== expected) return failed('entry-changed', { entry: entry.index, expected, found })
    if (i % 1000 === 0) step(i, entries.length)
  }
  if (lost >= 0) return failed('entry-missing', { entry: lost, expected: 'an entry', found: 'nothing' })
  const root = rootOfLeaves(
    leaves.map((leaf) => leafBytes(leaf ?? '')),
    sha256,
  )
  if (!equalBytes(root, checkpoint.root)) return failed('root-differs', { expected: toHex(checkpoint.root), found: toHex(root) })
  return passed({ name: 'entries', count: entries.length })
}

function leafBytes(hex: string): Uint8Array {
  const bytes = fromHex(hex)
  return bytes.kind === 'ok' ? bytes.value : new Uint8Array(0)
}

/** Whether the dossier holds every entry of the log. */
export function checkCompleteness(dossier: Dossier): Outcome {
  const missing = dossier.leaves.length - dossier.entries.length
  if (missing === 0) return passed({ name: 'entries', count: dossier.entries.length })
  return notChecked('entries-left-out', { name: 'entries', count: missing })
}

/**
 * Every entry is canonical and fits its type, time never runs backwards, the first entry opens this very log and no other does, and the
 * decision in question is on the record.
 */
export function checkEntries(dossier: Dossier, step: Step, options: VerifyOptions): Established<readonly LoggedEntry[]> {
  const read: LoggedEntry[] = []
  let demonstration = false
  let last = 0
  const first = dossier.entries[0]?.index ?? -1
  if (first !== 0) return stop(failed('no-first-entry', { entry: 0, expected: 'entry 0', found: first }))
  for (const item of dossier.entries) {
    const { index } = item
    const parsed = parseEntry(bytesOf(item))
    if (parsed.kind === 'fail') {
      const { error } = parsed
      const [expected, found] =
        error.kind === 'not of its type' ? [`${error.expected} at ${error.path}`, 'something else'] : ['an entry', error.kind]
      return stop(failed('malformed-entry', { entry: index, expected, found }))
    }
    const entry = parsed.value
    if (entry.at < last) return stop(failed('time-runs-backwards', { entry: index, expected: last, found: entry.at }))
    last = entry.at
    if (index === 0) {
      if (entry.type !== 'opened') return stop(failed('no-first-entry', { entry: 0, expected: 'opened', found: entry.type }))
      demonstration = entry.body['demonstration'] === true
      const origin = bodyOf(entry, 'opened')?.origin ?? ''
      if (origin !== dossier.origin) return stop(failed('other-origin', { entry: 0, expected: dossier.origin, found: origin }))
    } else if (entry.type === 'opened') {
      return stop(failed('opened-twice', { entry: index, expected: 'entry 0 alone', found: index }))
    }
    if (entry.type === 'demo-clock' && !demonstration)
      return stop(failed('demonstration-only', { entry: index, expected: 'demonstration data', found: entry.type }))
    if (options.now !== undefined && !demonstration && entry.at > options.now)
      return stop(failed('in-the-future', { entry: index, expected: options.now, found: entry.at }))
    if (read.length % 1000 === 0) step(read.length, dossier.entries.length)
    read.push({ index, entry })
  }
  const own = read.filter(({ entry }) => entry.decision === dossier.decision).length
  if (own === 0) return stop(failed('decision-not-on-record', { expected: dossier.decision, found: 'no entry of it' }))
  return { outcome: passed({ name: 'entries', count: read.length }, { name: 'of the decision', count: own }), value: read }
}
