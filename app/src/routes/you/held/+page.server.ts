import { redirect } from '@sveltejs/kit'
import type { PageServerLoad } from './$types'

/** What taking out one's data means, before it is done. */
export const load: PageServerLoad = ({ locals }) => {
  if (locals.personId === null) redirect(303, '/signin?next=/you/held')
}
