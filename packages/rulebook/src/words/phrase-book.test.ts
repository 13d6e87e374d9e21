import { describe, expect, it } from 'vitest'
import { phraseBook, phraseBookText } from '../../test/phrase-book.ts'
import { fingerprintOf } from '../language/document.ts'
import { ruleKinds } from '../schema/kinds.ts'
import { wordsVersion } from './words.ts'

/** The fingerprint of the phrase book by the version of its templates. Words that have been ratified under a version are never made otherwise under it. */
const versions: Readonly<Record<number, string>> = {
  1: '25b3e7b59db60f67c0a157933961fe679e4fe431b4d175a4e998b4ca235954e3',
}

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

  it('has the version of just these words: whoever changes a template counts the version up and adds a line above', () => {
    expect(versions[wordsVersion]).toBe(fingerprintOf(phraseBookText()))
    expect(Math.max(...Object.keys(versions).map(Number))).toBe(wordsVersion)
    expect(new Set(Object.values(versions)).size).toBe(Object.keys(versions).length)
  })
})
