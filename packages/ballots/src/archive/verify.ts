import { fail, ok, type Random, type Result, unreachable } from '@quorate/kernel'

import { type ArchiveFault, readArchive } from './archive.ts'
import { type BallotFault, checkBallot, type CheckedBallot } from '../voting/ballot-check.ts'
import { checkBallots } from '../batch.ts'
import { type Box, type BoxFault, openBox } from './box.ts'
import {
  castCompanionRefusal,
  type CompanionRefusal,
  openingCompanionRefusal,
  resultCompanionRefusal,
  setUpCompanionRefusal,
  shufflesRefusal,
} from './companions.ts'
import { checkOpening, type OpeningFault } from '../opening/decryption.ts'
import { type Election, type ElectionFault, parseElection } from '../election.ts'
import { type ElectionEvent, type ElectionEventType, mayFollow } from './events.ts'
import type { Element, EngineOptions } from '../groups/groups.ts'
import { isListQuestion } from '../voting/question.ts'
import { type CheckedResult, checkResult, type OwnedOpening, type ResultFault } from '../opening/result.ts'
import { parsePublicRoll, type PublicRoll, type PublicRollFault } from '../voting/roll.ts'
import { checkShuffle, type ShuffleFault } from '../shuffle/shuffle-check.ts'
import { afterShuffle, type EncryptedTally, encryptedTally, listCiphertexts } from '../opening/tally.ts'
import { parseTrustees, type Trustees, type TrusteesFault } from '../trustees/trustees-format.ts'

/** Why an event may not stand where it does. */
export type EventRefusal =
  | { readonly kind: 'out of order'; readonly after: ElectionEventType | undefined; readonly found: ElectionEventType }
  | { readonly kind: 'election'; readonly fault: ElectionFault }
  | { readonly kind: 'trustees'; readonly fault: TrusteesFault }
  /** The election's key is not the sum of its trustees' keys: somebody else could open the box. */
  | { readonly kind: 'key is not the trustees’' }
  | { readonly kind: 'roll'; readonly fault: PublicRollFault }
  /** `ballot` counts from 0 in the box. */
  | { readonly kind: 'ballot'; readonly ballot: number; readonly fault: BallotFault | BoxFault }
  /** Not the sum of the last ballots of all credentials, or other numbers than theirs. */
  | { readonly kind: 'tally is not the fold of the counted ballots' }
  | { readonly kind: 'tally numbers'; readonly ballots: number; readonly weight: number }
  | { readonly kind: 'no such trustee' | 'second opening of one trustee'; readonly owner: number }
  /** Papers are opened only after the shuffles have ended; where there are none, nothing is shuffled. */
  | { readonly kind: 'shuffles not ended' | 'nothing to shuffle' }
  /** Papers are opened one by one, so a weight would be seen: 1 for everybody. */
  | { readonly kind: 'weights with a list question' }
  | { readonly kind: 'shuffle'; readonly owner: number; readonly fault: ShuffleFault }
  | { readonly kind: 'opening'; readonly owner: number; readonly fault: OpeningFault }
  | { readonly kind: 'result'; readonly fault: ResultFault }
  | CompanionRefusal

/** The first thing wrong, and where: `event` is its height, from 0. */
export type VerificationFault = { readonly event: number; readonly type: ElectionEventType; readonly fault: EventRefusal }

/** What stands so far, all of it verified. `undefined` fields have not happened yet. */
export type VerifiedElection = {
  readonly election: Election
  readonly trustees: Trustees<Element>
  readonly roll: PublicRoll<Element>
  readonly box: Box
  readonly isClosed: boolean
  readonly tally: EncryptedTally | undefined
  /** Owners of the shuffles so far, and hash of the last one's text. */
  readonly shuffles: { readonly owners: readonly number[]; readonly lastHash: string | null; readonly areEnded: boolean }
  /** What is to be opened: the tally, its papers as the last shuffle left them. */
  readonly shuffled: EncryptedTally | undefined
  readonly openings: readonly OwnedOpening[]
  readonly result: CheckedResult | undefined
}

/** Called after every event with its height and the number of events. */
export type VerificationProgress = (done: number, total: number) => void

