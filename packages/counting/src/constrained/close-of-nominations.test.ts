// Bounds nobody can meet are found when nominations close, with figures and clause, and so are the ways out that a rule may give.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyElections, runs } from '../../testing/arbitrary.ts'
import { committees, constraintsFor, group } from '../../testing/constraints.ts'
import { afterShortage, checkConstraints, countConstrained, nominationsUnder, type Constraints, type Contest } from '../index.ts'

const contest = (letters: string, seats: number, withdrawn: readonly number[] = []): Contest => ({
  title: '',
  candidates: letters.split(''),
  withdrawn,
  seats,
})

describe('at the close of nominations', () => {
  it('says "3 women required, 2 nominated" with the clause', () => {
    const found = nominationsUnder(contest('ABCDEFGH', 6), [group('women', 'GH', 3, null, '8.1')])
    expect(found).toMatchObject({
      kind: 'infeasible',
      text: '3 women required, 2 nominated (8.1).',
      shortages: [{ group: 0, required: 3, nominated: 2 }],
      certificate: { claim: 'infeasible', evidence: { kind: 'bounds', sides: [{ group: 0, side: 'least' }] } },
    })
  })
  it('asks again after a withdrawal: what could be met no longer can', () => {
    const bounds = [group('women', 'FGH', 3, null, '8.1')]
    expect(nominationsUnder(contest('ABCDEFGH', 6), bounds).kind).toBe('feasible')
    expect(nominationsUnder(contest('ABCDEFGH', 6, [6]), bounds)).toMatchObject({ text: '3 women required, 2 nominated (8.1).' })
  })
  it('is blocked while somebody who stands is unclassified, whatever the figures, and not by one who withdrew', () => {
    const bounds = [{ ...group('women', 'GH', 1), unsettled: [0] }]
    expect(nominationsUnder(contest('ABCDEFGH', 6), bounds)).toEqual({
      kind: 'blocked',
      fault: { kind: 'unsettled', group: 0, candidates: [0] },
    })
    expect(nominationsUnder(contest('ABCDEFGH', 6, [0]), bounds).kind).toBe('feasible')
  })
  it('finds bounds that can each be met and not together, and says which', () => {
    // Two places: one for a woman, one for somebody under 30, one for somebody from the north; nobody is two of these.
    const bounds = [group('women', 'A', 1), group('under 30', 'B', 1), group('north', 'C', 1)]
    const found = nominationsUnder(contest('ABCD', 2), bounds)
    expect(found).toMatchObject({ kind: 'infeasible', shortages: [] })
    expect(found.kind === 'infeasible' && found.text).toBe(
      'The bounds cannot be kept: at least 1 of “women”, at least 1 of “under 30”, at least 1 of “north” and 2 places in all would otherwise contradict each other (4.2).',
    )
  })
  it('agrees with a look at every committee', () => {
    fc.assert(
      fc.property(
        anyElections.chain(({ profile }) => constraintsFor(profile).map((constraints) => ({ profile, constraints }))),
        ({ profile, constraints }) => {
          expect(nominationsUnder(profile, constraints).kind).toBe(
            committees(profile, constraints).length > 0 ? 'feasible' : 'infeasible',
          )
        },
      ),
      runs(800),
    )
  })
})

