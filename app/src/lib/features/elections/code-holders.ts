import { createHash } from 'node:crypto'
import { openBind } from '@quorate/ballots'
import { askedTogether } from '#lib/platform/asked-together.ts'
import type { Db } from '#lib/platform/database.ts'
import type { ElectionTable } from './tables.ts'

/** What the database keeps of a code's opening s (64 hex digits): whoever reads it cannot show it. */
export const openingHash = (secret: string): Buffer => createHash('sha256').update(`quorate/code-opening/v1|${secret}`).digest()

const holders = askedTogether<string, { readonly person_id: string }>(async (db, asked) => {
  const wanted = asked.map((key) => key.split(' '))
  const rows = await db
    .selectFrom('sealed_code')
    .select(['decision', 'opening', 'person_id'])
    .where(
      'opening',
      'in',
      wanted.map(([, hash = '']) => Buffer.from(hash, 'hex')),
    ) // prettier-ignore
    .execute()
  return new Map(rows.map((row) => [`${String(row.decision)} ${row.opening?.toString('hex') ?? ''}`, row]))
})

/**
 * Whose voting code has this opening, in single-operator mode, where the link alone votes; null when none has, and once codes are destroyed.
 * With a registrar apart the server cannot know: there it is for the person signed in to show.
 */
export async function holderOfCode(db: Db, { decision }: ElectionTable, secret: string): Promise<string | null> {
  return (await holders(db, `${String(decision)} ${openingHash(secret).toString('hex')}`))?.person_id ?? null
}

/** Who casts or tests with this opening: in single-operator mode whom the code was made for, else the person signed in. */
export const voterFor = (db: Db, election: ElectionTable, secret: string, signedIn: string | null): Promise<string | null> =>
  election.registrar_key === null ? holderOfCode(db, election, secret) : Promise.resolve(signedIn)

/** A person's own line of the roll, if this opening opens the voting key for it. Cost: two queries by key, one hash. */
export async function ownLeaf(
  db: Db,
  { decision, uuid }: ElectionTable,
  claim: { readonly personId: string; readonly votingKey: string; readonly secret: string },
): Promise<string | null> {
  const line = await db
    .selectFrom('voting_key')
    .innerJoin('roll_line', 'roll_line.decision', 'voting_key.decision')
    .select(['bind', 'leaf'])
    .where('voting_key.decision', '=', decision)
    .where('voting_key', '=', claim.votingKey)
    .where('person_id', '=', claim.personId)
    .executeTakeFirst()
  if (line === undefined) return null
  const { leaf, bind } = line
  return openBind(uuid, claim.votingKey, bind, { leaf, secret: claim.secret }).kind === 'ok' ? leaf : null
}
