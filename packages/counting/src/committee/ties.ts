import { fail, ok, type Result } from '@quorate/kernel'
import type { LotOrder } from '../lot.ts'

/** A committee: candidates, ascending. */
export type Committee = readonly number[]

/** One choice of a rule that works step by step, in the counting by lot: who was best, and who of them was taken (or removed). */
export type Step<Figure> = { readonly tied: readonly number[]; readonly chosen: number; readonly figure: Figure }

/** A rule that works step by step. `key` tells states apart: two states with one key lead to the same committees. */
export type Stepwise<State, Figure> = {
  readonly start: State
  readonly done: (state: State) => Committee | null
  /** The candidates the rule cannot tell apart, and the figure that made them best. */
  readonly best: (state: State) => { readonly tied: readonly number[]; readonly figure: Figure }
  readonly take: (state: State, candidate: number) => State
  readonly key: (state: State) => string
}

/** More ways to break ties than can be followed. */
export type TooManyTies = { readonly kind: 'too many ties'; readonly followed: number }

const mostStates = 200_000

/** Every committee the rule can end with, over all ways to break its ties, in lexicographic order; `most` states are followed. */
export function allOutcomes<State, Figure>(
  rule: Stepwise<State, Figure>,
  most: number = mostStates,
): Result<readonly Committee[], TooManyTies> {
  const found = new Map<string, Committee>()
  const seen = new Set<string>()
  const open: State[] = [rule.start]
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const committee = rule.done(state)
    if (committee !== null) {
      found.set(committee.join(), committee)
      continue
    }
    for (const candidate of rule.best(state).tied) {
      const next = rule.take(state, candidate)
      const key = rule.key(next)
      if (seen.has(key)) continue
      if (seen.size >= most) return fail({ kind: 'too many ties', followed: seen.size })
      seen.add(key)
      open.push(next)
    }
  }
  return ok(sortedCommittees([...found.values()]))
}

/** The one way the lot order leads: of the tied, `pick` the one it prefers. */
export function oneOutcome<State, Figure>(
  rule: Stepwise<State, Figure>,
  pick: (tied: readonly number[]) => number,
): { readonly committee: Committee; readonly steps: readonly Step<Figure>[] } {
  const steps: Step<Figure>[] = []
  let state = rule.start
  for (;;) {
    const committee = rule.done(state)
    if (committee !== null) return { committee, steps }
    const { tied, figure } = rule.best(state)
    const chosen = pick(tied)
    steps.push({ tied, chosen, figure })
    state = rule.take(state, chosen)
  }
}

/** Committees in lexicographic order of their members. */
export const sortedCommittees = (committees: readonly Committee[]): readonly Committee[] =>
  committees.toSorted((a, b) => {
    const at = a.findIndex((c, i) => c !== b[i])
    return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
  })

/** The tied candidate that stands last in the lot order: removed first. */
export const lastByLot =
  (order: LotOrder) =>
  (tied: readonly number[]): number =>
    order.findLast((c) => tied.includes(c)) ?? 0

/** Of tied committees, the one with the member earliest in the lot order; among those that share it, the next earliest, and so on. */
export function committeeByLot(order: LotOrder, committees: readonly Committee[]): Committee {
  const place = new Map(order.map((c, i) => [c, i]))
  const places = (committee: Committee): readonly number[] => committee.map((c) => place.get(c) ?? 0).sort((a, b) => a - b)
  const ranked = committees.map((committee) => ({ committee, places: places(committee) }))
  const [first] = ranked.toSorted((a, b) => {
    const at = a.places.findIndex((p, i) => p !== b.places[i])
    return at < 0 ? 0 : (a.places[at] ?? 0) - (b.places[at] ?? 0)
  })
  return first?.committee ?? []
}

/** Every set of `size` out of `pool`, in lexicographic order. */
export function* combinations(pool: readonly number[], size: number): Generator<Committee> {
  const chosen: number[] = []
  function* from(start: number): Generator<Committee> {
    if (chosen.length === size) yield [...chosen]
    else
      for (let i = start; i <= pool.length - (size - chosen.length); i++) {
        chosen.push(pool[i] as number) // i is below the length
        yield* from(i + 1)
        chosen.pop()
      }
  }
  yield* from(0)
}
