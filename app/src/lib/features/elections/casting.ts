import {
  castStatementText,
  checkBallot,
  judgeCast,
  noPreviousTracker,
  parseCastStatement,
  signReceipt,
  type CastRefusal,
} from '@quorate/ballots'
import { assert, fail, ok, type Instant, type Result } from '@quorate/kernel'
import { documentOf, signHead, type SignedHead } from '#lib/features/record/index.ts'
import type { Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { closingOf, historyOf, isOwnKey, publicRollOf } from './box.ts'
import type { CastFault } from './cast-fault.ts'
import { enqueue } from './cast-queue.ts'
import type { Candidate } from './cast-together.ts'
import { besideFew, inTurn } from './cast-turns.ts'
import { electionOf } from './engine.ts'
import { receiptKey } from './keys.ts'
import type { BallotTable, ElectionTable } from './tables.ts'

/** What a device sends to cast. `bind` is the opening s of its voting key's line in the bind list. */
export type Cast = {
  readonly ballot: string
  readonly statement: { readonly previous: string; readonly proof: unknown }
  readonly bind: string
}

/** A ballot in the box, with the server's signed promise. */
export type CastReceipt = {
  readonly uuid: string
  readonly fingerprint: string
  readonly code: string
  readonly digest: string
  readonly tracker: string
  readonly index: number
  readonly ballotNumber: number
  readonly at: Instant
  readonly checkpoint: string
  readonly signature: string
  readonly closesAt: number
  readonly replaced: boolean
}

/** A receipt, for a ballot that is new in the box or for the same bytes sent `again`; or why there is none. */
export type CastResult = Result<{ readonly receipt: CastReceipt; readonly again: boolean }, CastFault>

/**
 * Takes a ballot: every proof is checked before the log is locked, what depends on the others inside. The receipt is signed after the ballot
 * is durable and under a checkpoint. The same bytes again give the same receipt.
 */
export async function castBallot(work: Work, election: ElectionTable, personId: string | null, cast: Cast): Promise<CastResult> {
  if (personId === null) return fail({ kind: 'not-signed-in' })
  const turn = `${work.settings.databaseUrl} ${election.uuid} ${personId}`
  const done = await inTurn(turn, () => judgeAndPut(work, election, personId, cast))
  return done ?? fail({ kind: 'busy' })
}

async function judgeAndPut(work: Work, election: ElectionTable, personId: string, cast: Cast): Promise<CastResult> {
  const judged = await besideFew(() => judge(work, election, personId, cast))
  if (judged === null) return fail({ kind: 'busy' })
  if (judged.kind === 'fail') return judged
  if ('again' in judged.value) return ok({ receipt: await receiptOf(work, election, judged.value.again, null), again: true })
  const queued = await enqueue(work, election, judged.value)
  if (queued === null) return fail({ kind: 'busy' })
  const { put, head } = queued
  return put.kind === 'fail' ? put : ok({ receipt: await receiptOf(work, election, put.value, head), again: false })
}

/** All that can be told before the lock: a ballot that may go in, or the one it already is. */
async function judge(
  work: Work,
  election: ElectionTable,
  personId: string,
  cast: Cast,
): Promise<Result<Candidate | { readonly again: BallotTable }, CastFault>> {
  const text = election.election === null ? null : await documentOf(work.db, election.election)
  if (text === null) return fail({ kind: 'not-set-up' })
  const own = electionOf(text)
  const roll = await publicRollOf(work.db, election, text)
  const checked = checkBallot(own, roll, cast.ballot)
  if (checked.kind === 'fail')
    return fail({ kind: checked.error.kind === 'malformed' ? 'malformed' : 'bad-proof', check: checked.error.kind })
  const ballot = checked.value
  const again = await ballotRow(work.db, election.decision, ballot.tracker)
  if (!(await isOwnKey(work.db, election, ballot.credential, cast.bind, personId))) return fail({ kind: 'wrong-voter' })
  if (again !== undefined) return ok({ again })
  const statement = parseCastStatement(
    castStatementText(cast.statement as Parameters<typeof castStatementText>[0]), // parsed strictly on the next line
  )
  if (statement.kind === 'fail') return fail({ kind: 'malformed', check: 'cast statement' })
  const key = roll.entries.get(ballot.credential)?.key
  assert(key !== undefined, 'a checked ballot is on the roll')
  const judged = judgeCast(
    own.engine,
    key,
    { electionHash: own.fingerprint, credential: ballot.credential, digest: ballot.digest },
    statement.value,
    await historyOf(work.db, election.decision, ballot.credential),
    ballot.tracker,
  )
  return judged.kind === 'ok' ? ok({ ballot, statement: statement.value, personId }) : fail(refusedCast(judged.error))
}

function refusedCast(refusal: CastRefusal): CastFault {
  switch (refusal.kind) {
    case 'predecessor is not the last':
      return { kind: 'stale-predecessor', previous: refusal.expected === noPreviousTracker ? null : refusal.expected }
    case 'too many ballots':
      return { kind: 'too-many' }
    case 'proof fails':
      return { kind: 'bad-proof', check: 'cast statement' }
  }
}

const ballotRow = (db: Db, decision: number, tracker: string) =>
  db.selectFrom('ballot').selectAll().where('decision', '=', decision).where('tracker', '=', tracker).executeTakeFirst()

async function receiptOf(
  work: Work,
  election: ElectionTable,
  ballot: BallotTable,
  signed: SignedHead | null,
): Promise<CastReceipt> {
  const head = signed ?? (await signHead(work))
  assert(head !== null && head.size > ballot.position, 'a checkpoint covers the ballot')
  const { digest, tracker, code, position: index } = ballot
  const receipt = signReceipt(receiptKey(work.settings), {
    electionHash: election.phi ?? '',
    code,
    digest,
    tracker,
    index,
    checkpoint: head.note,
  })
  return {
    uuid: election.uuid,
    fingerprint: receipt.electionHash,
    code,
    digest,
    tracker,
    index,
    ballotNumber: ballot.number,
    at: ballot.at,
    checkpoint: head.note,
    signature: receipt.signature,
    closesAt: (await closingOf(work.db, election.decision)) ?? 0,
    replaced: ballot.turn > 1,
  }
}
