import { fail, isJson, ok, type Json, type Result } from '@quorate/kernel'
import { tokens, type TokenName } from './token.ts'

declare const shaped: unique symbol

type ShapeNode =
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  | { readonly kind: 'constant'; readonly value: null | number }
  | { readonly kind: 'token'; readonly token: TokenName }
  | { readonly kind: 'list'; readonly of: ShapeNode; readonly min: number; readonly max: number }
  | { readonly kind: 'object'; readonly fields: { readonly [name: string]: ShapeNode } }
  | { readonly kind: 'map'; readonly key: TokenName; readonly of: ShapeNode }
  | { readonly kind: 'either'; readonly of: readonly ShapeNode[] }
  | { readonly kind: 'variant'; readonly by: string; readonly cases: { readonly [word: string]: ShapeNode } }
  | { readonly kind: 'text'; readonly of: ShapeNode }

/**
 * What a value on the record may look like. There is on purpose no shape for a free text: a leaf is a number, a truth value, a closed word
 * or a token of `token.ts`, so that no field of any entry can carry a name, an address or a choice. Objects are closed and every field is
 * present; what is absent is `null`. `T` is the type of the values that fit.
 */
export type Shape<T = Json> = ShapeNode & { readonly [shaped]?: T }

/** The type of the values that fit a shape. */
export type ValueOf<S> = S extends { readonly [shaped]?: infer T } ? T : never

type Fields = { readonly [name: string]: Shape<unknown> }
type ObjectOf<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> }

/** An integer from `min` to `max`, both allowed. */
export const integer = (min = 0, max = Number.MAX_SAFE_INTEGER): Shape<number> => ({ kind: 'integer', min, max })
/** `true` or `false`. */
export const boolean: Shape<boolean> = { kind: 'boolean' }
/** One of a closed list of words. */
export const word = <const W extends readonly string[]>(...words: W): Shape<W[number]> => ({ kind: 'word', words })
/** Exactly this number. */
export const constant = <const N extends number>(value: N): Shape<N> => ({ kind: 'constant', value })
/** A text of one of the closed spellings. */
export const token = (name: TokenName): Shape<string> => ({ kind: 'token', token: name })
/** Values of one shape, in order. */
export const list = <T>(of: Shape<T>, min = 0, max = 65_535): Shape<readonly T[]> => ({ kind: 'list', of, min, max })
/** An object with exactly these fields. */
export const object = <F extends Fields>(fields: F): Shape<ObjectOf<F>> => ({ kind: 'object', fields })
/** An object whose keys are tokens of one kind. */
export const map = <T>(key: TokenName, of: Shape<T>): Shape<{ readonly [key: string]: T }> => ({ kind: 'map', key, of })
/** The shape or `null`. */
export const nullable = <T>(of: Shape<T>): Shape<T | null> => ({ kind: 'either', of: [{ kind: 'constant', value: null }, of] })
/** Any one of several shapes, tried in order. */
export const either = <S extends readonly Shape<unknown>[]>(...of: S): Shape<ValueOf<S[number]>> => ({ kind: 'either', of })
/** Text that is itself compact JSON of a shape, in the spelling of another format: how the exact bytes of a ballot are kept. */
export const text = (of: Shape<unknown>): Shape<string> => ({ kind: 'text', of })

/** An object with the fields of `head`, and those that belong to the word in its field `by`. */
export function variant<const By extends string, H extends Fields, C extends { readonly [word: string]: Fields }>(
  by: By,
  head: H,
  cases: C,
): Shape<{ [K in keyof C]: { readonly [B in By]: K } & ObjectOf<H> & ObjectOf<C[K]> }[keyof C]> {
  const shapes = Object.entries(cases).map(([name, fields]): [string, ShapeNode] => {
    return [name, object({ ...head, ...fields, [by]: word(name) })]
  })
  return { kind: 'variant', by, cases: Object.fromEntries(shapes) }
}

/** Where a value leaves its shape: `path` such as `/events/0/clause`, and what should stand there. */
export type ShapeFault = { readonly path: string; readonly expected: string }

/** Checks a value of unknown origin. Cost: linear in the value; alternatives are not nested deeply. */
export function fits<T>(shape: Shape<T>, value: Json): Result<T, ShapeFault> {
  const fault = faultOf(shape, value)
  // The cast is this module's edge: a value without a fault has the type its shape stands for.
  return fault === null ? ok(value as T) : fail({ ...fault, path: fault.path || '/' })
}

const at = (step: string | number, fault: ShapeFault): ShapeFault => ({ ...fault, path: `/${String(step)}${fault.path}` })
const unless = (fine: boolean, expected: string): ShapeFault | null => (fine ? null : { path: '', expected })

