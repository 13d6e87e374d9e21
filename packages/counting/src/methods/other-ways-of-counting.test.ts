// Places kept for a group, a second count as if there were more places and fewer, a second round, papers that name somebody twice: each by the
// name of its method.
import { describe, expect, it } from 'vitest'
import { valueOf } from '../../testing/value.ts'
import {
  accountOf,
  boxReader,
  counterOf,
  countMethods,
  english,
  parseBlt,
  parseCvr,
  subjectOf,
  welsh,
  writeCvr,
  type Box,
  type Constraint,
  type Count,
  type CountFailure,
  type MarkCount,
  type ReadAs,
} from '../index.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const boxOf = (text: string): Box => ({ kind: 'rankings', profile: valueOf(parseBlt(text)).profile })
const women: Constraint = { name: 'women', clause: '4.2', members: [2, 3], unsettled: [], least: 2, most: null }
// 4 places; by marks Al 9, Bo 8, Cy 5, Di 4, Ed 6, Flo 1.
const division = `6 4
1 1 0
8 1=2 0
5 3=5 0
1 4=5 0
3 4 0
1 6 0
0
"Al"
"Bo"
"Cy"
"Di"
"Ed"
"Flo"
"A division"
`
const block = valueOf(counterOf('block-vote', new Map([['least', '1'], ['tooMany', 'invalid']]))) // prettier-ignore

const reserved = (text: string, rule: readonly Constraint[], lot: readonly number[] | null = null): MarkCount | CountFailure => {
  const count = block.bounded?.(boxOf(text), rule, lot)
  if (count === undefined) throw new Error('the block vote has reserved places')
  if (count.kind === 'fail') return count.error
  if (count.value.kind !== 'marks') throw new Error('marks are counted')
  return count.value
}

describe('places kept for a group where the most marks win', () => {
  it('the kept places go to those of the group with most, the others to whoever has most', () => {
    const plain = valueOf(block.count(boxOf(division), null))
    expect(plain).toMatchObject({ votes: [9, 8, 5, 4, 6, 1], elected: [0, 1, 4, 2] })
    expect('reserved' in plain).toBe(false)
    expect(reserved(division, [women])).toMatchObject({
      votes: [9, 8, 5, 4, 6, 1],
      elected: [0, 1, 2, 3],
      unfilled: 0,
      tied: [],
      reserved: { name: 'women', clause: '4.2', members: [2, 3], places: [2, 3] },
    })
  })
  it('is told with the clause, and whoever has more marks than somebody elected is told why', () => {
    const count = reserved(division, [women]) as MarkCount // asserted above
    const subject = subjectOf(boxOf(division))
    const account = accountOf(count, subject, english)
    expect(account.headline).toBe('Elected: Al, Bo, Cy and Di.')
    expect(account.stages.map(({ text, clauses }) => [text, clauses])).toEqual([
      ['The marks on 19 papers were added up.', []],
      ['2 places are kept for “women” (4.2), and of them Cy and Di have most. Of all others Al and Bo have most.', ['4.2']],
    ])
    expect(account.options.find(({ name }) => name === 'Ed')).toMatchObject({
      chosen: false,
      whyNot: expect.stringContaining('Bo') as string,
    })
    expect(accountOf(count, subject, welsh).stages[1]?.text).toContain('Cedwir 2 o leoedd i “women” (4.2), ac')
  })
  it('every place may be kept; then nobody else is behind anybody', () => {
    const all = reserved(division.replace('6 4', '6 2'), [women]) as MarkCount // two places for two women
    expect(all).toMatchObject({ elected: [2, 3], reserved: { places: [2, 3] } })
    const account = accountOf(all, subjectOf(boxOf(division)), english)
    expect(account.options.find(({ name }) => name === 'Al')?.whyNot).toBe('Every place was kept for “women”.')
  })
  it('level at a last place: the lot, for the kept places and for the others', () => {
    const level = division.replace('3 4 0', '3 4 0\n3 6 0').replace('5 3=5', '4 3=5') // Cy, Di and Flo 4 each
    const three = { ...women, members: [2, 3, 5] }
    expect(reserved(level, [three])).toEqual({ kind: 'lot needed', tied: [2, 3, 5], at: null })
    expect(reserved(level, [three], [5, 4, 3, 2, 1, 0])).toMatchObject({ tied: [2, 3, 5], reserved: { places: [5, 3] } })
    const open = division.replace('1 1 0\n', '') // Al and Bo 8 each
    expect(reserved(open, [{ ...women, least: 2 }])).toMatchObject({ elected: [0, 1, 2, 3], tied: [] })
    expect(reserved(open.replace('6 4', '6 3'), [women], [1, 0, 2, 3, 4, 5])).toMatchObject({ elected: [1, 2, 3], tied: [0, 1] })
  })
  it('refuses what is no rule of kept places, or cannot be met', () => {
    const bad = (rules: readonly Constraint[]) => reserved(division, rules)
    const what = 'places are kept for one group, with “at least” and nothing else'
    expect(bad([])).toEqual({ kind: 'bad bounds', what })
    expect(bad([{ ...women, most: 3 }])).toEqual({ kind: 'bad bounds', what })
    expect(bad([women, { ...women, name: 'others' }])).toEqual({ kind: 'bad bounds', what })
    expect(bad([{ ...women, members: [9] }])).toEqual({ kind: 'bad bounds', what: 'bad member' })
    expect(bad([{ ...women, least: 3 }])).toEqual({
      kind: 'bounds cannot be kept',
      texts: {
        en: '3 places are kept for “women”, of whom 2 stand.',
        cy: 'Cedwir 3 o leoedd i “women”, a nifer y rhai ohonynt sy’n sefyll yw 2.',
      },
    })
    expect(bad([{ ...women, least: 5 }])).toEqual({
      kind: 'bounds cannot be kept',
      texts: { en: '5 places are to be kept, and there are 4.', cy: 'Mae 5 o leoedd i’w gadw, a dim ond 4 sydd.' },
    })
  })
})

