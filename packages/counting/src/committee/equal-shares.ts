// The Method of Equal Shares (Peters and Skowron, Proportionality and the Limits of Welfarism, 2020, where it is called Rule X; Peters,
// Pierczyński, Skowron, Proportional Participatory Budgeting with Additive Utilities, 2021). Each voter has an equal share of the seats,
// each seat costs 1, and whoever's supporters can pay it with the smallest greatest payment is elected. Exact fractions.
import { compare, divide, fraction, multiply, subtract, type Fraction } from '@quorate/kernel'
import { support, type Approving } from './approvals.ts'
import { sequentialPhragmen } from './phragmen.ts'
import { bestOf } from './thiele.ts'
import { oneOutcome, type Committee, type Step, type Stepwise } from './ties.ts'

/**
 * How the seats are filled that the shares do not: by sequential Phragmén from what each voter has left; by most approvals; or not at all.
 */
export type Completion = 'phragmen' | 'utilitarian' | 'none'

/** Members so far, what each voter of each merged paper has left, and whether anybody can still be paid for. */
type Purse = { readonly members: Committee; readonly left: readonly Fraction[]; readonly paying: boolean }

const zero = fraction(0)
const one = fraction(1)
const joined = (members: Committee, candidate: number): Committee => [...members, candidate].sort((a, b) => a - b)

/**
 * The smallest greatest payment with which a candidate's supporters pay 1 together, none more than they have left; null when they have less
 * than 1 between them.
 */
function payment(election: Approving, left: readonly Fraction[], candidate: number): Fraction | null {
  const purses = (election.supporters[candidate] ?? [])
    .map((paper) => ({ has: left[paper] ?? zero, weight: election.papers[paper]?.weight ?? 0 }))
    .sort((a, b) => compare(a.has, b.has))
  let owed = one
  let payers = purses.reduce((sum, { weight }) => sum + weight, 0)
  for (const { has, weight } of purses) {
    const each = divide(owed, fraction(payers))
    if (compare(each, has) <= 0) return each
    owed = subtract(owed, multiply(has, fraction(weight)))
    payers -= weight
  }
  return null
}

/** Equal shares of `seats` (a fraction when shares are being raised), step by step; the completion takes over when nobody can be paid for. */
export function equalShares(election: Approving, completion: Completion, share: Fraction): Stepwise<Purse, Fraction | null> {
  const outside = (members: Committee): readonly number[] =>
    Array.from({ length: election.candidates }, (_, c) => c).filter((c) => !members.includes(c))
  const cheapest = ({ members, left }: Purse): ReturnType<Stepwise<Purse, Fraction | null>['best']> | null => {
    const payable = outside(members).filter((c) => payment(election, left, c) !== null)
    return payable.length === 0
      ? null
      : bestOf(
          payable,
          (c) => payment(election, left, c) ?? zero,
          (a, b) => compare(b, a),
        )
  }
  const settled = (purse: Purse): Purse => ({ ...purse, paying: purse.paying && cheapest(purse) !== null })
  return {
    start: settled({ members: [], left: election.papers.map(() => share), paying: true }),
    done: ({ members, paying }) => (members.length === election.seats || (!paying && completion === 'none') ? members : null),
    best: (purse) => {
      const found = purse.paying ? cheapest(purse) : null
      if (found !== null) return found
      if (completion === 'phragmen') return phragmenFrom(election, purse).best(loadsOf(purse))
      return bestOf(outside(purse.members), (c) => fraction(support(election, c)), compare)
    },
    take: (purse, candidate) => {
      const members = joined(purse.members, candidate)
      if (purse.paying) {
        const each = payment(election, purse.left, candidate) ?? zero
        const approving = new Set(election.supporters[candidate])
        const pay = (has: Fraction): Fraction => (compare(has, each) < 0 ? zero : subtract(has, each))
        return settled({ members, left: purse.left.map((has, paper) => (approving.has(paper) ? pay(has) : has)), paying: true })
      }
      if (completion !== 'phragmen') return { ...purse, members }
      const { loads } = phragmenFrom(election, purse).take(loadsOf(purse), candidate)
      return { members, left: loads.map((load) => subtract(zero, load)), paying: false }
    },
    key: ({ members, left, paying }) =>
      `${paying ? 'p' : ''}${members.join()}|${left.map((l) => `${l.numerator}/${l.denominator}`).join()}`,
  }
}

/** What is left counts as load already shed: who has most left takes up most. */
const loadsOf = ({ members, left }: Purse): { members: Committee; loads: readonly Fraction[] } => ({
  members,
  loads: left.map((l) => subtract(zero, l)),
})
const phragmenFrom = (election: Approving, purse: Purse): ReturnType<typeof sequentialPhragmen> =>
  sequentialPhragmen(election, loadsOf(purse))

/** The share of each voter when all have `seats` between them. */
export const equalShare = (election: Approving, seats: number = election.seats): Fraction =>
  election.total === 0 ? zero : fraction(seats, election.total)

/** A count with raised shares: who was paid for, step by step, and for how many seats' worth of shares. */
export type Raised = {
  readonly committee: Committee
  readonly steps: readonly Step<Fraction | null>[]
  readonly seatsShared: number
}

/**
 * Equal shares with Add1: the voters' money is raised by one seat's worth at a time for as long as no more are elected than there are
 * seats. What the last such count elects may be fewer. (Peters, Pierczyński, Skowron 2021, section 3.3, with the price of a seat as unit.)
 */
export function raisedShares(election: Approving, pick: (tied: readonly number[]) => number): Raised {
  const wanted = Array.from({ length: election.candidates }, (_, c) => c).filter((c) => support(election, c) > 0).length
  const most = election.seats < wanted ? election.seats : wanted
  // Without a limit on members: paying for one more than there are seats is what ends the raising.
  const unlimited = { ...election, seats: election.candidates + 1 }
  const sharing = (seats: number): Raised => ({
    ...oneOutcome(equalShares(unlimited, 'none', equalShare(election, seats)), pick),
    seatsShared: seats,
  })
  // The money of all seats pays for no more than all seats.
  let last = sharing(election.seats)
  while (last.committee.length < most) {
    const next = sharing(last.seatsShared + 1)
    if (next.committee.length > election.seats) return last
    last = next
  }
  return last
}
