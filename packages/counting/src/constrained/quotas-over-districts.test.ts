// Quotas over all districts: every district has its places, the whole keeps the bounds, and each certificate speaks of the whole.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../testing/arbitrary.ts'
import { committees, keepsAll } from '../../testing/constraints.ts'
import { regions } from '../../testing/regions.ts'
import { countConstrained, countDistricts, countScottish, type Constraint, type District, type Paper } from '../index.ts'

const bound = (name: string, members: readonly number[], least: number, most: number | null = null): Constraint => ({
  name,
  clause: '8.2',
  members: members.toSorted((a, b) => a - b),
  unsettled: [],
  least,
  most,
})

describe('26 places in 8 regions under five quotas on the whole: 13 women, 6 BAME, 3 disabled, 3 LGBT+, 3 under 30', () => {
  const all = regions()
  const starts = all.map((_, i) => all.slice(0, i).reduce((n, { profile }) => n + profile.candidates.length, 0))
  const global = (i: number, own: readonly number[]): readonly number[] => own.map((c) => c + (starts[i] ?? 0))
  const candidates = all.flatMap(({ profile }) => profile.candidates)
  const districts: readonly District[] = all.map(({ name, profile }, i) => ({
    name,
    members: global(i, [...profile.candidates.keys()]),
    seats: profile.seats,
    papers: profile.papers.map(({ weight, ranking }): Paper => ({ weight, ranking: global(i, ranking as readonly number[]) })),
  }))
  const members = (of: (region: (typeof all)[number]) => readonly number[]): readonly number[] =>
    all.flatMap((region, i) => global(i, of(region)))
  const quotas = [
    bound(
      'women',
      members(({ groups }) => groups.women),
      13,
    ),
    bound(
      'BAME people',
      members(({ groups }) => groups.bame),
      6,
    ),
    bound(
      'disabled people',
      members(({ disabled }) => disabled),
      3,
    ),
    bound(
      'LGBT+ people',
      members(({ lgbt }) => lgbt),
      3,
    ),
    bound(
      'people under 30',
      members(({ young }) => young),
      3,
    ),
  ]
  const lot = [...candidates.keys()]

  it(
    'fills the places of each region and keeps every quota; the regions counted first have more freedom',
    { timeout: 120_000 },
    () => {
      const found = countDistricts('scottish-stv@1', {}, { candidates, withdrawn: [] }, districts, '8.1', quotas, lot, {
        bothUpTo: 0,
      })
      if (found.kind === 'fail') throw new Error(JSON.stringify(found.error))
      const { elected, counts } = found.value
      expect(elected).toHaveLength(26)
      expect(keepsAll(elected, quotas)).toBe(true)
      for (const { seats, members: own } of districts) expect(elected.filter((c) => own.includes(c))).toHaveLength(seats)
      // The first region has room to choose as if there were no quota; then the quotas begin to bind.
      const first = all[0]
      const free = first === undefined ? null : countScottish(first.profile, first.lot)
      expect(free?.kind === 'ok' && free.value.elected).toEqual(counts[0]?.count.count.elected)
      const bindsIn = counts.map(({ count }) => count.count.stages.some(({ acts }) => acts.some((act) => act.kind === 'doom')))
      expect(bindsIn[0]).toBe(false)
      expect(bindsIn.some((binds) => binds)).toBe(true)
    },
  )
  it('says which region ends it when there is no result', () => {
    const twice = [...districts.slice(0, 1), ...districts.slice(0, 1)]
    expect(countDistricts('scottish-stv@1', {}, { candidates, withdrawn: [] }, twice, '8.1', [], lot)).toEqual({
      kind: 'fail',
      error: { kind: 'bad district', district: all[0]?.name },
    })
    const wales = districts.at(-1)
    const gone = { candidates, withdrawn: wales?.members ?? [] }
    expect(countDistricts('scottish-stv@1', {}, gone, districts, '8.1', [], lot)).toMatchObject({
      error: { kind: 'no count', district: all[0]?.name, error: { kind: 'infeasible' } },
    })
    const open = [{ ...bound('women', [], 0), unsettled: [0] }]
    expect(countDistricts('scottish-stv@1', {}, { candidates, withdrawn: [] }, districts, '8.1', open, lot)).toMatchObject({
      error: { error: { kind: 'bad constraints', fault: { kind: 'unsettled' } } },
    })
  })
})

describe('two small districts', () => {
  const papers = (own: readonly number[]) =>
    fc.array(fc.record({ weight: fc.integer({ min: 1, max: 9 }), ranking: fc.shuffledSubarray([...own], { minLength: 1 }) }), {
      maxLength: 8,
    })
  const elections = fc.record({
    seats: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 })),
    one: papers([0, 1, 2, 3]),
    two: papers([4, 5, 6]),
    women: fc.subarray([0, 1, 2, 3, 4, 5, 6]),
    least: fc.integer({ min: 0, max: 4 }),
    room: fc.option(fc.integer({ min: 0, max: 1 })),
  })
  const candidates = ['A', 'B', 'C', 'D', 'E', 'F', 'G']

  it('elect a lawful whole, and are refused only when there is none; one district alone is the constrained count itself', () => {
    fc.assert(
      fc.property(elections, ({ seats: [s, t], one, two, women, least, room }) => {
        const districts: readonly District[] = [
          { name: 'one', members: [0, 1, 2, 3], seats: s, papers: one },
          { name: 'two', members: [4, 5, 6], seats: t, papers: two },
        ]
        const quota = bound('women', women, least, room === null ? null : least + room)
        const lot = [3, 1, 5, 0, 6, 2, 4]
        const found = countDistricts('meek-reference@1', {}, { candidates, withdrawn: [] }, districts, '8.1', [quota], lot)
        const exact = districts.map(({ name, members, seats }) => bound(name, members, seats, seats))
        const lawful = committees({ title: '', candidates, withdrawn: [], seats: s + t, papers: [] }, [...exact, quota])
        expect(found.kind === 'ok').toBe(lawful.length > 0)
        if (found.kind === 'ok') expect(lawful).toContainEqual(found.value.elected.toSorted((a, b) => a - b))

        const alone = countDistricts(
          'scottish-stv@1',
          {},
          { candidates, withdrawn: [4, 5, 6] },
          districts.slice(0, 1),
          '8.1',
          [quota],
          lot,
        )
        const profile = { title: 'one', candidates, withdrawn: [4, 5, 6], seats: s, papers: one }
        const direct = countConstrained('scottish-stv@1', {}, profile, [quota], lot)
        expect(alone.kind === 'ok' && alone.value.elected).toEqual(direct.kind === 'ok' && direct.value.count.elected)
      }),
      runs(400),
    )
  })
})
