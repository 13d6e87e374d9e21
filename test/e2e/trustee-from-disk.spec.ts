import { createHash } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startDemonstration, type Demonstration } from '../demonstration.ts'
import { Disk } from './support/disk.ts'
import { quorate } from './support/quorate.ts'
import { toTheBooth } from './support/to-the-booth.ts'
import { Visitor } from './support/visitor.ts'

// A ranked election whose key one trustee holds on a device that never has a network: key, shuffle and opening by task and answer files, carried to a desk
// that is used without JavaScript. Another trustee works with the page, the third is the demonstration's.

test.describe.configure({ mode: 'serial' })

let demo: Demonstration
let person: Visitor
/** Farida's desk, on a machine with a network and without scripts; Amara's page; Farida's program, without a network. */
let [desk, amara, disk]: readonly [Visitor?, Visitor?, Disk?] = []
const all: Visitor[] = []
const disks: Disk[] = []
const folder = mkdtempSync(join(tmpdir(), 'quorate-disk-'))
const program = join(folder, 'quorate-trustee.html')
let [decision, keyFile, passphrase] = ['', '', '']

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  demo = await startDemonstration()
  person = await arrive(browser)
  person.page.setDefaultTimeout(120_000)
})
test.afterEach(() => expect([...all, ...disks].flatMap(({ problems }) => problems)).toEqual([]))
test.afterAll(async () => {
  for (const each of [...all, ...disks]) await each.leave()
  await demo.stop()
  rmSync(folder, { recursive: true, force: true })
})

type AnyBrowser = Parameters<typeof Visitor.arrive>[0]
async function arrive(browser: AnyBrowser, options: Parameters<typeof Visitor.arrive>[2] = {}): Promise<Visitor> {
  const visitor = await Visitor.arrive(browser, demo.address, options)
  all.push(visitor)
  return visitor
}
async function openProgram(browser: AnyBrowser): Promise<Disk> {
  const opened = await Disk.open(browser, program)
  disks.push(opened)
  return opened
}
function here<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('an earlier test sat down')
  return value
}

/** The trustee's desk with its other way unfolded. */
async function atDesk(): Promise<Visitor> {
  const at = here(desk)
  await at.page.goto('/desk/trustee')
  const summary = at.page.locator('summary').filter({ hasText: 'Use a program on your own disk instead' })
  await summary.click()
  return at
}

/** Saves the file behind a link of the desk. */
async function fetched(link: string): Promise<string> {
  const at = await atDesk()
  const [download] = await Promise.all([at.page.waitForEvent('download'), at.link(link).click()])
  return download.path()
}

async function bringTask(to: Disk, label = 'Next task file'): Promise<void> {
  await to.page.getByLabel(label, { exact: true }).setInputFiles(await fetched('Get the task file'))
  await expect(to.page.getByText('Reading the task.')).toHaveCount(0)
}

/** Hands a file in, and expects what the desk says to it. */
async function handIn(file: string, says: string | RegExp): Promise<void> {
  const at = await atDesk()
  await at.page.getByLabel('Answer file').setInputFiles(file)
  await at.button('Hand in the answer').click()
  await expect(at.page.getByText(says)).toBeVisible()
}

test('an election is called, two stand, and the roll is frozen', async ({ browser }) => {
  const chair = await arrive(browser, { javaScriptEnabled: false })
  await chair.become('Gareth Lloyd-Moss')
  await chair.page.goto('/desk/committee/call')
  await chair.page.getByLabel('The question').fill('Whom do we endorse for Porthgain?')
  await chair.page.getByLabel('Why now').fill('The seat is vacant.')
  await chair.page.getByLabel('Votes for').fill('7')
  await chair.button('Call the election').click()
  await expect(chair.heading).toContainText('Whom do we endorse')
  decision = new URL(chair.page.url()).pathname
  for (const name of ['Nia Morgan', 'Owen Pritchard']) {
    await person.become(name)
    await person.page.goto(decision)
    await person.page.getByLabel('What you say to the voters').fill('I have lived in Porthgain for twenty years.')
    await person.button('Stand as a candidate').click()
    await expect(person.page.getByText('You are on the list of candidates.').first()).toBeVisible()
  }
  await person.clockUntil('Roll of voters', 'The roll of voters was fixed')
  await person.become('Dev Chaudhuri')
  await person.page.goto('/desk/registrar')
  await person.button('Issue voting codes').click()
  await expect(person.page.getByText(/voting codes issued/)).toBeVisible()
})

