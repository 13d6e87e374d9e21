import {
  ballotCodeOf,
  ballotsPerCredentialMax,
  noPreviousTracker,
  voterPseudonymOf,
  type CastStatement,
  type CheckedBallot,
} from '@quorate/ballots'
import { assert, fail, fromBase64, ok, toHex, type Instant, type Result } from '@quorate/kernel'
import type { DecisionId, Fact, Fingerprint, Pseudonym } from '@quorate/rulebook'
import { sql } from 'kysely'
import { performTogether, StepsMalformed, type Step, type Together } from '#lib/features/motions/index.ts'
import { isDuplicate, type Tx } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import type { CastFault } from './cast-fault.ts'
import { keyMark } from './keys.ts'
import { tellReplaced, type Replaced } from './replaced-mail.ts'
import type { BallotTable, ElectionTable } from './tables.ts'

/** A ballot whose proofs all hold, by the member whose line of the roll its voting key opens. What depends on the box is still to be judged. */
export type Candidate = {
  readonly ballot: Omit<CheckedBallot, 'answers' | 'weight'>
  readonly statement: CastStatement
  readonly personId: string
  /** The ballot as it is stored, where it can be had again from that. */
  readonly packed?: Uint8Array
  /** Its hints, where they were good, to be kept beside the record when it is in the box. */
  readonly hints?: Uint8Array
  /** Opens the voting key's line of the bind list. */
  readonly bind: string
}

/** A ballot in the box, or why it is not. */
export type Put = Result<BallotTable, CastFault>

/**
 * Puts ballots in the box, in their order, behind one lock and one flush. What the box already holds is asked first, under the lock; the
 * unique keys stand behind that. Should one of them speak all the same, each ballot is tried alone, so that the fault meets its own ballot.
 */
export async function putTogether(
  work: Work,
  election: ElectionTable,
  candidates: readonly Candidate[],
): Promise<readonly Put[]> {
  if (candidates.length === 0) return []
  try {
    return await putAll(work, election, candidates)
  } catch (error) {
    if (!isDuplicate(error) && !(error instanceof StepsMalformed)) throw error
    const [only] = candidates
    if (only !== undefined && candidates.length === 1)
      return [fail(isDuplicate(error) ? { kind: 'already-in-box' } : { kind: 'malformed', check: 'length' })]
  }
  const alone: Put[] = []
  for (const candidate of candidates) alone.push(...(await putTogether(work, election, [candidate])))
  return alone
}

/** A ballot that may go in, and where it stands in its voter's history. */
type Admitted = { readonly candidate: Candidate; readonly code: string; readonly turn: number }

async function putAll(work: Work, election: ElectionTable, candidates: readonly Candidate[]): Promise<readonly Put[]> {
  const decision = election.decision as DecisionId // rows of elections are of decisions
  let admitted: readonly Result<Admitted, CastFault>[] = []
  const markOf = ({ personId, ballot }: Candidate): string =>
    keyMark(work.settings, decision, personId, ballot.credential).toString('hex')
  return performTogether(
    work,
    decision,
    async ({ tx, now }) => {
      admitted = admit(candidates, await boxFor(tx, decision, candidates), markOf)
      return admitted.flatMap((one) => (one.kind === 'ok' ? [stepOf(election, one.value, now)] : []))
    },
    async (under, done) => {
      let number = await ballotsIn(under.tx, decision)
      let step = 0
      const put = admitted.map((one): Put => {
        if (one.kind === 'fail') return one
        const judged = done[step++]
        assert(judged !== undefined, 'every ballot let in was judged')
        if (judged.kind === 'fail') return fail({ kind: 'refused', refusal: judged.error })
        const { ballot } = one.value.candidate
        const position = judged.value.placed.find((entry) => entry.entry.type === 'ballot')?.position
        assert(position !== undefined, 'the ballot has its entry')
        const { tracker, digest, credential: voting_key } = ballot
        const { code, turn } = one.value
        return ok({ decision, number: ++number, tracker, digest, code, voting_key, turn, position, at: under.now })
      })
      await writeRows(under, decision, candidates, put, markOf)
      await tellReplaced(work, under.tx, election, replacedBy(candidates, put), under.now)
      return put
    },
  )
}

