// Figures and lists as Welsh says them; awaiting a native reader.
import { wholeText } from './figures.ts'
import type { CommonPhrases } from './phrases.ts'

/** `1 papur`, `5 o bapurau`. */
export const rhif = (n: number, un: string, llawer: string): string => (n === 1 ? `1 ${un}` : `${wholeText(n)} ${llawer}`)
/** `1 papur`, `5 o bapurau`. */
export const papurau = (n: number): string => rhif(n, 'papur', 'o bapurau')

/** `A`, `A a B`, `A, B ac E`: `ac` before a vowel. */
export function rhestr(items: readonly string[]): string {
  const last = items.at(-1) ?? ''
  if (items.length < 2) return last
  return `${items.slice(0, -1).join(', ')} ${/^[aeiouwyâêîôûŵŷáéíóúäëïöü]/i.test(last) ? 'ac' : 'a'} ${last}`
}

/** `1 papur`, `5 o bapurau`, from the figure's text. */
export const rhifTestun = (ffigur: string, un: string, llawer: string): string =>
  ffigur === '1' ? `1 ${un}` : `${ffigur} ${llawer}`

/** `1 bleidlais`, `0.5 o bleidleisiau`. */
export const pleidleisiau: CommonPhrases['votes'] = (text) => rhifTestun(text, 'bleidlais', 'o bleidleisiau')
