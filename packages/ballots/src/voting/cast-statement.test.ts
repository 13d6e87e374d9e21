import { sha256 } from '@noble/hashes/sha2.js'
import { toBase64, utf8 } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'

import { ballotsPerCredentialMax } from '../archive/box.ts'
import {
  afterCast,
  type CastClaim,
  type CastHistory,
  castStatementText,
  judgeCast,
  makeCastStatement,
  noCasts,
  noPreviousTracker,
  parseCastStatement,
} from './cast-statement.ts'
import { engineOf } from '../groups/groups.ts'

const hash = (text: string): string => toBase64(sha256(utf8(text)), false)

describe.each(['Ed25519', 'BELENIOS-2048'] as const)(
  'cast statement in %s: which ballot this one replaces, signed by the credential',
  (group) => {
    const engine = engineOf(group)
    const secret = 123_456_789_123_456_789n
    const key = engine.multiplyBaseSecret(secret)
    const claim = { electionHash: hash('election'), credential: engine.encode(key), digest: hash('unsigned') }
    const tracker = hash('ballot')
    const make = (previous: string, about: Partial<CastClaim> = {}, by = secret) =>
      makeCastStatement(engine, by, { ...claim, previous, ...about })
    const judge = (statement: ReturnType<typeof make>, history: CastHistory = noCasts, sent = tracker) =>
      judgeCast(engine, key, claim, statement, history, sent)

    it('admits a first ballot upon zeros, and a re-vote upon the last', () => {
      expect(judge(make(noPreviousTracker))).toEqual({ kind: 'ok', value: 'new' })
      const history = afterCast(noCasts, hash('first'))
      expect(history).toEqual({ cast: 1, last: hash('first') })
      expect(judge(make(hash('first')), history)).toEqual({ kind: 'ok', value: 'new' })
    })

    it('refuses a withheld ballot published after the re-vote that it would undo', () => {
      const withheld = make(noPreviousTracker)
      const history = afterCast(noCasts, hash('the re-vote'))
      expect(judge(withheld, history)).toEqual({
        kind: 'fail',
        error: { kind: 'predecessor is not the last', expected: hash('the re-vote'), found: noPreviousTracker },
      })
    })

    it('refuses an older predecessor than the last', () => {
      const history = afterCast(afterCast(noCasts, hash('1')), hash('2'))
      expect(judge(make(hash('1')), history)).toMatchObject({ error: { kind: 'predecessor is not the last' } })
    })

    it('knows the very bytes that are already last, sent again for want of a receipt', () => {
      const history = afterCast(noCasts, tracker)
      expect(judge(make(noPreviousTracker), history)).toEqual({ kind: 'ok', value: 'already in the box' })
    })

    it('does not take a forged statement with known bytes for the same ballot', () => {
      expect(judge(make(noPreviousTracker, {}, 5n), afterCast(noCasts, tracker))).toEqual({
        kind: 'fail',
        error: { kind: 'proof fails' },
      })
    })

    it('refuses the 33rd ballot, and not the 32nd', () => {
      const last = hash('last')
      expect(judge(make(last), { cast: ballotsPerCredentialMax - 1, last })).toEqual({ kind: 'ok', value: 'new' })
      expect(judge(make(last), { cast: ballotsPerCredentialMax, last })).toEqual({
        kind: 'fail',
        error: { kind: 'too many ballots', limit: ballotsPerCredentialMax },
      })
    })

    it.each(['electionHash', 'credential', 'digest', 'previous'] as const)('binds %s', (field) => {
      const other = { ...make(noPreviousTracker, { [field]: hash('other') }), previous: noPreviousTracker }
      expect(judge(other)).toEqual({ kind: 'fail', error: { kind: 'proof fails' } })
    })

    it('refuses another credential’s signature, and scalars that are changed or not below q', () => {
      const good = make(noPreviousTracker)
      expect(judge(make(noPreviousTracker, {}, secret + 1n))).toMatchObject({ error: { kind: 'proof fails' } })
      const { challenge, response } = good.proof
      const raised = (text: string, by: bigint): string => (BigInt(text) + by).toString()
      for (const proof of [
        { challenge: raised(challenge, 1n), response },
        { challenge, response: raised(response, 1n) },
        { challenge: raised(challenge, engine.q), response },
        { challenge, response: raised(response, engine.q) },
        { challenge: `0${challenge}`, response },
      ])
        expect(judge({ ...good, proof })).toEqual({ kind: 'fail', error: { kind: 'proof fails' } })
    })

    it('is the same each time it is made, so a lost answer is no second statement', () => {
      expect(make(noPreviousTracker)).toEqual(make(noPreviousTracker))
    })

    it('is read as it is written, and in no other spelling', () => {
      const good = make(hash('1'))
      const text = castStatementText(good)
      expect(parseCastStatement(text)).toEqual({ kind: 'ok', value: good })
      for (const bad of [
        `${text} `,
        text.replace('"previous"', '"previouS"'),
        '{}',
        'null',
        text.replace('"proof"', '"more":1,"proof"'),
      ])
        expect(parseCastStatement(bad).kind).toBe('fail')
    })
  },
)
