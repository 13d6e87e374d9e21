import { assert, instant } from '@quorate/kernel'
import type { DecisionId } from '@quorate/rulebook'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { askToOpen, keptKeyFile, makeKeys, playedTrustees, startVoting, votingOf } from '#lib/features/demo/index.ts'
import { boxLines, codeTyped, electionOfDecision, officerTasks, resultOf } from '#lib/features/elections/index.ts'
import { takeStep } from '#lib/features/motions/index.ts'
import { servers } from '../../../test/postgres.ts'
import * as registrarRoute from '../../src/routes/desk/registrar/+page.server.ts'
import * as keyRoute from '../../src/routes/desk/trustee/[uuid]/key/+server.ts'
import * as trusteeRoute from '../../src/routes/desk/trustee/+page.server.ts'
import * as boxRoute from '../../src/routes/d/[number]/box/+page.server.ts'
import * as resultRoute from '../../src/routes/d/[number]/result/+page.server.ts'
import * as missingRoute from '../../src/routes/missing/+page.server.ts'
import * as mineRoute from '../../src/routes/vote/[uuid]/mine/+page.server.ts'
import * as homeRoute from '../../src/routes/+page.server.ts'
import { apiFetch } from '../api-fetch.ts'
import { action, answerTo, load, type Asked } from '../ask-route.ts'
import { startLantern, type Lantern } from '../lantern.ts'
import { frozenDecision, movedBy, until } from '../on-the-way.ts'

const [server] = servers

