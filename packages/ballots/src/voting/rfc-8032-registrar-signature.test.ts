import { ed25519 } from '@noble/curves/ed25519.js'
import { fromUtf8, toBase64 } from '@quorate/kernel'
import { expect, test } from 'vitest'
import { areSignedCodes, codesSignedBytes } from './registrar-signature.ts'

const seed = new Uint8Array(32).fill(0xfb)
const key = toBase64(ed25519.getPublicKey(seed), false).replaceAll('+', '-').replaceAll('/', '_')
const codes = { uuid: 'LanternRegistrar1', roll: 'ab'.repeat(32), binds: 'cd'.repeat(32) }
const signature = toBase64(ed25519.sign(codesSignedBytes(codes), seed))

test('the bytes are the format’s name and three lines', () => {
  expect(fromUtf8(codesSignedBytes(codes))).toEqual({
    kind: 'ok',
    value: `quorate/registrar-codes/v1\nLanternRegistrar1\n${'ab'.repeat(32)}\n${'cd'.repeat(32)}`,
  })
})

test('it holds of these codes under this key, and of nothing else', () => {
  expect(areSignedCodes(codes, { key, signature })).toBe(true)
  for (const other of [
    { ...codes, uuid: 'LanternRegistrar2' },
    { ...codes, roll: 'ac'.repeat(32) },
    { ...codes, binds: 'ce'.repeat(32) },
    { ...codes, roll: codes.binds, binds: codes.roll },
  ])
    expect(areSignedCodes(other, { key, signature })).toBe(false)
  const stranger = toBase64(ed25519.getPublicKey(new Uint8Array(32).fill(7)), false)
    .replaceAll('+', '-')
    .replaceAll('/', '_')
  expect(areSignedCodes(codes, { key: stranger, signature })).toBe(false)
})

test.each([
  ['no key', { key: '', signature }],
  ['a key that is too short', { key: key.slice(4), signature }],
  ['no signature', { key, signature: '' }],
  ['another spelling of the key', { key: `${key}=`, signature }],
  ['half a signature', { key, signature: signature.slice(0, 44) }],
])('%s: false, and no throw', (_, given) => {
  expect(areSignedCodes(codes, given)).toBe(false)
})
