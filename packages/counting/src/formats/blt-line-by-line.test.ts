import { describe, expect, it } from 'vitest'
import { bltPackedReader, parseBlt, writeBlt, type BltFile } from '../index.ts'

// Ballot files word by word: what each fault and each remark says of itself, to the last column.

const read = (text: string | Uint8Array): BltFile => {
  const file = parseBlt(text)
  if (file.kind === 'fail') throw new Error(JSON.stringify(file.error))
  return file.value
}
const faults = (text: string | Uint8Array): unknown => {
  const file = parseBlt(text)
  return file.kind === 'fail' ? file.error : 'it reads'
}
const names = '"Adam"\n"Basil"\n"Charlotte"\n'
const file = (papers: string): string => `3 2\n${papers}\n0\n${names}"Title"\n`
const namesIn = (lines: string, candidates = 3): readonly string[] => {
  const { profile } = read(`${candidates} 1\n1 1 0\n0\n${lines}`)
  return [...profile.candidates, profile.title]
}

describe('faults say what they found', () => {
  const long = '9'.repeat(50)
  it.each<[string, string, object]>([
    [
      'a number of candidates, cut at 20 digits',
      `${long} 1`,
      { kind: 'bad number of candidates', line: 1, column: 1, found: '9'.repeat(20), most: 10_000 },
    ],
    ['one candidate too many', '10001 1', { kind: 'bad number of candidates', line: 1, column: 1, found: '10001', most: 10_000 }],
    [
      'a number of seats, cut at 20 digits',
      ` 3  ${long}`,
      { kind: 'bad number of seats', line: 1, column: 5, found: '9'.repeat(20) },
    ],
    ['no seats', '12\t0', { kind: 'bad number of seats', line: 1, column: 4, found: '0' }],
    ['three numbers', '3 2 1', { kind: 'bad first line', line: 1, column: 1 }],
    ['a word before', 'x3 2', { kind: 'bad first line', line: 1, column: 1 }],
    ['a word after', '3 2x', { kind: 'bad first line', line: 1, column: 1 }],
    ['a comment straight before the seats', '3 # 2', { kind: 'bad first line', line: 1, column: 1 }],
    [
      'a weight, cut at 40',
      file(`${'a'.repeat(50)} 1 0`),
      { kind: 'bad weight', line: 2, column: 1, found: 'a'.repeat(40), why: 'not a number' },
    ],
    ['a weight of zeros', file(' 00 1 0'), { kind: 'bad weight', line: 2, column: 2, found: '00', why: 'zero' }],
    [
      'a weight below nothing among others',
      file('-1 1 0'),
      { kind: 'bad weight', line: 2, column: 1, found: '-1', why: 'negative' },
    ],
    ['a minus and no number', file('-x 1 0'), { kind: 'bad weight', line: 2, column: 1, found: '-x', why: 'not a number' }],
    ['a fraction without its whole', file('.5 1 0'), { kind: 'bad weight', line: 2, column: 1, found: '.5', why: 'fraction' }],
    ['a fraction with a comma', file('10,25 1 0'), { kind: 'bad weight', line: 2, column: 1, found: '10,25', why: 'fraction' }],
    ['a fraction of words', file('1.x 1 0'), { kind: 'bad weight', line: 2, column: 1, found: '1.x', why: 'not a number' }],
    ['words before a fraction', file('x1.5 1 0'), { kind: 'bad weight', line: 2, column: 1, found: 'x1.5', why: 'not a number' }],
    [
      'a fraction with more behind',
      file('1.5x 1 0'),
      { kind: 'bad weight', line: 2, column: 1, found: '1.5x', why: 'not a number' },
    ],
    ['two numbers joined', file('1:5 1 0'), { kind: 'bad weight', line: 2, column: 1, found: '1:5', why: 'not a number' }],
    ['a number with more behind', file('1x 1 0'), { kind: 'bad weight', line: 2, column: 1, found: '1x', why: 'not a number' }],
    ['a number with more before', file('x1 1 0'), { kind: 'bad weight', line: 2, column: 1, found: 'x1', why: 'not a number' }],
    [
      'too large',
      file('9007199254740992 1 0'),
      { kind: 'bad weight', line: 2, column: 1, found: '9007199254740992', why: 'too large' },
    ],
    [
      'a candidate out of range, cut at 40',
      file(`1 ${long} 0`),
      { kind: 'unknown candidate', line: 2, column: 3, found: '9'.repeat(40), candidates: 3 },
    ],
    ['candidate 0 among others', file('1 1=0 0'), { kind: 'unknown candidate', line: 2, column: 3, found: '0', candidates: 3 }],
    ['a word, cut at 40', file(`1 2 ${'b'.repeat(50)} 0`), { kind: 'bad preference', line: 2, column: 5, found: 'b'.repeat(40) }],
    ['a number with a letter', file('1 2x 0'), { kind: 'bad preference', line: 2, column: 3, found: '2x' }],
    ['a letter with a number', file('1 x2 0'), { kind: 'bad preference', line: 2, column: 3, found: 'x2' }],
    ['twice', file('1 2 3 2 0'), { kind: 'repeated candidate', line: 2, column: 7, candidate: 1 }],
    ['twice in one rank', file('1 3=2=3 0'), { kind: 'repeated candidate', line: 2, column: 3, candidate: 2 }],
    ['a second 0', file('1 2 0 0'), { kind: 'text after the final 0', line: 2, column: 7 }],
    [
      'a withdrawn stranger',
      file('-1 -44\n1 2 0'),
      { kind: 'unknown candidate', line: 2, column: 4, found: '44', candidates: 3 },
    ],
    [
      'a withdrawn nobody',
      file('[withdrawn x]\n1 2 0'),
      { kind: 'unknown candidate', line: 2, column: 1, found: 'x', candidates: 3 },
    ],
    ['an id that never ends', file('  (a 1 2 0'), { kind: 'unclosed bracket', line: 2, column: 3, bracket: '(' }],
    ['an option that never ends', file(' [tie 1 2 3'), { kind: 'unclosed bracket', line: 2, column: 2, bracket: '[' }],
    [
      'an id twice, blanks and all',
      file('(a b) 1 2 0\n( a b ) 1 3 0'),
      { kind: 'repeated ballot id', line: 3, column: 1, id: 'a b' },
    ],
    [
      'an id cut at 40',
      file(`(${'i'.repeat(50)}) 1 0\n(${'i'.repeat(50)}) 1 0`),
      { kind: 'repeated ballot id', line: 3, column: 1, id: 'i'.repeat(40) },
    ],
    ['a stranger after an id', file('(ab) 1 9 0'), { kind: 'unknown candidate', line: 2, column: 8, found: '9', candidates: 3 }],
    [
      'nicknames for two',
      file('[nick a b]\n1 1 0'),
      { kind: 'bad option', line: 2, column: 1, option: 'nick', expected: 3, found: 2 },
    ],
    [
      'a tie order with one twice',
      file('[tie 1 2 1]\n1 1 0'),
      { kind: 'bad option', line: 2, column: 1, option: 'tie', expected: 3, found: 2 },
    ],
    [
      'a tie order of four',
      file('[tie 1 2 3 3]\n1 1 0'),
      { kind: 'bad option', line: 2, column: 1, option: 'tie', expected: 3, found: 3 },
    ],
    [
      'a tie order with a stranger',
      file('[tie 1 2 x]\n1 1 0'),
      { kind: 'bad option', line: 2, column: 1, option: 'tie', expected: 3, found: 2 },
    ],
    ['a nickname twice', file('[nick a b a]\n1 1 0'), { kind: 'bad nickname', line: 2, column: 1, found: 'a' }],
    [
      'a nickname cut at 40',
      file(`[nick a b =${'c'.repeat(50)}]\n1 1 0`),
      { kind: 'bad nickname', line: 2, column: 1, found: `=${'c'.repeat(39)}` },
    ],
    ['no terminator', '3 2\n1 1 0', { kind: 'no terminator', line: 2, column: 1 }],
    ['too few names', `3 2\n1 1 0\n0\n"A"`, { kind: 'too few names', line: 4, column: 1, expected: 3, found: 1 }],
    ['a name of blanks', `2 2\n1 1 0\n0\n"A"\n  " "\n`, { kind: 'bad name', line: 5, column: 3 }],
    ['a title that is no name', `1 1\n1 1 0\n0\n"A" "x\u0007"\n`, { kind: 'bad name', line: 4, column: 5 }],
    ['papers that add up to too many', file('9007199254740991 1 0\n  1 2 0'), { kind: 'too many papers', line: 3, column: 3 }],
    [
      'a paper with an id that is one too many',
      file('9007199254740991 1 0\n (a) 1 2 0'),
      { kind: 'too many papers', line: 3, column: 2 },
    ],
  ])('%s', (_, text, fault) => {
    expect(faults(text)).toEqual([fault])
    const reader = bltPackedReader()
    reader.push(new TextEncoder().encode(text))
    expect(reader.end()).toEqual({ kind: 'fail', error: [fault] })
  })
  it.each(['-a', '(a', '[a', '=a', '#a', 'a=b', '2'])('“%s” is no nickname of the first of three', (nick) => {
    expect(faults(file(`[nick ${nick} b c]\n1 1 0`))).toMatchObject(
      nick === '#a' ? [{ kind: 'unclosed bracket' }] : [{ kind: 'bad nickname', found: nick }],
    )
  })
  it('a nickname may be a candidate’s own number, and letters may hold a minus', () => {
    expect(read(file('[nick 1 b-1 c(2]\n1 b-1 c(2 1 0')).profile.papers).toEqual([{ weight: 1, ranking: [1, 2, 0] }])
  })
  it('ten faults at most, in the order of the file, those of ids and names among them', () => {
    expect(faults(`2 1\n(a) 9 0\n1 8 0\n(b) 1 9 0\n0\n" " "x"\n`)).toMatchObject([
      { line: 2, column: 5, kind: 'unknown candidate' },
      { line: 3, column: 3, kind: 'unknown candidate' },
      { line: 4, column: 7, kind: 'unknown candidate' },
      { line: 6, column: 1, kind: 'bad name' },
    ])
    expect(faults(file('1 9 0\n'.repeat(12)))).toHaveLength(10)
    const ids = Array.from({ length: 12 }, (_, i) => `(x${i}) 9 0`)
    expect(faults(file(ids.join('\n')))).toHaveLength(10)
  })
  it('after a first line that says nothing the rest is not read', () => {
    expect(faults('x\n1 9 0\n')).toEqual([{ kind: 'bad first line', line: 1, column: 1 }])
  })
})

