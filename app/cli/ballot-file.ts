import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { bltPackedReader, type BltReader, type PackedProfile } from '@quorate/counting'
import { fail, ok, type Result } from '@quorate/kernel'
import type { Io } from './command.ts'

type Ballots = ReturnType<BltReader<PackedProfile>['end']>

// Larger pieces read no faster; smaller ones cut more lines in two.
const pieceBytes = 2 ** 20
// A file below this is read before anybody could see a bar.
const barFromBytes = 8 * 2 ** 20

/**
 * Reads a ballot file, or standard input for `-`, piece by piece: neither its text nor an object per paper is ever in memory. A person
 * watching sees how far it has come.
 */
export async function readBallots(file: string, io: Io): Promise<Result<Ballots, string>> {
  const reader = bltPackedReader()
  try {
    if (file === '-')
      for await (const piece of process.stdin) reader.push(piece as Uint8Array) // no encoding: bytes
    else readPieces(file, reader, io)
  } catch (e) {
    return fail(reasonText(e))
  }
  return ok(reader.end())
}

function readPieces(file: string, reader: BltReader<PackedProfile>, io: Io): void {
  const descriptor = openSync(file, 'r')
  try {
    const { size } = fstatSync(descriptor)
    const piece = new Uint8Array(pieceBytes)
    let read = 0
    for (let n = readSync(descriptor, piece); n > 0; n = readSync(descriptor, piece)) {
      reader.push(piece.subarray(0, n))
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