/** Whose earlier ballot was replaced, with the turn of the new one. */
const replacedBy = (candidates: readonly Candidate[], put: readonly Put[]): readonly Replaced[] =>
  candidates.flatMap(({ personId }, i) => {
    const row = put[i]
    return row?.kind === 'ok' && row.value.turn > 1 ? [{ personId, turn: row.value.turn }] : []
  })

/** What the box holds that a ballot of these could meet. */
type Held = {
  readonly histories: Map<string, { turn: number; tracker: string }>
  readonly trackers: Set<string>
  readonly codes: Set<string>
  readonly alphas: Set<string>
  /** Digests of ballots that were opened to test a device. */
  readonly tested: Set<string>
  /** Marks of the voting keys with which people have voted, by person. */
  readonly marks: Map<string, string>
}

/** One text list as one parameter: a list of hundreds, as the query builder spells it out, costs more to write and to read than to answer. */
const anyOf = (texts: readonly string[]) => sql<string>`any(${texts}::text[])`

async function boxFor(tx: Tx, decision: number, candidates: readonly Candidate[]): Promise<Held> {
  const ballots = candidates.map(({ ballot }) => ballot)
  const inBox = tx.selectFrom('ballot').where('decision', '=', decision)
  const [keys, trackers, codes, found, digests] = [
    anyOf(ballots.map((b) => b.credential)),
    anyOf(ballots.map((b) => b.tracker)),
    anyOf(ballots.map((b) => ballotCodeOf(b.digest))),
    anyOf(ballots.flatMap((b) => b.alphas)),
    anyOf(ballots.map((b) => b.digest)),
  ]
  const histories = await inBox
    .select(['voting_key', 'turn', 'tracker'])
    .distinctOn('voting_key')
    .where('voting_key', '=', keys)
    .orderBy('voting_key')
    .orderBy('turn', 'desc')
    .execute()
  const same = await inBox
    .select(['tracker', 'code'])
    .where((e) => e.or([e('tracker', '=', trackers), e('code', '=', codes)]))
    .execute()
  const inAlphas = tx.selectFrom('ballot_alpha').select('alpha').where('decision', '=', decision)
  const alphas = await inAlphas.where('alpha', '=', found).execute()
  const inTested = tx.selectFrom('tested_ballot').select('digest').where('decision', '=', decision)
  const tested = await inTested.where('digest', '=', digests).execute()
  const people = candidates.map(({ personId }) => personId)
  const took = await tx
    .selectFrom('participation')
    .select(['person_id', 'key_mark'])
    .where('decision', '=', decision)
    .where('person_id', '=', sql<string>`any(${people}::uuid[])`)
    .execute()
  return {
    histories: new Map(histories.map((row) => [row.voting_key, row])),
    trackers: new Set(same.map((row) => row.tracker)),
    codes: new Set(same.map((row) => row.code)),
    alphas: new Set(alphas.map((row) => row.alpha)),
    tested: new Set(tested.map((row) => row.digest)),
    marks: new Map(
      took.flatMap((row) => (row.key_mark === null ? [] : [[row.person_id, row.key_mark.toString('hex')] as const])),
    ),
  }
}

