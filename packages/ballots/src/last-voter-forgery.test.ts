import { assert } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'

import { castBy, type Demo, demoElection, good, yesNo } from '../testing/demo-election.ts'
import { forgeAsLastVoter, inverseOf } from '../testing/last-voter.ts'
import { checkBallot } from './voting/ballot-check.ts'
import { checkOpening, openTally } from './opening/decryption.ts'
import type { GroupName } from './groups/engine.ts'
import { checkCompanion, companionOf, companionText, parseCompanion } from './opening/opening-companion.ts'
import { combineResult, lagrangeAtZero } from './opening/result.ts'
import type { Proof } from './schnorr.ts'
import { encryptedTally, type EncryptedTally } from './opening/tally.ts'

const holders = { size: 3, threshold: 2 } as const
const secretOf = (demo: Demo, owner: number): bigint => demo.secrets[owner - 1] ?? 0n
const keyOf = (demo: Demo, owner: number) => {
  const key = demo.trustees.keys[owner - 1]
  assert(key !== undefined, 'an owner is a trustee')
  return key
}
const claimOf = (tally: EncryptedTally, owner: number) => ({ tally, owner, lastShuffleHash: null })

/** Four for and seven against; the last voter is trustee 1 and votes for. */
function election(group: GroupName): {
  readonly demo: Demo
  readonly before: EncryptedTally
  readonly cast: ReturnType<typeof castBy>[]
} {
  const demo = demoElection({ group, questions: [yesNo], voters: 12, holders })
  const cast = Array.from({ length: 11 }, (_, who) => castBy(demo, who, [who < 4 ? [1, 0] : [0, 1]]))
  return { demo, before: encryptedTally(demo.election, cast), cast }
}

describe.each(['Ed25519', 'BELENIOS-2048'] as const)('the last voter’s forgery in %s', (group) => {
  const { demo, before, cast } = election(group)
  const { q } = demo.election.engine
  const lambda = lagrangeAtZero([1, 2], 1, q)
  const shiftBy = (count: bigint): bigint => (((((count + q) % q) * inverseOf(lambda, q)) % q) + q) % q
  const forgery = forgeAsLastVoter(
    demo.election,
    before,
    { trusteeSecret: secretOf(demo, 1), voterSecret: demo.voters[11] ?? 0n, choice: [1, 0] },
    [shiftBy(4n), shiftBy(-4n)],
  )
  const tally = encryptedTally(demo.election, [...cast, good(checkBallot(demo.election, demo.roll, forgery.ballot.text))])
  const openedBy = (owner: number, text = openTally(demo.election, tally, secretOf(demo, owner))) => ({
    owner,
    opening: good(checkOpening(demo.election, tally, keyOf(demo, owner), text)),
  })
  const honest = openedBy(1)
  const forged = openedBy(1, forgery.openingOf(tally))
  const second = openedBy(2)
  const count = (first: typeof honest) => good(combineResult(demo.election, demo.trustees, tally, [first, second])).result
  const companionFor = ({ owner, opening }: typeof honest, about = tally): Proof =>
    companionOf(demo.election, { ...claimOf(about, owner), openingText: opening.text }, secretOf(demo, owner))
  const judge = ({ owner, opening }: typeof honest, companion: Proof) =>
    checkCompanion(demo.election, claimOf(tally, owner), keyOf(demo, owner), opening, companion)
  const refused = { kind: 'fail', error: { kind: 'companion fails' } }

  it('passes every check of the format: 5 to 7 is opened as 9 to 3', () => {
    expect(count(honest)).toEqual([[5, 7]])
    expect(count(forged)).toEqual([[9, 3]])
  })

  it('fails on the companion, whichever proof the cheat puts beside it', () => {
    const attempts = [companionFor(forged), companionFor(honest), companionFor(second), { challenge: '0', response: '0' }]
    for (const companion of attempts) expect(judge(forged, companion)).toEqual(refused)
  })

  it('leaves honest openings be, needed for the result or not', () => {
    for (const opening of [honest, second, openedBy(3)])
      expect(judge(opening, companionFor(opening))).toEqual({ kind: 'ok', value: null })
  })
})

