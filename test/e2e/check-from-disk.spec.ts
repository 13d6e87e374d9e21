import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { identify, loadElection, placesOf } from '../../app/booth/src/client.ts'
import { lockForTest, openForTest } from '../../app/booth/src/honesty.ts'
import { openServer, testWorld } from '../../app/booth/test/world.ts'
import { buildChanged, releaseFiles, root } from '../../tools/build.ts'

const address = pathToFileURL(join(root, releaseFiles.output)).href
test.use({ offline: true })
test.beforeAll(async () => {
  const built = await buildChanged(() => undefined, [releaseFiles])
  expect(built.kind).toBe('ok')
})

/** A ballot locked with "No" and opened, as a voter's device would. */
async function opened(): Promise<{ readonly fragment: string; readonly code: string; readonly election: string }> {
  const { server } = openServer()
  const world = testWorld(server)
  const loaded = await loadElection(world, server.uuid)
  if (loaded.kind === 'fail') throw new Error('the fake server answers')
  const member = await identify(world, loaded.value, server.codes[0] ?? '')
  const places = placesOf(loaded.value, 1)
  if (member.kind === 'fail' || places === null) throw new Error('the code is a member’s')
  const ballot = lockForTest(world, loaded.value, member.value, places)
  if (ballot === null) throw new Error('the ballot locks')
  const { fragment, code } = await openForTest(world, loaded.value, member.value, ballot)
  return { fragment, code, election: loaded.value.election.text }
}

for (const [name, options] of [
  ['390 px', {}],
  ['320 px, dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
] as const)
  test.describe(name, () => {
    test.use(options)
    test('the page that checks a device works from disk, and no request leaves it', async ({ page }) => {
      const problems: string[] = []
      page.on('request', (request) => request.url() !== address && problems.push(`request to ${request.url()}`))
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
      page.on('pageerror', (error) => problems.push(error.message))
      const holdsUp = async (): Promise<void> => {
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      }
      const { fragment, code, election } = await opened()
      await page.goto(address)
      await expect(page.locator('h1')).toHaveText('Check a device')
      await holdsUp()
      await page.getByLabel('Ballot paper as a file').setInputFiles({
        name: 'election.json',
        mimeType: 'application/json',
        buffer: Buffer.from(election),
      })
      await page.getByLabel('Address or text from the other device').fill(fragment)
      await page.getByRole('button', { name: 'Check it' }).click()
      await expect(page.locator('h1')).toHaveText('The device locked what it showed')
      await expect(page.locator('.ballot-code')).toHaveText(code)
      await expect(page.getByText('No', { exact: true })).toBeVisible()
      await holdsUp()
      await page.getByRole('button', { name: 'Cymraeg' }).click()
      await expect(page.locator('h1')).toHaveText('Clodd y ddyfais yr hyn a ddangosodd')
      await page.getByRole('button', { name: 'Gwirio un arall' }).click()
      await page.getByRole('button', { name: 'English' }).click()
      // The same address with another mark: the device is caught.
      const [uuid, digest, , seed, credential] = fragment.split('.')
      await page.getByLabel('Address or text from the other device').fill([uuid, digest, '1-0', seed, credential].join('.'))
      await page.getByRole('button', { name: 'Check it' }).click()
      await expect(page.locator('h1')).toHaveText('The device did not lock what it showed')
      expect(problems).toEqual([])
    })
  })
