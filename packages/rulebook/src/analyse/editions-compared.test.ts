import { describe, expect, it } from 'vitest'
import { at, lantern, lanternText, parsed } from '../../test/lantern.ts'
import { compare, watchfulFacts, type AnalyseFacts, type Comparison, type PowerChange } from '../index.ts'

const facts: AnalyseFacts = { ...watchfulFacts(at('2026-11-21 19:40')), electorates: { members: 1180 }, attestors: 'unwilling' }
const edited = (from: string, to: string): Comparison => {
  const text = lanternText.replace(from, to)
  if (text === lanternText) throw new Error('the edit must change the text')
  return compare(lantern, parsed(text, 2), facts)
}
const about = (c: Comparison, power: string): PowerChange => {
  const found = c.powers.find((p) => p.power === power)
  if (found === undefined) throw new Error(`nothing about ${power}`)
  return found
}

describe('two editions beside each other', () => {
  it('finds nothing where nothing changed', () => {
    const c = compare(lantern, parsed(lanternText, 2), facts)
    expect(c.text).toEqual([])
    expect(new Set(c.powers.map((p) => p.change))).toEqual(new Set(['same']))
  })

  it('shows a changed clause in words, and what became of the figures', () => {
    const c = edited('yes at least 2/3 of for-and-against, turnout at least 15% of roll', 'yes more than 1/2 of for-and-against')
    expect(c.text.map((t) => t.clause)).toEqual(['4.2'])
    expect(c.text[0]?.before?.words).toContain('2/3')
    expect(c.text[0]?.after?.words).not.toContain('2/3')
    expect(about(c, 'amend-rulebook')).toMatchObject({ change: 'easier', people: { before: 787, after: 591 } })
    expect(about(c, 'amend-rulebook').thresholds).toMatchObject([
      { route: 'amend', stage: 'ballot', before: [{ needs: [{ count: 787 }] }], after: [{ needs: [{ count: 591 }] }] },
    ])
    // Whoever can change the rules can write themselves any power: spending became easier with it.
    expect(about(c, 'spend')).toMatchObject({ change: 'easier', people: { before: 787, after: 591 } })
  })

  it('calls longer notice harder, and a wider door with a higher sill mixed', () => {
    expect(about(edited('clear: 14 clear days', 'clear: 28 clear days'), 'amend-rulebook').change).toBe('harder')
    const both = edited(
      'clear: 14 clear days, text: final}\n  debate: {with: notify, lasts: 7 days}',
      'clear: 28 clear days, text: final}',
    )
    expect(about(both, 'amend-rulebook').change).toBe('harder')
  })

  it('says who gained and who lost', () => {
    const c = edited(
      'act: spend\nholder: committee\nlimits: {up-to: 2000 GBP per month, no-single: 500 GBP}',
      'act: spend\nholder: chair',
    )
    const spend = about(c, 'spend')
    expect(spend.gained).toEqual([{ pool: 'office', id: 'chair' }])
    // Nobody attests limits under these facts, so only new rules gave the money before.
    expect(spend).toMatchObject({ change: 'easier', people: { before: 787, after: 1 } })
  })

  it('knows a power that is new and one that is gone', () => {
    const gone = edited('act: readmit', 'act: dissolve')
    expect(about(gone, 'readmit').change).toBe('gone')
    expect(about(gone, 'dissolve').change).toBe('new')
    expect(about(gone, 'dissolve').newPaths.length).toBeGreaterThan(0)
  })
})