describe('what is passed over', () => {
  it.each([
    ['lines of commas and blanks', '3 2 , ,\n,,\n2 1 3 0,,\n ,\n0 ,\n"Adam",,\n"Basil"\n"Charlotte"\n"Title"\n'],
    [
      'comments before the names',
      '# a\n 3 2 # b\n\t# c\n2 1 3 0#d\n#e\n0 # f\n"Adam"\n"Basil"\n"Charlotte"\n"Title"\n'.replace('0#d', '0 #d'),
    ],
    ['comments among the names', '3 2\n2 1 3 0\n0\n# a\n"Adam"\n  # b\n"Basil" # c\n"Charlotte"\n"Title"\n'],
    ['a first line straight before its comment', '3 2#c\n2 1 3 0\n0\n"Adam"\n"Basil"\n"Charlotte"\n"Title"\n'],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual({
      profile: {
        title: 'Title',
        candidates: ['Adam', 'Basil', 'Charlotte'],
        withdrawn: [],
        seats: 2,
        papers: [{ weight: 2, ranking: [0, 2] }],
      },
      tieOrder: null,
      findings: [],
    })
  })
  it('an option nobody knows, its name cut at 40, as often as it stands', () => {
    expect(read(file(`[${'o'.repeat(50)} x]\n[]\n1 1 0`)).findings).toEqual([
      { kind: 'unknown option', line: 2, option: 'o'.repeat(40) },
      { kind: 'unknown option', line: 3, option: '' },
    ])
  })
  it('bytes that are not UTF-8 are Latin-1, said once, at their first line; CRLF and a mark of UTF-8 with them', () => {
    const bytes = Uint8Array.from('2 1\r\n1 1 0\r\n0\r\n"Jos\u00e9"\r\n"Ren\u00e9"\r\n', (c) => c.charCodeAt(0))
    const { profile, findings } = read(bytes)
    expect([profile.candidates, findings]).toEqual([['José', 'René'], [{ kind: 'not UTF-8', line: 4 }]])
    expect(read(`\uFEFF${file('1 1 0')}`).profile.seats).toBe(2)
    expect(faults('\uFEFF0 1')).toMatchObject([{ kind: 'bad number of candidates', line: 1, column: 1 }])
    expect(faults('\n\uFEFF0 1')).toMatchObject([{ kind: 'bad number of candidates', line: 2, column: 2 }])
    for (const mark of [
      [0xef, 0xbb],
      [0xef, 0xbb, 0x20],
      [0x20, 0xbb, 0xbf],
      [0xef, 0x20, 0xbf],
    ])
      expect(faults(Uint8Array.from([...mark, ...new TextEncoder().encode(file('1 1 0'))]))).toMatchObject([
        { kind: 'bad first line' },
      ])
  })
  it('more seats than candidates: as many is not more, and who withdrew does not stand', () => {
    expect(read(`3 3\n1 1 0\n0\n${names}`).findings).toEqual([])
    expect(read(`3 4\n1 1 0\n0\n${names}`).findings).toEqual([{ kind: 'more seats than candidates', seats: 4, candidates: 3 }])
    expect(read(`3 2\n-1\n1 2 0\n0\n${names}`).findings).toEqual([])
    expect(read(`3 2\n-1 -2\n1 3 0\n0\n${names}`).findings).toEqual([
      { kind: 'more seats than candidates', seats: 2, candidates: 1 },
    ])
  })
  it('a blank title, and texts after it', () => {
    const { profile, findings } = read(`1 1\n1 1 0\n0\n"A"\n""\n"x"\n"y" "z"\n`)
    expect([profile.title, findings]).toEqual(['', [{ kind: 'text after the title', texts: ['x', 'y', 'z'] }]])
    expect(read(`1 1\n1 1 0\n0\n"A"\n"T"\n"\u0007"\n`).findings).toEqual([{ kind: 'text after the title', texts: ['\u0007'] }])
  })
  it('ids: in place of the weight as soon as one paper cannot have it before', () => {
    const before = read(file('(a) 1 2 0\n(b) 1 0'))
    expect(before.profile.papers).toEqual([
      { weight: 1, ranking: [1] },
      { weight: 1, ranking: [] },
    ])
    const place = read(file('(a) 1 2 0\n(b) 2 1 0\n(c) 3=1 0'))
    expect(place.profile.papers).toEqual([
      { weight: 1, ranking: [0, 1] },
      { weight: 1, ranking: [1, 0] },
      { weight: 1, ranking: [[0, 2]] },
    ])
    expect([before.findings, place.findings]).toEqual([
      [{ kind: 'ballot ids', reading: 'before the weight' }],
      [{ kind: 'ballot ids', reading: 'in place of the weight' }],
    ])
    expect(read(file('1 1 0')).findings).toEqual([])
  })
  it('the withdrawn stand before the papers only, each once', () => {
    expect(read(file('-2 -2\n-1\n1 3 0')).profile.withdrawn).toEqual([0, 1])
    expect(faults(file('1 3 0\n-1'))).toMatchObject([{ kind: 'bad weight', line: 3, why: 'negative' }])
    expect(faults(file('-1 2\n1 3 0'))).toMatchObject([{ kind: 'bad weight', line: 2 }])
    expect(faults(file('(a) 1 3 0\n-1'))).toMatchObject([{ kind: 'bad weight', line: 3 }])
  })
})

