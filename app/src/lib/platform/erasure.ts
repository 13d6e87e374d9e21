import { randomUUID } from 'node:crypto'
import type { Tx } from './database.ts'
import type { ErasedPerson } from './feature.ts'
import './tables.ts'

/**
 * Destroys what the platform holds of a person: their sessions and links; of mail to them everything but that it went out, so that figures of
 * a mailing stay true.
 */
export async function erasePlatformRows(tx: Tx, { id, email }: ErasedPerson): Promise<void> {
  await tx.deleteFrom('session').where('person_id', '=', id).execute()
  await tx.deleteFrom('sign_in_link').where('person_id', '=', id).execute()
  const mine = await tx
    .selectFrom('mail')
    .select(['id', 'state', 'address'])
    .where((e) => e.or([e('recipient', '=', id), e('address', '=', email)]))
    .execute()
  for (const { id: mail, state } of mine)
    await tx
      .updateTable('mail')
      .set({ recipient: randomUUID(), address: '', name: '', subject: '', body_text: '', body_html: '', fault: null })
      // What has not gone out can go nowhere now.
      .set(state === 'queued' || state === 'sending' ? { state: 'failed' } : {})
      .where('id', '=', mail)
      .execute()
  // An address of theirs from before a change is in the mail that went there.
  const addresses = [...new Set([email, ...mine.map(({ address }) => address)])].filter((address) => address !== '')
  await tx.deleteFrom('demo_mail').where('address', 'in', addresses).execute()
}
