// Grades as a table (RFC 4180, `,` or `;`): a column for each candidate whose cells are whole numbers of the scale, blank for no grade, and
// perhaps a column `weight` or `count`.
import { fail, ok, type Result } from '@quorate/kernel'
import { checkGrades, type Grade, type GradedPaper, type GradeFault, type GradeProfile } from '../grades/grades.ts'
import { rowsOf, weightColumn, wholeFrom1, type BallotCsvFault } from './ballot-csv.ts'
import { faultAt, nameFrom, textOf, type FormatFault } from './fault.ts'

/** Why a table of grades does not read. */
export type GradesCsvFault = BallotCsvFault | FormatFault<'bad grade'>

/** Reads a table of grades. Total: any bytes give a profile or the first fault. */
export function parseGradesCsv(
  bytes: Uint8Array,
  seats: number,
  scale: GradeProfile['scale'],
): Result<GradeProfile, GradesCsvFault | { readonly kind: 'bad profile'; readonly fault: GradeFault }> {
  const text = textOf(bytes)
  if (text === null) return faultAt('not text', { line: 1, column: 1 }, '')
  const table = rowsOf(text)
  if (table.kind === 'fail') return table
  const { header, body } = table.value
  const weightAt = weightColumn(header)
  const columns = header.flatMap((cell, i) => (i === weightAt ? [] : [{ cell, i }]))
  if (columns.length === 0) return faultAt('no candidates', { line: 1, column: 1 }, '')
  const candidates = columns.map(({ cell }) => nameFrom(cell.text))
  const double = columns.find(({ cell }, i) => candidates.indexOf(nameFrom(cell.text)) !== i)
  if (double !== undefined) return faultAt('repeated column', double.cell, double.cell.text)
  const papers: GradedPaper[] = []
  for (const row of body) {
    const weight = row[weightAt]
    if (weight !== undefined && !wholeFrom1.test(weight.text)) return faultAt('bad weight', weight, weight.text)
    const grades: Grade[] = []
    for (const [candidate, { i }] of columns.entries()) {
      const cell = row[i]
      if (cell === undefined || cell.text === '') continue
      const grade = /^\d{1,6}(?:\.0+)?$/.test(cell.text) ? Number(cell.text) : -1
      if (grade < scale.lowest || grade > scale.highest) return faultAt('bad grade', cell, cell.text)
      grades.push([candidate, grade])
    }
    papers.push({ weight: weight === undefined ? 1 : Number(weight.text), grades })
  }
  const profile = checkGrades({ title: '', candidates, seats, scale, papers })
  return profile.kind === 'ok' ? ok(profile.value) : fail({ kind: 'bad profile', fault: profile.error })
}
