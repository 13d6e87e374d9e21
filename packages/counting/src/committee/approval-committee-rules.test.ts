import { compare, fraction } from '@quorate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../testing/arbitrary.ts'
import { approvalElections, approvalProfile } from '../../testing/approvals.ts'
import {
  committeeRules,
  countCommittee,
  type ApprovalProfile,
  type CommitteeCount,
  type CommitteeRule,
  type LotOrder,
} from '../index.ts'
import { approving } from './approvals.ts'
import { compareBurdens, evenBurdens, leastHeaviestLoad } from './loads.ts'
import { combinations } from './ties.ts'
import { bestThiele, worth, type ThieleFunction } from './thiele.ts'

function counted(rule: CommitteeRule, profile: ApprovalProfile, lot?: LotOrder): CommitteeCount {
  const count = countCommittee(rule, profile, lot ?? profile.candidates.map((_, c) => c))
  if (count.kind === 'fail') throw new Error(JSON.stringify(count.error))
  return count.value
}
const sets = (count: CommitteeCount): readonly string[] => count.committees.map((committee) => committee.join())
const times = (n: number, approved: readonly number[]): readonly (readonly number[])[] =>
  Array.from({ length: n }, () => approved)

describe('worked by hand', () => {
  // 3 voters for a, b, c, d; 1 voter for e; 4 seats. Thiele 1895: with 1, 1/2, 1/3 ... the fourth of the three voters' candidates adds
  // 3/4, the other voter's adds 1.
  const party = approvalProfile(5, 4, [...times(3, [0, 1, 2, 3]), [4]])
  it('PAV gives the fourth seat to the lone voter: 3(1 + 1/2 + 1/3) + 1 > 3(1 + 1/2 + 1/3 + 1/4)', () => {
    expect(sets(counted('pav@1', party))).toEqual(['0,1,2,4', '0,1,3,4', '0,2,3,4', '1,2,3,4'])
  })
  it('plain approval gives all four to the three voters', () => {
    expect(sets(counted('approval@1', party))).toEqual(['0,1,2,3'])
  })
  it('Phragmén: loads 1/3, 2/3, 1 for the three; the lone voter ties with the third at 1', () => {
    const { steps } = counted('sequential-phragmen@1', party)
    const loads = steps.map(({ figure }) => figure)
    expect(loads).toEqual([fraction(1, 3), fraction(2, 3), fraction(1), fraction(1)])
    expect(steps[2]?.tied).toEqual([2, 3, 4])
  })
  it('equal shares: each voter has 1; a costs the three 1/3 each, then b, then c; then nobody but e can be paid for', () => {
    const { steps, elected } = counted('equal-shares@1', party)
    expect(steps.map(({ figure }) => figure)).toEqual([fraction(1, 3), fraction(1, 3), fraction(1, 3), fraction(1)])
    expect(elected).toEqual([0, 1, 2, 4])
  })
  it('the supporters of a candidate pay alike, but none more than they have left', () => {
    // Two seats, four voters: 1/2 each. 1 costs three voters 1/3 each. 0's voters then have 1/2 and 1/6, too little: by Phragmén, from
    // what they have left, they would carry (1 − 1/2 − 1/6) / 2.
    const profile = approvalProfile(3, 2, [[0], [0, 1], [1], [1]])
    expect(counted('equal-shares@1', profile).steps.map(({ chosen, figure }) => [chosen, figure])).toEqual([
      [1, fraction(1, 3)],
      [0, fraction(1, 6)],
    ])
  })
  it('Add1 raises the shares one seat at a time and stops before it elects too many', () => {
    // 8 voters, 3 seats. At 3/8 each nobody but 2 (six voters) and 1 or 4 can be paid for; plain equal shares leaves a seat.
    const profile = approvalProfile(6, 3, [
      [1, 2, 5],
      [1, 2, 4],
      [2, 3, 4],
      [1, 2, 4],
      [2, 3, 5],
      [0, 1, 4],
      [0, 3, 5],
      [0, 3, 4],
    ])
    expect(counted('equal-shares-add1u@1', profile).elected).toEqual([2, 3, 4])
    expect(counted('equal-shares-add1@1', profile).elected.every((c) => [2, 3, 4].includes(c))).toBe(true)
  })
  it('Monroe: two members represent two voters each; the voter of 1 alone keeps them from 0', () => {
    const profile = approvalProfile(3, 2, [[0], [0], [0], [1]])
    // 0 can represent two of its three voters, 1 its one: 3. With 0 and 2: only 2.
    expect(sets(counted('monroe@1', profile))).toEqual(['0,1'])
  })
  it('minimax: the farthest voter matters, however many the others are', () => {
    const profile = approvalProfile(4, 2, [...times(9, [0, 1]), [2, 3]])
    // {0,1} is 4 away from the last voter; one of each side is 2 away from everybody.
    expect(sets(counted('minimax-approval@1', profile))).toEqual(['0,2', '0,3', '1,2', '1,3'])
  })
})

