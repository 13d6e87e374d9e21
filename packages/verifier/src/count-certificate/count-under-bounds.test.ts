// The certificate of a count under bounds: every single change is refused, and so is every count that kept other bounds than it says, shut somebody
// out too late, or let somebody go who had to stay.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  certificateOf,
  constrainedMethods,
  countConstrained,
  countDistricts,
  countScottish,
  lotOrder,
  lotSeedOfWords,
  type ConstrainedMethodId,
  type Constraints,
  type Profile,
  type StvCount,
} from '@quorate/counting'
import { canonicalJson, toHex, type Json, type JsonObject } from '@quorate/kernel'
import { anyElections, runs } from '../../../counting/testing/arbitrary.ts'
import { changesOf } from '../../../counting/testing/changes.ts'
import { constraintsFor, group } from '../../../counting/testing/constraints.ts'
import { profileOf } from '../../../counting/testing/worked.ts'
import { checkConstraintCertificate } from '../constraint-certificate/check-bounds.ts'
import { checkCountCertificate } from './check.ts'

const nz = { clause10: 'as-written', clause13: 'from-step-1', discards: 4, numbersAmong: 'all-tied' } as const
const seed = lotSeedOfWords('nineteen steps down to the ferry')
const order = (profile: Profile) => lotOrder(seed, profile.candidates.length)
const boundsOf = (groups: Constraints) => ({ groups, elsewhere: null })

function counted(method: ConstrainedMethodId, profile: Profile, constraints: Constraints): StvCount | null {
  const made = countConstrained(method, nz, profile, constraints, order(profile))
  if (made.kind === 'ok') return made.value.count
  if (made.error.kind === 'infeasible') return null
  throw new Error(JSON.stringify(made.error))
}

const check = (profile: Profile, text: string, constraints: Constraints) =>
  checkCountCertificate(profile, text, toHex(seed), boundsOf(constraints))

const bounded = anyElections.chain(({ profile }) => constraintsFor(profile).map((constraints) => ({ profile, constraints })))

/** Whether a changed certificate only proves the same doom or guard another way: evidence may be another cut that closes. */
const isOtherProof = (path: string): boolean => /\/(evidence)\//.test(path)

describe.each(constrainedMethods)('%s: every single change is refused', (method) => {
  it('of small random elections under bounds that decide something', () => {
    fc.assert(
      fc.property(bounded, ({ profile, constraints }) => {
        const count = counted(method, profile, constraints)
        const acts = count?.stages.flatMap((stage) => stage.acts) ?? []
        fc.pre(acts.length <= 24 && acts.some(({ kind }) => kind === 'doom' || kind === 'guard'))
        if (count === null) return
        const certificate = certificateOf(count, profile, seed)
        expect(check(profile, certificate, constraints)).toEqual({ kind: 'ok', value: count.elected })
        for (const { path, value } of changesOf(JSON.parse(certificate) as Json)) {
          if (path.startsWith('/params/')) continue // Another value of an open point can lead to the same count.
          const checked = check(profile, canonicalJson(value), constraints)
          if (checked.kind === 'ok') {
            expect(path).toSatisfy(isOtherProof)
            continue
          }
          const stage = /^\/stages\/(\d+)/.exec(path)?.[1]
          // A second doom or guard of one candidate may be seen where the first stands, stages before.
          const settled = /^\/stages\/\d+\/acts\/\d+\/candidate$/.test(path)
          if (stage !== undefined && !settled)
            expect({ path, stage: checked.error.stage }).toEqual({ path, stage: Number(stage) + 1 })
          if (stage !== undefined) expect(checked.error.stage).toBeLessThanOrEqual(Number(stage) + 1)
          if (/^\/constraints\/(groups|elsewhere|feasible)/.test(path)) expect(checked.error.field).toMatch(/^\/constraints/)
          expect(checked.error.expected).not.toBe(checked.error.found)
        }
      }),
      runs(method.includes('meek') ? 2 : 5),
    )
  }, 600_000)
})

