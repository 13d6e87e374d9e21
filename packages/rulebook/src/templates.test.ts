import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parsed } from '../test/lantern.ts'
import { canonicalText, lint, words, wordsDiagnostics } from './index.ts'
import { idOf } from './language/model.ts'

const folder = new URL('../../../rulebooks/templates/', import.meta.url)
const files = readdirSync(folder)
const textOf = (file: string): string => readFileSync(new URL(file, folder), 'utf8')

describe('a template to adopt', () => {
  it('there is one for each kind of movement', () => {
    const kinds = ['campaign', 'co-op', 'party-branch', 'student-society', 'tenants-federation', 'union-branch']
    expect(files.toSorted()).toEqual(kinds.map((kind) => `${kind}.md`))
  })

  describe.each(files)('%s', (file) => {
    const rulebook = parsed(textOf(file))

    it('reads, leaves nothing open and has no hole', () => {
      expect(rulebook.unresolved).toEqual([])
      expect(lint(rulebook)).toEqual([])
    })

    it('says every rule in English, and its purpose and values in prose', () => {
      for (const { clause } of rulebook.provisions) expect(words(rulebook, clause, 'en')?.length).toBeGreaterThan(20)
      expect(rulebook.provisions.length).toBeGreaterThanOrEqual(25)
      const prose = rulebook.document.clauses.filter((c) => c.block === null && c.source.includes('\n'))
      expect(prose.map((c) => c.id).slice(0, 3)).toEqual(expect.arrayContaining(['1.1', '1.2']))
    })

    it('says every rule in Welsh, with no form of a name missing and no two names alike', () => {
      expect(wordsDiagnostics(rulebook, 'cy').map((d) => `${d.code} ${d.text}`)).toEqual([])
      for (const { clause } of rulebook.provisions) expect(words(rulebook, clause, 'cy')).toMatch(/^[^[]{20,}/)
    })

    it('has a name in English and Welsh, with its forms, for everything it defines', () => {
      for (const { clause, rule, names } of rulebook.provisions) {
        if (idOf(rule) === null) continue
        expect(
          names?.en?.map((row) => row.key),
          clause,
        ).toEqual(['one', 'many', 'the'])
        const welsh = ['one', 'many', 'the', 'gender', 'soft', 'nasal', 'aspirate']
        expect(
          names?.cy?.map((row) => row.key),
          clause,
        ).toEqual(expect.arrayContaining(welsh))
      }
    })

    it('stands in its canonical text', () => {
      expect(canonicalText(textOf(file))).toBe(textOf(file))
    })
  })

  it('designs differ: consensus, delegates by weight, a panel by lot, single transferable vote with quotas, pairwise priorities', () => {
    const all = Object.fromEntries(files.map((file) => [file, textOf(file)]))
    const uses = { campaign: 'consensus:', 'tenants-federation': 'weight: members represented', 'co-op': 'method: approval' }
    for (const [file, word] of Object.entries(uses)) expect(all[`${file}.md`]).toContain(word)
    expect(all['party-branch.md']).toMatch(/scottish-stv, quota:/)
    expect(all['student-society.md']).toMatch(/method: schulze[\s\S]*set-priorities/)
    expect(Object.values(all).filter((text) => text.includes('lot from members')).length).toBeGreaterThanOrEqual(5)
  })
})
