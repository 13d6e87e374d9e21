import {
  afterShuffle,
  ballotCodeOf,
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
  type SeenSum,
  sha256Hex,
  shufflePapers,
  shufflesNeeded,
  takeOutLeavers,
  tallyPhrase,
  type TrusteeKey,
  type Trustees,
} from '@quorate/ballots'
import { assert, fail, ok, type Result, toHex } from '@quorate/kernel'
import type { World } from './http.ts'
import { openState, type RecordFacts, type RecordWalk, walkRecord } from './record-evidence.ts'
import type { Found, OpenRefusal, OpenStage } from './trustee-state.ts'
import type { PublicBox } from './trustee-protocol.ts'

/** What a trustee posts. */
export type BoxOpened = {
  readonly payload: string
  readonly companion: { readonly challenge: string; readonly response: string }
}

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
  /** What the device is to keep before anything is sent: a second sum, or another record, is refused by it. */
  readonly seen: SeenSum
  /** This trustee's opening as it stands on the record already, the exact text or its SHA-256 in hex; null where there is none. */
  readonly opened: string | null
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
 * Does everything over again that a count rests on, judged on the public record: its signed state, the same log as when the key was made and a
 * continuation of all that this device saw; the election and its key, the roll, every ballot with its proofs and its cast statement, none that was
 * opened to test a device, none left out; which ballots are last, the one sum that the record closes the box with, and each shuffle. Refuses where
 * anything differs: an open box, a sum that is not the fold of all last ballots (so no subset is ever opened), a sum unlike the one checked before,
 * fewer votes than the privacy floor that the election's own text gives, a shuffle that loses or adds a paper. Source: BALLOTS §3.6.
 * Cost: about 10 ms a ballot and 3 ms a paper and shuffle with Ed25519; an entry of the record some 30 µs.
 */
export async function checkClosedBox(check: BoxCheck, box: PublicBox): Promise<Result<CheckedBox, OpenRefusal>> {
  const { world, key, onProgress } = check
  const published = box.encryptedTally
  if (!box.closed || published === null) return fail({ kind: 'not-closed' })
  if (key.share === null || sha256Hex(box.trustees) !== key.share.trusteesHash) return fail({ kind: 'trustees' })
  if (key.record === null || box.record === null) return fail({ kind: 'record', fault: { kind: 'missing' } })
  const state = openState(box.record, key.record)
  if (state.kind === 'fail') return fail({ kind: 'record', fault: state.error })
  const read = readElection(box, key)
  if (read.kind === 'fail') return read
  const { election, trustees } = read.value
  const walk = walkRecord(box.record, state.value, key.record, key.share.trusteesHash)
  const counted = await recount(world, election, box, { walk, onProgress })
  if (counted.kind === 'fail') return counted
  onProgress({ kind: 'sum' })
  const { facts } = counted.value
  const tally = encryptedTally(election, counted.value.last)
  const differs = [
    tally.text !== published.text || tally.hash !== published.hash || tally.ballots !== published.tallied,
    !cites(facts.closed.tally, tally.text),
    facts.closed.ballots !== box.ballots.length || facts.closed.counted !== tally.ballots || facts.closed.weight !== tally.weight,
  ]
  if (differs.includes(true)) return fail({ kind: 'sum' })
  if (key.record.seen !== null && key.record.seen.tally !== tally.hash) return fail({ kind: 'second-sum' })
  const { floor = privacyFloorOf(election.message) } = check
  if (tally.ballots < floor) return fail({ kind: 'too-few', found: tally.ballots, floor })
  const mixed = await followShuffles(check, election, tally, box, facts)
  if (mixed.kind === 'fail') return mixed
  const { checkpoint, witnesses, newWitnesses } = state.value
  const phrase = tallyPhrase(election.fingerprint, tally.text)
  return ok({
    election,
    ...mixed.value,
    needed: election.message.questions.some(isListQuestion) ? shufflesNeeded(trustees) : 0,
    found: { ballots: box.ballots.length, counted: tally.ballots, phrase, witnesses, newWitnesses, entries: checkpoint.size },
    seen: { size: checkpoint.size, root: toHex(checkpoint.root), tally: tally.hash },
    opened: facts.openings.find(({ trustee }) => trustee === key.context.index)?.decryption ?? null,
  })
}

/** Whether an entry holds this text, or the fingerprint of it: what grows with the papers stands beside the record. */
const cites = (said: string, text: string): boolean => said === text || said === sha256Hex(text)

