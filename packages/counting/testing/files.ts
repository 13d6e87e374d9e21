// Ballot files small enough to be read at a glance: what each form takes, and what it refuses.
import type { BallotFormat, BoxKind, ReadAs } from '../src/index.ts'

export type SmallFile = { readonly format: BallotFormat; readonly text: string; readonly as?: Partial<ReadAs> }

const files = (format: BallotFormat, texts: readonly string[], as: Partial<ReadAs> = {}): readonly SmallFile[] =>
  texts.map((text) => ({ format, text, as }))

/** How a file is read where nothing else is said. */
export const readAs = ({ format, as }: SmallFile): ReadAs => ({
  format,
  wants: 'rankings',
  seats: null,
  contest: null,
  scale: null,
  ...as,
})

const preflib = (change: (text: string) => string = (text) => text): string =>
  change(
    '# TITLE: Lunch\n# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: 6\n# NUMBER UNIQUE ORDERS: 3\n# ALTERNATIVE NAME 1: Soup\n# ALTERNATIVE NAME 2: Pie: cheese\n# ALTERNATIVE NAME 3: Salad\n3: 1,2,3\n2: {1, 3},2\n1: 3\n',
  )
const older = '3\n1,Soup\n2 , Stew, hot\n3,Pie\n6, 6 ,2\n4,1,{3,2}\n2,3\n'

const pb = (change: (text: string) => string = (text) => text): string =>
  change(
    'META\nkey;value\ndescription;Our street\nvote_type;cumulative\nbudget;1 000,50\nPROJECTS\nproject_id;cost;name;selected\nA;500.25;Park;1\nB;300;"Path; ""long""";0\nC;0;;2\nVOTES\nvoter_id;vote;points\n1;A,B;3,1\n2;B;2\n3;;\n',
  )
const ordinal = (meta: string): string =>
  `META\nkey;value\nvote_type;ordinal\nbudget;9\n${meta}PROJECTS\nproject_id;cost\nA;5\nB;4\nVOTES\nvoter_id;vote\n1;B,A\n2;A\n`
const approval =
  'META\nkey;value\nVote_Type;Approval\nBudget;9\nPROJECTS\ncost;PROJECT_ID;Name\n5;A;Park\n4;B;\nVOTES\nVote\nB, A\n\nA\n'

type Marks = readonly {
  readonly id?: string
  readonly rank?: unknown
  readonly mark?: string
  readonly counts?: string
  readonly text?: string
}[]
const selection = ({ id = 's0', rank, mark = 'yes', counts, text }: Marks[number]): object => ({
  ContestSelectionId: id,
  SelectionPosition: [
    {
      HasIndication: mark,
      ...(rank === undefined ? {} : { Rank: rank }),
      ...(counts === undefined ? {} : { IsAllocable: counts }),
      ...(text === undefined ? {} : { CVRWriteIn: { Text: text } }),
    },
  ],
})
const record = (marks: Marks, more: object = {}, contest = 'c'): object => ({
  CVRSnapshot: [{ '@id': 'now', CVRContest: [{ ContestId: contest, CVRContestSelection: marks.map(selection) }] }],
  ...more,
})
const election = {
  Candidate: [
    { '@id': 'p0', Name: 'Ann' },
    { id: 'p1', Name: { Text: [{ Content: 'Bob' }, { Content: 'Robert' }] } },
    { '@id': 'p2', Text: [{ '#text': ' Cy\u0007\n' }] },
  ],
  Contest: [
    {
      '@id': 'c',
      Name: 'Chair',
      ContestSelection: [
        { '@id': 's0', CandidateIds: ['p0'] },
        { '@id': 's1', CandidateIds: ['p1', 'p2'] },
        { id: 's2', CandidateIds: ['p9'] },
        { '@id': 's3', Selection: 'None of these' },
        { '@id': 's4', Name: 'Ann' },
        { '@id': 's5' },
        { '@id': 'w', IsWriteIn: true },
      ],
    },
  ],
}
const cvr = (records: readonly object[], more: object = {}): string =>
  JSON.stringify({ Election: [election], CVR: records, ...more })
