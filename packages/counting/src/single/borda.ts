// Borda's count (J.-C. de Borda, Mémoire sur les élections au scrutin, 1781) and its named variants. For papers that do not rank everybody:
// J. Dummett, Voting Procedures, 1984 (averaged); P. Emerson, "The original Borda count and partial voting", Social Choice and Welfare 40, 2013
// (modified); D. Baumeister et al., "Campaigns for lazy voters: truncated ballots", AAMAS 2012 (rounded up and down). Points are exact fractions.
import {
  add,
  assert,
  compare,
  divide,
  fail,
  fraction,
  multiply,
  ok,
  type Fraction,
  type JsonObject,
  type Result,
} from '@quorate/kernel'
import { levels, taken } from '../levels.ts'
import type { LotOrder } from '../lot.ts'
import { profileHash, type AnyProfile } from '../papers/packed.ts'
import type { Paper } from '../papers/profile.ts'
import { checkedPapers, standingIn, type MarkError } from './marks.ts'

/** What the rulebook must say. Nothing has a default. With n who stand: */
export type BordaParams = {
  /** Points of the places: n − 1 down to 0; n down to 1; or 1, 1/2, 1/3 … (Dowdall, as in Nauru). */
  readonly points: 'from-n-minus-1' | 'from-n' | 'dowdall'
  /**
   * What the unranked get from a paper that ranks m: `averaged` the mean of the places left; `next` each the points of place m + 1
   * (optimistic, rounded up); `last` each those of the last place (pessimistic, rounded down); `none` nothing; `modified` nothing, and the
   * ranked get points as if only m stood. Dowdall's has no modified form.
   */
  readonly unranked: 'averaged' | 'next' | 'last' | 'none' | 'modified'
}

/** The outcome, and all it rests on. Candidates at one rank share the mean of the places they take; skipped ranks are passed over. */
export type BordaCount = {
  readonly kind: 'borda'
  readonly method: 'borda@1'
  readonly params: JsonObject
  readonly profileHash: string
  readonly seats: number
  /** Per candidate; 0 for the withdrawn. */
  readonly points: readonly Fraction[]
  /** Papers that rank somebody who stands, and the others, which give no points. */
  readonly valid: number
  readonly blank: number
  readonly ranking: readonly (readonly number[])[]
  readonly elected: readonly number[]
  readonly unfilled: number
  readonly tied: readonly number[]
  readonly lotOrder: LotOrder | null
}

const none = fraction(0)

/** Adds up the points of all places. Pure; the order of the papers changes nothing. */
export function countBorda(params: BordaParams, profile: AnyProfile, lot: LotOrder | null): Result<BordaCount, MarkError> {
  const papers = checkedPapers(profile, lot)
  if (papers.kind === 'fail') return papers
  const wrong = badParameter(params)
  if (wrong !== null) return fail({ kind: 'bad parameter', name: wrong })
  const standing = standingIn(profile)
  const { points, valid, blank } = addPoints(papers.value, standing, profile.candidates.length, params)
  const ranking = levels(standing, (a, b) => compare(points[a] ?? none, points[b] ?? none))
  const { elected, tied } = taken(ranking, profile.seats, lot ?? standing)
  if (tied.length > 0 && lot === null) return fail({ kind: 'lot needed', tied })
  return ok({
    kind: 'borda',
    method: 'borda@1',
    params: { ...params },
    profileHash: profileHash(profile),
    seats: profile.seats,
    points,
    valid,
    blank,
    ranking,
    elected,
    unfilled: profile.seats - elected.length,
    tied,
    lotOrder: lot,
  })
}

function badParameter({ points, unranked }: BordaParams): string | null {
  if (!['from-n-minus-1', 'from-n', 'dowdall'].includes(points)) return 'points'
  if (!['averaged', 'next', 'last', 'none', 'modified'].includes(unranked)) return 'unranked'
  return points === 'dowdall' && unranked === 'modified' ? 'unranked' : null
}

function addPoints(
  papers: readonly Paper[],
  standing: readonly number[],
  candidates: number,
  params: BordaParams,
): { readonly points: readonly Fraction[]; readonly valid: number; readonly blank: number } {
  const points: Fraction[] = Array.from({ length: candidates }, () => none)
  let given = none
  let valid = 0
  let blank = 0
  for (const { weight, ranking } of papers) {
    const ranks = ranking
      .map((rank) => (typeof rank === 'number' ? [rank] : rank).filter((c) => standing.includes(c)))
      .filter((named) => named.length > 0)
    if (ranks.length === 0) {
      blank += weight
      continue
    }
    valid += weight
    for (const [who, each] of pointsOfPaper(ranks, standing, params)) {
      const share = multiply(each, fraction(weight))
      for (const c of who) points[c] = add(points[c] ?? none, share)
      given = add(given, multiply(share, fraction(who.length)))
    }
  }
  assert(compare(points.reduce(add, none), given) === 0, 'every point given is somebody’s')
  return { points, valid, blank }
}

/** What one paper gives: to whom, and how much to each of them. */
function pointsOfPaper(
  ranks: readonly (readonly number[])[],
  standing: readonly number[],
  { points, unranked }: BordaParams,
): readonly (readonly [readonly number[], Fraction])[] {
  const named = ranks.flat()
  const of = unranked === 'modified' ? named.length : standing.length
  const place = (p: number): Fraction =>
    points === 'dowdall' ? fraction(1, p) : fraction(points === 'from-n' ? of - p + 1 : of - p)
  const mean = (from: number, to: number): Fraction => {
    let sum = none
    for (let p = from; p <= to; p++) sum = add(sum, place(p))
    return divide(sum, fraction(to - from + 1))
  }
  let before = 0
  const given = ranks.map((level): readonly [readonly number[], Fraction] => {
    const first = before + 1
    before += level.length
    return [level, mean(first, before)]
  })
  const others = standing.filter((c) => !named.includes(c))
  if (others.length === 0 || unranked === 'none' || unranked === 'modified') return given
  const rest = unranked === 'averaged' ? mean(before + 1, of) : unranked === 'next' ? place(before + 1) : place(of)
  return [...given, [others, rest]]
}
