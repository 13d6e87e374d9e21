import { isAlias, isMap, isScalar, isSeq, parseDocument, LineCounter } from 'yaml'
import type { Tree, TreeEntry } from '../src/language/tree.ts'

/**
 * A block as the package `yaml` reads it: YAML 1.2 whole, of which our reader takes a part. Null when it is no YAML, has a key that is no text or
 * stands twice, or carries an anchor, tag, alias or directive.
 */
export function treeByLibrary(source: string): Tree | null {
  const lines = new LineCounter()
  const options = {
    schema: 'failsafe',
    version: '1.2',
    merge: false,
    uniqueKeys: true,
    prettyErrors: false,
    lineCounter: lines,
  } as const
  try {
    const document = parseDocument(source, options)
    if (document.errors.length > 0 || document.warnings.length > 0 || document.directives.yaml.explicit === true) return null
    return treeOf(document.contents, lines)
  } catch {
    return null
  }
}

function treeOf(node: unknown, lines: LineCounter): Tree | null {
  const { line, col } = lines.linePos((node as { range?: readonly [number] } | null)?.range?.[0] ?? 0)
  const at = { line: Math.max(line, 1), column: Math.max(col, 1) }
  if (node === null) return { kind: 'text', text: '', at }
  if (isAlias(node)) return null
  if (!isScalar(node) && !isSeq(node) && !isMap(node)) return null
  if (node.anchor !== undefined || node.tag !== undefined) return null
  if (isScalar(node)) return { kind: 'text', text: typeof node.value === 'string' ? node.value : '', at }
  if (isSeq(node)) {
    const items = node.items.map((item) => treeOf(item, lines))
    return items.every((item) => item !== null) ? { kind: 'list', items, at } : null
  }
  const entries: TreeEntry[] = []
  for (const pair of node.items) {
    const key = treeOf(pair.key, lines)
    const value = treeOf(pair.value, lines)
    if (key?.kind !== 'text' || key.text === '<<' || value === null) return null
    entries.push({ key: key.text, keyAt: key.at, value })
  }
  return { kind: 'map', entries, at }
}

/** A tree as one line: what it says and, of all that is written, where. What is left out has no place of its own. */
export function toldWithPlaces(tree: Tree): string {
  const where = ({ line, column }: Tree['at']): string => `${line}:${column}`
  if (tree.kind === 'text') return tree.text === '' ? '""' : `${JSON.stringify(tree.text)}@${where(tree.at)}`
  if (tree.kind === 'list') return `[${tree.items.map(toldWithPlaces).join(', ')}]@${where(tree.at)}`
  if (tree.kind === 'open') return 'open'
  const entries = tree.entries.map((e) => `${JSON.stringify(e.key)}@${where(e.keyAt)}: ${toldWithPlaces(e.value)}`)
  return `{${entries.join(', ')}}@${where(tree.at)}`
}
