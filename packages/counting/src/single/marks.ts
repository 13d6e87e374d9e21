// Methods that add up marks: plurality (one mark a paper: "first past the post", and for several places the single non-transferable vote),
// the block vote (as many as places), the limited vote (fewer), and any other least and most that a rulebook sets.
import { assert, fail, ok, type JsonObject, type Result } from '@quorate/kernel'
import { levels, taken } from '../levels.ts'
import { isLotOrder, type LotOrder } from '../lot.ts'
import { profileHash, checkedPacked, unpackProfile, type AnyProfile } from '../papers/packed.ts'
import { checkProfile, type Contest, type Paper, type ProfileFault } from '../papers/profile.ts'

/**
 * A paper with more marks than it may have. `invalid`: it does not count. `cut`: the marks of its first ranks count, as far as whole ranks
 * fit; where not even the first does, the paper does not count. Of a ranked paper `cut` with one mark takes the first preference.
 */
export type TooMany = 'invalid' | 'cut'

/** What each method leaves to the rulebook. Nothing has a default. `least` is at least 1. */
export type MarkParams = {
  'plurality@1': { readonly tooMany: TooMany }
  /** At most as many marks as places. */
  'block-vote@1': { readonly least: number; readonly tooMany: TooMany }
  /** At most `most` marks, fewer than places. */
  'limited-vote@1': { readonly least: number; readonly most: number; readonly tooMany: TooMany }
  'choose@1': { readonly least: number; readonly most: number; readonly tooMany: TooMany }
}

/** Id of a method that adds up marks. */
export type MarkMethod = keyof MarkParams

/** What adding up marks gives. `valid` and the three numbers of papers that do not count add up to all papers. */
export type MarkFigures = {
  /** Per candidate; 0 for the withdrawn. */
  readonly votes: readonly number[]
  readonly valid: number
  readonly invalid: { readonly blank: number; readonly tooFew: number; readonly tooMany: number }
}

/** The outcome, and all it rests on. */
export type MarkCount = MarkFigures & {
  readonly kind: 'marks'
  readonly method: MarkMethod
  readonly params: JsonObject
  readonly profileHash: string
  readonly seats: number
  /** Those who stand by votes, best first, level candidates together. */
  readonly ranking: readonly (readonly number[])[]
  readonly elected: readonly number[]
  /** Places nobody was left to take. */
  readonly unfilled: number
  /** Those between whom the lot decided; empty when it was not needed. */
  readonly tied: readonly number[]
  readonly lotOrder: LotOrder | null
  /** Where places were kept for a group: its name, the clause that says so, its members who stand, and those who took the places kept. */
  readonly reserved?: {
    readonly name: string
    readonly clause: string
    readonly members: readonly number[]
    /** By votes. */
    readonly places: readonly number[]
  }
}

/** Why there is no count. */
export type MarkError =
  | { readonly kind: 'bad profile'; readonly fault: ProfileFault }
  | { readonly kind: 'bad lot order' }
  | { readonly kind: 'bad parameter'; readonly name: string }
  /** As many votes, too few places, and no lot given. */
  | { readonly kind: 'lot needed'; readonly tied: readonly number[] }

/** How many marks a paper may have. */
export type MarkBounds = { readonly least: number; readonly most: number; readonly tooMany: TooMany }

type Rule = { [M in MarkMethod]: { readonly method: M; readonly params: MarkParams[M] } }[MarkMethod]

/** Adds up marks and fills the places with those who have most. Pure; the order of the papers changes nothing. */
export function countMarks<M extends MarkMethod>(
  method: M,
  params: MarkParams[M],
  profile: AnyProfile,
  lot: LotOrder | null,
): Result<MarkCount, MarkError> {
  const papers = checkedPapers(profile, lot)
  if (papers.kind === 'fail') return papers
  const bounds = boundsOf({ method, params } as Rule, profile.seats) // the signature pairs them
  if (bounds.kind === 'fail') return fail({ kind: 'bad parameter', name: bounds.error })
  const figures = addMarks(papers.value, profile, bounds.value)
  const standing = standingIn(profile)
  const ranking = byVotes(standing, figures.votes)
  const { elected, tied } = taken(ranking, profile.seats, lot ?? standing)
  if (tied.length > 0 && lot === null) return fail({ kind: 'lot needed', tied })
  return ok({
    kind: 'marks',
    method,
    params: { ...params },
    profileHash: profileHash(profile),
    seats: profile.seats,
    ...figures,
    ranking,
    elected,
    unfilled: profile.seats - elected.length,
    tied,
    lotOrder: lot,
  })
}

