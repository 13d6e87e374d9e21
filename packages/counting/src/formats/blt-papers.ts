import type { BltFault, BltFinding } from './blt-faults.ts'
import type { PlainRun } from './blt-plain.ts'
import type { Paper, Rank, Repeats } from '../papers/profile.ts'

/** A word of a line and its column, from 1. */
type Word = { readonly text: string; readonly column: number }
type At = { readonly line: number; readonly column: number }
type Reading = { readonly paper: Paper } | { readonly fault: BltFault }

/** Where papers go as they are read. */
export type PaperSink<T> = {
  readonly add: (paper: Paper) => void
  /** Keeps the place of a paper whose meaning the end of the file decides. */
  readonly reserve: () => (paper: Paper) => void
  /** Takes as many plain lines as it can, if it has a quick way; what it returns says how far it came. */
  readonly plain: (bytes: Uint8Array, from: number) => PlainRun
  readonly end: () => T
}

/** A sink that keeps every paper as it stands in the file, in order. */
export function paperList(): PaperSink<readonly Paper[]> {
  const papers: Paper[] = []
  return {
    add: (paper) => void papers.push(paper),
    reserve: () => {
      const index = papers.push({ weight: 1, ranking: [] }) - 1
      return (paper) => void (papers[index] = paper)
    },
    plain: (_bytes, from) => ({ next: from, lines: 0, papers: 0 }),
    end: () => papers,
  }
}

/** What stands among the papers of a file: the withdrawn, options in brackets. */
export type BltPapersRead = {
  readonly withdrawn: readonly number[]
  readonly tieOrder: readonly number[] | null
  readonly faults: readonly BltFault[]
  readonly findings: readonly BltFinding[]
}

/** Reads the lines between the first and the final 0, one paper a line. */
export class BltPapers {
  readonly candidates: number
  readonly #sink: PaperSink<unknown>
  readonly #repeats: Repeats
  #begun = false
  readonly #withdrawn = new Set<number>()
  readonly #nicknames = new Map<string, number>()
  #tieOrder: readonly number[] | null = null
  #total = 0
  readonly #findings: BltFinding[] = []
  readonly #ids = new Set<string>()
  // Papers with an id, read both ways; which way the file means is known only at its end.
  readonly #withId: { readonly put: (paper: Paper) => void; readonly afterWeight: Reading; readonly inPlace: Reading }[] = []

  constructor(candidates: number, sink: PaperSink<unknown>, repeats: Repeats = 'refused') {
    this.candidates = candidates
    this.#sink = sink
    this.#repeats = repeats
  }

  /** Takes plain lines the quick way; see {@link PaperSink}. */
  plain(bytes: Uint8Array, from: number): PlainRun {
    // From here on a run of plain lines could add up to more than is exact; the slow way then says at which line.
    if (this.#total > 2 ** 52) return { next: from, lines: 0, papers: 0 }
    const run = this.#sink.plain(bytes, from)
    this.#total += run.papers
    this.#begun ||= run.lines > 0
    return run
  }

  /** One line that is neither blank nor a comment. */
  line(text: string, line: number): 'paper' | 'end' | BltFault {
    const words = wordsOf(text)
    const [first, ...rest] = words
    if (first === undefined) return 'paper' // nothing but a comment
    if (first.text.startsWith('[')) return this.#option(words, line)
    if (first.text.startsWith('(')) return this.#paperWithId(text, line)
    if (first.text === '0' && rest.length === 0) return 'end'
    if (!this.#begun && words.every(({ text: word }) => /^-\d+$/.test(word))) return this.#withdraw(words, line)
    const reading = this.#paper(words, line)
    return 'fault' in reading ? reading.fault : this.#add(reading.paper, { line, column: first.column })
  }

  /** What was read, once the last line has been seen. */
  end(): BltPapersRead {
    const faults: BltFault[] = []
    const findings = [...this.#findings]
    if (this.#withId.length > 0) {
      const weighted = this.#withId.every(({ afterWeight }) => 'paper' in afterWeight && afterWeight.paper.weight === 1)
      findings.push({ kind: 'ballot ids', reading: weighted ? 'before the weight' : 'in place of the weight' })
      for (const { put, afterWeight, inPlace } of this.#withId) {
        const reading = weighted ? afterWeight : inPlace
        if ('paper' in reading) put(reading.paper)
        else faults.push(reading.fault)
      }
    }
    const withdrawn = [...this.#withdrawn].sort((a, b) => a - b)
    return { withdrawn, tieOrder: this.#tieOrder, faults, findings }
  }

  #add(paper: Paper, at: At): 'paper' | BltFault {
    const fault = this.#counted(paper.weight, at)
    if (fault === 'paper') this.#sink.add(paper)
    return fault
  }

  #counted(weight: number, at: At): 'paper' | BltFault {
    this.#begun = true
    this.#total += weight
    return Number.isSafeInteger(this.#total) ? 'paper' : { kind: 'too many papers', ...at }
  }

  #paper([first, ...rest]: readonly Word[], line: number): Reading {
    if (first === undefined) return { paper: { weight: 1, ranking: [] } }
    const weight = Number(first.text)
    const why = weightFault(first.text)
    if (why !== null) return { fault: { kind: 'bad weight', line, column: first.column, found: first.text.slice(0, 40), why } }
    return this.#ranked(weight, rest, line)
  }

  /** Preferences up to a final 0, which may be missing. */
  #ranked(weight: number, words: readonly Word[], line: number): Reading {
    const ranking: Rank[] = []
    const seen = new Set<number>()
    for (const [i, { text, column }] of words.entries()) {
      const after = words[i + 1]
      if (text === '0') {
        if (after !== undefined) return { fault: { kind: 'text after the final 0', line, column: after.column } }
        break
      }
      const rank = this.#rank(text, { line, column })
      if ('fault' in rank) return rank
      for (const [k, candidate] of rank.together.entries()) {
        const isTwice = this.#repeats === 'allowed' ? rank.together.indexOf(candidate) < k : seen.has(candidate)
        if (isTwice) return { fault: { kind: 'repeated candidate', line, column, candidate } }
        seen.add(candidate)
      }
      const [only, ...others] = rank.together
      ranking.push(only !== undefined && others.length === 0 ? only : rank.together.toSorted((a, b) => a - b))
    }
    return { paper: { weight, ranking } }
  }

  #rank(text: string, at: At): { readonly together: readonly number[] } | { readonly fault: BltFault } {
    if (text === '-') return { together: [] }
    const together: number[] = []
    for (const part of text.split('=')) {
      const candidate = this.#candidate(part)
      if (candidate === 'unknown') {
        return { fault: { kind: 'unknown candidate', ...at, found: part.slice(0, 40), candidates: this.candidates } }
      }
      if (candidate === 'not one') return { fault: { kind: 'bad preference', ...at, found: text.slice(0, 40) } }
      together.push(candidate)
    }
    return { together }
  }

  #candidate(text: string): number | 'unknown' | 'not one' {
    const nick = this.#nicknames.get(text)
    if (nick !== undefined) return nick
    if (!/^\d+$/.test(text)) return 'not one'
    const number = Number(text)
    return number >= 1 && number <= this.candidates ? number - 1 : 'unknown'
  }

