import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { BallotFormat, BoxReader, ReadAs } from '@quorate/counting'
import { formatOf, readerNamed } from '@quorate/counting/lazy'
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
  let reader: BoxReader | null = null
  try {
    const pieces = file === '-' ? piecesOf(process.stdin) : filePieces(file, io)
    for await (const bytes of pieces) {
      reader ??= await readerFor(file, as, bytes.subarray(0, 4096))
      if (reader === null) return fail(formatUnknown)
      reader.push(bytes)
    }
    // An empty file has no first piece; its name may still say what it should have been.
    reader ??= await readerFor(file, as, new Uint8Array())
  } catch (e) {
    return fail(reasonText(e))
  }
  return reader === null ? fail(formatUnknown) : ok(reader.end())
}

async function readerFor(file: string, as: ReadFile, head: Uint8Array): Promise<BoxReader | null> {
  const format = as.format ?? formatOf(file, head)
  return format === null ? null : readerNamed({ ...as, format })
}

// Bytes: no encoding was set.
async function* piecesOf(input: NodeJS.ReadStream): AsyncGenerator<Uint8Array> {
  for await (const piece of input) yield piece as Uint8Array
}

/** The bytes of a file, in one buffer that each piece overwrites. */
function* filePieces(file: string, io: Io): Generator<Uint8Array> {
  const descriptor = openSync(file, 'r')
  try {
    const { size } = fstatSync(descriptor)
    const piece = new Uint8Array(pieceBytes)
    let read = 0
    for (let n = readSync(descriptor, piece); n > 0; n = readSync(descriptor, piece)) {
      yield piece.subarray(0, n)
      read += n
      if (io.watched && size >= barFromBytes) io.err(`\r${barText(read / size)}`)
    }
    if (io.watched && size >= barFromBytes) io.err('\r\u001b[K')
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
