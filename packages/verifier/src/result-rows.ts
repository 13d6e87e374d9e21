import type { BodyOf } from '@quorate/record'
import { isFingerprint } from './citations.ts'

/** How the places of a yes/no question may stand: for and against; with a blank vote before them, or an abstention after. */
export function readingsOf(
  row: readonly number[],
): readonly { readonly for: number; readonly against: number; readonly blank: number }[] {
  const [a = 0, b = 0, c = 0] = row
  if (row.length === 2) return [{ for: a, against: b, blank: 0 }]
  return row.length === 3
    ? [
        { for: b, against: c, blank: a },
        { for: a, against: b, blank: c },
      ]
    : []
}

/** The counts of a `result` entry, question by question; null when some question is not one of counts. */
export function countsOf({ result }: BodyOf<'result'>): readonly (readonly number[])[] | null {
  if (isFingerprint(result)) return null
  // The shape has checked that the text is JSON of this form, save that places of a ranked question are lists.
  const { result: rows } = JSON.parse(result) as { readonly result: readonly (readonly (number | readonly number[])[])[] }
  const counts = rows.map((row) => row.filter((place) => typeof place === 'number'))
  return counts.every((row, i) => row.length === rows[i]?.length) ? counts : null
}
