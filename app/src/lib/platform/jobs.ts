import { run, runMigrations, type Runner, type TaskList } from 'graphile-worker'
import { Logger } from 'graphile-worker'
import type { Json } from '@quorate/kernel'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Db } from './database.ts'
import type { Job, Work } from './feature.ts'

/** The job that wakes the sweeper of some process at once. */
export const wakeJob = 'platform.wake'

/**
 * Puts a job into the queue, within the caller's transaction if there is one. Jobs with the same `key` that have not started yet become one.
 * A job is only a push: whatever must happen stands as a row that a sweep reads.
 */
export async function addJob(db: Db, name: string, payload: Json = null, key: string | null = null): Promise<void> {
  await sql`select graphile_worker.add_job(${name}, ${JSON.stringify(payload)}::json, job_key := ${key})`.execute(db)
}

/** Asks for a sweep as soon as this transaction commits, instead of within the second. */
export const wakeSweeper = (db: Db): Promise<void> => addJob(db, wakeJob, null, wakeJob)

const quiet = new Logger(() => (level, message) => {
  if (level === 'error') process.stderr.write(`quorate: queue: ${message}\n`)
})

/** Makes or updates the queue's own schema. */
export const migrateQueue = (pool: pg.Pool): Promise<void> => runMigrations({ pgPool: pool, logger: quiet })

/** Starts a worker for these jobs. `work` gives each run its own reading of the clock. Ends with `stop()`. */
export function startWorker(pool: pg.Pool, jobs: readonly Job[], work: () => Promise<Work>): Promise<Runner> {
  const taskList: TaskList = Object.fromEntries(
    jobs.map((job) => [job.name, async (payload: unknown) => job.run(await work(), payload)]),
  )
  return run({ pgPool: pool, taskList, concurrency: 4, pollInterval: 2_000, noHandleSignals: true, logger: quiet })
}
