// A linear program in floating point: the bounded dual simplex method (C. E. Lemke 1954; R. Bixby, "Solving real-world linear programs",
// Operations Research 50, 2002) on a dense dictionary. It only ever proposes: what it says is rounded, and checked in whole numbers, before
// anything rests on it. Every operation is one IEEE 754 rounds the same everywhere, so all machines propose alike.

/** A variable between two bounds, and what one unit of it is worth. */
export type Column = { readonly low: number; readonly high: number; readonly gain: number }

/** How a program ended: `stuck` if rounding kept it from ending. */
export type Ended = 'optimal' | 'infeasible' | 'stuck'

/** Differences that are rounding and nothing else: between worths, from a whole number, and between a price and the panel that beats it. */
export const negligible = 1e-9
/** See {@link negligible}. */
export const nearlyWhole = 1e-6
/** See {@link negligible}. */
export const noticeable = 1e-7

/** See {@link negligible}: a part of a limit that may still come to bind. */
export const nearlyAll = 0.9

const pivotLeast = 1e-7
const hair = 1e-10
const slack = 1e-11

/** Maximises Σ gain × x over columns within their bounds and rows Σ coefficient × x within theirs. Columns need finite bounds. */
export class Program {
  readonly #columns: number
  #rows = 0
  #pivots = 0
  /** Dictionary: basic variable i = Σ table[i][j] × non-basic variable j. */
  #table: Float64Array[] = []
  #basic: number[] = []
  #nonBasic: number[]
  #gains: number[]
  /** Of variables by number: columns first, then one for each row, its sum. */
  #low: number[]
  #high: number[]
  #values: number[]

  constructor(columns: readonly Column[]) {
    this.#columns = columns.length
    this.#nonBasic = columns.map((_, j) => j)
    // Equal gains make a program go in circles; a hair on each, different for all, does not change what is proposed.
    this.#gains = columns.map(({ gain }, j) => gain - hair * (1 + ((j * 7919) % 101)))
    this.#low = columns.map(({ low }) => low)
    this.#high = columns.map(({ high }) => high)
    this.#values = columns.map(({ low, high }, j) => ((this.#gains[j] ?? 0) > 0 ? high : low))
  }

