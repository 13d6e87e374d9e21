import { redirect } from '@sveltejs/kit'
import { excluderOf } from '#lib/features/keeping/index.ts'
import { officesOf, registrarOffice, seatsOf } from '#lib/features/membership/index.ts'
import { capital, namingOf, rulebookInForce } from '#lib/features/rulebooks/index.ts'
import type { PageServerLoad } from './$types'

/** The desks of the offices and seats this person holds. */
export const load: PageServerLoad = async ({ locals }) => {
  const { personId, db, clock, locale } = locals
  if (personId === null) redirect(303, '/signin?next=/desk')
  const now = clock.now()
  const [offices, seats] = await Promise.all([officesOf(db, personId, now), seatsOf(db, personId, now)])
  const rulebook = await rulebookInForce(db)
  // Which body may exclude is the rulebook's to say: a panel here, a board there.
  const excluder = excluderOf(rulebook)
  return {
    excluder: excluder === null ? '' : capital(namingOf(rulebook, locale)('body', excluder.body)),
    desks: [
      ...(seats.some((seat) => seat.body === 'committee') ? ['committee' as const] : []),
      ...(seats.some((seat) => seat.body === excluder?.body) ? ['panel' as const] : []),
      ...(offices.some((held) => held.office === 'returning-officer') ? ['returning-officer' as const] : []),
      ...(offices.some((held) => held.office === registrarOffice) ? ['registrar' as const] : []),
      ...(offices.some((held) => held.office === 'trustee') ? ['trustee' as const] : []),
    ],
  }
}
