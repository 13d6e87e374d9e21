import { fail, ok, type Result } from '@quorate/kernel'
import { merged } from './merge.ts'

/**
 * What stands at one rank of a paper: a candidate; or, as an array, none (a skipped rank) or several in ascending order (equal ranks).
 * Candidates are numbered from 0 in nomination order.
 */
export type Rank = number | readonly number[]

/** Papers that say the same: how many, and their ranks from the first preference on. No ranks at all is a blank paper. */
export type Paper = { readonly weight: number; readonly ranking: readonly Rank[] }

/** Who stands for how many places: a profile without its papers. */
export type Contest = {
  readonly title: string
  /** Names in nomination order; a candidate is known everywhere by this index. */
  readonly candidates: readonly string[]
  /** Candidates who withdrew, ascending. They are passed over on every paper, never renumbered. */
  readonly withdrawn: readonly number[]
  /** Places to fill, at least 1. */
  readonly seats: number
}

/** What is counted. The order of `papers`, and how equal papers are split among them, never changes a count. */
export type Profile = Contest & { readonly papers: readonly Paper[] }

/** Why something is not a profile. `paper` is an index into `papers`. */
export type ProfileFault =
  | { readonly kind: 'no candidates' }
  | { readonly kind: 'too many candidates'; readonly most: number }
  | { readonly kind: 'bad seats'; readonly seats: number }
  | { readonly kind: 'bad name'; readonly candidate: number }
  | { readonly kind: 'bad title' }
  | { readonly kind: 'bad withdrawn'; readonly candidate: number }
  | { readonly kind: 'bad weight'; readonly paper: number }
  | { readonly kind: 'unknown candidate'; readonly paper: number; readonly candidate: number }
  | { readonly kind: 'repeated candidate'; readonly paper: number; readonly candidate: number }
  | { readonly kind: 'bad rank'; readonly paper: number }
  | { readonly kind: 'too many papers' }

// Packed papers hold a candidate in 16 bits, and one number more stands for nobody.
const candidatesMost = 65_535

// Control characters, line and paragraph separators: a name that holds one breaks tables, files and terminals.
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/

/** Whether a text can stand as a name: not blank, no blanks at its ends, no control character, well-formed. */
export const isName = (text: string): boolean =>
  text !== '' && text === text.trim() && text.isWellFormed() && !unprintable.test(text)

/**
 * Whether a paper may name a candidate at two ranks. Only a method with a rule for it (instant runoff) allows that; to all others such a
 * paper is a fault in the file.
 */
export type Repeats = 'refused' | 'allowed'

/** Checks everything a count relies on, so that a method can take any value of type {@link Profile} and never throw on it. */
export function checkProfile(profile: Profile, repeats: Repeats = 'refused'): Result<Profile, ProfileFault> {
  const contest = checkContest(profile)
  if (contest.kind === 'fail') return contest
  const { candidates, papers } = profile
  const known = (c: number): boolean => Number.isInteger(c) && c >= 0 && c < candidates.length
  let total = 0
  for (const [index, paper] of papers.entries()) {
    if (!Number.isSafeInteger(paper.weight) || paper.weight < 1) return fail({ kind: 'bad weight', paper: index })
    total += paper.weight
    const fault = checkRanking(paper.ranking, index, known, repeats)
    if (fault !== null) return fail(fault)
  }
  return Number.isSafeInteger(total) ? ok(profile) : fail({ kind: 'too many papers' })
}

/** What can be wrong with a contest, whatever its papers say. */
export type ContestFault = Extract<
  ProfileFault,
  { readonly kind: 'no candidates' | 'too many candidates' | 'bad seats' | 'bad name' | 'bad title' | 'bad withdrawn' }
>

/** Checks all but the papers. */
export function checkContest(contest: Contest): Result<Contest, ContestFault> {
  const { candidates, withdrawn, seats, title } = contest
  const known = (c: number): boolean => Number.isInteger(c) && c >= 0 && c < candidates.length
  if (candidates.length === 0) return fail({ kind: 'no candidates' })
  if (candidates.length > candidatesMost) return fail({ kind: 'too many candidates', most: candidatesMost })
  if (!Number.isSafeInteger(seats) || seats < 1) return fail({ kind: 'bad seats', seats })
  const nameless = candidates.findIndex((name) => !isName(name))
  if (nameless >= 0) return fail({ kind: 'bad name', candidate: nameless })
  if (title !== '' && !isName(title)) return fail({ kind: 'bad title' })
  const stray = withdrawn.find((c, i) => !known(c) || (i > 0 && c <= (withdrawn[i - 1] ?? c)))
  return stray === undefined ? ok(contest) : fail({ kind: 'bad withdrawn', candidate: stray })
}

function checkRanking(
  ranking: readonly Rank[],
  paper: number,
  known: (c: number) => boolean,
  repeats: Repeats,
): ProfileFault | null {
  const seen = new Set<number>()
  for (const rank of ranking) {
    const together = typeof rank === 'number' ? [rank] : rank
    if (typeof rank !== 'number' && (rank.length === 1 || rank.some((c, i) => i > 0 && c < (rank[i - 1] ?? c)))) {
      return { kind: 'bad rank', paper }
    }
    for (const candidate of together) {
      if (!known(candidate)) return { kind: 'unknown candidate', paper, candidate }
      if (seen.has(candidate)) return { kind: 'repeated candidate', paper, candidate }
      seen.add(candidate)
    }
    if (repeats === 'allowed') seen.clear()
  }
  return null
}

/** Papers in the box, blank ones included. */
export const papersIn = (profile: Profile): number => profile.papers.reduce((sum, paper) => sum + paper.weight, 0)

/** Equal rankings added together, in the order of their text: the same for every order and every splitting of the papers. */
export const mergedPapers = (papers: readonly Paper[]): readonly Paper[] =>
  merged(papers, ({ ranking }) => JSON.stringify(ranking))
