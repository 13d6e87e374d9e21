import { assert, fail, instant, ok, toHex, type Instant, type Result } from '@quorate/kernel'
import {
  rollCallFigures,
  rollCallSeatKey,
  rollCallText,
  signRollCallVote,
  type RollCallFigures,
  type RollCallSeat,
  type RollCallVote,
} from '@quorate/record'
import { provision, type Fingerprint } from '@quorate/rulebook'
import { fullName, personsById, seatedIn, seatsOf } from '#lib/features/membership/index.ts'
import { lockLog, logSigner, storeDocument } from '#lib/features/record/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { transaction, type Db, type Tx } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { call, exercise, type OnRollCall } from './commands.ts'
import type { Performed, PerformFault } from './perform.ts'
import { proposalText } from './proposal.ts'
import { freshPseudonym } from './pseudonym.ts'
import type { RollCallTable, RollCallVoteTable } from './tables.ts'
import './tables.ts'

/** What a roll-call is opened on: a power that the body uses outright, or calls the members with, and the words of the question. */
export type OpenedRollCall = Pick<RollCallTable, 'body' | 'power' | 'way' | 'title' | 'reasons'>

/** Why somebody may not do this to a roll-call. Nothing was written. */
export type RollCallFaultKind =
  'not seated' | 'no such roll-call' | 'closed' | 'voted already' | 'not in the chair' | 'still open' | 'acted already'

type Line = Pick<RollCallVoteTable, 'seat' | 'pseudonym' | 'vote' | 'at' | 'signature'>

const hourMs = 3_600_000

// Seats are kept as keys; a class has no blank, so the last one parts it from the number.
function seatOfKey(key: string): RollCallSeat {
  const blank = key.lastIndexOf(' ')
  return { seat: key.slice(0, blank), number: Number(key.slice(blank + 1)) }
}

/** The seat that a person has in a body, as a key; null when they have none. Of two seats one votes: a roll-call is of people. */
async function seatIn(db: Db, body: string, personId: string, now: Instant): Promise<string | null> {
  const own = (await seatsOf(db, personId, now)).find((seat) => seat.body === body)
  return own === undefined ? null : rollCallSeatKey(own)
}

/**
 * Opens a roll-call, of a body whose rule is an open vote that is published; whoever opens it is in the chair for it. The text it is about stands beside the
 * record from then on and cannot change.
 */
export async function openRollCall(
  work: Work,
  personId: string,
  { body, power, way, title, reasons }: OpenedRollCall,
): Promise<Result<string, 'not seated' | 'not by name'>> {
  const rule = provision(await rulebookInForce(work.db), 'body', body)?.rule
  // A body that publishes totals only, or nothing, does not put each member's vote on the record.
  const published = rule?.publishes?.votes?.kind ?? '<length> after meeting'
  if (rule?.vote !== 'open' || published !== '<length> after meeting') return fail('not by name')
  return transaction(work.db, async (tx) => {
    const now = await lockLog(tx, work.clock.now())
    if ((await seatIn(tx, body, personId, now)) === null) return fail('not seated')
    // Whoever has two seats has one vote, from the first of them: the other is not called, so that all who are can answer.
    const first = new Map<string, string>()
    for (const seat of await seatedIn(tx, body, now))
      if (!first.has(seat.personId)) first.set(seat.personId, rollCallSeatKey(seat))
    const id = toHex(work.random(16))
    const document = await storeDocument(tx, proposalText({ title, reasons, changes: [] }))
    const row = {
      id,
      body,
      power,
      way,
      title,
      reasons,
      document,
      seats: [...first.values()],
      opened_by: personId,
      opened_at: now,
    }
    await tx
      .insertInto('roll_call')
      .values({ ...row, closed_at: null, result: null, acted_at: null, decision: null })
      .execute()
    return ok(id)
  })
}

const rowOf = (db: Db, id: string): Promise<RollCallTable | undefined> =>
  db.selectFrom('roll_call').selectAll().where('id', '=', id).executeTakeFirst()

/** The roll-call, locked until the transaction ends: votes and the closing come one after the other. */
const lockedRow = (tx: Tx, id: string): Promise<RollCallTable | undefined> =>
  tx.selectFrom('roll_call').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** A seated member says for, against or abstain, once. The line is signed as it is taken; the last seat to answer closes the roll-call. */
