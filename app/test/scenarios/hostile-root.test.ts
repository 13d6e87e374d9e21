// An operator with a root shell on the running database and its files, and with the log's own key: what they do to it is named, given the files of two
// members and two witnesses of three.
import { assert, canonicalJson, instant, type JsonObject } from '@quorate/kernel'
import { emptyFrontier, appendLeaf, leafHash, parseEntry, parseVerifierKey, type EntryType } from '@quorate/record'
import { verify, type Verdict } from '@quorate/verifier'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { askToOpen, makeKeys, playedTrustees, startVoting, votingOf } from '#lib/features/demo/index.ts'
import { electionOfDecision, issueVotingCodes } from '#lib/features/elections/index.ts'
import { takeStep } from '#lib/features/motions/index.ts'
import { collectCosignatures, dossierFor, entries, logKey, publishedCheckpoint, signHead } from '#lib/features/record/index.ts'
import type { Tx } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { sha256 } from '#lib/platform/sha256.ts'
import { servers } from '../../../test/postgres.ts'
import { apiFetch } from '../api-fetch.ts'
import { startLantern, type Lantern } from '../lantern.ts'
import { frozenDecision, movedBy, until } from '../on-the-way.ts'
import { startWitnesses, type Witnesses } from '../witness-servers.ts'

let lantern: Lantern
let witnesses: Witnesses
let decision: Awaited<ReturnType<typeof frozenDecision>>
/** What Anna downloaded before anything was done, and the log as it then was. */
let anna = ''
type Row = { readonly type: EntryType; readonly decision: number | null; readonly at: number; readonly bytes: Buffer }
let honest: readonly Row[] = []

beforeAll(async () => {
  const [server] = servers
  assert(server !== undefined, 'there is a server')
  witnesses = await startWitnesses(3)
  lantern = await startLantern(server, { worker: true, witnesses: witnesses.setting })
  const key = parseVerifierKey(logKey(await lantern.work()))
  assert(key.kind === 'ok', 'the log has a key')
  witnesses.watched.push(key.value)
  const around = globalThis.fetch
  const inside = apiFetch(lantern)
  // The booth's and the trustees' clients reach our own routes; the witnesses are reached over the network.
  const local = (input: unknown): boolean => !/^http:\/\/127\.0\.0\.1/.test(input instanceof Request ? input.url : String(input))
  vi.stubGlobal('fetch', (input: never, init: never) => (local(input) ? inside(input, init) : around(input, init)))
  await counted()
  // Two witnesses of three are enough.
  await witnesses.running[2]?.close()
  const work = await lantern.work()
  await signHead(work)
  for (let i = 0; i < 50 && (await publishedCheckpoint(work))?.note.split('witness').length !== 3; i++) {
    await collectCosignatures(work)
    await new Promise((wake) => setTimeout(wake, 200))
  }
  anna = (await dossierFor(work, decision)) ?? ''
  honest = (await entries(work.db, {}))
    .slice(0, (await publishedCheckpoint(work))?.size)
    .map(({ entry, bytes }) => ({ type: entry.type, decision: entry.decision, at: entry.at, bytes: Buffer.from(bytes) }))
}, 400_000)
afterAll(async () => {
  vi.unstubAllGlobals()
  await lantern.close()
  await witnesses.close()
})

/** A change of rule that was put to the members and counted, as the demonstration lets others act. */
async function counted(): Promise<void> {
  decision = await frozenDecision(lantern)
  const { db } = lantern.platform
  const election = async () => {
    const found = await electionOfDecision(db, decision)
    assert(found !== null, 'the roll is frozen')
    return found
  }
  const issued = await issueVotingCodes(await lantern.work(), await lantern.role('registrar'), decision)
  assert(issued.kind === 'ok', 'the registrar may issue the codes')
  await makeKeys(await lantern.work(), await election(), null)
  await until(lantern, 'set-up', async () => (await election()).set_up_at !== null)
  const work = await lantern.work()
  const opensAt = instant(work.clock.now() + 3_600_000)
  const scheduled = await takeStep(work, await lantern.role('returning-officer'), decision, { kind: 'schedule', opensAt })
  assert(scheduled.kind === 'ok', 'the officer may set the timetable')
  await movedBy(lantern, 3_601_000)
  await until(lantern, 'voting', async () => startVoting(await lantern.work(), decision, 8))
  await until(lantern, 'votes', async () => (await votingOf(db, decision))?.running === false)
  await movedBy(lantern, 7 * 86_400_000 + 3_600_000)
  await until(lantern, 'closed box', async () => (await election()).tally !== null)
  for (const place of [1, 3]) {
    await askToOpen(db, decision, place)
    await until(lantern, 'opening', async () => (await playedTrustees(db, decision)).every((played) => played.opening === null))
  }
  await until(lantern, 'result', async () => (await election()).result !== null)
}

