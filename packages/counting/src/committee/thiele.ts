// Thiele's rules (T. N. Thiele, Om Flerfoldsvalg, 1895; Lackner and Skowron, Multi-Winner Voting with Approval Preferences, 2023,
// chapter 2): a paper with j of its candidates on the committee gives f(1) + ... + f(j) points. Exact: points are whole numbers of a unit
// that divides every f.
import { assert, fail, ok, type Result } from '@quorate/kernel'
import { commonMultiple, quotient } from '../arithmetic.ts'
import type { Approving } from './approvals.ts'
import { sortedCommittees, type Committee, type Stepwise } from './ties.ts'

/** What the j-th approved member of the committee is worth to a paper: 1; 1/j; 1/(2j − 1); 2^(1 − j); 1 for the first alone. */
export type ThieleFunction = 'av' | 'pav' | 'slav' | 'geom2' | 'cc'

/** f(1) ... f(seats) as whole numbers of one unit, and that unit: how many make one point. */
export type Worth = { readonly each: readonly bigint[]; readonly unit: bigint }

/** The points of a Thiele rule for committees of up to `seats`. */
export function worth(rule: ThieleFunction, seats: number): Worth {
  const places = Array.from({ length: seats }, (_, i) => BigInt(i + 1))
  const divisors = places.map((j): bigint => {
    switch (rule) {
      case 'av':
      case 'cc':
        return 1n
      case 'pav':
        return j
      case 'slav':
        return 2n * j - 1n
      case 'geom2':
        return 2n ** (j - 1n)
    }
  })
  const unit = divisors.reduce(commonMultiple, 1n)
  return { unit, each: divisors.map((d, i) => (rule === 'cc' && i > 0 ? 0n : quotient(unit, d))) }
}

/** A committee in the making: how many of its members each merged paper approves. */
type Filling = { readonly members: Committee; readonly held: readonly number[] }

const inside = (a: number, b: number): number => a - b

/** What adding a candidate would be worth. */
function gain(election: Approving, { each }: Worth, held: readonly number[], candidate: number): bigint {
  let sum = 0n
  for (const paper of election.supporters[candidate] ?? [])
    sum += BigInt(election.papers[paper]?.weight ?? 0) * (each[held[paper] ?? 0] ?? 0n)
  return sum
}

/** What removing a member would cost. */
function loss(election: Approving, { each }: Worth, held: readonly number[], member: number): bigint {
  let sum = 0n
  for (const paper of election.supporters[member] ?? [])
    sum += BigInt(election.papers[paper]?.weight ?? 0) * (each[(held[paper] ?? 1) - 1] ?? 0n)
  return sum
}

function withMember(election: Approving, { members, held }: Filling, candidate: number): Filling {
  const next = [...held]
  for (const paper of election.supporters[candidate] ?? []) next[paper] = (next[paper] ?? 0) + 1
  return { members: [...members, candidate].sort(inside), held: next }
}

function withoutMember(election: Approving, { members, held }: Filling, member: number): Filling {
  const next = [...held]
  for (const paper of election.supporters[member] ?? []) next[paper] = (next[paper] ?? 1) - 1
  return { members: members.filter((c) => c !== member), held: next }
}

/** Those of a list whose figure no other beats. `compare` is positive where the first is better. */
export function bestOf<F>(
  among: readonly number[],
  figureOf: (candidate: number) => F,
  compare: (a: F, b: F) => number,
): { readonly tied: readonly number[]; readonly figure: F } {
  const [first, ...rest] = among.map((candidate) => ({ candidate, figure: figureOf(candidate) }))
  assert(first !== undefined, 'a choice needs somebody to choose from')
  let best = first.figure
  let tied = [first.candidate]
  for (const { candidate, figure } of rest) {
    const order = compare(figure, best)
    if (order > 0) [best, tied] = [figure, [candidate]]
    else if (order === 0) tied.push(candidate)
  }
  return { tied, figure: best }
}

const more = (a: bigint, b: bigint): number => (a > b ? 1 : a < b ? -1 : 0)
const everybody = (election: Approving): readonly number[] => Array.from({ length: election.candidates }, (_, c) => c)

