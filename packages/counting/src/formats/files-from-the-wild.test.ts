// What published ballot files do that their formats do not promise: each case is a file that some collection or program has given out, or one
// step from it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../testing/arbitrary.ts'
import { readInstances, whyNoCommittees } from '../../testing/instances.ts'
import {
  boxReader,
  parseAbc,
  parseBallotCsv,
  parseBlt,
  parseGradesCsv,
  parsePb,
  parsePreflib,
  type Box,
  type PbFile,
  type Profile,
  type ReadAs,
} from '../index.ts'
import { isWardCsv, parseWardCsv } from './ward-csv.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const papers = '3 2\n2 1 3 0\n1 2 0\n0\n'

/** A file read as the command reads it. */
function boxIn(text: string | Uint8Array, as: Partial<ReadAs> & Pick<ReadAs, 'format'>): Box {
  const reader = boxReader({ wants: 'rankings', seats: null, contest: null, scale: null, ...as })
  reader.push(typeof text === 'string' ? bytes(text) : text)
  const read = reader.end()
  if (read.kind === 'fail') throw new Error(JSON.stringify(read.error))
  return read.value.box
}

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

describe('papers of a BLT file', () => {
  const ward = (line: string): string => `3 1\n2 1 3 0\n${line}\n0\n"A"\n"B"\n"C"\n"T"\n`
  it('a weight with empty decimals is a whole one; nought and parts are refused', () => {
    expect(parseBlt(ward('3.0 2 0'))).toMatchObject({
      kind: 'ok',
      value: { profile: { papers: [{ weight: 2 }, { weight: 3 }] } },
    })
    for (const [weight, why] of [
      ['3.5', 'fraction'],
      ['0.0', 'zero'],
      ['0', 'zero'],
      ['3.', 'not a number'],
    ] as const)
      expect(parseBlt(ward(`${weight} 2 0`))).toMatchObject({ error: [{ kind: 'bad weight', line: 3, why }] })
  })
  it('somebody at two ranks is a fault, but for a method that has a rule for it', () => {
    const refused = boxReader({ format: 'blt', wants: 'rankings', seats: null, contest: null, scale: null })
    refused.push(bytes(ward('4 2 2 1 0')))
    expect(refused.end()).toMatchObject({ error: [{ fault: { kind: 'repeated candidate', line: 3, column: 5, candidate: 1 } }] })
    const box = boxIn(ward('4 2 2 1=3 - 1 0'), { format: 'blt', repeats: 'allowed' })
    expect(box).toMatchObject({ profile: { odd: [{ weight: 4, ranking: [1, 1, [0, 2], [], 0] }] } })
    const twiceAtOne = boxReader({
      format: 'blt',
      wants: 'rankings',
      seats: null,
      contest: null,
      scale: null,
      repeats: 'allowed',
    })
    twiceAtOne.push(bytes(ward('4 2=2 1 0')))
    expect(twiceAtOne.end()).toMatchObject({ error: [{ fault: { kind: 'repeated candidate', line: 3 } }] })
  })
  it('curly quotes of the code page that older programs wrote in', () => {
    const file = Uint8Array.from(ward('').replace('"A"', '"O\u0092Neill"').replace('"B"', '"Si\u00e2n \u0096 B"'), (c) =>
      c.charCodeAt(0),
    )
    expect(boxIn(file, { format: 'blt' })).toMatchObject({ profile: { candidates: ['O’Neill', 'Siân – B', 'C'] } })
  })
})

