// A draw by lottery of panels: 1,000 panels are published and checked first, then the lot takes one of them.
import { sha256 } from '@noble/hashes/sha2.js'
import { assert, concatBytes, fail, ok, utf8, type Result } from '@quorate/kernel'
import { lotOrder } from '../lot.ts'
import type { Panels } from './best-panel.ts'
import { lotteryShares, type Bound } from './lottery-shares.ts'
import { cellsOf, checkPool, poolHash, rowsOf, type Pool, type PoolFault } from './pool.ts'
import { refusalOf, type Refusal } from './refusal.ts'
import { panelsPublished, thousandPanels } from './thousand.ts'

/** `maximin@1` makes the least chance of anybody as large as it can be; `leximin@1` goes on to the next least, and so on. */
export type LotteryMethod = 'maximin@1' | 'leximin@1'

/** What is published before the draw. */
export type Lottery = {
  readonly kind: 'lottery'
  readonly method: LotteryMethod
  readonly poolHash: string
  /** Exactly 1,000, each the roll indices of its members, ascending. Equal panels are that much likelier. */
  readonly panels: readonly (readonly number[])[]
  /** Of each member, the number of panels they are on: their chance in thousandths. */
  readonly chances: readonly number[]
  /** Members no panel can include, because of the quotas; their chance is 0. Ascending. */
  readonly never: readonly number[]
  /** The least chance of anybody else, in thousandths. */
  readonly least: number
  /** What the solver found to be the limit of that; weights are per cell, in the order of first members on the roll. */
  readonly bound: Bound
}

/** The outcome of the lot. */
export type Draw = {
  /** Which of the 1,000, from 0. */
  readonly index: number
  readonly panel: readonly number[]
  /** For whoever cannot serve: by features, the others who have all of these, in the order in which they are asked. */
  readonly reserves: readonly Reserve[]
}

/** Those in reserve who have the same features, first asked first. */
export type Reserve = { readonly features: readonly number[]; readonly members: readonly number[] }

/** Why there is no lottery. */
export type LotteryError =
  | { readonly kind: 'bad pool'; readonly fault: PoolFault }
  | { readonly kind: 'bad method' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

/** Proposes a lottery for a pool, or refuses it before any draw, naming the quota. Pure: the same pool gives the same 1,000 panels. */
export function proposeLottery(method: LotteryMethod, pool: Pool): Result<Lottery, LotteryError> {
  const checked = checkPool(pool)
  if (checked.kind === 'fail') return fail({ kind: 'bad pool', fault: checked.error })
  if (!['maximin@1', 'leximin@1'].includes(method)) return fail({ kind: 'bad method' })
  const cells = cellsOf(pool)
  const panels: Panels = { cells, rows: rowsOf(pool, cells), seats: pool.seats }
  const refusal = refusalOf(pool, panels)
  if (refusal !== null) return fail({ kind: 'refused', refusal })
  const shares = lotteryShares(panels, method === 'leximin@1')
  const hash = poolHash(pool)
  const published = thousandPanels(shares, cells, hash)
  const never = shares.never.flatMap((c) => cells[c]?.members ?? []).sort((a, b) => a - b)
  const chances = chancesOf(published, pool.members.length)
  const least = leastOf(chances, never)
  return ok({ kind: 'lottery', method, poolHash: hash, panels: published, chances, never, least, bound: shares.bound })
}

/** On how many of the panels each member is. */
export function chancesOf(panels: readonly (readonly number[])[], members: number): readonly number[] {
  const chances = Array.from({ length: members }, () => 0)
  for (const panel of panels) for (const member of panel) chances[member] = (chances[member] ?? 0) + 1
  return chances
}

/** The least chance of those whom some panel can include. */
export function leastOf(chances: readonly number[], never: readonly number[]): number {
  const out = new Set(never)
  return chances.reduce((least, chance, member) => (out.has(member) || chance > least ? least : chance), panelsPublished)
}

/** A seed of its own for each thing one lot decides, so that none tells of another. */
export const partOfSeed = (seed: Uint8Array, part: 'panel' | 'reserves' | 'strata'): Uint8Array =>
  sha256(concatBytes(utf8(`quorate/sortition/${part}/v1`), seed))

/**
 * Draws one of the 1,000 and, in the same act, the order of all reserves, so that a refusal never needs a fresh draw. `seed` is the 32 bytes
 * of the contest's lot, which must not be known before the lottery is published.
 */
export function drawPanel(pool: Pool, lottery: Lottery, seed: Uint8Array): Draw {
  assert(seed.length === 32, 'the seed of a lot is 32 bytes')
  const [index] = lotOrder(partOfSeed(seed, 'panel'), lottery.panels.length)
  const panel = lottery.panels[index ?? 0]
  assert(index !== undefined && panel !== undefined, 'a lottery has panels')
  const drawn = new Set(panel)
  const place = new Map(lotOrder(partOfSeed(seed, 'reserves'), pool.members.length).map((member, at) => [member, at]))
  const reserves = cellsOf(pool).map(({ features, members }) => ({
    features,
    members: members.filter((m) => !drawn.has(m)).sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0)),
  }))
  return { index, panel, reserves }
}
