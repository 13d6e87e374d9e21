import { describe, expect, it } from 'vitest'
import { constraintsFrom, parseQuotaRules, type Contest } from '../index.ts'

// A file of quota rules word by word: what a line is, where a comment begins, how a candidate is named.

const contest: Contest = { title: '', candidates: ['Ann', 'Rees, Siân', 'B#o', 'Cy', '1', 'x]'], withdrawn: [], seats: 3 }
const read = (text: string): unknown => {
  const rules = parseQuotaRules(text)
  if (rules.kind === 'fail') return rules.error
  const constraints = constraintsFrom(rules.value, contest)
  return constraints.kind === 'ok' ? constraints.value : constraints.error
}
const group = (members: string, more = 'at least: 1'): unknown => read(`a:\n  ${more}\n  members: ${members}`)
const membersOf = (text: string): unknown => {
  const found = group(text)
  return Array.isArray(found) ? (found as readonly { readonly members: readonly number[] }[])[0]?.members : found
}

describe('lines', () => {
  it.each<[string, string, unknown]>([
    ['a name and blanks', 'a  ', { kind: 'not a line', line: 1, column: 1, text: 'a' }],
    ['text of more than 60 signs', 'x'.repeat(70), { kind: 'not a line', line: 1, column: 1, text: 'x'.repeat(60) }],
    ['a colon in the middle of a word', 'a:b', { kind: 'not a line', line: 1, column: 1, text: 'a:b' }],
    ['no name', '\n\t: 3', { kind: 'not a line', line: 2, column: 2, text: ': 3' }],
    ['a name of blanks in quotation marks', '" ": 3', { kind: 'not a line', line: 1, column: 1, text: '" ": 3' }],
    ['half a quotation mark', '"a: 3', { kind: 'not a line', line: 1, column: 1, text: '"a: 3' }],
    ['one quotation mark', '": 3', { kind: 'not a line', line: 1, column: 1, text: '": 3' }],
    ['a quotation mark inside', 'a"b: 3', { kind: 'not a line', line: 1, column: 1, text: 'a"b: 3' }],
    ['a comment sign in a bare name', 'a#b:', { kind: 'not a line', line: 1, column: 1, text: 'a#b:' }],
    ['a group with a value', 'a: 3', { kind: 'key outside a group', line: 1, column: 1, text: 'a' }],
    ['a key before any group', '\tat least: 3', { kind: 'key outside a group', line: 1, column: 2, text: 'at least' }],
    ['a key nobody knows', 'a:\n  atleast: 3', { kind: 'unknown key', line: 2, column: 3, text: 'atleast' }],
    ['a key twice', 'a:\n  at most: 3\n  at most: 3', { kind: 'repeated key', line: 3, column: 3, text: 'at most' }],
    ['a group twice', 'a:\n  at most: 3\n  members: 1\n"a":', { kind: 'repeated group', line: 4, column: 1, text: 'a' }],
    ['no bounds', 'a:\n  members: 1', { kind: 'missing bounds', line: 1, column: 1, text: 'a' }],
    ['no members', 'a:\n  exactly: 0', { kind: 'missing members', line: 1, column: 1, text: 'a' }],
    [
      'exactly and at least',
      'a:\n  exactly: 1\n  at least: 1\n  members: 1',
      { kind: 'bad bounds', line: 1, column: 1, text: 'a' },
    ],
    [
      'exactly and at most',
      'a:\n  exactly: 1\n  at most: 1\n  members: 1',
      { kind: 'bad bounds', line: 1, column: 1, text: 'a' },
    ],
    [
      'at most below at least',
      'a:\n  at least: 2\n  at most: 1\n  members: 1',
      { kind: 'bad bounds', line: 1, column: 1, text: 'a' },
    ],
  ])('%s', (_, text, found) => {
    expect(read(text)).toEqual(found)
  })
  it.each<[string, readonly [number, number | null] | string]>([
    ['at least: 1', [1, null]],
    ['at most: 1', [0, 1]],
    ['exactly: 1', [1, 1]],
    ['at least: 0', [0, null]],
    ['at least: 01 # one', [1, null]],
    ['at least: 999999999', [999_999_999, null]],
    ['at least: 1\n  at most: 1', [1, 1]],
    ['at least: 1000000000', '1000000000'],
    ['at least: 1#one', '1#one'],
    ['at most: 1 2', '1 2'],
    ['exactly: x1', 'x1'],
    ['exactly: # none', '# none'],
  ])('%s', (bounds, found) => {
    const read = group('1', bounds)
    if (typeof found === 'string') expect(read).toMatchObject({ kind: 'bad number', line: 2, text: found })
    else expect(read).toMatchObject([{ least: found[0], most: found[1] }])
  })
  it('comments, blank lines, a mark of UTF-8, line ends of every kind, a group named in quotation marks', () => {
    const text = '\uFEFF# one\r\n\r\n"a: #b":  # the group\r  clause: 8#1 # two\n\tat most: 2\n\n  # three\n  members: 2, 1\n'
    expect(read(text)).toEqual([{ name: 'a: #b', clause: '8#1', least: 0, most: 2, members: [1, 4], unsettled: [] }])
  })
  it.each([
    ['"8 # 1"', '8 # 1'],
    ['8 # 1', '8'],
    ['8\t# 1', '8'],
    ['# 1', 'a'],
    ['""', 'a'],
    ['"8" "9"', '"8" "9"'],
    ['8 "9"', '8 "9"'],
  ])('a clause %s is %s', (text, clause) => {
    expect(group('1', `at least: 1\n  clause: ${text}`)).toMatchObject([{ clause }])
  })
})

