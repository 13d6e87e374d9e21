import { canonicalJson, fail, ok, parseCanonicalJson, type Json, type JsonObject, type Result } from '@quorate/kernel'
import type { ClauseId, EditionNumber, Fingerprint } from '../act.ts'
import type { Rulebook } from '../language/model.ts'
import { words, wordsLocales, wordsVersion, type WordsLocale } from './words.ts'

/**
 * The operative words of a whole edition as they were made when it was ratified. They stand beside the record under one fingerprint, together
 * with the version of the templates that made them: new templates never change what an edition says.
 */
export type EditionWords = {
  readonly edition: EditionNumber
  /** Fingerprint of the text whose words these are. */
  readonly text: Fingerprint
  /** {@link wordsVersion} of the program that made them. */
  readonly templates: number
  /** By language and clause; a clause of prose alone, or with a rule that is not resolved, has none. */
  readonly words: Readonly<Record<WordsLocale, Readonly<Record<string, string>>>>
}

const format = 'quorate/words/v1'

/** Makes the words of an edition by the templates of this version. Cost: as much as reading the rulebook aloud twice, some milliseconds. */
export function editionWords(rulebook: Rulebook): EditionWords {
  const inLocale = (locale: WordsLocale): Readonly<Record<string, string>> =>
    Object.fromEntries(
      rulebook.provisions.flatMap(({ clause }) => {
        const said = words(rulebook, clause, locale)
        return said === null ? [] : [[clause, said]]
      }),
    )
  return {
    edition: rulebook.edition,
    text: rulebook.textHash,
    templates: wordsVersion,
    words: { en: inLocale('en'), cy: inLocale('cy') },
  }
}

/** The document that holds them: canonical JSON, so that its fingerprint covers every word, the text and the version of the templates. */
export const editionWordsText = (said: EditionWords): string => canonicalJson({ format, ...said })

/** What one clause of the edition says, or null. */
export const wordsOfClause = (said: EditionWords, clause: ClauseId, locale: WordsLocale): string | null =>
  Object.hasOwn(said.words[locale], clause) ? (said.words[locale][clause] ?? null) : null

/** Reads such a document of any origin. Total; `what` is the field that is wrong. */
export function parseEditionWords(source: string): Result<EditionWords, { readonly what: string }> {
  const json = parseCanonicalJson(source)
  if (json.kind === 'fail' || !isObject(json.value)) return fail({ what: 'canonical JSON' })
  const { edition, text, templates, words: said } = json.value
  if (Object.keys(json.value).join() !== 'edition,format,templates,text,words') return fail({ what: 'its fields' })
  if (json.value['format'] !== format) return fail({ what: 'format' })
  if (!isOrdinal(edition)) return fail({ what: 'edition' })
  if (!isOrdinal(templates)) return fail({ what: 'templates' })
  if (typeof text !== 'string' || !/^[0-9a-f]{64}$/.test(text)) return fail({ what: 'text' })
  if (said === undefined || !isObject(said) || Object.keys(said).join() !== [...wordsLocales].toSorted().join())
    return fail({ what: 'words' })
  const texts = Object.values(said).every((one) => isObject(one) && Object.values(one).every((line) => typeof line === 'string'))
  if (!texts) return fail({ what: 'words' })
  // Every field was checked just above.
  return ok({ edition, text, templates, words: said } as unknown as EditionWords)
}

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
const isOrdinal = (value: Json | undefined): value is number => typeof value === 'number' && value >= 1
