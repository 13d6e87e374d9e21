import type { EntryVoice } from '#lib/features/record/index.ts'
import { provisionsOf } from '@quorate/rulebook'
import { capital, namingOf, rulebookInForce } from '#lib/features/rulebooks/index.ts'
import type { Visit } from '#lib/platform/feature.ts'
import { groundWords, stageVoice } from './stage-words.ts'

/** The voice in which entries of the record are said: names from the rulebook in force, grounds in words. */
export async function entryVoice({ db, locale, zone }: Visit): Promise<EntryVoice> {
  const name = namingOf(await rulebookInForce(db), locale)
  const t = stageVoice(locale)
  return { locale, zone, nameOf: name, groundOf: (ground) => groundWords(ground, t) }
}

/** A capacity in which somebody may have acted, as the record spells it, and its name. */
export type CapacityChoice = { readonly value: string; readonly label: string }

/** The offices and bodies of the rulebook in force, by name, to choose entries of the record by. */
export async function capacityChoices({ db, locale }: Visit): Promise<readonly CapacityChoice[]> {
  const rulebook = await rulebookInForce(db)
  const name = namingOf(rulebook, locale)
  const choices = (['office', 'body'] as const).flatMap((kind) =>
    provisionsOf(rulebook, kind).map(({ rule }) => ({ value: `${kind} ${rule.id}`, label: capital(name(kind, rule.id)) })),
  )
  return choices.toSorted((a, b) => a.label.localeCompare(b.label, locale))
}
