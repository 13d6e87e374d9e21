// What every rule's check keeps as it goes: who holds what, and the stages as they must stand.
import type { JsonObject } from '@quorate/kernel'
import type { CountBounds } from '../constraint-certificate/bounds-in-a-count.ts'
import type { Sheet } from '../counted-papers.ts'

/** A contest with its papers read: who stood, ascending; the lot order; places; the open points of the rule as chosen. */
type Numbers = Readonly<{ standing: readonly number[]; lot: readonly number[]; seats: number; valid: bigint }>
export type Contest = Numbers & {
  readonly sheets: readonly Sheet[]
  readonly params: JsonObject
  readonly bounds: CountBounds | null
}
/** Papers that came together at one value. */
export type Pile = { readonly value: bigint; readonly sheets: readonly Sheet[] }
/** Papers that go to one place, `to` null for nobody; `amount` where it is not papers × value. */
type Dealt = { readonly to: number | null; readonly sheets: readonly Sheet[]; readonly papers: bigint; readonly amount?: bigint }
type Side = 'most' | 'fewest'
type Tie = { readonly tied: readonly number[]; readonly steps: readonly JsonObject[]; readonly left: readonly number[] }

export const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, amount) => all + amount, 0n)
/** ⌈a ÷ b⌉ for b > 0. */
export const up = (a: bigint, b: bigint): bigint => (a > 0n ? (a + b - 1n) / b : -(-a / b))
/** A whole number of 10^-places as the certificate writes it. */
export function decimal(units: bigint, places: number): string {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0')
  const [whole, rest] = [digits.slice(0, digits.length - places), digits.slice(digits.length - places)]
  return `${units < 0n ? '-' : ''}${whole}${places === 0 ? '' : `.${rest}`}`
}
/** Papers of each value in some piles, the highest value first. */
export const byValue = (piles: readonly Pile[]): readonly Pile[] =>
  [...Map.groupBy(piles, ({ value }) => value)]
    .map(([value, group]) => ({ value, sheets: group.flatMap(({ sheets }) => sheets) }))
    .sort((a, b) => (a.value > b.value ? -1 : 1))

