import type { JsonObject } from '@quorate/kernel'
import type { Db } from '#lib/platform/database.ts'
import type { ErasedPerson } from '#lib/platform/feature.ts'
import './tables.ts'

/**
 * What ties a person to rolls, with the salts that prove it, and that they took part; never how, which nobody knows. A voting code under seal is not
 * in it: a stolen session would vote with it, and it has been sent to its owner.
 */
export async function heldByElections(db: Db, { id, email, membershipNumber }: ErasedPerson): Promise<JsonObject> {
  const lines = await db.selectFrom('roll_line').selectAll().where('person_id', '=', id).orderBy('decision').execute()
  const part = await db.selectFrom('participation').selectAll().where('person_id', '=', id).orderBy('decision').execute()
  const codes = await db.selectFrom('sealed_code').select('decision').where('person_id', '=', id).orderBy('decision').execute()
  const places = await db.selectFrom('trustee').selectAll().where('person_id', '=', id).orderBy('decision').execute()
  const asked = await db.selectFrom('link_request').selectAll().where('person_id', '=', id).orderBy('asked_at').execute()
  const lost = await db
    .selectFrom('lost_ballot')
    .select('asked_at')
    .where('asked', 'in', [email, String(membershipNumber)])
    .orderBy('asked_at')
    .execute()
  return {
    rolls: lines.map(({ decision, leaf, salt }) => ({ decision, leaf, salt: salt.toString('hex') })),
    took_part: part.map(({ decision }) => decision),
    voting_codes_under_seal: codes.map(({ decision }) => decision),
    trustee_of: places.map(({ decision, place }) => ({ decision, place })),
    links_asked_for: asked.map(({ decision, number, asked_at, mailed_at }) => ({ decision, number, asked_at, mailed_at })),
    // What waits for an answer; then what was typed is forgotten. Whoever knows their address or number may have typed it.
    lost_ballots_not_answered: lost.map(({ asked_at }) => ({ asked_at })),
  }
}
