import pg from 'pg'
import type { Bench } from '../tools/measure.ts'
import { benchServer } from './embedded-postgres.ts'

const insert = { name: 'insert', text: 'insert into kept (id, body) values (gen_random_uuid(), $1)', values: ['x'.repeat(600)] }

/** `commits` single-row transactions shared by as many connections as the pool has. */
async function commit(pool: pg.Pool, connections: number, commits: number): Promise<void> {
  let left = commits
  const lane = async (): Promise<void> => {
    const client = await pool.connect()
    while (left-- > 0) await client.query(insert)
    client.release()
  }
  await Promise.all(Array.from({ length: connections }, lane))
}

/** The same work behind one lock, as the record appends: the head row is held from the first statement to the commit. */
async function append(pool: pg.Pool, connections: number, transactions: number, entries: number): Promise<void> {
  let left = transactions
  const lane = async (): Promise<void> => {
    const client = await pool.connect()
    while (left-- > 0) {
      await client.query('begin')
      await client.query('select size from head where id = 1 for update')
      for (let i = 0; i < entries; i++) await client.query(insert)
      await client.query({ name: 'grow', text: 'update head set size = size + $1 where id = 1', values: [entries] })
      await client.query('commit')
    }
    client.release()
  }
  await Promise.all(Array.from({ length: connections }, lane))
}

/** How many durable transactions a second the database takes on this machine's disk. */
export default async function commitsBench(): Promise<Bench> {
  const server = await benchServer()
  const connectionString = server.url
  const safe = new pg.Pool({ connectionString, max: 32 })
  const lax = new pg.Pool({ connectionString, max: 8, options: '-c synchronous_commit=off' })
  await safe.query('drop table if exists kept, head; create table kept (id uuid primary key, body text not null)')
  await safe.query('create table head (id int primary key, size bigint not null); insert into head values (1, 0)')
  return {
    title: 'PostgreSQL commits',
    about: `Single-row transactions of 600 bytes that are on the disk when they return (PostgreSQL ${server.version}). Connections share a flush, so more of them commit more in all. The rows behind one lock are how the record appends: each transaction holds the log's head row from its first statement to its commit. The last row does not wait for the disk and may lose what it confirmed: it is here as the measure of what durability costs, and nothing of ours uses it.`,
    cases: [
      { name: '1 connection', operations: 32, run: () => commit(safe, 1, 32) },
      { name: '8 connections', operations: 64, run: () => commit(safe, 8, 64) },
      { name: '32 connections', operations: 128, run: () => commit(safe, 32, 128) },
      { name: '8 connections behind one lock', operations: 32, run: () => append(safe, 8, 32, 1) },
      { name: '8 behind one lock, 8 rows a commit', operations: 64, run: () => append(safe, 8, 8, 8) },
      { name: '8 connections, not waiting for the disk', operations: 64, run: () => commit(lax, 8, 64) },
    ],
    end: async () => {
      await safe.query('drop table kept, head')
      await Promise.all([safe.end(), lax.end()])
      await server.end()
    },
  }
}
