import { assert } from './invariant.ts'
import { fail, ok, type Result } from './result.ts'

/** What a record may hold: no `undefined`, no fraction; numbers are safe integers. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json }

/** The one spelling of a value: RFC 8785 restricted to safe integers, which spares us its rules for fractions. */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number') {
    assert(Number.isSafeInteger(value) && !Object.is(value, -0), 'a number on the record is a safe integer')
    return String(value)
  }
  if (value === null || typeof value !== 'object') {
    assert(typeof value !== 'string' || value.isWellFormed(), 'a text on the record is well-formed')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(',')}]`
  const object = value as JsonObject
  // Default sort compares UTF-16 code units, which is what RFC 8785 §3.2.3 asks for.
  return `{${Object.keys(object)
    .sort()
    .map((k) => `${JSON.stringify(k)}:${canonicalJson(object[k] as Json)}`)
    .join(',')}}`
}

/** Why a text is not canonical JSON. */
export type JsonFault = { readonly kind: 'not JSON' | 'not canonical' | 'not a value of the record' }

/** Parses, re-prints and refuses any difference: duplicate keys, blanks, other orders and spellings all die here. */
export function parseCanonicalJson(text: string): Result<Json, JsonFault> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return fail({ kind: 'not JSON' })
  }
  if (!isJson(value)) return fail({ kind: 'not a value of the record' })
  return canonicalJson(value) === text ? ok(value) : fail({ kind: 'not canonical' })
}

/** Whether a value of unknown origin may stand on the record. Depth is bounded so that hostile nesting cannot exhaust the stack. */
export function isJson(value: unknown, depth = 0): value is Json {
  if (depth > 64) return false
  switch (typeof value) {
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0)
    case 'string':
      return value.isWellFormed()
    case 'boolean':
      return true
    case 'object':
      return value === null || (Array.isArray(value) ? value : Object.values(value)).every((v: unknown) => isJson(v, depth + 1))
    default:
      return false
  }
}
