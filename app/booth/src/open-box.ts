import {
  afterShuffle,
  type CastHistory,
  checkBallot,
  type CheckedBallot,
  checkShuffle,
  companionOf,
  type Election,
  type Element,
  type EncryptedTally,
  encryptedTally,
  fastEd25519,
  isListQuestion,
  judgeCast,
  listCiphertexts,
  noPreviousTracker,
  openBox,
  openTally,
  parseCastStatement,
  parseElection,
  parsePublicRoll,
  parseTrustees,
  privacyFloorOf,
  publicRollText,
  sha256Hex,
  shufflePapers,
  shufflesNeeded,
  takeOutLeavers,
  tallyPhrase,
  type TrusteeKey,
  type Trustees,
} from '@quorate/ballots'
import { assert, fail, ok, type Result } from '@quorate/kernel'
import type { World } from './http.ts'
import type { OpenRefusal, OpenStage } from './trustee-state.ts'
import type { PublicBox } from './trustee-protocol.ts'

/** What a trustee posts, and what was found on the way. */
export type BoxOpened = Found & {
  readonly payload: string
  readonly companion: { readonly challenge: string; readonly response: string }
}

/** What a check of the box found: ballots in it, those that count, and twelve words over φ and the tally, which all trustees read to each other. */
export type Found = { readonly ballots: number; readonly counted: number; readonly phrase: readonly string[] }

/**
 * A closed box that was checked: its election, the sum of all last ballots, and what is to be opened, with papers as the shuffles so far left
 * them. `needed`: how many must have shuffled, none where only totals are opened.
 */
export type CheckedBox = {
  readonly election: Election
  readonly tally: EncryptedTally
  readonly lastShuffleHash: string | null
  readonly shuffledBy: readonly number[]
  readonly needed: number
  readonly found: Found
}

// Between this many ballots the thread breathes: a page can show progress, and a server that hosts a demo trustee can answer others.
const breathEvery = 8

/** What a trustee's device checks a box with. `floor`: fewest counted votes that are opened, where it is not the election's own. */
export type BoxCheck = {
  readonly world: Pick<World, 'now' | 'wait'>
  readonly key: TrusteeKey
  readonly floor?: number
  readonly onProgress: (stage: OpenStage) => void
}

/**
 * Does everything over again that a count rests on: the election and its key, the roll, every ballot with its proofs and its cast statement,
 * which ballots are last, the sum, and each shuffle. Refuses where anything differs: an open box, a sum that is not the fold of all last
 * ballots (so no subset is ever opened), fewer votes than the privacy floor that the election's own text gives, a shuffle that loses or adds a
 * paper. Source: BALLOTS §3.6.
 * Cost: about 10 ms a ballot and 3 ms a paper and shuffle with Ed25519.
 */
export async function checkClosedBox(check: BoxCheck, box: PublicBox): Promise<Result<CheckedBox, OpenRefusal>> {
  const { world, key, onProgress } = check
  const published = box.encryptedTally
  if (!box.closed || published === null) return fail({ kind: 'not-closed' })
  if (key.share === null || sha256Hex(box.trustees) !== key.share.trusteesHash) return fail({ kind: 'trustees' })
  const read = readElection(box, key)
  if (read.kind === 'fail') return read
  const { election, trustees } = read.value
  const counted = await recount(world, election, box, onProgress)
  if (counted.kind === 'fail') return counted
  onProgress({ kind: 'sum' })
  const tally = encryptedTally(election, counted.value)
  if (tally.text !== published.text || tally.hash !== published.hash || tally.ballots !== published.tallied)
    return fail({ kind: 'sum' })
  const { floor = privacyFloorOf(election.message) } = check
  if (tally.ballots < floor) return fail({ kind: 'too-few', found: tally.ballots, floor })
  const phrase = tallyPhrase(election.fingerprint, tally.text)
  const found = { ballots: box.ballots.length, counted: tally.ballots, phrase }
  const mixed = await followShuffles(check, election, tally, box)
  if (mixed.kind === 'fail') return mixed
  const needed = election.message.questions.some(isListQuestion) ? shufflesNeeded(trustees) : 0
  return ok({ election, ...mixed.value, needed, found })
}

