import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expressionsOf } from '../../test/arbitrary-expressions.ts'
import { pools } from '../../test/arbitrary-rulebook.ts'
import { plainOf, rulebookOf, treeIn, treeOf } from '../../test/blocks.ts'
import { clause, edition, lantern, lanternText } from '../../test/lantern.ts'
import { canonicalText, parseRulebook, readDocument, writeRule, type Diagnostic } from '../index.ts'
import {
  parseActors,
  parseAmount,
  parseCondition,
  parseDuration,
  parseMoment,
  parseThreshold,
  parseVote,
  parseWho,
} from './expression.ts'
import {
  printActors,
  printAmount,
  printCondition,
  printDuration,
  printMoment,
  printThreshold,
  printVote,
  printWho,
} from './expression-print.ts'
import { readBlock } from './parse.ts'

const runs = 1000
const diagnostics = (text: string): readonly Diagnostic[] => {
  const read = parseRulebook(text, edition(1))
  return read.kind === 'fail' ? read.error : []
}

const { duration, amount, threshold, condition, moment, who, actors, vote } = expressionsOf(pools)

describe('expressions: parse of print is identity', () => {
  const law = <T>(name: string, values: fc.Arbitrary<T>, print: (v: T) => string, parse: (t: string) => unknown): void => {
    it(name, () => {
      fc.assert(
        fc.property(values, (value) => {
          expect(parse(print(value))).toEqual({ kind: 'ok', value })
        }),
        { numRuns: runs },
      )
    })
  }
  law('durations', duration, printDuration, parseDuration)
  law('amounts', amount, printAmount, parseAmount)
  law('thresholds', threshold, printThreshold, parseThreshold)
  law('conditions', condition, printCondition, parseCondition)
  law('moments', moment, printMoment, parseMoment)
  law('predicates', who, printWho, parseWho)
  law('actors', actors, printActors, parseActors)
  law('votes', vote, printVote, parseVote)

  it('names the first word that fits nowhere, and what would', () => {
    expect(parseThreshold('at least 60 peeple')).toEqual({
      kind: 'fail',
      error: { column: 13, expected: '“people”, “votes”, “seats”, “bodies”, “GBP”' },
    })
    expect(parseCondition('yes at least 2/3')).toMatchObject({ kind: 'fail', error: { column: 17, expected: '“of”' } })
    expect(parseWho('standing active and')).toMatchObject({ kind: 'fail', error: { column: 20 } })
    expect(parseDuration('14 clear days more')).toMatchObject({ kind: 'fail', error: { column: 15, expected: 'nothing more' } })
    for (const bad of [
      '3/2 of roll',
      '101% of roll',
      '60',
      'people',
      '2000 GBP per decade',
      'lesser of 1 people',
      '07 people',
      '9999999999 people',
    ])
      expect(parseAmount(bad).kind, bad).toBe('fail')
    for (const bad of ['2026-02-30', '3 days', 'end of day x days before meeting', '2026-01-31 25:00'])
      expect(parseMoment(bad).kind, bad).toBe('fail')
    for (const bad of ['101 years', '36501 days', '1 fortnight', '-1 days', '1.5 days', ''])
      expect(parseDuration(bad).kind, bad).toBe('fail')
    expect(parseWho('age at least 151').kind).toBe('fail')
    expect(parseWho(`${'('.repeat(50)}standing active${')'.repeat(50)}`).kind).toBe('fail')
  })

  it('does not confuse “a and (b or c)” with “a and b or c”', () => {
    const one = parseWho('standing a and (standing b or standing c)')
    const two = parseWho('standing a and standing b or standing c')
    expect(one).not.toEqual(two)
    expect(two).toEqual(parseWho('(standing a and standing b) or standing c'))
  })
})

