import {
  backTo,
  chars,
  columnOf,
  isBlank,
  isEnd,
  isFlowMark,
  mark,
  next,
  placeOf,
  refuse,
  refuseHere,
  skipBlanks,
  type Source,
} from './source.ts'

// Scalars of YAML 1.2.2: chapters 7.3 (double, single, plain) and 6.5 (a line end inside one is a blank, an empty line is a line end).

/** Where a scalar stands: lines after its first are indented by more than `parent`; inside brackets `,[]{}` end it. */
export type Standing = { readonly parent: number; readonly flow: boolean }

type Why = readonly ['R0201' | 'R0202', string]
// What a plain text cannot begin with before a blank.
const beforeBlank: Readonly<Record<string, Why>> = {
  '-': ['R0201', 'a list with hyphens begins on its own line'],
  '?': ['R0201', 'a key is a word before a colon'],
  ':': ['R0201', 'a key before the colon'],
}
// What a plain text cannot begin with.
const reserved: Readonly<Record<string, Why>> = {
  '&': ['R0202', 'no anchors'],
  '*': ['R0202', 'no aliases'],
  '!': ['R0202', 'no tags'],
  '%': ['R0202', 'no directives; a text that begins with % stands in quotes'],
  '|': ['R0201', 'a text stands on its line, not in a block of lines'],
  '>': ['R0201', 'a text stands on its line, not in a block of lines'],
  '@': ['R0201', 'a text that begins with @ stands in quotes'],
  '`': ['R0201', 'a text that begins with ` stands in quotes'],
  ',': ['R0201', 'something before the comma'],
  ']': ['R0201', 'a bracket that was opened'],
  '}': ['R0201', 'a bracket that was opened'],
  '#': ['R0201', 'a blank before a comment'],
}

/** Whether the colon at an offset ends a key: a blank, the end of a line or, in brackets, one of `,[]{}` follows. */
export function isKeyEnd(s: Source, offset: number, flow: boolean): boolean {
  const after = s.text.charCodeAt(offset + 1)
  return isBlank(after) || isEnd(after) || (flow && isFlowMark(after))
}

/** Whether a scalar, and no collection, may begin here; a fault when nothing may. */
function beginsPlain(s: Source, flow: boolean): boolean {
  const sign = s.text.charAt(s.at)
  const why = reserved[sign] ?? (isKeyEnd(s, s.at, flow) ? beforeBlank[sign] : undefined)
  if (why === undefined) return true
  refuseHere(s, ...why)
  return false
}

/** Where the plain text that goes on at an offset ends on this line, without the blanks behind it. */
function plainEnd(s: Source, flow: boolean): number {
  const { text } = s
  let at = s.at
  let end = at
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (isBlank(unit)) continue
    if (unit === chars.newline) break
    if (unit === chars.colon && isKeyEnd(s, at, flow)) break
    if (unit === chars.hash && at > s.lineStart && isBlank(text.charCodeAt(at - 1))) break
    if (flow && isFlowMark(unit)) break
    end = at + 1
  }
  return end
}

/** A plain text as far as its first line goes; null with a fault when none may begin here. */
function plainLine(s: Source, flow: boolean): string | null {
  if (!beginsPlain(s, flow)) return null
  const end = plainEnd(s, flow)
  const text = s.text.slice(s.at, end)
  s.at = end
  return text
}

/** What a line end and the empty lines after it stand for: a blank, or one line end for each empty line. */
const fold = (ends: number): string => (ends === 1 ? ' ' : '\n'.repeat(ends - 1))

/** At the end of a line: goes to what the next line says, over empty lines, and gives how many line ends there were; 0 at the end of the block. */
function lineEnds(s: Source): number {
  let ends = 0
  while (next(s) === chars.newline) {
    ends++
    s.at++
    s.line++
    s.lineStart = s.at
    while (next(s) === chars.blank) s.at++
    const start = s.at
    skipBlanks(s)
    // A tab in front of something is no indentation; the caller sees it.
    if (!isEnd(next(s))) s.at = start
  }
  return s.at < s.text.length ? ends : 0
}

/** The lines on which a plain text goes on, appended to its first. */
function plainRest(s: Source, first: string, { parent, flow }: Standing): string {
  let text = first
  for (;;) {
    const end = mark(s)
    skipBlanks(s)
    const ends = isEnd(next(s)) ? lineEnds(s) : 0
    const goesOn = ends > 0 && columnOf(s) > parent && next(s) !== chars.hash && next(s) !== chars.tab
    const to = goesOn ? plainEnd(s, flow) : s.at
    if (!goesOn || to === s.at) {
      backTo(s, end)
      return text
    }
    text += fold(ends) + s.text.slice(s.at, to)
    s.at = to
  }
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
}
const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

