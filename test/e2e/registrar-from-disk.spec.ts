import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { buildChanged, registrarFile, root } from '../../tools/build.ts'
import { startDemonstration, type Demonstration } from '../demonstration.ts'
import { Disk } from './support/disk.ts'
import { quorate } from './support/quorate.ts'
import { Visitor } from './support/visitor.ts'

// A whole ballot whose voting codes are made in the registrar's program on a device without a network: from the key that the server is given to the codes'
// destruction. The desk is used without JavaScript.

test.describe.configure({ mode: 'serial' })

let demo: Demonstration
let person: Visitor
let desk: Visitor
let disk: Disk
const folder = mkdtempSync(join(tmpdir(), 'quorate-registrar-disk-'))
const kept = join(folder, 'quorate-registrar.json')
let [decision, passphrase, merge] = ['', '', '']
const voters = ['Nia Morgan', 'Owen Pritchard', 'Gareth Lloyd-Moss', 'Ruth Adeyemi', 'Farida Noor'] as const

test.beforeAll(async () => {
  test.setTimeout(300_000)
  const built = await buildChanged(() => undefined, [registrarFile])
  expect(built.kind).toBe('ok')
})
test.afterEach(() =>
  expect([person, desk, disk].flatMap((each) => (each as typeof each | undefined)?.problems ?? [])).toEqual([]),
)
test.afterAll(async () => {
  await disk.leave()
  await person.leave()
  await desk.leave()
  await demo.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The file of the roll from the desk, as it is now. */
async function task(): Promise<string> {
  await desk.page.goto('/desk/registrar/files')
  const [download] = await Promise.all([desk.page.waitForEvent('download'), desk.link('Get the file of this roll').click()])
  return download.path()
}
async function bringTask(): Promise<void> {
  await disk.page.getByLabel('File of the roll').setInputFiles(await task())
  await expect(disk.page.getByText('people are on the roll.')).toBeVisible()
}
async function saveMine(): Promise<void> {
  // What a browser downloaded goes with it when it is closed.
  copyFileSync(await disk.save('Save my file'), kept)
  await expect(disk.page.getByText('Your file is saved.')).toBeVisible()
}

test('the program makes the key that the server is given, and a motion comes to its frozen roll', async ({ browser }) => {
  test.setTimeout(300_000)
  disk = await Disk.open(browser, join(root, registrarFile.output))
  await expect(disk.heading).toHaveText('Registrar’s program')
  await disk.holdsUp()
  await disk.button('Cymraeg').click()
  await expect(disk.heading).toHaveText('Rhaglen y cofrestrydd')
  await disk.button('English').click()
  await disk.button('Begin as a new registrar').press('Enter')
  const key = await disk.page.locator('.hash').innerText()
  expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/)
  passphrase = await disk.page.getByLabel('Passphrase for your file').inputValue()
  await saveMine()
  await disk.holdsUp()

  demo = await startDemonstration({ QUORATE_REGISTRAR: key })
  person = await Visitor.arrive(browser, demo.address)
  desk = await Visitor.arrive(browser, demo.address, { javaScriptEnabled: false })
  await person.become('Nia Morgan')
  await person.page.goto('/d/new')
  await person.link(/^Use an example/).click()
  await person.button('Preview').click()
  await person.button('File this proposal').click()
  await expect(person.page.getByText('Filed. It is on the public record')).toBeVisible()
  decision = new URL(person.page.url()).pathname
  await person.page.getByRole('button', { name: 'Sign', exact: true }).click()
  await person.button(/^Let \d+ more members sign/).click()
  await expect(person.page.getByText(/more members have signed/)).toBeVisible()
  await person.become('Ruth Adeyemi')
  await person.page.goto(decision)
  await person.button('Nothing stands against it').click()
  await person.clockUntil('Roll of voters', 'The roll of voters was fixed')
})

test('codes are made from the frozen roll and the registrar’s own list, and nothing goes out before they are kept', async ({
  browser,
}) => {
  await desk.become('Dev Chaudhuri')
  await desk.page.goto('/desk/registrar')
  await desk.link('Without a terminal: a program on your own disk').click()
  await desk.picture('files-10-registrar')
  const file = await task()
  const { lines } = JSON.parse(readFileSync(file, 'utf8')) as { readonly lines: readonly { readonly member: number }[] }
  expect(readFileSync(file, 'utf8')).not.toMatch(/Morgan|@lantern/)
  await disk.page.getByLabel('File of the roll').setInputFiles({
    name: 'cut.json',
    mimeType: 'application/json',
    buffer: readFileSync(file).subarray(0, 400),
  })
  await expect(disk.page.getByRole('alert')).toContainText('This file is damaged')
  await bringTask()
  const listed = lines.map(({ member }) => `${String(member)},Member ${String(member)},m${String(member)}@mail.example\n`)
  const short = join(folder, 'short.csv')
  const whole = join(folder, 'list.csv')
  writeFileSync(short, listed.slice(1).join(''))
  writeFileSync(whole, `number,name,address\n${listed.join('')}`)
  await disk.page.getByLabel('Your own list of addresses').setInputFiles(short)
  await expect(disk.page.getByText('Not on your list: members')).toBeVisible()
  await expect(disk.button('Make the voting codes')).toHaveCount(0)
  await disk.page.getByLabel('Your own list of addresses').setInputFiles(whole)
  await expect(disk.page.getByText('Everybody on the roll is on your list.')).toBeVisible()
  await disk.holdsUp()
  await disk.button('Make the voting codes').click()
  await expect(disk.page.getByText(/voting codes are made/)).toBeVisible({ timeout: 60_000 })
  await expect(disk.button('Save the file of public keys')).toHaveCount(0)
  await saveMine()
  // Closed and opened again: everything is in the registrar's own file.
  await disk.leave()
  disk = await Disk.open(browser, join(root, registrarFile.output))
  await disk.page.getByLabel('Your registrar’s file').setInputFiles(kept)
  await disk.page.getByLabel('Its passphrase').fill('not the passphrase')
  await disk.button('Open it').click()
  await expect(disk.page.getByRole('alert')).toContainText('does not fit')
  await disk.page.getByLabel('Its passphrase').fill(passphrase)
  await disk.button('Open it').click()
  await disk.page.getByLabel('File of the roll').setInputFiles(file)
  await expect(disk.page.getByText('Then the letters can be written.')).toBeVisible()
  await disk.holdsUp()
  const keys = await disk.save('Save the file of public keys')

  await desk.page.goto('/desk/registrar/files')
  await desk.page.getByLabel('File of public keys').setInputFiles(file)
  await desk.button('Hand in the public keys').click()
  await expect(desk.page.getByText('This is not a file of public keys')).toBeVisible()
  await desk.page.getByLabel('File of public keys').setInputFiles(keys)
  await desk.button('Hand in the public keys').click()
  await expect(desk.page.getByText(`${lines.length.toLocaleString('en-GB')} public keys have been taken.`)).toBeVisible()
  await person.page.goto('/')
  await person.become('Dev Chaudhuri')
  await person.page.goto('/desk/registrar/files')
  await person.holdsUp('files-11-registrar-done')
})

test('letters are written once the day is set, and members vote by them, each signed in', async () => {
  test.setTimeout(300_000)
  const { page } = person
  await page.goto('/demo/ballots')
  await person.button('Let the trustees make their keys').click()
  await person.waitFor('/demo/ballots', async () => (await page.getByText('Key made').count()) === 3)
  await person.become('Ruth Adeyemi')
  await page.goto(decision)
  await person.button('Set the timetable').click()
  await expect(page.getByText('The timetable is set.')).toBeVisible()
  await person.clockUntil('Act', 'Voting opened')
  await bringTask()
  merge = readFileSync(await disk.save('Save a list for a mail merge'), 'utf8')
  const printed = readFileSync(await disk.save('Save letters to print'), 'utf8')
  const rows = merge.trim().split('\r\n').slice(1)
  expect(printed.match(/<article /g)).toHaveLength(rows.length)
  const linkOf = (member: string): string => {
    const row = rows.find((line) => line.startsWith(`${member},`)) ?? ''
    return /\/vote\/[^,]+/.exec(row)?.[0] ?? ''
  }
  for (const name of voters) {
    await person.become(name)
    await page.goto('/you')
    const number = (await page.getByText('Membership number').locator('xpath=following-sibling::*[1]').innerText()).trim()
    await page.goto(linkOf(number))
    await page.getByLabel('For', { exact: true }).check()
    await person.button('Check my ballot').click()
    await person.button('Lock and cast my vote').click()
    await expect(person.heading).toHaveText('Your vote is in the ballot box', { timeout: 60_000 })
  }
  await disk.page.getByLabel('One member’s letter again').fill('999999')
  await disk.button('Save this letter').click()
  await expect(disk.page.getByRole('alert')).toContainText('No member with this number')
  const [first = ''] = rows
  await disk.page.getByLabel('One member’s letter again').fill(first.split(',')[0] ?? '')
  const again = readFileSync(await disk.save('Save this letter'), 'utf8')
  expect(again.match(/<article /g)).toHaveLength(1)
  await disk.holdsUp()
})

test('after voting: who took part, the codes destroyed, and a result that the verifier finds to hold', async () => {
  test.setTimeout(300_000)
  const { page } = person
  await person.become('Ruth Adeyemi')
  await person.clockUntil('Box closed', 'Voting ended')
  await bringTask()
  await expect(disk.page.getByText('Voting has closed', { exact: true })).toBeVisible()
  const part = readFileSync(await disk.save('Save who took part'), 'utf8')
  expect(part.match(/,yes\r\n/g)).toHaveLength(voters.length)
  await disk.button('Destroy the codes').click()
  await expect(disk.page.getByText('The codes are gone from here.')).toBeVisible()
  await saveMine()
  await disk.holdsUp()

  for (const name of ['Farida Noor', 'Colm Brady']) {
    const open = person.button(`Let ${name} open the box`)
    await person.waitFor('/demo/ballots', () => open.isVisible())
    await open.click()
  }
  await person.waitFor(`${decision}/result`, async () => /5 for, 0 against/.test(await person.heading.innerText()))
  await expect(page.getByText('no protection against stuffing by the operator')).toHaveCount(0)
  const verified = await quorate(['verify', `${demo.address}${decision}`])
  expect(verified.text).toMatch(/holds/i)
  expect(verified.status).toBe(0)
})
