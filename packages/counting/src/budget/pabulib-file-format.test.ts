import { describe, expect, it } from 'vitest'
import { checkBudget, parsePb, writePb, type BudgetProfile, type PbFile } from '../index.ts'

// Pabulib's format (arXiv 2012.06539, section 3), cell by cell: what reads, as what, and what is refused where.

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string): PbFile => {
  const file = parsePb(bytes(text))
  if (file.kind === 'fail') throw new Error(JSON.stringify(file.error))
  return file.value
}
const faultOf = (text: string): unknown => {
  const file = parsePb(bytes(text))
  return file.kind === 'ok' ? 'it reads' : file.error
}

type Parts = { readonly meta?: string; readonly projects?: string; readonly votes?: string }
/** A file of these parts, each with its own columns in the first line. */
const fileText = ({
  meta = 'key;value\nvote_type;approval\nbudget;10',
  projects = 'project_id;cost\na;4\nb;6',
  votes = 'voter_id;vote\n1;a,b\n2;b',
}: Parts): string => `META\n${meta}\nPROJECTS\n${projects}\nVOTES\n${votes}\n`
const metaOf = (...lines: readonly string[]): string => ['key;value', ...lines].join('\n')
const papersOf = (parts: Parts): readonly (readonly (readonly number[])[])[] =>
  read(fileText(parts)).profile.papers.map(({ points }) => points)

describe('money', () => {
  it.each([
    ['10', 10n, 0],
    ['10.5', 105n, 1],
    ['10,5', 105n, 1],
    ['10.50', 105n, 1],
    ['10.', 10n, 0],
    ['1 234,50', 12_345n, 1],
    ['1_234.25', 123_425n, 2],
    ['0.000001', 1n, 6],
    ['1,234.50', 12_345n, 1],
    ['1,234', 1234n, 0],
    ['12,34', 1234n, 2],
    ['0,500', 5n, 1],
    ['1,234,567.5', 12_345_675n, 1],
    ['1.234', 1234n, 3],
    ['1.234,5', 12_345n, 1],
    ['1.234.567', 1_234_567n, 0],
    ['1.234.567,25', 123_456_725n, 2],
    ['12’345', 12_345n, 0],
    ['0', 0n, 0],
    ['9'.repeat(30), BigInt('9'.repeat(30)), 0],
  ])('%s is %s at %i places', (text, budget, places) => {
    const file = read(fileText({ meta: metaOf('vote_type;approval', `budget;${text}`), projects: 'project_id;cost\na;0\nb;0' }))
    expect([file.profile.budget, file.places]).toEqual([budget, places])
  })
  it.each(['1.234.50', '.5', '-1', '1e3', '0.0000001', '9'.repeat(31), 'x1', '1x', ''])('%s is none', (text) => {
    const found = faultOf(fileText({ meta: metaOf('vote_type;approval', `budget;${text}`) }))
    expect(found).toEqual({ kind: 'not a number', line: 4, column: 8, text })
  })
  it('costs and budget share the places of the finest of them', () => {
    const file = read(fileText({ projects: 'project_id;cost\na;4.125\nb;6,5' }))
    expect([file.places, file.profile.budget, file.profile.projects.map(({ cost }) => cost)]).toEqual([
      3,
      10_000n,
      [4125n, 6500n],
    ])
  })
})

