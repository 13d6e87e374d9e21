import { checkReveal } from '@quorate/ballots'
import { fail, instant, ok, type Result } from '@quorate/kernel'
import { appendOwn, documentOf, lockLog } from '#lib/features/record/index.ts'
import { transaction, type Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { publicRollOf } from './box.ts'
import { ownLeaf, voterFor } from './code-holders.ts'
import { electionOf } from './engine.ts'
import type { ElectionTable } from './tables.ts'

/** How many opened ballots are noted for one voting key when its holder tells of them: more than a voter would ever test. */
export const testsPerKeyMax = 64

/**
 * How many are noted when somebody else tells of them, as the device that checks the test does: for one key, and of the whole ballot within a minute.
 * Keys are public, so anybody can open ballots made with anybody's, and each is an entry on the record for good. The device that tested never signs its
 * ballot, noted or not.
 */
const toldTestsMax = { perKey: 64, perMinute: 20 } as const

/** Why an opened ballot was not noted. */
export type TestFault = 'not-open' | 'malformed' | 'not-on-roll' | 'already-in-box' | 'too-many' | 'too-fast'

/** A test as it is told. `bind` is the opening of the voting key's bind line, which its holder's device has. */
export type ToldTest = { readonly reveal: string; readonly digest: string; readonly bind: string | null }

/**
 * Notes a ballot that was opened to test a device, after locking it again from what was revealed: from then on the box refuses its digest, and the
 * record says so, that a verifier may demand it.
 * Noting it twice does no harm. Source: BALLOTS §3, honesty test.
 */
export async function noteTestedBallot(
  { db, clock }: Work,
  election: ElectionTable,
  { reveal, digest, bind }: ToldTest,
  signedIn: string | null,
): Promise<Result<string, TestFault>> {
  const text = election.election === null ? null : await documentOf(db, election.election)
  if (text === null) return fail('not-open')
  // Before the arithmetic: whoever does not hold the code waits for their turn.
  if (bind === null && (await toldWithin(db, election, clock.now())) >= toldTestsMax.perMinute) return fail('too-fast')
  const tested = checkReveal(electionOf(text), reveal, digest)
  if (tested.kind === 'fail') return fail('malformed')
  const { credential } = tested.value
  const roll = await publicRollOf(db, election, text)
  if (!roll.entries.has(credential)) return fail('not-on-roll')
  const { decision } = election
  const own = bind !== null && (await isHolder(db, election, { votingKey: credential, secret: bind }, signedIn))
  if (bind !== null && !own) return fail('not-on-roll')
  const inBox = await db
    .selectFrom('ballot')
    .select('number')
    .where('decision', '=', decision)
    .where('digest', '=', digest)
    .executeTakeFirst()
  if (inBox !== undefined) return fail('already-in-box')
  return transaction(db, async (tx) => {
    const now = await lockLog(tx, clock.now())
    // Counted behind the lock, or a hundred at once would each find room.
    const { count } = await tx
      .selectFrom('tested_ballot')
      .select((e) => e.fn.countAll<string>().as('count'))
      .where('decision', '=', decision)
      .where('voting_key', '=', credential)
      .where('own', '=', own)
      .executeTakeFirstOrThrow()
    if (Number(count) >= (own ? testsPerKeyMax : toldTestsMax.perKey)) return fail('too-many')
    if (!own && (await toldWithin(tx, election, now)) >= toldTestsMax.perMinute) return fail('too-fast')
    const noted = await tx
      .insertInto('tested_ballot')
      .values({ decision, digest, voting_key: credential, at: now, own })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst()
    if (noted.numInsertedOrUpdatedRows === 1n)
      await appendOwn(tx, now, [{ type: 'tested', decision, body: { key: credential, digest } }])
    return ok(digest)
  })
}

const minuteMs = 60_000

/** How many tests of this ballot others told of within the last minute. */
async function toldWithin(db: Db, { decision }: ElectionTable, now: number): Promise<number> {
  const { count } = await db
    .selectFrom('tested_ballot')
    .select((e) => e.fn.countAll<string>().as('count'))
    .where('decision', '=', decision)
    .where('own', '=', false)
    .where('at', '>', instant(now - minuteMs))
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function isHolder(
  db: Db,
  election: ElectionTable,
  key: { readonly votingKey: string; readonly secret: string },
  signedIn: string | null,
): Promise<boolean> {
  const personId = await voterFor(db, election, key.secret, signedIn)
  return personId !== null && (await ownLeaf(db, election, { personId, ...key })) !== null
}
