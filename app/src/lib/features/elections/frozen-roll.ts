import { addressesAt, type Person } from '#lib/features/membership/index.ts'
import { entries } from '#lib/features/record/index.ts'
import type { Db } from '#lib/platform/database.ts'
import './tables.ts'

/** Whether a person stands on a frozen roll of a ballot that is still to come, running or to be counted. One that has fallen or lapsed is over. */
export async function isOnFrozenRoll(db: Db, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('roll_line')
    .innerJoin('election', 'election.decision', 'roll_line.decision')
    .innerJoin('decision', 'decision.id', 'election.decision')
    .select('roll_line.decision')
    .where('roll_line.person_id', '=', personId)
    .where('election.result', 'is', null)
    .where('election.fallen_at', 'is', null)
    .where('decision.ended_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Where voting links of a decision go: to the address each person had when the roll was frozen. Who takes over somebody's account, or alters the register, after
 * that gets no link by it.
 */
export async function atFrozenAddress<P extends Pick<Person, 'id' | 'email'>>(
  db: Db,
  decision: number,
  persons: readonly P[],
): Promise<ReadonlyMap<string, P>> {
  const [roll] = await entries(db, { decision, type: 'roll', count: 1 })
  const then =
    roll === undefined
      ? new Map<string, string>()
      : await addressesAt(
          db,
          persons.map(({ id }) => id),
          roll.entry.at,
        )
  return new Map(persons.map((person) => [person.id, { ...person, email: then.get(person.id) ?? person.email }]))
}
