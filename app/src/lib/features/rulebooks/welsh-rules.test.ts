import { readFileSync } from 'node:fs'
import { assert } from '@quorate/kernel'
import { parseRulebook, type Rulebook } from '@quorate/rulebook'
import { describe, expect, test } from 'vitest'
import { clauseChange, clauseQuote, clauseWords } from './clause-words.ts'

const text = readFileSync(new URL('../../../../../rulebooks/lantern.md', import.meta.url), 'utf8')
function read(source: string): Rulebook {
  const rulebook = parseRulebook(source, 1 as Rulebook['edition'])
  assert(rulebook.kind === 'ok', 'it reads')
  return rulebook.value
}
const lantern = read(text)
const said = (rulebook: Rulebook, id: string, locale: 'en' | 'cy') => {
  const clause = rulebook.document.clauses.find((c) => c.id === id)
  assert(clause !== undefined, `a clause ${id}`)
  return clauseWords(rulebook, clause, locale)
}

describe('rules on Welsh pages', () => {
  test('are said in Welsh, marked as such and as awaiting a reader; in English there is nothing to mark', () => {
    const welsh = said(lantern, '4.1', 'cy')
    expect(welsh.lang).toBe('cy')
    expect(welsh.mark).toContain('yn aros')
    expect(welsh.lines).toEqual([
      { level: 0, text: 'I newid y rheolau hyn, yr unig ffordd yw’r weithdrefn “newid y rheolau”.' },
    ])
    expect(said(lantern, '4.1', 'en')).toMatchObject({ lang: 'en-GB', mark: null })
    expect(said(lantern, '4.1', 'en').lines[0]?.text).toContain('the only way is the procedure')
  })

  test('keep their limbs', () => {
    expect(said(lantern, '2.2', 'cy').lines.map(({ level }) => level)).toEqual(said(lantern, '2.2', 'en').lines.map(({ level }) => level))
  })

  test('stay as they are written where a block leaves something open, in the author’s language and unmarked', () => {
    const open = read(text.replace('term: 2 years\nterm-limit', 'term: unknown\nterm-limit'))
    expect(said(open, '3.1', 'cy')).toMatchObject({ lang: 'en-GB', mark: null })
    expect(said(open, '3.1', 'cy').lines[0]?.text).toBe('kind: body')
  })

  test('are quoted by stage, with the mark in the source line', () => {
    const quote = clauseQuote(lantern, '4.2', 'cy', 'notify')
    expect(quote).toMatchObject({
      quote: 'Hysbysiad. Rhoddir hysbysiad i bob aelod. Mae’n cynnwys y testun terfynol. Mae’n rhedeg am 14 diwrnod clir ar ôl dod i law.',
      lang: 'cy',
      title: 'Rheol 4.2',
    })
    expect(quote?.cite).toMatch(/Argraffiad 1 o’r llyfr rheolau.*yn aros/)
    expect(clauseQuote(lantern, '4.2', 'en', 'notify')?.cite).not.toMatch(/wait/)
  })

  test('differ in Welsh where the block differs, and in the author’s words where only its spelling does', () => {
    const after = read(text.replace('clear: 14 clear days', 'clear: 21 clear days'))
    const welsh = clauseChange(lantern, after, '4.2', 'cy')
    expect(welsh.before).toContain('14 diwrnod clir')
    expect(welsh.after).toContain('21 diwrnod clir')
    expect(welsh.lang).toBe('cy')
    const english = clauseChange(lantern, after, '4.2', 'en')
    expect(english.after).toContain('21 clear days')
    expect(english.lang).toBe('en-GB')
    const spelling = read(text.replace('kind: power\nact: endorse', 'act: endorse\nkind: power'))
    expect(clauseChange(lantern, spelling, '7.3', 'cy').lang).toBe('en-GB')
  })
})
