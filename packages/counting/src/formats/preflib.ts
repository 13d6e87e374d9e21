// PrefLib's files of orders (N. Mattei and T. Walsh, PrefLib: A Library for Preferences, ADT 2013; preflib.org/format): .soc and .soi are
// strict orders, complete and incomplete; .toc and .toi have ties in braces; .cat has categories, best first, read as ranks. Read in the form of September 2022 (`# KEY: value`, then
// `count: 1,2,{3,4}`) and in the older one (number of candidates, a line a candidate, three sums, then `count,1,2,{3,4}`).
import { fail, ok, type Result } from '@quorate/kernel'
import { checkProfile, type Paper, type Profile, type ProfileFault, type Rank } from '../papers/profile.ts'
import { faultAt, nameFrom, textOf, type FormatFault, type Place } from './fault.ts'

/** Why a file does not read. */
export type PreflibFault = FormatFault<
  | 'not text'
  | 'empty'
  | 'missing key'
  | 'not a number'
  | 'bad line'
  | 'bad order'
  | 'unknown candidate'
  | 'candidate twice'
  | 'counts disagree'
>

type Line = Place & { readonly text: string }

/** Reads a file; how many places are to be filled is not in it. Total: any bytes give a profile or the first fault. */
export function parsePreflib(
  bytes: Uint8Array,
  seats: number,
): Result<Profile, PreflibFault | { readonly kind: 'bad profile'; readonly fault: ProfileFault }> {
  const text = textOf(bytes)
  if (text === null) return faultAt('not text', { line: 1, column: 1 }, '')
  const lines = text
    .split(/\r?\n/)
    .map((line, i): Line => ({ text: line.trim(), line: i + 1, column: 1 + line.length - line.trimStart().length }))
    .filter((line) => line.text !== '')
  const [first] = lines
  if (first === undefined) return faultAt('empty', { line: 1, column: 1 }, '')
  const read = first.text.startsWith('#') ? modern(lines) : older(lines)
  if (read.kind === 'fail') return read
  const profile = checkProfile({ ...read.value, withdrawn: [], seats })
  return profile.kind === 'ok' ? profile : fail({ kind: 'bad profile', fault: profile.error })
}

type Read = Result<Pick<Profile, 'title' | 'candidates' | 'papers'>, PreflibFault>

function modern(lines: readonly Line[]): Read {
  const keys = new Map<string, Line & { readonly value: string }>()
  const orders: Line[] = []
  for (const line of lines) {
    if (!line.text.startsWith('#')) {
      orders.push(line)
      continue
    }
    const at = line.text.indexOf(':')
    if (at < 0) return faultAt('bad line', line, line.text)
    keys.set(line.text.slice(1, at).trim().toUpperCase(), { ...line, value: line.text.slice(at + 1).trim() })
  }
  const number = headerNumber(keys, 'NUMBER ALTERNATIVES')
  if (number.kind === 'fail') return number
  const candidates: string[] = []
  for (let c = 1; c <= number.value; c++) {
    const name = keys.get(`ALTERNATIVE NAME ${c}`)
    if (name === undefined) return faultAt('missing key', lines[0] ?? { line: 1, column: 1 }, `ALTERNATIVE NAME ${c}`)
    candidates.push(nameFrom(name.value))
  }
  const papers = ordersOf(orders, candidates.length, ':')
  if (papers.kind === 'fail') return papers
  const voters = headerNumber(keys, 'NUMBER VOTERS')
  if (voters.kind === 'fail') return voters
  const distinct = keys.has('NUMBER UNIQUE PREFERENCES') ? 'NUMBER UNIQUE PREFERENCES' : 'NUMBER UNIQUE ORDERS' // the first in .cat
  const unique = headerNumber(keys, distinct)
  if (unique.kind === 'fail') return unique
  const sums = [
    [keys.get('NUMBER VOTERS'), voters.value, weightOf(papers.value)],
    [keys.get(distinct), unique.value, papers.value.length],
  ] as const
  const wrong = sums.find(([, said, is]) => said !== is)
  if (wrong !== undefined) return faultAt('counts disagree', wrong[0] ?? { line: 1, column: 1 }, `${wrong[1]} ≠ ${wrong[2]}`)
  return ok({ title: nameFrom(keys.get('TITLE')?.value ?? ''), candidates, papers: papers.value })
}

const weightOf = (papers: readonly Paper[]): number => papers.reduce((sum, { weight }) => sum + weight, 0)

function headerNumber(keys: ReadonlyMap<string, Line & { readonly value: string }>, key: string): Result<number, PreflibFault> {
  const found = keys.get(key)
  if (found === undefined) return faultAt('missing key', { line: 1, column: 1 }, key)
  return /^\d{1,9}$/.test(found.value) ? ok(Number(found.value)) : faultAt('not a number', found, found.value)
}

