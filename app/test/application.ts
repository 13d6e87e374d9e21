import { machineClock } from '#lib/platform/clock.ts'
import { openDatabase, openPool, type Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { migrateQueue } from '#lib/platform/jobs.ts'
import { migrate, type MigrationFile } from '#lib/platform/migrations.ts'
import { systemRandom } from '#lib/platform/random.ts'
import type { Settings } from '#lib/platform/settings.ts'
import { assert, instant, parseZone, type Clock, type Instant } from '@quorate/kernel'
import { createDatabase, type TestServer } from '../../test/postgres.ts'

/** A clock that stands where a test puts it. */
export type HandClock = Clock & { readonly set: (at: number) => void }

/** A clock set by hand, in milliseconds. */
export function handClock(at: number): HandClock {
  let now: Instant = instant(at)
  return { now: () => now, set: (to) => (now = instant(to)) }
}

/** A migrated database of a test file's own, with all that work needs. */
export type TestApplication = {
  readonly url: string
  readonly db: Db
  readonly work: Work
  readonly settings: Settings
  readonly close: () => Promise<void>
}

/** Makes a database on a server and brings it up to date. `queue` adds the job queue's own schema. Call `close` in `afterAll`. */
export async function testApplication(
  server: TestServer,
  migrations: readonly MigrationFile[],
  { queue = false }: { queue?: boolean } = {},
): Promise<TestApplication> {
  const database = await createDatabase(server.url)
  const db = openDatabase(openPool(database.url))
  const done = await migrate(db, migrations)
  assert(done.kind === 'ok', `a new database takes every migration: ${JSON.stringify(done)}`)
  if (queue) {
    const pool = openPool(database.url, { plain: true, sizeMax: 2 })
    await migrateQueue(pool)
    await pool.end()
  }
  const zone = parseZone('Europe/London')
  assert(zone.kind === 'ok', 'London has a zone')
  const settings: Settings = {
    databaseUrl: database.url,
    publicAddress: 'http://lantern.test',
    dataFolder: 'data',
    demoWhenEmpty: true,
    smtpUrl: null,
    mailFrom: 'no-reply@lantern.example',
    witnesses: '',
  }
  const machine = machineClock()
  const movement = { name: 'Test', slug: 'test', zone: zone.value, demo: true, foundedAt: instant(0) }
  return {
    url: database.url,
    db,
    settings,
    work: { db, clock: machine, machine, random: systemRandom, settings, movement },
    close: async () => {
      await db.destroy()
      await database.drop()
    },
  }
}
