import { sql, type Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, servers, type TestDatabase } from '../../../../test/postgres.ts'
import { migrations } from '../assembly.ts'
import { openDatabase, openPool, type Db } from './database.ts'
import { migrate, migrationsOf, sourceChecksum, type MigrationFile } from './migrations.ts'

const step = (name: string, source: string): MigrationFile => ({
  name,
  checksum: sourceChecksum(source),
  up: async (db: Kysely<unknown>) => {
    await sql.raw(source).execute(db)
  },
})

describe('forward-only migrations', () => {
  let database: TestDatabase
  let db: Db
  beforeAll(async () => {
    const [server] = servers
    if (server === undefined) throw new Error('no server')
    database = await createDatabase(server.url)
    db = openDatabase(openPool(database.url))
  })
  afterAll(async () => {
    await db.destroy()
    await database.drop()
  })
  const one = step('0001-one.x', 'create table one (id integer)')
  const two = step('0002-two.x', 'create table two (id integer)')

  test('run once, in order, and a later start runs only what is new', async () => {
    expect(await migrate(db, [one])).toEqual({ kind: 'ok', value: ['0001-one.x'] })
    expect(await migrate(db, [one, two])).toEqual({ kind: 'ok', value: ['0002-two.x'] })
    expect(await migrate(db, [one, two])).toEqual({ kind: 'ok', value: [] })
  })

  test('a migration edited after it ran is refused, and nothing new runs', async () => {
    const edited = step('0001-one.x', 'create table one (id bigint)')
    const three = step('0003-three.x', 'create table three (id integer)')
    expect(await migrate(db, [edited, two, three])).toEqual({ kind: 'fail', error: { kind: 'edited', name: '0001-one.x' } })
    expect((await sql<{ t: unknown }>`select to_regclass('three') as t`.execute(db)).rows).toEqual([{ t: null }])
  })

  test('other blanks and line ends are no edit', async () => {
    const wrapped = { ...one, checksum: sourceChecksum('create table\r\n  one (id integer)\n') }
    expect(await migrate(db, [wrapped, two])).toEqual({ kind: 'ok', value: [] })
  })

  test('a migration that ran and is gone is refused: the database is newer than the program', async () => {
    expect(await migrate(db, [one])).toEqual({ kind: 'fail', error: { kind: 'missing', name: '0002-two.x' } })
  })

  test('one that fails leaves nothing behind, not even its first statement', async () => {
    const broken = step('0003-broken.x', 'create table four (id integer); create table four (id integer)')
    const done = await migrate(db, [one, two, broken])
    expect(done).toMatchObject({ kind: 'fail', error: { kind: 'failed', name: '0003-broken.x' } })
    expect((await sql<{ t: unknown }>`select to_regclass('four') as t`.execute(db)).rows).toEqual([{ t: null }])
  })

  test('two processes that start at once on an empty database both succeed', async () => {
    const [server] = servers
    if (server === undefined) throw new Error('no server')
    const empty = await createDatabase(server.url)
    const starts = [openDatabase(openPool(empty.url)), openDatabase(openPool(empty.url))]
    const done = await Promise.all(starts.map((start) => migrate(start, migrations)))
    expect(done.map((d) => d.kind)).toEqual(['ok', 'ok'])
    expect(done.flatMap((d) => (d.kind === 'ok' ? d.value : []))).toHaveLength(migrations.length)
    await Promise.all(starts.map((start) => start.destroy()))
    await empty.drop()
  })
})

test('migrations are found by place and sorted by number, the platform before all', () => {
  const up = (): Promise<void> => Promise.resolve()
  const paths = [
    './features/b/migrations/0002-x.ts',
    './features/a/migrations/0002-x.ts',
    './platform/migrations/0000-platform.ts',
  ]
  const found = migrationsOf(
    Object.fromEntries(paths.map((path) => [path, { up }])),
    Object.fromEntries(paths.map((path) => [path, path])),
  )
  expect(found.map((file) => file.name)).toEqual(['0000-platform.platform', '0002-x.a', '0002-x.b'])
  expect(() => migrationsOf({ './features/a/migrations/x.ts': { up } }, {})).toThrow('not a migration')
})
