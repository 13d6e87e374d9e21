// The rounds of an instant runoff over a box of papers. Every clause is the name of the parameter or step that acted.
import { assert, fail, ok, type Result } from '@quorate/kernel'
import { quotient } from '../arithmetic.ts'
import type { LotOrder } from '../lot.ts'
import { sortedParcels, type OpenParcel } from '../transferable/parcels.ts'
import type { Contest } from '../papers/profile.ts'
import type { CountError, Lot, Stage, StageAct, TiePurpose, TieStep, Transfer, Votes } from '../trace.ts'
import type { Box, Cause, Sorted } from './irv-papers.ts'
import type { IrvParams } from './irv-params.ts'

/** What a run gives a count. `inactive` has one entry a stage. */
export type Runoff = {
  readonly stages: readonly Stage[]
  readonly inactive: readonly Readonly<Record<Cause, number>>[]
  readonly elected: readonly number[]
  readonly lots: readonly Lot[]
  readonly valid: number
  readonly invalid: number
}

const nobody: Readonly<Record<Cause, number>> = { undervote: 0, overvote: 0, skipped: 0, repeated: 0, exhausted: 0 }

/** Runs all rounds. `lot` is asked only for ties the rule leaves to it. */
export const runoff = (contest: Contest, params: IrvParams, lot: LotOrder | null, box: Box): Result<Runoff, CountError> =>
  new Rounds(contest, params, lot, box).run()

class Rounds {
  readonly #params: IrvParams
  readonly #lot: LotOrder | null
  readonly #box: Box
  readonly #open: boolean[]
  readonly #totals: Votes[]
  readonly #inactive: Record<Cause, number>[] = []
  readonly #stages: Stage[] = []
  readonly #lots: Lot[] = []
  readonly #elected: number[] = []
  #valid = 0
  #nonTransferable = 0n

  constructor({ candidates, withdrawn }: Contest, params: IrvParams, lot: LotOrder | null, box: Box) {
    this.#params = params
    this.#lot = lot
    this.#box = box
    this.#open = candidates.map((_, c) => !withdrawn.includes(c))
    this.#totals = candidates.map(() => 0n)
  }

  run(): Result<Runoff, CountError> {
    const first = this.#firstStage()
    if (first.kind === 'fail') return first
    while (this.#goesOn()) {
      const next = this.#exclusionStage()
      if (next.kind === 'fail') return next
    }
    return ok({
      stages: this.#stages,
      inactive: this.#inactive,
      elected: this.#elected,
      lots: this.#lots,
      valid: this.#valid,
      invalid: papersOf(this.#inactive[0] ?? nobody),
    })
  }

  /** One more exclusion: nobody elected and somebody left to exclude; or the rule goes on to the last two. */
  #goesOn(): boolean {
    const left = this.#standing().length
    return this.#elected.length === 0 ? left > 0 : this.#params.until === 'two-left' && left > 2
  }