/** Follows the papers through every shuffle so far, each proven and each by another trustee. */
async function followShuffles(
  { world, onProgress }: BoxCheck,
  election: Election,
  tally: EncryptedTally,
  { shuffles }: PublicBox,
): Promise<Result<Pick<CheckedBox, 'tally' | 'lastShuffleHash' | 'shuffledBy'>, OpenRefusal>> {
  let [mixed, lastShuffleHash] = [tally, null as string | null]
  const shuffledBy: number[] = []
  for (const { owner, text } of shuffles) {
    onProgress({ kind: 'shuffles', done: shuffledBy.length, all: shuffles.length })
    await world.wait(0)
    const checked = checkShuffle(election, listCiphertexts(election, mixed.ciphertexts), text)
    if (checked.kind === 'fail') return fail({ kind: 'shuffle', number: shuffledBy.length + 1, what: checked.error.kind })
    if (shuffledBy.includes(owner)) return fail({ kind: 'shuffle', number: shuffledBy.length + 1, what: 'second of one trustee' })
    shuffledBy.push(owner)
    mixed = afterShuffle(election, mixed, checked.value.rows)
    lastShuffleHash = checked.value.hash
  }
  return ok({ tally: mixed, lastShuffleHash, shuffledBy })
}

/**
 * Opens a closed box with one trustee's share, after checking it whole. Refuses, and makes nothing, where the check does, where too few have
 * shuffled, and where this trustee has opened a different sum before.
 */
export async function openClosedBox(check: BoxCheck, box: PublicBox): Promise<Result<BoxOpened, OpenRefusal>> {
  const checked = await checkClosedBox(check, box)
  if (checked.kind === 'fail') return checked
  const { election, tally, lastShuffleHash, shuffledBy, needed, found } = checked.value
  const { share, context } = check.key
  assert(share !== null, 'a box is checked with a share')
  if (shuffledBy.length < needed) return fail({ kind: 'not-shuffled', found: shuffledBy.length, needed })
  check.onProgress({ kind: 'opening' })
  await check.world.wait(0)
  const payload = openTally(election, tally, share.secret)
  // The same key and sum always give the same bytes: another opening of mine on the record was of another sum.
  const earlier = box.openings.find((opening) => opening.owner === context.index)
  if (earlier !== undefined && earlier.payload !== payload) return fail({ kind: 'second-sum' })
  const claim = { tally, lastShuffleHash, owner: context.index, openingText: payload }
  const { challenge, response } = companionOf(election, claim, share.secret)
  return ok({ payload, companion: { challenge, response }, ...found })
}

/** A shuffle as it is posted, and the hash of the one it follows. */
export type BoxShuffled = Found & { readonly shuffle: string; readonly after: string | null }

/** Shuffles the papers of a closed box as the trustees before left them, after checking it whole. The order is forgotten at once. */
export async function shuffleClosedBox(
  check: Omit<BoxCheck, 'world'> & { readonly world: Pick<World, 'now' | 'wait' | 'random'> },
  box: PublicBox,
): Promise<Result<BoxShuffled, OpenRefusal>> {
  const checked = await checkClosedBox(check, box)
  if (checked.kind === 'fail') return checked
  const { election, tally, lastShuffleHash, found } = checked.value
  const rows = listCiphertexts(election, tally.ciphertexts)
  check.onProgress({ kind: 'shuffling', papers: rows.reduce((n, row) => n + row.length, 0) })
  await check.world.wait(0)
  const { text } = shufflePapers(election, rows, check.world.random)
  return ok({ shuffle: text, after: lastShuffleHash, ...found })
}

/** The election, and that its key is the one this trustee's table made. */
function readElection(
  box: PublicBox,
  { context }: TrusteeKey,
): Result<{ readonly election: Election; readonly trustees: Trustees<Element> }, OpenRefusal> {
  const election = parseElection(box.election, { wasm: fastEd25519 })
  if (election.kind === 'fail') return fail({ kind: 'election', what: election.error.kind })
  const { engine, message, key } = election.value
  if (message.uuid !== context.uuid || engine.name !== context.group) return fail({ kind: 'election', what: 'another election' })
  const trustees = parseTrustees(engine, box.trustees)
  return trustees.kind === 'ok' && engine.equal(trustees.value.publicKey, key)
    ? ok({ election: election.value, trustees: trustees.value })
    : fail({ kind: 'trustees' })
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
