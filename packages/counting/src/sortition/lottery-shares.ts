// How likely each makeup of a panel should be, so that whoever is least likely to serve is as likely as possible (maximin); then whoever is
// next, and so on (leximin): B. Flanigan, P. Gölz, A. Gupta, B. Hennig, A. Procaccia, "Fair algorithms for selecting citizens' assemblies",
// Nature 596, 2021, by column generation. Members with the same features get the same chance, so the programs are over cells, not people.
import { around, inverse, nearest, nearlyAll, nearlyWhole, noticeable, Program, type Column } from './arithmetic-simplex.ts'
import { bestPanel, thoroughly, weightOf, type Makeup, type Panels, type Wanted } from './best-panel.ts'

/** Whole numbers per cell that limit everybody's chance: no panel weighs more than `most`, so the least chance is at most most ÷ total. */
export type Bound = {
  readonly weights: readonly number[]
  readonly most: number
  /** The weights of all members together. */
  readonly total: number
}

/** What the solver proposes. */
export type Shares = {
  readonly makeups: readonly Makeup[]
  /** How often each, any scale. */
  readonly shares: readonly number[]
  /** Cells no panel can include: the quotas keep them out. */
  readonly never: readonly number[]
  readonly bound: Bound
}

const priceMost = 1_000
// Panels proposed over all programs: pools of a few hundred cells need a few hundred to a few thousand.
const makeupsMost = 20_000
// A program gathers rounding with every row, so now and then it begins anew.
const rowsBeforeAnew = 50
// Searches for a dearer panel in all. Once they are used up, the chances stand as far as they have been raised.
const searchesMost = 1_500
// Panels to begin with; and instead, should rounding ever stop the first program.
const roundsFirst = 100
const roundsAlone = 1_000
const heavy: Wanted = { over: -Infinity, enough: false, nodes: 20 }
/** A panel that costs more than λ, looked for a while: of a pool with many categories the last ones are hard to find and add little. */
const dearer = (over: number): Wanted => ({ over, enough: true, nodes: 200 })

/** Proposes shares. `all`: go on to the next least likely until nobody's chance can be raised; else only the least chance is maximised. */
export function lotteryShares(panels: Panels, all: boolean): Shares {
  const search = new Shareout(panels)
  const never = search.reachEverybody()
  search.balance(roundsFirst)
  const bound = search.maximin(never, all)
  return { ...search.result(), never, bound }
}

/** One program under way: which makeups are its rows. */
type Pricing = { readonly program: Program; readonly rows: number[] }

class Shareout {
  readonly #panels: Panels
  readonly #makeups: Makeup[] = []
  readonly #known = new Map<string, number>()
  /** Makeups that cost as much as any at the level before: the next program begins with these. */
  #active: readonly number[] = []
  #shares: readonly number[] = []
  #searches = 0

  constructor(panels: Panels) {
    this.#panels = panels
  }

