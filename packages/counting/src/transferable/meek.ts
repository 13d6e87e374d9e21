// What all rules of Meek's kind share (Hill, Wichmann and Woodall, Algorithm 123, The Computer Journal 30, 1987): papers counted from the
// start with keep values, and the books of a count. The rules themselves, who is elected and excluded when, stand in a file each.
import { assert, ok, type JsonObject, type Result } from '@quorate/kernel'
import { quotientUp, unitsPerVote } from '../arithmetic.ts'
import type { Keeper, Verdict } from '../constrained/keeper.ts'
import type { LotOrder } from '../lot.ts'
import { profileHash, type AnyProfile } from '../papers/packed.ts'
import type { CountError, Iteration, IterationsEnd, Lot, Stage, StageAct, StvCount, StvMethodId, Votes } from '../trace.ts'

/** Decimal places of votes and keep values in both rules. */
const places = 9
/** One vote in units. */
export const one = unitsPerVote(places)

/** How the rest of a paper after a candidate's part is worked out. */
export type RestRule =
  /** What it was, less the part: nothing is gained or lost on a paper. */
  | 'subtract'
  /** What it was × (1 − keep value), rounded up on its own: a paper can be worth a few units more than one vote. */
  | 'multiply-up'

/** Votes after one pass through all papers. `nonTransferable` is added up from what is left on each paper; it can be a little below 0. */
export type Distribution = { readonly totals: readonly Votes[]; readonly nonTransferable: Votes }

/** All papers of a contest, to be counted as often as wanted. Two engines implement it. */
export type MeekPapers = {
  /** Papers with a first preference, and the others. */
  readonly valid: number
  readonly invalid: number
  /** Every paper from the start: to each candidate named in turn the part `keep` says, rounded up, until nothing is left. */
  readonly distribute: (keep: readonly Votes[]) => Distribution
}

/** The new keep value: keep × quota, then ÷ votes, each to nine places and rounded up. */
export const nextKeep = (keep: Votes, quota: Votes, votes: Votes): Votes => quotientUp(quotientUp(keep * quota, one) * one, votes)

/** What a candidate keeps of the rest of a paper: rest × keep value, to nine places and rounded up if not exact. */
export const partUp = (rest: Votes, keep: Votes): Votes => quotientUp(rest * keep, one)

export type MeekStatus = 'hopeful' | 'elected' | 'excluded' | 'withdrawn'

/** The books of one count under a Meek rule: who stands where, all iterations, and the stages they make. */
export class MeekBook {
  readonly status: MeekStatus[]
  readonly keep: Votes[]
  readonly iterations: Iteration[] = []
  readonly lots: Lot[] = []
  readonly #profile: AnyProfile
  readonly #papers: MeekPapers
  readonly #keeper: Keeper | null
  readonly #elected: number[] = []
  readonly #stages: Stage[] = []
  #pending: Iteration[] = []
  #acts: StageAct[] = []
  #verdict: Verdict | null = null

  constructor(profile: AnyProfile, papers: MeekPapers, keeper: Keeper | null) {
    this.#profile = profile
    this.#papers = papers
    this.#keeper = keeper
    this.status = profile.candidates.map((_, c) => (profile.withdrawn.includes(c) ? 'withdrawn' : 'hopeful'))
    this.keep = this.status.map((status) => (status === 'hopeful' ? one : 0n))
  }

  with(status: MeekStatus): readonly number[] {
    return this.status.flatMap((s, c) => (s === status ? [c] : []))
  }

  vacancies(): number {
    return this.#profile.seats - this.#elected.length
  }

  /** Number of the stage now being made. */
  stageNumber(): number {
    return this.#stages.length + 1
  }

  last(): Iteration {
    const last = this.iterations.at(-1)
    assert(last !== undefined, 'the papers have been counted')
    return last
  }

  votes(candidate: number): Votes {
    return this.last().totals[candidate] ?? 0n
  }

  act(...acts: readonly StageAct[]): void {
    this.#acts.push(...acts)
  }

