import { fail, ok, type Result } from '@quorate/kernel'
import type { EditionNumber } from './act.ts'
import type { Codec } from './codec.ts'
import { diagnose, type Diagnostic, type Fault } from './diagnostic.ts'
import { readDocument, type Clause } from './document.ts'
import {
  commonKeys,
  ruleCodecs,
  type Names,
  type Provision,
  type Rule,
  type RuleKind,
  type Rulebook,
  type Unresolved,
} from './model.ts'
import { readTree, type Tree, type TreeEntry } from './tree.ts'

/** A block as read: a rule, or one that is not resolved and grants nothing. */
type Block =
  | { readonly kind: 'rule'; readonly rule: Rule; readonly names: Names | null }
  | { readonly kind: 'unresolved'; readonly unresolved: Omit<Unresolved, 'clause'> }

// Kinds that stand once in a rulebook.
const single: readonly RuleKind[] = ['calendar', 'standing', 'transition', 'validity', 'genesis', 'interest', 'superior']

/**
 * Parses the text of an edition. Total: a malformed text gives diagnostics, at most one per bad block, and never throws. Cost is linear in
 * the text up to its bounds (600,000 characters, 20,000 a block).
 */
export function parseRulebook(text: string, edition: EditionNumber): Result<Rulebook, readonly [Diagnostic, ...Diagnostic[]]> {
  const document = readDocument(text)
  const diagnostics = [...document.diagnostics]
  const provisions: Provision[] = []
  const unresolved: Unresolved[] = []
  const seen = new Set<string>()
  for (const clause of document.clauses) {
    if (clause.block === null) continue
    const tree = readTree(clause.block.source, clause.block.line)
    const block = tree.kind === 'fail' ? tree : readBlock(tree.value)
    if (block.kind === 'fail') {
      diagnostics.push(diagnose(block.error, clause.id))
      continue
    }
    const key = uniqueKey(block.value)
    if (key !== null && seen.has(key)) {
      diagnostics.push(
        diagnose(
          { code: 'R0307', at: { line: clause.block.line, column: 1 }, text: key, help: 'stands once in a rulebook' },
          clause.id,
        ),
      )
      continue
    }
    if (key !== null) seen.add(key)
    if (block.value.kind === 'rule') provisions.push({ clause: clause.id, rule: block.value.rule, names: block.value.names })
    else unresolved.push({ clause: clause.id, ...block.value.unresolved })
  }
  const sorted = diagnostics.toSorted((a, b) => a.line - b.line || a.column - b.column)
  const [first, ...rest] = sorted
  if (first !== undefined) return fail([first, ...rest])
  const clauses = new Map(document.clauses.map((clause): [Clause['id'], Clause] => [clause.id, clause]))
  return ok({ edition, document, textHash: document.textHash, clauses, provisions, unresolved })
}

function uniqueKey(block: Block): string | null {
  const kind = block.kind === 'rule' ? block.rule.kind : block.unresolved.kind
  const name = block.kind === 'rule' ? ('id' in block.rule ? block.rule.id : null) : block.unresolved.id
  return name !== null ? `${kind} ${name}` : single.includes(kind) ? kind : null
}

const isKind = (name: string): name is RuleKind => Object.hasOwn(ruleCodecs, name)

/** Reads one block. The first fault ends it: a block has one diagnostic. */
export function readBlock(tree: Tree): Result<Block, Fault> {
  if (tree.kind !== 'map') return fail({ code: 'R0304', at: tree.at, text: '', help: 'a block is a map that begins with `kind`' })
  const kindEntry = tree.entries.find((e) => e.key === 'kind')
  const kind = kindEntry?.value.kind === 'text' ? kindEntry.value.text : ''
  if (!isKind(kind))
    return fail({
      code: 'R0301',
      at: kindEntry?.value.at ?? tree.at,
      text: kind,
      help: `kinds: ${Object.keys(ruleCodecs).join(', ')}`,
    })
  const own: TreeEntry[] = []
  const open: string[] = []
  let names: Names | null = null
  for (const entry of tree.entries) {
    if (entry.key === 'kind' || entry.key === 'basis') continue
    if (entry.key === 'names') {
      const read = commonKeys.names.read(entry.value)
      if (read.kind === 'fail') return read
      names = read.value
    } else {
      const resolved = resolve(entry.value, entry.key, open)
      own.push({ ...entry, value: resolved })
    }
  }
  if (open.length > 0) {
    const idEntry = own.find((e) => e.key === 'id')?.value
    return ok({ kind: 'unresolved', unresolved: { kind, id: idEntry?.kind === 'text' ? idEntry.text : null, fields: open } })
  }
  const read = (ruleCodecs[kind] as Codec<object>).read({ kind: 'map', entries: own, at: tree.at })
  if (read.kind === 'fail') return read
  // The codec of `kind` read the fields; with the kind they are exactly that member of the union.
  return ok({ kind: 'rule', rule: { kind, ...read.value } as Rule, names })
}

/** Puts the ratified reading in the place of each field with readings; notes the paths that stay unknown. */
function resolve(tree: Tree, path: string, open: string[]): Tree {
  if (tree.kind === 'text') {
    if (tree.text === 'unknown') open.push(path)
    return tree
  }
  if (tree.kind === 'list') return { ...tree, items: tree.items.map((item, i) => resolve(item, `${path}.${i}`, open)) }
  const readings = tree.entries.find((e) => e.key === 'readings')
  if (readings?.value.kind === 'map') {
    const ratified = tree.entries.find((e) => e.key === 'ratified')?.value
    const chosen = ratified?.kind === 'text' ? readings.value.entries.find((e) => e.key === ratified.text) : undefined
    if (chosen !== undefined) return resolve(chosen.value, path, open)
    open.push(path)
    return tree
  }
  return { ...tree, entries: tree.entries.map((e) => ({ ...e, value: resolve(e.value, `${path}.${e.key}`, open) })) }
}
