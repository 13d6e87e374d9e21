import { canonicalJson, fail, fromBase64, ok, parseCanonicalJson, toBase64, type Result } from '@quorate/kernel'
import { isDeviceSigned } from './device.ts'
import { checkSignature, signText, type Signer, type VerifierKey } from './key.ts'
import { at, ordinal } from './numbers.ts'
import {
  bySeat,
  checkRollCall,
  rollCallSeatKey,
  type RollCallFault,
  type RollCallQuestion,
  type RollCallSeat,
  type RollCallVote,
} from './roll-call.ts'
import { fits, integer, list, nullable, object, token, word, type ValueOf } from './shape.ts'

// A roll-call in which members sign on their own devices: version 2 of the document. Every line is countersigned by the log's key, which is the
// member's receipt for it. Format: docs/spec/roll-call.md.

/** How many lines one seat may have. */
export const rollCallLinesMax = 32

const seatShape = object({ seat: token('seat'), number: ordinal })
const lineShape = object({
  seat: seatShape,
  member: token('pseudonym'),
  vote: word('for', 'against', 'abstain'),
  at,
  seq: integer(1, rollCallLinesMax),
  signedBy: word('device', 'service', 'secretary'),
  device: nullable(object({ key: token('device-key'), signature: token('signature') })),
  signature: token('signature'),
})

/**
 * One line: what a seat said as its `seq`th word, the last of which counts. `signedBy` says who vouches for it: `device` the member's own key, `service`
 * the service for a member who was signed in, `secretary` the service for whoever keeps the minutes, of a vote called aloud. `signature` is the log's over all of it.
 */
export type RollCallLine = ValueOf<typeof lineShape>

const head = {
  id: token('pseudonym'),
  body: token('id'),
  power: token('id'),
  question: token('fingerprint'),
  openedAt: at,
  closedAt: at,
  closed: word('all', 'chair'),
  seats: list(seatShape, 1, 1000),
}
const documentShape = object({
  format: word('quorate/rollcall/v2'),
  ...head,
  votes: list(lineShape, 0, 1000 * rollCallLinesMax),
})

/** A roll-call of version 2 that has closed: every line that was taken, in order of seat and `seq`. */
export type SignedRollCall = ValueOf<typeof documentShape>

/** A roll-call of either version. `counted`: the last line of each seat that answered. */
export type AnyRollCall = Omit<SignedRollCall, 'format'> & { readonly version: 1 | 2; readonly counted: readonly RollCallLine[] }

const domain = 'quorate/rollcall/v2\0'

/** What a member says, as far as their device signs it. */
export type DeviceSaid = {
  readonly seat: RollCallSeat
  readonly vote: RollCallVote['vote']
  readonly seq: number
  /** The device's public key, 64 hex digits. */
  readonly key: string
}

const plainSeat = ({ seat, number }: RollCallSeat) => ({ number, seat })

/**
 * The text a device signs: this vote, of this seat, as its `seq`th word, on this question of this roll-call of this log. `question` is the SHA-256 of the
 * words that the member was shown, worked out where they were shown.
 */
export const deviceLineText = (
  origin: string,
  { id, body, power, question }: RollCallQuestion,
  { seat, vote, seq, key }: DeviceSaid,
): string =>
  `${domain}${canonicalJson({ body, id, key, origin, power, question, seat: plainSeat(seat), seq, signedBy: 'device', vote })}`

type Unsigned = Omit<RollCallLine, 'signature'>

const countersignedText = (
  { id, body, power, question }: RollCallQuestion,
  { seat, member, vote, at: when, seq, signedBy, device }: Unsigned,
): string =>
  `${domain}${canonicalJson({
    at: when,
    body,
    device: device === null ? null : { key: device.key, signature: device.signature },
    id,
    member,
    power,
    question,
    seat: plainSeat(seat),
    seq,
    signedBy,
    vote,
  })}`

/** A line as the service takes it: with the log's signature over everything in it, a device's signature included. */
export const countersignRollCallLine = (question: RollCallQuestion, line: Unsigned, signer: Signer): RollCallLine => ({
  ...line,
  signature: toBase64(signText(signer, countersignedText(question, line), 0n)),
})

const bySeatAndSeq = (a: RollCallLine, b: RollCallLine): number => bySeat(a.seat, b.seat) || a.seq - b.seq

