import { assert } from '@quorate/kernel'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'

import { fastEd25519 } from './groups/ed25519-wasm.ts'
import {
  approval,
  castBy,
  type Demo,
  demoElection,
  good,
  randomFrom,
  ranked,
  wholeElection,
  withBlank,
  yesNo,
} from '../testing/demo-election.ts'
import { withTorsion } from '../testing/torsion.ts'
import { checkBallots, type HintedBallot, hintsOf } from './batch.ts'
import { ownHints } from './own-hints.ts'
import { checkBallot } from './voting/ballot-check.ts'
import { type BallotMessage, lockBallot, signBallot } from './voting/ballot.ts'
import { challengeOf, sha256Base64 } from './hash.ts'
import { parsePublicRoll } from './voting/roll.ts'
import { shufflePapers } from './shuffle/shuffle.ts'
import { checkShuffle, shuffleHints } from './shuffle/shuffle-check.ts'
import { encryptedTally, listCiphertexts } from './opening/tally.ts'
import { verifyElection } from './archive/verify.ts'

/*
 * The batch says of every ballot what the strict check says, whatever the hints are. It may only be faster.
 */

const p = 2n ** 255n - 19n
let demo: Demo
let honest: readonly (HintedBallot & { readonly hints: Uint8Array })[]
let strictCalls = 0

beforeAll(() => {
  demo = demoElection({ group: 'Ed25519', questions: [yesNo, approval, withBlank, ranked], voters: 5, wasm: fastEd25519 })
  const choices = [
    [
      [1, 0],
      [1, 0, 1, 0],
      [0, 1, 1, 0],
      [1, 2, 0, 0],
    ],
    [
      [0, 1],
      [1, 1, 1, 0],
      [1, 0, 0, 0],
      [0, 0, 0, 0],
    ],
    [
      [1, 0],
      [0, 0, 0, 1],
      [0, 0, 0, 1],
      [4, 3, 2, 1],
    ],
  ]
  honest = choices.map((each, who) => {
    const { text } = castBy(demo, who, each)
    const hints = hintsOf(demo.election, demo.roll, text)
    assert(hints !== undefined, 'the engine makes hints')
    return { text, hints }
  })
})

/** Counts decodings: only the strict check decodes α and β. */
const watched = () => {
  strictCalls = 0
  const { election } = demo
  const decode: typeof election.engine.decode = (...of) => {
    strictCalls++
    return election.engine.decode(...of)
  }
  return { ...election, engine: { ...election.engine, decode } }
}
const batch = (ballots: readonly HintedBallot[]) => checkBallots(watched(), demo.roll, ballots, randomFrom('weights'))
const strict = (ballots: readonly HintedBallot[]) => ballots.map(({ text }) => checkBallot(demo.election, demo.roll, text))
const said = (verdicts: ReturnType<typeof batch>): unknown =>
  verdicts.map((verdict) => {
    if (verdict.kind === 'fail') return verdict.error
    const { answers, ...rest } = verdict.value
    const { encode } = demo.election.engine
    return { ...rest, answers: answers.map((row) => row.map(({ alpha, beta }) => `${encode(alpha)},${encode(beta)}`)) }
  })
const same = (ballots: readonly HintedBallot[]): void => {
  expect(said(batch(ballots))).toEqual(said(strict(ballots)))
}

/** A ballot changed and signed again by its voter. */
function changed(who: number, change: (m: BallotMessage) => unknown): string {
  const { signature: _, ...message } = JSON.parse(honest[who]?.text ?? '') as BallotMessage
  change(message as BallotMessage)
  return signBallot(demo.election, { message, digest: sha256Base64(JSON.stringify(message)) }, demo.voters[who] ?? 0n).text
}

