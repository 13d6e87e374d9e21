import { fail, ok, type Result } from '@quorate/kernel'

/**
 * Reads a value of unknown origin into the structure of the wire: numbers stay the texts they are, unknown fields are dropped, fields
 * come out in the order of the specification. `undefined` says it is not of this shape.
 */
export type Shape<T> = (value: unknown) => T | undefined

/** Why a text is not a message of the format. */
export type WireFault = 'not JSON' | 'not of this shape' | 'not canonical'

/**
 * Parses, re-serialises and refuses any difference: blanks, other orders, unknown or repeated fields and other spellings of a string
 * all die here, so that one message has one text and one hash.
 */
export function parseWire<T>(shape: Shape<T>, text: string): Result<T, WireFault> {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return fail('not JSON')
  }
  const value = shape(raw)
  if (value === undefined) return fail('not of this shape')
  return JSON.stringify(value) === text ? ok(value) : fail('not canonical')
}

/** The text of a message: compact, in the order in which its fields were built, which must be that of the specification. */
export const wireText = (value: object): string => JSON.stringify(value)

/** A well-formed text. DEL is refused: the reference implementation escapes it and `JSON.stringify` does not. */
export const text: Shape<string> = (v) => (typeof v === 'string' && v.isWellFormed() && !v.includes('\u007f') ? v : undefined)

/** A text that matches. */
export const textLike =
  (pattern: RegExp): Shape<string> =>
  (v) =>
    typeof v === 'string' && pattern.test(v) ? v : undefined

/** An element's text, not yet decoded: hex digits or a decimal. */
export const elementText = textLike(/^[0-9a-f]{1,617}$/)

/** A scalar's text: base 10, no sign, no leading zero. Its range is checked where q is known. */
export const scalarText = textLike(/^(?:0|[1-9][0-9]{0,616})$/)

/** SHA-256 in hex. */
export const hexHash = textLike(/^[0-9a-f]{64}$/)

/** SHA-256 in unpadded Base64. */
export const base64Hash = textLike(/^[A-Za-z0-9+/]{43}$/)

/** A small natural number. */
export const natural: Shape<number> = (v) => (typeof v === 'number' && Number.isSafeInteger(v) && v >= 0 ? v : undefined)

/** true or false. */
export const bool: Shape<boolean> = (v) => (typeof v === 'boolean' ? v : undefined)

/** Exactly this value. */
export const literal =
  <T extends string | number>(only: T): Shape<T> =>
  (v) =>
    v === only ? only : undefined

/** A list of one shape; no longer than `max`, so that a hostile message cannot make us walk millions of items. */
export const list =
  <T>(item: Shape<T>, max = 1_000_000): Shape<readonly T[]> =>
  (v) => {
    if (!Array.isArray(v) || v.length > max) return undefined
    const out: T[] = []
    for (const each of v as readonly unknown[]) {
      const value = item(each)
      if (value === undefined) return undefined
      out.push(value)
    }
    return out
  }

/** A list of two. */
export const pair =
  <A, B>(first: Shape<A>, second: Shape<B>): Shape<readonly [A, B]> =>
  (v) => {
    if (!Array.isArray(v) || v.length !== 2) return undefined
    const a = first(v[0])
    const b = second(v[1])
    return a === undefined || b === undefined ? undefined : [a, b]
  }

/** A list of fixed length, each item of its own shape. */
export const tuple =
  <T extends readonly unknown[]>(...items: { readonly [K in keyof T]: Shape<T[K]> }): Shape<T> =>
  (v) => {
    if (!Array.isArray(v) || v.length !== items.length) return undefined
    const out: unknown[] = []
    for (const [i, item] of items.entries()) {
      const value = item(v[i])
      if (value === undefined) return undefined
      out.push(value)
    }
    // Built item by item from the shapes above, which the compiler cannot follow through the loop.
    return out as unknown as T
  }

/** The first shape that fits. */
export const oneOf =
  <A, B>(a: Shape<A>, b: Shape<B>): Shape<A | B> =>
  (v) =>
    a(v) ?? b(v)

type Fields = Readonly<Record<string, Shape<unknown>>>
type Field<S> = S extends Shape<infer T> ? T : never
type Read<Required extends Fields, Optional extends Fields> = { readonly [K in keyof Required]: Field<Required[K]> } & {
  readonly [K in keyof Optional]?: Field<Optional[K]>
}

/**
 * An object. `order` names all fields as the specification lists them; a field absent from the message is absent from the result, never
 * `undefined` or `null`.
 */
export const record =
  <R extends Fields, O extends Fields = Record<never, never>>(
    order: readonly (keyof R | keyof O)[],
    required: R,
    optional?: O,
  ): Shape<Read<R, O>> =>
  (v) => {
    if (typeof v !== 'object' || v === null || Array.isArray(v)) return undefined
    const given = v as Readonly<Record<string, unknown>>
    const out: Record<string, unknown> = {}
    for (const key of order as readonly string[]) {
      const must = required[key]
      const may = optional?.[key]
      const shape = must ?? may
      if (shape === undefined || (must === undefined && !Object.hasOwn(given, key))) continue
      const value = Object.hasOwn(given, key) ? shape(given[key]) : undefined
      if (value === undefined) return undefined
      out[key] = value
    }
    // Built field by field from the shapes above, which the compiler cannot follow through the loop.
    return out as Read<R, O>
  }
