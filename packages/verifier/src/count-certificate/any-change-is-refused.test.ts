// A certificate in which any one field says something else is refused, and the refusal names the stage and the clause.
import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  certificateOf,
  countErs97,
  countIrv,
  countMeekReference,
  countNzMeek,
  countScottish,
  lotOrder,
  lotSeedOfWords,
  type CountError,
  type LotOrder,
  type Profile,
  type StvCount,
} from '@quorate/counting'
import { canonicalJson, toHex, type Json, type JsonObject, type Result } from '@quorate/kernel'
import { anyElections, runs } from '../../../counting/testing/arbitrary.ts'
import { changesOf, type Changed } from '../../../counting/testing/changes.ts'
import { fifeWards, whyAbsent } from '../../../counting/testing/official.ts'
import { runoffs } from '../../../counting/testing/runoffs.ts'
import { profileOf } from '../../../counting/testing/worked.ts'
import { checkCountCertificate } from './check.ts'

type Counter = (profile: Profile, lot: LotOrder | null) => Result<StvCount, CountError>
const nz = { clause10: 'as-practised', clause13: 'from-step-2', discards: 5, numbersAmong: 'those-left' } as const
// With how many elections are tried: Meek certificates have a line for every iteration.
const counters: readonly (readonly [string, Counter, number])[] = [
  ['Scottish', (profile, lot) => countScottish(profile, lot), 8],
  ['NZ Meek', (profile, lot) => countNzMeek(nz, profile, lot), 2],
  ['reference Meek', (profile, lot) => countMeekReference(profile, lot), 4],
  ['ERS97', (profile, lot) => countErs97(profile, lot), 12],
]

const seed = lotSeedOfWords('thirty paces north of the old well')

/** The certificate of a count whose lot was drawn from the seed. */
function certified(counter: Counter, profile: Profile): string {
  const count = counter(profile, lotOrder(seed, profile.candidates.length))
  if (count.kind === 'fail') throw new Error(JSON.stringify(count.error))
  return certificateOf(count.value, profile, seed)
}

/** The refusal of a changed certificate must be there, and must lie in the stage that was changed. */
function expectRefused(profile: Profile, { path, value }: Changed): void {
  const checked = checkCountCertificate(profile, canonicalJson(value), toHex(seed))
  if (checked.kind === 'ok') throw new Error(`a change at ${path} passed`)
  const stage = /^\/stages\/(\d+)/.exec(path)?.[1]
  const { error } = checked
  // Rules read their open points from the certificate: another value of one is another count, and shows at the first stage it moves.
  if (path.startsWith('/params/')) return
  expect({ path, stage: error.stage }).toEqual({ path, stage: stage === undefined ? error.stage : Number(stage) + 1 })
  if (stage !== undefined) expect(error.clause).toMatch(/^\S/)
  expect(error.field).not.toBe('')
}

describe('every single change to a certificate is refused, naming stage and clause', () => {
  it.each(counters)('of small random elections: %s', (_name, counter, times) => {
    fc.assert(
      fc.property(anyElections, ({ profile }) => {
        const certificate = certified(counter, profile)
        expect(checkCountCertificate(profile, certificate, toHex(seed))).toMatchObject({ kind: 'ok' })
        for (const changed of changesOf(JSON.parse(certificate) as Json)) expectRefused(profile, changed)
      }),
      runs(times),
    )
  })
  it('of small random runoffs', () => {
    fc.assert(
      fc.property(runoffs, ({ profile, params }) => {
        const certificate = certified((papers, lot) => countIrv(params, papers, lot), profile)
        expect(checkCountCertificate(profile, certificate, toHex(seed))).toMatchObject({ kind: 'ok' })
        // Another rule can lead to the very same count, and is then a certificate that holds.
        for (const changed of changesOf(JSON.parse(certificate) as Json))
          if (!changed.path.startsWith('/params/')) expectRefused(profile, changed)
      }),
      runs(12),
    )
  }, 600_000)
  it(`of the wards of Fife${whyAbsent}`, { skip: fifeWards().length === 0, timeout: 600_000 }, () => {
    for (const [i, { profile }] of fifeWards().entries()) {
      const certificate = certified(counters[0]?.[1] ?? countScottish, profile)
      expect(checkCountCertificate(profile, certificate, toHex(seed))).toMatchObject({ kind: 'ok' })
      // Every hundredth change, others in every ward.
      const changes = [...changesOf(JSON.parse(certificate) as Json)]
      for (const [k, changed] of changes.entries()) if (k % 100 === i) expectRefused(profile, changed)
    }
  })
  it('other papers than those counted', () => {
    const profile = profileOf('ABC', 1, ['4 A B', '3 B', '2 C B'])
    const certificate = certified(countScottish, profile)
    const others = [
      profileOf('ABC', 1, ['4 A B', '3 B', '2 C A']),
      profileOf('ABC', 1, ['4 A B', '3 B', '1 C B']),
      profileOf('ABC', 2, ['4 A B', '3 B', '2 C B']),
      { ...profile, withdrawn: [2] },
      { ...profile, candidates: ['A', 'B', 'D'] },
    ]
    for (const other of others) expect(checkCountCertificate(other, certificate)).toMatchObject({ kind: 'fail' })
    const split = {
      ...profile,
      papers: profile.papers.flatMap((paper) => Array.from({ length: paper.weight }, () => ({ ...paper, weight: 1 }))),
    }
    expect(checkCountCertificate(split, certificate)).toEqual({ kind: 'ok', value: [1] })
  })
})

