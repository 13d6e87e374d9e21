// The two boxes against one another (a difference throws inside the package), and both against a reader of the tests' own.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../testing/arbitrary.ts'
import { faultsOf, marked, plainRule, runoffs } from '../../testing/runoffs.ts'
import { countIrv, flowOf, gainOf, packProfile, type IrvCount, type IrvParams, type Profile } from '../index.ts'

const counted = (params: IrvParams, profile: Profile, lot: readonly number[]): IrvCount => {
  const result = countIrv(params, profile, lot)
  if (result.kind === 'fail') throw new Error(JSON.stringify(result.error))
  return result.value
}

describe('fast = literal at every round, on papers as voters mark them and any rule', () => {
  it('10,000 elections', () => {
    fc.assert(
      fc.property(runoffs, ({ profile, params, lot }) => void counted(params, profile, lot)),
      runs(10_000),
    )
  }, 600_000)
  it('every paper, followed by itself, is where the count says; every choice is one the rule allows', () => {
    fc.assert(
      fc.property(runoffs, (election) => {
        expect(faultsOf(election, counted(election.params, election.profile, election.lot))).toEqual([])
      }),
      runs(2_000),
    )
  }, 600_000)
  it('a packed profile counts as the profile it was made of', () => {
    fc.assert(
      fc.property(runoffs, ({ profile, params, lot }) => {
        const count = counted(params, profile, lot)
        expect(countIrv(params, packProfile(profile), lot)).toEqual({ kind: 'ok', value: count })
        expect(countIrv(params, packProfile(profile), lot, { bothUpTo: 0 })).toEqual({ kind: 'ok', value: count })
      }),
      runs(300),
    )
  }, 600_000)
  it('the reader notices: another total, another cause, another exclusion, a batch that is not safe', () => {
    const election = { profile: marked('ABC', ['4 A', '3 B', '2 C B', '1 C']), params: plainRule, lot: [0, 1, 2] }
    const count = counted(election.params, election.profile, election.lot)
    expect(faultsOf(election, count)).toEqual([])
    const [one, two] = count.stages
    if (one === undefined || two === undefined) throw new Error('two rounds')
    const changed = (stage: object): IrvCount => ({ ...count, stages: [one, { ...two, ...stage }] })
    expect(faultsOf(election, changed({ totals: [4n, 4n, 0n] }))).not.toEqual([])
    expect(faultsOf(election, changed({ quota: 6n }))).not.toEqual([])
    expect(faultsOf(election, changed({ acts: [{ ...two.acts[0], candidate: 1 }] }))).not.toEqual([])
    expect(faultsOf(election, { ...count, inactive: [] })).toEqual([])
    const wrong = { undervote: 0, overvote: 1, skipped: 0, repeated: 0, exhausted: 0 }
    expect(faultsOf(election, { ...count, inactive: [wrong, wrong] })).not.toEqual([])
  })
})

describe('books', () => {
  it('every vote is somewhere at the end of every round, and the flow is the difference of the table', () => {
    fc.assert(
      fc.property(runoffs, ({ profile, params, lot }) => {
        const count = counted(params, profile, lot)
        const papers = profile.papers.reduce((sum, { weight }) => sum + weight, 0)
        expect(count.valid + count.invalid).toBe(papers)
        for (const [k, stage] of count.stages.entries()) {
          const held = stage.totals.reduce((sum, votes) => sum + votes, stage.nonTransferable)
          expect(held).toBe(BigInt(count.valid))
          const away = Object.values(count.inactive[k] ?? {}).reduce((sum, n) => sum + n, 0)
          expect(BigInt(away - count.invalid)).toBe(stage.nonTransferable)
          const before = count.stages[k - 1]
          if (before === undefined) continue
          const links = flowOf(count, stage.number)
          for (const [c, total] of stage.totals.entries()) expect(total - (before.totals[c] ?? 0n)).toBe(gainOf(links, c))
        }
      }),
      runs(300),
    )
  }, 600_000)
})
