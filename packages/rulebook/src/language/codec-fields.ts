import { fail, ok } from '@quorate/kernel'
import { bad, readPart, type Codec, type TypeOf, type Written } from './codec.ts'
import { camel, type Shapes } from './shape.ts'

/** `late-quorum` as the name of a field: `lateQuorum`. */
type Camel<K extends string> = K extends `${infer A}-${infer B}` ? `${A}${Capitalize<Camel<B>>}` : K

const shapesOf = (codecs: FieldCodecs): Shapes => Object.fromEntries(Object.entries(codecs).map(([key, c]) => [key, c.shape]))

type FieldCodecs = { readonly [key: string]: Codec<unknown> }
/** The value of a map with fixed keys: the required, and the optional as value or null. */
export type Fields<R extends FieldCodecs, O extends FieldCodecs> = {
  readonly [K in keyof R & string as Camel<K>]: TypeOf<R[K]>
} & { readonly [K in keyof O & string as Camel<K>]: TypeOf<O[K]> | null }

/**
 * A map with fixed keys. Unknown and missing keys are faults; fields are named in camel case. Of each group in `either` exactly one key
 * stands.
 */
export function fields<const R extends FieldCodecs, const O extends FieldCodecs>(
  required: R,
  optional: O,
  ...either: readonly (readonly [keyof O & string, keyof O & string])[]
): Codec<Fields<R, O>> {
  const known = [...Object.keys(required), ...Object.keys(optional)]
  // Looked up once here: a long rulebook has thousands of keys, and this is where reading them spent its time.
  const codecs = new Map(Object.entries<Codec<unknown>>({ ...required, ...optional }))
  const names = known.map(camel)
  const nothing: Readonly<Record<string, null>> = Object.fromEntries(names.map((name) => [name, null]))
  return {
    shape: { kind: 'fields', required: shapesOf(required), optional: shapesOf(optional), either, some: false },
    read: (tree) => {
      if (tree.kind !== 'map') return bad(tree, 'R0304', `a map with ${known.join(', ')}`)
      // In the order of the schema, so that two spellings of one rule are one value.
      const values: Record<string, unknown> = { ...nothing }
      const seen = new Set<string>()
      for (const entry of tree.entries) {
        const codec = codecs.get(entry.key)
        if (codec === undefined)
          return fail({ code: 'R0302', at: entry.keyAt, text: entry.key, help: `known here: ${known.join(', ')}` })
        const value = readPart(codec, entry.value)
        if (value.kind === 'fail') return value
        values[camel(entry.key)] = value.value
        seen.add(entry.key)
      }
      for (const key of Object.keys(required))
        if (!seen.has(key)) return fail({ code: 'R0303', at: tree.at, text: key, help: `needs ${key}` })
      for (const keys of either)
        if (keys.filter((key) => seen.has(key)).length !== 1)
          return fail({ code: 'R0303', at: tree.at, text: keys.join(', '), help: `needs exactly one of ${keys.join(', ')}` })
      // Each key was read by its own codec just above, so the record is what the type says.
      return ok(values as Fields<R, O>)
    },
    write: (value) => {
      const out: Record<string, Written> = {}
      const from = value as { readonly [key: string]: unknown }
      for (const [key, codec] of Object.entries({ ...required, ...optional })) {
        const field = from[camel(key)]
        if (field !== null && field !== undefined) out[key] = codec.write(field)
      }
      return out
    },
  }
}

/** A map with fixed keys of which at least one must be there: an empty one would say nothing and yet be something. */
export function someFields<const O extends FieldCodecs>(optional: O): Codec<Fields<Record<never, never>, O>> {
  const codec = fields({}, optional)
  return {
    shape: { kind: 'fields', required: {}, optional: shapesOf(optional), either: [], some: true },
    read: (tree) =>
      tree.kind === 'map' && tree.entries.length === 0
        ? bad(tree, 'R0303', `at least one of ${Object.keys(optional).join(', ')}`)
        : codec.read(tree),
    write: (value) => codec.write(value),
  }
}

/** A map, or a value written another way; `isMap` tells which of the two a value is. */
export const mapOr = <M, T>(map: Codec<M>, other: Codec<T>, isMap: (value: M | T) => value is M): Codec<M | T> => ({
  shape: { kind: 'either', of: [other.shape, map.shape] },
  read: (tree) => (tree.kind === 'map' ? map.read(tree) : other.read(tree)),
  write: (value) => (isMap(value) ? map.write(value) : other.write(value)),
})
