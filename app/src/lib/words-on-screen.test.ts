import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { features } from './assembly.ts'
import { messages as platformMessages } from './platform/messages.ts'
import { locales, words, type Catalogue } from './platform/words.ts'

// EXPERIENCE.md section 6. Keys that begin with `auditor.` are shown only inside closed details for auditors, and are exempt.
const neverOnMemberPages = {
  en: /\b(encrypt\w*|decrypt\w*|cipher\w*|hash(es|ed)?|digests?|roots?|trackers?|credentials?|tokens?|tally|tallied|ledgers?|logs?|blockchain|cosign\w*|electorates?|eligible|users?|submit\w*|invalid|oops)\b/i,
  cy: /\b(amgrypt\w*|dadgrypt\w*|hash\w*|tocyn\w*|blocgadwyn\w*|etholaeth\w*|defnyddi?wr|defnyddwyr|cyflwynwch|annilys)\b/i,
} as const

const catalogues: readonly (readonly [string, Catalogue])[] = [
  ['platform', platformMessages],
  ...features.flatMap(({ name, messages }): (readonly [string, Catalogue])[] =>
    messages === undefined ? [] : [[name, messages]],
  ),
]

type Node = {
  readonly type: number
  readonly value?: string
  readonly options?: Readonly<Record<string, { readonly value: readonly Node[] }>>
}
const isArgument = (type: number): boolean => type >= 1 && type <= 6

const treeOf = (text: string, locale: string): readonly Node[] =>
  new IntlMessageFormat(text, locale, undefined, { ignoreTag: true }).getAst()

/** Names of a message's arguments, sorted. */
function argumentsOf(text: string, locale: string): readonly string[] {
  const names = new Set<string>()
  const walk = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if (isArgument(node.type) && node.value !== undefined) names.add(node.value)
      for (const option of Object.values(node.options ?? {})) walk(option.value)
    }
  }
  walk(treeOf(text, locale))
  return [...names].sort()
}

/** Every way a message can read: one text for each choice of its plurals, arguments shown as one word. */
const readings = (nodes: readonly Node[]): readonly string[] =>
  nodes.reduce<readonly string[]>(
    (heads, node) => {
      const options = Object.values(node.options ?? {})
      const tails =
        options.length > 0 ? options.flatMap((o) => readings(o.value)) : [isArgument(node.type) ? 'x' : (node.value ?? 'x')]
      return heads.flatMap((head) => tails.map((tail) => head + tail))
    },
    [''],
  )

test('there are catalogues to look at', () => {
  expect(catalogues.map(([name]) => name)).toEqual(expect.arrayContaining(['platform', 'demo', 'groups', 'membership']))
})

describe.each(catalogues)('messages of %s', (_name, messages) => {
  const keys = Object.keys(messages.en)

  test('every message exists in both languages and none is empty', () => {
    expect(Object.keys(messages.cy).sort()).toEqual([...keys].sort())
    for (const locale of locales) for (const key of keys) expect(messages[locale][key]?.trim(), key).not.toBe('')
  })

  test('every message parses, and asks for the same arguments in both languages', () => {
    for (const key of keys)
      expect(argumentsOf(messages.cy[key] ?? '', 'cy'), key).toEqual(argumentsOf(messages.en[key] ?? '', 'en'))
  })

  test('no message says what members should not have to read', () => {
    for (const locale of locales)
      for (const key of keys.filter((k) => !k.startsWith('auditor.')))
        expect(neverOnMemberPages[locale].exec(messages[locale][key] ?? '')?.[0], `${locale} ${key}`).toBeUndefined()
  })

  test('no English sentence is longer than 25 words', () => {
    for (const key of keys.filter((k) => !k.startsWith('auditor.')))
      for (const sentence of readings(treeOf(messages.en[key] ?? '', 'en')).flatMap((text) => text.split(/[.!?](?:\s|$)/)))
        expect(sentence.split(/\s+/).filter((word) => word !== '').length, `${key}: ${sentence}`).toBeLessThanOrEqual(25)
  })
})

test('control: the scan finds such a word', () => {
  expect(neverOnMemberPages.en.test('Your encrypted ballot')).toBe(true)
  expect(neverOnMemberPages.cy.test('Mae’ch pleidlais wedi’i hamgryptio') || neverOnMemberPages.cy.test('amgryptio')).toBe(true)
})

test('Welsh numbers take their own plural forms', () => {
  const t = words(platformMessages, 'cy')
  expect(t('home.title', { n: 2, name: 'Nia' })).toBe('Mae dau beth i chi eu gwneud, Nia')
  expect(t('home.title', { n: 3, name: 'Nia' })).toBe('Mae tri pheth i chi eu gwneud, Nia')
  expect(words(platformMessages, 'en')('home.title', { n: 2, name: 'Nia' })).toBe('Two things need you, Nia')
})
