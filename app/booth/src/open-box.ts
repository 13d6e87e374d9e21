import {
  type CastHistory,
  checkBallot,
  type CheckedBallot,
  companionOf,
  type Election,
  type Element,
  encryptedTally,
  judgeCast,
  noPreviousTracker,
  openBox,
  openTally,
  parseCastStatement,
  parseElection,
  parsePublicRoll,
  parseTrustees,
  publicRollText,
  sha256Hex,
  takeOutLeavers,
  tallyPhrase,
  type TrusteeKey,
} from '@quorate/ballots'
import { assert, fail, ok, type Result } from '@quorate/kernel'
import type { World } from './http.ts'
import type { OpenRefusal, OpenStage } from './trustee-state.ts'
import type { PublicBox } from './trustee-protocol.ts'

/** Fewest counted votes that are opened, unless the rulebook says another number. Below it a total would tell single votes. */
export const privacyFloorDefault = 5

/** What a trustee posts, and what was found on the way. */
export type BoxOpened = {
  readonly payload: string
  readonly companion: { readonly challenge: string; readonly response: string }
  readonly ballots: number
  readonly counted: number
  /** Twelve words over φ and the tally, which all who open read to each other. */
  readonly phrase: readonly string[]
}

// Between this many ballots the thread breathes: a page can show progress, and a server that hosts a demo trustee can answer others.
const breathEvery = 8

/**
 * Opens a closed box with one trustee's share, after doing everything over again that the count rests on: the election and its key, the
 * roll, every ballot with its proofs and its cast statement, which ballots are last, and the sum. Refuses, and makes nothing, where
 * anything differs: an open box, a sum that is not the fold of all last ballots (so no subset is ever opened), a second different sum,
 * fewer votes than the privacy floor. Source: BALLOTS §3.6. Cost: about 10 ms a ballot with Ed25519.
 */
export async function openClosedBox(
  world: Pick<World, 'now' | 'wait'>,
  key: TrusteeKey,
  box: PublicBox,
  floor: number,
  onProgress: (stage: OpenStage) => void,
): Promise<Result<BoxOpened, OpenRefusal>> {
  const { share, context } = key
  const published = box.encryptedTally
  if (!box.closed || published === null) return fail({ kind: 'not-closed' })
  if (share === null || sha256Hex(box.trustees) !== share.trusteesHash) return fail({ kind: 'trustees' })
  const election = readElection(box, key)
  if (election.kind === 'fail') return election
  const counted = await recount(world, election.value, box, onProgress)
  if (counted.kind === 'fail') return counted
  onProgress({ kind: 'sum' })
  const tally = encryptedTally(election.value, counted.value)
  if (tally.text !== published.text || tally.hash !== published.hash || tally.ballots !== published.tallied)
    return fail({ kind: 'sum' })
  if (tally.ballots < floor) return fail({ kind: 'too-few', found: tally.ballots, floor })
  onProgress({ kind: 'opening' })
  await world.wait(0)
  const payload = openTally(election.value, tally, share.secret)
  // The same key and sum always give the same bytes: another opening of mine on the record was of another sum.
  const earlier = box.openings.find((opening) => opening.owner === context.index)
  if (earlier !== undefined && earlier.payload !== payload) return fail({ kind: 'second-sum' })
  const claim = { tally, lastShuffleHash: null, owner: context.index, openingText: payload }
  const { challenge, response } = companionOf(election.value, claim, share.secret)
  return ok({
    payload,
    companion: { challenge, response },
    ballots: box.ballots.length,
    counted: tally.ballots,
    phrase: tallyPhrase(election.value.fingerprint, tally.text),
  })
}

/** The election, and that its key is the one this trustee's table made. */
function readElection(box: PublicBox, { context }: TrusteeKey): Result<Election, OpenRefusal> {
  const election = parseElection(box.election)
  if (election.kind === 'fail') return fail({ kind: 'election', what: election.error.kind })
  const { engine, message, key } = election.value
  if (message.uuid !== context.uuid || engine.name !== context.group) return fail({ kind: 'election', what: 'another election' })
  const trustees = parseTrustees(engine, box.trustees)
  return trustees.kind === 'ok' && engine.equal(trustees.value.publicKey, key) ? election : fail({ kind: 'trustees' })
}

/** Checks every ballot in order and gives those that count. */
async function recount(
  world: Pick<World, 'now' | 'wait'>,
  election: Election,
  { ballots, credentials, departures }: PublicBox,
  onProgress: (stage: OpenStage) => void,
): Promise<Result<readonly CheckedBallot[], OpenRefusal>> {
  const roll = parsePublicRoll(election.engine, publicRollText(credentials))
  if (roll.kind === 'fail') return fail({ kind: 'roll' })
  const box = openBox()
  const lastAt = new Map<string, number>()
  const started = world.now()
  for (const [i, ballot] of ballots.entries()) {
    const refuse = (what: string): Result<never, OpenRefusal> => fail({ kind: 'ballot', number: i + 1, what })
    const checked = checkBallot(election, roll.value, ballot.text)
    if (checked.kind === 'fail') return refuse(checked.error.kind)
    const { credential } = checked.value
    const { cast, last = noPreviousTracker } = box.historyOf(credential)
    const voter = roll.value.entries.get(credential)
    assert(voter !== undefined, 'a checked ballot is on the roll')
    const fault = statementFault(election, voter.key, checked.value, ballot.statement, { cast, last })
    if (fault !== null) return refuse(fault)
    const admitted = box.admit(checked.value)
    if (admitted.kind === 'fail') return refuse(admitted.error.kind)
    lastAt.set(credential, ballot.index)
    const done = i + 1
    if (done % breathEvery === 0 || done === ballots.length) {
      const secondsLeft = Math.ceil((((world.now() - started) / done) * (ballots.length - done)) / 1000)
      onProgress({ kind: 'ballots', done, all: ballots.length, secondsLeft: done < 2 * breathEvery ? null : secondsLeft })
      await world.wait(0)
    }
  }
  takeOutLeavers(box, lastAt, departures)
  return ok(box.counted())
}

/** Why a ballot's cast statement does not hold, or null. */
function statementFault(
  election: Election,
  key: Element,
  checked: CheckedBallot,
  statement: unknown,
  history: CastHistory,
): string | null {
  const read = parseCastStatement(statement === undefined ? '' : JSON.stringify(statement))
  if (read.kind === 'fail') return 'cast statement malformed'
  const { credential, digest, tracker } = checked
  const claim = { electionHash: election.fingerprint, credential, digest }
  const judged = judgeCast(election.engine, key, claim, read.value, history, tracker)
  if (judged.kind === 'fail') return `cast statement: ${judged.error.kind}`
  return judged.value === 'new' ? null : 'ballot twice'
}
