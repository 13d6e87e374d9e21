import { fail, ok, type Result } from '@quorate/kernel'
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Fault, Position } from './diagnostic.ts'

/** A rule block as written: every scalar is text, every node knows where it stands. */
export type Tree =
  | { readonly kind: 'text'; readonly text: string; readonly at: Position }
  | { readonly kind: 'list'; readonly items: readonly Tree[]; readonly at: Position }
  | { readonly kind: 'map'; readonly entries: readonly TreeEntry[]; readonly at: Position }
  /** A part that is not resolved: `unknown` (no readings), or readings of which none is ratified. */
  | { readonly kind: 'open'; readonly readings: readonly Tree[]; readonly at: Position }
/** One key of a map with its value. */
export type TreeEntry = { readonly key: string; readonly keyAt: Position; readonly value: Tree }

// The longest block of the trial rulebooks has 1,900 characters and is 4 deep. The bounds keep hostile text from costing time or stack.
const lengthMax = 20_000
const depthMax = 12

/**
 * Reads the YAML 1.2 of one block. Scalars stay text (failsafe schema): `yes`, `2026-01-31`, `24:00` and `1/2` are what they look like.
 * Anchors, aliases, tags, directives and duplicate keys are refused.
 */
export function readTree(source: string, lineFirst: number): Result<Tree, Fault> {
  const top: Position = { line: lineFirst, column: 1 }
  if (source.length > lengthMax || nesting(source) > 2 * depthMax)
    return fail({ code: 'R0204', at: top, text: '', help: `a block has at most ${lengthMax} characters, ${depthMax} levels` })
  const lines = new LineCounter()
  const document = parsedOrNull(source, lines)
  if (document === null) return fail({ code: 'R0201', at: top, text: '', help: 'a block is YAML' })
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1) + lineFirst - 1, column: Math.max(col, 1) }
  }
  const error = document.errors[0] ?? document.warnings[0]
  if (error !== undefined) {
    const [from, to] = error.pos
    const code = error.code === 'DUPLICATE_KEY' ? 'R0203' : error.code === 'TAG_RESOLVE_FAILED' ? 'R0202' : 'R0201'
    return fail({ code, at: place(from), text: source.slice(from, Math.max(to, from + 1)), help: 'a block is plain YAML 1.2' })
  }
  if (document.directives.yaml.explicit === true) return fail({ code: 'R0202', at: top, text: '%YAML', help: 'no directives' })
  return convert(document.contents, 0, source, place)
}

/** The YAML library throws on nothing we know of, but it is not ours: at this one edge a throw is a fault of the text. */
function parsedOrNull(source: string, lines: LineCounter) {
  try {
    return parseDocument(source, {
      schema: 'failsafe',
      version: '1.2',
      merge: false,
      uniqueKeys: true,
      lineCounter: lines,
      prettyErrors: false,
    })
  } catch {
    return null
  }
}

/** Upper bound of the nesting of a source: open brackets, compact `- - -` and `? ? ?` runs, and indentation. */
function nesting(source: string): number {
  let open = 0
  let most = 0
  for (const line of source.split('\n')) {
    const compact = /^(?:\s*[-?:] )+/.exec(line)?.[0].replace(/\s/g, '').length ?? 0
    most = Math.max(most, open + compact)
    for (const c of line) {
      if (c === '[' || c === '{') most = Math.max(most, ++open + compact)
      if ((c === ']' || c === '}') && open > 0) open--
    }
  }
  return most
}

function convert(node: unknown, depth: number, source: string, place: (offset: number) => Position): Result<Tree, Fault> {
  const range = (node as { range?: readonly [number, number, number] | null } | null)?.range ?? [0, 0, 0]
  const at = place(range[0])
  const text = source.slice(range[0], range[1])
  if (depth > depthMax) return fail({ code: 'R0204', at, text, help: `at most ${depthMax} levels` })
  if (isAlias(node)) return fail({ code: 'R0202', at, text, help: 'no aliases' })
  if (isScalar(node)) {
    if (node.anchor !== undefined || node.tag !== undefined) return fail({ code: 'R0202', at, text, help: 'no anchors or tags' })
    const value = typeof node.value === 'string' ? node.value : ''
    return ok({ kind: 'text', text: value, at })
  }
  if (isSeq(node)) {
    if (node.anchor !== undefined || node.tag !== undefined) return fail({ code: 'R0202', at, text, help: 'no anchors or tags' })
    const items: Tree[] = []
    for (const item of node.items) {
      const read = convert(item, depth + 1, source, place)
      if (read.kind === 'fail') return read
      items.push(read.value)
    }
    return ok({ kind: 'list', items, at })
  }
  if (isMap(node)) {
    if (node.anchor !== undefined || node.tag !== undefined) return fail({ code: 'R0202', at, text, help: 'no anchors or tags' })
    const entries: TreeEntry[] = []
    for (const pair of node.items) {
      const key = convert(pair.key, depth + 1, source, place)
      if (key.kind === 'fail') return key
      if (key.value.kind !== 'text' || key.value.text === '<<')
        return fail({ code: 'R0201', at: key.value.at, text, help: 'a key is a word' })
      const value =
        pair.value === null
          ? ok<Tree>({ kind: 'text', text: '', at: key.value.at })
          : convert(pair.value, depth + 1, source, place)
      if (value.kind === 'fail') return value
      entries.push({ key: key.value.text, keyAt: key.value.at, value: value.value })
    }
    return ok({ kind: 'map', entries, at })
  }
  return fail({ code: 'R0201', at, text, help: 'a block is a map of keys' })
}
