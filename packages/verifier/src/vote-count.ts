import type { LotOrder } from '@quorate/counting'
import type { CandidateQuestion, NotCounted } from './paper-count.ts'

/** Methods in which a ballot marks some answers, only totals are opened, and the most votes win. */
const byMarks: ReadonlySet<string> = new Set(['plurality', 'block-vote', 'choose-k', 'approval'])

/** How many answers a ballot may mark by a rule whose totals alone are opened; null where its method is another. */
export function marksMax({ asked, answers }: CandidateQuestion): number | null {
  const { stage, places } = asked
  const most = new Map<string, number>([
    ['plurality', 1],
    ['approval', answers.length],
    ['block-vote', places],
    ['choose-k', stage.counting?.choices ?? places],
  ]).get(stage.method)
  return most === undefined ? null : Math.min(Math.max(1, most), answers.length)
}

/** A candidate by number, with the votes for them. */
export type VotesFor = { readonly number: number; readonly votes: number }

/** Opened totals as a rule of marks reads them. */
export type Votes = {
  readonly blank: number
  /** Votes for none of these; null where that is no answer. */
  readonly none: number | null
  /** Every candidate, in the order of the list. */
  readonly each: readonly VotesFor[]
  /** Those who still stand and have more votes than none-of-these has, the most votes first. */
  readonly order: readonly VotesFor[]
}

/** Reads one row of totals; null where the method is no such or the row is not one of this question. A blank vote stands before the answers. */
export function votesOf({ asked, numbers, answers }: CandidateQuestion, row: readonly number[]): Votes | null {
  const { stage } = asked
  const hasNone = stage.noneOfThese === true && answers.length === numbers.length + 1
  if (!byMarks.has(stage.method) || answers.length !== numbers.length + (hasNone ? 1 : 0)) return null
  const mayBeBlank = row.length === answers.length + 1
  const votes = mayBeBlank ? row.slice(1) : row
  if (votes.length !== answers.length) return null
  const none = hasNone ? (votes[numbers.length] ?? 0) : null
  const each = numbers.map((number, place) => ({ number, votes: votes[place] ?? 0 }))
  const order = each
    .filter(({ number, votes: own }) => own > (none ?? -1) && !asked.withdrawn.includes(number))
    .toSorted((a, b) => b.votes - a.votes)
  return { blank: mayBeBlank ? (row[0] ?? 0) : 0, none, each, order }
}

/** What totals come to by a rule of marks. `beatsNone`: everybody chosen has more votes than none-of-these; null where that is no answer. */
export type VotesCounted = Votes & {
  readonly chosen: readonly number[]
  readonly valid: number
  readonly beatsNone: boolean | null
}

/**
 * Fills the places with those who have most votes. `cast`: ballots counted. `lot`: an order of the places on the list, asked only where the last place
 * lies between equals. Source: the rulebook's `ballot` stage.
 */
export function countVotes(
  question: CandidateQuestion,
  row: readonly number[],
  cast: number,
  lot: LotOrder | null,
): VotesCounted | NotCounted {
  const votes = votesOf(question, row)
  if (votes === null) return { kind: 'not a method of this ballot' }
  const { order, none, blank } = votes
  const { places } = question.asked
  const line = order[places - 1]?.votes ?? null
  const isTied = line !== null && order[places]?.votes === line
  const level = order.filter((one) => one.votes === line).map(({ number }) => question.numbers.indexOf(number))
  if (isTied && lot === null) return { kind: 'no count', why: { kind: 'lot needed', tied: level, at: null } }
  const rank = ({ number }: VotesFor): number => (lot === null ? 0 : lot.indexOf(question.numbers.indexOf(number)))
  const settled = isTied ? order.toSorted((a, b) => b.votes - a.votes || rank(a) - rank(b)) : order
  const chosen = settled.slice(0, places).map(({ number }) => number)
  return { ...votes, chosen, valid: cast - blank, beatsNone: none === null ? null : chosen.length > 0 }
}
