import { redirect } from '@sveltejs/kit'
import { officesOf, seatsOf } from '#lib/features/membership/index.ts'
import type { PageServerLoad } from './$types'

/** The desks of the offices and seats this person holds. */
export const load: PageServerLoad = async ({ locals }) => {
  const { personId, db, clock } = locals
  if (personId === null) redirect(303, '/signin?next=/desk')
  const now = clock.now()
  const [offices, seats] = await Promise.all([officesOf(db, personId, now), seatsOf(db, personId, now)])
  return {
    desks: [
      ...(seats.some((seat) => seat.body === 'committee') ? ['committee' as const] : []),
      ...(seats.some((seat) => seat.body === 'panel') ? ['panel' as const] : []),
      ...(offices.some((held) => held.office === 'returning-officer') ? ['returning-officer' as const] : []),
      ...(offices.some((held) => held.office === 'registrar') ? ['registrar' as const] : []),
      ...(offices.some((held) => held.office === 'trustee') ? ['trustee' as const] : []),
    ],
  }
}
