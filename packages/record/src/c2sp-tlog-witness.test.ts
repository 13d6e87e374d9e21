import { toBase64, utf8 } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addCheckpointText,
  consistencyProof,
  cosignatureLine,
  createTree,
  judgeAddCheckpoint,
  leafHash,
  openCheckpoint,
  parseAddCheckpoint,
  refusalStatus,
  rootAt,
  signCheckpoint,
  signerOf,
  takeCosignatures,
  type Signer,
  type Tree,
  type Witnessed,
  type WitnessRefusal,
} from './index.ts'

const secret = (n: number): Uint8Array => new Uint8Array(32).fill(n)
const log = signerOf('lantern.example/record', 1, secret(1))
const witness = signerOf('rival.example/w1', 4, secret(2))
const treeOf = (fork: number, size = 40): Tree =>
  createTree(Array.from({ length: size }, (_, i) => leafHash(utf8(`${i >= fork ? 'other ' : ''}${String(i)}`))))
const [honest, forked] = [treeOf(99), treeOf(7)]
const signed = (size: number, tree = honest, signer: Signer = log): string =>
  signCheckpoint({ origin: log.key.name, size, root: rootAt(size, tree.node), extensions: [] }, signer)
const request = (old: number, size: number, tree = honest): string =>
  addCheckpointText({ old, proof: consistencyProof(old, size, tree.node), checkpoint: signed(size, tree) })
const lastAt = (size: number, tree = honest): Witnessed => ({ size, root: rootAt(size, tree.node) })
const judge = (source: string, last: Witnessed | null) =>
  judgeAddCheckpoint(source, { keysOf: (origin) => (origin === log.key.name ? [log.key] : []), lastOf: () => last })
const refusal = (source: string, last: Witnessed | null): WitnessRefusal | null => {
  const judged = judge(source, last)
  return judged.kind === 'fail' ? judged.error : null
}

describe('a request', () => {
  test('prints and reads back', () => {
    const asked = parseAddCheckpoint(request(5, 12))
    expect(asked).toMatchObject({ old: 5, checkpoint: signed(12) })
    expect(addCheckpointText(asked ?? { old: 0, proof: [], checkpoint: '' })).toBe(request(5, 12))
    expect(request(5, 12).split('\n')[0]).toBe('old 5')
  })

  const hash = toBase64(secret(3))
  test.each([
    ['nothing', ''],
    ['no old size', signed(3)],
    ['a leading zero', request(5, 12).replace('old 5', 'old 05')],
    ['two blanks', request(5, 12).replace('old 5', 'old  5')],
    ['a negative size', request(5, 12).replace('old 5', 'old -5')],
    ['a short hash', request(0, 12).replace('old 0', 'old 0\nAAAA')],
    ['a hash with loose bits', request(0, 12).replace('old 0', `old 0\n${hash.replace(/.=$/, 'B=')}`)],
    ['64 hashes', request(0, 12).replace('old 0', `old 0${`\n${hash}`.repeat(64)}`)],
    ['a carriage return', request(5, 12).replace('\n', '\r\n')],
  ])('refused as malformed, 400: %s', (_, source) => {
    expect(refusal(source, null)).toEqual({ kind: 'malformed' })
    expect(refusalStatus.malformed).toBe(400)
  })

  test('of any bytes gives an answer and never throws', () => {
    fc.assert(fc.property(fc.string(), (source) => judge(source, null).kind === 'fail'))
    fc.assert(fc.property(fc.string(), (proof) => judge(`old 0\n${proof}\n\n${signed(3)}`, null).kind === 'fail'))
  })
})

describe('a witness cosigns', () => {
  test('the first checkpoint it sees of a log, and each that continues the last', () => {
    expect(judge(request(0, 12), null)).toMatchObject({ kind: 'ok', value: { size: 12 } })
    for (let old = 1; old <= 40; old++)
      for (let size = old; size <= 40; size++) expect(judge(request(old, size), lastAt(old)).kind).toBe('ok')
  })

  test('the same checkpoint again, with a new time', () => {
    expect(judge(request(12, 12), lastAt(12)).kind).toBe('ok')
  })

  test('with a line that opens under its key and says when', () => {
    const line = cosignatureLine(signed(12), witness, 1_795_294_341n) ?? ''
    expect(line).toMatch(/^— rival\.example\/w1 \S+\n$/)
    const opened = openCheckpoint(signed(12) + line, { log: log.key, witnesses: [witness.key], quorum: 1 })
    expect(opened).toMatchObject({ value: { cosigned: [{ name: 'rival.example/w1', seconds: 1_795_294_341n }] } })
    expect(cosignatureLine('no note', witness, 1n)).toBeNull()
  })
})

