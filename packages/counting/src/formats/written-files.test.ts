import { describe, expect, it } from 'vitest'
import { parsePb, writeBallotCsv, writeBlt, writeCvr, writePb, writePreflib, type Profile } from '../index.ts'
import { valueOf } from '../../testing/value.ts'

const lunch: Profile = {
  title: 'Lunch',
  candidates: ['Soup', '=Pie', 'Salad, "green"'],
  withdrawn: [],
  seats: 2,
  papers: [
    { weight: 3, ranking: [0, 1, 2] },
    { weight: 2, ranking: [[0, 2], 1] },
  ],
}
const strict: Profile = { ...lunch, papers: [{ weight: 3, ranking: [2, 0, 1] }] }

describe('files as they are written, to the last character', () => {
  it('PrefLib: complete or not, with ties or without', () => {
    const head = (type: string, voters: number, orders: number): string =>
      `# TITLE: Lunch\n# DATA TYPE: ${type}\n# NUMBER ALTERNATIVES: 3\n# NUMBER VOTERS: ${voters}\n# NUMBER UNIQUE ORDERS: ${orders}\n# ALTERNATIVE NAME 1: Soup\n# ALTERNATIVE NAME 2: =Pie\n# ALTERNATIVE NAME 3: Salad, "green"\n`
    expect(writePreflib(lunch)).toBe(`${head('toc', 5, 2)}3: 1,2,3\n2: {1,3},2\n`)
    expect(writePreflib(strict)).toBe(`${head('soc', 3, 1)}3: 3,1,2\n`)
    expect(writePreflib({ ...lunch, papers: [{ weight: 1, ranking: [1] }] })).toBe(`${head('soi', 1, 1)}1: 2\n`)
    expect(writePreflib({ ...lunch, papers: [{ weight: 1, ranking: [[0, 1]] }] })).toBe(`${head('toi', 1, 1)}1: {1,2}\n`)
    expect(writePreflib({ ...lunch, papers: [] })).toBe(head('soc', 0, 0))
  })
  it('a table: a column a candidate, formulas led by an apostrophe', () => {
    expect(writeBallotCsv(lunch)).toBe(`weight,Soup,'=Pie,"Salad, ""green"""\r\n3,1,2,3\r\n2,1,2,1\r\n`)
    expect(writeBallotCsv({ ...lunch, papers: [{ weight: 1, ranking: [[], 2] }] })).toBe(
      `weight,Soup,'=Pie,"Salad, ""green"""\r\n1,,,2\r\n`,
    )
  })
  it('BLT', () => {
    expect(writeBlt({ ...strict, withdrawn: [1] })).toMatch(/^3 2\n-2\n3 3 1 2 0\n0\n"Soup"\n"=Pie"\n/)
  })
  it('cast vote records: a record a paper', () => {
    const report = JSON.parse(writeCvr({ ...lunch, papers: [{ weight: 2, ranking: [[0, 2], [], 1] }] })) as unknown
    const selection = (c: number, rank: number): unknown => ({
      '@type': 'CVR.CVRContestSelection',
      ContestSelectionId: `selection-${c}`,
      Rank: rank,
      SelectionPosition: [{ '@type': 'CVR.SelectionPosition', HasIndication: 'yes', NumberVotes: 1 }],
    })
    const record = {
      '@type': 'CVR.CVR',
      CurrentSnapshotId: 's',
      CVRSnapshot: [
        {
          '@id': 's',
          '@type': 'CVR.CVRSnapshot',
          Type: 'original',
          CVRContest: [
            {
              '@type': 'CVR.CVRContest',
              ContestId: 'contest',
              CVRContestSelection: [selection(0, 1), selection(2, 1), selection(1, 3)],
            },
          ],
        },
      ],
    }
    expect(report).toEqual({
      '@type': 'CVR.CastVoteRecordReport',
      Version: '1.0.0',
      Election: [
        {
          '@id': 'election',
          '@type': 'CVR.Election',
          Candidate: lunch.candidates.map((Name, c) => ({ '@id': `candidate-${c}`, '@type': 'CVR.Candidate', Name })),
          Contest: [
            {
              '@id': 'contest',
              '@type': 'CVR.CandidateContest',
              Name: 'Lunch',
              ContestSelection: lunch.candidates.map((_, c) => ({
                '@id': `selection-${c}`,
                '@type': 'CVR.CandidateSelection',
                CandidateIds: [`candidate-${c}`],
              })),
            },
          ],
        },
      ],
      CVR: [record, record],
    })
  })
  it('.pb: cells quoted where they must be, and only there', () => {
    const table = (columns: readonly string[], ...rows: readonly (readonly string[])[]) => ({ columns, rows })
    const text = writePb({
      meta: table(['key', 'value'], ['vote_type', 'approval'], ['budget', '9'], ['description', 'a; b']),
      projects: table(
        ['project_id', 'cost', 'name'],
        ['A', '4', ' lead'],
        ['B', '5', 'trail '],
        ['C', '6', 'say "hi"'],
        ['D', '1', 'plain one'],
      ),
      votes: table(['vote'], ['A,B'], ['two\nlines']),
    })
    expect(text).toBe(
      'META\nkey;value\nvote_type;approval\nbudget;9\ndescription;"a; b"\nPROJECTS\nproject_id;cost;name\nA;4;" lead"\nB;5;"trail "\nC;6;"say ""hi"""\nD;1;plain one\nVOTES\nvote\nA,B\n"two\nlines"\n',
    )
    const blank = text.replace('"two\nlines"\n', '   \n ; \n')
    expect(valueOf(parsePb(new TextEncoder().encode(blank))).votes.rows).toEqual([['A,B']])
  })
})
