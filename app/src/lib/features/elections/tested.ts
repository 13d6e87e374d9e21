import { checkReveal } from '@quorate/ballots'
import { fail, ok, type Result } from '@quorate/kernel'
import { appendOwn, documentOf, lockLog } from '#lib/features/record/index.ts'
import { transaction } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { publicRollOf } from './box.ts'
import { electionOf } from './engine.ts'
import type { ElectionTable } from './tables.ts'

/**
 * How many opened ballots are noted for one voting key. Keys are public, so anybody can open ballots made with anybody's; more than a voter
 * would ever test are not kept. The device that tested never signs its ballot, noted or not.
 */
export const testsPerKeyMax = 64

/** Why an opened ballot was not noted. */
export type TestFault = 'not-open' | 'malformed' | 'not-on-roll' | 'already-in-box' | 'too-many'

/**
 * Notes a ballot that was opened to test a device, after locking it again from what was revealed: from then on the box refuses its digest, and the
 * record says so, that a verifier may demand it.
 * Noting it twice does no harm. Source: BALLOTS §3, honesty test.
 */
export async function noteTestedBallot(
  { db, clock }: Work,
  election: ElectionTable,
  reveal: string,
  digest: string,
): Promise<Result<string, TestFault>> {
  const text = election.election === null ? null : await documentOf(db, election.election)
  if (text === null) return fail('not-open')
  const tested = checkReveal(electionOf(text), reveal, digest)
  if (tested.kind === 'fail') return fail('malformed')
  const { credential } = tested.value
  const roll = await publicRollOf(db, election, text)
  if (!roll.entries.has(credential)) return fail('not-on-roll')
  const { decision } = election
  const inBox = await db
    .selectFrom('ballot')
    .select('number')
    .where('decision', '=', decision)
    .where('digest', '=', digest)
    .executeTakeFirst()
  if (inBox !== undefined) return fail('already-in-box')
  const { count } = await db
    .selectFrom('tested_ballot')
    .select((e) => e.fn.countAll<string>().as('count'))
    .where('decision', '=', decision)
    .where('voting_key', '=', credential)
    .executeTakeFirstOrThrow()
  if (Number(count) >= testsPerKeyMax) return fail('too-many')
  await transaction(db, async (tx) => {
    const now = await lockLog(tx, clock.now())
    const noted = await tx
      .insertInto('tested_ballot')
      .values({ decision, digest, voting_key: credential, at: now })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst()
    if (noted.numInsertedOrUpdatedRows === 1n)
      await appendOwn(tx, now, [{ type: 'tested', decision, body: { key: credential, digest } }])
  })
  return ok(digest)
}
