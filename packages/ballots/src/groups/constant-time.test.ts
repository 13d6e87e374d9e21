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

/** The same election, whose engine writes down which operation it is asked for. `atOnce`: whole answers in one operation. */
function traced(atOnce: boolean): { readonly election: typeof demo.election; readonly trace: string[] } {
  const trace: string[] = []
  const watch =
    <A extends readonly unknown[], R>(name: string, of: (...args: A) => R) =>
    (...args: A): R => {
      trace.push(name)
      return of(...args)
    }
  const { lock, ...engine } = demo.election.engine
  const watched: Engine<Element> = {
    ...engine,
    add: watch('add', engine.add),
    negate: watch('negate', engine.negate),
    multiply: watch('multiply', engine.multiply),
    multiplySecret: watch('multiplySecret', engine.multiplySecret),
    multiplyBaseSecret: watch('multiplyBaseSecret', engine.multiplyBaseSecret),
    sumOfProducts: watch('sumOfProducts', engine.sumOfProducts),
    encode: watch('encode', engine.encode),
    ...(atOnce && lock !== undefined
      ? {
          lock: (y, bits, proofs, random) => {
            trace.push(`lock ${bits.length}: ${proofs.map(({ alternatives }) => alternatives.length).join()}`)
            return lock(y, bits, proofs, random)
          },
        }
      : {}),
  }
  return { election: { ...demo.election, engine: watched }, trace }
}

function stepsOf(
  atOnce: boolean,
  yes: 0 | 1,
  blank: 0 | 1,
  secret: bigint,
  seed: number,
): { readonly trace: readonly string[]; readonly drawn: number } {
  const { election, trace } = traced(atOnce)
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

describe.each([
  { how: 'one by one', atOnce: false, operations: ['multiplyBaseSecret', 'multiplySecret', 'add', 'encode'] },
  // Of a whole answer the numbers of places and alternatives alone, which the question gives; what happens inside is looked at below.
  { how: 'at once', atOnce: true, operations: ['multiplyBaseSecret', 'lock 2: 2,2,1', 'lock 4: 2,2,2,2,2,3', 'encode'] },
])('the steps of locking $how and of signing', ({ atOnce, operations }) => {
  const expected = stepsOf(atOnce, 1, 0, 12345n, 1)
  it('are of secret products alone', () => {
    expect(new Set(expected.trace)).toEqual(new Set(operations))
  })
  it('are the same, and draw as much, whatever is voted, by whoever, with whatever randomness', () => {
    const bit = fc.constantFrom(0 as const, 1 as const)
    fc.assert(
      fc.property(bit, bit, fc.bigInt({ min: 1n, max: demo.election.engine.q - 1n }), fc.nat(255), (yes, blank, secret, seed) => {
        expect(stepsOf(atOnce, yes, blank, secret, seed)).toEqual(expected)
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
  const hashes = ['ct_hashStart', 'ct_hashBlocks', 'ct_hashEnd', 'ct_stream']
  const secret = [...hashes, 'ct_fixed', 'ct_multiply', 'ct_scalars', 'ct_sum', 'ct_encrypt', 'ct_commit', 'ct_respond']

  it('are there, and reach no variable-time one', () => {
    for (const name of secret) expect(bodies.has(name), name).toBe(true)
    expect([...reached(secret)].filter((name) => name.startsWith('vt_'))).toEqual([])
  })

  it('branch only on counters of loops, up to numbers of places and alternatives, and on the sign of an addition, which is public', () => {
    const allowed =
      /^(?:if \(w < 63\)|if \(isMinus\)|for \(let \w+(?:: \w+)? = \d+; \w+ (?:<|>=|>) (?:\d+|POINT|E|n); \w+(?:\+\+|--| \+= (?:4|8|32))\)|else)/
    const branches = [...reached(secret)].flatMap((name) =>
      [
        // What a function gives at its end ends nothing early.
        ...(bodies.get(name) ?? '')
          .replace(/\breturn (?=[^\n]*$)/, '')
          .matchAll(/\b(?:if|for|while|switch|else|return|select)\b[^\n]*|[^\n]*(?:\?|&&|\|\|)[^\n]*/g),
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

  it('take what is voted under masks: a bit as a digit, the number of the true alternative in a comparison, an excess as a factor', () => {
    const uses = (name: string, of: string): readonly string[] =>
      [...(bodies.get(name) ?? '').matchAll(new RegExp(`[^\\n]*\\b${of}\\b[^\\n]*`, 'g'))].map(([line]) => line.trim())
    expect(uses('ct_encrypt', 'bits')).toEqual(['ct_pick(base, <i64>load<u8>(bits + i))'])
    const mask = 'const mask = <u64>((<i64>(<u64>(j ^ chosen)) - 1) >> 63)'
    expect(uses('ct_respond', 'chosen')).toEqual([mask, mask])
    expect(uses('ct_commit', 'known')).toEqual(['ct_times(FACTOR, load<i32>(known + i * 8), t + 32)'])
    expect(uses('ct_times', 'small')).toEqual(['let c = <i64>small'])
  })
})
