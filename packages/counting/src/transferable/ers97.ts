// R. A. Newland and F. S. Britton, How to conduct an election by the single transferable vote, 3rd edition, Electoral Reform Society 1997
// (ERS97), sections 4 and 5. Provisional: conforms to the text and to the first two stages of its model election (section 8) as quoted in
// public; no whole table of the booklet was checked. Every figure is a whole number of 10^-2 votes.
import { assert, fail, ok, type Result } from '@quorate/kernel'
import { quotientUp, unitsPerVote } from '../arithmetic.ts'
import type { Keeper, Moment, Verdict } from '../constrained/keeper.ts'
import { countWith, usualSettings, type CountSettings, type Engines } from './engines.ts'
import { ers97Rules, type Ers97Rules } from './ers97-rules.ts'
import { fastBatches, literalBatches, type BatchPapers } from './ers97-papers.ts'
import type { LotOrder } from '../lot.ts'
import { profileHash, type AnyProfile } from '../papers/packed.ts'
import { sortedParcels } from './parcels.ts'
import type { Profile } from '../papers/profile.ts'
import type { CountError, Lot, Parcel, Stage, StageAct, StvCount, TiePurpose, TieStep, Transfer, Votes } from '../trace.ts'

const places = 2
const one = unitsPerVote(places)
const sumOf = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n)

/** 6.1: papers of one value that came in one transfer. */
type Batch<B> = { readonly papers: B; readonly value: Votes }
type Status = 'continuing' | 'elected' | 'excluded' | 'withdrawn'
type Chosen = { readonly candidate: number; readonly act: StageAct | null }

/** Sections 5.1 to 5.6 on a profile, by both engines. `lot` is asked only where 5.2.3 and 5.2.5 leave a tie to lot. */
export const countErs97 = (
  profile: AnyProfile,
  lot: LotOrder | null,
  settings: CountSettings = usualSettings,
): Result<StvCount, CountError> => countWith(ers97Engines(null), profile, lot, settings)

/** Both engines, each with a keeper of its own where bounds say who may be elected together. */
export const ers97Engines = (keepers: { readonly literal: Keeper; readonly fast: Keeper } | null): Engines => ({
  literal: (profile, lot) => countErs97Under(ers97Rules, profile, lot, keepers?.literal),
  fast: (profile, lot) => new Ers97Count(ers97Rules, profile, fastBatches(profile), lot, keepers?.fast).run(),
  fits: () => true,
})

/** The literal engine on a profile that has been checked; under a changed rule for the tests that prove the figures would notice. */
export const countErs97Under = (
  rules: Ers97Rules,
  profile: Profile,
  lot: LotOrder | null,
  keeper: Keeper | null = null,
): Result<StvCount, CountError> => new Ers97Count(rules, profile, literalBatches(profile), lot, keeper).run()

class Ers97Count<B> {
  readonly #rules: Ers97Rules
  readonly #profile: AnyProfile
  readonly #papers: BatchPapers<B>
  readonly #lot: LotOrder | null
  readonly #keeper: Keeper | null
  readonly #status: Status[]
  readonly #batches: Batch<B>[][]
  readonly #totals: Votes[]
  readonly #stages: Stage[] = []
  readonly #elected: number[] = []
  readonly #lots: Lot[] = []
  /** Totals at the first stage and after every batch since, with the stage: the points at which 5.2.3, 5.2.5 and 5.6.2 look for a difference. */
  readonly #points: { readonly stage: number; readonly totals: readonly Votes[] }[] = []
  #acts: StageAct[] = []
  #transfers: Transfer[] = []
  #valid = 0n
  #invalid = 0n
  #quota: Votes = 0n
  #nonTransferable: Votes = 0n
  #lost: Votes = 0n
  /** What the bounds say now; null without bounds. */
  #verdict: Verdict | null = null

