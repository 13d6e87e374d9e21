import { assert, instant } from '@quorate/kernel'
import type { DecisionId } from '@quorate/rulebook'
import { parseDossier, verify } from '@quorate/verifier'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { askToOpen, makeKeys } from '#lib/features/demo/index.ts'
import {
  electionOfDecision,
  isOnFrozenRoll,
  issueVotingCodes,
  resultOf,
  takeOpening,
  type ElectionTable,
} from '#lib/features/elections/index.ts'
import { call, electorateAsOf, stand, stateOf, takeStep } from '#lib/features/motions/index.ts'
import { dossierFor } from '#lib/features/record/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { transaction } from '#lib/platform/database.ts'
import { modexp } from '#lib/platform/modexp.ts'
import { castVote } from '../../booth/src/headless.ts'
import { servers } from '../../../test/postgres.ts'
import lanternRules from '../../../rulebooks/lantern.md?raw'
import { apiFetch } from '../api-fetch.ts'
import { startLantern, type Lantern } from '../lantern.ts'
import { movedBy, until } from '../on-the-way.ts'

const [server] = servers
const day = 86_400_000

/** One election: the power it is called by, how the rule counts it, and what each voter says, by places on the paper. */
type Row = {
  readonly power: string
  readonly method: string
  readonly counting?: string
  /** Whether none of these is on the paper: then whoever is chosen must beat it. */
  readonly none?: boolean
  readonly tie?: string
  readonly candidates: number
  readonly votes: readonly (number | readonly number[])[]
  /** Places of those chosen, ascending; null where a lot decides, among `level`. */
  readonly chosen: readonly number[] | null
  readonly level?: readonly number[]
  /** What the public record says of the count: votes for each, or whether a certificate stands beside it. */
  readonly certified?: boolean
  /** Whether votes are not secret by rule: then the box is opened however few voted. */
  readonly open?: boolean
  /** Whether the rule lets nothing decide between equals: the box is opened, and nobody is chosen. */
  readonly waits?: boolean
}

/** Too few voted in secret for the box ever to be opened. */
const staysShut = ({ votes, open }: Row): boolean => votes.length < 5 && open !== true

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
  { power: 'delegate-power', method: 'plurality', candidates: 2, votes: [0, 0], chosen: [] },
  { power: 'recognise-group', method: 'plurality', open: true, candidates: 2, votes: [0, 1, 0], chosen: [0] },
  { power: 'postpone', method: 'schulze', open: true, candidates: 2, votes: [], chosen: null, level: [0, 1] },
  { power: 'dissolve', method: 'plurality', tie: 'falls', candidates: 2, votes: [0, 1, 0, 1, 0, 1], chosen: [], waits: true },
]

