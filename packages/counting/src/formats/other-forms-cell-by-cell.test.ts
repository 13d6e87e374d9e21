import { describe, expect, it } from 'vitest'
import { parseBallotCsv, parseCvr, parsePreflib, writeBallotCsv, writePreflib, type Profile } from '../index.ts'
import { isWardCsv, parseWardCsv } from './ward-csv.ts'

// The other forms of ballot files, cell by cell: what each takes on its edges, and exactly what it refuses where.

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const base: Profile = {
  ...{ title: 'Lunch', candidates: ['Soup', 'Pie', 'Salad'], withdrawn: [], seats: 1 },
  papers: [{ weight: 2, ranking: [0, [1, 2]] }],
}

describe('PrefLib', () => {
  const head = (more = '', names = 3): string =>
    `# TITLE: T\n# NUMBER ALTERNATIVES: ${names}\n# NUMBER VOTERS: 1\n# NUMBER UNIQUE ORDERS: 1\n${more}${['A', 'B', 'C', 'D']
      .slice(0, names)
      .map((n, i) => `# ALTERNATIVE NAME ${i + 1}: ${n}\n`)
      .join('')}`
  const read = (text: string): unknown => {
    const found = parsePreflib(bytes(text), 1)
    return found.kind === 'ok' ? found.value.papers : found.error
  }
  it.each<[string, string, unknown]>([
    ['an order with blanks for commas', '1: 1 2  3', [{ weight: 1, ranking: [0, 1, 2] }]],
    ['groups of one, of two, of none', '1: {3},{2,1},{}', [{ weight: 1, ranking: [2, [0, 1], []] }]],
    ['groups next to each other', '1:{2}{3,1}', [{ weight: 1, ranking: [1, [0, 2]] }]],
    ['nobody', '1:', [{ weight: 1, ranking: [] }]],
    ['a brace that ends nothing', '1: 1},2', { kind: 'bad order', line: 8, column: 5, text: ' 1},2' }],
    ['a brace in a brace', '1: {1,{2}}', { kind: 'bad order', line: 8, column: 7, text: ' {1,{2}}' }],
    ['a brace left open', '1: {1,2', { kind: 'bad order', line: 8, column: 1, text: '1: {1,2' }],
    ['the last candidate and one more', '1: 3,4', { kind: 'unknown candidate', line: 8, column: 6, text: '4' }],
    ['candidate 0', ' 1: 0', { kind: 'unknown candidate', line: 8, column: 5, text: '0' }],
    ['twice, once in a group', '1: 2,{1,2}', { kind: 'candidate twice', line: 8, column: 9, text: '2' }],
    ['ten digits', '1: 1000000000', { kind: 'bad order', line: 8, column: 4, text: '1000000000' }],
    ['letters behind a number', '1: 1a', { kind: 'bad order', line: 8, column: 4, text: '1a' }],
    ['letters before a number', '1: a1', { kind: 'bad order', line: 8, column: 4, text: 'a1' }],
    ['no weight', ': 1', { kind: 'bad line', line: 8, column: 1, text: ': 1' }],
    ['a weight of 0', '0: 1', { kind: 'bad line', line: 8, column: 1, text: '0: 1' }],
    ['a weight with letters', '1x: 1', { kind: 'bad line', line: 8, column: 1, text: '1x: 1' }],
    ['letters before a weight', 'x1: 1', { kind: 'bad line', line: 8, column: 1, text: 'x1: 1' }],
    ['a weight of ten digits', '1000000000: 1', { kind: 'bad line', line: 8, column: 1, text: '1000000000: 1' }],
    ['a weight of another form', '1,1', { kind: 'bad line', line: 8, column: 1, text: '1,1' }],
  ])('%s', (_, line, found) => {
    expect(read(`${head()}${line}\n`)).toEqual(found)
  })
  it.each<[string, string, unknown]>([
    ['a key without a value', head('# X\n'), { kind: 'bad line', line: 5, column: 1, text: '# X' }],
    [
      'no number of candidates',
      head().replace('# NUMBER ALTERNATIVES: 3\n', ''),
      { kind: 'missing key', line: 1, column: 1, text: 'NUMBER ALTERNATIVES' },
    ],
    ['letters in a number', head().replace('VOTERS: 1', 'VOTERS: 1x'), { kind: 'not a number', line: 3, column: 1, text: '1x' }],
    [
      'letters before a number',
      head().replace('VOTERS: 1', 'VOTERS: x1'),
      { kind: 'not a number', line: 3, column: 1, text: 'x1' },
    ],
    [
      'a name that is missing',
      head().replace('NAME 3', 'NAME 4'),
      { kind: 'missing key', line: 1, column: 1, text: 'ALTERNATIVE NAME 3' },
    ],
    ['more voters', head().replace('VOTERS: 1', 'VOTERS: 2'), { kind: 'counts disagree', line: 3, column: 1, text: '2 ≠ 1' }],
    ['more orders', head().replace('ORDERS: 1', 'ORDERS: 3'), { kind: 'counts disagree', line: 4, column: 1, text: '3 ≠ 1' }],
  ])('a head with %s', (_, text, error) => {
    expect(read(`${text}1: 1\n`)).toEqual(error)
  })
  it('keys in any case, a title with colons, the last of two values', () => {
    const text = head('#  title :  One: two \n# Number Voters: 2\n').replace('# TITLE: T\n', '')
    expect(parsePreflib(bytes(`${text}2: 1\n`), 3)).toMatchObject({ value: { title: 'One: two', seats: 3 } })
    expect(parsePreflib(bytes(`${head().replace('# TITLE: T\n', '')}1: 1`), 1)).toMatchObject({ value: { title: '' } })
  })
  it.each<[string, string, unknown]>([
    [
      'as it should be',
      '2\n1,A\n2,B, b\n3,3,2\n2,1\n1,2,1\n',
      [
        { weight: 2, ranking: [0] },
        { weight: 1, ranking: [1, 0] },
      ],
    ],
    ['blanks about commas', ' 1 \n 1 ,  A\n 3 , 3,  1\n3 , {1}\n', [{ weight: 3, ranking: [0] }]],
    ['no number', '2x\n', { kind: 'bad line', line: 1, column: 1, text: '2x' }],
    ['no number, letters before', 'x2\n', { kind: 'bad line', line: 1, column: 1, text: 'x2' }],
    ['a candidate out of order', '2\n2,A\n1,B\n1,1,1\n1,1', { kind: 'bad line', line: 2, column: 1, text: '2,A' }],
    ['letters before a candidate', '1\nx1,A\n1,1,1\n1,1', { kind: 'bad line', line: 2, column: 1, text: 'x1,A' }],
    ['letters behind a candidate', '1\n1x,A\n1,1,1\n1,1', { kind: 'bad line', line: 2, column: 1, text: '1x,A' }],
    ['a candidate without a name', '1\n1\n1,1,1\n1,1', { kind: 'bad line', line: 2, column: 1, text: '1' }],
    ['candidates missing', '2\n1,A', { kind: 'bad line', line: 1, column: 1, text: '' }],
    ['sums missing', '1\n1,A', { kind: 'bad line', line: 1, column: 1, text: '' }],
    ['two sums', '1\n1,A\n1,1\n1,1', { kind: 'bad line', line: 3, column: 1, text: '1,1' }],
    ['four sums', '1\n1,A\n1,1,1,1\n1,1', { kind: 'bad line', line: 3, column: 1, text: '1,1,1,1' }],
    ['letters in the sums', '1\n1,A\n1x,1,1\n1,1', { kind: 'bad line', line: 3, column: 1, text: '1x,1,1' }],
    ['letters in the second', '1\n1,A\n1,1x,1\n1,1', { kind: 'bad line', line: 3, column: 1, text: '1,1x,1' }],
    ['letters before the sums', '1\n1,A\nx1,1,1\n1,1', { kind: 'bad line', line: 3, column: 1, text: 'x1,1,1' }],
    ['letters behind the sums', '1\n1,A\n1,1,1x\n1,1', { kind: 'bad line', line: 3, column: 1, text: '1,1,1x' }],
    ['another sum of voters', '1\n1,A\n1,2,1\n1,1', { kind: 'counts disagree', line: 3, column: 1, text: '2 ≠ 1' }],
    ['another number of orders', '1\n1,A\n1,1,2\n1,1', { kind: 'counts disagree', line: 3, column: 1, text: '2 ≠ 1' }],
    ['an order of the newer form', '1\n1,A\n1,1,1\n1:1', { kind: 'bad line', line: 4, column: 1, text: '1:1' }],
    ['ten digits', '1234567890\n', { kind: 'bad line', line: 1, column: 1, text: '1234567890' }],
  ])('the older form, %s', (_, text, found) => {
    expect(read(text)).toEqual(found)
  })
  it('written: strict or with ties, complete or not', () => {
    const typeOf = (papers: Profile['papers']): string | undefined =>
      /DATA TYPE: (\w+)/.exec(writePreflib({ ...base, papers }))?.[1]
    expect(typeOf([{ weight: 1, ranking: [0, 1, 2] }])).toBe('soc')
    expect(
      typeOf([
        { weight: 1, ranking: [0, 1, 2] },
        { weight: 1, ranking: [0] },
      ]),
    ).toBe('soi')
    expect(
      typeOf([
        { weight: 1, ranking: [0, 1, 2] },
        { weight: 1, ranking: [0, [1, 2]] },
      ]),
    ).toBe('toc')
    expect(typeOf([{ weight: 1, ranking: [[0, 1]] }])).toBe('toi')
    expect(writePreflib(base)).toBe(
      '# TITLE: Lunch\n# DATA TYPE: toc\n# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 2\n# NUMBER UNIQUE ORDERS: 1\n# ALTERNATIVE NAME 1: Soup\n# ALTERNATIVE NAME 2: Pie\n# ALTERNATIVE NAME 3: Salad\n2: 1,{2,3}\n',
    )
  })
})

describe('tables of ballots', () => {
  const read = (text: string, repeats?: 'allowed'): unknown => {
    const found = parseBallotCsv(bytes(text), 1, repeats)
    return found.kind === 'ok'
      ? [found.value.candidates, found.value.papers.map(({ weight, ranking }) => [weight, ...ranking])]
      : found.error
  }
  it.each<[string, string, unknown]>([
    ['semicolons', 'A;B\n1;2\n', [['A', 'B'], [[1, 0, 1]]]],
    ['a comma in a quoted header of semicolons', '"A,a";B\n1;2\n', [['A,a', 'B'], [[1, 0, 1]]]],
    ['a semicolon in a quoted header of commas', '"A;a",B\n1,2\n', [['A;a', 'B'], [[1, 0, 1]]]],
    ['a doubled quote before the divider', '"A""x";B\n1;2\n', [['A"x', 'B'], [[1, 0, 1]]]],
    ['a header of one cell, semicolons below', 'A\n1\n', [['A'], [[1, 0]]]],
    ['blanks around', ' A , B \n 2 , 1 \n', [['A', 'B'], [[1, 1, 0]]]],
    ['no line feed at the end, empty lines between', 'A,B\r\n\r\n,,\r\n1,2', [['A', 'B'], [[1, 0, 1]]]],
    ['a row of empty cells', 'A,B\n,\n1,\n', [['A', 'B'], [[1, 0]]]],
    ['a weight of nine digits', 'A,Weight\n1,999999999\n', [['A'], [[999_999_999, 0]]]],
    ['a rank of four digits', 'A,B\n1,3\n', [['A', 'B'], [[1, 0, [], 1]]]],
    ['words that only begin like weight', 'weights,A\n1,2\n', [['weights', 'A'], [[1, 0, 1]]]],
    ['words that only end like count', 'A,discount\n1,2\n', [['A', 'discount'], [[1, 0, 1]]]],
    ['columns of ranks in another order', 'Rank_2,rank-10,RANK1\nB,C,A\n', [['A', 'B', 'C'], [[1, 0, 1, 2]]]],
    ['a column beside the ranks that is none', 'rank 1,precinct\nA,2\n', [['A'], [[1, 0]]]],
    ['one that may be a rank in other words', 'rank 1,my preference\n1,2\n', [['rank 1', 'my preference'], [[1, 0, 1]]]],
    ['ranks by other words', '2nd choice,vote.1,No. of ballots\nB,A,3.0\n', [['A', 'B'], [[3, 0, 1]]]],
    ['a column blank in every row', 'A,B,,\n1,2,,\n', [['A', 'B'], [[1, 0, 1]]]],
    ['ranks with words around', 'a rank 1\n1\n', [['a rank 1'], [[1, 0]]]],
    [
      'a skipped rank, and none at the end',
      'rank 1,rank 2,rank 3\n,B,\nA,B,\n,,\n',
      [
        ['A', 'B'],
        [
          [1, [], 1],
          [1, 0, 1],
        ],
      ],
    ],
    ['a control sign in a name', 'rank 1\nA\u0007b\n', [['A b'], [[1, 0]]]],
    ['nothing', '', { kind: 'empty', line: 1, column: 1, text: '' }],
    ['lines without a cell', '\n,\n', { kind: 'empty', line: 1, column: 1, text: '' }],
    ['a cell too many', 'A,B\n1,2,3,4\n', { kind: 'ragged row', line: 2, column: 5, text: '1,2,3,4' }],
    ['a cell too few', 'A,B,C\n\n1,2\n', { kind: 'ragged row', line: 3, column: 1, text: '1,2' }],
    ['a weight alone', 'weight\n1\n', { kind: 'no candidates', line: 1, column: 1, text: '' }],
    ['ranks of nobody', 'rank 1,weight\n,2\n', { kind: 'no candidates', line: 1, column: 1, text: '' }],
    ['a column twice', 'A,B, A\n1,2,3\n', { kind: 'repeated column', line: 1, column: 5, text: 'A' }],
    ['a rank 0', 'A,B\n1,0\n', { kind: 'bad rank', line: 2, column: 3, text: '0' }],
    ['a rank with letters', 'A,B\n1,2nd\n', { kind: 'bad rank', line: 2, column: 3, text: '2nd' }],
    ['a rank of five digits', 'A,B\n1,12345\n', { kind: 'bad rank', line: 2, column: 3, text: '12345' }],
    ['no weight', 'A,weight\n1,\n', { kind: 'bad weight', line: 2, column: 3, text: '' }],
    ['a weight with letters', 'A,weight\n1,2x\n', { kind: 'bad weight', line: 2, column: 3, text: '2x' }],
    ['letters before a weight', 'A,weight\n1,x2\n', { kind: 'bad weight', line: 2, column: 3, text: 'x2' }],
    ['a weight of ten digits', 'A,weight\n1,1234567890\n', { kind: 'bad weight', line: 2, column: 3, text: '1234567890' }],
    ['a quote left open', 'A,B\n1,"2\n', { kind: 'open quote', line: 2, column: 3, text: '"2\n' }],
    ['text behind quotes', 'A,B\n"1"2,3\n', { kind: 'open quote', line: 2, column: 4, text: '2' }],
    ['a quote behind quotes', 'A,B\n"1" "2",3\n', { kind: 'open quote', line: 2, column: 4, text: ' "2"' }],
    ['twice', 'rank 1,rank 2\nB,A\nA,A\n', { kind: 'candidate twice', line: 3, column: 3, text: 'A' }],
    ['lines counted through quotes', 'A,"B\n\nb"\n1,2\n1,x\n', { kind: 'bad rank', line: 5, column: 3, text: 'x' }],
    ['a column after a quoted line', 'A,"B\nb",C\n1,2,3\n0,"2\n",x\n', { kind: 'bad rank', line: 4, column: 1, text: '0' }],
    ['columns counted from the line inside quotes', 'A,B,C\n1,"2\n",x\n', { kind: 'bad rank', line: 3, column: 3, text: 'x' }],
  ])('%s', (_, text, found) => {
    expect(read(text)).toEqual(found)
  })
  it('twice where that is allowed', () => {
    expect(read('rank 1,rank 2\nA,A\n', 'allowed')).toEqual([['A'], [[1, 0, 0]]])
  })
  it('written: quotes, formulas, equal and skipped ranks', () => {
    const profile = {
      ...base,
      candidates: ['=A', 'B, "b"', 'C'],
      papers: [
        { weight: 3, ranking: [[], [0, 2]] },
        { weight: 1, ranking: [1] },
      ],
    }
    expect(writeBallotCsv(profile)).toBe(`weight,'=A,"B, ""b""",C\r\n3,2,,2\r\n1,,1,\r\n`)
  })
})

