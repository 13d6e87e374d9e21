import { fail, ok, type Result } from '@quorate/kernel'
import type { Fault } from '../language/diagnostic.ts'
import type { Tree, TreeEntry } from '../language/tree.ts'
import { depthMax, entryOf, tooDeep } from './entries.ts'
import { beginsFlow, flow } from './flow.ts'
import { isKeyEnd, scalarLine, scalarRest, type Scalar } from './scalars.ts'
import {
  chars,
  columnOf,
  endLine,
  isBlank,
  isEnd,
  next,
  nextLine,
  placeOf,
  refuse,
  refuseHere,
  skipBlanks,
  sourceOf,
  type Source,
} from './source.ts'

// The part of YAML 1.2.2 that a rule needs: maps and lists, by indentation or in brackets; plain and quoted texts; comments. A text it takes means
// what YAML says it means; what it does not take (anchors, tags, directives, documents, blocks of lines, keys that are not words) it names.

// The longest block of the trial rulebooks has 1,900 characters.
const lengthMax = 20_000

// c-printable of YAML 1.2.2, 5.1, without the line ends that canonical text has not; a byte order mark is no character of a rule.
const unprintable = /[\0-\x08\x0b-\x1f\x7f\ufeff]/
const marker = /^(?:---|\.\.\.)(?![^ \t\n])/m

/**
 * Reads the YAML 1.2 of one block, its lines ended by `\n`. Every scalar stays text: `yes`, `2026-01-31`, `24:00` and `1/2` are what they look
 * like. Linear in the source, at most 20,000 characters and 12 levels; the first fault ends it.
 */
export function readTree(source: string, lineFirst: number): Result<Tree, Fault> {
  const s = sourceOf(source, lineFirst)
  if (source.length > lengthMax) refuse(s, 'R0204', placeOf(s), '', `a block has at most ${lengthMax} characters`)
  else if (!refusedSign(s)) {
    const tree = topNode(s)
    if (tree !== null) return ok(tree)
  }
  return fail(s.fault ?? { code: 'R0201', at: { line: lineFirst, column: 1 }, text: '', help: 'a block is plain YAML' })
}

/** Refuses signs that stand nowhere in a block: unprintable ones, and the marks between documents. */
function refusedSign(s: Source): boolean {
  const sign = unprintable.exec(s.text) ?? marker.exec(s.text)
  if (sign === null) return false
  const lines = s.text.slice(0, sign.index).split('\n')
  const at = { line: s.lineFirst + lines.length - 1, column: (lines.at(-1)?.length ?? 0) + 1 }
  const help = sign[0].length === 1 ? 'signs that can be seen' : 'one block is one document'
  refuse(s, 'R0201', at, sign[0].length === 1 ? '' : sign[0], help)
  return true
}

function topNode(s: Source): Tree | null {
  const indent = firstLine(s)
  if (s.fault !== null) return null
  if (indent === -1) return { kind: 'text', text: '', at: { line: s.lineFirst, column: 1 } }
  const tree = blockNode(s, -1, 0)
  if (tree === null) return null
  return s.at < s.text.length ? refuseHere(s, 'R0201', 'keys of one map begin in one column') : tree
}

/** Goes to the first line that says something, as {@link nextLine} does from the end of a line. */
function firstLine(s: Source): number {
  // One line end before the text would be passed over in the same way.
  s.at = -1
  s.line = -1
  return nextLine(s)
}

/**
 * A node of which the first character stands here, on its own line or after a hyphen. Everything of it is indented by more than `parent`.
 * Afterwards the source stands on the next line that says something, or at its end. Null with a fault.
 */
function blockNode(s: Source, parent: number, depth: number): Tree | null {
  if (depth > depthMax) return tooDeep(s)
  if (next(s) === chars.hyphen && isBlankOrEnd(s, s.at + 1)) return blockList(s, depth)
  if (beginsFlow(s)) return ended(s, flow(s, parent, depth))
  const [at, column, line] = [placeOf(s), columnOf(s), s.line]
  const first = scalarLine(s, { parent, flow: false })
  if (first === null) return null
  if (endsKey(s)) {
    if (line !== s.line) return refuse(s, 'R0201', at, first.text, 'a key stands on one line')
    return blockMap(s, column, depth, { text: first.text, at })
  }
  return scalarEnd(s, first, parent, at)
}

const isBlankOrEnd = (s: Source, offset: number): boolean =>
  isBlank(s.text.charCodeAt(offset)) || isEnd(s.text.charCodeAt(offset))

/** Whether a key ends here, after blanks. */
function endsKey(s: Source): boolean {
  skipBlanks(s)
  return next(s) === chars.colon && isKeyEnd(s, s.at, false)
}

