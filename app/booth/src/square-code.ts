/**
 * A QR code, ISO/IEC 18004:2015, byte mode, error correction level L, versions 1 to 20: an address that a second device reads with its camera.
 * Level L is enough for a screen, and gives the largest modules for a length.
 */
export type SquareCode = {
  /** Modules a side, without the quiet zone of four modules that the reader needs around it. */
  readonly size: number
  /** Whether the module in a row and column, both from 0, is dark. */
  readonly isDark: (row: number, column: number) => boolean
}

// Table 9: check bytes a block, and number of blocks, for level L of versions 1 to 20.
const checkBytes = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28] as const
const blockCounts = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8] as const

// The field GF(2⁸) modulo x⁸ + x⁴ + x³ + x² + 1, section 7.5.2.
const timesAlpha = (a: number): number => (a << 1) ^ (a & 0x80 ? 0x11d : 0)
function times(a: number, b: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit--) product = timesAlpha(product) ^ ((b >> bit) & 1 ? a : 0)
  return product
}

/** Reed–Solomon check bytes: the remainder of data · x^n divided by ∏ (x − α^i), i from 0 to n−1. */
function remainder(data: readonly number[], n: number): readonly number[] {
  let generator = [1]
  for (let i = 0, root = 1; i < n; i++, root = timesAlpha(root))
    generator = [...generator, 0].map((c, j) => c ^ (j > 0 ? times(generator[j - 1] ?? 0, root) : 0))
  const rest = Array.from({ length: n }, () => 0)
  for (const byte of data) {
    const factor = byte ^ (rest.shift() ?? 0)
    rest.push(0)
    for (let j = 0; j < n; j++) rest[j] = (rest[j] ?? 0) ^ times(generator[j + 1] ?? 0, factor)
  }
  return rest
}

/** Centres of the alignment patterns, Annex E: evenly spaced from the last backwards, the first always at 6. */
function alignmentCentres(version: number): readonly number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const last = 4 * version + 10
  const step = Math.ceil((last - 6) / (count - 1) / 2) * 2
  return Array.from({ length: count }, (_, i) => (i === 0 ? 6 : last - (count - 1 - i) * step))
}

/** Modules of a version that hold data and check bits: all, less the patterns and the format and version areas. */
function bitsOf(version: number): number {
  const size = 4 * version + 17
  const aligned = alignmentCentres(version).length
  const alignment = version === 1 ? 0 : 25 * (aligned * aligned - 3) - 10 * (aligned - 2)
  return size * size - 3 * 64 - 2 * (size - 16) - alignment - 31 - (version >= 7 ? 36 : 0)
}

const dataBytesOf = (version: number): number =>
  Math.floor(bitsOf(version) / 8) - (checkBytes[version - 1] ?? 0) * (blockCounts[version - 1] ?? 0)

/** Data bytes with their check bytes, interleaved block by block (section 7.6). */
function codewords(bytes: Uint8Array, version: number): readonly number[] {
  const space = dataBytesOf(version)
  const bits: number[] = []
  const push = (value: number, length: number): void => {
    for (let i = length - 1; i >= 0; i--) bits.push((value >> i) & 1)
  }
  push(0b0100, 4)
  push(bytes.length, version < 10 ? 8 : 16)
  for (const byte of bytes) push(byte, 8)
  push(0, Math.min(4, 8 * space - bits.length))
  while (bits.length % 8 !== 0) bits.push(0)
  const data = Array.from({ length: bits.length / 8 }, (_, i) => bits.slice(8 * i, 8 * i + 8).reduce((a, b) => 2 * a + b, 0))
  for (let pad = 0xec; data.length < space; pad ^= 0xec ^ 0x11) data.push(pad)
  const blocks = blockCounts[version - 1] ?? 1
  const short = Math.floor(space / blocks)
  const shortBlocks = blocks - (space % blocks)
  let at = 0
  const parts = Array.from({ length: blocks }, (_, i) => data.slice(at, (at += short + (i < shortBlocks ? 0 : 1))))
  const checks = parts.map((part) => remainder(part, checkBytes[version - 1] ?? 0))
  const across = (rows: readonly (readonly number[])[]): readonly number[] =>
    Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, i) => rows.flatMap((row) => row[i] ?? [])).flat()
  return [...across(parts), ...across(checks)]
}

