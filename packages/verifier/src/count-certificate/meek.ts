// The Meek rules checked on a certificate: Local Electoral Regulations 2001 (NZ), Schedule 1A; reference rule of the PR Foundation.
import { Books, sum, up, type Contest } from './books.ts'

/** What the two rules call their clauses. */
const nzRule = { first: '5', quota: '5', atFirst: '6', elect: '12', newQuota: '11', exclude: '13', fill: '3' }
const b2 = { first: 'B.2.a', quota: 'B.2.b', atFirst: 'B.2.c', elect: 'B.2.c', newQuota: 'B.2.b' }
const referenceRule: typeof nzRule = { ...b2, exclude: 'B.3', fill: 'C.1' }

export const nz = (contest: Contest): Books => meek(contest, nzRule)
export const reference = (contest: Contest): Books => meek(contest, referenceRule)

function meek(contest: Contest, rule: typeof nzRule): Books {
  const books = new Books(contest, 9)
  const keep = books.totals.map((_, c) => (contest.standing.includes(c) ? books.one : 0n))
  books.act('first-preferences', rule.first)
  books.act('quota', rule.quota, { quota: books.votes((contest.valid * books.one) / BigInt(contest.seats + 1) + 1n) })
  let excludes = iterate(books, keep, rule)
  close(books, rule)
  while (books.isOpen()) {
    if (excludes) {
      const chosen = rule === nzRule ? nzOne(books, books.extreme(books.excludable(), 'fewest'), null) : referenceLowest(books)
      books.leave('exclude', rule.exclude, chosen)
      keep[chosen] = 0n
    }
    excludes = !isComplete(books) && iterate(books, keep, rule)
    close(books, rule)
  }
  return books
}

function close(books: Books, rule: typeof nzRule): void {
  books.fill(rule.fill)
  books.close('iterations')
}
const isComplete = (books: Books): boolean =>
  books.vacancies() === 0 || books.filling().length > 0 || books.continuing.length === 0

/** Clause 10, B.2.a: every paper from the start, to each candidate named the part that the keep value says, rounded up. */
function distribute(books: Books, keep: readonly bigint[]): void {
  const { contest, one } = books
  const multiplies = contest.params['clause10'] === 'as-written' // the rest is rounded up anew, and a paper can be worth more than a vote
  books.totals = keep.map(() => 0n)
  for (const { papers, names } of contest.sheets) {
    let rest = one
    for (const c of names) {
      const part = up(rest * (keep[c] ?? 0n), one)
      books.totals[c] = books.of(c) + papers * part
      rest = multiplies ? up(rest * (one - (keep[c] ?? 0n)), one) : rest - part
      if (rest <= 0n) break
    }
  }
  books.nonTransferable = contest.valid * one - sum(books.totals)
  books.quota = sum(books.totals) / BigInt(contest.seats + 1) + 1n
}

/** B.2.d, clause 13: what the elected have above the quota; the reference rule takes the sum as it is, but not less than 0. */
function surplusOf(books: Books, elected: readonly number[], isNz: boolean): bigint {
  const above = elected.map((c) => books.of(c) - books.quota)
  const net = sum(isNz ? above.filter((amount) => amount > 0n) : above)
  return net < 0n ? 0n : net
}