class Undone extends Error {}
/** Does something as root in a transaction of the database, looks at what the server then serves, and takes it all back. */
async function asRoot<T>(deed: (tx: Tx) => Promise<void>, look: (work: Work) => Promise<T>): Promise<T> {
  const work = await lantern.work()
  const seen: T[] = []
  await work.db
    .transaction()
    .execute(async (tx) => {
      // Whoever owns the tables owns their triggers.
      await sql`set local session_replication_role = replica`.execute(tx)
      await deed(tx)
      seen.push(await look({ ...work, db: tx }))
      throw new Undone()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error
    })
  const [only] = seen
  assert(only !== undefined, 'it has been looked at')
  return only
}
const served = async (work: Work): Promise<string> => (await dossierFor(work, decision)) ?? ''

/** The whole log written anew, with a tree that fits, and none of the signatures made before: the server signs it with its own key when asked. */
async function rewrite(tx: Tx, rows: readonly Row[]): Promise<void> {
  for (const table of ['record_entry', 'record_checkpoint', 'record_cosignature'] as const) await tx.deleteFrom(table).execute()
  let frontier = emptyFrontier
  for (const [position, row] of rows.entries()) {
    const leaf = leafHash(row.bytes)
    frontier = appendLeaf(frontier, leaf, sha256)
    await tx
      .insertInto('record_entry')
      .values({
        position,
        type: row.type,
        decision: row.decision,
        at: instant(row.at),
        bytes: row.bytes,
        leaf: Buffer.from(leaf),
      })
      .execute()
  }
  await tx
    .updateTable('record_head')
    .set({ size: frontier.size, at: instant(rows.at(-1)?.at ?? 0), peaks: Buffer.concat(frontier.peaks) })
    .execute()
}
/** The stored bytes changed underneath their hashes, by whoever can not sign. */
async function overwrite(tx: Tx, rows: readonly Row[]): Promise<void> {
  for (const [position, { bytes }] of rows.slice(0, honest.length).entries())
    await tx.updateTable('record_entry').set({ bytes, packed: null }).where('position', '=', position).execute()
  await tx
    .deleteFrom('record_entry')
    .where('position', '>=', Math.min(rows.length, honest.length))
    .where('position', '<', honest.length)
    .execute()
}

type Read = { readonly type: EntryType; readonly decision: number | null; readonly at: number; readonly body: JsonObject }
const readOf = (row: Row): Read => {
  const entry = parseEntry(row.bytes)
  assert(entry.kind === 'ok', 'an entry of ours can be read')
  return entry.value
}
const ofIt = (wanted: (entry: Read) => boolean, n = 0): number =>
  honest.flatMap((row, i) => (row.decision === decision && wanted(readOf(row)) ? [i] : []))[n] ?? -1
const placeOf = (type: EntryType, n = 0): number => ofIt((entry) => entry.type === type, n)
const actOf = (kind: string, n = 0): number =>
  ofIt(
    ({ type, body }) => type === 'act' && canonicalJson((body['act'] as JsonObject)['kind'] ?? null) === canonicalJson(kind),
    n,
  )
/** The log with the bytes of one entry changed. */
const changed = (index: number, change: (bytes: string) => string): readonly Row[] => {
  const row = honest[index]
  assert(row !== undefined, 'the entry is there')
  const bytes = Buffer.from(change(row.bytes.toString('utf8')))
  assert(!bytes.equals(row.bytes), 'something is changed')
  return honest.with(index, { ...row, bytes })
}
const back = (bytes: string): string =>
  bytes.replace(/"(?:occurredAt|receivedAt)":(\d+)/g, (text, at: string) => text.replace(at, String(Number(at) - 86_400_000)))
/** A ballot and its act once more, at the time of the entry before them. */
function again(): { readonly rows: readonly Row[]; readonly first: number } {
  const closed = placeOf('box-closed')
  const at = honest[closed]?.at ?? 0
  const cast = placeOf('ballot', 7)
  const pair = honest.slice(cast, cast + 2).map((row) => ({
    ...row,
    at,
    bytes: Buffer.from(row.bytes.toString('utf8').replace(/"at":\d+(?=,"body")/, `"at":${String(at)}`)),
  }))
  return { rows: honest.toSpliced(closed + 1, 0, ...pair), first: closed + 1 }
}

