import { expect, test } from '@playwright/test'
import { startDemonstration, type Demonstration } from '../demonstration.ts'
import { quorate as run } from './support/quorate.ts'
import { Visitor } from './support/visitor.ts'

// The main job, clicked through on a phone: from a committee's attempt at night to a new edition of the rulebook and back, tampered with.

test.describe.configure({ mode: 'serial' })

let demo: Demonstration
let person: Visitor
const all: Visitor[] = []
let trustees: Visitor[] = []
/** Path of the decision, such as `/d/2`. */
let decision = ''
/** Ballot code of Nia's receipt. */
let code = ''
/** Where the third trustee's key file was saved. */
let keyFile = ''
/** The passphrase it was saved under. */
let passphrase = ''
/** Further voters: several hundred, more where time is cheap. */
const voters = Number(process.env['QUORATE_E2E_VOTERS'] ?? 200)

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

function threeTrustees(): readonly [Visitor, Visitor, Visitor] {
  const [first, second, third] = trustees
  if (first === undefined || second === undefined || third === undefined) throw new Error('three sit down')
  return [first, second, third]
}

/** A command line of Quorate at this demonstration's data. */
const quorate = (...words: readonly string[]) => run(words, { QUORATE_DATA: demo.dataFolder })

test('1. the chair cannot change the rules tonight: clause, shortfall, lawful route, and the attempt on the record', async () => {
  const { page } = person
  await person.holdsUp('01-home-guest')
  await person.become('Gareth Lloyd-Moss')
  await person.holdsUp('02-home-chair')
  await page.goto('/desk')
  await person.holdsUp('03-desks')
  await person
    .link(/committee|Open the desk/)
    .first()
    .click()
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
  await refusal
    .getByRole('link', { name: /record/i })
    .first()
    .click()
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
  await page.getByRole('button', { name: 'Sign', exact: true }).click()
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
  await page.getByLabel('Whose mail').fill('nia.morgan')
  await person.button('Show').click()
  await page.waitForURL(/to=nia/)
  await person.waitFor(page.url(), async () => (await notice.count()) > 0) // A thousand mails take some seconds.
  await notice.first().click()
  await expect(page.locator('main')).toContainText('Nia, members will decide on a change to the rules.')
  await person.holdsUp('18-notice-mail')
})

test('3. the clock moves: the roll is frozen, codes are issued, three trustees make the key, and voting opens', async ({
  browser,
}) => {
  const { page } = person
  await person.clockUntil('Roll of voters', 'The roll of voters was fixed')
  await page.goto('/record')
  await person.holdsUp('19-record')
  await (await person.onTheRecord('Roll of voters', 'The roll of voters was fixed')).getByRole('link', { name: /^Entry/ }).click()
  await expect(page.locator('main')).toContainText(/The roll of voters was fixed: 1,\d{3} people can vote/)
  await person.holdsUp('20-roll-on-the-record')
  const exact = await page.locator('pre').first().textContent()

  await person.become('Dev Chaudhuri')
  await person.holdsUp('21-home-registrar')
  await page.goto('/desk/registrar')
  await expect(page.getByText('no protection against the operator stuffing the box')).toBeVisible()
  const fingerprint = (await page.locator('.hash').first().innerText()).replaceAll(/\s/g, '')
  expect(fingerprint).toMatch(/^[0-9a-f]{64}$/)
  expect(exact).toContain(fingerprint)
  await person.holdsUp('22-registrar')
  await person.button('Issue voting codes').click()
  await expect(page.getByText(/voting codes issued/)).toBeVisible()
  await person.holdsUp('23-codes-issued')

  trustees = []
  for (const name of ['Farida Noor', 'Colm Brady', 'Amara Okafor']) {
    const trustee = await arrive(browser)
    await trustee.become(name)
    await trustee.page.goto('/desk/trustee')
    trustees.push(trustee)
  }
  const [farida, colm, amara] = threeTrustees()
  await farida.holdsUp('24-trustee-desk')
  for (const { page } of trustees) await page.getByRole('link', { name: 'Make your key' }).click()
  await expect(farida.heading).toHaveText('Make your key')
  await farida.holdsUp('25-trustee-start')
  await farida.button('Make my key').click()
  await expect(farida.page.getByText('Waiting for Colm Brady and Amara Okafor.')).toBeVisible()
  await farida.page.getByLabel('Also keep the key on this device').check()
  await farida.holdsUp('26-trustee-waits')
  await colm.button('Make my key').click()
  await amara.button('Make my key').click()
  for (const { heading } of trustees) await expect(heading).toHaveText('Your key is ready', { timeout: 60_000 })
  const phrases = await Promise.all(trustees.map(({ page }) => page.locator('.phrase').innerText()))
  expect(new Set(phrases).size).toBe(1)
  await farida.holdsUp('27-key-is-ready')
  passphrase = await amara.page.getByLabel('Passphrase for the file').inputValue()
  const [download] = await Promise.all([amara.page.waitForEvent('download'), amara.button('Save key file').click()])
  keyFile = await download.path()

  await person.become('Ruth Adeyemi')
  await page.goto(decision)
  await person.holdsUp('28-timetable')
  await person.button('Set the timetable').click()
  await expect(page.getByText('The timetable is set.')).toBeVisible()
  await page.goto('/desk/returning-officer')
  await person.holdsUp('29-tasks')
  await person.clockUntil('Act', 'Voting opened')
  await page.goto(decision)
  await person.holdsUp('30-ballot-open')
})

