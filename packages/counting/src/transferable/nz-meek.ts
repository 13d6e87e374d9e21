// Local Electoral Regulations 2001 (New Zealand), SR 2001/145, Schedule 1A, Part 1 (multi-member vacancies), clauses 3 to 23, and Part 5,
// clauses 40 to 48. Conforms to the text; no official table was checked. Where the text leaves a point open, or practice is reported to
// differ, a parameter names the choice (docs/reference/counting.md). For one vacancy Part 2 has a rule of its own with the same outcome.
import { assert, fail, ok, type Result } from '@quorate/kernel'
import type { Keeper } from '../constrained/keeper.ts'
import { countWith, usualSettings, type CountSettings, type Engines } from './engines.ts'
import type { LotOrder } from '../lot.ts'
import { MeekBook, one, type Distribution, type MeekPapers, type RestRule } from './meek.ts'
import { fastPapers, fitsMeekFast } from './meek-fast.ts'
import { literalPapers } from './meek-literal.ts'
import { schedule1A, type NzMeekRules } from './nz-meek-rules.ts'
import { nzNumberAt, nzNumbers } from './nz-numbers.ts'
import type { AnyProfile } from '../papers/packed.ts'
import type { Contest, Profile } from '../papers/profile.ts'
import type { CountError, IterationsEnd, StvCount, TieStep, Votes } from '../trace.ts'

/** What Schedule 1A leaves open, or practice does otherwise. None has a default: the rulebook says which. */
export type NzMeekParams = {
  /**
   * Clause 10. `as-written`: every product to nine places and rounded up, so that a paper can be worth a little more than one vote and the
   * non-transferable votes fall below 0. `as-practised`: all but the last product rounded down, which loses nothing (Dunedin 2004).
   */
  readonly clause10: 'as-written' | 'as-practised'
  /** Clause 13, an exclusion: only from step 2 on, as it stands; or already at the end of step 1, as published counts have it. */
  readonly clause13: 'from-step-2' | 'from-step-1'
  /** Clauses 43 and 44: values thrown away before the first pseudo-random number is used. */
  readonly discards: 4 | 5
  /** Clause 19: when clause 40 leaves several, the lowest number among all who were tied, or among those left. */
  readonly numbersAmong: 'all-tied' | 'those-left'
}

/** Clause 13: "if the total surplus is less than 0.0001". */
const surplusSpent = 100_000n

/** Schedule 1A on a profile, by both engines. Ties are settled by the schedule's own numbers: no lot is ever asked. */
export function countNzMeek(
  params: NzMeekParams,
  profile: AnyProfile,
  lot: LotOrder | null,
  settings: CountSettings = usualSettings,
): Result<StvCount, CountError> {
  const engines = nzMeekEngines(params, null)
  return engines.kind === 'fail' ? engines : countWith(engines.value, profile, lot, settings)
}

/** Both engines, each with a keeper of its own where bounds say who may be elected together. */
export function nzMeekEngines(
  params: NzMeekParams,
  keepers: { readonly literal: Keeper; readonly fast: Keeper } | null,
): Result<Engines, CountError> {
  const bad = badParam(params)
  if (bad !== null) return fail({ kind: 'bad params', param: bad })
  return ok({
    literal: (p, lot) => countNzMeekUnder(schedule1A, params, p, lot, keepers?.literal),
    fast: (p, lot) => ok(new NzMeekCount(schedule1A, params, p, fastPapers(p, restRuleOf(params)), keepers?.fast).run(lot)),
    fits: fitsMeekFast,
  })
}

/** The literal engine on what has been checked; under a changed rule for the tests that prove the figures would notice. */
export function countNzMeekUnder(
  rules: NzMeekRules,
  params: NzMeekParams,
  profile: Profile,
  lot: LotOrder | null,
  keeper: Keeper | null = null,
): Result<StvCount, CountError> {
  return ok(new NzMeekCount(rules, params, profile, literalPapers(profile, restRuleOf(params), rules.part), keeper).run(lot))
}

