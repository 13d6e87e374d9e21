// Scottish Local Government Elections Order 2007, Schedule 1, rules 45 to 52: the fast engine, for a million papers. It shares no rule with
// the literal one in scottish-stv.ts, whose every stage it must give; comments there cite the clauses.
import { assert, fail, ok, type Result } from '@quorate/kernel'
import { divides, quotient } from '../arithmetic.ts'
import { exactMax, quotientOf } from './arithmetic-fast.ts'
import type { Keeper, Verdict } from '../constrained/keeper.ts'
import type { LotOrder } from '../lot.ts'
import { papersPacked, profileHash, type PackedProfile } from '../papers/packed.ts'
import { sortedParcels, type OpenParcel } from './parcels.ts'
import { Dealer, joined, type Pile } from './piles.ts'
import { plainPapers } from './sheets.ts'
import type { CountError, Lot, Stage, StageAct, StvCount, TiePurpose, TieStep, Transfer } from '../trace.ts'

const unit = 100_000
type Tie = Extract<StageAct, { kind: 'tie' }>
type Choice = { readonly candidate: number; readonly acts: StageAct[] }

/** Whether the totals of such a contest stay exact in plain numbers: up to 9 × 10^10 papers. */
export const fitsScottishFast = (profile: PackedProfile): boolean => papersPacked(profile) <= quotientOf(exactMax, unit)

/** Rules 45 to 52 on a packed profile that has been checked and fits. */
export function countScottishFast(
  profile: PackedProfile,
  lot: LotOrder | null,
  keeper: Keeper | null = null,
): Result<StvCount, CountError> {
  return new FastCount(profile, lot, keeper).run()
}

class FastCount {
  readonly #profile: PackedProfile
  readonly #lot: LotOrder | null
  readonly #keeper: Keeper | null
  readonly #dealer: Dealer
  /** 1: continuing. */
  readonly #open: Uint8Array
  readonly #piles: Pile[][]
  readonly #totals: number[]
  readonly #stages: Stage[] = []
  readonly #history: (readonly number[])[] = []
  readonly #elected: number[] = []
  readonly #lots: Lot[] = []
  #vacancies: number
  #valid = 0
  #invalid = 0
  #quota = 0
  #nonTransferable = 0
  #lost = 0n
  /** What the bounds say now; null without bounds. */
  #bounds: Verdict | null = null

  constructor(profile: PackedProfile, lot: LotOrder | null, keeper: Keeper | null) {
    const candidates = profile.candidates.length
    this.#profile = profile
    this.#lot = lot
    this.#keeper = keeper
    this.#dealer = new Dealer(plainPapers(profile), candidates)
    this.#open = Uint8Array.from({ length: candidates }, (_, c) => (profile.withdrawn.includes(c) ? 0 : 1))
    this.#piles = profile.candidates.map(() => [])
    this.#totals = profile.candidates.map(() => 0)
    this.#vacancies = profile.seats
  }

