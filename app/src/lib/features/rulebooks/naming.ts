import type { Rulebook } from '@quorate/rulebook'
import { words, type Locale } from '#lib/platform/words.ts'
import { messages } from './messages.ts'
import { powerMessages } from './power-messages.ts'

/** Kinds of things a rulebook names by an id. */
export type NamedKind = 'electorate' | 'body' | 'office' | 'procedure' | 'stage' | 'power'
/** Says what an id is called in the middle of a sentence: `the committee`. */
export type Naming = (kind: NamedKind, id: string) => string

const named = { en: { ...messages.en, ...powerMessages.en }, cy: { ...messages.cy, ...powerMessages.cy } }
type Key = keyof typeof named.en
const isKey = (key: string): key is Key => Object.hasOwn(named.en, key)

/**
 * What things of a rulebook are called: by its own `names` when it has them, else by our word for that id, else by the title of the clause
 * that defines it, and at last by the id itself.
 */
export function namingOf(rulebook: Rulebook | null, locale: Locale): Naming {
  const t = words(named, locale)
  return (kind, id) => {
    const found = rulebook?.provisions.find((p) => p.rule.kind === kind && 'id' in p.rule && p.rule.id === id)
    const own = found?.names?.[locale]
    const said = own?.find((form) => form.key === 'the') ?? own?.find((form) => form.key === 'one')
    if (said !== undefined) return said.value
    const key = `${kind}.${id}`
    if (isKey(key)) return t(key)
    const title = found === undefined ? undefined : rulebook?.clauses.get(found.clause)?.title
    return title === undefined || title === '' ? id.replaceAll('-', ' ') : title
  }
}

/** A sentence or heading begins with a capital letter. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
