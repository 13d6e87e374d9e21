import { castStatementText, parseCastStatement, receiptSignedBytes } from '@quorate/ballots'
import { assert, fail, ok, toHex, type Instant, type Result } from '@quorate/kernel'
import { logSigner, signHead, type SignedHead } from '#lib/features/record/index.ts'
import type { Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { closingOf, electionTextOf, publicRollOf } from './box.ts'
import { checkAside } from './cast-check.ts'
import type { CastFault } from './cast-fault.ts'
import { enqueue } from './cast-queue.ts'
import type { Candidate } from './cast-together.ts'
import { inTurn } from './cast-turns.ts'
import { hintsToKeep } from './hints.ts'
import { signEd25519 } from './keys.ts'
import type { BallotTable, ElectionTable } from './tables.ts'

/** What a device sends to cast. `bind` is the opening s of its voting key's line in the bind list. */
export type Cast = {
  readonly ballot: string
  readonly statement: { readonly previous: string; readonly proof: unknown }
  readonly bind: string
  /** base64 of the ballot's hints, where the device gives them: they make the check some five times faster and change nothing else. */
  readonly hints?: string | undefined
  /** base64 of the hint of the cast statement, likewise. */
  readonly statementHint?: string | undefined
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
 * Takes a ballot: every proof is checked by a thread of its own before the log is locked, what depends on the others inside. The receipt is signed after the ballot
 * is durable and under a checkpoint. The same bytes again give the same receipt.
 */
export async function castBallot(work: Work, election: ElectionTable, personId: string | null, cast: Cast): Promise<CastResult> {
  if (personId === null) return fail({ kind: 'not-signed-in' })
  const turn = `${work.settings.databaseUrl} ${election.uuid} ${personId}`
  const done = await inTurn(turn, () => judgeAndPut(work, election, personId, cast))
  return done ?? fail({ kind: 'busy' })
}

async function judgeAndPut(work: Work, election: ElectionTable, personId: string, cast: Cast): Promise<CastResult> {
  const judged = await judge(work, election, personId, cast)
  if (judged.kind === 'fail') return judged
  const queued = await enqueue(work, election, judged.value)
  if (queued === null) return fail({ kind: 'busy' })
  const { put, head, closesAt } = queued
  if (put.kind === 'ok') return ok({ receipt: await receiptOf(work, election, put.value, head, closesAt), again: false })
  if (put.error.kind !== 'already-in-box') return put
  // The very same bytes were first: this is their receipt once more.
  const there = await ballotRow(work.db, election.decision, judged.value.ballot.tracker)
  if (there === undefined) return put
  const closing = (await closingOf(work.db, election.decision)) ?? 0
  return ok({ receipt: await receiptOf(work, election, there, await signHead(work), closing), again: true })
}

/** All that can be told of a ballot by itself: its proofs and those of its statement. */
async function judge(work: Work, election: ElectionTable, personId: string, cast: Cast): Promise<Result<Candidate, CastFault>> {
  const text = election.election === null ? null : await electionTextOf(work.db, election.election)
  if (text === null) return fail({ kind: 'not-set-up' })
  const statement = parseCastStatement(
    castStatementText(cast.statement as Parameters<typeof castStatementText>[0]), // parsed strictly here
  )
  if (statement.kind === 'fail') return fail({ kind: 'malformed', check: 'cast statement' })
  const roll = await publicRollOf(work.db, election, text)
  const checked = await checkAside(text, roll, {
    text: cast.ballot,
    statement: statement.value,
    // Hints are never trusted: without good ones the check is the same and takes longer.
    ...(cast.hints === undefined ? {} : { packed: cast.hints }),
    ...(cast.statementHint === undefined ? {} : { packedStatement: cast.statementHint }),
    lean: true,
    pack: true,
  })
  if (checked === null) return fail({ kind: 'busy' })
  const { verdict, states, packed, byHints } = checked
  if (verdict.kind === 'fail')
    return fail({ kind: verdict.error.kind === 'malformed' ? 'malformed' : 'bad-proof', check: verdict.error.kind })
  if (!states) return fail({ kind: 'bad-proof', check: 'cast statement' })
  const stored = packed === undefined ? {} : { packed }
  const hints = hintsToKeep(cast, byHints)
  const beside = hints === undefined ? {} : { hints }
  return ok({ ballot: verdict.value, statement: statement.value, personId, bind: cast.bind, ...stored, ...beside })
}

const ballotRow = (db: Db, decision: number, tracker: string) =>
  db.selectFrom('ballot').selectAll().where('decision', '=', decision).where('tracker', '=', tracker).executeTakeFirst()

async function receiptOf(
  work: Work,
  election: ElectionTable,
  ballot: BallotTable,
  head: SignedHead | null,
  closesAt: number,
): Promise<CastReceipt> {
  assert(head !== null && head.size > ballot.position, 'a checkpoint covers the ballot')
  const { digest, tracker, code, position: index } = ballot
  const body = { electionHash: election.phi ?? '', code, digest, tracker, index, checkpoint: head.note }
  // The log's own key, in a domain of its own: a receipt must be checkable by whoever checks the record, and no voter be given a key of their own.
  const signature = await signEd25519(receiptSignedBytes(body), logSigner(work).secret)
  return {
    uuid: election.uuid,
    fingerprint: body.electionHash,
    code,
    digest,
    tracker,
    index,
    ballotNumber: ballot.number,
    at: ballot.at,
    checkpoint: head.note,
    signature: toHex(signature),
    closesAt,
    replaced: ballot.turn > 1,
  }
}
