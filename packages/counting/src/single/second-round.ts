// The papers of a second round as a file has them: it may name all who stood in the first, or only those who go on.
import { unpackProfile, type AnyProfile } from '../papers/packed.ts'

/**
 * The second round's papers with the candidates of the first: whoever its file does not name has withdrawn. A file that names somebody else,
 * or one name twice, is returned as it is, for the count to refuse. One place.
 */
export function asSecondRound(first: AnyProfile, second: AnyProfile): AnyProfile {
  const one = { ...second, seats: 1 }
  const { candidates } = first
  const index = second.candidates.map((name) => candidates.indexOf(name))
  const isPart = index.every((c, i) => c >= 0 && index.indexOf(c) === i) && new Set(candidates).size === candidates.length
  if (!isPart || second.candidates.length === candidates.length) return one
  const { papers, withdrawn } = 'papers' in one ? one : unpackProfile(one)
  const at = (c: number): number => index[c] ?? 0
  const gone = new Set(withdrawn.map(at))
  return {
    title: second.title,
    candidates,
    seats: 1,
    withdrawn: candidates.flatMap((_, c) => (index.includes(c) && !gone.has(c) ? [] : [c])),
    papers: papers.map(({ weight, ranking }) => ({
      weight,
      ranking: ranking.map((rank) => (typeof rank === 'number' ? at(rank) : rank.map(at).toSorted((a, b) => a - b))),
    })),
  }
}
