/**
 * A map by text key that is plain JSON, immutable, in the order of its keys and cheap to change: a tree by character with leaves of up to 16
 * rows. Changing one of n rows copies about 16·log n references; a copied object of 40,000 seats would cost 40,000.
 */
export type Table<T> = { readonly size: number; readonly root: Node<T> }
type Row<T> = readonly [key: string, value: T]
type Branch<T> = { readonly [character: string]: Node<T> }
type Node<T> = readonly Row<T>[] | Branch<T>

const leafMax = 16
const emptyRoot: readonly never[] = []

/** A table without rows. */
export const emptyTable: Table<never> = { size: 0, root: emptyRoot }

const isLeaf = <T>(node: Node<T>): node is readonly Row<T>[] => Array.isArray(node)
/** No character at all where the key ends; the prefix keeps digits from becoming array indices, which JSON would reorder. */
const branchOf = (key: string, depth: number): string => `d${key[depth] ?? ''}`
const childOf = <T>(node: Branch<T>, branch: string): Node<T> =>
  Object.hasOwn(node, branch) ? (node[branch] ?? emptyRoot) : emptyRoot

/** The value of a key, or null. */
export function rowOf<T>(table: Table<T>, key: string): T | null {
  let node = table.root
  for (let depth = 0; !isLeaf(node); depth++) node = childOf(node, branchOf(key, depth))
  return node.find(([known]) => known === key)?.[1] ?? null
}

/** The table with a value under a key, new or in place of the old. */
export function withRow<T>(table: Table<T>, key: string, value: T): Table<T> {
  const isNew = rowOf(table, key) === null
  return { size: table.size + (isNew ? 1 : 0), root: put(table.root, [key, value], 0) }
}

/** The table without a key; the same table when it was not there. */
export function withoutRow<T>(table: Table<T>, key: string): Table<T> {
  return rowOf(table, key) === null ? table : { size: table.size - 1, root: drop(table.root, key, 0) }
}

/** All rows in the order of their keys (by UTF-16 code unit). */
export const rowsOf = <T>(table: Table<T>): readonly Row<T>[] => listed(table.root)

/** All values in the order of their keys. */
export const valuesOf = <T>(table: Table<T>): readonly T[] => rowsOf(table).map(([, value]) => value)

/** The row with the least key, or null. */
export function firstRow<T>(table: Table<T>): Row<T> | null {
  let node = table.root
  while (!isLeaf(node)) {
    const branches: Branch<T> = node
    const least = Object.keys(branches).toSorted()[0]
    if (least === undefined) return null
    node = childOf(branches, least)
  }
  return node[0] ?? null
}

function put<T>(node: Node<T>, row: Row<T>, depth: number): Node<T> {
  if (!isLeaf(node)) {
    const branch = branchOf(row[0], depth)
    return { ...node, [branch]: put(childOf(node, branch), row, depth + 1) }
  }
  const others = node.filter(([known]) => known !== row[0])
  const rows = [...others, row].toSorted(([a], [b]) => (a < b ? -1 : 1))
  // A key that has ended here has nothing left to be told apart by, and there is only one such.
  if (rows.length <= leafMax) return rows
  let split: Branch<T> = {}
  for (const one of rows) {
    const branch = branchOf(one[0], depth)
    split = { ...split, [branch]: put(childOf(split, branch), one, depth + 1) }
  }
  return split
}

function drop<T>(node: Node<T>, key: string, depth: number): Node<T> {
  if (isLeaf(node)) return node.filter(([known]) => known !== key)
  const branch = branchOf(key, depth)
  const left = drop(childOf(node, branch), key, depth + 1)
  const isEmpty = isLeaf(left) ? left.length === 0 : Object.keys(left).length === 0
  const rest = Object.fromEntries(Object.entries(node).filter(([name]) => name !== branch))
  return isEmpty ? rest : { ...rest, [branch]: left }
}

const listed = <T>(node: Node<T>): readonly Row<T>[] =>
  isLeaf(node)
    ? node
    : Object.keys(node)
        .toSorted()
        .flatMap((branch) => listed(childOf(node, branch)))