/** Follows the papers through every shuffle so far, each as the record cites it, each proven and each by another trustee. */
async function followShuffles(
  { world, onProgress }: BoxCheck,
  election: Election,
  tally: EncryptedTally,
  { shuffles }: PublicBox,
  facts: RecordFacts,
): Promise<Result<Pick<CheckedBox, 'tally' | 'lastShuffleHash' | 'shuffledBy'>, OpenRefusal>> {
  let [mixed, lastShuffleHash] = [tally, null as string | null]
  const shuffledBy: number[] = []
  // Those that came since the record was signed are not checked yet, nor opened.
  for (const [i, cited] of facts.shuffles.entries()) {
    const { owner, text } = shuffles[i] ?? { owner: 0, text: '' }
    if (owner !== cited.trustee || sha256Hex(text) !== cited.shuffle)
      return fail({ kind: 'shuffle', number: i + 1, what: 'not the one on the record' })
    onProgress({ kind: 'shuffles', done: shuffledBy.length, all: facts.shuffles.length })
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
 * Opens a box that was checked, with one trustee's share. Refuses, and makes nothing, where too few have shuffled, and where another opening of this
 * trustee stands on the record.
 */
export function openCheckedBox(key: TrusteeKey, checked: CheckedBox): Result<BoxOpened, OpenRefusal> {
  const { election, tally, lastShuffleHash, shuffledBy, needed, opened } = checked
  const { share, context } = key
  assert(share !== null, 'a box is checked with a share')
  if (shuffledBy.length < needed) return fail({ kind: 'not-shuffled', found: shuffledBy.length, needed })
  const payload = openTally(election, tally, share.secret)
  // The same key and sum always give the same bytes: another opening of mine on the record was of another sum.
  if (opened !== null && !cites(opened, payload)) return fail({ kind: 'second-sum' })
  const claim = { tally, lastShuffleHash, owner: context.index, openingText: payload }
  const { challenge, response } = companionOf(election, claim, share.secret)
  return ok({ payload, companion: { challenge, response } })
}

/** A shuffle as it is posted, and the hash of the one it follows. */
export type BoxShuffled = { readonly shuffle: string; readonly after: string | null }

/** Shuffles the papers of a box that was checked, as the trustees before left them. The order is forgotten at once. */
export async function shuffleCheckedBox(
  { world, onProgress }: Pick<BoxCheck, 'onProgress'> & { readonly world: Pick<World, 'wait' | 'random'> },
  { election, tally, lastShuffleHash }: CheckedBox,
): Promise<BoxShuffled> {
  const rows = listCiphertexts(election, tally.ciphertexts)
  onProgress({ kind: 'shuffling', papers: rows.reduce((n, row) => n + row.length, 0) })
  await world.wait(0)
  const { text } = shufflePapers(election, rows, world.random)
  return { shuffle: text, after: lastShuffleHash }
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

/** Checks every ballot in order beside the record, and gives those that count and what the record says of the rest. */
async function recount(
  world: Pick<World, 'now' | 'wait'>,
  election: Election,
  { ballots, credentials }: PublicBox,
  { walk, onProgress }: { readonly walk: RecordWalk; readonly onProgress: (stage: OpenStage) => void },
): Promise<Result<{ readonly last: readonly CheckedBallot[]; readonly facts: RecordFacts }, OpenRefusal>> {
  const list = publicRollText(credentials)
  const roll = parsePublicRoll(election.engine, list)
  if (roll.kind === 'fail') return fail({ kind: 'roll' })
  const box = openBox()
  const lastAt = new Map<string, number>()
  const started = world.now()
  for (const [i, ballot] of ballots.entries()) {
    const refuse = (what: string): Result<never, OpenRefusal> => fail({ kind: 'ballot', number: i + 1, what })
    const checked = checkBallot(election, roll.value, ballot.text)
    if (checked.kind === 'fail') return refuse(checked.error.kind)
    const { credential, digest } = checked.value
    const { cast, last = noPreviousTracker } = box.historyOf(credential)
    const voter = roll.value.entries.get(credential)
    assert(voter !== undefined, 'a checked ballot is on the roll')
    const fault = statementFault(election, voter.key, checked.value, ballot.statement, { cast, last })
    if (fault !== null) return refuse(fault)
    const code = ballotCodeOf(digest)
    if (box.holdsCode(code)) return refuse('ballot code of another')
    const admitted = box.admit(checked.value)
    if (admitted.kind === 'fail') return refuse(admitted.error.kind)
    if (walk.ballot({ ...ballot, code }, digest).tested) return refuse('opened to test a device')
    lastAt.set(credential, ballot.index)
    const done = i + 1
    if (done % breathEvery === 0 || done === ballots.length) {
      const secondsLeft = Math.ceil((((world.now() - started) / done) * (ballots.length - done)) / 1000)
      onProgress({ kind: 'ballots', done, all: ballots.length, secondsLeft: done < 2 * breathEvery ? null : secondsLeft })
      await world.wait(0)
    }
  }
  const walked = walk.end()
  if (walked.kind === 'fail') return fail({ kind: 'record', fault: walked.error })
  const { setup, rollSize, departures } = walked.value
  if (setup.election !== sha256Hex(election.text) || setup.group !== election.engine.name)
    return fail({ kind: 'record', fault: { kind: 'not set up so' } })
  // One key each: more would be votes that nobody on the roll has.
  const { entries, weightTotal } = roll.value
  if (setup.credentials !== sha256Hex(list) || entries.size !== rollSize || weightTotal !== rollSize)
    return fail({ kind: 'roll' })
  takeOutLeavers(box, lastAt, departures)
  return ok({ last: box.counted(), facts: walked.value })
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
