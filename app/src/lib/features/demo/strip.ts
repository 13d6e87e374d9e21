import { fullName, personsById, type Person } from '#lib/features/membership/index.ts'
import { instantWords } from '#lib/platform/dates.ts'
import type { Sweep, Visit } from '#lib/platform/feature.ts'
import { nextDue } from '#lib/platform/sweeper.ts'
import { words } from '#lib/platform/words.ts'
import { messages } from './messages.ts'

/** A role one click away. */
type StripRole = { readonly id: string; readonly name: string; readonly title: string; readonly current: boolean }
/** What the strip at the top of every page of a demonstration shows, in the reader's language. */
export type Strip = {
  readonly sentence: string
  readonly roles: readonly StripRole[]
  /** Label of "to the next thing due", or null when nothing is. */
  readonly next: string | null
  /** First day the clock may be moved to. */
  readonly today: string
  readonly back: string
}

type Key = keyof (typeof messages)['en']
const isKey = (key: string): key is Key => key in messages.en
const titleKey = (role: string | undefined): Key => {
  const key = `role.${role ?? 'someone'}`
  return isKey(key) ? key : 'role.someone'
}

/** The strip, or null when the movement's row does not say that this is a demonstration. */
export async function stripOf(
  visit: Visit,
  person: Person | null,
  sweeps: readonly Sweep[],
  back: string,
): Promise<Strip | null> {
  if (!visit.movement.demo) return null
  const t = words(messages, visit.locale)
  const rows = await visit.db.selectFrom('demo_role').selectAll().orderBy('sort').execute()
  const persons = await personsById(
    visit.db,
    rows.map((row) => row.person_id),
  )
  const now = visit.clock.now()
  const nowWords = instantWords(now, visit.zone, visit.locale, 'full')
  const due = await nextDue(sweeps, visit)
  const mine = rows.find((row) => row.person_id === person?.id)
  return {
    sentence:
      person === null
        ? t('strip.guest', { now: nowWords })
        : t('strip.you', { name: fullName(person), title: t(titleKey(mine?.id)), now: nowWords }),
    roles: rows.flatMap((row) => {
      const who = persons.get(row.person_id)
      return who === undefined
        ? []
        : [{ id: row.id, name: fullName(who), title: t(titleKey(row.id)), current: row.person_id === person?.id }]
    }),
    next: due !== null && due > now ? t('clock.next', { at: instantWords(due, visit.zone, visit.locale, 'full') }) : null,
    today: new Date(now).toISOString().slice(0, 10),
    back,
  }
}
