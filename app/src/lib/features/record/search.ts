import { entryTypes, type EntryType } from '@quorate/record'
import type { Locale } from '#lib/platform/words.ts'
import type { Selection } from './log.ts'
import { messages } from './messages.ts'
import { movementMessages } from './movement-messages.ts'

const isEntryType = (text: string): text is EntryType => entryTypes.some((type) => type === text)

/**
 * What a reader's word stands for on the record. The record itself holds no prose: a word is looked for in the sentences that entries are
 * said in, and those kinds of entry are searched for; and as it stands, for a ballot code, a fingerprint, a rule or a name of the rulebook.
 */
export function searchOf(word: string, locale: Locale): NonNullable<Selection['search']> {
  const sought = word.trim().toLocaleLowerCase(locale)
  if (sought === '') return { types: [], texts: [] }
  const types = new Set<EntryType>()
  const texts = new Set<string>()
  const said = { ...messages[locale], ...movementMessages[locale] }
  for (const [key, sentence] of Object.entries(said)) {
    if (!wordsOf(sentence).includes(sought)) continue
    const [family, name = ''] = key.split('.')
    if ((family === 'entry' || family === 'type') && isEntryType(name)) types.add(name)
    if (family === 'act' || family === 'event' || family === 'does' || family === 'did') texts.add(`"kind":"${name}"`)
  }
  // A code is spelt in capitals, all else on the record in small letters; a ballot code may have been typed with hyphens.
  const asIs = JSON.stringify(word.trim()).slice(1, -1)
  for (const text of [asIs, asIs.toLowerCase(), asIs.toUpperCase().replaceAll('-', '–')]) if (text.length >= 3) texts.add(text)
  return { types: [...types], texts: [...texts] }
}

/** A sentence without its placeholders, whose names are not words anybody reads. */
const wordsOf = (sentence: string): string =>
  sentence
    .replaceAll(/\{(\w+)(?:, \w+)?\}/g, ' ')
    .replaceAll(/\{\w+, (?:select|plural),/g, ' ')
    .toLocaleLowerCase()