describe('as if there were more places and fewer', () => {
  const stv = valueOf(counterOf('scottish-stv', new Map()))
  // Two places; Al and Bo have the votes, Cy comes third.
  const ward = boxOf('3 2\n10 1 2 0\n9 2 1 0\n5 3 2 0\n0\n"Al"\n"Bo"\n"Cy"\n')
  it('takes the group from the larger committee and the others from the smaller one', () => {
    const rule: Constraint = { name: 'women', clause: '8.1', members: [2], unsettled: [], least: 1, most: null }
    const counted = valueOf(stv.asIf?.(ward, rule, [0, 1, 2]) ?? { kind: 'fail', error: 'none' })
    // For one place Cy goes out and her papers make Bo the winner.
    expect(counted).toMatchObject({ elected: [1, 2] })
    expect(counted.counts.map(({ purpose, seats }) => [purpose, seats])).toEqual([
      ['as it is', 2],
      ['larger', 3],
      ['smaller', 1],
    ])
    expect(stv.asIf?.(ward, { ...rule, members: [], least: 1 }, null)).toEqual({
      kind: 'fail',
      error: {
        kind: 'bounds cannot be kept',
        texts: {
          en: 'No larger committee elects exactly 1 of those who are too few: “women” (8.1) cannot be met.',
          cy: 'Nid oes pwyllgor mwy sy’n ethol 1 yn union o’r rhai sy’n rhy brin: ni ellir bodloni “women” (8.1).',
        },
      },
    })
    expect(stv.asIf?.(ward, { ...rule, name: '' }, null)).toEqual({
      kind: 'fail',
      error: { kind: 'bad bounds', what: 'bad name' },
    })
  })
  it('the catalogue says of each method what bounds become in it', () => {
    const said = countMethods.flatMap(({ id, bounds }) => (bounds === undefined ? [] : [`${id}: ${bounds}`]))
    expect(said).toEqual([
      'scottish-stv@1: guard and doom',
      'nz-meek@1: guard and doom',
      'meek-reference@1: guard and doom',
      'ers97@1: guard and doom',
      'plurality@1: places kept',
      'block-vote@1: places kept',
      'limited-vote@1: places kept',
      'choose@1: places kept',
    ])
  })
  it('is there for the methods that bounds are there for, and takes papers that rank', () => {
    const named = countMethods.filter(({ id }) => {
      const ready = counterOf(id, new Map(id === 'nz-meek@1' ? nz : []))
      return ready.kind === 'ok' && ready.value.asIf !== null
    })
    expect(named.map(({ id }) => id)).toEqual(['scottish-stv@1', 'nz-meek@1', 'meek-reference@1', 'ers97@1'])
    const grades: Box = {
      kind: 'grades',
      profile: { title: '', candidates: ['A'], seats: 1, scale: { lowest: 0, highest: 1 }, papers: [] },
    }
    expect(stv.asIf?.(grades, women, null)).toMatchObject({ error: { kind: 'other papers' } })
  })
  const nz = [
    ['clause10', 'as-written'],
    ['clause13', 'from-step-2'],
    ['discards', '4'],
    ['numbersAmong', 'all-tied'],
  ] as const
})

