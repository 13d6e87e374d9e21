import {
  checkBallot,
  checkBallots,
  credentialOf,
  issueCodes,
  lockBallot,
  makeCastStatement,
  noPreviousTracker,
  ownHints,
  packBallot,
  parsePublicRoll,
  publicRollText,
  seededRandom,
  unpackBallot,
  type CastStatement,
  type CheckedBallot,
} from '@quorate/ballots'
import { assert, canonicalJson, toBase64, type Result } from '@quorate/kernel'
import { afterAll, describe, expect, test } from 'vitest'
import { good, threadElection } from '../../../test/thread-election.ts'
import { ballotThreads, type BallotToCheck } from './ballot-threads.ts'
import { withoutBallot, type KeptEntry } from './packed-entry.ts'
import { systemRandom } from './random.ts'

const random = seededRandom(new Uint8Array(32).fill(7))
const voters = 12
const { engine, uuid, text, election } = threadElection({ answers: ['Yes', 'No'], min: 1, max: 1, question: 'Adopt?' })
const { codes, roll: rollLines } = issueCodes(engine, uuid, voters, random)
const secrets = codes.map((code) => credentialOf(engine, uuid, code))
const roll = good(parsePublicRoll(engine, publicRollText(rollLines)))
const box = { election: text, roll }
const ballots = secrets.map(({ secret, publicKey }, i): BallotToCheck & { readonly statement: CastStatement } => {
  const locked = good(lockBallot(election, [[i % 2, 1 - (i % 2)]], secret, random))
  const claim = { electionHash: election.fingerprint, credential: publicKey, digest: locked.digest, previous: noPreviousTracker }
  const hints = ownHints(election, locked)
  const packed: string[] = []
  const statement = makeCastStatement(engine, secret, claim, (A) =>
    packed.push(toBase64(engine.hintsOf?.([A]) ?? new Uint8Array())),
  )
  return { text: locked.text, statement, packedStatement: packed[0] ?? '', ...(hints === undefined ? {} : { hints }) }
})
const [first, second] = ballots
assert(first !== undefined && second !== undefined, 'there are ballots')

/** Without the points, which have more than one spelling. */
const told = (verdict: Result<CheckedBallot, unknown>): unknown =>
  verdict.kind === 'fail' ? verdict : { ...verdict.value, answers: verdict.value.answers.map((row) => row.map(texts)) }
const texts = ({ alpha, beta }: CheckedBallot['answers'][number][number]): readonly string[] => [alpha, beta].map(engine.encode)
const pool = ballotThreads(2, 5)
afterAll(() => pool.end())
const asked = (own: readonly BallotToCheck[]) => Promise.all(own.map((ballot) => pool.check(box, ballot)))

