import { assert } from '@quorate/kernel'
import { Kysely, PostgresDialect, type IsolationLevel, type Transaction } from 'kysely'
import pg from 'pg'

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
const int8 = 20
const dateType = 1082

/** node-postgres gives int8 (so `count(*)`) as text and dates as midnight in the machine's zone: both become what our types say. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? integer : oid === dateType ? (text: string) => text : pg.types.getTypeParser(oid, format)) as never,
}

/** A pool of connections to `url`. `sizeMax` connections at most; a connection nobody has for `waitMs` is an error, not an endless wait. */
export function openPool(url: string, sizeMax = 12, waitMs = 10_000): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: sizeMax, connectionTimeoutMillis: waitMs, types })
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

/**
 * Runs `fn` in one transaction and commits what it returns; a throw rolls back. Starts again, up to `attemptsMax` times, when the
 * database asks for it (40001, 40P01), so `fn` must have no effect outside the transaction. Inside a transaction it joins that one.
 */
export async function transaction<T>(
  db: Db,
  fn: (tx: Tx) => Promise<T>,
  { isolation = 'read committed', attemptsMax = 8 }: { isolation?: IsolationLevel; attemptsMax?: number } = {},
): Promise<T> {
  if (db.isTransaction) return fn(db as Tx) // `isTransaction` is Kysely's own mark of exactly this type
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