describe('a witness refuses', () => {
  test('a log it does not know, 404; a checkpoint its log did not sign, 403', () => {
    const stranger = signerOf('stranger.example', 1, secret(1))
    const theirs = signCheckpoint({ origin: 'stranger.example', size: 1, root: secret(4), extensions: [] }, stranger)
    expect(refusal(addCheckpointText({ old: 0, proof: [], checkpoint: theirs }), null)).toEqual({ kind: 'unknown log' })
    const forged = signed(12, honest, signerOf(log.key.name, 1, secret(9)))
    expect(refusal(addCheckpointText({ old: 0, proof: [], checkpoint: forged }), null)).toEqual({ kind: 'not signed by the log' })
    expect([refusalStatus['unknown log'], refusalStatus['not signed by the log']]).toEqual([404, 403])
  })

  test('an old size beyond the checkpoint, 400', () => {
    expect(refusal(request(12, 12).replace('old 12', 'old 13'), lastAt(13))).toEqual({ kind: 'old size beyond the checkpoint' })
    expect(refusalStatus['old size beyond the checkpoint']).toBe(400)
  })

  test('rollback, and any other old size than its last, 409 with that size', () => {
    expect(refusal(request(5, 9), lastAt(12))).toEqual({ kind: 'another old size', size: 12 })
    expect(refusal(request(0, 9), lastAt(12))).toEqual({ kind: 'another old size', size: 12 })
    expect(refusal(request(5, 12), null)).toEqual({ kind: 'another old size', size: 0 })
    expect(refusalStatus['another old size']).toBe(409)
  })

  test('a fork of the same size, 409; a fork that has grown, 422; and keeps what the log signed', () => {
    expect(refusal(request(12, 12, forked), lastAt(12))).toMatchObject({ kind: 'split view', signed: { size: 12 } })
    expect(refusal(request(12, 20, forked), lastAt(12))).toMatchObject({ kind: 'not consistent', signed: { size: 20 } })
    expect([refusalStatus['split view'], refusalStatus['not consistent']]).toEqual([409, 422])
  })

  test('a proof with anything too much, 422', () => {
    expect(refusal(request(0, 12).replace('old 0', `old 0\n${toBase64(secret(3))}`), null)).toMatchObject({
      kind: 'not consistent',
    })
    const same = request(12, 12).replace('old 12', `old 12\n${toBase64(secret(3))}`)
    expect(refusal(same, lastAt(12))).toMatchObject({ kind: 'not consistent' })
  })

  test('two histories, whatever is asked of it in whatever order', () => {
    const asked = fc.record({ old: fc.nat(40), size: fc.nat(40), isForked: fc.boolean() })
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 12 }), (requests) => {
        let last: Witnessed | null = null
        let cosignedFork: boolean | null = null
        for (const { old, size, isForked } of requests) {
          if (old > size) continue
          const judged = judge(request(old, size, isForked ? forked : honest), last)
          if (judged.kind === 'fail') continue
          expect(judged.value.size).toBeGreaterThanOrEqual(last?.size ?? 0)
          last = { size: judged.value.size, root: judged.value.root }
          // Up to entry 7 both histories are one.
          if (size > 7) expect(cosignedFork ?? isForked).toBe(isForked)
          if (size > 7) cosignedFork = isForked
        }
      }),
    )
  })
})

describe('a log takes from an answer', () => {
  const line = (n: number, checkpoint = signed(12)): string =>
    cosignatureLine(checkpoint, signerOf(`w${String(n)}.example`, 4, secret(n)), 7n) ?? ''
  const known = [5, 6].map((n) => signerOf(`w${String(n)}.example`, 4, secret(n)).key)

  test('what holds, by those it knows, once each, and nothing else', () => {
    const taken = takeCosignatures(signed(12), line(5) + line(7) + line(6) + line(5), known)
    expect(taken.by).toEqual(['w6.example', 'w5.example'])
    const trust = { log: log.key, witnesses: known, quorum: 2 }
    expect(openCheckpoint(taken.checkpoint, trust)).toMatchObject({ kind: 'ok', value: { unknown: 0 } })
    expect(takeCosignatures(taken.checkpoint, line(5), known).checkpoint.split('\n')).toHaveLength(8)
  })

  test.each([
    ['another checkpoint’s cosignature', line(5, signed(11))],
    ['words', 'I would rather not.'],
    ['nothing', ''],
    ['a log’s own key', signed(12).split('\n\n')[1] ?? ''],
    ['a second note', `\n\n${signed(11)}`],
  ])('nothing, when the answer is %s', (_, answer) => {
    expect(takeCosignatures(signed(12), answer, [...known, log.key])).toEqual({ checkpoint: signed(12), by: [] })
  })
})
