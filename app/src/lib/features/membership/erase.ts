import type { Tx } from '#lib/platform/database.ts'
import type { ErasedPerson } from '#lib/platform/feature.ts'
import './tables.ts'

/** Takes a person off the register altogether: their row, their standing, offices and seats they held. */
export async function eraseFromRegister(tx: Tx, { id }: ErasedPerson): Promise<void> {
  for (const table of ['standing', 'office', 'seat'] as const) await tx.deleteFrom(table).where('person_id', '=', id).execute()
  await tx.deleteFrom('person').where('id', '=', id).execute()
}
