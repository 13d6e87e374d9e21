import type { Seal, Visit } from '#lib/platform/feature.ts'
import { instantWords } from '#lib/platform/dates.ts'
import { words } from '#lib/platform/words.ts'
import { latestCheckpoint } from './checkpoint.ts'
import { messages } from './messages.ts'

/** Where the signed record stands, for the foot of every page. */
export async function sealOf({ db, locale, zone }: Visit): Promise<Seal | null> {
  const head = await latestCheckpoint(db)
  if (head === null) return null
  const at = instantWords(head.signedAt, zone, locale, 'short')
  return { href: '/record', text: words(messages, locale)('seal', { n: head.size - 1, at }) }
}