/**
 * `demanded` (the default): an election of ours; a missing or false companion is a fault like any other. `ignored`: format v1 alone, as
 * foreign tools see it. That does not prove an opening, nor that a re-vote was not undone: say so wherever it is used.
 */
export type CompanionPolicy = 'demanded' | 'ignored'

/** How to verify: the engines' help, the companions, and whom to tell of the progress. */
export type VerificationOptions = EngineOptions & {
  readonly companions?: CompanionPolicy
  readonly onProgress?: VerificationProgress
  /** Hints of a ballot, by its text, where some were kept; with `random` they let whole boxes be checked at once. Never trusted. */
  readonly hintsFor?: (ballotText: string) => Uint8Array | undefined
  /** Fresh bytes, for the weights of a batch. */
  readonly random?: Random
}

/** Verdicts of {@link checkBallots} made ahead, by the ballot's text. */
type Ahead = ReadonlyMap<string, Result<CheckedBallot, BallotFault>>

type Verdict<T> = Result<T, EventRefusal>

function setUp(event: Extract<ElectionEvent, { type: 'Setup' }>, options: VerificationOptions): Verdict<VerifiedElection> {
  const election = parseElection(event.election, options)
  if (election.kind === 'fail') return fail({ kind: 'election', fault: election.error })
  const { engine, key } = election.value
  const trustees = parseTrustees(engine, event.trustees)
  if (trustees.kind === 'fail') return fail({ kind: 'trustees', fault: trustees.error })
  if (!engine.equal(trustees.value.publicKey, key)) return fail({ kind: 'key is not the trustees’' })
  const roll = parsePublicRoll(engine, event.credentials)
  if (roll.kind === 'fail') return fail({ kind: 'roll', fault: roll.error })
  const refusal =
    options.companions === 'ignored'
      ? undefined
      : setUpCompanionRefusal(election.value, trustees.value, roll.value, event.companion)
  if (refusal !== undefined) return fail(refusal)
  const { entries, weightTotal } = roll.value
  if (weightTotal !== entries.size && election.value.message.questions.some(isListQuestion))
    return fail({ kind: 'weights with a list question' })
  return ok({
    election: election.value,
    trustees: trustees.value,
    roll: roll.value,
    box: openBox(),
    isClosed: false,
    tally: undefined,
    shuffles: { owners: [], lastHash: null, areEnded: false },
    shuffled: undefined,
    openings: [],
    result: undefined,
  })
}

function takeBallot(
  state: VerifiedElection,
  { ballot, companion }: Extract<ElectionEvent, { type: 'Ballot' }>,
  { policy, isTaken, ahead }: { readonly policy: CompanionPolicy; readonly isTaken: boolean; readonly ahead: Ahead },
): Verdict<VerifiedElection> {
  const refuse = (fault: BallotFault | BoxFault): Verdict<VerifiedElection> =>
    fail({ kind: 'ballot', ballot: state.box.size(), fault })
  const checked = ahead.get(ballot) ?? checkBallot(state.election, state.roll, ballot)
  if (checked.kind === 'fail') return refuse(checked.error)
  const copied = state.box.refusalOf(checked.value)
  if (copied !== undefined) return refuse(copied)
  const refusal =
    policy === 'ignored' ? undefined : castCompanionRefusal(state.election, state.roll, state.box, checked.value, companion)
  if (refusal !== undefined) return fail(refusal)
  if (!isTaken) return ok(state)
  const admitted = state.box.admit(checked.value)
  return admitted.kind === 'fail' ? refuse(admitted.error) : ok(state)
}

function takeTally(
  state: VerifiedElection,
  event: Extract<ElectionEvent, { type: 'EncryptedTally' }>,
): Verdict<VerifiedElection> {
  const tally = encryptedTally(state.election, state.box.counted())
  if (event.tally !== tally.text) return fail({ kind: 'tally is not the fold of the counted ballots' })
  if (event.ballots !== tally.ballots || event.weight !== tally.weight)
    return fail({ kind: 'tally numbers', ballots: tally.ballots, weight: tally.weight })
  return ok({ ...state, tally, shuffled: tally })
}

const hasLists = ({ election }: VerifiedElection): boolean => election.message.questions.some(isListQuestion)