/** At a backslash: the text it stands for, going past it; null with a fault. */
function escaped(s: Source): string | null {
  const name = s.text.charAt(s.at + 1)
  const plain = escapes[name]
  if (plain !== undefined) {
    s.at += 2
    return plain
  }
  const digits = s.text.slice(s.at + 2, s.at + 2 + (hexLengths[name] ?? 0))
  const code = /^[\da-fA-F]+$/.test(digits) && digits.length === hexLengths[name] ? Number.parseInt(digits, 16) : Infinity
  if (code > 0x10_ffff)
    return refuse(s, 'R0201', placeOf(s), s.text.slice(s.at, s.at + 2), String.raw`an escape of YAML, such as \" or \u00e9`)
  s.at += 2 + digits.length
  // Half of a pair is written with \u like any unit; the halves meet in the text.
  return code > 0xffff ? String.fromCodePoint(code) : String.fromCharCode(code)
}

/** At a line end inside quotes: what it stands for. A line that goes on is indented like any other of its part. */
function foldQuoted(s: Source, parent: number, open: () => null): string | null {
  const ends = lineEnds(s)
  if (ends === 0) return open()
  if (next(s) === chars.tab) return refuseHere(s, 'R0201', 'indent with blanks, not with tabs')
  if (columnOf(s) <= parent) return open()
  return fold(ends)
}

/** A text in quotes; null with a fault. A doubled apostrophe stands for one, a backslash escapes in double quotes. */
function quoted(s: Source, parent: number): string | null {
  const quote = next(s)
  const [start, text] = [mark(s), s.text]
  const at = placeOf(s)
  const open = (): null =>
    refuse(s, 'R0201', at, text.slice(start.at, start.at + 80).split('\n')[0] ?? '', 'close the quotation mark')
  s.at++
  let out = ''
  let from = s.at
  while (s.at < text.length) {
    const unit = next(s)
    if (unit === quote && quote === chars.apostrophe && text.charCodeAt(s.at + 1) === quote) {
      out += text.slice(from, s.at + 1)
      s.at += 2
      from = s.at
    } else if (unit === quote) {
      out += text.slice(from, s.at)
      s.at++
      return out.isWellFormed() ? out : refuse(s, 'R0201', at, '', 'whole characters, not half of a pair')
    } else if (unit === chars.backslash && quote === chars.quote) {
      out += text.slice(from, s.at)
      const said = text.charCodeAt(s.at + 1) === chars.newline ? joined(s, parent, open) : escaped(s)
      if (said === null) return null
      out += said
      from = s.at
    } else if (unit === chars.newline) {
      out += withoutBlanks(text.slice(from, s.at))
      const said = foldQuoted(s, parent, open)
      if (said === null) return null
      out += said
      from = s.at
    } else s.at++
  }
  return open()
}

/** At a backslash that ends its line: the next line goes on without a blank between. */
function joined(s: Source, parent: number, open: () => null): string | null {
  s.at++
  const said = foldQuoted(s, parent, open)
  return said === ' ' ? '' : said
}

/** A text without the blanks at its end; a loop, for a pattern would try every run of blanks again from each place. */
function withoutBlanks(text: string): string {
  let end = text.length
  while (end > 0 && isBlank(text.charCodeAt(end - 1))) end--
  return text.slice(0, end)
}

/** A scalar of one line: what may be a key. `quoted` tells whether it stood in quotes, for then a colon may follow at once in brackets. */
export type Scalar = { readonly text: string; readonly quoted: boolean }

/** Reads a scalar, a plain one no further than its line: it may be a key. Null with a fault. */
export function scalarLine(s: Source, { parent, flow }: Standing): Scalar | null {
  const unit = next(s)
  const inQuotes = unit === chars.quote || unit === chars.apostrophe
  const text = inQuotes ? quoted(s, parent) : plainLine(s, flow)
  return text === null ? null : { text, quoted: inQuotes }
}

/** The whole text of a scalar whose first line is read and which is no key. */
export const scalarRest = (s: Source, first: Scalar, standing: Standing): string =>
  first.quoted ? first.text : plainRest(s, first.text, standing)
