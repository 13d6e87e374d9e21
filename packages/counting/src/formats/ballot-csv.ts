// Ballots as a table (RFC 4180, `,` or `;`): a row for papers that say the same. Either a column for each candidate, whose cells are ranks
// from 1; or columns `rank 1`, `rank 2`, … (also choice, preference, vote, or `1st choice`) whose cells are names, and then others are passed
// over. A column `weight` or `count` (or another word for it) says how many.
import { fail, ok, type Result } from '@quorate/kernel'
import { csvCell } from '../report/report.ts'
import { checkProfile, type Paper, type Profile, type ProfileFault, type Rank, type Repeats } from '../papers/profile.ts'
import { faultAt, nameFrom, textOf, type FormatFault, type Place } from './fault.ts'

/** Why a table does not read. */
export type BallotCsvFault = FormatFault<
  | 'not text'
  | 'empty'
  | 'open quote'
  | 'ragged row'
  | 'no candidates'
  | 'repeated column'
  | 'bad weight'
  | 'bad rank'
  | 'candidate twice'
  | 'overvote'
>

type Cell = Place & { readonly text: string }

/**
 * Reads a table of ballots; how many places are to be filled is not in it. Total: any bytes give a profile or the first fault. Where repeats are
 * `allowed`, a candidate may stand in two rank columns of a row: for a rule (instant runoff) that says what becomes of such a paper.
 */
export function parseBallotCsv(
  bytes: Uint8Array,
  seats: number,
  repeats: Repeats = 'refused',
): Result<Profile, BallotCsvFault | { readonly kind: 'bad profile'; readonly fault: ProfileFault }> {
  const text = textOf(bytes)
  if (text === null) return faultAt('not text', { line: 1, column: 1 }, '')
  const rows = rowsOf(text)
  if (rows.kind === 'fail') return rows
  const { header, body } = rows.value
  const weightAt = weightColumn(header)
  const columns = header.flatMap((cell, i) => (i === weightAt ? [] : [{ cell, i }]))
  const ranked = columns.filter(({ cell }) => rankHeading.test(cell.text))
  // Columns about the paper (an id, a precinct) are passed over; one that may be a rank in other words never is.
  const unsure = columns.some(({ cell: { text } }) => !rankHeading.test(text) && /rank|choice|pref/i.test(text))
  const read = ranked.length > 0 && !unsure ? byRank(body, ranked, repeats) : byCandidate(body, columns)
  if (read.kind === 'fail') return read
  const papers: Paper[] = []
  for (const [i, ranking] of read.value.rankings.entries()) {
    const cell = body[i]?.[weightAt]
    if (cell !== undefined && !wholeFrom1.test(cell.text)) return faultAt('bad weight', cell, cell.text)
    papers.push({ weight: cell === undefined ? 1 : Number(cell.text), ranking })
  }
  const profile = checkProfile({ title: '', candidates: read.value.candidates, withdrawn: [], seats, papers }, repeats)
  return profile.kind === 'ok' ? profile : fail({ kind: 'bad profile', fault: profile.error })
}

/** Where a header has its column of weights; -1 without one. */
export const weightColumn = (header: readonly Cell[]): number => header.findIndex(({ text: name }) => weightHeading.test(name))

const weightHeading = /^(?:weight|count|frequency|(?:(?:number|no\.?) of )(?:votes|ballots|papers)|votes|ballots|papers)$/i
const rankHeading =
  /^(?:(?:rank|ranking|choice|preference|pref|vote)[ _.-]?\d+|\d+(?:st|nd|rd|th)[ _-](?:rank|ranking|choice|preference|pref))$/i
/** A whole number from 1 up, at most nine digits; programs that know no whole numbers write `3.0`. */
export const wholeFrom1 = /^[1-9]\d{0,8}(?:\.0+)?$/

/** A table whose rows all have as many cells as its header. */
export function rowsOf(
  text: string,
): Result<{ readonly header: readonly Cell[]; readonly body: readonly (readonly Cell[])[] }, BallotCsvFault> {
  const rows = cellsOf(text)
  if (rows.kind === 'fail') return rows
  const [header, ...body] = withoutMargin(rows.value)
  if (header === undefined) return faultAt('empty', { line: 1, column: 1 }, '')
  for (const row of body) {
    const extra = row[header.length]
    if (extra !== undefined || row.length < header.length)
      return faultAt('ragged row', extra ?? row[0] ?? header[0] ?? { line: 1, column: 1 }, row.map((c) => c.text).join())
  }
  return ok({ header, body })
}

/** Columns at the end that are blank in every row, as spreadsheets leave them, are no columns. */
function withoutMargin(rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  const width = (rows[0]?.findLastIndex(({ text }) => text !== '') ?? -1) + 1
  return width > 0 && rows.every((row) => row.slice(width).every(({ text }) => text === ''))
    ? rows.map((row) => row.slice(0, width))
    : rows
}

