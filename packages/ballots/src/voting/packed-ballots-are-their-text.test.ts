import { assert } from '@quorate/kernel'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'

import { approval, castBy, type Demo, demoElection, ranked, withBlank, yesNo } from '../../testing/demo-election.ts'
import { fastEd25519 } from '../groups/ed25519-wasm.ts'
import { sha256Base64 } from '../hash.ts'
import { packBallot, packedLength, unpackBallot } from './packed-ballot.ts'
import type { Question } from './question.ts'

/*
 * What is packed is the text and nothing else: it comes back byte for byte, or it is not packed.
 */

const ten: Question = {
  answers: Array.from({ length: 10 }, (_, i) => `Number ${String(i)}`),
  min: 0,
  max: 10,
  question: 'Which?',
}

const packedFor = (demo: Demo, text: string): Uint8Array => {
  const bytes = packBallot(demo.election, text)
  assert(bytes !== null, 'a ballot of this election can be packed')
  return bytes
}

describe('a packed ballot', () => {
  let mixed: Demo
  let text = ''
  beforeAll(() => {
    mixed = demoElection({ group: 'Ed25519', questions: [yesNo, withBlank, ranked], voters: 2, wasm: fastEd25519 })
    text = castBy(mixed, 0, [
      [1, 0],
      [0, 1, 1, 0],
      [1, 2, 0, 0],
    ]).text
  })

  it('has 544 bytes for yes or no, 2,720 for ten answers and 224 for a ranking in Ed25519, a third of the text', () => {
    const yes = demoElection({ group: 'Ed25519', questions: [yesNo], voters: 1, wasm: fastEd25519 })
    const ballot = castBy(yes, 0, [[1, 0]])
    expect(packedFor(yes, ballot.text).length).toBe(544)
    expect(ballot.text.length).toBeGreaterThan(1_650)
    const large = demoElection({ group: 'Ed25519', questions: [ten], voters: 1, wasm: fastEd25519 })
    const approved = castBy(large, 0, [[1, 0, 1, 0, 1, 0, 1, 0, 1, 0]])
    expect(packedFor(large, approved.text).length).toBe(2_720)
    expect(approved.text.length).toBeGreaterThan(7_500)
    const list = demoElection({ group: 'Ed25519', questions: [ranked], voters: 1, wasm: fastEd25519 })
    expect(packedFor(list, castBy(list, 0, [[1, 2, 0, 0]]).text).length).toBe(224)
  })

  it.each(['Ed25519', 'BELENIOS-2048'] as const)('of %s gives the very text again, whose hash is the tracker', (group) => {
    const demo = demoElection({ group, questions: [yesNo, approval, withBlank], voters: 2, wasm: fastEd25519 })
    for (const choices of [
      [
        [1, 0],
        [1, 0, 1, 0],
        [0, 1, 1, 0],
      ],
      [
        [0, 1],
        [1, 1, 1, 0],
        [1, 0, 0, 0],
      ],
    ]) {
      const ballot = castBy(demo, 1, choices)
      const bytes = packedFor(demo, ballot.text)
      expect(bytes.length).toBe(packedLength(demo.election))
      expect(packBallot(demo.election, ballot.text, ballot.digest)).toEqual(bytes)
      expect(packBallot(demo.election, ballot.text, ballot.tracker)).toBeNull()
      const again = unpackBallot(demo.election, bytes)
      expect(again).toEqual({ kind: 'ok', value: ballot.text })
      expect(sha256Base64(again.kind === 'ok' ? again.value : '')).toBe(ballot.tracker)
    }
  })

  it('holds blank and ranked answers as well', () => {
    expect(unpackBallot(mixed.election, packedFor(mixed, text))).toEqual({ kind: 'ok', value: text })
  })

  it('is refused for another election’s ballot, other lengths and other spellings, whose text must be kept', () => {
    const other = demoElection({ group: 'Ed25519', questions: [yesNo], voters: 1, wasm: fastEd25519 })
    expect(packBallot(other.election, text)).toBeNull()
    const { message } = mixed.election
    for (const changed of [
      ` ${text}`,
      '{}',
      'no JSON',
      text.replace(message.uuid, `${message.uuid}1`),
      text.replace('"overall_proof":[', '"overall_proof":[{"challenge":"1","response":"1"},'),
      text.replace(/"alpha":"../, '"alpha":"'),
      text.replace(/"challenge":"/, '"challenge":"9'.padEnd(100, '9')),
      text.replace(/"hash":"./, (found) => `${found.slice(0, -1)}${found.endsWith('A') ? 'B' : 'A'}`),
    ])
      expect(packBallot(mixed.election, changed), changed.slice(0, 40)).toBeNull()
  })

  it('any bytes of its length are one text and packed again the same bytes; of another length they are none', () => {
    const length = packedLength(mixed.election)
    fc.assert(
      fc.property(fc.uint8Array({ minLength: length, maxLength: length }), (bytes) => {
        const found = unpackBallot(mixed.election, bytes)
        assert(found.kind === 'ok', 'the length is right')
        expect(packBallot(mixed.election, found.value)).toEqual(bytes)
      }),
      { numRuns: 20 },
    )
    fc.assert(
      fc.property(
        fc.nat(2 * length).filter((other) => other !== length),
        (other) => {
          expect(unpackBallot(mixed.election, new Uint8Array(other))).toEqual({ kind: 'fail', error: 'not of this length' })
        },
      ),
      { numRuns: 20 },
    )
  })

  it('any single character changed is another ballot’s bytes, or is not packed: two texts never share bytes', () => {
    const own = packedFor(mixed, text)
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('0', '1', '9', 'a', 'f', 'A', '+', '/', '"'), (at, letter) => {
        const changed = text.slice(0, at) + letter + text.slice(at + 1)
        const bytes = packBallot(mixed.election, changed)
        expect(bytes === null || changed === text || !Buffer.from(bytes).equals(own)).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})