type Deed = { readonly rows: readonly Row[]; readonly first: number }
const deeds: Readonly<Record<string, readonly [deed: () => Deed, alone: readonly string[]]>> = {
  'deletes a ballot': [
    () => ({ rows: honest.toSpliced(placeOf('ballot', 2), 2), first: placeOf('ballot', 2) }),
    ['events-differ', 'fact-differs', 'tally-differs'],
  ],
  'swaps a roll entry': [
    () => ({ rows: changed(placeOf('roll'), (bytes) => bytes.replace(/"root":"../, '"root":"00')), first: placeOf('roll') }),
    ['fact-differs'],
  ],
  'backdates a notice': [() => ({ rows: changed(actOf('notify'), back), first: actOf('notify') }), ['instant-differs']],
  'reopens a ballot': [again, ['instant-differs', 'not-permitted', 'events-differ', 'ballot-repeated']],
  're-orders entries': [
    () => {
      const first = actOf('sign')
      const [a, b] = honest.slice(first, first + 2)
      assert(a !== undefined && b !== undefined, 'there are two signatures')
      return { rows: honest.with(first, b).with(first + 1, a), first }
    },
    ['events-differ', 'time-runs-backwards'],
  ],
  'changes a vote total': [
    () => ({
      rows: changed(placeOf('result'), (bytes) =>
        bytes.replace(/\[\[(\d+),(\d+)/, (_, a: string, b: string) => `[[${String(Number(a) + 1)},${b}`),
      ),
      first: placeOf('result'),
    }),
    ['fact-differs'],
  ],
  'replaces the booth’s code': [
    () => ({ rows: changed(placeOf('setup'), (bytes) => bytes.replace(/"booth":"../, '"booth":"00')), first: placeOf('setup') }),
    ['booth-differs'],
  ],
}
const names = Object.keys(deeds)
const deedOf = (name: string): Deed => {
  const [make] = deeds[name] ?? []
  assert(make !== undefined, 'there is such a deed')
  return make()
}
/** What the voter's own browser was given, as the record says it. */
const booth = (): string => /"booth":"([0-9a-f]{64})"/.exec(honest[placeOf('setup')]?.bytes.toString('utf8') ?? '')?.[1] ?? ''
const trust = () => ({ logKey: witnesses.watched[0] as never, witnesses: witnesses.running.map(({ key }) => key), quorum: 2 })
const named = ({ fault }: Verdict): readonly unknown[] => [fault?.check, fault?.code, fault?.entry]

describe('a root shell on the database and the log’s own key', { timeout: 120_000 }, () => {
  test('used for nothing: all holds, with the key, two witnesses of three, both members’ files and the booth', async () => {
    const ben = await served(await lantern.work())
    const verdict = verify(ben, { ...trust(), copies: [anna], booth: booth() })
    expect([verdict.verdict, verdict.fault]).toEqual(['holds', null])
    const states = Object.fromEntries(verdict.checks.map(({ name, state }) => [name, state]))
    expect(states).toMatchObject({ key: 'passed', witnesses: 'passed', copies: 'passed', booth: 'passed', result: 'passed' })
    expect(
      await asRoot(
        (tx) => rewrite(tx, honest),
        async (work) => verify(await served(work)).verdict,
      ),
    ).toBe('holds')
  })

  test.each(names)('%s in the stored bytes: named at that entry', async (name) => {
    const { rows, first } = deedOf(name)
    const verdict = await asRoot(
      (tx) => overwrite(tx, rows),
      async (work) => verify(await served(work), trust()),
    )
    expect(named(verdict)).toEqual(['log', 'entry-changed', first])
  })

  // The scalars of a ballot's last proof are its last 64 bytes, its credential the first 32.
  test.each([
    ['first', 0],
    ['last', -1],
  ])('turns over one bit in the %s byte of a packed ballot: named at that entry', async (_, place) => {
    const first = placeOf('ballot', 3)
    const verdict = await asRoot(
      async (tx) => {
        const row = await tx.selectFrom('record_entry').select('packed').where('position', '=', first).executeTakeFirstOrThrow()
        assert(row.packed !== null, 'the ballots of the demonstration are kept packed')
        const packed = Buffer.from(row.packed)
        const at = (place + packed.length) % packed.length
        packed.writeUInt8(packed.readUInt8(at) ^ 1, at)
        await tx.updateTable('record_entry').set({ packed }).where('position', '=', first).execute()
      },
      async (work) => verify(await served(work), trust()),
    )
    expect(named(verdict)).toEqual(['log', 'entry-changed', first])
  })

  test.each([
    ['exchanges the ballots of two entries', sql`case position when a.first then b.packed else a.packed end`],
    ['cuts a packed ballot short', sql`substring(record_entry.packed from 2)`],
    ['takes packed ballots away', sql`null`],
  ])('%s: named at the first of them', async (_, packed) => {
    const [first, second] = [placeOf('ballot', 3), placeOf('ballot', 4)]
    const verdict = await asRoot(
      async (tx) => {
        await sql`update record_entry set packed = ${packed}
          from (select position as first, packed from record_entry where position = ${first}) as a,
            (select packed from record_entry where position = ${second}) as b
          where position in (${first}, ${second})`.execute(tx)
      },
      async (work) => verify(await served(work), trust()),
    )
    expect(named(verdict)).toEqual(['log', 'entry-changed', first])
  })

  test.each(names)('%s and signs the log anew: named by what the record says, and alone by two witnesses', async (name) => {
    const { rows, first } = deedOf(name)
    const forged = await asRoot((tx) => rewrite(tx, rows), served)
    const alone = verify(forged, { booth: booth() })
    expect(deeds[name]?.[1]).toContain(alone.fault?.code)
    expect(alone.fault?.entry).toBeGreaterThanOrEqual(first)
    expect(named(verify(forged, trust()))).toEqual(['witnesses', 'too-few-witnesses', null])
    expect(named(verify(forged, { copies: [anna] }))).toEqual(['copies', 'split-view', first])
    expect(named(verify(anna, { ...trust(), copies: [forged] }))).toEqual(['copies', 'split-view', first])
  })

  test('forks the log between two members where no rule can tell: no witness signs it, and the two files do not agree', async () => {
    const first = honest.findIndex(({ type }) => type === 'role')
    const rows = changed(first, (bytes) =>
      bytes.replace(/"holder":"../, (text) => (text.endsWith('00') ? '"holder":"11' : '"holder":"00')),
    )
    // The honest witnesses are asked, over the network, to sign the other history.
    const { forged, signed } = await asRoot(
      (tx) => rewrite(tx, rows),
      async (work) => {
        await signHead(work)
        await sql`update record_witness set size = 0`.execute(work.db)
        return { signed: await collectCosignatures(work), forged: await served(work) }
      },
    )
    expect(signed).toBe(0)
    expect(['not-borne-out', undefined]).toContain(verify(forged, {}).fault?.code)
    expect(named(verify(forged, trust()))).toEqual(['witnesses', 'too-few-witnesses', null])
    expect(named(verify(forged, { copies: [anna] }))).toEqual(['copies', 'split-view', first])
  })

  test('gives voters another page: named by the fingerprint of the page they were given', async () => {
    const verdict = verify(await served(await lantern.work()), { booth: '00'.repeat(32) })
    expect(verdict.fault).toMatchObject({ check: 'booth', code: 'booth-differs', entry: placeOf('setup') })
  })

  test.each(['ballot', 'roll', 'notice'])('takes a document away that the record cites: named (%s)', async (what) => {
    const print = { ballot: 'credentials', roll: 'leaves', notice: 'text' }[what] ?? ''
    const cited = honest.flatMap(({ bytes, decision: of }) =>
      of === decision || print === 'text'
        ? [new RegExp(`"${print}":"([0-9a-f]{64})"`).exec(bytes.toString('utf8'))?.[1] ?? '']
        : [],
    )
    const fingerprint = cited.find((each) => each !== '') ?? ''
    const remove = async (tx: Tx) => {
      await tx.deleteFrom('record_document').where('fingerprint', '=', fingerprint).execute()
    }
    expect((await asRoot(remove, async (work) => verify(await served(work)))).fault).toMatchObject({ code: 'document-missing' })
    const alter = async (tx: Tx) => {
      await tx.updateTable('record_document').set({ content: 'another' }).where('fingerprint', '=', fingerprint).execute()
    }
    expect((await asRoot(alter, async (work) => verify(await served(work)))).fault).toMatchObject({ code: 'document-changed' })
  })

  test('is told that nothing of it was kept', async () => {
    expect((await entries(lantern.platform.db, {})).length).toBeGreaterThanOrEqual(honest.length)
    expect(verify(await served(await lantern.work()), { ...trust(), copies: [anna] }).verdict).toBe('holds')
  })
})
