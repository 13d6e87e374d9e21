import { assert, civilDateOf, instantText, type JsonObject } from '@quorate/kernel'
import { personById } from '#lib/features/membership/index.ts'
import { freshPseudonym } from '#lib/features/motions/index.ts'
import { appendOwn, lockLog } from '#lib/features/record/index.ts'
import { transaction, type Db } from '#lib/platform/database.ts'
import type { Feature, Work } from '#lib/platform/feature.ts'
import { heldByPlatform } from '#lib/platform/held.ts'

/** Everything that is held of a person, and where the record says that it was taken out. */
export type OwnData = { readonly data: JsonObject; readonly position: number }

/**
 * Gives a person all that is held of them: what every feature holds, for themselves. Before that the record says that one person took out what is held of
 * them, under a pseudonym that is met nowhere else; once a civil day, so that nobody can flood it. Only that takes the log's lock, which orders all acts:
 * reading takes none, however often somebody asks. Null when nobody is there.
 */
export async function takeOwnData(work: Work, features: readonly Feature[], personId: string): Promise<OwnData | null> {
  const { db, clock, movement } = work
  const person = await personById(db, personId)
  if (person === null) return null
  const now = clock.now()
  const position = (await saidOn(db, personId, civilDateOf(now, movement.zone))) ?? (await sayTaken(work, personId))
  if (position === null) return null
  const parts: Record<string, JsonObject> = { platform: await heldByPlatform(db, person) }
  for (const { name, held } of features) if (held !== undefined) parts[name] = await held(db, person)
  return {
    data: { format: 'quorate/own-data/v1', movement: movement.name, taken: instantText(now), entry: position, ...parts },
    position,
  }
}

/** Where the record says that a person took out their data on a day, or null. */
async function saidOn(db: Db, personId: string, day: string): Promise<number | null> {
  const said = await db
    .selectFrom('data_export')
    .select('position')
    .where('person_id', '=', personId)
    .where('day', '=', day)
    .executeTakeFirst()
  return said?.position ?? null
}

/** Says it on the record, unless a rival has just done so. Null when the person has been erased meanwhile. */
function sayTaken({ db, clock, random, movement }: Work, personId: string): Promise<number | null> {
  return transaction(db, async (tx) => {
    const now = await lockLog(tx, clock.now())
    if ((await personById(tx, personId)) === null) return null
    const day = civilDateOf(now, movement.zone)
    const said = await saidOn(tx, personId, day)
    if (said !== null) return said
    const { salt, pseudonym } = freshPseudonym(random, personId)
    // Nobody need be a member to take out what is held of them: it is the law's and the rule's, in no capacity of theirs.
    const body = { by: pseudonym, as: 'rule', second: null, purpose: 'subject-access', people: 1 } as const
    const [placed] = await appendOwn(tx, now, [{ type: 'export', decision: null, body }])
    assert(placed !== undefined, 'what is appended has a place')
    await tx.insertInto('data_export').values({ person_id: personId, day, salt, pseudonym, position: placed.position }).execute()
    return placed.position
  })
}
