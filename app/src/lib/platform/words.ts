import { IntlMessageFormat } from 'intl-messageformat'

/** The languages every page speaks. */
export type Locale = 'en' | 'cy'
/** All of them, English first: the one a reader without a wish gets. */
export const locales: readonly Locale[] = ['en', 'cy']

/** Messages of one feature in ICU MessageFormat, by key, in every language. Made by {@link catalogue}. */
export type Catalogue<Key extends string = string> = Readonly<Record<Locale, Readonly<Record<Key, string>>>>

/** Pairs the English messages with their Welsh ones; a key that is missing or strange in Welsh does not type-check. */
export const catalogue = <const Key extends string>(
  en: Readonly<Record<Key, string>>,
  cy: Readonly<Record<NoInfer<Key>, string>>,
): Catalogue<Key> => ({ en, cy })

/** What a message's argument may be. Numbers are grouped in the reader's way (`{n, number}`). */
export type WordValues = Readonly<Record<string, string | number>>
/** Says a message of one catalogue in one language. */
export type Say<Key extends string> = (key: Key, values?: WordValues) => string

const compiled = new Map<string, IntlMessageFormat>()

function compile(text: string, locale: Locale): IntlMessageFormat {
  const id = `${locale} ${text}`
  const known = compiled.get(id)
  if (known !== undefined) return known
  // `ignoreTag`: we have no markup in messages, so `<` is a character.
  const made = new IntlMessageFormat(text, locale === 'en' ? 'en-GB' : 'cy', undefined, { ignoreTag: true })
  compiled.set(id, made)
  return made
}

/** The voice of a catalogue in a language: `const t = words(messages, locale); t('greeting', { name })`. */
export function words<Key extends string>(messages: Catalogue<Key>, locale: Locale): Say<Key> {
  return (key, values) => String(compile(messages[locale][key], locale).format(values === undefined ? undefined : { ...values }))
}

/** The language named by a cookie or a form, or null. */
export const parseLocale = (text: string | null | undefined): Locale | null => locales.find((locale) => locale === text) ?? null

/** The language a browser asks for first among ours (RFC 9110 §12.5.4, order of writing), else English. */
export function localeOfHeader(header: string | null): Locale {
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const locale = parseLocale(part.trim().split(/[-;]/)[0])
    if (locale !== null) return locale
  }
  return 'en'
}

/** A number grouped as the language does: `1,204`. */
export const numberText = (value: number, locale: Locale): string => value.toLocaleString(locale === 'en' ? 'en-GB' : 'cy')

/** A share with its base named elsewhere: `66.7%`, one decimal, cut and never rounded up past a threshold. */
export function percentText(part: number, whole: number, locale: Locale): string {
  const tenths = whole === 0 ? 0 : Math.floor((part * 1000) / whole)
  return `${(tenths / 10).toLocaleString(locale === 'en' ? 'en-GB' : 'cy', { maximumFractionDigits: 1 })}%`
}

/** `a, b and c` in the language. */
export const listText = (items: readonly string[], locale: Locale): string =>
  new Intl.ListFormat(locale === 'en' ? 'en-GB' : 'cy', { style: 'long', type: 'conjunction' }).format(items)

/** `a, b or c` in the language. */
export const orText = (items: readonly string[], locale: Locale): string =>
  new Intl.ListFormat(locale === 'en' ? 'en-GB' : 'cy', { style: 'long', type: 'disjunction' }).format(items)
