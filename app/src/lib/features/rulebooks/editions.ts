import { assert, type Instant } from '@quorate/kernel'
import { canonicalText, parseRulebook, type EditionNumber, type Editions, type Rulebook } from '@quorate/rulebook'
import { appendOwn, documentOf, storeDocument } from '#lib/features/record/index.ts'
import type { Db, Tx } from '#lib/platform/database.ts'
import './tables.ts'

/** A ratified version of the rulebook: number, text fingerprint, the decision that enacted it, and since when it is in force. */
export type Edition = {
  readonly number: EditionNumber
  readonly fingerprint: string
  readonly decision: number | null
  readonly inForceAt: Instant
}

/** Every edition, oldest first. The last is in force. */
export async function editionsListed(db: Db): Promise<readonly Edition[]> {
  const rows = await db.selectFrom('edition').selectAll().orderBy('number').execute()
  return rows.map((row) => ({
    number: row.number as EditionNumber, // the column holds what this feature wrote
    fingerprint: row.fingerprint,
    decision: row.decision,
    inForceAt: row.in_force_at,
  }))
}

// An edition never changes, so what was parsed once stays true. A movement has tens of editions, not thousands.
const parsed = new Map<string, Rulebook>()

async function rulebookOf(db: Db, edition: Edition): Promise<Rulebook> {
  const key = `${String(edition.number)} ${edition.fingerprint}`
  const known = parsed.get(key)
  if (known !== undefined) return known
  const text = await editionText(db, edition)
  const rulebook = parseRulebook(text, edition.number)
  assert(rulebook.kind === 'ok', `edition ${String(edition.number)}, once ratified, parses`)
  parsed.set(key, rulebook.value)
  return rulebook.value
}

/** The source text of an edition, byte for byte as it was ratified. */
export async function editionText(db: Db, edition: Pick<Edition, 'fingerprint' | 'number'>): Promise<string> {
  const text = await documentOf(db, edition.fingerprint)
  assert(text !== null, `the text of edition ${String(edition.number)} is among the documents`)
  return text
}

/** All editions, parsed, and which is in force: what `decide` judges by. */
export async function editionsOf(db: Db): Promise<Editions> {
  const listed = await editionsListed(db)
  const last = listed.at(-1)
  assert(last !== undefined, 'a founded movement has a first edition')
  const rulebooks = await Promise.all(listed.map(async (edition) => [edition.number, await rulebookOf(db, edition)] as const))
  return { byNumber: new Map(rulebooks), inForce: last.number }
}

/** The rulebook in force. */
export async function rulebookInForce(db: Db): Promise<Rulebook> {
  const { byNumber, inForce } = await editionsOf(db)
  const rulebook = byNumber.get(inForce)
  assert(rulebook !== undefined, 'the edition in force is among the editions')
  return rulebook
}

/** Founds the movement's rules: edition 1, on the record. Only for an empty database; what members ratify later comes by {@link addEdition}. */
export async function foundRulebook(tx: Tx, now: Instant, text: string): Promise<void> {
  const rulebook = parseRulebook(text, 1 as EditionNumber) // the first number there is
  assert(rulebook.kind === 'ok', 'the founding rulebook parses')
  const fingerprint = await storeDocument(tx, canonicalText(text))
  await tx.insertInto('edition').values({ number: 1, fingerprint, decision: null, in_force_at: now }).execute()
  await appendOwn(tx, now, [{ type: 'edition', decision: null, body: { edition: 1, text: fingerprint } }])
}

/** Puts a new edition in force. The caller has the `enacted` event and writes the entry; the unique keys stop a second one. */
export async function addEdition(tx: Tx, edition: Edition): Promise<void> {
  const { number, fingerprint, decision, inForceAt } = edition
  await tx.insertInto('edition').values({ number, fingerprint, decision, in_force_at: inForceAt }).execute()
}
