import { diagnosticText, findingText, gradeText, placeOf, type Place } from '#lib/features/rulebooks/words.ts'
import type { Finding } from '@quorate/rulebook'
import type { Io } from '../command.ts'
import { plain, wrapped } from '../stage-table.ts'
import type { Opened, Unread } from './source.ts'

type Screen = Pick<Io, 'columns' | 'colour'>
const paint = (colour: boolean, code: number, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
const red = 31
const yellow = 33
const blue = 34
const bold = 1

/** Lines as the parser counts them. */
const linesOf = (text: string): readonly string[] => text.replace(/^\uFEFF/, '').split(/\r\n?|\n/)

/** The line of a place with carets below it; of a long line, the part around the place. */
function excerpt(lines: readonly string[], place: Place, mark: number, { columns, colour }: Screen): string {
  const line = plain((lines[place.line - 1] ?? '').replaceAll('\t', ' '))
  const gutter = String(place.line).length
  const room = Math.max(30, columns - gutter - 4)
  const from = Math.min(place.column - 1, line.length)
  const start = line.length <= room || from < room - 12 ? 0 : Math.max(0, from - Math.trunc(room / 3))
  const shown = line.slice(start, start + room)
  const carets = '^'.repeat(Math.max(1, Math.min(place.length, shown.length - (from - start))))
  const bar = paint(colour, blue, '|')
  const blank = ' '.repeat(gutter)
  return [
    `${blank} ${bar}`,
    `${paint(colour, blue, String(place.line))} ${bar} ${shown}`,
    `${blank} ${bar} ${' '.repeat(from - start)}${paint(colour, mark, carets)}`,
  ].join('\n')
}

const head = (grade: string, code: string, sentence: string, mark: number, { columns, colour }: Screen): string => {
  const label = `${grade}[${code}]`
  return wrapped(`${label}: ${sentence}`, columns, '  ').replace(label, () => paint(colour, mark, label))
}

const where = (name: string, place: Place, clause: string | null, { colour }: Screen): string =>
  `  ${paint(colour, blue, '-->')} ${plain(name)}:${place.line}:${place.column}${clause === null ? '' : ` (rule ${clause})`}`

/** Every fault of a text that does not parse, as a compiler would say it; as a `note`, what keeps its words from being said well. */
export function diagnosticsText({ name, text, diagnostics }: Unread, screen: Screen, grade: 'error' | 'note' = 'error'): string {
  const mark = grade === 'error' ? red : blue
  const lines = linesOf(text)
  const parts = diagnostics.map((d) => {
    const rest = (lines[d.line - 1] ?? '').slice(d.column - 1)
    const offending = d.text.replace(/…$/, '')
    const length = rest.startsWith(offending) ? offending.length : (/^[^\s,}\]]+/.exec(rest)?.[0].length ?? 1)
    const place = { line: d.line, column: d.column, length }
    return [
      head(grade, d.code, diagnosticText(d, 'en'), mark, screen),
      where(name, place, d.clause, screen),
      excerpt(lines, place, mark, screen),
      ...(d.help === ''
        ? []
        : [`   ${paint(screen.colour, bold, 'help')}: ${wrapped(d.help, screen.columns - 9, ' '.repeat(9))}`]),
    ].join('\n')
  })
  return parts.join('\n\n')
}

/** Every finding of the linter, with the line it shows in. */
export function findingsText({ name, text, rulebook }: Opened, findings: readonly Finding[], screen: Screen): string {
  const lines = linesOf(text)
  const parts = findings.map((finding) => {
    const mark = finding.grade === 'error' ? red : yellow
    const place = placeOf(rulebook, finding)
    return [
      head(gradeText(finding.grade, 'en'), finding.code, findingText(finding, 'en'), mark, screen),
      where(name, place, finding.clause.split('@')[0] ?? null, screen),
      excerpt(lines, place, mark, screen),
    ].join('\n')
  })
  return parts.join('\n\n')
}