export class Books {
  readonly contest: Contest
  readonly places: number
  readonly one: bigint
  totals: bigint[]
  readonly piles: Pile[][]
  continuing: readonly number[]
  readonly elected: number[] = []
  /** Figures that ties are settled on, as they came about. */
  readonly looks: { readonly stage: number; readonly totals: readonly bigint[] }[] = []
  readonly stages: JsonObject[] = []
  nonTransferable = 0n
  lost = 0n
  quota = 0n
  acts: JsonObject[] = []
  moves: JsonObject[] = []
  constructor(contest: Contest, places: number) {
    ;[this.contest, this.places, this.one, this.continuing] = [contest, places, 10n ** BigInt(places), contest.standing]
    ;[this.totals, this.piles] = [contest.lot.map(() => 0n), contest.lot.map(() => [])]
  }
  of = (c: number): bigint => this.totals[c] ?? 0n
  votes = (amount: bigint): string => decimal(amount, this.places)
  vacancies = (): number => this.contest.seats - this.elected.length
  isOpen = (): boolean => this.vacancies() > 0 && this.continuing.length > 0
  look = (): unknown => this.looks.push({ stage: this.stages.length + 1, totals: [...this.totals] })
  act = (kind: string, clause: string, more: JsonObject = {}): unknown => this.acts.push({ kind, clause, ...more })
  /** More votes first, then order of nomination. */
  byVotes = (): readonly number[] => this.continuing.toSorted((c, d) => Number(this.of(d) - this.of(c)) || c - d)
  /** Bounds cite their own clause for whom they shut out; whoever leaves can doom or guard others, but for those who fill the last places. */
  leave(kind: 'elect' | 'fill' | 'exclude', clause: string, candidate: number): void {
    this.act(kind, (kind === 'exclude' ? this.contest.bounds?.doomed.get(candidate) : null) ?? clause, { candidate })
    this.continuing = this.continuing.filter((c) => c !== candidate)
    if (kind !== 'exclude') this.elected.push(candidate)
    if (kind !== 'fill') this.judge()
  }
  judge = (): unknown => this.acts.push(...(this.contest.bounds?.judge(this) ?? []))
  isDoomed = (c: number): boolean => this.contest.bounds?.doomed.has(c) === true
  isGuarded = (c: number): boolean => this.contest.bounds?.guarded.has(c) === true
  /** Whom an exclusion chooses from: the doomed if there are any, else all but the guarded. */
  excludable(): readonly number[] {
    const doomed = this.continuing.filter(this.isDoomed)
    return doomed.length > 0 ? doomed : this.continuing.filter((c) => !this.isGuarded(c))
  }
  /** Who takes all places left: as many as are in, or as are guarded. */
  filling(): readonly number[] {
    const guarded = this.byVotes().filter(this.isGuarded)
    if (this.continuing.length <= this.vacancies()) return this.byVotes()
    return guarded.length === this.vacancies() ? guarded : []
  }
  fill(clause: string): void {
    const [all, filling] = [this.continuing.length, this.filling()]
    const own = filling.length === all ? clause : (this.contest.bounds?.clause ?? '')
    for (const c of filling) this.leave('fill', own, c)
  }
  /** Elects whoever has enough votes, the most first; of some who are level `one`, where the bounds do not let all be elected. How many. */
  elect(clause: string, has: (c: number) => boolean, one: (level: readonly number[], clause: string) => number): number {
    const before = this.elected.length
    for (;;) {
      const [first, ...others] = this.byVotes().filter((c) => has(c) && !this.isDoomed(c))
      if (first === undefined) return this.elected.length - before
      const level = [first, ...others.filter((c) => this.of(c) === this.of(first))]
      const { bounds } = this.contest
      this.leave('elect', clause, bounds?.parts(level) === true && level.length > 1 ? one(level, bounds.clause) : first)
    }
  }
  extreme(among: readonly number[], side: Side, totals: readonly bigint[] = this.totals): readonly number[] {
    const votes = among.map((c) => (side === 'most' ? 1n : -1n) * (totals[c] ?? 0n))
    return among.filter((_, i) => votes.every((other) => other <= (votes[i] ?? 0n)))
  }
  /** At every look that tells those level apart, only the furthest ahead (or behind) go on. */
  path(tied: readonly number[], side: Side, looks = this.looks): Tie {
    const steps: JsonObject[] = []
    let left = tied
    for (const { stage, totals } of looks) {
      const [among, ahead] = [left, this.extreme(left, side, totals)]
      if (ahead.length < among.length) steps.push({ stage, among, left: ahead })
      left = ahead
    }
    return { tied, steps, left }
  }
  tie(clause: string, { tied, steps }: Tie, chosen: number, byLot: boolean, numbers: readonly number[] | null = null): void {
    if (tied.length > 1) this.act('tie', clause, { tied, steps, chosen, byLot, numbers })
  }
  /** Of those level: the one where the path leads; or the first (last) of the lot among those left. */
  settle(level: readonly number[], side: Side, clauses: readonly [string, string], looks = this.looks): number {
    const path = this.path(level, side, looks)
    const drawn = path.left.length === 1 ? path.left : this.contest.lot.filter((c) => path.left.includes(c))
    const [chosen = -1, byLot] = [side === 'most' ? drawn[0] : drawn.at(-1), drawn.length > 1]
    this.tie(clauses[byLot ? 1 : 0], path, chosen, byLot)
    if (chosen < 0) this.continuing = [] // There is no lot: nothing can follow.
    return chosen
  }
  /** Papers by the first continuing candidate each names: in order of nomination, nobody last. */
  dealt(sheets: readonly Sheet[]): readonly Dealt[] {
    const piles = Map.groupBy(sheets, ({ names }) => names.find((c) => this.continuing.includes(c)) ?? null)
    return [...this.totals.keys(), null].flatMap((to) => {
      const pile = piles.get(to)
      return pile === undefined ? [] : [{ to, sheets: pile, papers: sum(pile.map(({ papers }) => papers)) }]
    })
  }
  receive({ to, sheets, papers }: Dealt, value: bigint): void {
    if (to === null) return void (this.nonTransferable += papers * value)
    this.totals[to] = this.of(to) + papers * value
    this.piles[to]?.push({ value, sheets })
  }
  /** Papers of one value in a transfer: A and B of the new value, or null. */
  moved(received: bigint, value: bigint, [a, b]: readonly [string | null, string | null], to: readonly Dealt[]): JsonObject {
    const targets = to.map((d) => ({ to: d.to, papers: Number(d.papers), amount: this.votes(d.amount ?? d.papers * value) }))
    return { received: this.votes(received), a, b, value: this.votes(value), to: targets }
  }
  /** The stage as it must stand. */
  close(moves: 'transfers' | 'iterations'): void {
    const [totals, nonTransferable] = [this.totals.map(this.votes), this.votes(this.nonTransferable)]
    const end = { totals, nonTransferable, lost: this.votes(this.lost), quota: this.votes(this.quota) }
    this.stages.push({ acts: this.acts, [moves]: this.moves, ...end })
    ;[this.acts, this.moves] = [[], []]
  }
}