// The booth's and the trustees' own clients against the real routes, a real queue, real mail: only the socket is left out.
describe.skipIf(server === undefined)('a ballot in which the demonstration lets others act', () => {
  let lantern: Lantern
  let id: DecisionId

  beforeAll(async () => {
    assert(server !== undefined, 'a server is there')
    lantern = await startLantern(server, { worker: true })
    vi.stubGlobal('fetch', apiFetch(lantern))
    id = await frozenDecision(lantern)
  }, 120_000)
  afterAll(async () => {
    vi.unstubAllGlobals()
    await lantern.close()
  })

  const waitUntil = (what: string, done: () => Promise<boolean>): Promise<void> => until(lantern, what, done)
  const moveBy = (ms: number): Promise<void> => movedBy(lantern, ms)
  const election = async () => {
    const found = await electionOfDecision(lantern.platform.db, id)
    assert(found !== null, 'the roll is frozen')
    return found
  }
  const asked = (run: (e: never) => unknown, what: Asked) => answerTo(lantern, run, what)
  const mailsTo = async (address: string, purposeInSubject: string): Promise<number> =>
    (await lantern.platform.db.selectFrom('demo_mail').select('subject').where('address', '=', address).execute()).filter(
      (mail) => mail.subject.startsWith(purposeInSubject),
    ).length
  const needsOf = async (role: string): Promise<readonly string[]> => {
    const { data } = await asked(load(homeRoute), { role })
    return (data as { readonly needs: readonly { readonly href: string }[] }).needs.map((need) => need.href)
  }
  const tagsOf = async (): Promise<Readonly<Record<string, string>>> => {
    const tasks = await officerTasks(await lantern.locals('returning-officer'), id)
    expect(tasks).toHaveLength(10)
    for (const task of tasks) expect(task.clause).toMatch(/^\d+\.\d+@1$/)
    return Object.fromEntries(tasks.map((task) => [task.id, task.tag.kind]))
  }

  test('the registrar, and nobody else, issues the codes, once', async () => {
    const form = { decision: String(id) }
    expect(await needsOf('registrar')).toContain('/desk/registrar')
    expect((await asked(load(registrarRoute), { role: 'member' })).status).toBe(403)
    expect((await asked(load(registrarRoute), {})).said).toBe('/signin?next=/desk/registrar')
    expect((await asked(action(registrarRoute), { role: 'member', form })).status).toBe(403)
    expect((await asked(action(registrarRoute), { role: 'registrar', form: { decision: '999' } })).status).toBe(409)
    expect((await asked(action(registrarRoute), { role: 'registrar', form: { decision: 'all' } })).status).toBe(422)
    expect(await tagsOf()).toMatchObject({
      freeze: 'ok',
      print: 'ok',
      codes: 'brand',
      key: 'brand',
      open: 'plain',
      certify: 'plain',
    })
    expect(await asked(action(registrarRoute), { role: 'registrar', form })).toMatchObject({ status: 303 })
    expect((await asked(action(registrarRoute), { role: 'second-registrar', form })).status).toBe(409)
    expect(await tagsOf()).toMatchObject({ codes: 'ok' })
  })

  test('the other trustees make their keys; the one who is asked for goes on alone, then the key is complete', async () => {
    expect(await needsOf('trustee-2')).toContain(`/trustee/${(await election()).uuid}`)
    await makeKeys(await lantern.work(), await election(), await lantern.role('trustee-2'))
    expect((await playedTrustees(lantern.platform.db, id)).map(({ place, complete }) => ({ place, complete }))).toEqual([
      { place: 1, complete: false },
      { place: 3, complete: false },
    ])
    expect((await election()).trustees).toBeNull()
    expect(await keptKeyFile(lantern.platform.db, id, await lantern.role('trustee-1'))).toBeNull()
    await makeKeys(await lantern.work(), await election(), null)
    await waitUntil('set-up', async () => (await election()).set_up_at !== null)
    expect((await playedTrustees(lantern.platform.db, id)).every((played) => played.complete)).toBe(true)
    expect(await tagsOf()).toMatchObject({ key: 'ok' })
  })

  test('a kept key file is given to its trustee alone', async () => {
    const { uuid } = await election()
    const get = (e: never): unknown => keyRoute.GET(e)
    const own = await asked(get, { role: 'trustee-1', params: { uuid } })
    expect(own.status).toBe(200)
    expect(own.said).toContain(uuid)
    for (const role of ['member', null]) expect((await asked(get, { role, params: { uuid } })).status).toBe(404)
    const other = await asked(get, { role: 'trustee-2', params: { uuid } })
    expect(other.said).not.toBe(own.said)
    expect((await asked(get, { role: 'trustee-1', params: { uuid: '0'.repeat(22) } })).status).toBe(404)
  })

  test('before voting is open nothing is sent again and nobody votes', async () => {
    const { uuid } = await election()
    expect(await startVoting(await lantern.work(), id, 10)).toBe(false)
    expect((await asked(action(mineRoute), { role: 'member', params: { uuid }, form: {} })).status).toBe(403)
    expect((await asked(load(resultRoute), { params: { number: String(id) } })).data).toMatchObject({ view: null })
  })

  test('voting opens, Home asks, a lost link is sent again, and a stranger is told the same', { timeout: 120_000 }, async () => {
    const work = await lantern.work()
    const opensAt = instant(work.clock.now() + 3_600_000)
    const scheduled = await takeStep(work, await lantern.role('returning-officer'), id, { kind: 'schedule', opensAt })
    assert(scheduled.kind === 'ok', 'the officer may set the timetable')
    await moveBy(3_601_000)
    const nia = 'nia.morgan@lantern.example'
    await waitUntil('voting link', async () => (await mailsTo(nia, 'Vote: ')) === 1)
    const { uuid } = await election()
    expect(await needsOf('member')).toContain(`/vote/${uuid}/mine`)

    const missing = (who: string, from: string) => asked(action(missingRoute), { form: { who }, from })
    const [member, stranger] = [await missing(nia, '192.0.2.1'), await missing('nobody@nowhere.example', '192.0.2.1')]
    expect(JSON.stringify(stranger).replace('nobody@nowhere.example', nia)).toBe(JSON.stringify(member))
    await waitUntil('the link again', async () => (await mailsTo(nia, 'Your voting link again')) === 1)
    expect((await missing('1000', '192.0.2.2')).status).toBe(200)
    await waitUntil('the link by number', async () => (await mailsTo(nia, 'Your voting link again')) === 2)
    const rows = await lantern.platform.db.selectFrom('lost_ballot').select('asked').where('asked', 'is not', null).execute()
    expect(rows).toEqual([])

    const mine = await asked(action(mineRoute), { role: 'member', params: { uuid }, form: {} })
    expect(mine.data).toMatchObject({ sent: true })
    expect((await asked(action(mineRoute), { role: 'member', params: { uuid }, form: {} })).status).toBe(429)
    for (const who of ['', 'not an address', 'x'.repeat(300), '12345678901', '-1'])
      expect((await missing(who, '192.0.2.3')).status).toBe(422)
    for (let i = 0; i < 12; i++) expect((await missing('1', '192.0.2.4')).status).toBe(200)
    expect((await missing('1', '192.0.2.4')).status).toBe(429)
    expect((await missing('1', '192.0.2.5')).status).toBe(200)
  })

  test('members vote through the booth’s client, some twice; every code is in the public box', { timeout: 120_000 }, async () => {
    const { db } = lantern.platform
    expect(await startVoting(await lantern.work(), id, 24)).toBe(true)
    expect(await startVoting(await lantern.work(), id, 24)).toBe(false)
    await waitUntil('votes', async () => (await votingOf(db, id))?.running === false)
    const voting = await votingOf(db, id)
    expect(voting).toMatchObject({ done: 24, failed: 0, fault: null })
    const again = voting?.again ?? 0
    const { total, lines } = await boxLines(db, id, { code: '', page: 1 })
    expect(total).toBe(24 + again)
    expect(lines.filter((line) => line.current)).toHaveLength(24)
    const [first] = lines
    assert(first !== undefined, 'the box holds votes')
    const found = await asked(load(boxRoute), {
      params: { number: String(id) },
      search: `?code=${encodeURIComponent(first.code.toLowerCase().replaceAll('–', ' '))}`,
    })
    expect(found.data).toMatchObject({ total: 1, lines: [{ code: first.code, number: first.number }] })
    expect(codeTyped(' cedar - 4817 lark ')).toBe('CEDAR–4817–LARK')
    const none = await asked(load(boxRoute), { params: { number: String(id) }, search: '?code=%25' })
    expect(none.data).toMatchObject({ total: 0, lines: [] })
    for (const search of ['?page=0', '?page=x', `?code=${'a'.repeat(101)}`])
      expect((await asked(load(boxRoute), { params: { number: String(id) }, search })).status).toBe(422)
    for (const number of ['0', '1e3', '999', '-1']) expect((await asked(load(boxRoute), { params: { number } })).status).toBe(404)
  })

  test('two trustees open the box, and the result states every figure with its base', { timeout: 120_000 }, async () => {
    const { db } = lantern.platform
    expect(await askToOpen(db, id, 9)).toBe(false)
    await moveBy(7 * 86_400_000 + 3_600_000)
    await waitUntil('closed box', async () => (await election()).tally !== null)
    expect(await needsOf('trustee-1')).toContain(`/trustee/${(await election()).uuid}`)
    expect(await askToOpen(db, id, 1)).toBe(true)
    await waitUntil('first opening', async () => (await playedTrustees(db, id)).every((played) => played.opening === null))
    const desk = await asked(load(trusteeRoute), { role: 'trustee-2' })
    expect(JSON.stringify(desk.data)).toContain('1 of 2 opened')
    expect(await tagsOf()).toMatchObject({ close: 'ok', box: 'brand' })
    expect(await askToOpen(db, id, 3)).toBe(true)
    await waitUntil('result', async () => (await election()).result !== null)

    const result = await resultOf(await lantern.locals(null), id)
    const view = result?.view
    assert(view !== null && view !== undefined, 'there is a result')
    const row = await db.selectFrom('decision').select('state').where('id', '=', id).executeTakeFirstOrThrow()
    const tally = Object.values(row.state?.stages ?? {}).find(({ box }) => box.result !== null)?.box.result?.tally
    assert(tally !== undefined, 'the state holds the count')
    expect(tally.for + tally.against).toBe(24)
    // 24 of a thousand is under 15%: whatever the majority, the motion falls, and the page says which line was not reached.
    expect(view.sentence).toBe(`Not carried: ${String(tally.for)} for, ${String(tally.against)} against`)
    expect(view.table.at(-1)?.needed).toMatch(/not reached$/)
    expect(view.steps.find((step) => step.id === 'box')?.text).toContain('Farida Noor and Amara Okafor')
    expect((await asked(load(resultRoute), { params: { number: '999' } })).status).toBe(404)
    expect((await asked(action(mineRoute), { role: 'member', params: { uuid: (await election()).uuid }, form: {} })).status).toBe(
      403,
    )
  })
})
