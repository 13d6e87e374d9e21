import { assert } from '@quorate/kernel'
import { openCheckpoint, parseVerifierKey, verifierKeyText, type VerifierKey } from '@quorate/record'
import type { EditionNumber } from '@quorate/rulebook'
import { verify } from '@quorate/verifier'
import { sql } from 'kysely'
import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
import { makeWitnessFolder, openWitnessFolder } from '../cli/witness-folder.ts'
import { witnessServer } from '../cli/witness-server.ts'
import { startLantern, type Lantern } from './lantern.ts'

// The public record with three witnesses on other machines, of whom the rulebook asks for two.

let lantern: Lantern
let folder = ''
const watched: VerifierKey[] = []
const running: {
  readonly server: Server
  readonly key: VerifierKey
  readonly url: string
  readonly close: () => Promise<void>
}[] = []

async function startWitness(n: number): Promise<void> {
  const path = join(folder, String(n))
  const made = await makeWitnessFolder(path, `witness${String(n)}.example`)
  const opened = await openWitnessFolder(path, () => watched[0] ?? null)
  assert(made.kind === 'ok' && opened.kind === 'ok', 'a new witness can be opened')
  const server = witnessServer({ folder: opened.value, logs: watched, now: Date.now, say: () => undefined })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    if (server.listening) await new Promise((resolve) => server.close(resolve))
    await opened.value.close()
  }
  running.push({ server, key: opened.value.signer.key, url: `http://127.0.0.1:${String(port)}`, close })
}

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
  const log = watched[0]
  assert(log !== undefined, 'the log has a key')
  return openCheckpoint(head?.note ?? '', { log, witnesses: running.map(({ key }) => key), quorum })
}

beforeAll(async () => {
  const [server] = servers
  assert(server !== undefined, 'there is a server')
  folder = mkdtempSync(join(tmpdir(), 'quorate-witnesses-'))
  for (const n of [1, 2, 3]) await startWitness(n)
  const witnesses = running.map(({ key, url }) => `${verifierKeyText(key)} ${url}`).join('\n')
  lantern = await startLantern(server, { worker: false, witnesses })
  const key = parseVerifierKey(logKey(await lantern.work()))
  assert(key.kind === 'ok', 'the log has a key')
  watched.push(key.value)
}, 120_000)
afterAll(async () => {
  for (const { close } of running) await close()
  await lantern.close()
  rmSync(folder, { recursive: true, force: true })
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
    await running[0]?.close()
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
    const options = { witnesses: running.map(({ key }) => key), logKey: watched[0] as VerifierKey }
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
    await running[1]?.close()
    const size = await grow()
    expect(size).toBeGreaterThan(before)
    expect(await opened(2)).toMatchObject({ kind: 'ok', value: { checkpoint: { size: before } } })
  })
})
