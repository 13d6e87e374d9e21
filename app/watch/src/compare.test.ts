import { toBase64, utf8 } from '@quorate/kernel'
import { consistencyProof, createTree, leafHash, rootAt, signCheckpoint, signerOf, verifierKeyText } from '@quorate/record'
import { describe, expect, test } from 'vitest'
import { look, type Kept, type Server } from './compare.ts'

const signer = signerOf('lantern.example/record', 1, new Uint8Array(32).fill(1))
const key = verifierKeyText(signer.key)

/** A log of `size` entries that parts from the honest one at `fork`, signed by `by`. */
function logOf(size: number, fork = 1000, by = signer): Server & { readonly note: string } {
  const tree = createTree(Array.from({ length: size }, (_, i) => leafHash(utf8(`${i >= fork ? 'other ' : ''}${String(i)}`))))
  const note = signCheckpoint({ origin: signer.key.name, size, root: rootAt(size, tree.node), extensions: [] }, by)
  return {
    note,
    checkpoint: () => Promise.resolve(note),
    consistency: (from, to) =>
      Promise.resolve(
        consistencyProof(from, to, tree.node)
          .map((hash) => `${toBase64(hash)}\n`)
          .join(''),
      ),
  }
}
const keptOf = (size: number): Kept => ({ key, note: logOf(size).note })

describe('a browser that keeps the last checkpoint', () => {
  test('takes the first it meets, if it is signed with the key the page names', async () => {
    expect(await look(null, key, logOf(5))).toEqual({ kind: 'kept', kept: keptOf(5) })
    const other = signerOf('lantern.example/record', 1, new Uint8Array(32).fill(2))
    expect(await look(null, key, logOf(5, 1000, other))).toEqual({ kind: 'unknown' })
    expect(await look(null, 'no key', logOf(5))).toEqual({ kind: 'unknown' })
  })

  test.each([
    [5, 5],
    [5, 6],
    [1, 64],
    [63, 64],
    [64, 300],
  ])('goes on from %i to %i entries of the same history', async (from, to) => {
    expect(await look(keptOf(from), key, logOf(to))).toEqual({ kind: 'kept', kept: keptOf(to) })
  })

  test.each([
    ['as large', 64, 64, 17],
    ['larger, the fork long ago', 64, 100, 3],
    ['larger, the fork in the last entry seen', 64, 100, 63],
  ])('raises the alarm when it is shown a fork: %s', async (_, from, to, fork) => {
    const forked = logOf(to, fork)
    const kept = keptOf(from)
    expect(await look(kept, key, forked)).toEqual({
      kind: 'alarm',
      alarm: { kind: 'split', key, before: kept.note, now: forked.note },
    })
  })

  test('raises it when it is shown less than before, or another key, whatever the page now names', async () => {
    expect(await look(keptOf(64), key, logOf(63))).toMatchObject({ kind: 'alarm', alarm: { kind: 'gone-back' } })
    const other = signerOf('lantern.example/record', 1, new Uint8Array(32).fill(2))
    const shown = await look(keptOf(64), verifierKeyText(other.key), logOf(70, 1000, other))
    expect(shown).toMatchObject({ kind: 'alarm', alarm: { kind: 'other-key', key } })
  })

  test('a fork that comes later than what it saw is no lie to this browser', async () => {
    expect((await look(keptOf(64), key, logOf(100, 64))).kind).toBe('kept')
  })

  test('without an answer, or with a proof that is none, it keeps what it has and asks again', async () => {
    const kept = keptOf(5)
    const mute: Server = { checkpoint: () => Promise.resolve(null), consistency: () => Promise.resolve(null) }
    expect(await look(kept, key, mute)).toEqual({ kind: 'unknown' })
    for (const proof of [null, 'not base64', 'AAAA\n']) {
      const server = { ...logOf(9), consistency: () => Promise.resolve(proof) }
      expect(await look(kept, key, server)).toEqual({ kind: 'unknown' })
    }
    expect((await look(kept, key, { ...logOf(9), consistency: () => Promise.resolve('') })).kind).toBe('alarm')
  })
})
