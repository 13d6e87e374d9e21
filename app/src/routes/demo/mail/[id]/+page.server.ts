import { error } from '@sveltejs/kit'
import { z } from 'zod'
import { linkPieces, mailById, onlyInDemo } from '#lib/features/demo/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import { readParams } from '#lib/platform/forms.ts'
import type { PageServerLoad } from './$types'

const params = z.object({ id: z.uuid() })

/** One received mail, its plain text with links to press. */
export const load: PageServerLoad = async (event) => {
  onlyInDemo(event.locals)
  const { db, zone, locale, settings } = event.locals
  const mail = await mailById(db, readParams(event.params, params).id)
  if (mail === null) error(404, 'Not Found')
  return {
    address: mail.address,
    subject: mail.subject,
    received: instantWords(mail.receivedAt, zone, locale, 'full'),
    pieces: linkPieces(mail.text, settings.publicAddress),
  }
}
