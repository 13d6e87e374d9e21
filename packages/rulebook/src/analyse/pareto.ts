import { within } from './people.ts'
import { costOf, type Plan } from './plan.ts'
import type { World } from './world.ts'

type Costed = {
  readonly plan: Plan
  readonly people: number
  readonly elapsedMs: number
  readonly warningMs: number
  /** How many facts somebody must attest: a way that needs an adviser is no cheaper than one that does not. */
  readonly attested: number
}

const costed = (world: World, plan: Plan): Costed => ({
  plan,
  ...costOf(world, plan),
  attested: plan.assumes.filter((a) => a.kind === 'attested').length,
})
const noWorse = (a: Costed, b: Costed): boolean =>
  a.people <= b.people && a.elapsedMs <= b.elapsedMs && a.warningMs <= b.warningMs && a.attested <= b.attested

/** Whether `a` is as good as `b` in every respect: no more of anybody, no later, no longer in sight. */
const covers = (a: Costed, b: Costed): boolean => noWorse(a, b) && within(a.plan.needs, b.plan.needs)

const order = (a: Costed, b: Costed): number =>
  a.people - b.people ||
  a.elapsedMs - b.elapsedMs ||
  a.warningMs - b.warningMs ||
  a.attested - b.attested ||
  a.plan.steps.length - b.plan.steps.length

/**
 * Plans of which none is covered by another, fewest people first, at most `most`. Pruning is by cost, by pool of people: what is dearer in one pool and cheaper in
 * another is kept, for the next step may need just those people.
 */
export function prune(world: World, plans: readonly Plan[], most: number): readonly Plan[] {
  if (plans.length <= 1) return plans
  const sorted = plans.map((plan) => costed(world, plan)).toSorted(order)
  const kept: Costed[] = []
  for (const one of sorted) if (!kept.some((k) => covers(k, one))) kept.push(one)
  return capped(kept, most).map((k) => k.plan)
}

/** Within a cap the fewest people are kept, and always the fastest and the least visible. */
function capped(kept: readonly Costed[], most: number): readonly Costed[] {
  if (kept.length <= most) return kept
  const fastest = kept.reduce((a, b) => (b.elapsedMs < a.elapsedMs ? b : a))
  const quietest = kept.reduce((a, b) => (b.warningMs < a.warningMs ? b : a))
  const ends = new Set([fastest, quietest])
  return [...ends, ...kept.filter((k) => !ends.has(k))].slice(0, Math.max(most, 2)).toSorted(order)
}

/** Plans of which none is as cheap as another in people, time and warning at once: what a reader is shown. */
export function front(world: World, plans: readonly Plan[]): readonly Plan[] {
  const sorted = plans.map((plan) => costed(world, plan)).toSorted(order)
  const kept: Costed[] = []
  for (const one of sorted) if (!kept.some((k) => noWorse(k, one))) kept.push(one)
  return kept.map((k) => k.plan)
}
