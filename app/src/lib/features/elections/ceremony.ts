import { assembleTrustees, checkHandedIn, trusteesPhrase, type GroupName, type TrusteeContext } from '@quorate/ballots'
import { assert, fail, ok, type Result } from '@quorate/kernel'
import { appendOwn, documentOf, storeDocument } from '#lib/features/record/index.ts'
import { fullName, personsById } from '#lib/features/membership/index.ts'
import { isDuplicate, transaction, type Db, type Tx } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { engine } from './engine.ts'
import { shuffleUnderway, type ShuffleUnderway } from './shuffle-check.ts'
import { shuffling } from './shuffles.ts'
import type { ElectionTable } from './tables.ts'

/** Where a key ceremony stands, as its trustees and anybody else may see it. */
export type CeremonyView = {
  readonly uuid: string
  readonly group: GroupName
  readonly threshold: number
  readonly size: number
  readonly names: readonly string[]
  readonly you: number | null
  readonly steps: readonly { readonly step: 1 | 2 | 3; readonly index: number; readonly message: string }[]
  readonly trustees: string | null
  readonly phrase: readonly string[] | null
  readonly state: 'collecting' | 'complete'
  /** Places of the trustees who have shuffled the papers, in order, and how many must; none where only totals are opened. */
  readonly shuffled: readonly number[]
  readonly shufflesNeeded: number
  /** The shuffle that is being checked, and how far that has come; null where none is. */
  readonly checking: ShuffleUnderway | null
  readonly opened: readonly number[]
}

/** Why a trustee's message was not taken. `check` names what failed. */
export type StepFault =
  { readonly kind: 'not-a-trustee' } | { readonly kind: 'step-done' } | { readonly kind: 'bad-message'; readonly check: string }

type Row = { readonly step: number; readonly place: number; readonly message: string }
/** A message that is handed in now. */
type Handed = Row & { readonly step: 1 | 2 | 3 }

const messagesOf = (rows: readonly Row[], step: number): readonly string[] =>
  rows.filter((row) => row.step === step).map((row) => row.message)

async function rowsOf(db: Db, decision: number): Promise<readonly Row[]> {
  return db
    .selectFrom('ceremony_message')
    .select(['step', 'place', 'message'])
    .where('decision', '=', decision)
    .orderBy('step')
    .orderBy('place')
    .execute()
}

/** The ceremony of an election, for a visitor. */
export async function ceremonyOf(db: Db, election: ElectionTable, personId: string | null): Promise<CeremonyView> {
  const { decision, uuid, group_name: group, threshold } = election
  const seats = await db.selectFrom('trustee').selectAll().where('decision', '=', decision).orderBy('place').execute()
  const persons = await personsById(
    db,
    seats.map((seat) => seat.person_id),
  )
  const rows = await rowsOf(db, decision)
  const openings = await db.selectFrom('opening').select('place').where('decision', '=', decision).orderBy('place').execute()
  const trustees = election.trustees === null ? null : await documentOf(db, election.trustees)
  const mixing = await shuffling(db, election)
  return {
    uuid,
    group,
    threshold,
    size: seats.length,
    names: seats.map((seat) => {
      const person = persons.get(seat.person_id)
      return person === undefined ? '' : fullName(person)
    }),
    you: seats.find((seat) => seat.person_id === personId)?.place ?? null,
    steps: rows.map(({ step, place, message }) => ({ step: step as 1 | 2 | 3, index: place, message })), // the column's own check
    trustees,
    phrase: trustees === null ? null : trusteesPhrase(trustees),
    state: trustees === null ? 'collecting' : 'complete',
    shuffled: mixing.shuffled,
    shufflesNeeded: mixing.needed,
    checking: shuffleUnderway(decision),
    opened: openings.map((opening) => opening.place),
  }
}

const stepNames = ['certificate', 'polynomial', 'verification-key'] as const

/**
 * Takes a trustee's message of one step, after checking it against those it must fit: the first that does not names its sender. With the last
 * one the trustees file is made and the key is complete.
 */
export async function takeStepMessage(
  work: Work,
  election: ElectionTable,
  personId: string,
  step: 1 | 2 | 3,
  message: string,
): Promise<Result<null, StepFault>> {
  const { decision } = election
  const take = async (tx: Tx): Promise<Result<null, StepFault>> => {
    const seats = await tx
      .selectFrom('trustee')
      .selectAll()
      .where('decision', '=', decision)
      .orderBy('place')
      .forUpdate()
      .execute()
    const place = seats.find((seat) => seat.person_id === personId)?.place
    if (place === undefined) return fail({ kind: 'not-a-trustee' })
    const before = await rowsOf(tx, decision)
    if (before.some((row) => row.step === step && row.place === place)) return fail({ kind: 'step-done' })
    if (step > 1 && messagesOf(before, step - 1).length < seats.length)
      return fail({ kind: 'bad-message', check: 'earlier step incomplete' })
    const rows = [...before, { step, place, message }]
    const fault = faultOf(election, seats.length, before, { step, place, message })
    if (fault !== null) return fail({ kind: 'bad-message', check: fault })
    await tx.insertInto('ceremony_message').values({ decision, step, place, message }).execute()
    const fingerprint = await storeDocument(tx, message)
    await appendOwn(tx, work.clock.now(), [
      {
        type: 'ceremony',
        decision,
        body: { step: stepNames[step - 1] ?? 'certificate', trustee: place, message: fingerprint },
      },
    ])
    if (step === 3 && messagesOf(rows, 3).length === seats.length) await complete(tx, election, seats.length, rows)
    return ok(null)
  }
  try {
    return await transaction(work.db, take)
  } catch (error) {
    if (isDuplicate(error)) return fail({ kind: 'step-done' })
    throw error
  }
}

const contextOf = ({ uuid, group_name, threshold }: ElectionTable, size: number): Omit<TrusteeContext, 'index'> => ({
  uuid,
  group: group_name,
  size,
  threshold,
})

/** What is wrong with a message, by itself and after those of earlier steps, or null. */
function faultOf(election: ElectionTable, size: number, before: readonly Row[], { step, place, message }: Handed): string | null {
  const handed = { step, index: place, text: message }
  const checked = checkHandedIn(engine(election.group_name), contextOf(election, size), sorted(before), handed)
  return checked.kind === 'fail' ? checked.error.kind : null
}

const sorted = (rows: readonly Row[]) => ({
  certificates: messagesOf(rows, 1),
  polynomials: messagesOf(rows, 2),
  keys: messagesOf(rows, 3),
})

async function complete(tx: Tx, election: ElectionTable, size: number, rows: readonly Row[]): Promise<void> {
  const file = assembleTrustees(engine(election.group_name), contextOf(election, size), sorted(rows))
  assert(file.kind === 'ok', 'a checked ceremony gives a trustees file')
  const trustees = await storeDocument(tx, file.value)
  await tx.updateTable('election').set({ trustees }).where('decision', '=', election.decision).execute()
}
