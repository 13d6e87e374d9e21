import { instant, type Clock, type Instant } from '@quorate/kernel'
import type { Db } from './database.ts'
import type { Sweep, Work } from './feature.ts'

/** A sweep that failed, and why. */
export type SweepFault = { readonly name: string; readonly fault: string }

/** Runs every sweep once, in order; one that throws does not stop the others. Returns rows moved and faults. */
export async function sweepOnce(
  sweeps: readonly Sweep[],
  work: Work,
): Promise<{ readonly moved: number; readonly faults: readonly SweepFault[] }> {
  let moved = 0
  const faults: SweepFault[] = []
  for (const sweep of sweeps) {
    try {
      moved += await sweep.run(work)
    } catch (error) {
      faults.push({ name: sweep.name, fault: error instanceof Error ? error.message : String(error) })
    }
  }
  return { moved, faults }
}

/** Sweeps until nothing moves, since one feature's work may make another's due; at most `roundsMax` rounds. Returns faults of the last. */
export async function sweepUntilQuiet(
  sweeps: readonly Sweep[],
  work: () => Promise<Work>,
  roundsMax = 25,
): Promise<readonly SweepFault[]> {
  for (let round = 0; ; round++) {
    const { moved, faults } = await sweepOnce(sweeps, await work())
    if (moved === 0 || round >= roundsMax) return faults
  }
}

/** The earliest instant at which some sweep has something to do; null when nothing is planned. */
export async function nextDue(sweeps: readonly Sweep[], work: Work): Promise<Instant | null> {
  const instants = await Promise.all(sweeps.map((sweep) => sweep.nextDue(work)))
  return instants.reduce<Instant | null>((first, at) => (at !== null && (first === null || at < first) ? at : first), null)
}

/** How late a sweep may be before every page says so. */
export const lateMs = 60_000
const noteEveryMs = 10_000

/** Writes down how the sweeps are doing: a change at once, a good state every 10 s, so that a stopped sweeper can be seen from outside. */
export class SweepNotes {
  readonly #written = new Map<string, { at: Instant; fault: string | null }>()
  readonly #db: Db
  readonly #machine: Clock
  constructor(db: Db, machine: Clock) {
    this.#db = db
    this.#machine = machine
  }

  /** Notes the outcome of one round for these sweeps. */
  async note(names: readonly string[], faults: readonly SweepFault[]): Promise<void> {
    const now = this.#machine.now()
    for (const name of names) {
      const fault = faults.find((f) => f.name === name)?.fault.slice(0, 500) ?? null
      const last = this.#written.get(name)
      if (last !== undefined && last.fault === fault && now - last.at < noteEveryMs) continue
      this.#written.set(name, { at: now, fault })
      await this.#db
        .insertInto('sweep')
        .values({ name, ok_at: fault === null ? now : null, failing_since: fault === null ? null : now, fault })
        .onConflict((c) =>
          c.column('name').doUpdateSet((e) => ({
            ok_at: fault === null ? now : e.ref('sweep.ok_at'),
            failing_since: fault === null ? null : e.fn.coalesce('sweep.failing_since', e.val(now)),
            fault,
          })),
        )
        .execute()
    }
  }
}

/** Names of sweeps that are late: failing for over a minute, or without a good end for over a minute because nothing runs them. */
export async function lateSweeps(db: Db, machine: Clock): Promise<readonly string[]> {
  const before = instant(machine.now() - lateMs)
  const rows = await db
    .selectFrom('sweep')
    .select('name')
    .where((e) => e.or([e('failing_since', '<=', before), e('ok_at', '<=', before)]))
    .orderBy('name')
    .execute()
  return rows.map((row) => row.name)
}

/** Runs the sweeps every second, one round at a time, until stopped. `wake()` starts a round now. */
export function startSweeper(sweeps: readonly Sweep[], work: () => Promise<Work>, notes: SweepNotes, everyMs = 1_000) {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let running: Promise<void> = Promise.resolve()
  let asked = false
  const names = sweeps.map((sweep) => sweep.name)
  const round = async (): Promise<void> => {
    try {
      const { faults } = await sweepOnce(sweeps, await work())
      await notes.note(names, faults)
    } catch (error) {
      // Without a database nothing can be noted; the next round tries again.
      process.stderr.write(`quorate: sweep: ${error instanceof Error ? error.message : String(error)}\n`)
    }
    if (!stopped) timer = setTimeout(go, asked ? 0 : everyMs)
    asked = false
  }
  const go = (): void => {
    running = round()
  }
  timer = setTimeout(go, 0)
  return {
    wake: (): void => {
      asked = true
      clearTimeout(timer)
      running = running.then(() => {
        clearTimeout(timer)
        if (!stopped) go()
      })
    },
    stop: async (): Promise<void> => {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
