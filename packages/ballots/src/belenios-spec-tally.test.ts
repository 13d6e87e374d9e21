import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'

import { approval, castBy, type Demo, demoElection, good, wholeElection, withBlank, yesNo } from '../testing/demo-election.ts'
import { nodeModExp } from '../testing/node-modexp.ts'
import { checkOpening, openTally, type PartialDecryptionMessage } from './opening/decryption.ts'
import { engineOf } from './groups/groups.ts'
import {
  checkResult,
  combineResult,
  lagrangeAtZero,
  openingsOutput,
  type OwnedOpening,
  resultText,
  smallLogarithms,
} from './opening/result.ts'
import { encryptedTally, type EncryptedTally } from './opening/tally.ts'

type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T

describe.each(['Ed25519', 'BELENIOS-2048'] as const)(
  'tally, openings and result (Belenios specification §4.16 to §4.19) in %s',
  (group) => {
    let demo: Demo
    let tally: EncryptedTally
    let openings: readonly OwnedOpening[]
    const opened = (owner: number): OwnedOpening => {
      const key = demo.trustees.keys[owner - 1]
      if (key === undefined) throw new Error('no such trustee')
      const text = openTally(demo.election, tally, demo.secrets[owner - 1] ?? 0n)
      return { owner, opening: good(checkOpening(demo.election, tally, key, text)) }
    }
    beforeAll(() => {
      demo = demoElection({ group, questions: [yesNo, withBlank], voters: 3, holders: { size: 3, threshold: 2 } })
      const ballots = [
        castBy(demo, 0, [
          [1, 0],
          [0, 1, 1, 0],
        ]),
        castBy(demo, 1, [
          [0, 1],
          [1, 0, 0, 0],
        ]),
        castBy(demo, 2, [
          [1, 0],
          [0, 0, 1, 0],
        ]),
      ]
      tally = encryptedTally(demo.election, ballots)
      openings = [1, 2, 3].map(opened)
    })
    const expected = [
      [2, 1],
      [1, 1, 2, 0],
    ]

    it('opens the same result with any two of three, and with all', () => {
      for (const owners of [
        [1, 2],
        [1, 3],
        [2, 3],
        [3, 1],
        [1, 2, 3],
      ]) {
        const some = owners.map((owner) => openings[owner - 1] as OwnedOpening)
        const result = good(combineResult(demo.election, demo.trustees, tally, some))
        expect(result).toEqual({ result: expected })
        expect(good(checkResult(demo.election, demo.trustees, tally, some, resultText(result)))).toMatchObject(result)
      }
    })

    it('gives one chance whichever two of three open, and another for another tally or election', () => {
      const outputOf = (some: readonly OwnedOpening[], of = tally) => openingsOutput(demo.election, demo.trustees, of, some)
      const [a, b, c] = openings as [OwnedOpening, OwnedOpening, OwnedOpening]
      const output = good(outputOf([a, b]))
      expect(output.length).toBe(32)
      for (const some of [
        [b, c],
        [c, a],
        [a, b, c],
      ])
        expect(good(outputOf(some))).toEqual(output)
      expect(outputOf([a])).toMatchObject({ kind: 'fail', error: { kind: 'too few openings' } })
      const less = { ...tally, ciphertexts: tally.ciphertexts.slice(0, 1) }
      expect(good(outputOf([a, b], less))).not.toEqual(output)
      const other = { ...demo.election, fingerprint: 'another' }
      expect(good(openingsOutput(other, demo.trustees, tally, [a, b]))).not.toEqual(output)
    })

    it('does not open with one of three, nor with one twice', () => {
      const [first] = openings as [OwnedOpening]
      const few = { kind: 'fail', error: { kind: 'too few openings', item: 0, found: 1, needed: 2 } }
      expect(combineResult(demo.election, demo.trustees, tally, [first])).toEqual(few)
      expect(combineResult(demo.election, demo.trustees, tally, [first, first])).toEqual(few)
      expect(checkResult(demo.election, demo.trustees, tally, [first], resultText({ result: expected }))).toEqual(few)
    })

    it('opens alike when done twice: a repeated opening is no second one', () => {
      expect(openTally(demo.election, tally, demo.secrets[0] ?? 0n)).toBe(openings[0]?.opening.text)
    })

    it('refuses a result that is off by one, misshapen or misspelt', () => {
      const check = (text: string) => {
        const r = checkResult(demo.election, demo.trustees, tally, openings, text)
        return r.kind === 'fail' ? r.error : 'accepted'
      }
      expect(check('{"result":[[3,1],[1,1,2,0]]}')).toEqual({ kind: 'wrong result', question: 0, place: 0 })
      expect(check('{"result":[[1,1],[1,1,2,0]]}')).toEqual({ kind: 'wrong result', question: 0, place: 0 })
      expect(check('{"result":[[2,1],[1,1,2,1]]}')).toEqual({ kind: 'wrong result', question: 1, place: 3 })
      expect(check('{"result":[[1,2],[1,1,2,0]]}')).toEqual({ kind: 'wrong result', question: 0, place: 0 })
      expect(check('{"result":[[2,1],[1,1,2]]}')).toEqual({ kind: 'not of the shape of the tally' })
      expect(check('{"result":[[2,1]]}')).toEqual({ kind: 'not of the shape of the tally' })
      expect(check('{"result":[[2,1],[1,1,2,0]] }')).toEqual({ kind: 'malformed', fault: 'not canonical' })
      expect(check('{"result":[[2,-1],[1,1,2,0]]}')).toEqual({ kind: 'malformed', fault: 'not of this shape' })
    })

    const mutated = (change: (message: Mutable<PartialDecryptionMessage>) => void, owner = 1): unknown => {
      const message = JSON.parse(openings[0]?.opening.text ?? '') as Mutable<PartialDecryptionMessage>
      change(message)
      const r = checkOpening(demo.election, tally, demo.trustees.keys[owner - 1] ?? demo.election.key, JSON.stringify(message))
      return r.kind === 'fail' ? r.error : 'accepted'
    }
    const row = <T>(rows: T[][], i: number): T[] => rows[i] ?? []

    it('accepts an opening of its own trustee alone', () => {
      expect(mutated(() => undefined)).toBe('accepted')
      expect(mutated(() => undefined, 2)).toEqual({ kind: 'proof', question: 0, place: 0 })
    })

    it.each<[string, (m: Mutable<PartialDecryptionMessage>) => unknown, unknown]>([
      ['a factor exchanged', (m) => row(m.decryption_factors, 0).reverse(), { kind: 'proof', question: 0, place: 0 }],
      ['a proof exchanged', (m) => row(m.decryption_proofs, 1).reverse(), { kind: 'proof', question: 1, place: 0 }],
      [
        'factor and proof exchanged',
        (m) => (row(m.decryption_factors, 0).reverse(), row(m.decryption_proofs, 0).reverse()),
        { kind: 'proof', question: 0, place: 0 },
      ],
      ['a factor dropped', (m) => row(m.decryption_factors, 1).pop(), { kind: 'not of the shape of the tally' }],
      [
        'a proof added',
        (m) => row(m.decryption_proofs, 0).push({ challenge: '0', response: '0' }),
        { kind: 'not of the shape of the tally' },
      ],
      ['a question dropped', (m) => m.decryption_factors.pop(), { kind: 'not of the shape of the tally' }],
      [
        'the identity for a factor',
        (m) => (row(m.decryption_factors, 0)[0] = identity()),
        { kind: 'proof', question: 0, place: 0 },
      ],
      [
        'a factor outside the group',
        (m) => (row(m.decryption_factors, 0)[1] = group === 'Ed25519' ? '0'.repeat(64) : '2'),
        { kind: 'factor', question: 0, place: 1, fault: 'not in the group' },
      ],
      ['a response + 1', (m) => bump(m, 'response', 1n), { kind: 'proof', question: 0, place: 0 }],
      ['a response + q', (m) => bump(m, 'response', demo.election.engine.q), { kind: 'proof', question: 0, place: 0 }],
      ['a challenge + q', (m) => bump(m, 'challenge', demo.election.engine.q), { kind: 'proof', question: 0, place: 0 }],
    ])('refuses an opening with %s', (_what, change, fault) => {
      expect(mutated(change)).toEqual(fault)
    })
    const identity = (): string => demo.election.engine.encode(demo.election.engine.identity)
    const bump = (m: Mutable<PartialDecryptionMessage>, field: 'challenge' | 'response', by: bigint): void => {
      const [proof] = row(m.decryption_proofs, 0)
      if (proof !== undefined) proof[field] = String(BigInt(proof[field]) + by)
    }

    it('refuses an opening of another tally', () => {
      const other = encryptedTally(demo.election, [
        castBy(
          demo,
          0,
          [
            [0, 1],
            [0, 1, 0, 0],
          ],
          'other',
        ),
      ])
      const text = openTally(demo.election, other, demo.secrets[0] ?? 0n)
      const r = checkOpening(demo.election, tally, demo.trustees.keys[0] ?? demo.election.key, text)
      expect(r.kind === 'fail' && r.error).toEqual({ kind: 'proof', question: 0, place: 0 })
    })
  },
)

