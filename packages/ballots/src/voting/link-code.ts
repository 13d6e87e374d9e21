import { assert, fromBase64, toHex } from '@quorate/kernel'

/** Where a mark stands in what was brought. */
export const markAtEnd = /-([0-9a-f]{20})$/

/** The first 80 bits of φ in 20 hex digits: what a voting link says of the election it is for. */
function markOf(electionHash: string): string {
  const hash = fromBase64(electionHash, false)
  assert(hash.kind === 'ok', 'φ is base64')
  return toHex(hash.value).slice(0, 20)
}

/**
 * What stands behind `#` in a voting link: the code, and the mark of the election. A server that shows one voter another paper, locked to a key of its
 * own, would have to have known so when the mail went out; 80 bits are beyond finding a second paper with the same mark.
 */
export const linkCode = (code: string, electionHash: string): string => `${code}-${markOf(electionHash)}`

/** Whether a link or code that somebody brought is for this election: it says so, or it has no mark, as a code read from paper has none. */
export function linkFits(typed: string, electionHash: string): boolean {
  const [, mark] = markAtEnd.exec(typed.trim()) ?? []
  return mark === undefined || mark === markOf(electionHash)
}