describe('the table of the Scottish wards', () => {
  const table = (
    papers = '372,1,3,\n40,2,',
    names = '"Candidate 1","Ann Lee","Labour (Lab)",\n"Candidate 2","Bo ""B"" Roe","",\n"Cy",\n"Ward 3",',
  ): string => `3,2,\n${papers}\n${names}\n`
  const read = (text: string, seats: number | null = null): unknown => {
    const found = parseWardCsv(bytes(text), seats)
    return found.kind === 'ok' ? found.value : found.error
  }
  const ward: Profile = {
    ...{ title: 'Ward 3', candidates: ['Ann Lee, Labour (Lab)', 'Bo "B" Roe', 'Cy'], withdrawn: [], seats: 2 },
    papers: [
      { weight: 372, ranking: [0, 2] },
      { weight: 40, ranking: [1] },
    ],
  }
  it.each<[string, string, unknown]>([
    ['as it is published', table(), ward],
    ['CRLF, blanks, empty lines', `  ${table().replaceAll('\n', ' ,\r\n\r\n')}`, ward],
    ['blanks about commas', table(' 372 , 1 ,3\n40 ,2'), ward],
    ['papers that name nobody', table('5,'), { ...ward, papers: [{ weight: 5, ranking: [] }] }],
    ['no papers', table(''), { ...ward, papers: [] }],
    [
      'a name that only begins like a number of one',
      table().replace('"Cy"', '"Candidate 3b","Cy"'),
      { ...ward, candidates: [...ward.candidates.slice(0, 2), 'Candidate 3b, Cy'] },
    ],
    [
      'a name with a number of one inside',
      table().replace('"Cy"', '"My candidate 3","Cy"'),
      { ...ward, candidates: [...ward.candidates.slice(0, 2), 'My candidate 3, Cy'] },
    ],
    ['a number of two digits, in any case', table().replace('"Cy"', '"CANDIDATE 33" , " Cy "'), ward],
    ['no ward', table().replace('\n"Ward 3",', ''), { ...ward, title: '' }],
    ['more after the ward', `${table()}"x"\n`, ward],
    ['nothing', '', { kind: 'empty', line: 1, column: 1, text: '' }],
    ['words first', 'three,2\n', { kind: 'empty', line: 1, column: 1, text: 'three,2' }],
    ['three numbers first', '3,2,1\n', { kind: 'empty', line: 1, column: 1, text: '3,2,1' }],
    ['six digits', '123456,2\n', { kind: 'empty', line: 1, column: 1, text: '123456,2' }],
    ['words before the numbers', 'a3,2\n', { kind: 'empty', line: 1, column: 1, text: 'a3,2' }],
    ['a weight of 0', table('0,1'), { kind: 'bad weight', line: 2, column: 1, text: '0' }],
    ['a weight with letters', table('1,1\n2x,1'), { kind: 'bad weight', line: 3, column: 1, text: '2x' }],
    ['letters before a weight', table('x2,1'), { kind: 'bad weight', line: 2, column: 1, text: 'x2' }],
    ['ten digits of weight', table('1234567890,1'), { kind: 'bad weight', line: 2, column: 1, text: '1234567890' }],
    ['one candidate too many', table('1,4'), { kind: 'bad rank', line: 2, column: 1, text: '4' }],
    ['candidate 0', table('1,0'), { kind: 'bad rank', line: 2, column: 1, text: '0' }],
    ['half a candidate', table('1,1.5'), { kind: 'bad rank', line: 2, column: 1, text: '1.5' }],
    ['an empty place', table('1,,2'), { kind: 'bad rank', line: 2, column: 1, text: '' }],
    ['letters before a candidate', table('1,x2'), { kind: 'bad rank', line: 2, column: 1, text: 'x2' }],
    ['twice', table('1,2,1,2'), { kind: 'candidate twice', line: 2, column: 1, text: '2' }],
    ['a name too few', table('1,1', '"A"\n"B"'), { kind: 'no candidates', line: 4, column: 1, text: '2 of 3' }],
    ['no names', '3,2\n1,1\n', { kind: 'no candidates', line: 1, column: 1, text: '0 of 3' }],
    ['an empty name', table('1,1', '"A"\n""\n"C"\n"T"'), { kind: 'no candidates', line: 6, column: 1, text: '3 of 3' }],
  ])('%s', (_, text, found) => {
    expect(read(text)).toEqual(found)
  })
  it('places as the file says, or as whoever reads it does', () => {
    expect(read(table(), 5)).toEqual({ ...ward, seats: 5 })
    expect(read(table().replace('3,2', '3,0'))).toEqual({ kind: 'bad profile', fault: { kind: 'bad seats', seats: 0 } })
  })
  it.each([
    [table(), true],
    [`  3 , 2 ,,\n1,1\n "A"`, true],
    ['3,2\n1,1\n', false],
    ['3,2,1\n"A"\n', false],
    ['0,2\n"A"\n', false],
    ['3,0\n"A"\n', false],
    ['x3,2\n"A"\n', false],
    ['3,2\n""\n', false],
    ['3,2\n1,"A"\n', false],
    ['123456,2\n"A"\n', false],
    ['3,123456\n"A"\n', false],
    ['12345,12345\n"A"\n', true],
  ])('%j is one: %s', (text, is) => {
    expect(isWardCsv(bytes(text))).toBe(is)
  })
  it('bytes that are not UTF-8 are none', () => {
    expect(isWardCsv(Uint8Array.of(0x33, 0xff))).toBe(false)
    expect(parseWardCsv(Uint8Array.of(0x33, 0xff), null)).toEqual({
      kind: 'fail',
      error: { kind: 'not text', line: 1, column: 1, text: '' },
    })
  })
})

