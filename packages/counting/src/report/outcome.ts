// What people ask of a finished count, found in its trace alone: nothing here counts again.
import type { Parcel, Stage, StageAct, StvCount, Votes } from '../trace.ts'

/** How a candidate left the count, and at which stage (1-based) that was settled. */
export type Standing =
  | { readonly kind: 'elected'; readonly stage: number; readonly atQuota: boolean }
  /** Excluded in this stage, on the figures at the end of the one before. */
  | { readonly kind: 'excluded'; readonly stage: number }
  /** Still in when the last place was filled. */
  | { readonly kind: 'not reached'; readonly stage: number }
  | { readonly kind: 'withdrawn' }

/** How each candidate ended, by index. */
export function standings(count: StvCount, withdrawn: readonly number[]): readonly Standing[] {
  const last = count.stages.length
  const ends = (count.stages[0]?.totals ?? []).map((_, c): Standing =>
    withdrawn.includes(c) ? { kind: 'withdrawn' } : { kind: 'not reached', stage: last },
  )
  for (const { number, acts } of count.stages) {
    for (const act of acts) {
      if (act.kind === 'elect' || act.kind === 'fill')
        ends[act.candidate] = { kind: 'elected', stage: number, atQuota: act.kind === 'elect' }
      else if (act.kind === 'exclude') ends[act.candidate] = { kind: 'excluded', stage: number }
    }
  }
  return ends
}

/** Candidates as a table lists them: the elected in their order, then those who stayed in longest, then the withdrawn. */
export function tableOrder(count: StvCount, withdrawn: readonly number[]): readonly number[] {
  const ends = standings(count, withdrawn)
  const leftAt = (c: number): number => {
    const end = ends[c]
    return end === undefined || end.kind === 'withdrawn' ? -1 : end.kind === 'excluded' ? end.stage : Number.MAX_SAFE_INTEGER
  }
  const others = ends.flatMap(({ kind }, c) => (kind === 'elected' ? [] : [c]))
  return [...count.elected, ...others.sort((a, b) => leftAt(b) - leftAt(a) || a - b)]
}

/** Whether somebody's total belongs in the table at a stage: not after the exclusion that emptied it, and never for the withdrawn. */
export const isShown = (end: Standing | undefined, stage: Stage, candidate: number): boolean =>
  end !== undefined &&
  end.kind !== 'withdrawn' &&
  (end.kind !== 'excluded' || stage.number < end.stage || (stage.totals[candidate] ?? 0n) !== 0n)

/** Where a candidate's papers went: added over the values at which they had come. `to` null: no preference left. */
export type Destination = { readonly to: number | null; readonly papers: number; readonly amount: Votes }

/** Destinations of parcels, most votes first, those without a further preference last. */
export function destinations(parcels: readonly Parcel[]): readonly Destination[] {
  const sums = new Map<number | null, { papers: number; amount: Votes }>()
  for (const { to, papers, amount } of parcels) {
    const sum = sums.get(to) ?? { papers: 0, amount: 0n }
    sums.set(to, { papers: sum.papers + papers, amount: sum.amount + amount })
  }
  return [...sums]
    .map(([to, sum]) => ({ to, ...sum }))
    .sort((a, b) => (a.to === null ? 1 : b.to === null ? -1 : a.amount === b.amount ? a.to - b.to : a.amount > b.amount ? -1 : 1))
}

/** Why somebody was not elected: when and on what figures, where the papers went, and how near the quota they ever came. */
export type NotElected = {
  readonly candidate: number
  /** Their last total, and the stage at whose end it stood. */
  readonly total: Votes
  readonly totalAt: number
  /** The stage of exclusion, or null when they were still in at the end. */
  readonly excludedAt: number | null
  /** Set when somebody else had as many votes and a tie rule chose this candidate to go. */
  readonly tie: Extract<StageAct, { kind: 'tie' }> | null
  /** The fewest votes of anybody who stayed in, and who; null when nobody else was in. */
  readonly next: { readonly candidate: number; readonly total: Votes } | null
  readonly destinations: readonly Destination[]
  /** The smallest gap to the quota, and the stage at whose end it was. */
  readonly nearest: { readonly stage: number; readonly gap: Votes }
}

/** The answer for one candidate; null for the elected and the withdrawn. */
export function whyNotElected(count: StvCount, candidate: number, withdrawn: readonly number[]): NotElected | null {
  const ends = standings(count, withdrawn)
  const end = ends[candidate]
  if (end === undefined || end.kind === 'elected' || end.kind === 'withdrawn') return null
  const excludedAt = end.kind === 'excluded' ? end.stage : null
  const totalAt = excludedAt === null ? count.stages.length : excludedAt - 1
  const totals = count.stages[totalAt - 1]?.totals ?? []
  const total = totals[candidate] ?? 0n
  const stillIn = ends.flatMap((other, c) => (c !== candidate && wasIn(other, totalAt) ? [c] : []))
  const [first, ...rest] = stillIn.map((c) => ({ candidate: c, total: totals[c] ?? 0n }))
  const next = first === undefined ? null : rest.reduce((least, other) => (other.total < least.total ? other : least), first)
  const stage = excludedAt === null ? undefined : count.stages[excludedAt - 1]
  const tie = stage?.acts.find((act) => act.kind === 'tie' && act.purpose === 'exclusion' && act.chosen === candidate)
  const gaps = count.stages.slice(0, totalAt).map((s) => ({ stage: s.number, gap: s.quota - (s.totals[candidate] ?? 0n) }))
  const nearest = gaps.reduce((least, gap) => (gap.gap < least.gap ? gap : least))
  return {
    candidate,
    total,
    totalAt,
    excludedAt,
    tie: tie?.kind === 'tie' ? tie : null,
    next,
    destinations: destinations(
      (stage?.transfers ?? []).filter(({ from }) => from === candidate).flatMap(({ parcels }) => parcels),
    ),
    nearest,
  }
}

/** Neither elected nor out at the end of a stage. Those elected in it are judged by what came after, so they are not "still in". */
const wasIn = (end: Standing, stage: number): boolean =>
  end.kind === 'not reached' || (end.kind !== 'withdrawn' && end.stage > stage)
