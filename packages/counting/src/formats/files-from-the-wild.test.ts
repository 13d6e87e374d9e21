// What published ballot files do that their formats do not promise: each case is a file that some collection or program has given out, or one
// step from it.
import { describe, expect, it } from 'vitest'
import { boxReader, parseBlt, parsePb, parsePreflib, type Box, type PbFile, type Profile } from '../index.ts'
import { isWardCsv, parseWardCsv } from './ward-csv.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const papers = '3 2\n2 1 3 0\n1 2 0\n0\n'

const named = (lines: string): readonly string[] => {
  const read = parseBlt(papers + lines)
  if (read.kind === 'fail') throw new Error(JSON.stringify(read.error))
  return [...read.value.profile.candidates, read.value.profile.title]
}

describe('names in a BLT file', () => {
  it.each<[string, string, readonly string[]]>([
    ['an inner quote after a backslash', '"A \\"Al\\" Lee"\n"B"\n"C"\n"T"\n', ['A "Al" Lee', 'B', 'C', 'T']],
    ['a backslash that escapes nothing', '"A \\ Lee"\n"B\\"\n"C"\n"T"\n', ['A \\ Lee', 'B\\', 'C', 'T']],
    ['inner quotes doubled, and a comma between the names', '"A ""Al"" Lee","B","C"\n"T"\n', ['A "Al" Lee', 'B', 'C', 'T']],
    ['a party behind each name', '"A","Lab"\n"B","Co, op"\n"C","Ind"\n"T"\n', ['A, Lab', 'B, Co, op', 'C, Ind', 'T']],
    ['a party behind all but the independents', '"A" "Lab"\n"B"\n"C" "Con"\n"T"\n', ['A, Lab', 'B', 'C, Con', 'T']],
    ['several names on a line, none with a party', '"A" "B"\n"C"\n"T"\n', ['A', 'B', 'C', 'T']],
    ['a title with a part in quotes', 'A\nB\nC\nWard 3 "North"\n', ['A', 'B', 'C', 'Ward 3 "North"']],
    [
      'a title in one pair of quotes too many',
      '"A"\n"B"\n"C"\n""Ward 11 - D, E and F"",',
      ['A', 'B', 'C', 'Ward 11 - D, E and F'],
    ],
    ['a blank title', '"A"\n"B"\n"C"\n""\n', ['A', 'B', 'C', '']],
    ['a mark that begins a comment, inside quotes', '"A #1"\n"B" # two\n"C"\n"T"\n', ['A #1', 'B', 'C', 'T']],
    [
      'another hyphen and other letters',
      '"A PALMER‐DYER"\n"Eòghann"\n"Óengus Ó D"\n"T"\n',
      ['A PALMER‐DYER', 'Eòghann', 'Óengus Ó D', 'T'],
    ],
  ])('%s', (_what, lines, expected) => expect(named(lines)).toEqual(expected))
  it('a name may be blank no more than before', () => {
    expect(parseBlt(`${papers}"A"\n""\n"C"\n"T"\n`)).toMatchObject({ kind: 'fail', error: [{ kind: 'bad name', line: 6 }] })
  })
})

