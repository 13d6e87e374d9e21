import {
  checkCompanion,
  checkOpening,
  combineResult,
  countsOf,
  departuresIn,
  encryptedTally,
  openBox,
  parseTrustees,
  resultText,
  takeOutLeavers,
  type CheckedBallot,
  type Departure,
  type Election,
  type Element,
  type EncryptedTally,
  type OwnedOpening,
  type Trustees,
} from '@quorate/ballots'
import { assert, fail, ok, type Instant, type Result } from '@quorate/kernel'
import type { DecisionId, Fact, Fingerprint } from '@quorate/rulebook'
import { perform, waitingFor } from '#lib/features/motions/index.ts'
import { appendOwn, bodyOfEntry, documentOf, entries, lockLog, storeDocument } from '#lib/features/record/index.ts'
import { isDuplicate, transaction, type Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { publicRollOf } from './box.ts'
import { checkSurely } from './cast-check.ts'
import { electionOf, engine } from './engine.ts'
import { destroyCodes } from './registrar.ts'
import type { ElectionTable } from './tables.ts'

/** A ballot as the record has it: its exact text, its cast statement, where it stands. */
export type RecordedBallot = {
  readonly text: string
  readonly statement: { readonly previous: string; readonly proof: { readonly challenge: string; readonly response: string } }
  readonly index: number
  readonly at: Instant
}

/** All ballots of a decision, from the record, in the order of casting. */
export async function recordedBallots(db: Db, decision: number): Promise<readonly RecordedBallot[]> {
  const placed = await entries(db, { decision, type: 'ballot' })
  return placed.map(({ position, entry }) => {
    const body = bodyOfEntry(entry, 'ballot')
    assert(body !== null, 'an entry of type ballot has the body of one')
    return { text: body.ballot, statement: body.cast, index: position, at: entry.at }
  })
}

/** Who left the box, from the record: those found not to belong on the roll before its sum was published. */
export async function departuresFrom(db: Db, decision: number): Promise<readonly Departure[]> {
  const acts = await entries(db, { decision, type: 'act', search: { types: [], texts: ['"kind":"roll-settled"'] } })
  const [closed] = await entries(db, { decision, type: 'box-closed', count: 1 })
  const settled = acts.map(({ position, entry }) => {
    const body = bodyOfEntry(entry, 'act')
    assert(body !== null, 'an entry of type act has the body of one')
    return { index: position, events: [...body.deemed, ...body.events] }
  })
  return departuresIn(settled, closed?.position ?? Infinity)
}

async function electionText(db: Db, election: ElectionTable): Promise<string> {
  const text = election.election === null ? null : await documentOf(db, election.election)
  assert(text !== null, 'an election that was opened is set up')
  return text
}

/** Ballots of a tally that are checked at once beside this thread; fewer than those who cast in another box may have waiting. */
const atOnce = 500

// Some four milliseconds of a thread a ballot: the tally of one closed box is kept until the process ends.
const tallies = new Map<number, EncryptedTally>()

async function tallyOf(work: Work, election: ElectionTable): Promise<EncryptedTally> {
  const held = tallies.get(election.decision)
  if (held !== undefined) return held
  const text = await electionText(work.db, election)
  const own = electionOf(text)
  const roll = await publicRollOf(work.db, election, text)
  const box = openBox()
  const lastAt = new Map<string, number>()
  const ballots = await recordedBallots(work.db, election.decision)
  for (let from = 0; from < ballots.length; from += atOnce) {
    const some = ballots.slice(from, from + atOnce)
    const checked = await Promise.all(some.map((ballot) => checkSurely(text, roll, { text: ballot.text })))
    for (const [i, ballot] of some.entries()) {
      const verdict: Result<CheckedBallot, unknown> | undefined = checked[i]?.verdict
      assert(
        verdict?.kind === 'ok' && box.admit(verdict.value).kind === 'ok',
        `the ballot of entry ${String(ballot.index)} holds`,
      )
      lastAt.set(verdict.value.credential, ballot.index)
    }
  }
  takeOutLeavers(box, lastAt, await departuresFrom(work.db, election.decision))
  const tally = encryptedTally(own, box.counted())
  tallies.set(election.decision, tally)
  return tally
}

/** Boxes that have closed and are not yet folded: writes the encrypted tally and destroys the voting codes. Returns how many. */
export async function closeBoxes(work: Work): Promise<number> {
  let closed = 0
  for (const { decision } of await waitingFor(work, ['declare'])) {
    const election = await work.db.selectFrom('election').selectAll().where('decision', '=', decision).executeTakeFirst()
    if (election === undefined || election.tally !== null) continue
    const tally = await tallyOf(work, election)
    const ballots = await work.db
      .selectFrom('ballot')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('decision', '=', decision)
      .executeTakeFirstOrThrow()
    await transaction(work.db, async (tx) => {
      const now = await lockLog(tx, work.clock.now())
      const claimed = await tx
        .updateTable('election')
        .set({ tally: tally.text })
        .where('decision', '=', decision)
        .where('tally', 'is', null)
        .executeTakeFirst()
      if (claimed.numUpdatedRows === 0n) return
      await destroyCodes(tx, decision)
      await appendOwn(tx, now, [
        {
          type: 'box-closed',
          decision,
          body: { ballots: ballots.n, counted: tally.ballots, weight: tally.weight, tally: tally.text },
        },
      ])
    })
    closed++
  }
  return closed
}

/** Why a trustee's opening was not taken. */
export type OpeningFault =
  { readonly kind: 'not-a-trustee' | 'not-closed' | 'already-opened' } | { readonly kind: 'bad-proof'; readonly check: string }

/** What a trustee sends: the exact partial decryption, and its companion. */
export type SentOpening = { readonly payload: string; readonly proof: { readonly challenge: string; readonly response: string } }

/**
 * Takes a trustee's opening, checked with its companion against the tally this server folds from the record: no companion, no result. With
 * the last one needed the result is written and the decision declared.
 */
export async function takeOpening(
  work: Work,
  election: ElectionTable,
  personId: string,
  { payload, proof }: SentOpening,
): Promise<Result<{ readonly opened: number; readonly needed: number }, OpeningFault>> {
  const { decision } = election
  const seat = await work.db
    .selectFrom('trustee')
    .select('place')
    .where('decision', '=', decision)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (seat === undefined) return fail({ kind: 'not-a-trustee' })
  if (election.tally === null) return fail({ kind: 'not-closed' })
  const own = electionOf(await electionText(work.db, election))
  const trustees = await trusteesOf(work.db, election)
  const tally = await tallyOf(work, election)
  const key = trustees.keys[seat.place - 1]
  assert(key !== undefined, 'a seated trustee has a key')
  const checked = checkOpening(own, tally, key, payload)
  if (checked.kind === 'fail') return fail({ kind: 'bad-proof', check: checked.error.kind })
  const claim = { tally, lastShuffleHash: null, owner: seat.place }
  const companion = checkCompanion(own, claim, key, checked.value, proof)
  if (companion.kind === 'fail') return fail({ kind: 'bad-proof', check: companion.error.kind })
  try {
    await transaction(work.db, async (tx) => {
      const now = await lockLog(tx, work.clock.now())
      await tx
        .insertInto('opening')
        .values({ decision, place: seat.place, payload, proof: JSON.stringify(proof) })
        .execute()
      await appendOwn(tx, now, [{ type: 'opening', decision, body: { trustee: seat.place, decryption: payload, proof } }])
    })
  } catch (error) {
    if (isDuplicate(error)) return fail({ kind: 'already-opened' })
    throw error
  }
  await declareResult(work, decision as DecisionId) // rows of elections are of decisions
  const { n } = await work.db
    .selectFrom('opening')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('decision', '=', decision)
    .executeTakeFirstOrThrow()
  return ok({ opened: n, needed: election.threshold })
}

async function trusteesOf(db: Db, election: ElectionTable): Promise<Trustees<Element>> {
  const file = election.trustees === null ? null : await documentOf(db, election.trustees)
  const trustees = parseTrustees(engine(election.group_name), file ?? '')
  assert(trustees.kind === 'ok', 'the trustees file we made is one')
  return trustees.value
}

/** The openings taken so far, each checked again. */
async function openingsOf(db: Db, own: Election, trustees: Trustees<Element>, tally: EncryptedTally, decision: number) {
  const rows = await db.selectFrom('opening').selectAll().where('decision', '=', decision).orderBy('place').execute()
  return rows.flatMap(({ place, payload }): OwnedOpening[] => {
    const key = trustees.keys[place - 1]
    const opening = key === undefined ? null : checkOpening(own, tally, key, payload)
    return opening?.kind === 'ok' ? [{ owner: place, opening: opening.value }] : []
  })
}

/** Combines enough openings into the result and declares it. Returns 1 when it did. A sweep tries again what a crash cut short. */
export async function declareResult(work: Work, decision: DecisionId): Promise<number> {
  const election = await work.db.selectFrom('election').selectAll().where('decision', '=', decision).executeTakeFirst()
  if (election === undefined || election.tally === null || election.result !== null) return 0
  const { n } = await work.db
    .selectFrom('opening')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('decision', '=', decision)
    .executeTakeFirstOrThrow()
  if (n < election.threshold) return 0
  const own = electionOf(await electionText(work.db, election))
  const trustees = await trusteesOf(work.db, election)
  const tally = await tallyOf(work, election)
  const combined = combineResult(own, trustees, tally, await openingsOf(work.db, own, trustees, tally, decision))
  if (combined.kind === 'fail') return 0
  const result = resultText(combined.value)
  const [yes = 0, no = 0] = countsOf(combined.value.result[0])
  const done = await perform(work, {
    decision,
    by: 'rule',
    as: 'rule',
    body: { kind: 'declare' },
    facts: async ({ tx, now }): Promise<readonly Fact[]> => [
      {
        name: 'tally',
        of: null,
        // Every ballot in the box passed all its proofs, so each returned ballot is valid and none is blank.
        value: { for: yes, against: no, blank: 0, cast: tally.ballots, valid: tally.ballots },
        at: now,
        knownAt: now,
        source: 'tally',
        evidence: (await storeDocument(tx, result)) as Fingerprint, // SHA-256 in hex
      },
    ],
    before: () => Promise.resolve([{ type: 'result', decision, body: { result } }]),
    then: async ({ tx }) => {
      await tx.updateTable('election').set({ result }).where('decision', '=', decision).execute()
    },
  })
  return done.kind === 'ok' ? 1 : 0
}