describe('what is not a certificate is refused, and nothing throws', () => {
  const profile = profileOf('AB', 1, ['2 A', '2 B'])
  const whole = JSON.parse(certified(countScottish, profile)) as JsonObject
  it.each<[string, string]>([
    ['no JSON', 'stages'],
    ['a list', '[]'],
    ['nothing', 'null'],
    ['an unknown method', canonicalJson({ ...whole, method: 'scottish-stv@9' })],
    ['a method of no text', canonicalJson({ ...whole, method: {} })],
    ['blanks in canonical JSON', ` ${canonicalJson(whole)}`],
    ['stages that are no list', canonicalJson({ ...whole, stages: 'many' })],
    ['a lot that is no order', canonicalJson({ ...whole, lot: { order: [0, 0], seed: null } })],
    ['a lot of texts', canonicalJson({ ...whole, lot: { order: ['0', '1'], seed: null } })],
    ['a seed that is not hex', canonicalJson({ ...whole, lot: { order: [0, 1], seed: 'well' } })],
  ])('%s', (_what, text) => {
    expect(checkCountCertificate(profile, text)).toMatchObject({ kind: 'fail' })
  })
  it.each(counters)('a count that needed a lot, without one: %s', (_name, counter) => {
    const level = profileOf('ABCDEF', 2, ['2 A', '2 B', '2 C', '2 D', '2 E', '2 F'])
    const certificate = JSON.parse(certified(counter, level)) as JsonObject
    const checked = checkCountCertificate(level, canonicalJson({ ...certificate, lot: null }))
    expect(checked.kind).toBe(certificate['method'] === 'nz-meek@1' ? 'ok' : 'fail')
  })
  it.each<[string, Profile]>([
    ['a weight of nothing', { ...profile, papers: [{ weight: 0, ranking: [0] }] }],
    ['half a paper', { ...profile, papers: [{ weight: 0.5, ranking: [0] }] }],
    ['a candidate who does not stand', { ...profile, papers: [{ weight: 1, ranking: [2] }] }],
    ['a candidate twice', { ...profile, papers: [{ weight: 1, ranking: [0, [0, 1]] }] }],
    ['no places', { ...profile, seats: 0 }],
    ['somebody unknown who withdrew', { ...profile, withdrawn: [7] }],
  ])('papers with %s', (_what, papers) => {
    expect(checkCountCertificate(papers, canonicalJson(whole))).toMatchObject({ kind: 'fail', error: { field: '/papers' } })
  })
  it('another seed than the one publicly known', () => {
    const other = toHex(lotSeedOfWords('another'))
    expect(checkCountCertificate(profile, canonicalJson(whole), other)).toMatchObject({ kind: 'fail', error: { stage: null } })
  })
})

describe('the checker itself', () => {
  it('has fewer than 500 lines of code for the transferable votes', () => {
    // Blank lines and comments aside. Bounds have a checker of their own. Instant runoff, which is no transferable vote for several places, stands beside the family in a file of its own.
    const files = readdirSync(import.meta.dirname).filter((file) => !file.endsWith('.test.ts') && file !== 'irv.ts')
    const text = files.flatMap((file) => readFileSync(join(import.meta.dirname, file), 'utf8').split('\n'))
    const code = text.filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/\*\*|\*)/.test(line))
    expect(code.length).toBeLessThan(500)
  })
})