describe('the table of Scottish wards', () => {
  const ward = [
    '4,3,',
    '372,1,',
    '23,4,2,',
    '',
    '"Candidate 1","Ann Lee","Scottish National Party (SNP)",',
    '"Candidate 2","Bob ""Rab"" Orr","Independent (Ind)",',
    '"Candidate 3","Cy, the younger","Green (Gr)",',
    '"Candidate 4","Dee Höfer-Franz","",',
    '""Ward 11 - Bishopton, Bridge of Weir"",',
  ]
  const text = ward.join('\n')
  const read = (source: string, seats: number | null = null): Profile => {
    const found = parseWardCsv(bytes(source), seats)
    if (found.kind === 'fail') throw new Error(JSON.stringify(found.error))
    return found.value
  }
  const box = (source: string, seats: number | null): Box => {
    const reader = boxReader({ format: 'csv', wants: 'rankings', seats, contest: null, scale: null })
    reader.push(bytes(source))
    const found = reader.end()
    if (found.kind === 'fail') throw new Error(JSON.stringify(found.error))
    return found.value.box
  }
  const profile = {
    title: 'Ward 11 - Bishopton, Bridge of Weir',
    candidates: [
      'Ann Lee, Scottish National Party (SNP)',
      'Bob "Rab" Orr, Independent (Ind)',
      'Cy, the younger, Green (Gr)',
      'Dee Höfer-Franz',
    ],
    withdrawn: [],
    seats: 3,
    papers: [
      { weight: 372, ranking: [0] },
      { weight: 23, ranking: [3, 1] },
    ],
  }
  it('gives papers, names with their parties, the ward and the places', () => {
    expect(read(text)).toEqual(profile)
    expect(read(`\ufeff${ward.join('\r\n')}\r\n`)).toEqual(profile)
    expect(read(text, 1).seats).toBe(1)
    expect(box(text, null)).toMatchObject({ kind: 'rankings', profile: { seats: 3 } })
    expect(box(text, 2)).toMatchObject({ kind: 'rankings', profile: { seats: 2 } })
  })
  it('is told from a table of ranks, whose columns may be numbers', () => {
    expect(isWardCsv(bytes(text))).toBe(true)
    for (const other of ['1,2\n1,2\n', '1,2,3\n1,2,3\n', 'Ann,Bob\n1,2\n', '', '"A","B"\n1,2\n'])
      expect(isWardCsv(bytes(other))).toBe(false)
    expect(box('1,2\n2,1\n', null)).toMatchObject({ profile: { candidates: ['1', '2'] } })
  })
  it.each<[string, string, string, number]>([
    ['no weight', text.replace('372,1', '0,1'), 'bad weight', 2],
    ['a candidate out of range', text.replace('372,1', '372,5'), 'bad rank', 2],
    ['a candidate 0', text.replace('372,1', '372,0'), 'bad rank', 2],
    ['a gap in a row', text.replace('23,4,2', '23,4,,2'), 'bad rank', 3],
    ['a candidate twice', text.replace('23,4,2', '23,4,4'), 'candidate twice', 3],
    ['fewer names than candidates', ward.slice(0, 6).join('\n'), 'no candidates', 6],
    ['no names', ward.slice(0, 3).join('\n'), 'no candidates', 1],
  ])('refuses %s', (_what, source, kind, line) => {
    expect(parseWardCsv(bytes(source), null)).toMatchObject({ kind: 'fail', error: { kind, line } })
  })
  it('refuses other bytes, and never throws', () => {
    expect(parseWardCsv(Uint8Array.of(0xff, 0xfe, 0x31), null)).toMatchObject({ error: { kind: 'not text' } })
    expect(parseWardCsv(bytes('hello'), null)).toMatchObject({ error: { kind: 'empty' } })
  })
})

