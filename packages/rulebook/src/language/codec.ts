import { fail, ok, type Result } from '@quorate/kernel'
import type { DiagnosticCode, Fault } from './diagnostic.ts'
import type { ExpressionFault } from './expression.ts'
import type { RuleKind } from '../schema/kinds.ts'
import type { ExpressionName, Shape, Target } from './shape.ts'
import type { Tree } from './tree.ts'

/** A value as it is written in a block: text, list or map. */
export type Written = string | readonly Written[] | { readonly [key: string]: Written }

/**
 * Reads a part of a block into a typed value and writes it back in its one spelling. The codecs of a kind are its schema: the type, the
 * reader, the canonical form, the published JSON Schema and the reference all come from them.
 */
export type Codec<T> = {
  readonly shape: Shape
  read(tree: Tree): Result<T, Fault>
  write(value: T): Written
}
/** What a codec reads. */
export type TypeOf<C> = C extends Codec<infer T> ? T : never

const textOf = (tree: Tree): string => (tree.kind === 'text' ? tree.text : tree.kind === 'list' ? '[…]' : '{…}')
/** A fault where something stands. */
export const bad = (tree: Tree, code: DiagnosticCode, help: string): Result<never, Fault> =>
  fail({ code, at: tree.at, text: textOf(tree), help })

/**
 * Reads a part of a block. One that is `unknown`, or has readings of which none is ratified, has no value: each reading is checked, and the
 * block as a whole is unresolved, so that nobody reads the value given here.
 */
export function readPart<T>(codec: Codec<T>, tree: Tree): Result<T, Fault> {
  if (tree.kind !== 'open') return codec.read(tree)
  for (const reading of tree.readings) {
    const read = readPart(codec, reading)
    if (read.kind === 'fail') return read
  }
  return ok(null as T)
}

/** What a text must be, and how it looks: for the reader of a diagnostic, the JSON Schema and the reference. */
type Looks = { readonly what: string; readonly pattern: string; readonly example: string }

