// Instant runoff on packed papers. Plain rankings are dealt in typed arrays; the few odd papers are turned once into what they say under the
// rule, so that no rank is looked at twice.
import { assert } from '@quorate/kernel'
import type { PackedProfile } from '../papers/packed.ts'
import { Dealer, joined } from '../transferable/piles.ts'
import type { PackedPapers } from '../papers/paper-table.ts'
import type { Paper } from '../papers/profile.ts'
import type { Box, Cause, Reading, Sorted } from './irv-papers.ts'
import type { IrvParams } from './irv-params.ts'

/** What an odd paper says: one candidate after another, or several of whom one may be left; then why it ends. `at` is how far it is read. */
type Said = { readonly weight: number; readonly steps: readonly (number | readonly number[])[]; readonly end: Cause; at: number }

/** The box for large counts. Rankings are plain candidates, so only the odd papers can be stopped by a rule about marks. */
export function fastBox(profile: PackedProfile, params: IrvParams): Box {
  const candidates = profile.candidates.length
  const packed = params.maxRanks === 'all' ? profile.packed : shortened(profile.packed, params.maxRanks)
  const dealer = new Dealer(packed, candidates)
  const rows: Int32Array[][] = profile.candidates.map(() => [])
  const odd: Said[][] = profile.candidates.map(() => [])
  const blank = blankPapers(packed)

  const deal = (
    { dealt, said, blanks }: { dealt: ReturnType<Dealer['deal']>; said: readonly Said[]; blanks: number },
    open: readonly boolean[],
  ): readonly Sorted[] => {
    const sums = new Map<Reading, number>()
    const add = (to: Reading, papers: number): void => {
      if (papers > 0) sums.set(to, (sums.get(to) ?? 0) + papers)
    }
    for (const { to, rows: chunk, papers } of dealt) {
      if (to !== null) rows[to]?.push(chunk)
      add(to ?? 'exhausted', to === null ? papers - blanks : papers)
    }
    add('undervote', blanks)
    for (const paper of said) {
      const to = next(paper, open)
      if (typeof to === 'number') odd[to]?.push(paper)
      add(to, paper.weight)
    }
    return [...sums].map(([to, papers]) => ({ to, papers }))
  }
  return {
    sort: (open) => {
      const said = profile.odd.map((paper) => saidBy(paper, params))
      return deal({ dealt: dealer.dealAll(flags(open)), said, blanks: blank }, open)
    },
    pass: (from, open) => {
      const dealt = dealer.deal(joined(rows[from]?.splice(0) ?? []), flags(open))
      return deal({ dealt, said: odd[from]?.splice(0) ?? [], blanks: 0 }, open)
    },
  }
}

const flags = (open: readonly boolean[]): Uint8Array => Uint8Array.from(open, (is) => (is ? 1 : 0))

const blankPapers = ({ starts, weights }: PackedPapers): number =>
  weights.reduce((sum, weight, row) => sum + (starts[row] === starts[row + 1] ? weight : 0), 0)

/** Rankings as far as a voter had ranks. Two that have become equal stay two rows. */
function shortened({ starts, ranks, weights }: PackedPapers, most: number): PackedPapers {
  const ends = Uint32Array.from(starts)
  const kept: Uint16Array[] = []
  let length = 0
  for (let row = 0; row < weights.length; row++) {
    const start = starts[row] ?? 0
    const end = starts[row + 1] ?? 0
    const part = ranks.subarray(start, end - start > most ? start + most : end)
    kept.push(part)
    ends[row] = length
    length += part.length
  }
  ends[weights.length] = length
  const all = new Uint16Array(length)
  for (const [row, part] of kept.entries()) all.set(part, ends[row])
  return { starts: ends, ranks: all, weights }
}

/** An odd paper with all settled that does not depend on who stands. */
function saidBy({ weight, ranking }: Paper, { overvote, skippedRanks, repeated, maxRanks }: IrvParams): Said {
  const steps: (number | readonly number[])[] = []
  const met = new Set<number>()
  const said = (end: Cause): Said => ({ weight, steps, end, at: 0 })
  let empty = 0
  let used = false
  for (const [i, rank] of ranking.entries()) {
    if (maxRanks !== 'all' && i >= maxRanks) break
    const named = typeof rank === 'number' ? [rank] : rank
    if (named.length === 0) {
      empty++
      continue
    }
    if (skippedRanks !== 'unlimited' && empty > skippedRanks) return said('skipped')
    empty = 0
    used = true
    if (repeated === 'exhaust' && named.some((c) => met.has(c))) return said('repeated')
    for (const c of named) met.add(c)
    const [only, another] = named
    if (another === undefined && only !== undefined) steps.push(only)
    else if (overvote === 'exhaust') return said('overvote')
    else if (overvote === 'exhaust-if-multiple') steps.push(named)
  }
  return said(used ? 'exhausted' : 'undervote')
}

function next(paper: Said, open: readonly boolean[]): Reading {
  for (; paper.at < paper.steps.length; paper.at++) {
    const step = paper.steps[paper.at]
    assert(step !== undefined, 'the paper has this step')
    if (typeof step === 'number') {
      if (open[step]) return step
      continue
    }
    const standing = step.filter((c) => open[c])
    if (standing.length > 1) return 'overvote'
    if (standing[0] !== undefined) return standing[0]
  }
  return paper.end
}