test('the program is saved, and its fingerprint is the one that is published', async ({ browser }) => {
  desk = await arrive(browser, { javaScriptEnabled: false })
  await desk.become('Farida Noor')
  await atDesk()
  await desk.picture('files-01-desk')
  copyFileSync(await fetched('Get the program'), program)
  const at = await atDesk()
  await at.link('Programs and their fingerprints').click()
  await expect(at.heading).toHaveText('Programs for your own disk')
  const sha256 = createHash('sha256').update(readFileSync(program)).digest('hex')
  const card = at.page.getByRole('region', { name: 'Trustee’s program' })
  expect((await card.locator('.hash').innerText()).replaceAll(/\s/g, '')).toBe(sha256)
  await card.locator('summary').click()
  await expect(card.getByRole('listitem')).toHaveCount(12)
  const sums = await (await fetch(`${demo.address}/release/SHA256SUMS`)).text()
  expect(sums).toContain(`${sha256}  quorate-trustee.html\n`)
  await person.page.goto('/programs')
  await person.holdsUp('files-02-programs')
})

test('the key: one trustee by files, one by the page; the answer waits for the key file', async ({ browser }) => {
  disk = await openProgram(browser)
  await expect(disk.heading).toHaveText('Trustee’s program')
  await disk.holdsUp()
  await disk.button('Cymraeg').click()
  await expect(disk.heading).toHaveText('Rhaglen yr ymddiriedolwr')
  await disk.holdsUp()
  await disk.button('English').click()
  await disk.page.getByLabel('Task file', { exact: true }).setInputFiles({
    name: 'notes.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Bread, milk'),
  })
  await expect(disk.page.getByRole('alert')).toContainText('This is not a task file')
  await bringTask(disk, 'Task file')
  await expect(disk.heading).toHaveText('Make your key')
  await disk.holdsUp()
  await disk.button('Make my key').press('Enter')
  await expect(disk.heading).toHaveText('Making your key')
  await expect(disk.page.getByText('Save your key file first.')).toBeVisible()
  await expect(disk.button('Save answer file')).toHaveCount(0)
  await disk.holdsUp()
  passphrase = await disk.page.getByLabel('Passphrase for the file').inputValue()
  keyFile = await disk.save('Save key file')
  const first = await disk.save('Save answer file')
  await expect(disk.page.getByText('Answer file saved.')).toBeVisible()
  expect(readFileSync(first, 'utf8')).not.toContain('seed')
  await handIn(keyFile, 'This is not an answer file')
  await handIn(first, 'Your answer has been taken.')
  await handIn(first, 'This answer was handed in before.')

  amara = await arrive(browser)
  await amara.become('Amara Okafor')
  await amara.page.goto('/desk/trustee')
  await amara.link('Make your key').click()
  await amara.button('Make my key').click()
  await amara.page.getByLabel('Also keep the key on this device').check()
  await person.page.goto('/demo/ballots')
  await person.button(/^Let the .*trustees.* make their keys/).click()

  // The page stays open for the second step. Then the file is opened anew, with the key file; how many more tasks there are depends on the others.
  await bringTask(disk)
  await expect(disk.page.locator('#await')).toBeVisible()
  await handIn(await disk.save('Save answer file'), 'Your answer has been taken.')
  const again = await openProgram(browser)
  await bringTask(again, 'Task file')
  await again.page.getByLabel('Load key file').setInputFiles(keyFile)
  await again.page.getByLabel('Passphrase of the file').fill(passphrase)
  await again.holdsUp()
  await again.button('Open the key file').click()
  await expect(again.page.getByLabel('Passphrase for the file')).toBeVisible()
  disk = again
  await expect(async () => {
    if (await again.button('Save answer file').isVisible())
      await handIn(await again.save('Save answer file'), /has been taken|was handed in before/)
    await bringTask(again)
    await expect(again.heading).toHaveText('Your key is ready', { timeout: 1000 })
  }).toPass({ timeout: 120_000 })
  await expect(amara.heading).toHaveText('Your key is ready', { timeout: 60_000 })
  expect(await disk.page.locator('.phrase').innerText()).toBe(await amara.page.locator('.phrase').innerText())
  await disk.holdsUp()
})

