import type { RuleKind } from '../schema/kinds.ts'

/** What a name in a block must be the name of: a rule of one of some kinds, a state of standing, a seat, a stage of this procedure, a clause. */
export type Target = readonly RuleKind[] | 'state' | 'seat' | 'stage' | 'anchor' | 'clause'

/** The expressions of the grammar. */
export type ExpressionName = 'duration' | 'amount' | 'threshold' | 'condition' | 'moment' | 'who' | 'actors' | 'vote'

/**
 * What a codec reads, as data: from it come the references of a rule, the published JSON Schema, the reference pages and the random rules of
 * the tests, so that a new key is written down once.
 */
export type Shape =
  /** A text of a pattern (a regular expression without anchors). */
  | { readonly kind: 'text'; readonly what: string; readonly pattern: string; readonly example: string }
  | { readonly kind: 'expression'; readonly of: ExpressionName; readonly what: string }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  /** An id: one this rule defines (`to` null) or the name of something else, unless it is one of the `except`. */
  | { readonly kind: 'id'; readonly to: Target | null; readonly except: readonly string[] }
  | { readonly kind: 'phrase'; readonly pattern: string; readonly slots: Shapes }
  | { readonly kind: 'phrases'; readonly of: readonly Extract<Shape, { readonly kind: 'phrase' }>[] }
  /** One of two spellings: a phrase, or a map with fixed keys. */
  | { readonly kind: 'either'; readonly of: readonly Shape[] }
  | { readonly kind: 'list'; readonly item: Shape; readonly least: number; readonly single: boolean }
  | { readonly kind: 'table'; readonly key: Shape; readonly value: Shape }
  | {
      readonly kind: 'fields'
      readonly required: Shapes
      readonly optional: Shapes
      /** Of each of these groups of keys exactly one stands. */
      readonly either: readonly (readonly string[])[]
      /** At least one key must stand. */
      readonly some: boolean
    }
  /** A map of stages, each of the kind its `do` or else its own key names. */
  | { readonly kind: 'stages'; readonly kinds: Shapes }
/** Shapes by the name they stand under. */
export type Shapes = { readonly [key: string]: Shape }

const remembered = new Map<string, string>()
/** `late-quorum` as the name of a field: `lateQuorum`. */
export function camel(key: string): string {
  const known = remembered.get(key)
  if (known !== undefined) return known
  const name = key.replace(/-([a-z0-9])/g, (_, c: string) => c.toUpperCase())
  // Keys of the schema only, a few hundred; what an author made up is not remembered.
  if (remembered.size < 1_000) remembered.set(key, name)
  return name
}