/** Clauses 5 to 13 and 23, step B.2: iterations until somebody is elected or the lowest must go. Returns whether an exclusion comes next. */
function iterate(books: Books, keep: bigint[], rule: typeof nzRule): boolean {
  const [isNz, isFirstStage, quotaBefore] = [rule === nzRule, books.stages.length === 0, books.quota]
  for (let [isFirst, before] = [true, 0n]; ; isFirst = false) {
    // Clause 9 lowers the keep values before every iteration but the very first, B.2.f after one that ended nothing.
    for (const c of (isNz ? isFirstStage : isFirst) ? [] : books.elected)
      keep[c] = up(up((keep[c] ?? 0n) * books.quota, books.one) * books.one, books.of(c))
    distribute(books, keep)
    const { totals, nonTransferable, quota, votes } = books
    books.looks.push({ stage: books.looks.length + 1, totals })
    const acts = books.acts.length // What an election says follows what the iterations say.
    if (isFirstStage) books.judge()
    const one = (level: readonly number[], clause: string) =>
      isNz ? nzOne(books, level, clause) : books.settle(level, 'most', [clause, clause], [])
    const newly = books.elect(isFirstStage ? rule.atFirst : rule.elect, (c) => books.of(c) >= quota, one)
    const surplus = surplusOf(books, books.elected, isNz)
    const figures = { nonTransferable: votes(nonTransferable), quota: votes(quota), surplus: votes(surplus) }
    books.moves.push({ keep: keep.map(votes), totals: totals.map(votes), ...figures })
    const [next, least = 0n] = books
      .byVotes()
      .filter((c) => !books.isGuarded(c))
      .map(books.of)
      .slice(-2)
    const isDoom = books.continuing.some(books.isDoomed)
    const isSpent = surplus < (isNz ? 100_000n : 1_000n)
    const isCertain = isNz && next !== undefined && least + surplus < next
    const goes = isNz && isComplete(books) ? null : isDoom ? 'doomed' : isSpent ? 'spent' : isCertain ? 'certain' : null
    const isStuck = newly === 0 && !isFirst && surplus >= before // 23, B.2.e
    before = surplus
    if (newly === 0 && goes === null && !isStuck && !(isNz && isFirstStage)) continue
    const told = books.acts.splice(acts)
    const clause = !isNz ? 'B.2' : isStuck && goes === null ? '10, 23' : '10'
    if (!isFirstStage) books.act('iterate', clause, { ended: newly > 0 ? 'elected' : (goes ?? 'stuck') })
    if (!isFirstStage && quota !== quotaBefore) books.act('new-quota', rule.newQuota, { quota: votes(quota) })
    books.acts.push(...told)
    if (!isNz) return newly === 0 || goes === 'doomed'
    const mayGo = isDoom || books.contest.params['clause13'] === 'from-step-1'
    return isFirstStage ? mayGo && goes !== null : goes !== null || isStuck
  }
}

/** B.3 and procedure T: of those who may go the lowest, level with all whom the surplus could not lift above them; by lot. */
function referenceLowest(books: Books): number {
  const [least = 0] = books.extreme(books.excludable(), 'fewest')
  const tied = books.excludable().filter((c) => books.of(c) <= books.of(least) + surplusOf(books, books.elected, false))
  return books.settle(tied, 'fewest', ['T', 'T'], [])
}

/** Clauses 19 and 40: behind at the first iteration that tells those level apart; then 41 to 48. Under `bounds` one to elect: the opposite end. */
function nzOne(books: Books, tied: readonly number[], bounds: string | null): number {
  const [{ params, standing }, side] = [books.contest, bounds === null ? 'fewest' : 'most'] as const
  const tells = books.looks.filter(({ totals }) => books.extreme(tied, side, totals).length < tied.length)
  const path = books.path(tied, side, tells.slice(0, 1))
  const [only = 0, ...others] = path.left
  if (others.length === 0) books.tie(bounds ?? '19, 40', path, only, false)
  if (others.length === 0) return only
  const numbers = numbersOf(books.contest).map((own) => (books.looks.length % 2 === 1 ? own : 10_000 - own)) // 48
  const numberOf = (c: number): number => numbers[standing.indexOf(c)] ?? 0
  const among = (params['numbersAmong'] === 'all-tied' ? tied : path.left).toSorted((a, b) => numberOf(a) - numberOf(b))
  const chosen = (bounds === null ? among[0] : among.at(-1)) ?? only
  books.tie(bounds ?? '19, 41-48', path, chosen, false, tied.map(numberOf))
  return chosen
}

/** Clauses 42 to 47: pseudo-random numbers of the candidates in order of nomination, no two alike. */
function numbersOf({ standing, seats, valid, params }: Contest): readonly number[] {
  let [x, y, z] = [BigInt(standing.length + 5), BigInt(seats), (valid + 1000n * (valid % 10n)) % 30_323n]
  const values: number[] = []
  for (let drawn = 0; values.length < standing.length; drawn++) {
    ;[x, y, z] = [(171n * x) % 30_269n, (172n * y) % 30_307n, (170n * z) % 30_323n]
    const value = Number((10_000n * x) / 30_269n + (10_000n * y) / 30_307n + (10_000n * z) / 30_323n)
    if (drawn >= Number(params['discards']) && !values.includes(value)) values.push(value)
  }
  return values
}
