import type { JsonObject } from '@quorate/kernel'
import type { Db } from './database.ts'
import type { ErasedPerson } from './feature.ts'
import './tables.ts'

/** A voting link without its code: whoever has somebody's session must not find how they would vote. */
const withoutCodes = (text: string): string => text.replaceAll(/(\/vote\/\w+)#[\w-]+/g, '$1')
/** A sign-in link without its token, likewise. */
const withoutTokens = (text: string): string => text.replaceAll(/(\/signin\/)[\w-]{20,}/g, '$1…')

/** What the platform holds of a person: their sign-ins, and the mail written to them, without what opens a door. */
export async function heldByPlatform(db: Db, { id }: ErasedPerson): Promise<JsonObject> {
  const sessions = await db.selectFrom('session').selectAll().where('person_id', '=', id).orderBy('created_at').execute()
  const links = await db.selectFrom('sign_in_link').selectAll().where('person_id', '=', id).orderBy('created_at').execute()
  const mails = await db.selectFrom('mail').selectAll().where('recipient', '=', id).orderBy('queued_at').execute()
  return {
    sign_ins: sessions.map(({ created_at, expires_at }) => ({ created_at, expires_at })),
    sign_in_links: links.map(({ created_at, expires_at, used_at }) => ({ created_at, expires_at, used_at })),
    mails: mails.map(({ purpose, about, address, name, subject, body_text, state, queued_at, sent_at }) => ({
      purpose,
      about,
      address,
      name,
      subject,
      text: withoutTokens(withoutCodes(body_text)),
      state,
      queued_at,
      sent_at,
    })),
  }
}