/** Rows of cells. What divides cells is whichever of `;`, `,` and a tab comes first in the header outside quotes. */
function cellsOf(text: string): Result<readonly (readonly Cell[])[], BallotCsvFault> {
  const divider = /^(?:"(?:[^"]|"")*"|[^",;\t\r\n])*([;\t])/.exec(text)?.[1] ?? ','
  const rows: Cell[][] = []
  let row: Cell[] = []
  let [line, lineStart] = [1, 0]
  const pattern = new RegExp(`"((?:[^"]|"")*)"|([^${divider}\\r\\n"][^${divider}\\r\\n]*)|(${divider})|(\\r?\\n|$)|(")`, 'y')
  let pending: Cell | null = null
  let at = 0
  const cellHere = (): Cell => ({ text: '', line, column: at - lineStart + 1 })
  const endCell = (): void => void row.push(pending ?? cellHere())
  while (at <= text.length) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found === null || found[5] !== undefined) return faultAt('open quote', cellHere(), text.slice(at, at + 60))
    const [whole, quoted, plain, divides] = found
    if (quoted !== undefined || plain !== undefined) {
      if (pending !== null) return faultAt('open quote', cellHere(), whole)
      pending = { ...cellHere(), text: (quoted?.replaceAll('""', '"') ?? plain ?? '').trim() }
    } else {
      endCell()
      pending = null
      if (divides === undefined) {
        if (row.some((cell) => cell.text !== '')) rows.push(row)
        row = []
        if (whole === '') break // the end of the text
      }
    }
    at += whole.length
    const breaks = whole.split('\n').length - 1
    if (breaks > 0) {
      line += breaks
      lineStart = at - (whole.length - whole.lastIndexOf('\n') - 1)
    }
  }
  return ok(rows)
}

type Columns = readonly { readonly cell: Cell; readonly i: number }[]
type Ranked = Result<{ readonly candidates: readonly string[]; readonly rankings: readonly (readonly Rank[])[] }, BallotCsvFault>

function byCandidate(body: readonly (readonly Cell[])[], columns: Columns): Ranked {
  const candidates = columns.map(({ cell }) => nameFrom(cell.text))
  const [first] = columns
  if (first === undefined) return faultAt('no candidates', { line: 1, column: 1 }, '')
  const double = columns.find(({ cell }, i) => candidates.indexOf(nameFrom(cell.text)) !== i)
  if (double !== undefined) return faultAt('repeated column', double.cell, double.cell.text)
  const rankings: (readonly Rank[])[] = []
  for (const row of body) {
    const levels: number[][] = []
    for (const [candidate, { i }] of columns.entries()) {
      const cell = row[i]
      if (cell === undefined || cell.text === '') continue // unranked
      if (!/^[1-9]\d{0,3}(?:\.0+)?$/.test(cell.text)) return faultAt('bad rank', cell, cell.text)
      const rank = Number(cell.text)
      while (levels.length < rank) levels.push([])
      levels[rank - 1]?.push(candidate)
    }
    rankings.push(levels.map(rankOf))
  }
  return ok({ candidates, rankings })
}

function byRank(body: readonly (readonly Cell[])[], columns: Columns, repeats: Repeats): Ranked {
  const candidates: string[] = []
  const known = new Map<string, number>()
  const order = columns.toSorted((a, b) => rankIn(a.cell) - rankIn(b.cell))
  const rankings: (readonly Rank[])[] = []
  for (const row of body) {
    const levels: number[][] = []
    const seen = new Set<number>()
    for (const { i } of order) {
      const cell = row[i]
      const name = nameFrom(cell?.text ?? '')
      const level: number[] = []
      levels.push(level)
      if (cell === undefined || noMark.test(name)) continue // a skipped rank
      if (/^overvotes?$/i.test(name)) return faultAt('overvote', cell, name)
      const candidate = known.get(name) ?? candidates.push(name) - 1
      known.set(name, candidate)
      if (seen.has(candidate) && repeats === 'refused') return faultAt('candidate twice', cell, name)
      seen.add(candidate)
      level.push(candidate)
    }
    while (levels.at(-1)?.length === 0) levels.pop()
    rankings.push(levels.map(rankOf))
  }
  if (candidates.length === 0) return faultAt('no candidates', { line: 1, column: 1 }, '')
  // Numbered by name, not by who happens to come first: the order of the rows changes nothing.
  const sorted = candidates.map((name, old) => ({ name, old })).sort((a, b) => (a.name < b.name ? -1 : 1))
  const numbers = new Map(sorted.map(({ old }, now) => [old, now]))
  const renumbered = rankings.map((ranks) => ranks.map((rank) => (typeof rank === 'number' ? (numbers.get(rank) ?? 0) : rank)))
  return ok({ candidates: sorted.map(({ name }) => name), rankings: renumbered })
}

// What exports of scanners write where nobody is marked.
const noMark = /^(?:|undervotes?|skipped(?: rank(?:ing)?)?)$/i
const rankIn = ({ text }: Cell): number => Number(/\d+/.exec(text)?.[0] ?? 0)
const rankOf = (level: readonly number[]): Rank => {
  const [only] = level
  return level.length === 1 && only !== undefined ? only : level
}

/** Writes a profile with a column for each candidate; names that a spreadsheet would take for formulas are led by an apostrophe. */
export function writeBallotCsv({ candidates, papers }: Profile): string {
  const lines = [['weight', ...candidates.map(csvCell)].join()]
  for (const { weight, ranking } of papers) {
    const ranks = candidates.map(() => '')
    for (const [i, rank] of ranking.entries()) for (const c of typeof rank === 'number' ? [rank] : rank) ranks[c] = `${i + 1}`
    lines.push([`${weight}`, ...ranks].join())
  }
  return `${lines.join('\r\n')}\r\n`
}
