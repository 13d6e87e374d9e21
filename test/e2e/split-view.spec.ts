import { expect, test, type Page } from '@playwright/test'
import { toBase64, utf8 } from '@quorate/kernel'
import { consistencyProof, createTree, leafHash, rootAt, signCheckpoint, signerOf, verifierKeyText } from '@quorate/record'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { buildChanged, recordWatch, root } from '../../tools/build.ts'

// A member's browser against a server that shows it one record and then another, both signed with the record's own key.

const signer = signerOf('lantern.example/record', 1, new Uint8Array(32).fill(1))
const key = verifierKeyText(signer.key)
const treeOf = (size: number, fork: number) =>
  createTree(Array.from({ length: size }, (_, i) => leafHash(utf8(`${i >= fork ? 'other ' : ''}${String(i)}`))))
/** What the server shows from now on; `policy` is the one our pages have. */
const shown = { size: 64, fork: 1000, broken: false }
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
const page = (own: string): string =>
  `<!doctype html><html lang="en"><head><title>Lantern</title><script type="module" src="/watch/watch.js" data-record-key="${key}"></script></head>
<body><main><h1>Lantern</h1>${own}</main><template id="record-alarm"><div class="record-alarm" role="alert">
<p>Two records <a href="/record/alarm">What to do</a></p></div></template></body></html>`

let server: Server
let address = ''
test.beforeAll(async () => {
  test.setTimeout(300_000)
  const built = await buildChanged(() => undefined, [recordWatch])
  expect(built.kind).toBe('ok')
  const folder = join(root, recordWatch.output, '..')
  server = createServer((request, response) => {
    const path = request.url ?? '/'
    const send = (type: string, body: string | Buffer, status = 200): void =>
      void response.writeHead(status, { 'content-type': type, 'content-security-policy': policy }).end(body)
    const tree = treeOf(shown.size, shown.fork)
    const proof = /^\/log\/consistency\/(\d+)\/(\d+)$/.exec(path)
    const file = join(folder, basename(path))
    if (path === '/log/checkpoint' && !shown.broken)
      send(
        'text/plain',
        signCheckpoint(
          { origin: signer.key.name, size: shown.size, root: rootAt(shown.size, tree.node), extensions: [] },
          signer,
        ),
      )
    else if (proof !== null)
      send(
        'text/plain',
        consistencyProof(Number(proof[1]), Number(proof[2]), tree.node)
          .map((h) => `${toBase64(h)}\n`)
          .join(''),
      )
    else if (path.startsWith('/watch/') && existsSync(file)) send('text/javascript', readFileSync(file))
    else if (path === '/record/alarm')
      send('text/html', page('<p id="record-alarm-none">Nothing.</p><pre id="record-alarm-proof"></pre>'))
    else if (path === '/') send('text/html', page(''))
    else send('text/plain', 'nothing here', 404)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
})
test.afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** Comes back after the time in which the browser does not look again. */
async function visit(browser: Page): Promise<void> {
  await browser.evaluate(() => localStorage.removeItem('quorate-record-looked'))
  await browser.goto(address)
}
const kept = (browser: Page): Promise<string | null> => browser.evaluate(() => localStorage.getItem('quorate-record'))
const alarm = (browser: Page) => browser.getByRole('alert')

test('a record that only grows is followed in silence; a fork raises the alarm, and keeps its proof', async ({
  page: browser,
}) => {
  Object.assign(shown, { size: 64, fork: 1000, broken: false })
  await browser.goto(address)
  await expect.poll(() => kept(browser)).toContain('\\n64\\n')
  shown.size = 300
  await visit(browser)
  await expect.poll(() => kept(browser)).toContain('\\n300\\n')
  await expect(alarm(browser)).toHaveCount(0)

  shown.broken = true
  await visit(browser)
  await expect.poll(() => browser.evaluate(() => localStorage.getItem('quorate-record-looked'))).not.toBeNull()
  await expect(alarm(browser)).toHaveCount(0)

  Object.assign(shown, { size: 301, fork: 200, broken: false })
  await visit(browser)
  await expect(alarm(browser)).toContainText('Two records')
  expect(await kept(browser)).toContain('\\n300\\n')
  await browser.getByRole('link', { name: 'What to do' }).click()
  const proof = browser.locator('#record-alarm-proof')
  await expect(proof).toContainText('split')
  await expect(proof).toContainText(key)
  for (const size of [300, 301]) await expect(proof).toContainText(`lantern.example/record\n${String(size)}\n`)
  await expect(browser.locator('#record-alarm-none')).toHaveCount(0)

  // Showing the honest record again does not make it unseen.
  Object.assign(shown, { size: 400, fork: 1000 })
  await visit(browser)
  await expect(alarm(browser)).toContainText('Two records')
})

test('two members who were shown two records: the one whose browser met the other first is warned', async ({ browser }) => {
  Object.assign(shown, { size: 64, fork: 1000, broken: false })
  const one = await (await browser.newContext()).newPage()
  await one.goto(address)
  await expect.poll(() => kept(one)).toContain('\\n64\\n')
  Object.assign(shown, { size: 64, fork: 63 })
  const other = await (await browser.newContext()).newPage()
  await other.goto(address)
  await expect.poll(() => kept(other)).toContain('\\n64\\n')
  await expect(alarm(other)).toHaveCount(0)
  await visit(one)
  await expect(alarm(one)).toContainText('Two records')
})
