import type { Clock } from '@quorate/kernel'
import type { Db } from '../database.ts'
import { claimMails, settleMails } from './outbox.ts'
import { connections, type Transport } from './transport.ts'

/** Sends what waits in the outbox until nothing does; returns how many mails left it. Any number may run at once. */
export async function drainMail(db: Db, clock: Clock, machine: Clock, transport: Transport): Promise<number> {
  let done = 0
  for (;;) {
    // Small batches: what a crash leaves in doubt is at most one batch, and its lease is short.
    const batch = await claimMails(db, machine, connections * 16)
    if (batch.length === 0) return done
    const outcomes = await Promise.all(batch.map(async (mail) => ({ mail, outcome: await transport.send(mail) })))
    await settleMails(db, clock, machine, outcomes)
    done += batch.length
  }
}
