import { AxeBuilder } from '@axe-core/playwright'
import type { AnyQuestion } from '@quorate/ballots'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { castVote } from '../../app/booth/src/headless.ts'
import { FakeServer } from '../../app/booth/test/fake-server.ts'
import { type Served, serveFake } from '../../app/booth/test/serve-fake.ts'
import { openServer } from '../../app/booth/test/world.ts'

let served: Served
let problems: string[]
test.beforeAll(async () => {
  served = await serveFake(openServer({ blank: true }).server)
})
test.afterAll(() => served.close())
test.beforeEach(({ page }) => {
  problems = []
  served.fake = openServer({ blank: true }).server
  watch(page)
})
test.afterEach(() => expect(problems).toEqual([]))

/** A console error, a page error or a request to another origin fails the test. */
function watch(page: Page): void {
  page.on('console', (message) => {
    // A refusal of the API is an answer; browsers report its status as an error all the same.
    const isStatus = message.text().startsWith('Failed to load resource: the server responded with a status of 4')
    const isLost = message.text().includes('net::ERR_')
    if (message.type() === 'error' && !isStatus && !isLost) problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(served.address) && !request.url().startsWith('blob:'))
      problems.push(`request to ${request.url()}`)
  })
}

const link = (member = 0): string => served.fake.link(member).replace(served.fake.origin, served.address)
const heading = (page: Page) => page.locator('h1')

/** Nothing that axe finds, nothing that scrolls sideways. */
async function holdsUp(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
}

async function choose(page: Page, answer: string): Promise<void> {
  await page.getByLabel(answer, { exact: true }).check()
  await page.getByRole('button', { name: 'Check my ballot' }).click()
}

test('from the mail to the receipt in four screens, with the keyboard alone', async ({ page }) => {
  const sent: string[] = []
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  await page.goto(link())
  await expect(heading(page)).toHaveText('Should members choose our campaign priorities?')
  await expect(page.getByText('This is the ballot of Nia Morgan.')).toBeVisible()
  await expect(page.getByText('no protection against stuffing by the operator')).toBeVisible()
  expect(new URL(page.url()).hash).toBe('')
  await holdsUp(page)

  await page.keyboard.press('Tab') // the heading has the focus: next is "Not you?", then the paper
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(heading(page)).toBeFocused()
  await expect(heading(page)).toHaveText('Check your ballot')
  await expect(page.getByText('Your vote has not been cast yet.')).toBeVisible()
  await expect(page.getByRole('definition')).toHaveText('No')
  await holdsUp(page)

  const cast = page.getByRole('button', { name: 'Lock and cast my vote' })
  for (let i = 0; i < 8 && !(await cast.evaluate((e) => e === document.activeElement)); i++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(heading(page)).toHaveText('Your vote is in the ballot box')
  await expect(heading(page)).toBeFocused()
  await holdsUp(page)

  const [ballot] = served.fake.ballots
  await expect(page.getByText(ballot?.code ?? 'no ballot', { exact: true })).toBeVisible()
  const code = served.fake.codes[0] ?? ''
  expect(sent.filter((request) => request.includes(code))).toEqual([])
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie.includes('XX')])).toEqual([
    0,
    0,
    false,
  ])

  await page.reload()
  await expect(heading(page)).toHaveText('You have voted')
  await holdsUp(page)
})

test('nothing marked: told so, focus on the reason, and one press leads to the paper', async ({ page }) => {
  await page.goto(link())
  await page.getByRole('button', { name: 'Check my ballot' }).click()
  await expect(page.getByRole('alert')).toBeFocused()
  await holdsUp(page)
  await page.getByRole('alert').getByRole('button').click()
  await expect(page.getByLabel('Yes', { exact: true })).toBeFocused()
})

