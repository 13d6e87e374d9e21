import { sha256 } from '@noble/hashes/sha2.js'
import { canonicalJson, fail, ok, toHex, utf8, type Result } from '@quorate/kernel'
import { isName } from '../profile.ts'

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
  | { readonly kind: 'no candidates' }
  | { readonly kind: 'bad name'; readonly candidate: number }
  | { readonly kind: 'bad title' }
  /** Not a whole number from 1 to the number of candidates. */
  | { readonly kind: 'bad seats'; readonly seats: number }
  | { readonly kind: 'bad weight'; readonly paper: number }
  /** Somebody unknown, somebody twice, or not in ascending order. */
  | { readonly kind: 'bad approvals'; readonly paper: number }
  | { readonly kind: 'too many papers' }

/** Checks everything a committee rule relies on. */
export function checkApprovals(profile: ApprovalProfile): Result<ApprovalProfile, ApprovalFault> {
  const { title, candidates, seats, papers } = profile
  if (candidates.length === 0) return fail({ kind: 'no candidates' })
  const nameless = candidates.findIndex((name) => !isName(name))
  if (nameless >= 0) return fail({ kind: 'bad name', candidate: nameless })
  if (title !== '' && !isName(title)) return fail({ kind: 'bad title' })
  if (!Number.isSafeInteger(seats) || seats < 1 || seats > candidates.length) return fail({ kind: 'bad seats', seats })
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
function mergedApprovals(papers: readonly Approvals[]): readonly Approvals[] {
  const merged = new Map<string, { weight: number; readonly approved: readonly number[] }>()
  for (const { weight, approved } of papers) {
    const key = approved.join()
    const known = merged.get(key)
    if (known === undefined) merged.set(key, { weight, approved })
    else known.weight += weight
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, paper]) => paper)
}

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
