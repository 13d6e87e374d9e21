import type { CivilDate, Instant } from '@quorate/kernel'
import { chunks, type Tx } from '#lib/platform/database.ts'
import type { Gender, MemberClass, OfficeTable, PersonTable, SeatTable, Standing, StandingTable } from './tables.ts'

/** A person to be put on the register, with their whole standing so far (at least one line). */
export type Admission = {
  readonly id: string
  readonly membershipNumber: number
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  readonly bornOn: CivilDate
  readonly joinedOn: CivilDate
  readonly gender: Gender | null
  readonly class: MemberClass
  readonly groupId: string
  readonly locale: PersonTable['locale']
  readonly standing: readonly { readonly at: Instant; readonly standing: Standing; readonly cause: string }[]
}

/** Puts people on the register: for an import or a demonstration. What is known of their standing counts as known when it became true. */
export async function admitAll(tx: Tx, people: readonly Admission[]): Promise<void> {
  for (const part of chunks(people)) {
    const rows = part.map((p): PersonTable => {
      return {
        id: p.id,
        membership_number: p.membershipNumber,
        given_name: p.givenName,
        family_name: p.familyName,
        email: p.email.trim().toLowerCase(),
        born_on: p.bornOn,
        joined_on: p.joinedOn,
        gender: p.gender,
        class: p.class,
        group_id: p.groupId,
        locale: p.locale,
      }
    })
    await tx.insertInto('person').values(rows).execute()
    const lines = part.flatMap((p) =>
      p.standing.map(({ at, standing, cause }): StandingTable => {
        return { person_id: p.id, valid_at: at, known_at: at, standing, cause }
      }),
    )
    await tx.insertInto('standing').values(lines).execute()
  }
}

/** A row of the offices, for an import or a demonstration. It gives power once the record says so. */
export type OfficeRow = Readonly<Pick<OfficeTable, 'id' | 'office' | 'of_group' | 'person_id' | 'from_at' | 'until_at'>>
/** A row of the seats, likewise. */
export type SeatRow = Readonly<SeatTable>

/** Fills offices. */
export async function fillOffices(tx: Tx, rows: readonly OfficeRow[]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('office')
      .values(rows.map((row) => ({ ...row, holder: null, salt: null, granted_entry: null, ended_entry: null })))
      .execute()
}

/** Fills seats. */
export async function fillSeats(tx: Tx, rows: readonly SeatRow[]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('seat')
      .values([...rows])
      .execute()
}