  #firstStage(): Result<void, CountError> {
    const inactive = { ...nobody }
    for (const { to, papers } of this.#box.sort(this.#open)) {
      if (typeof to === 'number') {
        this.#totals[to] = BigInt(papers)
        this.#valid += papers
      } else inactive[to] += papers
    }
    const valid = this.#valid
    return this.#endStage(
      [],
      [
        { kind: 'first-preferences', clause: 'first choices', valid, invalid: papersOf(inactive) },
        { kind: 'quota', clause: 'majority', valid, seats: 1, quota: this.#majority() },
      ],
      inactive,
    )
  }

  #exclusionStage(): Result<void, CountError> {
    const chosen = this.#toExclude()
    if (chosen.kind === 'fail') return chosen
    const { candidates, acts, clause } = chosen.value
    for (const c of candidates) this.#open[c] = false
    const inactive = { ...(this.#inactive.at(-1) ?? nobody) }
    const transfers = candidates.map((from) => this.#pass(from, inactive))
    for (const [i, { total }] of transfers.entries()) acts.push({ kind: 'exclude', clause, candidate: candidates[i] ?? 0, total })
    if (this.#params.majorityOf === 'continuing') {
      const active = this.#active()
      acts.push({ kind: 'new-quota', clause: 'majority', active, seats: 1, quota: this.#majority() })
    }
    return this.#endStage(transfers, acts, inactive)
  }

  /** Undeclared write-ins first; else a batch, where the rule has batches and there is one; else the lowest. */
  #toExclude(): Result<
    { readonly candidates: readonly number[]; readonly acts: StageAct[]; readonly clause: string },
    CountError
  > {
    const standing = this.#standing()
    const undeclared = standing.filter((c) => this.#params.undeclared.includes(c))
    if (undeclared.length > 0) return ok({ candidates: undeclared, acts: [], clause: 'undeclared' })
    const batch = this.#params.batch ? this.#batch(standing) : []
    if (batch.length > 1) return ok({ candidates: batch, acts: [], clause: 'batch' })
    const least = standing.reduce((low, c) => (this.#total(c) < low ? this.#total(c) : low), this.#active())
    const lowest = standing.filter((c) => this.#total(c) === least)
    const settled = this.#settle(lowest, 'exclusion', this.#stages.length + 1)
    if (settled.kind === 'fail') return settled
    return ok({ candidates: [settled.value.chosen], acts: settled.value.acts, clause: 'lowest' })
  }

  /**
   * The largest group of the lowest whose votes together are fewer than those of the next above: level with anybody outside they cannot be.
   * Going on to the last two, at least two are left.
   */
  #batch(standing: readonly number[]): readonly number[] {
    const upwards = standing.toSorted((a, b) =>
      this.#total(a) === this.#total(b) ? a - b : this.#total(a) < this.#total(b) ? -1 : 1,
    )
    const left = this.#params.until === 'two-left' ? 2 : 1
    for (let size = upwards.length - left; size > 1; size--) {
      const group = upwards.slice(0, size)
      const next = upwards[size]
      if (next !== undefined && group.reduce((sum, c) => sum + this.#total(c), 0n) < this.#total(next))
        return group.toSorted((a, b) => a - b)
    }
    return []
  }

  /** All papers of one excluded candidate, each whole. */
  #pass(from: number, inactive: Record<Cause, number>): Transfer {
    const total = this.#total(from)
    const parcels: OpenParcel[] = []
    let spent = 0
    const sorted: readonly Sorted[] = this.#box.pass(from, this.#open)
    for (const { to, papers } of sorted) {
      if (typeof to === 'number') {
        parcels.push({ to, papers: BigInt(papers), received: 1n, value: 1n })
        this.#totals[to] = this.#total(to) + BigInt(papers)
      } else {
        inactive[to] += papers
        spent += papers
      }
    }
    if (spent > 0) parcels.push({ to: null, papers: BigInt(spent), received: 1n, value: 1n })
    this.#nonTransferable += BigInt(spent)
    this.#totals[from] = 0n
    return { from, surplus: null, total, parcels: sortedParcels(parcels), lost: 0n }
  }

  /** Who is elected now, then the books. */
  #endStage(
    transfers: readonly Transfer[],
    acts: StageAct[],
    inactive: Readonly<Record<Cause, number>>,
  ): Result<void, CountError> {
    const elected = this.#elected.length === 0 ? this.#winner() : ok([])
    if (elected.kind === 'fail') return elected
    const stage: Stage = {
      number: this.#stages.length + 1,
      acts: [...acts, ...elected.value],
      transfers,
      iterations: [],
      totals: [...this.#totals],
      nonTransferable: this.#nonTransferable,
      lost: 0n,
      quota: this.#majority(),
    }
    this.#stages.push(stage)
    this.#inactive.push(inactive)
    // Votes are added up where they are, papers without a choice as they leave and by cause: three sums that must agree.
    assert(this.#active() + stage.nonTransferable === BigInt(this.#valid), 'every vote is somewhere at the end of a stage')
    const never = papersOf(this.#inactive[0] ?? nobody)
    assert(BigInt(papersOf(inactive) - never) === stage.nonTransferable, 'every paper without a choice has its cause')
    return ok(undefined)
  }

  /** More than half; or the last one; or, where half of all is out of reach for both of the last two, the one with more votes. */
  #winner(): Result<readonly StageAct[], CountError> {
    const standing = this.#standing()
    if (standing.some((c) => this.#params.undeclared.includes(c) && this.#total(c) > 0n)) return ok([])
    const [first, second, third] = standing
      .filter((c) => !this.#params.undeclared.includes(c))
      .sort((a, b) => (this.#total(a) === this.#total(b) ? a - b : this.#total(a) > this.#total(b) ? -1 : 1))
    if (first === undefined) return ok([])
    const total = this.#total(first)
    const needed = this.#majority()
    if (standing.length === 1) return ok([this.#elect({ kind: 'fill', clause: 'last one', candidate: first, total })])
    if (total >= needed) return ok([this.#elect({ kind: 'elect', clause: 'majority', candidate: first, total, needed })])
    if (second === undefined || third !== undefined || standing.length > 2) return ok([])
    // Of the last two, at least half of what they have together: more than the other, or as many and preferred.
    const half = quotient(total + this.#total(second) + 1n, 2n)
    if (total > this.#total(second))
      return ok([this.#elect({ kind: 'elect', clause: 'last two', candidate: first, total, needed: half })])
    const settled = this.#settle(
      [first, second].sort((a, b) => a - b),
      'election',
      this.#stages.length + 1,
    )
    if (settled.kind === 'fail') return settled
    const { chosen, acts } = settled.value
    return ok([...acts, this.#elect({ kind: 'elect', clause: 'last two', candidate: chosen, total, needed: half })])
  }

  #elect(act: Extract<StageAct, { readonly kind: 'elect' | 'fill' }>): StageAct {
    this.#elected.push(act.candidate)
    return act
  }

  /** One of those level, by `ties`: the most recent round first, narrowing as it goes back; then the lot. */
  #settle(
    tied: readonly number[],
    purpose: TiePurpose,
    stage: number,
  ): Result<{ readonly chosen: number; readonly acts: StageAct[] }, CountError> {
    const [single, ...level] = tied
    assert(single !== undefined, 'there is somebody to choose from')
    if (level.length === 0) return ok({ chosen: single, acts: [] })
    const { steps, left } = this.#params.ties === 'lot' ? { steps: [], left: tied } : this.#lookBack(tied, purpose)
    const total = this.#total(single)
    const tie = { kind: 'tie', purpose, tied, total, steps, numbers: null } as const
    const [one, ...others] = left
    assert(one !== undefined, 'looking back leaves somebody')
    if (others.length === 0) return ok({ chosen: one, acts: [{ ...tie, clause: 'earlier rounds', chosen: one, byLot: false }] })
    const clause = 'lot'
    if (this.#lot === null) return fail({ kind: 'lot needed', stage, clause, purpose, tied: left })
    const drawn = this.#lot.filter((c) => left.includes(c))
    const chosen = purpose === 'exclusion' ? drawn.at(-1) : drawn[0]
    assert(chosen !== undefined, 'the lot names every candidate')
    this.#lots.push({ stage, clause, purpose, tied: left, chosen })
    return ok({ chosen, acts: [{ ...tie, clause, chosen, byLot: true }] })
  }

  #lookBack(
    tied: readonly number[],
    purpose: TiePurpose,
  ): { readonly steps: readonly TieStep[]; readonly left: readonly number[] } {
    const steps: TieStep[] = []
    let left = tied
    for (const { number, totals } of this.#stages.toReversed()) {
      const votes = (c: number): Votes => totals[c] ?? 0n
      const now = left
      const best = now.filter((c) =>
        now.every((other) => (purpose === 'exclusion' ? votes(c) <= votes(other) : votes(c) >= votes(other))),
      )
      if (best.length === now.length) continue
      steps.push({ stage: number, among: now, left: best })
      left = best
      if (left.length === 1) break
    }
    return { steps, left }
  }

  /** The fewest votes that are more than half. */
  #majority(): Votes {
    const of = this.#params.majorityOf === 'valid' ? BigInt(this.#valid) : this.#active()
    return quotient(of, 2n) + 1n
  }

  #active(): Votes {
    return this.#totals.reduce((sum, votes) => sum + votes, 0n)
  }

  #standing(): readonly number[] {
    return this.#open.flatMap((is, c) => (is ? [c] : []))
  }

  #total(candidate: number): Votes {
    return this.#totals[candidate] ?? 0n
  }
}

const papersOf = (inactive: Readonly<Record<Cause, number>>): number =>
  Object.values(inactive).reduce((sum, papers) => sum + papers, 0)