describe('documents', () => {
  it('reads every clause and rule of Lantern', () => {
    expect(diagnostics(lanternText)).toEqual([])
    expect(lantern.provisions.length).toBe(42)
    expect(lantern.clauses.get(clause('4.2'))).toMatchObject({ title: 'How the rules change', level: 3 })
    expect(lantern.clauses.get(clause('5.1'))?.prose).toBe('No rule takes effect before it is certified.')
    expect(new Set([...lantern.clauses.values()].map((c) => c.fingerprint)).size).toBe(lantern.clauses.size)
    expect(lantern.textHash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('hashes what is written and not how the file ends its lines', () => {
    const other = lanternText.replaceAll('\n', '  \r\n')
    expect(readDocument(other).textHash).toBe(lantern.textHash)
    expect(readDocument(`${lanternText}\n\n`).textHash).toBe(lantern.textHash)
    expect(readDocument(lanternText.replace('certified', 'certifed')).textHash).not.toBe(lantern.textHash)
    expect(canonicalText('a \r\nb')).toBe('a\nb\n')
  })

  it('writes every rule of Lantern in one spelling, which reads back as the same rule', () => {
    for (const { rule } of lantern.provisions) {
      const again = readBlock(treeOf(writeRule(rule)))
      expect(again.kind === 'ok' && again.value.kind === 'rule' ? again.value.rule : again).toEqual(rule)
    }
    const shuffled = treeIn(lantern, '3.5')
    if (shuffled.kind !== 'map') throw new Error('an office is a map')
    const reversed = readBlock({ ...shuffled, entries: shuffled.entries.toReversed() })
    const straight = readBlock(shuffled)
    expect(JSON.stringify(reversed)).toBe(JSON.stringify(straight))
    expect(plainOf(shuffled)).toMatchObject({ kind: 'office', id: 'returning-officer' })
  })

  const cases: readonly (readonly [string, string, string, number, number])[] = [
    ['R0102', 'no clause', 'Just prose.', 1, 1],
    ['R0103', 'a number twice', '## 1 A\n## 1 B', 2, 1],
    [
      'R0104',
      'two blocks',
      '## 1 A\n```rule\nkind: tier\nid: t\nguards: [1]\nprocedure: p\n```\n```rule\nkind: limit\n```',
      8,
      1,
    ],
    ['R0105', 'an open block', '## 1 A\n```rule\nkind: tier\nid: t\nguards: [1]\nprocedure: p', 2, 1],
    ['R0106', 'a block before the first clause', '```rule\nkind: tier\n```\n## 1 A', 1, 1],
    ['R0201', 'no YAML', '## 1 A\n```rule\nkind: [\n```', 3, 7],
    ['R0202', 'an alias', '## 1 A\n```rule\nkind: &a tier\nid: *a\n```', 3, 7],
    ['R0202', 'a tag', '## 1 A\n```rule\nkind: !!str tier\n```', 3, 7],
    ['R0203', 'a key twice', '## 1 A\n```rule\nkind: tier\nid: a\nid: b\n```', 5, 1],
    ['R0204', 'nesting without end', `## 1 A\n\`\`\`rule\nkind: ${'['.repeat(500)}\n\`\`\``, 3, 19],
    ['R0301', 'an unknown kind', '## 1 A\n```rule\nkind: monarchy\n```', 3, 7],
    ['R0302', 'an unknown key', '## 1 A\n```rule\nkind: tier\nid: t\ngards: [1]\nprocedure: p\n```', 5, 1],
    ['R0303', 'a missing key', '## 1 A\n```rule\nkind: tier\nid: t\nguards: [1]\n```', 3, 1],
    ['R0304', 'a text for a list', '## 1 A\n```rule\nkind: tier\nid: t\nguards: 1\nprocedure: p\n```', 5, 9],
    ['R0305', 'a word outside the list', '## 1 A\n```rule\nkind: class\nid: c\nof: persons\n```', 5, 5],
    [
      'R0306',
      'an expression outside the grammar',
      '## 1 A\n```rule\nkind: electorate\nid: m\nwho: standing active an class c\ncut-off: notice\nlate-evidence: none\n```',
      5,
      22,
    ],
    ['R0307', 'an id twice', rulebookOf('kind: class\nid: c\nof: person', 'kind: class\nid: c\nof: person'), 16, 1],
  ]
  it.each(cases)('%s: %s, at its line and column, once a block', (code, _what, text, line, column) => {
    expect(diagnostics(text)).toMatchObject([{ code, line, column }])
    const [only] = diagnostics(text)
    expect(only?.help.length).toBeGreaterThan(3)
    expect(diagnostics(text)).toHaveLength(1)
  })

  it('goes on after a bad block and reports each', () => {
    const text = rulebookOf('kind: monarchy', 'kind: class\nid: c\nof: person', 'kind: tier')
    expect(diagnostics(text).map((d) => [d.code, d.clause])).toEqual([
      ['R0301', '2'],
      ['R0303', '4'],
    ])
  })

  it('of a phrase that almost fits says which part does not, and where it stands', () => {
    const said = (block: string) => diagnostics(`## 1 A\n\`\`\`rule\n${block}\n\`\`\``)
    expect(said('kind: order\nfrom: [court]\nrecorded-by: office The Boss\nevidence: document\nmay: [stay]')).toEqual([
      {
        code: 'R0305',
        line: 5,
        column: 21,
        clause: '1',
        text: 'The Boss',
        help: 'office <office>, where <office> is an id such as `returning-officer`',
      },
    ])
    expect(said('kind: fact\nid: f\nattested-by: [a]\nevidence: document\nexpires: 3 fortnights')).toMatchObject([
      { code: 'R0306', line: 7, column: 12, text: '3 fortnights' },
    ])
    expect(said('kind: class\nid: c\nof: person\nrights: [voting]')).toMatchObject([
      { code: 'R0305', column: 10, help: 'one of: <right> from age <years>; <right> on <matter>; <right>' },
    ])
  })

  it('keeps a heading inside a fence as text', () => {
    expect(readDocument('## 1 A\n```text\n## 2 B\n```\nEnd').clauses.map((c) => [c.id, c.prose])).toEqual([['1', '## 2 B\nEnd']])
  })

  it('takes an unknown field as a value that grants nothing, and the ratified reading of several', () => {
    const grant = (via: string) => parseRulebook(rulebookOf(`kind: power\nact: endorse\nvia: ${via}`), edition(1))
    const open = grant('unknown')
    expect(open.kind === 'ok' && [open.value.provisions.length, open.value.unresolved]).toEqual([
      1,
      [{ clause: '2', kind: 'power', id: null, fields: ['via'], names: null, basis: null }],
    ])
    const readings = grant('{readings: {narrow: [one], wide: [one, two]}, ratified: wide}')
    expect(readings.kind === 'ok' && readings.value.provisions[1]?.rule).toMatchObject({ via: ['one', 'two'] })
    const contested = grant('{readings: {narrow: [one], wide: [one, two]}}')
    expect(contested.kind === 'ok' && contested.value.unresolved).toMatchObject([{ fields: ['via'] }])
  })

  it('reads names for the words and refuses other common keys', () => {
    const named = rulebookOf(
      'kind: class\nid: c\nof: person\nnames: {en: {one: colleague, many: colleagues}}\nbasis: {ours: [id]}',
    )
    expect(diagnostics(named)).toEqual([])
    expect(diagnostics(rulebookOf('kind: class\nid: c\nof: person\nnames: {fr: {one: camarade}}'))).toMatchObject([
      { code: 'R0302' },
    ])
  })
})