describe('a hostile count', () => {
  // 100 papers, 2 places, quota 34; of A, B (men) and C, D (women) one each.
  const profile = profileOf('ABCD', 2, ['40 A C', '35 B D', '15 C', '10 D'])
  const bounds = [group('women', 'CD', 1), group('men', 'AB', 0, 1)]
  const honest = certificateOf(counted('scottish-stv@1', profile, bounds) as StvCount, profile, seed)
  const claim = JSON.parse(honest) as { readonly constraints: JsonObject; readonly stages: readonly JsonObject[] } & JsonObject

  it('that kept no bounds, dressed up as one that did', () => {
    const plain = countScottish(profile, order(profile))
    if (plain.kind === 'fail') throw new Error(plain.error.kind)
    const free = certificateOf(plain.value, profile, seed)
    expect(checkCountCertificate(profile, free, toHex(seed))).toMatchObject({ kind: 'ok' })
    expect(check(profile, free, bounds)).toMatchObject({ error: { field: '/constraints' } })
    const dressed = canonicalJson({ ...(JSON.parse(free) as JsonObject), constraints: claim.constraints })
    expect(check(profile, dressed, bounds)).toMatchObject({
      error: { stage: 1, field: expect.stringMatching(/^\/stages\/0\/acts/) as string },
    })
  })
  it('that kept others than the rule has, or kept some where the rule has none', () => {
    const others = [group('women', 'CD', 0), group('men', 'AB', 0, 1)]
    expect(check(profile, honest, others)).toMatchObject({ error: { field: expect.stringMatching(/^\/constraints/) as string } })
    const members = [group('women', 'BD', 1), group('men', 'AC', 0, 1)]
    expect(check(profile, honest, members)).toMatchObject({ error: { field: expect.stringMatching(/^\/constraints/) as string } })
    expect(checkCountCertificate(profile, honest, toHex(seed), null)).toMatchObject({
      error: { field: '/constraints', expected: 'null' },
    })
    // Nobody says which: they are taken as stated, and followed.
    expect(checkCountCertificate(profile, honest, toHex(seed))).toMatchObject({ kind: 'ok', value: [0, 3] })
  })
  it('that says nothing of a doom is told where it is missing, and that neither proof nor witness stands for it', () => {
    const [first, ...rest] = claim.stages
    const acts = (first?.['acts'] as readonly JsonObject[]).filter(({ kind }) => kind !== 'doom')
    const silent = check(profile, canonicalJson({ ...claim, stages: [{ ...first, acts }, ...rest] }), bounds)
    expect(silent).toMatchObject({ error: { stage: 1, field: '/stages/0/acts/3', found: 'nothing' } })
    expect(silent.kind === 'fail' && silent.error.expected).toContain('a proof that 1 is doomed (none), or a witness')
  })
  it('that calls somebody doomed who is not, with a proof of something else', () => {
    const [first, ...rest] = claim.stages
    const acts = first?.['acts'] as readonly JsonObject[]
    const doom = acts.find(({ kind }) => kind === 'doom') ?? {}
    const more = [...acts, { ...doom, candidate: 3 }]
    expect(check(profile, canonicalJson({ ...claim, stages: [{ ...first, acts: more }, ...rest] }), bounds)).toMatchObject({
      error: { stage: 1, field: '/stages/0/acts/4', expected: 'nothing' },
    })
  })
  it('whose witnesses do not keep the bounds, are missing, or are there twice', () => {
    const witnesses = claim.constraints['witnesses'] as readonly Json[]
    const put = (list: readonly Json[]) =>
      check(profile, canonicalJson({ ...claim, constraints: { ...claim.constraints, witnesses: list } }), bounds)
    expect(put([...witnesses, [2, 0]])).toMatchObject({
      error: { field: `/constraints/witnesses/${witnesses.length}`, expected: '"numbers that keep every bound, each set once"' },
    })
    expect(put([...witnesses, witnesses[0] ?? null])).toMatchObject({
      error: { field: `/constraints/witnesses/${witnesses.length}` },
    })
    expect(put([])).toMatchObject({ error: { stage: 1 } })
  })
  it.each<[string, Json]>([
    ['no object', 'none'],
    ['no groups', {}],
    ['groups that are no list', { groups: 1, elsewhere: null, feasible: null, witnesses: [] }],
    [
      'a group without members',
      { groups: [{ name: 'a', clause: '1', least: 0, most: null }], elsewhere: null, feasible: null, witnesses: [] },
    ],
    [
      'somebody twice',
      {
        groups: [{ name: 'a', clause: '1', least: 0, most: null, members: [1, 1] }],
        elsewhere: null,
        feasible: null,
        witnesses: [],
      },
    ],
    [
      'somebody unknown',
      {
        groups: [{ name: 'a', clause: '1', least: 0, most: null, members: [9] }],
        elsewhere: null,
        feasible: null,
        witnesses: [],
      },
    ],
    ['somebody here and elsewhere', { ...claim.constraints, elsewhere: { places: 1, elected: [0], continuing: [] } }],
    ['elsewhere that is no district', { ...claim.constraints, elsewhere: { places: -1, elected: [], continuing: [] } }],
  ])('whose bounds are %s', (_what, constraints) => {
    const text = canonicalJson({ ...claim, constraints })
    expect(checkCountCertificate(profile, text, toHex(seed))).toMatchObject({ error: { field: '/constraints' } })
    expect(check(profile, text, bounds)).toMatchObject({ kind: 'fail' })
  })
})

