// What the log gives out is the same to the byte whether a ballot is kept packed or as its text.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assert, instant } from '@quorate/kernel'
import {
  ballotCodeOf,
  fastEd25519,
  makeCastStatement,
  noPreviousTracker,
  packBallot,
  parsePublicRoll,
  publicRollText,
  type Element,
  type PublicRoll,
  type Question,
} from '@quorate/ballots'
import { entryBytes, leafHash } from '@quorate/record'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrations } from '#lib/assembly.ts'
import { publicRollOf } from '#lib/features/elections/box.ts'
import {
  append,
  dossierFor,
  entries,
  RecordDamaged,
  signHead,
  storeDocument,
  tileAt,
  type Draft,
} from '#lib/features/record/index.ts'
import { exactPages, exactRows, storedColumns, type StoredRow } from '#lib/features/record/packed-ballots.ts'
import { transaction, type Tx } from '#lib/platform/database.ts'
import { migrate } from '#lib/platform/migrations.ts'
import type { Work } from '#lib/platform/feature.ts'
import { castBy, type Demo, demoElection, yesNo } from '../../packages/ballots/testing/demo-election.ts'
import { servers } from '../../test/postgres.ts'
import { testApplication, type TestApplication } from './application.ts'

const ten: Question = {
  answers: Array.from({ length: 10 }, (_, i) => `Number ${String(i)}`),
  min: 0,
  max: 10,
  question: 'Which?',
}
const packing = (name: string): boolean => name.startsWith('0014-packed-ballots')
const [server] = servers

