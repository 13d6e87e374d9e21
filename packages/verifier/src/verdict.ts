/** What is checked, in this order. */
export type CheckName =
  | 'dossier'
  | 'checkpoint'
  | 'key'
  | 'witnesses'
  | 'log'
  | 'copies'
  | 'completeness'
  | 'entries'
  | 'documents'
  | 'rules'
  | 'register'
  | 'words'
  | 'notice'
  | 'roll'
  | 'setup'
  | 'booth'
  | 'registrar'
  | 'ballots'
  | 'tally'
  | 'openings'
  | 'result'
  | 'count'

/** What can be wrong. Closed: each code has a sentence wherever a verdict is shown. */
export type FaultCode =
  // the file
  | 'not-utf-8'
  | 'not-json'
  | 'not-canonical'
  | 'not-a-dossier'
  // the checkpoint
  | 'malformed-checkpoint'
  | 'signature-fails'
  | 'unknown-signature'
  | 'other-origin'
  | 'other-key'
  | 'too-few-witnesses'
  // the log
  | 'size-differs'
  | 'root-differs'
  | 'entry-changed'
  | 'entry-out-of-order'
  | 'entry-missing'
  // what others hold
  | 'split-view'
  | 'copy-unreadable'
  | 'line-missing'
  // its entries
  | 'malformed-entry'
  | 'time-runs-backwards'
  | 'in-the-future'
  | 'no-first-entry'
  | 'opened-twice'
  | 'demonstration-only'
  | 'decision-not-on-record'
  // what stands beside it
  | 'document-changed'
  | 'document-missing'
  | 'document-uncited'
  // the rules
  | 'no-edition'
  | 'edition-out-of-order'
  | 'edition-unreadable'
  | 'edition-not-enacted'
  | 'edition-differs'
  | 'words-differ'
  | 'decision-differs'
  | 'instant-differs'
  | 'not-permitted'
  | 'events-differ'
  | 'not-refused'
  | 'refusal-differs'
  | 'proposal-differs'
  | 'fact-differs'
  | 'evidence-missing'
  | 'certificate-differs'
  | 'draw-differs'
  | 'roll-call-differs'
  | 'lot-differs'
  | 'entry-uncited'
  | 'entry-twice'
  | 'not-borne-out'
  | 'beyond-limits'
  // notice and roll
  | 'delivery-differs'
  | 'roll-differs'
  // the ballot
  | 'election-invalid'
  | 'election-out-of-order'
  | 'voting-keys-differ'
  | 'bind-list-differs'
  | 'booth-differs'
  | 'registrar-has-not-signed'
  | 'registrar-differs'
  | 'ballot-invalid'
  | 'ballot-repeated'
  | 'cast-statement-fails'
  | 'ballot-code-differs'
  | 'voter-differs'
  | 'closed-early'
  | 'tally-differs'
  | 'tested-cast'
  | 'shuffle-invalid'
  | 'too-few-shuffles'
  | 'opening-invalid'
  | 'companion-fails'
  | 'too-few-openings'
  | 'result-differs'
  | 'outcome-differs'

/** The first thing that is wrong. `expected` and `found` are values (hashes, sizes, instants), not prose. */
export type Fault = {
  readonly code: FaultCode
  /** Index of the entry at fault, from 0; null when the fault lies in no one entry. */
  readonly entry: number | null
  /** The rule that was broken, `clause@edition`; null outside the rules. */
  readonly clause: string | null
  readonly expected: string
  readonly found: string
}

/** Why a check was not made. It never means that something is wrong. */
export type NotCheckedWhy =
  /** An earlier check failed, and this one would build on it. */
  | 'earlier-check-failed'
  /** Nobody told the verifier which key the log should have: compare it by eye with one you know. */
  | 'no-key-given'
  /** The dossier names no witness. */
  | 'no-witness'
  /** Nobody gave what others hold of the log, so nobody can tell whether they were shown the same. */
  | 'no-other-copy'
  /** Nobody said which booth a voter's browser was given. */
  | 'no-booth-given'
  /** The dossier holds only part of the log's entries. */
  | 'entries-left-out'
  /** What the register says of people is not public: it is taken as stated. `detail` counts the statements by name. */
  | 'stated-by-register'
  /** Voting codes were made and sent by the one who runs the ballot: nothing here protects against stuffing by the operator. */
  | 'single-operator'
  /** A registrar signed the voting codes; nobody told the verifier which key is theirs. */
  | 'no-registrar-given'
  /** The record says that a registrar apart made the voting codes, and none has signed. */
  | 'registrar-unsigned'
  /** A rule that this version of the verifier does not check a second time. The rules check has judged it. */
  | 'not-supported'
  /** The words of an edition were made by templates of another version than this program's: they are read as they were ratified. */
  | 'other-templates'
  /** The decision has not come that far. */
  | 'not-yet'

/** How many of what, such as 1,204 entries. */
export type Quantity = { readonly name: string; readonly count: number }

/** What one check came to. */
export type Outcome =
  | { readonly state: 'passed'; readonly detail: readonly Quantity[] }
  | { readonly state: 'failed'; readonly fault: Fault }
  | { readonly state: 'not-checked'; readonly why: NotCheckedWhy; readonly detail: readonly Quantity[] }

/**
 * What the verifier says. `holds`: every check passed, or could not be made for want of something the verifier was not given (a key to compare,
 * witnesses). `holds-in-part`: nothing is wrong with what is there, but entries were left out, and what they say is unknown. `fails`: `fault` is the
 * first thing that is wrong. Plain JSON throughout.
 */
export type Verdict = {
  readonly verdict: 'holds' | 'holds-in-part' | 'fails'
  /** Null when the file could not be read that far. */
  readonly decision: number | null
  readonly origin: string | null
  /** Entries in the log up to the dossier's checkpoint. */
  readonly size: number | null
  readonly fault: ({ readonly check: CheckName } & Fault) | null
  readonly checks: readonly ({ readonly name: CheckName } & Outcome)[]
}

/** A check that passed. */
export const passed = (...detail: readonly Quantity[]): Outcome => ({ state: 'passed', detail })
/** A check that could not be made. */
export const notChecked = (why: NotCheckedWhy, ...detail: readonly Quantity[]): Outcome => ({ state: 'not-checked', why, detail })
/** Where a fault lies and what it is. */
export type FaultAt = {
  readonly entry?: number
  readonly clause?: string
  readonly expected: string | number
  readonly found: string | number
}

// What a dossier says is quoted, and whoever made it may have made it long.
const quotedMax = 300
const quoted = (value: string | number): string => {
  const text = String(value)
  return text.length > quotedMax ? `${text.slice(0, quotedMax)}…` : text
}

/** Something that is wrong. */
export const faultOf = (code: FaultCode, { entry, clause, expected, found }: FaultAt): Fault => ({
  code,
  entry: entry ?? null,
  clause: clause ?? null,
  expected: quoted(expected),
  found: quoted(found),
})
/** A check that found something wrong. */
export const failed = (code: FaultCode, at: FaultAt): Outcome => ({ state: 'failed', fault: faultOf(code, at) })
