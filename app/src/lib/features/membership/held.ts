import type { JsonObject } from '@quorate/kernel'
import type { Db } from '#lib/platform/database.ts'
import type { ErasedPerson } from '#lib/platform/feature.ts'
import './tables.ts'

/** What the register holds of a person. Who else changed their address is somebody else's business: only whether it was themselves. */
export async function heldByRegister(db: Db, { id }: ErasedPerson): Promise<JsonObject> {
  const person = await db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst()
  const standing = await db.selectFrom('standing').selectAll().where('person_id', '=', id).orderBy('known_at').execute()
  const offices = await db.selectFrom('office').selectAll().where('person_id', '=', id).orderBy('from_at').execute()
  const seats = await db.selectFrom('seat').selectAll().where('person_id', '=', id).orderBy('from_at').execute()
  const changes = await db.selectFrom('contact_change').selectAll().where('person_id', '=', id).orderBy('changed_at').execute()
  const exports = await db.selectFrom('data_export').selectAll().where('person_id', '=', id).orderBy('day').execute()
  return {
    person: person ?? null,
    standing: standing.map(({ valid_at, known_at, standing: name, cause }) => ({ valid_at, known_at, standing: name, cause })),
    offices: offices.map(({ office, of_group, from_at, until_at, holder, salt, granted_entry, ended_entry }) => ({
      office,
      of_group,
      from_at,
      until_at,
      holder,
      salt: salt?.toString('hex') ?? null,
      granted_entry,
      ended_entry,
    })),
    seats: seats.map(({ body, seat, number, from_at, until_at }) => ({ body, seat, number, from_at, until_at })),
    address_changes: changes.map(({ changed_at, before, by_person, on_frozen_roll }) => ({
      changed_at,
      before,
      by_yourself: by_person === id,
      on_frozen_roll,
    })),
    exports: exports.map(({ day, salt, pseudonym, position }) => ({ day, salt: salt.toString('hex'), pseudonym, position })),
  }
}
