// Who can be drawn, and the quotas a panel must meet.
import { sha256 } from '@noble/hashes/sha2.js'
import { canonicalJson, fail, ok, toHex, utf8, type Result } from '@quorate/kernel'
import { isName } from '../papers/profile.ts'

/** One value of a category, such as an age band: at least `least` and at most `most` of a panel have it. */
export type Feature = { readonly name: string; readonly least: number; readonly most: number }

/** Something people differ in. Every member of the pool has exactly one of its features. */
export type Category = { readonly name: string; readonly features: readonly Feature[] }

/** People who agreed to serve, by roll index, and the panel that is wanted of them. No names: a member is an index of the frozen roll. */
export type Pool = {
  readonly title: string
  readonly categories: readonly Category[]
  /** For each member the index of the feature in each category, in the order of `categories`. */
  readonly members: readonly (readonly number[])[]
  /** Places on the panel. */
  readonly seats: number
}

/** Why something is not a pool. */
export type PoolFault =
  | { readonly kind: 'bad title' }
  | { readonly kind: 'bad seats'; readonly seats: number }
  | { readonly kind: 'too many members'; readonly most: number }
  /** A category without features, or a name that is empty, unprintable or there twice. */
  | { readonly kind: 'bad category'; readonly category: number }
  /** Not two whole numbers from 0 up, the second not below the first. */
  | { readonly kind: 'bad quota'; readonly category: number; readonly feature: number }
  /** Not one feature of each category. */
  | { readonly kind: 'bad member'; readonly member: number }

// A pool is answered letters: the largest published ones have some 2,000. Sums of weights below stay exact far beyond this.
const membersMost = 100_000

/** Checks all that a draw relies on. Whether the quotas can be met is another question. */
export function checkPool(pool: Pool): Result<Pool, PoolFault> {
  const { title, categories, members, seats } = pool
  if (title !== '' && !isName(title)) return fail({ kind: 'bad title' })
  if (members.length > membersMost) return fail({ kind: 'too many members', most: membersMost })
  if (!Number.isSafeInteger(seats) || seats < 1) return fail({ kind: 'bad seats', seats })
  for (const [category, { name, features }] of categories.entries()) {
    const names = features.map((feature) => feature.name)
    const sound = isName(name) && names.length > 0 && names.every(isName) && new Set(names).size === names.length
    if (!sound || categories.findIndex((other) => other.name === name) !== category)
      return fail({ kind: 'bad category', category })
    const feature = features.findIndex(({ least, most }) => !isCount(least) || !isCount(most) || least > most)
    if (feature >= 0) return fail({ kind: 'bad quota', category, feature })
  }
  const member = members.findIndex(
    (has) => has.length !== categories.length || has.some((f, k) => !isCount(f) || f >= (categories[k]?.features.length ?? 0)),
  )
  return member < 0 ? ok(pool) : fail({ kind: 'bad member', member })
}

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0

/** Fingerprint of a pool, in lower-case hex: SHA-256 over `quorate/pool/v1`, a line feed and its canonical JSON without the title. */
export function poolHash({ categories, members, seats }: Pool): string {
  const quotas = categories.map(({ name, features }) => ({ name, features: features.map((f) => [f.name, f.least, f.most]) }))
  return toHex(sha256(utf8(`quorate/pool/v1\n${canonicalJson({ categories: quotas, members, seats })}`)))
}

/** Members who have the same features: for quotas they are interchangeable. */
export type Cell = { readonly features: readonly number[]; readonly members: readonly number[] }

/** The cells of a pool, in the order in which their first members stand on the roll. */
export function cellsOf({ members }: Pool): readonly Cell[] {
  const cells = new Map<string, { readonly features: readonly number[]; readonly members: number[] }>()
  for (const [member, features] of members.entries()) {
    const cell = cells.get(features.join())
    if (cell === undefined) cells.set(features.join(), { features, members: [member] })
    else cell.members.push(member)
  }
  return [...cells.values()]
}

/** A quota in terms of cells: of these, from `least` to `most` are on a panel. */
export type Row = {
  readonly category: number
  readonly feature: number
  readonly cells: readonly number[]
  readonly least: number
  readonly most: number
}

/** All quotas over the cells, category by category. */
export const rowsOf = ({ categories }: Pool, cells: readonly Cell[]): readonly Row[] =>
  categories.flatMap(({ features }, category) =>
    features.map(({ least, most }, feature) => ({
      category,
      feature,
      cells: cells.flatMap((cell, c) => (cell.features[category] === feature ? [c] : [])),
      least,
      most,
    })),
  )
