import { error } from '@sveltejs/kit'
import { entryVoice, refusalIn, refusalView } from '#lib/features/motions/index.ts'
import { citedBy, documentOf, entries, entryViews, latestCheckpoint, logHead } from '#lib/features/record/index.ts'
import { rulebookInForce } from '#lib/features/rulebooks/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import { readParams } from '#lib/platform/forms.ts'
import { entryParams } from '../params.ts'
import type { PageServerLoad } from './$types'

/** One entry: in words, exactly as written, and with what proves it. */
export const load: PageServerLoad = async ({ params, locals }) => {
  const { position } = readParams(params, entryParams)
  const { db, locale, zone } = locals
  const [placed] = await entries(db, { from: position, count: 1 })
  if (placed?.position !== position) error(404, 'Not Found')
  const [voice, signed, head] = await Promise.all([entryVoice(locals), latestCheckpoint(db), logHead(db)])
  const [view] = await entryViews(db, [placed], voice)
  if (view === undefined) error(404, 'Not Found')
  const cited = await Promise.all(citedBy(placed.entry.body).map(async (f) => ((await documentOf(db, f)) === null ? null : f)))
  const refusal = refusalIn(placed.entry)
  return {
    refusal: refusal === null ? null : refusalView(refusal, { locale, zone, rulebook: await rulebookInForce(db) }),
    entry: view,
    when: instantWords(placed.entry.at, zone, locale, 'full'),
    exact: JSON.stringify(placed.entry, null, 2),
    signed: signed !== null && signed.size > position ? { size: signed.size, note: signed.note } : null,
    documents: cited.filter((fingerprint) => fingerprint !== null),
    before: position > 0 ? position - 1 : null,
    after: position + 1 < head.size ? position + 1 : null,
  }
}