test('Welsh from the foot of the page, without losing the place', async ({ page }) => {
  await page.goto(link())
  // The ballot paper first: when a screen comes, focus goes to its heading, wherever it was.
  await expect(page.getByText(/^This is the ballot of/)).toBeVisible()
  await page.getByRole('button', { name: 'Cymraeg' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'cy')
  await expect(page.getByText('Papur pleidleisio Nia Morgan yw hwn.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'English' })).toBeFocused()
  await page.getByLabel('Yes', { exact: true }).check()
  await page.getByRole('button', { name: 'Gwirio fy mhleidlais' }).click()
  await page.getByRole('button', { name: 'Cloi a bwrw fy mhleidlais' }).click()
  await expect(heading(page)).toHaveText('Mae eich pleidlais yn y blwch')
})

test('no connection after the press: the locked vote is kept, sent again as the same bytes, and counts once', async ({
  page,
}) => {
  await page.goto(link())
  await choose(page, 'Yes')
  served.fake.drop = Array.from({ length: 60 }, () => 'after' as const)
  await page.getByRole('button', { name: 'Lock and cast my vote' }).click()
  await expect(page.getByText(/Sending the same locked vote again/).first()).toBeVisible()
  await expect(heading(page)).toHaveText('No connection', { timeout: 30_000 })
  await holdsUp(page)
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([`quorate.locked.${served.fake.uuid}`])
  served.fake.drop = []
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(heading(page)).toHaveText('Your vote is in the ballot box')
  // Hints, the ballot's and its statement's, come with the first press alone: they are not kept with the locked vote.
  const withoutHints = (raw: string): string =>
    JSON.stringify({ ...(JSON.parse(raw) as Readonly<Record<string, unknown>>), hints: undefined, statementHint: undefined })
  expect(new Set(served.fake.casts.map(withoutHints)).size).toBe(1)
  expect(served.fake.ballots.length).toBe(1)
  expect(await page.evaluate(() => localStorage.length)).toBe(0)
})

test('a receipt that is not signed: not in the box yet, and a later visit finds the vote', async ({ page }) => {
  await page.goto(link())
  await choose(page, 'Yes')
  served.fake.tamper = (path, body) => (path === '/ballots' ? { ...body, signature: '00'.repeat(64) } : body)
  await page.getByRole('button', { name: 'Lock and cast my vote' }).click()
  await expect(heading(page)).toHaveText('Your vote is not in the box yet')
  await holdsUp(page)
  served.fake.tamper = (_, body) => body
  await page.reload()
  await expect(heading(page)).toHaveText('You have voted')
})

for (const [state, title] of [
  ['not-open', 'Voting has not opened yet'],
  ['closed', 'Voting has closed'],
  ['counted', 'Voting has closed'],
] as const)
  test(`${state} has its own words and next step`, async ({ page }) => {
    served.fake.state = state
    await page.goto(link())
    await expect(heading(page)).toHaveText(title)
    await expect(page.getByText(/under rule/)).toBeVisible()
    await expect(page.locator('main').getByRole('link', { name: /^See/ })).toBeVisible()
    await holdsUp(page)
  })

test('links without, with a cut and with a strange code; the code can be pasted', async ({ page }) => {
  const bare = link().split('#')[0] ?? ''
  await page.goto(bare)
  await expect(heading(page)).toHaveText('Open the link in your mail')
  await holdsUp(page)
  await page.getByLabel('Voting code').fill('not a code')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('alert')).toHaveText(/A voting code has 22 letters and numbers/)
  await expect(page.getByLabel('Voting code')).toHaveValue('')
  await holdsUp(page)
  await page.getByLabel('Voting code').fill(link())
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText('This is the ballot of Nia Morgan.')).toBeVisible()
  // The same tab, the same page, another fragment: no page is loaded, and still the new link counts.
  await page.goto(link(1))
  await expect(page.getByText('This is the ballot of Member 2.')).toBeVisible()
  await page.goto(link().slice(0, -4))
  await expect(heading(page)).toHaveText('This link is not complete')
  await holdsUp(page)
  await page.goto(`${bare}#${openServer({ members: 13 }).server.codes[12] ?? ''}`)
  await expect(heading(page)).toHaveText('This link is not on the roll')
  await holdsUp(page)
})

test('a ballot paper that is not the record’s is not offered', async ({ page }) => {
  served.fake.tamper = (path, body) => (path === '' ? { ...body, title: 'Something else' } : body)
  await page.goto(link())
  await expect(heading(page)).toHaveText('This ballot paper does not match')
  await expect(page.getByRole('radio')).toHaveCount(0)
  await holdsUp(page)
})

for (const [name, options, tweak] of [
  ['dark', { colorScheme: 'dark' }, null],
  ['320 px', { viewport: { width: 320, height: 640 } }, null],
  ['wide', { viewport: { width: 1280, height: 800 } }, null],
  ['forced colours', { forcedColors: 'active' }, null],
  ['right to left', {}, () => void (document.documentElement.dir = 'rtl')],
  ['200% text', {}, () => document.documentElement.style.setProperty('font-size', '200%')],
] as const)
  test(`every screen holds up: ${name}`, async ({ browser }) => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB', ...options })
    const page = await context.newPage()
    watch(page)
    await page.goto(link(1))
    await expect(page.getByRole('radio').first()).toBeVisible()
    if (tweak !== null) await page.evaluate(tweak)
    await holdsUp(page)
    await choose(page, 'No')
    await holdsUp(page)
    await page.getByRole('button', { name: 'Lock and cast my vote' }).click()
    await expect(heading(page)).toHaveText('Your vote is in the ballot box')
    await page.getByText('Full fingerprints').click()
    await holdsUp(page)
    await context.close()
  })

