import { revealOf } from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { feature, type ElectionTable } from '#lib/features/elections/index.ts'
import { holderOfCode } from '#lib/features/elections/code-holders.ts'
import { openSession, sessionCookie } from '#lib/platform/sessions.ts'
import { identify, loadElection, placesOf } from '../../booth/src/client.ts'
import { castVote, headlessWorld } from '../../booth/src/headless.ts'
import { lockForTest, openForTest } from '../../booth/src/honesty.ts'
import { servers } from '../../../test/postgres.ts'
import { apiFetch } from '../api-fetch.ts'
import { startLantern, type Lantern } from '../lantern.ts'
import { openElection, until } from '../on-the-way.ts'

const [server] = servers
const origin = 'http://lantern.test'

describe.skipIf(server === undefined)('a voting link where the server makes the codes', () => {
  let lantern: Lantern
  let row: ElectionTable
  let links: readonly string[]
  const cookiesSet: string[] = []

  beforeAll(async () => {
    assert(server !== undefined, 'a server is there')
    lantern = await startLantern(server, { worker: true })
    vi.stubGlobal('fetch', apiFetch(lantern))
    row = await openElection(lantern)
    const mails = await lantern.platform.db.selectFrom('demo_mail').select('body_text').execute()
    links = mails.flatMap((mail) => new RegExp(`/vote/${row.uuid}#[\\w-]+`).exec(mail.body_text)?.[0] ?? []).toSorted()
  }, 180_000)
  afterAll(async () => {
    vi.unstubAllGlobals()
    await lantern.close()
  })

  /** A browser that holds this session, if any; what the server sets is noted. */
  const browser =
    (session: string | null): typeof globalThis.fetch =>
    async (input, init) => {
      const headers = new Headers(init?.headers)
      if (session !== null) headers.set('cookie', `${sessionCookie}=${session}`)
      const response = await apiFetch(lantern)(input, { ...init, headers })
      cookiesSet.push(...response.headers.getSetCookie())
      return response
    }
  const random = (n: number): Uint8Array => crypto.getRandomValues(new Uint8Array(n))
  const linkOf = (n: number): string => `${origin}${links[n] ?? ''}`
  const vote = (n: number, session: string | null = null) =>
    castVote({ origin, fetch: browser(session), random, link: linkOf(n), choose: () => n % 2 })
  const memberOf = async (n: number) => {
    const world = headlessWorld({ origin, fetch: browser(null), random })
    const loaded = await loadElection(world, row.uuid)
    assert(loaded.kind === 'ok', 'it is open')
    const member = await identify(world, loaded.value, linkOf(n).split('#')[1] ?? '')
    assert(member.kind === 'ok', 'the link is a member’s')
    const places = placesOf(loaded.value, 0)
    assert(places !== null, 'the first answer can be marked')
    const lock = () => {
      const locked = lockForTest(world, loaded.value, member.value, places)
      assert(locked !== null, 'a ballot locks')
      return locked
    }
    return { world, loaded: loaded.value, member: member.value, lock }
  }
  const holder = async (n: number): Promise<string> => {
    const { member } = await memberOf(n)
    const found = await holderOfCode(lantern.platform.db, row, member.bind)
    assert(found !== null, 'the code was made for somebody')
    return found
  }
  const tookPart = async () =>
    (
      await lantern.platform.db.selectFrom('participation').select('person_id').where('decision', '=', row.decision).execute()
    ).map(({ person_id }) => person_id)
  const replacedMails = () =>
    lantern.platform.db.selectFrom('mail').selectAll().where('purpose', '=', 'ballot-replaced').execute()

  test('votes, and signs nobody in', async () => {
    const { db } = lantern.platform
    const sessions = () => db.selectFrom('session').select('person_id').execute()
    const before = await sessions()
    expect(await vote(0)).toMatchObject({ kind: 'ok' })
    expect(cookiesSet).toEqual([])
    expect(await sessions()).toEqual(before)
    expect(await tookPart()).toEqual([await holder(0)])
  }, 60_000)

  test('votes for whom it was made on a device where somebody else is signed in', async () => {
    const work = await lantern.work()
    const session = await openSession(work, await holder(2))
    expect(await vote(1, session)).toMatchObject({ kind: 'ok' })
    expect((await tookPart()).toSorted()).toEqual([await holder(0), await holder(1)].toSorted())
  }, 60_000)

  test('is no link with another’s opening, or with one that nobody has', async () => {
    const { loaded, member } = await memberOf(3)
    const { member: other } = await memberOf(4)
    const ask = async (bind: string): Promise<unknown> => {
      const body = JSON.stringify({ credential: member.credential.publicKey, bind })
      const answer = await browser(null)(`${origin}/api/elections/${loaded.view.uuid}/identify`, { method: 'POST', body })
      return ((await answer.json()) as { readonly code?: string }).code ?? answer.status
    }
    expect(await ask(member.bind)).toBe(200)
    expect(await ask(other.bind)).toBe('not-on-roll')
    expect(await ask('ab'.repeat(32))).toBe('not-on-roll')
  }, 60_000)

  test('whose vote is replaced is told at once, and nobody else', async () => {
    expect(await replacedMails()).toEqual([])
    expect(await vote(0)).toMatchObject({ kind: 'ok' })
    const [mail, ...more] = await replacedMails()
    expect(more).toEqual([])
    expect(mail).toMatchObject({
      recipient: await holder(0),
      subject: expect.stringContaining('Your vote was replaced') as unknown,
    })
    expect(mail?.body_text).toMatch(/Was it not\? Then somebody has your voting link/)
  }, 60_000)

  test('a stranger’s tests are few a minute, and take none of the holder’s', async () => {
    const { world, loaded, member, lock } = await memberOf(5)
    const say = async (bind?: string): Promise<number> => {
      const test = lock()
      const body = JSON.stringify({ reveal: revealOf(loaded.election, test), digest: test.unsigned.digest, bind })
      return (await browser(null)(`${origin}/api/elections/${row.uuid}/tests`, { method: 'POST', body })).status
    }
    for (let i = 0; i < 20; i++) expect(await say()).toBe(200)
    expect(await say()).toBe(429)
    expect(await say('cd'.repeat(32))).toBe(403)
    expect(await openForTest(world, loaded, member, lock())).toMatchObject({ noted: true })
  }, 60_000)

  test('who took part is forgotten when the decision has ended, and how many is not', async () => {
    const { db, sweeps } = lantern.platform
    expect((await tookPart()).length).toBe(2)
    await until(lantern, 'mail', async () => (await replacedMails()).every(({ state }) => state === 'sent'))
    const own = sweeps.find(({ name }) => name === feature.name)
    assert(own !== undefined, 'elections have a sweep')
    await own.run(await lantern.work())
    expect((await tookPart()).length).toBe(2)
    await db
      .updateTable('decision')
      .set({ ended_at: (await lantern.work()).clock.now() })
      .where('id', '=', row.decision)
      .execute()
    await own.run(await lantern.work())
    expect(await tookPart()).toEqual([])
    expect(await replacedMails()).toEqual([])
    const view = await browser(null)(`${origin}/api/elections/${row.uuid}`)
    expect(await view.json()).toMatchObject({ castCount: 2 })
  }, 60_000)
})
