import type { Seal, Visit } from '#lib/platform/feature.ts'
import { instantWords } from '#lib/platform/dates.ts'
import { words } from '#lib/platform/words.ts'
import { latestCheckpoint } from './checkpoint.ts'
import { logHead } from './log.ts'
import { messages } from './messages.ts'

/** Where the signed record stands, for the foot of every page. */
export async function sealOf({ db, locale, zone }: Visit): Promise<Seal | null> {
  const [signed, head] = await Promise.all([latestCheckpoint(db), logHead(db)])
  if (signed === null) return null
  const t = words(messages, locale)
  const at = instantWords(signed.signedAt, zone, locale, 'short')
  // Just after an act its entry is there, and the signature a moment behind.
  const text =
    head.size > signed.size
      ? t('seal.ahead', { n: head.size - 1, signed: signed.size - 1, at })
      : t('seal', { n: signed.size - 1, at })
  return { href: '/record', text }
}
