// The table in which the Scottish council elections of 2012 to 2022 are collected (Metric Geometry and Gerrymandering Group, "scot-elex", after
// D. McCune's ballot files): `candidates,seats,`, then a row for papers that say the same, `372,1,4,`, then `"Candidate 1","Name","Party",` each,
// and the ward last. Every row ends in a comma.
import { fail, ok, type Result } from '@quorate/kernel'
import { checkProfile, type Paper, type Profile, type ProfileFault } from '../papers/profile.ts'
import type { BallotCsvFault } from './ballot-csv.ts'
import { faultAt, nameFrom, textOf, type Place } from './fault.ts'

/** Whether a table is one of these: two whole numbers and nothing else in its first row, and names in quotes further down. */
export function isWardCsv(bytes: Uint8Array): boolean {
  const text = textOf(bytes) ?? ''
  return /^\s*[1-9]\d{0,4}\s*,\s*[1-9]\d{0,4}[\s,]*\n/.test(text) && /\n\s*"[^"]/.test(text)
}

type Fault = BallotCsvFault | { readonly kind: 'bad profile'; readonly fault: ProfileFault }
type Row = Place & { readonly text: string }

/** Reads such a table. `seats`: places to fill whatever the file says, or null. Total: any bytes give a profile or the first fault. */
export function parseWardCsv(bytes: Uint8Array, seats: number | null): Result<Profile, Fault> {
  const text = textOf(bytes)
  if (text === null) return faultAt('not text', { line: 1, column: 1 }, '')
  const rows = text
    .split(/\r?\n/)
    .map((line, i): Row => ({ text: line.replace(/[\s,]+$/, '').trimStart(), line: i + 1, column: 1 }))
    .filter((row) => row.text !== '')
  const [head, ...rest] = rows
  const [, candidates = '', places = ''] = /^(\d{1,5})\s*,\s*(\d{1,5})$/.exec(head?.text ?? '') ?? []
  if (head === undefined || candidates === '') return faultAt('empty', { line: 1, column: 1 }, head?.text ?? '')
  const firstName = rest.findIndex((row) => row.text.startsWith('"'))
  const papers: Paper[] = []
  for (const row of firstName < 0 ? rest : rest.slice(0, firstName)) {
    const paper = paperFrom(row, Number(candidates))
    if (paper.kind === 'fail') return paper
    papers.push(paper.value)
  }
  const names = firstName < 0 ? [] : rest.slice(firstName)
  const standing = names.slice(0, Number(candidates)).map((row) => nameFromRow(row.text))
  if (standing.length < Number(candidates) || standing.includes(''))
    return faultAt('no candidates', names.at(-1) ?? head, `${standing.length} of ${candidates}`)
  const title = nameFrom((names[Number(candidates)]?.text ?? '').replaceAll('"', ''))
  const profile = checkProfile({ title, candidates: standing, withdrawn: [], seats: seats ?? Number(places), papers })
  return profile.kind === 'ok' ? profile : fail({ kind: 'bad profile', fault: profile.error })
}

function paperFrom(row: Row, candidates: number): Result<Paper, BallotCsvFault> {
  const [weight = '', ...ranks] = row.text.split(',').map((cell) => cell.trim())
  if (!/^[1-9]\d{0,8}$/.test(weight)) return faultAt('bad weight', row, weight)
  const ranking: number[] = []
  for (const rank of ranks) {
    const candidate = Number(rank) - 1
    if (!/^[1-9]\d{0,4}$/.test(rank) || candidate >= candidates) return faultAt('bad rank', row, rank)
    if (ranking.includes(candidate)) return faultAt('candidate twice', row, rank)
    ranking.push(candidate)
  }
  return ok({ weight: Number(weight), ranking })
}

/** `"Candidate 1","Ann Lee","Labour (Lab)"` is Ann Lee, Labour (Lab). A row that is not so is a name as it stands. */
function nameFromRow(text: string): string {
  const cells = Array.from(text.matchAll(/"((?:[^"]|"")*)"(?=\s*,|\s*$)/g), ([, cell = '']) => cell.replaceAll('""', '"').trim())
  const own = /^candidate \d+$/i.test(cells[0] ?? '') ? cells.slice(1) : cells
  return nameFrom(own.filter((cell) => cell !== '').join(', '))
}