  constructor(
    rules: Ers97Rules,
    profile: AnyProfile,
    papers: BatchPapers<B>,
    lot: LotOrder | null,
    keeper: Keeper | null = null,
  ) {
    this.#rules = rules
    this.#profile = profile
    this.#papers = papers
    this.#lot = lot
    this.#keeper = keeper
    this.#status = profile.candidates.map((_, c) => (profile.withdrawn.includes(c) ? 'withdrawn' : 'continuing'))
    this.#batches = profile.candidates.map(() => [])
    this.#totals = profile.candidates.map(() => 0n)
  }

  run(): Result<StvCount, CountError> {
    for (let first = true; first || !this.#over(); first = false) {
      const excludes = this.#doomed().length > 0 || this.#transferWaits()
      const stage = first ? this.#firstStage() : excludes ? this.#exclusionStage() : this.#surplusStage()
      if (stage.kind === 'fail') return stage
    }
    const { seats } = this.#profile
    return ok({
      kind: 'stv',
      method: 'ers97@1',
      params: {},
      profileHash: profileHash(this.#profile),
      places,
      seats,
      valid: Number(this.#valid),
      invalid: Number(this.#invalid),
      quota: this.#quota,
      stages: this.#stages,
      elected: this.#elected,
      unfilled: this.#vacancies(),
      lotOrder: this.#lot,
      lots: this.#lots,
      bounds: null,
    })
  }

  /** 5.1. */
  #firstStage(): Result<void, CountError> {
    for (const { to, papers, batch } of this.#papers.first(this.#open())) {
      if (to === null) this.#invalid = papers
      else {
        this.#valid += papers
        this.#receive(to, { papers: batch, value: one }, papers)
      }
    }
    this.#point()
    this.#setQuota()
    const [valid, invalid, seats] = [Number(this.#valid), Number(this.#invalid), this.#profile.seats]
    this.#acts.push(
      { kind: 'first-preferences', clause: '5.1.2', valid, invalid },
      { kind: 'quota', clause: '5.1.6', valid, seats, quota: this.#quota },
    )
    this.#judge()
    return this.#endStage(this.#deemElected('5.1.7'))
  }

  /** 5.1.6 and 5.4.8: votes still transferable ÷ (places + 1) to two decimals; 0.01 is added unless that is exact. */
  #setQuota(): void {
    this.#quota = this.#rules.quota(this.#valid * one - this.#nonTransferable, BigInt(this.#profile.seats))
  }

  /**
   * 5.2.2: surpluses wait when all of them together do not exceed (a) the gap between the two lowest, or (b) the gap between two or more
   * lowest, who could be excluded under 5.2.5, and the next above. Without a surplus there is nothing to wait for.
   */
  #transferWaits(): boolean {
    return this.#surplusTotal() === 0n || (this.#rules.surplusesWait && this.#excludable() > 0)
  }

  /**
   * 5.2.5: how many of the lowest can go together: as many as possible so that enough remain for the places, and their votes with all
   * surpluses do not exceed the vote of the next above. 0: not even the lowest alone.
   */
  #excludable(): number {
    const votes = this.#ascending(this.#excludables()).map((c) => this.#total(c))
    for (let n = this.#mayGoTogether() ? votes.length - this.#vacancies() : 1; n > 0; n--) {
      if (sumOf(votes.slice(0, n)) + this.#surplusTotal() <= (votes[n] ?? 0n)) return n
    }
    return 0
  }

  /**
   * 5.2.5 (a): enough must be left to fill the places, under bounds to fill them lawfully. That is known after each exclusion, which can make
   * the next one of those who must stay; so as long as a bound can still be missed, one goes at a time, and (b) of 5.2.2 has nothing to wait
   * for. docs/reference/counting.md, “Under bounds”, gives the reasons.
   */
  #mayGoTogether(): boolean {
    return this.#rules.excludeTogether && this.#keeper?.stillBinds(this.#moment()) !== true
  }

  /** 5.2.3, 5.3: the largest surplus. */
  #surplusStage(): Result<void, CountError> {
    const pending = this.#pending()
    const most = pending.reduce((best, c) => (this.#total(c) > best ? this.#total(c) : best), 0n)
    const chosen = this.#settle(
      pending.filter((c) => this.#total(c) === most),
      'surplus',
      '5.2.3',
    )
    if (chosen.kind === 'fail') return chosen
    const { candidate, act } = chosen.value
    if (act !== null) this.#acts.push(act)
    const surplus = most - this.#quota
    const waiting = pending.filter((c) => c !== candidate)
    this.#acts.push({ kind: 'surplus', clause: '5.3', candidate, total: most, surplus, waiting })
    this.#transferSurplus(candidate, most, surplus)
    this.#point()
    return this.#endStage(this.#deemElected('5.3.13'))
  }

  /** 5.3.1 to 5.3.10. */
  #transferSurplus(candidate: number, total: Votes, surplus: Votes): void {
    // 5.3.1, 5.3.2: the last batch received, which at the first stage is all there is. Nothing came after it: the elected receive no more.
    const held = this.#batches[candidate] ?? []
    const last = held.at(-1)
    assert(last !== undefined, 'whoever has a surplus has papers')
    const received = last.value
    const looked = this.#rules.lastBatchOnly ? last.papers : this.#papers.joined(held.map((batch) => batch.papers))
    const dealt = this.#papers.deal(looked, this.#open())
    const transferable = sumOf(dealt.map(({ to, papers }) => (to === null ? 0n : papers)))
    // 5.3.7: shared between the transferable papers, unless they are worth no more than the surplus.
    const shared = transferable * received > surplus
    const all = sumOf(dealt.map(({ papers }) => papers))
    const value = shared ? this.#rules.transferValue(surplus, transferable, all) : received
    const parcels: Parcel[] = []
    for (const { to, papers, batch } of dealt) {
      if (to === null) continue
      this.#receive(to, { papers: batch, value }, papers)
      parcels.push({ to, papers: Number(papers), received, value, amount: papers * value })
    }
    const lost = shared ? surplus - transferable * value : 0n
    const spent = shared ? 0n : surplus - transferable * received
    const left = dealt.find(({ to }) => to === null)?.papers ?? 0n
    // 6.11, 5.3.10: the difference between the surplus and what is transferred is non-transferable. It is part of the value of the papers
    // that name nobody further, and more only where 5.4.8 lowered the quota: then the surplus can be worth more than its last batch.
    if (spent > 0n) parcels.push({ to: null, papers: Number(left), received, value: received, amount: spent })
    this.#nonTransferable += spent
    this.#lost += lost
    this.#totals[candidate] = this.#quota
    this.#transfers.push({ from: candidate, surplus, total, parcels, lost })
  }

  /** 5.2.5, 5.4, 5.5.1. Under bounds: the lowest of the doomed before any other act; else the lowest of those who are not guarded. */
  #exclusionStage(): Result<void, CountError> {
    // Once every surplus has been transferred or waits, the lowest goes, whoever is next above.
    const isDoom = this.#doomed().length > 0
    const going = this.#lowest(isDoom ? 1 : this.#excludable() || 1)
    if (going.kind === 'fail') return going
    if (!isDoom) this.#tellDeferred(going.value)
    for (const candidate of going.value) {
      const clause = this.#verdict?.doomed.get(candidate) ?? '5.2.5'
      this.#acts.push({ kind: 'exclude', clause, candidate, total: this.#total(candidate) })
      this.#status[candidate] = 'excluded'
      this.#judge()
    }
    // 5.5.1: as many would be left as places: they are elected, and nothing more moves.
    return this.#endStage(this.#places().length > 0 ? ok(undefined) : this.#transferExcluded(going.value))
  }

