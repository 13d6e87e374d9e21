import type { Comparison, FigureChange, PowerChange, Rulebook } from '@quorate/rulebook'
import { listText, words, type Locale } from '#lib/platform/words.ts'
import { namingOf, type NamedKind } from './naming.ts'
import { powerName } from './what-if.ts'
import { whatIfMessages } from './what-if-messages.ts'

/** What became of one power between two editions, in words: the figures before and after, and whom it asks. */
export type PowerChangeView = {
  readonly power: string
  readonly name: string
  readonly change: Exclude<PowerChange['change'], 'same'>
  readonly says: string
  readonly figures: readonly { readonly name: string; readonly value: string }[]
  readonly asked: readonly string[]
}

const dayMs = 86_400_000

/** The powers that changed hands or measure between two editions, as they compare. Empty when none did. */
export function powerChanges(
  before: Rulebook,
  after: Rulebook,
  { powers }: Comparison,
  locale: Locale,
): readonly PowerChangeView[] {
  const t = words(whatIfMessages, locale)
  return powers.flatMap((change): readonly PowerChangeView[] => {
    if (change.change === 'same') return []
    return [
      {
        power: change.power,
        name: powerName(after, change, locale),
        change: change.change,
        says: t(`what.change.${change.change}`),
        figures: [
          figure('what.people.name', change.people, (n) => t('what.people', { n }), t),
          figure('what.elapsed.name', change.elapsedMs, (ms) => t('what.days', { n: Math.ceil(ms / dayMs) }), t),
          figure('what.warning.name', change.warningMs, (ms) => t('what.days', { n: Math.ceil(ms / dayMs) }), t),
        ],
        asked: [
          ...holders(after, change.gained, 'what.gained', locale),
          ...holders(before, change.lost, 'what.lost', locale),
        ],
      },
    ]
  })
}

type Say = ReturnType<typeof words<keyof (typeof whatIfMessages)['en']>>

function figure(
  name: 'what.people.name' | 'what.elapsed.name' | 'what.warning.name',
  { before, after }: FigureChange<number>,
  said: (n: number) => string,
  t: Say,
): { readonly name: string; readonly value: string } {
  const side = (n: number | null): string => (n === null ? t('what.never') : said(n))
  const value = before === after ? side(after) : t('what.from-to', { before: side(before), after: side(after) })
  return { name: t(name), value }
}

function holders(
  rulebook: Rulebook,
  found: PowerChange['gained'],
  key: 'what.gained' | 'what.lost',
  locale: Locale,
): readonly string[] {
  if (found.length === 0) return []
  const t = words(whatIfMessages, locale)
  const name = namingOf(rulebook, locale)
  const kinds: Readonly<Record<string, NamedKind>> = { seat: 'body', elector: 'electorate', office: 'office' }
  const names = found.map(({ pool, id }) => {
    const called = name(kinds[pool] ?? 'body', id)
    return pool === 'seat' ? t('what.seats', { body: called }) : called
  })
  return [t(key, { names: listText([...new Set(names)], locale) })]
}
