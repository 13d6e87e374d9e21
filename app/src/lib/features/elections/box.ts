import {
  ballotCodeOf,
  castStatementText,
  checkBallot,
  judgeCast,
  noPreviousTracker,
  openBind,
  parseCastStatement,
  parsePublicRoll,
  receiptKeyOf,
  signReceipt,
  voterPseudonymOf,
  type CheckedBallot,
  type Element,
  type PublicRoll,
} from '@quorate/ballots'
import { assert, fail, fromBase64, ok, toHex, type Instant, type Result } from '@quorate/kernel'
import type { DecisionId, Fact, Fingerprint, Pseudonym } from '@quorate/rulebook'
import { perform, type PerformFault } from '#lib/features/motions/index.ts'
import { documentOf, signHead, type Draft } from '#lib/features/record/index.ts'
import { isDuplicate, type Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { electionOf } from './engine.ts'
import { receiptKey } from './keys.ts'
import type { BallotTable, ElectionTable } from './tables.ts'

/** What a device sends to cast. `bind` is the opening s of its voting key's line in the bind list. */
export type Cast = {
  readonly ballot: string
  readonly statement: { readonly previous: string; readonly proof: unknown }
  readonly bind: string
}

/** Why a ballot was not taken. Nothing was written. `check` names what failed. */
export type CastFault =
  | { readonly kind: 'not-signed-in' | 'wrong-voter' | 'code-collision' | 'already-in-box' | 'too-many' | 'not-set-up' }
  | { readonly kind: 'stale-predecessor'; readonly previous: string | null }
  | { readonly kind: 'malformed' | 'bad-proof'; readonly check: string }
  | { readonly kind: 'refused'; readonly refusal: PerformFault }

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

const rolls = new Map<string, PublicRoll<Element>>()

/** The public roll of an election that was set up, parsed once: its strict check costs a subgroup test a key. */
export async function publicRollOf(db: Db, election: ElectionTable, text: string): Promise<PublicRoll<Element>> {
  const held = rolls.get(election.uuid)
  if (held !== undefined) return held
  const list = election.credentials === null ? null : await documentOf(db, election.credentials)
  const roll = parsePublicRoll(electionOf(text).engine, list ?? '')
  assert(roll.kind === 'ok', 'the public roll we made is one')
  rolls.set(election.uuid, roll.value)
  return roll.value
}

/** The lower-case hex of a tracker: how an act cites the ballot's bytes. */
function trackerHex(tracker: string): Fingerprint {
  const bytes = fromBase64(tracker, false)
  assert(bytes.kind === 'ok', 'a tracker of ours is base64')
  return toHex(bytes.value) as Fingerprint // SHA-256 of the ballot
}

/** Whose roll line opens a voting key's bind: the person, found by trying every leaf; null when none does. Cost: one hash a line. */
export async function personOfKey(
  db: Db,
  { decision, uuid }: ElectionTable,
  votingKey: string,
  secret: string,
): Promise<{ readonly personId: string; readonly leaf: string } | null> {
  const line = await db
    .selectFrom('voting_key')
    .select('bind')
    .where('decision', '=', decision)
    .where('voting_key', '=', votingKey)
    .executeTakeFirst()
  if (line === undefined) return null
  const leaves = await db.selectFrom('roll_line').select(['person_id', 'leaf']).where('decision', '=', decision).execute()
  const found = leaves.find(({ leaf }) => openBind(uuid, votingKey, line.bind, { leaf, secret }).kind === 'ok')
  return found === undefined ? null : { personId: found.person_id, leaf: found.leaf }
}

/** Where a voting key stands in the box. */
export async function historyOf(db: Db, decision: number, votingKey: string) {
  const last = await db
    .selectFrom('ballot')
    .select(['turn', 'tracker'])
    .where('decision', '=', decision)
    .where('voting_key', '=', votingKey)
    .orderBy('turn', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { cast: last?.turn ?? 0, last: last?.tracker ?? noPreviousTracker }
}

/**
 * Takes a ballot: every proof is checked before the log is locked, what depends on the others inside. The receipt is signed after the ballot
 * is durable and under a checkpoint. The same bytes again give the same receipt.
 */
export async function castBallot(
  work: Work,
  election: ElectionTable,
  personId: string | null,
  cast: Cast,
): Promise<Result<{ readonly receipt: CastReceipt; readonly again: boolean }, CastFault>> {
  const text = election.election === null ? null : await documentOf(work.db, election.election)
  if (text === null) return fail({ kind: 'not-set-up' })
  if (personId === null) return fail({ kind: 'not-signed-in' })
  const own = electionOf(text)
  const roll = await publicRollOf(work.db, election, text)
  const checked = checkBallot(own, roll, cast.ballot)
  if (checked.kind === 'fail')
    return fail({ kind: checked.error.kind === 'malformed' ? 'malformed' : 'bad-proof', check: checked.error.kind })
  const ballot = checked.value
  const again = await ballotRow(work.db, election.decision, ballot.tracker)
  const who = await personOfKey(work.db, election, ballot.credential, cast.bind)
  if (who?.personId !== personId) return fail({ kind: 'wrong-voter' })
  if (again !== undefined) return ok({ receipt: await receiptOf(work, election, again), again: true })
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
  if (judged.kind === 'fail') {
    if (judged.error.kind === 'predecessor is not the last') {
      const { expected } = judged.error
      return fail({ kind: 'stale-predecessor', previous: expected === noPreviousTracker ? null : expected })
    }
    return fail(judged.error.kind === 'too many ballots' ? { kind: 'too-many' } : { kind: 'bad-proof', check: 'cast statement' })
  }
  const row = await putIn(work, election, ballot, statement.value, personId)
  if (row.kind === 'fail') return row
  return ok({ receipt: await receiptOf(work, election, row.value), again: false })
}

async function putIn(
  work: Work,
  election: ElectionTable,
  ballot: CheckedBallot,
  statement: { readonly previous: string; readonly proof: { readonly challenge: string; readonly response: string } },
  personId: string,
): Promise<Result<BallotTable, CastFault>> {
  const { decision } = election
  const code = ballotCodeOf(ballot.digest)
  const written: { row: BallotTable | null } = { row: null }
  const onRoll = (at: Instant): Fact => ({
    name: 'eligible',
    of: election.electorate.split('@')[0] ?? '',
    value: true,
    at,
    knownAt: at,
    source: 'roll',
    evidence: election.roll_root as Fingerprint, // SHA-256 in hex
  })
  try {
    const done = await perform(work, {
      decision: decision as DecisionId, // rows of elections are of decisions
      by: { pseudonym: voterPseudonymOf(ballot.credential) as Pseudonym }, // 32 hex digits by construction
      as: `electorate ${election.electorate.split('@')[0] ?? ''}`,
      body: { kind: 'cast', ballot: trackerHex(ballot.tracker) },
      facts: (judging) => Promise.resolve([onRoll(judging.now)]),
      before: (): Promise<readonly Draft[]> =>
        Promise.resolve([{ type: 'ballot', decision, body: { ballot: ballot.text, cast: statement, code } }]),
      then: async ({ tx, now }, { placed }) => {
        const position = placed.find((entry) => entry.entry.type === 'ballot')?.position
        assert(position !== undefined, 'the ballot has its entry')
        const { number } = await tx
          .selectFrom('ballot')
          .select((e) => e.fn.countAll<number>().as('number'))
          .where('decision', '=', decision)
          .executeTakeFirstOrThrow()
        const history = await historyOf(tx, decision, ballot.credential)
        // Two devices at once: the one that comes second states a predecessor that is no longer the last.
        if (history.last !== statement.previous) throw new Overtaken(history.last)
        const row = {
          decision,
          number: number + 1,
          tracker: ballot.tracker,
          digest: ballot.digest,
          code,
          voting_key: ballot.credential,
          turn: history.cast + 1,
          position,
          at: now,
        }
        await tx.insertInto('ballot').values(row).execute()
        written.row = row
        await tx
          .insertInto('ballot_alpha')
          .values(ballot.alphas.map((alpha) => ({ decision, alpha })))
          .execute()
        await tx
          .insertInto('participation')
          .values({ decision, person_id: personId, last_at: now })
          .onConflict((c) => c.columns(['decision', 'person_id']).doUpdateSet({ last_at: now }))
          .execute()
      },
    })
    if (done.kind === 'fail') return fail({ kind: 'refused', refusal: done.error })
  } catch (error) {
    if (error instanceof Overtaken)
      return fail({ kind: 'stale-predecessor', previous: error.last === noPreviousTracker ? null : error.last })
    if (!isDuplicate(error)) throw error
    const constraint: unknown = error instanceof Error && 'constraint' in error ? error.constraint : ''
    if (String(constraint).includes('code')) return fail({ kind: 'code-collision' })
    return String(constraint).includes('alpha')
      ? fail({ kind: 'bad-proof', check: 'alpha seen before' })
      : fail({ kind: 'already-in-box' })
  }
  assert(written.row !== null, 'a ballot that was put in has its row')
  return ok(written.row)
}

/** Another ballot of the same voter was first. */
class Overtaken extends Error {
  readonly last: string
  constructor(last: string) {
    super('overtaken')
    this.last = last
  }
}

const ballotRow = (db: Db, decision: number, tracker: string) =>
  db.selectFrom('ballot').selectAll().where('decision', '=', decision).where('tracker', '=', tracker).executeTakeFirst()

async function receiptOf(work: Work, election: ElectionTable, ballot: BallotTable): Promise<CastReceipt> {
  const head = await signHead(work)
  assert(head !== null && head.size > ballot.position, 'a checkpoint covers the ballot')
  const { digest, tracker, code, position: index } = ballot
  const signed = signReceipt(receiptKey(work.settings), {
    electionHash: election.phi ?? '',
    code,
    digest,
    tracker,
    index,
    checkpoint: head.note,
  })
  return {
    uuid: election.uuid,
    fingerprint: signed.electionHash,
    code,
    digest,
    tracker,
    index,
    ballotNumber: ballot.number,
    at: ballot.at,
    checkpoint: head.note,
    signature: signed.signature,
    closesAt: (await closingOf(work.db, election.decision)) ?? 0,
    replaced: ballot.turn > 1,
  }
}

/** When the ballot of a decision closes, by the engine's state; null before its timetable. */
export async function closingOf(db: Db, decision: number): Promise<number | null> {
  const row = await db.selectFrom('decision').select('state').where('id', '=', decision).executeTakeFirst()
  const box = Object.values(row?.state?.stages ?? {}).find((marks) => marks.box.closesAt !== null)?.box
  return box?.closesAt ?? null
}

/** The public half of the receipt key, 64 hex digits. */
export const receiptPublicKey = (work: Pick<Work, 'settings'>): string => toHex(receiptKeyOf(receiptKey(work.settings)))
