import { concatBytes, fail, ok, type Result } from '@quorate/kernel'
import { readFileWithin, readingFault } from './reading.ts'

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

/** Where the hints of a dossier stand, where it is read from the page of its decision. */
export function hintsBeside(source: DossierSource): URL | null {
  if (source.kind === 'file' || !/\/d\/[1-9]\d{0,15}\/dossier\.json$/.test(source.url.pathname)) return null
  return new URL('hints', source.url)
}

const tooLarge = `it has more than ${dossierBytesMax / 1_000_000} MB, which no dossier has`

/** Reads the bytes. The error is a sentence without full stop. Nothing but the address given is fetched. */
export async function readSource(source: DossierSource, timeoutMs = 120_000): Promise<Result<Uint8Array, string>> {
  try {
    return source.kind === 'file'
      ? await readFileWithin(source.path, dossierBytesMax, tooLarge)
      : await readUrl(source.url, timeoutMs)
  } catch (error) {
    return fail(readingFault(error))
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