describe('candidates', () => {
  it.each<[string, unknown]>([
    ['2', [1]],
    ['4, 2', [1, 3]],
    ['"Rees, Siân" 3', [1, 2]],
    ['Ann', [0]],
    ['1', [4]], // a name goes before a number
    ['Cy , Ann', [0, 3]],
    ['B#o', [2]],
    ['Ann # and nobody, Cy', [0]],
    ['Ann #', [0]],
    ['# nobody', []],
    ['[]', []],
    ['[ 4,[2 ] # two', [1, 3]],
    ['[Ann, "x]"] Cy', [0, 5]],
    ['[Ann # Cy]', [0]],
    ['x]', [5]],
    ['[4] 2', [3]],
    [',,2,', [1]],
    ['\t2\t,\t4', [1, 3]],
    ['7', { kind: 'unknown candidate', line: 3, column: 12, text: '7' }],
    ['6', [5]],
    ['0', { kind: 'unknown candidate', line: 3, column: 12, text: '0' }],
    ['Ann, 2x', { kind: 'unknown candidate', line: 3, column: 17, text: '2x' }],
    ['x2', { kind: 'unknown candidate', line: 3, column: 12, text: 'x2' }],
    ['1234567890', { kind: 'unknown candidate', line: 3, column: 12, text: '1234567890' }],
    ['Ann, "Cy', { kind: 'open quote', line: 3, column: 17, text: '"Cy' }],
    ['2, "Rees, Siân"', { kind: 'candidate twice', line: 3, column: 15, text: 'Rees, Siân' }],
  ])('members: %s', (text, found) => {
    expect(membersOf(text)).toEqual(found)
  })
  it('nobody is both in a group and unsettled; those unsettled are in order', () => {
    expect(group('2\n  unsettled: 4, 3')).toMatchObject([{ members: [1], unsettled: [2, 3] }])
    expect(group('2\n  unsettled: 4, 2')).toEqual({ kind: 'candidate twice', line: 4, column: 17, text: '2' })
    expect(group('2\n  unsettled: "4')).toEqual({ kind: 'open quote', line: 4, column: 14, text: '"4' })
  })
})
