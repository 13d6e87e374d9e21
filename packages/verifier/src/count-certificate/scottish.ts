// Scottish Local Government Elections Order 2007, Schedule 1, rules 45 to 52, checked on a certificate.
import { Books, byValue, decimal, sum, type Contest } from './books.ts'

export function scottish(contest: Contest): Books {
  const books = new Books(contest, 5)
  books.quota = (contest.valid / BigInt(contest.seats + 1) + 1n) * books.one // 46
  books.act('first-preferences', '45')
  books.act('quota', '46', { quota: books.votes(books.quota) })
  for (const pile of books.dealt(contest.sheets)) books.receive(pile, books.one)
  books.judge()
  close(books)
  while (books.isOpen()) {
    const back = books.looks.toReversed()
    const over = books.continuing.some(books.isDoomed) ? [] : books.elected.filter((c) => books.of(c) > books.quota)
    // 50(1): exclusion only when no surplus is pending. 49, 51: back from the latest stage, those level among themselves, then by lot.
    if (over.length > 0) {
      const level = books.extreme(over, 'most').toSorted((a, b) => a - b)
      const candidate = books.settle(level, 'most', ['49(2)', '49(3)'], back)
      books.act('surplus', '48', { candidate })
      transfer(books, candidate, books.of(candidate) - books.quota)
    } else {
      const candidate = books.settle(books.extreme(books.excludable(), 'fewest'), 'fewest', ['51(2)(a)', '51(2)(b)'], back)
      books.leave('exclude', '50(1)', candidate)
      transfer(books, candidate, null)
    }
    close(books)
  }
  return books
}

/** 48(3): all papers at ⌊surplus × value ÷ total⌋, what is cut off being lost; 50(4): those of the excluded at the value they had. */
function transfer(books: Books, from: number, surplus: bigint | null): void {
  const total = books.of(from)
  let cut = 0n
  const values = byValue(books.piles[from]?.splice(0) ?? []).map(({ value: received, sheets }) => {
    const piles = books.dealt(sheets)
    const a = surplus === null ? null : surplus * received
    const value = a === null ? received : a / total
    if (a !== null) cut += sum(piles.map(({ papers }) => papers)) * (a - value * total)
    for (const pile of piles) books.receive(pile, value)
    return books.moved(received, value, a === null ? [null, null] : [decimal(a, 10), books.votes(total)], piles)
  })
  const lost = cut === 0n ? 0n : cut / total
  books.lost += lost
  books.totals[from] = surplus === null ? 0n : books.quota
  books.moves.push({ from, lost: books.votes(lost), values })
}

/** The end of a stage: 47(1), whoever has the quota; 52(1), 12: as many left as places, or fewer. */
function close(books: Books): void {
  const ahead = (level: readonly number[], clause: string) =>
    books.settle(level, 'most', [clause, clause], books.looks.toReversed())
  books.elect('47(1)', (c) => books.of(c) >= books.quota, ahead)
  books.fill(books.continuing.length < books.vacancies() ? '12' : '52(1)')
  books.look()
  books.close('transfers')
}
