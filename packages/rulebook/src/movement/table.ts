/**
 * A map by text key that is plain JSON, immutable, in the order of its keys and cheap to change: a radix tree with leaves of up to 16 rows. All
 * keys below a branch are alike up to its `at`, and differ there. Changing one of n rows copies about 16·log n references, however long what the keys
 * share; a copied object of 40,000 seats would cost 40,000.
 */
export type Table<T> = { readonly size: number; readonly root: Node<T> }
type Row<T> = readonly [key: string, value: T]
type Children<T> = { readonly [character: string]: Node<T> }
type Branch<T> = { readonly at: number; readonly by: Children<T> }
type Node<T> = readonly Row<T>[] | Branch<T>

const leafMax = 16
const emptyRoot: readonly never[] = []

/** A table without rows. */
export const emptyTable: Table<never> = { size: 0, root: emptyRoot }

const isLeaf = <T>(node: Node<T>): node is readonly Row<T>[] => Array.isArray(node)
/** No character at all where the key ends; the prefix keeps digits from becoming array indices, which JSON would reorder. */
const characterOf = (key: string, at: number): string => `d${key[at] ?? ''}`
/** Every name begins with `d` and no name that all objects inherit does, so what is found is the node’s own. */
const childOf = <T>(node: Branch<T>, character: string): Node<T> | undefined => node.by[character]

/** The leaf where a key stands or would. */
function leafFor<T>(table: Table<T>, key: string): readonly Row<T>[] {
  let node = table.root
  while (!isLeaf(node)) node = childOf(node, characterOf(key, node.at)) ?? emptyRoot
  return node
}

/** The value of a key, or null. */
export const rowOf = <T>(table: Table<T>, key: string): T | null =>
  leafFor(table, key).find(([known]) => known === key)?.[1] ?? null

/** The table with a value under a key, new or in place of the old. */
export function withRow<T>(table: Table<T>, key: string, value: T): Table<T> {
  const isNew = !leafFor(table, key).some(([known]) => known === key)
  // A key that is there is followed to its end, and one leaf is no way to lose.
  const shared = isNew && !isLeaf(table.root) ? sharedWith(table.root, key) : Infinity
  return { size: table.size + (isNew ? 1 : 0), root: put(table.root, [key, value], shared) }
}

/** The table without a key; the same table when it was not there. */
export function withoutRow<T>(table: Table<T>, key: string): Table<T> {
  return rowOf(table, key) === null ? table : { size: table.size - 1, root: drop(table.root, key) }
}

/** All rows in the order of their keys (by UTF-16 code unit). */
export const rowsOf = <T>(table: Table<T>): readonly Row<T>[] => listed(table.root)

/** All values in the order of their keys. */
export const valuesOf = <T>(table: Table<T>): readonly T[] => rowsOf(table).map(([, value]) => value)

/** The row with the least key, or null. */
export function firstRow<T>(table: Table<T>): Row<T> | null {
  let node = table.root
  while (!isLeaf(node)) node = firstChild(node)
  return node[0] ?? null
}

function firstChild<T>({ by }: Branch<T>): Node<T> {
  const least = Object.keys(by).reduce((a, b) => (b < a ? b : a))
  return by[least] ?? emptyRoot
}

/** How many characters two keys have in common from the first. */
function common(a: string, b: string): number {
  const most = Math.min(a.length, b.length)
  for (let i = 0; i < most; i++) if (a[i] !== b[i]) return i
  return most
}

/** How far a new key is like the keys it would stand among: following it as far as there is a way leads to those most like it. */
function sharedWith<T>(root: Node<T>, key: string): number {
  let node = root
  while (!isLeaf(node)) node = childOf(node, characterOf(key, node.at)) ?? firstChild(node)
  const [like] = node
  return like === undefined ? 0 : common(like[0], key)
}

/** `shared`: how far the key of the row is like those of the node. */
function put<T>(node: Node<T>, row: Row<T>, shared: number): Node<T> {
  if (isLeaf(node)) return split([...node.filter(([known]) => known !== row[0]), row])
  const character = characterOf(row[0], Math.min(node.at, shared))
  if (shared < node.at) {
    const [like] = firstOf(node)
    return { at: shared, by: { [characterOf(like, shared)]: node, [character]: [row] } }
  }
  return { at: node.at, by: { ...node.by, [character]: put(childOf(node, character) ?? emptyRoot, row, shared) } }
}

function firstOf<T>(node: Node<T>): Row<T> | readonly [''] {
  let found = node
  while (!isLeaf(found)) found = firstChild(found)
  return found[0] ?? ['']
}

/** Rows in their order, in leaves that are small enough: keys differ, so they part where they first do. */
function split<T>(rows: readonly Row<T>[]): Node<T> {
  const sorted = rows.toSorted(([a], [b]) => (a < b ? -1 : 1))
  if (sorted.length <= leafMax) return sorted
  const at = common(sorted[0]?.[0] ?? '', sorted.at(-1)?.[0] ?? '')
  const by: Record<string, Row<T>[]> = {}
  for (const row of sorted) (by[characterOf(row[0], at)] ??= []).push(row)
  return { at, by }
}

function drop<T>(node: Node<T>, key: string): Node<T> {
  if (isLeaf(node)) return node.filter(([known]) => known !== key)
  const character = characterOf(key, node.at)
  const left = drop(childOf(node, character) ?? emptyRoot, key)
  const others = Object.entries(node.by).filter(([name]) => name !== character)
  if (!isLeaf(left) || left.length > 0) return { at: node.at, by: { ...Object.fromEntries(others), [character]: left } }
  const [only] = others
  return others.length === 1 && only !== undefined ? only[1] : { at: node.at, by: Object.fromEntries(others) }
}

const listed = <T>(node: Node<T>): readonly Row<T>[] =>
  isLeaf(node)
    ? node
    : Object.keys(node.by)
        .toSorted()
        .flatMap((character) => listed(node.by[character] ?? emptyRoot))
