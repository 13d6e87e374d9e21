import { programsIn } from '#lib/features/elections/index.ts'
import type { PageServerLoad } from './$types'

// Written by the build beside the programs, and read when the pages are built after them: a checkout without programs has none.
const sums = import.meta.glob<string>('../../../static/release/SHA256SUMS', { query: '?raw', import: 'default', eager: true })

/** The programs of one file, with their fingerprints. */
export const load: PageServerLoad = () => ({ programs: programsIn(Object.values(sums).join('')) })