describe('honest ballots with good hints', () => {
  it('pass without one strict check, and as the strict check gives them', () => {
    same(honest)
    expect(said(batch(honest))).toEqual(said(strict(honest)))
    batch(honest)
    expect(strictCalls).toBe(0)
  })
  it('pass strictly with no hints, short hints, or those of another', () => {
    for (const hints of [undefined, new Uint8Array(0), honest[0]?.hints.slice(64), honest[1]?.hints]) {
      const ballots = [{ text: honest[0]?.text ?? '', ...(hints === undefined ? {} : { hints }) }, ...honest.slice(1)]
      same(ballots)
      batch(ballots)
      expect(strictCalls).toBeGreaterThan(0)
    }
  })
  it('are those that the device gives which locked the ballot, with blanks and lists and in noble’s arithmetic', () => {
    const questions = [yesNo, withBlank, ranked]
    const choices = [
      [1, 0],
      [0, 1, 1, 0],
      [1, 2, 0, 0],
    ]
    const [fast, noble] = [fastEd25519, undefined].map((wasm) => demoElection({ group: 'Ed25519', questions, voters: 1, wasm }))
    assert(fast !== undefined && noble !== undefined, 'two elections')
    const [byFast, byNoble] = [fast, noble].map(({ election, voters: [secret = 0n] }) => {
      const locked = good(lockBallot(election, choices, secret, randomFrom('hints')))
      return { text: locked.text, hints: ownHints(election, locked) }
    })
    expect(byFast).toEqual(byNoble)
    expect(byFast?.hints).toEqual(hintsOf(fast.election, fast.roll, byFast?.text ?? ''))
  })
  it('are not needed by an engine that has no use for them', () => {
    const noble = demoElection({ group: 'BELENIOS-2048', questions: [yesNo], voters: 1 })
    const { text } = castBy(noble, 0, [[1, 0]])
    expect(hintsOf(noble.election, noble.roll, text)).toBeUndefined()
    expect(checkBallots(noble.election, noble.roll, [{ text, hints: new Uint8Array(960) }], randomFrom('w'))[0]?.kind).toBe('ok')
    expect(checkBallots(noble.election, noble.roll, [], randomFrom('w'))).toEqual([])
  })
})

describe('whoever keeps hints', () => {
  it('hears whose were good', () => {
    const heard: number[] = []
    const [first, second, third] = honest
    const given = [first, { text: second?.text ?? '' }, third, { ...third, hints: first?.hints }] as readonly HintedBallot[]
    checkBallots(demo.election, demo.roll, given, randomFrom('weights'), (i) => heard.push(i))
    expect(heard).toEqual([0, 2])
  })
})

describe('hint games', () => {
  it('any bit turned in any hint changes the speed alone', () => {
    fc.assert(
      fc.property(fc.nat(2), fc.nat(), fc.nat(7), (who, place, bit) => {
        const ballots = honest.map((each, i) => {
          if (i !== who) return each
          const hints = each.hints.slice()
          hints[place % hints.length] = (hints[place % hints.length] ?? 0) ^ (1 << bit)
          return { ...each, hints }
        })
        expect(batch(ballots).every(({ kind }) => kind === 'ok')).toBe(true)
      }),
      { numRuns: 25 },
    )
  })
  it('a hint with p added to its coordinate is another spelling, and not taken', () => {
    const hints = (honest[0]?.hints ?? new Uint8Array(0)).slice()
    // The identity's x is 0: p stands for it too.
    for (let i = 0; i < 32; i++) hints[i] = Number((p >> BigInt(8 * i)) & 255n)
    const ballots = [{ text: honest[0]?.text ?? '', hints }, ...honest.slice(1)]
    expect(batch(ballots).every(({ kind }) => kind === 'ok')).toBe(true)
    expect(strictCalls).toBeGreaterThan(0)
  })
  it('a hint of a point on the curve but of another element does not pass for it', () => {
    const hints = (honest[0]?.hints ?? new Uint8Array(0)).slice()
    hints.copyWithin(0, 64, 128)
    expect(batch([{ text: honest[0]?.text ?? '', hints }])[0]?.kind).toBe('ok')
    expect(strictCalls).toBeGreaterThan(0)
  })
})

