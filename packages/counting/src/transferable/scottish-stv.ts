// Scottish Local Government Elections Order 2007 (SSI 2007/42), Schedule 1, rules 45 to 52; SSI 2011/399 has the same text one rule on.
// The literal engine: papers in parcels, one clause after the other, every figure an integer of 10^-5 votes.
import { assert, fail, ok, type Result } from '@quorate/kernel'
import { divides, quotient, unitsPerVote } from '../arithmetic.ts'
import type { Keeper, Verdict } from '../constrained/keeper.ts'
import type { LotOrder } from '../lot.ts'
import { countWith, usualSettings, type CountSettings, type Engines } from './engines.ts'
import { profileHash, type AnyProfile } from '../papers/packed.ts'
import type { Profile } from '../papers/profile.ts'
import { sheetsOf, type Sheet } from './sheets.ts'
import { countScottishFast, fitsScottishFast } from './scottish-stv-fast.ts'
import { places, scottishOrder, type Rules } from './scottish-stv-rules.ts'
import { sortedParcels } from './parcels.ts'
import type { CountError, Lot, Stage, StageAct, StvCount, TiePurpose, TieStep, Transfer, Votes } from '../trace.ts'

/** A sheet in a candidate's hands and the value each of its papers had when received. */
type Held = { readonly sheet: Sheet; readonly received: Votes }
type Status = 'continuing' | 'elected' | 'excluded' | 'withdrawn'

const one = unitsPerVote(places)
const sumOf = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n)
const valueOf = (held: readonly Held[]): Votes => sumOf(held.map(({ sheet, received }) => sheet.weight * received))

/** Rules 45 to 52 on a profile, by both engines. `lot` is asked only where rules 49(3) and 51(2)(b) leave a tie to lot. */
export const countScottish = (
  profile: AnyProfile,
  lot: LotOrder | null,
  settings: CountSettings = usualSettings,
): Result<StvCount, CountError> => countWith(scottishEngines(null), profile, lot, settings)

/** Both engines, each with a keeper of its own where bounds say who may be elected together. */
export const scottishEngines = (keepers: { readonly literal: Keeper; readonly fast: Keeper } | null): Engines => ({
  literal: (profile, lot) => countScottishUnder(scottishOrder, profile, lot, keepers?.literal),
  fast: (profile, lot) => countScottishFast(profile, lot, keepers?.fast),
  fits: fitsScottishFast,
})

/** The literal engine on what has been checked; under a changed rule for the tests that prove the figures would notice. */
export function countScottishUnder(
  rules: Rules,
  profile: Profile,
  lot: LotOrder | null,
  keeper: Keeper | null = null,
): Result<StvCount, CountError> {
  const count = new ScottishCount(rules, profile, lot, keeper)
  return count.run()
}

/** One count under way. Rule 43: what has no first preference is not a valid paper. Article 2: "next available preference" is in "consecutive order". Holds what the returning officer's table would: parcels of papers, who is in, the stages so far. */
class ScottishCount {
  readonly #rules: Rules
  readonly #profile: Profile
  readonly #lot: LotOrder | null
  readonly #keeper: Keeper | null
  readonly #status: Status[]
  readonly #held: Held[][]
  readonly #totals: Votes[]
  readonly #nonTransferable: Held[] = []
  readonly #stages: Stage[] = []
  readonly #elected: number[] = []
  readonly #lots: Lot[] = []
  #lost: Votes = 0n
  #quota: Votes = 0n
  #valid = 0
  #verdict: Verdict | null = null

  constructor(rules: Rules, profile: Profile, lot: LotOrder | null, keeper: Keeper | null) {
    this.#rules = rules
    this.#profile = profile
    this.#lot = lot
    this.#keeper = keeper
    this.#status = profile.candidates.map((_, c) => (profile.withdrawn.includes(c) ? 'withdrawn' : 'continuing'))
    this.#held = profile.candidates.map(() => [])
    this.#totals = profile.candidates.map(() => 0n)
  }

