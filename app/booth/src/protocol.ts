import { fail, ok, type Result } from '@quorate/kernel'
import { type Fields, readFields } from './fields.ts'

/** Where an election stands, by the server's clock; the device's own clock is never asked. */
export type ElectionState = 'not-open' | 'open' | 'closed' | 'counted'

/** A member on this roll, as the server knows them once the link or a session has said who they are. */
export type Voter = {
  readonly name: string
  /** Fingerprint of the member's line of the roll. */
  readonly leaf: string
  /** Fingerprint of this member's last ballot in the box, or null. */
  readonly previous: string | null
  readonly castCount: number
}

/** The words a motion would change in one clause. */
export type Change = { readonly clause: string; readonly before: string; readonly after: string }

/** What everyone may see of an election. Instants are integer milliseconds UTC. */
export type PublicView = {
  readonly uuid: string
  readonly decision: number
  readonly number: string
  readonly title: string
  readonly movement: string
  readonly state: ElectionState
  readonly opensAt: number
  readonly closesAt: number
  readonly now: number
  readonly zone: string
  /** Exact text of the election; everything the member chooses between is read from here and nowhere else. */
  readonly election: string
  readonly fingerprint: string
  readonly trusteesFingerprint: string | null
  readonly group: string
  readonly rollSize: number
  readonly castCount: number
  readonly singleOperator: boolean
  readonly clauses: { readonly ballot: string; readonly roll: string }
  readonly returningOfficer: string
  readonly help: { readonly missing: string; readonly post: string }
  readonly recordSize: number
  /** The Ed25519 key that signs receipts, 64 hex digits. */
  readonly receiptKey: string
  readonly change: Change | null
  /** Places on the paper of those who have left the list since it was made. */
  readonly left: readonly number[]
  readonly voter: Voter | null
}

/** The server's promise that a ballot stands on the record at an entry. */
export type Receipt = {
  readonly uuid: string
  readonly fingerprint: string
  readonly code: string
  readonly digest: string
  readonly tracker: string
  readonly index: number
  readonly ballotNumber: number
  readonly at: number
  readonly checkpoint: string
  readonly signature: string
  readonly closesAt: number
  readonly replaced: boolean
}

/** Where a ballot lies in the public box. */
export type BoxPlace = {
  readonly index: number
  readonly ballotNumber: number
  readonly at: number
  readonly tracker: string
  readonly code: string
  readonly current: boolean
  /** The ballot's exact bytes, so that the device compares what lies in the box with what it sent. */
  readonly ballot: string | null
}

/** Closed list of `code` values in problem answers of the endpoints we use. */
export const problemCodes = [
  'no-such-election',
  'not-on-roll',
  'malformed',
  'not-open',
  'closed',
  'not-signed-in',
  'wrong-voter',
  'code-collision',
  'stale-predecessor',
  'already-in-box',
  'too-many',
  'tested-ballot',
  'bad-proof',
  'not-in-box',
  'not-a-trustee',
  'step-done',
  'bad-message',
  'not-closed',
  'too-few',
  'already-opened',
  'already-shuffled',
  'shuffles-ended',
  'not-shuffled',
  'stale',
  'busy',
] as const
/** One of {@link problemCodes}. */
export type ProblemCode = (typeof problemCodes)[number]

/** A refusal as it came over the wire, with the quantities a sentence needs. */
export type Problem = {
  readonly code: ProblemCode
  readonly status: number
  readonly at: number | null
  readonly clause: string | null
  readonly check: string | null
}

const voterOf = (f: Fields): Voter => ({
  name: f.text('name'),
  leaf: f.text('leaf'),
  previous: f.textOrNull('previous'),
  castCount: f.integer('castCount'),
})

/** Reads the public view of an election. */
export const parseView = (value: unknown): Result<PublicView, string> =>
  readFields(value, (f) => ({
    uuid: f.text('uuid'),
    decision: f.integer('decision'),
    number: f.text('number'),
    title: f.text('title'),
    movement: f.text('movement'),
    state: stateOf(f.text('state')),
    opensAt: f.integer('opensAt'),
    closesAt: f.integer('closesAt'),
    now: f.integer('now'),
    zone: f.text('zone'),
    election: f.text('election'),
    fingerprint: f.text('fingerprint'),
    trusteesFingerprint: f.textOrNull('trusteesFingerprint'),
    group: f.text('group'),
    rollSize: f.integer('rollSize'),
    castCount: f.integer('castCount'),
    singleOperator: f.flag('singleOperator'),
    clauses: f.object('clauses', (c) => ({ ballot: c.text('ballot'), roll: c.text('roll') })),
    returningOfficer: f.object('returningOfficer', (o) => o.text('name')),
    help: f.object('help', (h) => ({ missing: h.text('missing'), post: h.text('post') })),
    recordSize: f.integer('recordSize'),
    receiptKey: f.text('receiptKey'),
    change: f.objectOrNull('change', (c) => ({ clause: c.text('clause'), before: c.text('before'), after: c.text('after') })),
    left: f.has('left') ? f.integers('left') : [],
    voter: f.objectOrNull('voter', voterOf),
  }))

// A state we do not know is treated as closed: the booth then offers nothing it might have to take back.
const stateOf = (text: string): ElectionState => (text === 'not-open' || text === 'open' || text === 'counted' ? text : 'closed')

/** Reads the answer to `identify`. */
export const parseIdentified = (value: unknown): Result<Voter, string> => readFields(value, (f) => f.object('voter', voterOf))

/** Reads a receipt. */
export const parseReceipt = (value: unknown): Result<Receipt, string> =>
  readFields(value, (f) => ({
    uuid: f.text('uuid'),
    fingerprint: f.text('fingerprint'),
    code: f.text('code'),
    digest: f.text('digest'),
    tracker: f.text('tracker'),
    index: f.integer('index'),
    ballotNumber: f.integer('ballotNumber'),
    at: f.integer('at'),
    checkpoint: f.text('checkpoint'),
    signature: f.text('signature'),
    closesAt: f.integer('closesAt'),
    replaced: f.flag('replaced'),
  }))

/** Reads what the box says to a ballot opened in an honesty test: the digest it refuses from now on. */
export const parseNoted = (value: unknown): Result<string, string> => readFields(value, (f) => f.text('digest'))

/** Reads where a ballot lies in the box. */
export const parsePlace = (value: unknown): Result<BoxPlace, string> =>
  readFields(value, (f) => ({
    index: f.integer('index'),
    ballotNumber: f.integer('ballotNumber'),
    at: f.integer('at'),
    tracker: f.text('tracker'),
    code: f.text('code'),
    current: f.flag('current'),
    ballot: f.textOrNull('ballot'),
  }))

/** Reads a problem answer (RFC 9457); an unknown code fails, so that the caller treats it as no answer at all. */
export function parseProblem(status: number, value: unknown): Result<Problem, string> {
  const read = readFields(value, (f) => ({
    code: f.text('code'),
    at: f.has('closedAt') ? f.integer('closedAt') : f.has('opensAt') ? f.integer('opensAt') : null,
    clause: f.textOrNull('clause'),
    check: f.textOrNull('check'),
  }))
  if (read.kind === 'fail') return read
  const code = problemCodes.find((c) => c === read.value.code)
  return code === undefined ? fail('code') : ok({ ...read.value, code, status })
}
