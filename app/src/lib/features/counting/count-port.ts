import type { Account, AccountLink, AsIfAccount, BallotFormat, CountFailure, FlowShapes, WriteIns } from '@quorate/counting'
import type { Locale } from '#lib/platform/words.ts'

/** A file to count, and how. Answers carry its number, so that one that comes late is known. */
export type CountAsked = {
  readonly number: number
  readonly file: Blob
  readonly name: string
  readonly method: string
  readonly given: readonly (readonly [string, string])[]
  /** Null: as the file says. */
  readonly seats: number | null
  /** Null: find it out. */
  readonly format: BallotFormat | null
  /** Of a file that holds several contests; empty for none. */
  readonly contest: string
  /** Words agreed in public that settle ties; empty for none. */
  readonly lotWords: string
  /** A file of quota rules; empty for none. */
  readonly quotaRules: string
  /** Whether the quota is met by counting again as if there were more places and fewer. */
  readonly asIf: boolean
  /** The papers of a second round; null for none. */
  readonly second: { readonly file: Blob; readonly name: string } | null
  /** Names written in on cast vote records. */
  readonly writeIns: WriteIns
  readonly locale: Locale
}

/** What a person may take away. */
export type SavedAs = 'json' | 'csv' | 'svg' | 'certificate'

/** What the page asks of the worker: a count, a file of the last one, or to have its certificate checked. */
export type WorkAsked =
  | ({ readonly kind: 'count' } & CountAsked)
  | { readonly kind: 'save'; readonly number: number; readonly as: SavedAs }
  | { readonly kind: 'check'; readonly number: number }

/** A fault of the file: where, what is wrong (in the language of the page), and the line itself. */
export type FileFault = {
  readonly line: number | null
  readonly column: number | null
  readonly text: string
  readonly source: string | null
}

/** A count, told. */
export type Told = {
  readonly account: Account
  readonly shapes: FlowShapes | null
  readonly moves: readonly (AccountLink & { readonly stage: number })[]
  /** How the clauses of its method are called; null where it cites none. */
  readonly clauseWord: 'rule' | 'clause' | 'step' | 'paragraph' | null
  readonly authority: string
  /** Whether its count has a certificate. */
  readonly certified: boolean
  /** Of counts as if, in sentences: what stands above the first of them, which `account` tells; null for one count. */
  readonly asIf: Omit<AsIfAccount, 'first'> | null
}

/** What the checker said of a certificate: whom it elects, or the first thing that is wrong. */
export type CertificateAnswer =
  | { readonly holds: true; readonly elected: readonly string[] }
  | {
      readonly holds: false
      readonly stage: number | null
      readonly field: string
      readonly expected: string
      readonly found: string
    }

/** What the worker says of it. */
export type WorkAnswer = { readonly number: number } & (
  | { readonly kind: 'reading'; readonly read: number; readonly size: number }
  | { readonly kind: 'counting' }
  | { readonly kind: 'unknown form' }
  /** `second`: of the second round's file. */
  | { readonly kind: 'faults'; readonly faults: readonly FileFault[]; readonly second: boolean }
  /** Of the quota rules, not of the ballots. */
  | { readonly kind: 'rule fault'; readonly fault: FileFault }
  | { readonly kind: 'not chosen'; readonly points: readonly string[] }
  | { readonly kind: 'failed'; readonly failure: CountFailure; readonly tied: readonly string[] }
  | { readonly kind: 'counted'; readonly told: Told }
  | { readonly kind: 'checked'; readonly answer: CertificateAnswer }
  | { readonly kind: 'saved'; readonly as: SavedAs; readonly text: string }
)
