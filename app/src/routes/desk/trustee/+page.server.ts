import { error, redirect } from '@sveltejs/kit'
import { keptKeyFile, playedTrustees } from '#lib/features/demo/index.ts'
import { electionMessages, trusteeItems } from '#lib/features/elections/index.ts'
import { fullName, holdersOf } from '#lib/features/membership/index.ts'
import { dayWords } from '#lib/platform/dates.ts'
import { words } from '#lib/platform/words.ts'
import type { PageServerLoad } from './$types'

/** The ballot boxes at whose key table this person sits. In a demonstration, also what its own trustees could do. */
export const load: PageServerLoad = async ({ locals }) => {
  const { person, db, clock, locale, zone, movement } = locals
  if (person === null) redirect(303, '/signin?next=/desk/trustee')
  const t = words(electionMessages, locale)
  const items = await trusteeItems(locals)
  const holders = await holdersOf(db, 'trustee', clock.now())
  if (items.length === 0 && !holders.some((held) => held.personId === person.id)) error(403, t('trustee.only'))
  return {
    eyebrow: t('trustee.eyebrow', { name: fullName(person), today: dayWords(clock.now(), zone, locale, 'full') }),
    boxes: await Promise.all(
      items.map(async ({ item, ceremony }) => {
        const played = movement.demo ? await playedTrustees(db, item.decision) : []
        const begun = new Set([...ceremony.steps.map((step) => step.index), ...played.map((p) => p.place)])
        return {
          ...item,
          demo: movement.demo
            ? {
                keyFile: (await keptKeyFile(db, item.decision, person.id)) !== null,
                others:
                  ceremony.state === 'collecting' && ceremony.names.some((_, i) => i + 1 !== ceremony.you && !begun.has(i + 1)),
              }
            : null,
        }
      }),
    ),
  }
}