const every = (seats: number, candidates: number): readonly (readonly number[])[] => [
  ...combinations(
    Array.from({ length: candidates }, (_, c) => c),
    seats,
  ),
]

describe('exact search', () => {
  it('finds what trying every committee finds, whatever the points are', () => {
    fc.assert(
      fc.property(approvalElections, fc.constantFrom<ThieleFunction>('pav', 'slav', 'cc', 'geom2', 'av'), ({ profile }, rule) => {
        const election = approving(profile)
        const { each } = worth(rule, election.seats)
        const points = (committee: readonly number[]): bigint =>
          election.papers.reduce((sum, { weight, approved }) => {
            const held = committee.filter((c) => approved.includes(c)).length
            return sum + BigInt(weight) * each.slice(0, held).reduce((a, b) => a + b, 0n)
          }, 0n)
        const all = every(election.seats, election.candidates).map((committee) => ({ committee, points: points(committee) }))
        const most = all.reduce((m, one) => (one.points > m ? one.points : m), 0n)
        const found = bestThiele(election, rule)
        expect(found.kind === 'ok' && found.value.points).toBe(most)
        expect(found.kind === 'ok' && found.value.committees).toEqual(
          all.filter((one) => one.points === most).map(({ committee }) => committee),
        )
      }),
      runs(60),
    )
  })
  it('tells 30 candidates apart for 10 seats without trying 30 million committees', () => {
    const voters = Array.from({ length: 200 }, (_, v) => [v % 30, (v * 7 + 3) % 30, (v * 11 + 5) % 30, (v * v) % 30])
    const profile = approvalProfile(
      30,
      10,
      voters.map((list) => [...new Set(list)]),
    )
    const found = bestThiele(approving(profile), 'pav')
    expect(found.kind === 'ok' ? found.value.looked : found.error.looked).toBeLessThan(2_000_002)
    if (found.kind === 'fail') expect(found.error.bound).toBeGreaterThanOrEqual(found.error.points)
  })
})

describe('even loads', () => {
  it('no share-out found by moving load about is more even at the top than the bound', () => {
    // Every integral share-out (each member carried by one voter) is a share-out; none may go below the least heaviest load.
    fc.assert(
      fc.property(approvalElections, ({ profile }) => {
        const election = approving({ ...profile, papers: profile.papers.map((paper) => ({ ...paper, weight: 1 })) })
        const members = every(election.seats, election.candidates)[0] ?? []
        const least = leastHeaviestLoad(election, members)
        const burdens = evenBurdens(election, members)
        if (least === null || burdens === null)
          expect(members.some((c) => (election.supporters[c] ?? []).length === 0)).toBe(true)
        else {
          expect(burdens[0]?.load).toEqual(least)
          const carried = burdens.reduce(
            (sum, { load, papers }) => sum + (Number(load.numerator) * papers) / Number(load.denominator),
            0,
          )
          expect(Math.abs(carried - members.length)).toBeLessThan(1e-9)
          const falls = burdens.every(({ load }, i) => i === 0 || compare(load, burdens[i - 1]?.load ?? load) < 0)
          expect(falls).toBe(true)
          expect(compareBurdens(burdens, burdens)).toBe(0)
        }
      }),
      runs(100),
    )
  })
})

const cheap = committeeRules.filter((rule) => !rule.includes('minimax') && !rule.includes('leximax'))