describe('a whole election with hints', () => {
  it('verifies, and names the ballot that is wrong all the same', () => {
    const whole = demoElection({
      group: 'Ed25519',
      questions: [yesNo],
      voters: 3,
      holders: { size: 3, threshold: 2 },
      wasm: fastEd25519,
    })
    const cast = [0, 1, 2].map((who) => castBy(whole, who, [[1, 0]]))
    const { events } = wholeElection(whole, cast, cast, [1, 2])
    const hints = new Map(cast.map(({ text }) => [text, hintsOf(whole.election, whole.roll, text)]))
    let asked = 0
    const hintsFor = (text: string) => {
      asked++
      return hints.get(text)
    }
    const options = { wasm: fastEd25519, random: randomFrom('fresh'), hintsFor }
    expect(good(verifyElection(events, options)).result?.result).toEqual([[3, 0]])
    expect(asked).toBe(3)
    const broken = events.map((event, i) =>
      i === 2 && event.type === 'Ballot' ? { ...event, ballot: `${event.ballot} ` } : event,
    )
    expect(verifyElection(broken, options)).toMatchObject({ error: { event: 2, fault: { kind: 'ballot', ballot: 1 } } })
  })
})

describe('a ballot that nobody could open', () => {
  /*
   * With one weight for A and B, only A + B would be tested. Then α = (r + M − m)·G, β = r·y + m·G passes for any m, though it is no
   * ciphertext of M: the caster shows A = w·G + E and B = w·y − E for any E. With a weight each it fails.
   */
  it('is refused though its hashes hold and its errors cancel in A + B', () => {
    const small = demoElection({
      group: 'Ed25519',
      questions: [{ answers: ['Yes'], min: 0, max: 1, question: '?' }],
      voters: 1,
      wasm: fastEd25519,
    })
    const { election, voters } = small
    const { engine, fingerprint, key: y } = election
    const { add, encode, generator: G, multiply, negate, q } = engine
    const [r, m, w, E] = [11n, 7n, 99n, multiply(G, 5n)] as const
    const modulo = (k: bigint): bigint => ((k % q) + q) % q
    const alpha = multiply(G, modulo(r - m))
    const beta = add(multiply(G, m), multiply(y, r))
    const texts = `${encode(alpha)},${encode(beta)}`
    const credential = encode(multiply(G, voters[0] ?? 0n))
    /** Branch 0 as above; branch 1 simulated. */
    const forge = (statement: string) => {
      const [c1, z1] = [3n, 4n]
      const commitments = [
        add(multiply(G, w), E),
        add(multiply(y, w), negate(E)),
        add(multiply(G, z1), multiply(alpha, c1)),
        add(multiply(y, z1), multiply(add(beta, negate(G)), c1)),
      ]
      const c0 = modulo(challengeOf(`${statement}|${commitments.map(encode).join(',')}`, q) - c1)
      const proofs = [
        [c0, modulo(w - c0 * r)],
        [c1, z1],
      ].map(([c, z]) => ({ challenge: String(c), response: String(z) }))
      return { commitments, proofs }
    }
    const individual = forge(`prove|${fingerprint}|${credential}|${texts}`)
    const overall = forge(`prove|${fingerprint}|${credential}|${texts}|${texts}`)
    const choices = [{ alpha: encode(alpha), beta: encode(beta) }]
    const message = {
      election_uuid: election.message.uuid,
      election_hash: fingerprint,
      credential,
      answers: [{ choices, individual_proofs: [individual.proofs], overall_proof: overall.proofs }],
    }
    const { text } = signBallot(election, { message, digest: sha256Base64(JSON.stringify(message)) }, voters[0] ?? 0n)
    const { challenge, response } = (JSON.parse(text) as BallotMessage).signature.proof
    const signed = add(multiply(G, BigInt(response)), multiply(multiply(G, voters[0] ?? 0n), BigInt(challenge)))
    const hints = engine.hintsOf?.([alpha, beta, signed, ...individual.commitments, ...overall.commitments])
    assert(hints !== undefined, 'the engine makes hints')
    expect(checkBallots(election, small.roll, [{ text, hints }], randomFrom('weights'))).toEqual([
      { kind: 'fail', error: { kind: 'individual proof', question: 0, place: 0 } },
    ])
  })
})

