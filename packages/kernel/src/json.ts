import { assert } from './invariant.ts'
import { fail, ok, type Result } from './result.ts'

/** What a record may hold: no `undefined`, no fraction; numbers are safe integers. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json }

// Hostile nesting must not exhaust the stack; what the record itself holds is under ten deep.
const depthMax = 64

/** The one spelling of a value: RFC 8785 restricted to safe integers, which spares us its rules for fractions. */
export function canonicalJson(value: Json): string {
  assert(isJson(value), 'what is printed is a value of the record')
  return print(value)
}

function print(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (value === null || typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return printList(value as readonly Json[])
  const object = value as JsonObject
  const keys = Object.keys(object)
  // Default sort compares UTF-16 code units, which is what RFC 8785 §3.2.3 asks for.
  if (!inOrder(keys)) keys.sort()
  let out = '{'
  for (const key of keys) out += `${out.length === 1 ? '' : ','}${JSON.stringify(key)}:${print(object[key] as Json)}`
  return `${out}}`
}

function printList(values: readonly Json[]): string {
  let out = '['
  for (const [i, value] of values.entries()) out += (i === 0 ? '' : ',') + print(value)
  return `${out}]`
}

function inOrder(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i++) if ((keys[i - 1] as string) > (keys[i] as string)) return false
  return true
}

/**
 * Whether every object has its keys in order. Then the engine's own `JSON.stringify` prints what `print` does, at a third of the cost: it keeps the order of
 * keys, except that of whole numbers, which it puts first and by their value.
 */
function isInOrder(value: Json): boolean {
  if (value === null || typeof value !== 'object') return true
  if (Array.isArray(value)) return (value as readonly Json[]).every(isInOrder)
  const object = value as JsonObject
  const keys = Object.keys(object)
  return inOrder(keys) && keys.every((key) => isInOrder(object[key] as Json))
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
  const printed = isInOrder(value) ? JSON.stringify(value) : print(value)
  return printed === text ? ok(value) : fail({ kind: 'not canonical' })
}

/**
 * Whether a value of unknown origin may stand on the record: well-formed texts and keys, safe integers, arrays without holes, plain
 * objects (no Date, Map or bytes, which would print as `{}`), at most 64 levels deep.
 */
export function isJson(value: unknown, depth = 0): value is Json {
  if (depth > depthMax) return false
  switch (typeof value) {
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0)
    case 'string':
      return value.isWellFormed()
    case 'boolean':
      return true
    case 'object':
      return value === null || (Array.isArray(value) ? isArrayOfJson(value, depth) : isObjectOfJson(value, depth))
    default:
      return false
  }
}

function isArrayOfJson(values: readonly unknown[], depth: number): boolean {
  for (let i = 0; i < values.length; i++) if (!isJson(values[i], depth + 1)) return false // `every` would skip holes.
  return true
}

function isObjectOfJson(value: object, depth: number): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return false
  const object = value as { readonly [key: string]: unknown }
  for (const key of Object.keys(object)) if (!key.isWellFormed() || !isJson(object[key], depth + 1)) return false
  return true
}
