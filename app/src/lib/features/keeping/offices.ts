import { createHash } from 'node:crypto'
import { concatBytes, fail, instant, ok, utf8, type Instant, type Random, type Result } from '@quorate/kernel'
import { provision, provisionsOf, type Rulebook } from '@quorate/rulebook'
import {
  isRegistrar,
  personByNumber,
  personsById,
  standingOf,
  type Person,
  type Standing,
} from '#lib/features/membership/index.ts'
import { appendOwn, lockLog, officesOfEveryMovement, type Draft } from '#lib/features/record/index.ts'
import { editionsOf } from '#lib/features/rulebooks/index.ts'
import { transaction, type Db, type Tx } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { newId } from '#lib/platform/ids.ts'

/** How the record calls who holds an office: SHA-256 over `quorate/holder/v1`, a 32-byte salt and the person's id, in hex. */
const holderOf = (salt: Uint8Array, personId: string): string =>
  createHash('sha256')
    .update(concatBytes(utf8('quorate/holder/v1'), salt, utf8(personId)))
    .digest('hex')

/** The rulebook in force as this transaction sees it; null before the first edition. */
async function rulebookNow(db: Db): Promise<Rulebook | null> {
  const { byNumber, inForce } = await editionsOf(db)
  return byNumber.get(inForce) ?? null
}

/** The offices there are to hold by a rulebook: its own in its order, then those that every movement has. */
export const officesIn = (rulebook: Rulebook): readonly string[] => [
  ...new Set([...provisionsOf(rulebook, 'office').map(({ rule }) => rule.id), ...officesOfEveryMovement]),
]
const isOffice = (rulebook: Rulebook, office: string): boolean => officesIn(rulebook).includes(office)

/**
 * Says on the record what it does not say yet of offices that have begun or ended, whoever wrote the rows: an office gives power from then on and not before. One
 * that the rulebook does not have is not said. The caller holds the log's lock. Returns how many entries it wrote.
 */
export async function sayOffices(tx: Tx, random: Random, now: Instant): Promise<number> {
  const rulebook = await rulebookNow(tx)
  if (rulebook === null) return 0
  const rows = await tx
    .selectFrom('office')
    .selectAll()
    .where('from_at', '<=', now)
    .where((e) => e.or([e('granted_entry', 'is', null), e.and([e('until_at', '<=', now), e('ended_entry', 'is', null)])]))
    .orderBy('from_at')
    .orderBy('id')
    .execute()
  let said = 0
  for (const { id, office, person_id, from_at, until_at, holder, granted_entry } of rows) {
    const known = granted_entry !== null && holder !== null
    if (!known && !isOffice(rulebook, office)) continue
    const salt = known ? null : Buffer.from(random(32))
    const name = salt === null ? (holder ?? '') : holderOf(salt, person_id)
    const draft = (change: 'granted' | 'ended', effectAt: Instant): Draft => ({
      type: 'role',
      decision: null,
      body: { office, holder: name, change, effectAt },
    })
    const over = until_at !== null && until_at <= now
    const drafts = [...(known ? [] : [draft('granted', from_at)]), ...(over ? [draft('ended', until_at)] : [])]
    const placed = await appendOwn(tx, now, drafts)
    const [first, last] = [placed[0]?.position ?? null, placed.at(-1)?.position ?? null]
    await tx
      .updateTable('office')
      .set({ ...(salt === null ? {} : { salt, holder: name, granted_entry: first }), ...(over ? { ended_entry: last } : {}) })
      .where('id', '=', id)
      .execute()
    said += placed.length
  }
  return said
}

/** Whether there is something to say of offices. Cost: one look into a partial index of the offices whose beginning or end is not said: some few, for every one with a fixed term is in it until that ends. */
async function isUnsaid(db: Db, now: Instant): Promise<boolean> {
  const rows = await db
    .selectFrom('office')
    .select('office')
    .where('from_at', '<=', now)
    .where((e) => e.or([e('granted_entry', 'is', null), e.and([e('until_at', '<=', now), e('ended_entry', 'is', null)])]))
    .execute()
  const rulebook = rows.length === 0 ? null : await rulebookNow(db)
  return rulebook !== null && rows.some(({ office }) => isOffice(rulebook, office))
}

/** Says what is to be said of offices; returns how many entries it wrote. */
export async function sweepOffices({ db, clock, random }: Work): Promise<number> {
  if (!(await isUnsaid(db, clock.now()))) return 0
  return transaction(db, async (tx) => sayOffices(tx, random, await lockLog(tx, clock.now())))
}

/** Why an office was not granted or ended. */
export type OfficeFault =
  | 'not the registrar'
  | 'no such person'
  | 'no such office'
  | 'not a member'
  | 'yourself'
  | 'held already'
  | 'all filled'
  | 'not held'

/** Who has been excluded or has left, or is not in yet, holds no office. */
const outside: ReadonlySet<string> = new Set<Standing>(['applicant', 'resigned', 'excluded', 'deceased'])

