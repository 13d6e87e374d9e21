import { verifyElection } from '@quorate/ballots'
import { assert, instant } from '@quorate/kernel'
import type { DecisionId } from '@quorate/rulebook'
import { electionEvents, fastEd25519, parseDossier, readHints, verify } from '@quorate/verifier'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { askToOpen, makeKeys } from '#lib/features/demo/index.ts'
import { electionOfDecision, hintsFile, issueVotingCodes, publicBox, resultOf } from '#lib/features/elections/index.ts'
import { call, electorateAsOf, stand, standDown, stateOf, takeStep } from '#lib/features/motions/index.ts'
import { dossierFor, entries } from '#lib/features/record/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { modexp } from '#lib/platform/modexp.ts'
import { castVote } from '../../booth/src/headless.ts'
import { servers } from '../../../test/postgres.ts'
import * as decisionRoute from '../../src/routes/d/[number]/+page.server.ts'
import { apiFetch } from '../api-fetch.ts'
import { action, answerTo, load } from '../ask-route.ts'
import { startLantern, type Lantern } from '../lantern.ts'
import { movedBy, until } from '../on-the-way.ts'
import { heldShuffleThread } from '../thread-source.ts'

const [server] = servers
const day = 86_400_000

/** Orders that voters give, by the place of a name on the paper: none of these is place 3. */
const orders: readonly (readonly number[])[] = [[0, 1, 2], [0, 2], [0, 1, 3], [1, 0], [1, 2, 0], [2, 0, 1], [0], [3, 0]]

