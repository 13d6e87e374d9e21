import { describe, expect, it } from 'vitest'
import { ers97, meekReferenceTable, present, whyAbsent } from '../../testing/official.ts'
import { profileOf } from '../../testing/worked.ts'
import {
  countMeekReference,
  decimalText,
  english,
  parseBlt,
  stageTable,
  type LotOrder,
  type Profile,
  type StvCount,
} from '../index.ts'

function counted(profile: Profile, lot: LotOrder | null = null): StvCount {
  const count = countMeekReference(profile, lot)
  if (count.kind === 'fail') throw new Error(JSON.stringify(count.error))
  return count.value
}
const nine = (votes: bigint): string => decimalText(votes, 9)
const rows = (count: StvCount): readonly string[] =>
  count.stages.map(({ totals, nonTransferable, quota }) =>
    [...totals, nonTransferable, quota].map((v) => nine(v).replace(/\.?0+$/, '')).join(' '),
  )

describe(`the ERS97 model election by the program of Hill, Wichmann and Woodall${whyAbsent}`, () => {
  // That program shows an exclusion and the transfers after it as two stages; one of ours is both.
  const ourStage = new Map([
    [1, 1],
    [2, 2],
    [4, 4],
    [6, 5],
    [9, 7],
  ])
  it.skipIf(!present)('every figure to the two decimals it prints, once surpluses have converged', () => {
    const file = parseBlt(ers97('ers97.blt'))
    if (file.kind === 'fail') throw new Error('the file was refused')
    const count = counted(file.value.profile)
    let compared = 0
    for (const { stage, figures } of meekReferenceTable()) {
      const ours = count.stages[(ourStage.get(stage) ?? 0) - 1]
      if (ours === undefined) continue
      const votes = [...ours.totals, ours.nonTransferable, ours.quota].map((v) => Number(v) / 1e9)
      for (const [i, figure] of figures.entries()) {
        expect(Math.abs((votes[i] ?? -1) - figure)).toBeLessThan(0.01)
        compared++
      }
    }
    expect(compared).toBe(65)
    const quotas = [2, 4, 5, 7].map((number) => nine(count.stages[number - 1]?.quota ?? 0n).slice(0, 8))
    expect(quotas).toEqual(['107.2578', '106.9554', '104.4215', '101.5778'])
    const names = count.elected.map((c) => file.value.profile.candidates[c])
    expect(names).toEqual(['Smith', 'Duke', 'Carpenter', 'Freeman', 'Prince', 'Vicar'])
  })
})

describe('the reference rule of the PR Foundation, by hand', () => {
  // Seats 2. B.2.a: A 60, B 26, C 14. B.2.b: 100 ÷ 3 = 33.333333333 + 0.000000001. A is elected (B.2.c). B.1 again, B.2.a with the same keep
  // factors, surplus 26.666666666. B.2.f: 1 × 33.333333334 ÷ 60 = 0.555555555566… up to 0.555555556. B.2.a: 50 papers A B give A
  // 0.555555556 and B 0.444444444, 10 papers A lose 0.444444444 each. B has 48.222222200, elected.
  it('a surplus passes on by the keep factor, each product rounded up', () => {
    const count = counted(profileOf('ABC', 2, ['50 A B', '10 A', '26 B', '14 C']))
    expect(rows(count)).toEqual(['60 26 14 0 33.333333334', '33.33333336 48.2222222 14 4.44444444 31.851851854'])
    expect(count.stages[1]?.iterations.map(({ keep }) => nine(keep[0] ?? 0n))).toEqual(['1.000000000', '0.555555556'])
    expect(count.stages[1]?.iterations[0]?.surplus).toBe(26_666_666_666n)
    expect(count.elected).toEqual([0, 1])
    expect(count.stages.flatMap(({ acts }) => acts.map(({ clause }) => clause))).toEqual([
      ...['B.2.a', 'B.2.b', 'B.2.c'],
      ...['B.2', 'B.2.b', 'B.2.c'],
    ])
    expect(english.stage(count, 2, ['Ann', 'Ben', 'Cem'])).toBe(
      'Stage 2: All papers were counted again 2 times (iterations 2 to 3), the elected keeping less of each vote. It stopped when somebody reached the quota, with 17.851851852 votes of surplus left. Ben gained most, 22.222222200 votes. With 95.555555560 votes still in play, the quota is now 31.851851854. Elected by reaching the quota of 31.851851854: Ben with 48.222222200 votes.',
    )
  })
  // One seat: the quota is half of what is in play. Nobody has it, no surplus: B.3 defeats the lowest, D with 1; then C.
  it('B.3 defeats the lowest, and papers without a further preference leave the quota', () => {
    const count = counted(profileOf('ABCD', 1, ['5 A', '4 B', '2 C B', '1 D']))
    expect(rows(count)).toEqual(['5 4 2 1 0 6.000000001', '5 4 2 0 1 5.500000001', '5 6 0 0 1 5.500000001'])
    expect(count.elected).toEqual([1])
  })
  it('procedure T is the lot, and asks for one', () => {
    const profile = profileOf('ABC', 1, ['3 A', '2 B', '2 C'])
    const refused = countMeekReference(profile, null)
    expect(refused).toEqual({
      kind: 'fail',
      error: { kind: 'lot needed', stage: 2, clause: 'T', purpose: 'exclusion', tied: [1, 2] },
    })
    const count = counted(profile, [0, 2, 1])
    expect(count.lots).toEqual([{ stage: 2, clause: 'T', purpose: 'exclusion', tied: [1, 2], chosen: 1 }])
    expect(english.stage(count, 2, profile.candidates)).toContain('B and C were as good as level at 2.')
  })
  it('T: who could be overtaken by the surplus left is as good as level', () => {
    // Two papers apart by less than the surplus that nine decimals leave cannot be made by hand; whole votes apart are never tied.
    const count = counted(profileOf('ABC', 1, ['4 A', '3 B', '2 C']))
    expect(count.stages[1]?.acts[0]).toMatchObject({ kind: 'exclude', clause: 'B.3', candidate: 2 })
  })
  it('B.1 and C.1: as many hopeful as seats, or fewer, are elected without a further count', () => {
    const count = counted(profileOf('AB', 3, ['4 A']))
    expect([count.elected, count.unfilled]).toEqual([[0, 1], 1])
    expect(count.stages).toHaveLength(1)
    const last = counted(profileOf('ABC', 2, ['4 A', '4 B', '3 C']))
    expect(last.elected).toEqual([0, 1])
    const table = stageTable(counted(profileOf('ABC', 2, ['3 A', '3 B', '2 C']), [0, 1, 2]), profileOf('ABC', 2, []))
    expect(table.rows.map(({ standing }) => standing.kind)).toEqual(['elected', 'elected', 'not reached'])
  })
})