it('the companion is that of its formula: one made by another program from the specification holds', () => {
  const { election: of } = demoElection({ group: 'Ed25519', questions: [yesNo], voters: 1, holders })
  const { engine } = of
  const multiple = (k: bigint) => engine.multiply(engine.generator, k)
  // Two questions of two places and one; the secret is 20261122 and the nonce 987654321987654321.
  const secret = 20_261_122n
  const alphas = [2n, 3n, 5n]
  const [a, b, c] = alphas.map(multiple)
  const [f, g, h] = alphas.map((k) => multiple(k * secret))
  assert(a !== undefined && b !== undefined && c !== undefined, 'three places')
  assert(f !== undefined && g !== undefined && h !== undefined, 'and as many factors')
  const row = (...own: readonly (typeof a)[]) => own.map((alpha) => ({ alpha, beta: engine.identity }))
  const claim = { tally: { hash: 'ab'.repeat(32), ciphertexts: [row(a, b), row(c)] }, lastShuffleHash: 'cd'.repeat(32), owner: 3 }
  const opening = { text: 'an opening', factors: [[f, g], [h]] }
  const fixed = { ...of, fingerprint: 'A'.repeat(43) }
  const made: Proof = {
    challenge: '4678253029697391260088648596491085700852626132173550315132101065159596695211',
    response: '3456524104948337329061261268643212796861272833621857788611800038405486442112',
  }
  expect(checkCompanion(fixed, claim, multiple(secret), opening, made).kind).toBe('ok')
  const own = companionOf(fixed, { ...claim, openingText: opening.text }, secret)
  expect(checkCompanion(fixed, claim, multiple(secret), opening, own).kind).toBe('ok')
})

describe('the companion of an opening binds everything it stands beside', () => {
  const { demo, before: tally, cast } = election('Ed25519')
  const { election: of } = demo
  const { engine } = of
  const opening = good(checkOpening(of, tally, keyOf(demo, 1), openTally(of, tally, secretOf(demo, 1))))
  const claim = claimOf(tally, 1)
  const companion = companionOf(of, { ...claim, openingText: opening.text }, secretOf(demo, 1))
  const check = (
    changed: {
      readonly claim?: Partial<typeof claim> | { readonly lastShuffleHash: string }
      readonly opening?: Partial<typeof opening>
    } = {},
    proof = companion,
    key = keyOf(demo, 1),
  ) => checkCompanion(of, { ...claim, ...changed.claim }, key, { ...opening, ...changed.opening }, proof).kind

  it('holds for what it was made for, and is the same each time', () => {
    expect(check()).toBe('ok')
    expect(companionOf(of, { ...claim, openingText: opening.text }, secretOf(demo, 1))).toEqual(companion)
  })

  it('falls with another tally, its hash, owner, shuffle, key or text', () => {
    const fewer = encryptedTally(of, cast.slice(1))
    expect(check({ claim: { tally: { ...tally, hash: fewer.hash } } })).toBe('fail')
    expect(check({ claim: { tally: fewer } })).toBe('fail')
    expect(check({ claim: { owner: 2 } })).toBe('fail')
    expect(check({ claim: { lastShuffleHash: tally.hash } })).toBe('fail')
    expect(check({}, companion, keyOf(demo, 2))).toBe('fail')
    expect(check({ opening: { text: `${opening.text} ` } })).toBe('fail')
  })

  it('falls with any one factor changed, and with two swapped', () => {
    const [[first, second] = []] = opening.factors
    assert(first !== undefined && second !== undefined, 'a yes/no question has two places')
    expect(check({ opening: { factors: [[engine.add(first, engine.generator), second]] } })).toBe('fail')
    expect(check({ opening: { factors: [[first, engine.identity]] } })).toBe('fail')
    expect(check({ opening: { factors: [[second, first]] } })).toBe('fail')
    // Two errors that cancel in the plain sum do not cancel under weights.
    const other = [engine.add(first, engine.generator), engine.add(second, engine.negate(engine.generator))]
    expect(check({ opening: { factors: [other] } })).toBe('fail')
  })

  it('falls with factors of another shape', () => {
    const [[first] = []] = opening.factors
    assert(first !== undefined, 'a factor')
    expect(checkCompanion(of, claim, keyOf(demo, 1), { ...opening, factors: [[first]] }, companion)).toEqual({
      kind: 'fail',
      error: { kind: 'opening not of the shape of the tally' },
    })
  })

  it('falls with any scalar changed, or not below q', () => {
    const raised = (text: string, by: bigint): string => (BigInt(text) + by).toString()
    for (const by of [1n, engine.q])
      for (const field of ['challenge', 'response'] as const)
        expect(check({}, { ...companion, [field]: raised(companion[field], by) })).toBe('fail')
  })

  it('is read as it is written, and in no other spelling', () => {
    const text = companionText(companion)
    expect(parseCompanion(text)).toEqual({ kind: 'ok', value: companion })
    for (const bad of ['', '{}', `${text} `, text.replace('"response":"', '"response":"0'), text.replace('{', '{"a":1,')])
      expect(parseCompanion(bad).kind).toBe('fail')
  })

  it('opens an empty box too', () => {
    const empty = encryptedTally(of, [])
    const nothing = good(checkOpening(of, empty, keyOf(demo, 1), openTally(of, empty, secretOf(demo, 1))))
    const proof = companionOf(of, { ...claimOf(empty, 1), openingText: nothing.text }, secretOf(demo, 1))
    expect(checkCompanion(of, claimOf(empty, 1), keyOf(demo, 1), nothing, proof).kind).toBe('ok')
  })
})