describe('names', () => {
  it.each<[string, string, readonly string[]]>([
    ['in quotes, doubled inside', '"A ""B"" C"\n"D"\n"E"\n"T"\n', ['A "B" C', 'D', 'E', 'T']],
    ['after a backslash', '"A \\"B\\" C"\n"D"\n"E"\n"T \\"x\\""\n', ['A "B" C', 'D', 'E', 'T "x"']],
    ['with blanks inside the quotes', '" A "\n"\tD"\n"E "\n', ['A', 'D', 'E', '']],
    ['several a line, commas between', '"A","D" , "E"\n"T"\n', ['A', 'D', 'E', 'T']],
    ['a comment behind', '"A"#a\n"D" # d\n"E"\t#\n"T"\n'.replace('"A"#a', '"A" #a'), ['A', 'D', 'E', 'T']],
    ['without quotes', 'A B\n  D\nE,,\nT, x\n', ['A B', 'D', 'E', 'T, x']],
    ['with quotes at one end', '"A\nD"\n""E\nT"\n', ['A', 'D', 'E', 'T']],
    ['with pairs of quotes inside', 'A "B"\nD ""x""\nE\nWard 3 "North"\n', ['A "B"', 'D "x"', 'E', 'Ward 3 "North"']],
    ['a quote too many inside', 'A "B" "\nD\nE\nT\n', ['A "B"', 'D', 'E', 'T']],
    ['text behind the quotes', '"A"x\n"D"\n"E"\n', ['A"x', 'D', 'E', '']],
    ['with the party beside, in quotes', '"A" "Lab"\n"D" "Con"\n"E" "Ind"\n"T"\n', ['A, Lab', 'D, Con', 'E, Ind', 'T']],
    ['with the party of some, and a title', '"A" "Lab"\n"D"\n"E" "Ind"\n"T"\n', ['A, Lab', 'D', 'E, Ind', 'T']],
    ['with the party of all, and no title', '"A" "Lab"\n"D" "Con"\n"E" "Ind"\n', ['A, Lab', 'D, Con', 'E, Ind', '']],
    ['three texts a line', '"A" "D" "E"\n"T" "x"\n', ['A', 'D', 'E', 'T']],
    ['one remark is a name that is missing', 'A\n # alternative name 7 : D \nE\nT\n', ['A', 'D', 'E', 'T']],
    ['a remark is none where the names are there', 'A\n# ALTERNATIVE NAME 1: B\nD\nE\nT\n', ['A', 'D', 'E', 'T']],
    ['a remark is none where the names are there without a title', 'A\n# ALTERNATIVE NAMES: B\nD\nE\n', ['A', 'D', 'E', '']],
  ])('%s', (_, lines, found) => {
    expect(namesIn(lines)).toEqual(found)
  })
  it('the party beside the names of two candidates: of both or of neither', () => {
    expect(namesIn('"A" "Lab"\n"D" "Con"\n"T"\n', 2)).toEqual(['A, Lab', 'D, Con', 'T'])
    expect(namesIn('"A" "D"\n"T"\n', 2)).toEqual(['A', 'D', 'T'])
    expect(namesIn('"A" "T"\n', 1)).toEqual(['A', 'T'])
    expect(namesIn('"A"\n"D" "T"\n"x"\n', 2)).toEqual(['A', 'D', 'T'])
  })
})

