import type { Instant } from '@quorate/kernel'
import { bodyOf, type BodyOf, type Entry, type EntryType } from '@quorate/record'
import {
  ballotAsked,
  type Act,
  type DecisionId,
  type DecisionState,
  type EditionNumber,
  type Editions,
  type Movement,
  type Rulebook,
  type State,
} from '@quorate/rulebook'
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

/** The power to exclude as it was used: its rule, and who used it in what capacity. */
export type Exclusion = { readonly clause: string; readonly by: string; readonly as: string }

/** A device that has been registered for a seat, and until when it signed for it; `by` says whether it took itself back. */
export type KnownDevice = {
  /** Body and seat, as one text. */
  readonly seat: string
  readonly from: Instant
  readonly ended: { readonly at: Instant; readonly by: 'device' | 'service' } | null
}

/** What is kept between entries about offices and the register. Owned by one run of the rules check. */
export type Keeping = {
  /** Who holds an office by `role` entries: `office holder`. */
  readonly holds: Set<string>
  /** End of the last span of contact changes that was told. */
  contactsTo: number
  /** By decision, the power to exclude that was used in it. */
  readonly exclusions: Map<number, Exclusion>
  /** Decisions that have removed somebody. */
  readonly removedBy: Set<number>
  /** Every device by its key. */
  readonly devices: Map<string, KnownDevice>
}

/** Where a replay stands. Owned by one run of the rules check. */
export type Replaying = {
  readonly editions: Map<EditionNumber, RatifiedEdition>
  inForce: EditionNumber | null
  /** Each decision after its last entry. */
  readonly decisions: Map<number, DecisionState>
  /** What outlives decisions: seats, meetings, orders. Null before the first act of that kind. */
  movement: Movement | null
  readonly shown: Map<number, Shown>
  /** Numbers of the candidates on the paper of a decision's ballot, as the rules and the nominations had it when it was set up. */
  readonly papers: Map<number, readonly number[]>
  /** Shown and not yet cited by an act. */
  readonly uncited: Map<number, Logged<ShownType>>
  pending: PendingEdition | null
  /** Results of every decision so far. */
  readonly results: Logged<'result'>[]
  /** Places on a roll settled by what appeals came to, by that. */
  readonly settledPlaces: { allowed: number; dismissed: number }
  /** How often the register's word was taken, by name of the fact. */
  readonly stated: Map<string, number>
  /** Draws that were followed, by fingerprint and seed: what is wrong with each, or null. */
  readonly draws: Map<string, { readonly expected: string; readonly found: string } | null>
  /** Roll-calls that an act or an attempt rested on, by fingerprint: the entry that did. */
  readonly rollCalls: Map<string, number>
  /** What entries outside the rules have said of offices and the register. */
  readonly keeping: Keeping
  readonly acts: ReplayedAct[]
}

/** A replay before the first entry. */
export const startReplay = (): Replaying => ({
  editions: new Map(),
  inForce: null,
  decisions: new Map(),
  movement: null,
  shown: new Map(),
  papers: new Map(),
  uncited: new Map(),
  pending: null,
  results: [],
  settledPlaces: { allowed: 0, dismissed: 0 },
  stated: new Map(),
  draws: new Map(),
  rollCalls: new Map(),
  keeping: { holds: new Set(), contactsTo: 0, exclusions: new Map(), removedBy: new Set(), devices: new Map() },
  acts: [],
})

/**
 * The state an act is judged in: of an act of one decision that decision and the movement, of an act outside any one decision everything, since
 * a court's order or an outage reaches into every decision there is.
 */
export function stateFor(replaying: Replaying, act: Act): State {
  const { decisions } = replaying
  const own = decisions.get(act.decision)
  return stateOf(replaying, act.kind === 'movement' ? [...decisions.values()] : own === undefined ? [] : [own])
}

const stateOf = ({ movement }: Replaying, decisions: readonly DecisionState[]): State => ({
  decisions: Object.fromEntries(decisions.map((own) => [own.id, own])),
  recordedAt: null,
  ...(movement === null ? {} : { movement }),
})

/** Keeps who was to be on the paper of a ballot that is set up just now: nothing that is done afterwards changes a paper. */
export function keepPaper(replaying: Replaying, decision: DecisionId, now: Instant): void {
  const editions = editionsOf(replaying)
  const own = replaying.decisions.get(decision)
  const asked = editions === null || own === undefined ? null : ballotAsked(editions, stateOf(replaying, [own]), decision, now)
  if (asked !== null && asked.candidates !== null) replaying.papers.set(decision, asked.candidates)
}

/** Takes over what an act has changed. */
export function keepState(replaying: Replaying, before: State, after: State): void {
  for (const [number, decision] of Object.entries(after.decisions))
    if (before.decisions[Number(number)] !== decision) replaying.decisions.set(Number(number), decision)
  replaying.movement = after.movement ?? null
}

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
