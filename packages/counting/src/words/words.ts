import type { MajorityCount } from '../majority.ts'
import type { NotElected } from '../report/outcome.ts'
import type { StvCount } from '../trace.ts'
import type { FlowWords, Phrases } from './phrases.ts'

/**
 * A language a count can be told in. Each text is made from the trace alone, so that all languages say the same figures; a new language
 * is a new value of {@link Phrases}.
 */
export type CountWords = {
  /** What happened in one stage (its number, from 1), in plain sentences. `names` are by candidate index. */
  readonly stage: (count: StvCount, stage: number, names: readonly string[]) => string
  readonly notElected: (why: NotElected, count: StvCount, names: readonly string[]) => string
  readonly flow: FlowWords
  /** One sentence for the outcome, one for each condition. */
  readonly majority: (count: MajorityCount) => readonly string[]
  readonly phrases: Phrases
}