describe('a file cut into pieces', () => {
  it('at a line feed, before it, behind it; with nothing at the end', () => {
    const bytes = new TextEncoder().encode(file('2 1 3 0\n1 2 0'))
    for (let cut = 0; cut <= bytes.length; cut++) {
      const reader = bltPackedReader()
      reader.push(bytes.slice(0, cut))
      reader.push(new Uint8Array(0))
      reader.push(bytes.slice(cut))
      const whole = bltPackedReader()
      whole.push(bytes)
      expect([cut, reader.end()]).toEqual([cut, whole.end()])
    }
  })
})

describe('written', () => {
  it('no line of withdrawn where nobody withdrew, no title where there is none, a minus for a skipped rank', () => {
    const profile = {
      title: '',
      candidates: ['A "x"', 'B'],
      withdrawn: [],
      seats: 1,
      papers: [
        { weight: 2, ranking: [[], 1] },
        { weight: 1, ranking: [[0, 1]] },
        { weight: 3, ranking: [] },
      ],
    } as const
    expect(writeBlt(profile)).toBe('2 1\n2 - 2 0\n1 1=2 0\n3 0\n0\n"A ""x"""\n"B"\n')
    expect(writeBlt({ ...profile, withdrawn: [0, 1], title: 'T', papers: [] })).toBe('2 1\n-1 -2\n0\n"A ""x"""\n"B"\n"T"\n')
  })
})
