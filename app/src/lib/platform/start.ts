import { fail, ok, type Clock, type Result } from '@quorate/kernel'
import type { Runner } from 'graphile-worker'
import { movementClock, machineClock } from './clock.ts'
import { openDatabase, openPool, type Db } from './database.ts'
import type { Feature, Sweep, Work } from './feature.ts'
import { migrateQueue, startWorker, wakeJob } from './jobs.ts'
import { drainMail, mailsWaiting, openPostOffice, smtpTransport, type PostOffice, type Transport } from './mail.ts'
import { migrate, type MigrationFile } from './migrations.ts'
import { readMovement, type Movement } from './movement.ts'
import { systemRandom } from './random.ts'
import { sweepSessions } from './sessions.ts'
import type { Settings } from './settings.ts'
import { startSweeper, SweepNotes } from './sweeper.ts'

/** A running platform: what every request and every sweep draws on. */
export type Platform = {
  readonly db: Db
  readonly machine: Clock
  readonly settings: Settings
  readonly features: readonly Feature[]
  readonly sweeps: readonly Sweep[]
  /** A fresh reading of the movement's clock with all that work needs. */
  readonly work: () => Promise<Work>
  readonly stop: () => Promise<void>
}

/** What {@link startPlatform} needs. `found` fills an empty database in one transaction; it runs only when there is no movement. */
export type StartOptions = {
  readonly settings: Settings
  readonly features: readonly Feature[]
  readonly migrations: readonly MigrationFile[]
  readonly found: (db: Db, machine: Clock, features: readonly Feature[], settings: Settings) => Promise<void>
  /** Whether this process sends mail and runs due work; a pure web process need not. */
  readonly worker: boolean
}

const mailSweep = (transport: Transport): Sweep => ({
  name: 'mail',
  run: (work) => drainMail(work.db, work.clock, work.machine, transport),
  nextDue: async (work) => ((await mailsWaiting(work.db)) > 0 ? work.clock.now() : null),
})
const sessionSweep: Sweep = {
  name: 'sessions',
  run: async (work) => {
    await sweepSessions(work.db, work.machine)
    return 0
  },
  nextDue: () => Promise.resolve(null),
}

async function prepare(db: Db, machine: Clock, options: StartOptions): Promise<Result<Movement, string>> {
  const { settings, features, migrations, found } = options
  const migrated = await migrate(db, migrations)
  if (migrated.kind === 'fail') {
    const { error } = migrated
    if (error.kind === 'edited') return fail(`the migration ${error.name} was edited after it ran; add a new one instead`)
    if (error.kind === 'missing')
      return fail(`the database was made by a newer version: this one lacks the migration ${error.name}`)
    return fail(`the migration ${error.name} failed: ${error.cause instanceof Error ? error.cause.message : String(error.cause)}`)
  }
  let movement = await readMovement(db)
  if (movement === null && settings.demoWhenEmpty) {
    await found(db, machine, features, settings)
    movement = await readMovement(db)
  }
  return movement === null ? fail('the database is empty and QUORATE_DEMO is off: found a movement first') : ok(movement)
}

/** Brings the schema up to date, founds the demonstration in an empty database, and starts mail, queue and due work. */
export async function startPlatform(options: StartOptions): Promise<Result<Platform, string>> {
  const { settings, features } = options
  const pool = openPool(settings.databaseUrl)
  const db = openDatabase(pool)
  const machine = machineClock()
  const prepared = await prepare(db, machine, options).catch((error: unknown) => {
    const why = error instanceof Error && error.message !== '' ? error.message : String(error)
    return fail(`the database cannot be used: ${why}`)
  })
  if (prepared.kind === 'fail') {
    await db.destroy()
    return prepared
  }
  const movement = prepared.value
  const work = async (): Promise<Work> => ({
    db,
    machine,
    clock: movement.demo ? await movementClock(db, machine) : machine,
    random: systemRandom,
    settings,
    movement,
  })

  const own = features.flatMap((feature) => [...(feature.sweeps ?? []), ...(feature.sweepsOver?.(features) ?? [])])
  let office: PostOffice | null = null
  let transport: Transport | null = null
  const queuePool = openPool(settings.databaseUrl, { sizeMax: 6, plain: true })
  let runner: Runner | null = null
  let sweeper: ReturnType<typeof startSweeper> | null = null
  let sweeps = own
  if (options.worker) {
    // A demonstration never sends to the world: its mail goes to its own post office whatever else is set.
    if (movement.demo) office = await openPostOffice(db, async () => (await work()).clock, systemRandom)
    const smtpUrl = office?.url ?? settings.smtpUrl
    if (smtpUrl !== null) {
      transport = smtpTransport(smtpUrl, { name: movement.name, address: settings.mailFrom })
      sweeps = [...own, mailSweep(transport)]
    }
    await migrateQueue(queuePool)
    const started = startSweeper([...sweeps, sessionSweep], work, new SweepNotes(db, machine))
    sweeper = started
    const wake = { name: wakeJob, run: () => Promise.resolve(started.wake()) }
    runner = await startWorker(queuePool, [wake, ...features.flatMap((feature) => feature.jobs ?? [])], work)
  }
  return ok({
    db,
    machine,
    settings,
    features,
    sweeps,
    work,
    stop: async () => {
      await sweeper?.stop()
      await runner?.stop()
      transport?.close()
      await office?.close()
      await queuePool.end()
      await db.destroy()
    },
  })
}
