import { error, redirect } from '@sveltejs/kit'
import { electionMessages } from '#lib/features/elections/index.ts'
import { holdersOf, registrarOffice } from '#lib/features/membership/index.ts'
import { words } from '#lib/platform/words.ts'

/** Lets registrars through, and nobody else. */
export async function registrarsOnly({ person, db, clock, locale }: App.Locals): Promise<void> {
  if (person === null) redirect(303, '/signin?next=/desk/registrar/files')
  const holders = await holdersOf(db, registrarOffice, clock.now())
  if (!holders.some((held) => held.personId === person.id)) error(403, words(electionMessages, locale)('registrar.only'))
}
