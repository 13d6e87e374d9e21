import { sha256 } from '@noble/hashes/sha2.js'
import { toHex, utf8 } from '@quorate/kernel'

/**
 * Draws `count` of `pool` by lot from a seed made in public after the pool was fixed: everybody's ticket is SHA-256 of seed and name, the least
 * are drawn. Anyone can draw again and get the same; nobody can know it before the seed is there. Names are taken once, in any order.
 */
export function drawByLot<T extends string>(seed: string, pool: readonly T[], count: number): readonly T[] {
  const tickets = [...new Set(pool)].map((name) => ({ name, ticket: toHex(sha256(utf8(`${seed}\n${name}`))) }))
  return tickets
    .toSorted((a, b) => (a.ticket < b.ticket ? -1 : 1))
    .slice(0, count)
    .map((t) => t.name)
}