function takeShuffle(
  state: VerifiedElection,
  { owner, shuffle: text }: Extract<ElectionEvent, { type: 'Shuffle' }>,
): Verdict<VerifiedElection> {
  const { election, shuffled, shuffles } = state
  if (!hasLists(state) || shuffled === undefined) return fail({ kind: 'nothing to shuffle' })
  if (state.trustees.keys[owner - 1] === undefined) return fail({ kind: 'no such trustee', owner })
  const shuffle = checkShuffle(election, listCiphertexts(election, shuffled.ciphertexts), text)
  if (shuffle.kind === 'fail') return fail({ kind: 'shuffle', owner, fault: shuffle.error })
  const { rows, hash } = shuffle.value
  return ok({
    ...state,
    shuffles: { ...shuffles, owners: [...shuffles.owners, owner], lastHash: hash },
    shuffled: afterShuffle(election, shuffled, rows),
  })
}

function endShuffles(state: VerifiedElection, policy: CompanionPolicy): Verdict<VerifiedElection> {
  if (!hasLists(state)) return fail({ kind: 'nothing to shuffle' })
  const refusal = policy === 'ignored' ? undefined : shufflesRefusal(state.shuffles.owners, state.trustees)
  return refusal === undefined ? ok({ ...state, shuffles: { ...state.shuffles, areEnded: true } }) : fail(refusal)
}

function takeOpening(
  state: VerifiedElection,
  { owner, opening: text, companion }: Extract<ElectionEvent, { type: 'PartialDecryption' }>,
  policy: CompanionPolicy,
): Verdict<VerifiedElection> {
  const key = state.trustees.keys[owner - 1]
  const { shuffled: tally, shuffles } = state
  if (key === undefined || tally === undefined) return fail({ kind: 'no such trustee', owner })
  if (hasLists(state) && !shuffles.areEnded) return fail({ kind: 'shuffles not ended' })
  if (state.openings.some((opening) => opening.owner === owner)) return fail({ kind: 'second opening of one trustee', owner })
  const opening = checkOpening(state.election, tally, key, text)
  if (opening.kind === 'fail') return fail({ kind: 'opening', owner, fault: opening.error })
  const refusal =
    policy === 'ignored'
      ? undefined
      : openingCompanionRefusal(
          state.election,
          { tally, lastShuffleHash: shuffles.lastHash, owner, key, opening: opening.value },
          companion,
        )
  if (refusal !== undefined) return fail(refusal)
  return ok({ ...state, openings: [...state.openings, { owner, opening: opening.value }] })
}

function takeResult(
  state: VerifiedElection,
  { result: text, companion }: Extract<ElectionEvent, { type: 'Result' }>,
  policy: CompanionPolicy,
): Verdict<VerifiedElection> {
  const { election, trustees, shuffled, openings } = state
  if (shuffled === undefined) return fail({ kind: 'out of order', after: undefined, found: 'Result' })
  const result = checkResult(election, trustees, shuffled, openings, text)
  if (result.kind === 'fail') return fail({ kind: 'result', fault: result.error })
  const refusal = policy === 'ignored' ? undefined : resultCompanionRefusal(election, result.value, companion)
  return refusal === undefined ? ok({ ...state, result: result.value }) : fail(refusal)
}

function take(
  state: VerifiedElection | undefined,
  event: ElectionEvent,
  options: VerificationOptions,
  isTaken: boolean,
  ahead: Ahead,
): Verdict<VerifiedElection> {
  const policy = options.companions ?? 'demanded'
  if (event.type === 'Setup') return setUp(event, options)
  if (state === undefined) return fail({ kind: 'out of order', after: undefined, found: event.type })
  switch (event.type) {
    case 'Ballot':
      return takeBallot(state, event, { policy, isTaken, ahead })
    case 'EndBallots':
      return ok({ ...state, isClosed: true })
    case 'EncryptedTally':
      return takeTally(state, event)
    case 'Shuffle':
      return takeShuffle(state, event)
    case 'EndShuffles':
      return endShuffles(state, policy)
    case 'PartialDecryption':
      return takeOpening(state, event, policy)
    case 'Result':
      return takeResult(state, event, policy)
    default:
      return unreachable(event)
  }
}

/**
 * A verification that can be fed as the record grows: each event is judged once, after all before it. It stops at the first fault and
 * says the same ever after.
 */
