import { assert } from '@quorate/kernel'
import { beforeAll, describe, expect, it } from 'vitest'

import { castBy, type Demo, demoElection, good, ranked, wholeElection, yesNo } from '../testing/demo-election.ts'
import { torsionPoints, withTorsion } from '../testing/torsion.ts'
import { type BallotMessage, lockBallot, signBallot } from './voting/ballot.ts'
import { type CheckedBallot } from './voting/ballot-check.ts'
import { openTally, type PartialDecryptionMessage } from './opening/decryption.ts'
import type { ElectionEvent, ElectionEventType } from './archive/events.ts'
import { sha256Base64 } from './hash.ts'
import { shufflePapers } from './shuffle/shuffle.ts'
import type { ShuffleMessage } from './shuffle/shuffle-proof.ts'
import { encryptedTally, listCiphertexts } from './opening/tally.ts'
import type { TrusteesMessage } from './trustees/trustees-format.ts'
import { type ElectionVerification, startVerification, type VerifiedElection } from './archive/verify.ts'

/*
 * Every record of an election, changed in one place, is refused with the reason that names the change. One verification walks the election;
 * before each event it is asked what it would say to the event's mutations.
 */

type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T
type Of<T extends ElectionEventType> = Extract<ElectionEvent, { type: T }>
type World = {
  readonly demo: Demo
  readonly events: readonly ElectionEvent[]
  readonly cast: readonly CheckedBallot[]
  readonly stands: VerifiedElection | undefined
}
/** Name; what to put in the event's place; what must be said of it (its fault, in part). */
type Mutation = readonly [string, (world: World, event: ElectionEvent) => ElectionEvent, unknown]

const q = 2n ** 252n + 27742317777372353535851937790883648493n
const p = 2n ** 255n - 19n

function at<T>(items: readonly T[] | undefined, i: number): T {
  const item = items?.[i]
  assert(item !== undefined, 'there is such an item')
  return item
}
const plus = (text: string, n: bigint): string => String((BigInt(text) + n + q) % q)
const swap = (items: unknown[], i: number, j: number): void => {
  ;[items[i], items[j]] = [items[j], items[i]]
}
const identity = '0'.repeat(63) + '1'

/** A change of an event's text, parsed and written again. */
const json =
  <M>(field: string, change: (message: Mutable<M>, world: World) => unknown) =>
  (world: World, event: ElectionEvent): ElectionEvent => {
    const message = JSON.parse((event as unknown as Readonly<Record<string, string>>)[field] ?? '') as Mutable<M>
    change(message, world)
    return { ...event, [field]: JSON.stringify(message) }
  }
const text =
  (field: string, change: (text: string, world: World) => string) =>
  (world: World, event: ElectionEvent): ElectionEvent => ({
    ...event,
    [field]: change((event as unknown as Readonly<Record<string, string>>)[field] ?? '', world),
  })
const put =
  (fields: object) =>
  (_: World, event: ElectionEvent): ElectionEvent => ({ ...event, ...fields })
const instead =
  (i: number) =>
  ({ events }: World): ElectionEvent =>
    at(events, i)
const bare = (_: World, event: ElectionEvent): ElectionEvent =>
  Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'companion')) as unknown as ElectionEvent

const notCanonical = { kind: 'malformed', fault: 'not canonical' }
const misshapen = { kind: 'malformed', fault: 'not of this shape' }

/** What of an election the table changes. */
type ElectionDraft = { version: number; public_key: string; questions: unknown[] }

