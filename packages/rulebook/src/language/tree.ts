import type { Position } from './diagnostic.ts'

/** A rule block as written: every scalar is text, every node knows where it stands. */
export type Tree =
  | { readonly kind: 'text'; readonly text: string; readonly at: Position }
  | { readonly kind: 'list'; readonly items: readonly Tree[]; readonly at: Position }
  | { readonly kind: 'map'; readonly entries: readonly TreeEntry[]; readonly at: Position }
  /** A part that is not resolved: `unknown` (no readings), or readings of which none is ratified. */
  | { readonly kind: 'open'; readonly readings: readonly Tree[]; readonly at: Position }
/** One key of a map with its value. */
export type TreeEntry = { readonly key: string; readonly keyAt: Position; readonly value: Tree }