test('without JavaScript: why it is needed, and what else the voter can do', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(link())
  await expect(page.getByRole('heading', { name: 'Voting needs JavaScript' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Get a new link' })).toHaveAttribute('href', '/missing')
  await expect(page.getByText(/^Reply to the mail: the returning officer/)).toBeVisible()
  await context.close()
})

async function trusteeAt(context: BrowserContext, index: number): Promise<Page> {
  const [name = '', value = ''] = served.fake.trusteeCookie(index).split('=')
  await context.addCookies([{ name, value, url: served.address }])
  const page = await context.newPage()
  watch(page)
  await page.goto(`${served.address}/trustee/${served.fake.uuid}`)
  return page
}

test('three trustees make a key, each in their own browser, and two open the box', async ({ browser }) => {
  served.fake = new FakeServer()
  const contexts = await Promise.all(
    [1, 2, 3].map(() => browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB' })),
  )
  const pages = await Promise.all(contexts.map((context, i) => trusteeAt(context, i + 1)))
  const [ama, rhys, jo] = pages
  if (ama === undefined || rhys === undefined || jo === undefined) throw new Error('three sit down')
  await expect(ama.getByText('You are 1 of 3.')).toBeVisible()
  await holdsUp(ama)
  await ama.getByRole('button', { name: 'Make my key' }).click()
  await expect(ama.getByText('Waiting for Rhys Parry and Jo Lindqvist.')).toBeVisible()
  await holdsUp(ama)
  await ama.getByLabel('Also keep the key on this device').check()
  await rhys.getByRole('button', { name: 'Make my key' }).click()
  await jo.getByRole('button', { name: 'Make my key' }).click()
  for (const page of pages) await expect(heading(page)).toHaveText('Your key is ready', { timeout: 20_000 })
  const phrases = await Promise.all(pages.map((page) => page.locator('.phrase').innerText()))
  expect(new Set(phrases).size).toBe(1)
  await holdsUp(ama)

  const passphrase = await jo.getByLabel('Passphrase for the file').inputValue()
  expect(passphrase).toMatch(/^[a-z]+( [a-z]+){5}$/)
  await jo.getByLabel('Passphrase for the file').fill('too short')
  await jo.getByRole('button', { name: 'Save key file' }).click()
  await expect(jo.getByText('The passphrase needs 12 characters or more.')).toBeVisible()
  await jo.getByLabel('Passphrase for the file').fill(passphrase)
  const [download] = await Promise.all([jo.waitForEvent('download'), jo.getByRole('button', { name: 'Save key file' }).click()])
  await expect(jo.getByText('Key file saved.')).toBeVisible()
  const file = await download.path()
  const load = async (page: Page, words: string): Promise<void> => {
    await page.getByLabel('Load key file').setInputFiles(file)
    await page.getByLabel('Passphrase of the file').fill(words)
    await page.getByRole('button', { name: 'Open the key file' }).click()
  }
  await load(rhys, 'these are other words')
  await expect(rhys.getByText('The passphrase does not fit this file.')).toBeVisible()
  await holdsUp(rhys)
  await load(rhys, passphrase)
  await expect(rhys.getByText('This key does not fit your place among the trustees.')).toBeVisible()

  const { fake } = served
  fake.setUp(fake.trusteesFile ?? '')
  for (let i = 0; i < 6; i++) {
    const cast = await castVote({
      origin: fake.origin,
      fetch: fake.fetch,
      random: fake.random,
      link: fake.link(i),
      choose: () => i % 2,
    })
    expect(cast.kind).toBe('ok')
  }
  fake.state = 'closed'

  // Ama closed the page in between: the key she kept on this device opens.
  await ama.reload()
  await ama.getByRole('button', { name: 'Check all votes' }).click()
  // Nothing goes out before the words over the sum were heard.
  await expect(heading(ama)).toHaveText('All votes are checked', { timeout: 20_000 })
  await expect(ama.locator('ol.phrase > li')).toHaveCount(12)
  await expect(ama.getByText('Nobody besides the server signs it')).toBeVisible()
  expect(fake.log.filter((line) => line.includes('/openings'))).toEqual([])
  await holdsUp(ama)
  await ama.getByRole('button', { name: 'We all hear the same words: open' }).click()
  await expect(heading(ama)).toHaveText('Your part is done', { timeout: 20_000 })
  await expect(ama.getByText('All 6 ballots were checked, 6 votes are counted.')).toBeVisible()
  await expect(ama.getByText('1 of 2 needed')).toBeVisible()
  await holdsUp(ama)

  // Jo comes to another device with the key file.
  const other = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB' })
  const again = await trusteeAt(other, 3)
  await load(again, passphrase)
  await again.getByRole('button', { name: 'Check all votes' }).click()
  await again.getByRole('button', { name: 'We all hear the same words: open' }).click({ timeout: 20_000 })
  await expect(again.getByText('2 of 2 needed')).toBeVisible({ timeout: 20_000 })
  await expect(ama.getByText('Enough trustees have opened.')).toBeVisible({ timeout: 10_000 })
  await holdsUp(again)
  for (const context of [...contexts, other]) await context.close()
})

const graded: AnyQuestion = {
  type: 'NonHomomorphic',
  value: { answers: ['Ann Price', 'Ben Okafor', 'Dee Lewis'], question: 'Whom do we send?' },
  extra: { method: 'Score', most: 5 },
}

test('a paper of grades on a narrow screen in Welsh, with the keyboard alone, and somebody on it who has left', async ({
  page,
}) => {
  served.fake = openServer({ asked: graded, left: [1] }).server
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(link())
  await expect(heading(page)).toHaveText('Whom do we send?')
  await expect(page.getByText('no longer stands', { exact: true })).toHaveCount(1)
  await expect(page.getByText('Give each name a grade: 5 is best, 0 is worst.')).toBeVisible()
  await holdsUp(page)

  await page.getByRole('button', { name: 'Cymraeg' }).click()
  await expect(page.getByText('ddim yn sefyll mwyach', { exact: true })).toHaveCount(1)
  await holdsUp(page)
  await page.getByRole('button', { name: 'Gwirio fy mhleidlais' }).click()
  await expect(page.getByRole('alert')).toBeFocused()
  await page.getByRole('alert').getByRole('button').click()
  const grade = (name: string, value: string) => page.getByRole('group', { name }).getByLabel(value, { exact: true })
  await expect(grade('Ann Price', '0')).toBeFocused()
  // The first group: from nothing to 0, and up by arrows; then past it to the last, from its far end.
  await page.keyboard.press('Space')
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight')
  await expect(grade('Ann Price', '3')).toBeChecked()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowLeft')
  await expect(grade('Dee Lewis', '5')).toBeChecked()
  await holdsUp(page)
  await page.keyboard.press('Enter')
  await expect(heading(page)).toHaveText('Gwiriwch eich pleidlais')
  await expect(page.getByRole('definition').getByRole('listitem')).toHaveText([
    /^3\s*Ann Price$/,
    /^0\s*Ben Okafor/,
    /^5\s*Dee Lewis$/,
  ])
  await holdsUp(page)
  await page.getByRole('button', { name: 'Newid' }).click()
  await expect(grade('Dee Lewis', '5')).toBeChecked()
  await page.getByRole('button', { name: 'Gwirio fy mhleidlais' }).click()
  await page.getByRole('button', { name: 'Cloi a bwrw fy mhleidlais' }).click()
  await expect(heading(page)).toHaveText('Mae eich pleidlais yn y blwch')
  expect(served.fake.ballots.length).toBe(1)
})

test('a paper of many grades has a list for each name', async ({ page }) => {
  served.fake = openServer({ asked: { ...graded, extra: { method: 'Score', most: 100 } } }).server
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(link())
  await holdsUp(page)
  await page.getByLabel('Ann Price').selectOption('73')
  await page.getByRole('button', { name: 'Check my ballot' }).click()
  await expect(page.getByRole('definition').getByRole('listitem')).toHaveText([/^73\s*Ann/, /^0\s*Ben/, /^0\s*Dee/])
  await holdsUp(page)
})
