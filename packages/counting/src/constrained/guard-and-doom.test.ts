// Laws of a count under bounds, on small elections rich in ties and bounds; every committee there is, looked at one by one, is the judge.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyElections, runs } from '../../testing/arbitrary.ts'
import { committees, constraintsFor, group, keepsAll } from '../../testing/constraints.ts'
import { profileOf } from '../../testing/worked.ts'
import {
  count,
  countConstrained,
  type ConstrainedCount,
  type ConstrainedMethodId,
  type Constraints,
  type LotOrder,
  type NzMeekParams,
  type Profile,
} from '../index.ts'

const nz: NzMeekParams = { clause10: 'as-practised', clause13: 'from-step-1', discards: 5, numbersAmong: 'all-tied' }
type Try = (profile: Profile, constraints: Constraints, lot: LotOrder | null) => ReturnType<typeof countConstrained>
const methods: readonly (readonly [ConstrainedMethodId, Try, number])[] = [
  ['scottish-stv@1', (p, c, lot) => countConstrained('scottish-stv@1', {}, p, c, lot), 3],
  ['nz-meek@1', (p, c, lot) => countConstrained('nz-meek@1', nz, p, c, lot), 2],
  ['meek-reference@1', (p, c, lot) => countConstrained('meek-reference@1', {}, p, c, lot), 2],
  ['ers97@1', (p, c, lot) => countConstrained('ers97@1', {}, p, c, lot), 3],
]

const bounded = anyElections.chain(({ profile, lot }) =>
  constraintsFor(profile).map((constraints) => ({ profile, lot, constraints })),
)

describe.each(methods)('%s under bounds', (method, counted, times) => {
  const fine = (profile: Profile, constraints: Constraints, lot: LotOrder | null): ConstrainedCount | null => {
    const found = counted(profile, constraints, lot)
    if (found.kind === 'ok') return found.value
    if (found.error.kind === 'infeasible') return null
    throw new Error(JSON.stringify(found.error))
  }

  // 10,000 elections over all methods, in thousands so that a busy machine ends each in time.
  it.each(Array.from({ length: times }, (_, i) => i + 1))(
    'keeps every bound, fills every place, is refused only when no committee could; both engines alike at every stage (thousand %i)',
    () => {
      fc.assert(
        fc.property(bounded, ({ profile, lot, constraints }) => {
          const lawful = committees(profile, constraints)
          const found = fine(profile, constraints, lot)
          expect(found === null).toBe(lawful.length === 0)
          if (found === null) return
          const { elected } = found.count
          expect(keepsAll(elected, constraints)).toBe(true)
          expect(lawful).toContainEqual(elected.toSorted((a, b) => a - b))
        }),
        runs(1000),
      )
    },
  )

  it('says of each doomed and guarded candidate what all committees say, when it first is so; the doomed go first, lowest first', () => {
    fc.assert(
      fc.property(bounded, ({ profile, lot, constraints }) => {
        const found = fine(profile, constraints, lot)
        if (found === null) return
        checkTrace(profile, constraints, found)
      }),
      runs(300),
    )
  })

  it('without bounds, or with bounds that bind nobody, is the method itself to the last figure', () => {
    fc.assert(
      fc.property(bounded, ({ profile, lot, constraints }) => {
        const plain = count(method, nz, profile, lot)
        const loose = constraints.map((c) => ({ ...c, least: 0, most: null }))
        const none = fine(profile, [], lot)
        const free = fine(profile, loose, lot)
        expect(plain).toEqual({ kind: 'ok', value: none?.count })
        expect(free?.count.stages).toEqual(none?.count.stages)
        expect(free?.count.elected).toEqual(none?.count.elected)
      }),
      runs(300),
    )
  })
})

