import { unpackBallot } from '@quorate/ballots'
import { fingerprintOf, type Unpacking } from '#lib/features/record/index.ts'
import type { Db } from '#lib/platform/database.ts'
import { electionTextOf } from './box.ts'
import { electionOf } from './engine.ts'

/**
 * How the ballots of some decisions are unpacked: with the election each was set up with, as the record cites it. Where that text is gone or another,
 * none of its ballots can be.
 */
export async function unpackingOf(db: Db, decisions: readonly number[]): Promise<Unpacking> {
  const rows = await db
    .selectFrom('election')
    .select(['decision', 'election'])
    .where('decision', 'in', [...decisions])
    .execute()
  const elections = new Map<number, ReturnType<typeof electionOf>>()
  for (const { decision, election: fingerprint } of rows) {
    const text = fingerprint === null ? null : await electionTextOf(db, fingerprint)
    // What was altered in the database is no election of ours, and may be no election at all.
    if (text !== null && fingerprintOf(text) === fingerprint) elections.set(decision, electionOf(text))
  }
  return (decision, packed) => {
    const election = elections.get(decision)
    const text = election === undefined ? null : unpackBallot(election, packed)
    return text?.kind === 'ok' ? text.value : null
  }
}