/** The rest of a scalar that is no key, to the next line that says something. */
function scalarEnd(s: Source, first: Scalar, parent: number, at: Tree['at']): Tree | null {
  const text = scalarRest(s, first, { parent, flow: false })
  return ended(s, { kind: 'text', text, at })
}

/** After a value: nothing more may stand on its line. Goes to the next line that says something. */
function ended(s: Source, tree: Tree | null): Tree | null {
  if (tree === null) return null
  skipBlanks(s)
  if (next(s) === chars.colon)
    return refuseHere(
      s,
      'R0201',
      tree.kind === 'text' ? 'one key on a line; a text with a colon stands in quotes' : 'a key is a word',
    )
  if (!endLine(s)) return null
  nextLine(s)
  return s.fault === null ? tree : null
}

/** What stands where a value may be left out. */
const nothing = (s: Source): Tree => ({ kind: 'text', text: '', at: placeOf(s) })

/** The items that begin with a hyphen in the column of the first. */
function blockList(s: Source, depth: number): Tree | null {
  const [at, column] = [placeOf(s), columnOf(s)]
  const items: Tree[] = []
  do {
    s.at++
    const item = itemOf(s, column, depth + 1)
    if (item === null) return null
    items.push(item)
  } while (s.at < s.text.length && columnOf(s) === column && next(s) === chars.hyphen && isBlankOrEnd(s, s.at + 1))
  return { kind: 'list', items, at }
}

/** After a hyphen: the item, on this line or on lines indented further. */
function itemOf(s: Source, column: number, depth: number): Tree | null {
  const hyphen = s.at
  skipBlanks(s)
  if (isEnd(next(s)) || next(s) === chars.hash) {
    const empty = nothing(s)
    if (!endLine(s)) return null
    const indent = nextLine(s)
    if (s.fault !== null) return null
    if (indent > column) return blockNode(s, column, depth)
    return depth > depthMax ? tooDeep(s) : empty
  }
  const tabbed = s.text.slice(hyphen, s.at).includes('\t')
  const item = blockNode(s, column, depth)
  if (tabbed && item !== null && item.kind !== 'text') return refuse(s, 'R0201', item.at, '', 'indent with blanks, not with tabs')
  return item
}

type Key = { readonly text: string; readonly at: Tree['at'] }

/** The entries whose keys begin in one column. The first key is read, its colon stands here. */
function blockMap(s: Source, column: number, depth: number, first: Key): Tree | null {
  const entries: TreeEntry[] = []
  const keys = new Set<string>()
  if (depth + 1 > depthMax) return tooDeep(s)
  let key: Key | null = first
  while (key !== null) {
    if (entryOf(s, keys, key.text, key.at) === null) return null
    s.at++
    const value = valueOf(s, column, depth + 1)
    if (value === null) return null
    entries.push({ key: key.text, keyAt: key.at, value })
    if (s.at >= s.text.length || columnOf(s) < column) break
    key = keyOf(s, column)
  }
  return key === null ? null : { kind: 'map', entries, at: first.at }
}

/** The next key of a map; null with a fault when something else stands there. */
function keyOf(s: Source, column: number): Key | null {
  if (columnOf(s) > column) return refuseHere(s, 'R0201', 'keys of one map begin in one column')
  if (next(s) === chars.hyphen && isBlankOrEnd(s, s.at + 1))
    return refuseHere(s, 'R0201', 'a key; the items of a list stand below theirs')
  if (beginsFlow(s)) return refuseHere(s, 'R0201', 'a key is a word')
  const [at, line] = [placeOf(s), s.line]
  const key = scalarLine(s, { parent: column - 1, flow: false })
  if (key === null) return null
  if (endsKey(s) && line === s.line) return { text: key.text, at }
  return refuse(s, 'R0201', at, key.text, 'a key, a colon and a blank, on one line')
}

/** After the colon of a key: its value, on this line or below. A list may stand below in the column of the key. */
function valueOf(s: Source, column: number, depth: number): Tree | null {
  const empty = nothing(s)
  skipBlanks(s)
  if (isEnd(next(s)) || next(s) === chars.hash) {
    if (!endLine(s)) return null
    const indent = nextLine(s)
    if (s.fault !== null) return null
    if (indent > column) return blockNode(s, column, depth)
    if (indent === column && next(s) === chars.hyphen && isBlankOrEnd(s, s.at + 1)) return blockNode(s, column, depth)
    return empty
  }
  if (beginsFlow(s)) return ended(s, flow(s, column, depth))
  const at = placeOf(s)
  const first = scalarLine(s, { parent: column, flow: false })
  return first === null ? null : scalarEnd(s, first, column, at)
}
