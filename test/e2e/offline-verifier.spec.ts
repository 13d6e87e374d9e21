import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { canonicalJson } from '@quorate/kernel'
import { verifierKeyText } from '@quorate/record'
import { dossierText } from '@quorate/verifier'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { dossierFor, wholeDecision } from '../../packages/verifier/testing/whole-decision.ts'
import { buildChanged, offlineVerifier, root } from '../../tools/build.ts'

// One file from a disk, with no network at all: a dossier goes in, a verdict comes out.

const address = pathToFileURL(join(root, offlineVerifier.output)).href
const whole = dossierFor(wholeDecision('Ed25519').log)
const file = (text: string, name = 'decision-12.json') => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
const ballot = whole.entries.findIndex(({ bytes }) => bytes.includes('"type":"ballot"'))
/** A ballot's code altered in the record, as somebody with the database could. */
const altered = dossierText({
  ...whole,
  entries: whole.entries.map((entry, i) =>
    i === ballot ? { ...entry, bytes: entry.bytes.replace(/("code":")[A-Z]+/, '$1ALTERED') } : entry,
  ),
})

test.use({ offline: true })
test.beforeAll(async () => {
  test.setTimeout(300_000)
  const built = await buildChanged(() => undefined, [offlineVerifier])
  expect(built.kind).toBe('ok')
})

/** Opens the file; whatever else it asked for, and whatever went wrong in it, is in the list. */
async function open(page: Page): Promise<string[]> {
  const problems: string[] = []
  page.on('request', (request) => {
    if (request.url() !== address && !/^(blob|data):/.test(request.url())) problems.push(`request to ${request.url()}`)
  })
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  await page.goto(address)
  return problems
}
const verdict = (page: Page) => page.locator('#verdict')

test('a decision that holds is said to hold, first and in plain words', async ({ page }) => {
  const problems = await open(page)
  await page.getByLabel('Choose the file').setInputFiles(file(dossierText(whole)))
  await expect(verdict(page)).toHaveText('It holds')
  await expect(verdict(page)).toBeFocused()
  await expect(page.locator('.sentence')).toContainText('Of decision 7 these were re-checked: the record, the rules')
  await expect(page.getByText('Not compared. Anybody can make a record')).toBeVisible()
  await page.getByText('Compare with what you know').click()
  await page.getByLabel('Key of the record').fill(verifierKeyText(whole.logKey))
  await page.getByLabel('Key of the record').press('Tab')
  await expect(page.getByText('Not compared. Anybody can make a record')).toHaveCount(0)
  await expect(verdict(page)).toHaveText('It holds')
  await page.getByLabel('Key of the record').fill('no key')
  await page.getByLabel('Key of the record').press('Tab')
  await expect(page.getByRole('alert')).toContainText('This is not a key')
  expect(problems).toEqual([])
})

test('what is wrong is named: entry, expected, found; in Welsh too', async ({ page }) => {
  const problems = await open(page)
  await page.getByLabel('Choose the file').setInputFiles(file(altered))
  await expect(verdict(page)).toHaveText('It does not hold')
  await expect(page.locator('.sentence')).toHaveText('This entry was changed after it was written.')
  await expect(page.locator('.facts')).toContainText(`Entry ${String(ballot)}`)
  await expect(page.locator('.facts')).toContainText(whole.leaves[ballot] ?? 'its leaf')
  await page.getByRole('button', { name: 'Cymraeg' }).click()
  await expect(verdict(page)).toHaveText('Nid yw’n dal')
  await expect(page.locator('.sentence')).toHaveText('Newidiwyd y cofnod hwn ar ôl ei ysgrifennu.')
  await expect(page.locator('html')).toHaveAttribute('lang', 'cy')
  expect(problems).toEqual([])
})

test('a file with entries left out holds in part, and what is unknown is said', async ({ page }) => {
  await open(page)
  const part = { ...whole, entries: whole.entries.filter((_, i) => i !== ballot) }
  await page.getByLabel('Choose the file').setInputFiles(file(dossierText(part)))
  await expect(verdict(page)).toHaveText('It holds in part')
  await expect(page.locator('.sentence')).toContainText('1 entry of the record')
  await expect(page.getByText('because entries were left out').first()).toBeVisible()
})

test('a file can be dropped; one that is no dossier is said to be none', async ({ page }) => {
  const problems = await open(page)
  const drop = async (text: string): Promise<void> => {
    const data = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], 'dropped.json'))
      return transfer
    }, text)
    await page.dispatchEvent('body', 'drop', { dataTransfer: data })
  }
  await drop(canonicalJson({ a: 1 }))
  await expect(verdict(page)).toHaveText('It does not hold')
  await expect(page.locator('.sentence')).toHaveText('The file is not a dossier.')
  await drop(dossierText(whole))
  await expect(verdict(page)).toHaveText('It holds')
  expect(problems).toEqual([])
})

test('by keyboard alone, in the dark, on a phone: nothing overflows and axe finds nothing', async ({ page }) => {
  const problems = await open(page)
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  }
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await (await chooser).setFiles(file(altered))
  await expect(verdict(page)).toBeFocused()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  const pictures = process.env['QUORATE_PICTURES']
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'offline-verifier.png'), fullPage: true })
  expect(problems).toEqual([])
})

test('its own policy stops it from sending anything anywhere', async ({ page }) => {
  await open(page)
  const sent = await page.evaluate(async () => {
    try {
      await fetch('https://example.org/')
      return 'sent'
    } catch (error) {
      return error instanceof Error ? error.name : 'stopped'
    }
  })
  expect(sent).toBe('TypeError')
  await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveAttribute('content', /default-src 'none'/)
})