const restRuleOf = ({ clause10 }: NzMeekParams): RestRule => (clause10 === 'as-written' ? 'multiply-up' : 'subtract')

function badParam({ clause10, clause13, discards, numbersAmong }: NzMeekParams): string | null {
  // The type says so already; a value from a file or an older rulebook may not obey it.
  const open: readonly (readonly [string, unknown, readonly unknown[]])[] = [
    ['clause10', clause10, ['as-written', 'as-practised']],
    ['clause13', clause13, ['from-step-2', 'from-step-1']],
    ['discards', discards, [4, 5]],
    ['numbersAmong', numbersAmong, ['all-tied', 'those-left']],
  ]
  return open.find(([, value, known]) => !known.includes(value))?.[0] ?? null
}

class NzMeekCount {
  readonly #rules: NzMeekRules
  readonly #params: NzMeekParams
  readonly #contest: Contest
  readonly #papers: MeekPapers
  readonly #book: MeekBook
  readonly #numbers: ReadonlyMap<number, number>

  constructor(rules: NzMeekRules, params: NzMeekParams, profile: AnyProfile, papers: MeekPapers, keeper: Keeper | null = null) {
    this.#rules = rules
    this.#params = params
    this.#contest = profile
    this.#papers = papers
    this.#book = new MeekBook(profile, papers, keeper)
    const standing = this.#book.with('hopeful')
    const seed = { candidates: standing.length, vacancies: profile.seats, valid: papers.valid }
    const numbers = nzNumbers(seed, params.discards)
    this.#numbers = new Map(standing.map((c, i) => [c, numbers[i] ?? 0]))
  }