  #withdraw(words: readonly Word[], line: number): 'paper' | BltFault {
    for (const { text, column } of words) {
      const candidate = this.#candidate(text.slice(1))
      if (typeof candidate !== 'number') {
        return { kind: 'unknown candidate', line, column, found: text.slice(1, 41), candidates: this.candidates }
      }
      this.#withdrawn.add(candidate)
    }
    return 'paper'
  }

  #paperWithId(text: string, line: number): 'paper' | BltFault {
    const column = text.indexOf('(') + 1
    const close = text.indexOf(')')
    if (close < 0) return { kind: 'unclosed bracket', line, column, bracket: '(' }
    const id = text.slice(column, close).trim()
    if (this.#ids.has(id)) return { kind: 'repeated ballot id', line, column, id: id.slice(0, 40) }
    this.#ids.add(id)
    const words = wordsOf(text.slice(close + 1)).map((word) => ({ text: word.text, column: word.column + close + 1 }))
    const afterWeight = this.#paper(words, line)
    // `end` puts the reading in this place that the whole file bears out. Either way it is one paper.
    this.#withId.push({ put: this.#sink.reserve(), afterWeight, inPlace: this.#ranked(1, words, line) })
    return this.#counted(1, { line, column })
  }

  #option(words: readonly Word[], line: number): 'paper' | BltFault {
    const text = words.map((word) => word.text).join(' ')
    const column = words[0]?.column ?? 1
    if (!text.endsWith(']')) return { kind: 'unclosed bracket', line, column, bracket: '[' }
    const [name = '', ...values] = text.slice(1, -1).trim().split(' ')
    const at = { line, column }
    switch (name) {
      case 'nick':
        return this.#nick(values, at)
      case 'tie':
        return this.#tie(values, at)
      case 'withdrawn':
        return this.#withdraw(
          values.map((value) => ({ text: `-${value}`, column })),
          line,
        )
      default:
        this.#findings.push({ kind: 'unknown option', line, option: name.slice(0, 40) })
        return 'paper'
    }
  }

  #nick(values: readonly string[], at: At): 'paper' | BltFault {
    if (values.length !== this.candidates) {
      return { kind: 'bad option', ...at, option: 'nick', expected: this.candidates, found: values.length }
    }
    for (const [candidate, nick] of values.entries()) {
      const readsAsOther = /^\d+$/.test(nick) && Number(nick) !== candidate + 1
      if (this.#nicknames.has(nick) || readsAsOther || /^[-([=#]|=/.test(nick))
        return { kind: 'bad nickname', ...at, found: nick.slice(0, 40) }
      this.#nicknames.set(nick, candidate)
    }
    return 'paper'
  }

  #tie(values: readonly string[], at: At): 'paper' | BltFault {
    const order = values.map((value) => this.#candidate(value)).filter((c) => typeof c === 'number')
    if (new Set(order).size !== this.candidates || values.length !== this.candidates) {
      return { kind: 'bad option', ...at, option: 'tie', expected: this.candidates, found: new Set(order).size }
    }
    this.#tieOrder = order
    return 'paper'
  }
}

/** Words between blanks, up to a comment. */
function wordsOf(text: string): readonly Word[] {
  const words: Word[] = []
  for (const found of text.matchAll(/\S+/g)) {
    if (found[0].startsWith('#')) break
    words.push({ text: found[0], column: found.index + 1 })
  }
  return words
}

function weightFault(text: string): Extract<BltFault, { kind: 'bad weight' }>['why'] | null {
  if (/^\d+(?:\.0+)?$/.test(text)) return Number(text) === 0 ? 'zero' : Number.isSafeInteger(Number(text)) ? null : 'too large'
  if (/^\d*[.,]\d+$/.test(text)) return 'fraction'
  return /^-\d/.test(text) ? 'negative' : 'not a number'
}
