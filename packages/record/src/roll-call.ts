import { canonicalJson, fail, fromBase64, ok, parseCanonicalJson, toBase64, type Instant, type Result } from '@quorate/kernel'
import { checkSignature, signText, type Signer, type VerifierKey } from './key.ts'
import { at, ordinal } from './numbers.ts'
import { fits, list, object, token, word, type ValueOf } from './shape.ts'

// A roll-call: how each seat of a body voted on one question, in the open. The document stands beside the record and is cited by the act that
// rests on it. It holds pseudonyms and never a name. Format: docs/spec/roll-call.md.

const pseudonym = token('pseudonym')
const fingerprint = token('fingerprint')
const seatShape = object({ seat: token('seat'), number: ordinal })

/** A seat of a body: its class, empty where the rule names none, and its number. */
export type RollCallSeat = ValueOf<typeof seatShape>

const voteShape = object({
  seat: seatShape,
  member: pseudonym,
  vote: word('for', 'against', 'abstain'),
  at,
  signedBy: word('service'),
  signature: token('signature'),
})

/** One line: the seat, its holder under a pseudonym of this roll-call alone, what they said, when, and the signature over it. */
export type RollCallVote = ValueOf<typeof voteShape>

const rollCallShape = object({
  format: word('quorate/rollcall/v1'),
  id: pseudonym,
  body: token('id'),
  power: token('id'),
  question: fingerprint,
  openedAt: at,
  closedAt: at,
  closed: word('all', 'chair'),
  seats: list(seatShape, 1, 1000),
  votes: list(voteShape, 0, 1000),
})

/** A roll-call that has closed. `question`: SHA-256 of the text it was about; `seats`: those filled when it opened, who alone may vote. */
export type RollCall = ValueOf<typeof rollCallShape>

/** What every line of a roll-call is about. */
export type RollCallQuestion = Pick<RollCall, 'id' | 'body' | 'power' | 'question'>

/** How a body voted, by its roll-call. `present`: how many said anything, an abstention included. */
export type RollCallFigures = {
  readonly for: number
  readonly against: number
  readonly abstain: number
  readonly present: number
}

/** The first thing that is wrong with a roll-call: a path into its document, what was expected there and what stands there. */
export type RollCallFault = { readonly path: string; readonly expected: string; readonly found: string }

/** A seat as one text, such as `ordinary 3`: one seat has one key. */
export const rollCallSeatKey = ({ seat, number }: RollCallSeat): string => `${seat} ${String(number)}`

/**
 * What is signed: the domain, a zero byte, which no note of a log can hold, and the canonical JSON of the line with the question it answers. A line
 * can be moved to no other roll-call, body, power or text.
 */
function signedText(
  { id, body, power, question }: RollCallQuestion,
  { seat, member, vote, at: when, signedBy }: Omit<RollCallVote, 'signature'>,
): string {
  return `quorate/rollcall/v1\0${canonicalJson({ at: when, body, id, member, power, question, seat, signedBy, vote })}`
}

/** A line signed by the service, for a member who was signed in. Ed25519 (RFC 8032), base64. */
export function signRollCallVote(
  question: RollCallQuestion,
  said: { readonly seat: RollCallSeat; readonly member: string; readonly vote: RollCallVote['vote']; readonly at: Instant },
  signer: Signer,
): RollCallVote {
  const line = { ...said, signedBy: 'service' as const }
  return { ...line, signature: toBase64(signText(signer, signedText(question, line), 0n)) }
}

/** Order of seats: by class, then by number. */
export const bySeat = (a: RollCallSeat, b: RollCallSeat): number =>
  a.seat === b.seat ? a.number - b.number : a.seat < b.seat ? -1 : 1

/** The document: canonical JSON, seats and lines in order of class and number. */
export const rollCallText = (rollCall: Omit<RollCall, 'format'>): string =>
  canonicalJson({
    ...rollCall,
    format: 'quorate/rollcall/v1',
    seats: rollCall.seats.toSorted(bySeat),
    votes: rollCall.votes.toSorted((a, b) => bySeat(a.seat, b.seat)),
  })

/** How many said what. */
export function rollCallFigures({ votes }: { readonly votes: readonly Pick<RollCallVote, 'vote'>[] }): RollCallFigures {
  const said = (word: RollCallVote['vote']): number => votes.filter(({ vote }) => vote === word).length
  return { for: said('for'), against: said('against'), abstain: said('abstain'), present: votes.length }
}

/**
 * Reads a roll-call and checks all that it can show by itself: its form, that each vote is of another seat, of those called, and of another member, cast while
 * it was open and signed by `key`, and that it closed for the reason it says. Linear in its lines.
 */
export function checkRollCall(text: string, key: VerifierKey): Result<RollCall, RollCallFault> {
  const json = parseCanonicalJson(text)
  if (json.kind === 'fail') return fail({ path: '/', expected: 'a roll-call in canonical JSON', found: json.error.kind })
  const shaped = fits(rollCallShape, json.value)
  if (shaped.kind === 'fail') return fail({ ...shaped.error, found: 'something else' })
  const rollCall = shaped.value
  const wrong = orderFault(rollCall) ?? votesFault(rollCall, key) ?? closingFault(rollCall)
  return wrong === null ? ok(rollCall) : fail(wrong)
}

/** Seats, and lines, each in order and none of them twice. */
function orderFault({ seats, votes }: RollCall): RollCallFault | null {
  const lists = [
    ['seats', seats],
    ['votes', votes.map(({ seat }) => seat)],
  ] as const
  for (const [name, listed] of lists)
    for (const [i, seat] of listed.entries()) {
      const before = listed[i - 1]
      if (before !== undefined && bySeat(before, seat) >= 0)
        return {
          path: `/${name}/${String(i)}`,
          expected: `a seat after ${rollCallSeatKey(before)}`,
          found: rollCallSeatKey(seat),
        }
    }
  return null
}

function votesFault(rollCall: RollCall, key: VerifierKey): RollCallFault | null {
  const { seats, votes, openedAt, closedAt } = rollCall
  const called = new Set(seats.map(rollCallSeatKey))
  const members = new Set<string>()
  for (const [i, vote] of votes.entries()) {
    const path = `/votes/${String(i)}`
    const seat = rollCallSeatKey(vote.seat)
    if (!called.has(seat)) return { path: `${path}/seat`, expected: 'a seat that was called', found: seat }
    if (members.has(vote.member)) return { path: `${path}/member`, expected: 'a member who has not voted', found: vote.member }
    members.add(vote.member)
    if (vote.at < openedAt || vote.at > closedAt)
      return { path: `${path}/at`, expected: `from ${String(openedAt)} to ${String(closedAt)}`, found: String(vote.at) }
    const signature = fromBase64(vote.signature)
    if (signature.kind === 'fail' || checkSignature(key, signedText(rollCall, vote), signature.value) === null)
      return { path: `${path}/signature`, expected: `a signature of ${key.name} over this line`, found: 'another text or key' }
  }
  return null
}

function closingFault({ seats, votes, openedAt, closedAt, closed }: RollCall): RollCallFault | null {
  if (closedAt < openedAt) return { path: '/closedAt', expected: `${String(openedAt)} or later`, found: String(closedAt) }
  const why = votes.length === seats.length ? 'all' : 'chair'
  return closed === why ? null : { path: '/closed', expected: why, found: closed }
}
