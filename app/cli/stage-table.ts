import type { Standing, StageTable, TableRow } from '@quorate/counting'

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' })
// Names come from a file: nothing in them may steer the terminal, or turn the direction of the rest of a line.
const steering = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/** A text that is safe on a terminal. */
export const plain = (text: string): string => text.replace(steering, '\uFFFD')

/** Cut to `width` characters as people count them, and filled up to it. */
export function fitted(text: string, width: number): string {
  const characters = Array.from(segments.segment(plain(text)), ({ segment }) => segment)
  if (characters.length > width) return `${characters.slice(0, width - 1).join('')}…`
  return characters.join('') + ' '.repeat(width - characters.length)
}

const lengthOf = (text: string): number => Array.from(segments.segment(text)).length

/** Text in lines of at most `columns`, broken at blanks, later lines indented. */
export function wrapped(text: string, columns: number, indent = ''): string {
  const lines: string[] = []
  let line = ''
  for (const word of plain(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (lengthOf(longer) > columns && line.trim() !== '') {
      lines.push(line)
      line = `${indent}${word}`
    } else line = longer
  }
  return [...lines, line].join('\n')
}

/**
 * The stage table as text of at most `columns` (80 holds four stages of a large ward); more stages than fit go into a second block below.
 * An elected candidate's figure is marked `*` from that stage on; one no longer in the count shows `-`.
 */
export function tableText(table: StageTable, columns: number, bold: (text: string) => string): string {
  const cells = [...table.rows.flatMap((row) => row.cells.map((cell) => cell ?? '-')), ...table.nonTransferable, table.total]
  const cellWidth = Math.max('Stage 99'.length, ...cells.map((cell) => cell.length)) + 2
  const longest = Math.max('Non-transferable'.length, ...table.rows.map((row) => lengthOf(row.name)))
  const nameWidth = Math.min(longest, Math.max('Non-transferable'.length, columns - 4 * cellWidth))
  const stages = table.nonTransferable.length
  const perBlock = Math.max(1, Math.trunc((columns - nameWidth) / cellWidth))
  const moving = new Set(table.quotas).size > 1
  const blocks: string[] = []
  for (let from = 0; from < stages; from += perBlock) {
    const shown = Array.from({ length: Math.min(perBlock, stages - from) }, (_, i) => from + i)
    const line = (label: string, cell: (stage: number) => string): string =>
      `${fitted(label, nameWidth)}${shown.map((stage) => cell(stage).padStart(cellWidth)).join('')}`.trimEnd()
    blocks.push(
      [
        line('', (stage) => `Stage ${stage + 1} `),
        ...table.rows.map((row) =>
          emphasised(
            row,
            line(row.name, (stage) => marked(row, stage)),
            bold,
          ),
        ),
        line('Non-transferable', (stage) => `${table.nonTransferable[stage] ?? ''} `),
        line('Total', () => `${table.total} `),
        ...(moving ? [line('Quota', (stage) => `${table.quotas[stage] ?? ''} `)] : []),
      ].join('\n'),
    )
  }
  return blocks.join('\n\n')
}

const marked = ({ cells, standing }: TableRow, stage: number): string => {
  const elected = standing.kind === 'elected' && standing.stage <= stage + 1
  return `${cells[stage] ?? '-'}${elected ? '*' : ' '}`
}

const emphasised = ({ standing }: TableRow, line: string, bold: (text: string) => string): string =>
  standing.kind === 'elected' ? bold(line) : line

/** How somebody's count ended, in a few words. */
export function standingText(standing: Standing): string {
  switch (standing.kind) {
    case 'elected':
      return `elected at stage ${standing.stage}${standing.atQuota ? '' : ', as the last left'}`
    case 'excluded':
      return `excluded at stage ${standing.stage}`
    case 'not reached':
      return 'still in at the end'
    case 'withdrawn':
      return 'withdrew'
  }
}
