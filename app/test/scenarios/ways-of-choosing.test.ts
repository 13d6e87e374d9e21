import { assert } from '@quorate/kernel'
import { parseDossier, verify } from '@quorate/verifier'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { isOnFrozenRoll, resultOf, takeOpening } from '#lib/features/elections/index.ts'
import { dossierFor } from '#lib/features/record/index.ts'
import { transaction } from '#lib/platform/database.ts'
import { modexp } from '#lib/platform/modexp.ts'
import { servers } from '../../../test/postgres.ts'
import { apiFetch } from '../api-fetch.ts'
import { electionsBeside, rulesOf, staysShut, type Row as Election } from '../elections-beside.ts'
import { startLantern, type Lantern } from '../lantern.ts'
import { movedBy, until } from '../on-the-way.ts'

const [server] = servers
/** An election and what comes of it. */
type Row = Election & {
  /** Places of those chosen, ascending; null where a lot decides, among `level`. */
  readonly chosen: readonly number[] | null
  readonly level?: readonly number[]
  /** What the public record says of the count: votes for each, or whether a certificate stands beside it. */
  readonly certified?: boolean
  /** Whether the rule lets nothing decide between equals: the box is opened, and nobody is chosen. */
  readonly waits?: boolean
}

const rows: readonly Row[] = [
  { power: 'endorse', method: 'plurality', none: true, candidates: 3, votes: [0, 0, 1, 2, 0, 3], chosen: [0] },
  { power: 'set-priorities', method: 'approval', candidates: 3, votes: [[0, 1], [1], [1, 2], [0], [2], [1]], chosen: [1] },
  {
    power: 'affiliate',
    method: 'choose-k',
    counting: '{seats: 2, choices: 2}',
    candidates: 4,
    votes: [[0, 1], [0, 1], [0, 3], [1], [2], [0]],
    chosen: [0, 1],
  },
  { power: 'disaffiliate', method: 'plurality', candidates: 2, votes: [0, 1, 0, 1, 0, 1], chosen: null, level: [0, 1] },
  {
    power: 'proscribe',
    method: 'instant-run-off',
    candidates: 3,
    votes: [[0], [0], [0], [1, 2], [1], [1], [2, 1]],
    chosen: [1],
    certified: true,
  },
  {
    power: 'recall',
    method: 'nz-meek',
    counting: '{seats: 2}',
    candidates: 3,
    votes: [[0, 1], [0, 1], [0], [1], [2], [1, 0]],
    chosen: [0, 1],
    certified: true,
  },
  {
    power: 'call-meeting',
    method: 'ers97',
    counting: '{seats: 2}',
    candidates: 3,
    votes: [[0, 1], [0, 1], [0], [1], [2], [1, 0]],
    chosen: [0, 1],
    certified: true,
  },
  {
    power: 'call-ballot',
    method: 'schulze',
    candidates: 2,
    votes: [[0, 1], [1, 0], [0], [1], [0, 1], [1]],
    chosen: null,
    level: [0, 1],
  },
  {
    power: 'resolve',
    method: 'scottish-stv',
    candidates: 3,
    votes: [[0], [0], [1], [1], [2]],
    chosen: null,
    level: [0, 1],
    certified: true,
  },
  // Sums 11, 12 and 9.
  {
    power: 'fill-vacancy',
    method: 'score',
    counting: '{grades: 4, blank: zero}',
    candidates: 3,
    votes: [
      [4, 3, 0],
      [4, 3, 1],
      [0, 2, 4],
      [3, 1, 0],
      [0, 3, 4],
    ],
    chosen: [1],
  },
  // The two with most stars are the second and the third; more voters put the third above.
  {
    power: 'elect',
    method: 'star',
    candidates: 3,
    votes: [
      [0, 5, 4],
      [1, 3, 4],
      [2, 2, 4],
      [0, 5, 0],
      [1, 2, 3],
    ],
    chosen: [2],
  },
  // Middle grades 3, 2 and 0; two places. None of these has 1.
  {
    power: 'appoint',
    method: 'majority-judgment',
    counting: '{grades: 3, seats: 2}',
    none: true,
    candidates: 3,
    votes: [
      [3, 2, 0, 1],
      [3, 2, 0, 1],
      [3, 2, 0, 1],
      [0, 3, 3, 0],
      [1, 0, 3, 2],
    ],
    chosen: [0, 1],
  },
  // The sums are level.
  {
    power: 'emergency-measure',
    method: 'score',
    counting: '{grades: 255}',
    candidates: 2,
    votes: [
      [255, 0],
      [0, 255],
      [9, 9],
      [100, 100],
      [0, 0],
    ],
    chosen: null,
    level: [0, 1],
  },
  { power: 'delegate-power', method: 'plurality', candidates: 2, votes: [0, 0], chosen: [] },
  { power: 'recognise-group', method: 'plurality', open: true, candidates: 2, votes: [0, 1, 0], chosen: [0] },
  { power: 'postpone', method: 'schulze', open: true, candidates: 2, votes: [], chosen: null, level: [0, 1] },
  { power: 'dissolve', method: 'plurality', tie: 'falls', candidates: 2, votes: [0, 1, 0, 1, 0, 1], chosen: [], waits: true },
]

