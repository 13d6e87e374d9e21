import type { Instant } from '@quorate/kernel'
import { sql } from 'kysely'
import { askedTogether } from '#lib/platform/asked-together.ts'
import type { Db } from '#lib/platform/database.ts'
import type { AsOf, OfficeHeld, Person, PersonFacts, SeatHeld, StandingLine } from './person.ts'
import type { PersonTable, Standing } from './tables.ts'

const columns = [
  'id',
  'membership_number',
  'given_name',
  'family_name',
  'email',
  'joined_on',
  'group_id',
  'locale',
] as const satisfies readonly (keyof PersonTable)[]

const personOf = (row: Pick<PersonTable, (typeof columns)[number]>): Person => ({
  id: row.id,
  membershipNumber: row.membership_number,
  givenName: row.given_name,
  familyName: row.family_name,
  email: row.email,
  joinedOn: row.joined_on,
  groupId: row.group_id,
  locale: row.locale,
})

/** The person with this id, or null. */
export async function personById(db: Db, id: string): Promise<Person | null> {
  return (await personTogether(db, id)) ?? null
}

// Every request asks who is there.
const personTogether = askedTogether<string, Person>((db, ids) => personsById(db, ids))

/** These persons, by id. Ids that are not on the register, or are no ids at all, are left out. */
export async function personsById(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  const known = ids.filter((id) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(id))
  if (known.length === 0) return new Map()
  const rows = await db
    .selectFrom('person')
    .select(columns)
    .where('id', '=', sql<string>`any(${known}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, personOf(row)]))
}

/** Everyone with this e-mail address: two in a household may share one. */
export async function personsByEmail(db: Db, email: string): Promise<readonly Person[]> {
  const rows = await db
    .selectFrom('person')
    .select(columns)
    .where('email', '=', email.trim().toLowerCase())
    .orderBy('membership_number')
    .execute()
  return rows.map(personOf)
}

/** The person with this membership number, or null. */
export async function personByNumber(db: Db, membershipNumber: number): Promise<Person | null> {
  const row = await db.selectFrom('person').select(columns).where('membership_number', '=', membershipNumber).executeTakeFirst()
  return row === undefined ? null : personOf(row)
}

/**
 * The whole register as it was true at `validAt` by what was known at `knownAt`, in order of membership number. Of two statements about one
 * day the later known one stands. Names and addresses are as they are now: only what rules ask about has a history. Three queries, linear in the people
 * they are about: everyone, or those of `only`, by id.
 */
export async function registerAsOf(
  db: Db,
  { validAt, knownAt }: AsOf,
  only: readonly string[] | null = null,
): Promise<readonly PersonFacts[]> {
  const rows = await db
    .selectFrom('person')
    .select([...columns, 'born_on', 'gender', 'class'])
    .select((e) => [
      e
        .selectFrom('standing')
        .select('standing.standing')
        .whereRef('standing.person_id', '=', 'person.id')
        .where('valid_at', '<=', validAt)
        .where('known_at', '<=', knownAt)
        .orderBy('valid_at', 'desc')
        .orderBy('known_at', 'desc')
        .limit(1)
        .as('standing'),
    ])
    .$if(only !== null, (q) => q.where('person.id', '=', sql<string>`any(${[...(only ?? [])]}::uuid[])`))
    .orderBy('membership_number')
    .execute()
  const offices = await heldAt(db, 'office', validAt, only)
  const bodies = await heldAt(db, 'seat', validAt, only)
  return rows.map((row) => ({
    ...personOf(row),
    bornOn: row.born_on,
    gender: row.gender,
    class: row.class,
    standing: row.standing,
    offices: offices.get(row.id) ?? [],
    bodies: bodies.get(row.id) ?? [],
  }))
}

async function heldAt(
  db: Db,
  table: 'office' | 'seat',
  at: Instant,
  only: readonly string[] | null,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const column = table === 'office' ? sql.ref('office') : sql.ref('body')
  const { rows } = await sql<{ person_id: string; name: string }>`
    select distinct person_id, ${column} as name from ${sql.table(table)}
    where ${table === 'office' ? sql`granted_entry is not null and` : sql``} from_at <= ${at} and (until_at is null or until_at > ${at})
      and (${only === null ? null : [...only]}::uuid[] is null or person_id = any(${only === null ? null : [...only]}::uuid[])) order by name`.execute(
    db,
  )
  const held = new Map<string, string[]>()
  for (const { person_id, name } of rows) held.set(person_id, [...(held.get(person_id) ?? []), name])
  return held
}

/** What a rule may ask about one person, or null when they are not on the register. */
export async function factsOf(db: Db, personId: string, asOf: AsOf): Promise<PersonFacts | null> {
  const [facts] = await registerAsOf(db, asOf, [personId])
  return facts ?? null
}

/** Everyone on the register for whom `isIn` holds, in order of membership number: an electorate as of two times. */
export async function electorateOf(db: Db, isIn: (facts: PersonFacts) => boolean, asOf: AsOf): Promise<readonly PersonFacts[]> {
  return (await registerAsOf(db, asOf)).filter(isIn)
}

/** A person's standing, latest first. */
export async function standingOf(db: Db, personId: string): Promise<readonly StandingLine[]> {
  const rows = await db
    .selectFrom('standing')
    .selectAll()
    .where('person_id', '=', personId)
    .orderBy('valid_at', 'desc')
    .orderBy('known_at', 'desc')
    .execute()
  return rows.map((row) => ({ validAt: row.valid_at, knownAt: row.known_at, standing: row.standing, cause: row.cause }))
}

/** Adds a statement about standing. History is only ever added to. */
export async function recordStanding(
  db: Db,
  line: StandingLine & { readonly personId: string; readonly standing: Standing },
): Promise<void> {
  await db
    .insertInto('standing')
    .values({
      person_id: line.personId,
      valid_at: line.validAt,
      known_at: line.knownAt,
      standing: line.standing,
      cause: line.cause,
    })
    .execute()
}

const officeColumns = ['office', 'of_group', 'person_id', 'from_at', 'until_at'] as const

/** Offices that satisfy a person or an office, held at an instant. */
async function offices(db: Db, at: Instant, by: { person?: string; office?: string }): Promise<readonly OfficeHeld[]> {
  let query = db
    .selectFrom('office')
    .select(officeColumns)
    .where('from_at', '<=', at)
    // An office that the record does not know gives nobody power.
    .where('granted_entry', 'is not', null)
    .where((e) => e.or([e('until_at', 'is', null), e('until_at', '>', at)]))
  if (by.person !== undefined) query = query.where('person_id', '=', by.person)
  if (by.office !== undefined) query = query.where('office', '=', by.office)
  const rows = await query.orderBy('office').orderBy('from_at').orderBy('id').execute()
  return rows.map((row) => ({
    office: row.office,
    ofGroup: row.of_group,
    personId: row.person_id,
    fromAt: row.from_at,
    untilAt: row.until_at,
  }))
}

/** Offices a person holds at an instant. */
export const officesOf = (db: Db, personId: string, at: Instant): Promise<readonly OfficeHeld[]> =>
  offices(db, at, { person: personId })
/** The office that keeps the register. */
export const registrarOffice = 'registrar'
/** Whether a person keeps the register at an instant: the record says that they are a registrar. */
export const isRegistrar = async (db: Db, personId: string, at: Instant): Promise<boolean> =>
  (await officesOf(db, personId, at)).some(({ office }) => office === registrarOffice)
/** Who holds an office at an instant, longest first. */
export const holdersOf = (db: Db, office: string, at: Instant): Promise<readonly OfficeHeld[]> => offices(db, at, { office })

/** Seats that satisfy a person or a body, held at an instant. */
async function seats(db: Db, at: Instant, by: { person?: string; body?: string }): Promise<readonly SeatHeld[]> {
  let query = db
    .selectFrom('seat')
    .selectAll()
    .where('from_at', '<=', at)
    .where((e) => e.or([e('until_at', 'is', null), e('until_at', '>', at)]))
  if (by.person !== undefined) query = query.where('person_id', '=', by.person)
  if (by.body !== undefined) query = query.where('body', '=', by.body)
  const rows = await query.orderBy('body').orderBy('seat', 'desc').orderBy('number').execute()
  return rows.map((row) => ({
    body: row.body,
    seat: row.seat,
    number: row.number,
    personId: row.person_id,
    fromAt: row.from_at,
    untilAt: row.until_at,
  }))
}

/** Seats a person holds at an instant. */
export const seatsOf = (db: Db, personId: string, at: Instant): Promise<readonly SeatHeld[]> =>
  seats(db, at, { person: personId })
/** Who sits in a body at an instant. */
export const seatedIn = (db: Db, body: string, at: Instant): Promise<readonly SeatHeld[]> => seats(db, at, { body })

/** How many active members each group has at two times, by group id; a group without any is absent. Counted by the database. */
export async function groupSizes(db: Db, { validAt, knownAt }: AsOf): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ group_id: string; n: number }>`
    select group_id, count(*) as n from person
    where class = 'member' and 'active' = (
      select standing from standing
      where person_id = person.id and valid_at <= ${validAt} and known_at <= ${knownAt}
      order by valid_at desc, known_at desc limit 1)
    group by group_id`.execute(db)
  return new Map(rows.map((row) => [row.group_id, row.n]))
}
