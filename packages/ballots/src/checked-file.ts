import { canonicalJson, fail, isJson, type JsonObject, ok, parseCanonicalJson, type Result } from '@quorate/kernel'

import { sha256Hex } from './hash.ts'

/** Why a text is not a file of a kind. */
export type CheckedFileFault = 'another kind of file' | 'of a later version' | 'damaged'

const checkOf = (body: JsonObject): string => sha256Hex(canonicalJson(body)).slice(0, 16)

/**
 * Exact text of a file that people carry: canonical JSON whose `format` says what it is, such as `quorate/trustee-task/v1`. Its `check`, the first 16 hex
 * digits of SHA-256 over the rest, finds a copy that was damaged on the way; it proves nothing about who wrote it.
 */
export const checkedFile = (format: string, fields: JsonObject): string => {
  const body = { ...fields, format }
  return canonicalJson({ ...body, check: checkOf(body) })
}

/** Reads a file of one format: its fields without `format` and `check`. Blanks at both ends, as copying leaves them, do no harm. */
export function parseCheckedFile(format: string, text: string): Result<JsonObject, CheckedFileFault> {
  const family = format.slice(0, format.lastIndexOf('/') + 1)
  const json = parseCanonicalJson(text.trim())
  // What says of itself that it is one, and cannot be read, was one before it was damaged.
  if (json.kind === 'fail') return fail(text.includes(`"${family}`) ? 'damaged' : 'another kind of file')
  if (typeof json.value !== 'object' || json.value === null || Array.isArray(json.value)) return fail('another kind of file')
  const { check, ...body } = json.value as JsonObject
  if (typeof body['format'] !== 'string' || !body['format'].startsWith(family)) return fail('another kind of file')
  if (body['format'] !== format) return fail('of a later version')
  if (!isJson(body) || check !== checkOf(body)) return fail('damaged')
  const { format: _, ...fields } = body
  return ok(fields)
}
