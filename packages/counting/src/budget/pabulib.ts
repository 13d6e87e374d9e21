// Pabulib's .pb files (D. Stolicki, S. Szufa, N. Talmon, Pabulib: A Participatory Budgeting Library, arXiv 2012.06539): sections META,
// PROJECTS and VOTES, each a table whose cells are divided by semicolons.
import { assert, fail, ok, type Result } from '@quorate/kernel'
import type { BudgetPaper, BudgetProfile, Points, Project } from './projects.ts'

/** How votes are given: a list of projects; an order of them; points out of a sum; points each on a scale. */
export type VoteType = 'approval' | 'ordinal' | 'cumulative' | 'scoring'

/** A table of a file: its columns, in order, and the rows as texts. Unknown columns are kept. */
export type PbTable = { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }

/** A file that reads. */
export type PbFile = {
  readonly meta: PbTable
  readonly projects: PbTable
  readonly votes: PbTable
  readonly voteType: VoteType
  readonly profile: BudgetProfile
  /** Decimal places of the money: the profile's costs are in units of 10^-places. */
  readonly places: number
  /** Projects recorded as funded; null where the file has no such column. */
  readonly selected: ReadonlySet<number> | null
}

/** Why a file does not read, with line and column from 1. */
export type PbFault = {
  readonly kind:
    | 'not text'
    | 'no section'
    | 'unknown section'
    | 'no columns'
    | 'open quote'
    | 'ragged row'
    | 'missing key'
    | 'not a number'
    | 'unknown vote type'
    | 'blank cost'
    | 'repeated project'
    | 'unknown project'
    | 'project twice'
    | 'points do not match'
  readonly line: number
  readonly column: number
  /** The text it is about. */
  readonly text: string
}

type Cell = { readonly text: string; readonly line: number; readonly column: number }
type Row = readonly Cell[]
type Section = { readonly columns: Row; readonly rows: readonly Row[] }

const fault = (
  kind: PbFault['kind'],
  at: { readonly line: number; readonly column: number },
  text: string,
): Result<never, PbFault> => fail({ kind, line: at.line, column: at.column, text: text.slice(0, 60) })

/** Reads a file. Total: any bytes give a file or the first fault. Accepts a byte order mark, CRLF, decimal commas, quoted cells. */
export function parsePb(bytes: Uint8Array): Result<PbFile, PbFault> {
  const decoded = decode(bytes)
  if (decoded === null) return fault('not text', { line: 1, column: 1 }, '')
  const rows = cellsOf(decoded.replace(/^\uFEFF/, ''))
  if (rows.kind === 'fail') return rows
  const sections = sectionsOf(rows.value)
  if (sections.kind === 'fail') return sections
  return fileOf(sections.value)
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null // the decoder's only failure: bytes that are not UTF-8
  }
}

/** Cells of every line that has any, with the line's number. A quoted cell holds what it likes, a doubled quote a quote. */
function cellsOf(text: string): Result<readonly Row[], PbFault> {
  const rows: Cell[][] = []
  let row: Cell[] = []
  let [line, lineStart, at] = [1, 0, 0]
  const endRow = (): void => {
    if (row.some((cell) => cell.text.trim() !== '')) rows.push(row)
    row = []
  }
  while (at <= text.length) {
    const start = { line, column: at - lineStart + 1 }
    let value: string
    if (text[at] === '"') {
      const parts: string[] = []
      let from = at + 1
      for (;;) {
        const end = text.indexOf('"', from)
        if (end < 0) return fault('open quote', start, text.slice(at, at + 60))
        parts.push(text.slice(from, end))
        from = end + 2
        if (text[end + 1] !== '"') break
        parts.push('"')
      }
      value = parts.join('')
      for (let i = at; i < from - 1; i++)
        if (text[i] === '\n') {
          line += 1
          lineStart = i + 1
        }
      at = from - 1
      // Anything between the closing quote and the next separator belongs to the cell too.
      const rest = endOfCell(text, at)
      value += text.slice(at, rest)
      at = rest
    } else {
      const end = endOfCell(text, at)
      value = text.slice(at, end)
      at = end
    }
    row.push({ text: value.replace(/\r$/, '').trim(), ...start })
    if (text[at] !== ';') {
      endRow()
      line += 1
      lineStart = at + 1
    }
    at += 1
  }
  return ok(rows)
}

function endOfCell(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== ';' && text[at] !== '\n') at += 1
  return at
}

const sectionNames = ['META', 'PROJECTS', 'VOTES'] as const
type SectionName = (typeof sectionNames)[number]

