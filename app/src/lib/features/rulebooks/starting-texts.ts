import { words, type Locale } from '#lib/platform/words.ts'
import { playgroundMessages } from './playground-messages.ts'

/** A rulebook to start from: a short name for the address, and what to call it. */
export type StartingText = { readonly id: string; readonly label: string }

const files = import.meta.glob<string>('../../../../../rulebooks/**/*.md', { query: '?raw', import: 'default' })
const idOf = (file: string): string => file.replace(/^.*\/rulebooks\//, '').replace(/\.md$/, '')
const byId = new Map(Object.entries(files).map(([file, load]) => [idOf(file), load]))

const named = (id: string, locale: Locale): string => {
  const t = words(playgroundMessages, locale)
  const name = (id.split('/').at(-1) ?? id).replaceAll('-', ' ')
  if (id === 'lantern') return t('play.lantern')
  return id.startsWith('templates/') ? t('play.template', { name }) : id.startsWith('history/') ? t('play.history', { name }) : name
}

/** All there are, Lantern first. */
export function startingTexts(locale: Locale): readonly StartingText[] {
  const ids = [...byId.keys()].toSorted((a, b) => Number(b === 'lantern') - Number(a === 'lantern') || (a < b ? -1 : 1))
  return ids.map((id) => ({ id, label: named(id, locale) }))
}

/** The text of one, or null. */
export const startingText = async (id: string): Promise<string | null> => (await byId.get(id)?.()) ?? null
