import { cy } from './messages.cy.ts'
import { en } from './messages.en.ts'

/** Languages the voting pages speak. */
export type Language = 'en' | 'cy'
/** Name of a sentence. */
export type MessageKey = keyof typeof en
/** Values that fill the `{places}` of a sentence. */
export type Values = Readonly<Record<string, string | number>>

/** Every sentence in every language. */
export const catalogues: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { en, cy }

/** The sentence with its places filled. */
export const say = (language: Language, key: MessageKey, values: Values = {}): string =>
  catalogues[language][key].replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    values[name] === undefined ? whole : numberText(values[name]),
  )

/** A sentence cut at its places, for places that hold more than text: `['until ', 'when', '.']`, places at odd positions. */
export const cut = (language: Language, key: MessageKey): readonly string[] => catalogues[language][key].split(/\{(\w+)\}/)

/** Thousands in groups, as both languages write them. */
export const numberText = (value: string | number): string =>
  typeof value === 'number' ? String(value).replace(/\B(?=(\d{3})+$)/g, ',') : value

/** The language of a visit: the reader's own choice (cookie `lang`), else the first language of the browser that we speak. */
export function languageOf(cookie: string, browser: readonly string[]): Language {
  const chosen = /(?:^|;\s*)lang=(en|cy)(?:;|$)/.exec(cookie)?.[1]
  const spoken = chosen ?? browser.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'en' || tag === 'cy')
  return spoken === 'cy' ? 'cy' : 'en'
}