describe('cast vote records', () => {
  type Change = {
    readonly selections?: readonly object[]
    readonly people?: readonly object[]
    readonly contest?: object
    readonly records?: readonly unknown[]
    readonly report?: object
  }
  const selections = [
    { '@id': 's0', CandidateIds: ['p0'] },
    { '@id': 's1', CandidateIds: ['p1'] },
    { '@id': 'w', IsWriteIn: true },
  ]
  const people = [
    { '@id': 'p0', Name: 'Ann' },
    { '@id': 'p1', Name: 'Bo' },
  ]
  const mark = (id: string, rank?: unknown, more: object = {}): object => ({
    ContestSelectionId: id,
    SelectionPosition: [{ HasIndication: 'yes', ...(rank === undefined ? {} : { Rank: rank }), ...more }],
  })
  const record = (...marks: readonly object[]): object => ({
    CVRSnapshot: [{ '@id': 'now', CVRContest: [{ ContestId: 'c', CVRContestSelection: marks }] }],
  })
  const text = (change: Change): string =>
    JSON.stringify({
      Election: [
        {
          Candidate: change.people ?? people,
          Contest: [{ '@id': 'c', Name: 'Chair', ContestSelection: change.selections ?? selections, ...change.contest }],
        },
      ],
      CVR: change.records ?? [record(mark('s0', 1))],
      ...change.report,
    })
  const read = (change: Change, contest: string | null = null, writeIns?: 'refused'): unknown => {
    const found = parseCvr(bytes(text(change)), 1, contest, 'refused', writeIns)
    return found.kind === 'ok'
      ? [found.value.title, found.value.candidates, ...found.value.papers.map(({ ranking }) => ranking)]
      : found.error
  }
  const at = (k: number, i = 0): string => `CVR[${i}].CVRContest[0].CVRContestSelection[${k}]`
  it.each<[string, Change, unknown]>([
    ['one mark', {}, ['Chair', ['Ann', 'Bo'], [0]]],
    [
      'the highest rank there may be',
      { records: [record(mark('s0', 10_000))] },
      ['Chair', ['Ann', 'Bo'], [...Array.from({ length: 9999 }, () => []), 0]],
    ],
    ['a rank beside the positions', { records: [record({ ...mark('s0'), Rank: 2 })] }, ['Chair', ['Ann', 'Bo'], [[], 0]]],
    [
      'a rank of the position before the other',
      { records: [record({ ...mark('s0', 1), Rank: 2 })] },
      ['Chair', ['Ann', 'Bo'], [0]],
    ],
    ['marks without ranks: one level', { records: [record(mark('s1'), mark('s0'))] }, ['Chair', ['Ann', 'Bo'], [[0, 1]]]],
    [
      'one mark without a rank beside a first rank',
      { records: [record(mark('s1'), mark('s0', 1))] },
      ['Chair', ['Ann', 'Bo'], [[0, 1]]],
    ],
    [
      'one mark without a rank beside a second',
      { records: [record(mark('s1'), mark('s0', 2))] },
      { kind: 'no rank', path: 'CVR[0].CVRContest[0]', text: '' },
    ],
    [
      'a later rank of the same candidate',
      { records: [record(mark('s0', 1), mark('s0', 2), mark('s1', 3))] },
      ['Chair', ['Ann', 'Bo'], [0, [], 1]],
    ],
    [
      'a mark that is not one',
      { records: [record(mark('s0', 1, { HasIndication: 'no' }), mark('s1', 2, { HasIndication: 'unknown' }))] },
      ['Chair', ['Ann', 'Bo'], []],
    ],
    [
      'a mark that does not count',
      { records: [record(mark('s0', 1, { IsAllocable: 'no' }), mark('s1', 1, { IsAllocable: 'unknown' }))] },
      ['Chair', ['Ann', 'Bo'], [1]],
    ],
    ['a rank below 1', { records: [record(mark('s0', 1), mark('s1', 0))] }, { kind: 'no rank', path: at(1), text: '0' }],
    ['a rank above 10,000', { records: [record(mark('s0', 10_001))] }, { kind: 'no rank', path: at(0), text: '10001' }],
    ['half a rank', { records: [record(mark('s0', 1.5))] }, { kind: 'no rank', path: at(0), text: '1.5' }],
    [
      'a rank in words',
      { records: [record(), record(mark('s0', 'first'))] },
      { kind: 'no rank', path: at(0, 1), text: '"first"' },
    ],
    ['a stranger', { records: [record(mark('zz', 1))] }, { kind: 'unknown selection', path: at(0), text: 'zz' }],
    [
      'a name written in',
      { records: [record(mark('w', 1, { CVRWriteIn: { Text: ' Cy ' } }), mark('s0', 2))] },
      ['Chair', ['Ann', 'Bo', 'Cy'], [2, 0]],
    ],
    [
      'a name written in twice, then another',
      {
        records: [
          record(mark('w', 1, { CVRWriteIn: { Text: 'Cy' } })),
          record(mark('w', 1, { CVRWriteIn: { Text: 'Cy' } })),
          record(mark('w', 1)),
        ],
      },
      ['Chair', ['Ann', 'Bo', 'Cy', 'Write-in'], [2], [2], [3]],
    ],
    [
      'somebody who stands, written in',
      { records: [record(mark('w', 1, { CVRWriteIn: { Text: 'Bo' } }))] },
      ['Chair', ['Ann', 'Bo'], [1]],
    ],
    [
      'a write-in that is text and no object',
      { records: [record(mark('w', 1, { CVRWriteIn: 'Cy' }))] },
      ['Chair', ['Ann', 'Bo', 'Write-in'], [2]],
    ],
    [
      'a name written in on a line nobody declared',
      { records: [record(mark('zz', 1, { CVRWriteIn: { Text: 'Cy' } }))] },
      ['Chair', ['Ann', 'Bo', 'Cy'], [2]],
    ],
    [
      'another contest',
      { records: [{ CVRSnapshot: [{ CVRContest: [{ ContestId: 'd', CVRContestSelection: [mark('s0', 1)] }] }] }] },
      ['Chair', ['Ann', 'Bo']],
    ],
    ['two snapshots', { records: [{ CVRSnapshot: [{}, {}] }] }, { kind: 'ambiguous snapshot', path: 'CVR[0]', text: '' }],
    [
      'no snapshot of that name',
      { records: [{ ...record(), CurrentSnapshotId: 'then' }] },
      { kind: 'ambiguous snapshot', path: 'CVR[0]', text: 'then' },
    ],
    [
      'two snapshots of one name',
      { records: [{ CurrentSnapshotId: 'a', CVRSnapshot: [{ id: 'a' }, { '@id': 'a' }] }] },
      { kind: 'ambiguous snapshot', path: 'CVR[0]', text: 'a' },
    ],
    [
      'the snapshot of that name, by either word',
      { records: [{ CurrentSnapshotId: 'a', CVRSnapshot: [{ id: 'a' }, { '@id': 'b' }] }] },
      ['Chair', ['Ann', 'Bo']],
    ],
    ['no snapshots', { records: [{}] }, { kind: 'ambiguous snapshot', path: 'CVR[0]', text: '' }],
    ['a record that is none', { records: [record(), []] }, { kind: 'not a report', path: 'CVR[1]', text: '' }],
    ['a record that is a text', { records: ['x'] }, { kind: 'not a report', path: 'CVR[0]', text: '' }],
    ['no record list', { report: { CVR: {} } }, { kind: 'not a report', path: '', text: '' }],
    ['elections that are none', { report: { Election: 7 } }, { kind: 'no such contest', path: 'Election', text: '' }],
    [
      'lists with other things in them',
      {
        report: {
          Election: [
            7,
            null,
            'x',
            { Candidate: [1, ...people], Contest: [null, { '@id': 'c', Name: 'Chair', ContestSelection: [0, ...selections] }] },
          ],
        },
      },
      ['Chair', ['Ann', 'Bo'], [0]],
    ],
    ['names of persons that are none', { people: [{ '@id': 'p0', Name: 'Ann' }] }, ['Chair', ['Ann', 'p1'], [0]]],
    [
      'two persons for one choice',
      { selections: [{ '@id': 's0', CandidateIds: ['p0', 7, 'p1'] }] },
      ['Chair', ['Ann and Bo'], [0]],
    ],
    [
      'a choice by its label',
      { selections: [{ '@id': 's0', Text: [{ Content: 'Yes' }, { Content: 'Oui' }] }] },
      ['Chair', ['Yes'], [0]],
    ],
    ['a choice by its words', { selections: [{ '@id': 's0', Selection: ' No ' }] }, ['Chair', ['No'], [0]]],
    ['a choice by its id', { selections: [{ id: 's0' }] }, ['Chair', ['s0'], [0]]],
    [
      'two choices of one name',
      {
        selections: [
          { '@id': 's9', CandidateIds: ['p0'] },
          { '@id': 's0', CandidateIds: ['p0'] },
        ],
      },
      ['Chair', ['Ann'], [0]],
    ],
    [
      'a name in languages',
      {
        people: [
          { '@id': 'p0', Name: { Text: [{ '@type': 'x', '#text': 'Anna' }] } },
          { '@id': 'p1', Name: 7, Text: [] },
        ],
      },
      ['Chair', ['Anna', 's1'], [0]],
    ],
  ])('%s', (_, change, found) => {
    expect(read(change)).toEqual(found)
  })
  it('the contest that is named, by id or by name; of two one must be', () => {
    const report = {
      Election: [
        {
          Candidate: people,
          Contest: [
            { '@id': 'c', Name: 'Chair', ContestSelection: selections },
            { id: 'd', Name: 'Deputy', ContestSelection: selections },
          ],
        },
      ],
    }
    expect(read({ report }, 'c')).toEqual(['Chair', ['Ann', 'Bo'], [0]])
    expect(read({ report }, 'Deputy')).toEqual(['Deputy', ['Ann', 'Bo']])
    expect(read({ report })).toEqual({ kind: 'contest not named', path: 'Election', text: 'c, d' })
    expect(read({ report }, 'e')).toEqual({ kind: 'no such contest', path: 'Election', text: 'e' })
  })
  it('names written in, where they are refused', () => {
    const written = (Text?: string): Change => ({
      records: [record(mark('s0', 1), mark('w', 2, Text === undefined ? {} : { CVRWriteIn: { Text } }))],
    })
    expect(read(written('Cy'), null, 'refused')).toEqual({ kind: 'write-in', path: at(1), text: 'Cy' })
    expect(read(written(), null, 'refused')).toEqual({ kind: 'write-in', path: at(1), text: 'Write-in' })
    expect(read(written('Bo'), null, 'refused')).toEqual(['Chair', ['Ann', 'Bo'], [0, 1]])
  })
  it('twice where that is allowed: at two ranks twice, at one rank once', () => {
    const found = parseCvr(bytes(text({ records: [record(mark('s0', 1), mark('s0', 1), mark('s0', 3))] })), 1, null, 'allowed')
    expect(found).toMatchObject({ value: { papers: [{ ranking: [0, [], 0] }] } })
  })
})
