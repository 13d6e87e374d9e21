import { assert } from '@quorate/kernel'
import type { ClauseId, Rulebook } from '../src/index.ts'
import type { Tree } from '../src/language/tree.ts'
import { readTree } from '../src/yaml/read-tree.ts'

/** A block without places: text, lists and maps. */
export type Plain = string | readonly Plain[] | { readonly [key: string]: Plain }

const place = { line: 1, column: 1 }

export const plainOf = (tree: Tree): Plain =>
  tree.kind === 'text'
    ? tree.text
    : tree.kind === 'list'
      ? tree.items.map(plainOf)
      : tree.kind === 'open'
        ? 'unknown'
        : Object.fromEntries(tree.entries.map((e) => [e.key, plainOf(e.value)]))

export const treeOf = (plain: Plain): Tree => {
  if (typeof plain === 'string') return { kind: 'text', text: plain, at: place }
  if (Array.isArray(plain)) return { kind: 'list', items: (plain as readonly Plain[]).map(treeOf), at: place }
  return {
    kind: 'map',
    entries: Object.entries(plain).map(([key, value]) => ({ key, keyAt: place, value: treeOf(value) })),
    at: place,
  }
}

/** A rulebook of clauses given as blocks: `1 calendar`, then each block under its own number from 2 on. */
export const rulebookOf = (...blocks: readonly string[]): string =>
  [
    '# A small rulebook',
    '## 1 Time\n```rule\nkind: calendar\nzone: Europe/London\nholidays: []\n```',
    ...blocks.map((block, i) => `## ${i + 2} Clause ${i + 2}\n\`\`\`rule\n${block.trim()}\n\`\`\``),
  ].join('\n')

/** The block of a clause that has one. */
export function treeIn(rulebook: Rulebook, id: string): Tree {
  const block = rulebook.clauses.get(id as ClauseId)?.block ?? null
  const tree = block === null ? null : readTree(block.source, block.line)
  assert(tree?.kind === 'ok', `a block in ${id}`)
  return tree.value
}
