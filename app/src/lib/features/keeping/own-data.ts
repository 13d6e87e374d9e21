import { assert, civilDateOf, instantText, type JsonObject } from '@quorate/kernel'
import { provisionsOf } from '@quorate/rulebook'
import { personById } from '#lib/features/membership/index.ts'
import { freshPseudonym } from '#lib/features/motions/index.ts'
import { appendOwn, lockLog } from '#lib/features/record/index.ts'
import { editionsOf } from '#lib/features/rulebooks/index.ts'
import { transaction, type Db, type Tx } from '#lib/platform/database.ts'
import type { Feature, Work } from '#lib/platform/feature.ts'
import { heldByPlatform } from '#lib/platform/held.ts'

/** Everything that is held of a person, and where the record says that it was taken out. */
export type OwnData = { readonly data: JsonObject; readonly position: number }

/**
 * Gives a person all that is held of them: what every feature holds, for themselves. The record says in the same transaction that one person took out what is
 * held of them, under a pseudonym that is met nowhere else; once a civil day, so that nobody can flood it. Null when nobody is there.
 */
export async function takeOwnData(work: Work, features: readonly Feature[], personId: string): Promise<OwnData | null> {
  const { db, clock, movement } = work
  return transaction(db, async (tx) => {
    const now = await lockLog(tx, clock.now())
    const person = await personById(tx, personId)
    if (person === null) return null
    const day = civilDateOf(now, movement.zone)
    const said = await tx
      .selectFrom('data_export')
      .select('position')
      .where('person_id', '=', personId)
      .where('day', '=', day)
      .executeTakeFirst()
    const position = said?.position ?? (await sayTaken(tx, work, personId, day))
    const parts: Record<string, JsonObject> = { platform: await heldByPlatform(tx, person) }
    for (const { name, held } of features) if (held !== undefined) parts[name] = await held(tx, person)
    return {
      data: { format: 'quorate/own-data/v1', movement: movement.name, taken: instantText(now), entry: position, ...parts },
      position,
    }
  })
}

async function sayTaken(tx: Tx, { clock, random }: Work, personId: string, day: string): Promise<number> {
  const { salt, pseudonym } = freshPseudonym(random, personId)
  const body = { by: pseudonym, as: await memberCapacity(tx), second: null, purpose: 'subject-access', people: 1 } as const
  const [placed] = await appendOwn(tx, clock.now(), [{ type: 'export', decision: null, body }])
  assert(placed !== undefined, 'what is appended has a place')
  await tx.insertInto('data_export').values({ person_id: personId, day, salt, pseudonym, position: placed.position }).execute()
  return placed.position
}

/** The capacity of whoever is on the register: the first electorate that the rulebook has, or the rule where it has none. */
async function memberCapacity(db: Db): Promise<string> {
  const { byNumber, inForce } = await editionsOf(db)
  const rulebook = byNumber.get(inForce)
  const [first] = rulebook === undefined ? [] : provisionsOf(rulebook, 'electorate')
  return first === undefined ? 'rule' : `electorate ${first.rule.id}`
}
