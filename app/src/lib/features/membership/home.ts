import { dateText } from '#lib/platform/dates.ts'
import type { HomeItems, Visit } from '#lib/platform/feature.ts'
import { words } from '#lib/platform/words.ts'
import { messages } from './messages.ts'
import { factsOf } from './register.ts'

/** "Your vote counts in", as far as the register alone can say. */
export async function homeCounts(visit: Visit): Promise<HomeItems> {
  if (visit.personId === null) return {}
  const now = visit.clock.now()
  const facts = await factsOf(visit.db, visit.personId, { validAt: now, knownAt: now })
  if (facts === null) return {}
  const t = words(messages, visit.locale)
  const active = facts.standing === 'active'
  const yes = active && facts.class === 'member'
  return {
    counts: [
      { rank: 1, name: t('home.national'), yes, text: yes ? t('home.yes') : active ? t('home.no-class') : t('home.no-standing') },
      { rank: 9, name: t('home.member-since'), yes: false, text: dateText(facts.joinedOn, visit.locale, 'date') },
    ],
  }
}