/** The document: canonical JSON, seats in order of class and number, lines in order of seat and `seq`. */
export const signedRollCallText = (rollCall: Omit<SignedRollCall, 'format'>): string =>
  canonicalJson({
    ...rollCall,
    format: 'quorate/rollcall/v2',
    seats: rollCall.seats.toSorted(bySeat),
    votes: rollCall.votes.toSorted(bySeatAndSeq),
  })

/** The lines that count, of lines in any order: of each seat the last, in order of seats. */
export const countedLines = (lines: readonly RollCallLine[]): readonly RollCallLine[] =>
  lines.toSorted(bySeatAndSeq).filter((line, i, sorted) => {
    const next = sorted[i + 1]
    return next === undefined || bySeat(line.seat, next.seat) !== 0
  })

/**
 * Reads a roll-call of either version and checks all that it can show by itself: form, order, seats, members, times, every signature of the log and of a
 * device, that no line of a device gave way to one that it did not sign, and why it closed. Whether a key was registered for its seat is the record's to
 * show. Linear in its lines.
 */
export function readRollCall(text: string, key: VerifierKey): Result<AnyRollCall, RollCallFault> {
  const json = parseCanonicalJson(text)
  if (json.kind === 'fail') return fail({ path: '/', expected: 'a roll-call in canonical JSON', found: json.error.kind })
  if (!isVersion2(json.value)) {
    const first = checkRollCall(text, key)
    if (first.kind === 'fail') return first
    const { format: _, votes, ...rest } = first.value
    const lines = votes.map((vote) => ({ ...vote, seq: 1, device: null }))
    return ok({ ...rest, version: 1, votes: lines, counted: lines })
  }
  const shaped = fits(documentShape, json.value)
  if (shaped.kind === 'fail') return fail({ ...shaped.error, found: 'something else' })
  const { format: _, ...rollCall } = shaped.value
  const counted = countedLines(rollCall.votes)
  const wrong = seatsFault(rollCall) ?? linesFault(rollCall, key) ?? closingFault(rollCall, counted.length)
  return wrong === null ? ok({ ...rollCall, version: 2, counted }) : fail(wrong)
}

const isVersion2 = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'format' in value && value.format === 'quorate/rollcall/v2'

function seatsFault({ seats }: Pick<AnyRollCall, 'seats'>): RollCallFault | null {
  for (const [i, seat] of seats.entries()) {
    const before = seats[i - 1]
    if (before !== undefined && bySeat(before, seat) >= 0)
      return { path: `/seats/${String(i)}`, expected: `a seat after ${rollCallSeatKey(before)}`, found: rollCallSeatKey(seat) }
  }
  return null
}

type Checked = Omit<SignedRollCall, 'format'>

function linesFault(rollCall: Checked, key: VerifierKey): RollCallFault | null {
  const called = new Set(rollCall.seats.map(rollCallSeatKey))
  const members = new Map<string, string>()
  for (const [i, line] of rollCall.votes.entries()) {
    const path = `/votes/${String(i)}`
    const before = rollCall.votes[i - 1]
    const seat = rollCallSeatKey(line.seat)
    if (!called.has(seat)) return { path: `${path}/seat`, expected: 'a seat that was called', found: seat }
    const misplaced = placeFault(line, before)
    if (misplaced !== null) return { ...misplaced, path: `${path}${misplaced.path}` }
    const owner = members.get(line.member)
    if (owner !== undefined && owner !== seat)
      return { path: `${path}/member`, expected: 'a member of one seat', found: line.member }
    members.set(line.member, seat)
    if (line.at < rollCall.openedAt || line.at > rollCall.closedAt)
      return {
        path: `${path}/at`,
        expected: `from ${String(rollCall.openedAt)} to ${String(rollCall.closedAt)}`,
        found: String(line.at),
      }
    const unsigned = signatureFault(rollCall, line, key)
    if (unsigned !== null) return { ...unsigned, path: `${path}${unsigned.path}` }
  }
  return null
}

// What somebody vouches for gives way to what somebody nearer to the member vouches for, and never the other way round.
const nearness: Readonly<Record<RollCallLine['signedBy'], number>> = { secretary: 0, service: 1, device: 2 }

