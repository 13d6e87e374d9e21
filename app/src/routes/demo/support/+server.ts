import { redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { demoMessages, gatherSupport, onlyInDemo } from '#lib/features/demo/index.ts'
import { readForm } from '#lib/platform/forms.ts'
import { wakeSweeper } from '#lib/platform/jobs.ts'
import { problem } from '#lib/platform/problem.ts'
import { words } from '#lib/platform/words.ts'
import type { RequestHandler } from './$types'

const form = z.object({ decision: z.string().regex(/^[1-9]\d{0,8}$/) })

/** Lets other members of the demonstration sign, until a proposal has the support it needs. */
export const POST: RequestHandler = async ({ request, locals }) => {
  onlyInDemo(locals)
  const t = words(demoMessages, locals.locale)
  const read = await readForm(request, form)
  if (read.kind === 'fail') return problem({ status: 422, title: t('help.fault') })
  const signed = await gatherSupport(locals, Number(read.value.decision))
  if (signed === null) return problem({ status: 409, title: t('help.fault') })
  await wakeSweeper(locals.db)
  redirect(303, `/d/${read.value.decision}?done=helped&n=${String(signed)}`)
}
