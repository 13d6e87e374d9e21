import { decisionsListed, headingOf, pageVoice } from '#lib/features/motions/index.ts'
import { latestCheckpoint, logKey } from '#lib/features/record/index.ts'
import type { PageServerLoad } from './$types'

/** How to check the record without trusting this site: key, newest signature, command lines, files. */
export const load: PageServerLoad = async ({ locals }) => {
  const { db, locale, settings } = locals
  const [decisions, signed] = await Promise.all([decisionsListed(db), latestCheckpoint(db)])
  const t = pageVoice(locale)
  return {
    address: settings.publicAddress,
    key: logKey(locals),
    checkpoint: signed?.note ?? null,
    decisions: decisions.filter((d) => !d.attempt).map((d) => ({ id: d.id, heading: headingOf(d, t) })),
  }
}