describe('Pabulib files', () => {
  const file = (meta: readonly string[], votes: readonly string[]): string =>
    [
      'META',
      'key;value',
      'budget;100',
      ...meta,
      'PROJECTS',
      'project_id;cost;name',
      '1;40;Park',
      '2;30;Path',
      '7;50;Pool',
      'VOTES',
      ...votes,
    ].join('\n')
  const read = (text: string): PbFile => {
    const found = parsePb(bytes(text))
    if (found.kind === 'fail') throw new Error(JSON.stringify(found.error))
    return found.value
  }
  const points = (text: string) => read(text).profile.papers.map((paper) => paper.points)
  it('a single choice is an approval of one project', () => {
    const found = read(file(['vote_type;choose-1'], ['voter_id;vote', 'a;7', 'b;1']))
    expect([found.voteType, found.profile.papers.map((paper) => paper.points)]).toEqual(['approval', [[[2, 1]], [[0, 1]]]])
  })
  it('a comma left at the end, blanks round the ids, an empty vote and None', () => {
    expect(points(file(['vote_type;approval'], ['voter_id;vote', 'a;1,7,', 'b; 7 , 2 ', 'c;', 'd;None']))).toEqual([
      [
        [0, 1],
        [2, 1],
      ],
      [
        [1, 1],
        [2, 1],
      ],
      [],
      [],
    ])
  })
  it('a project approved twice is approved once; ranked or scored twice it is refused', () => {
    expect(points(file(['vote_type;approval'], ['voter_id;vote', 'a;1,1']))).toEqual([[[0, 1]]])
    const twice = (type: string, row: string) => parsePb(bytes(file([`vote_type;${type}`], ['voter_id;vote;points', row])))
    expect(twice('ordinal', 'a;1,1')).toMatchObject({ error: { kind: 'project twice', line: 12 } })
    expect(twice('cumulative', 'a;1,1;3,4')).toMatchObject({ error: { kind: 'project twice' } })
  })
  it('points with empty decimals, and none at all', () => {
    const votes = ['voter_id;vote;points', 'a;1,7;3.0,2.', 'b;;', 'c;None;None']
    expect(points(file(['vote_type;cumulative', 'max_sum_points;5'], votes))).toEqual([
      [
        [0, 3],
        [2, 2],
      ],
      [],
      [],
    ])
    const half = file(['vote_type;scoring'], ['voter_id;vote;points', 'a;1;2.5'])
    expect(parsePb(bytes(half))).toMatchObject({ error: { kind: 'not a number', line: 12, text: '2.5' } })
  })
  it('default_score is what a paper that scores gives a project it does not name', () => {
    const votes = ['voter_id;vote;points', 'a;7;5', 'b;;']
    expect(points(file(['vote_type;scoring', 'default_score;2'], votes))).toEqual([
      [
        [0, 2],
        [1, 2],
        [2, 5],
      ],
      [
        [0, 2],
        [1, 2],
        [2, 2],
      ],
    ])
    expect(points(file(['vote_type;scoring', 'default_score;0'], votes))).toEqual([[[2, 5]], []])
    // Of another kind of vote it says nothing.
    expect(points(file(['vote_type;cumulative', 'default_score;2'], votes))).toEqual([[[2, 5]], []])
    expect(parsePb(bytes(file(['vote_type;scoring', 'default_score;some'], votes)))).toMatchObject({
      error: { kind: 'not a number', line: 5 },
    })
  })
  it('an order is worth max_length, one less for each place; without it its own length', () => {
    const votes = ['voter_id;vote', 'a;7,1']
    expect(points(file(['vote_type;ordinal', 'max_length;3'], votes))).toEqual([
      [
        [0, 2],
        [2, 3],
      ],
    ])
    expect(points(file(['vote_type;ordinal'], votes))).toEqual([
      [
        [0, 1],
        [2, 2],
      ],
    ])
  })
  it('sections in any letters, CRLF, a byte order mark, quoted cells over two lines, decimal commas, columns nobody knows', () => {
    const text = file(['vote_type;approval', 'description;"A; quoted\ntext"'], ['age;voter_id;vote;mood', '33;a;"1,2";fine'])
      .replace('META', 'meta')
      .replace('budget;100', 'budget;100,50')
      .replaceAll('\n', '\r\n')
    const found = read(`\ufeff${text}`)
    expect([found.places, found.profile.budget, found.profile.title]).toEqual([1, 1005n, 'A; quoted text'])
    expect(found.votes.columns).toEqual(['age', 'voter_id', 'vote', 'mood'])
  })
})

describe('PrefLib files', () => {
  const head = [
    '# FILE NAME: 00001-00000001.toi',
    '# TITLE: A: B',
    '# DATA TYPE: toi',
    '# NUMBER ALTERNATIVES: 3',
    '# NUMBER VOTERS: 6',
    '# NUMBER UNIQUE ORDERS: 3',
  ]
  const names = ['# ALTERNATIVE NAME 1: Ann, of Ayr', '# ALTERNATIVE NAME 2: Bob: the first', '# ALTERNATIVE NAME 3: Cy']
  const orders = ['3: 1,{2, 3}', '2:{1,2},3', '1: 2']
  const read = (lines: readonly string[]) => parsePreflib(bytes(lines.join('\n')), 1)
  const expected = [
    { weight: 3, ranking: [0, [1, 2]] },
    { weight: 2, ranking: [[0, 1], 2] },
    { weight: 1, ranking: [1] },
  ]
  it('names and titles with commas and colons, keys in any order, blanks or none, a group of one', () => {
    expect(read([...head, ...names, ...orders])).toMatchObject({
      kind: 'ok',
      value: { title: 'A: B', candidates: ['Ann, of Ayr', 'Bob: the first', 'Cy'], papers: expected },
    })
    expect(read([...names.toReversed(), ...head.toReversed(), ...orders])).toMatchObject({ value: { papers: expected } })
    expect(read([...head, ...names, '3: {1},{2,3}', ...orders.slice(1)])).toMatchObject({ value: { papers: expected } })
  })
  it('the form before September 2022, with ties', () => {
    const older = ['3', '1,Ann, of Ayr', '2, Bob', '3,Cy', '6,6,3', '3,1,{2,3}', '2,{1,2},3', '1,2']
    expect(read(older)).toMatchObject({ kind: 'ok', value: { candidates: ['Ann, of Ayr', 'Bob', 'Cy'], papers: expected } })
  })
})
