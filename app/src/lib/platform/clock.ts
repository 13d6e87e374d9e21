import { assert, instant, type Clock, type Instant } from '@quorate/kernel'
import { askedTogether } from './asked-together.ts'
import type { Db, Tx } from './database.ts'

/** The machine's clock, kept from stepping back within this process when the operating system corrects it. */
export function machineClock(read: () => number = Date.now): Clock {
  let last = -8.64e15
  return {
    now: () => {
      last = Math.max(last, Math.floor(read()))
      return instant(last)
    },
  }
}

/** A clock `offsetMs` ahead of another. */
export const aheadOf = (clock: Clock, offsetMs: number): Clock => ({ now: () => instant(clock.now() + offsetMs) })

/**
 * The movement's clock as of now: the machine's, or in a demonstration the machine's plus the offset row, which all processes share. Read it
 * anew for each request and each sweep: a clock handed out earlier does not see a later move.
 */
export async function movementClock(db: Db, machine: Clock): Promise<Clock> {
  const offset = await offsetOf(db, 'offset')
  return offset === undefined ? machine : aheadOf(machine, offset)
}

const offsetOf = askedTogether<'offset', number>(async (db) => {
  const row = await db.selectFrom('demo_clock').select('offset_ms').executeTakeFirst()
  return new Map(row === undefined ? [] : [['offset', row.offset_ms]])
})

/** Starts the demonstration clock so that it shows `at` now. Once only. */
export async function startDemoClock(tx: Tx, machine: Clock, at: Instant): Promise<void> {
  await tx
    .insertInto('demo_clock')
    .values({ id: 1, offset_ms: at - machine.now(), moved_at: at })
    .execute()
}

/** What moving the clock did: the instants it showed before and after, or why it did not move. */
export type ClockMove =
  | { readonly kind: 'moved'; readonly from: Instant; readonly to: Instant }
  | { readonly kind: 'not a demonstration' }
  | { readonly kind: 'not forward'; readonly now: Instant }

/** Moves the demonstration clock to `to`. Only ever forward: of two rivals the later instant stands. */
export async function moveDemoClock(tx: Tx, machine: Clock, to: Instant): Promise<ClockMove> {
  const row = await tx.selectFrom('demo_clock').select('offset_ms').where('id', '=', 1).forUpdate().executeTakeFirst()
  if (row === undefined) return { kind: 'not a demonstration' }
  const real = machine.now()
  const from = instant(real + row.offset_ms)
  if (to <= from) return { kind: 'not forward', now: from }
  assert(to - real > row.offset_ms, 'the demonstration clock only grows')
  await tx
    .updateTable('demo_clock')
    .set({ offset_ms: to - real, moved_at: to })
    .where('id', '=', 1)
    .execute()
  return { kind: 'moved', from, to }
}
