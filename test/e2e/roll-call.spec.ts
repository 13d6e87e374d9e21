import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { startDemonstration, type Demonstration } from '../demonstration.ts'
import { Visitor } from './support/visitor.ts'

// A member of the committee lets their phone sign, votes by name, changes the vote and keeps the receipt; another votes without JavaScript, a third is called aloud.

test.describe.configure({ mode: 'serial' })

let demo: Demonstration
let chair: Visitor
const all: Visitor[] = []
/** Path of the roll-call. */
let rollCall = ''
const desk = '/desk/committee/roll-call'

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  demo = await startDemonstration()
  chair = await Visitor.arrive(browser, demo.address)
  all.push(chair)
})
test.afterEach(() => expect(all.flatMap(({ problems }) => problems)).toEqual([]))
test.afterAll(async () => {
  for (const visitor of all) await visitor.leave()
  await demo.stop()
})

test('a phone is registered to sign, by a key that no script can read', async () => {
  await chair.become('Gareth Lloyd-Moss')
  const { page } = chair
  await page.goto(desk)
  await chair.link('Devices that sign for you').click()
  await expect(chair.heading).toHaveText('Devices that sign for you')
  await expect(page.getByText('No device signs for you.')).toBeVisible()
  await expect(chair.button('Let this device sign')).toBeVisible()
  await chair.holdsUp('roll-call-01-device')
  await chair.button('Let this device sign').click()
  await expect(page.getByRole('alert')).toContainText('Give the device a name')
  await page.getByLabel('What you call this device').fill('my phone')
  await chair.button('Let this device sign').click()
  await expect(page.getByText('This device signs for you. Its key was made here and stays here.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'my phone, this device' })).toBeVisible()
  await chair.holdsUp('roll-call-02-registered')
  const kept = await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const asked = indexedDB.open('quorate-devices')
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => reject(new Error('no store'))
    })
    const all = await new Promise<readonly { readonly privateKey: CryptoKey }[]>((resolve) => {
      const asked = database.transaction('keys').objectStore('keys').getAll()
      asked.onsuccess = () => resolve(asked.result)
    })
    const exported = await Promise.all(
      all.map(({ privateKey }) =>
        crypto.subtle.exportKey('pkcs8', privateKey).then(
          () => 'read out',
          () => 'locked',
        ),
      ),
    )
    return { exported, stored: Object.keys(localStorage).filter((name) => name.includes('device')) }
  })
  expect(kept).toEqual({ exported: ['locked'], stored: [] })
  await expect(await chair.onTheRecord('Devices that sign roll-calls', 'A device was registered to sign for a seat')).toHaveCount(
    1,
  )
  await chair.waitFor('/demo/mail', async () => (await chair.page.getByText('A device signs for you: my phone').count()) > 0)
})

test('a vote is signed, changed and kept; the list says who signed', async () => {
  const { page } = chair
  await page.goto(desk)
  await page.getByLabel('What it is for').selectOption({ index: 1 })
  await page.getByLabel('The question').fill('Whom for Porthgain?')
  await page.getByLabel('The words in question').fill('The seat is vacant.')
  await chair.button('Open the roll-call').click()
  await expect(chair.heading).toHaveText('Whom for Porthgain?')
  rollCall = new URL(page.url()).pathname
  await page.getByLabel('For', { exact: true }).check()
  await chair.holdsUp('roll-call-03-vote')
  await chair.button('Sign and vote').click()
  await expect(page.getByText('You have said: For. Signed by: their own device.')).toBeVisible()
  await page.getByLabel('Against', { exact: true }).check()
  await chair.button('Sign and change your vote').click()
  await expect(page.getByText('You have said: Against.')).toBeVisible()
  const own = page.getByRole('row').filter({ hasText: 'Gareth Lloyd-Moss' })
  await expect(own).toContainText('Against (second vote)')
  await expect(own).toContainText('their own device')
  await chair.holdsUp('roll-call-04-changed')
  const download = page.waitForEvent('download')
  await chair.link('Keep the receipt').click()
  const receipt = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as { readonly line: object }
  expect(receipt).toMatchObject({ format: 'quorate/rollcall-line/v1', line: { vote: 'against', seq: 2, signedBy: 'device' } })
})

test('what a member called aloud is entered and marked; a seat with a device is not offered', async () => {
  const { page } = chair
  await page.goto(rollCall)
  const seats = page.getByLabel('Who said it').locator('option')
  await expect(seats.filter({ hasText: 'Gareth Lloyd-Moss' })).toHaveCount(0)
  const [first = ''] = await seats.allTextContents()
  await page.getByLabel('Who said it').selectOption({ label: first })
  await page.getByLabel('What they said').selectOption({ label: 'Abstain' })
  await chair.button('Enter it').click()
  const row = page.getByRole('row').filter({ hasText: first.replace(/ \(.*/, '') })
  await expect(row).toContainText('the secretary')
})

test('without JavaScript the service signs, once; a seat with a device is told what to do', async ({ browser }) => {
  const plain = await Visitor.arrive(browser, demo.address, { javaScriptEnabled: false })
  all.push(plain)
  await plain.become('Gareth Lloyd-Moss')
  await plain.page.goto(rollCall)
  const told = plain.page.locator('noscript p')
  await expect(told).toHaveText(/^A device signs for you, and signing needs JavaScript\./)
  await plain.page.goto('/desk/committee/device')
  await expect(told).toHaveText(/^Signing needs JavaScript\. Without it your votes are taken by the service/)
  await plain.picture('roll-call-05-plain')
  await plain.page.getByRole('button', { name: 'End it' }).click()
  await expect(plain.page.getByText(/^\s*Since .* Ended/)).toBeVisible()
  await expect(await plain.onTheRecord('Devices that sign roll-calls', 'The service ended it.')).toHaveCount(1)
  // What a device had signed is not replaced by what it did not sign.
  await plain.page.goto(rollCall)
  await expect(plain.page.getByText('You have said: Against.')).toBeVisible()
  await expect(plain.button('Vote')).toHaveCount(0)

  await plain.page.goto(desk)
  await plain.page.getByLabel('What it is for').selectOption({ index: 1 })
  await plain.page.getByLabel('The question').fill('And for Abergwaun?')
  await plain.page.getByLabel('The words in question').fill('That one too.')
  await plain.button('Open the roll-call').click()
  await plain.page.getByLabel('For', { exact: true }).check()
  await plain.button('Vote').click()
  await expect(plain.page.getByText('You have said: For. Signed by: the service.')).toBeVisible()
  await expect(plain.button('Vote')).toHaveCount(0)
})

test('it is closed, and says so', async () => {
  const { page } = chair
  await page.goto(rollCall)
  await chair.button('Close the roll-call').click()
  await expect(page.getByText('0 for, 1 against, 1 abstained.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Put it to the rules' })).toBeVisible()
  await chair.holdsUp('roll-call-06-closed')
})
