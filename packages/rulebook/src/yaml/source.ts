import type { DiagnosticCode, Fault, Position } from '../language/diagnostic.ts'

/** A block while it is read: the text, how far it is read, and the first thing wrong with it. It only goes forward, but for {@link backTo}. */
export type Source = {
  readonly text: string
  /** The line the first line of the block stands on. */
  readonly lineFirst: number
  /** The next character, in UTF-16 units from 0. */
  at: number
  /** Lines before this one, from 0. */
  line: number
  /** Where this line begins. */
  lineStart: number
  fault: Fault | null
}

/** The characters YAML gives a meaning, by their UTF-16 unit. */
export const chars = {
  tab: 9,
  newline: 10,
  blank: 32,
  quote: 34,
  hash: 35,
  apostrophe: 39,
  comma: 44,
  hyphen: 45,
  colon: 58,
  question: 63,
  listOpen: 91,
  backslash: 92,
  listClose: 93,
  mapOpen: 123,
  mapClose: 125,
} as const

/** A text to be read from its first character. */
export const sourceOf = (text: string, lineFirst: number): Source => ({
  text,
  lineFirst,
  at: 0,
  line: 0,
  lineStart: 0,
  fault: null,
})

/** The next character as a UTF-16 unit; not a number at the end. */
export const next = (s: Source): number => s.text.charCodeAt(s.at)

/** Columns before an offset of this line: its indentation, when only blanks stand before it. */
export const columnOf = (s: Source, offset = s.at): number => offset - s.lineStart

/** The place of an offset of this line. */
export const placeOf = (s: Source, offset = s.at): Position => ({
  line: s.lineFirst + s.line,
  column: offset - s.lineStart + 1,
})

/** Whether a unit ends a line: a newline, or nothing more. */
export const isEnd = (unit: number): boolean => unit === chars.newline || Number.isNaN(unit)
/** Whether a unit is a blank or a tab. */
export const isBlank = (unit: number): boolean => unit === chars.blank || unit === chars.tab
/** Whether a unit is one of `,[]{}`, which end a plain text inside brackets. */
export const isFlowMark = (unit: number): boolean =>
  unit === chars.comma || unit === chars.listOpen || unit === chars.listClose || unit === chars.mapOpen || unit === chars.mapClose

/** Notes what is wrong, once: the first fault of a block is the one that is told. Null, so that a reader can return it. */
export function refuse(s: Source, code: DiagnosticCode, at: Position, text: string, help: string): null {
  s.fault ??= { code, at, text, help }
  return null
}

/** Refuses what stands next, to the end of its line. */
export function refuseHere(s: Source, code: DiagnosticCode, help: string): null {
  const end = s.text.indexOf('\n', s.at)
  return refuse(s, code, placeOf(s), s.text.slice(s.at, end === -1 ? s.text.length : end).trimEnd(), help)
}

/** Goes over blanks and tabs of this line. */
export function skipBlanks(s: Source): void {
  while (isBlank(next(s))) s.at++
}

/** At blanks, a comment or the end of a line: goes to that end. False with a fault when anything else stands there. */
export function endLine(s: Source): boolean {
  const before = s.at
  skipBlanks(s)
  if (isEnd(next(s))) return true
  const joined = s.at === before && columnOf(s) > 0 && !isBlank(s.text.charCodeAt(s.at - 1))
  if (next(s) !== chars.hash || joined) {
    refuseHere(s, 'R0201', joined && next(s) === chars.hash ? 'a blank before a comment' : 'nothing more on this line')
    return false
  }
  const end = s.text.indexOf('\n', s.at)
  s.at = end === -1 ? s.text.length : end
  return true
}

/**
 * At the end of a line: goes to the first character of the next line that says something, past empty lines and comments, and gives its
 * indentation; −1 at the end of the block or with a fault. Tabs indent nothing: an editor shows them at any width.
 */
export function nextLine(s: Source): number {
  while (s.at < s.text.length) {
    s.at++
    s.line++
    s.lineStart = s.at
    while (next(s) === chars.blank) s.at++
    const indent = columnOf(s)
    const tab = next(s) === chars.tab
    if (tab) skipBlanks(s)
    if (isEnd(next(s))) continue
    if (tab) return refuseAt(s, indent, 'R0201', 'indent with blanks, not with tabs')
    if (next(s) !== chars.hash) return indent
    const end = s.text.indexOf('\n', s.at)
    s.at = end === -1 ? s.text.length : end
  }
  return -1
}

function refuseAt(s: Source, column: number, code: DiagnosticCode, help: string): -1 {
  s.at = s.lineStart + column
  refuseHere(s, code, help)
  return -1
}

/** A place to come back to. */
export type Mark = { readonly at: number; readonly line: number; readonly lineStart: number }
/** This place. */
export const mark = (s: Source): Mark => ({ at: s.at, line: s.line, lineStart: s.lineStart })
/** Goes back: a scalar looks at the next line to see whether it goes on there. */
export function backTo(s: Source, { at, line, lineStart }: Mark): void {
  s.at = at
  s.line = line
  s.lineStart = lineStart
}
