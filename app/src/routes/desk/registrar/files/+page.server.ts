import { fail } from '@sveltejs/kit'
import { z } from 'zod'
import { electionMessages, electionOfDecision, rollItems, takeCodesFile } from '#lib/features/elections/index.ts'
import { readForm } from '#lib/platform/forms.ts'
import { words } from '#lib/platform/words.ts'
import type { Actions, PageServerLoad } from './$types'
import { registrarsOnly } from './registrar.ts'

/** Rolls whose codes a registrar apart from the server makes, for a registrar who works with a program on a disk. */
export const load: PageServerLoad = async ({ locals }) => {
  await registrarsOnly(locals)
  return { rolls: (await rollItems(locals)).filter((roll) => roll.separate) }
}

const form = z.object({ decision: z.coerce.number().int().positive().max(2_147_483_647), codes: z.instanceof(File) })

/** Takes the public keys that a registrar's program made. The same file again does no harm, so nothing is redirected. */
export const actions: Actions = {
  default: async ({ request, locals }) => {
    await registrarsOnly(locals)
    const t = words(electionMessages, locals.locale)
    const read = await readForm(request, form)
    if (read.kind === 'fail' || read.value.codes.size === 0) return fail(422, { why: t('registrar.files.fault.none') })
    const { decision, codes } = read.value
    const election = await electionOfDecision(locals.db, decision)
    if (election === null) return fail(409, { why: t('registrar.files.fault.no such election') })
    const taken = await takeCodesFile(locals, election, await codes.text())
    if (taken.kind === 'fail') return fail(409, { why: t(`registrar.files.fault.${taken.error}`) })
    return { said: t('registrar.files.taken', { n: taken.value }) }
  },
}