describe('cells, rows and sections', () => {
  it('names of sections, keys, columns and vote types in any case; cells trimmed; sections in any order', () => {
    const file = read(
      'votes\nVoter_ID;VOTE\n1; b \nMeta\nKey;Value\nBUDGET; 7 \nVote_Type;APPROVAL\nprojects\nPROJECT_ID;Cost\n a ;1\nb;2\n',
    )
    expect(file.profile.projects).toEqual([
      { id: 'a', name: '', cost: 1n },
      { id: 'b', name: '', cost: 2n },
    ])
    expect([file.profile.budget, file.voteType, file.profile.papers]).toEqual([7n, 'approval', [{ weight: 1, points: [[1, 1]] }]])
    expect(file.meta).toEqual({
      columns: ['Key', 'Value'],
      rows: [
        ['BUDGET', '7'],
        ['Vote_Type', 'APPROVAL'],
      ],
    })
    expect(file.votes).toEqual({ columns: ['Voter_ID', 'VOTE'], rows: [['1', 'b']] })
  })
  it('a row that is only the name of a section already met is a row', () => {
    const file = read(fileText({ votes: 'vote;voter_id\nMETA;', projects: 'project_id;cost\nMETA;4' }))
    expect(file.profile.papers).toEqual([{ weight: 1, points: [[0, 1]] }])
  })
  it('a section of no rows is a section; one without columns is a fault, and so is one that is missing', () => {
    expect(read(fileText({ votes: 'voter_id;vote' })).profile.papers).toEqual([])
    const missing = { line: 1, column: 1 }
    expect(faultOf('META\nPROJECTS\nproject_id;cost\nVOTES\nvote\n')).toEqual({ kind: 'no columns', ...missing, text: 'META' })
    expect(faultOf('META\nkey;value\nVOTES\nvote\n')).toEqual({ kind: 'no section', ...missing, text: 'PROJECTS' })
    expect(faultOf('')).toEqual({ kind: 'no section', ...missing, text: 'META' })
    expect(faultOf('key;value\nMETA\n')).toEqual({ kind: 'unknown section', ...missing, text: 'key' })
    expect(faultOf('META;x\nkey;value\n')).toEqual({ kind: 'unknown section', ...missing, text: 'META' })
  })
  it('cells at the end may be left out, and empty ones beyond the columns are none', () => {
    const file = read(fileText({ projects: 'project_id;cost;name;selected\na;4;;\nb;6\nc;1;Tree;1;;\n;;' }))
    expect(file.projects.rows).toEqual([
      ['a', '4', '', ''],
      ['b', '6', '', ''],
      ['c', '1', 'Tree', '1'],
    ])
    expect([...(file.selected ?? [])]).toEqual([2])
  })
  it('what stands in quotes is one cell, whatever it holds, and what follows the quotes is part of it', () => {
    const file = read(
      fileText({ meta: metaOf('vote_type;approval', 'budget;10', 'description;"one; ""two"""x', 'note;"a\nb"; ') }),
    )
    expect(file.meta.rows.slice(2)).toEqual([
      ['description', 'one; "two"x'],
      ['note', 'a\nb'],
    ])
    expect(file.profile.title).toBe('one; "two"x')
  })
  it('lines are counted through quoted cells: a fault after one has its own line and column', () => {
    const quoted = 'project_id;cost;name\na;4;"Park\nand\npond"\nb;six'
    expect(faultOf(fileText({ projects: quoted }))).toEqual({ kind: 'not a number', line: 10, column: 3, text: 'six' })
    const after = 'project_id;name;cost\na;"Park\nand pond";four'
    expect(faultOf(fileText({ projects: after }))).toEqual({ kind: 'not a number', line: 8, column: 11, text: 'four' })
  })
  it('the text of a fault is cut at 60 characters', () => {
    const long = 'x'.repeat(70)
    expect(faultOf(fileText({ projects: `project_id;cost\na;${long}` }))).toMatchObject({ text: 'x'.repeat(60) })
    expect(faultOf(fileText({ projects: `project_id;cost\na;"${long}` }))).toEqual({
      ...{ kind: 'open quote', line: 7, column: 3 },
      text: `"${'x'.repeat(59)}`,
    })
  })
  it('bytes that are not UTF-8 are no text; a byte order mark is passed over, a second is not', () => {
    expect(parsePb(Uint8Array.of(0xff, 0xfe))).toEqual({
      kind: 'fail',
      error: { kind: 'not text', line: 1, column: 1, text: '' },
    })
    expect(read(`\uFEFF${fileText({})}`).voteType).toBe('approval')
    expect(faultOf(`x\uFEFF${fileText({})}`)).toMatchObject({ kind: 'unknown section' })
  })
})

