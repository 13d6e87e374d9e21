// The quick way through the papers of a ballot file: lines of plain numbers, straight from bytes into the table of papers, with no object per
// paper. Whatever is not plain is left to blt-papers.ts, which alone decides what a line means.
import { KeyedTable, type PaperTable } from '../papers/paper-table.ts'

/** What a run of plain lines held: where it ended (the first byte not taken), its lines and its papers. */
export type PlainRun = { readonly next: number; readonly lines: number; readonly papers: number }

const [tab, feed, carriageReturn, blank, zero, nine] = [9, 10, 13, 32, 48, 57]
// Nine digits fit a 32-bit number; longer ones are read the slow way.
const digitsMost = 9

/** A reader of plain lines for so many candidates into `table`. It stops before a line that is odd, faulty or not yet complete. */
export function plainLines(candidates: number, table: PaperTable): (bytes: Uint8Array, from: number) => PlainRun {
  return table instanceof KeyedTable ? keyedLines(candidates, table) : longLines(candidates, table)
}

/** Up to 12 candidates: the key of the ranking is built while its digits are read. One loop, for speed: 25 million bytes pass through it. */
function keyedLines(candidates: number, table: KeyedTable): (bytes: Uint8Array, from: number) => PlainRun {
  return (bytes, from) => {
    const end = bytes.lastIndexOf(feed) // Every complete line ends in one, so nothing is read past the end.
    let next = from
    let lines = 0
    let papers = 0
    line: while (next <= end) {
      let at = next
      let byte = bytes[at] ?? 0
      while (byte === blank || byte === tab) byte = bytes[++at] ?? 0
      const weightAt = at
      let weight = 0
      while (byte >= zero && byte <= nine) {
        weight = weight * 10 + byte - zero
        byte = bytes[++at] ?? 0
      }
      if (weight === 0 || at - weightAt > digitsMost) break
      let high = 0
      let low = 0
      let seen = 0
      let shift = 28
      let closed = false
      while (byte === blank || byte === tab) {
        do byte = bytes[++at] ?? 0
        while (byte === blank || byte === tab)
        if (byte < zero || byte > nine) break
        if (closed) break line
        const numberAt = at
        let number = byte - zero
        byte = bytes[++at] ?? 0
        while (byte >= zero && byte <= nine) {
          number = number * 10 + byte - zero
          byte = bytes[++at] ?? 0
        }
        if (number === 0 && at - numberAt === 1) {
          closed = true
          continue
        }
        const bit = 1 << number
        if (number === 0 || number > candidates || at - numberAt > digitsMost || (seen & bit) !== 0) break line
        seen |= bit
        // Places 1 to 8 from bit 28 of the high half down, 9 to 12 likewise in the low one.
        if (shift >= 0) high |= number << shift
        else low |= number << (shift + 32)
        shift -= 4
      }
      if (byte === carriageReturn) byte = bytes[++at] ?? 0
      if (byte !== feed) break
      table.addKey(high, low, weight)
      lines++
      papers += weight
      next = at + 1
    }
    return { next, lines, papers }
  }
}

/** Any number of candidates: the ranking goes into a scratch array, and a stamp on each candidate tells whether the line named them. */
function longLines(candidates: number, table: PaperTable): (bytes: Uint8Array, from: number) => PlainRun {
  const ranking = new Uint16Array(candidates)
  const stamps = new Uint32Array(candidates + 1)
  let stamp = 0
  return (bytes, from) => {
    const end = bytes.lastIndexOf(feed)
    let next = from
    let lines = 0
    let papers = 0
    line: while (next <= end) {
      const words = new Numbers(bytes, next)
      const weight = words.next()
      if (weight === null || weight === 0) break
      if (++stamp > 0xffff_fff0) break
      let length = 0
      let closed = false
      for (let number = words.next(); number !== null; number = words.next()) {
        if (closed) break line
        closed = number === 0
        if (closed) continue
        if (number > candidates || stamps[number] === stamp) break line
        stamps[number] = stamp
        ranking[length++] = number - 1
      }
      const after = words.lineEnd()
      if (after === null) break
      table.add(ranking, length, weight)
      lines++
      papers += weight
      next = after
    }
    return { next, lines, papers }
  }
}

/** Whole numbers between blanks, one after another; `null` where something else begins. A 0 with more digits is something else. */
class Numbers {
  readonly #bytes: Uint8Array
  #at: number

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes
    this.#at = at
  }

  next(): number | null {
    let at = this.#at
    let byte = this.#bytes[at] ?? 0
    while (byte === blank || byte === tab) byte = this.#bytes[++at] ?? 0
    const start = at
    let number = 0
    while (byte >= zero && byte <= nine) {
      number = number * 10 + byte - zero
      byte = this.#bytes[++at] ?? 0
    }
    const digits = at - start
    if (digits === 0 || digits > digitsMost || (number === 0 && digits > 1)) return null
    if (byte !== blank && byte !== tab && byte !== carriageReturn && byte !== feed) return null
    this.#at = at
    return number
  }

  /** Where the next line begins if nothing but blanks is left of this one. */
  lineEnd(): number | null {
    let at = this.#at
    let byte = this.#bytes[at] ?? 0
    while (byte === blank || byte === tab) byte = this.#bytes[++at] ?? 0
    if (byte === carriageReturn) byte = this.#bytes[++at] ?? 0
    return byte === feed ? at + 1 : null
  }
}
