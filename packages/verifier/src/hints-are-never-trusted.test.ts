import { concatBytes, uintBytes } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hintsFileOf, inPieces } from '../testing/hints.ts'
import { hintsHeader, hintsLine, packHints, readHints, unpackHints, type EntryHints } from './index.ts'

async function read(
  bytes: Uint8Array,
  { size, most = () => Infinity }: { readonly size?: number; readonly most?: (entry: number) => number } = {},
): Promise<readonly EntryHints[]> {
  const found: EntryHints[] = []
  for await (const line of readHints(inPieces(bytes, size), most)) found.push(line)
  return found
}
const points = (n: number, fill: number): Uint8Array => new Uint8Array(64 * n).fill(fill)
const lines: readonly EntryHints[] = [
  { entry: 4, parts: [points(15, 1), points(1, 2)] },
  { entry: 9, parts: [points(2, 3), points(0, 0)] },
  { entry: 2 ** 40, parts: [] },
  { entry: 2 ** 40 + 1, parts: [points(30, 4)] },
]
const file = hintsFileOf(lines)

describe('a file of hints (docs/spec/hints.md)', () => {
  test('is read as it was written, in pieces of any size', async () => {
    for (const size of [1, 7, 64, 1000, 1 << 20]) expect(await read(file, { size })).toEqual(lines)
    expect(await read(hintsHeader)).toEqual([])
  })

  test('has the layout that is documented', () => {
    expect(new TextDecoder().decode(hintsHeader)).toBe('quorate/hints/v1\n')
    const line = hintsLine(0x0102, packHints([points(1, 5), points(0, 0)]))
    const numbers = [uintBytes(0x0102n, 8), uintBytes(72n, 4), uintBytes(1n, 4), points(1, 5), uintBytes(0n, 4)]
    expect(line).toEqual(concatBytes(...numbers))
  })

  test('parts are copies, which no thread takes the file along with', async () => {
    const [line] = await read(file)
    expect(line?.parts.map(({ buffer, length }) => [buffer.byteLength, length])).toEqual([
      [960, 960],
      [64, 64],
    ])
  })

  test('broken off anywhere, gives the lines that are whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length), fc.integer({ min: 1, max: 500 }), async (length, size) => {
        const found = await read(file.subarray(0, length), { size })
        expect(found).toEqual(lines.slice(0, found.length))
        expect(found.length === lines.length).toBe(length === file.length)
      }),
    )
  })

  test('a line longer than its entry allows is passed over, and nothing of its length is held', async () => {
    expect(await read(file, { size: 100, most: (entry) => (entry === 4 ? 1031 : Infinity) })).toEqual(lines.slice(1))
    // Four gigabytes are promised.
    const vast = concatBytes(hintsHeader, uintBytes(1n, 8), uintBytes(0xffff_ffffn, 4), points(3, 1))
    expect(await read(vast, { most: () => 2000 })).toEqual([])
  })

  test('a line that is no list of parts is left out alone', async () => {
    const [first, second] = lines
    if (first === undefined || second === undefined) throw new Error('there are lines')
    for (const packed of [
      points(1, 255),
      uintBytes(1n, 4),
      uintBytes(0n, 3),
      concatBytes(packHints(first.parts), new Uint8Array(1)),
    ]) {
      expect(unpackHints(packed)).toBeNull()
      const odd = concatBytes(hintsFileOf([first]), hintsLine(5, packed), hintsFileOf([second]).subarray(hintsHeader.length))
      expect(await read(odd)).toEqual([first, second])
    }
  })

  test('other bytes are none, and nothing throws', async () => {
    for (const other of ['', 'quorate/hints/v2\n', '<!doctype html>', '{"hints":[]}'])
      expect(await read(new TextEncoder().encode(other))).toEqual([])
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 50 }), async (tail, size) => {
        for (const { parts } of await read(concatBytes(hintsHeader, tail), { size, most: () => 5000 }))
          for (const part of parts) expect(part.length % 64).toBe(0)
      }),
    )
  })

  test('its stream is let go when nobody reads on', async () => {
    let isOpen = true
    async function* watched() {
      try {
        yield* inPieces(file, 50)
      } finally {
        isOpen = false
      }
    }
    const found = readHints(watched(), () => Infinity)
    expect((await found.next()).value).toEqual(lines[0])
    expect(isOpen).toBe(true)
    await found.return()
    expect(isOpen).toBe(false)
  })
})