// Rule 7.4 of Lantern's own rulebook: the committee asks, whoever is eligible stands, members rank, the Schulze method chooses, and whom it chooses
// must beat none of these. The booth's and the trustees' own clients against the real routes and a real database.
describe.skipIf(server === undefined)('an endorsement by ranked ballots', () => {
  let lantern: Lantern
  let id: DecisionId

  beforeAll(async () => {
    assert(server !== undefined, 'a server is there')
    lantern = await startLantern(server, { worker: true })
    vi.stubGlobal('fetch', apiFetch(lantern))
  }, 120_000)
  afterAll(async () => {
    vi.unstubAllGlobals()
    await lantern.close()
  })

  const election = async () => {
    const found = await electionOfDecision(lantern.platform.db, id)
    assert(found !== null, 'the roll is frozen')
    return found
  }
  const box = async () => {
    const found = await publicBox(lantern.platform.db, await election())
    assert(found !== null, 'the box is public')
    return found
  }
  const marks = async () => {
    const own = (await stateOf(lantern.platform.db, id))?.decisions[id]
    return Object.values(own?.stages ?? {})
  }
  const waitUntil = (what: string, done: () => Promise<boolean>): Promise<void> => until(lantern, what, done)
  const moveBy = (ms: number): Promise<void> => movedBy(lantern, ms)
  let candidates: readonly string[] = []
  /** The first candidate’s name, as papers have it. */
  let name = ''
  const page = (role: string | null) => answerTo(lantern, load(decisionRoute), { role, params: { number: String(id) } })

  test('is called by the committee, and everybody who asks is a candidate', { timeout: 120_000 }, async () => {
    const called = await call(await lantern.work(), await lantern.role('chair'), {
      power: 'endorse',
      title: 'Whom do we endorse for Porthgain?',
      reasons: 'The seat is vacant.',
      vote: { for: 7, against: 5 },
    })
    assert(called.kind === 'ok', called.kind === 'fail' ? JSON.stringify(called.error) : '')
    id = called.value.decision
    const { db } = lantern.platform
    const now = (await lantern.work()).clock.now()
    const members = await electorateAsOf(db, await rulebookInForce(db), 'members', { validAt: now, knownAt: now })
    candidates = members.slice(100, 104).map((person) => person.id)
    for (const [i, person] of candidates.entries()) {
      const stood = await stand(await lantern.work(), person, id, `I would serve well, says candidate ${String(i + 1)}.`)
      expect(stood.kind === 'fail' ? stood.error : null).toBeNull()
    }
    const twice = await stand(await lantern.work(), candidates[0] ?? '', id, 'I would serve well, says candidate 1.')
    expect(twice).toMatchObject({ kind: 'fail', error: { routes: [{ reasons: [{ code: 'already-done' }] }] } })
    expect((await page('member')).data).toMatchObject({ actions: { stand: { listed: false } } })
    expect((await page(null)).data).toMatchObject({ actions: { stand: null, guestStand: true } })
    expect((await page('member')).data).toMatchObject({
      actions: { guestStand: false },
      proposed: expect.stringMatching(/^Proposed by the committee on /) as string,
    })
    const params = { number: String(id) }
    const own = { role: 'member', params, form: { statement: 'Nia would serve too.' } }
    expect((await answerTo(lantern, action(decisionRoute, 'stand'), own)).status).toBe(303)
    expect((await page('member')).data).toMatchObject({ actions: { stand: { listed: true, says: 'Nia would serve too.' } } })
    expect((await answerTo(lantern, action(decisionRoute, 'standDown'), own)).status).toBe(303)
    const empty = await answerTo(lantern, action(decisionRoute, 'stand'), { ...own, form: { statement: ' ' } })
    expect(empty.status).toBe(422)
    const down = await standDown(await lantern.work(), candidates[3] ?? '', id)
    expect(down.kind).toBe('ok')
    await moveBy(5 * day + 1000)
    await waitUntil('notice', async () => (await marks()).some((one) => one.notice !== null))
    const late = await stand(await lantern.work(), members[110]?.id ?? '', id, 'Too late.')
    expect(late.kind).toBe('fail')
  })

  test('is set up with one paper that lists them all, and none of these', { timeout: 120_000 }, async () => {
    await moveBy(8 * day)
    await waitUntil('roll', async () => (await electionOfDecision(lantern.platform.db, id)) !== null)
    const issued = await issueVotingCodes(await lantern.work(), await lantern.role('registrar'), id)
    assert(issued.kind === 'ok', 'the registrar may issue the codes')
    await makeKeys(await lantern.work(), await election(), null)
    await waitUntil('set-up', async () => (await election()).set_up_at !== null)
    const { questions } = JSON.parse((await box()).election) as { readonly questions: readonly unknown[] }
    expect(questions).toMatchObject([
      { type: 'NonHomomorphic', value: { question: 'Whom do we endorse for Porthgain?' }, extra: { method: 'Schulze' } },
    ])
    const [question] = questions as readonly { readonly value: { readonly answers: readonly string[] } }[]
    expect(question?.value.answers).toHaveLength(4)
    expect(question?.value.answers[3]).toBe('None of these')
    name = question?.value.answers[0] ?? ''
    const opensAt = instant((await lantern.work()).clock.now() + 3_600_000)
    const scheduled = await takeStep(await lantern.work(), await lantern.role('returning-officer'), id, {
      kind: 'schedule',
      opensAt,
    })
    expect(scheduled.kind === 'fail' ? scheduled.error : null).toBeNull()
    await moveBy(3_601_000)
    await waitUntil('open', async () => (await marks()).some((one) => one.box.openedAt !== null))
    const { roll_size } = await election()
    await waitUntil('links', async () => (await links()).length >= roll_size * 0.95)
  })

  const links = async (): Promise<readonly string[]> => {
    const { uuid } = await election()
    const rows = await lantern.platform.db.selectFrom('demo_mail').select('body_text').execute()
    return rows.flatMap((row) => new RegExp(`http\\S*/vote/${uuid}#[\\w-]+`).exec(row.body_text)?.[0] ?? []).toSorted()
  }

  test('is voted on by the booth’s own client, and no paper shows in the box', { timeout: 120_000 }, async () => {
    const work = await lantern.work()
    const at = { origin: work.settings.publicAddress, fetch, random: work.random }
    for (const [i, link] of (await links()).slice(0, orders.length).entries()) {
      const cast = await castVote({ ...at, link, choose: (paper) => (paper.depth === null ? 0 : (orders[i] ?? [])) })
      expect(cast.kind === 'fail' ? cast.error : null).toBeNull()
    }
    const [again] = await links()
    const twice = await castVote({ ...at, link: again ?? '', choose: () => [1, 0, 2] })
    expect(twice.kind).toBe('ok')
    expect((await box()).ballots).toHaveLength(orders.length + 1)
    expect((await castVote({ ...at, link: again ?? '', choose: () => [1, 1] })).kind).toBe('fail')
    expect((await castVote({ ...at, link: again ?? '', choose: () => 1 })).kind).toBe('fail')
  })

  test('is shuffled by two trustees in turn, opened, counted and endorsed', { timeout: 240_000 }, async () => {
    await moveBy(6 * day)
    await waitUntil('sum', async () => (await election()).tally !== null)
    expect((await box()).encryptedTally).toMatchObject({ tallied: orders.length })
    const ask = async (place: number): Promise<void> => {
      expect(await askToOpen(lantern.platform.db, id, place)).toBe(true)
      await waitUntil(`trustee ${String(place)}`, async () => {
        const row = await lantern.platform.db
          .selectFrom('demo_trustee_key')
          .select(['opening', 'fault'])
          .where('decision', '=', id)
          .where('place', '=', place)
          .executeTakeFirstOrThrow()
        expect(row.fault).toBeNull()
        return row.opening === null
      })
    }
    // However long the check of a shuffle takes, others are answered meanwhile, and told of it.
    const held = heldShuffleThread()
    const events: string[] = []
    const taken = ask(1).then(() => events.push('shuffle taken'))
    const address = `http://lantern.test/api/elections/${(await election()).uuid}/ceremony`
    await vi.waitFor(
      async () => {
        const view = (await (await fetch(address)).json()) as { readonly checking: unknown }
        expect(view.checking).toMatchObject({ place: 1 })
      },
      { timeout: 60_000, interval: 20 },
    )
    events.push('another answered')
    held.letGo()
    await taken
    held.restore()
    expect(events).toEqual(['another answered', 'shuffle taken'])
    expect(await box()).toMatchObject({ shuffles: [{ owner: 1 }], openings: [] })
    await ask(3)
    expect(await box()).toMatchObject({ shuffles: [{ owner: 1 }, { owner: 3 }], openings: [{ owner: 3 }] })
    await ask(1)
    await waitUntil('result', async () => (await election()).result !== null)
    const chosen = (await marks()).find((one) => one.box.result !== null)
    expect(chosen?.box.result).toMatchObject({ outcome: 'carried', tally: { cast: 8, for: 8, blank: 0 } })
    const [declared] = (await entries(lantern.platform.db, { decision: id, type: 'act', latestFirst: true })).filter(
      ({ entry }) => JSON.stringify(entry.body).includes('"kind":"declare"'),
    )
    expect(declared?.entry.body).toMatchObject({
      facts: [{ name: 'count', value: { cast: 8, valid: 8, blank: 0, 'chosen-1': 1, 'beats-none-of-these': 1 } }],
    })
    const shown = await resultOf(await lantern.locals('member'), id)
    expect(shown?.counted).toMatchObject({ chosen: [name], beatsNone: true, valid: 8, blank: 0, spoiled: 0 })
    expect(shown?.counted?.account.stages.length).toBeGreaterThan(0)
  })

  test('holds for a stranger, shuffles and count included', { timeout: 120_000 }, async () => {
    const text = await dossierFor(await lantern.work(), id)
    assert(text !== null, 'there is a dossier')
    const verdict = verify(text, { modexp })
    expect(verdict.fault).toBeNull()
    expect(verdict.verdict).toBe('holds')
    expect(verdict.checks.find(({ name }) => name === 'openings')).toMatchObject({
      state: 'passed',
      detail: [
        { name: 'shuffles', count: 2 },
        { name: 'openings', count: 2 },
      ],
    })
    const dossier = parseDossier(text)
    assert(dossier.kind === 'ok', 'our dossier can be read')
    // The server made hints for the shuffles; with them the verdict is the same.
    const shuffleHints = new Map<number, readonly Uint8Array[]>()
    const places = (await entries(lantern.platform.db, { decision: id, type: 'shuffle' })).map(({ position }) => position)
    await vi.waitFor(
      async () => {
        for await (const { entry, parts } of readHints(hintsFile(lantern.platform.db, id), () => 1_000_000))
          shuffleHints.set(entry, parts)
        expect([...shuffleHints.keys()].filter((entry) => places.includes(entry))).toEqual(places)
      },
      { timeout: 30_000, interval: 200 },
    )
    expect(places).toHaveLength(2)
    const hinted = verify(dossier, { modexp, wasm: fastEd25519, shuffleHints: (entry) => shuffleHints.get(entry) })
    expect(hinted).toEqual(verdict)
    const archive = electionEvents(dossier.value)
    assert(archive.kind === 'ok', 'the record gives an archive')
    const judged = verifyElection(archive.value, { modexp })
    expect(judged.kind === 'fail' ? judged.error : null).toBeNull()
  })
})
