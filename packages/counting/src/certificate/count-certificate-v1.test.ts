// Format `quorate/count-certificate/v1`, docs/spec/count-certificate.md: what a stranger reads there is what is written.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { canonicalJson, type Json, type JsonObject } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyElections, runs } from '../../testing/arbitrary.ts'
import { constraintsFor } from '../../testing/constraints.ts'
import { profileOf, worked } from '../../testing/worked.ts'
import {
  certificateOf,
  constrainedMethods,
  countConstrained,
  countErs97,
  countMeekReference,
  countNzMeek,
  countScottish,
  lotOrder,
  lotSeedOfWords,
  profileHash,
  type NzMeekParams,
  type Profile,
  type StvCount,
} from '../index.ts'

type Written = JsonObject & { readonly stages: readonly (JsonObject & { readonly acts: readonly JsonObject[] })[] }
const nz: NzMeekParams = { clause10: 'as-practised', clause13: 'from-step-2', discards: 5, numbersAmong: 'those-left' }

const valueOf = (count: ReturnType<typeof countScottish>): StvCount => {
  if (count.kind === 'fail') throw new Error(count.error.kind)
  return count.value
}
const written = (count: ReturnType<typeof countScottish>, profile: Profile, seed: Uint8Array | null = null): Written =>
  JSON.parse(certificateOf(valueOf(count), profile, seed)) as Written

describe('certificate of the first election worked by hand', () => {
  const { profile } = worked[0] ?? { profile: profileOf('A', 1, []) }
  const certificate = written(countScottish(profile, null), profile)
  it('has a head that says what was counted, by which rule, and with what outcome', () => {
    const { stages, ...head } = certificate
    expect(stages).toHaveLength(6)
    expect(head).toEqual({
      format: 'quorate/count-certificate/v1',
      method: 'scottish-stv@1',
      params: {},
      candidates: ['A', 'B', 'C', 'D', 'E', 'F'],
      withdrawn: [],
      seats: 4,
      constraints: null,
      profileHash: profileHash(profile),
      valid: 99,
      invalid: 0,
      places: 5,
      lot: null,
      elected: [0, 1, 2, 3],
      unfilled: 0,
      quota: '20.00000',
    })
  })
  it('says at the first stage what was credited and the quota', () => {
    expect(certificate.stages[0]).toEqual({
      acts: [
        { kind: 'first-preferences', clause: '45' },
        { kind: 'quota', clause: '46', quota: '20.00000' },
        { kind: 'elect', clause: '47(1)', candidate: 0 },
      ],
      transfers: [],
      totals: ['40.00000', '15.00000', '13.00000', '10.00000', '12.00000', '9.00000'],
      nonTransferable: '0.00000',
      lost: '0.00000',
      quota: '20.00000',
    })
  })
  it('gives A and B of each transfer value, papers and amounts, what was lost, and the path of the tie', () => {
    // Rule 48(3): 1 × 1 ÷ 21 and 1 × 0.5 ÷ 21, cut to five places. 15 papers to E, 12 to D.
    expect(certificate.stages[2]).toMatchObject({
      acts: [
        {
          kind: 'tie',
          clause: '49(2)',
          tied: [1, 2],
          steps: [{ stage: 1, among: [1, 2], left: [1] }],
          chosen: 1,
          byLot: false,
          numbers: null,
        },
        { kind: 'surplus', clause: '48', candidate: 1 },
      ],
      transfers: [
        {
          from: 1,
          lost: '0.00025',
          values: [
            {
              received: '1.00000',
              a: '1.0000000000',
              b: '21.00000',
              value: '0.04761',
              to: [{ to: 4, papers: 15, amount: '0.71415' }],
            },
            {
              received: '0.50000',
              a: '0.5000000000',
              b: '21.00000',
              value: '0.02380',
              to: [{ to: 3, papers: 12, amount: '0.28560' }],
            },
          ],
        },
      ],
      lost: '0.00025',
    })
  })
  it('passes the papers of the excluded on at the value they had, without A and B, nobody last', () => {
    expect(certificate.stages[4]?.['transfers']).toEqual([
      {
        from: 5,
        lost: '0.00000',
        values: [
          { received: '1.00000', a: null, b: null, value: '1.00000', to: [{ to: null, papers: 9, amount: '9.00000' }] },
          { received: '0.04761', a: null, b: null, value: '0.04761', to: [{ to: 3, papers: 13, amount: '0.61893' }] },
        ],
      },
    ])
  })
})

