// What the door decides about a request before the application sees it: its host, its headers, and the pages that are not the
// application's: the booth's.
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isIP } from 'node:net'
import { join } from 'node:path'

/** The origin members reach us under; null when none is set, `not an address` when it is none. */
export function publicOrigin(text: string | undefined): string | null {
  if (text === undefined || text === '') return null
  try {
    const url = new URL(text)
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.origin : 'not an address'
  } catch {
    return 'not an address'
  }
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i

/**
 * The host the application is told. With a public origin it is that one, whatever the request says. Without, on loopback, it is what the
 * browser asked for as long as that is this machine (another name is someone's rebound DNS: null); on other addresses it is believed.
 */
export function hostOf(asked: string | undefined, origin: string | null, bound: string): string | null {
  if (origin !== null) return new URL(origin).host
  if (asked === undefined || !/^[\w.\-[\]:]{1,255}$/.test(asked)) return null
  const local = bound === 'localhost' || bound === '::1' || (isIP(bound) === 4 && bound.startsWith('127.'))
  return !local || loopback.test(asked) ? asked : null
}

const common: readonly (readonly [string, string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
]

/** The booth's own policy: its code may run WebAssembly and one worker, talk to this origin, and nothing else. */
export const boothPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; " +
  "img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types booth-worker"

const isBooth = (path: string): boolean => path.startsWith('/booth/') || path === '/booth'

/** Headers that every answer under this path carries. The application's pages set their own content policy; static files get one here. */
export function headersFor(path: string, secure: boolean): readonly (readonly [string, string])[] {
  const headers = [...common]
  // `no-referrer` would make browsers send `Origin: null` with forms, which is refused; links to other sites tell them nothing either way.
  headers.push(['referrer-policy', isBooth(path) ? 'no-referrer' : 'same-origin'])
  if (isBooth(path)) headers.push(['content-security-policy', boothPolicy])
  // Programs in one file bring a stricter policy inside; from here they are also kept out of frames.
  else if (/^\/(verifier|release)\//.test(path))
    headers.push(['content-security-policy', "connect-src 'none'; frame-ancestors 'none'"])
  else if (/^\/(_app|watch)\/|^\/favicon\.svg$/.test(path)) headers.push(['content-security-policy', "default-src 'none'"])
  if (secure) headers.push(['strict-transport-security', 'max-age=63072000'])
  return headers
}

// An election's id is at least 14 characters of base 58, as its ballot format has it.
const boothPlace = /^\/(vote|trustee)\/[1-9A-HJ-NP-Za-km-z]{14,64}$/

const checkPlace = /^\/(check-ballot)\/?$/

/**
 * The booth's pages: for voters at `/vote/<uuid>`, for trustees at `/trustee/<uuid>`, to check a tested device at `/check-ballot`, the same bytes for every ballot. Reads the files
 * once; without them, nothing is served.
 */
export function boothPages(folder: string): {
  readonly serve: (path: string, request: IncomingMessage, response: ServerResponse) => boolean
} {
  const read = (file: string): Buffer | null => {
    try {
      return readFileSync(join(folder, file))
    } catch {
      return null // Built without a booth: the application answers 404.
    }
  }
  const pages: Readonly<Record<string, Buffer | null>> = {
    vote: read('index.html'),
    trustee: read('trustee.html'),
    'check-ballot': read('check.html'),
  }
  return {
    serve: (path, request, response) => {
      const html = pages[boothPlace.exec(path)?.[1] ?? checkPlace.exec(path)?.[1] ?? ''] ?? null
      if (html === null || (request.method !== 'GET' && request.method !== 'HEAD')) return false
      response.setHeader('content-security-policy', boothPolicy)
      response.setHeader('referrer-policy', 'no-referrer')
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-length': html.length,
        'cache-control': 'no-store',
      })
      response.end(request.method === 'HEAD' ? undefined : html)
      return true
    },
  }
}
