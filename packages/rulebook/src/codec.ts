import { fail, ok, type Result } from '@quorate/kernel'
import type { DiagnosticCode, Fault } from './diagnostic.ts'
import type { ExpressionFault } from './expression.ts'
import type { Tree } from './tree.ts'

/** A value as it is written in a block: text, list or map. */
export type Written = string | readonly Written[] | { readonly [key: string]: Written }

/**
 * Reads a part of a block into a typed value and writes it back in its one spelling. The codecs of a kind are its schema: the type, the
 * reader, the canonical form and (later) the published JSON Schema all come from them.
 */
export type Codec<T> = {
  read(tree: Tree): Result<T, Fault>
  write(value: T): Written
}
/** What a codec reads. */
export type TypeOf<C> = C extends Codec<infer T> ? T : never

const textOf = (tree: Tree): string => (tree.kind === 'text' ? tree.text : tree.kind === 'list' ? '[…]' : '{…}')
const bad = (tree: Tree, code: DiagnosticCode, help: string): Result<never, Fault> =>
  fail({ code, at: tree.at, text: textOf(tree), help })

/** A text read by `parse`; `help` says what it must be. */
export function text<T>(help: string, parse: (text: string) => T | null, write: (value: T) => string): Codec<T> {
  return {
    read: (tree) => {
      if (tree.kind !== 'text') return bad(tree, 'R0304', help)
      const value = parse(tree.text)
      return value === null ? bad(tree, 'R0305', help) : ok(value)
    },
    write,
  }
}

/** An expression of the grammar. */
export function expression<T>(
  what: string,
  parse: (text: string) => Result<T, ExpressionFault>,
  write: (value: T) => string,
): Codec<T> {
  return {
    read: (tree) => {
      if (tree.kind !== 'text') return bad(tree, 'R0304', what)
      const value = parse(tree.text)
      if (value.kind === 'ok') return value
      const at = { line: tree.at.line, column: tree.at.column + value.error.column - 1 }
      return fail({ code: 'R0306', at, text: tree.text, help: `${what}: expected ${value.error.expected}` })
    },
    write,
  }
}

/** One of the closed words. */
export const word = <const W extends readonly [string, ...string[]]>(...words: W): Codec<W[number]> =>
  text(
    `one of: ${words.join(', ')}`,
    (t) => words.find((w) => w === t) ?? null,
    (w) => w,
  )

const idPattern = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
/** An id: lower-case words joined by hyphens. */
export const id: Codec<string> = text(
  'an id such as `returning-officer`',
  (t) => (idPattern.test(t) && t.length <= 60 ? t : null),
  String,
)
/** A whole number from 0 to a billion. */
export const integer: Codec<number> = text('a whole number', (t) => (/^(?:0|[1-9]\d{0,8})$/.test(t) ? Number(t) : null), String)
/** `yes` or `no`. */
export const yesNo: Codec<boolean> = text(
  'yes or no',
  (t) => (t === 'yes' ? true : t === 'no' ? false : null),
  (v) => (v ? 'yes' : 'no'),
)
/** A clause number. */
export const clauseNumber: Codec<string> = text(
  'a clause number',
  (t) => (/^\d{1,4}(?:\.\d{1,4}){0,5}$/.test(t) ? t : null),
  String,
)
/** A time of day, `12:00`; `24:00` is the end of the day. */
export const timeOfDay: Codec<string> = text(
  'a time such as 12:00',
  (t) => (/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(t) ? t : null),
  String,
)
const suffixOf = (n: number): string =>
  n % 100 >= 11 && n % 100 <= 13 ? 'th' : n % 10 === 1 ? 'st' : n % 10 === 2 ? 'nd' : n % 10 === 3 ? 'rd' : 'th'
/** `1st`, `2nd`, `8th`. */
export const writeOrdinal = (n: number): string => `${n}${suffixOf(n)}`
/** An ordinal such as `8th`. */
export const ordinal: Codec<number> = text(
  'an ordinal such as 8th',
  (t) => {
    const n = Number(/^([1-9]\d{0,2})(?:st|nd|rd|th)$/.exec(t)?.[1] ?? Number.NaN)
    return writeOrdinal(n) === t ? n : null
  },
  writeOrdinal,
)

/** A list; a single value may stand without brackets only where `list` is not used. */
export function list<T>(item: Codec<T>, least = 0): Codec<readonly T[]> {
  return {
    read: (tree) => {
      if (tree.kind !== 'list') return bad(tree, 'R0304', 'a list in [ ]')
      if (tree.items.length < least) return bad(tree, 'R0304', `at least ${least} in the list`)
      const values: T[] = []
      for (const part of tree.items) {
        const value = item.read(part)
        if (value.kind === 'fail') return value
        values.push(value.value)
      }
      return ok(values)
    },
    write: (values) => values.map((v) => item.write(v)),
  }
}

/** One value, or a list of them, as the author finds natural; written as the list. */
export function oneOrMore<T>(item: Codec<T>): Codec<readonly T[]> {
  const many = list(item, 1)
  return {
    read: (tree) => {
      if (tree.kind === 'list') return many.read(tree)
      const value = item.read(tree)
      return value.kind === 'fail' ? value : ok([value.value])
    },
    write: (values) => many.write(values),
  }
}

/** A map from ids (or from `key`) to values, in the order written. */
export function table<T>(
  value: Codec<T>,
  key: Codec<string> = id,
): Codec<readonly { readonly key: string; readonly value: T }[]> {
  return {
    read: (tree) => {
      if (tree.kind !== 'map') return bad(tree, 'R0304', 'a map of keys')
      const rows: { key: string; value: T }[] = []
      for (const entry of tree.entries) {
        const name = key.read({ kind: 'text', text: entry.key, at: entry.keyAt })
        if (name.kind === 'fail') return name
        const read = value.read(entry.value)
        if (read.kind === 'fail') return read
        rows.push({ key: name.value, value: read.value })
      }
      return ok(rows)
    },
    write: (rows) => Object.fromEntries(rows.map((row) => [row.key, value.write(row.value)])),
  }
}

