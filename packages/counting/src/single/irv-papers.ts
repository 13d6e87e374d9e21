// How instant runoff reads a paper, rank by rank: the literal engine.
import { mergedPapers, type Paper, type Profile } from '../papers/profile.ts'
import type { IrvParams } from './irv-params.ts'

/**
 * Why a paper counts for nobody. `undervote`: no rank is used at all. `overvote`, `skipped`, `repeated`: the rule of that name stopped it.
 * `exhausted`: nobody it names still stands.
 */
export type Cause = 'undervote' | 'overvote' | 'skipped' | 'repeated' | 'exhausted'

/** For whom papers count now, or why for nobody. */
export type Reading = number | Cause

/** Papers that went one way. */
export type Sorted = { readonly to: Reading; readonly papers: number }

/**
 * A box of papers as a count uses it, whichever way it is built. A paper that counts for nobody never comes back; one that counts for
 * somebody stays there until they are excluded. Each way appears once.
 */
export type Box = {
  /** All papers. `open` says who stands. To be asked once, before anything else. */
  readonly sort: (open: readonly boolean[]) => readonly Sorted[]
  /** The papers that count for somebody now excluded. */
  readonly pass: (from: number, open: readonly boolean[]) => readonly Sorted[]
}

/** One paper, read from its first rank. RCTab's order: skipped ranks, then a repeated candidate, then several marks at one rank. */
function readPaper({ ranking }: Paper, params: IrvParams, open: readonly boolean[]): Reading {
  const ranks = ranking.slice(0, params.maxRanks === 'all' ? ranking.length : params.maxRanks)
  const marks = ranks.flatMap((rank, i) => {
    const named = typeof rank === 'number' ? [rank] : rank
    return named.length === 0 ? [] : [{ at: i + 1, named }]
  })
  if (marks.length === 0) return 'undervote'
  const seen = new Set<number>()
  let last = 0
  for (const { at, named } of marks) {
    if (params.skippedRanks !== 'unlimited' && at - last - 1 > params.skippedRanks) return 'skipped'
    last = at
    if (params.repeated === 'exhaust' && named.some((c) => seen.has(c))) return 'repeated'
    for (const c of named) seen.add(c)
    if (named.length > 1 && params.overvote === 'exhaust') return 'overvote'
    if (named.length > 1 && params.overvote === 'skip') continue
    const [only, another] = named.filter((c) => open[c])
    if (another !== undefined) return 'overvote'
    if (only !== undefined) return only
  }
  return 'exhausted'
}

/** The literal box: every paper is a sheet on one pile or on none, and is read anew whenever its pile is passed on. */
export function literalBox(profile: Profile, params: IrvParams): Box {
  const piles = new Map<Reading, Paper[]>()
  const deal = (papers: readonly Paper[], open: readonly boolean[]): readonly Sorted[] => {
    const sums = new Map<Reading, number>()
    for (const paper of papers) {
      const to = readPaper(paper, params, open)
      sums.set(to, (sums.get(to) ?? 0) + paper.weight)
      const pile = piles.get(to)
      if (pile === undefined) piles.set(to, [paper])
      else pile.push(paper)
    }
    return [...sums].map(([to, count]) => ({ to, papers: count }))
  }
  return {
    sort: (open) => deal(mergedPapers(profile.papers), open),
    pass: (from, open) => {
      const papers = piles.get(from) ?? []
      piles.delete(from)
      return deal(papers, open)
    },
  }
}
