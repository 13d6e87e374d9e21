import { assert, canonicalJson, utf8, type Json } from '@quorate/kernel'
import { signerOf } from '@quorate/record'
import { dossierText, parseDossier, verify } from '@quorate/verifier'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { publicView, resultOf } from '#lib/features/elections/index.ts'
import { stand, standDown } from '#lib/features/motions/index.ts'
import { dossierFor } from '#lib/features/record/index.ts'
import { modexp } from '#lib/platform/modexp.ts'
import { dossierFrom } from '../../../packages/verifier/testing/log.ts'
import { servers } from '../../../test/postgres.ts'
import * as decisionRoute from '../../src/routes/d/[number]/+page.server.ts'
import { apiFetch } from '../api-fetch.ts'
import { electionsBeside, rulesOf, type Row as Election } from '../elections-beside.ts'
import { answerTo, load } from '../ask-route.ts'
import { startLantern, type Lantern } from '../lantern.ts'
import { movedBy, until } from '../on-the-way.ts'

const [server] = servers

/** An election; whose place on the paper is left between its set-up and its opening, by standing down or for want of a statement; and who is chosen. */
type Row = Election & {
  readonly leave: readonly number[]
  readonly chosen: readonly number[] | null
  /** How many certificates of a count stand on the record. */
  readonly certified?: number
}

const byMarks: Row = { power: 'endorse', method: 'plurality', candidates: 3, leave: [1], votes: [1, 1, 1, 0, 0, 2], chosen: [0] }
const byRanks: Row = {
  power: 'recall',
  method: 'scottish-stv',
  candidates: 3,
  leave: [0],
  votes: [[0, 1], [0, 1], [0], [2], [2], [1]],
  chosen: [1],
  certified: 1,
}
const silent: Row = {
  power: 'set-priorities',
  method: 'approval',
  candidates: 3,
  silent: [1, 2],
  leave: [],
  votes: [[2], [2, 1], [2], [0, 2], [1], [1]],
  chosen: [1],
}
const oneLeft: Row = {
  power: 'proscribe',
  method: 'schulze',
  none: true,
  candidates: 2,
  leave: [0],
  votes: [[0, 1], [1], [0, 1, 2], [2], [0]],
  chosen: [1],
}
const byGrades: Row = {
  power: 'affiliate',
  method: 'star',
  candidates: 3,
  leave: [2],
  votes: [
    [1, 2, 5],
    [1, 2, 5],
    [1, 2, 5],
    [4, 0, 5],
    [0, 3, 5],
  ],
  chosen: [1],
}
const nobodyLeft: Row = { power: 'resolve', method: 'plurality', none: true, candidates: 1, leave: [0], votes: [], chosen: null }
const hidden: Row = { power: 'dissolve', method: 'plurality', candidates: 3, leave: [1], votes: [1, 1, 1, 0, 0], chosen: null }
const rows = [byMarks, byRanks, silent, byGrades, oneLeft, nobodyLeft, hidden]
const voted = rows.filter((row) => row !== nobodyLeft)
const honest = voted.filter((row) => row !== hidden)