describe('sums', () => {
  it('weigh each vote', () => {
    const demo = demoElection({
      group: 'Ed25519',
      questions: [yesNo],
      voters: 3,
      weights: [1, 1, 1].map((_, i) => [3, 20, 500][i] ?? 1),
    })
    const cast = [castBy(demo, 0, [[1, 0]]), castBy(demo, 1, [[0, 1]]), castBy(demo, 2, [[1, 0]])]
    const { tally, result } = wholeElection(demo, cast, cast, [1])
    expect(tally.weight).toBe(523)
    expect(tally.ballots).toBe(3)
    expect(result).toEqual([[503, 20]])
  })

  it('of no ballots are zero', () => {
    const demo = demoElection({ group: 'Ed25519', questions: [yesNo, approval], voters: 1 })
    const { result, tally } = wholeElection(demo, [], [], [1])
    expect(tally.ballots).toBe(0)
    expect(result).toEqual([
      [0, 0],
      [0, 0, 0, 0],
    ])
  })

  it('do not depend on the order of ballots', () => {
    const demo = demoElection({ group: 'Ed25519', questions: [yesNo], voters: 3 })
    const cast = [castBy(demo, 0, [[1, 0]]), castBy(demo, 1, [[0, 1]]), castBy(demo, 2, [[1, 0]])]
    expect(encryptedTally(demo.election, [...cast].reverse()).text).toBe(encryptedTally(demo.election, cast).text)
  })
})