  run(): Result<StvCount, CountError> {
    const first = this.#first()
    if (first.kind === 'fail') return first
    for (let left = this.#continuing(); this.#vacancies > 0 && left.length > 0; left = this.#continuing()) {
      const doomed = left.filter((c) => this.#isDoomed(c))
      const over = doomed.length > 0 ? [] : this.#elected.filter((c) => this.#votes(c) > this.#quota).sort((a, b) => a - b)
      const purpose = over.length > 0 ? 'surplus' : 'exclusion'
      const going = doomed.length > 0 ? doomed : left.filter((c) => !this.#isGuarded(c))
      const choice = this.#choice(over.length > 0 ? over : going, purpose)
      if (choice.kind === 'fail') return choice
      const done = purpose === 'surplus' ? this.#transferSurplus(choice.value, over) : this.#exclude(choice.value)
      if (done.kind === 'fail') return done
    }
    const { seats } = this.#profile
    return ok({
      kind: 'stv',
      method: 'scottish-stv@1',
      params: {},
      profileHash: profileHash(this.#profile),
      places: 5,
      seats,
      valid: this.#valid,
      invalid: this.#invalid,
      quota: BigInt(this.#quota),
      stages: this.#stages,
      elected: this.#elected,
      unfilled: this.#vacancies,
      lotOrder: this.#lot,
      lots: this.#lots,
      bounds: null,
    })
  }

  #first(): Result<void, CountError> {
    for (const { to, rows, papers } of this.#dealer.dealAll(this.#open)) {
      if (to === null) this.#invalid = papers
      else {
        this.#piles[to]?.push({ rows, value: unit })
        this.#totals[to] = papers * unit
        this.#valid += papers
      }
    }
    const [valid, seats] = [this.#valid, this.#profile.seats]
    this.#quota = (quotientOf(valid, seats + 1) + 1) * unit
    return this.#close(
      [],
      [
        { kind: 'first-preferences', clause: '45', valid, invalid: this.#invalid },
        { kind: 'quota', clause: '46', valid, seats, quota: BigInt(this.#quota) },
      ],
    )
  }

  #transferSurplus({ candidate, acts }: Choice, over: readonly number[]): Result<void, CountError> {
    const total = this.#votes(candidate)
    const surplus = total - this.#quota
    const divisor = BigInt(total)
    let remainders = 0n
    this.#totals[candidate] = this.#quota
    const parcels = this.#passOn(candidate, (received, papers) => {
      // The one product past 2^53, once for each value in the pile: surplus × value.
      const a = BigInt(surplus) * BigInt(received)
      const value = quotient(a, divisor)
      remainders += BigInt(papers) * (a - value * divisor)
      return Number(value)
    })
    assert(divides(divisor, remainders), 'what truncation loses is a whole number of units')
    const lost = quotient(remainders, divisor)
    this.#lost += lost
    const waiting = over.filter((c) => c !== candidate)
    acts.push({ kind: 'surplus', clause: '48', candidate, total: BigInt(total), surplus: BigInt(surplus), waiting })
    return this.#close([{ from: candidate, surplus: BigInt(surplus), total: BigInt(total), parcels, lost }], acts)
  }

  #exclude({ candidate, acts }: Choice): Result<void, CountError> {
    const total = BigInt(this.#votes(candidate))
    this.#open[candidate] = 0
    this.#totals[candidate] = 0
    const parcels = this.#passOn(candidate, (received) => received)
    acts.push({ kind: 'exclude', clause: this.#bounds?.doomed.get(candidate) ?? '50(1)', candidate, total })
    return this.#close([{ from: candidate, surplus: null, total, parcels, lost: 0n }], acts)
  }

  /** Deals out all piles of a candidate, each value in one piece. */
  #passOn(candidate: number, revalue: (received: number, papers: number) => number): Transfer['parcels'] {
    const piles = this.#piles[candidate] ?? []
    this.#piles[candidate] = []
    const parcels: OpenParcel[] = []
    for (const received of new Set(piles.map(({ value }) => value))) {
      const dealt = this.#dealer.deal(joined(piles.filter(({ value }) => value === received).map(({ rows }) => rows)), this.#open)
      const value = revalue(
        received,
        dealt.reduce((sum, { papers }) => sum + papers, 0),
      )
      for (const { to, rows, papers } of dealt) {
        parcels.push({ to, papers: BigInt(papers), received: BigInt(received), value: BigInt(value) })
        if (to === null) this.#nonTransferable += papers * value
        else {
          this.#piles[to]?.push({ rows, value })
          this.#totals[to] = this.#votes(to) + papers * value
        }
      }
    }
    return sortedParcels(parcels)
  }

  /** The end of a stage: who has reached the quota, whether the rest fill the places, and whether every vote is still somewhere. */
  #close(transfers: readonly Transfer[], acts: StageAct[]): Result<void, CountError> {
    const seated = this.#seatReached(acts)
    if (seated.kind === 'fail') return seated
    const rest = this.#descending()
    const guarded = rest.filter((c) => this.#isGuarded(c))
    const uncontested = rest.length < this.#vacancies
    const filling = rest.length <= this.#vacancies ? rest : guarded.length === this.#vacancies ? guarded : []
    const clause = filling === guarded ? (this.#keeper?.clause ?? '') : uncontested ? '12' : '52(1)'
    for (const candidate of filling) {
      acts.push({ kind: 'fill', clause, candidate, total: BigInt(this.#votes(candidate)) })
      this.#seat(candidate)
    }
    const sum = this.#totals.reduce((a, b) => a + b, this.#nonTransferable)
    assert(BigInt(sum) + this.#lost === BigInt(this.#valid * unit), 'every vote is somewhere at the end of a stage')
    assert(this.#vacancies >= 0, 'no more are elected than there are places')
    this.#history.push([...this.#totals])
    this.#stages.push({
      number: this.#history.length,
      acts,
      transfers,
      iterations: [],
      totals: this.#totals.map(BigInt),
      nonTransferable: BigInt(this.#nonTransferable),
      lost: this.#lost,
      quota: BigInt(this.#quota),
    })
    return ok(undefined)
  }

  /** Whoever has the quota, most votes first; with bounds one at a time, since each may shut out another. */
  #seatReached(acts: StageAct[]): Result<void, CountError> {
    this.#ask(acts)
    for (;;) {
      const reached = this.#descending().filter((c) => this.#votes(c) >= this.#quota && !this.#isDoomed(c))
      const [first] = reached
      if (first === undefined) return ok(undefined)
      const level = reached.filter((c) => this.#votes(c) === this.#votes(first))
      const state = { elected: this.#elected, continuing: this.#continuing() }
      const choice: Result<Choice, CountError> =
        level.length === 1 || this.#keeper?.together(state, level) !== false
          ? ok({ candidate: first, acts: [] })
          : this.#choice(level, 'election')
      if (choice.kind === 'fail') return choice
      const { candidate } = choice.value
      const [total, needed] = [BigInt(this.#votes(candidate)), BigInt(this.#quota)]
      acts.push(...choice.value.acts, { kind: 'elect', clause: '47(1)', candidate, total, needed })
      this.#seat(candidate)
      this.#ask(acts)
    }
  }

  /** Asks the keeper of the bounds, and notes what is new. */
  #ask(acts: StageAct[]): void {
    this.#bounds = this.#keeper?.judge({ elected: this.#elected, continuing: this.#continuing() }) ?? null
    for (const news of this.#bounds?.news ?? []) acts.push({ ...news, total: BigInt(this.#votes(news.candidate)) })
  }

  #isDoomed(candidate: number): boolean {
    return this.#bounds?.doomed.has(candidate) === true
  }

  #isGuarded(candidate: number): boolean {
    return this.#bounds?.guarded.has(candidate) === true
  }

  #descending(): readonly number[] {
    return this.#continuing().sort((a, b) => this.#votes(b) - this.#votes(a) || a - b)
  }

  #seat(candidate: number): void {
    this.#open[candidate] = 0
    this.#elected.push(candidate)
    this.#vacancies--
  }

  #choice(among: readonly number[], purpose: TiePurpose): Result<Choice, CountError> {
    const tied = best(among, this.#totals, purpose)
    const [only, ...others] = tied
    assert(only !== undefined, 'there is somebody to choose from')
    if (others.length === 0) return ok({ candidate: only, acts: [] })
    const steps: TieStep[] = []
    let left = tied
    for (let stage = this.#history.length; stage > 0 && left.length > 1; stage--) {
      const ahead = best(left, this.#history[stage - 1] ?? [], purpose)
      if (ahead.length < left.length) steps.push({ stage, among: left, left: ahead })
      left = ahead
    }
    const byLot = left.length > 1
    const clauses = {
      surplus: byLot ? '49(3)' : '49(2)',
      exclusion: byLot ? '51(2)(b)' : '51(2)(a)',
      election: this.#keeper?.clause ?? '',
    }
    const clause = clauses[purpose]
    const stage = this.#stages.length + 1
    if (byLot && this.#lot === null) return fail({ kind: 'lot needed', stage, clause, purpose, tied: left })
    const level = left
    const preferred = (this.#lot ?? []).filter((c) => level.includes(c))
    const chosen = (byLot ? (purpose === 'exclusion' ? preferred.at(-1) : preferred[0]) : left[0]) ?? only
    if (byLot) this.#lots.push({ stage, clause, purpose, tied: left, chosen })
    const act: Tie = { kind: 'tie', clause, purpose, tied, total: BigInt(this.#votes(only)), steps, chosen, byLot, numbers: null }
    return ok({ candidate: chosen, acts: [act] })
  }

  #continuing(): number[] {
    return Array.from(this.#open.keys()).filter((c) => this.#open[c] === 1)
  }

  #votes(candidate: number): number {
    return this.#totals[candidate] ?? 0
  }
}

function best(among: readonly number[], totals: readonly number[], purpose: TiePurpose): readonly number[] {
  const sign = purpose === 'exclusion' ? -1 : 1
  let most = -exactMax
  for (const c of among) if (sign * (totals[c] ?? 0) > most) most = sign * (totals[c] ?? 0)
  return among.filter((c) => sign * (totals[c] ?? 0) === most)
}