  result(): Pick<Shares, 'makeups' | 'shares'> {
    return { makeups: this.#makeups, shares: this.#makeups.map((_, i) => this.#shares[i] ?? 0) }
  }

  /** A panel with as many as possible of each cell, those not yet met counting a little; the cells of which none was found. */
  reachEverybody(): readonly number[] {
    const met = this.#panels.cells.map(() => false)
    const never: number[] = []
    for (const c of this.#panels.cells.keys()) {
      if (met[c] === true) continue
      const weights = met.map((is, other) => (other === c ? this.#panels.seats + 1 : is ? 0 : 1))
      const { best } = bestPanel(this.#panels, weights, { ...thoroughly, nodes: 500 })
      if (best === null || (best.makeup[c] ?? 0) === 0) never.push(c)
      if (best === null) continue
      this.#numberOf(best.makeup)
      for (const [other, n] of best.makeup.entries()) if (n > 0) met[other] = true
    }
    return never
  }

  /**
   * Panel after panel, each the heaviest by weights that fall for whoever is on it (Y. Freund and R. Schapire, Games and Economic Behavior 29,
   * 1999: by multiplicative weights): how often each came is a fair first answer, and the panels are a good beginning for the programs.
   */
  balance(rounds: number): void {
    const { cells } = this.#panels
    const weights = cells.map(() => 1)
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const { best } = bestPanel(this.#panels, weights, heavy)
      if (best === null) break
      const number = this.#numberOf(best.makeup)
      times[number] = (times[number] ?? 0) + 1
      for (const [c, n] of best.makeup.entries())
        weights[c] = (weights[c] ?? 0) * inverse(1 + n * inverse(2 * (cells[c]?.members.length ?? 1)))
      const heaviest = weights.reduce((most, weight) => (weight > most ? weight : most), 0)
      for (const [c, weight] of weights.entries()) weights[c] = weight * inverse(heaviest)
    }
    this.#shares = this.#makeups.map((_, i) => times[i] ?? 0)
    this.#active = [...this.#makeups.keys()]
  }

  /** Level by level: whoever cannot be more likely without making somebody less likely still is fixed, and the rest go on. */
  maximin(never: readonly number[], all: boolean): Bound {
    const fixed = new Map<number, number>(never.map((c) => [c, 0]))
    let bound: Bound | null = null
    while (bound === null || (all && fixed.size < this.#panels.cells.length)) {
      const level = this.#level(fixed)
      bound ??= this.#bound(level?.prices ?? this.#panels.cells.map(() => 1), fixed)
      if (level === null && fixed.size === never.length) this.balance(roundsAlone)
      if (level === null || level.tight.length === 0) break
      for (const c of level.tight) fixed.set(c, level.chance)
    }
    return bound
  }

  /**
   * The largest chance that all not yet fixed can have, by prices: no panel may cost more than λ, and everybody unfixed costs 1 together. Null
   * if rounding kept the program from its end; the shares of the level before then stand.
   */
  #level(
    fixed: ReadonlyMap<number, number>,
  ): { readonly chance: number; readonly tight: readonly number[]; readonly prices: readonly number[] } | null {
    const { cells } = this.#panels
    const size = (c: number): number => cells[c]?.members.length ?? 1
    // A fixed chance is taken a hair below what was found, so that rounding cannot make the program infeasible.
    const columns = cells.map((_, c): Column => {
      const chance = fixed.get(c)
      if (chance === undefined) return { low: 0, high: inverse(size(c)), gain: 0 }
      return { low: 0, high: chance === 0 ? 0 : priceMost, gain: size(c) * (chance - nearlyWhole) }
    })
    columns.push({ low: 0, high: priceMost * this.#panels.seats, gain: -1 })
    const everybody = [...cells.map((_, c) => (fixed.has(c) ? 0 : size(c))), 0]
    const begin = (rows: readonly number[]): Pricing => {
      const program = new Program(columns)
      program.row(everybody, 1, 1)
      for (const i of rows) program.row([...(this.#makeups[i] ?? []), -1], -Infinity, 0)
      return { program, rows: [...rows] }
    }
    const now = this.#priced(begin)
    if (now === null) return null
    const { program, rows } = now
    const prices = cells.map((_, c) => program.value(c))
    this.#active = this.#binding(now)
    const shares = this.#makeups.map(() => 0)
    for (const [k, price] of program.prices().slice(1).entries()) shares[rows[k] ?? 0] = price
    this.#shares = shares
    const tight = cells.flatMap((_, c) => (!fixed.has(c) && (prices[c] ?? 0) * size(c) > noticeable ? [c] : []))
    return { chance: -program.worth(columns.map(({ gain }) => gain)), tight, prices }
  }

  /**
   * Adds the dearest panel as a row until no panel costs more than λ. A program that has gathered rounding is begun anew with the rows that
   * bind, and what ends is always a program begun anew. Null if even such a one does not come to its end.
   */
  #priced(begin: (rows: readonly number[]) => Pricing): Pricing | null {
    let now = begin(this.#active)
    let clean = true
    let added = 0
    for (;;) {
      if (now.program.solve() !== 'optimal') {
        if (clean) return null
        now = begin(now.rows)
        clean = true
        continue
      }
      const dear = added < makeupsMost ? this.#dearest(now) : null
      const again = dear !== null && now.rows.includes(dear)
      if (clean && (dear === null || again)) return now
      if (dear === null || again || ++added % rowsBeforeAnew === 0) {
        now = begin([...new Set([...this.#binding(now), ...(dear === null ? [] : [dear])])])
        clean = true
      } else {
        now.program.row([...(this.#makeups[dear] ?? []), -1], -Infinity, 0)
        now.rows.push(dear)
        clean = false
      }
    }
  }

  /** A makeup that costs more than λ: of those known the dearest, else one that a search finds. Null if there seems to be none. */
  #dearest({ program }: Pricing): number | null {
    const prices = this.#panels.cells.map((_, c) => program.value(c))
    const cost = program.value(this.#panels.cells.length)
    const limit = cost + noticeable * (1 + cost)
    let [dearest, most] = [-1, limit]
    for (const [i, makeup] of this.#makeups.entries()) {
      const dear = weightOf(makeup, prices)
      if (dear > most) [dearest, most] = [i, dear]
    }
    if (dearest >= 0) return dearest
    if (++this.#searches > searchesMost) return null
    const { best } = bestPanel(this.#panels, prices, dearer(limit))
    return best === null ? null : this.#numberOf(best.makeup)
  }

  /** Rows of a program that cost nearly λ. */
  #binding({ program, rows }: Pricing): readonly number[] {
    const prices = this.#panels.cells.map((_, c) => program.value(c))
    const limit = program.value(this.#panels.cells.length) * nearlyAll
    return rows.filter((i) => weightOf(this.#makeups[i] ?? [], prices) >= limit)
  }

  /** Prices as whole numbers, and what no panel exceeds by these, so that the bound can be stated without a fraction. */
  #bound(prices: readonly number[], fixed: ReadonlyMap<number, number>): Bound {
    const largest = prices.reduce((most, price) => (price > most ? price : most), 0)
    const scale = largest === 0 ? 0 : 1_000_000 * inverse(largest)
    // Plus nought: a price a hair below nought would be −0, which no document holds.
    const weights = prices.map((price, c) => (fixed.has(c) ? 0 : nearest(price * scale).whole + 0))
    const known = this.#makeups.reduce((most, makeup) => {
      const weight = weightOf(makeup, weights)
      return weight > most ? weight : most
    }, 0)
    const { atMost } = bestPanel(this.#panels, weights, { over: known, enough: false, nodes: 500 })
    const total = weights.reduce((sum, weight, c) => sum + weight * (this.#panels.cells[c]?.members.length ?? 0), 0)
    return { weights, most: around(atMost).above, total }
  }

  /** The number of a makeup, a new one if it was not known. */
  #numberOf(makeup: Makeup): number {
    const key = makeup.join()
    const known = this.#known.get(key)
    if (known !== undefined) return known
    this.#known.set(key, this.#makeups.length)
    return this.#makeups.push(makeup) - 1
  }
}
