import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { startDemonstration, type Demonstration } from '../demonstration.ts'
import { Visitor } from './support/visitor.ts'

// Anybody's ballot file, counted on their own phone.

let demo: Demonstration
test.beforeAll(async () => {
  test.setTimeout(300_000)
  demo = await startDemonstration()
})
test.afterAll(() => demo.stop())

const level = '3 1\n3 1 0\n2 2 0\n2 3 0\n0\n"Amara"\n"Bethan"\n"Cai"\n'

test('a sample, a file with a fault, a tie, the stages by keyboard, and nothing leaves the browser', async ({ browser }) => {
  const person = await Visitor.arrive(browser, demo.address)
  const { page } = person
  await person.link('Count a ballot file').click()
  await expect(person.heading).toHaveText('Count a ballot file')
  await expect(person.button('A committee of 3')).toBeVisible()
  await person.holdsUp('count-empty')
  await page.waitForLoadState('networkidle')
  const asked: string[] = []
  page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`))

  await person.button('A committee of 3').click()
  await expect(page.getByRole('heading', { level: 2, name: /^Elected: / })).toBeVisible()
  await expect(page.getByText('Stage 1 of')).toBeVisible()
  await page.getByRole('slider').focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText('Stage 2 of')).toBeVisible()
  await expect(page.getByRole('img', { name: 'How votes moved' })).toBeVisible()
  await page.locator('summary').filter({ hasText: 'excluded at stage' }).first().click()
  await expect(page.getByText(/^The smallest gap|was excluded at stage/).first()).toBeVisible()
  const saving = page.waitForEvent('download')
  await person.button('Table (CSV)').click()
  expect(await readFile(await (await saving).path(), 'utf8')).toMatch(/^stage,row,candidate/)
  await person.holdsUp('count-told')

  const choose = (text: string) =>
    page
      .getByLabel('Ballot file', { exact: true })
      .setInputFiles({ name: 'ward.blt', mimeType: 'text/plain', buffer: Buffer.from(text) })
  await choose(level.replace('2 2 0', '2 7 0'))
  await person.button(/^Count$/).click()
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('Line 3, column 3')
  await expect(alert).toContainText('there is no candidate 7')
  await expect(alert.getByText('2 7 0', { exact: true })).toBeVisible()
  await person.holdsUp('count-fault')

  await choose(level)
  await person.button(/^Count$/).click()
  await expect(alert).toContainText('The rule cannot tell Bethan, Cai apart')
  await page.getByText('More settings').click()
  await page.getByLabel('Words for the lot').fill('three agreed words')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'Elected: Amara.' })).toBeVisible()

  await person.button('Check it').click()
  await expect(page.getByText('The certificate holds. Elected: Amara.')).toBeVisible()
  const certificate = page.waitForEvent('download')
  await person.button('Save the certificate').click()
  expect((await certificate).suggestedFilename()).toBe('ward.certificate.json')
  await person.holdsUp('count-certificate')

  await page.getByText('Quotas for who is elected').click()
  await page.getByLabel('Quota rules', { exact: true }).fill('group:\n  clause: 4.2\n  at least: 1\n  members: Dai\n')
  await person.button(/^Count$/).click()
  await expect(alert).toContainText('These rules cannot be used yet')
  await expect(alert).toContainText('Line 4, column 12')
  await expect(alert).toContainText('no candidate has this name or number')
  await person.holdsUp('count-rules')
  await page.getByLabel('Or choose a file of rules').setInputFiles({
    name: 'r.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('group:\n  clause: 4.2\n  at least: 1\n  members: Cai\n'),
  })
  await expect(page.getByLabel('Quota rules', { exact: true })).toHaveValue(/members: Cai/)
  await person.button(/^Count$/).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Elected: Cai.' })).toBeVisible()
  await person.button('Check it').click()
  await expect(page.getByText('The certificate holds. Elected: Cai.')).toBeVisible()

  // Only the page's own code was fetched, and nothing was sent.
  expect(asked.filter((request) => !/^GET \/_app\//.test(request) && !/^GET \/[0-9a-f-]{36}$/.test(request))).toEqual([])
  expect(person.problems).toEqual([])
  await person.leave()
})

test('320 px, dark, right to left, 200% text, in Welsh', async ({ browser }) => {
  const person = await Visitor.arrive(browser, demo.address, {
    viewport: { width: 320, height: 640 },
    colorScheme: 'dark',
    locale: 'cy',
  })
  const { page } = person
  await page.goto('/count')
  await person.button('Cyllideb i ddwy stryd').click()
  await expect(page.getByRole('heading', { level: 2, name: /^Ariannwyd / })).toBeVisible()
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl'
    document.documentElement.style.setProperty('font-size', '200%')
  })
  await person.holdsUp('count-strained')

  await person.button('Pwyllgor o 3').click()
  await expect(page.getByRole('heading', { level: 2, name: /^Etholwyd: / })).toBeVisible()
  await page.getByText('Cwotâu ar bwy a etholir').click()
  await page.getByLabel('Rheolau cwota', { exact: true }).fill('“')
  // By keyboard alone: back from the count to its button, then on to the certificate.
  await page.getByRole('button', { name: 'Cyfrif', exact: true }).focus()
  await page.keyboard.press('Enter')
  const alert = page.getByRole('alert')
  await expect(alert).toBeFocused()
  await expect(alert).toContainText('Llinell 1, colofn 1')
  await person.holdsUp('count-strained-rules')
  await page.getByLabel('Rheolau cwota', { exact: true }).fill('')
  await page.getByRole('button', { name: 'Cyfrif', exact: true }).press('Enter')
  await page.getByRole('button', { name: 'Ei gwirio' }).press('Enter')
  await expect(page.getByText('Mae’r dystysgrif yn dal. Etholwyd: ')).toBeVisible()
  await person.holdsUp('count-strained-certificate')
  expect(person.problems).toEqual([])
  await person.leave()
})

const two = '3 2\n10 1 2 0\n9 2 1 0\n5 3 2 0\n0\n"Al"\n"Bo"\n"Cy"\n'
const women = 'women:\n  clause: 8.1\n  at least: 1\n  members: Cy\n'

const languages = [
  {
    locale: 'en-GB',
    rules: 'Quotas for who is elected',
    more: 'More settings',
    elected: 'Elected: Bo and Cy.',
    counts: 'As if smaller, 1 place: Bo (0 of the group).',
    cannot: 'No larger committee elects exactly 1 of those who are too few: “women” (8.1) cannot be met.',
    due: 'Not decided yet: a second round between Al and Bo.',
    lot: 'The published lot order decided: ',
    without: 'Count without them',
  },
  {
    locale: 'cy',
    rules: 'Cwotâu ar bwy a etholir',
    more: 'Rhagor o osodiadau',
    elected: 'Etholwyd: Bo a Cy.',
    counts: 'Fel pe bai’n llai, 1 lle: Bo (0 o’r grŵp).',
    cannot: 'Nid oes pwyllgor mwy sy’n ethol 1 yn union o’r rhai sy’n rhy brin: ni ellir bodloni “women” (8.1).',
    due: 'Heb ei benderfynu eto: ail rownd rhwng Al a Bo.',
    lot: 'Y drefn goelbren gyhoeddedig a benderfynodd: ',
    without: 'Cyfrif hebddynt',
  },
] as const

for (const { locale, rules, more, elected, counts, cannot, due, lot, without } of languages)
  test(`a quota met by counting again, and a second round, by keyboard (${locale})`, async ({ browser }) => {
    const person = await Visitor.arrive(browser, demo.address, { locale })
    const { page } = person
    await page.goto('/count')
    const file = (id: string, text: string) =>
      page.locator(id).setInputFiles({ name: 'votes.blt', mimeType: 'text/plain', buffer: Buffer.from(text) })
    const count = () => page.locator('form button.big').first().press('Enter')
    const headline = (name: string) => page.getByRole('heading', { level: 2, name, exact: true })

    await file('#file', two)
    await page.locator('summary').filter({ hasText: more }).press('Enter')
    await page.locator('#lot').fill('agreed')
    await page.locator('summary').filter({ hasText: rules }).press('Enter')
    await page.locator('#rules').fill(women)
    await page.locator('#rules-how').selectOption('as-if')
    await count()
    await expect(headline(elected)).toBeVisible()
    await expect(page.getByText(counts)).toBeVisible()
    await person.holdsUp(`count-as-if-${locale}`)
    await page.locator('#rules').fill(women.replace('Cy', '[]'))
    await count()
    await expect(page.getByRole('alert')).toContainText(cannot)

    await page.locator('#method').selectOption('two-round')
    await page.locator('#point-majorityOf').selectOption('valid')
    await page.locator('#point-tooMany').selectOption('cut')
    await page.locator('#point-second').selectOption('top-two-lot')
    await file('#file', two.replace('3 2\n', '3 1\n'))
    await count()
    await expect(headline(due)).toBeVisible()
    await file('#second', '2 1\n5 1 0\n5 2 0\n0\n"Bo"\n"Al"\n')
    await count()
    await page.getByRole('slider').press('ArrowRight')
    await expect(page.locator('[aria-live=polite]').getByText(lot)).toBeVisible()
    await person.holdsUp(`count-second-round-${locale}`)
    await page.getByRole('button', { name: without }).press('Enter')
    await count()
    await expect(headline(due)).toBeVisible()
    expect(person.problems).toEqual([])
    await person.leave()
  })

test('without JavaScript it says what to do instead', async ({ browser }) => {
  const person = await Visitor.arrive(browser, demo.address, { javaScriptEnabled: false })
  await person.page.goto('/count')
  await expect(person.page.locator('noscript pre')).toContainText('npx quorate count FILE --method scottish-stv')
  await person.leave()
})
