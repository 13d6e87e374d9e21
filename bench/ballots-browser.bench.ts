import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { electionText, engineOf, type Question } from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import { chromium, type Browser } from '@playwright/test'
import { build } from 'vite'
import { boothPolicy } from '../app/cli/door.ts'
import { chromiumPath } from '../tools/chromium.ts'
import type { Trial } from '../tools/measure.ts'
import type { Paper, Step } from './ballots-browser/lock.ts'

const samples = Number(process.env['QUORATE_BENCH_SAMPLES'] ?? 21)
const source = join(import.meta.dirname, 'ballots-browser')
const approval: Question = { answers: Array.from({ length: 10 }, (_, i) => `Answer ${i}`), min: 0, max: 10, question: 'Who?' }

/** What is to be locked; any key will do. */
function paperFor(isFast: boolean): Paper {
  const engine = engineOf('Ed25519')
  const public_key = engine.encode(engine.multiplyBaseSecret(4711n))
  const own = { version: 1, description: '', name: 'Bench', group: 'Ed25519', uuid: 'QuorateBench42' } as const
  return {
    election: electionText({ ...own, public_key, questions: [approval] }),
    choice: approval.answers.map((_, i) => i % 2),
    secret: '815',
    isFast,
  }
}

/** The page, built as the booth is, under the booth's policy but for trusted types, whose one policy is the booth's own. */
async function servePage(folder: string): Promise<Server> {
  await build({
    root: source,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
    worker: { format: 'es' },
  })
  const files = new Map(globSync('**/*.*', { cwd: folder }).map((file) => [`/${file}`, readFileSync(join(folder, file))]))
  const policy = boothPolicy.replace(/; require-trusted-types-for.*/, '')
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '')
    const file = files.get(path)
    const type = path.endsWith('.js') ? 'text/javascript' : 'text/html'
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': type, 'content-security-policy': policy }).end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

type Where = { readonly name: string; readonly inWorker: boolean; readonly slowDown: number; readonly isFast: boolean }
const places: readonly Where[] = [
  { name: 'in the page, the processor slowed down four times', inWorker: false, slowDown: 4, isFast: true },
  { name: 'in the page', inWorker: false, slowDown: 1, isFast: true },
  { name: 'in the worker', inWorker: true, slowDown: 1, isFast: true },
  { name: 'without WebAssembly, in the page, slowed down four times', inWorker: false, slowDown: 4, isFast: false },
  { name: 'without WebAssembly, in the worker', inWorker: true, slowDown: 1, isFast: false },
]

/** Milliseconds: `processor` is what the page's thread took of it for the first ballot, which other programs on the machine do not stretch. */
type Sample = {
  readonly open: number
  readonly first: number
  readonly both: number
  readonly processor: number
  readonly hints: number
  readonly second: number
}

/** One sample in a page of its own, which nothing was compiled for. */
async function sample(browser: Browser, address: string, { inWorker, slowDown, isFast }: Where): Promise<Sample> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown })
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.goto(address)
    const processor = async (): Promise<number> => {
      const { metrics } = await session.send('Performance.getMetrics')
      return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
    }
    const take = (step: Step): Promise<number> =>
      page.evaluate(([asked, paper, worker]) => (worker ? window.inWorker(asked, paper) : window.inPage(asked, paper)), [
        step,
        paperFor(isFast),
        inWorker,
      ] as const)
    const open = await take('open')
    const before = await processor()
    const first = await take('lock')
    const spent = (await processor()) - before
    return { open, first, both: open + first, processor: spent, hints: await take('hint'), second: await take('lock') }
  } finally {
    await context.close()
  }
}

const quantile = (numbers: readonly number[], share: number): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(share * numbers.length)] ?? Number.NaN
const ms = (n: number): string => `${n.toFixed(1)} ms`
const spread = (numbers: readonly number[]): string => `${ms(quantile(numbers, 0.25))} – ${ms(quantile(numbers, 0.75))}`

/** Locking a ballot of ten answers in a real browser, cold and slowed down as a phone is. */
export default async function browserBench(): Promise<Trial> {
  const executablePath = chromiumPath()
  assert(executablePath !== null, 'this machine has a Chromium')
  const folder = mkdtempSync(join(tmpdir(), 'quorate-bench-'))
  const server = await servePage(folder)
  const browser = await chromium.launch({ executablePath })
  const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/` // listening on a port, so never a pipe's name
  return {
    title: 'Ballots in a browser',
    about: `An approval of ten answers locked in headless Chromium ${browser.version()}, each sample in a new page that nothing was compiled for: the paper is opened, which starts the arithmetic and makes the tables of two keys, as the booth does before it is shown; then a first ballot is locked, the hints are made that are sent with it, and a second is locked. Nothing is done beforehand: the module is compiled when the paper is opened. The browser slows down the page's thread and never a worker's. The thread's own time holds the browser's part of a call too. ${samples} samples of each, in turns; load of the machine meanwhile ${(loadavg()[0] ?? 0).toFixed(0)}. Goal: the first within 60 ms, slowed down four times; aim: the paper opened and the first ballot together.`,
    run: async () => {
      const found = places.map((): Sample[] => [])
      for (let i = 0; i < samples; i++)
        for (const [at, place] of places.entries()) found[at]?.push(await sample(browser, address, place))
      return [
        ['case', 'opened', 'first ballot', 'spread', 'both', 'its time of the thread', 'its hints', 'second ballot'],
        ...places.map(({ name, inWorker }, at) => {
          const own = (of: keyof Sample): readonly number[] => (found[at] ?? []).map((each) => each[of])
          const median = (of: keyof Sample): string => ms(quantile(own(of), 0.5))
          return [
            name,
            median('open'),
            median('first'),
            spread(own('first')),
            median('both'),
            inWorker ? '' : median('processor'),
            median('hints'),
            median('second'),
          ]
        }),
      ]
    },
    end: async () => {
      await browser.close()
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
