import { newTrusteeKey, trusteeKeyFile } from '@quorate/ballots'
import { ok, type Result } from '@quorate/kernel'
import { z } from 'zod'
import { ceremonyOf, electionOfDecision, seatsOf, type ElectionTable } from '#lib/features/elections/index.ts'
import type { Db } from '#lib/platform/database.ts'
import type { Job, Sweep, Work } from '#lib/platform/feature.ts'
import { addJob } from '#lib/platform/jobs.ts'
import { closeSession, openSession, sessionCookie } from '#lib/platform/sessions.ts'
import { headlessWorld } from '../../../../booth/src/headless.ts'
import { sitAsTrustee, type Trustee } from '../../../../booth/src/trustee-client.ts'
import type { Table, TrusteeFailure } from '../../../../booth/src/trustee-state.ts'
import type { DemoTrusteeKeyTable } from './tables.ts'

/** A trustee whom the demonstration plays. */
export type PlayedTrustee = Pick<DemoTrusteeKeyTable, 'place' | 'complete' | 'opening' | 'fault'>

/** The trustees of a decision whom the demonstration plays, by place. */
export async function playedTrustees(db: Db, decision: number): Promise<readonly PlayedTrustee[]> {
  return db
    .selectFrom('demo_trustee_key')
    .select(['place', 'complete', 'opening', 'fault'])
    .where('decision', '=', decision)
    .orderBy('place')
    .execute()
}

/** The key file kept for a person at a decision's table, to take to their own browser; null when none is kept or its share is not made. */
export async function keptKeyFile(db: Db, decision: number, personId: string): Promise<string | null> {
  const row = await db
    .selectFrom('demo_trustee_key')
    .select('key_file')
    .where('decision', '=', decision)
    .where('person_id', '=', personId)
    .where('complete', '=', true)
    .executeTakeFirst()
  return row?.key_file ?? null
}

/** Signs a trustee in for as long as `act` takes, at the same client that their browser would run. */
async function seated<T>(work: Work, election: ElectionTable, personId: string, act: (at: Trustee) => Promise<T>): Promise<T> {
  const token = await openSession(work, personId)
  const signedIn: typeof globalThis.fetch = (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('cookie', `${sessionCookie}=${token}`)
    return fetch(input, { ...init, headers })
  }
  try {
    const world = headlessWorld({ origin: work.settings.publicAddress, fetch: signedIn, random: work.random })
    return await act(sitAsTrustee(world, election.uuid))
  } finally {
    await closeSession(work.db, token)
  }
}

/**
 * Lets every trustee but one make a key who has not begun. The key is kept before its first message is sent, so that nothing can be lost
 * between; what waits for a person's own steps goes on by {@link keySweep}.
 */
export async function makeKeys(work: Work, election: ElectionTable, except: string | null): Promise<void> {
  const { decision, uuid, group_name: group, threshold } = election
  const seats = await seatsOf(work.db, decision)
  const begun = new Set((await ceremonyOf(work.db, election, null)).steps.map((step) => step.index))
  for (const { place: index, personId } of seats) {
    if (personId === except || begun.has(index)) continue
    const key = newTrusteeKey({ uuid, group, size: seats.length, threshold, index }, work.random)
    await work.db
      .insertInto('demo_trustee_key')
      .values({ decision, place: index, person_id: personId, key_file: trusteeKeyFile(key), complete: false })
      .onConflict((c) => c.columns(['decision', 'place']).doNothing())
      .execute()
  }
  // Three steps, each of which waits for the others' last one; the fourth round takes the shares.
  for (let round = 0; round < 4; round++) await advanceKeys(work)
}

