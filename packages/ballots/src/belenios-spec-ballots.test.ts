import { beforeAll, describe, expect, it } from 'vitest'

import { approval, castBy, type Demo, demoElection, good, randomFrom, withBlank, yesNo } from '../testing/demo-election.ts'
import { type BallotFault, checkBallot } from './voting/ballot-check.ts'
import { type BallotMessage, type ChoiceAnswerMessage, lockBallot, prepareBallot, signBallot } from './voting/ballot.ts'
import { openBox } from './archive/box.ts'
import { sha256Base64 } from './hash.ts'
import { checkChoices, type Choice, choiceOf } from './voting/question.ts'
import type { Proof } from './schnorr.ts'

type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T
type Ballot = Mutable<Omit<BallotMessage, 'answers'> & { readonly answers: readonly ChoiceAnswerMessage[] }>

const faultOf = (demo: Demo, text: string): BallotFault | 'accepted' => {
  const r = checkBallot(demo.election, demo.roll, text)
  return r.kind === 'fail' ? r.error : 'accepted'
}
const questions = [yesNo, approval, withBlank]
const choices: readonly Choice[] = [
  [0, 1],
  [1, 0, 1, 0],
  [0, 1, 1, 0],
]

describe.each(['Ed25519', 'BELENIOS-2048'] as const)('ballots of Belenios specification §4.11 to §4.15 in %s', (group) => {
  let demo: Demo
  let text: string
  let q: bigint
  beforeAll(() => {
    demo = demoElection({ group, questions, voters: 3 })
    text = castBy(demo, 0, choices).text
    q = demo.election.engine.q
  })

  /** Changes a ballot and, unless told otherwise, signs it again with the voter's key so that the change itself must be found. */
  const changed = (change: (ballot: Ballot) => void, signer: number | 'nobody' = 0): string => {
    const ballot = JSON.parse(text) as Ballot
    change(ballot)
    if (signer === 'nobody') return JSON.stringify(ballot)
    const { signature, ...message } = ballot
    expect(signature.hash.length).toBe(43)
    return signBallot(demo.election, { message, digest: sha256Base64(JSON.stringify(message)) }, demo.voters[signer] ?? 0n).text
  }
  const at = <T>(items: T[], i: number): T => {
    const item = items[i]
    if (item === undefined) throw new Error('no such item')
    return item
  }
  const answer = (ballot: Ballot, i: number) => at(ballot.answers, i)

  it('verify, and are named by their hashes', () => {
    const { signature, ...unsigned } = JSON.parse(text) as BallotMessage
    const checked = good(checkBallot(demo.election, demo.roll, text))
    expect(checked.tracker).toBe(sha256Base64(text))
    expect(checked.digest).toBe(sha256Base64(JSON.stringify(unsigned)))
    expect(signature.hash).toBe(checked.digest)
    expect(checked.alphas.length).toBe(10)
  })

  it('verify for every lawful choice', () => {
    const lawful: readonly (readonly Choice[])[] = [
      [
        [1, 0],
        [1, 0, 0, 0],
        [1, 0, 0, 0],
      ],
      [
        [0, 1],
        [1, 1, 1, 0],
        [0, 0, 0, 1],
      ],
      [
        [1, 0],
        [0, 1, 0, 1],
        [0, 1, 0, 1],
      ],
    ]
    for (const [i, each] of lawful.entries()) expect(castBy(demo, i, each, 'lawful').weight).toBe(1)
  })

  it('are rebuilt byte for byte from choices, key and seed, and differ with another seed', () => {
    const credential = demo.election.engine.encode(demo.election.engine.multiplyBaseSecret(demo.voters[0] ?? 0n))
    const prepare = (seed: string) => good(prepareBallot(demo.election, choices, credential, randomFrom(seed)))
    const first = prepare('seed')
    expect(prepare('seed')).toEqual(first)
    expect(prepare('another').digest).not.toBe(first.digest)
    expect('signature' in first.message).toBe(false)
  })

  it('draw as much randomness whatever is chosen', () => {
    const drawn = (each: readonly Choice[]): number => {
      let bytes = 0
      const source = randomFrom('amount')
      good(lockBallot(demo.election, each, 7n, (n) => ((bytes += n), source(n))))
      return bytes
    }
    expect(
      drawn([
        [1, 0],
        [1, 0, 0, 0],
        [1, 0, 0, 0],
      ]),
    ).toBe(
      drawn([
        [0, 1],
        [1, 1, 1, 0],
        [0, 1, 1, 0],
      ]),
    )
  })

  it.each<[string, readonly Choice[], string]>([
    [
      'nothing chosen',
      [
        [0, 0],
        [1, 0, 0, 0],
        [1, 0, 0, 0],
      ],
      'too few',
    ],
    [
      'both chosen',
      [
        [1, 1],
        [1, 0, 0, 0],
        [1, 0, 0, 0],
      ],
      'too many',
    ],
    [
      'all four',
      [
        [1, 0],
        [1, 1, 1, 1],
        [1, 0, 0, 0],
      ],
      'too many',
    ],
    [
      'blank and an answer',
      [
        [1, 0],
        [1, 0, 0, 0],
        [1, 1, 0, 0],
      ],
      'blank and answers',
    ],
    [
      'a place short',
      [
        [1, 0],
        [1, 0, 0],
        [1, 0, 0, 0],
      ],
      'number of answers',
    ],
    ['a question short', [[1, 0]], 'number of questions'],
    [
      'a two',
      [
        [2 as 1, 0],
        [1, 0, 0, 0],
        [1, 0, 0, 0],
      ],
      'number of answers',
    ],
  ])('are not made for unlawful choices: %s', (_what, each, kind) => {
    const locked = lockBallot(demo.election, each, 7n, randomFrom('x'))
    expect(locked.kind === 'fail' && locked.error.kind).toBe(kind)
  })

  it('of more than the question allows fail, even from a device that proves what it can', () => {
    // The same election with a laxer question makes ballots whose overall proof is of another interval.
    const over = (i: number, each: readonly Choice[], lax: typeof approval): BallotFault | 'accepted' => {
      const message = { ...demo.election.message, questions: questions.map((question, j) => (i === j ? lax : question)) }
      return faultOf(demo, good(lockBallot({ ...demo.election, message }, each, demo.voters[0] ?? 0n, randomFrom('over'))).text)
    }
    expect(
      over(
        0,
        [
          [1, 1],
          [1, 0, 0, 0],
          [1, 0, 0, 0],
        ],
        { ...yesNo, min: 2, max: 2 },
      ),
    ).toEqual({ kind: 'overall proof', question: 0 })
    expect(
      over(
        1,
        [
          [1, 0],
          [1, 1, 1, 1],
          [1, 0, 0, 0],
        ],
        { ...approval, min: 2, max: 4 },
      ),
    ).toEqual({ kind: 'overall proof', question: 1 })
    expect(
      over(
        2,
        [
          [1, 0],
          [1, 0, 0, 0],
          [0, 1, 1, 1],
        ],
        { ...withBlank, min: 2, max: 3 },
      ),
    ).toEqual({ kind: 'overall proof', question: 2 })
  })

  const scalarChanges: readonly [string, (n: bigint) => string, 'value' | 'range' | 'form'][] = [
    ['+ 1', (n) => `${n + 1n}`, 'value'],
    ['− 1', (n) => `${n - 1n}`, 'value'],
    ['+ q', (n) => `${n + q}`, 'range'],
    ['q', () => `${q}`, 'range'],
    ['leading zero', (n) => `0${n}`, 'form'],
    ['a sign', (n) => `-${n}`, 'form'],
    ['hex', (n) => `0x${n.toString(16)}`, 'form'],
  ]
  const scalarPlaces: readonly [string, (b: Ballot) => Mutable<Proof>, BallotFault][] = [
    ['individual', (b) => at(at(answer(b, 0).individual_proofs, 1), 0), { kind: 'individual proof', question: 0, place: 1 }],
    ['overall', (b) => at(answer(b, 1).overall_proof, 2), { kind: 'overall proof', question: 1 }],
    ['overall with blank', (b) => at(answer(b, 2).overall_proof, 0), { kind: 'overall proof', question: 2 }],
    ['blank', (b) => (answer(b, 2).blank_proof ?? [])[1] as Mutable<Proof>, { kind: 'blank proof', question: 2 }],
  ]
  describe.each(scalarPlaces)('with a scalar changed in the %s proof', (_place, proofIn, value) => {
    it.each(scalarChanges)('%s: refused', (_what, change, what) => {
      for (const field of ['challenge', 'response'] as const) {
        const fault = faultOf(
          demo,
          changed((b) => {
            const proof = proofIn(b)
            proof[field] = change(BigInt(proof[field]))
          }),
        )
        const question = 'question' in value ? value.question : 0
        expect(fault).toEqual(
          what === 'value'
            ? value
            : what === 'range'
              ? { kind: 'scalar not below q', question }
              : { kind: 'malformed', fault: 'not of this shape' },
        )
      }
    })
  })

  it.each<[string, (b: Ballot) => void, BallotFault, (number | 'nobody')?]>([
    ['another uuid', (b) => (b.election_uuid += '1'), { kind: 'another election', field: 'election_uuid' }],
    ['another φ', (b) => (b.election_hash = sha256Base64('x')), { kind: 'another election', field: 'election_hash' }],
    [
      'a key outside the roll',
      (b) => (b.credential = demo.election.engine.encode(demo.election.engine.generator)),
      { kind: 'not on the roll' },
    ],
    [
      'another voter’s key, signed by that voter',
      (b) => (b.credential = otherKey()),
      { kind: 'individual proof', question: 0, place: 0 },
      1,
    ],
    ['another voter’s key, signed by the first', (b) => (b.credential = otherKey()), { kind: 'signature' }, 0],
    ['nothing, signed by another voter', () => undefined, { kind: 'signature' }, 1],
    ['one answer short', (b) => b.answers.pop(), { kind: 'number of answers' }],
    ['answers swapped', (b) => b.answers.reverse(), { kind: 'number of choices', question: 0 }],
    ['choices swapped', (b) => answer(b, 0).choices.reverse(), { kind: 'individual proof', question: 0, place: 0 }],
    [
      'choices and proofs swapped',
      (b) => (answer(b, 0).choices.reverse(), answer(b, 0).individual_proofs.reverse()),
      { kind: 'overall proof', question: 0 },
    ],
    ['a choice dropped', (b) => answer(b, 1).choices.pop(), { kind: 'number of choices', question: 1 }],
    ['a choice added', (b) => answer(b, 1).choices.push(at(answer(b, 0).choices, 0)), { kind: 'number of choices', question: 1 }],
    [
      'individual proofs swapped',
      (b) => answer(b, 0).individual_proofs.reverse(),
      { kind: 'individual proof', question: 0, place: 0 },
    ],
    ['an individual proof dropped', (b) => answer(b, 0).individual_proofs.pop(), { kind: 'number of proofs', question: 0 }],
    ['half an individual proof', (b) => at(answer(b, 0).individual_proofs, 0).pop(), { kind: 'number of proofs', question: 0 }],
    ['an overall branch dropped', (b) => answer(b, 1).overall_proof.pop(), { kind: 'number of proofs', question: 1 }],
    [
      'an overall branch added',
      (b) => answer(b, 1).overall_proof.push(at(answer(b, 1).overall_proof, 0)),
      { kind: 'number of proofs', question: 1 },
    ],
    ['overall branches swapped', (b) => answer(b, 1).overall_proof.reverse(), { kind: 'overall proof', question: 1 }],
    ['no blank proof', (b) => delete answer(b, 2).blank_proof, { kind: 'number of proofs', question: 2 }],
    [
      'a blank proof too many',
      (b) => (answer(b, 0).blank_proof = at(answer(b, 0).individual_proofs, 0) as never),
      { kind: 'number of proofs', question: 0 },
    ],
    ['blank proofs swapped', (b) => answer(b, 2).blank_proof?.reverse(), { kind: 'blank proof', question: 2 }],
    [
      'α copied from another place',
      (b) => (at(answer(b, 0).choices, 1).alpha = at(answer(b, 0).choices, 0).alpha),
      { kind: 'repeated alpha', question: 0, place: 1 },
    ],
    [
      'a ciphertext copied within',
      (b) => (answer(b, 1).choices[3] = at(answer(b, 1).choices, 0)),
      { kind: 'repeated alpha', question: 1, place: 3 },
    ],
    [
      'α and β exchanged',
      (b) => Object.assign(at(answer(b, 0).choices, 0), exchange(at(answer(b, 0).choices, 0))),
      { kind: 'individual proof', question: 0, place: 0 },
    ],
    [
      'α the identity',
      (b) => (at(answer(b, 0).choices, 0).alpha = identity()),
      { kind: 'element', question: 0, place: 0, part: 'alpha', fault: 'identity' },
    ],
    [
      'β the identity',
      (b) => (at(answer(b, 0).choices, 0).beta = identity()),
      { kind: 'element', question: 0, place: 0, part: 'beta', fault: 'identity' },
    ],
    [
      'β outside the group',
      (b) => (at(answer(b, 0).choices, 1).beta = group === 'Ed25519' ? '0'.repeat(64) : '2'),
      { kind: 'element', question: 0, place: 1, part: 'beta', fault: 'not in the group' },
    ],
    ['the signature’s hash', (b) => (b.signature.hash = sha256Base64('x')), { kind: 'signature hash' }, 'nobody'],
    ['an answer, unsigned', (b) => b.answers.reverse(), { kind: 'signature hash' }, 'nobody'],
    ['the signature’s challenge', (b) => (b.signature.proof.challenge = '1'), { kind: 'signature' }, 'nobody'],
    [
      'the signature’s response + q',
      (b) => (b.signature.proof.response = String(BigInt(b.signature.proof.response) + q)),
      { kind: 'signature not below q' },
      'nobody',
    ],
    ['no signature', (b) => delete (b as Partial<Ballot>).signature, { kind: 'malformed', fault: 'not of this shape' }, 'nobody'],
  ])('with %s: refused by name', (_what, change, fault, signer = 0) => {
    expect(faultOf(demo, changed(change, signer))).toEqual(fault)
  })
  const otherKey = (): string => demo.election.engine.encode(demo.election.engine.multiplyBaseSecret(demo.voters[1] ?? 0n))
  const identity = (): string => demo.election.engine.encode(demo.election.engine.identity)
  const exchange = ({ alpha, beta }: { alpha: string; beta: string }) => ({ alpha: beta, beta: alpha })

  it('in any other spelling are refused', () => {
    const canonical = 'not canonical'
    const spellings: readonly [string, string, string][] = [
      ['blank', text.replace(',', ', '), canonical],
      ['trailing newline', `${text}\n`, canonical],
      ['field order', text.replace(/("challenge":"\d+"),("response":"\d+")/, '$2,$1'), canonical],
      ['repeated field', text.replace('{', '{"election_uuid":"x",'), canonical],
      ['unknown field', text.replace(/}$/, ',"x":1}'), canonical],
      ['escaped letter', text.replace('QuorateTest', 'Quorate\\u0054est'), canonical],
      ['not JSON', text.slice(0, -1), 'not JSON'],
      ['nothing', '', 'not JSON'],
      ['a number', '1', 'not of this shape'],
      ['null', 'null', 'not of this shape'],
    ]
    for (const [what, spelling, fault] of spellings) {
      expect(spelling, what).not.toBe(text)
      expect(faultOf(demo, spelling), what).toEqual({ kind: 'malformed', fault })
    }
    if (group === 'Ed25519') {
      const upper = changed((b) => (at(answer(b, 0).choices, 0).alpha = at(answer(b, 0).choices, 0).alpha.toUpperCase()))
      expect(faultOf(demo, upper)).toEqual({ kind: 'malformed', fault: 'not of this shape' })
    }
  })

  it('for another election fail in this one', () => {
    const other = demoElection({ group, questions: [{ ...yesNo, question: 'Another?' }, approval, withBlank], voters: 3 })
    expect(faultOf(demo, castBy(other, 0, choices).text)).toEqual({ kind: 'another election', field: 'election_hash' })
    // Even relabelled and signed anew: every proof hashes φ.
    const moved = { ...(JSON.parse(castBy(other, 0, choices).text) as Ballot), election_hash: demo.election.fingerprint }
    const { signature, ...message } = moved
    expect(signature.hash).not.toBe('')
    const signed = signBallot(demo.election, { message, digest: sha256Base64(JSON.stringify(message)) }, demo.voters[0] ?? 0n)
    expect(faultOf(demo, signed.text)).toEqual({ kind: 'individual proof', question: 0, place: 0 })
  })

  it('re-randomised by somebody else fail', () => {
    const { engine, key } = demo.election
    const copy = changed((b) => {
      const choice = at(answer(b, 0).choices, 0)
      choice.alpha = engine.encode(engine.add(good(engine.decode(choice.alpha)), engine.multiply(engine.generator, 9n)))
      choice.beta = engine.encode(engine.add(good(engine.decode(choice.beta)), engine.multiply(key, 9n)))
    })
    expect(faultOf(demo, copy)).toEqual({ kind: 'individual proof', question: 0, place: 0 })
  })
})

