import { personsBehind } from '#lib/features/motions/index.ts'
import { bodyOfEntry, entries } from '#lib/features/record/index.ts'
import type { Db } from '#lib/platform/database.ts'
import { namesOf } from './progress.ts'

// Certificates stand after all votes; between them and the end there are a handful of acts.
const newest = 60

/** Names of those who certified the result of a decision, in order. They act for the movement, so their names may be shown. */
export async function certifiersOf(db: Db, decision: number): Promise<readonly string[]> {
  const acts = await entries(db, { decision, type: 'act', latestFirst: true, count: newest })
  const pseudonyms = acts.toReversed().flatMap(({ entry }) => {
    const body = bodyOfEntry(entry, 'act')
    return body?.act.kind === 'certify' ? [body.act.by] : []
  })
  const persons = await personsBehind(db, decision, pseudonyms)
  return namesOf(
    db,
    pseudonyms.flatMap((pseudonym) => persons.get(pseudonym) ?? []),
  )
}
