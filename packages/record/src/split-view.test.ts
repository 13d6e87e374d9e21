import { utf8 } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareViews, consistencyProof, createTree, leafHash, rootAt, splitAmong, type Hash, type View } from './index.ts'

const leavesOf = (size: number, fork = size): readonly Hash[] =>
  Array.from({ length: size }, (_, i) => leafHash(utf8(`${i >= fork ? 'other ' : ''}${String(i)}`)))
const origin = 'lantern.example/record'
const view = (who: string, leaves: readonly Hash[], isWhole = true): View => ({
  who,
  checkpoint: { origin, size: leaves.length, root: rootAt(leaves.length, createTree(leaves).node), extensions: [] },
  leaves: isWhole ? leaves : null,
})

describe('two views of a log', () => {
  test('are the same, or one continues the other', () => {
    expect(compareViews(view('a', leavesOf(9)), view('b', leavesOf(9)))).toEqual({ kind: 'same' })
    expect(compareViews(view('a', leavesOf(9), false), view('b', leavesOf(14)))).toEqual({ kind: 'continues' })
    expect(compareViews(view('a', leavesOf(14)), view('b', leavesOf(9), false))).toEqual({ kind: 'continues' })
    expect(compareViews(view('a', []), view('b', leavesOf(3)))).toEqual({ kind: 'continues' })
  })

  test('of different logs say nothing of each other', () => {
    const b = view('b', leavesOf(9))
    expect(compareViews(view('a', leavesOf(9)), { ...b, checkpoint: { ...b.checkpoint, origin: 'other.example' } })).toEqual({
      kind: 'another log',
    })
  })

  test('that part are named with who, how many entries, and the first that differs', () => {
    const found = compareViews(view('Anna', leavesOf(14, 5)), view('Ben', leavesOf(9)))
    expect(found).toMatchObject({ kind: 'split view', origin, between: ['Ben', 'Anna'], size: 9, entry: 5 })
    expect(compareViews(view('Anna', leavesOf(9, 8)), view('Ben', leavesOf(9), false))).toMatchObject({
      kind: 'split view',
      entry: null,
    })
  })

  test('without a whole copy need a proof, and a wrong one shows a split', () => {
    const [a, b] = [view('a', leavesOf(9), false), view('b', leavesOf(14), false)]
    expect(compareViews(a, b)).toEqual({ kind: 'not shown' })
    const proof = consistencyProof(9, 14, createTree(leavesOf(14)).node)
    expect(compareViews(b, a, () => proof)).toEqual({ kind: 'continues' })
    const forked = view('c', leavesOf(14, 5), false)
    const ofFork = consistencyProof(9, 14, createTree(leavesOf(14, 5)).node)
    expect(compareViews(a, forked, () => ofFork)).toMatchObject({ kind: 'split view', between: ['a', 'c'], entry: null })
  })

  test('part exactly where the histories do, wherever that is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.nat(40), (m, n, fork) => {
        const compared = compareViews(view('a', leavesOf(m)), view('b', leavesOf(n, fork)))
        if (fork >= Math.min(m, n)) expect(compared.kind).toBe(m === n ? 'same' : 'continues')
        else expect(compared).toMatchObject({ kind: 'split view', entry: fork })
      }),
    )
  })
})

test('among many holders the first split is named, and none where there is none', () => {
  const holders = [view('a', leavesOf(9)), view('b', leavesOf(12)), view('c', leavesOf(20))]
  expect(splitAmong(holders)).toBeNull()
  expect(splitAmong([...holders, view('d', leavesOf(15, 11))])).toMatchObject({ between: ['b', 'd'], size: 12, entry: 11 })
})
