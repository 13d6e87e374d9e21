import { toBase64, utf8 } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkpointText,
  checkReceipt,
  cosignCheckpoint,
  createTree,
  leafHash,
  makeReceipt,
  noteText,
  openCheckpoint,
  parseCheckpointText,
  parseReceipt,
  receiptText,
  rootAt,
  signCheckpoint,
  signerOf,
  signNote,
  type Trust,
} from './index.ts'

const origin = 'example.org/record'
const log = signerOf(origin, 1, new Uint8Array(32).fill(1))
const witnesses = [2, 3, 4].map((n) => signerOf(`witness${String(n)}.example`, 4, new Uint8Array(32).fill(n)))
const entry = (i: number): Uint8Array => utf8(`entry ${String(i)}`)
const size = 21
const tree = createTree(Array.from({ length: size }, (_, i) => leafHash(entry(i))))
const root = rootAt(size, tree.node)
const checkpoint = { origin, size, root, extensions: [] }
const text = checkpointText(checkpoint)
const bare = signCheckpoint(checkpoint, log)
const cosigned = witnesses.slice(0, 2).reduce((note, witness, i) => {
  const next = cosignCheckpoint(note, witness, BigInt(1_795_294_341 + i))
  if (next.kind === 'fail') throw new Error(next.error.kind)
  return next.value
}, bare)
const trust = (quorum: number): Trust => ({ log: log.key, witnesses: witnesses.map((w) => w.key), quorum })

describe('checkpoints', () => {
  test('are three lines, read back exactly', () => {
    expect(text).toBe(`${origin}\n21\n${toBase64(root)}\n`)
    expect(parseCheckpointText(text)).toEqual({ kind: 'ok', value: checkpoint })
    expect(parseCheckpointText(`${text}more\n`)).toMatchObject({ value: { extensions: ['more'] } })
  })

  test("the specification's example is read", () => {
    const example = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
    expect(parseCheckpointText(example)).toMatchObject({ value: { origin: 'example.com/behind-the-sofa', size: 20_852_163 } })
  })

  test.each([
    ['no origin', `\n21\n${toBase64(root)}\n`, 0],
    ['leading zero', `${origin}\n021\n${toBase64(root)}\n`, 1],
    ['sign', `${origin}\n+21\n${toBase64(root)}\n`, 1],
    ['larger than 2^53', `${origin}\n9007199254740993\n${toBase64(root)}\n`, 1],
    ['not a number', `${origin}\nmany\n${toBase64(root)}\n`, 1],
    ['short root', `${origin}\n21\n${toBase64(root.slice(1))}\n`, 2],
    ['unpadded root', `${origin}\n21\n${toBase64(root, false)}\n`, 2],
    ['no final newline', `${origin}\n21\n${toBase64(root)}`, 2],
    ['empty extension', `${text}\n`, 3],
    ['nothing', '', 0],
  ])('refused: %s', (_, source, line) => {
    expect(parseCheckpointText(source)).toEqual({ kind: 'fail', error: { kind: 'malformed checkpoint', line } })
  })

  test('open under the log key, with the witnesses who cosigned and their time', () => {
    const opened = openCheckpoint(cosigned, trust(2))
    expect(opened).toEqual({
      kind: 'ok',
      value: {
        checkpoint,
        cosigned: [
          { name: 'witness2.example', seconds: 1_795_294_341n },
          { name: 'witness3.example', seconds: 1_795_294_342n },
        ],
        unknown: 0,
      },
    })
  })

  test('need the quorum, the log itself and its origin', () => {
    expect(openCheckpoint(cosigned, trust(3))).toEqual({
      kind: 'fail',
      error: { kind: 'too few witnesses', found: 2, required: 3 },
    })
    const unsigned = `${noteText({ text, signatures: [] })}${(cosigned.split('\n\n')[1] ?? '').split('\n').slice(1).join('\n')}`
    expect(openCheckpoint(unsigned, trust(1))).toEqual({ kind: 'fail', error: { kind: 'not signed by the log' } })
    const other = signNote(checkpointText({ ...checkpoint, origin: 'example.org/other' }), log)
    expect(openCheckpoint(noteText(other), trust(0))).toEqual({
      kind: 'fail',
      error: { kind: 'another origin', found: 'example.org/other' },
    })
    expect(openCheckpoint(noteText(signNote('hello\n', log)), trust(0))).toMatchObject({
      error: { kind: 'malformed checkpoint' },
    })
  })

  test('a witness that signs with two keys of one name counts once', () => {
    const twin = signerOf('witness2.example', 4, new Uint8Array(32).fill(9))
    const twice = cosignCheckpoint(cosigned, twin, 1n)
    const doubled = { ...trust(3), witnesses: [...trust(3).witnesses, twin.key] }
    expect(twice.kind === 'ok' && openCheckpoint(twice.value, doubled)).toMatchObject({
      error: { kind: 'too few witnesses', found: 2 },
    })
  })

  test('a witness refuses what is no note', () => {
    expect(cosignCheckpoint('hello', log, 0n).kind).toBe('fail')
  })
})