export async function castRollCall(
  work: Work,
  personId: string,
  id: string,
  vote: RollCallVote['vote'],
): Promise<Result<{ readonly closed: boolean }, RollCallFaultKind>> {
  return transaction(work.db, async (tx) => {
    const now = await lockLog(tx, work.clock.now())
    const row = await lockedRow(tx, id)
    if (row === undefined) return fail('no such roll-call')
    const key = await seatIn(tx, row.body, personId, now)
    if (key === null || !row.seats.includes(key)) return fail('not seated')
    const votes = await linesOf(tx, id)
    if (votes.some((line) => line.seat === key || line.person_id === personId)) return fail('voted already')
    if (row.closed_at !== null) return fail('closed')
    const { salt, pseudonym } = freshPseudonym(work.random, personId)
    const said = { seat: seatOfKey(key), member: pseudonym, vote, at: now }
    const { signature } = signRollCallVote(questionOf(row), said, logSigner(work))
    const line = { seat: key, pseudonym, vote, at: now, signature }
    await tx
      .insertInto('roll_call_vote')
      .values({ ...line, roll_call: id, person_id: personId, salt })
      .execute()
    const closed = votes.length + 1 === row.seats.length
    if (closed) await close(tx, row, [...votes, line], now)
    return ok({ closed })
  })
}

const linesOf = (db: Db, id: string): Promise<RollCallVoteTable[]> =>
  db.selectFrom('roll_call_vote').selectAll().where('roll_call', '=', id).orderBy('seat').execute()

const questionOf = ({ id, body, power, document }: RollCallTable) => ({ id, body, power, question: document })

/** Whoever opened it; once they have left the body, each of those who sit in it, or it could stay open for ever. */
const inTheChair = async (db: Db, row: RollCallTable, personId: string, now: Instant): Promise<boolean> =>
  row.opened_by === personId || row.opened_by === null || (await seatIn(db, row.body, row.opened_by, now)) === null

/** Whoever opened it closes it before all have voted: those who are not there have said nothing. */
export async function closeRollCall(work: Work, personId: string, id: string): Promise<Result<null, RollCallFaultKind>> {
  return transaction(work.db, async (tx) => {
    const now = await lockLog(tx, work.clock.now())
    const row = await lockedRow(tx, id)
    if (row === undefined) return fail('no such roll-call')
    if ((await seatIn(tx, row.body, personId, now)) === null) return fail('not seated')
    if (!(await inTheChair(tx, row, personId, now))) return fail('not in the chair')
    if (row.closed_at !== null) return fail('closed')
    await close(tx, row, await linesOf(tx, id), now)
    return ok(null)
  })
}

const voteOf = ({ seat, pseudonym, vote, at, signature }: Line): RollCallVote => ({
  seat: seatOfKey(seat),
  member: pseudonym,
  vote,
  at,
  signedBy: 'service',
  signature,
})

/** Writes the document of a roll-call beside the record. */
async function close(tx: Tx, row: RollCallTable, lines: readonly Line[], now: Instant): Promise<void> {
  const text = rollCallText({
    ...questionOf(row),
    openedAt: row.opened_at,
    closedAt: now,
    closed: lines.length === row.seats.length ? 'all' : 'chair',
    seats: row.seats.map(seatOfKey),
    votes: lines.map(voteOf),
  })
  const result = await storeDocument(tx, text)
  await tx.updateTable('roll_call').set({ closed_at: now, result }).where('id', '=', row.id).execute()
}

/** Two people pressed at once: the transaction of the second is undone. */
class ActedAlready extends Error {
  override readonly name = 'ActedAlready'
}

