import { describe, expect, it } from 'vitest'
import { plainOf } from '../../test/blocks.ts'
import { readTree } from './read-tree.ts'

const said = (source: string): unknown => {
  const read = readTree(source, 1)
  return read.kind === 'ok' ? plainOf(read.value) : read.error
}

describe('what a block may say', () => {
  const taken: readonly (readonly [string, string, unknown])[] = [
    ['nothing at all', '', ''],
    ['comments alone', '# a\n\n  # b\n', ''],
    ['a text', 'yes', 'yes'],
    [
      'texts that look like numbers, dates and times',
      'a: 1/2\nb: 2026-01-31\nc: 24:00\nd: no',
      { a: '1/2', b: '2026-01-31', c: '24:00', d: 'no' },
    ],
    ['a key without a value', 'a:\nb: ""', { a: '', b: '' }],
    ['a list in the column of its key', 'a:\n- b\n- c\nd: e', { a: ['b', 'c'], d: 'e' }],
    ['a list indented further', 'a:\n    - b\n    -\n      c', { a: ['b', 'c'] }],
    ['an item that says nothing', '-\n- b', ['', 'b']],
    ['maps and lists on the line of a hyphen', '- a: b\n  c: d\n- - e\n  - f', [{ a: 'b', c: 'd' }, ['e', 'f']]],
    ['a text over two lines', 'a: b\n  c\n\n  d', { a: 'b c\nd' }],
    ['a text in quotes over two lines', 'a: "b \n   c"', { a: 'b c' }],
    ['a line end behind a backslash', 'a: "b\\\n  c"', { a: 'bc' }],
    ['a hyphen and a colon inside a text', 'a: b-c:d\nb: -1', { a: 'b-c:d', b: '-1' }],
    ['a number sign inside a text', 'a: b#c # d', { a: 'b#c' }],
    ['brackets inside a text outside brackets', 'a: b [c]', { a: 'b [c]' }],
    ['brackets over lines, with comments', 'a: [b, # one\n  c,\n  d e,\n  ]', { a: ['b', 'c', 'd e'] }],
    ['a map of one in a list', '[a: b, c]', [{ a: 'b' }, 'c']],
    ['keys in quotes', '{"a": b, "c":d, \'e\' : f}', { a: 'b', c: 'd', e: 'f' }],
    ['keys without values in brackets', '{a, b: , c}', { a: '', b: '', c: '' }],
    ['doubled apostrophes', "a: 'it''s'''", { a: "it's'" }],
    [
      'every escape',
      String.raw`"\0\a\b\t\n\v\f\r\e\ \"\/\\\N\_\L\P\x41\u00e9\U0001f3f3"`,
      '\0\x07\b\t\n\v\f\r\x1b "/\\\u0085\u00a0\u2028\u2029Aé🏳',
    ],
    ['two halves of a character', String.raw`"\ud83c\udff3"`, '🏳'],
    [
      'names that objects have',
      '__proto__: a\nconstructor: b',
      Object.fromEntries([
        ['__proto__', 'a'],
        ['constructor', 'b'],
      ]),
    ],
    ['12 levels', `${'['.repeat(12)}a${']'.repeat(12)}`, Array.from({ length: 12 }).reduce((inner: unknown) => [inner], 'a')],
  ]
  it.each(taken)('%s', (_what, source, says) => {
    expect(said(source)).toEqual(says)
  })

  const refused: readonly (readonly [string, string, string, number, number, RegExp])[] = [
    ['an anchor', 'a: b\nc: &d e', 'R0202', 2, 4, /anchor/],
    ['an alias', 'a: [b, *c]', 'R0202', 1, 8, /alias/],
    ['a tag', '- !!str a', 'R0202', 1, 3, /tag/],
    ['a directive', '%YAML 1.2', 'R0202', 1, 1, /directive/],
    ['a second document', 'a: b\n---\nc: d', 'R0201', 2, 1, /document/],
    ['the end of a document', 'a: b\n...', 'R0201', 2, 1, /document/],
    ['a block of lines', 'a: |\n  b', 'R0201', 1, 4, /block of lines/],
    ['a folded block of lines', 'a: >-\n  b', 'R0201', 1, 4, /block of lines/],
    ['a key with a question mark', '? a\n: b', 'R0201', 1, 1, /key/],
    ['a key that is a list', '[a]: b', 'R0201', 1, 4, /key is a word/],
    ['a key that is a list, further down', 'a: b\n[c]: d', 'R0201', 2, 1, /key is a word/],
    ['a key that is a map in brackets', '{{a: b}: c}', 'R0201', 1, 2, /key is a word/],
    ['a merge key', 'a: b\n<<: c', 'R0201', 2, 1, /merge/],
    ['a key twice', 'a: b\n"a": c', 'R0203', 2, 1, /once/],
    ['a key twice in brackets', 'x: {a: b, a: c}', 'R0203', 1, 11, /once/],
    ['two colons on a line', 'a: b: c', 'R0201', 1, 5, /one key on a line/],
    ['two colons in brackets', '{a: b: c}', 'R0201', 1, 6, /one key/],
    ['a colon first', ': a', 'R0201', 1, 1, /before the colon/],
    ['a list on the line of its key', 'a: - b', 'R0201', 1, 4, /own line/],
    ['a key further in than the one above', 'a: b\n  c: d', 'R0201', 2, 4, /one key on a line/],
    ['a key further in than the one above a list', 'a: [b]\n  c: d', 'R0201', 2, 3, /one column/],
    ['a key less far in than the first', '  a: b\n c: d', 'R0201', 2, 2, /one column/],
    ['an item among keys', 'a: b\n- c', 'R0201', 2, 1, /items of a list/],
    ['a key among items', '- a\nb: c', 'R0201', 2, 1, /one column/],
    ['a line without a colon', 'a: b\nc', 'R0201', 2, 1, /colon/],
    ['something after a quotation', 'a: "b" c', 'R0201', 1, 8, /nothing more/],
    ['something after a bracket', 'a: [b] c', 'R0201', 1, 8, /nothing more/],
    ['a comment without a blank', 'a: "b"#c', 'R0201', 1, 7, /blank before a comment/],
    ['a tab for an indentation', 'a:\n\tb: c', 'R0201', 2, 1, /tabs/],
    ['a tab for an indentation after blanks', 'a:\n  \tb: c', 'R0201', 2, 3, /tabs/],
    ['a tab between hyphen and key', '-\ta: b', 'R0201', 1, 3, /tabs/],
    ['a list that is never closed', 'a: [b\nc: d', 'R0201', 1, 4, /close the bracket/],
    ['a map that is never closed', 'a: {b: c', 'R0201', 1, 4, /close the bracket/],
    ['a bracket never opened', 'a: ]', 'R0201', 1, 4, /opened/],
    ['two items without a comma', '["a" "b"]', 'R0201', 1, 6, /comma/],
    ['two commas', '[a,, b]', 'R0201', 1, 4, /before the comma/],
    ['the wrong bracket', '{a: b]', 'R0201', 1, 6, /comma, or }/],
    ['a quotation that is never closed', 'a: "b\nc: d', 'R0201', 1, 4, /quotation/],
    ['an apostrophe that is never closed', "a: 'b", 'R0201', 1, 4, /quotation/],
    ['an escape nobody knows', String.raw`a: "b\q"`, 'R0201', 1, 6, /escape/],
    ['an escape cut short', String.raw`a: "b\u12"`, 'R0201', 1, 6, /escape/],
    ['a character beyond the last', String.raw`a: "\U00110000"`, 'R0201', 1, 5, /escape/],
    ['half of a character', String.raw`a: "\ud83c"`, 'R0201', 1, 4, /whole characters/],
    ['a sign nobody sees', 'a: b\nc: \0', 'R0201', 2, 4, /seen/],
    ['a byte order mark', 'a: b\ufeff', 'R0201', 1, 5, /seen/],
    ['signs that YAML keeps for itself', 'a: @b', 'R0201', 1, 4, /quotes/],
    ['a key over two lines', '"a\n  b": c', 'R0201', 1, 1, /one line/],
    ['a key over two lines in a list', '["a\n  b": c]', 'R0201', 1, 2, /one line/],
    ['a key without end', `${'a'.repeat(1025)}: b`, 'R0201', 1, 1, /word/],
    ['13 levels', `${'['.repeat(13)}a${']'.repeat(13)}`, 'R0204', 1, 14, /12 levels/],
    ['13 levels of hyphens', '- '.repeat(14), 'R0204', 1, 27, /12 levels/],
    ['13 levels of keys', Array.from({ length: 14 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'R0204', 13, 14, /12 levels/],
    ['more than it can have', 'a'.repeat(20_001), 'R0204', 1, 1, /20000 characters/],
  ]
  it.each(refused)('but not %s', (_what, source, code, line, column, help) => {
    const read = readTree(source, 1)
    expect(read).toMatchObject({ kind: 'fail', error: { code, at: { line, column } } })
    expect(read.kind === 'fail' && read.error.help).toMatch(help)
  })

  it('places are those of the document the block stands in, and the text is the rest of the line', () => {
    expect(readTree('a: b\nc: &d e', 41)).toMatchObject({ error: { at: { line: 42, column: 4 }, text: '&d e' } })
    expect(readTree('a: b', 7)).toMatchObject({
      value: { at: { line: 7, column: 1 }, entries: [{ value: { at: { line: 7, column: 4 } } }] },
    })
  })
})
