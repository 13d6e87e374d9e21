import { expect, test, type BrowserContextOptions, type Page } from '@playwright/test'
import { startDemonstration, type Demonstration } from '../demonstration.ts'
import { toTheBooth } from './support/to-the-booth.ts'
import { Visitor } from './support/visitor.ts'

// An endorsement under Lantern's rule 7.4, from the committee's form to a count that a page tells: ranked with the keyboard, shuffled and opened by two
// trustees' own pages.

test.describe.configure({ mode: 'serial' })

let demo: Demonstration
let person: Visitor
const all: Visitor[] = []
let trustees: readonly Visitor[] = []
/** Path of the decision, such as `/d/1`. */
let decision = ''
const question = 'Whom do we endorse for Porthgain?'

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  demo = await startDemonstration()
  person = await arrive(browser)
  // Nominations close as the clock moves, and notice goes out to every member on the way.
  person.page.setDefaultTimeout(120_000)
})
test.afterEach(() => expect(all.flatMap(({ problems }) => problems)).toEqual([]))
test.afterAll(async () => {
  for (const visitor of all) await visitor.leave()
  await demo.stop()
})

async function arrive(browser: Parameters<typeof Visitor.arrive>[0], options: BrowserContextOptions = {}): Promise<Visitor> {
  const visitor = await Visitor.arrive(browser, demo.address, options)
  all.push(visitor)
  return visitor
}

