import { describe, expect, it } from 'vitest'
import { phraseBook, phraseBookText } from '../../test/phrase-book.ts'
import { ruleKinds } from '../schema/kinds.ts'

describe('the phrase book: every template in both languages', () => {
  const entries = phraseBook()

  it('says every kind of rule, and never the same of two blocks', () => {
    expect(new Set(entries.map((e) => e.kind))).toEqual(new Set(ruleKinds))
    for (const locale of [0, 1]) {
      const blocks = new Map<string, string>()
      for (const { block, said } of entries) {
        const text = said[locale] ?? ''
        const other = blocks.get(text)
        if (other !== undefined) expect([other, text]).toEqual([JSON.stringify(block), text])
        blocks.set(text, JSON.stringify(block))
      }
    }
  })

  it('lacks no Welsh form, leaves nothing unsaid, and ends every line', () => {
    for (const { said } of entries)
      for (const text of said) {
        expect(text).not.toMatch(/\[|undefined|null|\[object|\S {2,}\S| [.,;:]|\.\./)
        for (const line of text.split('\n')) expect(line).toMatch(/[.:;]$/)
      }
  })

  it('reads as it was read when it was last looked through', async () => {
    await expect(phraseBookText()).toMatchFileSnapshot('../../test/golden/phrase-book.txt')
  })
})