  /** An independent copy, from whose state a solution is found quickly after bounds have changed. */
  copy(): Program {
    const twin = new Program(Array.from({ length: this.#columns }, () => ({ low: 0, high: 0, gain: 0 })))
    twin.#rows = this.#rows
    twin.#table = this.#table.map((row) => row.slice())
    twin.#basic = [...this.#basic]
    twin.#nonBasic = [...this.#nonBasic]
    twin.#gains = [...this.#gains]
    twin.#low = [...this.#low]
    twin.#high = [...this.#high]
    twin.#values = [...this.#values]
    return twin
  }

  /** A new row: Σ coefficient × column between two bounds, which may be infinite. */
  row(coefficients: readonly number[], low: number, high: number): void {
    const row = new Float64Array(this.#columns)
    for (const [j, variable] of this.#nonBasic.entries()) if (variable < this.#columns) row[j] = coefficients[variable] ?? 0
    for (const [i, variable] of this.#basic.entries()) {
      const times = variable < this.#columns ? (coefficients[variable] ?? 0) : 0
      if (times === 0) continue
      const line = this.#table[i] ?? row
      for (let j = 0; j < this.#columns; j++) row[j] = (row[j] ?? 0) + times * (line[j] ?? 0)
    }
    this.#table.push(row)
    this.#basic.push(this.#columns + this.#rows++)
    this.#low.push(low)
    this.#high.push(high)
    this.#values.push(this.#nonBasic.reduce((sum, variable, j) => sum + (row[j] ?? 0) * (this.#values[variable] ?? 0), 0))
  }

  /** Narrows the bounds of a column that now lies strictly between its bounds. */
  bound(column: number, low: number, high: number): void {
    this.#low[column] = low
    this.#high[column] = high
  }

  /** Solves from where it stands. */
  solve(): Ended {
    const most = this.#pivots + 50 * (this.#rows + this.#columns) + 1000
    for (;;) {
      const leaving = this.#violated()
      if (leaving < 0) return 'optimal'
      if (this.#pivots++ > most) return 'stuck'
      const variable = this.#basic[leaving] ?? 0
      const up = (this.#values[variable] ?? 0) < (this.#low[variable] ?? 0)
      const entering = this.#entering(leaving, up)
      if (entering < 0) return 'infeasible'
      this.#pivot(leaving, entering, (up ? this.#low : this.#high)[variable] ?? 0)
    }
  }

  /** The value of a column. */
  value(column: number): number {
    return this.#values[column] ?? 0
  }

  /** What is maximised. `gains` are those the program was made with. */
  worth(gains: readonly number[]): number {
    return gains.reduce((sum, gain, column) => sum + gain * this.value(column), 0)
  }

  /** What a unit more of each row's upper bound would be worth. Of rows that do not bind, 0. */
  prices(): readonly number[] {
    const prices = Array.from({ length: this.#rows }, () => 0)
    for (const [j, variable] of this.#nonBasic.entries())
      if (variable >= this.#columns) prices[variable - this.#columns] = this.#gains[j] ?? 0
    return prices
  }

  /** The basic variable farthest outside its bounds, or −1. */
  #violated(): number {
    let worst = -1
    let most = negligible
    for (let i = 0; i < this.#rows; i++) {
      const variable = this.#basic[i] ?? 0
      const value = this.#values[variable] ?? 0
      const [low, high] = [this.#low[variable] ?? 0, this.#high[variable] ?? 0]
      const off = value < low ? low - value : value - high
      const scaled = off / (1 + Math.abs(value))
      if (scaled > most) {
        most = scaled
        worst = i
      }
    }
    return worst
  }

  /**
   * The non-basic variable that can move the leaving one and costs least; of those that cost hardly more, the one that moves it most
   * (P. M. J. Harris, Mathematical Programming 5, 1973): small pivots are what rounding grows from.
   */
  #entering(leaving: number, up: boolean): number {
    const line = this.#table[leaving] ?? new Float64Array(0)
    let largest = 0
    for (let j = 0; j < this.#columns; j++) largest = Math.max(largest, Math.abs(line[j] ?? 0))
    const enough = pivotLeast * Math.max(1, largest)
    let limit = Infinity
    for (let j = 0; j < this.#columns; j++) {
      const size = this.#move(line, j, up)
      if (size <= enough) continue
      const cost = (Math.abs(this.#gains[j] ?? 0) + slack) / size
      if (cost < limit) limit = cost
    }
    let best = -1
    let most = 0
    for (let j = 0; j < this.#columns; j++) {
      const size = this.#move(line, j, up)
      if (size > most && size > enough && Math.abs(this.#gains[j] ?? 0) / size <= limit) {
        best = j
        most = size
      }
    }
    return best
  }

  /** How far one unit of a non-basic variable, in the direction it can go, moves a row the way it must; 0 if not at all. */
  #move(line: Float64Array, j: number, up: boolean): number {
    const variable = this.#nonBasic[j] ?? 0
    const [low, high] = [this.#low[variable] ?? 0, this.#high[variable] ?? 0]
    if (low === high) return 0
    const along = up ? (line[j] ?? 0) : -(line[j] ?? 0)
    const moves = this.#values[variable] === low ? along : -along
    return moves > 0 ? moves : 0
  }

  #pivot(leaving: number, entering: number, target: number): void {
    const line = this.#table[leaving] ?? new Float64Array(0)
    const pivot = line[entering] ?? 1
    const out = this.#basic[leaving] ?? 0
    const into = this.#nonBasic[entering] ?? 0
    const step = (target - (this.#values[out] ?? 0)) / pivot
    for (let i = 0; i < this.#rows; i++) {
      const variable = this.#basic[i] ?? 0
      this.#values[variable] = (this.#values[variable] ?? 0) + step * (this.#table[i]?.[entering] ?? 0)
    }
    this.#values[into] = (this.#values[into] ?? 0) + step
    this.#values[out] = target
    for (let j = 0; j < this.#columns; j++) line[j] = j === entering ? 1 / pivot : -(line[j] ?? 0) / pivot
    for (let i = 0; i < this.#rows; i++) {
      const other = this.#table[i]
      if (i === leaving || other === undefined) continue
      const times = other[entering] ?? 0
      if (times === 0) continue
      other[entering] = 0
      for (let j = 0; j < this.#columns; j++) other[j] = (other[j] ?? 0) + times * (line[j] ?? 0)
    }
    const gain = this.#gains[entering] ?? 0
    this.#gains[entering] = 0
    for (let j = 0; j < this.#columns; j++) this.#gains[j] = (this.#gains[j] ?? 0) + gain * (line[j] ?? 0)
    this.#basic[leaving] = into
    this.#nonBasic[entering] = out
  }
}

/** The nearest whole number, and how far it is. */
export function nearest(value: number): { readonly whole: number; readonly off: number } {
  const whole = Math.round(value)
  return { whole, off: Math.abs(value - whole) }
}

/** The whole numbers on either side of a value. */
export const around = (value: number): { readonly below: number; readonly above: number } => ({
  below: Math.floor(value),
  above: Math.ceil(value),
})

/** 1 ÷ n. */
export const inverse = (n: number): number => 1 / n

/** Shares as whole numbers that add up to `total` exactly, each within 1 of its part but the largest, which takes up the rest. */
export function wholeShares(shares: readonly number[], total: number): readonly number[] {
  const sum = shares.reduce((a, b) => a + b, 0)
  const whole = shares.map((share) => Math.floor((share * total) / sum))
  const largest = shares.reduce((best, share, i) => (share > (shares[best] ?? 0) ? i : best), 0)
  whole[largest] = (whole[largest] ?? 0) + total - whole.reduce((a, b) => a + b, 0)
  return whole
}
