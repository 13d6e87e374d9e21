// From shares to exactly 1,000 panels of people: a uniform lottery (B. Flanigan, G. Kehne, A. Procaccia, "Fair sortition made transparent",
// NeurIPS 2021), so that every chance is a whole number over 1,000 and the draw is of one ball from a drum.
import { sha256 } from '@noble/hashes/sha2.js'
import { assert, compareBytes, concatBytes, fromHex, uintBytes, utf8 } from '@quorate/kernel'
import { quotientOf } from '../transferable/arithmetic-fast.ts'
import { inverse, wholeShares } from './arithmetic-simplex.ts'
import type { Makeup } from './best-panel.ts'
import type { Shares } from './lottery-shares.ts'
import type { Cell } from './pool.ts'

/** Panels published, of which one is drawn. */
export const panelsPublished = 1000
// Shares in millionths while they are rounded to thousandths.
const fine = 1_000_000
const perPanel = 1000
const swapsMost = 400

/** How often each makeup stands among the 1,000: the whole part of its share, then one by one whichever brings all cells nearest to their due. */
function times({ makeups, shares }: Shares, cells: readonly Cell[]): readonly number[] {
  const millionths = wholeShares(
    shares.map((share) => (share > 0 ? share : 0)),
    fine,
  )
  const counts = millionths.map((n) => quotientOf(n, perPanel))
  const distance = new Distance(cells)
  for (const [i, makeup] of makeups.entries()) distance.move(makeup, (millionths[i] ?? 0) - perPanel * (counts[i] ?? 0))
  const add = (): number => {
    const i = distance.nearest(makeups, -perPanel)
    counts[i] = (counts[i] ?? 0) + 1
    distance.move(makeups[i] ?? [], -perPanel)
    return i
  }
  for (let left = panelsPublished - counts.reduce((sum, n) => sum + n, 0); left > 0; left--) add()
  // Then one is taken back and another put in, as long as that brings the cells nearer.
  for (let swaps = 0; swaps < swapsMost; swaps++) {
    const before = distance.all()
    const out = distance.nearest(makeups, perPanel, (i) => (counts[i] ?? 0) > 0)
    counts[out] = (counts[out] ?? 0) - 1
    distance.move(makeups[out] ?? [], perPanel)
    if (add() === out || distance.all() >= before) break
  }
  return counts
}

/** How far each cell is behind its due, in thousandths of a place; a place counts for more where fewer share it. */
class Distance {
  readonly #behind: number[]
  readonly #weights: readonly number[]

  constructor(cells: readonly Cell[]) {
    this.#behind = cells.map(() => 0)
    this.#weights = cells.map(({ members }) => inverse(members.length * members.length))
  }

  move(makeup: Makeup, by: number): void {
    for (const [c, n] of makeup.entries()) if (n > 0) this.#behind[c] = (this.#behind[c] ?? 0) + by * n
  }

  /** Σ weight × behind². */
  all(): number {
    return this.#behind.reduce((sum, behind, c) => sum + (this.#weights[c] ?? 0) * behind * behind, 0)
  }

  /** The makeup that leaves the least distance when it moves all by so much. */
  nearest(makeups: readonly Makeup[], by: number, may: (i: number) => boolean = () => true): number {
    let [best, least] = [-1, Infinity]
    for (const [i, makeup] of makeups.entries()) {
      if (!may(i)) continue
      let change = 0
      for (const [c, n] of makeup.entries())
        if (n > 0) change += (this.#weights[c] ?? 0) * by * n * (2 * (this.#behind[c] ?? 0) + by * n)
      if (change < least) [best, least] = [i, change]
    }
    return best
  }
}

/**
 * 1,000 panels of members by roll index, ascending. The places of a cell go round its members, so that no two of them differ by more than one
 * panel; they go round in the order of a hash of the pool, not of the roll, where neighbours and households stand together.
 */
export function thousandPanels(shares: Shares, cells: readonly Cell[], hash: string): readonly (readonly number[])[] {
  const rounds = cells.map(({ members }) => ({ order: byHash(members, hash), at: 0 }))
  const panels: (readonly number[])[] = []
  for (const [i, often] of times(shares, cells).entries()) {
    for (let again = 0; again < often; again++) {
      const panel = (shares.makeups[i] ?? []).flatMap((places, c) => {
        const round = rounds[c]
        assert(round !== undefined && places <= round.order.length, 'a panel has no more of a cell than there are')
        return Array.from({ length: places }, () => round.order[round.at++ % round.order.length] ?? 0)
      })
      panels.push(panel.sort((a, b) => a - b))
    }
  }
  assert(panels.length === panelsPublished, 'there are exactly 1,000 panels')
  return panels
}

function byHash(members: readonly number[], hash: string): readonly number[] {
  const pool = fromHex(hash)
  assert(pool.kind === 'ok', 'a fingerprint is lower-case hex')
  const key = (member: number): Uint8Array =>
    sha256(concatBytes(utf8('quorate/sortition/round/v1'), pool.value, uintBytes(BigInt(member), 4)))
  return members
    .map((member) => ({ member, key: key(member) }))
    .sort((a, b) => compareBytes(a.key, b.key))
    .map(({ member }) => member)
}