describe('a second round', () => {
  const rounds = valueOf(
    counterOf('two-round', new Map([['majorityOf', 'valid'], ['tooMany', 'cut'], ['second', 'top-two-all']])), // prettier-ignore
  )
  const first = '3 1\n4 1 0\n3 2 0\n2 3 0\n0\n"Al"\n"Bo"\n"Cy"\n'
  const second = (text: string): Count | CountFailure => {
    const count = rounds.secondRound?.(boxOf(first), boxOf(text), null)
    if (count === undefined) throw new Error('there is a second round')
    return count.kind === 'ok' ? count.value : count.error
  }
  it('may name all who stood, with the others withdrawn, or only those who go on', () => {
    const all = second('3 1\n-3\n4 1 0\n5 2 0\n0\n"Al"\n"Bo"\n"Cy"\n')
    const part = second('2 2\n5 1 0\n4 2 0\n0\n"Bo"\n"Al"\n')
    expect(all).toMatchObject({ elected: 1, qualified: [0, 1], second: { votes: [4, 5, 0] } })
    expect(part).toEqual(all)
    const gone = second('2 1\n-2\n5 1 0\n0\n"Bo"\n"Al"\n')
    expect(gone).toMatchObject({ elected: 1, second: { votes: [0, 5, 0] } })
  })
  it('refuses candidates who did not stand, or did not go on', () => {
    for (const text of [
      '2 1\n5 1 0\n0\n"Bo"\n"Zoe"\n',
      '2 1\n5 1 0\n0\n"Bo"\n"Cy"\n',
      '2 1\n5 1 0\n0\n"Bo"\n"Bo"\n',
      '3 1\n5 1 0\n0\n"Al"\n"Bo"\n"Cy"\n',
    ])
      expect(second(text)).toEqual({ kind: 'wrong second round' })
  })
})

describe('what only some methods may read', () => {
  const read = (as: Partial<ReadAs>, text: string) => {
    const reader = boxReader({ format: 'csv', wants: 'rankings', seats: 1, contest: null, scale: null, ...as })
    reader.push(utf8(text))
    return reader.end()
  }
  const twice = 'rank 1,rank 2,rank 3\nAnn,Ann,Bob\nBob,Ann,\n'
  it('a name at two ranks is a fault of the file, and for instant runoff a paper its rule speaks of', () => {
    expect(countMethods.filter(({ repeats }) => repeats === 'allowed').map(({ id }) => id)).toEqual(['irv@1'])
    expect(read({}, twice)).toMatchObject({ error: [{ fault: { kind: 'candidate twice', line: 2, column: 5 } }] })
    const { box } = valueOf(read({ repeats: 'allowed' }, twice))
    const irv = new Map(
      Object.entries({ overvote: 'exhaust', skippedRanks: 'unlimited', repeated: 'exhaust', maxRanks: 'all', batch: 'no', until: 'majority', majorityOf: 'continuing', ties: 'lot' }), // prettier-ignore
    )
    expect(valueOf(valueOf(counterOf('irv', irv)).count(box, [0, 1])).kind).toBe('stv')
  })
  it('cast vote records: the same, and a name written in is a candidate or refused, never passed over', () => {
    const profile = {
      title: 'Mayor',
      candidates: ['Ann', 'Bob'],
      withdrawn: [],
      seats: 1,
      papers: [{ weight: 1, ranking: [0, 1] }],
    }
    type Report = {
      CVR: { CVRSnapshot: { CVRContest: { CVRContestSelection: object[] }[] }[] }[]
      Election: { Contest: { ContestSelection: object[] }[] }[]
    }
    const report = JSON.parse(writeCvr(profile)) as Report
    const marks = report.CVR[0]?.CVRSnapshot[0]?.CVRContest[0]?.CVRContestSelection ?? []
    report.Election[0]?.Contest[0]?.ContestSelection.push({ '@id': 'line', IsWriteIn: true })
    const write = (Text: string, Rank: number) =>
      marks.push({ ContestSelectionId: 'line', Rank, SelectionPosition: [{ HasIndication: 'yes', CVRWriteIn: { Text } }] })
    write('Ann', 3) // somebody who stands: that is Ann, at a second rank
    const text = (): Uint8Array => utf8(JSON.stringify(report))
    expect(valueOf(parseCvr(text(), 1, null, 'refused', 'refused')).papers).toEqual([{ weight: 1, ranking: [0, 1] }])
    expect(valueOf(parseCvr(text(), 1, null, 'allowed', 'refused')).papers).toEqual([{ weight: 1, ranking: [0, 1, 0] }])
    write('Zoe', 4)
    write('', 5)
    expect(valueOf(parseCvr(text(), 1, null)).candidates).toEqual(['Ann', 'Bob', 'Zoe', 'Write-in'])
    const as = { format: 'cvr', writeIns: 'refused' } as const
    expect(read(as, JSON.stringify(report))).toMatchObject({ error: [{ fault: { kind: 'write-in', text: 'Zoe' } }] })
    marks.splice(3, 1)
    expect(read(as, JSON.stringify(report))).toMatchObject({ error: [{ fault: { kind: 'write-in', text: 'Write-in' } }] })
  })
})
