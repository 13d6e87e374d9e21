import { assert, type Instant } from '@quorate/kernel'
import {
  canonicalText,
  editionWords,
  editionWordsText,
  parseEditionWords,
  parseRulebook,
  words,
  wordsOfClause,
  type ClauseId,
  type EditionNumber,
  type Editions,
  type EditionWords,
  type Rulebook,
  type WordsLocale,
} from '@quorate/rulebook'
import { appendOwn, documentOf, storeDocument, type Draft } from '#lib/features/record/index.ts'
import type { Db, Tx } from '#lib/platform/database.ts'
import './tables.ts'

/**
 * A ratified version of the rulebook: number, fingerprints of its text and of its operative words, the decision that enacted it, and since
 * when it is in force.
 */
export type Edition = {
  readonly number: EditionNumber
  readonly fingerprint: string
  readonly words: string
  readonly decision: number | null
  readonly inForceAt: Instant
}

/** Every edition, oldest first. The last is in force. */
export async function editionsListed(db: Db): Promise<readonly Edition[]> {
  const rows = await db.selectFrom('edition').selectAll().orderBy('number').execute()
  return rows.map((row) => ({
    number: row.number as EditionNumber, // the column holds what this feature wrote
    fingerprint: row.fingerprint,
    words: row.words,
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
  const said = parseEditionWords((await documentOf(db, edition.words)) ?? '')
  assert(said.kind === 'ok', `the words of edition ${String(edition.number)} are among the documents`)
  storedWords.set(rulebook.value, said.value)
  parsed.set(key, rulebook.value)
  return rulebook.value
}

// The words of each edition as it was ratified, by the rulebook that was read from it.
const storedWords = new WeakMap<Rulebook, EditionWords>()

/**
 * The operative words of a clause: of a ratified edition those stored with it, which no new template changes; of a draft those it would have.
 * Null for a clause of prose alone.
 */
export function operativeWords(rulebook: Rulebook, clause: ClauseId, locale: WordsLocale): string | null {
  const stored = storedWords.get(rulebook)
  return stored === undefined ? words(rulebook, clause, locale) : wordsOfClause(stored, clause, locale)
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

/** An edition that is about to come into force: what will be listed, and its entry. */
export type DraftEdition = { readonly edition: Omit<Edition, 'inForceAt'>; readonly entry: Draft }

/** Stores the text of an edition and its operative words, made once and for good by the templates of this day. */
export async function draftEdition(
  tx: Tx,
  number: EditionNumber,
  decision: number | null,
  text: string,
): Promise<DraftEdition> {
  const rulebook = parseRulebook(text, number)
  assert(rulebook.kind === 'ok', `the text of edition ${String(number)} parses`)
  const fingerprint = await storeDocument(tx, text)
  const said = await storeDocument(tx, editionWordsText(editionWords(rulebook.value)))
  return {
    edition: { number, fingerprint, words: said, decision },
    entry: { type: 'edition', decision, body: { edition: number, text: fingerprint, words: said } },
  }
}

/** Founds the movement's rules: edition 1, on the record. Only for an empty database; what members ratify later comes by {@link addEdition}. */
export async function foundRulebook(tx: Tx, now: Instant, text: string): Promise<void> {
  // The first number there is.
  const { edition, entry } = await draftEdition(tx, 1 as EditionNumber, null, canonicalText(text))
  await addEdition(tx, { ...edition, inForceAt: now })
  await appendOwn(tx, now, [entry])
}

/** Puts a new edition in force. The caller has the `enacted` event and writes the entry; the unique keys stop a second one. */
export async function addEdition(tx: Tx, edition: Edition): Promise<void> {
  const { number, fingerprint, words: said, decision, inForceAt } = edition
  await tx.insertInto('edition').values({ number, fingerprint, words: said, decision, in_force_at: inForceAt }).execute()
}