test('4. Nia votes from the link in her mail, and the receipt’s code is in the public box', async () => {
  const { page } = person
  await person.become('Nia Morgan')
  await person.holdsUp('31-home-vote')
  const mail = page.getByRole('link', { name: /^Vote: / })
  await person.waitFor('/demo/mail?to=nia.morgan', async () => (await mail.count()) > 0)
  await mail.first().click()
  await person.holdsUp('32-ballot-mail')
  await page.getByRole('link', { name: /\/vote\// }).click()
  await expect(page.getByText('This is the ballot of Nia Morgan.')).toBeVisible()
  await expect(page.getByText('no protection against stuffing by the operator')).toBeVisible()
  await person.holdsUp('33-choose')
  await page.getByLabel('For', { exact: true }).check()
  await person.button('Check my ballot').click()
  await expect(person.heading).toHaveText('Check your ballot')
  await expect(page.getByText('Your vote has not been cast yet.')).toBeVisible()
  await person.holdsUp('34-check')
  await person.button('Lock and cast my vote').click()
  await expect(person.heading).toHaveText('Your vote is in the ballot box', { timeout: 60_000 })
  await expect(page.getByText(/^Found in the public box at /)).toBeVisible()
  await person.holdsUp('35-receipt')
  code = (await page.getByText(/^[A-Z]+–\d{4}–[A-Z]+$/).innerText()).trim()

  await page.goto(`${decision}/box`)
  await page.getByLabel('Find your ballot code').fill(code)
  await person.button('Find').click()
  await expect(page.getByText(code, { exact: true })).toBeVisible()
  await person.holdsUp('36-box')
})

test(`5. ${String(voters)} further members vote through the same interface with the same client`, async () => {
  test.setTimeout(120_000 + voters * 1_500)
  const { page } = person
  await page.goto('/demo/ballots')
  await page.getByLabel('How many members').fill(String(voters))
  await person.holdsUp('37-let-others-vote')
  await person.button('Let them vote').click()
  const done = page.getByText(`${String(voters)} of ${String(voters)} have voted.`)
  await person.waitFor('/demo/ballots', () => done.isVisible(), 60_000 + voters * 1_500)
  await expect(page.getByText(/were not taken/)).toHaveCount(0)
  await person.holdsUp('38-they-have-voted')
  await page.goto(decision)
  await person.holdsUp('39-turnout')
})

test('6. voting closes, two of three trustees open the box, two officers certify, and edition 2 says 21 clear days', async ({
  browser,
}) => {
  const { page } = person
  await person.become('Ruth Adeyemi')
  await person.clockUntil('Box closed', 'Voting ended')
  await page.goto(`${decision}/result`)
  await person.holdsUp('40-no-result-yet')

  const [farida, , amara] = threeTrustees()
  await farida.page.reload()
  await expect(farida.heading).toHaveText('Open the box')
  await farida.holdsUp('41-to-open')
  await farida.button('Check all votes').click()
  await expect(farida.heading).toHaveText('All votes are checked', { timeout: 180_000 })
  await farida.holdsUp('41-checked')
  await farida.button('We all hear the same words: open').click()
  await expect(farida.heading).toHaveText('Your part is done', { timeout: 180_000 })
  await expect(farida.page.getByText('1 of 2 needed')).toBeVisible()
  await farida.holdsUp('42-first-opening')
  // The third trustee comes to another device with the key file.
  const elsewhere = await arrive(browser)
  await elsewhere.become('Amara Okafor')
  await elsewhere.page.goto(amara.page.url())
  await elsewhere.page.getByLabel('Load key file').setInputFiles(keyFile)
  await elsewhere.page.getByLabel('Passphrase of the file').fill(passphrase)
  await elsewhere.button('Open the key file').click()
  await expect(elsewhere.button('Check all votes')).toBeVisible()
  await elsewhere.holdsUp('43-key-loaded')
  await elsewhere.button('Check all votes').click()
  await expect(elsewhere.heading).toHaveText('All votes are checked', { timeout: 180_000 })
  await elsewhere.button('We all hear the same words: open').click()
  await expect(elsewhere.page.getByText('2 of 2 needed')).toBeVisible({ timeout: 180_000 })
  await elsewhere.holdsUp('44-second-opening')

  await person.waitFor(`${decision}/result`, async () => /\d+ for, \d+ against/.test(await person.heading.innerText()))
  await person.holdsUp('45-result')
  await page.goto(decision)
  await person.button('Certify the result').click()
  await expect(page.getByText('Your certificate is on the public record.')).toBeVisible()
  await person.holdsUp('46-certified-by-one')
  await person.become('Tomasz Wilk')
  await page.goto(decision)
  await person.button('Certify the result').click()
  await expect(page.getByText('Your certificate is on the public record.')).toBeVisible()
  await page.goto(`${decision}/result`)
  await expect(page.getByText(/Certified by .*Ruth Adeyemi.*Tomasz Wilk|Certified by .*Tomasz Wilk.*Ruth Adeyemi/)).toBeVisible()
  await person.holdsUp('47-certified')

  await person.clockUntil('Edition of the rulebook', 'Edition 2 of the rulebook')
  await page.goto('/rules/4.2')
  await expect(page.locator('main')).toContainText('21 clear days')
  await expect(page.locator('main')).toContainText('Edition 2')
  await person.holdsUp('48-rule-4.2')
  await page.goto(decision)
  await expect(page.locator('main')).toContainText('It carried')
  await person.holdsUp('49-carried')
  await page.goto('/')
  await person.holdsUp('50-home-after')
  await page.goto('/verify')
  await person.holdsUp('51-verify')
})

test('7. the verifier finds that it holds; after tampering it names the entry', async () => {
  test.setTimeout(300_000)
  const url = `${demo.address}${decision}`
  const sound = await quorate('verify', url)
  expect(sound.text).toMatch(/holds/i)
  expect(sound.status).toBe(0)
  const tampered = await quorate('demo', 'tamper')
  expect(tampered.status).toBe(0)
  const caught = await quorate('verify', url)
  expect(caught.text).toMatch(/entry \d+/i)
  expect(caught.status).toBe(1)
  expect((await quorate('demo', 'tamper', '--undo')).status).toBe(0)
  expect((await quorate('verify', url)).status).toBe(0)
})
