import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { type Served, serveFake } from '../../app/booth/test/serve-fake.ts'
import { openServer } from '../../app/booth/test/world.ts'

let served: Served
test.beforeAll(async () => {
  served = await serveFake(openServer({ blank: true }).server)
})
test.afterAll(() => served.close())
test.beforeEach(() => {
  served.fake = openServer({ blank: true }).server
})

const link = (): string => served.fake.link(0).replace(served.fake.origin, served.address)
const heading = (page: Page) => page.locator('h1')

/** Nothing that axe finds, nothing that scrolls sideways. */
async function holdsUp(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
}

async function lock(page: Page): Promise<string> {
  await page.goto(link())
  await page.getByLabel('No', { exact: true }).check()
  await page.getByRole('button', { name: 'Check my ballot' }).click()
  await page.getByRole('button', { name: 'Lock it, then test this device' }).click()
  await expect(heading(page)).toHaveText('Your vote is locked, and not cast yet')
  return page.locator('.ballot-code').innerText()
}

for (const [name, options] of [
  ['390 px', {}],
  ['320 px, dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
] as const)
  test.describe(name, () => {
    test.use(options)
    test('lock, open, check on a second device, then cast a fresh one', async ({ page, context }) => {
      const code = await lock(page)
      await expect(page.getByRole('img', { name: /A square code/ })).toBeVisible()
      await holdsUp(page)
      await page.getByRole('button', { name: 'Open it and test this device' }).click()
      await expect(heading(page)).toHaveText('This vote is open, and can never be cast')
      await expect(heading(page)).toBeFocused()
      await expect(page.getByText('The ballot box has noted it')).toBeVisible()
      await expect(page.locator('.ballot-code')).toHaveText(code)
      await holdsUp(page)

      const address = await page.getByLabel('Address of the checking page').inputValue()
      const second = await context.newPage()
      await second.goto(address.split('.').slice(0, -3).join('.'))
      await expect(heading(second)).toHaveText('Ballot code kept')
      await holdsUp(second)
      await second.goto(address)
      await expect(heading(second)).toHaveText('The device locked what it showed')
      await expect(second.getByText('It is the same ballot that you scanned')).toBeVisible()
      await expect(second.locator('.ballot-code')).toHaveText(code)
      await expect(second.getByText('No', { exact: true })).toBeVisible()
      await holdsUp(second)
      await second.getByRole('button', { name: 'Cymraeg' }).click()
      await expect(heading(second)).toHaveText('Clodd y ddyfais yr hyn a ddangosodd')
      await second.close()

      await page.getByRole('button', { name: 'Mark a fresh ballot paper' }).click()
      await page.getByLabel('Yes', { exact: true }).check()
      await page.getByRole('button', { name: 'Check my ballot' }).click()
      await page.getByRole('button', { name: 'Lock and cast my vote' }).click()
      await expect(heading(page)).toHaveText('Your vote is in the ballot box')
      expect(served.fake.ballots.length).toBe(1)
      expect(served.fake.ballots[0]?.code).not.toBe(code)
      expect(served.fake.tested.size).toBe(1)
    })
  })

test('cast the locked one: the code of the receipt is the code that was shown, with the keyboard alone', async ({ page }) => {
  const code = await lock(page)
  await expect(heading(page)).toBeFocused()
  const cast = page.getByRole('button', { name: 'Cast this locked vote' })
  for (let i = 0; i < 8 && !(await cast.evaluate((e) => e === document.activeElement)); i++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(heading(page)).toHaveText('Your vote is in the ballot box')
  await expect(page.getByText(code, { exact: true })).toBeVisible()
})

test('the checking page by hand: pasted, cut, and in Welsh', async ({ page }) => {
  await page.goto(`${served.address}/check-ballot`)
  await expect(heading(page)).toHaveText('Check a device')
  await holdsUp(page)
  await page.getByLabel('Address or text from the other device').fill('cut')
  await page.getByRole('button', { name: 'Check it' }).click()
  await expect(heading(page)).toHaveText('This cannot be read')
  await holdsUp(page)
  await page.getByRole('button', { name: 'Check another' }).click()
  await page.getByRole('button', { name: 'Cymraeg' }).click()
  await expect(heading(page)).toHaveText('Gwirio dyfais')
  await holdsUp(page)
})
