import { assert, fail, ok, type Result } from '@quorate/kernel'
import type { DecisionId } from '@quorate/rulebook'
import { officesOf, personById, seatsOf } from '#lib/features/membership/index.ts'
import { appendOwn, lockLog } from '#lib/features/record/index.ts'
import { transaction, type Tx } from '#lib/platform/database.ts'
import { erasePlatformRows } from '#lib/platform/erasure.ts'
import type { ErasedPerson, Feature, Work } from '#lib/platform/feature.ts'
import { pseudonymFor } from './pseudonym.ts'
import './tables.ts'

/** Destroys the salts of a person's pseudonyms: what stands under those on the record can then be tied to nobody. */
export async function eraseFromMotions(tx: Tx, { id }: ErasedPerson): Promise<void> {
  for (const table of ['pseudonym', 'refused_attempt'] as const) await tx.deleteFrom(table).where('person_id', '=', id).execute()
  await tx.updateTable('roll_call_vote').set({ person_id: null, salt: null }).where('person_id', '=', id).execute()
  await tx.updateTable('roll_call_vote').set({ entered_by: null }).where('entered_by', '=', id).execute()
  await tx.updateTable('roll_call_device').set({ person_id: null, name: null }).where('person_id', '=', id).execute()
  await tx.updateTable('roll_call').set({ opened_by: null }).where('opened_by', '=', id).execute()
}

/** Why somebody was not erased. Who holds an office or a seat leaves it first, by the rules. */
export type EraseFault = 'no such person' | 'holds an office or a seat'

/** Acts outside any one decision are done under a pseudonym of their own. */
const outsideDecisions = 0 as DecisionId

/**
 * Erases a person: one transaction in which every feature destroys what it holds of them, and the record says that `by` erased one person.
 * The log, its root and every proof made before stay valid, because what they cover is salted hashes. Backups made before still hold the
 * rows: they are kept no longer than the privacy page says. Returns where the record says so.
 */
export async function eraseMember(
  work: Work,
  features: readonly Feature[],
  personId: string,
  by: { readonly personId: string; readonly as: string },
): Promise<Result<{ readonly position: number }, EraseFault>> {
  return transaction(work.db, async (tx) => {
    const now = await lockLog(tx, work.clock.now())
    const person = await personById(tx, personId)
    if (person === null) return fail('no such person')
    const held = [...(await officesOf(tx, personId, now)), ...(await seatsOf(tx, personId, now))]
    if (held.length > 0) return fail('holds an office or a seat')
    const actor = await pseudonymFor(tx, work.random, outsideDecisions, by.personId)
    for (const feature of features) await feature.erase?.(tx, person)
    await erasePlatformRows(tx, person)
    const placed = await appendOwn(tx, now, [{ type: 'erasure', decision: null, body: { by: actor, as: by.as, people: 1 } }])
    const [entry] = placed
    assert(entry !== undefined, 'what is appended has a place')
    return ok({ position: entry.position })
  })
}