// The booth's and the trustees' own clients against the real routes and a real database, all elections side by side.
describe.skipIf(server === undefined)('a candidate who leaves the list after the ballot is set up', () => {
  let lantern: Lantern
  const beside = electionsBeside(() => lantern, rows)
  const { idOf, electionOf, marksOf, stateFor, personOf, all } = beside

  beforeAll(async () => {
    assert(server !== undefined, 'a server is there')
    lantern = await startLantern(server, { worker: true, rules: rulesOf(rows) })
    vi.stubGlobal('fetch', apiFetch(lantern))
  }, 120_000)
  afterAll(async () => {
    vi.unstubAllGlobals()
    await lantern.close()
  })

  const viewOf = async (row: Row) => publicView(await lantern.locals('member'), await electionOf(row))
  const dossierOf = async (row: Row): Promise<string> => {
    const text = await dossierFor(await lantern.work(), idOf(row))
    assert(text !== null, 'there is a dossier')
    return text
  }

  test('stays on the paper, which is fixed then', { timeout: 480_000 }, async () => {
    await beside.callAndSetUp()
    const before = await Promise.all(rows.map(async (row) => (await electionOf(row)).election))
    for (const row of rows)
      for (const place of row.leave) {
        const left = await standDown(await lantern.work(), personOf(place), idOf(row))
        expect(left.kind === 'fail' ? left.error : null).toBeNull()
        const back = await stand(await lantern.work(), personOf(place), idOf(row), null)
        expect(back.kind).toBe('fail')
      }
    // A statement that is due by opening may be given until then.
    const says = await stand(await lantern.work(), personOf(1), idOf(silent), 'I would, after all.')
    expect(says.kind === 'fail' ? says.error : null).toBeNull()
    await movedBy(lantern, 1000)
    expect(await Promise.all(rows.map(async (row) => (await electionOf(row)).election))).toEqual(before)
    expect((await electionOf(byMarks)).paper).toEqual([1, 2, 3])
    expect((await viewOf(byMarks)).left).toEqual([1])
    expect((await viewOf(silent)).left).toEqual([2])
    expect((await viewOf(byRanks)).left).toEqual([0])
    // An operator who would have it that she was never on the paper.
    const { db } = lantern.platform
    await db
      .updateTable('election')
      .set({ paper: [1, 3] })
      .where('decision', '=', idOf(hidden))
      .execute()
  })

  test('may leave by the page of the decision until voting opens', async () => {
    const page = await answerTo(lantern, load(decisionRoute), { role: 'member', params: { number: String(idOf(byMarks)) } })
    // Whoever is not on the list is offered nothing.
    expect(page.data).toMatchObject({ actions: { stand: null, guestStand: false } })
  })

  test('is shown in the booth as having left while voting is open', { timeout: 480_000 }, async () => {
    await beside.open(voted)
    expect((await viewOf(byMarks)).left).toEqual([1])
    expect((await viewOf(oneLeft)).left).toEqual([0])
    const late = await standDown(await lantern.work(), personOf(0), idOf(byMarks))
    expect(late).toMatchObject({ kind: 'fail', error: { routes: [{ reasons: [{ code: 'too-late' }] }] } })
    await beside.vote(voted)
    expect((await viewOf(byMarks)).left).toEqual([1])
  })

  test('ends an election in which too few are left, when voting was to open', async () => {
    expect((await stateFor(nobodyLeft))?.ended?.outcome).toBe('fallen')
    const { db } = lantern.platform
    const codes = await db.selectFrom('sealed_code').select('person_id').where('decision', '=', idOf(nobodyLeft)).execute()
    expect(codes).toEqual([])
    const shown = await resultOf(await lantern.locals('member'), idOf(nobodyLeft))
    expect(shown).toMatchObject({ view: null, counted: null })
    expect(shown?.standing).toContain('Voting never opened')
    expect(verify(await dossierOf(nobodyLeft), { modexp }).fault).toBeNull()
  })

  test('is opened and counted', { timeout: 480_000 }, async () => {
    await beside.openBoxes(honest)
    await until(lantern, 'results', () => all(async (row) => (await marksOf(row)).some((one) => one.box.result !== null), honest))
  })

  test.each(honest.map((row) => [row.method, row] as const))(
    'cannot be chosen, and their votes pass on where the method passes any: %s',
    { timeout: 120_000 },
    async (_, row) => {
      const box = (await marksOf(row)).find((one) => one.box.result !== null)?.box
      expect((box?.chosen ?? []).map((number) => number - 1)).toEqual(row.chosen)
      const shown = await resultOf(await lantern.locals('member'), idOf(row))
      expect(shown?.counted?.left).toHaveLength(1)
      const text = await dossierOf(row)
      const verdict = verify(text, { modexp })
      expect(verdict.fault).toBeNull()
      expect(verdict.verdict).toBe('holds')
      const dossier = parseDossier(text)
      assert(dossier.kind === 'ok', 'our dossier can be read')
      const certificates = Object.values(dossier.value.documents).filter((one) => one.includes('quorate/count-certificate/v1'))
      expect(certificates).toHaveLength(row.certified ?? 0)
      for (const certificate of certificates) expect(certificate).toContain('"withdrawn":[0]')
    },
  )

  test('is not kept off a paper that they are on, whatever the server says', async () => {
    const { fault } = verify(await dossierOf(hidden), { modexp })
    expect(fault).toMatchObject({ check: 'rules', code: 'fact-differs' })
  })

  /** The dossier after its operator has changed what acts of a kind say, and signed all of it again. */
  const forged = (text: string, kind: string, change: (act: string) => string): string => {
    const read = parseDossier(text)
    assert(read.kind === 'ok', 'our dossier can be read')
    const { decision, documents, entries, origin } = read.value
    const own = entries.map(({ bytes }) => {
      const entry = JSON.parse(bytes) as {
        readonly decision: number | null
        readonly body: { readonly act?: { readonly kind: string } }
      }
      const isIt = entry.decision === decision && entry.body.act?.kind === kind
      return utf8(isIt ? canonicalJson(JSON.parse(change(bytes)) as Json) : bytes)
    })
    return dossierText(dossierFrom(own, { documents, decision, by: signerOf(origin, 1, new Uint8Array(32).fill(1)) }))
  }
  const faultOf = (text: string): unknown => verify(text, { modexp }).fault?.code ?? null

  test('is neither hidden nor made up in a dossier that its operator signs anew', { timeout: 120_000 }, async () => {
    const text = await dossierOf(byMarks)
    const setup = (change: (off: string) => string) => forged(text, 'open', (act) => act.replace('"off-1":2', change))
    expect(faultOf(setup((same) => same))).toBeNull()
    expect(faultOf(forged(text, 'open', (act) => act.replace('"off-1":2,', '')))).toBe('fact-differs')
    expect(faultOf(setup(() => '"off-1":1'))).toBe('fact-differs')
    expect(faultOf(setup((same) => `${same},"off-2":3`))).toBe('fact-differs')
    const without = forged(text, 'open', (act) => act.replace('"off-1":2,', '').replace('"options":3', '"options":2'))
    expect(faultOf(without)).toBe('fact-differs')
    // That she never left: then the rules ask of the set-up what it does not say.
    const never = forged(text, 'stand-down', (act) => act.replaceAll('"kind":"stood-down"', '"kind":"stood"'))
    expect(faultOf(never)).not.toBeNull()
    // Who left is chosen all the same, or another in the place of who has most votes.
    const chosen = (number: number) => (act: string) =>
      act.replaceAll('"chosen-1":1', `"chosen-1":${String(number)}`).replaceAll('"options":[1]', `"options":[${String(number)}]`)
    expect(faultOf(forged(text, 'declare', chosen(2)))).toBe('fact-differs')
    expect(faultOf(forged(text, 'declare', chosen(3)))).toBe('fact-differs')
    const ranks = await dossierOf(byRanks)
    expect(faultOf(forged(ranks, 'open', (act) => act.replace('"off-1":1', '"off-1":3')))).toBe('fact-differs')
  })
})
