import { countMessages } from '#lib/features/counting/index.ts'
import { words } from '#lib/platform/words.ts'
import type { PageServerLoad } from './$types'

/** The page's title. What is counted never comes here. */
export const load: PageServerLoad = ({ locals }) => ({ title: words(countMessages, locals.locale)('count.title') })
