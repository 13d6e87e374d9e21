import { createHash } from 'node:crypto'
import { assert, concatBytes, utf8, type Random } from '@quorate/kernel'
import type { DecisionId, Pseudonym } from '@quorate/rulebook'
import type { Db, Tx } from '#lib/platform/database.ts'
import './tables.ts'

// The database's columns are text; these two are the only places where a stored text becomes a pseudonym.
const asPseudonym = (text: string): Pseudonym => {
  assert(/^[0-9a-f]{32}$/.test(text), 'a pseudonym has 32 hex digits')
  return text as Pseudonym
}

/**
 * A person's name within one decision: 32 hex digits of SHA-256 over `quorate/pseudonym/v1`, a 32-byte salt of that person in that decision
 * and the person's id. Without the salt nobody can tell whose it is, nor that two decisions met the same person.
 */
const pseudonymOf = (salt: Uint8Array, personId: string): Pseudonym =>
  asPseudonym(
    createHash('sha256')
      .update(concatBytes(utf8('quorate/pseudonym/v1'), salt, utf8(personId)))
      .digest('hex')
      .slice(0, 32),
  )

/** A pseudonym of a person for one thing alone, and the salt it was made with, for the caller to keep until the person is erased. */
export function freshPseudonym(random: Random, personId: string): { readonly salt: Buffer; readonly pseudonym: Pseudonym } {
  const salt = Buffer.from(random(32))
  return { salt, pseudonym: pseudonymOf(salt, personId) }
}

/** The pseudonym of a person in a decision, made at their first act in it. */
export async function pseudonymFor(tx: Tx, random: Random, decision: DecisionId, personId: string): Promise<Pseudonym> {
  const known = await knownPseudonym(tx, decision, personId)
  if (known !== null) return known
  const { salt, pseudonym } = freshPseudonym(random, personId)
  await tx.insertInto('pseudonym').values({ decision, person_id: personId, salt, pseudonym }).execute()
  return pseudonym
}

/** The pseudonym a person already has in a decision, or null. */
export async function knownPseudonym(db: Db, decision: number, personId: string): Promise<Pseudonym | null> {
  const row = await db
    .selectFrom('pseudonym')
    .select('pseudonym')
    .where('decision', '=', decision)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row === undefined ? null : asPseudonym(row.pseudonym)
}

/** Who stands behind pseudonyms of a decision: for pages that may name people, such as proposers. */
export async function personsBehind(
  db: Db,
  decision: number,
  pseudonyms: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (pseudonyms.length === 0) return new Map()
  const rows = await db
    .selectFrom('pseudonym')
    .select(['pseudonym', 'person_id'])
    .where('decision', '=', decision)
    .where('pseudonym', 'in', [...pseudonyms])
    .execute()
  return new Map(rows.map((row) => [row.pseudonym, row.person_id]))
}