function older(lines: readonly Line[]): Read {
  const [top] = lines
  if (top === undefined || !/^\d{1,9}$/.test(top.text)) return faultAt('bad line', top ?? { line: 1, column: 1 }, top?.text ?? '')
  const n = Number(top.text)
  const candidates: string[] = []
  for (let c = 1; c <= n; c++) {
    const line = lines[c]
    const found = /^(\d+)\s*,\s*(.*)$/.exec(line?.text ?? '')
    if (line === undefined || found === null || Number(found[1]) !== c) return faultAt('bad line', line ?? top, line?.text ?? '')
    candidates.push(nameFrom(found[2] ?? ''))
  }
  const sums = lines[n + 1]
  const said = /^(\d{1,9})\s*,\s*(\d{1,9})\s*,\s*(\d{1,9})$/.exec(sums?.text ?? '')
  if (sums === undefined || said === null) return faultAt('bad line', sums ?? top, sums?.text ?? '')
  const papers = ordersOf(lines.slice(n + 2), n, ',')
  if (papers.kind === 'fail') return papers
  const weight = weightOf(papers.value)
  if (Number(said[2]) !== weight) return faultAt('counts disagree', sums, `${said[2] ?? ''} ≠ ${weight}`)
  if (Number(said[3]) !== papers.value.length)
    return faultAt('counts disagree', sums, `${said[3] ?? ''} ≠ ${papers.value.length}`)
  return ok({ title: '', candidates, papers: papers.value })
}

function ordersOf(lines: readonly Line[], candidates: number, after: ':' | ','): Result<readonly Paper[], PreflibFault> {
  const papers: Paper[] = []
  for (const line of lines) {
    const at = line.text.indexOf(after)
    const weight = line.text.slice(0, at).trim()
    if (at < 0 || !/^[1-9]\d{0,8}$/.test(weight)) return faultAt('bad line', line, line.text)
    const ranking = orderOf(line, at + 1, candidates)
    if (ranking.kind === 'fail') return ranking
    papers.push({ weight: Number(weight), ranking: ranking.value })
  }
  return ok(papers)
}

/** `1, 2,{3,4}` from a column on. A brace group is one rank; candidates are numbered from 1. */
function orderOf(line: Line, from: number, candidates: number): Result<readonly Rank[], PreflibFault> {
  const ranks: Rank[] = []
  const seen = new Set<number>()
  let group: number[] | null = null
  for (const token of line.text.slice(from).matchAll(/\{|\}|,|[^\s{},]+/g)) {
    const at = { line: line.line, column: line.column + from + token.index }
    const [word] = token
    if (word === ',') continue
    if (word === '{' || word === '}') {
      if ((word === '{') === (group !== null)) return faultAt('bad order', at, line.text.slice(from))
      if (word === '}' && group !== null) ranks.push(rankOf(group))
      group = word === '{' ? [] : null
      continue
    }
    if (!/^\d{1,9}$/.test(word)) return faultAt('bad order', at, word)
    const candidate = Number(word) - 1
    if (candidate < 0 || candidate >= candidates) return faultAt('unknown candidate', at, word)
    if (seen.has(candidate)) return faultAt('candidate twice', at, word)
    seen.add(candidate)
    if (group === null) ranks.push(candidate)
    else group.push(candidate)
  }
  return group === null ? ok(ranks) : faultAt('bad order', line, line.text)
}

const rankOf = (group: readonly number[]): Rank => {
  const [only] = group
  return group.length === 1 && only !== undefined ? only : group.toSorted((a, b) => a - b)
}

/** Writes a profile in the form of 2022; skipped ranks and those who withdrew cannot be said in it. */
export function writePreflib(profile: Profile): string {
  const { candidates, papers, title } = profile
  const order = (ranking: readonly Rank[]): string =>
    ranking.map((rank) => (typeof rank === 'number' ? `${rank + 1}` : `{${rank.map((c) => c + 1).join(',')}}`)).join(',')
  const ties = papers.some(({ ranking }) => ranking.some((rank) => typeof rank !== 'number'))
  const complete = papers.every(({ ranking }) => ranking.flat().length === candidates.length)
  const head = [
    `# TITLE: ${title}`,
    `# DATA TYPE: ${ties ? 't' : 's'}o${complete ? 'c' : 'i'}`,
    `# NUMBER ALTERNATIVES: ${candidates.length}`,
    `# NUMBER VOTERS: ${weightOf(papers)}`,
    `# NUMBER UNIQUE ORDERS: ${papers.length}`,
    ...candidates.map((name, c) => `# ALTERNATIVE NAME ${c + 1}: ${name}`),
  ]
  return [...head, ...papers.map(({ weight, ranking }) => `${weight}: ${order(ranking)}`), ''].join('\n')
}