/** Goes on with Tab until a button with this name has the focus, and presses it. */
async function pressByKey(page: Page, name: string | RegExp): Promise<void> {
  const button = page.getByRole('button', { name })
  await expect(button).toBeVisible()
  for (let i = 0; i < 25; i++) {
    if (await button.evaluate((e) => e === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await expect(button).toBeFocused()
  await page.keyboard.press('Enter')
}

test('the committee calls it by a form, without JavaScript: faults by name, then the dates of the rule', async ({ browser }) => {
  const chair = await arrive(browser, { javaScriptEnabled: false })
  await chair.become('Gareth Lloyd-Moss')
  await chair.page.goto('/desk/committee')
  await chair.link('Call an election').click()
  await expect(chair.heading).toHaveText('Call an election')
  await expect(chair.page.getByText('One person is chosen. Nominations are open until')).toBeVisible()
  await chair.picture('ranked-01-call')
  await chair.button('Call the election').click()
  const faults = chair.page.getByRole('alert')
  await expect(faults).toContainText('Write the question')
  await expect(faults).toContainText('Write why')
  await chair.picture('ranked-02-faults')
  await chair.page.getByLabel('The question').fill(question)
  await chair.page.getByLabel('Why now').fill('The seat is vacant.')
  await chair.page.getByLabel('Votes for').fill('99')
  await chair.button('Call the election').click()
  await expect(faults).toContainText('Write a number of votes')
  await expect(chair.page.getByLabel('The question')).toHaveValue(question)
  await chair.page.getByLabel('Votes for').fill('7')
  await chair.button('Call the election').click()
  await expect(chair.heading).toContainText(question)
  decision = new URL(chair.page.url()).pathname

  await person.become('Gareth Lloyd-Moss')
  await person.page.goto('/desk/committee/call')
  await person.holdsUp('ranked-03-call')
  await person.page.goto('/desk/committee')
  await person.holdsUp('ranked-04-desk')
})

test('two members stand, and what they say is on the page', async () => {
  for (const [name, says] of [
    ['Nia Morgan', 'I have lived in Porthgain for twenty years.'],
    ['Owen Pritchard', 'I would hold a street meeting every month.'],
  ] as const) {
    await person.become(name)
    await person.page.goto(decision)
    await person.holdsUp(`ranked-05-stand-${name.slice(0, 3)}`)
    await person.page.getByLabel('What you say to the voters').fill(says)
    await person.button('Stand as a candidate').click()
    await expect(person.page.getByText('You are on the list of candidates.').first()).toBeVisible()
  }
  await expect(person.page.getByRole('article')).toHaveText([/Nia Morgan.*twenty years/s, /Owen Pritchard.*every month/s])
  await person.holdsUp('ranked-06-listed')
})

test('the key is made, two of three trustees by their own pages, and voting opens', async ({ browser }) => {
  const { page } = person
  await person.clockUntil('Roll of voters', 'The roll of voters was fixed')
  await person.become('Dev Chaudhuri')
  await page.goto('/desk/registrar')
  await person.button('Issue voting codes').click()
  await expect(page.getByText(/voting codes issued/)).toBeVisible()
  const seated: Visitor[] = []
  for (const name of ['Farida Noor', 'Amara Okafor']) {
    const trustee = await arrive(browser)
    await trustee.become(name)
    await trustee.page.goto('/desk/trustee')
    await trustee.link('Make your key').click()
    await trustee.button('Make my key').click()
    await trustee.page.getByLabel('Also keep the key on this device').check()
    seated.push(trustee)
  }
  trustees = seated
  await page.goto('/demo/ballots')
  await person.button(/^Let the .*trustees.* make their keys/).click()
  for (const { heading } of trustees) await expect(heading).toHaveText('Your key is ready', { timeout: 60_000 })
  await person.become('Ruth Adeyemi')
  await page.goto(decision)
  await person.button('Set the timetable').click()
  await expect(page.getByText('The timetable is set.')).toBeVisible()
  await person.clockUntil('Act', 'Voting opened')
})

test('a ballot is ranked, checked and cast with the keyboard alone', async () => {
  const { page } = person
  await toTheBooth(person, 'nia.morgan')
  await person.holdsUp('ranked-10-paper')
  await pressByKey(page, /^Owen Pritchard: make this your number 1$/)
  await expect(page.getByRole('status').filter({ hasText: 'Owen Pritchard is now number 1 of 1.' })).toBeAttached()
  await pressByKey(page, /^None of these: make this your number 2$/)
  await pressByKey(page, /^Nia Morgan: make this your number 3$/)
  await pressByKey(page, 'Move Nia Morgan up')
  await expect(page.getByRole('list', { name: 'Your order' }).getByRole('listitem')).toHaveText([
    /Owen Pritchard/,
    /Nia Morgan/,
    /None of these/,
  ])
  await person.holdsUp('ranked-11-order')
  await pressByKey(page, 'Take None of these out of your order')
  await pressByKey(page, 'Check my ballot')
  await expect(person.heading).toHaveText('Check your ballot')
  await expect(page.getByText('None of these')).toHaveCount(0)
  await person.holdsUp('ranked-12-check')
  await pressByKey(page, 'Lock and cast my vote')
  await expect(person.heading).toHaveText('Your vote is in the ballot box', { timeout: 60_000 })
  await person.holdsUp('ranked-13-receipt')
})

test('the paper holds up at 320 px, in the dark, right to left', async ({ browser }) => {
  const owen = await arrive(browser, { viewport: { width: 320, height: 640 }, colorScheme: 'dark' })
  await toTheBooth(owen, 'owen.pritchard')
  await owen.page.evaluate(() => void (document.documentElement.dir = 'rtl'))
  await owen.button(/^Owen Pritchard: make this/).click()
  await owen.button(/^None of these: make this/).click()
  await owen.holdsUp('ranked-14-narrow-order')
  await owen.button('Check my ballot').click()
  await expect(owen.heading).toHaveText('Check your ballot')
  await owen.holdsUp('ranked-15-narrow-check')
  await owen.button('Lock and cast my vote').click()
  await expect(owen.heading).toHaveText('Your vote is in the ballot box', { timeout: 60_000 })
  await owen.holdsUp('ranked-16-narrow-receipt')
})

test('three more vote: five is the fewest that a trustee’s device opens', async () => {
  for (const to of ['gareth.lloyd-moss', 'ruth.adeyemi', 'dev.chaudhuri']) {
    await toTheBooth(person, to)
    await person.button(/^Owen Pritchard: make this/).click()
    await person.button('Check my ballot').click()
    await person.button('Lock and cast my vote').click()
    await expect(person.heading).toHaveText('Your vote is in the ballot box', { timeout: 60_000 })
  }
})

test('two trustees shuffle in turn and open, each in a browser, and the page of the result tells the count', async () => {
  test.setTimeout(240_000)
  const { page } = person
  await person.become('Ruth Adeyemi')
  await person.clockUntil('Box closed', 'Voting ended')
  const [farida, amara] = trustees
  if (farida === undefined || amara === undefined) throw new Error('two sit down')
  await farida.page.reload()
  await expect(farida.heading).toHaveText('Shuffle the papers')
  await farida.holdsUp('ranked-20-to-shuffle')
  await farida.button('Check all votes and shuffle').click()
  await expect(farida.heading).toHaveText('You have shuffled the papers', { timeout: 60_000 })
  await farida.holdsUp('ranked-21-shuffled')
  await amara.page.reload()
  await amara.button('Check all votes and shuffle').click()
  await expect(amara.heading).toHaveText('Open the box', { timeout: 60_000 })
  await amara.holdsUp('ranked-22-to-open')
  await amara.button('Check all votes').click()
  await expect(amara.heading).toHaveText('All votes are checked', { timeout: 180_000 })
  await amara.holdsUp('ranked-22-checked')
  await amara.button('We all hear the same words: open').click()
  await expect(amara.heading).toHaveText('Your part is done', { timeout: 60_000 })
  await expect(farida.heading).toHaveText('Open the box', { timeout: 60_000 })
  await farida.button('Check all votes').click()
  await expect(farida.heading).toHaveText('All votes are checked', { timeout: 180_000 })
  await farida.button('We all hear the same words: open').click()
  await expect(farida.page.getByText('2 of 2 needed')).toBeVisible({ timeout: 60_000 })
  await farida.holdsUp('ranked-23-opened')
  // All five put Owen first, so that no lot is needed.
  await person.waitFor(`${decision}/result`, async () => (await person.heading.innerText()) === 'Chosen: Owen Pritchard')
  await expect(page.getByRole('heading', { name: 'The count, stage by stage' })).toBeVisible()
  await expect(page.getByText('The papers were mixed before they were opened')).toBeVisible()
  await person.holdsUp('ranked-24-result')
  await page.goto(decision)
  await person.holdsUp('ranked-25-decision')
})