  run(lot: LotOrder | null): StvCount {
    const book = this.#book
    let excluding = this.#step1()
    while (!this.#complete()) {
      if (excluding) this.#exclude()
      excluding = this.#complete() ? false : this.#iterate()
      if (this.#complete()) this.#fill()
      book.endStage()
    }
    return book.done('nz-meek@1', { ...this.#params }, lot)
  }

  /** Clauses 5 and 6. Returns whether the stage after it begins with an exclusion. */
  #step1(): boolean {
    const book = this.#book
    const [seats, valid] = [this.#contest.seats, this.#papers.valid]
    book.distribute((d) => this.#quota(d))
    const { quota } = book.last()
    book.act({ kind: 'first-preferences', clause: '5', valid, invalid: this.#papers.invalid })
    book.act({ kind: 'quota', clause: '5', valid, seats, quota })
    this.#elect('6')
    book.surplus(this.#totalSurplus())
    if (this.#complete()) this.#fill()
    book.endStage()
    if (this.#complete()) return false
    return book.doomed().length > 0 || (this.#params.clause13 === 'from-step-1' && this.#clause13() !== null)
  }

  /** Steps 2 and on, clauses 7 to 12 again and again, until somebody is elected or clause 13 or 23 excludes. */
  #iterate(): boolean {
    const book = this.#book
    let before: Votes | null = null
    for (;;) {
      // Clauses 7 to 9 and 17: hopeful candidates keep all, excluded ones nothing, successful ones what the last figures tell them.
      for (const c of book.with('elected')) book.keep[c] = this.#rules.keep(book.keep[c] ?? one, book.last().quota, book.votes(c))
      book.distribute((d) => this.#quota(d))
      const elected = this.#elect('12')
      const surplus = this.#totalSurplus()
      book.surplus(surplus)
      const lowest = this.#complete() ? null : this.#clause13()
      // Clause 23: nine decimals can bring the surplus no lower.
      const stuck = elected === 0 && before !== null && surplus >= before
      if (elected > 0 || lowest !== null || stuck) {
        const ended: IterationsEnd = elected > 0 ? 'elected' : (lowest ?? 'stuck')
        book.tell({ iterate: stuck && lowest === null ? '10, 23' : '10', quota: '11' }, ended)
        return lowest !== null || stuck
      }
      before = surplus
    }
  }

  /** Clauses 5 and 11: q = (v − vnt) ÷ (n + 1) + 0.000000001, cut to nine places. */
  #quota({ nonTransferable }: Distribution): Votes {
    const left = this.#rules.quotaFollows ? nonTransferable : 0n
    return this.#rules.quota(BigInt(this.#papers.valid) * one - left, BigInt(this.#contest.seats))
  }

  #totalSurplus(): Votes {
    const { quota } = this.#book.last()
    return this.#book
      .with('elected')
      .reduce((sum, c) => (this.#book.votes(c) > quota ? sum + this.#book.votes(c) - quota : sum), 0n)
  }

  /** Clauses 6 and 12. Where bounds let only some of those who are level be elected, clause 40 the other way round: those ahead. */
  #elect(clause: string): number {
    const elected = this.#book.electAtQuota(clause, (level, bounds) =>
      ok(this.#settle(level, 'election', { by40: bounds, by41: bounds })),
    )
    assert(elected.kind === 'ok', 'the schedule settles every tie')
    return elected.value
  }

  /** Clause 3. */
  #complete(): boolean {
    return this.#book.complete()
  }

  #fill(): void {
    if (this.#book.vacancies() > 0) this.#book.electRemaining('3')
  }

  /** Clause 13: whether the candidate with the least votes is to be excluded, and why. */
  #clause13(): IterationsEnd | null {
    if (this.#book.doomed().length > 0) return 'doomed'
    const hopeful = this.#book.excludable().map((c) => this.#book.votes(c))
    const [least = 0n, next] = hopeful.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    const { surplus } = this.#book.last()
    if (surplus < surplusSpent) return 'spent'
    return this.#rules.certainGoEarly && next !== undefined && least + surplus < next ? 'certain' : null
  }

  /** Clauses 13 and 19. */
  #exclude(): void {
    const book = this.#book
    const hopeful = book.excludable()
    const total = hopeful.reduce((least, c) => (book.votes(c) < least ? book.votes(c) : least), book.votes(hopeful[0] ?? 0))
    const tied = hopeful.filter((c) => book.votes(c) === total)
    const [only = 0, ...others] = tied
    book.exclude(others.length === 0 ? only : this.#settle(tied, 'exclusion', { by40: '19, 40', by41: '19, 41-48' }), '13')
  }

  /**
   * Clauses 19 and 40: behind at the first step at which the tied differed goes; then the lowest pseudo-random number of this step. Who is
   * elected first is the opposite end.
   */
  #settle(
    tied: readonly number[],
    purpose: 'exclusion' | 'election',
    clauses: { readonly by40: string; readonly by41: string },
  ): number {
    const book = this.#book
    let left = tied
    const steps: TieStep[] = []
    const sign = purpose === 'exclusion' ? 1n : -1n
    for (const { number, totals } of this.#rules.tieSearch === 'first' ? book.iterations : book.iterations.toReversed()) {
      const at = (c: number): Votes => sign * (totals[c] ?? 0n)
      const extreme = tied.filter((c) => tied.every((d) => at(c) <= at(d)))
      if (extreme.length === tied.length) continue
      steps.push({ stage: number, among: tied, left: extreme })
      left = extreme
      break
    }
    const [only] = left
    const total = book.votes(tied[0] ?? 0)
    const head = { kind: 'tie', purpose, tied, total, steps, byLot: false } as const
    if (left.length === 1 && only !== undefined) {
      book.act({ ...head, clause: clauses.by40, chosen: only, numbers: null })
      return only
    }
    const step = book.last().number
    const numberOf = (c: number): number => nzNumberAt(this.#numbers.get(c) ?? 0, step)
    const among = this.#params.numbersAmong === 'all-tied' ? tied : left
    const lowest = (this.#rules.numberWhoGoes === 'lowest') === (purpose === 'exclusion')
    const chosen = among.reduce((found, c) => (numberOf(c) < numberOf(found) === lowest ? c : found))
    book.act({ ...head, clause: clauses.by41, chosen, numbers: tied.map(numberOf) })
    return chosen
  }
}
