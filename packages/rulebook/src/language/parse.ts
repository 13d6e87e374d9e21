import { fail, ok, type Result } from '@quorate/kernel'
import type { EditionNumber } from '../act.ts'
import type { Codec } from './codec.ts'
import { diagnose, type Diagnostic, type Fault } from './diagnostic.ts'
import { readDocument, type Clause } from './document.ts'
import {
  commonKeys,
  idOf,
  ruleCodecs,
  type Basis,
  type Names,
  type Provision,
  type Rule,
  type RuleKind,
  type Rulebook,
  type Terms,
  type Unresolved,
} from './model.ts'
import type { Tree, TreeEntry } from './tree.ts'
import { readTree } from '../yaml/read-tree.ts'

/** A block as read: a rule, or one that is not resolved and grants nothing. */
type Block =
  | {
      readonly kind: 'rule'
      readonly rule: Rule
      readonly names: Names | null
      readonly terms: Terms | null
      readonly basis: Basis | null
      readonly waives: Waives
    }
  | { readonly kind: 'unresolved'; readonly unresolved: Omit<Unresolved, 'clause'> }

// Kinds that stand once in a rulebook.
const single: readonly RuleKind[] = [
  'calendar',
  'standing',
  'transition',
  'validity',
  'genesis',
  'interest',
  'superior',
  'dissolution',
  'record',
]

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
    if (block.value.kind === 'rule') {
      const { rule, names, terms, basis, waives } = block.value
      provisions.push({ clause: clause.id, rule, names, terms, basis, waives })
    } else unresolved.push({ clause: clause.id, ...block.value.unresolved })
  }
  const sorted = diagnostics.toSorted((a, b) => a.line - b.line || a.column - b.column)
  const [first, ...rest] = sorted
  if (first !== undefined) return fail([first, ...rest])
  const clauses = new Map(document.clauses.map((clause): [Clause['id'], Clause] => [clause.id, clause]))
  return ok({ edition, document, textHash: document.textHash, clauses, provisions, unresolved })
}

function uniqueKey(block: Block): string | null {
  const kind = block.kind === 'rule' ? block.rule.kind : block.unresolved.kind
  const name = block.kind === 'rule' ? idOf(block.rule) : block.unresolved.id
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
  const common = readCommon(tree.entries)
  if (common.kind === 'fail') return common
  const { names, terms, basis, waives } = common.value
  const open: string[] = []
  const own = tree.entries
    .filter((entry) => !(entry.key in commonKeys) && entry.key !== 'kind')
    .map((entry) => ({ ...entry, value: resolve(entry.value, entry.key, open) }))
  const read = (ruleCodecs[kind] as Codec<object>).read({ kind: 'map', entries: own, at: tree.at })
  if (read.kind === 'fail') return read
  if (open.length > 0) {
    const idEntry = own.find((e) => e.key === (kind === 'superior' ? 'rulebook' : 'id'))?.value
    const id = idEntry?.kind === 'text' ? idEntry.text : null
    return ok({ kind: 'unresolved', unresolved: { kind, id, fields: open, names, basis } })
  }
  // The codec of `kind` read the fields; with the kind they are exactly that member of the union.
  return ok({ kind: 'rule', rule: { kind, ...read.value } as Rule, names, terms, basis, waives })
}

type Waives = Exclude<Provision['waives'], undefined>
type Common = {
  readonly names: Names | null
  readonly terms: Terms | null
  readonly basis: Basis | null
  readonly waives: Waives
}
function readCommon(entries: readonly TreeEntry[]): Result<Common, Fault> {
  const out: { -readonly [K in keyof Common]: Common[K] } = { names: null, terms: null, basis: null, waives: null }
  for (const { key, value } of entries) {
    if (key === 'names') {
      const read = commonKeys.names.read(value)
      if (read.kind === 'fail') return read
      out.names = read.value
    }
    if (key === 'terms') {
      const read = commonKeys.terms.read(value)
      if (read.kind === 'fail') return read
      out.terms = read.value
    }
    if (key === 'basis') {
      const read = commonKeys.basis.read(value)
      if (read.kind === 'fail') return read
      out.basis = read.value
    }
    if (key === 'waives') {
      const read = commonKeys.waives.read(value)
      if (read.kind === 'fail') return read
      out.waives = read.value
    }
  }
  return ok(out)
}

/** Puts the ratified reading in the place of each field with readings; notes the paths that stay open. */
function resolve(tree: Tree, path: string, open: string[]): Tree {
  if (tree.kind === 'text') {
    if (tree.text !== 'unknown') return tree
    open.push(path)
    return { kind: 'open', readings: [], at: tree.at }
  }
  if (tree.kind === 'open') return tree
  if (tree.kind === 'list') return { ...tree, items: tree.items.map((item, i) => resolve(item, `${path}.${i}`, open)) }
  const readings = tree.entries.find((e) => e.key === 'readings')
  if (readings?.value.kind === 'map') {
    const ratified = tree.entries.find((e) => e.key === 'ratified')?.value
    const chosen = ratified?.kind === 'text' ? readings.value.entries.find((e) => e.key === ratified.text) : undefined
    if (chosen !== undefined) return resolve(chosen.value, path, open)
    open.push(path)
    // What is unknown inside a reading is part of one open field.
    return { kind: 'open', readings: readings.value.entries.map((e) => resolve(e.value, path, [])), at: tree.at }
  }
  return { ...tree, entries: tree.entries.map((e) => ({ ...e, value: resolve(e.value, `${path}.${e.key}`, open) })) }
}