/** The rule taken step by step: each time whoever adds most points. For PAV, Thiele's addition method. */
export function sequentialThiele(election: Approving, rule: ThieleFunction): Stepwise<Filling, bigint> {
  const points = worth(rule, election.seats)
  return {
    start: { members: [], held: election.papers.map(() => 0) },
    done: ({ members }) => (members.length === election.seats ? members : null),
    best: ({ members, held }) =>
      bestOf(
        everybody(election).filter((c) => !members.includes(c)),
        (c) => gain(election, points, held, c),
        more,
      ),
    take: (state, candidate) => withMember(election, state, candidate),
    key: ({ members }) => members.join(),
  }
}

/** The rule taken backwards: everybody is in, and each time whoever adds least goes. For PAV, Thiele's elimination method. */
export function reverseThiele(election: Approving, rule: ThieleFunction): Stepwise<Filling, bigint> {
  const points = worth(rule, election.candidates)
  const all = everybody(election)
  return {
    start: { members: all, held: election.papers.map(({ approved }) => approved.length) },
    done: ({ members }) => (members.length === election.seats ? members : null),
    best: ({ members, held }) =>
      bestOf(
        members,
        (c) => loss(election, points, held, c),
        (a, b) => more(b, a),
      ),
    take: (state, candidate) => withoutMember(election, state, candidate),
    key: ({ members }) => members.join(),
  }
}

/** What an exact search found: every best committee, its points in units, and how many partial committees were looked at. */
export type Best = {
  readonly committees: readonly Committee[]
  readonly points: bigint
  readonly unit: bigint
  readonly looked: number
}

/** The search was too long. No committee has more points than `bound`; the best seen has `points`. Both in units of 1/unit point. */
export type SearchTooLong = {
  readonly kind: 'search too long'
  readonly looked: number
  readonly points: bigint
  readonly bound: bigint
  readonly unit: bigint
}

const mostLooked = 2_000_000

/**
 * Every committee with most points, by branch and bound. A partial committee is given up when even its best additions taken apart (points
 * never grow when somebody else is added first) cannot reach the best known; the sequential committee is known from the start. At most `most` partial committees are looked at.
 */
export function bestThiele(election: Approving, rule: ThieleFunction, most: number = mostLooked): Result<Best, SearchTooLong> {
  const points = worth(rule, election.seats)
  // Strong candidates first: good committees are met early, and the bound bites.
  const empty: readonly number[] = election.papers.map(() => 0)
  const alone = everybody(election).map((c) => gain(election, points, empty, c))
  const order = everybody(election).toSorted((a, b) => more(alone[b] ?? 0n, alone[a] ?? 0n) || a - b)
  let known = sequentialPoints(election, points, order)
  let committees: Committee[] = []
  let looked = 0
  let bound = 0n
  const search = (from: number, filling: Filling, score: bigint): void => {
    const missing = election.seats - filling.members.length
    if (missing === 0) {
      if (score > known) [known, committees] = [score, []]
      committees.push(filling.members)
      return
    }
    const rest = order.slice(from)
    const gains = rest.map((c) => gain(election, points, filling.held, c))
    for (const [i, candidate] of rest.entries()) {
      if (rest.length - i < missing) return
      const added = gains[i] ?? 0n
      const others = gains
        .slice(i + 1)
        .sort((a, b) => more(b, a))
        .slice(0, missing - 1)
      const reach = others.reduce((sum, g) => sum + g, score + added)
      if (reach < known) continue
      looked += 1
      if (looked > most) {
        if (reach > bound) bound = reach
        continue
      }
      search(from + i + 1, withMember(election, filling, candidate), score + added)
    }
  }
  search(0, { members: [], held: empty }, 0n)
  return looked > most
    ? fail({ kind: 'search too long', looked, points: known, bound: bound > known ? bound : known, unit: points.unit })
    : ok({ committees: sortedCommittees(committees), points: known, unit: points.unit, looked })
}

/** Points of a committee taken greedily: a floor for the search. */
function sequentialPoints(election: Approving, points: Worth, order: readonly number[]): bigint {
  let filling: Filling = { members: [], held: election.papers.map(() => 0) }
  let score = 0n
  while (filling.members.length < election.seats) {
    const { held, members } = filling
    const { tied, figure } = bestOf(
      order.filter((c) => !members.includes(c)),
      (c) => gain(election, points, held, c),
      more,
    )
    score += figure
    filling = withMember(election, filling, tied[0] ?? 0)
  }
  return score
}
