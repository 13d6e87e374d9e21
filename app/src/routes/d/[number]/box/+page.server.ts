import { error } from '@sveltejs/kit'
import { z } from 'zod'
import { boxLines, boxPage, codeTyped, electionOfDecision, progressOf } from '#lib/features/elections/index.ts'
import { fullName, holdersOf, personById } from '#lib/features/membership/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import { readParams, readQuery } from '#lib/platform/forms.ts'
import type { PageServerLoad } from './$types'

const params = z.object({
  number: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number),
})
const query = z.object({
  code: z.string().max(100).default(''),
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
})

/** The public box of a decision: every ballot code, one page of them, or those that begin as asked. */
export const load: PageServerLoad = async (event) => {
  const { db, clock, locale, zone } = event.locals
  const { number } = readParams(event.params, params)
  const { code, page } = readQuery(event.url, query)
  const row = await db.selectFrom('decision').select('title').where('id', '=', number).executeTakeFirst()
  const election = await electionOfDecision(db, number)
  const progress = election === null ? null : await progressOf(db, number, clock.now())
  if (row === undefined) error(404, 'There is nothing here.')
  const typed = codeTyped(code)
  const { total, lines } = await boxLines(db, number, { code: typed, page })
  const [officer] = await holdersOf(db, 'returning-officer', clock.now())
  const named = officer === undefined ? null : await personById(db, officer.personId)
  return {
    number,
    title: row.title,
    uuid: election?.uuid ?? null,
    typed,
    asked: code.trim(),
    page,
    pages: Math.max(1, Math.ceil(total / boxPage)),
    total,
    officer: named === null ? '' : fullName(named),
    separate: election?.registrar_key != null,
    closed: election?.tally != null,
    figures: { n: progress?.ballots ?? 0, voters: progress?.voters ?? 0, roll: election?.roll_size ?? 0 },
    lines: lines.map(({ at, ...line }) => ({ ...line, at: instantWords(at, zone, locale, 'short') })),
  }
}
