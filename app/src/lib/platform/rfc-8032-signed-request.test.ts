import { generateKeyPairSync } from 'node:crypto'
import { instant } from '@quorate/kernel'
import { describe, expect, test } from 'vitest'
import { checkSignature, isPublicKeyText, publicKeyText, signatureHeader } from './signed-request.ts'

const newKey = (): string => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' })
const key = newKey()
const request = { method: 'POST', path: '/api/registrar/x/codes', body: '{"a":1}' }
const now = instant(1_795_294_341_000)
const header = signatureHeader(request, key, now)
const check = (more: Partial<typeof request> = {}, said: string | null = header, at = now, publicKey = publicKeyText(key)) =>
  checkSignature({ ...request, ...more }, said, publicKey, at)

describe('a request between two programs is signed (RFC 8032)', () => {
  test('as it was sent, it is believed; with any part changed, not', () => {
    expect(isPublicKeyText(publicKeyText(key))).toBe(true)
    expect(check().kind).toBe('ok')
    for (const change of [{ method: 'GET' }, { path: '/api/registrar/y/codes' }, { body: '{"a":2}' }])
      expect(check(change)).toEqual({ kind: 'fail', error: 'wrong signature' })
    expect(check({}, header, now, publicKeyText(newKey()))).toEqual({ kind: 'fail', error: 'wrong signature' })
    expect(check({}, header.replace(String(now), String(now + 1)))).toEqual({ kind: 'fail', error: 'wrong signature' })
  })

  test('without a signature, or with none to be read', () => {
    for (const said of [null, '', 'Bearer x', header.slice(0, -1), `${header}A`])
      expect(check({}, said)).toEqual({ kind: 'fail', error: 'no signature' })
    expect(check({}, header, now, 'not a key')).toEqual({ kind: 'fail', error: 'no signature' })
  })

  test('five minutes of difference between the clocks, no more', () => {
    expect(check({}, header, instant(now + 300_000)).kind).toBe('ok')
    for (const away of [300_001, -300_001])
      expect(check({}, header, instant(now + away))).toEqual({ kind: 'fail', error: 'clock' })
  })
})
