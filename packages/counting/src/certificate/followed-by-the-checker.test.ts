// The checker of certificates, which shares no code with either engine, follows what both say of the same papers: the third opinion on every
// rule, and the only second one where the engines share it (ERS97 and Meek differ in how they hold papers, not in the rule).
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Result } from '@quorate/kernel'
import { checkCountCertificate } from '../../../verifier/src/count-certificate/check.ts'
import { anyElections, runs } from '../../testing/arbitrary.ts'
import { constraintsFor } from '../../testing/constraints.ts'
import { runoffs } from '../../testing/runoffs.ts'
import {
  certificateOf,
  countConstrained,
  countErs97,
  countIrv,
  countMeekReference,
  countNzMeek,
  countScottish,
  type ConstrainedMethodId,
  type Constraints,
  type CountError,
  type LotOrder,
  type NzMeekParams,
  type Profile,
  type StvCount,
} from '../index.ts'

const nzParams = fc.record<NzMeekParams>(
  {
    clause10: fc.constantFrom('as-written', 'as-practised'),
    clause13: fc.constantFrom('from-step-1', 'from-step-2'),
    discards: fc.constantFrom(4, 5),
    numbersAmong: fc.constantFrom('all-tied', 'those-left'),
  },
  { noNullPrototype: true },
)

type Election = { readonly profile: Profile; readonly lot: LotOrder | null }

/** One in eight has no lot order. */
const contests = fc
  .tuple(anyElections, fc.nat({ max: 7 }))
  .map(([{ profile, lot }, chance]): Election => ({ profile, lot: chance === 0 ? null : lot }))

/** Several level at the top, over or at the quota: where bounds do not let all of them in, somebody must be first. */
const levels = fc
  .record({ top: fc.integer({ min: 2, max: 4 }), others: fc.integer({ min: 1, max: 3 }), seats: fc.integer({ min: 2, max: 4 }) })
  .chain(({ top, others, seats }) => {
    const all = Array.from({ length: top + others }, (_, c) => c)
    const next = fc.array(fc.constantFrom(...all), { minLength: all.length, maxLength: all.length })
    return fc
      .record({ next, few: fc.nat({ max: 3 }), lot: fc.shuffledSubarray(all, { minLength: all.length }) })
      .map(({ next, few, lot }): Election => {
        const papers = all.map((c) => ({
          weight: c < top ? 12 : 1 + few,
          ranking: next[c] === c ? [c] : [c, next[c] ?? 0],
        }))
        return { profile: { title: '', candidates: all.map((c) => `C${c + 1}`), withdrawn: [], seats, papers }, lot }
      })
  })

const bounded = fc
  .oneof({ weight: 3, arbitrary: contests }, { weight: 1, arbitrary: levels })
  .chain(({ profile, lot }) => constraintsFor(profile).map((constraints) => ({ profile, lot, constraints })))

/** Both engines count (a difference throws inside the package), and the certificate is checked against the papers. */
function agree(counted: Result<StvCount, CountError>, { profile, lot }: Election, constraints: Constraints = []): void {
  if (counted.kind === 'fail') {
    // No lot was given and one was needed.
    expect([lot, counted.error.kind]).toEqual([null, 'lot needed'])
    return
  }
  const checked = checkCountCertificate(profile, certificateOf(counted.value, profile, null), undefined, {
    groups: constraints,
    elsewhere: null,
  })
  if (checked.kind === 'fail') throw new Error(JSON.stringify(checked.error))
  expect(checked.value).toEqual(counted.value.elected)
}

describe('fast = literal = certificate on small elections rich in ties, odd ranks, exhausted papers, withdrawals and unfilled seats', () => {
  it('Scottish', () => {
    fc.assert(
      fc.property(contests, (contest) => agree(countScottish(contest.profile, contest.lot), contest)),
      runs(3500),
    )
  }, 600_000)
  it('NZ Meek', () => {
    fc.assert(
      fc.property(contests, nzParams, (contest, params) => agree(countNzMeek(params, contest.profile, contest.lot), contest)),
      runs(2000),
    )
  }, 600_000)
  it('Meek, reference rule', () => {
    fc.assert(
      fc.property(contests, (contest) => agree(countMeekReference(contest.profile, contest.lot), contest)),
      runs(2000),
    )
  }, 600_000)
  it('ERS97', () => {
    fc.assert(
      fc.property(contests, (contest) => agree(countErs97(contest.profile, contest.lot), contest)),
      runs(2500),
    )
  }, 600_000)
  it.each<readonly [ConstrainedMethodId, number]>([
    ['scottish-stv@1', 1500],
    ['nz-meek@1', 800],
    ['meek-reference@1', 800],
    ['ers97@1', 1500],
  ])(
    '%s under bounds, each doom and guard with its proof and nobody overlooked',
    (method, times) => {
      fc.assert(
        fc.property(bounded, nzParams, ({ constraints, ...contest }, params) => {
          const counted = countConstrained(method, params, contest.profile, constraints, contest.lot)
          if (counted.kind === 'ok') agree({ kind: 'ok', value: counted.value.count }, contest, constraints)
          else if (counted.error.kind !== 'infeasible') expect([contest.lot, counted.error.kind]).toEqual([null, 'lot needed'])
        }),
        runs(times),
      )
    },
    600_000,
  )
  it('instant runoff, under every rule', () => {
    fc.assert(
      fc.property(runoffs, ({ profile, params, lot }) => agree(countIrv(params, profile, lot), { profile, lot })),
      runs(2000),
    )
  }, 600_000)
})