/** Walks through the acts of a trace and asks all committees, at every act, who is doomed and who guarded. */
function checkTrace(profile: Profile, constraints: Constraints, { count: trace }: ConstrainedCount): void {
  const [lawful, everybody] = [committees(profile, constraints), committees(profile, [])]
  const elected: number[] = []
  const excluded: number[] = []
  const doomed = new Set<number>()
  const guarded = new Set<number>()
  for (const { number, acts } of trace.stages) {
    let exclusions = 0
    for (const act of acts) {
      const possible = lawful.filter((all) => elected.every((c) => all.includes(c)) && !excluded.some((c) => all.includes(c)))
      expect(possible.length).toBeGreaterThan(0)
      if (act.kind === 'doom') {
        expect(possible.some((all) => all.includes(act.candidate))).toBe(false)
        doomed.add(act.candidate)
      } else if (act.kind === 'guard') {
        expect(possible.every((all) => all.includes(act.candidate))).toBe(true)
        guarded.add(act.candidate)
      } else if (act.kind === 'elect' || act.kind === 'fill') {
        expect(possible.some((all) => all.includes(act.candidate))).toBe(true)
        elected.push(act.candidate)
      } else if (act.kind === 'exclude') {
        exclusions++
        // Several at once (ERS97 5.2.5) only where whoever is left would keep every bound.
        const any = everybody.filter((all) => elected.every((c) => all.includes(c)) && !excluded.some((c) => all.includes(c)))
        if (exclusions > 1) expect([trace.method, possible]).toEqual(['ers97@1', any])
        expect(guarded.has(act.candidate)).toBe(false)
        const waiting = [...doomed].filter((c) => !excluded.includes(c))
        const before = trace.stages[number - 2]?.totals ?? []
        if (waiting.length > 0) {
          expect(waiting).toContain(act.candidate)
          // The reference rule calls those level whom the surplus left could still part.
          if (trace.method !== 'meek-reference@1')
            expect(waiting.every((c) => (before[c] ?? 0n) >= (before[act.candidate] ?? 0n))).toBe(true)
        }
        excluded.push(act.candidate)
      } else if (act.kind === 'surplus') {
        expect([...doomed].every((c) => excluded.includes(c))).toBe(true)
      }
    }
    // At the end of a stage everybody is judged: who is doomed or guarded and still in has been told.
    const continuing = [...profile.candidates.keys()].filter((c) => ![...elected, ...excluded, ...profile.withdrawn].includes(c))
    const places = Math.min(profile.seats, profile.candidates.length - profile.withdrawn.length) - elected.length
    if (places <= 0 || continuing.length <= places) continue
    const possible = lawful.filter((all) => elected.every((c) => all.includes(c)) && !excluded.some((c) => all.includes(c)))
    for (const c of continuing) {
      const n = possible.filter((all) => all.includes(c)).length
      expect({ c, doomed: doomed.has(c), guarded: guarded.has(c) }).toEqual({
        c,
        doomed: n === 0,
        guarded: n === possible.length,
      })
    }
  }
}

describe('the trap: two reach the quota in one stage and only one may be elected', () => {
  // 100 papers, 2 places, quota 34. A and B, both men, have 40 and 35; one of the two must be a woman.
  const profile = profileOf('ABCD', 2, ['40 A C', '35 B D', '15 C', '10 D'])
  const bounds = [group('women', 'CD', 1), group('men', 'AB', 0, 1)]

  it('elects the higher, dooms the other at once, and passes those papers on at the value they hold', () => {
    const found = countConstrained('scottish-stv@1', {}, profile, bounds, null)
    if (found.kind === 'fail') throw new Error(JSON.stringify(found.error))
    const [first, second] = found.value.count.stages
    expect(first?.acts.map((act) => [act.kind, 'candidate' in act ? act.candidate : null])).toEqual([
      ['first-preferences', null],
      ['quota', null],
      ['elect', 0],
      ['doom', 1],
    ])
    // Before A's surplus: B goes, with 35, every paper still worth a whole vote.
    expect(second?.acts[0]).toMatchObject({ kind: 'exclude', candidate: 1, clause: '4.2', total: 3_500_000n })
    expect(second?.transfers[0]?.parcels).toEqual([
      { to: 3, papers: 35, received: 100_000n, value: 100_000n, amount: 3_500_000n },
    ])
    expect(found.value.count.elected).toEqual([0, 3])
  })
  it('decides by lot who of two that are level is the one, and asks for a lot when there is none', () => {
    const level = profileOf('ABCD', 2, ['38 A C', '38 B D', '14 C', '10 D'])
    const without = countConstrained('scottish-stv@1', {}, level, bounds, null)
    expect(without).toMatchObject({
      kind: 'fail',
      error: { kind: 'lot needed', purpose: 'election', tied: [0, 1], clause: '4.2' },
    })
    for (const lot of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
    ]) {
      const found = countConstrained('scottish-stv@1', {}, level, bounds, lot)
      expect(found.kind === 'ok' && found.value.count.elected[0]).toBe(lot.find((c) => c < 2))
    }
  })
})
