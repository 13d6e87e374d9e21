import type { Instant } from '@quorate/kernel'
import type { Fingerprint, Pseudonym } from '../act.ts'
import type { Reason } from '../refusal.ts'
import type { Editions, State } from '../state.ts'
import type { Plan } from './plan.ts'
import type { Goal } from './routes.ts'
import type { World } from './world.ts'

/** A replay under way: the state so far, the last instant, the decision being run. */
export type Playing = {
  readonly world: World
  readonly plan: Plan
  readonly goal: Goal
  readonly editions: Editions
  state: State
  now: Instant
  decision: number
  /** The power of the decision being run. */
  power: string
  acts: number
  /** Votes of the ballot that is running. */
  votes: { readonly for: number; readonly against: number; readonly of: number } | null
  refused: readonly Reason[] | null
}

/** A fingerprint that stands for a document of a replay. */
export const print = (n: number): Fingerprint => n.toString(16).padStart(64, '0') as Fingerprint
/** The nth person of a replay. */
export const person = (n: number): Pseudonym => n.toString(16).padStart(32, '0') as Pseudonym
