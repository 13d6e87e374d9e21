import { fail, ok, type Result, unreachable } from '@quorate/kernel'

import { sha256Hex } from '../hash.ts'
import { type SizedTallyMessage, sizedTallyShape } from '../opening/tally.ts'
import { hexHash, natural, parseWire, record, type Shape, wireText } from '../wire.ts'

/**
 * Exact text of what our record keeps beside an event and the archive does not hold: of a set-up the bind list, of a ballot the cast
 * statement, of an opening its companion proof, of a result which papers are spoiled. Absent where the event comes from a bare archive.
 */
type Companion = { readonly companion?: string }

/** What happens in an election, with the exact texts that the archive holds. The archive is a function of these, in their order. */
export type ElectionEvent =
  | ({ readonly type: 'Setup'; readonly election: string; readonly trustees: string; readonly credentials: string } & Companion)
  | ({ readonly type: 'Ballot'; readonly ballot: string } & Companion)
  | { readonly type: 'EndBallots' }
  /** `tally`: text of the encrypted tally; `ballots` and `weight`: how many were counted. */
  | { readonly type: 'EncryptedTally'; readonly tally: string; readonly ballots: number; readonly weight: number }
  /** `owner`: from 1 through the flattened list of trustees. `shuffle`: text of the shuffled papers and the proofs. */
  | { readonly type: 'Shuffle'; readonly owner: number; readonly shuffle: string }
  | { readonly type: 'EndShuffles' }
  | ({ readonly type: 'PartialDecryption'; readonly owner: number; readonly opening: string } & Companion)
  | ({ readonly type: 'Result'; readonly result: string } & Companion)

/** The kinds of event, in the order an election goes through them. */
export type ElectionEventType = ElectionEvent['type']

/** The chain so far: what the next event must name as its parent. */
export type Chain = { readonly height: number; readonly parent: string | undefined }

/** Before the first event. */
export const emptyChain: Chain = { height: 0, parent: undefined }

/** An event as the archive holds it: the texts stored before it, its own text, and the chain after it. */
export type ChainedEvent = { readonly data: readonly string[]; readonly event: string; readonly chain: Chain }

/** The texts an event brings, its payload last. Setup's and owners' payloads name the texts before them by hash. */
function dataOf(event: ElectionEvent): readonly string[] {
  switch (event.type) {
    case 'Setup': {
      const [election, trustees, credentials] = [event.election, event.trustees, event.credentials].map(sha256Hex)
      return [event.election, event.trustees, event.credentials, wireText({ election, trustees, credentials })]
    }
    case 'Ballot':
      return [event.ballot]
    case 'EndBallots':
    case 'EndShuffles':
      return []
    case 'EncryptedTally': {
      const sized: SizedTallyMessage = {
        num_tallied: event.ballots,
        total_weight: event.weight,
        encrypted_tally: sha256Hex(event.tally),
      }
      return [event.tally, wireText(sized)]
    }
    case 'Shuffle':
      return [event.shuffle, wireText({ owner: event.owner, payload: sha256Hex(event.shuffle) })]
    case 'PartialDecryption':
      return [event.opening, wireText({ owner: event.owner, payload: sha256Hex(event.opening) })]
    case 'Result':
      return [event.result]
    default:
      return unreachable(event)
  }
}

/** Links an event to the chain (Belenios specification §4.4). Cost: one hash a text. */
export function chainEvent({ height, parent }: Chain, event: ElectionEvent): ChainedEvent {
  const data = dataOf(event)
  const payload = data.at(-1)
  const eventText = wireText({
    ...(parent === undefined ? {} : { parent }),
    height,
    type: event.type,
    ...(payload === undefined ? {} : { payload: sha256Hex(payload) }),
  })
  return { data, event: eventText, chain: { height: height + 1, parent: sha256Hex(eventText) } }
}

/** Why an archived event is not one, or not the one that must stand here. */
export type EventFault =
  | { readonly kind: 'event malformed' }
  | { readonly kind: 'wrong height'; readonly expected: number }
  | { readonly kind: 'wrong parent' }
  /** A hash that no text stored before it has. */
  | { readonly kind: 'payload missing' | 'payload malformed' }

