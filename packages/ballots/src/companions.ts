import type { CheckedBallot } from './ballot-check.ts'
import { type BindListFault, parseBindList } from './bind.ts'
import type { Box } from './box.ts'
import { type CastRefusal, judgeCast, noPreviousTracker, parseCastStatement } from './cast-statement.ts'
import type { Opening } from './decryption.ts'
import type { Election } from './election.ts'
import type { Element } from './groups.ts'
import { checkCompanion, type CompanionFault, parseCompanion } from './opening-companion.ts'
import type { PublicRoll } from './roll.ts'
import type { EncryptedTally } from './tally.ts'
import type { Trustees } from './trustees-format.ts'

/** Why what stands beside an event is not what must stand there. `ballot` counts from 0 in the box. */
export type CompanionRefusal =
  | { readonly kind: 'companion missing' | 'companion malformed' }
  | { readonly kind: 'bind list'; readonly fault: BindListFault }
  /** A certificate without its place, or keys that their owners did not sign: fit for a foreign election, not for ours. */
  | { readonly kind: 'trustees not fully signed' }
  | { readonly kind: 'cast statement'; readonly ballot: number; readonly fault: CastRefusal }
  | { readonly kind: 'opening companion'; readonly owner: number; readonly fault: CompanionFault }

/** A set-up of ours: every trustee signed everything, and the bind list has the roll's keys. */
export function setUpCompanionRefusal(
  trustees: Trustees<Element>,
  roll: PublicRoll<Element>,
  companion: string | undefined,
): CompanionRefusal | undefined {
  if (!trustees.isFullySigned) return { kind: 'trustees not fully signed' }
  if (companion === undefined) return { kind: 'companion missing' }
  const binds = parseBindList(companion, [...roll.entries.keys()])
  return binds.kind === 'fail' ? { kind: 'bind list', fault: binds.error } : undefined
}

/** A cast: its voter says which ballot it replaces, and that is the voter's last one in the box. */
export function castCompanionRefusal(
  election: Election,
  roll: PublicRoll<Element>,
  box: Box,
  { credential, digest, tracker }: CheckedBallot,
  companion: string | undefined,
): CompanionRefusal | undefined {
  if (companion === undefined) return { kind: 'companion missing' }
  const statement = parseCastStatement(companion)
  const entry = roll.entries.get(credential)
  if (statement.kind === 'fail' || entry === undefined) return { kind: 'companion malformed' }
  const { cast, last = noPreviousTracker } = box.historyOf(credential)
  const claim = { electionHash: election.fingerprint, credential, digest }
  const judged = judgeCast(election.engine, entry.key, claim, statement.value, { cast, last }, tracker)
  return judged.kind === 'fail' ? { kind: 'cast statement', ballot: box.size(), fault: judged.error } : undefined
}

/** What was opened, by whom. */
type Opened = { readonly tally: EncryptedTally; readonly owner: number; readonly key: Element; readonly opening: Opening }

/** An opening: one proof over all its factors, each bound to its α, which the proofs of format v1 are not. */
export function openingCompanionRefusal(
  election: Election,
  { tally, owner, key, opening }: Opened,
  companion: string | undefined,
): CompanionRefusal | undefined {
  if (companion === undefined) return { kind: 'companion missing' }
  const proof = parseCompanion(companion)
  if (proof.kind === 'fail') return { kind: 'companion malformed' }
  const checked = checkCompanion(election, { tally, lastShuffleHash: null, owner }, key, opening, proof.value)
  return checked.kind === 'fail' ? { kind: 'opening companion', owner, fault: checked.error } : undefined
}