describe('meta', () => {
  it.each([
    ['approval', 'approval'],
    ['choose-1', 'approval'],
    ['Choose-1', 'approval'],
    ['ordinal', 'ordinal'],
    ['cumulative', 'cumulative'],
    ['Scoring', 'scoring'],
  ])('vote type %s is %s', (text, type) => {
    expect(read(fileText({ meta: metaOf(`vote_type;${text}`, 'budget;1'), votes: 'vote;points\na;1' })).voteType).toBe(type)
  })
  it.each([
    ['no vote type', metaOf('budget;1'), { kind: 'missing key', line: 2, column: 1, text: 'vote_type' }],
    ['no budget', metaOf('vote_type;approval'), { kind: 'missing key', line: 2, column: 1, text: 'budget' }],
    [
      'a vote type without a value',
      metaOf('vote_type', 'budget;1'),
      { kind: 'missing key', line: 2, column: 1, text: 'vote_type' },
    ],
    [
      'another type',
      metaOf('vote_type;choose-2', 'budget;1'),
      { kind: 'unknown vote type', line: 3, column: 11, text: 'choose-2' },
    ],
    [
      'a default that is no number',
      metaOf('vote_type;scoring', 'budget;1', 'default_score;low'),
      { kind: 'not a number', line: 5, column: 15, text: 'low' },
    ],
  ])('%s', (_, meta, error) => {
    expect(faultOf(fileText({ meta }))).toEqual(error)
  })
  it('a default score is asked of papers that score alone', () => {
    expect(read(fileText({ meta: metaOf('vote_type;approval', 'budget;1', 'default_score;low') })).profile.papers).toHaveLength(2)
    expect(
      papersOf({ meta: metaOf('vote_type;cumulative', 'budget;1', 'default_score;2'), votes: 'vote;points\na;3\nb;1' })[1],
    ).toEqual([[1, 1]])
  })
  it('a title of several lines is one line', () => {
    const file = read(fileText({ meta: metaOf('vote_type;approval', 'budget;1', 'description;"A\n\nB\u2028C"') }))
    expect(file.profile.title).toBe('A B C')
    expect(read(fileText({})).profile.title).toBe('')
  })
})

describe('projects', () => {
  it.each([
    ['no id column', 'id;cost\na;4', { kind: 'missing key', line: 6, column: 1, text: 'project_id' }],
    ['no cost column', 'project_id;price\na;4', { kind: 'missing key', line: 6, column: 1, text: 'cost' }],
    ['no id', 'cost;project_id\n4;', { kind: 'missing key', line: 7, column: 1, text: 'project_id' }],
    ['an id left out', 'cost;project_id\n4', { kind: 'missing key', line: 7, column: 1, text: 'project_id' }],
    ['no cost', 'project_id;cost\na;', { kind: 'blank cost', line: 7, column: 3, text: 'a' }],
    ['a cost left out', 'project_id;cost\na', { kind: 'blank cost', line: 7, column: 1, text: 'a' }],
    ['an id twice', 'project_id;cost\na;1\nb;1\na;2', { kind: 'repeated project', line: 9, column: 1, text: 'a' }],
    ['a row too long', 'project_id;cost\na;1;x', { kind: 'ragged row', line: 7, column: 5, text: 'x' }],
  ])('%s', (_, projects, error) => {
    expect(faultOf(fileText({ projects }))).toEqual(error)
  })
  it('names of several lines are one line; without a column there are none, and nothing is recorded as selected', () => {
    expect(read(fileText({ projects: 'project_id;name;cost\na;" Park\r\nand pond ";4\nb;;6' })).profile.projects).toEqual([
      { id: 'a', name: 'Park and pond', cost: 4n },
      { id: 'b', name: '', cost: 6n },
    ])
    const bare = read(fileText({}))
    expect([bare.profile.projects[0]?.name, bare.selected]).toEqual(['', null])
  })
  it('selected is 1 and nothing else', () => {
    const file = read(fileText({ projects: 'project_id;cost;selected\na;4;1\nb;6;0\nc;1;2\nd;1;\ne;1;1', votes: 'vote\na' }))
    expect([...(file.selected ?? [])]).toEqual([0, 4])
    expect([...(read(fileText({ projects: 'selected;project_id;cost\n1;a;4\n0;b;6' })).selected ?? [])]).toEqual([0])
  })
})