/** Puts what a closed roll-call came to before the rules, once, whatever they answer: any seated member may. */
export async function actOnRollCall(
  work: Work,
  personId: string,
  id: string,
): Promise<Result<Performed, PerformFault | { readonly kind: RollCallFaultKind }>> {
  const row = await rowOf(work.db, id)
  if (row === undefined) return fail({ kind: 'no such roll-call' })
  if ((await seatIn(work.db, row.body, personId, work.clock.now())) === null) return fail({ kind: 'not seated' })
  const { closed_at: closedAt, result, power, body, title, reasons } = row
  if (closedAt === null || result === null) return fail({ kind: 'still open' })
  const figures = rollCallFigures({ votes: (await linesOf(work.db, id)).map(voteOf) })
  const vote = { for: figures.for, against: figures.against }
  const rollCall: OnRollCall = {
    abstain: figures.abstain,
    closedAt,
    evidence: result as Fingerprint, // storeDocument gives the SHA-256 in hex
    claim: async ({ tx, now }) => {
      const own = tx.updateTable('roll_call').set({ acted_at: now }).where('id', '=', id).where('acted_at', 'is', null)
      if ((await own.returning('id').executeTakeFirst()) === undefined) throw new ActedAlready()
    },
    then: async ({ tx, decision }) => {
      await tx.updateTable('roll_call').set({ decision }).where('id', '=', id).execute()
    },
  }
  try {
    if (row.way === 'call') return await call(work, personId, { power, title, reasons, vote, rollCall })
    // In an hour, to the minute.
    const effectAt = instant(Math.floor((work.clock.now() + hourMs) / 60_000) * 60_000)
    return await exercise(work, personId, { power, body, title, text: reasons, effectAt, vote, rollCall })
  } catch (error) {
    if (error instanceof ActedAlready) return fail({ kind: 'acted already' })
    throw error
  }
}

/** One seat of a roll-call as everybody of the body sees it: who has it, by name while they are on the register, and what they said. */
export type RollCallLine = {
  readonly seat: RollCallSeat
  readonly name: string | null
  readonly vote: RollCallVote['vote'] | null
  readonly at: Instant | null
}

/** A roll-call with its lines. `mine`: the seat of whoever looks and what they said; null when they may not vote in it. */
export type RollCallPage = Pick<RollCallTable, 'id' | 'power' | 'way' | 'title' | 'reasons' | 'decision'> & {
  readonly openedAt: Instant
  readonly closedAt: Instant | null
  readonly actedAt: Instant | null
  readonly result: string | null
  readonly figures: RollCallFigures
  readonly lines: readonly RollCallLine[]
  readonly mine: { readonly voted: boolean } | null
  readonly inTheChair: boolean
}

/** A roll-call of a body as a member of it sees it; null when there is none of this id. */
export async function rollCallPage(work: Work, personId: string, body: string, id: string): Promise<RollCallPage | null> {
  const row = await rowOf(work.db, id)
  if (row === undefined || row.body !== body) return null
  const now = work.clock.now()
  const votes = await linesOf(work.db, id)
  const holders = new Map((await seatedIn(work.db, body, now)).map((seat) => [rollCallSeatKey(seat), seat.personId]))
  for (const { seat, person_id } of votes)
    if (person_id === null) holders.delete(seat)
    else holders.set(seat, person_id)
  const people = await personsById(work.db, [...holders.values()])
  const own = await seatIn(work.db, body, personId, now)
  const lines = row.seats.map((key) => {
    const line = votes.find(({ seat }) => seat === key)
    const person = people.get(holders.get(key) ?? '')
    return {
      seat: seatOfKey(key),
      name: person === undefined ? null : fullName(person),
      vote: line?.vote ?? null,
      at: line?.at ?? null,
    }
  })
  assert(votes.length <= lines.length, 'one vote a seat')
  const { power, way, title, reasons, decision, result } = row
  return {
    ...{ id, power, way, title, reasons, decision, result, lines },
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    actedAt: row.acted_at,
    figures: rollCallFigures({ votes: votes.map(voteOf) }),
    mine:
      own === null || !row.seats.includes(own)
        ? null
        : { voted: votes.some(({ seat, person_id }) => seat === own || person_id === personId) },
    inTheChair: own !== null && (await inTheChair(work.db, row, personId, now)),
  }
}

/** The roll-calls of a body, latest first, at most 100. */
export async function rollCallsListed(
  db: Db,
  body: string,
): Promise<readonly { readonly id: string; readonly title: string; readonly openedAt: Instant; readonly open: boolean }[]> {
  const rows = await db
    .selectFrom('roll_call')
    .select(['id', 'title', 'opened_at', 'closed_at'])
    .where('body', '=', body)
    .orderBy('opened_at', 'desc')
    .limit(100)
    .execute()
  return rows.map((row) => ({ id: row.id, title: row.title, openedAt: row.opened_at, open: row.closed_at === null }))
}
