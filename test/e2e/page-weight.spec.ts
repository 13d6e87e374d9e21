import { expect, test } from '@playwright/test'
import { startDemonstration, type Demonstration } from '../demonstration.ts'

// What a page makes a phone fetch: its own scripts, and nothing of the server's.

let demo: Demonstration
test.beforeAll(async () => {
  test.setTimeout(300_000)
  demo = await startDemonstration()
})
test.afterAll(() => demo.stop())

// Bytes of script before compression; a third of that travels. The framework itself is some 80,000 of them.
const most = 400_000
const mostOfWatch = 72_000

const pages = [
  { path: '/', least: 0, most: 0 },
  { path: '/rules/what-if', least: 0, most: 0 },
  { path: '/record', least: 0, most: 0 },
  { path: '/rules/playground', least: 1, most },
  { path: '/count', least: 1, most },
]
for (const { path, ...bounds } of pages)
  test(`${path} fetches at most ${String(bounds.most)} bytes of script`, async ({ page }) => {
    const scripts: Promise<number>[] = []
    const watch: Promise<number>[] = []
    page.on('response', (response) => {
      const { pathname } = new URL(response.url())
      // Workers are fetched when something is asked of them, and have figures of their own.
      if (!pathname.endsWith('.js') || pathname.includes('/workers/')) return
      ;(pathname.startsWith('/watch/') ? watch : scripts).push(response.body().then((body) => body.length))
    })
    await page.goto(`${demo.address}${path}`, { waitUntil: 'networkidle' })
    const sum = async (of: readonly Promise<number>[]): Promise<number> => (await Promise.all(of)).reduce((a, b) => a + b, 0)
    const bytes = await sum(scripts)
    expect(bytes).toBeGreaterThanOrEqual(bounds.least)
    expect(bytes).toBeLessThanOrEqual(bounds.most)
    // The comparison of checkpoints, the same on every page and fetched once in five minutes at most.
    expect(await sum(watch)).toBeLessThanOrEqual(mostOfWatch)
  })
