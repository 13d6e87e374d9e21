import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { boxReader, formatOf, type BallotFormat, type BoxReader, type ReadAs } from '@quorate/counting'
import { fail, ok, type Result } from '@quorate/kernel'
import type { Io } from './command.ts'

type Read = ReturnType<BoxReader['end']>

// Larger pieces read no faster; smaller ones cut more lines in two.
const pieceBytes = 2 ** 20
// A file below this is read before anybody could see a bar.
const barFromBytes = 8 * 2 ** 20

/** How to read a file: its form, or null to find it out. */
export type ReadFile = Omit<ReadAs, 'format'> & { readonly format: BallotFormat | null }

/** Nothing says what form the file has. */
export const formatUnknown = 'its form cannot be told from its name or its beginning'

/**
 * Reads a ballot file, or standard input for `-`, piece by piece: of a BLT file neither its text nor an object per paper is ever in memory.
 * A person watching sees how far it has come.
 */
export async function readBallots(file: string, as: ReadFile, io: Io): Promise<Result<Read, string>> {
  const opened: { reader: BoxReader | null } = { reader: null }
  const push = (bytes: Uint8Array): boolean => {
    opened.reader ??= readerFor(file, as, bytes.subarray(0, 4096))
    opened.reader?.push(bytes)
    return opened.reader !== null
  }
  try {
    if (file === '-') {
      // Bytes: no encoding was set.
      for await (const piece of process.stdin) if (!push(piece as Uint8Array)) return fail(formatUnknown)
    } else if (!readPieces(file, push, io)) return fail(formatUnknown)
  } catch (e) {
    return fail(reasonText(e))
  }
  // An empty file has no first piece; its name may still say what it should have been.
  const reader = opened.reader ?? readerFor(file, as, new Uint8Array())
  return reader === null ? fail(formatUnknown) : ok(reader.end())
}

function readerFor(file: string, as: ReadFile, head: Uint8Array): BoxReader | null {
  const format = as.format ?? formatOf(file, head)
  return format === null ? null : boxReader({ ...as, format })
}

function readPieces(file: string, push: (bytes: Uint8Array) => boolean, io: Io): boolean {
  const descriptor = openSync(file, 'r')
  try {
    const { size } = fstatSync(descriptor)
    const piece = new Uint8Array(pieceBytes)
    let read = 0
    for (let n = readSync(descriptor, piece); n > 0; n = readSync(descriptor, piece)) {
      if (!push(piece.subarray(0, n))) return false
      read += n
      if (io.watched && size >= barFromBytes) io.err(`\r${barText(read / size)}`)
    }
    if (io.watched && size >= barFromBytes) io.err('\r\u001b[K')
    return true
  } finally {
    closeSync(descriptor)
  }
}

/** `reading ########............ 40%`. */
export function barText(share: number): string {
  const done = Math.min(20, Math.floor(share * 20))
  return `reading ${'#'.repeat(done)}${'.'.repeat(20 - done)} ${Math.min(100, Math.floor(share * 100))}%`
}

function reasonText(e: unknown): string {
  const code = e instanceof Error && 'code' in e ? e.code : ''
  return code === 'ENOENT'
    ? 'there is no such file'
    : code === 'EISDIR'
      ? 'it is a folder'
      : code === 'EACCES'
        ? 'no permission'
        : String(e)
}
