// The check of a draw, for whoever did not make it: it adds up again and searches for nothing. What it cannot say is that no heavier panel than
// the bound's exists; that is the solver's word, and the chances stand as published whatever it is worth.
import { sameValue } from '../transferable/engines.ts'
import { chancesOf, drawPanel, leastOf, type Draw, type Lottery } from './lottery.ts'
import { cellsOf, checkPool, poolHash, rowsOf, type Pool, type PoolFault, type Row } from './pool.ts'
import { drawStratified, type StratifiedDraw, type StratifiedPool } from './stratified.ts'
import { panelsPublished } from './thousand.ts'

/** Something that is not as it should be. `panel` is an index among the 1,000. */
export type SortitionFault =
  | { readonly kind: 'bad pool'; readonly fault: PoolFault }
  | { readonly kind: 'another pool'; readonly said: string; readonly is: string }
  | { readonly kind: 'not 1,000 panels'; readonly panels: number }
  /** Not as many different members, ascending by roll index, as there are places. */
  | { readonly kind: 'not a panel'; readonly panel: number }
  | {
      readonly kind: 'quota not met'
      readonly panel: number
      readonly category: number
      readonly feature: number
      readonly count: number
    }
  | { readonly kind: 'wrong chance'; readonly member: number; readonly said: number; readonly is: number }
  /** Said to be on no panel that meets the quotas, and is on one. */
  | { readonly kind: 'not kept out'; readonly member: number }
  | { readonly kind: 'wrong least chance'; readonly said: number; readonly is: number }
  /** Not one whole weight for each cell, or they do not add up. */
  | { readonly kind: 'bad bound' }
  /** A published panel weighs more than the bound says any panel can. */
  | { readonly kind: 'bound broken'; readonly panel: number; readonly weight: number }
  /** The draw is not what the seed gives. */
  | { readonly kind: 'not the draw of this seed' }

/** All faults of a published lottery; with a draw and its seed, of that too. None: every panel meets every quota, and the chances are true. */
export function checkSortition(
  pool: Pool,
  lottery: Lottery,
  drawn: { readonly draw: Draw; readonly seed: Uint8Array } | null,
): readonly SortitionFault[] {
  const checked = checkPool(pool)
  if (checked.kind === 'fail') return [{ kind: 'bad pool', fault: checked.error }]
  const is = poolHash(pool)
  if (is !== lottery.poolHash) return [{ kind: 'another pool', said: lottery.poolHash, is }]
  const faults: SortitionFault[] = []
  const { panels } = lottery
  if (panels.length !== panelsPublished) faults.push({ kind: 'not 1,000 panels', panels: panels.length })
  const cells = cellsOf(pool)
  const rows = rowsOf(pool, cells)
  for (const [panel, members] of panels.entries()) faults.push(...panelFaults(pool, rows, members, panel))
  faults.push(...chanceFaults(pool, lottery), ...boundFaults(pool, lottery))
  if (drawn !== null && faults.length === 0) {
    const right = drawn.seed.length === 32 && sameValue(drawPanel(pool, lottery, drawn.seed), drawn.draw)
    if (!right) faults.push({ kind: 'not the draw of this seed' })
  }
  return faults
}

/** Whether a stratified draw is what its pool and seed give. Everything in it follows from these two. */
export function checkStratified(pool: StratifiedPool, draw: StratifiedDraw, seed: Uint8Array): boolean {
  if (seed.length !== 32) return false
  const again = drawStratified(pool, seed)
  return again.kind === 'ok' && sameValue(again.value, draw)
}

function panelFaults(
  { members: pool, seats }: Pool,
  rows: readonly Row[],
  members: readonly number[],
  panel: number,
): readonly SortitionFault[] {
  const orderly = members.every((m, i) => Number.isSafeInteger(m) && m > (members[i - 1] ?? -1) && m < pool.length)
  if (!orderly || members.length !== seats) return [{ kind: 'not a panel', panel }]
  return rows.flatMap(({ category, feature, least, most }): readonly SortitionFault[] => {
    const count = members.filter((m) => pool[m]?.[category] === feature).length
    return count >= least && count <= most ? [] : [{ kind: 'quota not met', panel, category, feature, count }]
  })
}

function chanceFaults(pool: Pool, { panels, chances, never, least }: Lottery): readonly SortitionFault[] {
  const counted = chancesOf(panels, pool.members.length)
  const faults: SortitionFault[] = counted.flatMap((is, member) =>
    chances[member] === is ? [] : [{ kind: 'wrong chance', member, said: chances[member] ?? -1, is }],
  )
  if (chances.length > counted.length)
    faults.push({ kind: 'wrong chance', member: counted.length, said: chances[counted.length] ?? -1, is: 0 })
  for (const member of never) if (counted[member] !== 0) faults.push({ kind: 'not kept out', member })
  const is = leastOf(counted, never)
  return is === least ? faults : [...faults, { kind: 'wrong least chance', said: least, is }]
}

function boundFaults(pool: Pool, { panels, bound }: Lottery): readonly SortitionFault[] {
  const cells = cellsOf(pool)
  const whole = [...bound.weights, bound.most, bound.total].every((n) => Number.isSafeInteger(n) && n >= 0)
  const total = cells.reduce((sum, { members }, c) => sum + members.length * (bound.weights[c] ?? 0), 0)
  if (!whole || bound.weights.length !== cells.length || total !== bound.total) return [{ kind: 'bad bound' }]
  const weightOf = new Map(cells.flatMap(({ members }, c) => members.map((m) => [m, bound.weights[c] ?? 0] as const)))
  return panels.flatMap((members, panel): readonly SortitionFault[] => {
    const weight = members.reduce((sum, m) => sum + (weightOf.get(m) ?? 0), 0)
    return weight <= bound.most ? [] : [{ kind: 'bound broken', panel, weight }]
  })
}