describe('a shuffle with hints', () => {
  it('gets the verdict that it gets without, whatever the hints are', () => {
    const { election } = demo
    const rows = listCiphertexts(
      election,
      encryptedTally(
        election,
        strict(honest).map((each) => good(each)),
      ).ciphertexts,
    )
    const shuffled = shufflePapers(election, rows, randomFrom('mixer'))
    const hints = shuffleHints(election, shuffled.text)
    assert(hints?.[0] !== undefined, 'there are hints')
    const watching = watched()
    expect(good(checkShuffle(watching, rows, shuffled.text, hints)).hash).toBe(shuffled.hash)
    expect(strictCalls).toBe(0)
    const turned = hints[0].slice()
    turned[100] = (turned[100] ?? 0) ^ 4
    for (const odd of [[turned], [new Uint8Array(64)], [hints[0].slice(64)], []])
      expect(checkShuffle(watching, rows, shuffled.text, odd).kind).toBe('ok')
    const message = JSON.parse(shuffled.text) as { proofs: [unknown, string[]][] }
    const responses = message.proofs[0]?.[1] ?? []
    responses[0] = String(BigInt(responses[0] ?? '0') + 1n)
    expect(checkShuffle(election, rows, JSON.stringify(message), hints)).toEqual({
      kind: 'fail',
      error: { kind: 'shuffle proof', question: 0, equation: 't1', place: 0 },
    })
  })
})

describe('bad ballots among good ones, with the best hints that can be had', () => {
  it('are refused as the strict check refuses them, and the good ones pass', () => {
    const proof = (m: BallotMessage) =>
      m.answers[0] as unknown as { individual_proofs: { response: string }[][]; overall_proof: { response: string }[] }
    const other = (response: string): string => String(BigInt(response) + 1n)
    const bad = [
      changed(0, (m) => (m.answers as unknown[]).pop()),
      changed(0, (m) => {
        const first = proof(m).individual_proofs[0]?.[0]
        if (first !== undefined) first.response = other(first.response)
      }),
      changed(1, (m) => {
        const first = proof(m).overall_proof[0]
        if (first !== undefined) first.response = other(first.response)
      }),
      changed(2, (m) => {
        const list = m.answers[3] as unknown as { proof: { response: string } }
        list.proof.response = other(list.proof.response)
      }),
      changed(2, (m) => {
        const list = m.answers[3] as unknown as { choices: { beta: string } }
        list.choices.beta = withTorsion(list.choices.beta)
      }),
      `${honest[0]?.text ?? ''} `,
      (honest[1]?.text ?? '').replace(/"response":"(\d)/, '"response":"1$1'),
    ]
    const ballots = bad.flatMap((text, i) => [
      { text, hints: honest[i % 3]?.hints ?? new Uint8Array(0) },
      honest[i % 3] ?? { text: '' },
    ])
    same(ballots)
    expect(batch(ballots).filter(({ kind }) => kind === 'fail').length).toBe(bad.length)
  })

  it('are found in a chunk by halves when hashes hold and equations do not', () => {
    // Hints of a response that is one off: A is what it was, so every hash holds, and only the weighted sum tells.
    const message = JSON.parse(honest[0]?.text ?? '') as { signature: { proof: { response: string } } }
    message.signature.proof.response = String((BigInt(message.signature.proof.response) + 1n) % demo.election.engine.q)
    const ballots = [...honest, { text: JSON.stringify(message), hints: honest[0]?.hints ?? new Uint8Array(0) }, ...honest]
    const verdicts = batch(ballots)
    expect(verdicts.map(({ kind }) => kind)).toEqual(['ok', 'ok', 'ok', 'fail', 'ok', 'ok', 'ok'])
    expect(verdicts[3]).toEqual({ kind: 'fail', error: { kind: 'signature' } })
    same(ballots)
  })

  it('cannot buy a pass with two errors that cancel', () => {
    const off = (by: bigint) => {
      const message = JSON.parse(honest[0]?.text ?? '') as { signature: { proof: { response: string } } }
      const { q } = demo.election.engine
      message.signature.proof.response = String((BigInt(message.signature.proof.response) + by + q) % q)
      return { text: JSON.stringify(message), hints: honest[0]?.hints ?? new Uint8Array(0) }
    }
    expect(batch([off(1n), off(-1n)]).map(({ kind }) => kind)).toEqual(['fail', 'fail'])
  })

  it('of nobody on the roll are refused', () => {
    const nobody = good(parsePublicRoll(demo.election.engine, '[]'))
    expect(checkBallots(demo.election, nobody, honest, randomFrom('w')).map((v) => v.kind === 'fail' && v.error.kind)).toEqual([
      'not on the roll',
      'not on the roll',
      'not on the roll',
    ])
  })
})