/** A line among those of its seat: the next `seq`, no earlier, by the same member, and signed by nobody further from them. */
function placeFault(line: RollCallLine, before: RollCallLine | undefined): RollCallFault | null {
  const order = before === undefined ? 1 : bySeat(line.seat, before.seat)
  if (order < 0)
    return {
      path: '/seat',
      expected: `a seat after ${before === undefined ? 'none' : rollCallSeatKey(before.seat)}`,
      found: rollCallSeatKey(line.seat),
    }
  const last = order === 0 ? before : undefined
  const seq = (last?.seq ?? 0) + 1
  if (line.seq !== seq) return { path: '/seq', expected: String(seq), found: String(line.seq) }
  if (last === undefined) return null
  if (line.member !== last.member) return { path: '/member', expected: last.member, found: line.member }
  if (line.at < last.at) return { path: '/at', expected: `${String(last.at)} or later`, found: String(line.at) }
  const once = last.signedBy === 'service' && line.signedBy === 'service'
  if (once || nearness[line.signedBy] < nearness[last.signedBy])
    return { path: '/signedBy', expected: `device, after a line by ${last.signedBy}`, found: line.signedBy }
  return null
}

/** The signatures of a line: the device's if it says so, and the log's over all of it. */
function signatureFault(question: RollCallQuestion, line: RollCallLine, key: VerifierKey): RollCallFault | null {
  const { device, signedBy } = line
  if ((device !== null) !== (signedBy === 'device'))
    return { path: '/device', expected: signedBy === 'device' ? 'a key and its signature' : 'null', found: 'something else' }
  if (device !== null) {
    const said = deviceLineText(key.name, question, { ...line, key: device.key })
    if (!isDeviceSigned(device.key, said, device.signature))
      return { path: '/device/signature', expected: `a signature of ${device.key} over this line`, found: 'another text or key' }
  }
  const signature = fromBase64(line.signature)
  if (signature.kind === 'fail' || checkSignature(key, countersignedText(question, line), signature.value) === null)
    return { path: '/signature', expected: `a signature of ${key.name} over this line`, found: 'another text or key' }
  return null
}

function closingFault({ seats, openedAt, closedAt, closed }: Checked, answered: number): RollCallFault | null {
  if (closedAt < openedAt) return { path: '/closedAt', expected: `${String(openedAt)} or later`, found: String(closedAt) }
  const why = answered === seats.length ? 'all' : 'chair'
  return closed === why ? null : { path: '/closed', expected: why, found: closed }
}

const receiptShape = object({
  format: word('quorate/rollcall-line/v1'),
  origin: token('origin'),
  id: head.id,
  body: head.body,
  power: head.power,
  question: head.question,
  line: lineShape,
})

/** What a member keeps of what they said: their line with the question it answers, signed by the service that took it. */
export type RollCallReceipt = ValueOf<typeof receiptShape>

/** A receipt as a small file: canonical JSON. */
export const rollCallReceiptText = (
  origin: string,
  { id, body, power, question }: RollCallQuestion,
  line: RollCallLine,
): string => canonicalJson({ format: 'quorate/rollcall-line/v1', origin, id, body, power, question, line })

/** Whether a text says that it is such a receipt. Nothing of it is checked. */
export const looksLikeRollCallReceipt = (text: string): boolean =>
  text.length < 10_000 && text.includes('"format":"quorate/rollcall-line/v1"')

/** Reads a receipt strictly and checks its signatures: one that holds was given out by whoever has the log's key. */
export function readRollCallReceipt(text: string, key: VerifierKey): Result<RollCallReceipt, RollCallFault> {
  const json = parseCanonicalJson(text.trimEnd())
  if (json.kind === 'fail') return fail({ path: '/', expected: 'a receipt in canonical JSON', found: json.error.kind })
  const shaped = fits(receiptShape, json.value)
  if (shaped.kind === 'fail') return fail({ ...shaped.error, found: 'something else' })
  const receipt = shaped.value
  if (receipt.origin !== key.name) return fail({ path: '/origin', expected: key.name, found: receipt.origin })
  const wrong = signatureFault(receipt, receipt.line, key)
  return wrong === null ? ok(receipt) : fail({ ...wrong, path: `/line${wrong.path}` })
}

/** Whether a roll-call holds the line of a receipt, word for word. */
export const holdsLine = (rollCall: AnyRollCall, { id, line }: RollCallReceipt): boolean =>
  rollCall.id === id && rollCall.votes.some((vote) => canonicalJson(vote) === canonicalJson(line))
