import { fail, ok, type Result } from '@quorate/kernel'

import { ballotsPerCredentialMax } from '../archive/box.ts'
import type { Engine } from '../groups/engine.ts'
import { knowledgeHolds, type Proof, proofShape, proveKnowledge, wideChallenge } from '../schnorr.ts'
import { base64Hash, parseWire, record, type WireFault, wireText } from '../wire.ts'

/** The tracker that stands for "no ballot before this one": 32 zero bytes in unpadded Base64. */
export const noPreviousTracker = 'A'.repeat(43)

/** What a cast statement says, all as they stand in the ballot. */
export type CastClaim = {
  /** φ. */
  readonly electionHash: string
  /** X, the ballot's credential. */
  readonly credential: string
  /** `signature.hash` of the ballot: its unsigned digest. */
  readonly digest: string
  /** Tracker of this credential's ballot before this one in the box, or {@link noPreviousTracker}. */
  readonly previous: string
}

/** The companion that stands beside a ballot on the record: which ballot it replaces, proven by the credential's secret. */
export type CastStatement = { readonly previous: string; readonly proof: Proof }

const shape = record(['previous', 'proof'], { previous: base64Hash, proof: proofShape })

/** Exact text of a cast statement. */
export const castStatementText = ({ previous, proof }: CastStatement): string => wireText({ previous, proof })

/** Reads the exact text of a cast statement. Whether it holds, {@link judgeCast} tells. */
export const parseCastStatement = (text: string): Result<CastStatement, WireFault> => parseWire(shape, text)

/** What a statement's challenge hashes before its commitment. */
export const castDomain = (claim: CastClaim): string =>
  `quorate/cast/v1|${claim.electionHash}|${claim.credential}|${claim.digest}|${claim.previous}`

/**
 * Makes the cast statement: Schnorr by x with challenge SHA-512(`quorate/cast/v1|φ|X|digest|previous|A`) mod q. Without it a server that
 * holds a ballot back could publish it after the voter's later one and so undo the re-vote: the old ballot is no duplicate. `show` is given A,
 * of which a hint can be made (`hintsOf` of the engine).
 */
export function makeCastStatement<P>(
  engine: Engine<P>,
  secret: bigint,
  claim: CastClaim,
  show?: (commitment: P) => void,
): CastStatement {
  const text = castDomain(claim)
  const challenge = (A: string): bigint => wideChallenge(`${text}|${A}`, engine.q)
  return { previous: claim.previous, proof: proveKnowledge(engine, secret, text, challenge, show) }
}

/** Where a credential stands in the box. */
export type CastHistory = {
  /** How many of its ballots are in the box. */
  readonly cast: number
  /** Tracker of the last of them, or {@link noPreviousTracker}. */
  readonly last: string
}

/** A credential that has not voted. */
export const noCasts: CastHistory = { cast: 0, last: noPreviousTracker }

/** Why a cast statement is refused. */
export type CastRefusal =
  /** The statement is not by this credential, or is about another ballot or election. */
  | { readonly kind: 'proof fails' }
  /** It replaces a ballot that is not the credential's last: held back, or overtaken by another device. Cast anew upon `expected`. */
  | { readonly kind: 'predecessor is not the last'; readonly expected: string; readonly found: string }
  | { readonly kind: 'too many ballots'; readonly limit: number }

/** What an accepted cast is: a new ballot, or the very bytes that are already last in the box, sent again for want of a receipt. */
export type CastAdmission = 'new' | 'already in the box'

/** Whether a statement is by the ballot's own key and about this ballot. `key` is the decoded X. What it replaces, {@link placeCast} judges. */
export function statementHolds<P>(
  engine: Engine<P>,
  key: P,
  claim: Omit<CastClaim, 'previous'>,
  { previous, proof }: CastStatement,
): boolean {
  const text = castDomain({ ...claim, previous })
  return knowledgeHolds(engine, key, proof, (A) => wideChallenge(`${text}|${A}`, engine.q))
}

/** Judges what a cast replaces against the credential's history. `tracker` is that of the ballot sent. */
export function placeCast(
  { previous }: CastStatement,
  history: CastHistory,
  tracker: string,
): Result<CastAdmission, Exclude<CastRefusal, { readonly kind: 'proof fails' }>> {
  const again = history.cast > 0 && tracker === history.last
  if (!again && previous !== history.last)
    return fail({ kind: 'predecessor is not the last', expected: history.last, found: previous })
  if (!again && history.cast >= ballotsPerCredentialMax) return fail({ kind: 'too many ballots', limit: ballotsPerCredentialMax })
  return ok(again ? 'already in the box' : 'new')
}

/**
 * Judges a cast against the credential's history. `key` is the decoded X, `tracker` that of the ballot sent. Order: the cheap reasons
 * first, the proof last. The verifier calls it for each ballot of the record in order, where only 'new' is lawful.
 */
export function judgeCast<P>(
  engine: Engine<P>,
  key: P,
  claim: Omit<CastClaim, 'previous'>,
  statement: CastStatement,
  history: CastHistory,
  tracker: string,
): Result<CastAdmission, CastRefusal> {
  const placed = placeCast(statement, history, tracker)
  return placed.kind === 'ok' && !statementHolds(engine, key, claim, statement) ? fail({ kind: 'proof fails' }) : placed
}

/** The history after an accepted new ballot. */
export const afterCast = (history: CastHistory, tracker: string): CastHistory => ({ cast: history.cast + 1, last: tracker })
