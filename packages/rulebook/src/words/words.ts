import type { ClauseId } from '../act.ts'
import { diagnose, type Diagnostic } from '../language/diagnostic.ts'
import type { WarningCode } from '../lint/codes.ts'
import type { Rulebook } from '../language/model.ts'
import { sharedNames, welshWords } from './cy/rules.ts'
import { englishWords } from './en/rules.ts'

/** Languages the operative words exist in. */
export const wordsLocales = ['en', 'cy'] as const
/** A language the operative words exist in. */
export type WordsLocale = (typeof wordsLocales)[number]

/** Version of the templates: words are stored in an edition and hashed with it, so that new software never rewrites a rule. */
export const wordsVersion = 1

/**
 * Languages whose templates no native reader of legal texts has signed off yet. Whatever shows their words says so. To sign Welsh off,
 * take it out here: every page, command and document reads this one list.
 */
export const awaitingReader: readonly WordsLocale[] = ['cy']

/**
 * The operative words of a clause, made from its block alone: numbered groups, a line each, limbs lettered. Null for a clause without a rule or
 * with one that is not resolved. Equal words mean an equal rule: every leaf of a block changes them. A name the rulebook does not give in
 * Welsh stands in square brackets; {@link wordsDiagnostics} lists them.
 */
export function words(rulebook: Rulebook, clause: ClauseId, locale: WordsLocale): string | null {
  const found = rulebook.provisions.find((p) => p.clause === clause)
  if (found === undefined) return null
  const waivers = (found.waives ?? []).map((code) => waiver[locale](code))
  switch (locale) {
    case 'en':
      return [englishWords(found.rule, rulebook), ...waivers].join('\n')
    case 'cy':
      return [welshWords(found, rulebook).text, ...waivers].join('\n')
  }
}

/** What those who ratify a rule accept with it, a line for each warning. */
const waiver: Readonly<Record<WordsLocale, (code: WarningCode) => string>> = {
  en: (code) => `Those who ratify this rule accept the warning “${code}” of the linter.`,
  cy: (code) => `Mae’r rhai sy’n cadarnhau’r rheol hon yn derbyn rhybudd “${code}” y gwiriwr.`,
}

/**
 * What keeps an edition from being said well in a language: a form of a name its words need and the rulebook does not give (R0501), and two
 * ids with one name, which a reader could not tell apart (R0502). The position is that of the block the form is missing in.
 */
export function wordsDiagnostics(rulebook: Rulebook, locale: WordsLocale): readonly Diagnostic[] {
  if (locale === 'en') return []
  const place = (clause: ClauseId) => ({ line: rulebook.clauses.get(clause)?.block?.line ?? 1, column: 1 })
  const missing = rulebook.provisions.flatMap((provision) =>
    welshWords(provision, rulebook).missing.map(({ id, form }) =>
      diagnose(
        { code: 'R0501', at: place(provision.clause), text: `${id}: ${form}`, help: `names: {cy: {${form}: …}} for ${id}` },
        provision.clause,
      ),
    ),
  )
  const shared = sharedNames(rulebook).map(({ clause, id, other, name }) =>
    diagnose({ code: 'R0502', at: place(clause), text: `${id}: ${name}`, help: `${other} has this name too` }, clause),
  )
  return [...missing, ...shared]
}
