import { actShape, eventShape, factShape, refusalShape } from './decision-shapes.ts'
import { at, count, ordinal } from './numbers.ts'
import {
  boolean,
  constant,
  either,
  integer,
  list,
  nullable,
  object,
  text,
  token,
  variant,
  word,
  type Shape,
  type ValueOf,
} from './shape.ts'

const fingerprint = token('fingerprint')
const facts = list(factShape, 0, 100)
const events = list(eventShape, 0, 1000)

const element = token('element')
const number = token('number')
const digest = token('digest')
const proof = object({ challenge: number, response: number })
const ciphertext = object({ alpha: element, beta: element })
const signature = object({ hash: digest, proof })
const homomorphic = {
  choices: list(ciphertext, 1, 200),
  individual_proofs: list(list(proof, 2, 2), 1, 200),
  overall_proof: list(proof, 1, 200),
}
const answer = either(
  object(homomorphic),
  object({ ...homomorphic, blank_proof: list(proof, 2, 2) }),
  object({ choices: ciphertext, proof }),
)

/** A Belenios ballot, version 1. Field order and group membership are the ballot checks' business; here it is only told from prose. */
const ballotText = text(
  object({ election_uuid: token('uuid'), election_hash: digest, credential: element, answers: list(answer, 1, 50), signature }),
)
/** The cast statement beside a ballot: tracker of the ballot it replaces (43 × A: none), and the proof that the credential's holder says so. */
const castStatement = object({ previous: digest, proof })
const tallyText = text(list(either(list(ciphertext, 1, 200), list(list(ciphertext, 1, 200), 1)), 1, 50))
const decryptionText = text(
  object({
    decryption_factors: list(list(element, 1), 1, 50),
    decryption_proofs: list(list(proof, 1), 1, 50),
  }),
)
const resultText = text(object({ result: list(list(either(integer(), list(integer(), 1, 200)), 0), 1, 50) }))

/**
 * What grows with the papers of a list question, such as its tally, stands beside the record as a document and is cited: an entry has at
 * most 65,535 bytes, some 110 shuffled papers.
 */
const orDocument = <T>(shape: Shape<T>): Shape<T | string> => either(shape, fingerprint)

/**
 * The body of every entry type. Adding a field means adding it here: `docs/spec/schema/` is printed from this table and a test compares.
 */
export const bodies = {
  opened: object({
    format: word('quorate/record/v1'),
    origin: token('origin'),
    movement: token('id'),
    software: token('version'),
    demonstration: boolean,
    singleOperator: boolean,
  }),
  edition: object({ edition: ordinal, text: fingerprint, words: fingerprint }),
  role: object({ office: token('id'), holder: fingerprint, change: word('granted', 'ended'), effectAt: at }),
  act: object({ act: actShape, facts, deemed: events, events }),
  refusal: object({ refusal: refusalShape, facts, count: ordinal }),
  delivery: object({
    mailing: word('notice', 'voting-codes', 'result'),
    served: count,
    failed: count,
    channels: list(object({ channel: word('email', 'post', 'text'), served: count, failed: count }), 1, 10),
    list: fingerprint,
  }),
  roll: object({ electorate: token('electorate'), size: count, root: fingerprint, leaves: fingerprint }),
  ceremony: object({
    step: word('certificate', 'polynomial', 'verification-key', 'rehearsal', 'acceptance'),
    trustee: integer(1, 100),
    message: fingerprint,
  }),
  setup: object({
    election: fingerprint,
    trustees: fingerprint,
    credentials: fingerprint,
    bind: fingerprint,
    booth: fingerprint,
    group: word('Ed25519', 'BELENIOS-2048', 'RFC-3526-2048'),
    /** A registrar apart signs the voting keys and the bind list. The bare word `separate`, of older records, is the operator's own. */
    registrar: either(
      word('separate', 'single-operator'),
      object({ key: token('registrar-key'), signature: token('signature') }),
    ),
  }),
  ballot: object({ ballot: ballotText, cast: castStatement, code: token('code') }),
  'box-closed': object({ ballots: count, counted: count, weight: count, tally: orDocument(tallyText) }),
  /** A locked ballot that was opened to test a device: the box refuses its digest ever after. */
  tested: object({ key: element, digest }),
  shuffle: object({ trustee: integer(1, 100), shuffle: fingerprint }),
  opening: object({ trustee: integer(1, 100), decryption: orDocument(decryptionText), proof }),
  /** Of a list question the papers and the list of those that are spoiled are documents. */
  result: either(object({ result: resultText }), object({ result: fingerprint, spoiled: fingerprint })),
  removal: object({
    what: word('content', 'membership'),
    clause: token('citation'),
    by: token('pseudonym'),
    as: token('capacity'),
    ground: token('term'),
    content: fingerprint,
    appealBy: nullable(at),
  }),
  erasure: object({ by: token('pseudonym'), as: token('capacity'), people: ordinal }),
  export: object({
    by: token('pseudonym'),
    as: token('capacity'),
    second: nullable(token('pseudonym')),
    purpose: word('notice', 'roll-check', 'subject-access', 'court-order', 'handover'),
    people: count,
  }),
  contacts: object({ from: at, to: at, changes: ordinal, people: ordinal, mostByOne: count, onFrozenRolls: count }),
  /** A device signs for a seat of a body from here on, or no longer. Whoever has the seat is told nowhere. */
  device: variant(
    'change',
    { body: token('id'), seat: object({ seat: token('seat'), number: ordinal }), key: token('device-key') },
    { registered: { signature: token('signature') }, ended: { signature: nullable(token('signature')) } },
  ),
  'demo-clock': object({ from: at, to: at }),
} as const

/** The body of an entry of this type. */
export type BodyOf<T extends keyof typeof bodies> = ValueOf<(typeof bodies)[T]>

/** The whole entry of one type, head and body. */
export const entryShape = (type: keyof typeof bodies): Shape<unknown> =>
  object({ v: constant(1), type: word(type), at, decision: nullable(ordinal), body: bodies[type] })
