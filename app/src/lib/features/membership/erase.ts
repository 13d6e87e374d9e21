import { randomUUID } from 'node:crypto'
import type { Tx } from '#lib/platform/database.ts'
import type { ErasedPerson } from '#lib/platform/feature.ts'
import './tables.ts'

/**
 * Takes a person off the register altogether: their row, their standing, offices and seats they held. That an address was changed is still counted: of whom
 * and by whom is gone.
 */
export async function eraseFromRegister(tx: Tx, { id }: ErasedPerson): Promise<void> {
  for (const table of ['standing', 'office', 'seat'] as const) await tx.deleteFrom(table).where('person_id', '=', id).execute()
  await tx.deleteFrom('data_export').where('person_id', '=', id).execute()
  const nobody = randomUUID()
  await tx.updateTable('contact_change').set({ person_id: nobody, before: '' }).where('person_id', '=', id).execute()
  await tx.updateTable('contact_change').set({ by_person: nobody }).where('by_person', '=', id).execute()
  await tx.deleteFrom('person').where('id', '=', id).execute()
}