function sectionsOf(rows: readonly Row[]): Result<Readonly<Record<SectionName, Section>>, PbFault> {
  const found = new Map<SectionName, { columns: Row | null; rows: Row[] }>()
  let current: { columns: Row | null; rows: Row[] } | null = null
  for (const row of rows) {
    const [first] = row
    if (first === undefined) continue
    const alone = row.slice(1).every((cell) => cell.text === '')
    const name = alone ? sectionNames.find((known) => known === first.text.toUpperCase()) : undefined
    if (name !== undefined && !found.has(name)) {
      current = { columns: null, rows: [] }
      found.set(name, current)
    } else if (current === null) return fault('unknown section', first, first.text)
    else if (current.columns === null) current.columns = row
    else current.rows.push(row)
  }
  const whole: Partial<Record<SectionName, Section>> = {}
  for (const name of sectionNames) {
    const section = found.get(name)
    if (section === undefined) return fault('no section', { line: 1, column: 1 }, name)
    if (section.columns === null) return fault('no columns', { line: 1, column: 1 }, name)
    whole[name] = { columns: section.columns, rows: section.rows }
  }
  const { META, PROJECTS, VOTES } = whole
  assert(META !== undefined && PROJECTS !== undefined && VOTES !== undefined, 'every section was found')
  return ok({ META, PROJECTS, VOTES })
}

const columnOf = ({ columns }: Section, name: string): number => columns.findIndex((c) => c.text.toLowerCase() === name)
const tableOf = ({ columns, rows }: Section): PbTable => ({
  columns: columns.map(({ text }) => text),
  // A row may leave out cells at its end; a table may not.
  rows: rows.map((row) => columns.map((_, i) => row[i]?.text ?? '')),
})

/**
 * Less what divides thousands: commas before three digits each (money has no three decimals), or points where there are several or a comma
 * follows.
 */
const withoutGroups = (text: string): string => {
  if (/^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/.test(text)) return text.replaceAll(',', '')
  return /^[1-9]\d{0,2}(?:(?:\.\d{3})+,\d*|(?:\.\d{3}){2,})$/.test(text) ? text.replaceAll('.', '') : text
}