/** A text of a pattern, read by `parse`. */
export function text<T>(looks: Looks, parse: (text: string) => T | null, write: (value: T) => string): Codec<T> {
  const help = looks.what
  return {
    shape: { kind: 'text', ...looks },
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
  of: ExpressionName,
  what: string,
  parse: (text: string) => Result<T, ExpressionFault>,
  write: (value: T) => string,
): Codec<T> {
  return {
    shape: { kind: 'expression', of, what },
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
export const word = <const W extends readonly [string, ...string[]]>(...words: W): Codec<W[number]> => ({
  shape: { kind: 'word', words },
  read: (tree) => {
    const help = words.length === 1 ? `the word: ${words[0]}` : `one of: ${words.join(', ')}`
    if (tree.kind !== 'text') return bad(tree, 'R0304', help)
    const found: W[number] | undefined = words.find((w) => w === tree.text)
    return found === undefined ? bad(tree, 'R0305', help) : ok(found)
  },
  write: (value) => value,
})

/** What an id looks like, without anchors. */
export const idPattern = '[a-z][a-z0-9]*(?:-[a-z0-9]+)*'
const idShape = new RegExp(`^${idPattern}$`)
const named = (to: Target | null, except: readonly string[] = []): Codec<string> => ({
  shape: { kind: 'id', to, except },
  read: (tree) => {
    if (tree.kind !== 'text') return bad(tree, 'R0304', 'an id such as `returning-officer`')
    return idShape.test(tree.text) && tree.text.length <= 60
      ? ok(tree.text)
      : bad(tree, 'R0305', 'an id such as `returning-officer`')
  },
  write: String,
})
/** An id this rule defines, or one that nothing defines: lower-case words joined by hyphens. */
export const id: Codec<string> = named(null)
/** The id of a rule of one of some kinds. */
export const ref = (...kinds: readonly RuleKind[]): Codec<string> => named(kinds)
/** The id of a stage of this procedure, or `fallen` or `end`. */
export const target: Codec<string> = named('stage', ['fallen', 'end'])
/** The id of a stage of this procedure. */
export const stageRef: Codec<string> = named('stage')
/** An instant by name: of the grammar (`notice`), a stage, a meeting, or an appeal when it ends. */
export const anchorRef: Codec<string> = named('anchor')
/** The id of a state of standing, or `any`. */
export const stateRef: Codec<string> = named('state', ['any'])
/** The id of a class of seats. */
export const seatRef: Codec<string> = named('seat')
/** A whole number from 0 to 999,999,999. */
export const integer: Codec<number> = text(
  { what: 'a whole number', pattern: '(?:0|[1-9][0-9]{0,8})', example: '12' },
  (t) => (/^(?:0|[1-9]\d{0,8})$/.test(t) ? Number(t) : null),
  String,
)
/** `yes` or `no`. */
export const yesNo: Codec<boolean> = text(
  { what: 'yes or no', pattern: '(?:yes|no)', example: 'yes' },
  (t) => (t === 'yes' ? true : t === 'no' ? false : null),
  (v) => (v ? 'yes' : 'no'),
)
const clausePattern = '[0-9]{1,4}(?:\\.[0-9]{1,4}){0,5}'
const clauseShape = new RegExp(`^${clausePattern}$`)
/** A clause number. */
export const clauseNumber: Codec<string> = {
  shape: { kind: 'id', to: 'clause', except: [] },
  read: (tree) => {
    if (tree.kind !== 'text') return bad(tree, 'R0304', 'a clause number')
    return clauseShape.test(tree.text) ? ok(tree.text) : bad(tree, 'R0305', 'a clause number')
  },
  write: String,
}
/** A time of day, `12:00`; `24:00` is the end of the day. */
export const timeOfDay: Codec<string> = text(
  { what: 'a time such as 12:00', pattern: '(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)', example: '12:00' },
  (t) => (/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(t) ? t : null),
  String,
)
const suffixOf = (n: number): string =>
  n % 100 >= 11 && n % 100 <= 13 ? 'th' : n % 10 === 1 ? 'st' : n % 10 === 2 ? 'nd' : n % 10 === 3 ? 'rd' : 'th'
/** `1st`, `2nd`, `8th`. */
export const writeOrdinal = (n: number): string => `${n}${suffixOf(n)}`
/** An ordinal such as `8th`. */
export const ordinal: Codec<number> = text(
  {
    what: 'an ordinal such as 8th',
    pattern: '(?:(?:[2-9]|[1-9][02-9])?(?:1st|2nd|3rd)|(?:[1-9]?1[123]|(?:[1-9][0-9]?)?[4-9]|[1-9][0-9]?0)th)',
    example: '8th',
  },
  (t) => {
    const n = Number(/^([1-9]\d{0,2})(?:st|nd|rd|th)$/.exec(t)?.[1] ?? Number.NaN)
    return writeOrdinal(n) === t ? n : null
  },
  writeOrdinal,
)

/** A list; a single value may stand without brackets only where `list` is not used. */
export function list<T>(item: Codec<T>, least = 0): Codec<readonly T[]> {
  return {
    shape: { kind: 'list', item: item.shape, least, single: false },
    read: (tree) => {
      if (tree.kind !== 'list') return bad(tree, 'R0304', 'a list in [ ]')
      if (tree.items.length < least) return bad(tree, 'R0304', `at least ${least} in the list`)
      const values: T[] = []
      for (const part of tree.items) {
        const value = readPart(item, part)
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
    shape: { kind: 'list', item: item.shape, least: 1, single: true },
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
    shape: { kind: 'table', key: key.shape, value: value.shape },
    read: (tree) => {
      if (tree.kind !== 'map') return bad(tree, 'R0304', 'a map of keys')
      const rows: { key: string; value: T }[] = []
      for (const entry of tree.entries) {
        const name = key.read({ kind: 'text', text: entry.key, at: entry.keyAt })
        if (name.kind === 'fail') return name
        const read = readPart(value, entry.value)
        if (read.kind === 'fail') return read
        rows.push({ key: name.value, value: read.value })
      }
      return ok(rows)
    },
    write: (rows) => Object.fromEntries(rows.map((row) => [row.key, value.write(row.value)])),
  }
}
