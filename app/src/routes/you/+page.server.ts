import { redirect } from '@sveltejs/kit'
import { groupById } from '#lib/features/groups/index.ts'
import {
  bodyTitle,
  factsOf,
  fullName,
  membershipMessages,
  officesOf,
  officeTitle,
  seatsOf,
  standingOf,
} from '#lib/features/membership/index.ts'
import { dateText, dayWords } from '#lib/platform/dates.ts'
import { words } from '#lib/platform/words.ts'
import type { PageServerLoad } from './$types'

/** What the register says of the one who asks. */
export const load: PageServerLoad = async ({ locals }) => {
  const { person, db, clock, locale, zone } = locals
  if (person === null) redirect(303, '/signin?next=/you')
  const t = words(membershipMessages, locale)
  const now = clock.now()
  const facts = await factsOf(db, person.id, { validAt: now, knownAt: now })
  const group = await groupById(db, person.groupId)
  const offices = await officesOf(db, person.id, now)
  const seats = await seatsOf(db, person.id, now)
  const since = (at: typeof now): string => t('you.since-date', { date: dayWords(at, zone, locale, 'date') })
  return {
    name: fullName(person),
    number: person.membershipNumber,
    email: person.email,
    joined: dateText(person.joinedOn, locale, 'date'),
    group: group === null ? null : { name: group.name, href: `/g/${group.slug}` },
    canVote: facts?.standing === 'active' && facts.class === 'member',
    standing: (await standingOf(db, person.id)).map((line) => ({
      text: t('you.standing.from', {
        standing: t(`standing.${line.standing}`),
        date: dayWords(line.validAt, zone, locale, 'date'),
      }),
    })),
    held: [
      ...offices.map((held) => ({ title: officeTitle(held.office, locale), since: since(held.fromAt) })),
      ...seats.map((held) => ({ title: bodyTitle(held.body, locale), since: since(held.fromAt) })),
    ],
  }
}
