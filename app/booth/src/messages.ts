import type { en } from './messages.en.ts'

/** Languages the voting pages speak. */
export type Language = 'en' | 'cy'
/** Name of a sentence of the voting page. */
export type MessageKey = keyof typeof en
/** Values that fill the `{places}` of a sentence. */
export type Values = Readonly<Record<string, string | number>>
/** Every sentence of a page in every language. */
export type Catalogues<K extends string> = Readonly<Record<Language, Readonly<Record<K, string>>>>

/** The sentence with its places filled; a place without a value stays as it is, so that a test can see it. */
export const fillPlaces = (sentence: string, values: Values): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (values[name] === undefined ? whole : numberText(values[name])))

/** Thousands in groups, as both languages write them. */
export const numberText = (value: string | number): string =>
  typeof value === 'number' ? String(value).replace(/\B(?=(\d{3})+$)/g, ',') : value

/** The language of a visit: the reader's own choice (cookie `lang`), else the first language of the browser that we speak. */
export function languageOf(cookie: string, browser: readonly string[]): Language {
  const chosen = /(?:^|;\s*)lang=(en|cy)(?:;|$)/.exec(cookie)?.[1]
  const spoken = chosen ?? browser.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'en' || tag === 'cy')
  return spoken === 'cy' ? 'cy' : 'en'
}
