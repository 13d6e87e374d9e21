import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, clause, edition, lantern, lanternText, parsed } from '../../test/lantern.ts'
import { timeAllowed } from '../../test/how-often.ts'
import { applyChanges, canonicalText, changesOf, compareText, fingerprintOf, resultingText, type TextChange } from '../index.ts'
import { includesPerson, nobody, withoutPerson, withPerson, type PeopleSet } from '../people-set.ts'

const one = edition(1)
const apply = (...changes: readonly TextChange[]) => applyChanges(lanternText, changes, one)
const source = (id: string): string => lantern.clauses.get(clause(id))?.source ?? ''
const clauseOf = (id: string, prose: string): TextChange => ({ clause: clause(id), after: `### ${id} New\n${prose}` })

describe('changes to a text', () => {
  it('leaves every other line as it is', () => {
    const after = source('7.5').replace('2000 GBP', '3000 GBP')
    const changed = apply({ clause: clause('7.5'), after })
    expect(changed).toEqual({ kind: 'ok', value: lanternText.replace('2000 GBP', '3000 GBP') })
    expect(compareText(lanternText, changed.kind === 'ok' ? changed.value : '').map((d) => d.clause)).toEqual(['7.5'])
  })

  it('puts a new clause where its number belongs, and takes a repealed one out', () => {
    const added = apply(clauseOf('4.10', 'Ten.'), clauseOf('4.6', 'Six.'))
    const ids = added.kind === 'ok' ? parsed(added.value).document.clauses.map((c) => c.id) : []
    expect(ids.slice(ids.indexOf(clause('4.5')), ids.indexOf(clause('5')) + 1)).toEqual(['4.5', '4.6', '4.10', '5'])
    const last = apply(clauseOf('9', 'Nine.'))
    expect(last.kind === 'ok' && last.value.endsWith('### 9 New\nNine.\n')).toBe(true)
    const repealed = apply({ clause: clause('7.6'), after: null })
    expect(repealed.kind === 'ok' && compareText(lanternText, repealed.value)).toMatchObject([{ clause: '7.6', after: null }])
  })

  it('refuses what is not exactly that clause, or leaves no rulebook', () => {
    const codes = (...changes: readonly TextChange[]) => {
      const result = apply(...changes)
      return result.kind === 'fail' ? result.error.map((d) => d.code) : []
    }
    expect(codes({ clause: clause('7.5'), after: 'prose without a heading' })).toContain('R0402')
    expect(codes({ clause: clause('7.5'), after: '### 7.6 Another\nProse.' })).toContain('R0402')
    expect(codes({ clause: clause('7.5'), after: '### 7.5 Own\nProse.\n### 7.8 Stowaway\nMore.' })).toContain('R0402')
    expect(codes({ clause: clause('7.5'), after: 'first\n### 7.5 Own\nProse.' })).toContain('R0402')
    expect(codes({ clause: clause('7.99'), after: null })).toEqual(['R0401'])
    expect(codes({ clause: clause('7.5'), after: '### 7.5 Own\n```rule\nkind: power' })).toContain('R0105')
    expect(codes({ clause: clause('7.5'), after: '### 7.5 Own\n```rule\nkind: power\nact: reign\n```' })).toContain('R0305')
  })

  it('names changes by fingerprint, and states what would come of them', () => {
    const after = source('7.5').replace('2000 GBP', '3000 GBP')
    const changes = [{ clause: clause('7.5'), after }]
    expect(changesOf(lanternText, changes)).toEqual([
      { clause: '7.5', before: lantern.clauses.get(clause('7.5'))?.fingerprint, after: fingerprintOf(after) },
    ])
    expect(changesOf(lanternText, [clauseOf('8', 'New.')])).toMatchObject([{ before: null }])
    const result = resultingText(lanternText, one, changes, at('2026-03-01'))
    expect(result.fact.value).toEqual({
      text: fingerprintOf(result.text ?? ''),
      diagnostics: 0,
      findings: 0,
      open: 0,
      'appeals-removed': 0,
      'rights-removed': 0,
    })
    const hole = resultingText(lanternText, one, [{ clause: clause('4.1'), after: null }], at('2026-03-01'))
    expect(hole.findings.map((f) => f.code)).toEqual(['nobody-changes-the-rules'])
    expect(hole.fact.value).toMatchObject({ findings: 1 })
    const broken = resultingText(lanternText, one, [{ clause: clause('4.1'), after: 'x' }], at('2026-03-01'))
    expect([broken.text, broken.fact.value]).toMatchObject([null, { text: '' }])
  })

  it('does not hold an old hole against a change elsewhere', () => {
    const holed = lanternText.replace('id: gender', 'id: hue')
    const changes = [{ clause: clause('7.5'), after: source('7.5').replace('2000', '3000') }]
    expect(resultingText(holed, one, changes, at('2026-03-01')).findings).toEqual([])
  })

  it(
    'comes back to the same text when a change is undone',
    () => {
      const ids = lantern.document.clauses.map((c) => c.id)
      fc.assert(
        fc.property(fc.constantFrom(...ids), fc.string(), (id, words) => {
          const before = source(id)
          const prose = canonicalText(words).replace(/[`#]/g, '').trim()
          const there = applyChanges(lanternText, [{ clause: id, after: `${before}\n\n${prose}x` }], one)
          if (there.kind === 'fail') throw new Error(JSON.stringify(there.error))
          expect(compareText(lanternText, there.value).map((d) => d.clause)).toEqual([id])
          expect(applyChanges(there.value, [{ clause: id, after: before }], one)).toEqual({ kind: 'ok', value: lanternText })
        }),
        { numRuns: 15 },
      )
    },
    timeAllowed(30_000),
  )
})

describe('a set of pseudonyms', () => {
  it('behaves as a set, whatever is added and taken out', () => {
    const name = fc.oneof(
      fc.nat(300).map((n) => n.toString(16).padStart(32, '0')),
      fc.nat(300).map((n) => n.toString(16).padEnd(32, '7')),
      fc.constantFrom('', 'rule', '__proto__'),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), name), { maxLength: 200 }), (steps) => {
        const model = new Set<string>()
        let set: PeopleSet = nobody
        for (const [add, who] of steps) {
          set = add ? withPerson(set, who) : withoutPerson(set, who)
          if (add) model.add(who)
          else model.delete(who)
          expect([set.size, includesPerson(set, who)]).toEqual([model.size, model.has(who)])
        }
        for (const who of model) expect(includesPerson(set, who)).toBe(true)
        expect(JSON.parse(JSON.stringify(set))).toEqual(set)
      }),
      { numRuns: 200 },
    )
  })
})