/** `1234`, `1234.5`, `1 234,50`, `1,234,567.50`, `1.234.567,50` → digits and how many of them are decimals. */
function money(cell: Cell): Result<{ readonly digits: bigint; readonly places: number }, PbFault> {
  const plain = withoutGroups(cell.text.replaceAll(/[\s_'’]/g, '')).replace(',', '.')
  const found = /^(\d{1,30})(?:\.(\d{0,6}))?$/.exec(plain)
  if (found === null) return fault('not a number', cell, cell.text)
  const decimals = (found[2] ?? '').replace(/0+$/, '')
  return ok({ digits: BigInt(`${found[1] ?? ''}${decimals}`), places: decimals.length })
}

// One project only is an approval of one.
const voteTypeOf = (text: string): VoteType | undefined =>
  text.toLowerCase() === 'choose-1' ? 'approval' : voteTypes.find((known) => known === text.toLowerCase())
const voteTypes: readonly VoteType[] = ['approval', 'ordinal', 'cumulative', 'scoring']

function fileOf({ META, PROJECTS, VOTES }: Readonly<Record<SectionName, Section>>): Result<PbFile, PbFault> {
  const ragged = [META, PROJECTS, VOTES].flatMap(({ columns, rows }) =>
    rows.flatMap((row) => row.slice(columns.length).filter((cell) => cell.text !== '')),
  )[0]
  if (ragged !== undefined) return fault('ragged row', ragged, ragged.text)
  const metaCell = (key: string): Cell | null => META.rows.find(([name]) => name?.text.toLowerCase() === key)?.[1] ?? null
  const top = META.columns[0] ?? { line: 1, column: 1, text: '' }
  const type = metaCell('vote_type')
  if (type === null) return fault('missing key', top, 'vote_type')
  const voteType = voteTypeOf(type.text)
  if (voteType === undefined) return fault('unknown vote type', type, type.text)
  const budgetCell = metaCell('budget')
  if (budgetCell === null) return fault('missing key', top, 'budget')
  const budget = money(budgetCell)
  if (budget.kind === 'fail') return budget
  const projects = projectsOf(PROJECTS)
  if (projects.kind === 'fail') return projects
  const places = projects.value.rows.reduce((most, { places }) => (places > most ? places : most), budget.value.places)
  const inUnits = (amount: { readonly digits: bigint; readonly places: number }): bigint =>
    amount.digits * 10n ** BigInt(places - amount.places)
  const list = projects.value.rows.map(({ id, name, ...amount }): Project => ({ id, name, cost: inUnits(amount) }))
  const unnamed = metaCell('default_score')
  if (unnamed !== null && voteType === 'scoring' && !wholePoints.test(unnamed.text))
    return fault('not a number', unnamed, unnamed.text)
  const papers = papersOf(VOTES, {
    type: voteType,
    known: new Map(list.map(({ id }, p) => [id, p])),
    longest: Number(metaCell('max_length')?.text ?? ''),
    unnamed: voteType === 'scoring' ? Number.parseInt(unnamed?.text ?? '0', 10) : 0,
  })
  if (papers.kind === 'fail') return papers
  const title = (metaCell('description')?.text ?? '').replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
  return ok({
    meta: tableOf(META),
    projects: tableOf(PROJECTS),
    votes: tableOf(VOTES),
    voteType,
    places,
    selected: projects.value.selected,
    profile: { title, projects: list, budget: inUnits(budget.value), papers: papers.value },
  })
}

type ProjectRow = { readonly id: string; readonly name: string; readonly digits: bigint; readonly places: number }

function projectsOf(
  section: Section,
): Result<{ readonly rows: readonly ProjectRow[]; readonly selected: ReadonlySet<number> | null }, PbFault> {
  const top = section.columns[0] ?? { line: 1, column: 1, text: '' }
  const at = { id: columnOf(section, 'project_id'), cost: columnOf(section, 'cost') }
  if (at.id < 0) return fault('missing key', top, 'project_id')
  if (at.cost < 0) return fault('missing key', top, 'cost')
  const [name, selected] = [columnOf(section, 'name'), columnOf(section, 'selected')]
  const rows: ProjectRow[] = []
  const chosen = new Set<number>()
  const ids = new Set<string>()
  for (const row of section.rows) {
    const id = row[at.id]
    const cost = row[at.cost]
    if (id === undefined || id.text === '') return fault('missing key', row[0] ?? top, 'project_id')
    if (ids.has(id.text)) return fault('repeated project', id, id.text)
    ids.add(id.text)
    if (cost === undefined || cost.text === '') return fault('blank cost', cost ?? id, id.text)
    const amount = money(cost)
    if (amount.kind === 'fail') return amount
    // 1 is funded; 0 not; other marks (a runner-up's, say) are not "funded from this budget".
    if (row[selected]?.text === '1') chosen.add(rows.length)
    const label = (row[name]?.text ?? '').replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
    rows.push({ id: id.text, name: label, ...amount.value })
  }
  return ok({ rows, selected: selected < 0 ? null : chosen })
}

/** Points as whole numbers; a file may write them with empty decimals. */
const wholePoints = /^\d{1,9}(?:[.,]0*)?$/

/** How the votes of a file are read. */
type Voting = {
  readonly type: VoteType
  readonly known: ReadonlyMap<string, number>
  /** `max_length`, NaN when the file does not say. */
  readonly longest: number
  /** `default_score`: what a paper that scores gives each project it does not name. */
  readonly unnamed: number
}

function papersOf(section: Section, voting: Voting): Result<readonly BudgetPaper[], PbFault> {
  const top = section.columns[0] ?? { line: 1, column: 1, text: '' }
  const [vote, points] = [columnOf(section, 'vote'), columnOf(section, 'points')]
  if (vote < 0) return fault('missing key', top, 'vote')
  if ((voting.type === 'cumulative' || voting.type === 'scoring') && points < 0) return fault('missing key', top, 'points')
  const papers: BudgetPaper[] = []
  for (const row of section.rows) {
    const cell = row[vote] ?? { text: '', line: row[0]?.line ?? 1, column: 1 }
    const paper = paperOf(cell, points < 0 ? undefined : row[points], voting)
    if (paper.kind === 'fail') return paper
    papers.push({ weight: 1, points: paper.value.toSorted(([a], [b]) => a - b) })
  }
  return ok(papers)
}

/** What a cell lists, divided by commas: one that is left at the end is passed over, and `None` is an empty cell. */
const listIn = (cell: Cell | undefined): readonly string[] | null => {
  const text = cell?.text.replace(/[\s,]+$/, '') ?? ''
  return text === '' || /^none$/i.test(text) ? null : text.split(',').map((item) => item.trim())
}

function paperOf(cell: Cell, points: Cell | undefined, { type, known, longest, unnamed }: Voting): Result<Points[], PbFault> {
  const ids = (known.has(cell.text) ? [cell.text] : listIn(cell)) ?? []
  const given = listIn(points)
  if (given !== null && given.length !== ids.length) return fault('points do not match', points ?? cell, points?.text ?? '')
  // Without points, an order of at most n is worth n, n − 1, … (the format's default, after Borda).
  const first = Number.isInteger(longest) && longest >= ids.length ? longest : ids.length
  const list: Points[] = []
  const seen = new Set<number>()
  for (const [i, id] of ids.entries()) {
    const project = known.get(id)
    if (project === undefined) return fault('unknown project', cell, id)
    // An approval is a set: who names a project twice approves it.
    if (seen.has(project) && type === 'approval') continue
    if (seen.has(project)) return fault('project twice', cell, id)
    seen.add(project)
    const text = given?.[i]
    if (text !== undefined && !wholePoints.test(text)) return fault('not a number', points ?? cell, text)
    const worth = text !== undefined && type !== 'approval' ? Number.parseInt(text, 10) : type === 'ordinal' ? first - i : 1
    list.push([project, worth])
  }
  if (unnamed > 0) for (const project of known.values()) if (!seen.has(project)) list.push([project, unnamed])
  return ok(list)
}

/** Writes a file from its tables, cells quoted where they must be. Reading it back gives the same file. */
export function writePb({ meta, projects, votes }: Pick<PbFile, 'meta' | 'projects' | 'votes'>): string {
  const cell = (text: string): string => (/[";\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const table = (name: SectionName, { columns, rows }: PbTable): string =>
    [name, ...[columns, ...rows].map((row) => row.map(cell).join(';'))].join('\n')
  return `${table('META', meta)}\n${table('PROJECTS', projects)}\n${table('VOTES', votes)}\n`
}
