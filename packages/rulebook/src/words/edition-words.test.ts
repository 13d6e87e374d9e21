import { canonicalJson, type Json } from '@quorate/kernel'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  editionWords,
  editionWordsText,
  parseEditionWords,
  parseRulebook,
  words,
  wordsOfClause,
  wordsVersion,
  type ClauseId,
  type EditionNumber,
} from '../index.ts'

const source = readFileSync(new URL('../../../../rulebooks/lantern.md', import.meta.url), 'utf8')
const parsed = parseRulebook(source, 3 as EditionNumber)
if (parsed.kind === 'fail') throw new Error('Lantern reads')
const lantern = parsed.value
const said = editionWords(lantern)

describe('the words of an edition', () => {
  test('are those of each clause in both languages, with the text and the version of the templates', () => {
    expect(said).toMatchObject({ edition: 3, text: lantern.textHash, templates: wordsVersion })
    for (const locale of ['en', 'cy'] as const)
      for (const clause of lantern.clauses.keys())
        expect(wordsOfClause(said, clause, locale)).toBe(words(lantern, clause, locale))
    expect(Object.keys(said.words.en)).toHaveLength(lantern.provisions.length)
  })

  test('print to one document and read back', () => {
    expect(parseEditionWords(editionWordsText(said))).toEqual({ kind: 'ok', value: said })
    expect(editionWordsText(editionWords(lantern))).toBe(editionWordsText(said))
  })

  test('of a name of an object’s own, there are none', () => {
    expect(wordsOfClause(said, 'constructor' as ClauseId, 'en')).toBeNull()
  })

  const changed = (change: (all: { [key: string]: Json }) => void): string => {
    const all = JSON.parse(editionWordsText(said)) as { [key: string]: Json }
    change(all)
    return canonicalJson(all)
  }
  test.each([
    ['canonical JSON', '{'],
    ['canonical JSON', '[]'],
    ['canonical JSON', `${editionWordsText(said)}\n`],
    ['its fields', changed((all) => delete all['text'])],
    ['its fields', changed((all) => (all['more'] = 1))],
    ['format', changed((all) => (all['format'] = 'quorate/words/v2'))],
    ['edition', changed((all) => (all['edition'] = 0))],
    ['templates', changed((all) => (all['templates'] = 'one'))],
    ['text', changed((all) => (all['text'] = 'ab'))],
    ['words', changed((all) => (all['words'] = { en: {} }))],
    ['words', changed((all) => (all['words'] = { cy: { '4.2': 1 }, en: {} }))],
    ['words', changed((all) => (all['words'] = null))],
  ])('refused, naming what is wrong: %s', (what, text) => {
    expect(parseEditionWords(text)).toEqual({ kind: 'fail', error: { what } })
  })
})