describe('districts under one bound', () => {
  it('each have a certificate that says what was decided and open elsewhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 30 }), (least, votes) => {
        const candidates = ['A', 'B', 'C', 'D', 'E', 'F']
        const paper = (weight: number, ...ranking: readonly number[]) => ({ weight, ranking })
        const districts = [
          { name: 'north', members: [0, 1, 2], seats: 1, papers: [paper(votes, 0), paper(12, 1, 2), paper(5, 2)] },
          { name: 'south', members: [3, 4, 5], seats: 1, papers: [paper(20, 3), paper(7, 4), paper(9, 5)] },
        ]
        const women = group('women', 'CF', least, null, '9.1')
        const made = countDistricts(
          'scottish-stv@1',
          {},
          { candidates, withdrawn: [] },
          districts,
          '9',
          [women],
          [0, 1, 2, 3, 4, 5],
        )
        if (made.kind === 'fail') throw new Error(JSON.stringify(made.error))
        for (const [i, { count }] of made.value.counts.entries()) {
          const district = districts[i]
          const withdrawn = candidates.flatMap((_, c) => (district?.members.includes(c) === true ? [] : [c]))
          const profile = { title: '', candidates, withdrawn, seats: 1, papers: district?.papers ?? [] }
          const certificate = certificateOf(count.count, profile, null)
          expect(checkCountCertificate(profile, certificate)).toEqual({ kind: 'ok', value: count.count.elected })
          const elsewhere = (JSON.parse(certificate) as { constraints: { elsewhere: JsonObject } }).constraints.elsewhere
          expect(elsewhere).toEqual({
            places: 1,
            elected: i === 0 ? [] : made.value.counts[0]?.count.count.elected,
            continuing: i === 0 ? [3, 4, 5] : [],
          })
        }
      }),
      runs(40),
    )
  })
})

it('what it takes from a certificate of bounds is what the checker of bounds has looked at', () => {
  // Two of three places are for D and E: both must be elected, and are guarded before anybody is.
  const profile = profileOf('ABCDEF', 3, ['30 A', '25 B', '20 C', '6 D', '5 E', '4 F A'])
  const bounds = [group('new members', 'DE', 2)]
  const count = counted('scottish-stv@1', profile, bounds) as StvCount
  const guard = count.stages.flatMap((stage) => stage.acts).find(({ kind }) => kind === 'guard')
  if (guard?.kind !== 'guard') throw new Error('somebody is guarded')
  const facts = { places: 3, groups: bounds, elected: [], continuing: [0, 1, 2, 3, 4, 5] }
  expect(checkConstraintCertificate(guard.certificate, facts)).toMatchObject({ kind: 'ok', value: { claim: 'guarded' } })
  expect(check(profile, certificateOf(count, profile, seed), bounds)).toEqual({ kind: 'ok', value: count.elected })
})