/** Lantern's rules with an electorate small enough for many elections, and a procedure for each row in the place of its own. */
const rules = [
  // What Lantern grants by these names gives way.
  lanternRules.replace(/### 7\.3 Endorsement[\s\S]*?(?=### 7\.5)/, ''),
  '## 9 Ways of choosing',
  ruleOf(
    '9.1',
    'kind: electorate\nid: council\nwho: standing active and class member and seat on committee\ncut-off: notice\nlate-evidence: none',
  ),
  ...rows.flatMap(({ power, method, counting, none = false, open = false, tie = 'lot in public' }, i) => [
    ruleOf(`9.${String(10 + 2 * i)}`, `kind: power\nact: ${power}\nvia: [choose-${power}]`),
    ruleOf(
      `9.${String(11 + 2 * i)}`,
      `kind: procedure
id: choose-${power}
stages:
  propose: {by: committee}
  nominate: {candidates: every eligible person who asks, window: 5 days, statement: none, withdraw: until close, uncontested: ballot with none-of-these}
  notify: {to: electorate council, clear: 5 clear days}
  freeze: {electorate: council, at: notify}
  ballot: {roll: freeze, secret: ${open ? 'no' : 'yes'}, method: ${method}${counting === undefined ? '' : `, counting: ${counting}`}, options: candidates, none-of-these: ${none ? 'yes' : 'no'}, opens: [after notify],
    timetable: {by: returning-officer, within: 3 days, timeout: opens at 12:00 on the 4th day}, period: 5 days, pass: [${none ? 'winner beats none-of-these' : 'turnout at least 1% of roll'}], tie: ${tie}}
  certify: {by: returning-officer, within: 2 working days, timeout: panel-clerk certifies}
  enact: {effect: ${power}, at: end of certify}`,
    ),
  ]),
].join('\n')

function ruleOf(clause: string, block: string): string {
  return `### ${clause} ${block.split('\n')[1] ?? ''}\n\`\`\`rule\n${block}\n\`\`\``
}

// The booth's and the trustees' own clients against the real routes and a real database, all elections side by side.
describe.skipIf(server === undefined)('each way of choosing that a rulebook names and a ballot of ours asks', () => {
  let lantern: Lantern
  const ids = new Map<Row, DecisionId>()

  beforeAll(async () => {
    assert(server !== undefined, 'a server is there')
    lantern = await startLantern(server, { worker: true, rules })
    vi.stubGlobal('fetch', apiFetch(lantern))
  }, 120_000)
  afterAll(async () => {
    vi.unstubAllGlobals()
    await lantern.close()
  })

  const idOf = (row: Row): DecisionId => {
    const id = ids.get(row)
    assert(id !== undefined, 'the election was called')
    return id
  }
  const electionOf = async (row: Row): Promise<ElectionTable> => {
    const found = await electionOfDecision(lantern.platform.db, idOf(row))
    assert(found !== null, 'the roll is frozen')
    return found
  }
  const marksOf = async (row: Row) =>
    Object.values((await stateOf(lantern.platform.db, idOf(row)))?.decisions[idOf(row)]?.stages ?? {})
  const all = async (of: (row: Row) => Promise<boolean>): Promise<boolean> => {
    for (const row of rows) if (!(await of(row))) return false
    return true
  }

  test('is called, stood for, set up and opened', { timeout: 240_000 }, async () => {
    const { db } = lantern.platform
    const now = (await lantern.work()).clock.now()
    const council = await electorateAsOf(db, await rulebookInForce(db), 'council', { validAt: now, knownAt: now })
    expect(council.length).toBe(12)
    for (const row of rows) {
      const { power } = row
      const asked = { power, title: `Whom? (${power})`, reasons: 'To see.', vote: { for: 7, against: 5 } }
      const called = await call(await lantern.work(), await lantern.role('chair'), asked)
      assert(called.kind === 'ok', called.kind === 'fail' ? JSON.stringify(called.error) : '')
      ids.set(row, called.value.decision)
      for (const { id } of council.slice(0, row.candidates)) {
        const stood = await stand(await lantern.work(), id, called.value.decision, null)
        expect(stood.kind === 'fail' ? stood.error : null).toBeNull()
      }
    }
    await movedBy(lantern, 5 * day + 1000)
    await until(lantern, 'notice', () => all(async (row) => (await marksOf(row)).some((one) => one.notice !== null)))
    await movedBy(lantern, 8 * day)
    await until(lantern, 'rolls', () => all(async (row) => (await electionOfDecision(db, idOf(row))) !== null))
    for (const row of rows) {
      const issued = await issueVotingCodes(await lantern.work(), await lantern.role('registrar'), idOf(row))
      assert(issued.kind === 'ok', 'the registrar may issue the codes')
      await makeKeys(await lantern.work(), await electionOf(row), null)
    }
    await until(lantern, 'set-up', () => all(async (row) => (await electionOf(row)).set_up_at !== null))
    const opensAt = instant((await lantern.work()).clock.now() + 3_600_000)
    for (const row of rows) {
      const scheduled = await takeStep(await lantern.work(), await lantern.role('returning-officer'), idOf(row), {
        kind: 'schedule',
        opensAt,
      })
      expect(scheduled.kind === 'fail' ? scheduled.error : null).toBeNull()
    }
    await movedBy(lantern, 3_601_000)
    await until(lantern, 'open', () => all(async (row) => (await marksOf(row)).some((one) => one.box.openedAt !== null)))
    await until(lantern, 'links', () => all(async (row) => (await linksOf(row)).length >= row.votes.length))
  })

  const linksOf = async (row: Row): Promise<readonly string[]> => {
    const { uuid } = await electionOf(row)
    const mails = await lantern.platform.db.selectFrom('demo_mail').select('body_text').execute()
    return mails.flatMap(({ body_text }) => new RegExp(`http\\S*/vote/${uuid}#[\\w-]+`).exec(body_text)?.[0] ?? []).toSorted()
  }

  test('is voted on', { timeout: 240_000 }, async () => {
    const work = await lantern.work()
    const at = { origin: work.settings.publicAddress, fetch, random: work.random }
    for (const row of rows) {
      const links = await linksOf(row)
      for (const [i, choice] of row.votes.entries()) {
        const cast = await castVote({ ...at, link: links[i] ?? '', choose: () => choice })
        expect(cast.kind === 'fail' ? [row.power, cast.error] : null).toBeNull()
      }
    }
    await movedBy(lantern, 6 * day)
    await until(lantern, 'sums', () => all(async (row) => (await electionOf(row)).tally !== null))
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

  test('is opened and counted', { timeout: 240_000 }, async () => {
    const { db } = lantern.platform
    for (const place of [1, 3, 1])
      for (const row of rows) {
        const { result, level_at } = await electionOf(row)
        if ((result ?? level_at) !== null || staysShut(row)) continue
        expect(await askToOpen(db, idOf(row), place)).toBe(true)
        await until(lantern, `trustee ${String(place)} of ${row.power}`, async () => {
          const seat = await db
            .selectFrom('demo_trustee_key')
            .select(['opening', 'fault'])
            .where('decision', '=', idOf(row))
            .where('place', '=', place)
            .executeTakeFirstOrThrow()
          // Where only totals are opened two openings are enough, and the third comes after the result.
          expect([null, 'refused']).toContain(seat.fault)
          return seat.opening === null || seat.fault !== null
        })
      }
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