describe('independence of ballots in one box', () => {
  const demo = demoElection({ group: 'Ed25519', questions: [yesNo], voters: 3 })
  const vote = (who: number, salt: string, choice: Choice = [1, 0]) => castBy(demo, who, [choice], salt)

  it('counts the last ballot of each voter, in the order of casting', () => {
    const box = openBox()
    const [a, b, a2] = [vote(0, 'a'), vote(1, 'b'), vote(0, 'a2')]
    expect(box.admit(a)).toEqual({ kind: 'ok', value: { replaces: undefined } })
    expect(box.admit(b).kind).toBe('ok')
    expect(box.admit(a2)).toEqual({ kind: 'ok', value: { replaces: a.tracker } })
    expect(box.counted().map((ballot) => ballot.tracker)).toEqual([b.tracker, a2.tracker])
    expect(box.size()).toBe(3)
  })

  it('refuses the same bytes again: a replay would undo a re-vote', () => {
    const box = openBox()
    const first = vote(0, 'a')
    const second = vote(0, 'b', [0, 1])
    good(box.admit(first))
    good(box.admit(second))
    expect(box.admit(first)).toEqual({ kind: 'fail', error: { kind: 'ballot twice' } })
    expect(box.counted()).toEqual([second])
  })

  it('refuses an α of another ballot, even under a fresh signature', () => {
    const box = openBox()
    const first = vote(0, 'same')
    expect(box.admit(first).kind).toBe('ok')
    // A device that drew the same randomness for another choice: same α, other β.
    const other = castBy(demo, 0, [[0, 1]], 'same')
    expect(other.tracker).not.toBe(first.tracker)
    expect(box.admit(other)).toEqual({ kind: 'fail', error: { kind: 'alpha seen before', alpha: first.alphas[0] } })
    expect(box.size()).toBe(1)
  })

  it('takes at most 32 ballots of one voter', () => {
    const box = openBox()
    const model = vote(0, 'model')
    const fake = (i: number) => ({ ...model, tracker: `t${String(i)}`, alphas: [`a${String(i)}`] })
    for (let i = 0; i < 32; i++) expect(box.admit(fake(i)).kind).toBe('ok')
    expect(box.admit(fake(32))).toEqual({ kind: 'fail', error: { kind: 'too many ballots', limit: 32 } })
    expect(box.admit({ ...fake(33), credential: 'another' }).kind).toBe('ok')
  })
})

describe('choices', () => {
  it('place what was picked, blank first', () => {
    expect(choiceOf(yesNo, { kind: 'answers', picked: [1] })).toEqual([0, 1])
    expect(choiceOf(withBlank, { kind: 'answers', picked: [0, 2] })).toEqual([0, 1, 0, 1])
    expect(choiceOf(withBlank, { kind: 'blank' })).toEqual([1, 0, 0, 0])
    expect(choiceOf(yesNo, { kind: 'blank' })).toBeUndefined()
    expect(choiceOf(yesNo, { kind: 'answers', picked: [2] })).toBeUndefined()
    expect(choiceOf(yesNo, { kind: 'answers', picked: [0.5] })).toBeUndefined()
  })
  it('name the question that is broken', () => {
    expect(
      checkChoices(
        [yesNo, approval],
        [
          [1, 0],
          [0, 0, 0, 0],
        ],
      ),
    ).toEqual({ kind: 'fail', error: { kind: 'too few', question: 1 } })
    expect(checkChoices([yesNo], [[1, 0]])).toEqual({ kind: 'ok', value: null })
  })
})
