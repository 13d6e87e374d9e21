import { describe, expect, it } from 'vitest'

import { demoElection, good, randomFrom, ranked, withBlank, yesNo } from '../../testing/demo-election.ts'
import type { Election } from '../election.ts'
import { fastEd25519 } from '../groups/ed25519-wasm.ts'
import type { Engine } from '../groups/engine.ts'
import { engineOf } from '../groups/groups.ts'
import { companionOf, companionText } from '../opening/opening-companion.ts'
import { openTally } from '../opening/decryption.ts'
import { encryptedTally } from '../opening/tally.ts'
import { proveEqualLogs } from '../schnorr.ts'
import { checkCertificates } from './certificates.ts'
import { complaintAbout } from './complaint.ts'
import { lockedKeyFile, unlockKeyFile } from './locked-key-file.ts'
import { checkPolynomials } from './polynomials.ts'
import { openSealed, seal } from './seal.ts'
import { newTrusteeKey, parseTrusteeKeyFile, trusteeKeyFile } from './trustee-key.ts'
import { acceptTrustees, answerStep1, answerStep2, answerStep3, assembleTrustees } from './trustees.ts'

/*
 * A trustee's secrets are multiplied beside the public numbers of the other trustees, which are checked in the same step, so the variable-time
 * functions cannot be absent as they are for a voter. Here they take a number only if everybody has it already: it stands in a message that
 * was sent, or is below 2^128, as places at the table and weights are (a secret is with probability 2^-124).
 */

/** An engine whose variable-time products throw at a number that nobody has sent. */
function watched<P>(engine: Engine<P>) {
  const sent = new Set<string>()
  const seen = { long: 0 }
  const publicOnly = (k: bigint): void => {
    if (k < 2n ** 128n) return
    if (!sent.has(k.toString())) throw new Error('a secret came to variable-time code')
    seen.long++
  }
  const { bulk: _, ...rest } = engine
  const guarded: Engine<P> = {
    ...rest,
    multiply: (a, k) => {
      publicOnly(k)
      return engine.multiply(a, k)
    },
    sumOfProducts: (terms) => {
      for (const [, k] of terms) publicOnly(k)
      return engine.sumOfProducts(terms)
    },
  }
  const say = (text: string): string => {
    for (const [number] of text.matchAll(/\d+/g)) sent.add(number)
    return text
  }
  return { guarded, say, seen }
}

const [size, threshold] = [3, 2]
const context = { uuid: 'QuorateTest4242', group: 'Ed25519', size, threshold } as const

describe.each([false, true])('secrets of trustees (in WebAssembly: %s)', (wasm) => {
  const engine = engineOf('Ed25519', { wasm: wasm ? fastEd25519 : undefined })

  it('stay in constant time through a whole ceremony, a complaint and the key file', () => {
    const { guarded, say, seen } = watched(engine)
    const started = [1, 2, 3].map((index) => newTrusteeKey({ ...context, index }, randomFrom(`seed ${String(index)}`)))
    const certificates = started.map((key) => say(answerStep1(guarded, key)))
    const polynomials = started.map((key) => say(good(answerStep2(guarded, key, certificates))))
    const keys = started.map((key) => say(good(answerStep3(guarded, key, { certificates, polynomials }))))
    const messages = { certificates, polynomials, keys }
    const file = good(assembleTrustees(guarded, context, messages))
    const finished = started.map((key) => good(acceptTrustees(guarded, key, messages, file)))
    // Others were checked on the way, by variable-time products of what they sent.
    expect(seen.long).toBeGreaterThan(100)

    const table = good(checkCertificates(guarded, context, certificates))
    const all = good(checkPolynomials(guarded, table, polynomials))
    const [first] = finished
    if (first === undefined) throw new Error('there are three trustees')
    expect(complaintAbout(guarded, first, table, all, 2).kind).toBe('ok')

    // From the file alone everything is said again, and to the letter.
    const locked = good(lockedKeyFile(first, 'six words are enough', randomFrom('file'), { log2N: 4, r: 1, p: 1 }))
    for (const restored of [
      good(parseTrusteeKeyFile(trusteeKeyFile(first))),
      good(unlockKeyFile(locked, 'six words are enough')),
    ]) {
      expect(restored).toEqual(first)
      expect(answerStep1(guarded, restored)).toBe(certificates[0])
      expect(good(answerStep2(guarded, restored, certificates))).toBe(polynomials[0])
      expect(good(answerStep3(guarded, restored, { certificates, polynomials }))).toBe(keys[0])
    }
  })

  it('stay in constant time when a box is opened and the opening is proved', () => {
    const demo = demoElection({
      group: 'Ed25519',
      questions: [yesNo, withBlank, ranked],
      voters: 1,
      holders: { size, threshold },
      wasm: wasm ? fastEd25519 : undefined,
    })
    const { guarded } = watched(demo.election.engine)
    const election: Election = { ...demo.election, engine: guarded }
    const tally = encryptedTally(demo.election, [])
    const secret = demo.secrets[0] ?? 0n
    const openingText = openTally(election, tally, secret)
    expect(openingText).toBe(openTally(demo.election, tally, secret))
    const claim = { tally, lastShuffleHash: null, owner: 1, openingText }
    expect(companionText(companionOf(election, claim, secret))).toBe(companionText(companionOf(demo.election, claim, secret)))
  })

  it('stay in constant time in each proof and each seal by itself', () => {
    const { guarded } = watched(engine)
    const secret = engine.q - 12_345n
    const U = engine.independent(0)
    const claim = { X: engine.multiplyBaseSecret(secret), U, V: engine.multiplySecret(U, secret), domain: 'a domain' }
    expect(proveEqualLogs(guarded, secret, claim)).toEqual(proveEqualLogs(engine, secret, claim))
    const recipient = engine.multiplyBaseSecret(secret)
    const sealed = seal(guarded, engine.q - 99n, recipient, 'from 1 to 2', new Uint8Array([4, 2]))
    const shared = engine.multiplySecret(good(engine.decode(sealed.key)), secret)
    expect(good(openSealed(guarded, sealed, shared, recipient, 'from 1 to 2'))).toEqual(new Uint8Array([4, 2]))
  })

  it('are told from what was sent', () => {
    const { guarded, say } = watched(engine)
    const k = engine.q - 7n
    expect(() => guarded.multiply(engine.generator, k)).toThrow('a secret came')
    expect(() => guarded.sumOfProducts([[engine.generator, k]])).toThrow('a secret came')
    say(`{"response":"${String(k)}"}`)
    expect(engine.equal(guarded.multiply(engine.generator, k), engine.multiplyBaseSecret(k))).toBe(true)
  })
})
