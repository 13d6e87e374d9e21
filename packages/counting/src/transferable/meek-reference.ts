// Reference Meek rule of the Proportional Representation Foundation (prfound.org/resources/reference/reference-meek-rule), steps A to C and
// procedure T. Conforms to the text; its figures for the ERS97 model election agree with the Meek count of Hill, Wichmann and Woodall's
// program to the two decimals that it prints.
import { fail, ok, type Result } from '@quorate/kernel'
import { quotient } from '../arithmetic.ts'
import { countWith, usualSettings, type CountSettings, type Engines } from './engines.ts'
import type { Keeper } from '../constrained/keeper.ts'
import type { LotOrder } from '../lot.ts'
import { MeekBook, nextKeep, one, type Distribution, type MeekPapers } from './meek.ts'
import { fastPapers, fitsMeekFast } from './meek-fast.ts'
import { literalPapers } from './meek-literal.ts'
import type { AnyProfile } from '../papers/packed.ts'
import type { Contest } from '../papers/profile.ts'
import type { CountError, IterationsEnd, StvCount, Votes } from '../trace.ts'

/** A: omega = 0.000001. */
const omega = 1000n

/** The reference rule on a profile, by both engines. `lot` is asked only by procedure T. */
export const countMeekReference = (
  profile: AnyProfile,
  lot: LotOrder | null,
  settings: CountSettings = usualSettings,
): Result<StvCount, CountError> => countWith(meekReferenceEngines(null), profile, lot, settings)

/** Both engines, each with a keeper of its own where bounds say who may be elected together. */
export const meekReferenceEngines = (keepers: { readonly literal: Keeper; readonly fast: Keeper } | null): Engines => ({
  literal: (profile, lot) => new ReferenceCount(profile, literalPapers(profile, 'subtract'), lot, keepers?.literal).run(),
  fast: (profile, lot) => new ReferenceCount(profile, fastPapers(profile, 'subtract'), lot, keepers?.fast).run(),
  fits: fitsMeekFast,
})

class ReferenceCount {
  readonly #contest: Contest
  readonly #papers: MeekPapers
  readonly #book: MeekBook
  readonly #lot: LotOrder | null

  constructor(profile: AnyProfile, papers: MeekPapers, lot: LotOrder | null, keeper: Keeper | null = null) {
    this.#contest = profile
    this.#papers = papers
    this.#book = new MeekBook(profile, papers, keeper)
    this.#lot = lot
  }

  /** Each stage is a round of step B; a defeat (B.3) opens the stage in which its votes move. */
  run(): Result<StvCount, CountError> {
    const book = this.#book
    let defeating = false
    for (let first = true; first || !this.#complete(); first = false) {
      if (defeating) {
        const defeated = this.#defeat()
        if (defeated.kind === 'fail') return defeated
      }
      if (first || !this.#complete()) {
        const round = this.#round()
        if (round.kind === 'fail') return round
        defeating = round.value
      }
      if (this.#complete() && book.vacancies() > 0) book.electRemaining('C.1')
      book.endStage()
    }
    return ok(book.done('meek-reference@1', {}, this.#lot))
  }

  /** B.1. */
  #complete(): boolean {
    return this.#book.complete()
  }

  /** B.2. Returns whether B.3 follows. */
  #round(): Result<boolean, CountError> {
    const book = this.#book
    let before: Votes | null = null
    for (;;) {
      book.distribute((d) => this.#quota(d))
      if (book.iterations.length === 1) this.#firstActs()
      const reached = book.electAtQuota('B.2.c', (level, bounds) => this.#firstOf(level, bounds))
      if (reached.kind === 'fail') return reached
      const elected = reached.value
      const doomed = book.doomed().length > 0
      const surplus = this.#surplus()
      book.surplus(surplus)
      const ended = elected > 0 ? 'elected' : doomed ? 'doomed' : this.#finished(surplus, before)
      if (ended !== null) {
        book.tell({ iterate: 'B.2', quota: 'B.2.b' }, ended)
        // An election goes back to B.1 without B.2.f: the next iteration uses the same keep values once more.
        return ok(elected === 0 || doomed)
      }
      before = surplus
      this.#updateKeep()
    }
  }

  #firstActs(): void {
    const [valid, seats, { quota }] = [this.#papers.valid, this.#contest.seats, this.#book.last()]
    this.#book.act({ kind: 'first-preferences', clause: 'B.2.a', valid, invalid: this.#papers.invalid })
    this.#book.act({ kind: 'quota', clause: 'B.2.b', valid, seats, quota })
  }

  /** B.2.b: the votes of all candidates ÷ (seats + 1), cut to nine places, plus 0.000000001. */
  #quota({ totals }: Distribution): Votes {
    const votes = totals.reduce((a, b) => a + b, 0n)
    return quotient(votes, BigInt(this.#contest.seats) + 1n) + 1n
  }

  /** B.2.d: the sum of v − q over the elected, but not less than 0. */
  #surplus(): Votes {
    const { quota } = this.#book.last()
    const sum = this.#book.with('elected').reduce((all, c) => all + this.#book.votes(c) - quota, 0n)
    return sum < 0n ? 0n : sum
  }

  /** B.2.e. */
  #finished(surplus: Votes, before: Votes | null): IterationsEnd | null {
    if (surplus < omega) return 'spent'
    return before !== null && surplus >= before ? 'stuck' : null
  }

  /** B.2.f. */
  #updateKeep(): void {
    const book = this.#book
    for (const c of book.with('elected')) book.keep[c] = nextKeep(book.keep[c] ?? one, book.last().quota, book.votes(c))
  }

  /** B.3 and T: the lowest, tied with everybody whose vote is no more than the lowest and the surplus together. */
  #defeat(): Result<void, CountError> {
    const book = this.#book
    const hopeful = book.excludable()
    const total = hopeful.reduce((least, c) => (book.votes(c) < least ? book.votes(c) : least), book.votes(hopeful[0] ?? 0))
    const tied = hopeful.filter((c) => book.votes(c) <= total + book.last().surplus)
    const [only = 0, ...others] = tied
    if (others.length === 0) return ok(book.exclude(only, 'B.3'))
    const stage = book.stageNumber()
    const drawn = this.#lot?.filter((c) => tied.includes(c)).at(-1)
    if (drawn === undefined) return fail({ kind: 'lot needed', stage, clause: 'T', purpose: 'exclusion', tied })
    book.lots.push({ stage, clause: 'T', purpose: 'exclusion', tied, chosen: drawn })
    book.act({
      kind: 'tie',
      clause: 'T',
      purpose: 'exclusion',
      tied,
      total,
      steps: [],
      chosen: drawn,
      byLot: true,
      numbers: null,
    })
    return ok(book.exclude(drawn, 'B.3'))
  }

  /** Who of some who are level is elected, where bounds do not let all of them be: by lot, as in procedure T. */
  #firstOf(tied: readonly number[], clause: string): Result<number, CountError> {
    const stage = this.#book.stageNumber()
    const [chosen] = this.#lot?.filter((c) => tied.includes(c)) ?? []
    if (chosen === undefined) return fail({ kind: 'lot needed', stage, clause, purpose: 'election', tied })
    const total = this.#book.votes(chosen)
    this.#book.lots.push({ stage, clause, purpose: 'election', tied, chosen })
    this.#book.act({ kind: 'tie', clause, purpose: 'election', tied, total, steps: [], chosen, byLot: true, numbers: null })
    return ok(chosen)
  }
}
