import { sha256 as inJavaScript } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256 } from './sha256.ts'

test('SHA-256 of the host is SHA-256: vectors of FIPS 180-4 and random bytes of any length', () => {
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
  expect(hex(sha256(new TextEncoder().encode('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(hex(sha256(new Uint8Array(0)))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(sha256(bytes)).toEqual(inJavaScript(bytes))
    }),
  )
})

test('each call gives bytes of its own, a plain array', () => {
  const first = sha256(Uint8Array.of(1))
  sha256(Uint8Array.of(2))
  expect([first.constructor, first.buffer.byteLength, first]).toEqual([Uint8Array, 32, inJavaScript(Uint8Array.of(1))])
})