describe('small logarithms (Shanks 1971)', () => {
  const engine = engineOf('Ed25519', { modexp: nodeModExp })
  it('are found up to the bound and not beyond', () => {
    for (const max of [0, 1, 2, 3, 8, 9, 10, 99, 1000]) {
      const logarithm = smallLogarithms(engine, max)
      const of = (m: number) => logarithm(engine.multiply(engine.generator, BigInt(m)))
      for (const m of [0, 1, max >> 1, max - 1, max]) if (m >= 0 && m <= max) expect(of(m)).toBe(m)
      expect(of(max + 1)).toBeUndefined()
      expect(logarithm(engine.negate(engine.generator))).toBeUndefined()
    }
  })
})

describe('Lagrange coefficients at zero (§4.19)', () => {
  it('rebuild a polynomial’s value at 0 from any t shares', () => {
    const { q } = engineOf('Ed25519')
    const scalar = fc.bigInt({ min: 0n, max: q - 1n })
    fc.assert(
      fc.property(
        fc.array(scalar, { minLength: 1, maxLength: 5 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 5, maxLength: 9 }),
        (f, all) => {
          const at = (x: number) => f.reduceRight((value, c) => (value * BigInt(x) + c) % q, 0n)
          const indices = all.slice(0, f.length)
          const sum = indices.reduce((s, i) => (s + lagrangeAtZero(indices, i, q) * at(i)) % q, 0n)
          expect(sum).toBe(f[0])
        },
      ),
    )
  })
})
