import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { edition } from '../../test/lantern.ts'
import type { Who } from '../language/expression.ts'
import { parseRulebook, words, type Rulebook } from '../index.ts'
import { wordsLocales } from './words.ts'

const folder = fileURLToPath(new URL('../../../../rulebooks/', import.meta.url))
const shipped = globSync('**/*.md', { cwd: folder }).toSorted()
const read = (name: string): Rulebook => {
  const parsed = parseRulebook(readFileSync(`${folder}${name}`, 'utf8'), edition(1))
  if (parsed.kind === 'fail') throw new Error(`${name}: ${JSON.stringify(parsed.error[0])}`)
  return parsed.value
}
const sentences = (text: string): readonly string[] =>
  text
    .split(/[.;:](?:\s|$)/)
    .map((s) => s.replace(/^\s*\(\w+\)\s*/, '').trim())
    .filter((s) => s !== '')

/** Whether `and` and `or` stand inside one another. */
const nests = (who: Who): boolean =>
  who.kind === 'and' || who.kind === 'or'
    ? who.parts.some((part) => part.kind === 'and' || part.kind === 'or' || nests(part))
    : who.kind === 'not' && nests(who.part)

// Rules 1 to 3 of how operative words are written: at most 30 words a sentence, digits, no nested brackets, `and` and `or` inside one another
// as lettered limbs.
describe.each(shipped)('the words of %s', (name) => {
  const rulebook = read(name)

  it.each(wordsLocales)('in %s keep sentences to 30 words, and brackets out of brackets', (locale) => {
    for (const { clause } of rulebook.provisions) {
      const text = words(rulebook, clause, locale) ?? ''
      expect(text.length, clause).toBeGreaterThan(10)
      expect(text, clause).not.toMatch(/\b(?:undefined|null)\b|\[object|\([^)]*\(/)
      for (const sentence of sentences(text))
        expect(sentence.split(/\s+/).length, `${clause}: ${sentence}`).toBeLessThanOrEqual(30)
    }
  })

  it.each(wordsLocales)(
    'in %s give nested conditions as lettered limbs, and say a share with the instant of its base',
    (locale) => {
      for (const { clause, rule } of rulebook.provisions) {
        const text = words(rulebook, clause, locale) ?? ''
        if (rule.kind === 'electorate' && nests(rule.who)) expect(text, clause).toMatch(/^ {2}\(a\) [^]*^ {4}\(i\) /m)
        if (rule.kind === 'electorate' && (rule.who.kind === 'and' || rule.who.kind === 'or'))
          expect(text, clause).toMatch(/^ {2}\(b\) /m)
      }
    },
  )

  it('are the same whenever they are made', () => {
    const again = read(name)
    for (const { clause } of rulebook.provisions) expect(words(again, clause, 'en')).toBe(words(rulebook, clause, 'en'))
  })
})