/** A BCH code word: `value` and its remainder by `generator`, sections 7.9 and 7.10. */
function checked(value: number, generator: number, length: number): number {
  let rest = value << length
  for (let bit = 31 - Math.clz32(rest); bit >= length; bit--) if ((rest >> bit) & 1) rest ^= generator << (bit - length)
  return (value << length) | rest
}

/** Where a module belongs to a pattern or to the format: dark or light there, undefined where data goes. */
function patterns(version: number): (row: number, column: number) => boolean | undefined {
  const size = 4 * version + 17
  // Level L is 01, mask 0 is 000 (Table 25): one mask for all, since any of the eight is read.
  const format = checked(0b01000, 0x537, 10) ^ 0x5412
  const versionBits = checked(version, 0x1f25, 12)
  const centres = alignmentCentres(version)
  const bit = (word: number, i: number): boolean => ((word >> i) & 1) === 1
  const ring = (row: number, column: number): number => Math.max(Math.abs(row), Math.abs(column))
  return (row, column) => {
    for (const [r, c] of [
      [3, 3],
      [3, size - 4],
      [size - 4, 3],
    ] as const) {
      const away = ring(row - r, column - c)
      if (away <= 4) return away !== 2 && away !== 4
    }
    // Format, once around the upper left, once split between the other two corners.
    if (column === 8 && row < 9 && row !== 6) return bit(format, row < 6 ? row : row - 1)
    if (row === 8 && column < 8 && column !== 6) return bit(format, column === 7 ? 8 : 14 - column)
    if (row === 8 && column >= size - 8) return bit(format, size - 1 - column)
    if (column === 8 && row >= size - 8) return row === size - 8 ? true : bit(format, row - size + 15)
    if (version >= 7 && row < 6 && column >= size - 11 && column < size - 8) return bit(versionBits, 3 * row + column - size + 11)
    if (version >= 7 && column < 6 && row >= size - 11 && row < size - 8) return bit(versionBits, 3 * column + row - size + 11)
    for (const r of centres)
      for (const c of centres) {
        const finder = (r === 6 && (c === 6 || c === size - 7)) || (r === size - 7 && c === 6)
        const away = ring(row - r, column - c)
        if (!finder && away <= 2) return away !== 1
      }
    if (row === 6) return column % 2 === 0
    if (column === 6) return row % 2 === 0
    return undefined
  }
}

/** The square code of a text, in the smallest version that holds it; null when none does (more than 858 bytes). */
export function squareCode(text: string): SquareCode | null {
  const bytes = new TextEncoder().encode(text)
  let version = 1
  while (version <= 20 && bytes.length > dataBytesOf(version) - (version < 10 ? 2 : 3)) version++
  if (version > 20) return null
  const words = codewords(bytes, version)
  const size = 4 * version + 17
  const fixed = patterns(version)
  const grid = Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_, column) => fixed(row, column)))
  let at = 0
  // Two columns at a time from the right, upwards then downwards; column 6 is the timing pattern (section 7.7.3).
  for (let right = size - 1, up = true; right > 0; right -= right === 8 ? 3 : 2, up = !up)
    for (let i = 0; i < size; i++) {
      const row = up ? size - 1 - i : i
      for (const column of [right, right - 1]) {
        const line = grid[row]
        if (line === undefined || line[column] !== undefined) continue
        const bit = ((words[at >> 3] ?? 0) >> (7 - (at & 7))) & 1
        line[column] = (bit === 1) !== ((row + column) % 2 === 0)
        at++
      }
    }
  return { size, isDark: (row, column) => grid[row]?.[column] === true }
}
