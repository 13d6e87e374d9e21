import type { Account, AccountRow, AccountTable } from '@quorate/counting'

// Made when first needed: it takes 20 to 40 ms to wake. Letters of ASCII and of most of Europe, dashes and quotation marks each stand alone.
let segmenter: Intl.Segmenter | null = null
const printable = /^[ -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027]*$/
// Names come from a file: nothing in them may steer the terminal, or turn the direction of the rest of a line.
const steering = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/** A text that is safe on a terminal. */
export const plain = (text: string): string => text.replace(steering, '\uFFFD')

/** Characters as people count them. */
function charactersOf(text: string): readonly string[] {
  if (printable.test(text)) return text.split('')
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

const lengthOf = (text: string): number => (printable.test(text) ? text.length : charactersOf(text).length)

/** Cut to `width` characters as people count them, and filled up to it. */
export function fitted(text: string, width: number): string {
  const characters = charactersOf(plain(text))
  if (characters.length > width) return `${characters.slice(0, width - 1).join('')}…`
  return characters.join('') + ' '.repeat(width - characters.length)
}

/** Text in lines of at most `columns`, broken at blanks, later lines indented. */
export function wrapped(text: string, columns: number, indent = ''): string {
  const lines: string[] = []
  let line = ''
  let length = 0
  for (const word of plain(text).split(' ')) {
    // A blank before a word parts it from what stands there, so lengths add up.
    const longer = line === '' ? lengthOf(word) : length + 1 + lengthOf(word)
    if (longer > columns && line.trim() !== '') {
      lines.push(line)
      line = `${indent}${word}`
      length = lengthOf(line)
    } else {
      line = line === '' ? word : `${line} ${word}`
      length = longer
    }
  }
  return [...lines, line].join('\n')
}

/**
 * A table as text of at most `columns` (80 holds four stages of a large ward); more columns than fit go into a second block below. In a
 * stage table an elected candidate's figure is marked `*` from that stage on; an empty cell shows `-`.
 */
export function tableText(table: AccountTable, account: Account, columns: number, bold: (text: string) => string): string {
  const marks = marksOf(table, account)
  const cell = (row: AccountRow, i: number): string => `${plain(row.cells[i] ?? '-')}${marks === null ? '' : marks(row, i)}`
  const [first = '', ...headings] = table.headings
  const pad = marks === null ? 1 : 2
  const widths = headings.map((heading, i) =>
    Math.max(lengthOf(heading), ...table.rows.map((row) => lengthOf(row.cells[i] ?? '-'))),
  )
  // Stages are as wide as the widest of them; other columns as wide as they need to be.
  const even = marks === null ? null : Math.max('Stage 99'.length, ...widths)
  const cellWidth = (i: number): number => Math.min(even ?? widths[i] ?? 0, Math.max(8, columns - 24)) + pad
  const longest = Math.max(...[marks === null ? first : '', ...table.rows.map((row) => row.name)].map(lengthOf))
  const nameWidth = Math.min(longest, Math.max('Non-transferable'.length, columns - blockRoom(headings.length, cellWidth)))
  const blocks: string[] = []
  for (let from = 0; from < headings.length;) {
    let to = from
    let used = nameWidth
    while (to < headings.length && (to === from || used + cellWidth(to) <= columns)) used += cellWidth(to++)
    const shown = Array.from({ length: to - from }, (_, i) => from + i)
    const line = (label: string, text: (i: number) => string): string =>
      `${fitted(label, nameWidth)}${shown.map((i) => padded(text(i), cellWidth(i))).join('')}`.trimEnd()
    blocks.push(
      [
        line(marks === null ? first : '', (i) => `${headings[i] ?? ''}${marks === null ? '' : ' '}`),
        ...table.rows.map((row) => {
          const text = line(row.name, (i) => cell(row, i))
          return row.chosen ? bold(text) : text
        }),
      ].join('\n'),
    )
    from = to
  }
  return blocks.join('\n\n')
}

/** Room for the first four columns: names give way to them. */
const blockRoom = (n: number, width: (i: number) => number): number =>
  Array.from({ length: Math.min(4, n) }, (_, i) => width(i)).reduce((sum, w) => sum + w, 0)

const padded = (text: string, width: number): string => {
  const length = lengthOf(text)
  return length > width - 1 ? ` ${fitted(text, width - 1)}` : ' '.repeat(width - length) + text
}

/** What follows each figure of a stage table; null for other tables. */
function marksOf({ id }: AccountTable, { stages }: Account): ((row: AccountRow, i: number) => string) | null {
  if (id !== 'stages') return null
  const elected = stages.map(({ bars }) => new Set(bars.flatMap(({ option, state }) => (state === 'chosen' ? [option] : []))))
  return ({ option }, i) => (option !== null && elected[i]?.has(option) === true ? '*' : ' ')
}