const two = { Election: [election, { Contest: [{ '@id': 'd', Name: 'Deputy', ContestSelection: [{ '@id': 's0' }] }] }] }

const scale = { lowest: 1, highest: 12 }
const wants: BoxKind = 'grades'

/** Files that read. */
export const goodFiles: readonly SmallFile[] = [
  ...files('blt', ['2 1\n3 1 2 0\n1 2 0\n0\n"Ann"\n"Bob"\n"A title"\n']),
  ...files('blt', ['2 1\n3 1 2 0\n1 2 0\n0\n"Ann"\n"Bob"\n"A title"\n', '1 3\n1 1 0\n0\n"Ann"\n"T"\n'], { seats: 2 }),
  ...files('blt', ['1 3\n1 1 0\n0\n"Ann"\n"T"\n']),
  ...files('preflib', [
    preflib(),
    `\uFEFF${preflib((text) => text.replaceAll('\n', '  \r\n'))}`,
    older,
    preflib((t) => t.replace(/# TITLE.*\n/, '')),
  ]),
  ...files('preflib', [preflib((text) => text.replace('3: 1,2,3', '3:1 2, {3}').replace('# TITLE', '#title'))], { seats: 2 }),
  ...files('pb', [pb(), pb((text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`), pb((t) => t.replace('cumulative', 'scoring'))]),
  ...files('pb', [ordinal(''), ordinal('max_length;5\n'), ordinal('max_length;1\n'), ordinal('max_length;x\n')]),
  ...files('pb', [approval, approval.replace('5;A', '5_000.10;A').replace('Budget;9', 'Budget;7000.125')]),
  ...files('pb', [approval, pb()], { wants: 'approvals', seats: 2 }),
  ...files('pb', [approval], { wants: 'approvals' }),
  ...files('csv', [
    'A,B\n1,2\n,1\n',
    'weight;"A, the ""first""";B\r\n3;1;\r\n\r\n2;2;2\r\n',
    'Count,A\n5,1',
    'A,B,count\n10,,2\n',
    'A,"B;C"\n1,2\n',
    '"A;B",C\n1,2\n',
    'A,B\n" 1 ",\t2\n',
    'A,"B\nC"\n1,2\n2,1\n',
    'Choice 2,choice_1,PREFERENCE-3\nBo,Al,\n,Al,Cy\n,,\n',
    'rank10,rank2\nBo,Al\n',
    'rank 1,rank two\n1,2\n',
    'preference1\nAnn\n',
  ]),
  ...files('csv', ['A,B\n1,2\n'], { seats: 2 }),
  ...files('csv', ['weight,A,B\n2,1,12\n1,,3\n', 'A;B\n4;\n', 'A,B\n'], { wants, scale }),
  ...files('csv', ['A,B,C\n4,1,2\n'], { wants, scale, seats: 2 }),
  ...files('cvr', [
    cvr([
      record([{ rank: 1 }, { id: 's1', rank: 2 }]),
      record([
        { id: 's2', rank: 1 },
        { id: 's3', rank: 1 },
        { id: 's4', rank: 3 },
      ]),
      record([{}, { id: 's1' }]),
      record([{ id: 's5', rank: 2 }]),
      record([]),
      record([
        { rank: 1, mark: 'no' },
        { id: 's1', rank: 1, counts: 'no' },
        { id: 's2', rank: 1, counts: 'yes' },
      ]),
      record([{ rank: 1 }, { rank: 2 }, { id: 's1', rank: 2 }]),
      record([{ rank: 1 }, { rank: 1 }]),
      record([
        { id: 'w', rank: 1, text: 'Zed' },
        { id: 'w', rank: 2, text: 'Ann' },
        { id: 'w', rank: 3 },
      ]),
      record([{ id: 'stranger', rank: 1, text: 'Zed' }]),
      record([{ rank: 1 }], {}, 'other'),
    ]),
    cvr([record([{}], { CurrentSnapshotId: 'now' })]),
    cvr([]),
  ]),
  ...files('cvr', [cvr([record([{ rank: 1 }]), record([{ rank: 1 }], {}, 'd')], two)], { contest: 'Deputy', seats: 1 }),
  ...files('cvr', [cvr([record([{ rank: 1 }])], two)], { contest: 'c', seats: 2 }),
]

/** Files that do not. */
export const badFiles: readonly SmallFile[] = [
  ...files('blt', ['', '2 1\n3 1 9 0\n0\n"A"\n"B"\n"T"\n', 'two 1\n', '2 1\n3 1 2\n']),
  ...files('preflib', [
    '',
    '\n \n',
    preflib((t) => t.replace('# NUMBER ALTERNATIVES: 3\n', '')),
    preflib((t) => t.replace('# NUMBER VOTERS: 6\n', '')),
    preflib((t) => t.replace('# NUMBER UNIQUE ORDERS: 3\n', '')),
    preflib((t) => t.replace('# ALTERNATIVE NAME 2: Pie: cheese\n', '')),
    preflib((t) => t.replace('NATIVES: 3', 'NATIVES: three')),
    preflib((t) => t.replace('VOTERS: 6', 'VOTERS: 6.5')),
    preflib((t) => t.replace('ORDERS: 3', 'ORDERS: -3')),
    preflib((t) => t.replace('VOTERS: 6', 'VOTERS: 7')),
    preflib((t) => t.replace('ORDERS: 3', 'ORDERS: 4')),
    preflib((t) => t.replace('VOTERS: 6', 'VOTERS: 1234567890')),
    preflib((t) => t.replace('# TITLE: Lunch', '# TITLE')),
    preflib((t) => t.replace('3: 1,2,3', '1,2,3')),
    preflib((t) => t.replace('3: 1,2,3', '0: 1,2,3')),
    preflib((t) => t.replace('3: 1,2,3', '1000000000: 1')),
    preflib((t) => t.replace('3: 1,2,3', '  3: 1,4')),
    preflib((t) => t.replace('3: 1,2,3', '3: 0')),
    preflib((t) => t.replace('3: 1,2,3', '3: 1,two')),
    preflib((t) => t.replace('3: 1,2,3', '3: 1,-2')),
    preflib((t) => t.replace('3: 1,2,3', '3: 1,{2,1}')),
    preflib((t) => t.replace('{1, 3}', '{1, {3}}')),
    preflib((t) => t.replace('{1, 3}', '1, 3}')),
    preflib((t) => t.replace('{1, 3},2', '{1, 3')),
    preflib((t) => t.replace('NAME 1: Soup', 'NAME 1:')),
    'three\n',
    older.replace('1,Soup', 'Soup'),
    older.replace('1,Soup', '2,Soup'),
    older.replace('6, 6 ,2', '6, 6'),
    older.replace('6, 6 ,2', '6, 7, 2'),
    older.replace('6, 6 ,2', '6, 6, 3'),
    older.replace('2,3\n', '2;3\n'),
    '3\n1,Soup\n',
    '1\n1,Soup\n',
    `${older}${'x'.repeat(100)}\n`,
  ]),
  ...files('pb', [
    '',
    'key;value\n',
    'META\nkey;value\nPROJECTS\nproject_id;cost\n',
    'META\nPROJECTS\nVOTES\n',
    'META\nkey;value\nPROJECTS\nVOTES\nvote\n',
    pb((t) => t.replace('vote_type;cumulative\n', '')),
    pb((t) => t.replace('cumulative', 'guessing')),
    pb((t) => t.replace('budget;1 000,50\n', '')),
    pb((t) => t.replace('1 000,50', 'much')),
    pb((t) => t.replace('1 000,50', '-1')),
    pb((t) => t.replace('1 000,50', '1.1234567')),
    pb((t) => t.replace('project_id;cost;name', 'number;cost;name')),
    pb((t) => t.replace('project_id;cost;name', 'project_id;price;name')),
    pb((t) => t.replace('C;0;;2', 'B;0;;2')),
    pb((t) => t.replace('C;0;;2', ';0;;2')),
    pb((t) => t.replace('C;0;;2', 'C;;;2')),
    pb((t) => t.replace('C;0;;2', 'C')),
    pb((t) => t.replace('C;0;;2', 'C;dear;;2')),
    pb((t) => t.replace('C;0;;2', 'C;0;;2;;5')),
    pb((t) => t.replace('""long"""', 'long')),
    pb((t) => t.replace('voter_id;vote;points', 'voter_id;ballot;points')),
    pb((t) => t.replace('voter_id;vote;points', 'voter_id;vote;marks')),
    pb((t) => t.replace('cumulative', 'scoring').replace('voter_id;vote;points', 'voter_id;vote;marks')),
    pb((t) => t.replace('3,1', '3')),
    pb((t) => t.replace('3,1', '3,one')),
    pb((t) => t.replace('3,1', '3,1234567890')),
    pb((t) => t.replace('1;A,B', '1;A,X')),
    pb((t) => t.replace('1;A,B', '1;A,A')),
    `${pb((t) => t.replace('Our street', '"Our\nstreet"'))}4;X;1\n`,
  ]),
  ...files('csv', [
    '',
    '\n,,\n',
    'A,B\n1\n',
    'A,B\n1,2,3\n',
    'A,B\n"1"x,2\n',
    'A,B\n1,"2\n',
    'A,B\n1"2,3\n',
    'weight\n3\n',
    'A,B,A\n1,2,3\n',
    'A,weight\n1,0\n',
    'A,weight\n1,1.5\n',
    'A,weight\n1,1234567890\n',
    'weight,A\n,1\n',
    'A,B\n0,1\n',
    'A,B\n1,x2\n',
    'A,B\n1,10000\n',
    'A,"B\nC"\n1,2\n1,first\n',
    'rank 1,rank 2\nAnn,Ann\n',
    'rank 1,rank 2\n,\n',
    'rank 1,weight\nAnn,none\n',
    'A,\n1,2\n',
  ]),
  ...files('csv', ['A,B\n1,2\n'], { seats: 0 }),
  ...files('csv', ['A,B\n1,2\n'], { wants }),
  ...files(
    'csv',
    [
      '',
      'A,A\n1,1\n',
      'weight\n1\n',
      'A,B\n0,1\n',
      'A,B\n1,13\n',
      'A,B\n1,1.5\n',
      'weight,A\n0,1\n',
      'weight,A\n1x,1\n',
      'A,B\n1\n',
      'A,\n1,1\n',
    ],
    {
      wants,
      scale,
    },
  ),
  ...files('cvr', [
    '',
    '{',
    '[]',
    'null',
    '{}',
    '{"CVR": {}}',
    '{"CVR": []}',
    cvr([], { Election: [] }),
    cvr([], two),
    cvr([{}]),
    cvr([record([], { CurrentSnapshotId: 'then' })]),
    cvr([record([{ id: 'stranger', rank: 1 }])]),
    cvr([record([]), record([{ rank: 0 }])]),
    cvr([record([{ rank: 1.5 }])]),
    cvr([record([{ rank: 10_001 }])]),
    cvr([record([{ rank: '1' }])]),
    cvr([record([{ id: 's1', rank: 2 }, {}])]),
    JSON.stringify({ Election: [election], CVR: [7] }),
  ]),
  ...files('cvr', [cvr([record([{ rank: 1 }])])], { contest: 'Treasurer' }),
  ...files('cvr', [cvr([record([{ rank: 1 }])])], { seats: 0 }),
]
