// The figures that stand beside an act are those of the table: what a sentence says of a stage, its row says too. The certificate leaves them
// out for this reason, so nobody else looks at them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyElections, runs } from '../testing/arbitrary.ts'
import {
  countErs97,
  countMeekReference,
  countNzMeek,
  countScottish,
  profileHash,
  type CountError,
  type LotOrder,
  type NzMeekParams,
  type Profile,
  type Stage,
  type StageAct,
  type StvCount,
} from './index.ts'
import type { Result } from '@quorate/kernel'

type Counter = (profile: Profile, lot: LotOrder) => Result<StvCount, CountError>
const nz: NzMeekParams = { clause10: 'as-practised', clause13: 'from-step-2', discards: 5, numbersAmong: 'those-left' }
const counters: readonly (readonly [string, number, Counter])[] = [
  ['scottish-stv@1', 5, (profile, lot) => countScottish(profile, lot)],
  ['nz-meek@1', 9, (profile, lot) => countNzMeek(nz, profile, lot)],
  ['meek-reference@1', 9, (profile, lot) => countMeekReference(profile, lot)],
  ['ers97@1', 2, (profile, lot) => countErs97(profile, lot)],
]

type Of<K extends StageAct['kind']> = Extract<StageAct, { readonly kind: K }>
const acts = <K extends StageAct['kind']>({ acts: all }: Stage, kind: K): readonly Of<K>[] =>
  all.filter((act): act is Of<K> => act.kind === kind)
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, amount) => all + amount, 0n)

type At = {
  readonly stage: Stage
  readonly before: Stage | null
  /** Elected, and still in, before the stage. */
  readonly elected: readonly number[]
  readonly continuing: readonly number[]
  readonly count: StvCount
}

/** Every count with each of its stages. */
function eachStage(counter: Counter, look: (at: At) => void): void {
  fc.assert(
    fc.property(anyElections, ({ profile, lot }) => {
      const counted = counter(profile, lot)
      if (counted.kind === 'fail') throw new Error(counted.error.kind)
      const count = counted.value
      let elected: readonly number[] = []
      let continuing: readonly number[] = [...profile.candidates.keys()].filter((c) => !profile.withdrawn.includes(c))
      let before: Stage | null = null
      for (const stage of count.stages) {
        look({ stage, before, elected, continuing, count })
        const more = stage.acts.flatMap((act) => (act.kind === 'elect' || act.kind === 'fill' ? [act.candidate] : []))
        const out = acts(stage, 'exclude').map(({ candidate }) => candidate)
        elected = [...elected, ...more]
        continuing = continuing.filter((c) => !more.includes(c) && !out.includes(c))
        before = stage
      }
      expect(elected).toEqual(count.elected)
    }),
    runs(150),
  )
}

