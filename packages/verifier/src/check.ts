import type { BallotFault, CastStatement, CheckedBallot, Element, EngineOptions, ModExp, PublicRoll } from '@quorate/ballots'
import type { Instant, Result } from '@quorate/kernel'
import type { BodyOf, Checkpoint, Entry, EntryType, Sha256, VerifierKey } from '@quorate/record'
import { bodyOf } from '@quorate/record'
import type { Dossier } from './dossier.ts'
import type { CheckName, Outcome } from './verdict.ts'

/** An entry that has been read, with its place. */
export type LoggedEntry = { readonly index: number; readonly entry: Entry }

/** How far a check has come. Called at most a few hundred times a check. */
export type Progress = (at: { readonly check: CheckName; readonly done: number; readonly total: number }) => void

/** What is known of a ballot by itself. `states`: its cast statement is by its own key and about it. */
export type BallotAhead = { readonly verdict: Result<CheckedBallot, BallotFault>; readonly states: boolean }

/** What the verifier is told besides the dossier. */
export type VerifyOptions = {
  readonly progress?: Progress
  /** The present, for refusing entries from the future; outside demonstrations. */
  readonly now?: Instant
  /** The key the log is known to have. Without it the verdict says only that the dossier agrees with itself. */
  readonly logKey?: VerifierKey
  /** Witnesses the reader trusts; without them the dossier's own count. */
  readonly witnesses?: readonly VerifierKey[]
  /** How many cosignatures there must be. Default 0. */
  readonly quorum?: number
  /** What others hold of the same log: their dossiers, of whatever decision, checkpoints they noted, or receipts of roll-calls. */
  readonly copies?: readonly (string | Uint8Array)[]
  /** SHA-256 of the booth as a voter's browser was given it, in lower-case hex. */
  readonly booth?: string
  /** A faster power modulo p for the groups of 2,048 bits, such as the host's own. */
  readonly modexp?: ModExp
  /**
   * Ballots that the host has checked already, such as in other threads, by `checkBallots` and `statementHolds` of the ballots' package, under
   * the election and the roll that the dossier holds. What it does not know is checked here.
   */
  readonly ballotsAhead?: (ballot: string, cast: CastStatement) => BallotAhead | undefined
  /** Hints of a shuffle by its entry, one list a list question. Never trusted: without good ones the check is the same and takes longer. */
  readonly shuffleHints?: (entry: number) => readonly Uint8Array[] | undefined
  /** The public roll of exactly this text, where the host has read it already by `parsePublicRoll` of the ballots' package. */
  readonly rollAhead?: (credentials: string) => PublicRoll<Element> | undefined
  /** `fastEd25519` of the ballots' package: its curve in WebAssembly, where the host may run it. */
  readonly wasm?: EngineOptions['wasm']
  /** A faster SHA-256 for the log and the roll, such as the host's own. */
  readonly sha256?: Sha256
}

/** What a check may build on: everything here has been established by the checks before it. */
export type Evidence = {
  readonly dossier: Dossier
  readonly checkpoint: Checkpoint
  /** Keys whose cosignatures it carries. */
  readonly cosigners: readonly VerifierKey[]
  /** Entries that hash to their leaves, in order of index. */
  readonly entries: readonly LoggedEntry[]
}

/** An entry of one type, with its body. */
export type Logged<T extends EntryType> = { readonly index: number; readonly entry: Entry; readonly body: BodyOf<T> }

/** The entries of one type that belong to the decision in question, in order. */
export function ownEntries<T extends EntryType>({ dossier, entries }: Evidence, type: T): readonly Logged<T>[] {
  return entries.flatMap(({ index, entry }) => {
    const body = entry.decision === dossier.decision ? bodyOf(entry, type) : null
    return body === null ? [] : [{ index, entry, body }]
  })
}

/** Reports progress from inside a check. */
export type Step = (done: number, total: number) => void

/**
 * A check on a log whose bytes are established: rules, notice, roll, ballots and so on each are one. A check that fails stops those after it.
 * Pure; may keep nothing between runs.
 */
export type Check = {
  readonly name: CheckName
  readonly run: (evidence: Evidence, step: Step, options: VerifyOptions) => Outcome
}