describe('ballots checked in threads', { timeout: 60_000 }, () => {
  test('fare as they do one by one, with hints and without, in the order in which they were asked', async () => {
    const expected = checkBallots(election, roll, ballots, systemRandom)
    for (const own of [ballots, ballots.map(({ text: each, statement }) => ({ text: each, statement }))]) {
      const found = await asked(own)
      expect(found.map(({ verdict }) => told(verdict))).toEqual(expected.map(told))
      expect(found.every(({ states }) => states)).toBe(true)
    }
    expect(pool.pending()).toBe(0)
  })

  test('a bad one is named and refused alone, whatever hints it brings', async () => {
    const forged = {
      ...first,
      text: first.text.replace(/"response":"(\d)/, (_, d: string) => `"response":"${String((Number(d) % 9) + 1)}`),
    }
    const found = await asked([...ballots.slice(1, 4), forged, ...ballots.slice(4)])
    expect(found.map(({ verdict }) => verdict.kind)).toEqual(found.map((_, i) => (i === 3 ? 'fail' : 'ok')))
    expect(found[3]).toMatchObject({ verdict: { error: { kind: 'signature hash' } }, states: false })
  })

  test('of two boxes at once, each fares by its own roll, and what names no line of it is refused as anywhere', async () => {
    const others = good(parsePublicRoll(engine, publicRollText(rollLines.filter((line) => line !== secrets[0]?.publicKey))))
    const texts = [...ballots.map((ballot) => ballot.text), '', '{}', '"credential":"', first.text.slice(0, 200)]
    const found = await Promise.all(
      texts.flatMap((each) => [pool.check(box, { text: each }), pool.check({ election: text, roll: others }, { text: each })]),
    )
    const alone = texts.flatMap((each) => [checkBallot(election, roll, each), checkBallot(election, others, each)])
    expect(found.map(({ verdict }) => told(verdict))).toEqual(alone.map(told))
    expect(found[1]?.verdict).toEqual({ kind: 'fail', error: { kind: 'not on the roll' } })
  })

  test('lean, their ciphertexts stay behind, and what is told of them is otherwise the same', async () => {
    const [whole, lean] = await asked([first, { ...first, lean: true }])
    assert(whole?.verdict.kind === 'ok' && lean?.verdict.kind === 'ok', 'the ballot is valid')
    expect(whole.verdict.value.answers).not.toEqual([])
    expect(lean).toEqual({ ...whole, verdict: { kind: 'ok', value: { ...whole.verdict.value, answers: [] } } })
    expect(lean.verdict.value.text).toBe(first.text)
  })

  test('a statement about another ballot, or by another key, is not its own', async () => {
    const found = await asked([
      { ...first, statement: second.statement },
      { ...first, packedStatement: second.packedStatement ?? '' },
      { ...first, packedStatement: 'no base64 of a point' },
      { ...first, statement: { ...first.statement, previous: 'B'.repeat(43) } },
      { text: first.text },
      first,
    ])
    expect(found.map(({ states }) => states)).toEqual([false, true, true, false, true, true])
  })

  test('packed, it is the very ballot; and nobody is told who did not ask', async () => {
    const found = await asked([first, { ...first, pack: true }, { text: 'no ballot', pack: true }])
    expect(found.map(({ packed }) => packed === undefined)).toEqual([true, false, true])
    expect(unpackBallot(election, found[1]?.packed ?? new Uint8Array())).toEqual({ kind: 'ok', value: first.text })
  })

  test('entries with packed ballots come back exactly and in order, between ballots to check; what is none stays as it is', async () => {
    const whole = ballots.map(({ text: ballot }, i) =>
      Buffer.from(canonicalJson({ at: i, body: { ballot, cast: i, code: 'Äöü' }, decision: 1, type: 'ballot', v: 1 })),
    )
    const kept = Array.from({ length: 700 }, (_, n): KeptEntry => {
      const [i, bytes, ballot] = [n % voters, whole[n % voters], ballots[n % voters]?.text ?? '']
      const [rest, packed] = [withoutBallot(bytes ?? Buffer.alloc(0)), packBallot(election, ballot)]
      assert(rest !== null && packed !== null, `entry ${String(i)} can be packed`)
      return { bytes: rest, packed: n === 300 ? packed.subarray(1) : packed }
    })
    const [exact, verdicts, none] = await Promise.all([pool.entries(text, kept), asked(ballots), pool.entries(text, [])])
    expect(exact.map(String)).toEqual(kept.map(({ bytes }, n) => String(n === 300 ? bytes : whole[n % voters])))
    expect(verdicts.every(({ verdict }) => verdict.kind === 'ok')).toBe(true)
    expect(none).toEqual([])
    // What was handed over was a copy.
    expect(kept.every(({ bytes, packed }) => bytes.length > 0 && packed.length > 0)).toBe(true)
  })

  test('keys are decoded as here, and what is none is named', async () => {
    const keys = [...roll.entries.keys(), '1', '0'.repeat(64), engine.encode(engine.identity)]
    const many = Array.from({ length: 10 }, () => keys).flat()
    const found = await pool.keys(text, many)
    const spelt = found.map((key) => (key.kind === 'ok' ? engine.encode(key.value) : key.error))
    expect(spelt).toEqual(many.map((key) => (roll.entries.has(key) ? key : (engine.decode(key) as { error: string }).error)))
  })

  test('a thread that cannot be had says so, and nobody waits for ever', async () => {
    const kept = process.env['QUORATE_APP_FOLDER']
    process.env['QUORATE_APP_FOLDER'] = '/nowhere'
    try {
      await expect(ballotThreads(1).check(box, first)).rejects.toThrow()
      await expect(ballotThreads(1).keys(text, ['1'])).rejects.toThrow()
      await expect(ballotThreads(1).entries(text, [{ bytes: Buffer.alloc(1), packed: new Uint8Array(1) }])).rejects.toThrow()
    } finally {
      if (kept === undefined) delete process.env['QUORATE_APP_FOLDER']
      else process.env['QUORATE_APP_FOLDER'] = kept
    }
  })
})
