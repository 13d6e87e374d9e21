import type { GroupName } from '@quorate/ballots'
import type { Instant } from '@quorate/kernel'
import type { Locale } from '#lib/platform/words.ts'

/** One member of a frozen roll, as the registrar's program is told once, while the codes are still to be made. */
export type RegistrarLine = {
  /** Fingerprint of the roll line, and the salt that opens it, 64 hex digits each. */
  readonly leaf: string
  readonly salt: string
  readonly member: number
  readonly name: string
  readonly givenName: string
  readonly email: string
  readonly locale: Locale
}

/** What the registrar's program needs to know of one election. `lines` come while its codes are to be made, and again nowhere. */
export type RegistrarElection = {
  readonly decision: number
  readonly uuid: string
  readonly title: string
  readonly group: GroupName
  readonly electorate: string
  readonly size: number
  /** Root of the frozen roll, 64 hex digits. */
  readonly root: string
  readonly state: 'to-issue' | 'issued' | 'open' | 'closed'
  readonly closesAt: Instant | null
  readonly officer: string
  readonly lines: readonly RegistrarLine[]
  /** Members who asked for their link again: their roll line, and the number of the request, from 1. */
  readonly again: readonly { readonly leaf: string; readonly number: number }[]
}

/** Everything that waits for the registrar's program. */
export type RegistrarWork = {
  readonly movement: string
  /** IANA name of the movement's zone. */
  readonly zone: string
  readonly address: string
  readonly elections: readonly RegistrarElection[]
}
