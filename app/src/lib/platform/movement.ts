import { assert, parseZone, type Instant, type Zone } from '@quorate/kernel'
import type { Db, Tx } from './database.ts'

/** The movement this installation serves. */
export type Movement = {
  readonly name: string
  readonly slug: string
  readonly zone: Zone
  /** Whether the data are invented. Only then may the strip, the mailbox page and the movable clock exist. */
  readonly demo: boolean
  readonly foundedAt: Instant
}

/** The movement, or null while the database is empty. */
export async function readMovement(db: Db): Promise<Movement | null> {
  const row = await db.selectFrom('movement').selectAll().executeTakeFirst()
  if (row === undefined) return null
  const zone = parseZone(row.zone)
  assert(zone.kind === 'ok', 'the movement has a zone the engine knows')
  return { name: row.name, slug: row.slug, zone: zone.value, demo: row.demo, foundedAt: row.founded_at }
}

/** Founds the movement. False when there is one already: of two starts at once, one founds. */
export async function foundMovement(tx: Tx, movement: Movement): Promise<boolean> {
  const { name, slug, zone, demo, foundedAt } = movement
  const done = await tx
    .insertInto('movement')
    .values({ id: 1, name, slug, zone, demo, founded_at: foundedAt })
    .onConflict((c) => c.column('id').doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}
