// The ballot file format of Hill, Wichmann and Woodall (Algorithm 123, 1987), with what OpenSTV, OpaVote and Droop added to it.
import { concatBytes, fail, fromUtf8, ok, unreachable, utf8, type Result } from '@quorate/kernel'
import { BltPapers, paperList, type PaperSink } from './blt-papers.ts'
import { plainLines } from './blt-plain.ts'
import { packer, type PackedProfile, type Packer } from '../papers/packed.ts'
import { paperTable } from '../papers/paper-table.ts'
import { namesInOrder, readNameLine, type NameLine } from './blt-names.ts'
import type { BltFault, BltFinding } from './blt-faults.ts'
import { isName, type Contest, type Profile, type Repeats } from '../papers/profile.ts'

/** A ballot file, read. `findings` are things worth saying about a file that could be read all the same. */
export type BltFile<P = Profile> = {
  readonly profile: P
  /** The order of candidates given in a `[tie …]` line, strongest first: a lot somebody drew, if a caller chooses to use it. */
  readonly tieOrder: readonly number[] | null
  readonly findings: readonly BltFinding[]
}

/** A reader fed piece by piece, so that a large file need never be in memory as text. */
export type BltReader<P = Profile> = {
  /** Takes the next bytes, cut anywhere. They may be overwritten afterwards. */
  readonly push: (bytes: Uint8Array) => void
  /** The file, or the first faults found (at most ten), in order. */
  readonly end: () => Result<BltFile<P>, readonly [BltFault, ...BltFault[]]>
}

// Whoever mends the first ten will want to read the file again.
const faultsMax = 10

// A file names each candidate on a line of its own, so more than this is a mistake in the first number, not an election.
const candidatesMax = 10_000

/** Reads a whole file. Total: any bytes give a file or faults with line and column, never an exception. */
export function parseBlt(source: Uint8Array | string): Result<BltFile, readonly [BltFault, ...BltFault[]]> {
  const reader = bltReader()
  reader.push(typeof source === 'string' ? utf8(source) : source)
  return reader.end()
}

/** A fresh reader that keeps every paper as it stands in the file. */
export const bltReader = (): BltReader =>
  readerInto(() => ({ sink: paperList(), profile: (contest, papers) => ({ ...contest, papers }) }))

/**
 * A fresh reader into a packed profile: equal papers are added together as they are read, so a million of them need a few megabytes. Where
 * repeats are `allowed`, a paper may name a candidate at two ranks: for a rule (instant runoff) that says what becomes of it.
 */
export const bltPackedReader = (repeats: Repeats = 'refused'): BltReader<PackedProfile> => readerInto(packedInto, repeats)

/** Where a file's papers go and how they and the contest make a profile. */
type Into<T, P> = { readonly sink: PaperSink<T>; readonly profile: (contest: Contest, papers: T) => P }

function packedInto(candidates: number): Into<Packer, PackedProfile> {
  const table = paperTable(candidates)
  const into = packer(candidates, table)
  return {
    sink: { add: into.add, reserve: () => into.add, plain: plainLines(candidates, table), end: () => into },
    profile: (contest, papers) => papers.end(contest),
  }
}

function readerInto<T, P>(into: (candidates: number) => Into<T, P>, repeats: Repeats = 'refused'): BltReader<P> {
  const lines = new BltLines(into, repeats)
  let pending: Uint8Array[] = []
  const take = (end: Uint8Array): void => {
    const whole = pending.length === 0 ? end : concatBytes(...pending, end)
    pending = []
    lines.line(whole)
  }
  return {
    push: (bytes) => {
      let from = 0
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
        take(bytes.subarray(from, at))
        from = lines.plain(bytes, at + 1)
      }
      // Copied: the caller may fill the same buffer again.
      if (from < bytes.length) pending.push(bytes.slice(from))
    },
    end: () => {
      take(new Uint8Array(0))
      return lines.end()
    },
  }
}

/** The file line by line: a first line, the papers up to a line `0`, then the names and perhaps a title. */
class BltLines<T, P> {
  readonly #open: (candidates: number) => Into<T, P>
  readonly #repeats: Repeats
  #into: Into<T, P> | null = null
  #lineNumber = 0
  #part: 'first' | 'papers' | 'names' | 'hopeless' = 'first'
  #papers: BltPapers | null = null
  #seats = 0
  readonly #names: NameLine[] = []
  readonly #faults: BltFault[] = []
  readonly #findings: BltFinding[] = []

  constructor(open: (candidates: number) => Into<T, P>, repeats: Repeats) {
    this.#open = open
    this.#repeats = repeats
  }

