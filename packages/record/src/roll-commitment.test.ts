import { compareBytes, equalBytes, toHex, utf8 } from '@quorate/kernel'
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  commitRoll,
  emptyRoot,
  isOnRoll,
  parseRollList,
  proveOnRoll,
  rollLeaf,
  rollListText,
  type FrozenRoll,
  type Hash,
} from './index.ts'

const salt = (i: number): Uint8Array =>
  createHash('sha256')
    .update(`salt ${String(i)}`)
    .digest()
const person = (i: number): Uint8Array => utf8(`{"member":${String(i)}}`)
const leaf = (i: number): Hash => rollLeaf(salt(i), person(i))
const roll = (n: number): FrozenRoll => {
  const committed = commitRoll(Array.from({ length: n }, (_, i) => leaf(i)))
  if (committed.kind === 'fail') throw new Error(committed.error)
  return committed.value
}

test('a leaf is SHA-256 of zero, salt and entry', () => {
  const expected = createHash('sha256').update(Uint8Array.of(0)).update(salt(1)).update(person(1)).digest('hex')
  expect(toHex(leaf(1))).toBe(expected)
  expect(() => rollLeaf(new Uint8Array(31), person(1))).toThrow('32 bytes')
})

test('another salt gives another leaf: without the salt a leaf tells nothing', () => {
  expect(toHex(rollLeaf(salt(1), person(1)))).not.toBe(toHex(rollLeaf(salt(2), person(1))))
})

test('the root does not depend on the order in which people were read', () => {
  const base = roll(50)
  fc.assert(
    fc.property(fc.shuffledSubarray(base.leaves.slice(), { minLength: 50, maxLength: 50 }), (shuffled) => {
      const again = commitRoll(shuffled)
      expect(again.kind === 'ok' && toHex(again.value.root)).toBe(toHex(base.root))
    }),
    { numRuns: 20 },
  )
})

test('leaves are sorted, and the same one twice is refused', () => {
  const { leaves } = roll(100)
  for (const [i, hash] of leaves.entries()) if (i > 0) expect(compareBytes(leaves[i - 1] as Hash, hash)).toBeLessThan(0)
  expect(commitRoll([leaf(1), leaf(2), leaf(1)])).toEqual({ kind: 'fail', error: 'leaf twice' })
})

test('leaves that begin alike stand in the order of all their bytes', () => {
  const alike = fc.tuple(fc.constantFrom(0, 1, 127, 128, 255), fc.constantFrom(0, 255), fc.nat({ max: 3 }), fc.nat({ max: 255 }))
  const leaves = fc.uniqueArray(alike, { minLength: 1, maxLength: 40, selector: String })
  fc.assert(
    fc.property(leaves, (parts) => {
      // Equal up to the fourth byte, to the last but one, or not at all.
      const given = parts.map(([a, b, c, d]) => {
        const bytes = new Uint8Array(32)
        bytes.set([a, 0, 0, b, c], 0)
        bytes[31] = d
        return bytes
      })
      const sorted = commitRoll(given)
      expect(sorted.kind === 'ok' ? sorted.value.leaves : null).toEqual(given.toSorted(compareBytes))
    }),
    { numRuns: 200 },
  )
})

test('an empty roll has the root of nothing', () => {
  expect(equalBytes(roll(0).root, emptyRoot())).toBe(true)
  expect(proveOnRoll(roll(0), leaf(0))).toEqual({ kind: 'fail', error: 'not on the roll' })
})

describe('a member', () => {
  test('proves being on a roll of any size', () => {
    for (const n of [1, 2, 3, 7, 8, 9, 120]) {
      const frozen = roll(n)
      for (let i = 0; i < n; i++) {
        const proof = proveOnRoll(frozen, leaf(i))
        if (proof.kind === 'fail') throw new Error(proof.error)
        expect(isOnRoll(frozen, leaf(i), proof.value)).toBe(true)
        expect(isOnRoll(frozen, leaf(i + 1), proof.value)).toBe(false)
        expect(isOnRoll({ ...frozen, root: leaf(i + 1) }, leaf(i), proof.value)).toBe(false)
        expect(isOnRoll(frozen, leaf(i), { ...proof.value, index: (proof.value.index + 1) % (n + 1) })).toBe(false)
      }
    }
  })

  test('who is not on it gets no proof', () => {
    for (const stranger of [500, 501, 502])
      expect(proveOnRoll(roll(40), leaf(stranger))).toEqual({ kind: 'fail', error: 'not on the roll' })
  })
})

describe('the published list', () => {
  test('gives root and count to anybody', () => {
    const frozen = roll(77)
    const text = rollListText(frozen.leaves)
    expect(text).toHaveLength(77 * 65)
    expect(parseRollList(text)).toEqual({ kind: 'ok', value: { size: 77, root: frozen.root, leaves: frozen.leaves } })
    expect(parseRollList('')).toMatchObject({ kind: 'ok', value: { size: 0 } })
  })

  test('one leaf dropped, added or swapped gives another root', () => {
    const frozen = roll(20)
    const rootOfList = (leaves: readonly Hash[]): string => {
      const parsed = parseRollList(rollListText(leaves.toSorted(compareBytes)))
      return parsed.kind === 'ok' ? toHex(parsed.value.root) : parsed.error.kind
    }
    expect(rootOfList(frozen.leaves)).toBe(toHex(frozen.root))
    expect(rootOfList(frozen.leaves.slice(1))).not.toBe(toHex(frozen.root))
    expect(rootOfList([...frozen.leaves, leaf(99)])).not.toBe(toHex(frozen.root))
    expect(rootOfList(frozen.leaves.with(3, leaf(99)))).not.toBe(toHex(frozen.root))
  })

  test('with any one character another is refused, or is another list, and never the same', () => {
    const text = rollListText(roll(3).leaves)
    const before = parseRollList(text)
    const characters = ['0', 'f', 'g', '/', ':', '`', 'A', '\n', ' ', '\u0130', '\u{1F600}', '']
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), fc.constantFrom(...characters), (at, character) => {
        fc.pre(text[at] !== character)
        const parsed = parseRollList(text.slice(0, at) + character + text.slice(at + 1))
        expect(parsed).not.toEqual(before)
        if (!/^[0-9a-f]$/.test(character) || at % 65 === 64) expect(parsed.kind).toBe('fail')
      }),
      { numRuns: 300 },
    )
  })

  test.each([
    ['upper case', (t: string) => t.toUpperCase(), 'not a leaf hash', 0],
    ['short line', (t: string) => t.slice(2), 'not a leaf hash', 0],
    ['no newline', (t: string) => t.slice(0, -1), 'no newline at the end', 2],
    ['reversed', (t: string) => `${t.trimEnd().split('\n').reverse().join('\n')}\n`, 'not in ascending order', 1],
    ['a line twice', (t: string) => `${t.slice(0, 65)}${t}`, 'not in ascending order', 1],
    ['blank line', (t: string) => `${t}\n`, 'not a leaf hash', 3],
  ] as const)('refused: %s', (_, change, kind, line) => {
    expect(parseRollList(change(rollListText(roll(3).leaves)))).toEqual({ kind: 'fail', error: { kind, line } })
  })
})
