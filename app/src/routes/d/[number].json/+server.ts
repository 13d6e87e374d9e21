import { error } from '@sveltejs/kit'
import { instantText } from '@quorate/kernel'
import { decisionById, decisionParams, entryVoice, headingOf, pageVoice } from '#lib/features/motions/index.ts'
import { entries, entryViews } from '#lib/features/record/index.ts'
import { readParams } from '#lib/platform/forms.ts'
import type { RequestHandler } from './$types'
import { entryData, milestones } from '../../record/listing.ts'

const types = ['refusal', 'delivery', 'roll', 'setup', 'box-closed', 'result', 'edition'] as const

/** A decision as data: how it stands, what moved it on, and where its dossier is, which has everything. */
export const GET: RequestHandler = async ({ params, locals }) => {
  const { number } = readParams(params, decisionParams)
  const decision = await decisionById(locals.db, number)
  if (decision === null) error(404, 'Not Found')
  const [voice, placed] = await Promise.all([
    entryVoice(locals),
    entries(locals.db, { decision: number, search: { ...milestones, types } }),
  ])
  const views = await entryViews(locals.db, placed, voice)
  return Response.json({
    number,
    heading: headingOf(decision, pageVoice(locals.locale)),
    page: `/d/${String(number)}`,
    outcome: decision.outcome,
    endedAt: decision.endedAt === null ? null : instantText(decision.endedAt),
    entries: views.flatMap((view, i) => (placed[i] === undefined ? [] : [entryData(view, placed[i])])),
    record: `/record.json?decision=${String(number)}`,
    dossier: `/d/${String(number)}/dossier.json`,
  })
}
