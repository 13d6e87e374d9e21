import { sql } from 'kysely'
import type { Instant } from '@quorate/kernel'
import type { Db } from '#lib/platform/database.ts'

/** A vote in the public box: its code, where it stands, and whether a later one of the same voting key replaced it. */
export type BoxLine = {
  readonly number: number
  readonly code: string
  readonly at: Instant
  readonly position: number
  readonly current: boolean
}

/** How many votes one page of the box shows. */
export const boxPage = 60

/** A ballot code as it is stored, from what somebody typed: `cedar 4817 lark` → `CEDAR–4817–LARK`. */
export const codeTyped = (text: string): string =>
  text
    .trim()
    .toUpperCase()
    .replaceAll(/[\s\-‐-―_.,/]+/g, '–')
    .replaceAll(/^–|–$/g, '')

/** One page of a box, in the order of casting; with `code`, those whose code begins so. */
export async function boxLines(
  db: Db,
  decision: number,
  { code, page }: { readonly code: string; readonly page: number },
): Promise<{ readonly total: number; readonly lines: readonly BoxLine[] }> {
  // The reader's own % and _ stand for themselves.
  const pattern = `${code.replaceAll(/[\\%_]/g, (c) => `\\${c}`)}%`
  const { total } = await db
    .selectFrom('ballot')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('decision', '=', decision)
    .where('code', 'like', pattern)
    .executeTakeFirstOrThrow()
  const lines = await db
    .selectFrom('ballot as b')
    .select(['b.number', 'b.code', 'b.at', 'b.position'])
    .select(
      sql<boolean>`not exists (select from ballot l where l.decision = b.decision and l.voting_key = b.voting_key and l.turn > b.turn)`.as(
        'current',
      ),
    )
    .where('b.decision', '=', decision)
    .where('b.code', 'like', pattern)
    .orderBy('b.number')
    .limit(boxPage)
    .offset((page - 1) * boxPage)
    .execute()
  return { total, lines }
}
