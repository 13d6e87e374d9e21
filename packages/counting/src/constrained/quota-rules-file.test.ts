import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { constraintsFrom, parseQuotaRules, quotaRulesFaultText, type Constraints, type Contest } from '../index.ts'

const contest: Contest = { title: '', candidates: ['Ann', 'Rees, Siân', 'Bo', 'Cy', '7', 'Cy'], withdrawn: [], seats: 3 }

function read(text: string): Constraints | string {
  const rules = parseQuotaRules(text)
  if (rules.kind === 'fail') return quotaRulesFaultText(rules.error)
  const constraints = constraintsFrom(rules.value, contest)
  return constraints.kind === 'ok' ? constraints.value : quotaRulesFaultText(constraints.error)
}

describe('a file of quota rules', () => {
  it('names groups, clauses, bounds and candidates by number or name', () => {
    const text = [
      '# the quotas of 2022',
      'women:',
      '  clause: 8.1   # as amended',
      '  at least: 1',
      '  members: 1, "Rees, Siân", Bo',
      '',
      '"under 30":',
      '  exactly: 2',
      '  clause: "8.2, 8.3"',
      '  members: [3, 7]',
      '  unsettled: 4',
      'nobody:',
      '  at most: 0',
      '  members: []',
    ].join('\r\n')
    expect(read(text)).toEqual([
      { name: 'women', clause: '8.1', least: 1, most: null, members: [0, 1, 2], unsettled: [] },
      { name: 'under 30', clause: '8.2, 8.3', least: 2, most: 2, members: [2, 4], unsettled: [3] },
      { name: 'nobody', clause: 'nobody', least: 0, most: 0, members: [], unsettled: [] },
    ])
    expect(read('')).toEqual([])
  })
  it.each([
    ['women', 'line 1, column 1: “women”: this is neither the name of a group with a colon nor “key: value”'],
    ['  at least: 1', 'line 1, column 3: “at least”: a value stands under the name of a group, indented'],
    ['women: 3', 'line 1, column 1: “women”: a value stands under the name of a group, indented'],
    [
      'a:\n  least: 3',
      'line 2, column 3: “least”: a group has clause, at least, at most, exactly, members, unsettled, and nothing else',
    ],
    ['a:\n  at least: 1\n  at least: 2', 'line 3, column 3: “at least”: the group has this already'],
    ['a:\n  at least: 1\n  members: 1\na:', 'line 4, column 1: “a”: a group of this name has been given'],
    ['a:\n  at least: some\n  members: 1', 'line 2, column 13: “some”: a whole number of candidates is needed here'],
    ['a:\n  at least: -1\n  members: 1', 'line 2, column 13: “-1”: a whole number of candidates is needed here'],
    ['a:\n  at least: 3\n  at most: 2\n  members: 1', 'line 1, column 1: “a”: the bounds contradict each other'],
    ['a:\n  exactly: 3\n  at most: 3\n  members: 1', 'line 1, column 1: “a”: the bounds contradict each other'],
    ['a:\n  members: 1', 'line 1, column 1: “a”: the group needs “at least”, “at most” or “exactly”'],
    ['a:\n  at least: 1', 'line 1, column 1: “a”: the group needs “members”, if only an empty list'],
    ['a:\n  at least: 1\n  members: 1, "Bo', 'line 3, column 15: “"Bo”: the quotation mark is not closed'],
    ['a:\n  at least: 1\n  members: 1, 9', 'line 3, column 15: “9”: no candidate has this name or number'],
    ['a:\n  at least: 1\n  members: 1, Cy', 'line 3, column 15: “Cy”: two candidates have this name: give the number'],
    ['a:\n  at least: 1\n  members: 1, Ann', 'line 3, column 15: “Ann”: the candidate is in this group already'],
    ['a:\n  at least: 1\n  members: 1\n  unsettled: 1', 'line 4, column 14: “1”: the candidate is in this group already'],
  ])('%j is refused with its place', (text, fault) => {
    expect(read(text)).toBe(fault)
  })
  it('takes any text to rules or a fault with a place in the text, and never throws', () => {
    const piece = fc.constantFrom(
      'a:',
      '  at least: 1',
      '  members: 1, 2',
      ' : ',
      '"',
      '#',
      '\n',
      '\r',
      '\t',
      'x',
      ',',
      '[',
      ']',
      '\uFEFF',
      '9',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece).map((all) => all.join('')),
        ),
        (text) => {
          const rules = parseQuotaRules(text)
          if (rules.kind === 'ok') return void constraintsFrom(rules.value, contest)
          const { line, column } = rules.error
          const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
          expect(line).toBeLessThanOrEqual(lines.length)
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