describe('what the other rules write', () => {
  it('ERS97: a value is the surplus ÷ the transferable papers of the last batch; papers worth no more than it keep theirs', () => {
    // Quota 100 ÷ 3 = 33.33, up: 33.34. A's 26.66 on 40 transferable papers: 0.66, lost 0.26; 20 name nobody.
    const profile = profileOf('ABCD', 2, ['40 A B', '20 A', '12 B', '15 C', '13 D'])
    const [, second] = written(countErs97(profile, null), profile).stages
    expect(second).toMatchObject({
      acts: [
        { kind: 'surplus', clause: '5.3', candidate: 0 },
        { kind: 'elect', clause: '5.3.13(a)', candidate: 1 },
      ],
      transfers: [
        {
          from: 0,
          lost: '0.26',
          values: [{ received: '1.00', a: '26.66', b: '40', value: '0.66', to: [{ to: 1, papers: 40, amount: '26.40' }] }],
        },
      ],
    })
    // 10 transferable papers are worth less than the surplus of 26.66: they pass on at 1, and 16.66 is non-transferable.
    const few = profileOf('ABCD', 2, ['10 A B', '50 A', '15 B', '13 C', '12 D'])
    expect(written(countErs97(few, null), few).stages[1]?.['transfers']).toEqual([
      {
        from: 0,
        lost: '0.00',
        values: [
          {
            received: '1.00',
            a: null,
            b: null,
            value: '1.00',
            to: [
              { to: 1, papers: 10, amount: '10.00' },
              { to: null, papers: 50, amount: '16.66' },
            ],
          },
        ],
      },
    ])
  })
  it('Meek: an iteration has keep values and figures; why they ended and the new quota stand in the acts', () => {
    const profile = profileOf('ABC', 2, ['6 A B', '2 B', '2 C'])
    const { stages, params, places } = written(countNzMeek(nz, profile, null), profile)
    expect([params, places]).toEqual([nz, 9])
    expect(stages[0]).toMatchObject({
      acts: [
        { kind: 'first-preferences', clause: '5' },
        { kind: 'quota', clause: '5', quota: '3.333333334' },
        { kind: 'elect', clause: '6', candidate: 0 },
      ],
      iterations: [
        {
          keep: ['1.000000000', '1.000000000', '1.000000000'],
          totals: ['6.000000000', '2.000000000', '2.000000000'],
          nonTransferable: '0.000000000',
          quota: '3.333333334',
          surplus: '2.666666666',
        },
      ],
    })
    // 3.333333334 ÷ 6, up.
    expect(stages[1]).toMatchObject({ iterations: [{ keep: ['0.555555556', '1.000000000', '1.000000000'] }] })
    expect(stages[1]?.acts[0]).toEqual({ kind: 'iterate', clause: '10', ended: 'elected' })
    expect(stages[1]).not.toHaveProperty('transfers')
    expect(written(countMeekReference(profile, null), profile).stages[0]).not.toHaveProperty('transfers')
  })
  it('the lot stands with its seed, or without one, used or not', () => {
    const profile = profileOf('ABC', 1, ['2 A', '2 B', '2 C'])
    const seed = lotSeedOfWords('heads')
    const order = lotOrder(seed, 3)
    const certificate = written(countScottish(profile, order), profile, seed)
    expect(certificate['lot']).toEqual({ order, seed: Buffer.from(seed).toString('hex') })
    expect(certificate.stages[1]?.acts[0]).toMatchObject({
      kind: 'tie',
      clause: '51(2)(b)',
      steps: [],
      byLot: true,
      chosen: order[2],
    })
    expect(written(countScottish(profile, order), profile)['lot']).toEqual({ order, seed: null })
  })
})

type Validator = (value: unknown) => boolean
const validatorFile = new URL('../../../../node_modules/ajv/dist/2020.js', import.meta.url)
/** A validator we did not write, where the tools brought one along. */
function schema(): Validator | null {
  if (!existsSync(validatorFile)) return null
  const loaded = createRequire(import.meta.url)(fileURLToPath(validatorFile)) as {
    readonly default: new (options: object) => { compile: (schema: object) => Validator }
  }
  const text = readFileSync(new URL('../../../../docs/spec/schema/count-certificate.json', import.meta.url), 'utf8')
  return new loaded.default({ strict: false, allErrors: false }).compile(JSON.parse(text) as object)
}
const validate = schema()

describe.skipIf(validate === null)('the published JSON Schema', () => {
  it('admits the certificate of every count under bounds', () => {
    const bounded = anyElections.chain(({ profile, lot }) => constraintsFor(profile).map((bounds) => ({ profile, lot, bounds })))
    let told = 0
    fc.assert(
      fc.property(bounded, fc.constantFrom(...constrainedMethods), ({ profile, lot, bounds }, method) => {
        const count = countConstrained(method, nz, profile, bounds, lot)
        if (count.kind === 'fail') return
        const certificate = JSON.parse(certificateOf(count.value.count, profile, null)) as Record<string, Json>
        if (JSON.stringify(certificate).includes('"kind":"doom"')) told++
        expect([certificate['constraints'] === null, validate?.(certificate)]).toEqual([bounds.length === 0, true])
      }),
      runs(200),
    )
    expect(told).toBeGreaterThan(0)
  })
  it('admits the certificate of every count, and none that lacks a field', () => {
    fc.assert(
      fc.property(anyElections, fc.constantFrom('scottish', 'nz', 'reference', 'ers97'), ({ profile, lot }, rule) => {
        const count =
          rule === 'scottish'
            ? countScottish(profile, lot)
            : rule === 'nz'
              ? countNzMeek(nz, profile, lot)
              : rule === 'reference'
                ? countMeekReference(profile, lot)
                : countErs97(profile, lot)
        const certificate = written(count, profile)
        expect(canonicalJson(certificate)).toBe(certificateOf(valueOf(count), profile, null))
        expect(validate?.(certificate)).toBe(true)
        for (const key of Object.keys(certificate)) {
          const less = Object.fromEntries(Object.entries(certificate).filter(([k]) => k !== key)) as Record<string, Json>
          expect(validate?.(less)).toBe(false)
        }
      }),
      runs(60),
    )
  })
})
