import type { CivilDate, Instant } from '@quorate/kernel'
import type { Locale } from '#lib/platform/words.ts'

/** Kind of membership; the rulebook's classes. */
export type MemberClass = 'member' | 'supporter'
/** A person's status under the rulebook's standing rule. */
export type Standing = 'applicant' | 'active' | 'lapsed' | 'suspended' | 'resigned' | 'excluded' | 'deceased'
/** An evidenced attribute; null when the person gave none. */
export type Gender = 'woman' | 'man' | 'non-binary'

/** One person on the register. */
export type PersonTable = {
  id: string
  membership_number: number
  given_name: string
  family_name: string
  email: string
  born_on: CivilDate
  joined_on: CivilDate
  gender: Gender | null
  class: MemberClass
  group_id: string
  locale: Locale
}
/**
 * One statement about a person's standing: from `valid_at` on it is `standing`, and we have known so since `known_at`. Rows are only ever
 * added, so "what was true then" and "what did we know then" both stay answerable (two times, RULEBOOK.md section 3).
 */
export type StandingTable = { person_id: string; valid_at: Instant; known_at: Instant; standing: Standing; cause: string }
/**
 * An office held: `until_at` null while it lasts. `of_group` for an office each group has. It gives power only once the record says so: `holder` is
 * how the record calls who holds it, made with `salt`; `granted_entry` and `ended_entry` are where it says that it began and ended.
 */
export type OfficeTable = {
  id: string
  office: string
  of_group: string | null
  person_id: string
  from_at: Instant
  until_at: Instant | null
  holder: string | null
  salt: Buffer | null
  granted_entry: number | null
  ended_entry: number | null
}
/**
 * An e-mail address that was changed: whose, by whom, when, what it was before, and whether the person stood on a frozen roll whose box was not counted.
 * `counted` once the record has told of that day; the old address is kept for as long as voting links of such a roll may go to it.
 */
export type ContactChangeTable = {
  id: string
  person_id: string
  by_person: string
  changed_at: Instant
  before: string
  on_frozen_roll: boolean
  counted: boolean
}
/** A civil day of whose changes of contact details the record tells, once, and the entry. */
export type ContactDayTable = { day: string; position: number }
/** That somebody took out what is held of them on a civil day, under which pseudonym, made with which salt, and the entry. */
export type DataExportTable = { person_id: string; day: string; salt: Buffer; pseudonym: string; position: number }
/** A seat in a body: `seat` is the rulebook's id of the kind of seat, `number` tells equal seats apart. */
export type SeatTable = {
  id: string
  body: string
  seat: string
  number: number
  person_id: string
  from_at: Instant
  until_at: Instant | null
}

declare module '#lib/platform/database.ts' {
  interface Database {
    person: PersonTable
    standing: StandingTable
    office: OfficeTable
    seat: SeatTable
    contact_change: ContactChangeTable
    contact_day: ContactDayTable
    data_export: DataExportTable
  }
}