  /** Takes what plain papers begin at `from`; returns where the first other line begins. */
  plain(bytes: Uint8Array, from: number): number {
    if (this.#part !== 'papers' || this.#papers === null || this.#faults.length > 0) return from
    const run = this.#papers.plain(bytes, from)
    this.#lineNumber += run.lines
    return run.next
  }

  line(bytes: Uint8Array): void {
    this.#lineNumber++
    if (this.#part === 'hopeless' || this.#faults.length >= faultsMax) return
    const text = this.#text(bytes)
    if (/^[\s,]*$/.test(text)) return
    if (text.trimStart().startsWith('#') && this.#part !== 'names') return
    switch (this.#part) {
      case 'first':
        return this.#firstLine(text)
      case 'papers':
        return this.#paperLine(text)
      case 'names':
        return this.#nameLine(text)
      default:
        return unreachable(this.#part)
    }
  }

  end(): Result<BltFile<P>, readonly [BltFault, ...BltFault[]]> {
    const papers = this.#papers
    const at = { line: this.#lineNumber, column: 1 }
    if (this.#part === 'first') this.#fault({ kind: 'empty file', ...at })
    if (this.#part === 'papers') this.#fault({ kind: 'no terminator', ...at })
    const settled = papers?.end()
    for (const fault of settled?.faults ?? []) this.#fault(fault)
    const names = namesInOrder(this.#names, papers?.candidates ?? 0)
    // Beyond names and title stands what other programs remark (a source, a comment): read, never refused.
    for (const [i, { name, line, column }] of names.slice(0, (papers?.candidates ?? 0) + 1).entries())
      // A title may be blank: a program that wants one writes "".
      if (!isName(name) && (i < (papers?.candidates ?? 0) || name !== '')) this.#fault({ kind: 'bad name', line, column })
    if (papers !== null && this.#part === 'names' && names.length < papers.candidates) {
      this.#fault({ kind: 'too few names', ...at, expected: papers.candidates, found: names.length })
    }
    const [first, ...others] = this.#faults.toSorted((a, b) => a.line - b.line || a.column - b.column)
    if (first !== undefined) return fail([first, ...others.slice(0, faultsMax - 1)])
    if (papers === null || settled === undefined || this.#into === null) return fail([{ kind: 'empty file', ...at }])
    const texts = names.map(({ name }) => name)
    const candidates = texts.slice(0, papers.candidates)
    const [title = '', ...rest] = texts.slice(papers.candidates)
    const findings = [...this.#findings, ...settled.findings]
    if (rest.length > 0) findings.push({ kind: 'text after the title', texts: rest })
    const standing = papers.candidates - settled.withdrawn.length
    if (this.#seats > standing) findings.push({ kind: 'more seats than candidates', seats: this.#seats, candidates: standing })
    const contest = { title, candidates, withdrawn: settled.withdrawn, seats: this.#seats }
    const profile = this.#into.profile(contest, this.#into.sink.end())
    return ok({ profile, tieOrder: settled.tieOrder, findings })
  }

  #text(bytes: Uint8Array): string {
    // The mark some editors put before the first byte. Only UTF-8's can be told from content this early.
    const marked = this.#lineNumber === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
    const body = marked ? bytes.subarray(3) : bytes
    const text = fromUtf8(body)
    if (text.kind === 'ok') return text.value.replace(/\r$/, '')
    if (!this.#findings.some(({ kind }) => kind === 'not UTF-8'))
      this.#findings.push({ kind: 'not UTF-8', line: this.#lineNumber })
    // What older programs called Latin-1 has curly quotes where that has control characters (WHATWG Encoding, windows-1252).
    return new TextDecoder('windows-1252').decode(body).replace(/\r$/, '')
  }

  #firstLine(text: string): void {
    const [, lead = '', candidates = '', gap = '', seats = ''] =
      /^(\s*)(\d+)(\s+)(\d+)\s*(?:#.*)?$/.exec(withoutCommas(text)) ?? []
    const at = { line: this.#lineNumber, column: lead.length + 1 }
    this.#part = 'hopeless'
    if (candidates === '') return this.#fault({ kind: 'bad first line', ...at })
    const seatsColumn = at.column + candidates.length + gap.length
    if (Number(candidates) < 1 || Number(candidates) > candidatesMax) {
      return this.#fault({ kind: 'bad number of candidates', ...at, found: candidates.slice(0, 20), most: candidatesMax })
    }
    if (Number(seats) < 1 || !Number.isSafeInteger(Number(seats))) {
      return this.#fault({ kind: 'bad number of seats', line: at.line, column: seatsColumn, found: seats.slice(0, 20) })
    }
    this.#into = this.#open(Number(candidates))
    this.#papers = new BltPapers(Number(candidates), this.#into.sink, this.#repeats)
    this.#seats = Number(seats)
    this.#part = 'papers'
  }

  #paperLine(text: string): void {
    const result = this.#papers?.line(withoutCommas(text), this.#lineNumber)
    if (result === 'end') this.#part = 'names'
    else if (result !== undefined && result !== 'paper') this.#fault(result)
  }

  #nameLine(text: string): void {
    const names = readNameLine(text, this.#lineNumber)
    if (names !== null) this.#names.push(names)
  }

  #fault(fault: BltFault): void {
    this.#faults.push(fault)
  }
}

/** Commas at the end of a line: a spreadsheet that kept the file leaves one for every empty cell. */
const withoutCommas = (text: string): string => text.replace(/(?:\s*,)+\s*$/, '')

/**
 * A profile as a file: first line, the withdrawn on one line, one line a paper, `0`, names and title in quotes (inner quotes doubled).
 * `parseBlt` gives back the same profile.
 */
export function writeBlt(profile: Profile): string {
  const { title, candidates, withdrawn, seats, papers } = profile
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
  const lines = [`${candidates.length} ${seats}`]
  if (withdrawn.length > 0) lines.push(withdrawn.map((c) => `-${c + 1}`).join(' '))
  for (const { weight, ranking } of papers) {
    const ranks = ranking.map((rank) => (typeof rank === 'number' ? `${rank + 1}` : rank.map((c) => c + 1).join('=') || '-'))
    lines.push([weight, ...ranks, 0].join(' '))
  }
  lines.push('0', ...candidates.map(quoted))
  if (title !== '') lines.push(quoted(title))
  return `${lines.join('\n')}\n`
}
