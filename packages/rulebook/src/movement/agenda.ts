import { instant, type Instant } from '@quorate/kernel'
import { firstRow, withoutRow, withRow, type Table } from './table.ts'

/** What falls by time alone, soonest first; the value is the id of what it concerns. */
export type Agenda = Table<string>

// 11 hex digits hold every instant up to the year 2527 in the order of time; dates beyond 3000 are refused by `decide`, so 12.
const keyOf = (at: Instant, id: string): string => `${Math.max(0, at).toString(16).padStart(12, '0')} ${id}`

/** The agenda with one more deadline. Nothing is added where there is none (null). */
export const withDeadline = (agenda: Agenda, at: Instant | null, id: string): Agenda =>
  at === null ? agenda : withRow(agenda, keyOf(at, id), id)

/** The agenda without a deadline. */
export const withoutDeadline = (agenda: Agenda, at: Instant | null, id: string): Agenda =>
  at === null ? agenda : withoutRow(agenda, keyOf(at, id))

/** What falls next, or null. */
export function nextDeadline(agenda: Agenda): { readonly at: Instant; readonly id: string } | null {
  const row = firstRow(agenda)
  return row === null ? null : { at: instant(Number.parseInt(row[0].slice(0, 12), 16)), id: row[1] }
}