describe.each(counters)('%s', (method, places, counter) => {
  it('the head says what was counted, and the end how many places stay empty', () => {
    fc.assert(
      fc.property(anyElections, ({ profile, lot }) => {
        const counted = counter(profile, lot)
        if (counted.kind === 'fail') throw new Error(counted.error.kind)
        const { stages, elected, quota, lots, ...head } = counted.value
        const valid = profile.papers.filter(({ ranking }) => ranking.length > 0)
        expect(head).toMatchObject({
          ...{ kind: 'stv', method, places, seats: profile.seats, profileHash: profileHash(profile) },
          unfilled: profile.seats - elected.length,
          lotOrder: lot,
        })
        expect(BigInt(head.valid + head.invalid)).toBe(sum(profile.papers.map(({ weight }) => BigInt(weight))))
        expect(BigInt(head.valid)).toBeLessThanOrEqual(sum(valid.map(({ weight }) => BigInt(weight))))
        expect(quota).toBe(stages.at(-1)?.quota)
        expect(stages.map(({ number }) => number)).toEqual(stages.map((_, i) => i + 1))
        const [first] = stages
        expect(first?.acts.slice(0, 2)).toMatchObject([
          { kind: 'first-preferences', valid: head.valid, invalid: head.invalid },
          { kind: 'quota', valid: head.valid, seats: profile.seats },
        ])
        const drawn = stages.flatMap((stage) =>
          acts(stage, 'tie').flatMap(({ byLot, clause, purpose, tied, steps, chosen }) =>
            byLot ? [{ stage: stage.number, clause, purpose, tied: steps.at(-1)?.left ?? tied, chosen }] : [],
          ),
        )
        expect(lots).toEqual(drawn)
      }),
      runs(150),
    )
  })
  it('who is excluded goes with the votes they had, who is tied had the same, and who is elected has what was needed', () => {
    eachStage(counter, ({ stage, before, count }) => {
      for (const { candidate, total } of acts(stage, 'exclude')) expect(total).toBe(before?.totals[candidate])
      for (const { tied, total, chosen, purpose } of acts(stage, 'tie')) {
        expect(tied.length).toBeGreaterThan(1)
        expect(tied).toContain(chosen)
        expect(tied).toEqual(tied.toSorted((a, b) => a - b))
        const figures = purpose === 'election' ? stage.totals : (before?.totals ?? [])
        // The reference rule ties all whom the surplus left could not tell apart.
        if (purpose !== 'election') expect(tied.some((c) => figures[c] === total)).toBe(true)
        if (purpose !== 'election' && method !== 'meek-reference@1') expect(tied.every((c) => figures[c] === total)).toBe(true)
        if (method === 'meek-reference@1') expect(tied.every((c) => (figures[c] ?? 0n) >= total)).toBe(true)
      }
      for (const { total, needed } of acts(stage, 'elect')) expect(total).toBeGreaterThanOrEqual(needed)
      if (method !== 'ers97@1')
        for (const { candidate, total, needed } of acts(stage, 'elect'))
          expect([total, needed]).toEqual([stage.totals[candidate], stage.quota])
      for (const { candidate, total } of acts(stage, 'fill')) expect(total).toBe(stage.totals[candidate])
      const fills = acts(stage, 'fill').map(({ total }) => total)
      expect(fills).toEqual(fills.toSorted((a, b) => (a > b ? -1 : a < b ? 1 : 0)))
      if (fills.length > 0) expect(stage.number).toBe(count.stages.length)
    })
  })
  it('a surplus is what its owner had above the quota; the others who wait are those above it; its transfer says the same', () => {
    eachStage(counter, ({ stage, before, elected, continuing }) => {
      const over = elected.filter((c) => (before?.totals[c] ?? 0n) > (before?.quota ?? 0n)).sort((a, b) => a - b)
      for (const act of acts(stage, 'surplus')) {
        const { candidate, total, surplus, waiting } = act
        expect([total, surplus]).toEqual([before?.totals[candidate], total - (before?.quota ?? 0n)])
        expect(waiting).toEqual(over.filter((c) => c !== candidate))
        expect(stage.transfers).toMatchObject([{ from: candidate, total, surplus }])
        expect(stage.totals[candidate]).toBe(before?.quota)
      }
      for (const { from, surplus, total, lost } of stage.transfers) {
        expect(total).toBe(before?.totals[from])
        if (acts(stage, 'surplus').length === 0) expect([surplus, lost]).toEqual([null, 0n])
      }
      for (const { candidates, surplus, lowest, next } of acts(stage, 'defer')) {
        expect([candidates, surplus]).toEqual([over, sum(over.map((c) => (before?.totals[c] ?? 0n) - (before?.quota ?? 0n)))])
        const gone = acts(stage, 'exclude').map(({ candidate }) => candidate)
        expect(lowest).toEqual(gone)
        const above = continuing.filter((c) => !gone.includes(c)).map((c) => before?.totals[c] ?? 0n)
        expect(next).toBe(above.reduce((least, votes) => (votes < least ? votes : least), above[0] ?? 0n))
      }
    })
  })
  it('iterations are numbered through the count, the act names the first and last of its stage, and the surplus is that of the last', () => {
    let at = 0
    eachStage(counter, ({ stage, before }) => {
      if (before === null) at = 0
      expect(stage.iterations.map(({ number }) => number)).toEqual(stage.iterations.map((_, i) => at + i + 1))
      const last = stage.iterations.at(-1)
      for (const act of acts(stage, 'iterate'))
        expect([act.first, act.last, act.surplus]).toEqual([at + 1, last?.number, last?.surplus])
      expect(acts(stage, 'iterate').length).toBe(before !== null && stage.iterations.length > 0 ? 1 : 0)
      if (last !== undefined)
        expect([last.totals, last.nonTransferable, last.quota]).toEqual([stage.totals, stage.nonTransferable, stage.quota])
      for (const act of acts(stage, 'new-quota')) {
        expect(act.quota).not.toBe(before?.quota)
        if (method !== 'ers97@1') expect([act.quota, act.active]).toEqual([stage.quota, sum(stage.totals)])
      }
      at += stage.iterations.length
    })
  })
})
