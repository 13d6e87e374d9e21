import { concatBytes, equalBytes, uintBytes, uintOf, utf8 } from '@quorate/kernel'

/**
 * Hints of one entry: of a ballot its own and then that of its cast statement, of a shuffle one list a list question. Each part is whole points of
 * 64 bytes (docs/spec/ballots.md, Hints). A part that nobody has is empty.
 */
export type EntryHints = { readonly entry: number; readonly parts: readonly Uint8Array[] }

/** What a file of hints begins with. */
export const hintsHeader: Uint8Array = utf8('quorate/hints/v1\n')

const [entrySize, lengthSize, point] = [8, 4, 64]
const headSize = entrySize + lengthSize

/** Parts of one entry as one value, as they stand in a file and may be stored: each its number of points in four bytes, and the points. */
export const packHints = (parts: readonly Uint8Array[]): Uint8Array =>
  concatBytes(...parts.flatMap((part) => [uintBytes(BigInt(Math.floor(part.length / point)), lengthSize), part]))

/** The parts of a packed value, copied out of it; null where it is none. */
export function unpackHints(packed: Uint8Array): readonly Uint8Array[] | null {
  const parts: Uint8Array[] = []
  let at = 0
  while (at < packed.length) {
    const from = at + lengthSize
    if (from > packed.length) return null
    at = from + point * Number(uintOf(packed.subarray(at, from)))
    if (at > packed.length) return null
    // A copy: what is handed to a thread takes the whole buffer beneath it along.
    parts.push(packed.slice(from, at))
  }
  return parts
}

/** An entry's line in a file of hints, of its {@link packHints}. Lines stand in ascending order of entry. */
export const hintsLine = (entry: number, packed: Uint8Array): Uint8Array =>
  concatBytes(uintBytes(BigInt(entry), entrySize), uintBytes(BigInt(packed.length), lengthSize), packed)

/**
 * Reads hints as their bytes come in. Nothing of them is trusted: a line that is longer than `most` says of its entry (in bytes) is passed over
 * without being held, one that is no list of parts is left out, and what is no file of hints, or breaks off, ends here. Holds one line at a time.
 */
export async function* readHints(
  source: AsyncIterable<Uint8Array>,
  most: (entry: number) => number,
): AsyncGenerator<EntryHints, void, undefined> {
  const bytes = reader(source)
  try {
    const header = await bytes.take(hintsHeader.length)
    if (header === null || !equalBytes(header, hintsHeader)) return
    for (;;) {
      const head = await bytes.take(headSize)
      if (head === null) return
      const entry = Number(uintOf(head.subarray(0, entrySize)))
      const length = Number(uintOf(head.subarray(entrySize)))
      const packed = length > most(entry) ? await bytes.passOver(length) : await bytes.take(length)
      if (packed === null) return
      const parts = packed === 'passed over' ? null : unpackHints(packed)
      if (parts !== null) yield { entry, parts }
    }
  } finally {
    await bytes.end()
  }
}

/** Takes bytes off a stream in pieces of any length; null where it ends before. */
function reader(source: AsyncIterable<Uint8Array>) {
  const pieces = source[Symbol.asyncIterator]()
  let piece: Uint8Array = new Uint8Array(0)
  let at = 0
  /** Whether there is another byte. */
  const more = async (): Promise<boolean> => {
    while (at >= piece.length) {
      const next = await pieces.next()
      if (next.done === true) return false
      piece = next.value
      at = 0
    }
    return true
  }
  return {
    take: async (length: number): Promise<Uint8Array | null> => {
      const out = new Uint8Array(length)
      let filled = 0
      while (filled < length) {
        if (!(await more())) return null
        const some = piece.subarray(at, at + length - filled)
        out.set(some, filled)
        filled += some.length
        at += some.length
      }
      return out
    },
    passOver: async (length: number): Promise<'passed over' | null> => {
      let left = length
      while (left > 0) {
        if (!(await more())) return null
        const passed = Math.min(left, piece.length - at)
        at += passed
        left -= passed
      }
      return 'passed over'
    },
    end: async (): Promise<void> => {
      await pieces.return?.()
    },
  }
}
