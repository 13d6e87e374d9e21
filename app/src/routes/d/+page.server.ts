import { decisionLists } from '#lib/features/motions/index.ts'
import type { PageServerLoad } from './$types'

/** Every decision: under way, over, and refused attempts. */
export const load: PageServerLoad = ({ locals }) => decisionLists(locals)