  #tellDeferred(lowest: readonly number[]): void {
    const surplus = this.#surplusTotal()
    if (surplus === 0n) return
    const next = this.#ascending(this.#excludables()).find((c) => !lowest.includes(c))
    const candidates = this.#pending()
    this.#acts.push({
      kind: 'defer',
      clause: '5.2.2',
      candidates,
      surplus,
      lowest,
      next: next === undefined ? 0n : this.#total(next),
    })
  }

  /** 5.4: all their papers together, batch by batch in descending order of value. */
  #transferExcluded(excluded: readonly number[]): Result<void, CountError> {
    const totals = new Map(excluded.map((c) => [c, this.#total(c)]))
    const held = excluded.map((c) => ({ from: c, batches: this.#batches[c] ?? [] }))
    const values = [...new Set(held.flatMap(({ batches }) => batches.map(({ value }) => value)))].sort((a, b) => (a > b ? -1 : 1))
    for (const value of values) {
      const arriving = new Map<number, { readonly papers: bigint; readonly batch: B }[]>()
      for (const { from, batches } of held) {
        const own = batches.filter((batch) => batch.value === value).map(({ papers }) => papers)
        if (own.length === 0) continue
        const open = this.#open()
        const dealt = this.#papers.deal(this.#papers.joined(own), open)
        for (const { to, papers, batch } of dealt) {
          if (to === null) this.#nonTransferable += papers * value
          else arriving.set(to, [...(arriving.get(to) ?? []), { papers, batch }])
        }
        const moved = dealt.map(({ to, papers }) => ({ to, papers, received: value, value }))
        this.#totals[from] = this.#total(from) - sumOf(moved.map(({ papers }) => papers * value))
        const parcels = sortedParcels(moved)
        this.#transfers.push({ from, surplus: null, total: totals.get(from) ?? 0n, parcels, lost: 0n })
      }
      for (const [to, parts] of arriving) {
        const batch = this.#papers.joined(parts.map((part) => part.batch))
        this.#receive(to, { papers: batch, value }, sumOf(parts.map(({ papers }) => papers)))
      }
      this.#point()
      this.#lowerQuota()
      const deemed = this.#deemElected('5.4.9')
      if (deemed.kind === 'fail' || this.#vacancies() === 0) return deemed // 5.5.2: no further transfers
    }
    return ok(undefined)
  }

  /** 5.4.8: papers have become non-transferable before anybody has been deemed elected. */
  #lowerQuota(): void {
    if (this.#elected.length > 0 || !this.#rules.quotaLowered) return
    const before = this.#quota
    this.#setQuota()
    if (this.#quota === before) return
    const active = this.#valid * one - this.#nonTransferable
    this.#acts.push({ kind: 'new-quota', clause: '5.4.8', active, seats: this.#profile.seats, quota: this.#quota })
  }

  /**
   * 5.1.7, 5.3.13, 5.4.9: in descending order of votes, whoever has (a) the quota or (b) the total active vote ÷ (places not yet filled +
   * 1). Each election lowers (b) for the next, and under bounds can shut it out.
   */
  #deemElected(clause: string): Result<void, CountError> {
    for (;;) {
      const vacancies = this.#vacancies()
      const open = this.#with('continuing').filter((c) => this.#verdict?.doomed.has(c) !== true)
      const best = this.#ascending(open).at(-1)
      if (vacancies === 0 || best === undefined) return ok(undefined)
      const total = this.#total(best)
      const share = this.#rules.electByShare ? quotientUp(this.#activeVote(), BigInt(vacancies) + 1n) : this.#quota
      if (total < this.#quota && total < share) return ok(undefined)
      const needed = total >= this.#quota ? this.#quota : share
      const head = { kind: 'elect', clause: `${clause}(${total >= this.#quota ? 'a' : 'b'})`, total, needed } as const
      const level = open.filter((c) => this.#total(c) === total)
      const fits = level.length <= vacancies ? level : this.#placesLeftFor(level, total)
      if (fits.length === 0) return ok(undefined)
      const chosen = this.#firstOf(fits)
      if (chosen.kind === 'fail') return chosen
      // 5.6.2 settles for all of them at once who is ahead; else the next round of this loop finds the next.
      for (const candidate of level.length > vacancies ? chosen.value : chosen.value.slice(0, 1)) {
        this.#status[candidate] = 'elected'
        this.#elected.push(candidate)
        this.#acts.push({ ...head, candidate })
        this.#judge()
      }
    }
  }

  /** Of some who are level, all; or the one, by earlier votes and the lot, where the bounds do not let all of them be elected. */
  #firstOf(level: readonly number[]): Result<readonly number[], CountError> {
    if (this.#keeper === null || level.length === 1 || this.#keeper.together(this.#moment(), level)) return ok(level)
    const chosen = this.#settle(level, 'election', this.#keeper.clause)
    if (chosen.kind === 'fail') return chosen
    if (chosen.value.act !== null) this.#acts.push(chosen.value.act)
    return ok([chosen.value.candidate])
  }

  #judge(): void {
    if (this.#keeper === null) return
    this.#verdict = this.#keeper.judge(this.#moment())
    for (const news of this.#verdict.news) this.#acts.push({ ...news, total: this.#total(news.candidate) })
  }

  #moment(): Moment {
    return { elected: this.#elected, continuing: this.#with('continuing') }
  }

  #doomed(): readonly number[] {
    return [...(this.#verdict?.doomed.keys() ?? [])]
  }

  #guarded(): readonly number[] {
    return this.#with('continuing').filter((c) => this.#verdict?.guarded.has(c) === true)
  }

  /** Whom an exclusion chooses from. */
  #excludables(): readonly number[] {
    const doomed = this.#doomed()
    return doomed.length > 0 ? doomed : this.#with('continuing').filter((c) => this.#verdict?.guarded.has(c) !== true)
  }

  /** Who takes all places that are left: the continuing if they are no more than places, or those whom the bounds keep in. */
  #places(): readonly number[] {
    const left = this.#with('continuing')
    if (left.length <= this.#vacancies()) return left
    const guarded = this.#guarded()
    return guarded.length === this.#vacancies() ? guarded : []
  }

  /** 5.6.2: more are level than there are places. Those ahead at the earliest difference; if there is none, nobody now. */
  #placesLeftFor(tied: readonly number[], total: Votes): readonly number[] {
    const { steps, left } = this.#lookForward(tied, 'election')
    const [chosen] = left
    if (left.length > this.#vacancies() || chosen === undefined) return []
    this.#acts.push({
      kind: 'tie',
      clause: '5.6.2',
      purpose: 'election',
      tied,
      total,
      steps,
      chosen,
      byLot: false,
      numbers: null,
    })
    return left
  }

  /** 6.20: votes of the continuing, and all that await transfer: surpluses, and batches of the excluded not yet dealt out. */
  #activeVote(): Votes {
    const waiting = this.#with('excluded').map((c) => this.#total(c))
    return sumOf([...this.#with('continuing').map((c) => this.#total(c)), ...waiting]) + this.#surplusTotal()
  }

  /** The `number` lowest; where that parts some who are level, 5.2.5 says who goes. */
  #lowest(number: number): Result<readonly number[], CountError> {
    const going: number[] = []
    while (going.length < number) {
      const left = this.#ascending(this.#excludables()).filter((c) => !going.includes(c))
      const total = this.#total(left[0] ?? 0)
      const tied = left.filter((c) => this.#total(c) === total).sort((a, b) => a - b)
      if (tied.length <= number - going.length) going.push(...tied)
      else {
        const chosen = this.#settle(tied, 'exclusion', '5.2.5')
        if (chosen.kind === 'fail') return chosen
        if (chosen.value.act !== null) this.#acts.push(chosen.value.act)
        going.push(chosen.value.candidate)
      }
    }
    return ok(going)
  }

  /** One of those level: by the earliest difference, then by lot. */
  #settle(tied: readonly number[], purpose: TiePurpose, clause: string): Result<Chosen, CountError> {
    const [first, ...others] = tied
    assert(first !== undefined, 'there is somebody to choose from')
    if (others.length === 0) return ok({ candidate: first, act: null })
    const { steps, left } = this.#lookForward(tied, purpose)
    const head = { kind: 'tie', clause, purpose, tied, total: this.#total(first), steps, numbers: null } as const
    const [single, ...level] = left
    if (single !== undefined && level.length === 0)
      return ok({ candidate: single, act: { ...head, chosen: single, byLot: false } })
    const stage = this.#stages.length + 1
    const drawn = this.#lot?.filter((c) => left.includes(c))
    const chosen = purpose === 'exclusion' ? drawn?.at(-1) : drawn?.[0]
    if (chosen === undefined) return fail({ kind: 'lot needed', stage, clause, purpose, tied: left })
    this.#lots.push({ stage, clause, purpose, tied: left, chosen })
    return ok({ candidate: chosen, act: { ...head, chosen, byLot: true } })
  }

  /** From the first stage on, batch by batch, to where the tied had unequal votes; those still level go on among themselves. */
  #lookForward(
    tied: readonly number[],
    purpose: TiePurpose,
  ): { readonly steps: readonly TieStep[]; readonly left: readonly number[] } {
    const steps: TieStep[] = []
    let left = tied
    const points = this.#rules.tieSearch === 'earliest' ? this.#points : this.#points.toReversed()
    for (const { stage, totals } of points) {
      const votes = (c: number): Votes => totals[c] ?? 0n
      const [among, less] = [left, purpose === 'exclusion']
      const ahead = among.filter((c) => among.every((d) => (less ? votes(c) <= votes(d) : votes(c) >= votes(d))))
      if (ahead.length === among.length) continue
      steps.push({ stage, among, left: ahead })
      left = ahead
      if (left.length === 1) break
    }
    return { steps, left }
  }

  /** 4.3: all places filled, or as many left as places, who are then elected. */
  #endStage(deemed: Result<void, CountError>): Result<void, CountError> {
    if (deemed.kind === 'fail') return deemed
    const filling = this.#vacancies() > 0 ? this.#places() : []
    const isAll = filling.length === this.#with('continuing').length
    const first = this.#acts.some(({ kind }) => kind === 'exclude') && this.#transfers.length === 0 ? '5.5.1' : '4.3'
    const clause = isAll ? first : (this.#keeper?.clause ?? first)
    for (const candidate of this.#ascending(filling).toReversed()) {
      this.#status[candidate] = 'elected'
      this.#elected.push(candidate)
      this.#acts.push({ kind: 'fill', clause, candidate, total: this.#total(candidate) })
    }
    const [acts, transfers, totals, number] = [this.#acts, this.#transfers, [...this.#totals], this.#stages.length + 1]
    const [nonTransferable, lost, quota] = [this.#nonTransferable, this.#lost, this.#quota]
    this.#stages.push({ number, acts, transfers, iterations: [], totals, nonTransferable, lost, quota })
    this.#acts = []
    this.#transfers = []
    // 5.3.11, 5.4.15.
    assert(sumOf(totals) + nonTransferable + lost === this.#valid * one, 'every vote is somewhere at the end of a stage')
    assert(this.#vacancies() >= 0, 'no more are elected than there are places')
    return ok(undefined)
  }

  #over(): boolean {
    return this.#vacancies() === 0 || this.#with('continuing').length === 0
  }

  #receive(to: number, batch: Batch<B>, papers: bigint): void {
    this.#batches[to]?.push(batch)
    this.#totals[to] = this.#total(to) + papers * batch.value
  }

  #point(): void {
    this.#points.push({ stage: this.#stages.length + 1, totals: [...this.#totals] })
  }

  #pending(): readonly number[] {
    return this.#with('elected').filter((c) => this.#total(c) > this.#quota)
  }

  #surplusTotal(): Votes {
    return sumOf(this.#pending().map((c) => this.#total(c) - this.#quota))
  }

  /** The continuing or some of them, fewer votes first; of those level, the later nominated first: an order that decides nothing. */
  #ascending(among: readonly number[] = this.#with('continuing')): readonly number[] {
    return among.toSorted((a, b) => (this.#total(a) === this.#total(b) ? b - a : this.#total(a) < this.#total(b) ? -1 : 1))
  }

  #open(): readonly boolean[] {
    return this.#status.map((status) => status === 'continuing')
  }

  #total(candidate: number): Votes {
    return this.#totals[candidate] ?? 0n
  }

  #with(status: Status): readonly number[] {
    return this.#status.flatMap((s, c) => (s === status ? [c] : []))
  }

  #vacancies(): number {
    return this.#profile.seats - this.#elected.length
  }
}
