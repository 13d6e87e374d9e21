import type { Zone } from '@quorate/kernel'
import type { Locale } from '#lib/platform/words.ts'

/** Whose words an entry is said in. `nameOf` calls bodies, offices and powers by their names; this feature knows no rulebook. */
export type EntryVoice = {
  readonly locale: Locale
  readonly zone: Zone
  readonly nameOf: (kind: 'body' | 'office' | 'electorate' | 'power', id: string) => string
  /** A ground of a challenge in words. */
  readonly groundOf: (ground: string) => string
}
