import { assert } from '@quorate/kernel'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'

import { castBy, type Demo, demoElection, randomFrom, yesNo } from '../testing/demo-election.ts'
import { hintWithTorsion } from '../testing/torsion.ts'
import { fastEd25519 } from './groups/ed25519-wasm.ts'
import { engineOf, type Element } from './groups/groups.ts'
import { sha256Base64 } from './hash.ts'
import { type HintedStatement, statementHint, statementsHold } from './statement-batch.ts'
import { makeCastStatement, noPreviousTracker, statementHolds } from './voting/cast-statement.ts'

/*
 * The batch says of every cast statement what the strict check says, whatever its hint is. It may only be faster.
 */

let demo: Demo
let honest: readonly (HintedStatement & { readonly hint: Uint8Array })[]
let strictCalls = 0

/** Counts products: only the strict check of a statement multiplies. */
const watched = () => {
  strictCalls = 0
  const { engine } = demo.election
  const multiply: typeof engine.multiply = (...of) => {
    strictCalls++
    return engine.multiply(...of)
  }
  return { ...demo.election, engine: { ...engine, multiply } }
}
const batch = (statements: readonly HintedStatement[]) => statementsHold(watched(), statements, randomFrom('weights'))
const strict = (statements: readonly HintedStatement[]) =>
  statements.map(({ key, claim, statement }) => statementHolds(demo.election.engine, key, claim, statement))
/** So many were judged strictly, which takes two products each. */
const judgedAside = (count: number) => expect(strictCalls).toBe(2 * count)

beforeAll(() => {
  demo = demoElection({ group: 'Ed25519', questions: [yesNo], voters: 6, wasm: fastEd25519 })
  const { engine, fingerprint: electionHash } = demo.election
  honest = demo.voters.map((secret, i) => {
    const { digest } = castBy(demo, i, [[1, 0]])
    const key = engine.multiplyBaseSecret(secret)
    const claim = { electionHash, credential: engine.encode(key), digest }
    const hints: Uint8Array[] = []
    const previous = i % 2 === 0 ? noPreviousTracker : sha256Base64(`the ballot before number ${String(i)}`)
    const statement = makeCastStatement(engine, secret, { ...claim, previous }, (A) => {
      const hint = engine.hintsOf?.([A])
      assert(hint !== undefined, 'the engine makes hints')
      hints.push(hint)
    })
    const [hint] = hints
    assert(hint !== undefined, 'the commitment was shown')
    return { key, claim, statement, hint }
  })
})

const at = (i: number) => {
  const one = honest[i]
  assert(one !== undefined, 'there are six')
  return one
}
const raised = (text: string): string => (BigInt(text) + 1n).toString()

/** What may be wrong with a statement or its hint. */
const spoiled: Readonly<Record<string, (one: HintedStatement & { readonly hint: Uint8Array }) => HintedStatement>> = {
  'another response': (one) => ({
    ...one,
    statement: { ...one.statement, proof: { ...one.statement.proof, response: raised(one.statement.proof.response) } },
  }),
  'another challenge': (one) => ({
    ...one,
    statement: { ...one.statement, proof: { ...one.statement.proof, challenge: raised(one.statement.proof.challenge) } },
  }),
  'a response not below q': (one) => ({
    ...one,
    statement: {
      ...one.statement,
      proof: { ...one.statement.proof, response: String(BigInt(one.statement.proof.response) + demo.election.engine.q) },
    },
  }),
  'another predecessor': (one) => ({ ...one, statement: { ...one.statement, previous: sha256Base64('another') } }),
  'another ballot': (one) => ({ ...one, claim: { ...one.claim, digest: sha256Base64('another') } }),
  'another election': (one) => ({ ...one, claim: { ...one.claim, electionHash: sha256Base64('another') } }),
  'another key': (one) => ({ ...one, key: at(5).key }),
  'a hint of another point': (one) => ({ ...one, hint: at(5).hint }),
  'no hint': ({ key, claim, statement }) => ({ key, claim, statement }),
  'a hint that is no point': (one) => ({ ...one, hint: new Uint8Array(64).fill(7) }),
  'a hint not below p': (one) => ({ ...one, hint: new Uint8Array(64).fill(255) }),
  'a hint too short': (one) => ({ ...one, hint: one.hint.slice(0, 63) }),
  'a hint of two points': (one) => ({ ...one, hint: new Uint8Array([...one.hint, ...one.hint]) }),
  'a hint with torsion': (one) => ({ ...one, hint: hintWithTorsion(one.hint) }),
}

