// Newland and Britton, How to conduct an election by the single transferable vote, 3rd edition 1997, 5.1 to 5.6, checked on a certificate.
import { Books, byValue, sum, up, type Contest } from './books.ts'

export function ers97(contest: Contest): Books {
  const books = new Books(contest, 2)
  for (const pile of books.dealt(contest.sheets)) books.receive(pile, books.one)
  books.look()
  books.quota = quotaNow(books)
  books.act('first-preferences', '5.1.2')
  books.act('quota', '5.1.6', { quota: books.votes(books.quota) })
  books.judge()
  deem(books, '5.1.7')
  close(books)
  while (books.isOpen()) {
    const [over, many, isDoom] = [pending(books), together(books), books.continuing.some(books.isDoomed)]
    if (isDoom) exclude(books, lowest(books, 1))
    else if (over.length > 0 && many === 0)
      passSurplus(books, books.settle(books.extreme(over, 'most'), 'most', ['5.2.3', '5.2.3']))
    else exclude(books, lowest(books, many || 1)) // With no surplus left to transfer, the lowest goes whoever is next above.
    close(books)
  }
  return books
}

/** 5.1.6, 5.4.8: votes still in play ÷ (places + 1), rounded up. */
const quotaNow = ({ contest, one, nonTransferable }: Books): bigint =>
  up(contest.valid * one - nonTransferable, BigInt(contest.seats + 1))
const pending = (books: Books): readonly number[] => books.elected.filter((c) => books.of(c) > books.quota).sort((a, b) => a - b)
const surpluses = (books: Books): bigint => sum(pending(books).map((c) => books.of(c) - books.quota))

/** 5.2.2, 5.2.5: the most that can go together: enough stay, and they with all surpluses do not pass the next above. 0: nobody yet. */
function together(books: Books): number {
  const may = books.excludable()
  const rising = books
    .byVotes()
    .filter((c) => may.includes(c))
    .toReversed()
    .map(books.of)
  const fits = (n: number): boolean => sum(rising.slice(0, n)) + surpluses(books) <= (rising[n] ?? 0n)
  // Under bounds that can still be missed one at a time: each exclusion can change who must stay.
  const most = books.contest.bounds?.stillBinds(books) === true ? 1 : rising.length - books.vacancies()
  return [...rising.keys()].findLast((n) => n > 0 && n <= most && fits(n)) ?? 0
}

/** 5.2.5: the lowest, and which of those level at the edge. */
function lowest(books: Books, many: number): readonly number[] {
  const going: number[] = []
  while (going.length < many && books.isOpen()) {
    const rest = books.excludable().filter((c) => !going.includes(c))
    const level = books.extreme(rest, 'fewest')
    going.push(...(level.length <= many - going.length ? level : [books.settle(level, 'fewest', ['5.2.5', '5.2.5'])]))
  }
  return going
}

/** 5.1.7, 5.3.13, 5.4.9: whoever has (a) the quota or (b) the active vote ÷ (places left + 1), the highest first. */
function deem(books: Books, clause: string): void {
  while (books.isOpen() && !books.continuing.every(books.isDoomed)) {
    const level = books.extreme(
      books.continuing.filter((c) => !books.isDoomed(c)),
      'most',
    )
    const [total, vacancies] = [books.of(level[0] ?? 0), books.vacancies()]
    // 6.20: surpluses, and all that is not with the elected: the excluded hold papers still to be transferred.
    const active = surpluses(books) + sum(books.contest.standing.map((c) => (books.elected.includes(c) ? 0n : books.of(c))))
    if (total < books.quota && total < up(active, BigInt(vacancies + 1))) return
    const [path, isTight] = [books.path(level, 'most'), level.length > vacancies]
    if (isTight && path.left.length > vacancies) return // 5.6.2: not now
    if (isTight) books.tie('5.6.2', path, path.left[0] ?? 0, false)
    const part = total >= books.quota ? '(a)' : '(b)'
    const [fits, { bounds }] = [isTight ? path.left : level, books.contest]
    if (bounds !== null && fits.length > 1 && bounds.parts(fits)) {
      books.leave('elect', clause + part, books.settle(fits, 'most', [bounds.clause, bounds.clause]))
    } else for (const c of isTight ? fits : fits.slice(0, 1)) books.leave('elect', clause + part, c)
  }
}

/** 5.3: the last batch alone is looked at, and shared between its transferable papers unless they are worth no more than the surplus. */
function passSurplus(books: Books, from: number): void {
  books.act('surplus', '5.3', { candidate: from })
  const surplus = books.of(from) - books.quota
  const { value: received, sheets } = books.piles[from]?.at(-1) ?? { value: 0n, sheets: [] }
  const piles = books.dealt(sheets)
  const to = piles.filter((pile) => pile.to !== null)
  const transferable = sum(to.map(({ papers }) => papers))
  const isShared = transferable * received > surplus
  const value = isShared ? surplus / transferable : received
  const rest = surplus - transferable * value
  for (const pile of to) books.receive(pile, value)
  // 6.11, 5.3.10: what the papers cannot carry is non-transferable.
  const none = { to: null, sheets: [], papers: 0n, ...piles.find((pile) => pile.to === null), amount: rest }
  const targets = isShared || rest === 0n ? to : [...to, none]
  if (isShared) books.lost += rest
  else books.nonTransferable += rest
  books.totals[from] = books.quota
  const parts = [isShared ? books.votes(surplus) : null, isShared ? String(transferable) : null] as const
  const values = targets.length === 0 ? [] : [books.moved(received, value, parts, targets)]
  books.moves.push({ from, lost: books.votes(isShared ? rest : 0n), values })
  books.look()
  deem(books, '5.3.13')
}

/** 5.4: all papers of the excluded, higher values first; after each value who is elected, and no more once the places are filled. */
function exclude(books: Books, going: readonly number[]): void {
  if (surpluses(books) > 0n && !going.some(books.isDoomed)) books.act('defer', '5.2.2')
  for (const c of going) books.leave('exclude', '5.2.5', c)
  if (books.filling().length > 0) return // 5.5.1
  for (const { value, sheets } of byValue(going.flatMap((c) => books.piles[c] ?? []))) {
    for (const from of going) {
      const to = books.dealt((books.piles[from] ?? []).flatMap((pile) => (pile.value === value ? pile.sheets : [])))
      if (to.length === 0) continue
      books.totals[from] = books.of(from) - sum(to.map(({ papers }) => papers * value))
      books.moves.push({ from, lost: books.votes(0n), values: [books.moved(value, value, [null, null], to)] })
    }
    for (const pile of books.dealt(sheets)) books.receive(pile, value)
    books.look()
    const before = books.quota
    if (books.elected.length === 0) books.quota = quotaNow(books) // 5.4.8
    if (books.quota !== before) books.act('new-quota', '5.4.8', { quota: books.votes(books.quota) })
    deem(books, '5.4.9')
    if (books.vacancies() === 0) return // 5.5.2
  }
}

/** 4.3, 5.5.1: as many left as places. */
function close(books: Books): void {
  const clause = books.moves.length === 0 && books.acts.some(({ kind }) => kind === 'exclude') ? '5.5.1' : '4.3'
  books.fill(clause)
  books.close('transfers')
}
