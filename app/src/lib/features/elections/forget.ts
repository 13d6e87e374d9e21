import { sql } from 'kysely'
import type { Db } from '#lib/platform/database.ts'
import { replacedPurpose } from './replaced-mail.ts'

/**
 * Forgets who took part in ballots whose decision has ended, when nobody can challenge them any more: rows written with a ballot, and mails sent with one,
 * would tell whoever has the database whose it is. Returns how many rows went.
 */
export async function forgetWhoTookPart(db: Db): Promise<number> {
  const part = await sql`delete from participation p using decision d where d.id = p.decision and d.ended_at is not null`.execute(
    db,
  )
  const mail = await sql`delete from mail m using decision d
    where m.purpose = ${replacedPurpose} and m.about like d.id || ':%' and m.state in ('sent', 'bounced', 'failed') and d.ended_at is not null`.execute(
    db,
  )
  return Number((part.numAffectedRows ?? 0n) + (mail.numAffectedRows ?? 0n))
}
