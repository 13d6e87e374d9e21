// How a transferable vote reads a paper; every method of the family reads it so.
import { packer, type PackedProfile } from '../papers/packed.ts'
import type { PackedPapers } from '../papers/paper-table.ts'
import type { Paper } from '../papers/profile.ts'

/**
 * The preferences that count on a paper: a ranking counts as far as it names one candidate after another, so a skipped number or two
 * candidates at one number end it. The withdrawn were never on the paper. None: not a valid paper.
 */
function preferencesOf(paper: Paper, withdrawn: readonly number[]): readonly number[] {
  const preferences: number[] = []
  for (const rank of paper.ranking) {
    const named = typeof rank === 'number' ? [rank] : rank
    const [only, ...others] = named.filter((c) => !withdrawn.includes(c))
    if (others.length > 0 || named.length === 0) break
    if (only !== undefined) preferences.push(only)
  }
  return preferences
}

/** Papers of one ranking, plain candidates in order, as counted. */
export type Sheet = { readonly weight: bigint; readonly preferences: readonly number[] }

/** All papers as sheets, and how many papers have a first preference that can be counted. */
export function sheetsOf(
  papers: readonly Paper[],
  withdrawn: readonly number[],
): { readonly sheets: readonly Sheet[]; readonly valid: number; readonly invalid: number } {
  const merged = new Map<string, { weight: bigint; readonly preferences: readonly number[] }>()
  let valid = 0
  let invalid = 0
  for (const paper of papers) {
    const preferences = preferencesOf(paper, withdrawn)
    if (preferences.length === 0) {
      invalid += paper.weight
      continue
    }
    valid += paper.weight
    const key = preferences.join()
    const known = merged.get(key)
    if (known === undefined) merged.set(key, { weight: BigInt(paper.weight), preferences })
    else known.weight += BigInt(paper.weight)
  }
  return { sheets: [...merged.values()], valid, invalid }
}

/** The papers of a packed profile as plain rankings only, the odd ones as far as they count. The withdrawn may still be named. */
export function plainPapers(profile: PackedProfile): PackedPapers {
  if (profile.odd.length === 0) return profile.packed
  const { starts, ranks, weights } = profile.packed
  const odd = packer(profile.candidates.length)
  for (const paper of profile.odd) odd.add({ weight: paper.weight, ranking: preferencesOf(paper, profile.withdrawn) })
  const more = odd.end(profile).packed
  const joined = {
    starts: new Uint32Array(starts.length + more.weights.length),
    ranks: new Uint16Array(ranks.length + more.ranks.length),
    weights: new Float64Array(weights.length + more.weights.length),
  }
  joined.starts.set(starts)
  for (let i = 0; i < more.weights.length; i++) joined.starts[starts.length + i] = ranks.length + (more.starts[i + 1] ?? 0)
  joined.ranks.set(ranks)
  joined.ranks.set(more.ranks, ranks.length)
  joined.weights.set(weights)
  joined.weights.set(more.weights, weights.length)
  return joined
}