describe('votes', () => {
  const typed = (type: string, ...more: readonly string[]): string => metaOf(`vote_type;${type}`, 'budget;10', ...more)
  const three = 'project_id;cost\na;4\nb;6\nc;1'
  it.each([
    [
      'approvals in any order, twice is once',
      typed('approval'),
      'vote\nb, a,b',
      [
        [
          [0, 1],
          [1, 1],
        ],
      ],
    ],
    [
      'approvals with points: the points are passed over',
      typed('approval'),
      'vote;points\nb,a;7,9',
      [
        [
          [0, 1],
          [1, 1],
        ],
      ],
    ],
    [
      'an order without a longest list: of as many as are named',
      typed('ordinal'),
      'vote\nc,a\nb',
      [
        [
          [0, 1],
          [2, 2],
        ],
        [[1, 1]],
      ],
    ],
    ['an order of at most 2', typed('ordinal', 'max_length;2'), 'vote\nb', [[[1, 2]]]],
    [
      'an order longer than it should be is worth what it names',
      typed('ordinal', 'max_length;1'),
      'vote\nc,a',
      [
        [
          [0, 1],
          [2, 2],
        ],
      ],
    ],
    [
      'an order as long as it may be',
      typed('ordinal', 'max_length;2'),
      'vote\nc,a',
      [
        [
          [0, 1],
          [2, 2],
        ],
      ],
    ],
    [
      'a longest list that is no number',
      typed('ordinal', 'max_length;2.5'),
      'vote\nc,a',
      [
        [
          [0, 1],
          [2, 2],
        ],
      ],
    ],
    [
      'an order with points',
      typed('ordinal', 'max_length;3'),
      'vote;points\nc,a;5,1',
      [
        [
          [0, 1],
          [2, 5],
        ],
      ],
    ],
    [
      'points with empty decimals',
      typed('cumulative'),
      'vote;points\nc,a;5.0,1.',
      [
        [
          [0, 1],
          [2, 5],
        ],
      ],
    ],
    ['scoring: 0 for what is not named', typed('scoring'), 'vote;points\nc;5', [[[2, 5]]]],
    [
      'scoring: the default for what is not named',
      typed('scoring', 'default_score;2'),
      'vote;points\nb;5',
      [
        [
          [0, 2],
          [1, 5],
          [2, 2],
        ],
      ],
    ],
    ['a paper that names nobody', typed('approval'), 'voter_id;vote\n1;\n2;none\n3;None,\n4;,', [[], [], [], []]],
    [
      'a comma left at the end',
      typed('cumulative'),
      'vote;points\nc,a,;5,1,',
      [
        [
          [0, 1],
          [2, 5],
        ],
      ],
    ],
  ] as const)('%s', (_, meta, votes, papers) => {
    expect(papersOf({ meta, projects: three, votes })).toEqual(papers)
  })
  it('an id with a comma in it is one project where the whole cell is that id', () => {
    const projects = 'project_id;cost\na;4\n"a,b";6\nb;1'
    expect(papersOf({ projects, votes: 'vote\n"a,b"\nb,a' })).toEqual([
      [[1, 1]],
      [
        [0, 1],
        [2, 1],
      ],
    ])
  })
  it.each([
    ['no column of votes', 'approval', 'voter_id;ballot\n1;a', { kind: 'missing key', line: 11, column: 1, text: 'vote' }],
    ['cumulative without points', 'cumulative', 'vote\na', { kind: 'missing key', line: 11, column: 1, text: 'points' }],
    ['scoring without points', 'scoring', 'vote\na', { kind: 'missing key', line: 11, column: 1, text: 'points' }],
    ['an unknown project', 'approval', 'voter_id;vote\n1;a,z', { kind: 'unknown project', line: 12, column: 3, text: 'z' }],
    ['an empty place in a list', 'approval', 'voter_id;vote\n1;a,,b', { kind: 'unknown project', line: 12, column: 3, text: '' }],
    ['twice in an order', 'ordinal', 'voter_id;vote\n1;a,b,a', { kind: 'project twice', line: 12, column: 3, text: 'a' }],
    ['twice with points', 'cumulative', 'vote;points\na,a;1,2', { kind: 'project twice', line: 12, column: 1, text: 'a' }],
    ['too few points', 'scoring', 'vote;points\na,b;1', { kind: 'points do not match', line: 12, column: 5, text: '1' }],
    ['points for nobody', 'scoring', 'vote;points\n;1', { kind: 'points do not match', line: 12, column: 2, text: '1' }],
    ['points that are no number', 'scoring', 'vote;points\na,b;1,x', { kind: 'not a number', line: 12, column: 5, text: 'x' }],
    ['points below nothing', 'cumulative', 'vote;points\na;-1', { kind: 'not a number', line: 12, column: 3, text: '-1' }],
    ['half a point', 'cumulative', 'vote;points\na;1.5', { kind: 'not a number', line: 12, column: 3, text: '1.5' }],
    ['ten digits', 'cumulative', 'vote;points\na;1234567890', { kind: 'not a number', line: 12, column: 3, text: '1234567890' }],
  ])('%s', (_, type, votes, error) => {
    expect(faultOf(fileText({ meta: typed(type), projects: three, votes }))).toEqual(error)
  })
})

