import type { Result } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elections, runs } from '../../testing/arbitrary.ts'
import { profileOf } from '../../testing/worked.ts'
import {
  countErs97,
  countMeekReference,
  countNzMeek,
  countScottish,
  english,
  flowOf,
  gainOf,
  stagesJson,
  whyNotElected,
  type CountError,
  type NzMeekParams,
  type Profile,
  type StvCount,
} from '../index.ts'

type Method = (profile: Profile, lot: readonly number[] | null) => Result<StvCount, CountError>
const nz: NzMeekParams = { clause10: 'as-practised', clause13: 'from-step-1', discards: 4, numbersAmong: 'all-tied' }
const methods: readonly (readonly [string, Method])[] = [
  ['Scottish', countScottish],
  ['NZ Meek', (profile, lot) => countNzMeek(nz, profile, lot)],
  ['reference Meek', countMeekReference],
  ['ERS97', countErs97],
]

describe.each(methods)('laws of a transferable vote, on small elections rich in ties: %s', (name, method) => {
  // Two candidates can share an ERS97 quota that is an exact division; a Meek rule rounds every part of a paper up by as much as 10^-9.
  const slack = name === 'Scottish' ? 0n : name === 'ERS97' ? 1n : 10_000n
  const counted = (profile: Profile, lot: readonly number[]): StvCount => {
    const count = method(profile, lot)
    if (count.kind === 'fail') throw new Error(JSON.stringify(count.error))
    return count.value
  }

  it('conservation: every vote is somewhere at the end of every stage, and the flow is the difference of the table', () => {
    fc.assert(
      fc.property(elections, ({ profile, lot }) => {
        const count = counted(profile, lot)
        const { stages, valid, places } = count
        for (const [k, stage] of stages.entries()) {
          const held = stage.totals.reduce((sum, votes) => sum + votes, 0n)
          expect(held + stage.nonTransferable + stage.lost).toBe(BigInt(valid) * 10n ** BigInt(places))
          const before = stages[k - 1]
          if (before === undefined) continue
          const links = flowOf(count, stage.number)
          expect(stage.totals.map((total, c) => total - (before.totals[c] ?? 0n))).toEqual(
            stage.totals.map((_, c) => gainOf(links, c)),
          )
          expect(stage.nonTransferable - before.nonTransferable).toBe(gainOf(links, 'non-transferable'))
          expect(stage.lost - before.lost).toBe(gainOf(links, 'lost'))
        }
      }),
      runs(250),
    )
  })
  it('every place is filled while candidates last, nobody twice, and it ends', () => {
    fc.assert(
      fc.property(elections, ({ profile, lot }) => {
        const { elected, unfilled, stages } = counted(profile, lot)
        expect(elected.length + unfilled).toBe(profile.seats)
        expect(elected.length).toBe(Math.min(profile.seats, profile.candidates.length))
        expect(new Set(elected).size).toBe(elected.length)
        expect(stages.length).toBeLessThanOrEqual(2 * profile.candidates.length)
      }),
      runs(250),
    )
  })
  it('anonymity: shuffling, splitting and merging papers changes nothing, not even the fingerprint', () => {
    fc.assert(
      fc.property(elections, fc.infiniteStream(fc.nat({ max: 1000 })), ({ profile, lot }, chance) => {
        const split = profile.papers.flatMap(({ weight, ranking }) => {
          const first = Number(chance.next().value) % (weight + 1)
          return [first, weight - first].filter((w) => w > 0).map((w) => ({ weight: w, ranking }))
        })
        const keyed = split.map((paper) => ({ paper, key: Number(chance.next().value) }))
        const papers = keyed.sort((a, b) => a.key - b.key).map(({ paper }) => paper)
        expect(counted({ ...profile, papers }, lot)).toEqual(counted(profile, lot))
      }),
      runs(250),
    )
  })
  it('neutrality: renumbering the candidates, the lot alike, renumbers the result and changes no figure', () => {
    fc.assert(
      fc.property(elections, fc.infiniteStream(fc.nat()), ({ profile, lot }, chance) => {
        const order = profile.candidates.map((_, c) => ({ c, key: Number(chance.next().value) })).sort((a, b) => a.key - b.key)
        const to = profile.candidates.map((_, c) => order.findIndex((o) => o.c === c)) // new number of old candidate c
        const moved: Profile = {
          ...profile,
          papers: profile.papers.map(({ weight, ranking }) => ({
            weight,
            ranking: ranking.map((c) => to[c as number] as number),
          })),
        }
        const a = counted(profile, lot)
        const b = counted(
          moved,
          lot.map((c) => to[c] as number),
        )
        // The numbers of Schedule 1A go by order of nomination: where they decided, the law does not hold.
        if (byNumbers(a)) return
        expect(new Set(b.elected)).toEqual(new Set(a.elected.map((c) => to[c])))
        expect(b.stages.map(({ totals }) => to.map((c) => totals[c]))).toEqual(a.stages.map(({ totals }) => totals))
      }),
      runs(250),
    )
  })
  it('a candidate who withdrew changes nothing, wherever the papers name them', () => {
    fc.assert(
      fc.property(elections, fc.nat({ max: 5 }), ({ profile, lot }, at) => {
        const ghost = profile.candidates.length
        const haunted: Profile = {
          ...profile,
          candidates: [...profile.candidates, 'Ghost'],
          withdrawn: [ghost],
          papers: profile.papers.map(({ weight, ranking }) => ({ weight, ranking: ranking.toSpliced(at, 0, ghost) })),
        }
        const a = counted(profile, lot)
        const b = counted(haunted, [ghost, ...lot])
        expect(b.elected).toEqual(a.elected)
        const without = ({ totals, ...rest }: { readonly totals: readonly bigint[] }): unknown => ({
          ...rest,
          totals: totals.slice(0, ghost),
        })
        expect(
          b.stages.map(({ iterations, ...stage }) => ({
            iterations: iterations.map(({ keep, ...rest }) => ({ keep: keep.slice(0, ghost), rest: without(rest) })),
            stage: without(stage),
          })),
        ).toEqual(
          a.stages.map(({ iterations, ...stage }) => ({
            iterations: iterations.map(({ keep, ...rest }) => ({ keep, rest })),
            stage,
          })),
        )
      }),
      runs(250),
    )
  })
  it('the lot matters only where a lot is on the count', () => {
    fc.assert(
      fc.property(elections, ({ profile, lot }) => {
        const a = counted(profile, lot)
        const without = method(profile, null)
        expect(without.kind).toBe(a.lots.length === 0 ? 'ok' : 'fail')
        if (without.kind === 'ok') expect({ ...without.value, lotOrder: lot }).toEqual(a)
      }),
      runs(250),
    )
  })
  it('a solid coalition of k quotas elects k of its own (Droop), but for what truncation may lose', () => {
    fc.assert(
      fc.property(elections, fc.integer({ min: 1, max: 3 }), ({ profile, lot }, size) => {
        const coalition = profile.candidates.map((_, c) => c).slice(0, size)
        const solid = profile.papers.filter(({ ranking }) => coalition.every((c) => ranking.slice(0, size).includes(c)))
        const { elected, stages, places } = counted(profile, lot)
        const votes = BigInt(solid.reduce((n, { weight }) => n + weight, 0)) * 10n ** BigInt(places)
        const quota = stages[0]?.quota ?? 0n
        const lost = stages.at(-1)?.lost ?? 0n
        const due = [1n, 2n, 3n].filter((k) => k <= BigInt(coalition.length) && k * quota + lost + slack <= votes).length
        expect(elected.filter((c) => coalition.includes(c)).length).toBeGreaterThanOrEqual(due)
      }),
      runs(250),
    )
  })
  it('every stage has its sentence and everybody who lost a reason; nothing in a trace is a float', () => {
    fc.assert(
      fc.property(elections, ({ profile, lot }) => {
        const count = counted(profile, lot)
        for (const { number } of count.stages)
          expect(english.stage(count, number, profile.candidates)).toMatch(/^Stage \d+: .*\.$/)
        for (const c of profile.candidates.keys()) {
          const why = whyNotElected(count, c, profile.withdrawn)
          expect(why === null).toBe(count.elected.includes(c))
          if (why !== null) expect(english.notElected(why, count, profile.candidates)).toContain(profile.candidates[c])
        }
        const numbers = JSON.stringify(stagesJson(count, profile, english)).match(/:-?\d+\.\d+/g)
        expect(numbers).toBeNull()
      }),
      runs(100),
    )
  })
})

const byNumbers = (count: StvCount): boolean =>
  count.stages.some(({ acts }) => acts.some((act) => act.kind === 'tie' && act.numbers !== null))

describe('what no transferable vote has: a witness', () => {
  // 39 A B C, 35 B C A, 26 C A B: C goes, A has 65. If ten of the B C A put A first, B goes instead and C beats A by 51 to 49.
  it.each(methods)('monotonicity fails: more first preferences make the winner lose (%s)', (_name, method) => {
    const winnerOf = (papers: readonly string[]): string => {
      const profile = profileOf('ABC', 1, papers)
      const count = method(profile, null)
      return count.kind === 'ok' ? count.value.elected.map((c) => profile.candidates[c]).join() : count.error.kind
    }
    expect(winnerOf(['39 A B C', '35 B C A', '26 C A B'])).toBe('A')
    expect(winnerOf(['49 A B C', '25 B C A', '26 C A B'])).toBe('C')
  })
})
