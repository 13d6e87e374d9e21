// Figures and lists as English says them.
import { decimalText } from './arithmetic.ts'
import type { Votes } from './trace.ts'

/** `1,474`, `381.73105`: thousands marked, no decimals on a whole number, never rounded. */
export function votesText(votes: Votes, places: number): string {
  const [whole = '', decimals = ''] = decimalText(votes, places).split('.')
  const marked = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return /^0*$/.test(decimals) ? marked : `${marked}.${decimals}`
}

/** `1 paper`, `1,474 papers`. */
export const counted = (n: number, one: string, many: string): string => `${votesText(BigInt(n), 0)} ${n === 1 ? one : many}`

/** `1 vote`, `0.5 votes`. */
export const votesOf = (votes: Votes, places: number): string => {
  const text = votesText(votes, places)
  return `${text} ${text === '1' ? 'vote' : 'votes'}`
}

/** `A`, `A and B`, `A, B and C`. */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? ''
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`
}
