import { diagnosticText, findingText, gradeText } from '#lib/features/rulebooks/words.ts'
import type { Finding, Rulebook } from '@quorate/rulebook'
import type { Io } from '../command.ts'
import { plain, wrapped } from '../stage-table.ts'
import type { Opened, Unread } from './source.ts'

type Screen = Pick<Io, 'columns' | 'colour'>
/** A place in a text, from 1, and how many characters of it are meant. */
export type Place = { readonly line: number; readonly column: number; readonly length: number }

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

/** Every fault of a text that does not parse, as a compiler would say it. */
export function diagnosticsText({ name, text, diagnostics }: Unread, screen: Screen): string {
  const lines = linesOf(text)
  const parts = diagnostics.map((d) => {
    const rest = (lines[d.line - 1] ?? '').slice(d.column - 1)
    const offending = d.text.replace(/…$/, '')
    const length = rest.startsWith(offending) ? offending.length : (/^[^\s,}\]]+/.exec(rest)?.[0].length ?? 1)
    const place = { line: d.line, column: d.column, length }
    return [
      head('error', d.code, diagnosticText(d, 'en'), red, screen),
      where(name, place, d.clause, screen),
      excerpt(lines, place, red, screen),
      ...(d.help === ''
        ? []
        : [`   ${paint(screen.colour, bold, 'help')}: ${wrapped(d.help, screen.columns - 9, ' '.repeat(9))}`]),
    ].join('\n')
  })
  return parts.join('\n\n')
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Where a finding shows: the first line of the rule's block that names its subject, else the rule's heading. */
export function placeOf(rulebook: Rulebook, finding: Finding): Place {
  const clause = rulebook.document.clauses.find(({ id }) => id === finding.clause.split('@')[0])
  if (clause === undefined) return { line: 1, column: 1, length: 1 }
  const subject = new RegExp(`(?<![\\w-])${escaped(finding.subject)}(?![\\w-])`)
  const block = clause.block?.source.split('\n') ?? []
  const found = block.findIndex((line) => subject.test(line))
  if (clause.block !== null && found >= 0) {
    const column = (block[found] ?? '').search(subject)
    return { line: clause.block.line + found, column: column + 1, length: finding.subject.length }
  }
  return { line: clause.line, column: clause.level + 2, length: clause.id.length }
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
