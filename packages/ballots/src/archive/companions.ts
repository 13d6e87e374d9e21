import type { CheckedBallot } from '../voting/ballot-check.ts'
import { ballotCodeOf } from '../voting/ballot-code.ts'
import { type BindListFault, parseBindList } from '../voting/bind.ts'
import type { Box } from './box.ts'
import { type CastRefusal, judgeCast, noPreviousTracker, parseCastStatement } from '../voting/cast-statement.ts'
import type { Opening } from '../opening/decryption.ts'
import type { Election } from '../election.ts'
import type { Element } from '../groups/groups.ts'
import { checkCompanion, type CompanionFault, parseCompanion } from '../opening/opening-companion.ts'
import { paperRuleOf } from '../voting/list-question.ts'
import { shufflesNeeded } from '../shuffle/shuffles-needed.ts'
import { isListQuestion } from '../voting/question.ts'
import type { CheckedResult } from '../opening/result.ts'
import type { PublicRoll } from '../voting/roll.ts'
import { parseSpoiled, spoiledPapers, spoiledText } from '../voting/spoiled.ts'
import type { EncryptedTally } from '../opening/tally.ts'
import type { Trustees } from '../trustees/trustees-format.ts'

/** Why what stands beside an event is not what must stand there. `ballot` counts from 0 in the box. */
export type CompanionRefusal =
  | { readonly kind: 'companion missing' | 'companion malformed' }
  | { readonly kind: 'bind list'; readonly fault: BindListFault }
  /** A certificate without its place, or keys that their owners did not sign: fit for a foreign election, not for ours. */
  | { readonly kind: 'trustees not fully signed' }
  | { readonly kind: 'code seen before'; readonly ballot: number; readonly code: string }
  | { readonly kind: 'cast statement'; readonly ballot: number; readonly fault: CastRefusal }
  | { readonly kind: 'opening companion'; readonly owner: number; readonly fault: CompanionFault }
  /** A list question whose `extra` names no rule of ours: nobody could say which papers count. */
  | { readonly kind: 'no rule for the papers'; readonly question: number }
  /** The papers that do not count are others than those named. `expected`: indices by list question. */
  | { readonly kind: 'spoiled papers'; readonly expected: readonly (readonly number[])[] }
  | { readonly kind: 'too few shuffles'; readonly found: number; readonly needed: number }
  | { readonly kind: 'second shuffle of one trustee'; readonly owner: number }

/** A set-up of ours: every trustee signed everything, the bind list has the roll's keys, and papers have a rule. */
export function setUpCompanionRefusal(
  { message }: Election,
  trustees: Trustees<Element>,
  roll: PublicRoll<Element>,
  companion: string | undefined,
): CompanionRefusal | undefined {
  if (!trustees.isFullySigned) return { kind: 'trustees not fully signed' }
  const question = message.questions.findIndex((asked) => isListQuestion(asked) && paperRuleOf(asked) === undefined)
  if (question >= 0) return { kind: 'no rule for the papers', question }
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
  const code = ballotCodeOf(digest)
  if (box.holdsCode(code)) return { kind: 'code seen before', ballot: box.size(), code }
  const { cast, last = noPreviousTracker } = box.historyOf(credential)
  const claim = { electionHash: election.fingerprint, credential, digest }
  const judged = judgeCast(election.engine, entry.key, claim, statement.value, { cast, last }, tracker)
  return judged.kind === 'fail' ? { kind: 'cast statement', ballot: box.size(), fault: judged.error } : undefined
}

/** What was opened, by whom. */
type Opened = {
  readonly tally: EncryptedTally
  readonly lastShuffleHash: string | null
  readonly owner: number
  readonly key: Element
  readonly opening: Opening
}

/** An opening: one proof over all its factors, each bound to its α, which the proofs of format v1 are not. */
export function openingCompanionRefusal(
  election: Election,
  { tally, lastShuffleHash, owner, key, opening }: Opened,
  companion: string | undefined,
): CompanionRefusal | undefined {
  if (companion === undefined) return { kind: 'companion missing' }
  const proof = parseCompanion(companion)
  if (proof.kind === 'fail') return { kind: 'companion malformed' }
  const checked = checkCompanion(election, { tally, lastShuffleHash, owner }, key, opening, proof.value)
  return checked.kind === 'fail' ? { kind: 'opening companion', owner, fault: checked.error } : undefined
}

/** The end of the shuffles: as many as the box wants before its papers are opened, each by another trustee. */
export function shufflesRefusal(
  owners: readonly number[],
  trustees: Pick<Trustees<Element>, 'items'>,
): CompanionRefusal | undefined {
  const twice = owners.find((owner, i) => owners.indexOf(owner) !== i)
  if (twice !== undefined) return { kind: 'second shuffle of one trustee', owner: twice }
  const needed = shufflesNeeded(trustees)
  return owners.length < needed ? { kind: 'too few shuffles', found: owners.length, needed } : undefined
}

/** A result: where papers were opened, exactly those that do not count are named. */
export function resultCompanionRefusal(
  election: Election,
  result: CheckedResult,
  companion: string | undefined,
): CompanionRefusal | undefined {
  if (!election.message.questions.some(isListQuestion)) return undefined
  if (companion === undefined) return { kind: 'companion missing' }
  if (parseSpoiled(companion) === undefined) return { kind: 'companion malformed' }
  const spoiled = spoiledPapers(election, result)
  return companion === spoiledText(spoiled)
    ? undefined
    : { kind: 'spoiled papers', expected: spoiled.map((row) => row.map(({ paper }) => paper)) }
}
