import { sha256 } from '@noble/hashes/sha2.js'
import { canonicalJson, type JsonObject, toHex, utf8 } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ed25519Engine } from '../groups/ed25519.ts'
import { rehearseCeremony } from './rehearsal.ts'
import { seededRandom } from '../seeded-random.ts'
import { isContext, newTrusteeKey, parseTrusteeKeyFile, type TrusteeKey, trusteeKeyFile } from './trustee-key.ts'
import { acceptTrustees, answerStep1 } from './trustees.ts'

const random = seededRandom(sha256(utf8('key files')))
const context = { uuid: 'QuorateTest4242', group: 'Ed25519', size: 2, threshold: 2 } as const
const fresh = newTrusteeKey({ ...context, index: 1 }, random)
const { messages, file, keys } = rehearseCeremony(ed25519Engine, context, random)
const finished = keys[0] ?? fresh

/** A key file with changed fields and a check that fits them. */
const rewritten = (key: TrusteeKey, change: JsonObject): string => {
  const fields = { ...(JSON.parse(trusteeKeyFile(key)) as JsonObject), ...change }
  const body = Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'check'))
  return canonicalJson({ ...body, check: toHex(sha256(utf8(canonicalJson(body)))).slice(0, 16) })
}

describe('a trustee’s key file', () => {
  it('is read as it is written, before the ceremony and after', () => {
    for (const key of [fresh, finished]) expect(parseTrusteeKeyFile(trusteeKeyFile(key))).toEqual({ kind: 'ok', value: key })
    expect(fresh.share).toBeNull()
    expect(finished.share?.trusteesHash).toBe(toHex(sha256(utf8(file))))
  })

  it('survives blanks around it, as copying leaves them', () => {
    expect(parseTrusteeKeyFile(`\n ${trusteeKeyFile(finished)}\r\n`)).toEqual({ kind: 'ok', value: finished })
  })

  it('from before the ceremony restores everything, given the public messages', () => {
    const unfinished = { ...finished, share: null }
    expect(acceptTrustees(ed25519Engine, unfinished, messages, file)).toEqual({ kind: 'ok', value: finished })
  })

  it('shows any one damaged character', () => {
    const text = trusteeKeyFile(finished)
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...Array.from('0123456789abcdef"{},:x ')), (place, character) => {
        const damaged = text.slice(0, place) + character + text.slice(place + 1)
        expect(parseTrusteeKeyFile(damaged).kind).toBe(damaged.trim() === text ? 'ok' : 'fail')
      }),
      { numRuns: 300 },
    )
  })

  it('cut short is called damaged; something else is called something else; the future is told apart', () => {
    expect(parseTrusteeKeyFile(trusteeKeyFile(finished).slice(0, -5))).toEqual({ kind: 'fail', error: { kind: 'damaged' } })
    for (const text of ['', '{}', 'null', '7', '[]', file, '{"format":7}'])
      expect(parseTrusteeKeyFile(text)).toEqual({ kind: 'fail', error: { kind: 'not a key file' } })
    expect(parseTrusteeKeyFile(rewritten(finished, { format: 'quorate/trustee-key/v2' }))).toEqual({
      kind: 'fail',
      error: { kind: 'of a later version' },
    })
  })

  it.each<JsonObject>([
    { uuid: 'short' },
    { group: 'P-256' },
    { size: 0 },
    { size: '2' },
    { threshold: 3 },
    { index: 0 },
    { index: 3 },
    { seed: 'ff' },
    { seed: null },
    { share: '0' },
    { share: '01' },
    { share: null },
    { trustees: null },
    { trustees: 'ff' },
  ])('with %o is refused, though its check fits', (change) => {
    expect(parseTrusteeKeyFile(rewritten(finished, {})).kind).toBe('ok')
    expect(parseTrusteeKeyFile(rewritten(finished, change))).toEqual({ kind: 'fail', error: { kind: 'damaged' } })
  })

  const hash = 'ab'.repeat(32)
  const seen = { size: 9, root: hash, tally: hash }
  const record = { log: 'lantern/record+1+k', witnesses: ['rival.example/w1+2+k'], quorum: 1, size: 7, root: hash, seen }

  it('keeps what was seen of the record, before a check of the box and after', () => {
    for (const kept of [record, { ...record, seen: null }]) {
      const key = { ...finished, record: kept }
      expect(parseTrusteeKeyFile(trusteeKeyFile(key))).toEqual({ kind: 'ok', value: key })
      expect(parseTrusteeKeyFile(trusteeKeyFile({ ...fresh, record: kept }))).toMatchObject({ value: { record: kept } })
    }
  })

  it.each<JsonObject>([
    { log: '' },
    { log: 7 },
    { witnesses: [7] },
    { witnesses: 'all' },
    { witnesses: Array.from({ length: 101 }, () => 'w') },
    { quorum: -1 },
    { size: null },
    { root: 'ff' },
    { seen: 7 },
    { seen: { ...seen, size: -1 } },
    { seen: { ...seen, root: 'ff' } },
    { seen: { ...seen, tally: null } },
  ])('with %o kept of the record is refused', (change) => {
    expect(parseTrusteeKeyFile(rewritten({ ...finished, record }, {})).kind).toBe('ok')
    expect(parseTrusteeKeyFile(rewritten({ ...finished, record }, { record: { ...record, ...change } }))).toEqual({
      kind: 'fail',
      error: { kind: 'damaged' },
    })
    expect(parseTrusteeKeyFile(rewritten(finished, { record: null }))).toMatchObject({ kind: 'fail' })
  })

  it('is made only for a place that exists', () => {
    const place = { ...context, index: 1 }
    expect(isContext(place)).toBe(true)
    for (const change of [{ size: 101 }, { threshold: 0 }, { index: 1.5 }, { uuid: '0OIl0OIl0OIl0OIl' }])
      expect(isContext({ ...place, ...change })).toBe(false)
    expect(() => newTrusteeKey({ ...place, index: 3 }, random)).toThrow()
  })

  it('differs from trustee to trustee though the place is the same', () => {
    const other = newTrusteeKey({ ...context, index: 1 }, random)
    expect(answerStep1(ed25519Engine, other)).not.toBe(answerStep1(ed25519Engine, fresh))
  })
})
