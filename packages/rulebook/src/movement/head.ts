import type { Instant } from '@quorate/kernel'
import type { Citation, EditionNumber, Pseudonym } from '../terms.ts'

/** What every event says besides what happened: its id, the instant it took effect, the clause that granted it, and by whom. */
export type Head = {
  readonly id: string
  readonly at: Instant
  readonly clause: Citation
  readonly edition: EditionNumber
  readonly by: Pseudonym | 'rule'
}
