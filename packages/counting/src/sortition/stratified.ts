// The stratified draw: everybody belongs to one stratum, each stratum has its places, and within it all are equally likely. Places are given, or
// shared out in proportion by largest remainders (A. Hamilton 1792; T. Hare 1859), level remainders by the lot.
import { assert, fail, fraction, ok, type Fraction, type Result } from '@quorate/kernel'
import { quotient } from '../arithmetic.ts'
import { lotOrder } from '../lot.ts'
import { isName } from '../papers/profile.ts'
import { partOfSeed } from './lottery.ts'

/** How the places are shared among the strata, both in the order of `strata`. */
export type Apportionment =
  | { readonly kind: 'exact'; readonly places: readonly number[] }
  /** In proportion to how many people each stratum stands for: the population, not the pool. */
  | { readonly kind: 'largest remainder'; readonly people: readonly number[]; readonly seats: number }

/** Who can be drawn, and how many from where. */
export type StratifiedPool = {
  readonly title: string
  /** Names of the strata. */
  readonly strata: readonly string[]
  /** For each member, by roll index, the index of their stratum. */
  readonly members: readonly number[]
  readonly apportionment: Apportionment
}

/** The outcome for one stratum. */
export type Stratum = {
  readonly places: number
  /** Roll indices in the order drawn. */
  readonly drawn: readonly number[]
  /** The others, in the order in which they are asked if somebody cannot serve. */
  readonly reserves: readonly number[]
  /** Of everybody in the stratum, exactly. */
  readonly chance: Fraction
}

/** The outcome of a stratified draw. */
export type StratifiedDraw = {
  readonly kind: 'stratified'
  readonly method: 'stratified@1'
  readonly strata: readonly Stratum[]
  /** All drawn, by roll index, ascending. */
  readonly panel: readonly number[]
  /** Strata level for a last place, which the lot gave; empty when it was not needed. */
  readonly tied: readonly number[]
}

/** Why there is no draw. */
export type StratifiedError =
  | { readonly kind: 'bad title' }
  | { readonly kind: 'bad stratum'; readonly stratum: number }
  | { readonly kind: 'bad member'; readonly member: number }
  /** Not one whole number from 0 up for each stratum, or nobody, or no places. */
  | { readonly kind: 'bad apportionment' }
  /** A stratum has fewer members in the pool than places. */
  | { readonly kind: 'too few in the pool'; readonly stratum: number; readonly have: number; readonly places: number }

/** Draws panel and reserves in one act. Refused before anything is drawn where a stratum cannot fill its places. */
export function drawStratified(pool: StratifiedPool, seed: Uint8Array): Result<StratifiedDraw, StratifiedError> {
  assert(seed.length === 32, 'the seed of a lot is 32 bytes')
  const fault = faultIn(pool)
  if (fault !== null) return fail(fault)
  const { places, tied } = placesOf(pool, seed)
  const order = lotOrder(partOfSeed(seed, 'panel'), pool.members.length)
  const of = pool.strata.map((_, s) => order.filter((member) => pool.members[member] === s))
  const short = of.findIndex((members, s) => members.length < (places[s] ?? 0))
  if (short >= 0)
    return fail({ kind: 'too few in the pool', stratum: short, have: of[short]?.length ?? 0, places: places[short] ?? 0 })
  const strata = of.map((members, s): Stratum => {
    const taken = places[s] ?? 0
    const chance = members.length === 0 ? fraction(0) : fraction(taken, members.length)
    return { places: taken, drawn: members.slice(0, taken), reserves: members.slice(taken), chance }
  })
  const panel = strata.flatMap(({ drawn }) => drawn).sort((a, b) => a - b)
  return ok({ kind: 'stratified', method: 'stratified@1', strata, panel, tied })
}

function faultIn({ title, strata, members, apportionment }: StratifiedPool): StratifiedError | null {
  if (title !== '' && !isName(title)) return { kind: 'bad title' }
  const stratum = strata.findIndex((name, s) => !isName(name) || strata.indexOf(name) !== s)
  if (stratum >= 0) return { kind: 'bad stratum', stratum }
  const member = members.findIndex((s) => !Number.isSafeInteger(s) || s < 0 || s >= strata.length)
  if (member >= 0) return { kind: 'bad member', member }
  const numbers = apportionment.kind === 'exact' ? apportionment.places : apportionment.people
  const sum = numbers.reduce((total, n) => total + n, 0)
  const sound = numbers.length === strata.length && numbers.every((n) => Number.isSafeInteger(n) && n >= 0)
  const seats = apportionment.kind === 'exact' ? sum : apportionment.seats
  const right = sound && Number.isSafeInteger(sum) && sum > 0 && Number.isSafeInteger(seats) && seats > 0
  return right ? null : { kind: 'bad apportionment' }
}

/** Places of each stratum: whole quotas first, then one each to the largest remainders. */
function placesOf(
  { strata, apportionment }: StratifiedPool,
  seed: Uint8Array,
): { readonly places: readonly number[]; readonly tied: readonly number[] } {
  if (apportionment.kind === 'exact') return { places: apportionment.places, tied: [] }
  const { people, seats } = apportionment
  const total = people.reduce((sum, n) => sum + BigInt(n), 0n)
  const whole = people.map((n) => quotient(BigInt(n) * BigInt(seats), total))
  const remainders = people.map((n, s) => BigInt(n) * BigInt(seats) - (whole[s] ?? 0n) * total)
  const left = seats - Number(whole.reduce((sum, n) => sum + n, 0n))
  const order = lotOrder(partOfSeed(seed, 'strata'), strata.length)
  const byRemainder = order.toSorted((a, b) => {
    const [x, y] = [remainders[a] ?? 0n, remainders[b] ?? 0n]
    return x === y ? 0 : x > y ? -1 : 1
  })
  const more = new Set(byRemainder.slice(0, left))
  const last = remainders[byRemainder[left - 1] ?? -1]
  const level = strata.flatMap((_, s) => (remainders[s] === last ? [s] : []))
  const parted = left > 0 && level.some((s) => !more.has(s))
  return { places: whole.map((n, s) => Number(n) + (more.has(s) ? 1 : 0)), tied: parted ? level : [] }
}
