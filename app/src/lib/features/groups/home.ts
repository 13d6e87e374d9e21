import { factsOf } from '#lib/features/membership/index.ts'
import type { HomeItems, Visit } from '#lib/platform/feature.ts'
import { words } from '#lib/platform/words.ts'
import { groupById } from './group.ts'
import { messages } from './messages.ts'

/** "Your vote counts in": the person's own group. */
export async function homeCounts(visit: Visit): Promise<HomeItems> {
  if (visit.personId === null) return {}
  const now = visit.clock.now()
  const facts = await factsOf(visit.db, visit.personId, { validAt: now, knownAt: now })
  const group = facts === null ? null : await groupById(visit.db, facts.groupId)
  if (facts === null || group === null) return {}
  const t = words(messages, visit.locale)
  const yes = facts.standing === 'active' && facts.class === 'member'
  return { counts: [{ rank: 2, name: t('home.group', { name: group.name }), yes, text: yes ? t('home.yes') : t('home.no') }] }
}
