import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type SquareCode, squareCode } from '../src/square-code.ts'

// A reader of its own, written from ISO/IEC 18004 for tests: it finds the format, takes the mask off, checks every block by its syndromes
// (the encoder divides, this evaluates) and spells the text. It knows level L alone.
const logs: number[] = []
const powers: number[] = []
for (let i = 0, a = 1; i < 255; i++) {
  powers[i] = a
  logs[a] = i
  a = a * 2 >= 256 ? (a * 2) ^ 0x11d : a * 2
}
const product = (a: number, b: number): number =>
  a === 0 || b === 0 ? 0 : (powers[((logs[a] ?? 0) + (logs[b] ?? 0)) % 255] ?? 0)

// Rows of Table 9 for level L, as [check bytes a block, blocks of the shorter kind, their data bytes, blocks that hold one more].
const table: Readonly<Record<number, readonly [number, number, number, number]>> = {
  1: [7, 1, 19, 0],
  2: [10, 1, 34, 0],
  5: [26, 1, 108, 0],
  6: [18, 2, 68, 0],
  7: [20, 2, 78, 0],
  9: [30, 2, 116, 0],
  10: [18, 2, 68, 2],
  11: [20, 4, 81, 0],
  14: [30, 3, 115, 1],
  20: [28, 3, 107, 5],
}
const centres: Readonly<Record<number, readonly number[]>> = {
  1: [],
  2: [6, 18],
  5: [6, 30],
  6: [6, 34],
  7: [6, 22, 38],
  9: [6, 26, 46],
  10: [6, 28, 50],
  11: [6, 30, 54],
  14: [6, 26, 46, 66],
  20: [6, 34, 62, 90],
}

function isData(version: number, size: number, r: number, c: number): boolean {
  if (r === 6 || c === 6) return false
  if ((r < 9 && (c < 9 || c >= size - 8)) || (r >= size - 8 && c < 9)) return false
  if (version >= 7 && ((r < 6 && c >= size - 11) || (c < 6 && r >= size - 11))) return false
  const at = centres[version] ?? []
  return !at.some((y) =>
    at.some((x) => {
      const corner = (y === 6 && x === 6) || (y === 6 && x === size - 7) || (y === size - 7 && x === 6)
      return !corner && Math.abs(r - y) <= 2 && Math.abs(c - x) <= 2
    }),
  )
}

function read({ size, isDark }: SquareCode): string {
  const version = (size - 17) / 4
  const format = [0, 1, 2, 3, 4, 5, 7, 8].map((c) => isDark(8, c)).concat([7, 5, 4, 3, 2, 1, 0].map((r) => isDark(r, 8)))
  expect(format.map(Number).join('')).toBe('111011111000100') // level L, mask 0: Table C.1
  const bits: boolean[] = []
  let up = true
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right--
    for (let i = 0; i < size; i++)
      for (const c of [right, right - 1]) {
        const r = up ? size - 1 - i : i
        if (isData(version, size, r, c)) bits.push(isDark(r, c) !== ((r + c) % 2 === 0))
      }
    up = !up
  }
  const stream = Array.from({ length: Math.floor(bits.length / 8) }, (_, i) =>
    bits.slice(8 * i, 8 * i + 8).reduce((n, bit) => 2 * n + Number(bit), 0),
  )
  const [checks, shorter, length, longer] = table[version] ?? [0, 0, 0, 0]
  const blocks = Array.from({ length: shorter + longer }, (): number[] => [])
  let at = 0
  for (let i = 0; i <= length; i++)
    for (const [b, block] of blocks.entries()) if (i < length || b >= shorter) block.push(stream[at++] ?? -1)
  const data = blocks.flatMap((block) => [...block])
  for (let i = 0; i < checks; i++) for (const block of blocks) block.push(stream[at++] ?? -1)
  for (const block of blocks)
    for (let root = 0; root < checks; root++)
      expect(block.reduce((sum, byte) => product(sum, powers[root] ?? 0) ^ byte, 0)).toBe(0)
  const text = data.map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const wide = version < 10 ? 8 : 16
  expect(text.slice(0, 4)).toBe('0100')
  const count = parseInt(text.slice(4, 4 + wide), 2)
  const spelt = Array.from({ length: count }, (_, i) => parseInt(text.slice(4 + wide + 8 * i, 12 + wide + 8 * i), 2))
  return new TextDecoder().decode(new Uint8Array(spelt))
}

const made = (text: string): SquareCode => {
  const square = squareCode(text)
  if (square === null) throw new Error('too long')
  return square
}

describe('square codes are read back', () => {
  // The most that each of these versions holds, level L, byte mode: Table 7.
  test.each([
    [1, 17],
    [2, 32],
    [5, 106],
    [6, 134],
    [7, 154],
    [9, 230],
    [10, 271],
    [11, 321],
    [14, 458],
    [20, 858],
  ])('version %i holds %i bytes', (version, most) => {
    const text = Array.from({ length: most }, (_, i) => String.fromCharCode(33 + ((i * 7) % 90))).join('')
    expect(made(text).size).toBe(4 * version + 17)
    expect(read(made(text))).toBe(text)
    expect(squareCode(`${text}x`)?.size ?? 101).toBe(4 * (version + 1) + 17)
  })

  test('any text of a length of version 2, in any language', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 5, maxLength: 12 }), (text) => {
        const bytes = new TextEncoder().encode(text).length
        fc.pre(text.isWellFormed() && bytes > 17 && bytes <= 32)
        expect(read(made(text))).toBe(text)
      }),
      { numRuns: 50 },
    )
  })

  test('version 7 says that it is version 7, in both places (Table D.1)', () => {
    const { size, isDark } = made('x'.repeat(150))
    const bits = Array.from({ length: 18 }, (_, i) => 17 - i)
    const corner = (swap: boolean): string =>
      bits
        .map((i) =>
          Number(swap ? isDark(size - 11 + (i % 3), Math.floor(i / 3)) : isDark(Math.floor(i / 3), size - 11 + (i % 3))),
        )
        .join('')
    expect(corner(false)).toBe('000111110010010100')
    expect(corner(true)).toBe('000111110010010100')
  })

  test('three finder patterns, and the one module that is always dark', () => {
    const { size, isDark } = made('a')
    for (const [top, left] of [
      [0, 0],
      [0, size - 7],
      [size - 7, 0],
    ] as const)
      expect(Array.from({ length: 7 }, (_, i) => Number(isDark(top + 3, left + i))).join('')).toBe('1011101')
    expect(isDark(size - 8, 8)).toBe(true)
  })
})
