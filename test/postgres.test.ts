import pg from 'pg'
import { expect, test } from 'vitest'
import { createDatabase, onEveryServer, servers } from './postgres.ts'

test('the embedded server is there', () => {
  expect(servers[0]?.name).toMatch(/embedded|QUORATE_TEST_DATABASE_URL/)
})

onEveryServer('a test database', (server) => {
  test('is empty, its own, of PostgreSQL 15 or newer, and goes away', async () => {
    const database = await createDatabase(server.url)
    const client = new pg.Client({ connectionString: database.url })
    client.on('error', () => undefined)
    await client.connect()
    const { rows } = await client.query<{ tables: string; version: number }>(
      "select (select count(*) from pg_tables where schemaname = 'public') as tables, current_setting('server_version_num')::int as version",
    )
    expect(rows[0]?.tables).toBe('0')
    expect(rows[0]?.version).toBeGreaterThanOrEqual(150_000)
    await database.drop()
    await expect(client.query('select 1')).rejects.toThrow()
    await client.end().catch(() => undefined)
  })
})