type Slots = { readonly [name: string]: Codec<unknown> }
/** A phrase as a value: its pattern is its kind, its slots are fields. */
export type Phrase<P extends string, S extends Slots> = { readonly kind: P } & { readonly [K in keyof S]: TypeOf<S[K]> }

/** A codec of one phrase; `pattern` is the kind of what it reads. */
export type PhraseCodec<T> = Codec<T> & { readonly pattern: string }

const escaped = (s: string): string => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What a slot or a phrase writes is always a text. */
export const plain = (written: Written): string => (typeof written === 'string' ? written : '')

/** A closed phrase with slots: `phrase('<length> after <event>', { length: duration, event: id })`. */
export function phrase<const P extends string, const S extends Slots>(pattern: P, slots: S): PhraseCodec<Phrase<P, S>> {
  const names = [...pattern.matchAll(/<([a-zA-Z]+)>/g)].map((m) => m[1] ?? '')
  const parts = pattern.split(/<[a-zA-Z]+>/)
  const shape = new RegExp(`^${parts.map(escaped).join('(.+?)')}$`)
  return {
    pattern,
    read: (tree) => {
      if (tree.kind !== 'text') return bad(tree, 'R0304', pattern)
      const found = tree.text.length <= 400 ? shape.exec(tree.text) : null
      if (found === null) return bad(tree, 'R0305', pattern)
      const values: Record<string, unknown> = { kind: pattern }
      for (const [i, name] of names.entries()) {
        const value = slots[name]?.read({ kind: 'text', text: found[i + 1] ?? '', at: tree.at })
        if (value === undefined || value.kind === 'fail') return bad(tree, 'R0305', pattern)
        values[name] = value.value
      }
      // Every slot of the pattern was read above, so the record has exactly the fields the type promises.
      return ok(values as Phrase<P, S>)
    },
    write: (value) =>
      parts.reduce((out, part, i) => {
        const name = names[i - 1] ?? ''
        const slot = (value as { readonly [key: string]: unknown })[name]
        return i === 0 ? part : `${out}${plain(slots[name]?.write(slot) ?? '')}${part}`
      }, ''),
  }
}

type Phrases = readonly [PhraseCodec<{ readonly kind: string }>, ...PhraseCodec<{ readonly kind: string }>[]]

/** One of several phrases; the first that reads wins. */
export function phrases<const C extends Phrases>(...codecs: C): Codec<TypeOf<C[number]>> {
  return {
    read: (tree) => {
      for (const codec of codecs) {
        const value = codec.read(tree)
        // What one of these codecs reads is a member of their union; TypeScript does not see it through the loop.
        if (value.kind === 'ok') return value as Result<TypeOf<C[number]>, Fault>
      }
      return bad(tree, tree.kind === 'text' ? 'R0305' : 'R0304', `one of: ${codecs.map((c) => c.pattern).join('; ')}`)
    },
    write: (value) => {
      const phraseValue = value
      return codecs.find((c) => c.pattern === phraseValue.kind)?.write(phraseValue) ?? ''
    },
  }
}

/** `late-quorum` as the name of a field: `lateQuorum`. */
type Camel<K extends string> = K extends `${infer A}-${infer B}` ? `${A}${Capitalize<Camel<B>>}` : K
const camel = (key: string): string => key.replace(/-([a-z0-9])/g, (_, c: string) => c.toUpperCase())

type FieldCodecs = { readonly [key: string]: Codec<unknown> }
/** The value of a map with fixed keys: the required, and the optional as value or null. */
export type Fields<R extends FieldCodecs, O extends FieldCodecs> = {
  readonly [K in keyof R & string as Camel<K>]: TypeOf<R[K]>
} & { readonly [K in keyof O & string as Camel<K>]: TypeOf<O[K]> | null }

/** A map with fixed keys. Unknown and missing keys are faults; fields are named in camel case. */
export function fields<const R extends FieldCodecs, const O extends FieldCodecs>(required: R, optional: O): Codec<Fields<R, O>> {
  const known = [...Object.keys(required), ...Object.keys(optional)]
  return {
    read: (tree) => {
      if (tree.kind !== 'map') return bad(tree, 'R0304', `a map with ${known.join(', ')}`)
      const values: Record<string, unknown> = {}
      for (const entry of tree.entries) {
        const codec = Object.hasOwn(required, entry.key)
          ? required[entry.key]
          : Object.hasOwn(optional, entry.key)
            ? optional[entry.key]
            : undefined
        if (codec === undefined)
          return fail({ code: 'R0302', at: entry.keyAt, text: entry.key, help: `known here: ${known.join(', ')}` })
        const value = codec.read(entry.value)
        if (value.kind === 'fail') return value
        values[camel(entry.key)] = value.value
      }
      for (const key of Object.keys(required))
        if (!Object.hasOwn(values, camel(key))) return fail({ code: 'R0303', at: tree.at, text: key, help: `needs ${key}` })
      // In the order of the schema, so that two spellings of one rule are one value.
      const ordered = Object.fromEntries(known.map((key) => [camel(key), values[camel(key)] ?? null]))
      // Each key was read by its own codec just above, so the record is what the type says.
      return ok(ordered as Fields<R, O>)
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
    read: (tree) =>
      tree.kind === 'map' && tree.entries.length === 0
        ? bad(tree, 'R0303', `at least one of ${Object.keys(optional).join(', ')}`)
        : codec.read(tree),
    write: (value) => codec.write(value),
  }
}