export type ElectionVerification = {
  readonly next: (event: ElectionEvent) => Result<VerifiedElection, VerificationFault>
  /** What would be wrong with this event if it came now. Changes nothing, so that whoever orders events can ask before writing one. */
  readonly faultOf: (event: ElectionEvent) => VerificationFault | undefined
}

/** Starts a verification before the first event. */
export const startVerification = (options: Omit<VerificationOptions, 'onProgress'> = {}): ElectionVerification =>
  verificationWith(options, new Map())

function verificationWith(options: Omit<VerificationOptions, 'onProgress'>, ahead: Ahead): ElectionVerification {
  let state: VerifiedElection | undefined
  let last: ElectionEventType | undefined
  let height = 0
  let broken: VerificationFault | undefined
  const judge = (event: ElectionEvent, isTaken: boolean): Verdict<VerifiedElection> =>
    mayFollow(last, event.type)
      ? take(state, event, options, isTaken, ahead)
      : fail<EventRefusal>({ kind: 'out of order', after: last, found: event.type })
  return {
    faultOf: (event) => {
      if (broken !== undefined) return broken
      const verdict = judge(event, false)
      return verdict.kind === 'fail' ? { event: height, type: event.type, fault: verdict.error } : undefined
    },
    next: (event) => {
      if (broken !== undefined) return fail(broken)
      const verdict = judge(event, true)
      if (verdict.kind === 'fail') {
        broken = { event: height, type: event.type, fault: verdict.error }
        return fail(broken)
      }
      state = verdict.value
      last = event.type
      height += 1
      return verdict
    },
  }
}

/** Checks all ballots at once, if there are hints and randomness to do it with. */
function lookAhead(
  events: readonly ElectionEvent[],
  { election, roll }: VerifiedElection,
  { hintsFor, random }: VerificationOptions,
  ahead: Map<string, Result<CheckedBallot, BallotFault>>,
): void {
  if (hintsFor === undefined || random === undefined) return
  const ballots = events.flatMap((event) => {
    if (event.type !== 'Ballot') return []
    const hints = hintsFor(event.ballot)
    return [{ text: event.ballot, ...(hints === undefined ? {} : { hints }) }]
  })
  const verdicts = checkBallots(election, roll, ballots, random)
  for (const [i, verdict] of verdicts.entries()) {
    const text = ballots[i]?.text
    if (text !== undefined) ahead.set(text, verdict)
  }
}

/**
 * Verifies an election from its events, from set-up to wherever it has got: parameters, trustees' proofs, roll, every ballot, the tally
 * as the fold of the last ballots, every shuffle, every opening and the result, and the companions that our record keeps beside them. Stops at the
 * first fault.
 */
export function verifyElection(
  events: readonly ElectionEvent[],
  { onProgress, ...options }: VerificationOptions = {},
): Result<VerifiedElection, VerificationFault | { readonly event: 0; readonly type: 'nothing' }> {
  const ahead = new Map<string, Result<CheckedBallot, BallotFault>>()
  const verification = verificationWith(options, ahead)
  let stands: VerifiedElection | undefined
  for (const [i, event] of events.entries()) {
    if (event.type === 'Ballot' && stands !== undefined && ahead.size === 0) lookAhead(events, stands, options, ahead)
    const verdict = verification.next(event)
    if (verdict.kind === 'fail') return verdict
    stands = verdict.value
    onProgress?.(i + 1, events.length)
  }
  return stands === undefined ? fail({ event: 0, type: 'nothing' }) : ok(stands)
}

/**
 * {@link verifyElection} from the bytes of a `.bel` archive, which must be what its events give. An archive holds no companions, so this
 * is format v1 alone: it does not prove an opening, nor that no ballot was held back to undo a re-vote.
 */
export function verifyArchive(
  bytes: Uint8Array,
  options: Omit<VerificationOptions, 'companions'> = {},
): Result<VerifiedElection, ArchiveFault | VerificationFault | { readonly event: 0; readonly type: 'nothing' }> {
  const archive = readArchive(bytes)
  return archive.kind === 'fail' ? archive : verifyElection(archive.value.events, { ...options, companions: 'ignored' })
}
