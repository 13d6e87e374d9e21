import { canonicalJson, type JsonObject } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'

import { demoElection, good, randomFrom, withBlank, yesNo } from '../../testing/demo-election.ts'
import { checkBallot } from './ballot-check.ts'
import { signBallot } from './ballot.ts'
import { checkReveal, lockTestably, revealOf } from './spoil.ts'
import { wireText } from '../wire.ts'

describe.each(['Ed25519', 'BELENIOS-2048'] as const)(
  'Benaloh 2006 in %s: test the device, then vote with a fresh locking',
  (group) => {
    const demo = demoElection({ group, questions: [yesNo, withBlank], voters: 2 })
    const { election, roll } = demo
    const secret = demo.voters[0] ?? 0n
    const credential = election.engine.encode(election.engine.multiplyBaseSecret(secret))
    const choices = [
      [1, 0],
      [0, 1, 1, 0],
    ] as const
    const locked = good(lockTestably(election, choices, credential, randomFrom('device')))
    const { digest } = locked.unsigned
    const reveal = revealOf(election, locked)
    const changed = (change: JsonObject): string => canonicalJson({ ...(JSON.parse(reveal) as JsonObject), ...change })

    it('rebuilds the very ballot that was locked and shows its choices', () => {
      expect(checkReveal(election, reveal, digest)).toEqual({ kind: 'ok', value: { choices, credential, digest } })
      const again = good(lockTestably(election, choices, credential, () => Uint8Array.from(Buffer.from(locked.seed, 'hex'))))
      expect(wireText(again.unsigned.message)).toBe(wireText(locked.unsigned.message))
    })

    it('catches a device that locked another choice than the one it shows', () => {
      const other = good(lockTestably(election, [[0, 1], choices[1]], credential, randomFrom('device')))
      expect(checkReveal(election, reveal, other.unsigned.digest)).toEqual({
        kind: 'fail',
        error: { kind: 'not the ballot that was locked', rebuilt: digest },
      })
    })

    it('catches a device that reveals another seed or another key', () => {
      const key = election.engine.encode(election.engine.multiplyBaseSecret(demo.voters[1] ?? 0n))
      for (const change of [{ seed: '00'.repeat(32) }, { credential: key }])
        expect(checkReveal(election, changed(change), digest)).toMatchObject({
          error: { kind: 'not the ballot that was locked' },
        })
    })

    it('locks the same choices differently each time, so a test tells nothing of the next ballot', () => {
      const random = randomFrom('two lockings')
      const two = [1, 2].map(() => good(lockTestably(election, choices, credential, random)))
      expect(new Set(two.map(({ seed }) => seed)).size).toBe(2)
      expect(new Set(two.map(({ unsigned }) => unsigned.digest)).size).toBe(2)
    })

    it('gives a ballot that can be cast when it is not tested; the signature is not a function of the seed', () => {
      const ballot = signBallot(election, locked.unsigned, secret)
      expect(good(checkBallot(election, roll, ballot.text)).digest).toBe(digest)
      const forged = signBallot(election, locked.unsigned, secret + 1n)
      expect(checkBallot(election, roll, forged.text).kind).toBe('fail')
    })

    it('uses one seed in two elections or for two keys for different randomness', () => {
      const key = election.engine.encode(election.engine.multiplyBaseSecret(demo.voters[1] ?? 0n))
      const alphaOf = ({ message }: typeof locked.unsigned) => /"alpha":"(\w+)"/.exec(JSON.stringify(message))?.[1]
      const mine = alphaOf(locked.unsigned)
      const theirs = good(lockTestably(election, choices, key, () => Uint8Array.from(Buffer.from(locked.seed, 'hex'))))
      expect(mine).toBeDefined()
      expect(alphaOf(theirs.unsigned)).not.toBe(mine)
    })

    it('refuses to lock what breaks the rules', () => {
      expect(lockTestably(election, [[1, 1], choices[1]], credential, randomFrom('x'))).toMatchObject({
        error: { kind: 'too many' },
      })
    })

    it.each<[JsonObject | string, string]>([
      ['', 'malformed'],
      ['null', 'malformed'],
      ['[]', 'malformed'],
      [{ format: 'quorate/spoil/v2' }, 'malformed'],
      [{ seed: 'ff' }, 'malformed'],
      [{ seed: 'F'.repeat(64) }, 'malformed'],
      [{ seed: null }, 'malformed'],
      [{ credential: '1' }, 'malformed'],
      [{ choices: [1] }, 'malformed'],
      [{ choices: [[2, 0]] }, 'choices break the rules'],
      [{ choices: [['1', 0]] }, 'malformed'],
      [{ electionHash: 'A'.repeat(43) }, 'another election'],
      [{ choices: [[1, 0]] }, 'choices break the rules'],
      [
        {
          choices: [
            [1, 1],
            [0, 1, 1, 0],
          ],
        },
        'choices break the rules',
      ],
    ])('refuses %o with the reason', (change, kind) => {
      const text = typeof change === 'string' ? change : changed(change)
      expect(checkReveal(election, text, digest)).toMatchObject({ kind: 'fail', error: { kind } })
    })
  },
)
