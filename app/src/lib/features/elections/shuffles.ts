import {
  afterShuffle,
  checkShuffle,
  listCiphertexts,
  parseTrustees,
  shufflesNeeded,
  type Element,
  type EncryptedTally,
  type Trustees,
} from '@quorate/ballots'
import { assert, fail, ok, type Result } from '@quorate/kernel'
import { appendOwn, documentOf, lockLog, storeDocument } from '#lib/features/record/index.ts'
import { isDuplicate, transaction, type Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { electionText, tallyOf } from './encrypted-sum.ts'
import { electionOf, engine } from './engine.ts'
import { opensPapers } from './papers.ts'
import type { ElectionTable } from './tables.ts'

/** A shuffle as it stands on the record, in order. */
export type RecordedShuffle = { readonly owner: number; readonly text: string }

/** Every shuffle of an election so far, in order. */
export async function shufflesOf(db: Db, decision: number): Promise<readonly RecordedShuffle[]> {
  const rows = await db
    .selectFrom('shuffle')
    .innerJoin('record_document', 'record_document.fingerprint', 'shuffle.document')
    .select(['shuffle.place', 'record_document.content'])
    .where('shuffle.decision', '=', decision)
    .orderBy('shuffle.turn')
    .execute()
  return rows.map(({ place, content }) => ({ owner: place, text: content }))
}

/** Places of the trustees who have shuffled, and how many must; none where only totals are opened. */
export async function shuffling(db: Db, election: ElectionTable) {
  const [text, trustees] = await Promise.all([
    election.election === null ? null : documentOf(db, election.election),
    election.trustees === null ? null : documentOf(db, election.trustees),
  ])
  if (text === null || trustees === null || !opensPapers(text)) return { shuffled: [], needed: 0 }
  const rows = await db.selectFrom('shuffle').select('place').where('decision', '=', election.decision).orderBy('turn').execute()
  return { shuffled: rows.map(({ place }) => place), needed: shufflesNeeded(trusteesIn(election, trustees)) }
}

/** The trustees of an election, from the file they made. */
export function trusteesIn(election: Pick<ElectionTable, 'group_name'>, file: string): Trustees<Element> {
  const trustees = parseTrustees(engine(election.group_name), file)
  assert(trustees.kind === 'ok', 'the trustees file we made is one')
  return trustees.value
}

/** What is to be opened, and the hash of the last shuffle that led to it; null where nothing was shuffled. */
export type Mixed = { readonly tally: EncryptedTally; readonly lastShuffleHash: string | null; readonly turns: number }

// Some milliseconds of a thread a paper: what the shuffles of one closed box left is kept until the process ends.
const mixes = new Map<number, Mixed>()

/** The tally of a closed box with its papers as the shuffles so far left them, each checked as it comes. */
export async function mixedTally(db: Db, decision: number, text: string, tally: EncryptedTally): Promise<Mixed> {
  const election = electionOf(text)
  let mixed = mixes.get(decision) ?? { tally, lastShuffleHash: null, turns: 0 }
  for (const shuffle of (await shufflesOf(db, decision)).slice(mixed.turns)) {
    const checked = checkShuffle(election, listCiphertexts(election, mixed.tally.ciphertexts), shuffle.text)
    assert(checked.kind === 'ok', 'a shuffle on the record holds')
    const { rows, hash } = checked.value
    mixed = { tally: afterShuffle(election, mixed.tally, rows), lastShuffleHash: hash, turns: mixed.turns + 1 }
  }
  mixes.set(decision, mixed)
  return mixed
}

/** Why a trustee's shuffle was not taken. `stale`: another trustee shuffled first, and this one is of the papers before that. */
export type ShuffleRefusal =
  | { readonly kind: 'not-a-trustee' | 'not-closed' | 'already-shuffled' | 'shuffles-ended' | 'stale' }
  | { readonly kind: 'bad-proof'; readonly check: string }

/** What a trustee sends: the proven shuffle, and the hash of the one it follows; null where it is the first. */
export type SentShuffle = { readonly after: string | null; readonly shuffle: string }

/**
 * Takes a trustee's shuffle of the papers as the one before it left them, once its proof holds. With the last one that is needed the shuffles
 * have ended, and the box can be opened.
 */
export async function takeShuffle(
  work: Work,
  election: ElectionTable,
  personId: string,
  { after, shuffle: text }: SentShuffle,
): Promise<Result<{ readonly shuffled: number; readonly needed: number }, ShuffleRefusal>> {
  const { decision } = election
  const seat = await work.db
    .selectFrom('trustee')
    .select('place')
    .where('decision', '=', decision)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (seat === undefined) return fail({ kind: 'not-a-trustee' })
  const { shuffled, needed } = await shuffling(work.db, election)
  if (election.tally === null || needed === 0) return fail({ kind: 'not-closed' })
  if (shuffled.includes(seat.place)) return fail({ kind: 'already-shuffled' })
  if (shuffled.length >= needed) return fail({ kind: 'shuffles-ended' })
  const set = await electionText(work.db, election)
  const mixed = await mixedTally(work.db, decision, set, await tallyOf(work, election))
  if (mixed.lastShuffleHash !== after) return fail({ kind: 'stale' })
  const own = electionOf(set)
  const checked = checkShuffle(own, listCiphertexts(own, mixed.tally.ciphertexts), text)
  if (checked.kind === 'fail') return fail({ kind: 'bad-proof', check: checked.error.kind })
  try {
    await transaction(work.db, async (tx) => {
      const now = await lockLog(tx, work.clock.now())
      const document = await storeDocument(tx, text)
      await tx
        .insertInto('shuffle')
        .values({ decision, turn: mixed.turns + 1, place: seat.place, document })
        .execute()
      await appendOwn(tx, now, [{ type: 'shuffle', decision, body: { trustee: seat.place, shuffle: document } }])
    })
  } catch (error) {
    if (isDuplicate(error)) return fail({ kind: 'stale' })
    throw error
  }
  return ok({ shuffled: mixed.turns + 1, needed })
}
