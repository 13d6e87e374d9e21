import { toBase64, utf8 } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addSignature,
  noteText,
  openNote,
  parseNote,
  parseSigner,
  parseVerifierKey,
  signerOf,
  signerText,
  signNote,
  verifierKeyText,
  type Signer,
  type VerifierKey,
} from './index.ts'

const good = <T>(result: { kind: 'ok'; value: T } | { kind: 'fail'; error: unknown }): T => {
  if (result.kind === 'fail') throw new Error(JSON.stringify(result.error))
  return result.value
}

// The example of Go's note package: keys, text and signature.
const neumannSigner = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const neumannKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const neumannText = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const neumannNote = `${neumannText}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`

const secret = (n: number): Uint8Array => new Uint8Array(32).fill(n)
const log: Signer = signerOf('example.org/log', 1, secret(1))
const witness: Signer = signerOf('witness.example', 4, secret(2))
const note = addSignature(signNote('hello\n', log), witness, 1_795_294_341n)
const source = noteText(note)
const keys: readonly VerifierKey[] = [log.key, witness.key]

describe('keys', () => {
  test("are those of Go's example, read and printed", () => {
    expect(verifierKeyText(good(parseVerifierKey(neumannKey)))).toBe(neumannKey)
    expect(verifierKeyText(good(parseSigner(neumannSigner)).key)).toBe(neumannKey)
    expect(signerText(good(parseSigner(neumannSigner)))).toBe(neumannSigner)
  })

  test('of a witness carry type 4 and another id than the same key of a log', () => {
    const asLog = signerOf('witness.example', 1, secret(2))
    expect(asLog.key.id).not.toBe(witness.key.id)
    expect(good(parseVerifierKey(verifierKeyText(witness.key))).type).toBe(4)
  })

  test('are refused with the reason', () => {
    const refused = (text: string): unknown => parseVerifierKey(text)
    expect(refused(neumannKey.replace('c74f20a3', 'c74f20a4'))).toEqual({ kind: 'fail', error: 'key id does not match' })
    expect(refused(neumannKey.replace('c74f20a3', 'C74F20A3'))).toEqual({ kind: 'fail', error: 'not a key' })
    expect(refused(neumannKey.replace('PeterNeumann', 'Peter Neumann'))).toEqual({ kind: 'fail', error: 'not a key name' })
    expect(refused(neumannKey.replace('PeterNeumann', ''))).toEqual({ kind: 'fail', error: 'not a key name' })
    expect(refused(neumannKey.replace('10TW', '10TX'))).toEqual({ kind: 'fail', error: 'key id does not match' })
    expect(refused(`${neumannKey}=`)).toEqual({ kind: 'fail', error: 'not canonical base64' })
    expect(refused(`a+00000000+${toBase64(new Uint8Array(33).fill(6))}`)).toEqual({
      kind: 'fail',
      error: 'unknown signature type',
    })
    expect(refused(`a+00000000+${toBase64(new Uint8Array(32).fill(1))}`)).toEqual({ kind: 'fail', error: 'wrong length' })
    expect(refused('')).toEqual({ kind: 'fail', error: 'not a key' })
    expect(parseSigner(neumannKey)).toEqual({ kind: 'fail', error: 'not a key' })
    expect(parseSigner(neumannSigner.replace('c74f20a3', 'c74f20a4'))).toEqual({ kind: 'fail', error: 'key id does not match' })
  })
})

