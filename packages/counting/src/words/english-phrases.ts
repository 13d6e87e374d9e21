// Figures and lists as English says them.
import { wholeText } from './figures.ts'
import type { CommonPhrases } from './phrases.ts'

/** `1 paper`, `1,474 papers`. */
export const counted = (n: number, one: string, many: string): string => `${wholeText(n)} ${n === 1 ? one : many}`

/** `A`, `A and B`, `A, B and C`. */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? ''
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`
}

/** `1 paper prefers`, `12 papers prefer`, from the figure's text. */
export const countedText = (figure: string, one: string, many: string): string => `${figure} ${figure === '1' ? one : many}`

/** `1 vote`, `0.5 votes`, from the figure's text. */
export const votesOf: CommonPhrases['votes'] = (text) => `${text} ${text === '1' ? 'vote' : 'votes'}`
