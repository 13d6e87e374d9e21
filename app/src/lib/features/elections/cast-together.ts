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
import { performTogether, StepsMalformed, type Step, type Together } from '#lib/features/motions/index.ts'
import { chunks, isDuplicate, type Tx } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import type { CastFault } from './cast-fault.ts'
import type { BallotTable, ElectionTable } from './tables.ts'

/** A ballot whose proofs all hold, by the member whose line of the roll its voting key opens. What depends on the box is still to be judged. */
export type Candidate = {
  readonly ballot: CheckedBallot
  readonly statement: CastStatement
  readonly personId: string
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
  return performTogether(
    work,
    decision,
    async ({ tx, now }) => {
      admitted = admit(candidates, await boxFor(tx, decision, candidates))
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
      await writeRows(under, decision, candidates, put)
      return put
    },
  )
}

/** What the box holds that a ballot of these could meet. */
type Held = {
  readonly histories: Map<string, { turn: number; tracker: string }>
  readonly trackers: Set<string>
  readonly codes: Set<string>
  readonly alphas: Set<string>
  /** Digests of ballots that were opened to test a device. */
  readonly tested: Set<string>
}

async function boxFor(tx: Tx, decision: number, candidates: readonly Candidate[]): Promise<Held> {
  const ballots = candidates.map(({ ballot }) => ballot)
  const inBox = tx.selectFrom('ballot').where('decision', '=', decision)
  const [histories, same, alphas, tested] = [
    await inBox
      .select(['voting_key', 'turn', 'tracker'])
      .distinctOn('voting_key')
      .where(
        'voting_key',
        'in',
        ballots.map((b) => b.credential),
      ) // prettier-ignore
      .orderBy('voting_key')
      .orderBy('turn', 'desc')
      .execute(),
    await inBox
      .select(['tracker', 'code'])
      .where((e) =>
        e.or([
          e(
            'tracker',
            'in',
            ballots.map((b) => b.tracker),
          ),
          e(
            'code',
            'in',
            ballots.map((b) => ballotCodeOf(b.digest)),
          ),
        ]),
      ) // prettier-ignore
      .execute(),
    await tx
      .selectFrom('ballot_alpha')
      .select('alpha')
      .where('decision', '=', decision)
      .where(
        'alpha',
        'in',
        ballots.flatMap((b) => b.alphas),
      ) // prettier-ignore
      .execute(),
    await tx
      .selectFrom('tested_ballot')
      .select('digest')
      .where('decision', '=', decision)
      .where(
        'digest',
        'in',
        ballots.map((b) => b.digest),
      ) // prettier-ignore
      .execute(),
  ]
  return {
    histories: new Map(histories.map((row) => [row.voting_key, row])),
    trackers: new Set(same.map((row) => row.tracker)),
    codes: new Set(same.map((row) => row.code)),
    alphas: new Set(alphas.map((row) => row.alpha)),
    tested: new Set(tested.map((row) => row.digest)),
  }
}

/** Judges each ballot against the box and those of the batch before it. `held` grows. */
function admit(candidates: readonly Candidate[], held: Held): readonly Result<Admitted, CastFault>[] {
  return candidates.map((candidate) => {
    const { ballot, statement } = candidate
    const code = ballotCodeOf(ballot.digest)
    const { turn, tracker: last } = held.histories.get(ballot.credential) ?? { turn: 0, tracker: noPreviousTracker }
    if (held.trackers.has(ballot.tracker)) return fail({ kind: 'already-in-box' })
    if (held.tested.has(ballot.digest)) return fail({ kind: 'tested-ballot' })
    // Two devices at once: the one that comes second states a predecessor that is no longer the last.
    if (last !== statement.previous)
      return fail({ kind: 'stale-predecessor', previous: last === noPreviousTracker ? null : last })
    if (turn >= ballotsPerCredentialMax) return fail({ kind: 'too-many' })
    if (held.codes.has(code)) return fail({ kind: 'code-collision' })
    if (ballot.alphas.some((alpha) => held.alphas.has(alpha))) return fail({ kind: 'bad-proof', check: 'alpha seen before' })
    held.histories.set(ballot.credential, { turn: turn + 1, tracker: ballot.tracker })
    held.trackers.add(ballot.tracker)
    held.codes.add(code)
    for (const alpha of ballot.alphas) held.alphas.add(alpha)
    return ok({ candidate, code, turn: turn + 1 })
  })
}

function stepOf(election: ElectionTable, { candidate, code }: Admitted, now: Instant): Step {
  const { ballot, statement } = candidate
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
    before: [{ type: 'ballot', decision: election.decision, body: { ballot: ballot.text, cast: statement, code } }],
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
  { tx, now }: Together,
  decision: number,
  candidates: readonly Candidate[],
  put: readonly Put[],
): Promise<void> {
  const taken = candidates.flatMap((candidate, i) => {
    const row = put[i]
    return row?.kind === 'ok' ? [{ candidate, row: row.value }] : []
  })
  for (const some of chunks(taken))
    await tx
      .insertInto('ballot')
      .values(some.map(({ row }) => row))
      .execute()
  for (const some of chunks(taken.flatMap(({ candidate }) => candidate.ballot.alphas.map((alpha) => ({ decision, alpha })))))
    await tx.insertInto('ballot_alpha').values(some).execute()
  const people = [...new Set(taken.map(({ candidate }) => candidate.personId))]
  for (const some of chunks(people))
    await tx
      .insertInto('participation')
      .values(some.map((person_id) => ({ decision, person_id, last_at: now })))
      .onConflict((c) => c.columns(['decision', 'person_id']).doUpdateSet({ last_at: now }))
      .execute()
}