describe('what a rule can do about a shortage', () => {
  const short = contest('ABCDEFGH', 6)
  const bounds = [group('women', 'GH', 3)]
  it('next best: the floor gives way no further than it must', () => {
    expect(afterShortage(short, bounds, 'next best')).toMatchObject({
      kind: 'ok',
      value: { seats: 6, constraints: [{ least: 2 }], lowered: [{ group: 0, by: 1 }] },
    })
  })
  it('leave empty: the place stays empty, so the others still have three at most', () => {
    const left = afterShortage(short, bounds, 'leave empty')
    expect(left).toMatchObject({ kind: 'ok', value: { seats: 5, constraints: [{ least: 2 }] } })
  })
  it('lowers the last of the rule first', () => {
    const both = [group('women', 'ABC', 3), group('members of unions', 'DEF', 3)]
    expect(afterShortage(contest('ABCDEFGH', 5), both, 'next best')).toMatchObject({
      value: { lowered: [{ group: 1, by: 1 }] },
    })
    expect(afterShortage(contest('ABCDEFGH', 5), both.toReversed(), 'next best')).toMatchObject({
      value: { lowered: [{ group: 1, by: 1 }], constraints: [{ name: 'members of unions' }, { name: 'women', least: 2 }] },
    })
  })
  it('does nothing where nothing is short, and has no way out of a ceiling but places left empty', () => {
    expect(afterShortage(short, [group('women', 'GH', 2)], 'next best')).toMatchObject({ value: { seats: 6, lowered: [] } })
    const men = [group('men', 'ABCDEF', 0, 2)]
    expect(afterShortage(short, men, 'next best')).toEqual({ kind: 'fail', error: { kind: 'no floor to lower' } })
    expect(afterShortage(short, men, 'leave empty')).toMatchObject({ value: { seats: 4, lowered: [] } })
  })
  it('leaves an election that can be counted', () => {
    fc.assert(
      fc.property(
        anyElections.chain(({ profile, lot }) => constraintsFor(profile).map((constraints) => ({ profile, lot, constraints }))),
        fc.constantFrom('next best' as const, 'leave empty' as const),
        ({ profile, lot, constraints }, route) => {
          const relaxed = afterShortage(profile, constraints, route)
          if (relaxed.kind === 'fail') {
            expect(relaxed.error.kind).toBe('no floor to lower')
            return
          }
          const { seats, constraints: left } = relaxed.value
          expect(countConstrained('scottish-stv@1', {}, { ...profile, seats }, left, lot).kind).toBe('ok')
        },
      ),
      runs(300),
    )
  })
})

describe('bounds that are no bounds are refused with the group and the reason', () => {
  const one = group('women', 'AB', 1)
  const refused = (constraints: Constraints): unknown => {
    const checked = checkConstraints(constraints, contest('ABC', 2))
    return checked.kind === 'fail' ? checked.error : null
  }
  it.each([
    ['a name twice', [one, one], { kind: 'repeated name', group: 1 }],
    ['no name', [{ ...one, name: ' ' }], { kind: 'bad name', group: 0 }],
    ['no clause', [{ ...one, clause: '' }], { kind: 'bad clause', group: 0 }],
    ['at most less than at least', [{ ...one, least: 2, most: 1 }], { kind: 'bad bounds', group: 0 }],
    ['a part of a person', [{ ...one, least: 0.5 }], { kind: 'bad bounds', group: 0 }],
    ['a candidate of another contest', [{ ...one, members: [0, 3] }], { kind: 'bad member', group: 0, candidate: 3 }],
    ['a candidate twice', [{ ...one, members: [0, 0] }], { kind: 'bad member', group: 0, candidate: 0 }],
    ['settled and not', [{ ...one, unsettled: [1] }], { kind: 'bad member', group: 0, candidate: 1 }],
    ['too many groups', Array.from({ length: 65 }, (_, i) => ({ ...one, name: `g${i}` })), { kind: 'too many groups', most: 64 }],
  ])('%s', (_what, constraints, fault) => {
    expect(refused(constraints)).toEqual(fault)
    const profile = { ...contest('ABC', 2), papers: [] }
    expect(countConstrained('scottish-stv@1', {}, profile, constraints, null)).toEqual({
      kind: 'fail',
      error: { kind: 'bad constraints', fault },
    })
  })
  it('a count of bounds nobody can meet is refused with the certificate', () => {
    const profile = { ...contest('ABC', 2), papers: [] }
    expect(countConstrained('meek-reference@1', {}, profile, [group('women', 'A', 2)], null)).toMatchObject({
      error: { kind: 'infeasible', certificate: { claim: 'infeasible' } },
    })
  })
})
