// Why no panel can meet the quotas: said before any draw, naming the quota.
import { bestPanel, thoroughly, type Panels } from './best-panel.ts'
import type { Pool, Row } from './pool.ts'

/** A quota by its place in the pool. */
export type QuotaName = { readonly category: number; readonly feature: number }

/** Why a pool is refused. */
export type Refusal =
  /** Fewer in the whole pool than places on the panel. */
  | { readonly kind: 'too few members'; readonly have: number; readonly seats: number }
  /** A quota asks for more than there are in the pool. */
  | ({ readonly kind: 'too few in the pool'; readonly have: number; readonly least: number } & QuotaName)
  /** The least numbers of a category add up to more than the places. */
  | { readonly kind: 'least numbers exceed places'; readonly category: number; readonly sum: number; readonly seats: number }
  /** The most a category's quotas allow, of those there are, do not fill the places. */
  | { readonly kind: 'places stay empty'; readonly category: number; readonly sum: number; readonly seats: number }
  /** These quotas cannot be met together, though without any one of them the others can. */
  | { readonly kind: 'quotas conflict'; readonly quotas: readonly QuotaName[] }
  /** Whether a panel exists could not be found out. */
  | { readonly kind: 'search too long' }

const anyPanel = { ...thoroughly, enough: true }

/** Looks for a reason; null if there is a panel. */
export function refusalOf(pool: Pool, panels: Panels): Refusal | null {
  const { seats, members, categories } = pool
  if (members.length < seats) return { kind: 'too few members', have: members.length, seats }
  const have = (row: Row): number => row.cells.reduce((sum, c) => sum + (panels.cells[c]?.members.length ?? 0), 0)
  for (const row of panels.rows) {
    const { category, feature, least } = row
    if (have(row) < least) return { kind: 'too few in the pool', category, feature, have: have(row), least }
  }
  for (const category of categories.keys()) {
    const rows = panels.rows.filter((row) => row.category === category)
    const least = rows.reduce((sum, row) => sum + row.least, 0)
    if (least > seats) return { kind: 'least numbers exceed places', category, sum: least, seats }
    const most = rows.reduce((sum, row) => sum + (have(row) < row.most ? have(row) : row.most), 0)
    if (most < seats) return { kind: 'places stay empty', category, sum: most, seats }
  }
  const { best, atMost } = bestPanel(panels, [], anyPanel)
  if (best !== null) return null
  return atMost === -Infinity ? conflict(panels) : { kind: 'search too long' }
}

/** A smallest set of quotas in conflict: each is dropped in turn, and stays out if the rest conflict all the same. */
function conflict(panels: Panels): Refusal {
  let rows = panels.rows
  for (const row of panels.rows) {
    const without = rows.filter((other) => other !== row)
    const { best, atMost } = bestPanel({ ...panels, rows: without }, [], anyPanel)
    if (best === null && atMost === -Infinity) rows = without
  }
  return { kind: 'quotas conflict', quotas: rows.map(({ category, feature }) => ({ category, feature })) }
}