  run(): Result<StvCount, CountError> {
    const { sheets, valid, invalid } = sheetsOf(this.#profile.papers, this.#profile.withdrawn)
    const { seats } = this.#profile
    this.#valid = valid
    this.#quota = this.#rules.quota(BigInt(valid), BigInt(seats)) * one
    const first = this.#firstStage(sheets, invalid)
    if (first.kind === 'fail') return first
    while (this.#vacancies() > 0 && this.#with('continuing').length > 0) {
      const pending = this.#pendingSurpluses()
      const doomed = [...(this.#verdict?.doomed.keys() ?? [])]
      const surplusFirst = doomed.length === 0 && pending.length > 0 && this.#rules.surplusBeforeExclusion
      const next = surplusFirst ? this.#surplusStage(pending) : this.#exclusionStage(doomed)
      if (next.kind === 'fail') return next
    }
    return ok({
      kind: 'stv',
      method: 'scottish-stv@1',
      params: {},
      profileHash: profileHash(this.#profile),
      places,
      seats,
      valid,
      invalid,
      quota: this.#quota,
      stages: this.#stages,
      elected: this.#elected,
      unfilled: this.#vacancies(),
      lotOrder: this.#lot,
      lots: this.#lots,
      bounds: null,
    })
  }

  /** Rule 45: sort by first preference, one vote for each paper. Rule 46: the quota. */
  #firstStage(sheets: readonly Sheet[], invalid: number): Result<void, CountError> {
    for (const sheet of sheets) this.#give(this.#firstAvailable(sheet), { sheet, received: one })
    const valid = this.#valid
    return this.#endStage(null, [
      { kind: 'first-preferences', clause: '45', valid, invalid },
      { kind: 'quota', clause: '46', valid, seats: this.#profile.seats, quota: this.#quota },
    ])
  }

  /** Rules 48 and 49: the highest surplus of those pending. */
  #surplusStage(pending: readonly number[]): Result<void, CountError> {
    const chosen = this.#choose(pending, 'surplus')
    if (chosen.kind === 'fail') return chosen
    const { candidate, acts } = chosen.value
    const total = this.#total(candidate)
    const surplus = total - this.#quota
    const waiting = pending.filter((c) => c !== candidate)
    const act: StageAct = { kind: 'surplus', clause: '48', candidate, total, surplus, waiting }
    const held = this.#take(candidate)
    const papers = sumOf(held.map(({ sheet }) => sheet.weight))
    const transferable = valueOf(held.filter(({ sheet }) => this.#firstAvailable(sheet) !== null))
    let remainders = 0n // Σ papers × (a − value × b), in units × b
    let divisor = total
    const transfer = this.#pass(
      candidate,
      held,
      surplus,
      total,
      (received) => {
        const { a, b, value } = this.#rules.transferValue({ surplus, received, total, papers, transferable })
        divisor = b
        return { value, remainder: a - value * b }
      },
      (papersMoved, remainder) => (remainders += papersMoved * remainder),
    )
    // Each paper lost (a mod b) ÷ b of a unit. All papers together were worth `total`, so those fractions make a whole number of units.
    assert(!this.#rules.conserve || divides(divisor, remainders), 'what truncation loses is a whole number of units')
    const lost = quotient(remainders, divisor)
    this.#totals[candidate] = this.#quota
    this.#lost += lost
    return this.#endStage({ ...transfer, lost }, [...acts, act])
  }

  /**
   * Rules 50 and 51: no surplus is pending, so the candidate with the fewest votes goes. Under bounds: the lowest of the doomed before any
   * other act; else the lowest of those who are not guarded.
   */
  #exclusionStage(doomed: readonly number[]): Result<void, CountError> {
    const open = this.#with('continuing').filter((c) => this.#verdict?.guarded.has(c) !== true)
    const chosen = this.#choose(doomed.length > 0 ? doomed : open, 'exclusion')
    if (chosen.kind === 'fail') return chosen
    const { candidate, acts } = chosen.value
    const total = this.#total(candidate)
    this.#status[candidate] = 'excluded'
    const held = this.#take(candidate)
    this.#totals[candidate] = 0n
    const transfer = this.#pass(candidate, held, null, total, (received) => ({
      value: this.#rules.excludedValue(received),
      remainder: 0n,
    }))
    const clause = this.#verdict?.doomed.get(candidate) ?? '50(1)'
    return this.#endStage(transfer, [...acts, { kind: 'exclude', clause, candidate, total }])
  }

  /** Passes on all papers a candidate held: to the next continuing candidate named, or to the non-transferable. */
  #pass(
    from: number,
    held: readonly Held[],
    surplus: Votes | null,
    total: Votes,
    revalue: (received: Votes) => { readonly value: Votes; readonly remainder: bigint },
    lose: (papers: bigint, remainder: bigint) => void = () => undefined,
  ): Transfer {
    const parcels = new Map<string, { to: number | null; papers: bigint; received: Votes; value: Votes }>()
    for (const { sheet, received } of held) {
      const to = this.#firstAvailable(sheet)
      const { value, remainder } = revalue(received)
      lose(sheet.weight, remainder)
      this.#give(to, { sheet, received: value })
      const key = `${to ?? '-'} ${received}`
      const parcel = parcels.get(key)
      if (parcel === undefined) parcels.set(key, { to, papers: sheet.weight, received, value })
      else parcel.papers += sheet.weight
    }
    return { from, surplus, total, parcels: sortedParcels(parcels.values()), lost: 0n }
  }

  /** The end of every stage: rule 47, then rule 52, then the books. */
  #endStage(transfer: Transfer | null, acts: StageAct[]): Result<void, CountError> {
    const reached = this.#electReached(acts)
    if (reached.kind === 'fail') return reached
    const left = this.#byVotes(this.#with('continuing'))
    const guarded = left.filter((c) => this.#verdict?.guarded.has(c) === true)
    if (left.length <= this.#vacancies() && (this.#rules.fillLastVacancies || this.#pendingSurpluses().length === 0)) {
      // Fewer candidates than places: so from the start, an uncontested election. Rule 12 returns them all.
      const clause = left.length < this.#vacancies() ? '12' : '52(1)'
      for (const candidate of left) acts.push(this.#elect(candidate, 'fill', clause))
    } else if (guarded.length === this.#vacancies() && this.#keeper !== null) {
      for (const candidate of guarded) acts.push(this.#elect(candidate, 'fill', this.#keeper.clause))
    }
    const stage = {
      number: this.#stages.length + 1,
      acts,
      transfers: transfer === null ? [] : [transfer],
      iterations: [],
      totals: [...this.#totals],
      nonTransferable: valueOf(this.#nonTransferable),
      lost: this.#lost,
      quota: this.#quota,
    }
    this.#stages.push(stage)
    if (this.#rules.conserve) this.#assertConserved(stage)
    return ok(undefined)
  }

  /** Rule 47(1), one after the other in order of votes. Under bounds each election can doom the next, however many votes they have. */
  #electReached(acts: StageAct[]): Result<void, CountError> {
    this.#judge(acts)
    for (;;) {
      const continuing = this.#with('continuing')
      const reached = this.#byVotes(continuing).filter(
        (c) => this.#total(c) >= this.#quota && this.#verdict?.doomed.has(c) !== true,
      )
      const [first] = reached
      if (first === undefined) return ok(undefined)
      const level = reached.filter((c) => this.#total(c) === this.#total(first))
      let candidate = first
      if (level.length > 1 && this.#keeper?.together({ elected: this.#elected, continuing }, level) === false) {
        const chosen = this.#choose(level, 'election')
        if (chosen.kind === 'fail') return chosen
        acts.push(...chosen.value.acts)
        candidate = chosen.value.candidate
      }
      acts.push(this.#elect(candidate, 'elect', '47(1)'))
      this.#judge(acts)
    }
  }

  #judge(acts: StageAct[]): void {
    if (this.#keeper === null) return
    this.#verdict = this.#keeper.judge({ elected: this.#elected, continuing: this.#with('continuing') })
    for (const news of this.#verdict.news) acts.push({ ...news, total: this.#total(news.candidate) })
  }

  /** Nothing is gained or lost unseen. The two amounts are added up from papers and from remainders, never found by difference. */
  #assertConserved(stage: Stage): void {
    const { totals, nonTransferable, lost } = stage
    assert(sumOf(totals) + nonTransferable + lost === BigInt(this.#valid) * one, 'every vote is somewhere at the end of a stage')
    for (const c of this.#with('continuing'))
      assert(valueOf(this.#held[c] ?? []) === totals[c], 'a total is the value of the papers held')
    assert(this.#vacancies() >= 0, 'no more are elected than there are places')
  }

  #elect(candidate: number, kind: 'elect' | 'fill', clause: string): StageAct {
    this.#status[candidate] = 'elected'
    this.#elected.push(candidate)
    const total = this.#total(candidate)
    return kind === 'elect' ? { kind, clause, candidate, total, needed: this.#quota } : { kind, clause, candidate, total }
  }

  /** The one to act on, by votes; by rules 49(2) and 51(2)(a) if they are equal; by lot if that does not settle it. */
  #choose(
    among: readonly number[],
    purpose: TiePurpose,
  ): Result<{ readonly candidate: number; readonly acts: StageAct[] }, CountError> {
    const tied =
      purpose === 'surplus' && this.#rules.surplusOrder === 'oldest' ? this.#oldest(among) : extreme(among, this.#totals, purpose)
    const total = this.#total(tied[0] ?? 0)
    const [first, ...others] = tied
    assert(first !== undefined, 'there is somebody to choose from')
    if (others.length === 0) return ok({ candidate: first, acts: [] })
    const { steps, left } = this.#lookBack(tied, purpose)
    const [single, ...level] = left
    assert(single !== undefined, 'looking back leaves somebody')
    // Only bounds make it matter which of two who are level is elected first: the tie is theirs, and settled as one between surpluses.
    const own = purpose === 'election' ? (this.#keeper?.clause ?? '') : null
    if (level.length === 0) {
      const clause = own ?? (purpose === 'surplus' ? '49(2)' : '51(2)(a)')
      return ok({
        candidate: single,
        acts: [{ kind: 'tie', clause, purpose, tied, total, steps, chosen: single, byLot: false, numbers: null }],
      })
    }
    const clause = own ?? (purpose === 'surplus' ? '49(3)' : '51(2)(b)')
    const stage = this.#stages.length + 1
    const lot = this.#lot
    if (lot === null) return fail({ kind: 'lot needed', stage, clause, purpose, tied: left })
    const drawn = lot.filter((c) => left.includes(c))
    const chosen = purpose === 'exclusion' ? drawn.at(-1) : drawn[0]
    assert(chosen !== undefined, 'the lot names every candidate')
    this.#lots.push({ stage, clause, purpose, tied: left, chosen })
    return ok({
      candidate: chosen,
      acts: [{ kind: 'tie', clause, purpose, tied, total, steps, chosen, byLot: true, numbers: null }],
    })
  }

  /**
   * Rules 49(2) and 51(2)(a): back to the most recent stage at which the tied had unequal totals. Of three or more, those level at the
   * deciding end of that stage stay tied, and the search goes on further back among them alone.
   */
  #lookBack(
    tied: readonly number[],
    purpose: TiePurpose,
  ): { readonly steps: readonly TieStep[]; readonly left: readonly number[] } {
    const steps: TieStep[] = []
    let left = tied
    const order = this.#rules.tieSearch === 'most recent' ? this.#stages.toReversed() : this.#stages
    for (const { number, totals } of order) {
      const best = extreme(left, totals, purpose)
      if (best.length === left.length) continue
      if (best.length > 1 && !this.#rules.tieNarrows) continue
      steps.push({ stage: number, among: left, left: best })
      left = best
      if (left.length === 1) break
    }
    return { steps, left }
  }

  #oldest(among: readonly number[]): readonly number[] {
    return this.#elected.filter((c) => among.includes(c)).slice(0, 1)
  }

  /** Rule 48(1): elected with more than the quota, and the papers still there. */
  #pendingSurpluses(): readonly number[] {
    return this.#with('elected').filter((c) => this.#total(c) > this.#quota)
  }

  /** The preference that counts now: for the first continuing candidate named. All named earlier are elected or excluded. */
  #firstAvailable(sheet: Sheet): number | null {
    const open = (c: number): boolean =>
      this.#status[c] === 'continuing' ||
      (this.#rules.electedReceive && this.#status[c] === 'elected' && this.#total(c) <= this.#quota)
    return sheet.preferences.find(open) ?? null
  }

  #give(to: number | null, held: Held): void {
    const pile = to === null ? this.#nonTransferable : this.#held[to]
    assert(pile !== undefined, 'papers go to a candidate of the contest')
    pile.push(held)
    if (to !== null) this.#totals[to] = this.#total(to) + held.sheet.weight * held.received
  }

  #take(candidate: number): readonly Held[] {
    return this.#held[candidate]?.splice(0) ?? []
  }

  /** More votes first, then nomination order: an order to read, which decides nothing. */
  #byVotes(among: readonly number[]): readonly number[] {
    return among.toSorted((a, b) => (this.#total(a) === this.#total(b) ? a - b : this.#total(a) > this.#total(b) ? -1 : 1))
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

/** Those with the most votes (whose surplus goes first) or the fewest (who is excluded). */
function extreme(among: readonly number[], totals: readonly Votes[], purpose: TiePurpose): readonly number[] {
  const votes = (c: number): Votes => totals[c] ?? 0n
  return among.filter((c) => among.every((d) => (purpose === 'exclusion' ? votes(c) <= votes(d) : votes(c) >= votes(d))))
}
