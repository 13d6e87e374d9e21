import { expect, test } from '@playwright/test'
import { startDemonstration, type Demonstration } from './support/demonstration.ts'
import { Visitor } from './support/visitor.ts'

// The main job, clicked through on a phone: from a committee's attempt at night to a new edition of the rulebook and back, tampered with.

test.describe.configure({ mode: 'serial' })

let demo: Demonstration
let person: Visitor
const all: Visitor[] = []
let decision = ''

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  demo = await startDemonstration()
  person = await arrive(browser)
})
test.afterEach(() => expect(all.flatMap(({ problems }) => problems)).toEqual([]))
test.afterAll(async () => {
  for (const visitor of all) await visitor.leave()
  await demo.stop()
})

async function arrive(browser: Parameters<typeof Visitor.arrive>[0]): Promise<Visitor> {
  const visitor = await Visitor.arrive(browser, demo.address)
  all.push(visitor)
  return visitor
}

test('1. the chair cannot change the rules tonight: clause, shortfall, lawful route, and the attempt on the record', async () => {
  const { page } = person
  await person.holdsUp('01-home-guest')
  await person.become('Gareth Lloyd-Moss')
  await person.holdsUp('02-home-chair')
  await page.goto('/desk')
  await person.holdsUp('03-desks')
  await person.link(/committee|Open the desk/).first().click()
  await expect(person.heading).toHaveText('Change a rule tonight')
  await person.holdsUp('04-committee-desk')
  await person.button('Change it tonight').click()

  const refusal = page.getByRole('alert')
  await expect(refusal).toBeVisible()
  await expect(refusal).toContainText('14 clear days')
  await expect(refusal).toContainText(/electorate|all members/i)
  await expect(refusal.getByRole('link', { name: /4\.2/ }).first()).toBeVisible()
  await person.holdsUp('05-refused')
  await expect(refusal.getByRole('link', { name: /Start|propose/i })).toBeVisible()
  await refusal.getByRole('link', { name: /record/i }).first().click()
  await expect(page.locator('main')).toContainText(/refus/i)
  await person.holdsUp('06-attempt-on-the-record')
})

test('2. a member proposes a change of rule 4.2, gathers support, and notice goes to every member', async () => {
  const { page } = person
  await person.become('Nia Morgan')
  await person.holdsUp('07-home-nia')
  await page.goto('/d')
  await person.holdsUp('08-decisions')
  await person.link('Propose a rule change').first().click()
  await person.holdsUp('09-which-rule')
  await person.link(/^Use an example/).click()
  await expect(page.getByLabel('Rule 4.2, as it should be')).toHaveValue(/21 clear days/)
  await person.holdsUp('10-proposal')
  await person.button('Preview').click()
  await expect(page.locator('ins').first()).toContainText('21')
  await expect(page.locator('del').first()).toContainText('14')
  await person.holdsUp('11-preview')
  await person.button('File this proposal').click()
  await expect(page.getByText('Filed. It is on the public record')).toBeVisible()
  decision = new URL(page.url()).pathname
  await person.holdsUp('12-filed')
  await person.button('Sign').click()
  await expect(page.getByText('You have signed. Thank you.')).toBeVisible()
  await person.holdsUp('13-signed')
  await person.button(/^Let \d+ more members sign/).click()
  await expect(page.getByText(/more members have signed/)).toBeVisible()
  await person.holdsUp('14-supported')

  await person.become('Ruth Adeyemi')
  await person.holdsUp('15-home-ruth')
  await page.goto('/desk/returning-officer')
  await person.holdsUp('16-returning-officer')
  await page.goto(decision)
  await person.button('Nothing stands against it').click()
  await expect(page.getByText('Your check is on the public record.')).toBeVisible()

  await person.become('Nia Morgan')
  const notice = page.getByRole('link', { name: /^Notice: Motion \d+/ })
  await person.waitFor('/demo/mail', async () => (await notice.count()) > 0)
  await person.holdsUp('17-mailbox')
  await page.getByLabel('Whose mail').fill('nia')
  await person.button('Show').click()
  await notice.first().click()
  await expect(page.locator('main')).toContainText('Nia, members will decide on a change to the rules.')
  await person.holdsUp('18-notice-mail')
})
