import type { JsonObject } from '@quorate/kernel'
import type { Db } from '#lib/platform/database.ts'
import type { ErasedPerson } from '#lib/platform/feature.ts'
import './tables.ts'

/** What ties a person to acts on the record, with the salts that prove it, and their refused attempts. */
export async function heldByMotions(db: Db, { id }: ErasedPerson): Promise<JsonObject> {
  const pseudonyms = await db.selectFrom('pseudonym').selectAll().where('person_id', '=', id).orderBy('decision').execute()
  const attempts = await db.selectFrom('refused_attempt').selectAll().where('person_id', '=', id).orderBy('day').execute()
  const votes = await db.selectFrom('roll_call_vote').selectAll().where('person_id', '=', id).orderBy('at').execute()
  const opened = await db.selectFrom('roll_call').select('id').where('opened_by', '=', id).orderBy('opened_at').execute()
  const entered = await db
    .selectFrom('roll_call_vote')
    .select(['roll_call', 'seat', 'seq'])
    .where('entered_by', '=', id)
    .orderBy('at')
    .execute()
  const devices = await db
    .selectFrom('roll_call_device')
    .selectAll()
    .where('person_id', '=', id)
    .orderBy('registered_at')
    .execute()
  return {
    roll_call_devices: devices.map(({ person_id: _, ...device }) => device),
    roll_call_votes_entered: entered,
    roll_calls_opened: opened.map((row) => row.id),
    roll_call_votes: votes.map(({ roll_call, seat, seq, signed_by, pseudonym, salt, vote, at }) => ({
      roll_call,
      seat,
      seq,
      signed_by,
      pseudonym,
      salt: salt?.toString('hex') ?? null,
      vote,
      at,
    })),
    pseudonyms: pseudonyms.map(({ decision, pseudonym, salt }) => ({ decision, pseudonym, salt: salt.toString('hex') })),
    refused_attempts: attempts.map(({ power, day, decision, attempts: count }) => ({ power, day, decision, attempts: count })),
  }
}