test('voting: five put the same name first, so that no lot decides', async () => {
  const { page } = person
  await person.become('Ruth Adeyemi')
  await page.goto(decision)
  await person.button('Set the timetable').click()
  await expect(page.getByText('The timetable is set.')).toBeVisible()
  await person.clockUntil('Act', 'Voting opened')
  for (const to of ['nia.morgan', 'owen.pritchard', 'gareth.lloyd-moss', 'ruth.adeyemi', 'dev.chaudhuri']) {
    await toTheBooth(person, to)
    await person.button(/^Owen Pritchard: make this/).click()
    await person.button('Check my ballot').click()
    await person.button('Lock and cast my vote').click()
    await expect(person.heading).toHaveText('Your vote is in the ballot box', { timeout: 60_000 })
  }
  await person.become('Ruth Adeyemi')
  await person.clockUntil('Box closed', 'Voting ended')
})

test('the shuffle: a task that was overtaken is refused in words, and done again with a new one', async () => {
  const [program, page] = [here(disk), here(amara)]
  await bringTask(program)
  await expect(program.heading).toHaveText('Shuffle the papers')
  await program.holdsUp()
  await program.button('Check all votes and shuffle').click()
  await expect(program.heading).toHaveText('Your shuffle is done', { timeout: 60_000 })
  const overtaken = await program.save('Save answer file')
  await page.page.reload()
  await page.button('Check all votes and shuffle').click()
  await expect(page.heading).toHaveText('You have shuffled the papers', { timeout: 60_000 })
  await handIn(overtaken, 'Another trustee shuffled first.')
  await bringTask(program)
  await expect(program.heading).toHaveText('Shuffle the papers')
  await program.button('Check all votes and shuffle').click()
  await expect(program.heading).toHaveText('Your shuffle is done', { timeout: 60_000 })
  await handIn(await program.save('Save answer file'), 'Your answer has been taken.')
})

test('the opening: by file and by page, to a result that the verifier finds to hold', async () => {
  test.setTimeout(240_000)
  const [program, page] = [here(disk), here(amara)]
  await expect(page.heading).toHaveText('Open the box', { timeout: 60_000 })
  await bringTask(program)
  await expect(program.heading).toHaveText('Open the box')
  await program.button('Check all votes').click()
  await expect(program.heading).toHaveText('All votes are checked', { timeout: 60_000 })
  await program.button('We all hear the same words: open').click()
  await expect(program.heading).toHaveText('Your part is done', { timeout: 60_000 })
  await program.holdsUp()
  await handIn(await program.save('Save answer file'), 'Your answer has been taken.')
  await page.page.reload()
  await page.button('Check all votes').click()
  await expect(page.heading).toHaveText('All votes are checked', { timeout: 60_000 })
  await page.button('We all hear the same words: open').click()
  await expect(page.page.getByText('2 of 2 needed')).toBeVisible({ timeout: 60_000 })
  expect(await program.page.locator('.phrase').innerText()).toBe(await page.page.locator('.phrase').innerText())
  await person.waitFor(`${decision}/result`, async () => (await person.heading.innerText()) === 'Chosen: Owen Pritchard')
  const verified = await quorate(['verify', `${demo.address}${decision}`])
  expect(verified.text).toMatch(/holds/i)
  expect(verified.status).toBe(0)
})
