import type { CivilDate, Instant } from '@quorate/kernel'
import type { Gender, MemberClass, Standing } from './tables.ts'
import type { Locale } from '#lib/platform/words.ts'

export type { Gender, MemberClass, Standing } from './tables.ts'

/** A person as pages need them. */
export type Person = {
  readonly id: string
  readonly membershipNumber: number
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  readonly joinedOn: CivilDate
  readonly groupId: string
  readonly locale: Locale
}
/** Everything on the register that a rule may ask about, as it was true at one instant and known at another. */
export type PersonFacts = Person & {
  readonly bornOn: CivilDate
  readonly gender: Gender | null
  readonly class: MemberClass
  /** Null before the person was anything to the movement. */
  readonly standing: Standing | null
  /** Ids of offices held at that instant. */
  readonly offices: readonly string[]
  /** Bodies in which a seat was held at that instant. */
  readonly bodies: readonly string[]
}
/** Two times of a question to the register: true then, and known by then. */
export type AsOf = { readonly validAt: Instant; readonly knownAt: Instant }
/** An office held. */
export type OfficeHeld = {
  readonly office: string
  readonly ofGroup: string | null
  readonly personId: string
  readonly fromAt: Instant
  readonly untilAt: Instant | null
}
/** A seat held. */
export type SeatHeld = {
  readonly body: string
  readonly seat: string
  readonly number: number
  readonly personId: string
  readonly fromAt: Instant
  readonly untilAt: Instant | null
}
/** One line of a person's standing. */
export type StandingLine = {
  readonly validAt: Instant
  readonly knownAt: Instant
  readonly standing: Standing
  readonly cause: string
}

/** `Nia Morgan` */
export const fullName = (person: Pick<Person, 'givenName' | 'familyName'>): string => `${person.givenName} ${person.familyName}`
const firstLetter = (text: string): string => {
  for (const { segment } of new Intl.Segmenter().segment(text)) return segment
  return ''
}
/** `NM` */
export const initials = (person: Pick<Person, 'givenName' | 'familyName'>): string =>
  (firstLetter(person.givenName) + firstLetter(person.familyName)).toUpperCase()
