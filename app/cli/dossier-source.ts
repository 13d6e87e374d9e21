import { open } from 'node:fs/promises'
import { concatBytes, fail, ok, type Result } from '@quorate/kernel'

/** Larger than any dossier: a million ballots take two gigabytes, which no text of JavaScript holds. */
export const dossierBytesMax = 400_000_000

/** Where to read a dossier, as typed: a file, or the address of a dossier or of its decision's page. */
export type DossierSource = { readonly kind: 'file'; readonly path: string } | { readonly kind: 'url'; readonly url: URL }

/** Reads what was typed. Of a decision's page (`/d/12`, `/d/12/result`) the dossier beside it is meant. */
export function dossierSource(typed: string): Result<DossierSource, string> {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(typed)) return ok({ kind: 'file', path: typed })
  if (!URL.canParse(typed)) return fail(`"${typed}" is not an address`)
  const url = new URL(typed)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return fail(`addresses begin with https:// or http://, not ${url.protocol}//`)
  url.hash = ''
  if (url.pathname.endsWith('.json')) return ok({ kind: 'url', url })
  const page = /^(.*\/d\/[1-9]\d{0,15})(?:\/[\w-]*)*\/?$/.exec(url.pathname)
  if (page === null) return fail(`${url.href} is neither the page of a decision, such as ${url.origin}/d/12, nor a dossier`)
  url.pathname = `${page[1] ?? ''}/dossier.json`
  url.search = ''
  return ok({ kind: 'url', url })
}

const codes: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'no permission',
  ENOTFOUND: 'there is no such host',
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: 'the connection was cut',
}

/** An error of the operating system or of `fetch` in words. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no answer in time'
  const cause: unknown = 'code' in error ? error : error.cause
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return codes[code] ?? (code === '' ? error.message : code)
}

const tooLarge = `it has more than ${dossierBytesMax / 1_000_000} MB, which no dossier has`

/** Reads the bytes. The error is a sentence without full stop. Nothing but the address given is fetched. */
export async function readSource(source: DossierSource, timeoutMs = 120_000): Promise<Result<Uint8Array, string>> {
  try {
    return source.kind === 'file' ? await readPath(source.path) : await readUrl(source.url, timeoutMs)
  } catch (error) {
    return fail(reason(error))
  }
}

async function readPath(path: string): Promise<Result<Uint8Array, string>> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size > dossierBytesMax) return fail(tooLarge)
    return ok(await file.readFile())
  } finally {
    await file.close()
  }
}

async function readUrl(url: URL, timeoutMs: number): Promise<Result<Uint8Array, string>> {
  const answer = await fetch(url, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(timeoutMs) })
  if (answer.status === 404) return fail('there is no decision with a dossier')
  if (!answer.ok || answer.body === null) return fail(`it answered ${answer.status}`)
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of answer.body as ReadableStream<Uint8Array>) {
    size += part.length
    if (size > dossierBytesMax) return fail(tooLarge)
    parts.push(part)
  }
  return ok(concatBytes(...parts))
}
