import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { canonicalText } from '../language/document.ts'
import { parsed } from '../../test/lantern.ts'
import type { Rulebook } from '../language/model.ts'
import { lint } from './lint.ts'

const folder = new URL('../../../../rulebooks/history/', import.meta.url)
const textOf = (year: string): string => readFileSync(new URL(`movement-${year}.md`, folder), 'utf8')
const years = readdirSync(folder).flatMap((file) => /^movement-(\d{4})\.md$/.exec(file)?.[1] ?? [])
const codesAt = (rulebook: Rulebook, clause: string): readonly string[] =>
  lint(rulebook)
    .filter((f) => f.clause === `${clause}@${rulebook.edition}`)
    .map((f) => f.code)

describe.each(years)('the rules of %s', (year) => {
  const text = textOf(year)
  const rulebook = parsed(text)

  it('read, in their canonical text, with every rule’s source', () => {
    expect(canonicalText(text)).toBe(text)
    const blocks = [...rulebook.provisions, ...rulebook.unresolved]
    expect(blocks.length).toBeGreaterThan(10)
    for (const { clause, basis } of blocks) expect(basis, clause).not.toBeNull()
  })

  it('name only sources that the head of the document lists', () => {
    const head = text.slice(0, text.indexOf('\n## '))
    for (const { clause, basis } of [...rulebook.provisions, ...rulebook.unresolved])
      for (const { value } of basis ?? [])
        for (const row of value)
          if (typeof row === 'object') expect(head, `${clause} ${row.value}`).toMatch(new RegExp(`\\b${row.value}, `))
  })

  it('stay blocked while anything is open: each unknown is an error', () => {
    const errors = lint(rulebook).filter((f) => f.grade === 'error')
    for (const { clause } of rulebook.unresolved)
      expect(
        errors.some((f) => f.clause === `${clause}@1`),
        clause,
      ).toBe(true)
  })
})

describe('what the linter finds in each', () => {
  it('2016: nothing says how the rules began, and nobody may change them', () => {
    const found = lint(parsed(textOf('2016'))).map((f) => f.code)
    expect(found).toContain('no-genesis')
    expect(found).toContain('nobody-changes-the-rules')
    expect(
      found.filter((code) => !['no-genesis', 'nobody-changes-the-rules', 'clause-in-no-tier', 'unresolved'].includes(code)),
    ).toEqual([])
  })

  it('2017: at least five doubts of the text, each by its name, and all of them block', () => {
    const rulebook = parsed(textOf('2017'))
    const at = (code: string) =>
      lint(rulebook).flatMap((f) => (f.code === code ? [`${f.clause.split('@')[0] ?? ''} ${f.subject}`] : []))
    expect(at('or-between-thresholds')).toEqual(['9.2 stages.petition.need', '10.2 stages.support.need'])
    expect(at('filled-or-established')).toEqual([
      '9.2 stages.consider.pass',
      '9.3 stages.consider.pass',
      '9.4 stages.consider.pass',
    ])
    expect(at('empty-class-veto')).toEqual(['9.2 stages.consider.pass'])
    expect(at('refusal-unsaid')).toEqual(['9.2 stages.consider.refused-when'])
    expect(at('base-unstated')).toEqual(['9.2 stages.forced-ballot.pass'])
    expect(at('no-timeout')).toEqual(['5.7 timeout', '9.2 stages.consider.timeout', '10.2 stages.consider.timeout'])
    expect(at('appeal-to-the-decider')).toEqual(['5.6 hearing'])
    expect(at('adoption-on-a-tie')).toEqual(['9.2 agreed-ballot', '9.2 forced-ballot'])
    expect(at('opponents-help')).toEqual(['9.2 forced-ballot'])
  })

  it('2017: a field with readings blocks until one of them is ratified, and that mends this field alone', () => {
    const text = textOf('2017')
    const was = 'and 1000 people}}, then: {met: consider'
    expect(text).toContain(was)
    const ratified = text.replace(was, 'and 1000 people}, ratified: lesser}, then: {met: consider')
    const keys = (t: string) => lint(parsed(t)).map((f) => `${f.code} ${f.clause} ${f.subject}`)
    const [before, after] = [keys(text), keys(ratified)]
    expect(before.filter((key) => !after.includes(key))).toEqual(['or-between-thresholds 9.2@1 stages.petition.need'])
    expect(after.filter((key) => !before.includes(key))).toEqual([])
  })

  it.each(['2020', '2022', '2023'])(
    '%s: two of four places for women and one of four for BAME holders of office, on three seats',
    (year) => {
      const rulebook = parsed(textOf(year))
      const quota = lint(rulebook).filter((f) => f.code === 'unmeetable-quota')
      expect(quota).toEqual([
        { code: 'unmeetable-quota', grade: 'error', clause: '8.1@1', subject: 'public-office', figures: { needed: 4, seats: 3 } },
      ])
      const structural = lint(rulebook).filter((f) => !['unresolved', 'no-timeout', 'unmeetable-quota'].includes(f.code))
      expect(structural).toEqual([])
    },
  )

  it('2020: the five minimums of the 26 regional seats can all be met at once, by as few as 13 people', () => {
    const once = textOf('2020').replace('count: 26', 'count: 12').replaceAll(', of: 4', '')
    expect(codesAt(parsed(textOf('2020').replaceAll(', of: 4', '')), '8.1')).not.toContain('unmeetable-quota')
    const fewer = once.replace(/districts: \[.*?\}\],/, '')
    expect(lint(parsed(fewer)).find((f) => f.code === 'unmeetable-quota')?.figures).toEqual({ needed: 13, seats: 12 })
  })

  it('2023: how often the convention meets has two readings, and neither is ratified', () => {
    expect(lint(parsed(textOf('2023'))).filter((f) => f.clause === '9.4@1' && f.subject === 'meets.every')).toMatchObject([
      { code: 'unresolved', clause: '9.4@1', figures: { readings: 'yearly / every-other-year' } },
    ])
  })
})
