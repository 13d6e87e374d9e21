import { sha256 } from '@noble/hashes/sha2.js'
import { canonicalJson, fail, ok, toHex, utf8, type Result } from '@quorate/kernel'
import { merged } from '../papers/merge.ts'
import { checkContest, type ContestFault } from '../papers/profile.ts'

/** Papers that approve the same candidates: how many, and whom (ascending; none is a paper that approves nobody). */
export type Approvals = { readonly weight: number; readonly approved: readonly number[] }

/** An election of a committee by approval: the candidates in nomination order, the places, and the papers in any order. */
export type ApprovalProfile = {
  readonly title: string
  readonly candidates: readonly string[]
  /** Places on the committee, at most as many as candidates. */
  readonly seats: number
  readonly papers: readonly Approvals[]
}

/** Why something is not an approval profile. `paper` is an index into `papers`. */
export type ApprovalFault =
  | ContestFault
  | { readonly kind: 'bad weight'; readonly paper: number }
  /** Somebody unknown, somebody twice, or not in ascending order. */
  | { readonly kind: 'bad approvals'; readonly paper: number }
  | { readonly kind: 'too many papers' }

/** Checks everything a committee rule relies on. */
export function checkApprovals(profile: ApprovalProfile): Result<ApprovalProfile, ApprovalFault> {
  const { candidates, seats, papers } = profile
  const contest = checkContest({ ...profile, withdrawn: [] })
  if (contest.kind === 'fail') return contest
  if (seats > candidates.length) return fail({ kind: 'bad seats', seats })
  let total = 0
  for (const [paper, { weight, approved }] of papers.entries()) {
    if (!Number.isSafeInteger(weight) || weight < 1) return fail({ kind: 'bad weight', paper })
    const orderly = approved.every((c, i) => Number.isInteger(c) && c < candidates.length && c > (approved[i - 1] ?? -1))
    if (!orderly) return fail({ kind: 'bad approvals', paper })
    total += weight
  }
  return Number.isSafeInteger(total) ? ok(profile) : fail({ kind: 'too many papers' })
}

/** Equal papers added together, in the order of their text: the same for every order and every splitting of the papers. */
const mergedApprovals = (papers: readonly Approvals[]): readonly Approvals[] => merged(papers, ({ approved }) => approved.join())

/** Fingerprint of what is counted, in lower-case hex: SHA-256 over `quorate/approvals/v1`, a line feed and the canonical JSON. */
export function approvalsHash({ candidates, seats, papers }: ApprovalProfile): string {
  const merged = mergedApprovals(papers).map(({ weight, approved }) => [weight, approved])
  return toHex(sha256(utf8(`quorate/approvals/v1\n${canonicalJson({ candidates, papers: merged, seats })}`)))
}

/** What the rules work on: merged papers, and who approves whom as indices of those papers. */
export type Approving = {
  readonly candidates: number
  readonly seats: number
  readonly papers: readonly Approvals[]
  /** Per candidate, the indices of the merged papers that approve them, ascending. */
  readonly supporters: readonly (readonly number[])[]
  /** All papers, those that approve nobody included. */
  readonly total: number
}

/** Prepares a checked profile for counting. */
export function approving(profile: ApprovalProfile): Approving {
  const papers = mergedApprovals(profile.papers)
  const supporters = profile.candidates.map((): number[] => [])
  for (const [index, { approved }] of papers.entries()) for (const c of approved) supporters[c]?.push(index)
  const total = papers.reduce((sum, { weight }) => sum + weight, 0)
  return { candidates: profile.candidates.length, seats: profile.seats, papers, supporters, total }
}

/** Weight of the papers that approve a candidate. */
export const support = (election: Approving, candidate: number): number =>
  (election.supporters[candidate] ?? []).reduce((sum, paper) => sum + (election.papers[paper]?.weight ?? 0), 0)