const eventTypes = [
  'Setup',
  'Ballot',
  'EndBallots',
  'EncryptedTally',
  'Shuffle',
  'EndShuffles',
  'PartialDecryption',
  'Result',
] as const
const eventType: Shape<ElectionEventType> = (v) => eventTypes.find((type) => type === v)
const eventShape = record(
  ['parent', 'height', 'type', 'payload'],
  { height: natural, type: eventType },
  { parent: hexHash, payload: hexHash },
)
const setupShape = record(['election', 'trustees', 'credentials'], { election: hexHash, trustees: hexHash, credentials: hexHash })
const ownedShape = record(['owner', 'payload'], { owner: natural, payload: hexHash })

/** Reads an event's text back, with the texts stored since the event before it, by their hashes. */
export function readEvent(
  { height, parent }: Chain,
  eventText: string,
  stored: ReadonlyMap<string, string>,
): Result<ElectionEvent, EventFault> {
  const read = parseWire(eventShape, eventText)
  if (read.kind === 'fail') return fail({ kind: 'event malformed' })
  if (read.value.height !== height) return fail({ kind: 'wrong height', expected: height })
  if (read.value.parent !== parent) return fail({ kind: 'wrong parent' })
  const { type, payload } = read.value
  // Only ends have nothing to say.
  if (type === 'EndBallots' || type === 'EndShuffles')
    return payload === undefined ? ok({ type }) : fail({ kind: 'event malformed' })
  if (payload === undefined) return fail({ kind: 'event malformed' })
  const text = stored.get(payload)
  return text === undefined ? fail({ kind: 'payload missing' }) : readPayload(type, text, stored)
}

function readPayload(
  type: Exclude<ElectionEventType, 'EndBallots' | 'EndShuffles'>,
  text: string,
  stored: ReadonlyMap<string, string>,
): Result<ElectionEvent, EventFault> {
  switch (type) {
    case 'Setup': {
      const setup = parseWire(setupShape, text)
      if (setup.kind === 'fail') return fail({ kind: 'payload malformed' })
      const election = stored.get(setup.value.election)
      const trustees = stored.get(setup.value.trustees)
      const credentials = stored.get(setup.value.credentials)
      if (election === undefined || trustees === undefined || credentials === undefined) return fail({ kind: 'payload missing' })
      return ok({ type, election, trustees, credentials })
    }
    case 'Ballot':
      return ok({ type, ballot: text })
    case 'EncryptedTally': {
      const sized = parseWire(sizedTallyShape, text)
      if (sized.kind === 'fail') return fail({ kind: 'payload malformed' })
      const tally = stored.get(sized.value.encrypted_tally)
      if (tally === undefined) return fail({ kind: 'payload missing' })
      return ok({ type, tally, ballots: sized.value.num_tallied, weight: sized.value.total_weight })
    }
    case 'Shuffle':
    case 'PartialDecryption': {
      const owned = parseWire(ownedShape, text)
      if (owned.kind === 'fail') return fail({ kind: 'payload malformed' })
      const { owner, payload } = owned.value
      const made = stored.get(payload)
      if (made === undefined) return fail({ kind: 'payload missing' })
      return ok(type === 'Shuffle' ? { type, owner, shuffle: made } : { type, owner, opening: made })
    }
    case 'Result':
      return ok({ type, result: text })
    default:
      return unreachable(type)
  }
}

const successors: Readonly<Record<ElectionEventType | 'nothing', readonly ElectionEventType[]>> = {
  nothing: ['Setup'],
  Setup: ['Ballot', 'EndBallots'],
  Ballot: ['Ballot', 'EndBallots'],
  EndBallots: ['EncryptedTally'],
  // Where papers are to be shuffled, EndShuffles must come first: that depends on the questions, so the verification says it.
  EncryptedTally: ['Shuffle', 'EndShuffles', 'PartialDecryption'],
  Shuffle: ['Shuffle', 'EndShuffles'],
  EndShuffles: ['PartialDecryption'],
  PartialDecryption: ['PartialDecryption', 'Result'],
  Result: [],
}

/** Whether an event may follow another (`undefined`: the first). Nothing follows a result, and no ballot follows the end. */
export const mayFollow = (previous: ElectionEventType | undefined, next: ElectionEventType): boolean =>
  successors[previous ?? 'nothing'].includes(next)