describe.skipIf(server === undefined)(`ballots at rest${server === undefined ? ' (needs a PostgreSQL)' : ''}`, () => {
  let app: TestApplication
  let work: Work
  let folder = ''
  /** Decision 1 is yes or no, decision 2 has ten answers; 3 has the election of 1, so that its ballots were never seen by this process. */
  const elections = new Map<number, Demo>()
  const drafts: Draft[] = []

  const electionOf = (decision: number): Demo => {
    const demo = elections.get(decision)
    assert(demo !== undefined, 'the decision has an election')
    return demo
  }
  function ballotOf(decision: number, who: number, { packed = true } = {}): Draft {
    const { election, voters } = electionOf(decision)
    const choice = decision === 2 ? [1, 0, 1, 0, 1, 0, 1, 0, 1, 0] : [1, 0]
    const { text, credential, digest } = castBy(electionOf(decision), who, [choice], String(decision))
    const claim = { electionHash: election.fingerprint, credential, digest, previous: noPreviousTracker }
    const cast = makeCastStatement(election.engine, voters[who] ?? 0n, claim)
    const body = { ballot: text, cast, code: ballotCodeOf(digest) }
    const own = packed ? packBallot(election, text) : null
    return { type: 'ballot', decision, body, ...(own === null ? {} : { packed: own }) }
  }
  const written = async (some: readonly Draft[]): Promise<void> => {
    const placed = await transaction(app.db, (tx) => append(tx, instant(0), some))
    assert(placed.kind === 'ok', JSON.stringify(placed))
    drafts.push(...some)
  }
  const expected = (): readonly Buffer[] =>
    drafts.map(({ type, decision, body }) => Buffer.from(entryBytes({ v: 1, type, at: instant(0), decision, body })))
  const stored = () =>
    app.db
      .selectFrom('record_entry')
      .select([...storedColumns, 'type', 'leaf'])
      .orderBy('position')
      .execute()
  /** What whoever owns the table can do. */
  const asOwner = (deed: (tx: Tx) => Promise<unknown>): Promise<void> =>
    transaction(app.db, async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx)
      await deed(tx)
    })
  const at = (rows: readonly StoredRow[], position: number): StoredRow => {
    const row = rows[position]
    assert(row !== undefined, 'the row is there')
    return row
  }

  beforeAll(async () => {
    assert(server !== undefined, 'there is a server')
    folder = mkdtempSync(join(tmpdir(), 'quorate-packed-'))
    app = await testApplication(
      server,
      migrations.filter(({ name }) => !packing(name)),
    )
    work = { ...app.work, settings: { ...app.settings, dataFolder: folder } }
    elections.set(1, demoElection({ group: 'Ed25519', questions: [yesNo], voters: 4, wasm: fastEd25519 }))
    elections.set(2, demoElection({ group: 'Ed25519', questions: [ten], voters: 2, wasm: fastEd25519 }))
    elections.set(3, electionOf(1))
    // A row from before ballots were packed, as it was written then.
    drafts.push(ballotOf(1, 3, { packed: false }))
    const [bytes] = expected()
    assert(bytes !== undefined, 'there is an entry')
    const leaf = leafHash(bytes)
    await sql`insert into record_entry (position, type, decision, at, bytes, leaf)
      values (0, 'ballot', 1, 0, ${bytes}, ${Buffer.from(leaf)})`.execute(app.db)
    await sql`update record_head set size = 1, peaks = ${Buffer.from(leaf)}`.execute(app.db)
    expect((await migrate(app.db, migrations)).kind).toBe('ok')
    await sql`alter table election drop constraint election_decision_fkey`.execute(app.db)
    await transaction(app.db, async (tx) => {
      const roll_leaves = await storeDocument(tx, 'leaves')
      for (const [decision, { setup }] of elections) {
        const election = await storeDocument(tx, setup.election)
        const rest = { group_name: 'Ed25519', electorate: 'members@1', roll_size: 4, roll_root: '', threshold: 1 } as const
        await tx
          .insertInto('election')
          .values({ decision, uuid: `demo ${String(decision)}`, ...rest, roll_leaves, election })
          .execute()
      }
    })
    await written([
      { type: 'demo-clock', decision: null, body: { from: 1, to: 2 } },
      ballotOf(1, 0),
      ballotOf(2, 0),
      { type: 'demo-clock', decision: null, body: { from: 2, to: 3 } },
    ])
    // One whose text is kept, between two that are packed.
    await written([ballotOf(1, 1), ballotOf(2, 1, { packed: false }), ballotOf(1, 2)])
  })
  afterAll(async () => {
    await app.close()
    rmSync(folder, { recursive: true })
  })

  // The design counts the ballot itself: without its cast statement and code, which stand beside it in its entry, and without what the database
  // adds to a row.
  test('a ballot takes 544 bytes for yes or no and 2,720 for ten answers, not compressed and nowhere twice', async () => {
    const { rows } = await sql<{ position: number; ballot: number; kept: number; rest: number; text: number }>`
      select position, length(packed) as ballot, pg_column_size(packed) as kept, length(bytes) as rest from record_entry
      where packed is not null order by position`.execute(app.db)
    expect(rows.map(({ position, ballot }) => [position, ballot])).toEqual([
      [2, 544],
      [3, 2_720],
      [5, 544],
      [7, 544],
    ])
    for (const { ballot, kept, rest } of rows) {
      // PostgreSQL says the length of a value in four bytes, or before such as stand in another table in none.
      expect(kept - ballot).toBeLessThanOrEqual(4)
      // Instant, cast statement, code, number of the decision.
      expect(rest).toBeLessThan(450)
    }
  })

  test('every entry comes back byte for byte, those from before and those that are not packed among them', async () => {
    const placed = await entries(app.db)
    expect(placed.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(expected().map(String))
    expect(placed.map(({ entry }) => entry.body)).toEqual(drafts.map(({ body }) => body))
    for (const { bytes, leaf } of await exactRows(app.db, await stored())) expect(Buffer.from(leafHash(bytes))).toEqual(leaf)
  })

  test('also in a process that has not written them', async () => {
    // Of another decision with the same election: nothing of it can be remembered.
    const rows = (await stored()).map((row) => ({ ...row, decision: row.decision === 1 ? 3 : row.decision }))
    const exact = await exactRows(app.db, rows)
    expect(exact.map(({ bytes }) => String(bytes))).toEqual(expected().map(String))
  })

  test('many at once, of several elections, are the same as a few', async () => {
    const own = await stored()
    // Of another decision again, and one of them altered: so that every one is unpacked, in a thread.
    const rows = Array.from({ length: 100 }, () =>
      own.map((row) => ({ ...row, decision: row.decision === 1 ? 3 : row.decision })),
    ).flat()
    const altered = at(own, 5).packed?.subarray(1) ?? null
    const given = rows.map((row, i) =>
      i === 333 * drafts.length + 5 || i === 33 * drafts.length + 5 ? { ...row, packed: altered } : row,
    )
    const exact = await exactRows(app.db, given)
    expect(exact.map(({ position, bytes }) => [position, String(bytes)])).toEqual(
      given.map(({ position, bytes, packed }) => [position, String(packed === altered ? bytes : expected()[position])]),
    )
  })

  test('the log is read in pages, from anywhere to anywhere', async () => {
    for (const [from, to] of [
      [0, drafts.length],
      [2, 5],
      [3, 3],
      [5, 4],
      [6, drafts.length],
    ] as const) {
      const found: string[] = []
      for await (const rows of exactPages(app.db, from, to)) found.push(...rows.map(({ bytes }) => String(bytes)))
      expect(found).toEqual(expected().slice(from, Math.max(from, to)).map(String))
    }
  })

  test('a log of more entries than one page is signed by who did not write it, and never once a packed ballot in it was altered', async () => {
    const many = Array.from({ length: 1_100 }, (): Draft => ({ type: 'demo-clock', decision: null, body: { from: 3, to: 4 } }))
    const stop = new Error('nothing of this stays')
    const attempt = transaction(app.db, async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx)
      for (let i = 0; i < 4; i++) assert((await append(tx, instant(0), many)).kind === 'ok', 'they are written')
      // The name by which a process knows what it has read whole: this one has read nothing of it.
      const fresh = (name: string): Work => ({ ...work, db: tx, settings: { ...work.settings, databaseUrl: name } })
      const { packed } = at(await stored(), 3)
      const keep = (own: Buffer | null | undefined) =>
        tx
          .updateTable('record_entry')
          .set({ packed: own ?? null })
          .where('position', '=', 3)
          .execute()
      for (const size of [drafts.length + 4_400, drafts.length + 4_401]) {
        await keep(packed?.subarray(1))
        await expect(signHead(fresh(`altered before ${String(size)}`))).rejects.toThrow(RecordDamaged)
        await keep(packed)
        // Two at a time: they wait for one walk.
        const heads = await Promise.all([0, 1].map(() => signHead(fresh(`whole at ${String(size)}`))))
        expect(heads.map((head) => head?.size)).toEqual([size, size])
        // The next time there is a checkpoint that others signed.
        assert((await append(tx, instant(0), many.slice(0, 1))).kind === 'ok', 'it is written')
      }
      throw stop
    })
    await expect(attempt).rejects.toBe(stop)
  })

  test('a roll of many keys, decoded in threads, is the roll as it is parsed here', async () => {
    const { engine, message, text } = electionOf(1).election
    const keys = Array.from({ length: 200 }, (_, k) => engine.encode(engine.multiply(engine.generator, BigInt(k + 2)))).sort()
    const list = publicRollText(keys)
    const credentials = await transaction(app.db, (tx) => storeDocument(tx, list))
    const row = await app.db.selectFrom('election').selectAll().where('decision', '=', 1).executeTakeFirstOrThrow()
    const roll = await publicRollOf(app.db, { ...row, uuid: `${message.uuid} of many`, credentials }, text)
    const here = parsePublicRoll(engine, list)
    assert(here.kind === 'ok', 'it is a roll')
    const told = ({ entries: lines, ...rest }: PublicRoll<Element>) => [
      rest,
      [...lines].map(([key, line]) => [key, line.weight, engine.encode(line.key)]),
    ]
    expect(told(roll)).toEqual(told(here.value))
  })

  test('tiles, checkpoint and dossier are those of a log whose ballots are all kept as text', async () => {
    const head = await signHead(work)
    assert(head !== null, 'the log is signed')
    expect(head.size).toBe(drafts.length)
    const given = async (own: Work) => [
      Buffer.from((await tileAt(own.db, head, `tile/entries/000.p/${String(head.size)}`)) ?? []).toString('hex'),
      await dossierFor(own, 1),
    ]
    const packed = await given(work)
    expect(packed[0]?.length).toBeGreaterThan(10_000)
    const rows = await exactRows(app.db, await stored())
    class Undone extends Error {}
    const whole = asOwner(async (tx) => {
      for (const { position, bytes } of rows)
        await tx.updateTable('record_entry').set({ bytes, packed: null }).where('position', '=', position).execute()
      expect(await given({ ...work, db: tx })).toEqual(packed)
      throw new Undone()
    })
    await expect(whole).rejects.toThrow(Undone)
  })

  test('a ballot stands once: as text or packed, and packed only in an entry of a ballot', async () => {
    const rows = await stored()
    const { packed, position } = at(rows, 2)
    const whole = at(await exactRows(app.db, rows), 2).bytes
    const refused = /record_entry_ballot_once/
    await expect(
      asOwner((tx) => tx.updateTable('record_entry').set({ bytes: whole }).where('position', '=', position).execute()),
    ).rejects.toThrow(refused)
    await expect(
      asOwner((tx) => tx.updateTable('record_entry').set({ packed }).where('position', 'in', [0, 1]).execute()),
    ).rejects.toThrow(refused)
  })

  test('what was altered is given out as it is, and hashes to another leaf', async () => {
    const rows = await stored()
    const row = at(rows, 2)
    const { packed, bytes } = row
    assert(packed !== null, 'the ballot is packed')
    const flipped = Buffer.from(packed)
    flipped.writeUInt8(flipped.readUInt8(100) ^ 1, 100)
    const elsewhere = { ...row, decision: 3 }
    const altered: readonly StoredRow[] = [
      { ...row, packed: flipped },
      { ...row, packed: packed.subarray(1) },
      { ...row, packed: at(rows, 5).packed },
      { ...row, bytes: Buffer.from(String(bytes).replace('""', '"x"')) },
      { ...row, bytes: Buffer.from(String(bytes).replace('"at":0', '"at":1')) },
      // No such decision, and one with another election.
      { ...row, decision: 9 },
      { ...row, decision: 2 },
      elsewhere,
    ]
    const exact = await exactRows(app.db, altered)
    const leaf = Buffer.from(leafHash(expected()[2] ?? Buffer.alloc(0))).toString('hex')
    const leaves = exact.map((one) => Buffer.from(leafHash(one.bytes)).toString('hex'))
    expect(leaves.map((one) => one === leaf)).toEqual([...altered.slice(1).map(() => false), true])
    expect(String(exact[0]?.bytes)).toContain('"election_uuid')
    expect(exact[1]?.bytes).toEqual(bytes)
  })

  test.each([
    ['altered', (tx: Tx) => storeDocument(tx, 'altered once stored')],
    ['gone', () => Promise.resolve('00'.repeat(32))],
    ['not there yet', () => Promise.resolve(null)],
  ])('while the text of its election is %s no ballot of it is unpacked, and nothing fails', async (title, cited) => {
    const decision = 20 + title.length
    await asOwner(async (tx) => {
      const own = await tx.selectFrom('election').selectAll().where('decision', '=', 1).executeTakeFirstOrThrow()
      const election = await cited(tx)
      await tx
        .insertInto('election')
        .values({ ...own, decision, uuid: title, election })
        .execute()
      await tx.updateTable('record_document').set({ content: 'altered' }).where('content', '=', 'altered once stored').execute()
    })
    const row = at(await stored(), 2)
    expect((await exactRows(app.db, [{ ...row, decision }]))[0]?.bytes).toEqual(row.bytes)
  })

  test('a search finds a packed ballot by its code, its voting key and its ciphertexts', async () => {
    const [draft] = drafts.slice(2)
    assert(draft?.type === 'ballot', 'the third entry is a ballot')
    const { credential, answers } = JSON.parse(draft.body.ballot) as {
      readonly credential: string
      readonly answers: readonly { readonly choices: readonly { readonly alpha: string; readonly beta: string }[] }[]
    }
    const { alpha = '', beta = '' } = answers[0]?.choices[1] ?? {}
    for (const text of [credential, alpha, beta, beta.slice(7, 30), draft.body.code]) {
      const found = await entries(app.db, { search: { types: [], texts: [text] } })
      const holding = expected().flatMap((bytes, position) => (bytes.includes(text) ? [position] : []))
      expect(holding).toContain(2)
      expect(found.map(({ position }) => position)).toEqual(holding)
    }
  })
})
