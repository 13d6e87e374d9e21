import {
  departuresIn,
  encryptedTally,
  openBox,
  takeOutLeavers,
  type CheckedBallot,
  type Departure,
  type EncryptedTally,
} from '@quorate/ballots'
import { assert, type Instant, type Result } from '@quorate/kernel'
import { bodyOfEntry, documentOf, entries } from '#lib/features/record/index.ts'
import type { Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { publicRollOf } from './box.ts'
import { checkSurely } from './cast-check.ts'
import { electionOf } from './engine.ts'
import { hintsAt } from './hints.ts'
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

/** Ballots counted, as the entry that closed the box says; 0 while it is open. */
export async function countedIn(db: Db, decision: number): Promise<number> {
  const [placed] = await entries(db, { decision, type: 'box-closed', count: 1 })
  return (placed === undefined ? null : bodyOfEntry(placed.entry, 'box-closed'))?.counted ?? 0
}

/** The text of an election that was set up. */
export async function electionText(db: Db, election: Pick<ElectionTable, 'election'>): Promise<string> {
  const text = election.election === null ? null : await documentOf(db, election.election)
  assert(text !== null, 'an election that was opened is set up')
  return text
}

/** Ballots of a tally that are checked at once beside this thread; fewer than those who cast in another box may have waiting. */
const atOnce = 500

// Some four milliseconds of a thread a ballot, one where there are hints: the tally of one closed box is kept until the process ends.
const tallies = new Map<number, EncryptedTally>()

/** The sum of all last ballots of a closed box, each checked again from the record. */
export async function tallyOf(work: Work, election: ElectionTable): Promise<EncryptedTally> {
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
    const known = await hintsAt(
      work.db,
      election.decision,
      some.map(({ index }) => index),
    )
    const checked = await Promise.all(
      some.map((ballot) => {
        const [hints] = known.get(ballot.index) ?? []
        return checkSurely(text, roll, { text: ballot.text, ...(hints === undefined ? {} : { hints }) })
      }),
    )
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
