import { fail, ok, startOfDay, civilDateOf, instant, assert, plusDays, type Instant, type Result } from '@quorate/kernel'
import { isOnFrozenRoll } from '#lib/features/elections/index.ts'
import { fullName, personById, writeAddress } from '#lib/features/membership/index.ts'
import { appendOwn, lockLog } from '#lib/features/record/index.ts'
import { transaction } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { newId } from '#lib/platform/ids.ts'
import { wakeSweeper } from '#lib/platform/jobs.ts'
import { enqueueMails } from '#lib/platform/mail.ts'
import { words } from '#lib/platform/words.ts'
import { messages } from './messages.ts'

const dayMs = 86_400_000
/** How long an old address is kept: longer than any ballot lasts from its frozen roll to its result. */
const keptDays = 365

/** Why an address was not changed. */
export type AddressFault = 'no such person' | 'the same' | 'too often'

/** Changes of one person's address in a day: enough to put a slip right. */
const perDay = 3

/**
 * A member changes the address that mail goes to. Both addresses are told, in the same transaction. Voting links of a roll that is frozen still go to the
 * old one. The record tells at the end of the day how many changed, of how many people.
 */
export function changeAddress(work: Work, personId: string, email: string): Promise<Result<null, AddressFault>> {
  const { db, clock, random, movement } = work
  return transaction(db, async (tx) => {
    // Under the log's lock, so that a day is counted after its last change.
    const now = await lockLog(tx, clock.now())
    const person = await personById(tx, personId)
    if (person === null) return fail('no such person')
    const address = email.trim().toLowerCase()
    if (address === person.email) return fail('the same')
    const { n } = await tx
      .selectFrom('contact_change')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('person_id', '=', personId)
      .where('changed_at', '>', instant(Math.max(0, now - dayMs)))
      .executeTakeFirstOrThrow()
    if (n >= perDay) return fail('too often')
    const id = newId(now, random)
    const on_frozen_roll = await isOnFrozenRoll(tx, personId)
    await writeAddress(tx, { id, person_id: personId, by_person: personId, changed_at: now, on_frozen_roll, email: address })
    const t = words(messages, person.locale)
    const mail = (about: string, to: string, text: string) => ({
      purpose: 'address',
      about: `${id}:${about}`,
      recipient: personId,
      address: to,
      name: fullName(person),
      locale: person.locale,
      letter: { subject: t('address.mail.subject'), parts: [text], foot: t('address.mail.foot', { movement: movement.name }) },
    })
    await enqueueMails(tx, clock, random, [
      mail('old', person.email, t('address.mail.old', { name: person.givenName, movement: movement.name })),
      mail('new', address, t('address.mail.new', { name: person.givenName, movement: movement.name })),
    ])
    await wakeSweeper(tx)
    return ok(null)
  })
}

/**
 * Tells of each civil day that has ended and on which addresses changed: how many, of how many people, the most by one person for others, how many of
 * people on frozen rolls. One entry a day, however many processes are at it and whenever: the day is a key. Returns how many days it told of.
 */
export async function countDays(work: Work): Promise<number> {
  const { db, clock, movement } = work
  const { zone } = movement
  const today = (at: Instant): Instant => startOfDay(civilDateOf(at, zone), zone)
  const [first] = await db
    .selectFrom('contact_change')
    .select('changed_at')
    .where('counted', '=', false)
    .where('changed_at', '<', today(clock.now()))
    .limit(1)
    .execute()
  if (first === undefined) return 0
  return transaction(db, async (tx) => {
    const now = await lockLog(tx, clock.now())
    const rows = await tx
      .selectFrom('contact_change')
      .selectAll()
      .where('counted', '=', false)
      .where('changed_at', '<', today(now))
      .orderBy('changed_at')
      .execute()
    const days = Map.groupBy(rows, (row) => civilDateOf(row.changed_at, zone))
    let told = 0
    for (const [date, changes] of days) {
      const byOthers = Map.groupBy(
        changes.filter((row) => row.by_person !== row.person_id),
        (row) => row.by_person,
      )
      const next = plusDays(date, 1)
      const [placed] = await appendOwn(tx, now, [
        {
          type: 'contacts',
          decision: null,
          body: {
            from: startOfDay(date, zone),
            to: startOfDay(next, zone),
            changes: changes.length,
            people: new Set(changes.map((row) => row.person_id)).size,
            mostByOne: Math.max(0, ...[...byOthers.values()].map((own) => own.length)),
            onFrozenRolls: changes.filter((row) => row.on_frozen_roll).length,
          },
        },
      ])
      assert(placed !== undefined, 'what is appended has a place')
      // A day that was told of before stops all of it: the key is the day.
      await tx.insertInto('contact_day').values({ day: date, position: placed.position }).execute()
      await tx
        .updateTable('contact_change')
        .set({ counted: true })
        .where(
          'id',
          'in',
          changes.map(({ id }) => id),
        )
        .execute()
      told += 1
    }
    await tx
      .deleteFrom('contact_change')
      .where('counted', '=', true)
      .where('changed_at', '<', instant(Math.max(0, now - keptDays * dayMs)))
      .execute()
    return told
  })
}

/** When the next day with changes ends; null when no change waits to be counted. */
export async function nextCount({ db, movement }: Work): Promise<Instant | null> {
  const row = await db
    .selectFrom('contact_change')
    .select('changed_at')
    .where('counted', '=', false)
    .orderBy('changed_at')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : startOfDay(plusDays(civilDateOf(row.changed_at, movement.zone), 1), movement.zone)
}
