/** What the checking page knows of a ballot that was opened on another device. */
export type CheckResult =
  /** The address named a locked ballot that is not open yet: the page keeps its digest to compare. */
  | {
      readonly kind: 'committed'
      readonly uuid: string
      readonly code: string
      readonly digest: string
      readonly fingerprint: string
    }
  | {
      readonly kind: 'same'
      readonly uuid: string
      readonly code: string
      readonly digest: string
      readonly fingerprint: string
      readonly title: string
      /** Fingerprint φ of the election, base64. */
      readonly election: string
      /** For each question its words and what the ballot holds, best first for a ranking; an empty list is a blank answer. */
      readonly answers: readonly { readonly question: string; readonly marked: readonly string[] }[]
    }
  /** Locking the revealed choice again gives another ballot: the device showed one thing and locked another. */
  | { readonly kind: 'other'; readonly code: string; readonly rebuilt: string }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'no-election' }
  | { readonly kind: 'no-answer' }

/** What the checking page asks of the worker: to look at an address or a pasted text, with an election's text where the reader brought one. */
export type CheckOrder = { readonly kind: 'look'; readonly typed: string; readonly election: string | null }
