import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { profiles, runs } from '../../testing/arbitrary.ts'
import {
  mergedPapers,
  parseBallotCsv,
  parseCvr,
  parsePreflib,
  writeBallotCsv,
  writeCvr,
  writePreflib,
  type Profile,
} from '../index.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const modern = `# FILE NAME: tiny.toi
# TITLE: Lunch
# NUMBER ALTERNATIVES: 4
# NUMBER VOTERS: 6
# NUMBER UNIQUE ORDERS: 3
# ALTERNATIVE NAME 1: Soup
# ALTERNATIVE NAME 2: Stew
# ALTERNATIVE NAME 3: Pie: cheese
# ALTERNATIVE NAME 4: Salad
3: 1,2,3,4
2: {1, 4},2
1: {3}
`
const old = '4\n1,Soup\n2,Stew\n3,Pie: cheese\n4,Salad\n6,6,3\n3,1,2,3,4\n2,{1,4},2\n1,3\n'
const lunch: Profile = {
  title: 'Lunch',
  candidates: ['Soup', 'Stew', 'Pie: cheese', 'Salad'],
  withdrawn: [],
  seats: 1,
  papers: [
    { weight: 3, ranking: [0, 1, 2, 3] },
    { weight: 2, ranking: [[0, 3], 1] },
    { weight: 1, ranking: [2] },
  ],
}

describe('PrefLib', () => {
  it('reads the form of September 2022, with CRLF and a byte order mark, and the older one', () => {
    expect(parsePreflib(bytes(modern), 1)).toEqual({ kind: 'ok', value: lunch })
    expect(parsePreflib(bytes(`\uFEFF${modern.replaceAll('\n', '\r\n')}`), 1)).toEqual({ kind: 'ok', value: lunch })
    expect(parsePreflib(bytes(old), 1)).toEqual({ kind: 'ok', value: { ...lunch, title: '' } })
  })
  it.each([
    ['fewer voters than the header says', modern.replace('3: 1,2', '2: 1,2'), 'counts disagree', 4, 1],
    ['more orders than the header says', `${modern}1: 2\n`.replace('VOTERS: 6', 'VOTERS: 7'), 'counts disagree', 5, 1],
    ['a candidate out of range', modern.replace('1: {3}', '1: {5}'), 'unknown candidate', 12, 5],
    ['a candidate twice', modern.replace('1,2,3,4', '1,2,1,4'), 'candidate twice', 10, 8],
    ['a brace left open', modern.replace('{3}', '{3'), 'bad order', 12, 1],
    ['a brace in a brace', modern.replace('{3}', '{{3}}'), 'bad order', 12, 5],
    ['a name that is missing', modern.replace('# ALTERNATIVE NAME 4: Salad\n', ''), 'missing key', 1, 1],
    ['a count that is no number', modern.replace('VOTERS: 6', 'VOTERS: six'), 'not a number', 4, 1],
    ['a line that is no order', modern.replace('2: {1', 'hello {1'), 'bad line', 11, 1],
    ['sums that disagree, in the older form', old.replace('6,6,3', '6,7,3'), 'counts disagree', 6, 1],
    ['nothing', '\n\n', 'empty', 1, 1],
  ])('refuses %s, with line and column', (_, text, kind, line, column) => {
    expect(parsePreflib(bytes(text), 1)).toMatchObject({ kind: 'fail', error: { kind, line, column } })
  })
})

describe('a table of ballots', () => {
  it('a column for each candidate, ranks in the cells: equal ranks, skipped ranks, blank cells', () => {
    const table = 'weight;Ann;"Bob; the first";Cy\r\n3;1;2;\r\n2;1;1;3\r\n1;;;2\r\n'
    expect(parseBallotCsv(bytes(table), 2)).toEqual({
      kind: 'ok',
      value: {
        title: '',
        candidates: ['Ann', 'Bob; the first', 'Cy'],
        withdrawn: [],
        seats: 2,
        papers: [
          { weight: 3, ranking: [0, 1] },
          { weight: 2, ranking: [[0, 1], [], 2] },
          { weight: 1, ranking: [[], 2] },
        ],
      },
    })
  })
  it('a column for each rank, names in the cells; candidates are numbered by name whatever the order of the rows', () => {
    const rows = ['Cy,Ann,', ',Bob,Ann', 'Ann,,']
    const read = (list: readonly string[]): unknown => parseBallotCsv(bytes(`rank 1,rank 2,rank 3\n${list.join('\n')}`), 1)
    expect(read(rows)).toMatchObject({
      value: { candidates: ['Ann', 'Bob', 'Cy'], papers: [{ ranking: [2, 0] }, { ranking: [[], 1, 0] }, { ranking: [0] }] },
    })
    expect(read(rows.toReversed())).toMatchObject({ value: { candidates: ['Ann', 'Bob', 'Cy'] } })
  })
  it.each([
    ['a ragged row', 'A,B\n1,2\n1\n', 'ragged row', 3, 1],
    ['a cell too many', 'A,B\n1,2,3\n', 'ragged row', 2, 5],
    ['a rank of nothing', 'A,B\n0,1\n', 'bad rank', 2, 1],
    ['a rank in words', 'A,B\n1,second\n', 'bad rank', 2, 3],
    ['half a weight', 'A,weight\n1,0.5\n', 'bad weight', 2, 3],
    ['a column twice', 'A,A\n1,2\n', 'repeated column', 1, 3],
    ['a candidate twice', 'choice 1,choice 2\nAnn,Ann\n', 'candidate twice', 2, 5],
    ['a quote left open', 'A,B\n"1,2\n', 'open quote', 2, 1],
    ['a weight alone', 'weight\n3\n', 'no candidates', 1, 1],
    ['nothing', '', 'empty', 1, 1],
  ])('refuses %s, with line and column', (_, text, kind, line, column) => {
    expect(parseBallotCsv(bytes(text), 1)).toMatchObject({ kind: 'fail', error: { kind, line, column } })
  })
})

const report = (change: (record: Record<string, unknown>) => unknown = (record) => record): string => {
  const whole = JSON.parse(writeCvr({ ...lunch, papers: [{ weight: 1, ranking: [1, [0, 2]] }] })) as {
    CVR: Record<string, unknown>[]
  }
  return JSON.stringify({ ...whole, CVR: whole.CVR.map(change) })
}

describe('NIST cast vote records', () => {
  it('reads ranks, and several marks at one rank as equal', () => {
    expect(parseCvr(bytes(report()), 1, null)).toMatchObject({ value: { title: 'Lunch', papers: [{ ranking: [1, [0, 2]] }] } })
  })
  it('takes the snapshot named current, and refuses two that could be', () => {
    const two =
      (current: object) =>
      (record: Record<string, unknown>): unknown => {
        const [snapshot] = record['CVRSnapshot'] as Record<string, unknown>[]
        return {
          ...record,
          ...current,
          CVRSnapshot: [
            { '@id': 'old', CVRContest: [] },
            { ...snapshot, '@id': 'new' },
          ],
        }
      }
    expect(parseCvr(bytes(report(two({ CurrentSnapshotId: 'new' }))), 1, null)).toMatchObject({
      value: { papers: [{ ranking: [1, [0, 2]] }] },
    })
    for (const current of ['', 'lost'])
      expect(parseCvr(bytes(report(two({ CurrentSnapshotId: current }))), 1, null)).toMatchObject({
        error: { kind: 'ambiguous snapshot', path: 'CVR[0]' },
      })
  })
  it('counts write-ins under the name written, and passes over marks that were not made', () => {
    const marked = (position: object, id = 'written'): string => {
      const whole = JSON.parse(report()) as { Election: { Contest: { ContestSelection: object[] }[] }[]; CVR: object[] }
      whole.Election[0]?.Contest[0]?.ContestSelection.push({ '@id': 'written', IsWriteIn: true })
      const contest = { ContestId: 'contest', CVRContestSelection: [{ ContestSelectionId: id, SelectionPosition: [position] }] }
      return JSON.stringify({ ...whole, CVR: [{ CVRSnapshot: [{ CVRContest: [contest] }] }] })
    }
    const read = (text: string): unknown => parseCvr(bytes(text), 1, 'Lunch')
    expect(read(marked({ HasIndication: 'yes', Rank: 1, CVRWriteIn: { Text: 'Toast' } }))).toMatchObject({
      value: { candidates: [...lunch.candidates, 'Toast'], papers: [{ ranking: [4] }] },
    })
    expect(read(marked({ HasIndication: 'no', Rank: 1 }))).toMatchObject({ value: { papers: [{ ranking: [] }] } })
    expect(read(marked({ HasIndication: 'yes', Rank: 1 }, 'stranger'))).toMatchObject({ error: { kind: 'unknown selection' } })
    expect(read(marked({ HasIndication: 'yes', Rank: 0 }))).toMatchObject({ error: { kind: 'no rank' } })
  })
  it('refuses a contest that is not there, and asks which of two', () => {
    expect(parseCvr(bytes(report()), 1, 'Dinner')).toMatchObject({ error: { kind: 'no such contest', text: 'Dinner' } })
    const whole = JSON.parse(report()) as { Election: object[] }
    const twice = JSON.stringify({ ...whole, Election: [...whole.Election, ...whole.Election] })
    expect(parseCvr(bytes(twice), 1, null)).toMatchObject({ error: { kind: 'contest not named' } })
    expect(parseCvr(bytes('[]'), 1, null)).toMatchObject({ error: { kind: 'not a report' } })
    expect(parseCvr(bytes('{"CVR": '), 1, null)).toMatchObject({ error: { kind: 'not json' } })
  })
})

const parsers = {
  preflib: (raw: Uint8Array) => parsePreflib(raw, 1),
  csv: (raw: Uint8Array) => parseBallotCsv(raw, 1),
  cvr: (raw: Uint8Array) => parseCvr(raw, 1, null),
}
const samples = { preflib: modern, csv: 'weight,A,B\n3,1,2\n1,"2",1\n', cvr: report() }

/** Profiles that a format can say: distinct names, nobody withdrawn, and for orders no skipped ranks and no blank papers. */
const plain = (skips: boolean): fc.Arbitrary<Profile> =>
  profiles.map((profile) => ({
    ...profile,
    candidates: profile.candidates.map((_, c) => `Candidate ${c + 1}`),
    title: 'A title',
    withdrawn: [],
    seats: 1,
    papers: mergedPapers(
      profile.papers.map(({ weight, ranking }) => ({
        weight: 1 + (weight % 5),
        ranking: withoutTrailing(skips ? ranking : ranking.filter((rank) => typeof rank === 'number' || rank.length > 0)),
      })),
    ),
  }))
const withoutTrailing = (ranking: Profile['papers'][number]['ranking']): Profile['papers'][number]['ranking'] =>
  ranking.slice(0, ranking.findLastIndex((rank) => typeof rank === 'number' || rank.length > 0) + 1)

describe('laws of every format', () => {
  it.each(['preflib', 'csv', 'cvr'] as const)('%s: what is written reads back', (format) => {
    const write = { preflib: writePreflib, csv: writeBallotCsv, cvr: writeCvr }[format]
    fc.assert(
      fc.property(plain(format !== 'preflib'), (profile) => {
        const read = parsers[format](bytes(write(profile)))
        const papers = format === 'preflib' ? profile.papers : mergedPapers(read.kind === 'ok' ? read.value.papers : [])
        expect(read).toMatchObject({ kind: 'ok', value: { candidates: profile.candidates } })
        expect(mergedPapers(papers)).toEqual(mergedPapers(profile.papers))
      }),
      runs(60),
    )
  })
  it.each(['preflib', 'csv', 'cvr'] as const)('%s: never throws, whatever the bytes', (format) => {
    const whole = bytes(samples[format])
    const junk = fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 9 })).map(([at, some]) => {
      const cut = at % whole.length
      return Uint8Array.of(...whole.slice(0, cut), ...some, ...whole.slice(cut + (some[0] ?? 0)))
    })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 100 }), junk), (raw) => {
        expect(['ok', 'fail']).toContain(parsers[format](raw).kind)
      }),
      runs(300),
    )
  })
})
