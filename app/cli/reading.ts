import { open } from 'node:fs/promises'
import { fail, ok, type Result } from '@quorate/kernel'

const codes: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'no permission',
  ENOTFOUND: 'there is no such host',
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: 'the connection was cut',
}

/** An error of the operating system or of `fetch` in words, without a full stop. */
export function readingFault(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no answer in time'
  const cause: unknown = 'code' in error ? error : error.cause
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return codes[code] ?? (code === '' ? error.message : code)
}

/** Reads a file of at most `bytesMax`; a longer one fails with `tooLarge`. Throws what the operating system says. */
export async function readFileWithin(path: string, bytesMax: number, tooLarge: string): Promise<Result<Uint8Array, string>> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size > bytesMax) return fail(tooLarge)
    return ok(await file.readFile())
  } finally {
    await file.close()
  }
}