describe('notes', () => {
  test("sign as Go's example does, byte for byte", () => {
    expect(noteText(signNote(neumannText, good(parseSigner(neumannSigner))))).toBe(neumannNote)
    expect(openNote(neumannNote, [good(parseVerifierKey(neumannKey))])).toMatchObject({
      kind: 'ok',
      value: { text: neumannText },
    })
  })

  test('tell who signed, and when a witness did', () => {
    const opened = good(openNote(source, keys))
    expect(opened.signed.map(({ key, seconds }) => [key.name, seconds])).toEqual([
      ['example.org/log', null],
      ['witness.example', 1_795_294_341n],
    ])
    expect(opened.unknown).toEqual([])
  })

  test('keep lines of unknown keys apart and believe none of them', () => {
    const opened = good(openNote(source, [log.key]))
    expect(opened.unknown.map((s) => s.name)).toEqual(['witness.example'])
    expect(openNote(source, [])).toEqual({ kind: 'fail', error: { kind: 'no signature of a known key' } })
    expect(openNote(source, [signerOf('example.org/log', 1, secret(9)).key])).toMatchObject({ kind: 'fail' })
  })

  test('carry one signature a key: a later cosignature replaces the earlier', () => {
    const again = addSignature(note, witness, 1_795_294_999n)
    expect(again.signatures).toHaveLength(2)
    expect(good(openNote(noteText(again), keys)).signed[1]?.seconds).toBe(1_795_294_999n)
  })

  test('may hold empty lines: the last blank line parts text from signatures', () => {
    const text = 'one\n\ntwo\n\n'
    expect(good(openNote(noteText(signNote(text, log)), keys)).text).toBe(text)
  })

  test('are refused in every other spelling', () => {
    const [body, lines] = source.split('\n\n') as [string, string]
    const wrong: Record<string, string> = {
      empty: '',
      'no signatures': `${body}\n\n`,
      'no final newline': source.slice(0, -1),
      'carriage returns': source.replaceAll('\n', '\r\n'),
      tab: source.replace('hello', 'hel\tlo'),
      'zero byte': source.replace('hello', 'hel\0lo'),
      'lone surrogate': source.replace('hello', 'hel\ud800lo'),
      'hyphen for dash': source.replace('— example', '- example'),
      'two blanks': source.replace('— example', '—  example'),
      'blank at the end': source.replace(/\n$/, ' \n'),
      'a line of prose': `${body}\n\n${lines}trust me\n`,
      'short signature': `${body}\n\n— example.org/log AAAAAA==\n`,
      'unpadded base64': source.replace(/=+\n$/, '\n'),
      'name with a plus': source.replace('witness.example', 'witness+example'),
      'name with a wide blank': source.replace('witness.example', 'witness\u3000example'),
      'too many lines': `${body}\n\n${lines.repeat(51)}`,
    }
    for (const [name, text] of Object.entries(wrong)) expect(parseNote(text).kind, name).toBe('fail')
  })

  test('stray bits behind the last base64 digit are refused', () => {
    const stray = source.replace(/([A-Za-z0-9+/])=\n/, (_, digit: string) => `${String.fromCharCode(digit.charCodeAt(0) + 1)}=\n`)
    expect(stray).not.toBe(source)
    expect(parseNote(stray)).toMatchObject({ kind: 'fail', error: { kind: 'malformed signature line' } })
  })

  test('no change of one character leaves a note of known keys valid', () => {
    fc.assert(
      fc.property(fc.nat(source.length - 1), fc.integer({ min: 1, max: 126 }), (at, by) => {
        const changed = source.slice(0, at) + String.fromCharCode((source.charCodeAt(at) + by) & 0x7f) + source.slice(at + 1)
        fc.pre(changed !== source)
        const opened = openNote(changed, keys)
        // A change of a name or key id makes an unknown key of a known one: the note may open, but that key no longer signs it.
        if (opened.kind === 'ok') expect(opened.value.signed.length).toBeLessThan(2)
      }),
      { numRuns: 400 },
    )
  })

  test('any text at all is parsed without throwing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => ['ok', 'fail'].includes(parseNote(text).kind)))
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => ['ok', 'fail'].includes(parseVerifierKey(text).kind)))
  })
})

describe('cosignatures', () => {
  test('bind time and text: neither can be changed', () => {
    const line = note.signatures[1]
    if (line === undefined) throw new Error('the note is cosigned')
    for (const at of [0, 7, 8, 71]) {
      const signature = line.signature.map((b, i) => (i === at ? b ^ 1 : b))
      const forged = noteText({ ...note, signatures: [note.signatures[0] as typeof line, { ...line, signature }] })
      expect(openNote(forged, keys)).toEqual({
        kind: 'fail',
        error: { kind: 'signature does not hold', name: 'witness.example' },
      })
    }
  })

  test('of 71 or 73 bytes, or from after 2^63 seconds, are refused', () => {
    const line = note.signatures[1]
    if (line === undefined) throw new Error('the note is cosigned')
    for (const signature of [line.signature.slice(1), Uint8Array.from([...line.signature, 0]), line.signature.with(0, 0x80)])
      expect(openNote(noteText({ ...note, signatures: [{ ...line, signature }] }), keys).kind).toBe('fail')
  })

  test("a log's plain signature never passes as a witness's, nor the reverse", () => {
    const asLog = signNote('hello\n', signerOf('witness.example', 1, secret(2))).signatures[0]
    if (asLog === undefined) throw new Error('the note is signed')
    const crossed = noteText({ text: 'hello\n', signatures: [{ ...asLog, id: witness.key.id }] })
    expect(openNote(crossed, keys)).toMatchObject({ kind: 'fail', error: { kind: 'signature does not hold' } })
  })
})

test('a text that no note may hold is never signed', () => {
  expect(() => noteText(signNote('no newline', log))).toThrow('ends in a newline')
  expect(() => noteText(signNote('tab\t\n', log))).toThrow('control character')
  expect(utf8(source).length).toBeGreaterThan(source.length)
})
