import type { CheckName, FaultCode, NotCheckedWhy } from '@quorate/verifier'

/** The languages of this page. */
export type Locale = 'en' | 'cy'

/** Everything the page says in one language. */
export type Words = {
  readonly title: string
  readonly lede: string
  readonly offline: string
  readonly other: string
  readonly choose: string
  readonly chooseHint: string
  readonly more: string
  readonly key: string
  readonly keyHint: string
  readonly booth: string
  readonly boothHint: string
  readonly registrar: string
  readonly registrarHint: string
  readonly copies: string
  readonly copiesHint: string
  readonly refused: Readonly<Record<'key' | 'booth' | 'registrar', string>>
  readonly unreadable: string
  readonly checking: (check: string) => string
  readonly verdict: Readonly<Record<'holds' | 'holds-in-part' | 'fails', string>>
  /** `parts` are the names of what was re-checked. */
  readonly holds: (decision: string, parts: string) => string
  readonly unfinished: string
  readonly inPart: (missing: string) => string
  readonly entry: (n: string) => string
  readonly file: string
  readonly where: string
  readonly rule: string
  readonly expected: string
  readonly found: string
  readonly code: string
  readonly from: (origin: string, entries: string) => string
  readonly checks: string
  readonly unmade: string
  readonly rest: (n: string) => string
  readonly state: Readonly<Record<'passed' | 'failed' | 'not-checked', string>>
  readonly outcome: (inFavour: string, against: string) => string
  readonly ownKey: string
  readonly check: Readonly<Record<CheckName, string>>
  readonly fault: Readonly<Record<FaultCode, string>>
  readonly notChecked: Readonly<Record<NotCheckedWhy, string>>
  /** What follows a number: for one, and for any other. */
  readonly figure: Readonly<Record<string, readonly [string, string]>>
}
