import { randomUUID } from 'node:crypto'
import type { Tx } from '#lib/platform/database.ts'
import type { ErasedPerson } from '#lib/platform/feature.ts'
import './tables.ts'

/**
 * Cuts every tie between a person and a ballot: the salts of their lines on frozen rolls (the leaves stay in the published lists), codes under
 * seal, that they took part, and requests for a lost ballot or a link. Where they were a trustee, the place remains and nobody's name is at it.
 */
export async function eraseFromElections(tx: Tx, { id, email, membershipNumber }: ErasedPerson): Promise<void> {
  for (const table of ['roll_line', 'sealed_code', 'participation', 'link_request'] as const)
    await tx.deleteFrom(table).where('person_id', '=', id).execute()
  await tx.updateTable('trustee').set({ person_id: randomUUID() }).where('person_id', '=', id).execute()
  await tx
    .updateTable('lost_ballot')
    .set({ asked: null })
    .where('asked', 'in', [email, String(membershipNumber)])
    .execute()
}
