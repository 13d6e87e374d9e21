import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { demoElection, good, randomFrom, withBlank, yesNo } from '../../testing/demo-election.ts'
import { moduleSource } from '../../testing/module-source.ts'
import { lockBallot } from '../voting/ballot.ts'
import { makeCastStatement, noPreviousTracker } from '../voting/cast-statement.ts'
import { fastEd25519 } from './ed25519-wasm.ts'
import type { Engine } from './engine.ts'
import type { Element } from './groups.ts'
import { seededRandom } from '../seeded-random.ts'

/*
 * What a device does with its secrets takes the same steps whatever they are: first the operations it asks of the curve, in order; then the
 * source of the constant-time functions, which branch on nothing and look nothing up by a secret.
 */

const demo = demoElection({ group: 'Ed25519', questions: [yesNo, withBlank], voters: 1, wasm: fastEd25519 })

/** The same election, whose engine writes down which operation it is asked for. */
function traced(): { readonly election: typeof demo.election; readonly trace: string[] } {
  const trace: string[] = []
  const watch =
    <A extends readonly unknown[], R>(name: string, of: (...args: A) => R) =>
    (...args: A): R => {
      trace.push(name)
      return of(...args)
    }
  const { engine } = demo.election
  const watched: Engine<Element> = {
    ...engine,
    add: watch('add', engine.add),
    negate: watch('negate', engine.negate),
    multiply: watch('multiply', engine.multiply),
    multiplySecret: watch('multiplySecret', engine.multiplySecret),
    multiplyBaseSecret: watch('multiplyBaseSecret', engine.multiplyBaseSecret),
    sumOfProducts: watch('sumOfProducts', engine.sumOfProducts),
    encode: watch('encode', engine.encode),
  }
  return { election: { ...demo.election, engine: watched }, trace }
}

function stepsOf(
  yes: 0 | 1,
  blank: 0 | 1,
  secret: bigint,
  seed: number,
): { readonly trace: readonly string[]; readonly drawn: number } {
  const { election, trace } = traced()
  let drawn = 0
  const random = seededRandom(new Uint8Array(32).fill(seed))
  const counted: typeof random = (n) => {
    drawn += n
    return random(n)
  }
  const choices = [[yes, 1 - yes], blank === 1 ? [1, 0, 0, 0] : [0, yes, 1 - yes, yes]]
  const locked = good(lockBallot(election, choices, secret, counted))
  makeCastStatement(election.engine, secret, {
    electionHash: election.fingerprint,
    credential: election.engine.encode(election.engine.multiplyBaseSecret(secret)),
    digest: locked.digest,
    previous: noPreviousTracker,
  })
  return { trace, drawn }
}

describe('the steps of locking and signing', () => {
  const expected = stepsOf(1, 0, 12345n, 1)
  it('are of secret products alone', () => {
    expect(new Set(expected.trace)).toEqual(new Set(['multiplyBaseSecret', 'multiplySecret', 'add', 'encode']))
  })
  it('are the same, and draw as much, whatever is voted, by whoever, with whatever randomness', () => {
    const bit = fc.constantFrom(0 as const, 1 as const)
    fc.assert(
      fc.property(bit, bit, fc.bigInt({ min: 1n, max: demo.election.engine.q - 1n }), fc.nat(255), (yes, blank, secret, seed) => {
        expect(stepsOf(yes, blank, secret, seed)).toEqual(expected)
      }),
      { numRuns: 30 },
    )
    expect(randomFrom('one')(4)).not.toEqual(randomFrom('two')(4))
  })
})

describe('the constant-time functions of the module', () => {
  const source = moduleSource().replaceAll(/\s*\/\/ [^\n]*/g, '')
  /** Bodies of all functions by name. */
  const bodies = new Map(
    [...source.matchAll(/^(?:export )?function (\w+)\([^)]*\)[^{]*\{\n([\s\S]*?)\n\}$/gm)].map(([, name = '', body = '']) => [
      name,
      body,
    ]),
  )
  const called = (name: string): readonly string[] =>
    [...(bodies.get(name) ?? '').matchAll(/\b(\w+)\(/g)].map(([, each = '']) => each).filter((each) => bodies.has(each))
  const reached = (names: readonly string[]): ReadonlySet<string> => {
    const found = new Set(names)
    for (const name of found) for (const each of called(name)) found.add(each)
    return found
  }
  const secret = ['ct_fixed', 'ct_multiply']

  it('are there, and reach no variable-time one', () => {
    for (const name of secret) expect(bodies.has(name), name).toBe(true)
    expect([...reached(secret)].filter((name) => name.startsWith('vt_'))).toEqual([])
  })

  it('branch only on counters of loops and on the sign of an addition, which is public', () => {
    const allowed =
      /^(?:if \(w < 63\)|if \(isMinus\)|for \(let \w+(?:: \w+)? = \d+; \w+ (?:<|>=|>) (?:\d+|POINT|E); \w+(?:\+\+|--| \+= 8)\)|else)/
    const branches = [...reached(secret)].flatMap((name) =>
      [
        ...(bodies.get(name) ?? '').matchAll(/\b(?:if|for|while|switch|else|return|select)\b[^\n]*|[^\n]*(?:\?|&&|\|\|)[^\n]*/g),
      ].map(([line]) => line),
    )
    expect(branches.length).toBeGreaterThan(5)
    expect(branches.filter((line) => !allowed.test(line.replace('} ', '')))).toEqual([])
  })

  it('read tables from end to end: the digit of a scalar is compared, never used as an address', () => {
    expect(bodies.get('ct_choose')).toMatch(/for \(let i: u64 = 0; i < 16; i\+\+\)/)
    const addresses = [...(bodies.get('ct_choose') ?? '').matchAll(/load<u64>\(([^)]*(?:\([^)]*\))?[^)]*)\)/g)].map(
      ([, each]) => each,
    )
    expect(addresses).toHaveLength(1)
    expect(addresses.join()).not.toContain('digit')
    // The packed table of a key: every one of its eight entries for every word, each under a mask of its own.
    const picked = [...(bodies.get('ct_pick') ?? '').matchAll(/\(load<u64>\(at \+ j, (\d+)\) & (m\d)\)/g)]
    expect(picked.map(([, offset, mask]) => [Number(offset), mask])).toEqual(
      Array.from({ length: 8 }, (_, i) => [96 * i, `m${i + 1}`]),
    )
    const read = [...(bodies.get('ct_pick') ?? '').matchAll(/load<u64>\(([^)]*)\)/g)].map(([, each]) => each)
    expect(
      read.filter((each) => !/^(?:at \+ j, \d+|PICKED(?: \+ j)?(?:, \d+)?|CHOSEN \+ 2 \* E \+ j)$/.test(each ?? '')),
    ).toEqual([])
  })
})