/** The papers of a profile that has been checked together with the lot order. */
export function checkedPapers(
  profile: AnyProfile,
  lot: LotOrder | null,
): Result<readonly Paper[], Extract<MarkError, { readonly kind: 'bad profile' | 'bad lot order' }>> {
  const checked = 'papers' in profile ? checkProfile(profile) : checkedPacked(profile)
  if (checked.kind === 'fail') return fail({ kind: 'bad profile', fault: checked.error })
  if (lot !== null && !isLotOrder(lot, profile.candidates.length)) return fail({ kind: 'bad lot order' })
  return ok('papers' in checked.value ? checked.value.papers : unpackProfile(checked.value).papers)
}

/** Those who have not withdrawn, in nomination order. */
export const standingIn = ({ candidates, withdrawn }: Contest): readonly number[] =>
  candidates.flatMap((_, c) => (withdrawn.includes(c) ? [] : [c]))

/** Candidates by votes, level ones together. */
export const byVotes = (standing: readonly number[], votes: readonly number[]): readonly (readonly number[])[] =>
  levels(standing, (a, b) => (votes[a] ?? 0) - (votes[b] ?? 0))

/** Least and most marks of a method for so many places, or the parameter that makes no sense. */
function boundsOf(rule: Rule, seats: number): Result<MarkBounds, string> {
  const { tooMany } = rule.params
  if (!['invalid', 'cut'].includes(tooMany)) return fail('tooMany')
  const least = rule.method === 'plurality@1' ? 1 : rule.params.least
  const most = rule.method === 'plurality@1' ? 1 : rule.method === 'block-vote@1' ? seats : rule.params.most
  if (!Number.isSafeInteger(most) || most < 1 || (rule.method === 'limited-vote@1' && most >= seats)) return fail('most')
  return Number.isSafeInteger(least) && least >= 1 && least <= most ? ok({ least, most, tooMany }) : fail('least')
}

/** Adds up the marks of valid papers. A mark for somebody who withdrew is no mark. */
export function addMarks(papers: readonly Paper[], contest: Contest, { least, most, tooMany }: MarkBounds): MarkFigures {
  const votes = contest.candidates.map(() => 0)
  const invalid = { blank: 0, tooFew: 0, tooMany: 0 }
  let valid = 0
  let given = 0
  for (const { weight, ranking } of papers) {
    const ranks = ranking
      .map((rank) => (typeof rank === 'number' ? [rank] : rank).filter((c) => !contest.withdrawn.includes(c)))
      .filter((named) => named.length > 0)
    const all = ranks.flat()
    const over = all.length > most
    const marks = !over ? all : tooMany === 'cut' ? fitting(ranks, most) : []
    if (all.length === 0) invalid.blank += weight
    else if (marks.length < least) invalid[over ? 'tooMany' : 'tooFew'] += weight
    else {
      valid += weight
      given += weight * marks.length
      for (const c of marks) votes[c] = (votes[c] ?? 0) + weight
    }
  }
  assert(votes.reduce((sum, n) => sum + n, 0) === given, 'every mark that counts is somebody’s vote')
  return { votes, valid, invalid }
}

/** The marks of the first ranks, as far as whole ranks fit. */
function fitting(ranks: readonly (readonly number[])[], most: number): readonly number[] {
  const marks: number[] = []
  for (const named of ranks) {
    if (marks.length + named.length > most) break
    marks.push(...named)
  }
  return marks
}
