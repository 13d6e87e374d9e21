import { diffLines } from 'diff'
import { compareText, type Rulebook } from '@quorate/rulebook'
import type { Locale } from '#lib/platform/words.ts'
import { clauseChange, type Lang } from './clause-words.ts'

/** A line of a block: kept, gone or new. */
export type BlockLine = { readonly sign: ' ' | '+' | '−'; readonly text: string }
/** How one rule differs: its words on each side, cut to the lines that differ, and its source line by line. Null: it does not stand there. */
export type RuleDifference = {
  readonly clause: string
  readonly title: string
  readonly kind: 'new' | 'gone' | 'changed'
  readonly before: string | null
  readonly after: string | null
  /** The language of both. */
  readonly lang: Lang
  readonly block: readonly BlockLine[]
}
function blockLines(before: string, after: string): readonly BlockLine[] {
  return diffLines(before, after).flatMap((part) => {
    const sign = part.added ? '+' : part.removed ? '−' : ' '
    return part.value
      .replace(/\n$/, '')
      .split('\n')
      .map((text): BlockLine => ({ sign, text }))
  })
}

/** How two texts differ, rule by rule, in the order of the text. */
export function differencesOf(
  before: { readonly text: string; readonly rulebook: Rulebook },
  after: { readonly text: string; readonly rulebook: Rulebook | null },
  locale: Locale,
): readonly RuleDifference[] {
  return compareText(before.text, after.text).map(({ clause, before: old, after: now }) => {
    const said = clauseChange(before.rulebook, after.rulebook, clause, locale)
    return {
      clause,
      title: (now ?? old)?.title ?? '',
      kind: old === null ? 'new' : now === null ? 'gone' : 'changed',
      before: said.before,
      after: said.after,
      lang: said.lang,
      block: blockLines(old === null ? '' : `${old.source}\n`, now === null ? '' : `${now.source}\n`),
    }
  })
}

