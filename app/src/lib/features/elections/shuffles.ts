import { parseTrustees, shufflesNeeded, type Element, type EncryptedTally, type Trustees } from '@quorate/ballots'
import { assert, fail, ok, type Result } from '@quorate/kernel'
import { packHints } from '@quorate/verifier'
import { appendOwn, documentOf, fingerprintOf, lockLog, storeDocument } from '#lib/features/record/index.ts'
import { isDuplicate, transaction, type Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { electionText, tallyOf } from './encrypted-sum.ts'
import { engine } from './engine.ts'
import { keepHints } from './hints.ts'
import { opensPapers } from './papers.ts'
import { checkSent, followed, hintsOfShuffle, type Mixed } from './shuffle-check.ts'
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

// Some milliseconds of a thread a paper: what the shuffles of one closed box left is kept until the process ends.
const mixes = new Map<number, Promise<Mixed>>()

/**
 * The tally of a closed box with its papers as the shuffles so far left them, checked beside this thread. Whoever asks meanwhile waits for the same
 * check; one that failed is tried again by whoever asks next.
 */
export function mixedTally(db: Db, decision: number, text: string, tally: EncryptedTally): Promise<Mixed> {
  const none: Mixed = { tally, lastShuffleHash: null, turns: 0 }
  const before = mixes.get(decision) ?? Promise.resolve(none)
  const mixed = before
    .catch(() => none)
    .then(async (known) => {
      const later = (await shufflesOf(db, decision)).slice(known.turns)
      return followed(
        text,
        known,
        later.map((shuffle) => shuffle.text),
      )
    })
  mixes.set(decision, mixed)
  return mixed
}

/** Keeps what a shuffle left that was checked and is now on the record, unless more is known by now. */
function remember(decision: number, mixed: Mixed): void {
  const before = mixes.get(decision) ?? Promise.resolve(mixed)
  const later = before.then(
    (known) => (known.turns < mixed.turns ? mixed : known),
    () => mixed,
  )
  mixes.set(decision, later)
}

/** Makes hints for a shuffle that is on the record now, in a thread of its own, and keeps them: a device that sent them would have to be waited for. */
async function keepShuffleHints(
  db: Db,
  at: { readonly decision: number; readonly position: number },
  election: string,
  text: string,
) {
  const hints = await hintsOfShuffle(election, text)
  if (hints !== null) keepHints(db, [{ ...at, packed: packHints(hints) }])
}

type Taken = Result<{ readonly shuffled: number; readonly needed: number }, ShuffleRefusal>
const takings = new Map<string, Promise<Taken>>()

/** Why a trustee's shuffle was not taken. `stale`: another trustee shuffled first, and this one is of the papers before that. */
export type ShuffleRefusal =
  | { readonly kind: 'not-a-trustee' | 'not-closed' | 'already-shuffled' | 'shuffles-ended' | 'stale' }
  /** `busy`: too many wait to be checked. `not-checked`: the check ended twice without a word. Nothing was taken; it may be sent again. */
  | { readonly kind: 'busy' | 'not-checked' }
  | { readonly kind: 'bad-proof'; readonly check: string }

/** What a trustee sends: the proven shuffle, and the hash of the one it follows; null where it is the first. */
export type SentShuffle = { readonly after: string | null; readonly shuffle: string }

/**
 * Takes a trustee's shuffle of the papers as the one before it left them, once its proof holds. With the last one that is needed the shuffles
 * have ended, and the box can be opened. The check takes seconds: the same shuffle, sent again meanwhile, meets the same answer.
 */
export function takeShuffle(work: Work, election: ElectionTable, personId: string, sent: SentShuffle): Promise<Taken> {
  const key = [work.settings.databaseUrl, election.uuid, personId, sent.after, fingerprintOf(sent.shuffle)].join(' ')
  const held = takings.get(key) ?? taken(work, election, personId, sent).finally(() => takings.delete(key))
  takings.set(key, held)
  return held
}

async function taken(
  work: Work,
  election: ElectionTable,
  personId: string,
  { after, shuffle: text }: SentShuffle,
): Promise<Taken> {
  const { decision } = election
  const seat = await work.db
    .selectFrom('trustee')
    .select('place')
    .where('decision', '=', decision)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (seat === undefined) return fail({ kind: 'not-a-trustee' })
  const { place } = seat
  const { shuffled, needed } = await shuffling(work.db, election)
  if (election.tally === null || needed === 0) return fail({ kind: 'not-closed' })
  if (shuffled.includes(place)) return fail({ kind: 'already-shuffled' })
  if (shuffled.length >= needed) return fail({ kind: 'shuffles-ended' })
  const set = await electionText(work.db, election)
  const mixed = await mixedTally(work.db, decision, set, await tallyOf(work, election))
  if (mixed.lastShuffleHash !== after) return fail({ kind: 'stale' })
  const checked = await checkSent({ decision, place, election: set }, mixed, text)
  if (checked.kind === 'fail')
    return fail(
      typeof checked.error === 'string'
        ? { kind: checked.error === 'busy' ? 'busy' : 'not-checked' }
        : { kind: 'bad-proof', check: checked.error.check },
    )
  const { turns } = checked.value
  try {
    const position = await transaction(work.db, async (tx) => {
      const now = await lockLog(tx, work.clock.now())
      const document = await storeDocument(tx, text)
      await tx.insertInto('shuffle').values({ decision, turn: turns, place, document }).execute()
      const [placed] = await appendOwn(tx, now, [{ type: 'shuffle', decision, body: { trustee: place, shuffle: document } }])
      return placed?.position
    })
    if (position !== undefined) keepShuffleHints(work.db, { decision, position }, set, text).catch(() => undefined) // lost, they cost time alone
  } catch (error) {
    if (isDuplicate(error)) return fail({ kind: 'stale' })
    throw error
  }
  remember(decision, checked.value)
  return ok({ shuffled: turns, needed })
}
