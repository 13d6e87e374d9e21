import { canonicalJson, type Json } from '@quorate/kernel'
import type { Entry } from '@quorate/record'
import { wordsVersion } from '@quorate/rulebook'
import { describe, expect, test } from 'vitest'
import { sha256Hex, withValue } from '../testing/log.ts'
import { dossierFor, rules, wholeDecision, wordsText } from '../testing/whole-decision.ts'
import { dossierText, verify, type Verdict } from './index.ts'

const { entries, documents } = wholeDecision('Ed25519').log
const [first, second] = entries.flatMap((entry, i) => (entry.type === 'edition' ? [i] : []))

/** The verdict on a log whose operator has stored other words for an edition, and signed. */
function withWords(edition: number | undefined, text: string): Verdict {
  if (edition === undefined) throw new Error('no such edition')
  const named = withValue(entries[edition] as Entry, '/body/words', () => sha256Hex(text))
  const own = { entries: entries.with(edition, named), documents: { ...documents, [sha256Hex(text)]: text } }
  return verify(dossierText(dossierFor(own)))
}
const stored = JSON.parse(wordsText(rules, 1)) as {
  readonly words: { readonly en: Record<string, string>; readonly cy: Record<string, string> }
}
const changed = (change: (all: typeof stored) => Json): string => canonicalJson(change(structuredClone(stored)))
const named = ({ fault }: Verdict): unknown => [fault?.check, fault?.code, fault?.entry, fault?.clause]

describe('the stored words of an edition', () => {
  test('hold when they are what its rules say, for each edition', () => {
    const verdict = verify(dossierText(dossierFor({ entries, documents })))
    const rulesInWords = Object.keys(stored.words.en).length
    expect(verdict.checks.find(({ name }) => name === 'words')).toEqual({
      name: 'words',
      state: 'passed',
      detail: [
        { name: 'editions', count: 2 },
        { name: 'rules in words', count: 2 * rulesInWords },
      ],
    })
  })

  test.each(['en', 'cy'] as const)('with one word changed are named by clause, and the line is shown: %s', (locale) => {
    const line = stored.words[locale]['4.2']?.split('\n')[2] ?? ''
    const text = changed((all) => {
      all.words[locale]['4.2'] = (all.words[locale]['4.2'] ?? '').replace(line, `${line}!`)
      return all
    })
    const verdict = withWords(first, text)
    expect(named(verdict)).toEqual(['words', 'words-differ', first, '4.2@1'])
    expect(verdict.fault).toMatchObject({ expected: line, found: `${line}!` })
  })

  test('with a clause too many or too few are named', () => {
    const more = changed((all) => ({ ...all, words: { ...all.words, cy: { ...all.words.cy, '99.9': 'A rule nobody made.' } } }))
    expect(withWords(first, more).fault).toMatchObject({ clause: '99.9@1', expected: 'nothing', found: 'A rule nobody made.' })
    const less = changed((all) => {
      const { '4.2': _, ...en } = all.words.en
      return { ...all, words: { ...all.words, en } }
    })
    expect(withWords(first, less).fault).toMatchObject({ clause: '4.2@1', found: 'nothing' })
  })

  test('of another edition, or of another text, are named', () => {
    expect(withWords(second, wordsText(rules, 1)).fault).toMatchObject({
      entry: second,
      expected: 'edition 2',
      found: 'edition 1',
    })
    const text = changed((all) => ({ ...all, text: sha256Hex('another') }))
    expect(named(withWords(first, text))).toEqual(['words', 'words-differ', first, null])
  })

  test('that are no such document are named', () => {
    expect(withWords(first, '{}').fault).toMatchObject({ code: 'words-differ', found: 'something else: its fields' })
  })

  test('made by templates of another version stand as they were ratified, and the verdict says so', () => {
    const text = changed((all) => ({
      ...all,
      templates: wordsVersion + 1,
      words: { cy: {}, en: { '4.2': 'As it was said then.' } },
    }))
    const verdict = withWords(first, text)
    expect(verdict.verdict).toBe('holds')
    expect(verdict.checks.find(({ name }) => name === 'words')).toMatchObject({
      state: 'not-checked',
      why: 'other-templates',
      detail: [{ name: 'editions', count: 1 }],
    })
  })

  test('missing from the dossier are named', () => {
    const { [sha256Hex(wordsText(rules, 1))]: _, ...rest } = documents
    const verdict = verify(dossierText(dossierFor({ entries: [...entries], documents: rest })))
    expect(named(verdict)).toEqual(['documents', 'document-missing', first, null])
  })
})
