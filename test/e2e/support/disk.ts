import { pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test'

const phone = { viewport: { width: 390, height: 844 }, locale: 'en-GB', timezoneId: 'Europe/London' } as const

/** A program opened from disk on a device without a network. Whatever it asks for, and every fault of its script, is in `problems`. */
export class Disk {
  readonly page: Page
  readonly problems: string[] = []
  readonly #context: BrowserContext

  private constructor(context: BrowserContext, page: Page, address: string) {
    this.#context = context
    this.page = page
    page.on('request', (request) => {
      if (request.url() !== address && !request.url().startsWith('blob:')) this.problems.push(`request to ${request.url()}`)
    })
    page.on('console', (message) => message.type() === 'error' && this.problems.push(message.text()))
    page.on('pageerror', (error) => this.problems.push(error.message))
  }

  /** Opens a program's file. */
  static async open(browser: Browser, file: string, options: BrowserContextOptions = {}): Promise<Disk> {
    const context = await browser.newContext({ ...phone, offline: true, ...options })
    const address = pathToFileURL(file).href
    const disk = new Disk(context, await context.newPage(), address)
    await disk.page.goto(address)
    return disk
  }

  get heading() {
    return this.page.getByRole('heading', { level: 1 })
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name })
  }

  /** Presses a button that gives a file, and says where it was saved. */
  async save(name: string | RegExp): Promise<string> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.button(name).click()])
    return download.path()
  }

  /** Nothing that axe finds, nothing that scrolls sideways, in light and in dark. */
  async holdsUp(): Promise<void> {
    for (const colorScheme of ['dark', 'light'] as const) {
      await this.page.emulateMedia({ colorScheme })
      const { violations } = await new AxeBuilder({ page: this.page }).analyze()
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(', ')}`)
      expect(found, colorScheme).toEqual([])
    }
    expect(await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  }

  leave(): Promise<void> {
    return this.#context.close()
  }
}
