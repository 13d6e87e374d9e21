import type { EntryVoice } from '#lib/features/record/index.ts'
import { namingOf, rulebookInForce } from '#lib/features/rulebooks/index.ts'
import type { Visit } from '#lib/platform/feature.ts'
import { groundWords, stageVoice } from './stage-words.ts'

/** The voice in which entries of the record are said: names from the rulebook in force, grounds in words. */
export async function entryVoice({ db, locale, zone }: Visit): Promise<EntryVoice> {
  const name = namingOf(await rulebookInForce(db), locale)
  const t = stageVoice(locale)
  return { locale, zone, nameOf: name, groundOf: (ground) => groundWords(ground, t) }
}