describe('laws of every committee rule', () => {
  it.each(committeeRules)('%s: anonymity, neutrality, a full committee, and the elected are among the tied', (rule) => {
    fc.assert(
      fc.property(approvalElections, fc.nat(), ({ profile, lot }, turn) => {
        const count = counted(rule, profile, lot)
        const sizes = count.committees.map((committee) => committee.length)
        if (rule !== 'equal-shares-add1@1') expect(new Set(sizes)).toEqual(new Set([profile.seats]))
        expect(sets(count)).toContain(count.elected.join())
        // Anonymity: papers in another order, and each split into papers of one.
        const split = profile.papers.toReversed().flatMap(({ weight, approved }) => times(weight, approved))
        const papers = split.map((approved) => ({ weight: 1, approved }))
        const again = counted(rule, { ...profile, papers }, lot)
        expect(again).toEqual(count)
        // Neutrality: everybody renamed by one turn of the circle, the lot with them.
        const n = profile.candidates.length
        const to = (c: number): number => (c + turn) % n
        const turned = {
          ...profile,
          papers: profile.papers.map(({ weight, approved }) => ({ weight, approved: approved.map(to).sort((a, b) => a - b) })),
        }
        const renamed = counted(rule, turned, lot.map(to))
        expect(renamed.elected).toEqual(count.elected.map(to).sort((a, b) => a - b))
        expect([...sets(renamed)].sort()).toEqual(
          count.committees
            .map((committee) =>
              committee
                .map(to)
                .sort((a, b) => a - b)
                .join(),
            )
            .sort(),
        )
      }),
      runs(cheap.includes(rule) ? 40 : 20),
    )
  })
  it.each(committeeRules.filter((rule) => rule !== 'equal-shares-add1@1'))(
    '%s: without a lot, a tie is a question and not a choice',
    (rule) => {
      const level = approvalProfile(3, 1, [[0], [1]])
      const count = countCommittee(rule, level, null)
      expect(count.kind === 'fail' && count.error.kind).toBe('lot needed')
    },
  )
  it.each([
    ['two of one candidate', { weight: 1, approved: [1, 1] }],
    ['a stranger', { weight: 1, approved: [7] }],
    ['nobody’s paper', { weight: 0, approved: [0] }],
  ])('refuses %s', (_, paper) => {
    const count = countCommittee('pav@1', { ...approvalProfile(3, 1, []), papers: [paper] }, null)
    expect(count.kind === 'fail' && count.error.kind).toBe('bad profile')
  })
})

/** Every group of voters, as a set of indices of single papers. */
function* groups(voters: number): Generator<readonly number[]> {
  for (let bits = 1; bits < 2 ** voters; bits++)
    yield Array.from({ length: voters }, (_, v) => v).filter((v) => (bits & (1 << v)) !== 0)
}

type Justified = 'EJR' | 'PJR' | 'JR'
/**
 * The first group that is owed more than it has: at least ℓ·n/k voters who agree on ℓ candidates. EJR (Aziz and others 2017): one of them
 * approves ℓ members; PJR (Sánchez-Fernández and others 2017): together they approve ℓ; JR: EJR for ℓ = 1.
 */
function wronged(profile: ApprovalProfile, committee: readonly number[], law: Justified): readonly number[] | null {
  const voters = profile.papers.map(({ approved }) => approved)
  for (const group of groups(voters.length)) {
    const common = profile.candidates.map((_, c) => c).filter((c) => group.every((v) => voters[v]?.includes(c) === true))
    const owed = Math.min(common.length, Math.floor((group.length * profile.seats) / voters.length))
    const due = law === 'JR' ? Math.min(owed, 1) : owed
    const held = (v: number): number => committee.filter((c) => voters[v]?.includes(c) === true).length
    const together = committee.filter((c) => group.some((v) => voters[v]?.includes(c) === true)).length
    if (due > 0 && (law === 'PJR' ? together : Math.max(...group.map(held))) < due) return group
  }
  return null
}
const singles = approvalElections.map(({ profile, lot }) => ({
  lot,
  profile: { ...profile, papers: profile.papers.slice(0, 7).map(({ approved }) => ({ weight: 1, approved })) },
}))

describe('justified representation, by trying every group of voters', () => {
  it.each([
    ['pav@1', 'EJR'],
    ['equal-shares@1', 'EJR'],
    ['equal-shares-utilitarian@1', 'EJR'],
    ['sequential-phragmen@1', 'PJR'],
    ['leximax-phragmen@1', 'PJR'],
    ['maximin-support@1', 'PJR'],
    ['chamberlin-courant@1', 'JR'],
  ] as const)('%s: %s', (rule, law) => {
    fc.assert(
      fc.property(singles, ({ profile, lot }) => {
        for (const committee of counted(rule, profile, lot).committees) expect(wronged(profile, committee, law)).toBeNull()
      }),
      runs(60),
    )
  })
  it.each([
    // Four of six voters take all three seats; the other two are owed one and have none.
    ['approval@1', 'JR', approvalProfile(4, 3, [...times(4, [0, 1, 2]), ...times(2, [3])])],
    // Chamberlin–Courant serves everybody once and the large group no further: it is owed two of three.
    ['chamberlin-courant@1', 'EJR', approvalProfile(4, 3, [...times(4, [0, 1]), [2], [3]])],
  ] as const)('%s does not have %s: a witness', (rule, law, profile) => {
    const count = counted(rule, profile)
    expect(count.committees.some((committee) => wronged(profile, committee, law) !== null)).toBe(true)
  })
})