/** The first fault, its path from here. Paths are put together on the way back, so that a value that fits costs no texts. */
function faultOf(shape: ShapeNode, value: Json): ShapeFault | null {
  switch (shape.kind) {
    case 'integer':
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= shape.min && value <= shape.max
        ? null
        : unless(false, `an integer from ${String(shape.min)} to ${String(shape.max)}`)
    case 'boolean':
      return unless(typeof value === 'boolean', 'true or false')
    case 'word':
      return typeof value === 'string' && shape.words.includes(value) ? null : unless(false, `one of: ${shape.words.join(', ')}`)
    case 'constant':
      return value === shape.value ? null : unless(false, String(shape.value))
    case 'token':
      return unless(typeof value === 'string' && tokens[shape.token].pattern.test(value), tokens[shape.token].says)
    case 'list':
      if (!Array.isArray(value) || value.length < shape.min || value.length > shape.max)
        return unless(false, `a list of ${String(shape.min)} to ${String(shape.max)}`)
      return listFault(shape.of, value as readonly Json[])
    case 'object':
      return objectFault(shape.fields, value)
    case 'map':
      return mapFault(shape, value)
    case 'either':
      return eitherFault(shape.of, value)
    case 'variant': {
      const name = isObject(value) ? value[shape.by] : undefined
      const found = typeof name === 'string' && Object.hasOwn(shape.cases, name) ? shape.cases[name] : undefined
      if (found === undefined) return { path: `/${shape.by}`, expected: `one of: ${Object.keys(shape.cases).join(', ')}` }
      return faultOf(found, value)
    }
    case 'text': {
      const inner = typeof value === 'string' ? parseCompact(value) : undefined
      return inner === undefined ? unless(false, 'compact JSON in a text') : faultOf(shape.of, inner)
    }
  }
}

function listFault(of: ShapeNode, values: readonly Json[]): ShapeFault | null {
  for (const [i, value] of values.entries()) {
    const fault = faultOf(of, value)
    if (fault !== null) return at(i, fault)
  }
  return null
}

function objectFault(fields: { readonly [name: string]: ShapeNode }, value: Json): ShapeFault | null {
  if (!isObject(value)) return unless(false, 'an object')
  for (const key of Object.keys(value))
    if (!Object.hasOwn(fields, key)) return unless(false, `only the fields ${Object.keys(fields).join(', ')}`)
  for (const name of Object.keys(fields)) {
    const held = Object.hasOwn(value, name) ? value[name] : undefined
    const fault = held === undefined ? unless(false, 'this field') : faultOf(fields[name] as ShapeNode, held)
    if (fault !== null) return at(name, fault)
  }
  return null
}

function mapFault({ key, of }: Extract<ShapeNode, { readonly kind: 'map' }>, value: Json): ShapeFault | null {
  if (!isObject(value)) return unless(false, 'an object')
  for (const [name, held] of Object.entries(value)) {
    if (!tokens[key].pattern.test(name)) return unless(false, `keys that are ${tokens[key].says}`)
    const fault = faultOf(of, held)
    if (fault !== null) return at(name, fault)
  }
  return null
}

/** Null when any of the shapes fits, else what the last of them says. */
function eitherFault(shapes: readonly ShapeNode[], value: Json): ShapeFault | null {
  let fault: ShapeFault | null = null
  for (const shape of shapes) {
    fault = faultOf(shape, value)
    if (fault === null) return null
  }
  return fault
}

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Compact JSON in its own field order. Printing again must give the same text, which also refuses a key that stands twice. */
function parseCompact(source: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(source)
    return isJson(value) && JSON.stringify(value) === source ? value : undefined
  } catch {
    return undefined
  }
}

type Schema = { readonly [key: string]: Json }

/** The same shape as a JSON Schema (draft 2020-12) for people who write their own verifier. */
export function jsonSchemaOf(shape: Shape<unknown>): Schema {
  switch (shape.kind) {
    case 'integer':
      return { type: 'integer', minimum: shape.min, maximum: shape.max }
    case 'boolean':
      return { type: 'boolean' }
    case 'word':
      return shape.words.length === 1 ? { const: shape.words[0] ?? '' } : { enum: shape.words }
    case 'constant':
      return { const: shape.value }
    case 'token':
      return { type: 'string', description: tokens[shape.token].says, pattern: tokens[shape.token].pattern.source }
    case 'list':
      return { type: 'array', items: jsonSchemaOf(shape.of), minItems: shape.min, maxItems: shape.max }
    case 'object': {
      const properties = Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, jsonSchemaOf(field)]))
      return { type: 'object', properties, required: Object.keys(shape.fields), additionalProperties: false }
    }
    case 'map':
      return {
        type: 'object',
        propertyNames: { pattern: tokens[shape.key].pattern.source },
        additionalProperties: jsonSchemaOf(shape.of),
      }
    case 'either':
      return { anyOf: shape.of.map(jsonSchemaOf) }
    case 'variant':
      return { oneOf: Object.values(shape.cases).map(jsonSchemaOf) }
    case 'text':
      return { type: 'string', contentMediaType: 'application/json', contentSchema: jsonSchemaOf(shape.of) }
  }
}
