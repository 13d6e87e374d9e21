import type { Instant } from '@quorate/kernel'
import { bodyOf, type BodyOf, type Entry, type EntryType } from '@quorate/record'
import type { DecisionState, EditionNumber, Editions, Rulebook, State } from '@quorate/rulebook'
import type { Logged } from './check.ts'
import type { RecordedAct } from './shapes.ts'

/** An act of the decision in question, as it was replayed. */
export type ReplayedAct = {
  readonly index: number
  readonly at: Instant
  readonly recorded: RecordedAct
  /** The rulebook its decision ran under. */
  readonly rulebook: Rulebook
}

/** What replaying the rules established. */
export type Replay = {
  readonly acts: readonly ReplayedAct[]
  /** The decision in question after its last entry; null when it is an attempt that never began. */
  readonly decision: DecisionState | null
  readonly editions: Editions
}

/** An edition that has been ratified: its text, and what it says. */
export type RatifiedEdition = { readonly text: string; readonly rulebook: Rulebook }

/** Entry types that show what an act by rule rests on. Each stands before its act and is cited by it once. */
export type ShownType = Extract<EntryType, 'delivery' | 'roll' | 'setup' | 'ballot' | 'box-closed' | 'result'>

/** What the record has shown of one decision so far, the last of each type. */
export type Shown = { readonly [T in ShownType]?: Logged<T> }

/** An edition that waits for the act that puts it in force. */
export type PendingEdition = Logged<'edition'> & RatifiedEdition

/** Where a replay stands. Owned by one run of the rules check. */
export type Replaying = {
  readonly editions: Map<EditionNumber, RatifiedEdition>
  inForce: EditionNumber | null
  readonly states: Map<number, State>
  readonly shown: Map<number, Shown>
  /** Shown and not yet cited by an act. */
  readonly uncited: Map<number, Logged<ShownType>>
  pending: PendingEdition | null
  /** How often the register's word was taken, by name of the fact. */
  readonly stated: Map<string, number>
  readonly acts: ReplayedAct[]
}

/** A replay before the first entry. */
export const startReplay = (): Replaying => ({
  editions: new Map(),
  inForce: null,
  states: new Map(),
  shown: new Map(),
  uncited: new Map(),
  pending: null,
  stated: new Map(),
  acts: [],
})

/** The editions as the rulebook's functions take them, or null before the first. */
export const editionsOf = ({ editions, inForce }: Replaying): Editions | null =>
  inForce === null ? null : { byNumber: new Map([...editions].map(([number, { rulebook }]) => [number, rulebook])), inForce }

/** The entry with its body when it is of this type. */
export function logged<T extends EntryType>(
  { index, entry }: { readonly index: number; readonly entry: Entry },
  type: T,
): Logged<T> | null {
  const body: BodyOf<T> | null = bodyOf(entry, type)
  return body === null ? null : { index, entry, body }
}
