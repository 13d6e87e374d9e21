import { assert } from '@quorate/kernel'
import { openCheckpoint, parseVerifierKey, type VerifierKey } from '@quorate/record'
import type { EditionNumber } from '@quorate/rulebook'
import { verify } from '@quorate/verifier'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  appendOwn,
  collectCosignatures,
  dossierFor,
  logHead,
  logKey,
  publishedCheckpoint,
  recordHealth,
  signHead,
  witnessStates,
} from '#lib/features/record/index.ts'
import { draftEdition, editionsListed, editionText } from '#lib/features/rulebooks/index.ts'
import { servers } from '../../test/postgres.ts'
import { startLantern, type Lantern } from './lantern.ts'
import { startWitnesses, type Witnesses } from './witness-servers.ts'

// The public record with three witnesses on other machines, of whom the rulebook asks for two.

let lantern: Lantern
let witnesses: Witnesses

/** Writes an entry, signs the log and lets the witnesses be asked. */
async function grow(): Promise<number> {
  const work = await lantern.work()
  await work.db.transaction().execute(async (tx) => {
    const now = work.clock.now()
    await appendOwn(tx, now, [{ type: 'demo-clock', decision: null, body: { from: now, to: now } }])
  })
  await signHead(work)
  await collectCosignatures(work)
  return (await logHead(work.db)).size
}
const published = async () => publishedCheckpoint(await lantern.work())
const opened = async (quorum: number) => {
  const head = await published()
  const [log] = witnesses.watched
  assert(log !== undefined, 'the log has a key')
  return openCheckpoint(head?.note ?? '', { log, witnesses: witnesses.running.map(({ key }) => key), quorum })
}

beforeAll(async () => {
  const [server] = servers
  assert(server !== undefined, 'there is a server')
  witnesses = await startWitnesses(3)
  lantern = await startLantern(server, { worker: false, witnesses: witnesses.setting })
  const key = parseVerifierKey(logKey(await lantern.work()))
  assert(key.kind === 'ok', 'the log has a key')
  witnesses.watched.push(key.value)
}, 120_000)
afterAll(async () => {
  await witnesses.close()
  await lantern.close()
})

describe('cosignatures of the public record', { timeout: 60_000 }, () => {
  test('are collected, and without a rule nobody waits for them', async () => {
    const work = await lantern.work()
    await signHead(work)
    const unsigned = await published()
    expect(unsigned?.size).toBe((await logHead(work.db)).size)
    const size = await grow()
    expect(await opened(3)).toMatchObject({ kind: 'ok', value: { checkpoint: { size }, unknown: 0 } })
  })

  test('are awaited where the rulebook asks for two: nothing newer is published before', async () => {
    const work = await lantern.work()
    const [first] = await editionsListed(work.db)
    assert(first !== undefined, 'there is a first edition')
    const text = `${await editionText(work.db, first)}\n### 1.9 Witnesses\n\`\`\`rule\nkind: record\nwitnesses: 2\n\`\`\`\n`
    const before = await published()
    await work.db.transaction().execute(async (tx) => {
      const { entry } = await draftEdition(tx, 2 as EditionNumber, null, text)
      await appendOwn(tx, work.clock.now(), [entry])
    })
    await signHead(work)
    expect((await published())?.size).toBe(before?.size)
    const size = await grow()
    expect(await opened(2)).toMatchObject({ kind: 'ok', value: { checkpoint: { size } } })
  })

  test('of two are enough when the third is dead; it is named on the page, and asked again only after a while', async () => {
    await witnesses.running[0]?.close()
    const size = await grow()
    expect(await opened(2)).toMatchObject({ kind: 'ok', value: { checkpoint: { size } } })
    const states = await witnessStates(await lantern.work())
    expect(states.map(({ name, since }) => [name, since === null])).toEqual([
      ['witness1.example', false],
      ['witness2.example', true],
      ['witness3.example', true],
    ])
    expect(states[0]?.fault).toContain('no answer')
    const health = await recordHealth(await lantern.work())
    expect(health.witnesses.map(({ state }) => state)).toEqual(['silent', 'well', 'well'])
    expect([health.quorum, health.alarm, (health.witnesses[0]?.lag ?? 0) > 0]).toEqual([2, false, true])
    expect(health.checkpoints[0]?.by).toHaveLength(2)
  })

  test('go into a dossier, which holds with two of three witnesses and not with three', async () => {
    const work = await lantern.work()
    const row = await work.db.selectFrom('decision').select('id').where('attempt', '=', false).orderBy('id').executeTakeFirst()
    const dossier = await dossierFor(work, row?.id ?? 1)
    const options = { witnesses: witnesses.running.map(({ key }) => key), logKey: witnesses.watched[0] as VerifierKey }
    const state = (quorum: number) =>
      verify(dossier ?? '', { ...options, quorum }).checks.find(({ name }) => name === 'witnesses')?.state
    expect([state(2), state(3)]).toEqual(['passed', 'failed'])
  })

  test('that somebody altered in the database are not published', async () => {
    const { db } = await lantern.work()
    const head = await published()
    await sql`update record_cosignature set line = replace(line, 'witness2', 'witness9') where witness = 'witness2.example' and size = ${head?.size ?? 0}`.execute(
      db,
    )
    expect((await published())?.size ?? 0).toBeLessThan(head?.size ?? 0)
  })

  test('of one are too few: the record goes on, and what is published stays', async () => {
    const before = await grow()
    await witnesses.running[1]?.close()
    const size = await grow()
    expect(size).toBeGreaterThan(before)
    expect(await opened(2)).toMatchObject({ kind: 'ok', value: { checkpoint: { size: before } } })
  })
})