  /** Counts all papers with the present keep values. The quota comes from what is left in play. */
  distribute(quotaOf: (distribution: Distribution) => Votes): void {
    const distribution = this.#papers.distribute(this.keep)
    const { totals, nonTransferable } = distribution
    const sum = totals.reduce((a, b) => a + b, nonTransferable)
    assert(sum === BigInt(this.#papers.valid) * one, 'every vote is somewhere after every iteration')
    const quota = quotaOf(distribution)
    const number = this.iterations.length + 1
    const iteration = { number, keep: [...this.keep], totals, nonTransferable, quota, surplus: 0n }
    this.iterations.push(iteration)
    this.#pending.push(iteration)
  }

  /** Sets the surplus of the last iteration, which the rule adds up after it has elected. */
  surplus(surplus: Votes): void {
    const last = { ...this.last(), surplus }
    this.iterations.splice(-1, 1, last)
    this.#pending.splice(-1, 1, last)
  }

  /** Hopeful candidates whom the bounds shut out: excluded before anything else. */
  doomed(): readonly number[] {
    return [...(this.#verdict?.doomed.keys() ?? [])]
  }

  /** Whom an exclusion chooses from: the doomed if there are any, else the hopeful but those whom the bounds keep in. */
  excludable(): readonly number[] {
    const doomed = this.doomed()
    return doomed.length > 0 ? doomed : this.with('hopeful').filter((c) => this.#verdict?.guarded.has(c) !== true)
  }

  /** All places filled, or no more left than places: of all the hopeful, or of those whom the bounds keep in. */
  complete(): boolean {
    const vacancies = this.vacancies()
    return vacancies === 0 || this.with('hopeful').length <= vacancies || this.#guarded().length === vacancies
  }

  /**
   * Elects every hopeful candidate with at least the quota, more votes first; under bounds one after the other, since each election can shut
   * out the next. `first` says who of some who are level is elected when the bounds do not let all of them be. Returns how many.
   */
  electAtQuota(
    clause: string,
    first: (level: readonly number[], clause: string) => Result<number, CountError>,
  ): Result<number, CountError> {
    const { quota } = this.last()
    this.#judge()
    for (let elected = 0; ; elected++) {
      const continuing = this.with('hopeful')
      const doomed = this.doomed()
      const reached = this.#byVotes(continuing).filter((c) => this.votes(c) >= quota && !doomed.includes(c))
      const [best] = reached
      if (best === undefined) return ok(elected)
      const level = reached.filter((c) => this.votes(c) === this.votes(best))
      const parted = level.length > 1 && this.#keeper?.together({ elected: this.#elected, continuing }, level) === false
      const chosen = this.#keeper !== null && parted ? first(level, this.#keeper.clause) : ok(best)
      if (chosen.kind === 'fail') return chosen
      this.#seat(chosen.value)
      this.act({ kind: 'elect', clause, candidate: chosen.value, total: this.votes(chosen.value), needed: quota })
      this.#judge()
    }
  }

  /** Elects all who are left, or all who must be. */
  electRemaining(clause: string): void {
    const all = this.with('hopeful')
    const filling = all.length <= this.vacancies() ? all : this.#guarded()
    for (const candidate of this.#byVotes(filling)) {
      this.#seat(candidate)
      this.act({
        kind: 'fill',
        clause: filling === all ? clause : (this.#keeper?.clause ?? clause),
        candidate,
        total: this.votes(candidate),
      })
    }
  }

  exclude(candidate: number, clause: string): void {
    this.act({ kind: 'exclude', clause: this.#verdict?.doomed.get(candidate) ?? clause, candidate, total: this.votes(candidate) })
    this.status[candidate] = 'excluded'
    this.keep[candidate] = 0n
    this.#judge()
  }

  #guarded(): readonly number[] {
    return this.with('hopeful').filter((c) => this.#verdict?.guarded.has(c) === true)
  }

  #judge(): void {
    if (this.#keeper === null) return
    this.#verdict = this.#keeper.judge({ elected: this.#elected, continuing: this.with('hopeful') })
    for (const news of this.#verdict.news) this.act({ ...news, total: this.votes(news.candidate) })
  }

  /** Tells the iterations of this stage, and the quota if they moved it. Comes before the acts they led to. */
  tell(clauses: { readonly iterate: string; readonly quota: string }, ended: IterationsEnd): void {
    const [first] = this.#pending
    const { number: last, surplus, quota, totals } = this.last()
    const before = this.#stages.at(-1)
    if (first === undefined || before === undefined) return
    const told: StageAct[] = [{ kind: 'iterate', clause: clauses.iterate, first: first.number, last, surplus, ended }]
    const active = totals.reduce((a, b) => a + b, 0n)
    if (quota !== before.quota) told.push({ kind: 'new-quota', clause: clauses.quota, active, seats: this.#profile.seats, quota })
    const elects = this.#acts.findIndex((act) => act.kind === 'elect' || (act.kind === 'tie' && act.purpose === 'election'))
    this.#acts.splice(elects < 0 ? this.#acts.length : elects, 0, ...told)
  }

  endStage(): void {
    const { totals, nonTransferable, quota } = this.last()
    const [iterations, acts] = [this.#pending, this.#acts]
    this.#stages.push({ number: this.stageNumber(), acts, transfers: [], iterations, totals, nonTransferable, lost: 0n, quota })
    this.#pending = []
    this.#acts = []
    assert(this.vacancies() >= 0, 'no more are elected than there are places')
  }

  done(method: StvMethodId, params: JsonObject, lotOrder: LotOrder | null): StvCount {
    return {
      kind: 'stv',
      method,
      params,
      profileHash: profileHash(this.#profile),
      places,
      seats: this.#profile.seats,
      valid: this.#papers.valid,
      invalid: this.#papers.invalid,
      quota: this.last().quota,
      stages: this.#stages,
      elected: this.#elected,
      unfilled: this.vacancies(),
      lotOrder,
      lots: this.lots,
      bounds: null,
    }
  }

  #seat(candidate: number): void {
    this.status[candidate] = 'elected'
    this.#elected.push(candidate)
  }

  /** More votes first, then nomination order: an order to read, which decides nothing. */
  #byVotes(among: readonly number[]): readonly number[] {
    return among.toSorted((a, b) => (this.votes(a) === this.votes(b) ? a - b : this.votes(a) > this.votes(b) ? -1 : 1))
  }
}
