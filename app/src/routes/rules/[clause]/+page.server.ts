import { clauseAsked } from '../clause-asked.ts'
import type { PageServerLoad } from './$types'

/** A rule as it stands, or as it stood in an edition. */
export const load: PageServerLoad = ({ params, locals }) => clauseAsked(params, locals)
