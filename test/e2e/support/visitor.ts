import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Browser, type BrowserContext, type BrowserContextOptions, type Locator, type Page } from '@playwright/test'

/** The phone of the story: the width the mock-ups were drawn for. */
const phone = { viewport: { width: 390, height: 844 }, locale: 'en-GB', timezoneId: 'Europe/London' } as const

/** Where pictures go: QUORATE_PICTURES, else a folder of the system's. */
const pictures = process.env['QUORATE_PICTURES'] ?? mkdtempSync(join(tmpdir(), 'quorate-pictures-'))
mkdirSync(pictures, { recursive: true })

/** One person's browser. Everything wrong that it meets is in `problems`; a spec expects none after each test. */
export class Visitor {
  readonly page: Page
  readonly context: BrowserContext
  readonly problems: string[] = []

  private constructor(address: string, context: BrowserContext, page: Page) {
    this.context = context
    this.page = page
    context.on('console', (message) => {
      // A refusal is an answer; browsers report its status as an error all the same.
      const isRefusal = /^Failed to load resource: the server responded with a status of 4(03|09|22)/.test(message.text())
      if (message.type() === 'error' && !isRefusal)
        this.problems.push(`console at ${page.url()}: ${message.text()} ${message.location().url}`)
    })
    context.on('weberror', (error) => this.problems.push(`script at ${page.url()}: ${error.error().message}`))
    context.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(`${address}/`) && !/^(blob|data):/.test(url)) this.problems.push(`request to ${url}`)
    })
    context.on('response', (response) => {
      if (response.status() >= 500) this.problems.push(`${String(response.status())} from ${response.url()}`)
    })
  }

  /** Opens a browser of somebody's own on Home. */
  static async arrive(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({ ...phone, baseURL: address, ...options })
    const visitor = new Visitor(address, context, await context.newPage())
    await visitor.page.goto('/')
    return visitor
  }

  /** The first heading of the page. */
  get heading() {
    return this.page.getByRole('heading', { level: 1 })
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name })
  }

  link(name: string | RegExp) {
    return this.page.getByRole('link', { name })
  }

  /** Uses the demonstration's strip, from Home, to become somebody, by name. */
  async become(name: string): Promise<void> {
    await this.page.goto('/')
    await this.page.getByText('Be someone else').click()
    await this.button(new RegExp(`^${name}`)).click()
    await expect(this.page.getByLabel('Demonstration')).toContainText(`You are ${name}`)
  }

  /** Moves the clock to what is due next, when anything is: while mail goes out, say, what comes next is not known yet. */
  async clockToNext(): Promise<void> {
    await this.page.goto('/')
    await this.page.getByText('Move the clock', { exact: true }).click()
    const next = this.button(/^To the next thing due/)
    if (!(await next.isVisible())) {
      await this.page.waitForTimeout(500)
      return
    }
    await next.click()
    if (await this.page.getByText('Nothing is due ahead').isVisible()) return
    await expect(this.heading).not.toHaveText('The clock did not move')
  }

  /** The entries of a kind in which some words stand, newest first, on the page of the public record. */
  async onTheRecord(kind: string, words: string | RegExp): Promise<Locator> {
    await this.page.goto('/record')
    await this.page.getByText('Find an entry').click()
    await this.page.getByLabel('Of kind').selectOption({ label: kind })
    await this.button('Show').click()
    await expect(this.page.getByLabel('Of kind')).not.toHaveValue('')
    return this.page.locator('main li').filter({ hasText: words })
  }

  /** Moves the clock from one thing due to the next until an entry of a kind stands on the record. */
  async clockUntil(kind: string, words: string | RegExp): Promise<void> {
    const there = async () => (await (await this.onTheRecord(kind, words)).count()) > 0
    for (let stop = 0; stop < 30 && !(await there()); stop++) await this.clockToNext()
    await expect.poll(there, { timeout: 60_000, message: `on the record: ${String(words)}` }).toBe(true)
  }

  /** The page holds up: nothing that axe finds, nothing that scrolls sideways. Then a picture of all of it. */
  async holdsUp(name: string): Promise<void> {
    await this.picture(name)
    const wider = await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect.soft(wider, `${name}: pixels wider than the screen`).toBeLessThanOrEqual(0)
    const { violations } = await new AxeBuilder({ page: this.page }).analyze()
    const found = violations.map(
      ({ id, impact, nodes }) => `${id} (${impact ?? ''}): ${nodes.map((n) => n.target.join(' ')).join(', ')}`,
    )
    expect.soft(found, `${name}: what axe finds`).toEqual([])
  }

  /** A picture of the whole page: as on a very long screen, so that what sticks to its foot stands at its foot. */
  async picture(name: string): Promise<void> {
    const own = this.page.viewportSize() ?? phone.viewport
    const height = await this.page.evaluate(() => document.documentElement.scrollHeight)
    await this.page.setViewportSize({ ...own, height: Math.max(height, own.height) })
    await this.page.screenshot({ path: join(pictures, `${name}.png`) })
    await this.page.setViewportSize(own)
  }

  /** Reloads until something is there: for work that the server does on its own. */
  async waitFor(path: string, there: () => Promise<boolean>, patienceMs = 120_000): Promise<void> {
    await expect(async () => {
      await this.page.goto(path)
      expect(await there()).toBe(true)
    }).toPass({ timeout: patienceMs, intervals: [300, 600, 1000, 2000] })
  }

  leave(): Promise<void> {
    return this.context.close()
  }
}