describe('cast statements judged together', () => {
  it('hold, none of them multiplied out, where each is by its key and has its hint', () => {
    expect(batch(honest)).toEqual(honest.map(() => true))
    judgedAside(0)
    expect(batch([])).toEqual([])
  })

  it.each(Object.keys(spoiled))('with %s fare as each would alone, and the others beside it as well', (what) => {
    const spoil = spoiled[what]
    assert(spoil !== undefined, 'the table has it')
    const statements = honest.map((one, i) => (i === 2 ? spoil(one) : one))
    expect(batch(statements)).toEqual(strict(statements))
    expect(strict(statements).filter((holds) => !holds).length).toBe(/^(?:no|a) hint/.test(what) ? 0 : 1)
  })

  it('hints can be made again from statements that hold', () => {
    const again = [at(0), at(1)].map((one) => ({ ...one, hint: statementHint(demo.election, one.key, one.statement) }))
    expect(again.map(({ hint }) => hint)).toEqual([at(0).hint, at(1).hint])
    const heard: number[] = []
    const wrong = { ...at(2), hint: at(3).hint }
    expect(statementsHold(demo.election, [at(0), wrong, at(1)], randomFrom('weights'), (i) => heard.push(i))).toEqual([
      true,
      true,
      true,
    ])
    expect(heard).toEqual([0, 2])
  })

  it('a hint that is wrong costs time and no statement; one with torsion not even that', () => {
    expect(batch([{ ...at(0), hint: at(1).hint }, at(2)])).toEqual([true, true])
    judgedAside(1)
    expect(batch([{ ...at(0), hint: hintWithTorsion(at(0).hint) }, at(2)])).toEqual([true, true])
    judgedAside(0)
  })

  it('two errors that cancel without weights do not cancel', () => {
    const shifted = (one: HintedStatement, by: bigint): HintedStatement => ({
      ...one,
      statement: {
        ...one.statement,
        proof: { ...one.statement.proof, response: String(BigInt(one.statement.proof.response) + by) },
      },
    })
    expect(batch([shifted(at(0), 1n), shifted(at(1), -1n), at(2)])).toEqual([false, false, true])
  })

  it('any mixture of sound and spoiled ones fares as each would alone', () => {
    const ways = Object.values(spoiled)
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(4), fc.option(fc.nat(ways.length - 1), { nil: null })), { maxLength: 8 }), (drawn) => {
        const statements = drawn.map(([who, way]) => (way === null ? at(who) : (ways[way]?.(at(who)) ?? at(who))))
        expect(batch(statements)).toEqual(strict(statements))
      }),
      { numRuns: 30 },
    )
  })

  it('are judged strictly where nothing is faster at once', () => {
    const engine = engineOf('Ed25519')
    const election = { ...demo.election, engine }
    const decoded = (text: string): Element => {
      const point = engine.decode(text)
      assert(point.kind === 'ok', 'a key of the roll')
      return point.value
    }
    const [first, second] = [at(0), at(1)].map((one) => ({ ...one, key: decoded(one.claim.credential) }))
    assert(first !== undefined && second !== undefined, 'two of them')
    const forged = { ...second, statement: first.statement }
    expect(statementsHold(election, [first, forged], randomFrom('weights'))).toEqual([true, false])
  })
})
