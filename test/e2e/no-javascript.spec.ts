import { expect, test } from '@playwright/test'
import { startDemonstration, type Demonstration } from './support/demonstration.ts'
import { Visitor } from './support/visitor.ts'

// The same story with JavaScript off: every page up to the booth works, and the booth says why it does not and what else a voter can do.

let demo: Demonstration
test.beforeAll(async () => {
  test.setTimeout(300_000)
  demo = await startDemonstration()
})
test.afterAll(() => demo.stop())

test('without JavaScript, from the refused coup to the door of the booth', async ({ browser }) => {
  test.setTimeout(300_000)
  const person = await Visitor.arrive(browser, demo.address, { javaScriptEnabled: false })
  const { page } = person

  await person.become('Gareth Lloyd-Moss')
  await page.goto('/desk/committee')
  await person.button('Change it tonight').click()
  await expect(page.getByRole('alert')).toContainText('14 clear days')
  await page.getByRole('link', { name: 'Start the lawful way' }).click()
  await expect(person.heading).toHaveText(/rule change|rule should change/)

  await person.become('Nia Morgan')
  await page.goto('/d/new')
  await person.link(/^Use an example/).click()
  await page.getByLabel('Title').fill('')
  await person.button('Preview').click()
  await expect(page.getByRole('alert')).toContainText('Write a title')
  await page.getByLabel('Title').fill('Three weeks of notice')
  await person.button('Preview').click()
  await expect(page.locator('ins').first()).toContainText('21')
  await person.button('File this proposal').click()
  await expect(page.getByText('Filed. It is on the public record')).toBeVisible()
  const decision = new URL(page.url()).pathname
  await page.getByRole('button', { name: 'Sign', exact: true }).click()
  await person.button(/^Let \d+ more members sign/).click()
  await expect(page.getByText(/more members have signed/)).toBeVisible()
  await page.locator('summary').filter({ hasText: 'Why this rule?' }).first().click()
  await person.picture('no-javascript-decision')

  await person.become('Ruth Adeyemi')
  await page.goto(decision)
  await person.button('Nothing stands against it').click()
  await person.clockUntil('Roll of voters', 'The roll of voters was fixed')
  await person.become('Dev Chaudhuri')
  await page.goto('/desk/registrar')
  await person.button('Issue voting codes').click()
  await expect(page.getByText(/voting codes issued/)).toBeVisible()

  // Trustees make their keys on their own devices, with a script: here those of the demonstration do it by themselves.
  await person.become('Farida Noor')
  await page.goto('/desk/trustee')
  await page.getByRole('link', { name: 'Make your key' }).click()
  await expect(person.heading).toHaveText('Trustees need JavaScript')
  await person.become('Ruth Adeyemi')
  await page.goto('/demo/ballots')
  await person.button('Let the trustees make their keys').click()
  await person.waitFor('/demo/ballots', async () => (await page.getByText('Key made').count()) === 3)
  await page.goto(decision)
  await person.button('Set the timetable').click()
  await expect(page.getByText('The timetable is set.')).toBeVisible()
  await person.clockUntil('Act', 'Voting opened')

  await person.become('Nia Morgan')
  const mail = page.getByRole('link', { name: /^Vote: / })
  await person.waitFor('/demo/mail?to=nia.morgan', async () => (await mail.count()) === 1)
  await mail.click()
  await page.getByRole('link', { name: /\/vote\// }).click()
  await expect(person.heading).toHaveText('Voting needs JavaScript')
  await expect(page.getByText('Your vote is locked on your own device before it leaves it')).toBeVisible()
  await expect(page.getByText('or open the link from your mail on another phone or computer')).toBeVisible()
  await expect(page.getByText(/^Reply to the mail: the returning officer can help you vote/)).toBeVisible()
  await person.picture('no-javascript-booth')

  await page.getByRole('link', { name: 'Get a new link' }).click()
  await expect(person.heading).toHaveText('Lost your ballot?')
  await person.button('Send it again').click()
  await expect(page.getByRole('alert')).toContainText('membership number')
  await page.getByLabel('Your e-mail address or membership number').fill('nia.morgan@lantern.example')
  await person.button('Send it again').click()
  await expect(person.heading).toHaveText('Look in your mail')
  await person.picture('no-javascript-missing')
  const again = page.getByRole('link', { name: /^Your voting link again/ })
  await person.waitFor('/demo/mail?to=nia.morgan', async () => (await again.count()) === 1)

  expect(person.problems).toEqual([])
  await person.leave()
})