describe('receipts', () => {
  const receipt = makeReceipt(7, size, cosigned, tree.node)
  const source = receiptText(receipt)

  test('have the form of tlog-proof and are read back', () => {
    const lines = source.split('\n')
    expect(lines.slice(0, 2)).toEqual(['c2sp.org/tlog-proof@v1', 'index 7'])
    expect(lines[7]).toBe('')
    expect(source.endsWith(`\n\n${cosigned}`)).toBe(true)
    expect(parseReceipt(source)).toEqual({ kind: 'ok', value: receipt })
    const extra = { ...receipt, extra: utf8('note') }
    expect(parseReceipt(receiptText(extra))).toEqual({ kind: 'ok', value: extra })
  })

  test('prove every entry, and no other bytes at that place', () => {
    for (let i = 0; i < size; i++) {
      const mine = receiptText(makeReceipt(i, size, cosigned, tree.node))
      expect(checkReceipt(mine, entry(i), trust(2))).toMatchObject({ kind: 'ok', value: { index: i, checkpoint: { size } } })
      expect(checkReceipt(mine, entry(i + 1), trust(2))).toEqual({ kind: 'fail', error: { kind: 'entry is not at this place' } })
    }
    expect(checkReceipt(source, entry(7), trust(3))).toMatchObject({ error: { kind: 'too few witnesses' } })
  })

  test('of a log of one entry have no hashes', () => {
    const one = createTree([leafHash(entry(0))])
    const signed = signCheckpoint({ origin, size: 1, root: rootAt(1, one.node), extensions: [] }, log)
    const mine = receiptText(makeReceipt(0, 1, signed, one.node))
    expect(checkReceipt(mine, entry(0), trust(0)).kind).toBe('ok')
  })

  test.each([
    ['another version', source.replace('@v1', '@v2'), 0],
    ['no blank line', source.replaceAll('\n\n', '\n'), 0],
    ['no index', source.replace('index 7\n', ''), 1],
    ['leading zero', source.replace('index 7', 'index 07'), 1],
    ['two blanks', source.replace('index 7', 'index  7'), 1],
    ['index twice', source.replace('index 7', 'index 7\nindex 7'), 2],
    ['extra after index', source.replace('index 7', 'index 7\nextra AAAA'), 2],
    ['extra not base64', source.replace('index 7', 'extra A\nindex 7'), 1],
    ['hash unpadded', source.replace(/=\n/, '\n'), 2],
    ['far too many hashes', source.replace('index 7\n', `index 7\n${`${toBase64(root)}\n`.repeat(60)}`), 55],
  ])('refused: %s', (_, changed, line) => {
    expect(parseReceipt(changed)).toEqual({ kind: 'fail', error: { kind: 'malformed receipt', line } })
  })

  test('no change of one character leaves a receipt without extra valid', () => {
    fc.assert(
      fc.property(fc.nat(source.length - 1), fc.integer({ min: 1, max: 126 }), (at, by) => {
        const changed = source.slice(0, at) + String.fromCharCode((source.charCodeAt(at) + by) & 0x7f) + source.slice(at + 1)
        fc.pre(changed !== source)
        expect(checkReceipt(changed, entry(7), trust(2)).kind).toBe('fail')
      }),
      { numRuns: 300 },
    )
  })
})
