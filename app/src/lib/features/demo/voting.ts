import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { electionOfDecision, standingOf } from '#lib/features/elections/index.ts'
import { addJob } from '#lib/platform/jobs.ts'
import type { Db } from '#lib/platform/database.ts'
import type { Job, Work } from '#lib/platform/feature.ts'
import { castVote } from '../../../../booth/src/headless.ts'

/** How far the demonstration's voters have come in one decision. */
export type Voting = {
  readonly wanted: number
  readonly done: number
  readonly again: number
  readonly failed: number
  readonly running: boolean
  readonly fault: string | null
}

/** Most members one press makes vote. */
export const votersMax = 2_000
const batch = 12
// Locking and checking a ballot share this process's one thread; three voters keep it busy without starving pages.
const atOnce = 3

const jobName = 'demo.vote'
const wake = (db: Db, decision: number): Promise<void> => addJob(db, jobName, { decision }, `${jobName}:${String(decision)}`)

/** How the voting of a decision stands; null when nobody was made to vote. */
export async function votingOf(db: Db, decision: number): Promise<Voting | null> {
  const row = await db.selectFrom('demo_voting').selectAll().where('decision', '=', decision).executeTakeFirst()
  return row === undefined ? null : { ...row, running: row.state === 'running' }
}

/** Makes `count` more members vote; false when the ballot is not open or it is being done already. */
export async function startVoting(work: Work, decision: number, count: number): Promise<boolean> {
  const election = await electionOfDecision(work.db, decision)
  if (election === null || (await standingOf(work.db, election, work.clock.now())).state !== 'open') return false
  const started = await sql`
    insert into demo_voting (decision, wanted, done, again, failed, cursor, state) values (${decision}, ${count}, 0, 0, 0, 0, 'running')
    on conflict (decision) do update set wanted = demo_voting.done + ${count}, failed = 0, state = 'running', fault = null
    where demo_voting.state <> 'running'`.execute(work.db)
  if (started.numAffectedRows !== 1n) return false
  await wake(work.db, decision)
  return true
}

/** Stops after the voters who are at it now. */
export async function stopVoting(db: Db, decision: number): Promise<void> {
  await db
    .updateTable('demo_voting')
    .set({ state: 'stopped' })
    .where('decision', '=', decision)
    .where('state', '=', 'running')
    .execute()
}

/** A member with the voting link that came by mail. */
type Recipient = { readonly number: number; readonly address: string; readonly link: string }

/** Members on the roll who hold a link and have not voted, after a membership number; nobody whom a visitor can be. */
async function recipients(db: Db, decision: number, uuid: string, after: number): Promise<readonly Recipient[]> {
  const { rows } = await sql<{ number: number; address: string; link: string }>`
    select distinct on (p.membership_number) p.membership_number as number, p.email as address, l.link
    from roll_line r join person p on p.id = r.person_id join demo_mail m on m.address = lower(p.email),
      jsonb_array_elements_text(m.links) l (link)
    where r.decision = ${decision} and p.membership_number > ${after} and l.link like ${`%/vote/${uuid}#%`}
      and not exists (select from participation v where v.decision = r.decision and v.person_id = p.id)
      and not exists (select from demo_role d where d.person_id = p.id)
    order by p.membership_number, m.received_at desc limit ${batch}`.execute(db)
  return rows
}

/** How a member of the demonstration votes: about three to one for, one in sixteen changes their mind. The same every time. */
export function whimOf(uuid: string, address: string): { readonly choice: 0 | 1; readonly changes: boolean } {
  const [first = 0, second = 0] = createHash('sha256').update(`quorate/demo-vote/v1|${uuid}|${address}`).digest()
  return { choice: first < 192 ? 0 : 1, changes: second < 16 }
}

/** In what order a member of the demonstration puts answers, and how many: of two votes of one member each its own, the same every time. */
function orderOf(uuid: string, address: string, answers: number, vote: number): readonly number[] {
  const weight = (place: number): string =>
    createHash('sha256')
      .update(`quorate/demo-order/v1|${uuid}|${address}|${String(vote)}|${String(place)}`)
      .digest('hex')
  const order = Array.from({ length: answers }, (_, place) => place).toSorted((a, b) => (weight(a) < weight(b) ? -1 : 1))
  return order.slice(0, 1 + (parseInt(weight(answers).slice(0, 8), 16) % answers))
}

async function vote(work: Work, uuid: string, { address, link }: Recipient): Promise<string | null> {
  const { choice, changes } = whimOf(uuid, address)
  const at = { origin: work.settings.publicAddress, fetch: globalThis.fetch, random: work.random, link }
  for (const marked of changes ? [1 - choice, choice] : [choice]) {
    const cast = await castVote({
      ...at,
      choose: ({ depth, top, answers }) => {
        const order = depth === null && top === null ? [] : orderOf(uuid, address, answers.length, marked)
        if (top !== null) return answers.map((_, place) => (order.includes(place) ? Math.max(0, top - order.indexOf(place)) : 0))
        return depth === null ? marked : order
      },
    })
    if (cast.kind === 'fail') return cast.error.kind === 'refused' ? cast.error.problem.code : cast.error.kind
  }
  return null
}

/** Takes a member's turn; false when it was taken already (by a rival job) or voting was stopped. */
async function takeTurn(db: Db, decision: number, { number }: Recipient): Promise<boolean> {
  const taken = await db
    .updateTable('demo_voting')
    .set({ cursor: number })
    .where('decision', '=', decision)
    .where('state', '=', 'running')
    .where('cursor', '<', number)
    .executeTakeFirst()
  return taken.numUpdatedRows === 1n
}

async function note(db: Db, decision: number, fault: string | null, again: boolean): Promise<void> {
  await db
    .updateTable('demo_voting')
    .set((e) => ({
      done: fault === null ? e('done', '+', 1) : e.ref('done'),
      again: fault === null && again ? e('again', '+', 1) : e.ref('again'),
      failed: fault === null ? e.ref('failed') : e('failed', '+', 1),
      ...(fault === null ? {} : { fault }),
    }))
    .where('decision', '=', decision)
    .execute()
}

/** Lets the next few members vote, then asks for the next few: a short job, so that stopping the server loses nothing. */
async function runBatch(work: Work, decision: number): Promise<void> {
  const row = await work.db.selectFrom('demo_voting').selectAll().where('decision', '=', decision).executeTakeFirst()
  const election = await electionOfDecision(work.db, decision)
  if (row?.state !== 'running' || election === null) return
  const open = (await standingOf(work.db, election, work.clock.now())).state === 'open'
  const found = open ? await recipients(work.db, decision, election.uuid, row.cursor) : []
  const queue = found.slice(0, Math.max(0, row.wanted - row.done))
  if (queue.length === 0) {
    await work.db
      .updateTable('demo_voting')
      .set({ state: 'done' })
      .where('decision', '=', decision)
      .where('state', '=', 'running')
      .execute()
    return
  }
  const voters = queue.values()
  const voter = async (): Promise<void> => {
    for (const recipient of voters) {
      if (!(await takeTurn(work.db, decision, recipient))) continue
      const { changes } = whimOf(election.uuid, recipient.address)
      const fault = await vote(work, election.uuid, recipient).catch((error: unknown) => String(error))
      await note(work.db, decision, fault, changes)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, voter))
  await wake(work.db, decision)
}

const payload = z.object({ decision: z.number().int() })

/** The queue's side of {@link startVoting}. */
export const votingJob: Job = {
  name: jobName,
  run: async (work, data) => {
    const read = payload.safeParse(data)
    if (read.success) await runBatch(work, read.data.decision)
  },
}
