// Instances of approval committee elections as the library abcvoting writes them (M. Lackner, P. Regner, B. Krenn, abcvoting: A Python package for
// approval-based multi-winner voting rules, JOSS 8, 2023): YAML with `profile`, a list of the candidates each paper approves, `num_cand` and
// `committeesize`. No more of YAML is read than lists of lists, within brackets or with hyphens; what stands under other keys is passed over.
import { fail, ok, type Result } from '@quorate/kernel'
import { checkApprovals, type ApprovalFault, type ApprovalProfile } from '../committee/approvals.ts'
import { faultAt, nameFrom, textOf, type FormatFault, type Place } from './fault.ts'

/** Why an instance does not read. */
export type AbcFault = FormatFault<
  'not text' | 'missing key' | 'not a number' | 'bad list' | 'unknown candidate' | 'candidate twice'
>

/** What stands under a key: the rest of its line and the lines below it that are indented or begin with a hyphen. */
type Entry = Place & { readonly text: string }
type Number0 = Place & { readonly text: string }

/** Reads an instance; `seats` where somebody says how many, whatever the file says. Candidates are called by their numbers, from 0. Total. */
export function parseAbc(
  bytes: Uint8Array,
  seats: number | null,
): Result<ApprovalProfile, AbcFault | { readonly kind: 'bad profile'; readonly fault: ApprovalFault }> {
  const text = textOf(bytes)
  if (text === null) return faultAt('not text', { line: 1, column: 1 }, '')
  const entries = entriesOf(text)
  const profile = entries.get('profile')
  if (profile === undefined) return faultAt('missing key', { line: 1, column: 1 }, 'profile')
  const candidates = wholeAt(entries, 'num_cand')
  if (candidates.kind === 'fail') return candidates
  const places = seats === null ? wholeAt(entries, 'committeesize') : ok(seats)
  if (places.kind === 'fail') return places
  const lists = listsIn(profile)
  if (lists.kind === 'fail') return lists
  const papers: { weight: number; approved: number[] }[] = []
  for (const list of lists.value) {
    const approved = new Set<number>()
    for (const { text: word, ...at } of list) {
      const candidate = Number(word)
      if (candidate >= candidates.value) return faultAt('unknown candidate', at, word)
      if (approved.has(candidate)) return faultAt('candidate twice', at, word)
      approved.add(candidate)
    }
    papers.push({ weight: 1, approved: [...approved].sort((a, b) => a - b) })
  }
  const title = nameFrom((entries.get('description')?.text ?? '').replaceAll(/^\s*"|"\s*$/g, ''))
  const names = Array.from({ length: candidates.value }, (_, c) => `${c}`)
  const checked = checkApprovals({ title, candidates: names, seats: places.value, papers })
  return checked.kind === 'ok' ? checked : fail({ kind: 'bad profile', fault: checked.error })
}

function entriesOf(text: string): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>()
  let key = ''
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const [, name, rest = ''] = /^(\w+)\s*:(.*)$/.exec(line) ?? []
    const known = entries.get(key)
    if (name !== undefined) {
      key = name
      entries.set(name, { text: rest, line: i + 1, column: line.length - rest.length + 1 })
    } else if (known !== undefined) entries.set(key, { ...known, text: `${known.text}\n${line}` })
  }
  return entries
}

// More candidates than this are a mistake, not an election.
const candidatesMost = 10_000

function wholeAt(entries: ReadonlyMap<string, Entry>, key: string): Result<number, AbcFault> {
  const entry = entries.get(key)
  if (entry === undefined) return faultAt('missing key', { line: 1, column: 1 }, key)
  const text = entry.text.replace(/#.*/, '').trim()
  return /^\d{1,5}$/.test(text) && Number(text) <= candidatesMost ? ok(Number(text)) : faultAt('not a number', entry, text)
}

/** `[[0, 2], [1]]`, on as many lines as it likes, or a hyphen for each paper: `- [0, 2]`, `- - 0`. */
function listsIn({ text, line, column }: Entry): Result<readonly (readonly Number0[])[], AbcFault> {
  const lists: Number0[][] = []
  let [depth, at, lineStart, from] = [0, line, 0, column]
  let byHyphen = false
  for (const token of text.matchAll(/\n|#[^\n]*|\[|\]|,|-|\d+|[^\s[\],#-]+/g)) {
    const [word] = token
    const place = { line: at, column: token.index - lineStart + from }
    if (word === '\n') [at, lineStart, from] = [at + 1, token.index + 1, 1]
    else if (word === ',' || word.startsWith('#')) continue
    else if (word === '-') {
      // The first hyphen of a line that has no more indentation than those of papers before begins a paper.
      const before = text.slice(lineStart, token.index)
      byHyphen = true
      if (before.trim() === '' && isPaperHyphen(text, before)) lists.push([])
    } else if (word === '[') {
      depth += 1
      if (!byHyphen && depth === 2) lists.push([])
    } else if (word === ']') depth -= 1
    else if (/^\d{1,9}$/.test(word) && lists.length > 0 && (byHyphen || depth === 2)) lists.at(-1)?.push({ ...place, text: word })
    else return faultAt('bad list', place, word)
    if (depth < 0 || depth > (byHyphen ? 1 : 2)) return faultAt('bad list', place, word)
  }
  return depth === 0 ? ok(lists) : faultAt('bad list', { line, column }, text.trim())
}

/** Papers are the hyphens with the least indentation. */
const isPaperHyphen = (text: string, indentation: string): boolean =>
  indentation.length === (/^( *)-/m.exec(text)?.[1] ?? '').length
