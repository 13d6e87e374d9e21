// The two-round majority vote (French Constitution, article 7; Code électoral, article L162 for a second round of more than two): elected with
// more than half of the first round, else a second round of those who qualify, in which the most votes are enough.
import { ceiling, compare, fail, fraction, multiply, ok, type Fraction, type JsonObject, type Result } from '@quorate/kernel'
import { quotient } from '../arithmetic.ts'
import { taken } from '../levels.ts'
import type { LotOrder } from '../lot.ts'
import { profileHash, type AnyProfile } from '../papers/packed.ts'
import { addMarks, byVotes, checkedPapers, standingIn, type MarkError, type MarkFigures, type TooMany } from './marks.ts'

/** Who goes on. */
export type SecondRound =
  /** The two with most votes. `ties`: of those level for the last of the two places the lot takes one, or all go on. */
  | { readonly kind: 'top-two'; readonly ties: 'lot' | 'all' }
  /** All with at least a share of a number of people, such as 1/8 of those registered; if fewer than two have it, the first two (all level for second). */
  | { readonly kind: 'share'; readonly share: Fraction; readonly of: number }

/** What the rulebook must say. Nothing has a default. */
export type TwoRoundParams = {
  /** More than half of the valid papers, or of all papers in the box, blank and invalid ones too. */
  readonly majorityOf: 'valid' | 'cast'
  readonly tooMany: TooMany
  readonly second: SecondRound
}

/** The outcome, and all it rests on. */
export type TwoRoundCount = {
  readonly kind: 'two-round'
  readonly method: 'two-round@1'
  readonly params: JsonObject
  /** Of the first round, and of the second. */
  readonly profileHashes: readonly string[]
  readonly first: MarkFigures
  /** Votes that would have been enough in the first round. */
  readonly needed: number
  /** Who goes on to the second round, ascending; empty when the first decided. */
  readonly qualified: readonly number[]
  readonly second: MarkFigures | null
  /** Null while the second round is still to come. */
  readonly elected: number | null
  /** Where the lot decided, and between whom. */
  readonly lots: readonly { readonly round: 1 | 2; readonly tied: readonly number[] }[]
  readonly lotOrder: LotOrder | null
}

/** Why there is no count. */
export type TwoRoundError =
  | Exclude<MarkError, { readonly kind: 'lot needed' }>
  | { readonly kind: 'lot needed'; readonly round: 1 | 2; readonly tied: readonly number[] }
  | { readonly kind: 'nobody stands' }
  /** Papers of a second round although the first decided. */
  | { readonly kind: 'no second round' }
  /** Its candidates are not those of the first round, in the same order, with all who did not qualify withdrawn. */
  | { readonly kind: 'wrong second round' }

/**
 * Counts the first round and, where one is due and its papers are there, the second. A second round is a profile with the candidates of the
 * first in which all who did not qualify are withdrawn; somebody who qualified may have withdrawn too. One mark a paper, one place.
 */
export function countTwoRound(
  params: TwoRoundParams,
  first: AnyProfile,
  second: AnyProfile | null,
  lot: LotOrder | null,
): Result<TwoRoundCount, TwoRoundError> {
  const wrong = badParameter(params, first)
  if (wrong !== null) return fail({ kind: 'bad parameter', name: wrong })
  const papers = checkedPapers(first, lot)
  if (papers.kind === 'fail') return papers
  const standing = standingIn(first)
  if (standing.length === 0) return fail({ kind: 'nobody stands' })
  const bounds = { least: 1, most: 1, tooMany: params.tooMany }
  const figures = addMarks(papers.value, first, bounds)
  const { blank, tooFew, tooMany } = figures.invalid
  const base = params.majorityOf === 'valid' ? figures.valid : figures.valid + blank + tooFew + tooMany
  const needed = Number(quotient(BigInt(base), 2n)) + 1
  const count = {
    kind: 'two-round',
    method: 'two-round@1',
    params: paramsJson(params),
    profileHashes: [profileHash(first)],
    first: figures,
    needed,
    qualified: [],
    second: null,
    elected: null,
    lots: [],
    lotOrder: lot,
  } as const
  const winner = standing.find((c) => (figures.votes[c] ?? 0) >= needed)
  if (winner !== undefined) return second === null ? ok({ ...count, elected: winner }) : fail({ kind: 'no second round' })
  const going = whoGoes(params.second, byVotes(standing, figures.votes), figures.votes, lot ?? standing)
  if (going.tied.length > 0 && lot === null) return fail({ kind: 'lot needed', round: 1, tied: going.tied })
  const due = {
    ...count,
    qualified: going.qualified,
    lots: going.tied.length > 0 ? [{ round: 1 as const, tied: going.tied }] : [],
  }
  if (second === null) return ok(due)
  const last = checkedPapers(second, lot)
  if (last.kind === 'fail') return last
  const left = standingIn(second)
  const same = second.seats === 1 && second.candidates.join('\n') === first.candidates.join('\n')
  if (!same || left.length === 0 || left.some((c) => !going.qualified.includes(c))) return fail({ kind: 'wrong second round' })
  const runoff = addMarks(last.value, second, bounds)
  const { elected, tied } = taken(byVotes(left, runoff.votes), 1, lot ?? left)
  if (tied.length > 0 && lot === null) return fail({ kind: 'lot needed', round: 2, tied })
  return ok({
    ...due,
    profileHashes: [...due.profileHashes, profileHash(second)],
    second: runoff,
    elected: elected[0] ?? null,
    lots: tied.length > 0 ? [...due.lots, { round: 2, tied }] : due.lots,
  })
}

function badParameter({ majorityOf, tooMany, second }: TwoRoundParams, { seats }: AnyProfile): string | null {
  if (seats !== 1) return 'seats'
  if (!['valid', 'cast'].includes(majorityOf)) return 'majorityOf'
  if (!['invalid', 'cut'].includes(tooMany)) return 'tooMany'
  if (second.kind === 'top-two') return ['lot', 'all'].includes(second.ties) ? null : 'second'
  const { share, of } = second
  const proper = compare(share, fraction(0)) > 0 && compare(share, fraction(1)) <= 0
  return proper && Number.isSafeInteger(of) && of > 0 ? null : 'second'
}

function whoGoes(
  rule: SecondRound,
  ranking: readonly (readonly number[])[],
  votes: readonly number[],
  order: LotOrder,
): { readonly qualified: readonly number[]; readonly tied: readonly number[] } {
  if (rule.kind === 'share') {
    const line = ceiling(multiply(rule.share, fraction(rule.of)))
    const over = ranking.flat().filter((c) => BigInt(votes[c] ?? 0) >= line)
    if (over.length >= 2) return { qualified: ascending(over), tied: [] }
  }
  const { elected, tied } = taken(ranking, 2, order)
  if (rule.kind === 'top-two' && rule.ties === 'lot') return { qualified: ascending(elected), tied }
  return { qualified: ascending([...new Set([...elected, ...tied])]), tied: [] }
}

const ascending = (candidates: readonly number[]): readonly number[] => candidates.toSorted((a, b) => a - b)

const paramsJson = ({ majorityOf, tooMany, second }: TwoRoundParams): JsonObject => ({
  majorityOf,
  tooMany,
  second:
    second.kind === 'top-two'
      ? { ...second }
      : { kind: 'share', share: `${second.share.numerator}/${second.share.denominator}`, of: second.of },
})
