// The fast engine against the literal one, at every stage and to the last figure, and both against the books. Ten thousand more elections, with the
// checker of certificates as a third, stand in packages/counting/src/certificate/followed-by-the-checker.test.ts.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyElections, runs } from '../../testing/arbitrary.ts'
import {
  countErs97,
  countMeekReference,
  countNzMeek,
  countScottish,
  packProfile,
  unpackProfile,
  type StvCount,
} from '../index.ts'
import { sameValue } from './engines.ts'
import type { NzMeekParams } from './nz-meek.ts'

const nzParams = fc.record<NzMeekParams>(
  {
    clause10: fc.constantFrom('as-written', 'as-practised'),
    clause13: fc.constantFrom('from-step-1', 'from-step-2'),
    discards: fc.constantFrom(4, 5),
    numbersAmong: fc.constantFrom('all-tied', 'those-left'),
  },
  { noNullPrototype: true },
)
const fastOnly = { bothUpTo: 0 }

/** What both engines gave; a difference throws inside the package. */
const fine = (count: { kind: 'ok'; value: StvCount } | { kind: 'fail'; error: unknown }): StvCount => {
  if (count.kind === 'fail') throw new Error(JSON.stringify(count.error))
  return count.value
}

describe('fast = literal on small elections rich in ties, odd ranks, exhausted papers, withdrawals and unfilled seats', () => {
  it('Scottish', () => {
    fc.assert(
      fc.property(anyElections, ({ profile, lot }) => void fine(countScottish(profile, lot))),
      runs(400),
    )
  })
  it('NZ Meek', () => {
    fc.assert(
      fc.property(anyElections, nzParams, ({ profile }, params) => void fine(countNzMeek(params, profile, null))),
      runs(200),
    )
  })
  it('Meek, reference rule', () => {
    fc.assert(
      fc.property(anyElections, ({ profile, lot }) => void fine(countMeekReference(profile, lot))),
      runs(200),
    )
  })
  it('ERS97', () => {
    fc.assert(
      fc.property(anyElections, ({ profile, lot }) => void fine(countErs97(profile, lot))),
      runs(300),
    )
  })
  it('a packed profile counts as the profile it was made of, by one engine or both', () => {
    fc.assert(
      fc.property(anyElections, ({ profile, lot }) => {
        const packed = packProfile(profile)
        const count = fine(countScottish(profile, lot))
        expect(fine(countScottish(packed, lot))).toEqual(count)
        expect(fine(countScottish(packed, lot, fastOnly))).toEqual(count)
        expect(packProfile(unpackProfile(packed))).toEqual(packed)
      }),
      runs(300),
    )
  })
})

describe('the comparison itself', () => {
  it('notices any difference, and nothing else', () => {
    const trace = { stages: [{ totals: [1n, 2n], to: null }], elected: [0] }
    expect(sameValue(trace, structuredClone(trace))).toBe(true)
    expect(sameValue(trace, { ...trace, stages: [{ totals: [1n, 3n], to: null }] })).toBe(false)
    expect(sameValue(trace, { ...trace, stages: [{ totals: [1n], to: null }] })).toBe(false)
    expect(sameValue(trace, { ...trace, more: 1 })).toBe(false)
    expect(sameValue([1n], [1])).toBe(false)
    expect(sameValue(null, {})).toBe(false)
  })
})
