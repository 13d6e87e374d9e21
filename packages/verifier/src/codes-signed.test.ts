// A registrar apart signs the voting keys and the bind list: nobody else can set up a ballot in their name, and an operator's own key is not theirs.
import { codesSignedBytes, type SignedCodes } from '@quorate/ballots'
import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { dossierFor, wholeDecision, type Twist } from '../testing/whole-decision.ts'
import { dossierText, verify, type Verdict } from './index.ts'

/** An Ed25519 key of a seed (RFC 8410 §7), with its public half as the record spells it. */
function keyOf(n: number): { readonly key: string; readonly signs: (codes: SignedCodes) => string } {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, n)])
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const { x } = createPublicKey(secret).export({ format: 'jwk' })
  return { key: x ?? '', signs: (codes) => sign(null, codesSignedBytes(codes), secret).toString('base64') }
}
const [registrar, operator] = [keyOf(1), keyOf(2)]

function told(twist: Twist['registrar'], known?: string): { readonly verdict: Verdict; readonly said: unknown } {
  const { log } = wholeDecision('Ed25519', { until: 'open', ...(twist === undefined ? {} : { registrar: twist }) })
  const verdict = verify(dossierText(dossierFor(log)), known === undefined ? {} : { registrar: known })
  return { verdict, said: verdict.checks.find(({ name }) => name === 'registrar') }
}
const signed: Twist['registrar'] = (codes) => ({ key: registrar.key, signature: registrar.signs(codes) })

describe('who made the voting codes', () => {
  test('the registrar, whose key the reader knows', () => {
    const { verdict, said } = told(signed, registrar.key)
    expect([verdict.verdict, said]).toMatchObject(['holds', { state: 'passed' }])
  })

  test('somebody who signed, but no key to compare: said, not ticked', () => {
    const { verdict, said } = told(signed)
    expect([verdict.verdict, said]).toMatchObject(['holds', { state: 'not-checked', why: 'no-registrar-given' }])
  })

  test('an operator with a key of their own is not the registrar', () => {
    const { verdict } = told((codes) => ({ key: operator.key, signature: operator.signs(codes) }), registrar.key)
    expect(verdict.fault).toMatchObject({
      check: 'registrar',
      code: 'registrar-differs',
      expected: registrar.key,
      found: operator.key,
    })
  })

  test('the word alone is the operator’s', () => {
    expect(told(() => 'separate').said).toMatchObject({ state: 'not-checked', why: 'registrar-unsigned' })
    expect(told(() => 'separate', registrar.key).verdict.fault).toMatchObject({ code: 'registrar-differs', found: 'separate' })
    expect(told(undefined).said).toMatchObject({ state: 'not-checked', why: 'single-operator' })
    expect(told(undefined, registrar.key).verdict.fault).toMatchObject({ code: 'registrar-differs', found: 'single-operator' })
  })

  test.each([
    ['voting keys', (codes: SignedCodes) => ({ ...codes, roll: 'ab'.repeat(32) })],
    ['a bind list', (codes: SignedCodes) => ({ ...codes, binds: 'ab'.repeat(32) })],
    ['an election', (codes: SignedCodes) => ({ ...codes, uuid: 'LanternAnother1' })],
  ])('a signature under other %s is named, with a key to compare or without', (_, other) => {
    const forged: Twist['registrar'] = (codes) => ({ key: registrar.key, signature: registrar.signs(other(codes)) })
    for (const known of [undefined, registrar.key])
      expect(told(forged, known).verdict).toMatchObject({
        verdict: 'fails',
        fault: { check: 'registrar', code: 'registrar-has-not-signed' },
      })
  })
})
