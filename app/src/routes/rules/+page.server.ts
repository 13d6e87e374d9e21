import { rulesPage } from '#lib/features/rulebooks/index.ts'
import type { PageServerLoad } from './$types'

/** The rulebook in force. */
export const load: PageServerLoad = ({ locals }) => rulesPage(locals)
