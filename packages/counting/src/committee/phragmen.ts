// Phragmén's rules (E. Phragmén, Sur la théorie des élections multiples, 1896; Brill, Freeman, Janson, Lackner, Phragmén's Voting Methods
// and Justified Representation, Mathematical Programming 2023; Lackner and Skowron 2023, chapter 2.4). Exact fractions.
import { add, compare, divide, fail, fraction, multiply, ok, subtract, type Fraction, type Result } from '@quorate/kernel'
import { support, type Approving } from './approvals.ts'
import { compareBurdens, evenBurdens, largestShared, leastHeaviestLoad } from './loads.ts'
import { bestOf } from './thiele.ts'
import { combinations, type Committee, type Stepwise } from './ties.ts'

/** Members so far and what each merged paper's voters carry (or have left), each voter alike. */
type Loaded = { readonly members: Committee; readonly loads: readonly Fraction[] }

const zero = fraction(0)
const keyOf = ({ members, loads }: Loaded): string =>
  `${members.join()}|${loads.map((l) => `${l.numerator}/${l.denominator}`).join()}`
const joined = (members: Committee, candidate: number): Committee => [...members, candidate].sort((a, b) => a - b)
const outside = (election: Approving, members: Committee): readonly number[] =>
  Array.from({ length: election.candidates }, (_, c) => c).filter((c) => !members.includes(c))

/** Positive where the first load is lighter; nobody can carry a member without supporters (null). */
const lighter = (a: Fraction | null, b: Fraction | null): number =>
  a === null || b === null ? (a === b ? 0 : a === null ? -1 : 1) : compare(b, a)

/**
 * Sequential Phragmén: each time whoever leaves the lightest heaviest load, when those who approve them share the whole seat so that all of
 * them carry alike. Candidates nobody approves come last, tied.
 */
export function sequentialPhragmen(
  election: Approving,
  start: { readonly members: Committee; readonly loads: readonly Fraction[] } | null = null,
): Stepwise<Loaded, Fraction | null> {
  const loadWith = (loads: readonly Fraction[], candidate: number): Fraction | null => {
    const weight = support(election, candidate)
    if (weight === 0) return null
    const carried = (election.supporters[candidate] ?? []).reduce(
      (sum, paper) => add(sum, multiply(fraction(election.papers[paper]?.weight ?? 0), loads[paper] ?? zero)),
      fraction(1),
    )
    return divide(carried, fraction(weight))
  }
  return {
    start: start ?? { members: [], loads: election.papers.map(() => zero) },
    done: ({ members }) => (members.length === election.seats ? members : null),
    best: ({ members, loads }) => bestOf(outside(election, members), (c) => loadWith(loads, c), lighter),
    take: ({ members, loads }, candidate) => {
      const load = loadWith(loads, candidate) ?? zero
      const approving = new Set(election.supporters[candidate])
      return { members: joined(members, candidate), loads: loads.map((l, paper) => (approving.has(paper) ? load : l)) }
    },
    key: keyOf,
  }
}

/**
 * Maximin support (Sánchez-Fernández, Fernández-García, Fisteus, Brill, The Maximin Support Method, Mathematical Programming 2024): each
 * time whoever, with those already in and all seats shared out anew, leaves the lightest heaviest load.
 */
export function maximinSupport(election: Approving): Stepwise<Committee, Fraction | null> {
  return {
    start: [],
    done: (members) => (members.length === election.seats ? members : null),
    best: (members) =>
      bestOf(outside(election, members), (c) => leastHeaviestLoad(election, supported(election, joined(members, c), c)), lighter),
    take: joined,
    key: (members) => members.join(),
  }
}

/** Members that somebody approves, with the newcomer whoever they are: earlier ones without supporters say nothing about the newcomer. */
const supported = (election: Approving, members: Committee, newcomer: number): Committee =>
  members.filter((c) => c === newcomer || support(election, c) > 0)

/**
 * Phragmén's method as adopted by Eneström: each time whoever has most support; the papers that approve them pay one Hare quota
 * (papers ÷ seats) between them in equal proportion, or all they have when it is less.
 */
export function enestromPhragmen(election: Approving): Stepwise<Loaded, Fraction> {
  const quota = fraction(election.total, election.seats)
  const supportOf = (weights: readonly Fraction[], candidate: number): Fraction =>
    (election.supporters[candidate] ?? []).reduce(
      (sum, paper) => add(sum, multiply(fraction(election.papers[paper]?.weight ?? 0), weights[paper] ?? zero)),
      zero,
    )
  return {
    start: { members: [], loads: election.papers.map(() => fraction(1)) },
    done: ({ members }) => (members.length === election.seats ? members : null),
    best: ({ members, loads }) => bestOf(outside(election, members), (c) => supportOf(loads, c), compare),
    take: ({ members, loads }, candidate) => {
      const has = supportOf(loads, candidate)
      const left = compare(has, quota) > 0 ? divide(subtract(has, quota), has) : zero
      const approving = new Set(election.supporters[candidate])
      return {
        members: joined(members, candidate),
        loads: loads.map((l, paper) => (approving.has(paper) ? multiply(l, left) : l)),
      }
    },
    key: keyOf,
  }
}

/** What a search over committees found: all that are best, and how many were looked at. */
export type Searched = { readonly committees: readonly Committee[]; readonly looked: number }
/** More committees than can be looked at one by one. */
export type TooManyCommittees = { readonly kind: 'too many committees'; readonly most: number }
const mostCommittees = 300_000

/**
 * Every committee that is best of all; `figureOf` null means none, worse than any figure. `compare` is negative where the first is better.
 * When nobody approves enough candidates to fill the seats, all who are approved are in and the rest is tied.
 */
export function bestOfAll<F>(
  election: Approving,
  figureOf: (committee: Committee) => F | null,
  compareFigures: (a: F, b: F) => number,
): Result<Searched, TooManyCommittees> {
  let best: F | null = null
  let committees: Committee[] = []
  let looked = 0
  for (const committee of combinations(
    Array.from({ length: election.candidates }, (_, c) => c),
    election.seats,
  )) {
    if (++looked > mostCommittees) return fail({ kind: 'too many committees', most: mostCommittees })
    const figure = figureOf(committee)
    if (figure === null) continue
    const order = best === null ? -1 : compareFigures(figure, best)
    if (order < 0) [best, committees] = [figure, [committee]]
    else if (order === 0) committees.push(committee)
  }
  return ok({ committees, looked })
}

/** Committees of those whom somebody approves, or, when they are too few, all of them and anybody else. */
function approvedFirst(election: Approving): (committee: Committee) => boolean {
  const approved = Array.from({ length: election.candidates }, (_, c) => c).filter((c) => support(election, c) > 0)
  return approved.length >= election.seats
    ? (committee) => committee.every((c) => approved.includes(c))
    : (committee) => approved.every((c) => committee.includes(c))
}

/** The committees whose most even share-out leaves the lightest heaviest load (`minimax`), or the lightest loads all the way down (`leximax`). */
export function optimalPhragmen(election: Approving, aim: 'minimax' | 'leximax'): Result<Searched, TooManyCommittees> {
  if (election.seats > largestShared) return fail({ kind: 'too many committees', most: mostCommittees })
  const admitted = approvedFirst(election)
  const carried = (committee: Committee): Committee => committee.filter((c) => support(election, c) > 0)
  return aim === 'minimax'
    ? bestOfAll(election, (c) => (admitted(c) ? leastHeaviestLoad(election, carried(c)) : null), compare)
    : bestOfAll(election, (c) => (admitted(c) ? evenBurdens(election, carried(c)) : null), compareBurdens)
}
