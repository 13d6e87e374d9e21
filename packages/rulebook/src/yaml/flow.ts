import type { Tree, TreeEntry } from '../language/tree.ts'
import type { Position } from '../language/diagnostic.ts'
import { isKeyEnd, scalarLine, scalarRest, type Scalar } from './scalars.ts'
import { depthMax, entryOf, tooDeep } from './entries.ts'
import { chars, isEnd, next, nextLine, placeOf, refuse, refuseHere, skipBlanks, endLine, type Source } from './source.ts'

/** Whether `[` or `{` stands here. */
export const beginsFlow = (s: Source): boolean => next(s) === chars.listOpen || next(s) === chars.mapOpen

/** A list or map in brackets, over as many lines as it likes while each is indented by more than `parent`. Null with a fault. */
export function flow(s: Source, parent: number, depth: number): Tree | null {
  if (depth > depthMax) return tooDeep(s)
  return next(s) === chars.listOpen ? flowList(s, parent, depth) : flowMap(s, parent, depth)
}

/** Goes over blanks, comments and line ends to what stands next in brackets; false with a fault when the bracket is never closed. */
function toNext(s: Source, parent: number, open: () => null): boolean {
  skipBlanks(s)
  if (!isEnd(next(s)) && next(s) !== chars.hash) return true
  if (!endLine(s)) return false
  const indent = nextLine(s)
  if (s.fault !== null) return false
  if (indent > parent) return true
  open()
  return false
}

const unclosed = (s: Source): (() => null) => {
  const at = placeOf(s)
  const line = s.text.slice(s.at, s.at + 80).split('\n')[0] ?? ''
  return () => refuse(s, 'R0201', at, line, 'close the bracket, its lines indented further than the key it belongs to')
}

function flowList(s: Source, parent: number, depth: number): Tree | null {
  const at = placeOf(s)
  const open = unclosed(s)
  const items: Tree[] = []
  s.at++
  for (;;) {
    if (!toNext(s, parent, open)) return null
    if (next(s) === chars.listClose) break
    const item = flowItem(s, parent, depth + 1)
    if (item === null) return null
    items.push(item)
    if (!toNext(s, parent, open)) return null
    if (next(s) === chars.comma) s.at++
    else if (next(s) !== chars.listClose) return refuseHere(s, 'R0201', 'a comma, or ] to end the list')
  }
  s.at++
  return { kind: 'list', items, at }
}

/** An item of a list: a value, or a key with its value, which is a map of one. */
function flowItem(s: Source, parent: number, depth: number): Tree | null {
  if (beginsFlow(s)) return notKey(s, flow(s, parent, depth))
  if (depth > depthMax) return tooDeep(s)
  const [at, line] = [placeOf(s), s.line]
  const standing = { parent, flow: true }
  const first = scalarLine(s, standing)
  if (first === null) return null
  const oneLine = s.line === line
  skipBlanks(s)
  if (endsKey(s, first)) {
    if (!oneLine) return refuse(s, 'R0201', at, first.text, 'a key stands on one line')
    if (depth + 1 > depthMax) return tooDeep(s)
    const entry = entryOf(s, new Set<string>(), first.text, at)
    const value = entry === null ? null : valueOf(s, parent, depth + 1, at)
    return value === null ? null : { kind: 'map', entries: [{ key: first.text, keyAt: at, value }], at }
  }
  return { kind: 'text', text: scalarRest(s, first, standing), at }
}

/** After a collection in brackets: no colon may follow, for a key is a word. */
function notKey(s: Source, tree: Tree | null): Tree | null {
  if (tree === null) return null
  skipBlanks(s)
  return next(s) === chars.colon ? refuseHere(s, 'R0201', 'a key is a word') : tree
}

/** Whether the colon here ends a key: a quoted one needs no blank after it in brackets. */
const endsKey = (s: Source, key: Scalar): boolean => next(s) === chars.colon && (key.quoted || isKeyEnd(s, s.at, true))

function flowMap(s: Source, parent: number, depth: number): Tree | null {
  const at = placeOf(s)
  const open = unclosed(s)
  const entries: TreeEntry[] = []
  const keys = new Set<string>()
  s.at++
  for (;;) {
    if (!toNext(s, parent, open)) return null
    if (next(s) === chars.mapClose) break
    const entry = flowEntry(s, { parent, depth: depth + 1, open, keys })
    if (entry === null) return null
    entries.push(entry)
    if (!toNext(s, parent, open)) return null
    if (next(s) === chars.comma) s.at++
    else if (next(s) !== chars.mapClose) return refuseHere(s, 'R0201', 'a comma, or } to end the map')
  }
  s.at++
  return { kind: 'map', entries, at }
}

type InMap = { readonly parent: number; readonly depth: number; readonly open: () => null; readonly keys: Set<string> }

function flowEntry(s: Source, { parent, depth, open, keys }: InMap): TreeEntry | null {
  if (depth > depthMax) return tooDeep(s)
  if (beginsFlow(s)) return refuseHere(s, 'R0201', 'a key is a word')
  const keyAt = placeOf(s)
  const standing = { parent, flow: true }
  const first = scalarLine(s, standing)
  if (first === null) return null
  const key = scalarRest(s, first, standing)
  if (entryOf(s, keys, key, keyAt) === null || !toNext(s, parent, open)) return null
  if (!endsKey(s, first)) return { key, keyAt, value: { kind: 'text', text: '', at: keyAt } }
  const value = valueOf(s, parent, depth, keyAt)
  return value === null ? null : { key, keyAt, value }
}

/** At the colon of an entry in brackets: its value, which may be left out. */
function valueOf(s: Source, parent: number, depth: number, keyAt: Position): Tree | null {
  s.at++
  if (!toNext(s, parent, () => refuse(s, 'R0201', keyAt, '', 'close the bracket'))) return null
  const unit = next(s)
  if (unit === chars.comma || unit === chars.listClose || unit === chars.mapClose) return { kind: 'text', text: '', at: keyAt }
  if (beginsFlow(s)) return notKey(s, flow(s, parent, depth))
  const at = placeOf(s)
  const standing = { parent, flow: true }
  const first = scalarLine(s, standing)
  if (first === null) return null
  const text = scalarRest(s, first, standing)
  skipBlanks(s)
  if (next(s) === chars.colon) return refuseHere(s, 'R0201', 'one key for one value; a text with a colon stands in quotes')
  return { kind: 'text', text, at }
}
