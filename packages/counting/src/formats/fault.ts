import { fail, type Result } from '@quorate/kernel'

/** Where something stands in a file, both from 1. */
export type Place = { readonly line: number; readonly column: number }

/** Why a file does not read, where, and the text it is about (at most 60 characters). */
export type FormatFault<K extends string> = Place & { readonly kind: K; readonly text: string }

/** A failure with its place. */
export const faultAt = <K extends string>(kind: K, at: Place, text: string): Result<never, FormatFault<K>> =>
  fail({ kind, line: at.line, column: at.column, text: text.slice(0, 60) })

/**
 * The text of a file in UTF-8, or in UTF-16 as spreadsheets save it (its byte order mark says so), without the mark; null when the bytes are
 * something else.
 */
export function textOf(bytes: Uint8Array): string | null {
  const [first, second] = bytes
  const form = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(form, { fatal: true }).decode(bytes)
  } catch {
    return null // the decoder's only failure: bytes that are not of the form
  }
}

/** A name as a profile can hold it: control characters become blanks, none at the ends. */
export const nameFrom = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