// The booth's and the trustees' own clients against the real routes and a real database, all elections side by side.
describe.skipIf(server === undefined)('each way of choosing that a rulebook names and a ballot of ours asks', () => {
  let lantern: Lantern
  const { idOf, electionOf, marksOf, all, callAndSetUp, open, vote, openBoxes } = electionsBeside(() => lantern, rows)

  beforeAll(async () => {
    assert(server !== undefined, 'a server is there')
    lantern = await startLantern(server, { worker: true, rules: rulesOf(rows) })
    vi.stubGlobal('fetch', apiFetch(lantern))
  }, 120_000)
  afterAll(async () => {
    vi.unstubAllGlobals()
    await lantern.close()
  })

  test('is called, stood for, set up and opened', { timeout: 480_000 }, async () => {
    await callAndSetUp()
    await open()
  })

  test('is voted on', { timeout: 480_000 }, async () => {
    await vote()
  })

  test('is not opened below the fewest votes by whatever device, and binds nobody on its roll any longer', async () => {
    const { db } = lantern.platform
    const few = rows.find(staysShut)
    assert(few !== undefined, 'there is one')
    const election = await electionOf(few)
    await until(lantern, 'a fallen box', async () => (await electionOf(few)).fallen_at !== null)
    const seat = await db
      .selectFrom('trustee')
      .select('person_id')
      .where('decision', '=', idOf(few))
      .where('place', '=', 1)
      .executeTakeFirstOrThrow()
    // The row as it was read before the box fell, and as it is now: neither lets an opening in.
    const sent = { payload: '{}', proof: { challenge: '1', response: '1' } }
    for (const row of [election, { ...election, fallen_at: null }, await electionOf(few)])
      expect(await takeOpening(await lantern.work(), row, seat.person_id, sent)).toEqual({
        kind: 'fail',
        error: { kind: 'too-few' },
      })
    const onRoll = await db.selectFrom('roll_line').select('person_id').where('decision', '=', idOf(few)).execute()
    const others = rows.filter((row) => row !== few).map(idOf)
    for (const { person_id } of onRoll.slice(0, 2)) {
      expect(await isOnFrozenRoll(db, person_id)).toBe(true)
      await expect(
        transaction(db, async (tx) => {
          await tx.deleteFrom('roll_line').where('decision', 'in', others).execute()
          expect(await isOnFrozenRoll(tx, person_id)).toBe(false)
          throw new Error('undone')
        }),
      ).rejects.toThrow('undone')
    }
  })

  test('is opened and counted', { timeout: 480_000 }, async () => {
    await openBoxes()
    await until(lantern, 'results', () =>
      all(async (row) =>
        row.waits === true
          ? (await electionOf(row)).level_at !== null
          : (await marksOf(row)).some((one) => one.box.result !== null),
      ),
    )
  })

  test('waits in plain words, and untouched by the sweeps, where the rule lets nothing decide between equals', async () => {
    const level = rows.find((row) => row.waits === true)
    assert(level !== undefined, 'there is one')
    const before = await electionOf(level)
    await movedBy(lantern, 1000)
    expect(await electionOf(level)).toEqual(before)
    expect(before.result).toBeNull()
    const shown = await resultOf(await lantern.locals('member'), idOf(level))
    expect(shown).toMatchObject({ view: null, counted: null })
    expect(shown?.standing).toContain('the votes are level')
  })

  const settledRows = rows.filter((row) => row.waits !== true)
  test.each(settledRows.map((row) => [`${row.method}, ${String(row.votes.length)} votes`, row] as const))(
    'chooses by its rule, and holds for a stranger: %s',
    { timeout: 120_000 },
    async (_, row) => {
      const box = (await marksOf(row)).find((one) => one.box.result !== null)?.box
      const shown = await resultOf(await lantern.locals('member'), idOf(row))
      if (staysShut(row)) {
        expect(box?.result).toMatchObject({ outcome: 'fallen', tally: { for: 0, cast: row.votes.length } })
        expect(shown).toMatchObject({ view: null, counted: null })
        expect(shown?.standing).toContain('the box is never opened')
      } else {
        const chosen = (box?.chosen ?? []).map((number) => number - 1).toSorted((a, b) => a - b)
        if (row.chosen !== null) expect(chosen).toEqual(row.chosen)
        else expect(chosen.every((place) => row.level?.includes(place))).toBe(true)
        expect(shown?.counted?.chosen).toHaveLength(chosen.length)
        expect(shown?.counted?.lot === null).toBe(row.chosen !== null)
      }
      const text = await dossierFor(await lantern.work(), idOf(row))
      assert(text !== null, 'there is a dossier')
      const verdict = verify(text, { modexp })
      expect(verdict.fault).toBeNull()
      expect(verdict.verdict).toBe('holds')
      const dossier = parseDossier(text)
      assert(dossier.kind === 'ok', 'our dossier can be read')
      const certificates = Object.values(dossier.value.documents).filter((document) =>
        document.includes('quorate/count-certificate/v1'),
      )
      expect(certificates).toHaveLength(row.certified === true ? 1 : 0)
    },
  )
})
