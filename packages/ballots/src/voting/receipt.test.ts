import { createPublicKey, verify } from 'node:crypto'

import { sha256 } from '@noble/hashes/sha2.js'
import { canonicalJson, concatBytes, fromHex, toBase64, toHex, utf8 } from '@quorate/kernel'
import { describe, expect, it } from 'vitest'

import { ballotCodeOf } from './ballot-code.ts'
import { checkReceipt, parseReceipt, type Receipt, receiptKeyOf, receiptText, signReceipt } from './receipt.ts'

const hash = (text: string): string => toBase64(sha256(utf8(text)), false)
const secretKey = sha256(utf8('a receipt key'))
const serverKey = receiptKeyOf(secretKey)
const own = { electionHash: hash('election'), digest: hash('unsigned'), tracker: hash('ballot') }
const receipt = signReceipt(secretKey, {
  ...own,
  code: ballotCodeOf(own.digest),
  index: 41,
  checkpoint: 'lantern.example\n42\nroot\n',
})
const bytesOf = (hex: string): Uint8Array => {
  const bytes = fromHex(hex)
  if (bytes.kind === 'fail') throw new Error(bytes.error)
  return bytes.value
}

describe('ballot receipt: the server’s promise, signed with Ed25519 of RFC 8032', () => {
  it('is accepted by the device that cast the ballot', () => {
    expect(checkReceipt(serverKey, receipt, own)).toEqual({ kind: 'ok', value: null })
  })

  it('is a plain Ed25519 signature that another implementation verifies', () => {
    const { signature, ...body } = receipt
    const spki = concatBytes(bytesOf('302a300506032b6570032100'), serverKey)
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
    expect(verify(null, utf8(`quorate/receipt/v1\n${canonicalJson(body)}`), key, bytesOf(signature))).toBe(true)
  })

  it.each([
    ['electionHash', hash('x')],
    ['code', 'ABLE–0000–ZOO'],
    ['digest', hash('x')],
    ['tracker', hash('x')],
    ['index', 42],
    ['checkpoint', 'lantern.example\n43\nroot\n'],
  ] as const)('binds %s', (field, value) => {
    expect(checkReceipt(serverKey, { ...receipt, [field]: value }, own)).toEqual({
      kind: 'fail',
      error: { kind: 'signature fails' },
    })
  })

  it('of another ballot is not mine, though the server signed it', () => {
    for (const field of ['electionHash', 'digest', 'tracker'] as const)
      expect(checkReceipt(serverKey, receipt, { ...own, [field]: hash('mine') })).toEqual({
        kind: 'fail',
        error: { kind: 'about another ballot', field },
      })
  })

  it('with a code that its digest does not give is refused, though the server signed it', () => {
    const lying = signReceipt(secretKey, { ...receipt, code: ballotCodeOf(hash('other')) })
    expect(checkReceipt(serverKey, lying, own)).toEqual({ kind: 'fail', error: { kind: 'about another ballot', field: 'code' } })
  })

  it('fails under another server’s key', () => {
    expect(checkReceipt(receiptKeyOf(sha256(utf8('other'))), receipt, own)).toMatchObject({ error: { kind: 'signature fails' } })
  })

  it('has one signature only: S + q and unreadable hex are refused', () => {
    const q = 2n ** 252n + 27742317777372353535851937790883648493n
    const bytes = bytesOf(receipt.signature)
    const S = BigInt(`0x${toHex(bytes.slice(32).reverse())}`) + q
    const raised = toHex(bytes.slice(0, 32)) + toHex(bytesOf(S.toString(16).padStart(64, '0')).reverse())
    expect(checkReceipt(serverKey, { ...receipt, signature: raised }, own)).toMatchObject({ error: { kind: 'signature fails' } })
    for (const signature of ['', 'zz', receipt.signature.toUpperCase(), receipt.signature.slice(2)])
      expect(checkReceipt(serverKey, { ...receipt, signature }, own)).toEqual({ kind: 'fail', error: { kind: 'malformed' } })
  })

  it('is read as it is written, and tells no choice', () => {
    const text = receiptText(receipt)
    expect(parseReceipt(text)).toEqual({ kind: 'ok', value: receipt })
    expect(Object.keys(JSON.parse(text) as Receipt).sort()).toEqual(
      ['checkpoint', 'code', 'digest', 'electionHash', 'index', 'signature', 'tracker'].sort(),
    )
  })

  it('refuses every text that is not one', () => {
    const change = (change: Readonly<Record<string, unknown>>): string => {
      const fields = { ...receipt, ...change } as Record<string, unknown>
      return JSON.stringify(
        Object.fromEntries(
          Object.entries(fields)
            .filter(([, v]) => v !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        ),
      )
    }
    expect(parseReceipt(change({})).kind).toBe('ok')
    const bad = [
      '',
      'null',
      '[]',
      '7',
      ` ${receiptText(receipt)}`,
      change({ more: 1 }),
      change({ index: -1 }),
      change({ index: '41' }),
    ]
    for (const field of Object.keys(receipt)) bad.push(change({ [field]: undefined }), change({ [field]: null }))
    for (const text of bad) expect(parseReceipt(text)).toEqual({ kind: 'fail', error: { kind: 'malformed' } })
  })
})
