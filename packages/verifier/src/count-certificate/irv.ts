// Instant runoff checked on a certificate, with the open points of RCTab's contest configuration (docs/reference/counting.md). Votes are whole.
import type { Json } from '@quorate/kernel'
import type { CertifiedPapers } from '../counted-papers.ts'
import { Books, sum, type Contest } from './books.ts'

type Paper = CertifiedPapers['papers'][number]
type Params = Contest['params']

const isFrom =
  (least: number, word: string) =>
  (value: Json): boolean =>
    value === word || (typeof value === 'number' && value >= least)

/** What an open point may say: one of a list, or what a test allows. */
type Open = readonly Json[] | ((value: Json) => boolean)
/** The open points of a rule by name. */
export type Opens = Readonly<Record<string, Open>>
/** Whether an open point may say this. */
export const isAmong = (known: Open, value: Json): boolean => (typeof known === 'function' ? known(value) : known.includes(value))

/** The open points of instant runoff. */
export const irvOpen: Opens = {
  overvote: ['exhaust', 'skip', 'exhaust-if-multiple'],
  skippedRanks: isFrom(0, 'unlimited'),
  repeated: ['exhaust', 'skip'],
  maxRanks: isFrom(1, 'all'),
  batch: [true, false],
  until: ['majority', 'two-left'],
  majorityOf: ['continuing', 'valid'],
  ties: ['lot', 'earlier-rounds-then-lot'],
  undeclared: (value) => Array.isArray(value) && value.every((c) => typeof c === 'number'),
}

/** For whom a paper counts while these stand; null: for nobody, whatever the cause. */
function readPaper(
  { ranking }: Paper,
  { overvote, skippedRanks, repeated, maxRanks }: Params,
  open: readonly number[],
): number | null {
  const seen = new Set<number>()
  let empty = 0
  for (const rank of typeof maxRanks === 'number' ? ranking.slice(0, maxRanks) : ranking) {
    const named = [rank].flat()
    if (named.length > 0 && typeof skippedRanks === 'number' && empty > skippedRanks) return null
    empty = named.length > 0 ? 0 : empty + 1
    if (repeated === 'exhaust' && named.some((c) => seen.has(c))) return null
    for (const c of named) seen.add(c)
    if (named.length > 1 && overvote === 'exhaust') return null
    const standing = named.length > 1 && overvote === 'skip' ? [] : named.filter((c) => open.includes(c))
    if (standing.length > 1) return null
    if (standing[0] !== undefined) return standing[0]
  }
  return null
}
const weigh = (papers: readonly Paper[]): bigint => sum(papers.map(({ weight }) => BigInt(weight)))

export function irv(contest: Contest, { papers }: CertifiedPapers): Books {
  const { params, standing } = contest
  const piles = Map.groupBy(papers, (paper) => readPaper(paper, params, standing))
  const valid = weigh(standing.flatMap((c) => piles.get(c) ?? []))
  const books = new Books({ ...contest, valid }, 0)
  const majority = (): bigint => (params['majorityOf'] === 'valid' ? valid : sum(books.totals)) / 2n + 1n
  for (const c of standing) books.totals[c] = weigh(piles.get(c) ?? [])
  books.quota = majority()
  books.act('first-preferences', 'first choices')
  books.act('quota', 'majority', { quota: books.votes(books.quota) })
  close(books)
  const goesOn = (left: number): boolean => (books.elected.length === 0 ? left > 0 : params['until'] === 'two-left' && left > 2)
  while (goesOn(books.continuing.length)) {
    const { clause, going } = toExclude(books)
    books.continuing = books.continuing.filter((c) => !going.includes(c))
    for (const from of going) {
      const dealt = Map.groupBy(piles.get(from) ?? [], (paper) => readPaper(paper, params, books.continuing))
      const to = [...standing, null].flatMap((c) => {
        const sheets = dealt.get(c) ?? []
        if (c !== null) piles.set(c, [...(piles.get(c) ?? []), ...sheets])
        return sheets.length === 0 ? [] : [{ to: c, sheets: [], papers: weigh(sheets) }]
      })
      for (const pile of to) books.receive(pile, 1n)
      if (from in books.totals) books.totals[from] = 0n
      books.moves.push({ from, lost: '0', values: to.length === 0 ? [] : [books.moved(1n, 1n, [null, null], to)] })
    }
    for (const candidate of going) books.act('exclude', clause, { candidate })
    books.quota = majority()
    if (params['majorityOf'] === 'continuing') books.act('new-quota', 'majority', { quota: books.votes(books.quota) })
    close(books)
  }
  return books
}

const isUndeclared = (books: Books, c: number): boolean => {
  const undeclared = books.contest.params['undeclared']
  return Array.isArray(undeclared) && undeclared.includes(c)
}
const settled = (books: Books, level: readonly number[], side: 'most' | 'fewest'): number =>
  books.settle(level, side, ['earlier rounds', 'lot'], books.contest.params['ties'] === 'lot' ? [] : books.looks.toReversed())

/** Write-ins nobody declared, together; else the largest group of the lowest who cannot catch the next above; else the lowest. */
function toExclude(books: Books): { readonly clause: string; readonly going: readonly number[] } {
  const undeclared = books.continuing.filter((c) => isUndeclared(books, c))
  if (undeclared.length > 0) return { clause: 'undeclared', going: undeclared }
  const rising = books.continuing.toSorted((a, b) => Number(books.of(a) - books.of(b)) || a - b)
  const most = books.contest.params['batch'] === true ? rising.length - (books.contest.params['until'] === 'two-left' ? 2 : 1) : 0
  for (let n = most; n > 1; n--)
    if (sum(rising.slice(0, n).map(books.of)) < books.of(rising[n] ?? -1))
      return { clause: 'batch', going: rising.slice(0, n).sort((a, b) => a - b) }
  return { clause: 'lowest', going: [settled(books, books.extreme(books.continuing, 'fewest'), 'fewest')] }
}

/** The last one; whoever has more than half; of the last two the one with more. Nobody while undeclared write-ins have votes. */
function close(books: Books): void {
  const elect = (kind: string, clause: string, candidate: number): void => {
    books.act(kind, clause, { candidate })
    books.elected.push(candidate)
  }
  const waits = books.continuing.some((c) => isUndeclared(books, c) && books.of(c) > 0n)
  const declared = books.byVotes().filter((c) => !isUndeclared(books, c))
  const [first, second] = declared
  if (books.elected.length === 0 && !waits && first !== undefined) {
    const isLastTwo = books.continuing.length === 2 && second !== undefined
    if (books.continuing.length === 1) elect('fill', 'last one', first)
    else if (books.of(first) >= books.quota) elect('elect', 'majority', first)
    else if (isLastTwo) elect('elect', 'last two', settled(books, books.extreme(books.continuing, 'most'), 'most'))
  }
  books.look()
  books.close('transfers')
}