/** Runs in one transaction under the log's lock, if whoever asks is a registrar. */
const asKeeper = <T>(
  { db, clock }: Work,
  registrarId: string,
  run: (tx: Tx, now: Instant) => Promise<Result<T, OfficeFault>>,
): Promise<Result<T, OfficeFault>> =>
  transaction(db, async (tx) => {
    const now = await lockLog(tx, clock.now())
    return (await isRegistrar(tx, registrarId, now)) ? run(tx, now) : fail('not the registrar')
  })

/**
 * Grants an office to the person of a membership number, at a registrar's word, and says so on the record in the same transaction. Nobody grants one to
 * themselves, nor to somebody who is not or no longer a member, nor more than the rulebook has holders; how the rulebook has it filled is not asked. An office that each group has is that of the person's own group.
 */
export function grantOffice(
  work: Work,
  registrarId: string,
  asked: { readonly number: number; readonly office: string },
): Promise<Result<Person, OfficeFault>> {
  const { office, number } = asked
  return asKeeper(work, registrarId, async (tx, now) => {
    const rulebook = await rulebookNow(tx)
    if (rulebook === null || !isOffice(rulebook, office)) return fail('no such office')
    const person = await personByNumber(tx, number)
    if (person === null) return fail('no such person')
    if (person.id === registrarId) return fail('yourself')
    const [latest] = await standingOf(tx, person.id)
    if (latest !== undefined && outside.has(latest.standing)) return fail('not a member')
    const rule = provision(rulebook, 'office', office)?.rule ?? null
    const group = rule?.per === 'group' ? person.groupId : null
    const held = await tx
      .selectFrom('office')
      .select('person_id')
      .where('office', '=', office)
      .where((e) => e.or([e('until_at', 'is', null), e('until_at', '>', now)]))
      .where((e) => (group === null ? e.lit(true) : e('of_group', '=', group)))
      .execute()
    if (held.some(({ person_id }) => person_id === person.id)) return fail('held already')
    if (rule !== null && held.length >= rule.holders) return fail('all filled')
    const id = newId(now, work.random)
    await tx
      .insertInto('office')
      .values({
        ...{ id, office, of_group: group, person_id: person.id, from_at: now, until_at: null },
        ...{ holder: null, salt: null, granted_entry: null, ended_entry: null },
      })
      .execute()
    await sayOffices(tx, work.random, now)
    return ok(person)
  })
}

/** Ends an office by its id, at a registrar's word; never one's own, so that whoever leaves does so before another's eyes. */
export function endOffice(work: Work, registrarId: string, id: string): Promise<Result<null, OfficeFault>> {
  return asKeeper(work, registrarId, async (tx, now) => {
    const row = await tx
      .selectFrom('office')
      .selectAll()
      .where('id', '=', id)
      .where((e) => e.or([e('until_at', 'is', null), e('until_at', '>', now)]))
      .executeTakeFirst()
    if (row === undefined) return fail('not held')
    if (row.person_id === registrarId) return fail('yourself')
    await endHeld(tx, [id], now)
    await sayOffices(tx, work.random, now)
    return ok(null)
  })
}

/** Ends offices now. One that began at this very instant has lasted a millisecond. */
async function endHeld(tx: Tx, ids: readonly string[], now: Instant): Promise<void> {
  for (const id of ids)
    await tx
      .updateTable('office')
      .set((e) => ({ until_at: e.fn<Instant>('greatest', [e.val(now), e('from_at', '+', instant(1))]) }))
      .where('id', '=', id)
      .execute()
}

/** Ends every office and seat that a person holds, with what the record says of it. The caller holds the log's lock. */
export async function endAllOf(tx: Tx, random: Random, personId: string, now: Instant): Promise<void> {
  const open = await tx
    .selectFrom('office')
    .select('id')
    .where('person_id', '=', personId)
    .where((e) => e.or([e('until_at', 'is', null), e('until_at', '>', now)]))
    .execute()
  await endHeld(
    tx,
    open.map(({ id }) => id),
    now,
  )
  await tx
    .updateTable('seat')
    .set({ until_at: now })
    .where('person_id', '=', personId)
    .where('from_at', '<', now)
    .where((e) => e.or([e('until_at', 'is', null), e('until_at', '>', now)]))
    .execute()
  await sayOffices(tx, random, now)
}

/** An office that somebody holds, for the registrar's desk. */
export type HeldOffice = {
  readonly id: string
  readonly office: string
  readonly person: Person
  readonly since: Instant
  /** Where the record says so. */
  readonly entry: number
}

/** Every office held now, by office and then by how long. */
export async function heldOffices(db: Db, now: Instant): Promise<readonly HeldOffice[]> {
  const rows = await db
    .selectFrom('office')
    .selectAll()
    .where('granted_entry', 'is not', null)
    .where('from_at', '<=', now)
    .where((e) => e.or([e('until_at', 'is', null), e('until_at', '>', now)]))
    .orderBy('office')
    .orderBy('from_at')
    .orderBy('id')
    .execute()
  const persons = await personsById(db, [...new Set(rows.map(({ person_id }) => person_id))])
  return rows.flatMap(({ id, office, person_id, from_at, granted_entry }) => {
    const person = persons.get(person_id)
    return person === undefined || granted_entry === null ? [] : [{ id, office, person, since: from_at, entry: granted_entry }]
  })
}
