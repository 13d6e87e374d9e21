import { assert } from '@quorate/kernel'
import { Kysely, PostgresDialect, type IsolationLevel, type Transaction } from 'kysely'
import pg, { TypeOverrides } from 'pg'

/**
 * Every table of the database. Each feature adds its own in its `tables.ts` by `declare module '#lib/platform/database.ts'`, so there is no
 * central list. Columns named `…_at` are instants: bigint milliseconds, exact, without a session's time zone. `…_on` are civil dates.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by declaration merging in every `tables.ts`
export interface Database {}

/** A connection or a transaction: what a function takes that only reads and writes rows. */
export type Db = Kysely<Database>
/** A running transaction: what a function takes whose writes must stand or fall together with its caller's. */
export type Tx = Transaction<Database>

const integer = (text: string): number => {
  const value = Number(text)
  assert(Number.isSafeInteger(value), 'an int8 of ours fits a safe integer')
  return value
}
/** node-postgres gives int8 (so `count(*)`) as text and dates as midnight in the machine's zone: both become what our types say. */
const types = new TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, integer)
types.setTypeParser(pg.types.builtins.DATE, (text) => text)

/**
 * A pool of connections to `url`, `sizeMax` at most; waiting longer than 10 s for one is an error, not an endless wait. `plain` leaves
 * node-postgres's own reading of values to a library that counts on it.
 */
export function openPool(url: string, { sizeMax = 12, plain = false }: { sizeMax?: number; plain?: boolean } = {}): pg.Pool {
  const reading = plain ? {} : { types }
  const pool = new pg.Pool({ connectionString: url, max: sizeMax, connectionTimeoutMillis: 10_000, ...reading })
  // An idle connection that the server ends (restart, failover) must not end the process; the next query opens another.
  pool.on('error', () => undefined)
  // Nor while a query's owner holds it: the query itself fails and says so.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return pool
}

/** Typed queries over a pool; `destroy()` ends the pool. */
export const openDatabase = (pool: pg.Pool): Db => new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })

const serializationFailure = '40001'
const deadlock = '40P01'

/** The SQLSTATE of a database error, or null for anything else. */
export function sqlState(error: unknown): string | null {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null
}

/** Whether an error is a unique key saying that the row is there already (23505). */
export const isDuplicate = (error: unknown): boolean => sqlState(error) === '23505'

const isTransaction = (db: Db): db is Tx => db.isTransaction

/**
 * Runs `fn` in one transaction and commits what it returns; a throw rolls back. Starts again, up to `attemptsMax` times, when the
 * database asks for it (40001, 40P01), so `fn` must have no effect outside the transaction. Inside a transaction it joins that one.
 */
export async function transaction<T>(
  db: Db,
  fn: (tx: Tx) => Promise<T>,
  { isolation = 'read committed', attemptsMax = 8 }: { isolation?: IsolationLevel; attemptsMax?: number } = {},
): Promise<T> {
  if (isTransaction(db)) return fn(db)
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().setIsolationLevel(isolation).execute(fn)
    } catch (error) {
      const state = sqlState(error)
      if ((state !== serializationFailure && state !== deadlock) || attempt >= attemptsMax) throw error
      // Full jitter: rivals that collided once must not collide again in step.
      await new Promise((wake) => setTimeout(wake, Math.random() * 10 * 2 ** attempt))
    }
  }
}

/** Cuts `rows` so that a multi-row insert stays under PostgreSQL's 65,535 parameters. */
export function* chunks<T>(rows: readonly T[], size = 1_000): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size)
}