/** Judges each ballot against the box and those of the batch before it. `held` grows. */
function admit(
  candidates: readonly Candidate[],
  held: Held,
  markOf: (candidate: Candidate) => string,
): readonly Result<Admitted, CastFault>[] {
  return candidates.map((candidate) => {
    const { ballot, statement } = candidate
    const code = ballotCodeOf(ballot.digest)
    const { turn, tracker: last } = held.histories.get(ballot.credential) ?? { turn: 0, tracker: noPreviousTracker }
    if (held.trackers.has(ballot.tracker)) return fail({ kind: 'already-in-box' })
    // One person, one key: what a registrar bound to the line of somebody who votes already is nobody's second vote.
    const mark = markOf(candidate)
    if ((held.marks.get(candidate.personId) ?? mark) !== mark) return fail({ kind: 'wrong-voter' })
    if (held.tested.has(ballot.digest)) return fail({ kind: 'tested-ballot' })
    // Two devices at once: the one that comes second states a predecessor that is no longer the last.
    if (last !== statement.previous)
      return fail({ kind: 'stale-predecessor', previous: last === noPreviousTracker ? null : last })
    if (turn >= ballotsPerCredentialMax) return fail({ kind: 'too-many' })
    if (held.codes.has(code)) return fail({ kind: 'code-collision' })
    if (ballot.alphas.some((alpha) => held.alphas.has(alpha))) return fail({ kind: 'bad-proof', check: 'alpha seen before' })
    held.histories.set(ballot.credential, { turn: turn + 1, tracker: ballot.tracker })
    held.trackers.add(ballot.tracker)
    held.marks.set(candidate.personId, mark)
    held.codes.add(code)
    for (const alpha of ballot.alphas) held.alphas.add(alpha)
    return ok({ candidate, code, turn: turn + 1 })
  })
}

function stepOf(election: ElectionTable, { candidate, code }: Admitted, now: Instant): Step {
  const { ballot, statement, packed } = candidate
  const electorate = election.electorate.split('@')[0] ?? ''
  const tracker = fromBase64(ballot.tracker, false)
  assert(tracker.kind === 'ok', 'a tracker of ours is base64')
  const onRoll: Fact = {
    name: 'eligible',
    of: electorate,
    value: true,
    at: now,
    knownAt: now,
    source: 'roll',
    evidence: election.roll_root as Fingerprint, // SHA-256 in hex
  }
  return {
    by: voterPseudonymOf(ballot.credential) as Pseudonym, // 32 hex digits by construction
    as: `electorate ${electorate}`,
    body: { kind: 'cast', ballot: toHex(tracker.value) as Fingerprint }, // SHA-256 of the ballot's bytes
    facts: [onRoll],
    before: [
      {
        type: 'ballot',
        decision: election.decision,
        body: { ballot: ballot.text, cast: statement, code },
        ...(packed === undefined ? {} : { packed }),
      },
    ],
  }
}

async function ballotsIn(tx: Tx, decision: number): Promise<number> {
  const last = await tx
    .selectFrom('ballot')
    .select('number')
    .where('decision', '=', decision)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.number ?? 0
}

async function writeRows(
  { tx }: Together,
  decision: number,
  candidates: readonly Candidate[],
  put: readonly Put[],
  markOf: (candidate: Candidate) => string,
): Promise<void> {
  const taken = candidates.flatMap((candidate, i) => {
    const row = put[i]
    return row?.kind === 'ok' ? [{ candidate, row: row.value }] : []
  })
  const rows = taken.map(({ row }) => row)
  const column = <K extends keyof BallotTable>(name: K) => rows.map((row) => row[name])
  await sql`insert into ballot (decision, number, tracker, digest, code, voting_key, turn, position, at)
    select ${decision}, r.* from unnest(${column('number')}::int[], ${column('tracker')}::text[], ${column('digest')}::text[],
      ${column('code')}::text[], ${column('voting_key')}::text[], ${column('turn')}::int[], ${column('position')}::bigint[],
      ${column('at')}::bigint[]) as r`.execute(tx)
  const alphas = taken.flatMap(({ candidate }) => candidate.ballot.alphas)
  await sql`insert into ballot_alpha (decision, alpha) select ${decision}, unnest(${alphas}::text[])`.execute(tx)
  const marks = new Map(taken.map(({ candidate }) => [candidate.personId, markOf(candidate)]))
  await sql`insert into participation (decision, person_id, key_mark)
    select ${decision}, unnest(${[...marks.keys()]}::uuid[]), decode(unnest(${[...marks.values()]}::text[]), 'hex')
    on conflict (decision, person_id) do nothing`.execute(tx)
}
