import { noPreviousTracker, openBind, parsePublicRoll, receiptKeyOf, type Element, type PublicRoll } from '@quorate/ballots'
import { assert, toHex } from '@quorate/kernel'
import { documentOf } from '#lib/features/record/index.ts'
import type { Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'
import { electionOf } from './engine.ts'
import { receiptKey } from './keys.ts'
import type { ElectionTable } from './tables.ts'

const rolls = new Map<string, PublicRoll<Element>>()

/** The public roll of an election that was set up, parsed once: its strict check costs a subgroup test a key. */
export async function publicRollOf(db: Db, election: ElectionTable, text: string): Promise<PublicRoll<Element>> {
  const held = rolls.get(election.uuid)
  if (held !== undefined) return held
  const list = election.credentials === null ? null : await documentOf(db, election.credentials)
  const roll = parsePublicRoll(electionOf(text).engine, list ?? '')
  assert(roll.kind === 'ok', 'the public roll we made is one')
  rolls.set(election.uuid, roll.value)
  return roll.value
}

/** Whose roll line opens a voting key's bind: the person, found by trying every leaf; null when none does. Cost: one hash a line. */
export async function personOfKey(
  db: Db,
  { decision, uuid }: ElectionTable,
  votingKey: string,
  secret: string,
): Promise<{ readonly personId: string; readonly leaf: string } | null> {
  const line = await db
    .selectFrom('voting_key')
    .select('bind')
    .where('decision', '=', decision)
    .where('voting_key', '=', votingKey)
    .executeTakeFirst()
  if (line === undefined) return null
  const leaves = await db.selectFrom('roll_line').select(['person_id', 'leaf']).where('decision', '=', decision).execute()
  const found = leaves.find(({ leaf }) => openBind(uuid, votingKey, line.bind, { leaf, secret }).kind === 'ok')
  return found === undefined ? null : { personId: found.person_id, leaf: found.leaf }
}

/** Whether the bind opening sent with a voting key opens it for this member's own line of the roll. Cost: one hash. */
export async function isOwnKey(
  db: Db,
  { decision, uuid }: ElectionTable,
  votingKey: string,
  secret: string,
  personId: string,
): Promise<boolean> {
  const found = await db
    .selectFrom('voting_key')
    .innerJoin('roll_line', 'roll_line.decision', 'voting_key.decision')
    .select(['bind', 'leaf'])
    .where('voting_key.decision', '=', decision)
    .where('voting_key', '=', votingKey)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return found !== undefined && openBind(uuid, votingKey, found.bind, { leaf: found.leaf, secret }).kind === 'ok'
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

/** The public half of the receipt key, 64 hex digits. */
export const receiptPublicKey = (work: Pick<Work, 'settings'>): string => toHex(receiptKeyOf(receiptKey(work.settings)))
