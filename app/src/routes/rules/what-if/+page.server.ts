import type { PageServerLoad } from './$types'
import { whatIfAsked } from './asked.ts'

/** Could it be done without us? Answered by the rulebook in force, under what the reader takes as given. */
export const load: PageServerLoad = async ({ locals, url }) => ({ ...(await whatIfAsked(url, locals)), search: url.search })