describe('tables of ballots', () => {
  const read = (text: string | Uint8Array): Profile => {
    const found = parseBallotCsv(typeof text === 'string' ? bytes(text) : text, 1)
    if (found.kind === 'fail') throw new Error(JSON.stringify(found.error))
    return found.value
  }
  const expected = {
    candidates: ['Ann', 'Bob'],
    papers: [
      { weight: 3, ranking: [0, 1] },
      { weight: 1, ranking: [1] },
    ],
  }
  it.each([
    ['decimals that are empty', 'count,Ann,Bob\n3.0,1.0,2.0\n1.0,,1.0\n'],
    ['tabs', 'Ann\tBob\tcount\n1\t2\t3\n\t1\t1\n'],
    ['columns and rows that are blank, as spreadsheets leave them', 'count,Ann,Bob,,\n3,1,2,,\n1,,1,,\n,,,,\n'],
    ['a row longer by blank cells', 'count,Ann,Bob\n3,1,2,\n1,,1\n'],
    ['another word for how many', 'Number of ballots,Ann,Bob\n3,1,2\n1,,1\n'],
    ['ranks in words, and columns about the paper', 'Ballot ID,1st choice,2nd choice,Votes\n7,Ann,Bob,3\n8,Bob,undervote,1\n'],
    ['preferences, not in order', 'Pref 2;Pref 1;Count\nBob;Ann;3\nskipped;Bob;1\n'],
  ])('%s', (_what, text) => expect(read(text)).toMatchObject(expected))
  it('UTF-16 with its mark, as “Unicode text” is saved', () => {
    const text = 'Ann\tBob\tcount\r\n1\t2\t3\r\n\t1\t1\r\n'
    const units = (little: boolean): Uint8Array => {
      const codes = [0xfeff, ...Array.from(text, (c) => c.charCodeAt(0))]
      return Uint8Array.from(codes.flatMap((code) => (little ? [code & 255, code >> 8] : [code >> 8, code & 255])))
    }
    expect(read(units(true))).toMatchObject(expected)
    expect(read(units(false))).toMatchObject(expected)
  })
  it('“overvote” names nobody, so it is refused and is no candidate', () => {
    const text = 'rank 1,rank 2\nAnn,Bob\novervote,Ann\n'
    expect(parseBallotCsv(bytes(text), 1)).toMatchObject({ error: { kind: 'overvote', line: 3, column: 1 } })
  })
  it('a cell too many with something in it is still refused', () => {
    expect(parseBallotCsv(bytes('Ann,Bob\n1,2\n1,2,3\n'), 1)).toMatchObject({ error: { kind: 'ragged row', line: 3 } })
    expect(parseBallotCsv(bytes('rank 1,second rank,id\nAnn,Bob,7\n'), 1)).toMatchObject({ error: { kind: 'bad rank' } })
    for (const text of ['Ann\n1.5\n', 'Ann\n0\n', 'count,Ann\n1.5,1\n', 'count,Ann\n0.0,1\n'])
      expect(parseBallotCsv(bytes(text), 1)).toMatchObject({ kind: 'fail' })
  })
  it('grades with empty decimals', () => {
    const grades = parseGradesCsv(bytes('count,Ann,Bob\n2.0,5.0,\n'), 1, { lowest: 0, highest: 5 })
    expect(grades).toMatchObject({ kind: 'ok', value: { papers: [{ weight: 2, grades: [[0, 5]] }] } })
    expect(parseGradesCsv(bytes('Ann\n4.5\n'), 1, { lowest: 0, highest: 5 })).toMatchObject({ error: { kind: 'bad grade' } })
  })
})

