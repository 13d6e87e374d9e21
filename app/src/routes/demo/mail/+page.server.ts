import { z } from 'zod'
import { linesMax, mailbox, onlyInDemo } from '#lib/features/demo/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import { readQuery } from '#lib/platform/forms.ts'
import type { PageServerLoad } from './$types'

const query = z.object({ to: z.string().max(254).default('') })

/** What the demonstration's mail server received. */
export const load: PageServerLoad = async ({ locals, url }) => {
  onlyInDemo(locals)
  const { db, zone, locale, person } = locals
  const { to } = readQuery(url, query)
  const { total, lines } = await mailbox(db, to.trim())
  return {
    to,
    total,
    linesMax,
    mine: person?.email ?? null,
    lines: lines.map(({ receivedAt, ...line }) => ({ ...line, received: instantWords(receivedAt, zone, locale, 'short') })),
  }
}
