import type { Feature } from '#lib/platform/feature.ts'
import { eraseFromRegister } from './erase.ts'
import { heldByRegister } from './held.ts'
import { messages } from './messages.ts'
import { homeCounts } from './home.ts'
import './tables.ts'

export { admitAll, fillOffices, fillSeats, type Admission, type OfficeRow, type SeatRow } from './admit.ts'
export { addressesAt, writeAddress, type AddressChange } from './contacts.ts'
export { messages as membershipMessages, officeTitle, bodyTitle } from './messages.ts'
export {
  fullName,
  initials,
  type AsOf,
  type Gender,
  type MemberClass,
  type OfficeHeld,
  type Person,
  type PersonFacts,
  type SeatHeld,
  type Standing,
  type StandingLine,
} from './person.ts'
export {
  electorateOf,
  factsOf,
  groupSizes,
  holdersOf,
  isRegistrar,
  officesOf,
  personById,
  personByNumber,
  personsByEmail,
  personsById,
  recordStanding,
  registerAsOf,
  registrarOffice,
  seatedIn,
  seatsOf,
  standingOf,
} from './register.ts'

/** The register of people: who belongs, in what standing, and who holds which office, each as of two times. */
export const feature: Feature = { name: 'membership', messages, home: homeCounts, erase: eraseFromRegister, held: heldByRegister }
