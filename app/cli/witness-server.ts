import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import {
  cosignatureLine,
  judgeAddCheckpoint,
  parseAddCheckpoint,
  refusalStatus,
  verifierKeyText,
  type VerifierKey,
  type WitnessRefusal,
} from '@quorate/record'
import { rootText, type WitnessFolder } from './witness-folder.ts'

/** What a witness's server is made of. `now`: milliseconds since 1970. */
export type WitnessParts = {
  readonly folder: WitnessFolder
  readonly logs: readonly VerifierKey[]
  readonly now: () => number
  readonly say: (text: string) => void
}

// A checkpoint with 100 signatures and a proof of 63 hashes has under 20 kB.
const bodyBytesMax = 65_536

const words: { readonly [K in WitnessRefusal['kind']]: string } = {
  malformed: 'This is not an add-checkpoint request.',
  'unknown log': 'This witness does not watch that log.',
  'not signed by the log': 'The log has not signed this checkpoint.',
  'old size beyond the checkpoint': 'The old size is larger than the checkpoint.',
  'another old size': 'Another checkpoint was cosigned last.',
  'split view': 'The log has signed two roots of one size.',
  'not consistent': 'The proof does not show that this tree continues the one cosigned last.',
}

/** The HTTP server of a witness: `POST …/add-checkpoint`, and at `/` and `/health.json` what it has seen. Source: c2sp.org/tlog-witness. */
export function witnessServer(parts: WitnessParts): Server {
  // One request at a time from judging to remembering: two at once could roll the memory back.
  let queue: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = queue.then(work)
    queue = next.catch(() => undefined)
    return next
  }
  const server = createServer((request, response) => {
    handle(parts, inTurn, request, response).catch((error: unknown) => {
      parts.say(`a request failed: ${error instanceof Error ? error.message : String(error)}\n`)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  server.requestTimeout = 10_000
  server.headersTimeout = 10_000
  return server
}

type InTurn = <T>(work: () => Promise<T>) => Promise<T>

async function handle(parts: WitnessParts, inTurn: InTurn, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  const text = (status: number, body: string, type = 'text/plain; charset=utf-8'): void => {
    response
      .writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
      .end(body)
  }
  if (path.endsWith('/add-checkpoint')) {
    if (request.method !== 'POST') return text(405, 'POST a checkpoint here.\n')
    const body = await bodyOf(request)
    if (body === null) return text(413, 'The request is too long.\n')
    const { status, type, answer } = await inTurn(() => answerTo(parts, body))
    return text(status, answer, type)
  }
  if (request.method !== 'GET') return text(405, 'Only GET.\n')
  if (path === '/health.json') return text(200, `${JSON.stringify(healthOf(parts), null, 2)}\n`, 'application/json')
  if (path === '/') return text(200, healthPage(parts), 'text/html; charset=utf-8')
  return text(404, 'There is nothing here.\n')
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bodyBytesMax) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

type Answer = { readonly status: number; readonly type: string; readonly answer: string }

async function answerTo({ folder, logs, now, say }: WitnessParts, source: string): Promise<Answer> {
  const plain = 'text/plain; charset=utf-8'
  const memory = {
    keysOf: (origin: string) => logs.filter((key) => key.name === origin),
    lastOf: (origin: string) => folder.last.get(origin) ?? null,
  }
  const judged = judgeAddCheckpoint(source, memory)
  const at = now()
  if (judged.kind === 'fail') {
    const { kind } = judged.error
    if ('signed' in judged.error) {
      await folder.keepEvidence(source, at)
      say(`${judged.error.signed.origin}: ${words[kind]} Kept as evidence.\n`)
    }
    // The size belongs to the log that reckons from another; a split view has no size to go on from.
    return kind === 'another old size'
      ? { status: 409, type: 'text/x.tlog.size', answer: `${String(judged.error.size)}\n` }
      : { status: refusalStatus[kind], type: plain, answer: `${words[kind]}\n` }
  }
  const note = parseAddCheckpoint(source)?.checkpoint ?? ''
  const line = cosignatureLine(note, folder.signer, BigInt(Math.floor(at / 1000)))
  if (line === null) return { status: 400, type: plain, answer: `${words.malformed}\n` }
  await folder.remember(judged.value, note, at)
  return { status: 200, type: plain, answer: line }
}

/** What the health page says, as data. */
export type WitnessHealth = {
  readonly name: string
  readonly key: string
  readonly evidence: number
  readonly logs: readonly {
    readonly origin: string
    readonly size: number | null
    readonly root: string | null
    readonly at: string | null
  }[]
}

function healthOf({ folder, logs }: WitnessParts): WitnessHealth {
  const origins = [...new Set(logs.map((key) => key.name))]
  return {
    name: folder.signer.key.name,
    key: verifierKeyText(folder.signer.key),
    evidence: folder.evidence(),
    logs: origins.map((origin) => {
      const last = folder.last.get(origin)
      return last === undefined
        ? { origin, size: null, root: null, at: null }
        : { origin, size: last.size, root: rootText(last), at: new Date(last.at).toISOString() }
    }),
  }
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${String(c.charCodeAt(0))};`)

function healthPage(parts: WitnessParts): string {
  const { name, key, logs, evidence } = healthOf(parts)
  const rows = logs.map(
    ({ origin, size, root, at }) =>
      `<tr><th scope="row">${escaped(origin)}<td>${size === null ? 'nothing yet' : `${String(size)} entries`}<td>${escaped(root ?? '')}<td>${escaped(at ?? '')}</tr>`,
  )
  const alarm =
    evidence === 0
      ? '<p>No log has ever shown this witness two histories.</p>'
      : `<p><strong>A log has signed what cannot both be true, ${String(evidence)} times. The evidence is kept.</strong></p>`
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Witness ${escaped(name)}</title><h1>Witness ${escaped(name)}</h1>
<p>It signs a log only when it continues everything it has signed before. Key: <code>${escaped(key)}</code></p>
${alarm}
<table><tr><th scope="col">Log<th scope="col">Signed up to<th scope="col">Root<th scope="col">When</tr>${rows.join('')}</table></html>
`
}