describe('instances of abcvoting', () => {
  const instance =
    'description: "three, of four"\nprofile: [[3, 0], [],\n  [2]] # so far\nnum_cand: 4\ncommitteesize: 2\ncompute:\n- rule_id: av\n  result: [[0, 3]]\n'
  const profile = {
    title: 'three, of four',
    candidates: ['0', '1', '2', '3'],
    seats: 2,
    papers: [
      { weight: 1, approved: [0, 3] },
      { weight: 1, approved: [] },
      { weight: 1, approved: [2] },
    ],
  }
  const read = (text: string, seats: number | null = null) => parseAbc(bytes(text), seats)
  it('lists within brackets over several lines, or after hyphens; other keys are passed over', () => {
    expect(read(instance)).toEqual({ kind: 'ok', value: profile })
    expect(read(instance, 3)).toMatchObject({ value: { seats: 3 } })
    const hyphens = 'profile:\r\n- [3, 0]\r\n- []\r\n- - 2\r\nnum_cand: 4\r\ncommitteesize: 2'
    expect(read(hyphens)).toEqual({ kind: 'ok', value: { ...profile, title: '' } })
    expect(read('num_cand: 3\ncommitteesize: 1\nprofile:\n  - - 0\n    - 2\n  -\n    - 1\n')).toMatchObject({
      value: { papers: [{ approved: [0, 2] }, { approved: [1] }] },
    })
    expect(boxIn(instance, { format: 'abc', wants: 'approvals' })).toEqual({ kind: 'approvals', profile })
  })
  it.each<[string, string, string, number, number]>([
    ['no papers', 'num_cand: 4\ncommitteesize: 2\n', 'missing key', 1, 1],
    ['no number of candidates', instance.replace('num_cand', 'cand'), 'missing key', 1, 1],
    ['no places', instance.replace('committeesize', 'size'), 'missing key', 1, 1],
    ['candidates in words', instance.replace('num_cand: 4', 'num_cand: four'), 'not a number', 4, 10],
    ['somebody unknown', instance.replace('[2]', '[4]'), 'unknown candidate', 3, 4],
    ['somebody twice', instance.replace('[3, 0]', '[3, 3]'), 'candidate twice', 2, 15],
    ['a name', instance.replace('[2]', '[Ann]'), 'bad list', 3, 4],
    ['one list', 'profile: [0, 1]\nnum_cand: 2\ncommitteesize: 1\n', 'bad list', 1, 11],
    ['lists in lists in lists', instance.replace('[2]', '[[2]]'), 'bad list', 3, 4],
    ['a bracket too many', instance.replace('[2]]', '[2]]]'), 'bad list', 3, 7],
    ['an open bracket', instance.replace('[2]]', '[2]'), 'bad list', 2, 9],
  ])('refuses %s', (_what, text, kind, line, column) => {
    expect(read(text)).toMatchObject({ kind: 'fail', error: { kind, line, column } })
  })
  it('refuses what is no election, and never throws', () => {
    expect(read(instance.replace('committeesize: 2', 'committeesize: 5'))).toMatchObject({ error: { kind: 'bad profile' } })
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...Array.from('[],- 01\n#:a'), 'profile:', 'num_cand: 2\n', 'committeesize: 1\n'),
          maxLength: 30,
        }),
        (text) => {
          expect(['ok', 'fail']).toContain(read(text).kind)
        },
      ),
      runs(500),
    )
  })
  it(`reads every instance at hand as YAML does${whyNoCommittees}`, () => {
    for (const { text, profile } of readInstances())
      expect(parseAbc(bytes(text), null)).toMatchObject({ kind: 'ok', value: { seats: profile.seats, papers: profile.papers } })
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

describe('money in Pabulib files', () => {
  const budget = (text: string) => {
    const found = parsePb(
      bytes(`META\nkey;value\nvote_type;approval\nbudget;${text}\nPROJECTS\nproject_id;cost\n1;1\nVOTES\nvoter_id;vote\na;1`),
    )
    return found.kind === 'ok' ? `${found.value.profile.budget}/${found.value.places}` : found.error.kind
  }
  it.each([
    ['1234', '1234/0'],
    ['1,234', '1234/0'],
    ['1,234,567', '1234567/0'],
    ['1,234.50', '12345/1'],
    ['1.234,50', '12345/1'],
    ['1.234.567', '1234567/0'],
    ["1'234'567.25", '123456725/2'],
    ['1 234,5', '12345/1'],
    ['100,50', '1005/1'],
    ['1234.500', '12345/1'],
    ['12,34,567', 'not a number'],
    ['1,23.4', 'not a number'],
    ['-5', 'not a number'],
  ])('%s', (text, expected) => expect(budget(text)).toBe(expected))
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
  it('categories are ranks, and the first of them is whom a paper approves', () => {
    const cat = [...head.filter((line) => !/UNIQUE|TYPE/.test(line)), '# DATA TYPE: cat', '# NUMBER UNIQUE PREFERENCES: 3', '# NUMBER CATEGORIES: 2', '# CATEGORY NAME 1: Yes', '# CATEGORY NAME 2: No', ...names, '3: 1,{2, 3}', '2: {1,2},3', '1: {},{1,2,3}'].join('\n') // prettier-ignore
    expect(boxIn(cat, { format: 'preflib' })).toMatchObject({ kind: 'rankings' })
    expect(boxIn(cat, { format: 'preflib', wants: 'approvals', seats: 2 })).toEqual({
      kind: 'approvals',
      profile: {
        title: 'A: B',
        candidates: ['Ann, of Ayr', 'Bob: the first', 'Cy'],
        seats: 2,
        papers: [
          { weight: 3, approved: [0] },
          { weight: 2, approved: [0, 1] },
          { weight: 1, approved: [] },
        ],
      },
    })
    expect(parsePreflib(bytes(cat.replace('PREFERENCES: 3', 'PREFERENCES: 4')), 1)).toMatchObject({
      error: { kind: 'counts disagree' },
    })
  })
})
