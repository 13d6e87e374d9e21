import { powersPage } from '#lib/features/rulebooks/index.ts'
import type { PageServerLoad } from './$types'

/** Who holds which power under the rulebook in force. */
export const load: PageServerLoad = ({ locals }) => powersPage(locals)
