import { instant, type Instant } from '@quorate/kernel'
import { moveDemoClock, movementClock } from '#lib/platform/clock.ts'
import { transaction } from '#lib/platform/database.ts'
import type { Feature, Sweep, Work } from '#lib/platform/feature.ts'
import { nextDue, sweepUntilQuiet, type SweepFault } from '#lib/platform/sweeper.ts'

/** How moving the clock ended. `stuck` names the first sweep that could not do what was due; the clock stays where it failed. */
export type Journey =
  | { readonly kind: 'arrived'; readonly at: Instant }
  | { readonly kind: 'stuck'; readonly at: Instant; readonly fault: SweepFault }
  | { readonly kind: 'not forward'; readonly at: Instant }
  | { readonly kind: 'not a demonstration' }

/** More stops than this on one journey is a sweep that plans without end. */
const stopsMax = 500

/**
 * Moves the demonstration clock to `target` the way time would have gone: it stops at every instant at which something falls due, lets all
 * of it be done, and goes on. So a jump of a month leaves the same history as a month.
 */
export async function travel(
  work: Work,
  sweeps: readonly Sweep[],
  features: readonly Feature[],
  target: Instant,
): Promise<Journey> {
  const fresh = async (): Promise<Work> => ({ ...work, clock: await movementClock(work.db, work.machine) })
  for (let stop = 0; stop < stopsMax; stop++) {
    const here = await fresh()
    const now = here.clock.now()
    if (target <= now) return stop === 0 ? { kind: 'not forward', at: now } : { kind: 'arrived', at: now }
    const due = await nextDue(sweeps, here)
    const to = due !== null && due > now && due < target ? due : target
    const move = await transaction(work.db, async (tx) => {
      const moved = await moveDemoClock(tx, work.machine, to)
      if (moved.kind !== 'moved') return moved
      const there: Work = { ...work, db: tx, clock: { now: () => instant(moved.to) } }
      for (const feature of features) await feature.clockMoved?.(there, tx, moved.from, moved.to)
      return moved
    })
    if (move.kind === 'not a demonstration') return move
    const [fault] = await sweepUntilQuiet(sweeps, fresh)
    if (fault !== undefined) return { kind: 'stuck', at: to, fault }
    if (to === target) return { kind: 'arrived', at: target }
  }
  return { kind: 'arrived', at: (await fresh()).clock.now() }
}
