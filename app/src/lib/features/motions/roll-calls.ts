import { fail, instant, ok, toHex, type Result } from '@quorate/kernel'
import { rollCallFigures } from '@quorate/record'
import { provision, type Fingerprint } from '@quorate/rulebook'
import { lockLog, storeDocument } from '#lib/features/record/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { transaction } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { call, exercise, type OnRollCall } from './commands.ts'
import type { Performed, PerformFault } from './perform.ts'
import { proposalText } from './proposal.ts'
import { endStaleDevices } from './roll-call-devices.ts'
import { seatIn, votingSeats } from './roll-call-seats.ts'
import { closeRow, inTheChair, lastOfSeats, linesOf, lockedRow, rowOf, type RollCallFaultKind } from './roll-call-store.ts'
import type { RollCallTable } from './tables.ts'
import './tables.ts'

/** What a roll-call is opened on: a power that the body uses outright, or calls the members with, and the words of the question. */
export type OpenedRollCall = Pick<RollCallTable, 'body' | 'power' | 'way' | 'title' | 'reasons'>

const hourMs = 3_600_000

/**
 * Opens a roll-call, of a body whose rule is an open vote that is published; whoever opens it is in the chair for it. The text it is about stands beside the
 * record from then on and cannot change.
 */
export async function openRollCall(
  work: Work,
  personId: string,
  { body, power, way, title, reasons }: OpenedRollCall,
): Promise<Result<string, 'not seated' | 'not by name'>> {
  const rule = provision(await rulebookInForce(work.db), 'body', body)?.rule
  // A body that publishes totals only, or nothing, does not put each member's vote on the record.
  const published = rule?.publishes?.votes?.kind ?? '<length> after meeting'
  if (rule?.vote !== 'open' || published !== '<length> after meeting') return fail('not by name')
  return transaction(work.db, async (tx) => {
    const now = await lockLog(tx, work.clock.now())
    if ((await seatIn(tx, body, personId, now)) === null) return fail('not seated')
    await endStaleDevices(tx, body, now)
    const id = toHex(work.random(16))
    const document = await storeDocument(tx, proposalText({ title, reasons, changes: [] }))
    const row = {
      id,
      body,
      power,
      way,
      title,
      reasons,
      document,
      seats: [...(await votingSeats(tx, body, now)).keys()],
      opened_by: personId,
      opened_at: now,
    }
    await tx
      .insertInto('roll_call')
      .values({ ...row, closed_at: null, result: null, acted_at: null, decision: null })
      .execute()
    return ok(id)
  })
}

/** Whoever opened it closes it before all have voted: those who are not there have said nothing. */
export async function closeRollCall(work: Work, personId: string, id: string): Promise<Result<null, RollCallFaultKind>> {
  return transaction(work.db, async (tx) => {
    const now = await lockLog(tx, work.clock.now())
    const row = await lockedRow(tx, id)
    if (row === undefined) return fail('no such roll-call')
    if ((await seatIn(tx, row.body, personId, now)) === null) return fail('not seated')
    if (!(await inTheChair(tx, row, personId, now))) return fail('not in the chair')
    if (row.closed_at !== null) return fail('closed')
    await closeRow(work, tx, row, await linesOf(tx, id), now)
    return ok(null)
  })
}

/** Two people pressed at once: the transaction of the second is undone. */
class ActedAlready extends Error {
  override readonly name = 'ActedAlready'
}

/** Puts what a closed roll-call came to before the rules, once, whatever they answer: any seated member may. */
export async function actOnRollCall(
  work: Work,
  personId: string,
  id: string,
): Promise<Result<Performed, PerformFault | { readonly kind: RollCallFaultKind }>> {
  const row = await rowOf(work.db, id)
  if (row === undefined) return fail({ kind: 'no such roll-call' })
  if ((await seatIn(work.db, row.body, personId, work.clock.now())) === null) return fail({ kind: 'not seated' })
  const { closed_at: closedAt, result, power, body, title, reasons } = row
  if (closedAt === null || result === null) return fail({ kind: 'still open' })
  const figures = rollCallFigures({ votes: lastOfSeats(await linesOf(work.db, id)) })
  const vote = { for: figures.for, against: figures.against }
  const rollCall: OnRollCall = {
    abstain: figures.abstain,
    closedAt,
    evidence: result as Fingerprint, // storeDocument gives the SHA-256 in hex
    claim: async ({ tx, now }) => {
      const own = tx.updateTable('roll_call').set({ acted_at: now }).where('id', '=', id).where('acted_at', 'is', null)
      if ((await own.returning('id').executeTakeFirst()) === undefined) throw new ActedAlready()
    },
    then: async ({ tx, decision }) => {
      await tx.updateTable('roll_call').set({ decision }).where('id', '=', id).execute()
    },
  }
  try {
    if (row.way === 'call') return await call(work, personId, { power, title, reasons, vote, rollCall })
    // In an hour, to the minute.
    const effectAt = instant(Math.floor((work.clock.now() + hourMs) / 60_000) * 60_000)
    return await exercise(work, personId, { power, body, title, text: reasons, effectAt, vote, rollCall })
  } catch (error) {
    if (error instanceof ActedAlready) return fail({ kind: 'acted already' })
    throw error
  }
}