const setup: readonly Mutation[] = [
  [
    'a blank in the election',
    text('election', (t) => t.replace('"name":', '"name": ')),
    { kind: 'election', fault: notCanonical },
  ],
  [
    'no version',
    json<ElectionDraft>('election', (m) => Reflect.deleteProperty(m, 'version')),
    { kind: 'election', fault: misshapen },
  ],
  [
    'the election’s first two fields exchanged',
    text('election', (t) => t.replace(/^\{("version":1),("description":"(?:[^"\\]|\\.)*"),/, '{$2,$1,')),
    { kind: 'election', fault: notCanonical },
  ],
  ['another version', json<ElectionDraft>('election', (m) => (m.version = 2)), { kind: 'election', fault: misshapen }],
  [
    'another election key',
    json<ElectionDraft>('election', (m, { demo }) => (m.public_key = at([...demo.roll.entries.keys()], 0))),
    { kind: 'key is not the trustees’' },
  ],
  [
    'the identity for a key',
    json<ElectionDraft>('election', (m) => (m.public_key = identity)),
    { kind: 'election', fault: { kind: 'public key', fault: 'identity' } },
  ],
  [
    'a torsion point for a key',
    json<ElectionDraft>('election', (m) => (m.public_key = at(torsionPoints, 0))),
    { kind: 'election', fault: { kind: 'public key', fault: 'not in the group' } },
  ],
  [
    'the key in capitals',
    json<ElectionDraft>('election', (m) => (m.public_key = m.public_key.toUpperCase())),
    { kind: 'election', fault: misshapen },
  ],
  [
    'a rule of papers that nobody knows',
    json<ElectionDraft>('election', (m) => ((m.questions[1] as { extra: unknown }).extra = { method: 'Borda' })),
    { kind: 'no rule for the papers', question: 1 },
  ],
  [
    'trustees in another order',
    json<TrusteesMessage>('trustees', (m) => (m[0]?.[0] === 'Pedersen' ? m[0][1].certs.reverse() : m)),
    { kind: 'trustees', fault: { kind: 'certificate context' } },
  ],
  [
    'a trustee’s proof of knowledge',
    json<TrusteesMessage>('trustees', (m) => {
      if (m[0]?.[0] === 'Pedersen') at(m[0][1].verification_keys, 1).pok.response = '7'
    }),
    { kind: 'trustees', fault: { kind: 'proof of knowledge', trustee: 1 } },
  ],
  [
    'a trustee’s verification key',
    json<TrusteesMessage>('trustees', (m) => {
      if (m[0]?.[0] === 'Pedersen') at(m[0][1].verification_keys, 0).public_key = at(m[0][1].verification_keys, 1).public_key
    }),
    { kind: 'trustees', fault: { kind: 'verification key', trustee: 0 } },
  ],
  ['a roll not sorted', json<string[]>('credentials', (m) => m.reverse()), { kind: 'roll', fault: { kind: 'not sorted' } }],
  [
    'a key twice on the roll',
    json<string[]>('credentials', (m) => (m[1] = at(m, 0))),
    { kind: 'roll', fault: { kind: 'duplicate key', line: 2 } },
  ],
  [
    'a torsion key on the roll',
    json<string[]>('credentials', (m) => (m[0] = withTorsion(at(m, 0)))),
    { kind: 'roll', fault: { kind: 'not a key', line: 1, fault: 'not in the group' } },
  ],
  [
    'weights where papers are opened',
    json<string[]>('credentials', (m) => (m[0] = `${at(m, 0)},2`)),
    { kind: 'weights with a list question' },
  ],
  ['a bind list without one key', json<unknown[]>('companion', (m) => m.pop()), { kind: 'bind list' }],
  ['no bind list', bare, { kind: 'companion missing' }],
]

type Answers = Mutable<{
  readonly choices: { alpha: string; beta: string }[]
  readonly individual_proofs: { challenge: string; response: string }[][]
  readonly overall_proof: { challenge: string; response: string }[]
}>
type ListAnswer = { choices: { alpha: string; beta: string }; proof: { challenge: string; response: string } }
const places = (m: Mutable<BallotMessage>): Answers => m.answers[0] as unknown as Answers
const paper = (m: Mutable<BallotMessage>): ListAnswer => m.answers[1] as unknown as ListAnswer

/** The ballot changed and signed again by a voter of the roll, as a cheating voter would. */
const signed =
  (change: (m: Mutable<BallotMessage>, world: World) => unknown, who = 1) =>
  (world: World, event: ElectionEvent): ElectionEvent => {
    const { signature: _, ...message } = JSON.parse((event as Of<'Ballot'>).ballot) as Mutable<BallotMessage>
    change(message as Mutable<BallotMessage>, world)
    const unsigned = { message, digest: sha256Base64(JSON.stringify(message)) }
    return { ...event, ballot: signBallot(world.demo.election, unsigned, at(world.demo.voters, who)).text } as ElectionEvent
  }
const inBallot = (fault: object) => ({ kind: 'ballot', ballot: 1, fault })
const element = (part: string, fault: string, question = 0) => inBallot({ kind: 'element', question, place: 0, part, fault })

const ballot: readonly Mutation[] = [
  ['a blank in a ballot', text('ballot', (t) => `${t} `), inBallot(notCanonical)],
  ['a field twice', text('ballot', (t) => t.replace('{', '{"election_uuid":"x",')), inBallot(notCanonical)],
  [
    'another uuid',
    signed((m) => (m.election_uuid = 'QuorateTest4243')),
    inBallot({ kind: 'another election', field: 'election_uuid' }),
  ],
  [
    'another φ',
    signed((m) => (m.election_hash = sha256Base64('x'))),
    inBallot({ kind: 'another election', field: 'election_hash' }),
  ],
  [
    'a key that is not on the roll',
    signed((m) => (m.credential = withTorsion(m.credential))),
    inBallot({ kind: 'not on the roll' }),
  ],
  ['signed by another voter', signed(() => undefined, 2), inBallot({ kind: 'signature' })],
  [
    'another voter’s key, signed by that voter',
    signed((m, { cast }) => (m.credential = at(cast, 0).credential), 0),
    inBallot({ kind: 'individual proof', question: 0, place: 0 }),
  ],
  [
    'a response of the signature + 1',
    json<BallotMessage>('ballot', (m) => (m.signature.proof.response = plus(m.signature.proof.response, 1n))),
    inBallot({ kind: 'signature' }),
  ],
  [
    'a response of the signature + q',
    json<BallotMessage>('ballot', (m) => (m.signature.proof.response = String(BigInt(m.signature.proof.response) + q))),
    inBallot({ kind: 'signature not below q' }),
  ],
  [
    'the hash that is signed',
    json<BallotMessage>('ballot', (m) => (m.signature.hash = sha256Base64('x'))),
    inBallot({ kind: 'signature hash' }),
  ],
  [
    'a challenge with a leading zero',
    signed((m) => (at(places(m).overall_proof, 0).challenge = '0' + at(places(m).overall_proof, 0).challenge)),
    inBallot(misshapen),
  ],
  [
    'a challenge + q',
    signed((m) => (paper(m).proof.challenge = String(BigInt(paper(m).proof.challenge) + q))),
    inBallot({ kind: 'scalar not below q', question: 1 }),
  ],
  [
    'an individual proof’s response − 1',
    signed(
      (m) => (at(at(places(m).individual_proofs, 1), 0).response = plus(at(at(places(m).individual_proofs, 1), 0).response, -1n)),
    ),
    inBallot({ kind: 'individual proof', question: 0, place: 1 }),
  ],
  [
    'an overall proof’s response + 1',
    signed((m) => (at(places(m).overall_proof, 0).response = plus(at(places(m).overall_proof, 0).response, 1n))),
    inBallot({ kind: 'overall proof', question: 0 }),
  ],
  [
    'an overall proof of another sum',
    signed((m) => places(m).overall_proof.push(at(places(m).overall_proof, 0))),
    inBallot({ kind: 'number of proofs', question: 0 }),
  ],
  [
    'the two choices exchanged',
    signed((m) => places(m).choices.reverse()),
    inBallot({ kind: 'individual proof', question: 0, place: 0 }),
  ],
  ['the answers exchanged', signed((m) => m.answers.reverse()), inBallot({ kind: 'kind of answer', question: 0 })],
  ['an answer dropped', signed((m) => m.answers.pop()), inBallot({ kind: 'number of answers' })],
  [
    'α plus torsion',
    signed((m) => (at(places(m).choices, 0).alpha = withTorsion(at(places(m).choices, 0).alpha))),
    element('alpha', 'not in the group'),
  ],
  [
    'β plus torsion, in a paper',
    signed((m) => (paper(m).choices.beta = withTorsion(paper(m).choices.beta, 4n))),
    element('beta', 'not in the group', 1),
  ],
  ['α with y at p', signed((m) => (at(places(m).choices, 0).alpha = p.toString(16))), element('alpha', 'not canonical')],
  [
    'α with a sign at x = 0',
    signed((m) => (at(places(m).choices, 0).alpha = `8${'0'.repeat(62)}1`)),
    element('alpha', 'not canonical'),
  ],
  ['α the identity', signed((m) => (paper(m).choices.alpha = identity)), element('alpha', 'identity', 1)],
  [
    'a torsion point alone for β',
    signed((m) => (at(places(m).choices, 0).beta = at(torsionPoints, 3))),
    element('beta', 'not in the group'),
  ],
  [
    'one α in two places',
    signed((m) => (paper(m).choices.alpha = at(places(m).choices, 0).alpha)),
    inBallot({ kind: 'repeated alpha', question: 1, place: 0 }),
  ],
  [
    'another voter’s paper copied',
    signed((m, { cast }) => (m.answers[1] = (JSON.parse(at(cast, 0).text) as Mutable<BallotMessage>).answers[1] as never)),
    inBallot({ kind: 'list proof', question: 1 }),
  ],
  [
    'a paper re-randomised',
    signed((m, { demo }) => {
      const { engine, key } = demo.election
      const renewed = (value: string, by: typeof key) => engine.encode(engine.add(good(engine.decode(value)), by))
      paper(m).choices.alpha = renewed(paper(m).choices.alpha, engine.multiply(engine.generator, 5n))
      paper(m).choices.beta = renewed(paper(m).choices.beta, engine.multiply(key, 5n))
    }),
    inBallot({ kind: 'list proof', question: 1 }),
  ],
  ['a ballot twice', instead(1), inBallot({ kind: 'ballot twice' })],
  ['no cast statement', bare, { kind: 'companion missing' }],
  [
    'another ballot’s cast statement',
    ({ events }, event) => ({ ...event, companion: (at(events, 1) as Of<'Ballot'>).companion }) as ElectionEvent,
    { kind: 'cast statement', ballot: 1, fault: { kind: 'proof fails' } },
  ],
  ['a tally while the box is open', instead(6), { kind: 'out of order', after: 'Ballot', found: 'EncryptedTally' }],
]

const fold = { kind: 'tally is not the fold of the counted ballots' }
const tallied =
  (pick: (cast: readonly CheckedBallot[]) => readonly CheckedBallot[]) =>
  ({ demo, cast }: World): ElectionEvent => {
    const tally = encryptedTally(demo.election, pick(cast))
    return { type: 'EncryptedTally', tally: tally.text, ballots: 3, weight: 3 }
  }
const tally: readonly Mutation[] = [
  ['a ballot dropped from the tally', tallied((cast) => cast.slice(2)), fold],
  ['a replaced ballot counted', tallied((cast) => cast.slice(0, 3)), fold],
  ['a ballot counted twice', tallied((cast) => [...cast.slice(1), at(cast, 1)]), fold],
  [
    'papers of the tally exchanged',
    json<unknown[][]>('tally', (m) => {
      swap(at(m, 1), 0, 1)
    }),
    fold,
  ],
  ['the tally re-encrypted', json<{ alpha: string }[][]>('tally', (m) => (at(at(m, 0), 0).alpha = at(at(m, 0), 1).alpha)), fold],
  ['a blank in the tally', text('tally', (t) => `${t} `), fold],
  ['one more ballot than counted', put({ ballots: 4 }), { kind: 'tally numbers', ballots: 3, weight: 3 }],
  ['more weight than counted', put({ weight: 4 }), { kind: 'tally numbers', ballots: 3, weight: 3 }],
  ['opened at once', instead(10), { kind: 'out of order', after: 'EndBallots', found: 'PartialDecryption' }],
]

const shuffleFault = (fault: object, owner = 2) => ({ kind: 'shuffle', owner, fault })
const equation = (name: string, place = 0) => shuffleFault({ kind: 'shuffle proof', question: 0, equation: name, place })
const proofOf = (m: Mutable<ShuffleMessage>) => at(m.proofs, 0)
const inShuffle = (change: (m: Mutable<ShuffleMessage>, world: World) => unknown) => json<ShuffleMessage>('shuffle', change)
const strange = (part: string, fault: string, place = 0) => shuffleFault({ kind: 'element', question: 0, part, place, fault })
/** The mixer who exchanges a paper for one of their own and proves the rest. */
const cheating = ({ demo, stands }: World, event: ElectionEvent): ElectionEvent => {
  const { election } = demo
  const [row = []] = listCiphertexts(election, stands?.shuffled?.ciphertexts ?? [])
  const own = { alpha: election.engine.generator, beta: election.key }
  const { text: shuffle } = shufflePapers(election, [[own, ...row.slice(1)]], (n) => new Uint8Array(n).fill(7))
  return { ...event, shuffle } as ElectionEvent
}
const shuffle: readonly Mutation[] = [
  ['a blank in a shuffle', text('shuffle', (t) => `${t} `), shuffleFault(notCanonical)],
  ['a shuffle by nobody', put({ owner: 0 }), { kind: 'no such trustee', owner: 0 }],
  ['a shuffle by a fourth of three', put({ owner: 4 }), { kind: 'no such trustee', owner: 4 }],
  ['a paper dropped', inShuffle((m) => at(m.ciphertexts, 0).pop()), shuffleFault({ kind: 'number of papers', question: 0 })],
  ['a question dropped', inShuffle((m) => m.ciphertexts.pop()), shuffleFault({ kind: 'number of questions' })],
  [
    'a paper in place of another',
    inShuffle((m) => (at(m.ciphertexts, 0)[1] = at(at(m.ciphertexts, 0), 0))),
    shuffleFault({ kind: 'not re-encrypted', question: 0, place: 1 }),
  ],
  [
    'two shuffled papers exchanged',
    inShuffle((m) => {
      swap(at(m.ciphertexts, 0), 0, 1)
    }),
    shuffleFault({ kind: 'shuffle proof' }),
  ],
  ['a paper replaced and all proven anew', cheating, shuffleFault({ kind: 'shuffle proof' })],
  [
    'the papers as they came',
    inShuffle(
      (m, { events }) =>
        (at(m.ciphertexts, 0)[0] = at(
          at((JSON.parse((at(events, 7) as Of<'Shuffle'>).shuffle) as Mutable<ShuffleMessage>).ciphertexts, 0),
          2,
        )),
    ),
    shuffleFault({ kind: 'not re-encrypted', question: 0, place: 0 }),
  ],
  ['the first shuffle once more', instead(7), shuffleFault({ kind: 'not re-encrypted' }, 1)],
  [
    'a commitment to the permutation dropped',
    inShuffle((m) => proofOf(m)[2].pop()),
    shuffleFault({ kind: 'number of proofs', question: 0 }),
  ],
  [
    'two commitments exchanged',
    inShuffle((m) => {
      swap(proofOf(m)[2], 0, 1)
    }),
    shuffleFault({ kind: 'shuffle proof' }),
  ],
  [
    'two links of the chain exchanged',
    inShuffle((m) => {
      swap(proofOf(m)[3], 0, 1)
    }),
    shuffleFault({ kind: 'shuffle proof' }),
  ],
  ['s1 + 1', inShuffle((m) => (proofOf(m)[1][0] = plus(proofOf(m)[1][0], 1n))), equation('t1')],
  ['s2 + 1', inShuffle((m) => (proofOf(m)[1][1] = plus(proofOf(m)[1][1], 1n))), equation('t2')],
  ['s3 − 1', inShuffle((m) => (proofOf(m)[1][2] = plus(proofOf(m)[1][2], -1n))), equation('t3')],
  ['s4 + 1', inShuffle((m) => (proofOf(m)[1][3] = plus(proofOf(m)[1][3], 1n))), equation('t4,1')],
  ['ŝ of one link + 1', inShuffle((m) => (proofOf(m)[1][4][2] = plus(at(proofOf(m)[1][4], 2), 1n))), equation('chain', 2)],
  ['s′ of one paper + 1', inShuffle((m) => (proofOf(m)[1][5][1] = plus(at(proofOf(m)[1][5], 1), 1n))), equation('t3')],
  [
    's1 + q',
    inShuffle((m) => (proofOf(m)[1][0] = String(BigInt(proofOf(m)[1][0]) + q))),
    shuffleFault({ kind: 'scalar not below q', question: 0 }),
  ],
  [
    'α′ plus torsion',
    inShuffle((m) => (at(at(m.ciphertexts, 0), 1).alpha = withTorsion(at(at(m.ciphertexts, 0), 1).alpha))),
    strange('alpha', 'not in the group', 1),
  ],
  [
    'c plus torsion',
    inShuffle((m) => (proofOf(m)[2][0] = withTorsion(at(proofOf(m)[2], 0)))),
    strange('permutation', 'not in the group'),
  ],
  [
    'ĉ plus torsion',
    inShuffle((m) => (proofOf(m)[3][1] = withTorsion(at(proofOf(m)[3], 1)))),
    strange('chain', 'not in the group', 1),
  ],
  [
    't̂ plus torsion',
    inShuffle((m) => (proofOf(m)[0][4][2] = withTorsion(at(proofOf(m)[0][4], 2)))),
    strange('step', 'not in the group', 2),
  ],
  ['t2 the identity', inShuffle((m) => (proofOf(m)[0][1] = identity)), strange('commitment', 'identity', 1)],
  ['opened before the shuffles end', instead(10), { kind: 'out of order', after: 'Shuffle', found: 'PartialDecryption' }],
  ['ended after one shuffle', instead(9), { kind: 'too few shuffles', found: 1, needed: 2 }],
]

const opening = (fault: object) => ({ kind: 'opening', owner: 1, fault })
const inOpening = (change: (m: Mutable<PartialDecryptionMessage>, world: World) => unknown) =>
  json<PartialDecryptionMessage>('opening', change)
const openings: readonly Mutation[] = [
  [
    'a factor replaced',
    inOpening((m) => (at(m.decryption_factors, 1)[0] = at(at(m.decryption_factors, 1), 1))),
    opening({ kind: 'proof', question: 1, place: 0 }),
  ],
  [
    'a factor plus torsion',
    inOpening((m) => (at(m.decryption_factors, 0)[1] = withTorsion(at(at(m.decryption_factors, 0), 1)))),
    opening({ kind: 'factor', question: 0, place: 1, fault: 'not in the group' }),
  ],
  [
    'a response + 1',
    inOpening((m) => (at(at(m.decryption_proofs, 1), 2).response = plus(at(at(m.decryption_proofs, 1), 2).response, 1n))),
    opening({ kind: 'proof', question: 1, place: 2 }),
  ],
  ['a paper not opened', inOpening((m) => at(m.decryption_factors, 1).pop()), opening({ kind: 'not of the shape of the tally' })],
  ['an opening under another name', put({ owner: 2 }), { kind: 'opening', owner: 2, fault: { kind: 'proof' } }],
  [
    'the papers of before the shuffles opened',
    ({ demo, stands }, event) => {
      assert(stands?.tally !== undefined, 'there is a tally')
      return { ...event, opening: openTally(demo.election, stands.tally, at(demo.secrets, 0)) } as ElectionEvent
    },
    opening({ kind: 'proof', question: 1, place: 0 }),
  ],
  ['no proof of what was opened', bare, { kind: 'companion missing' }],
  [
    'another opening’s proof',
    ({ events }, event) => ({ ...event, companion: (at(events, 11) as Of<'PartialDecryption'>).companion }) as ElectionEvent,
    { kind: 'opening companion', owner: 1 },
  ],
]

const wrong = (question: number, place: number) => ({ kind: 'result', fault: { kind: 'wrong result', question, place } })
type Published = { result: [number[], number[][]] }
const result: readonly Mutation[] = [
  ['a vote more', json<Published>('result', (m) => (m.result[0][0] = (m.result[0][0] ?? 0) + 1)), wrong(0, 0)],
  ['a vote less', json<Published>('result', (m) => (m.result[0][1] = (m.result[0][1] ?? 0) - 1)), wrong(0, 1)],
  ['a rank changed', json<Published>('result', (m) => (at(m.result[1], 2)[0] = 9)), wrong(1, 2)],
  [
    'papers in another order',
    json<Published>('result', (m) => {
      swap(m.result[1], 0, 1)
    }),
    wrong(1, 0),
  ],
  [
    'a paper dropped',
    json<Published>('result', (m) => m.result[1].pop()),
    { kind: 'result', fault: { kind: 'not of the shape of the tally' } },
  ],
  ['a good paper called spoiled', put({ companion: '{"spoiled":[[1]]}' }), { kind: 'spoiled papers', expected: [[]] }],
  ['no word of spoiled papers', bare, { kind: 'companion missing' }],
  ['an opening after the result is due', instead(10), { kind: 'second opening of one trustee', owner: 1 }],
]

/** Before which event, by height, each table is asked. Events: set-up, 4 ballots, end, tally, 2 shuffles, end, 2 openings, result. */
const tables: readonly (readonly [string, number, readonly Mutation[]])[] = [
  ['set-up', 0, setup],
  ['ballot', 2, ballot],
  ['tally', 6, tally],
  ['shuffle', 8, shuffle],
  ['opening', 10, openings],
  ['result', 12, result],
]

describe('every mutation of an election is refused with its own reason', () => {
  let demo: Demo
  let events: readonly ElectionEvent[]
  let cast: readonly CheckedBallot[]
  let verification: ElectionVerification
  let stands: VerifiedElection | undefined
  beforeAll(() => {
    demo = demoElection({ group: 'Ed25519', questions: [yesNo, ranked], voters: 3, holders: { size: 3, threshold: 2 } })
    cast = [
      castBy(demo, 0, [
        [1, 0],
        [1, 2, 3, 4],
      ]),
      castBy(demo, 1, [
        [0, 1],
        [2, 1, 0, 0],
      ]),
      castBy(demo, 2, [
        [1, 0],
        [0, 0, 1, 0],
      ]),
      castBy(
        demo,
        0,
        [
          [1, 0],
          [4, 3, 2, 1],
        ],
        'again',
      ),
    ]
    events = wholeElection(demo, cast, cast.slice(1), [1, 3]).events
    verification = startVerification()
  })

  describe.each(tables)('%s', (_, height, mutations) => {
    beforeAll(() => {
      const done = stands === undefined ? 0 : events.findIndex((event) => event === last) + 1
      for (const event of events.slice(done, height)) {
        stands = good(verification.next(event))
        last = event
      }
    })
    it.each(mutations)('%s', (_name, mutate, fault) => {
      const event = at(events, height)
      const mutated = mutate({ demo, events, cast, stands }, event)
      expect(JSON.stringify(mutated)).not.toBe(JSON.stringify(event))
      expect(verification.faultOf(mutated)).toMatchObject({ event: height, fault })
    })
    it('and the event itself is accepted after all of them', () => {
      expect(verification.faultOf(at(events, height))).toBeUndefined()
    })
  })
  let last: ElectionEvent | undefined

  it('and the whole ends in a result', () => {
    expect(good(verification.next(at(events, 12))).result?.result[0]).toEqual([2, 1])
  })

  it('they are more than a hundred', () => {
    const names = tables.flatMap(([, , mutations]) => mutations.map(([name]) => name))
    expect(names.length).toBeGreaterThan(100)
    expect(new Set(tables.flatMap(([where, , mutations]) => mutations.map(([name]) => `${where}: ${name}`))).size).toBe(
      names.length,
    )
  })

  it('a ballot of an unlisted key cannot even be made for another voter’s place', () => {
    const stranger = good(
      lockBallot(
        demo.election,
        [
          [1, 0],
          [1, 0, 0, 0],
        ],
        5n,
        (n) => new Uint8Array(n).fill(3),
      ),
    )
    const fault = startVerification()
    good(fault.next(at(events, 0)))
    expect(fault.faultOf({ type: 'Ballot', ballot: stranger.text })).toMatchObject({
      fault: { fault: { kind: 'not on the roll' } },
    })
  })
})
