import type { Act, DecisionState, Fact } from '@quorate/rulebook'
import type { Evidence } from './check.ts'
import type { Replaying, Shown } from './replay.ts'

/** An act with what the replay knows when it comes to it. */
export type FactCase = {
  readonly index: number
  readonly act: Act
  readonly facts: readonly Fact[]
  readonly replaying: Replaying
  readonly evidence: Evidence
  readonly shown: Shown
  /** The decision before the act. */
  readonly state: DecisionState | null
  /** The rule that the record says granted the act. */
  readonly clause: string
}
