import { assert, concatBytes, fail, fromBase64, fromHex, ok, toBase64, toHex, type Result } from '@quorate/kernel'
import { checkSignature, isKeyName, signText, type SignatureClaim, type Signer, type VerifierKey } from './key.ts'

/** Most signature lines we read; signed-note asks for at least 16. */
const noteSignaturesMax = 100

/** One signature line, not yet checked. `id` is 8 hex digits. */
export type NoteSignature = { readonly name: string; readonly id: string; readonly signature: Uint8Array }

/** A note taken apart, not yet checked. `text` ends in a newline. */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] }

/** Why a text is not a note, or not one to believe. */
export type NoteFault =
  | { readonly kind: 'control character or broken text' }
  | { readonly kind: 'no signature block' }
  | { readonly kind: 'malformed signature line'; readonly line: number }
  | { readonly kind: 'too many signatures' }
  | { readonly kind: 'signature does not hold'; readonly name: string }
  | { readonly kind: 'no signature of a known key' }

// Below U+0020 only the newline may stand in a note.
const forbidden = /[\u0000-\u0009\u000b-\u001f]/

/** Reads a note strictly. Believe nothing of its text before {@link openNote}. Source: c2sp.org/signed-note, Format. */
export function parseNote(source: string): Result<Note, NoteFault> {
  if (forbidden.test(source) || !source.isWellFormed()) return fail({ kind: 'control character or broken text' })
  const split = source.lastIndexOf('\n\n')
  if (split < 0 || !source.endsWith('\n') || split + 2 === source.length) return fail({ kind: 'no signature block' })
  const lines = source.slice(split + 2, -1).split('\n')
  if (lines.length > noteSignaturesMax) return fail({ kind: 'too many signatures' })
  const signatures: NoteSignature[] = []
  for (const [line, content] of lines.entries()) {
    const [, name = '', encoded = ''] = /^— ([^ ]+) ([^ ]+)$/.exec(content) ?? []
    const bytes = fromBase64(encoded)
    if (!isKeyName(name) || bytes.kind === 'fail' || bytes.value.length < 5)
      return fail({ kind: 'malformed signature line', line })
    signatures.push({ name, id: toHex(bytes.value.slice(0, 4)), signature: bytes.value.slice(4) })
  }
  return ok({ text: source.slice(0, split + 1), signatures })
}

/** Prints a note. */
export function noteText(note: Note): string {
  assert(
    note.text.endsWith('\n') && !forbidden.test(note.text),
    'the text of a note ends in a newline and holds no control character',
  )
  return `${note.text}\n${note.signatures.map(signatureLine).join('')}`
}

function signatureLine({ name, id, signature }: NoteSignature): string {
  const idBytes = fromHex(id)
  assert(idBytes.kind === 'ok' && isKeyName(name), 'a signature line has a key name and id')
  return `— ${name} ${toBase64(concatBytes(idBytes.value, signature))}\n`
}

/** A note signed by one key. `seconds` since 1970 matter to witness keys alone. */
export const signNote = (text: string, signer: Signer, seconds = 0n): Note =>
  addSignature({ text, signatures: [] }, signer, seconds)

/** The note with one more signature; an earlier one by the same key gives way, as witnesses sign again and again. */
export function addSignature(note: Note, signer: Signer, seconds = 0n): Note {
  const { name, id } = signer.key
  const others = note.signatures.filter((s) => s.name !== name || s.id !== id)
  return { text: note.text, signatures: [...others, { name, id, signature: signText(signer, note.text, seconds) }] }
}

/** A note whose known signatures hold. `unknown` are lines of keys we do not know: they prove nothing and are no fault. */
export type OpenNote = {
  readonly text: string
  readonly signed: readonly ({ readonly key: VerifierKey } & SignatureClaim)[]
  readonly unknown: readonly NoteSignature[]
}

/**
 * Reads a note and checks every signature of a known key. Refused: one of them does not hold, or there is none. Of several lines of one key
 * the first counts.
 */
export function openNote(source: string, keys: readonly VerifierKey[]): Result<OpenNote, NoteFault> {
  const note = parseNote(source)
  if (note.kind === 'fail') return note
  const signed = new Map<VerifierKey, SignatureClaim>()
  const unknown: NoteSignature[] = []
  for (const line of note.value.signatures) {
    const key = keys.find((k) => k.name === line.name && k.id === line.id)
    if (key === undefined) {
      unknown.push(line)
      continue
    }
    if (signed.has(key)) continue
    const claim = checkSignature(key, note.value.text, line.signature)
    if (claim === null) return fail({ kind: 'signature does not hold', name: line.name })
    signed.set(key, claim)
  }
  if (signed.size === 0) return fail({ kind: 'no signature of a known key' })
  return ok({ text: note.value.text, signed: [...signed].map(([key, claim]) => ({ key, ...claim })), unknown })
}