describe('writing', () => {
  it('quotes what a cell could not hold, and nothing else', () => {
    const table = {
      columns: ['key', 'value'],
      rows: [
        ['a;b', 'say "no"'],
        [' c', 'd '],
        ['e\nf', 'g,h'],
        ['i\r', ''],
      ],
    }
    expect(
      writePb({ meta: table, projects: { columns: ['x'], rows: [] }, votes: { columns: ['y', 'z'], rows: [['1', 'a,b']] } }),
    ).toBe('META\nkey;value\n"a;b";"say ""no"""\n" c";"d "\n"e\nf";g,h\n"i\r";\nPROJECTS\nx\nVOTES\ny;z\n1;a,b\n')
  })
})

describe('what a budget profile must be', () => {
  const sound: BudgetProfile = {
    title: '',
    projects: [
      { id: 'a', name: '', cost: 0n },
      { id: 'b', name: 'B', cost: 5n },
    ],
    budget: 0n,
    papers: [
      {
        weight: 1,
        points: [
          [0, 0],
          [1, 3],
        ],
      },
      { weight: 2, points: [] },
    ],
  }
  const paper = (weight: number, ...points: readonly (readonly [number, number])[]): Pick<BudgetProfile, 'papers'> => ({
    papers: [sound.papers[1] ?? { weight: 1, points: [] }, { weight, points }],
  })
  const most = Number.MAX_SAFE_INTEGER
  it.each([
    ['nothing to spend, and a project that is free', {}, null],
    ['no projects', { projects: [] }, { kind: 'no projects' }],
    ['an id that is no name', { projects: [{ id: ' ', name: '', cost: 0n }] }, { kind: 'bad project', project: 0 }],
    [
      'a name that is no name',
      { projects: [...sound.projects, { id: 'c', name: ' x', cost: 0n }] },
      { kind: 'bad project', project: 2 },
    ],
    [
      'a cost below nothing',
      { projects: [...sound.projects, { id: 'c', name: '', cost: -1n }] },
      { kind: 'bad project', project: 2 },
    ],
    ['an id twice', { projects: [...sound.projects, { id: 'a', name: '', cost: 0n }] }, { kind: 'bad project', project: 2 }],
    ['a budget below nothing', { budget: -1n }, { kind: 'bad budget' }],
    ['no weight', paper(0), { kind: 'bad weight', paper: 1 }],
    ['half a paper', paper(0.5), { kind: 'bad weight', paper: 1 }],
    ['an unknown project', paper(1, [2, 1]), { kind: 'bad points', paper: 1 }],
    ['a project twice', paper(1, [0, 1], [0, 1]), { kind: 'bad points', paper: 1 }],
    ['projects out of order', paper(1, [1, 1], [0, 1]), { kind: 'bad points', paper: 1 }],
    ['a project before the first', paper(1, [-1, 1]), { kind: 'bad points', paper: 1 }],
    ['half a project', paper(1, [0.5, 1]), { kind: 'bad points', paper: 1 }],
    ['half a point', paper(1, [0, 0.5]), { kind: 'bad points', paper: 1 }],
    ['points below nothing', paper(1, [0, -1]), { kind: 'bad points', paper: 1 }],
    ['as many papers as a number is exact for', { papers: [{ weight: most, points: [[0, 1]] }] }, null],
    [
      'one more',
      {
        papers: [
          { weight: most, points: [] },
          { weight: 1, points: [] },
        ],
      },
      { kind: 'too many papers' },
    ],
    ['as many points as a number is exact for', { papers: [{ weight: 1, points: [[0, most]] }] }, null],
    [
      'one more',
      {
        papers: [
          {
            weight: 1,
            points: [
              [0, most],
              [1, 1],
            ],
          },
        ],
      },
      { kind: 'too many papers' },
    ],
    ['points times papers', { papers: [{ weight: 2 ** 27, points: [[0, 2 ** 26]] }] }, { kind: 'too many papers' }],
  ] as const)('%s', (_, change, fault) => {
    const profile = { ...sound, ...change }
    expect(checkBudget(profile)).toEqual(fault === null ? { kind: 'ok', value: profile } : { kind: 'fail', error: fault })
  })
})
