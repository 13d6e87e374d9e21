import { unpackBallot, type Election } from '@quorate/ballots'
import { utf8 } from '@quorate/kernel'

/*
 * The entry of a ballot whose ballot is kept packed: its bytes with an empty text where the ballot stands, and the ballot beside them. Canonical
 * JSON has one spelling for a text and one place for it, so the two give the exact bytes again.
 */

/** How the entry of a ballot spells the field before its ballot: the first of its body, which canonical JSON puts after the instant. */
const field = '"body":{"ballot":'
const emptyField = Buffer.from(`${field}""`)

/** Where an entry whose ballot was taken out has its empty text, in bytes; -1 where it has none. */
const gapIn = (rest: Buffer): number => {
  const at = rest.indexOf(emptyField)
  return at < 0 ? -1 : at + field.length
}

/** What follows a ballot. No text holds it as JSON spells a text: a quotation mark has a backslash before it there, and no comma. */
const afterBallot = ',"cast":'

const quote = 0x22

/** The bytes of an entry of a ballot without the ballot's text, or null when there is none at its place. */
export function withoutBallot(bytes: Uint8Array): Buffer | null {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const at = whole.indexOf(field) + field.length
  const end = whole.indexOf(afterBallot, at)
  if (at < field.length || end < at + 2 || whole[at] !== quote || whole[end - 1] !== quote) return null
  return Buffer.concat([whole.subarray(0, at), Buffer.from('""'), whole.subarray(end)])
}

/** The bytes that {@link withoutBallot} was given. Null when there is no empty text to put the ballot in: somebody else wrote them. */
export function withBallot(rest: Buffer, text: string): Buffer | null {
  const at = gapIn(rest)
  if (at < 0) return null
  return Buffer.concat([rest.subarray(0, at), Buffer.from(utf8(JSON.stringify(text))), rest.subarray(at + 2)])
}

/** An entry of a ballot as it is kept: its bytes without the ballot, and the ballot packed. */
export type KeptEntry = { readonly bytes: Buffer; readonly packed: Uint8Array }

/**
 * The exact bytes of a kept entry of an election. What is no ballot of the election any more, and what has no place for one, keeps the bytes it has:
 * they hash to another leaf.
 */
export function exactEntry(election: Election, { bytes, packed }: KeptEntry): Buffer {
  const text = unpackBallot(election, packed)
  return (text.kind === 'ok' ? withBallot(bytes, text.value) : null) ?? bytes
}

/** Values end to end in memory of their own, so that it can be handed to a thread; and where each ends. */
export type EndToEnd = { readonly bytes: Uint8Array<ArrayBuffer>; readonly ends: Uint32Array<ArrayBuffer> }

/** Lays values end to end. */
export function endToEnd(values: readonly Uint8Array[]): EndToEnd {
  const ends = new Uint32Array(values.length)
  let end = 0
  for (const [i, value] of values.entries()) ends[i] = end += value.length
  const bytes = new Uint8Array(end)
  for (const [i, value] of values.entries()) bytes.set(value, (ends[i] ?? 0) - value.length)
  return { bytes, ends }
}

/** The values again, without copying them. */
export function valuesOf({ bytes, ends }: EndToEnd): readonly Buffer[] {
  return Array.from(ends, (end, i) => {
    const start = i === 0 ? 0 : (ends[i - 1] ?? 0)
    return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start)
  })
}
