import { createHash } from 'node:crypto'
import { fail, instant, ok, type Clock, type Instant, type Random, type Result } from '@quorate/kernel'
import { askedTogether } from './asked-together.ts'
import type { Database, Db } from './database.ts'
import { randomToken } from './random.ts'

/** Name of the cookie of a signed-in browser. */
export const sessionCookie = 'quorate'
const dayMs = 86_400_000
const sessionMs = 30 * dayMs
const linkMs = 15 * 60_000

/** Domain-separated SHA-256 of a bearer text: what the database keeps, so that reading it signs nobody in. */
const hashOf = (token: string): Buffer => createHash('sha256').update(`quorate session v1\n${token}`).digest()

/** What sessions need. `machine` is the machine's clock: moving the demonstration clock must not sign people out. */
type Desk = { readonly db: Db; readonly machine: Clock; readonly random: Random }

/** Signs a person in; returns the cookie's value, which exists nowhere else. Lasts 30 days. */
export async function openSession({ db, machine, random }: Desk, personId: string): Promise<string> {
  const token = randomToken(random)
  const now = machine.now()
  await db
    .insertInto('session')
    .values({ token_hash: hashOf(token), person_id: personId, created_at: now, expires_at: instant(now + sessionMs) })
    .execute()
  return token
}

/** Who a cookie's value belongs to; null when unknown, expired or signed out. */
export async function personOfSession(db: Db, machine: Clock, token: string | undefined): Promise<string | null> {
  if (token === undefined || token.length > 100) return null
  const row = await sessionOf(db, hashOf(token).toString('hex'))
  return row !== undefined && row.expires_at > machine.now() ? row.person_id : null
}

/** When a cookie's session was opened, by the machine's clock; null when there is none. For what asks that somebody has signed in just now. */
export async function sessionOpenedAt(db: Db, token: string | undefined): Promise<Instant | null> {
  if (token === undefined || token.length > 100) return null
  const row = await db.selectFrom('session').select('created_at').where('token_hash', '=', hashOf(token)).executeTakeFirst()
  return row?.created_at ?? null
}

/** A session by its hash in hex, past its time or not. */
const sessionOf = askedTogether<string, Pick<Database['session'], 'person_id' | 'expires_at'>>(async (db, hashes) => {
  const rows = await db
    .selectFrom('session')
    .select(['token_hash', 'person_id', 'expires_at'])
    .where(
      'token_hash',
      'in',
      hashes.map((hash) => Buffer.from(hash, 'hex')),
    ) // prettier-ignore
    .execute()
  return new Map(rows.map((row) => [row.token_hash.toString('hex'), row]))
})

/** Signs this browser out. */
export async function closeSession(db: Db, token: string): Promise<void> {
  await db.deleteFrom('session').where('token_hash', '=', hashOf(token)).execute()
}

/** Deletes sessions and links past their time; returns how many. */
export async function sweepSessions(db: Db, machine: Clock): Promise<number> {
  const now = machine.now()
  const sessions = await db.deleteFrom('session').where('expires_at', '<=', now).executeTakeFirst()
  const links = await db
    .deleteFrom('sign_in_link')
    .where('expires_at', '<=', instant(now - dayMs))
    .executeTakeFirst()
  return Number(sessions.numDeletedRows + links.numDeletedRows)
}

/** Makes a sign-in link's token, good once and for 15 minutes; `next` is the local path to go on to. */
export async function issueSignInLink({ db, machine, random }: Desk, personId: string, next: string): Promise<string> {
  const token = randomToken(random)
  const now = machine.now()
  await db
    .insertInto('sign_in_link')
    .values({
      token_hash: hashOf(token),
      person_id: personId,
      next,
      created_at: now,
      expires_at: instant(now + linkMs),
      used_at: null,
    })
    .execute()
  return token
}

/** Why a sign-in link does not work. */
export type LinkFault = 'unknown' | 'used' | 'expired'
/** What a sign-in link is good for. */
export type SignInLink = { readonly personId: string; readonly next: string }

/** Reads a link without spending it: mail scanners open links, so opening must cost nothing. */
export async function readSignInLink(db: Db, machine: Clock, token: string): Promise<Result<SignInLink, LinkFault>> {
  const row = await db.selectFrom('sign_in_link').selectAll().where('token_hash', '=', hashOf(token)).executeTakeFirst()
  if (row === undefined) return fail('unknown')
  if (row.used_at !== null) return fail('used')
  return row.expires_at <= machine.now() ? fail('expired') : ok({ personId: row.person_id, next: row.next })
}

/** Spends a link. Of two presses at once, one wins: the update asks for `used_at is null`. */
export async function spendSignInLink(db: Db, machine: Clock, token: string): Promise<Result<SignInLink, LinkFault>> {
  const now = machine.now()
  const row = await db
    .updateTable('sign_in_link')
    .set({ used_at: now })
    .where('token_hash', '=', hashOf(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['person_id', 'next'])
    .executeTakeFirst()
  if (row !== undefined) return ok({ personId: row.person_id, next: row.next })
  const why = await readSignInLink(db, machine, token)
  return why.kind === 'fail' ? why : fail('used')
}

/** A path on this site to go on to, never another site's address: `//host`, `/\host` and control characters are refused. */
export const localPath = (text: unknown, otherwise = '/'): string =>
  typeof text === 'string' && text.length <= 500 && /^\/(?![/\\])[\x21-\x7e]*$/.test(text) && !text.includes('\\')
    ? text
    : otherwise
