import { keyTextsOf, noPreviousTracker, openBind, parsePublicRoll, type Element, type PublicRoll } from '@quorate/ballots'
import { assert } from '@quorate/kernel'
import { sql } from 'kysely'
import { documentOf, fingerprintOf } from '#lib/features/record/index.ts'
import type { Db } from '#lib/platform/database.ts'
import { ownThreads } from './cast-check.ts'
import { electionOf } from './engine.ts'
import type { ElectionTable } from './tables.ts'

const texts = new Map<string, string>()
const textsMax = 64

/** The text of an election that was set up, by its fingerprint. It never changes, so it is read once. */
export async function electionTextOf(db: Db, fingerprint: string): Promise<string | null> {
  const held = texts.get(fingerprint)
  if (held !== undefined) return held
  const text = await documentOf(db, fingerprint)
  // A text that was altered in the database is not held on to: it may be put back.
  if (text !== null && texts.size < textsMax && fingerprintOf(text) === fingerprint) texts.set(fingerprint, text)
  return text
}

/** Fewer keys are decoded here, 0.2 ms each, before a thread has been told of them. */
const worthThreads = 64

const rolls = new Map<string, Promise<PublicRoll<Element>>>()

/**
 * The public roll of an election that was set up, parsed once: its strict check costs a subgroup test a key, made in threads. Those who ask while
 * it is parsed wait for the same.
 */
export function publicRollOf(db: Db, election: ElectionTable, text: string): Promise<PublicRoll<Element>> {
  const held = rolls.get(election.uuid)
  if (held !== undefined) return held
  const parsed = parsedRoll(db, election, text)
  rolls.set(election.uuid, parsed)
  // What failed is tried again.
  parsed.catch(() => rolls.delete(election.uuid))
  return parsed
}

async function parsedRoll(db: Db, election: ElectionTable, text: string): Promise<PublicRoll<Element>> {
  const list = (election.credentials === null ? null : await documentOf(db, election.credentials)) ?? ''
  const { engine } = electionOf(text)
  const keys = keyTextsOf(list)
  const decoded = new Map<string, ReturnType<typeof engine.decode>>()
  // Points cross between threads as bytes; noble's would lose what they are.
  if (keys.length >= worthThreads && (engine.name !== 'Ed25519' || engine.bulk !== undefined))
    try {
      for (const [i, key] of (await ownThreads().keys(text, keys)).entries()) decoded.set(keys[i] ?? '', key)
    } catch {
      // Where no thread can be had, here.
    }
  const roll = parsePublicRoll(engine, list, (key) => decoded.get(key) ?? engine.decode(key))
  assert(roll.kind === 'ok', 'the public roll we made is one')
  return roll.value
}

/** A claim that a voting key is a member's own: `bind` is the opening of its line in the bind list. */
export type KeyClaim = { readonly votingKey: string; readonly bind: string; readonly personId: string }

/** Of each claim whether the opening opens the key for this member's own line of the roll. Cost: two queries for all, one hash each. */
export async function areOwnKeys(
  db: Db,
  { decision, uuid }: ElectionTable,
  claims: readonly KeyClaim[],
): Promise<readonly boolean[]> {
  const keys = claims.map(({ votingKey }) => votingKey)
  const people = claims.map(({ personId }) => personId)
  const [binds, leaves] = await Promise.all([
    db
      .selectFrom('voting_key')
      .select(['voting_key', 'bind'])
      .where('decision', '=', decision)
      .where('voting_key', '=', sql<string>`any(${keys}::text[])`)
      .execute(),
    db
      .selectFrom('roll_line')
      .select(['person_id', 'leaf'])
      .where('decision', '=', decision)
      .where('person_id', '=', sql<string>`any(${people}::uuid[])`)
      .execute(),
  ])
  const bindOf = new Map(binds.map((row) => [row.voting_key, row.bind]))
  const leafOf = new Map(leaves.map((row) => [row.person_id, row.leaf]))
  return claims.map(({ votingKey, bind: secret, personId }) => {
    const [bind, leaf] = [bindOf.get(votingKey), leafOf.get(personId)]
    return bind !== undefined && leaf !== undefined && openBind(uuid, votingKey, bind, { leaf, secret }).kind === 'ok'
  })
}

/** Where a voting key stands in the box. */
export async function historyOf(db: Db, decision: number, votingKey: string) {
  const last = await db
    .selectFrom('ballot')
    .select(['turn', 'tracker'])
    .where('decision', '=', decision)
    .where('voting_key', '=', votingKey)
    .orderBy('turn', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { cast: last?.turn ?? 0, last: last?.tracker ?? noPreviousTracker }
}

/** When the ballot of a decision closes, by the engine's state; null before its timetable. */
export async function closingOf(db: Db, decision: number): Promise<number | null> {
  const row = await db.selectFrom('decision').select('state').where('id', '=', decision).executeTakeFirst()
  const box = Object.values(row?.state?.stages ?? {}).find((marks) => marks.box.closesAt !== null)?.box
  return box?.closesAt ?? null
}

/** How many have voted, once or again. The box is public, and stays when who took part is forgotten. */
export async function votersIn(db: Db, decision: number): Promise<number> {
  const { n } = await db
    .selectFrom('ballot')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('decision', '=', decision)
    .where('turn', '=', 1)
    .executeTakeFirstOrThrow()
  return n
}