/** Takes each played trustee's next step in the key ceremony. Returns how many are done with theirs now. */
async function advanceKeys(work: Work): Promise<number> {
  const rows = await work.db.selectFrom('demo_trustee_key').selectAll().where('complete', '=', false).orderBy('place').execute()
  let completed = 0
  for (const row of rows) {
    const election = await electionOfDecision(work.db, row.decision)
    if (election === null) continue
    const { complete, keyFile, fault } = await seated(work, election, row.person_id, async (trustee) => {
      trustee.load(row.key_file)
      const looked = await trustee.look()
      return looked.kind === 'ok'
        ? { complete: !['start', 'making', 'lost-key'].includes(looked.value.stage), keyFile: trustee.keyFile(), fault: null }
        : { complete: false, keyFile: null, fault: looked.error.kind }
    })
    if (complete) completed++
    await work.db
      .updateTable('demo_trustee_key')
      .set({ complete, fault, ...(keyFile === null ? {} : { key_file: keyFile }) })
      .where('decision', '=', row.decision)
      .where('place', '=', row.place)
      .execute()
  }
  return completed
}

/** Keeps played trustees in step with a person who makes their key in a browser. */
export const keySweep: Sweep = { name: 'demo.trustees', run: advanceKeys, nextDue: () => Promise.resolve(null) }

const jobName = 'demo.open'

/** Asks a played trustee to open the box; false when the demonstration holds no key of that place. */
export async function askToOpen(db: Db, decision: number, place: number): Promise<boolean> {
  const asked = await db
    .updateTable('demo_trustee_key')
    .set({ opening: 'asked', fault: null })
    .where('decision', '=', decision)
    .where('place', '=', place)
    .where('complete', '=', true)
    .executeTakeFirst()
  if (asked.numUpdatedRows !== 1n) return false
  await addJob(db, jobName, { decision, place }, `${jobName}:${String(decision)}:${String(place)}`)
  return true
}

/** Shuffles the papers when it is this trustee's turn, and checks and opens the box once enough have shuffled. `keep` has the key file before. */
async function shuffleOrOpen(
  trustee: Trustee,
  stage: Table['stage'],
  keep: () => Promise<void>,
): Promise<Result<unknown, TrusteeFailure>> {
  const checkAndOpen = async (): Promise<Result<unknown, TrusteeFailure>> => {
    const checked = await trustee.check()
    if (checked.kind === 'fail') return checked
    await keep()
    return trustee.open()
  }
  if (stage === 'shuffled') return ok(null)
  if (stage !== 'to-shuffle') return checkAndOpen()
  const shuffled = await trustee.shuffle()
  if (shuffled.kind === 'fail') return shuffled
  const looked = await trustee.look()
  return looked.kind === 'ok' && looked.value.stage === 'to-open' ? checkAndOpen() : looked
}

/** Keeps a trustee's key file with what it has seen of the record since. */
async function keepFile(db: Db, { decision, place }: { decision: number; place: number }, keyFile: string | null): Promise<void> {
  if (keyFile === null) return
  await db
    .updateTable('demo_trustee_key')
    .set({ key_file: keyFile })
    .where('decision', '=', decision)
    .where('place', '=', place)
    .execute()
}

async function open(work: Work, decision: number, place: number): Promise<void> {
  const row = await work.db
    .selectFrom('demo_trustee_key')
    .selectAll()
    .where('decision', '=', decision)
    .where('place', '=', place)
    .where('opening', '=', 'asked')
    .executeTakeFirst()
  const election = await electionOfDecision(work.db, decision)
  if (row === undefined || election === null) return
  const fault = await seated(work, election, row.person_id, async (trustee) => {
    trustee.load(row.key_file)
    const looked = await trustee.look()
    if (looked.kind === 'fail') return looked.error.kind
    const done = await shuffleOrOpen(trustee, looked.value.stage, () => keepFile(work.db, row, trustee.keyFile()))
    if (done.kind === 'ok') return null
    return done.error.kind === 'will-not-open' ? done.error.why.kind : done.error.kind
  })
  await work.db
    .updateTable('demo_trustee_key')
    .set({ opening: fault === null ? null : 'failed', fault })
    .where('decision', '=', decision)
    .where('place', '=', place)
    .execute()
}

const payload = z.object({ decision: z.number().int(), place: z.number().int() })

/** The queue's side of {@link askToOpen}: the trustee's client re-checks the whole box first, about 10 ms a ballot. */
export const openingJob: Job = {
  name: jobName,
  run: async (work, data) => {
    const read = payload.safeParse(data)
    if (read.success) await open(work, read.data.decision, read.data.place)
  },
}
