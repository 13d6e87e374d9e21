// A draw as it is published: everything somebody needs to check it, in one canonical text. The format is docs/spec/draw.md.
import { canonicalJson, toHex, type JsonObject } from '@quorate/kernel'
import { exactText } from '../words/figures.ts'
import type { Draw, Lottery } from './lottery.ts'
import type { Pool } from './pool.ts'
import type { StratifiedDraw, StratifiedPool } from './stratified.ts'

/** Name and version of the format. */
const format = 'quorate/draw/v1'

/** A lottery of 1,000 panels; `drawn` is null before the draw, when the lottery is published. */
export function lotteryText(
  pool: Pool,
  lottery: Lottery,
  drawn: { readonly draw: Draw; readonly seed: Uint8Array } | null,
): string {
  const { method, poolHash, panels, chances, never, least, bound } = lottery
  const { title, categories, members, seats } = pool
  const head: JsonObject = {
    format,
    method,
    pool: { title, categories, members, seats },
    poolHash,
    panels,
    chances,
    never,
    least,
    bound,
  }
  return canonicalJson({ ...head, draw: drawn?.draw ?? null, seed: drawn === null ? null : toHex(drawn.seed) })
}

/** A stratified draw, with the chance of everybody in a stratum as a fraction in lowest terms. */
export function stratifiedText(pool: StratifiedPool, { strata, panel, tied, method }: StratifiedDraw, seed: Uint8Array): string {
  const { title, members, apportionment } = pool
  const shown = strata.map(({ chance, ...stratum }) => ({ ...stratum, chance: exactText(chance) }))
  const draw = { strata: shown, panel, tied }
  return canonicalJson({ format, method, pool: { title, strata: pool.strata, members, apportionment }, draw, seed: toHex(seed) })
}
