import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { startDemonstration, type Demonstration } from '../demonstration.ts'
import { Visitor } from './support/visitor.ts'

// The rulebook on a phone: read, as it stood, who holds what, and the playground with the keyboard alone.

let demo: Demonstration
test.beforeAll(async () => {
  test.setTimeout(300_000)
  demo = await startDemonstration()
})
test.afterAll(() => demo.stop())

test('reading: contents, a rule with what it is tied to, the rules on a day, and who holds which power', async ({ browser }) => {
  const person = await Visitor.arrive(browser, demo.address, { javaScriptEnabled: false })
  const { page } = person
  await page.goto('/rules')
  await page.getByText('Parts', { exact: true }).first().click()
  await page.getByRole('link', { name: '4.2 How the rules change', exact: true }).click()
  expect(new URL(page.url()).hash).toBe('#r4.2')
  await page.getByRole('link', { name: /§\s4\.2 How the rules change/ }).click()
  await expect(person.heading).toHaveText(/4\.2 How the rules change/)
  await person.picture('rule')
  await page.getByRole('link', { name: /§\s2\.2 Members may vote/ }).click()
  await expect(person.heading).toHaveText(/2\.2/)

  await page.goto('/rules')
  await page.getByLabel('Read it as it stood on').fill('2019-05-01')
  await person.button('Show').click()
  await expect(page.getByText('There were no rules yet on 1 May 2019.')).toBeVisible()
  await person.picture('rules-before')

  await page.getByRole('link', { name: 'Who holds which power' }).first().click()
  await expect(page.getByRole('rowheader', { name: 'Changing the rules' })).toBeVisible()
  await expect(page.getByText('All members: proposal, signatures, vote and challenge').first()).toBeVisible()
  await person.picture('powers')

  await page.getByRole('link', { name: 'Could it be done without us?' }).first().click()
  await expect(person.heading).toHaveText('Could the committee do this without us?')
  await expect(page.getByText(/^No: the committee of 12 cannot change these rules/)).toBeVisible()
  await page.getByLabel('Power').selectOption({ label: 'Spending money' })
  await page.getByLabel('Seats filled on the committee').fill('9')
  await person.button('Ask').first().click()
  await expect(page.getByText(/^Yes: the committee of 9 can spend money without anybody else/)).toBeVisible()
  await person.picture('what-if')

  await page.goto('/rules/playground')
  await expect(page.locator('noscript p')).toContainText('Checking as you write needs JavaScript')
  await expect(page.getByLabel('Your rulebook')).toHaveValue(/^# Rules of Lantern/)
  expect(person.problems).toEqual([])
  await person.leave()
})

test('in Welsh the rules speak Welsh, say what language they are in, and that a native reader has yet to approve them', async ({
  browser,
}) => {
  const person = await Visitor.arrive(browser, demo.address, { javaScriptEnabled: false, locale: 'cy' })
  const { page } = person
  const mark = 'Mae’r geiriau Cymraeg yn aros'
  await page.goto('/rules/4.2')
  await expect(page.locator('html')).toHaveAttribute('lang', 'cy')
  const rule = page.locator('.rule').first()
  await expect(rule).toHaveAttribute('lang', 'cy')
  await expect(rule).toContainText('Mae’n rhedeg am 14 diwrnod clir ar ôl dod i law.')
  await expect(page.getByText(mark)).toBeVisible()
  await person.picture('rule-welsh')
  await page.goto('/rules')
  await expect(page.locator('.rule[lang="cy"]').filter({ hasText: 'Yr aelodau yw pawb sy’n bodloni' })).toHaveCount(1)
  expect(person.problems).toEqual([])
  await person.leave()
})

// The second is everything at once: what holds up there holds up with less.
for (const [name, options, strain] of [
  ['390 px', {}, false],
  ['320 px, dark, right to left, 200% text', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }, true],
] as const)
  test(`every page of the rulebook holds up: ${name}`, async ({ browser }) => {
    const person = await Visitor.arrive(browser, demo.address, options)
    const { page } = person
    for (const path of ['/rules/powers', '/rules/what-if', '/rules/playground']) {
      await page.goto(path)
      if (path.endsWith('playground')) await expect(page.getByText('The shortest way', { exact: true })).toBeVisible()
      if (strain)
        await page.evaluate(() => {
          document.documentElement.dir = 'rtl'
          document.documentElement.style.setProperty('font-size', '200%')
        })
      await person.holdsUp(`${path.slice(1).replaceAll('/', '-')}${strain ? '-strained' : ''}`)
    }
    expect(person.problems).toEqual([])
    await person.leave()
  })

test('the playground with the keyboard alone: a fault, a jump to it, mended, kept, started again, downloaded', async ({
  browser,
}) => {
  const person = await Visitor.arrive(browser, demo.address)
  const { page } = person
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(request.url())
  })
  await page.goto('/rules/playground')
  const text = page.getByLabel('Your rulebook')
  await expect(page.getByText('42 rules read. No holes found.')).toBeVisible()

  await text.focus()
  await page.keyboard.press('Control+Home')
  for (let line = 1; line < 9; line++) await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('heading', { name: '1.1 Time' })).toBeVisible()
  await page.keyboard.press('End')
  await page.keyboard.type('s')
  await expect(page.getByText('1 place cannot be read.')).toBeVisible()
  await expect(page.getByText('Nobody knows this kind of rule.')).toBeVisible()
  await person.picture('playground-fault')

  const jump = person.button('Line 9, rule 1.1')
  for (let press = 0; press < 12 && !(await jump.evaluate((e) => e === document.activeElement)); press++)
    await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(text).toBeFocused()
  expect(await text.evaluate((e: HTMLTextAreaElement) => e.value.slice(e.selectionStart, e.selectionEnd))).toBe('calendars')
  await page.keyboard.type('calendar')
  await expect(page.getByText('42 rules read. No holes found.')).toBeVisible()

  // A committee that holds the rules can change them alone: the answer is there as soon as it is written.
  await expect(page.getByText(/^No: the committee of 12 cannot change these rules/).first()).toBeVisible()

  // Undo is the browser's own, and takes back what was typed.
  await page.keyboard.press('Control+z')
  await expect(text).not.toHaveValue(/kind: calendar\n/)
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('Mine: ')
  await expect(page.getByText('Your draft is kept in this browser only.')).toBeVisible()
  await page.reload()
  await expect(text).toHaveValue(/^Mine: # Rules/)
  await person.button('Start again').click()
  await expect(text).toHaveValue(/^# Rules of Lantern/)
  await person.button('Bring my text back').click()
  await expect(text).toHaveValue(/^Mine: # Rules/)

  const [download] = await Promise.all([page.waitForEvent('download'), person.button('Download the text').click()])
  expect(download.suggestedFilename()).toBe('rulebook.md')
  expect(await readFile(await download.path(), 'utf8')).toBe(await text.inputValue())
  expect(sent).toEqual([])
  expect(person.problems).toEqual([])
  await person.leave()
})
