import {
  editionWords,
  parseEditionWords,
  parseRulebook,
  wordsVersion,
  type EditionNumber,
  type EditionWords,
} from '@quorate/rulebook'
import type { Check, Logged } from './check.ts'
import { logged } from './replay.ts'
import { failed, notChecked, passed, type Outcome } from './verdict.ts'

/**
 * The operative words of every edition, as they were stored when it was ratified: of this edition and of this text, and, where templates of
 * the same version made them, word for word what its rules say. Words of another version stand as they were ratified; how many is reported.
 */
export const wordsCheck: Check = {
  name: 'words',
  run: ({ dossier, entries }, step) => {
    const editions = entries.flatMap((item) => logged(item, 'edition') ?? [])
    const older: number[] = []
    let clauses = 0
    for (const [i, edition] of editions.entries()) {
      step(i, editions.length)
      const judged = judgeEdition(edition, dossier.documents)
      if (typeof judged === 'object') return judged
      if (judged === 'other templates') older.push(edition.index)
      else clauses += judged
    }
    if (older.length > 0) return notChecked('other-templates', { name: 'editions', count: older.length })
    return passed({ name: 'editions', count: editions.length }, { name: 'rules in words', count: clauses })
  },
}

/** How many clauses have words, or why they could not be made again, or what is wrong. */
function judgeEdition(
  { index, body }: Logged<'edition'>,
  documents: Readonly<Record<string, string>>,
): number | 'other templates' | Outcome {
  const differ = (expected: string | number, found: string | number, clause?: string): Outcome =>
    failed('words-differ', { entry: index, ...(clause === undefined ? {} : { clause }), expected, found })
  const stored = parseEditionWords(documents[body.words] ?? '')
  if (stored.kind === 'fail') return differ('the words of an edition', `something else: ${stored.error.what}`)
  const { edition, text, templates } = stored.value
  if (edition !== body.edition) return differ(`edition ${String(body.edition)}`, `edition ${String(edition)}`)
  if (text !== body.text) return differ(body.text, text)
  if (templates !== wordsVersion) return 'other templates'
  const rulebook = parseRulebook(documents[body.text] ?? '', body.edition as EditionNumber) // the shape has checked that it counts from 1
  // A text that does not read is the rules check's to name.
  if (rulebook.kind === 'fail') return 0
  const again = editionWords(rulebook.value)
  const other = firstOther(again, stored.value)
  if (other !== null) return differ(other.expected, other.found, `${other.clause}@${String(body.edition)}`)
  return Object.keys(again.words.en).length
}

type Other = { readonly clause: string; readonly expected: string; readonly found: string }

/** The first line that differs, in the order of the text. */
function firstOther(again: EditionWords, stored: EditionWords): Other | null {
  for (const locale of ['en', 'cy'] as const)
    for (const clause of new Set([...Object.keys(again.words[locale]), ...Object.keys(stored.words[locale])])) {
      const linesOf = ({ words }: EditionWords): readonly string[] => words[locale][clause]?.split('\n') ?? []
      const [mine, theirs] = [linesOf(again), linesOf(stored)]
      const at = Array.from({ length: Math.max(mine.length, theirs.length) }, (_, i) => i).find((i) => mine[i] !== theirs[i])
      if (at !== undefined) return { clause, expected: mine[at] ?? 'nothing', found: theirs[at] ?? 'nothing' }
    }
  return null
}
