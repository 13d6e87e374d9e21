import type { Clock, Instant, JsonObject, Random, Zone } from '@quorate/kernel'
import type { Db, Tx } from './database.ts'
import type { Movement } from './movement.ts'
import type { Settings } from './settings.ts'
import type { Catalogue, Locale } from './words.ts'

/** What work in the background is given. `clock` is the movement's, read at the start of the run; `machine` is the machine's. */
export type Work = {
  readonly db: Db
  readonly clock: Clock
  readonly machine: Clock
  readonly random: Random
  readonly settings: Settings
  readonly movement: Movement
}

/** What a page is given (`event.locals` has all of it): the same, and who asks in which language. */
export type Visit = Work & { readonly personId: string | null; readonly locale: Locale; readonly zone: Zone }

/**
 * Due work: rows whose instant has come, read through the clock. Run every second in every process, and at once when a job wakes it, so
 * `run` must bear rivals (claim rows with `for update skip locked`, or rest on a unique key). Once run, nothing due may be left.
 */
export type Sweep = {
  readonly name: string
  /** Does what is due now; returns how many rows it moved on. Throw when it cannot: a banner says so after a minute. */
  readonly run: (work: Work) => Promise<number>
  /** When the next row falls due, for "move to the next thing due"; null when nothing is planned. */
  readonly nextDue: (work: Work) => Promise<Instant | null>
}

/** A task of the queue. `name` is global: `feature.verb`. It may run more than once and on any machine. */
export type Job = { readonly name: string; readonly run: (work: Work, payload: unknown) => Promise<void> }

/** Something this person should do, on Home. Words are in the visit's language already. */
export type HomeNeed = {
  readonly href: string
  readonly title: string
  /** The due line: `Closes 5pm, Monday 30 November. 4 days left`. */
  readonly due: string
  /** Sorts the list, soonest first; null goes last. */
  readonly dueAt: Instant | null
  /** Marigold diamond when true, hollow circle when false. */
  readonly urgent: boolean
  readonly text: string
  /** The button's verb. */
  readonly action: string
}
/** A decision on its way, on Home: one runway. */
export type HomeUnderWay = {
  readonly href: string
  readonly title: string
  readonly runway: Runway
  /** Bold first words of the line below: the procedure stage. */
  readonly stage: string
  /** What follows it: `, until 7 December`. */
  readonly until: string
  readonly note: string
}
/** Where a process stands: `at` of `stages` counted from 0, `percent` 0–100 of the way through that stage; `label` says it in words. */
export type Runway = { readonly stages: number; readonly at: number; readonly percent: number; readonly label: string }
/** A decision that ended, on Home. */
export type HomeDecided = {
  readonly href: string
  readonly title: string
  readonly outcome: string
  readonly good: boolean
  readonly text: string
  readonly at: Instant
}
/** One line of "Your vote counts in"; `rank` sorts the lines, lowest first. */
export type HomeCount = { readonly rank: number; readonly name: string; readonly yes: boolean; readonly text: string }
/** What one feature adds to Home. */
export type HomeItems = {
  readonly needs?: readonly HomeNeed[]
  readonly underWay?: readonly HomeUnderWay[]
  readonly decided?: readonly HomeDecided[]
  readonly counts?: readonly HomeCount[]
}

/** One sentence about the public record for the foot of every page: `Public record at entry 18,204, signed by 3 witnesses`. */
export type Seal = { readonly href: string; readonly text: string }

/** Who is to be erased: what rows may hold of a person. */
export type ErasedPerson = { readonly id: string; readonly email: string; readonly membershipNumber: number }

/** What a feature's `index.ts` exports as `feature`. Found by its place, listed nowhere. Everything but the name is optional. */
export type Feature = {
  readonly name: string
  readonly messages?: Catalogue
  readonly jobs?: readonly Job[]
  readonly sweeps?: readonly Sweep[]
  /** Sweeps in which every feature takes part. */
  readonly sweepsOver?: (features: readonly Feature[]) => readonly Sweep[]
  readonly home?: (visit: Visit) => Promise<HomeItems>
  readonly seal?: (visit: Visit) => Promise<Seal | null>
  /** Fills an empty database with demonstration data, after the features it names; all in one transaction. */
  readonly seed?: { readonly after: readonly string[]; readonly run: (work: Work, tx: Tx) => Promise<void> }
  /** Destroys in the caller's transaction every row, salt and text of its own that leads to a person; the public record stays as it is. */
  readonly erase?: (tx: Tx, person: ErasedPerson) => Promise<void>
  /**
   * What it holds of a person, for themselves: everything that {@link erase} would destroy and that is theirs to see. Mail to somebody else at the
   * same address goes with an erasure, and is not theirs; neither are codes that vote and links that sign in.
   */
  readonly held?: (db: Db, person: ErasedPerson) => Promise<JsonObject>
  /** Told in the same transaction that the demonstration clock was moved. */
  readonly clockMoved?: (work: Work, tx: Tx, from: Instant, to: Instant) => Promise<void>
}

/** Features in the order their seeds ask for; names stand in for equals, so the order is always the same. Throws on a ring. */
export function seedOrder(features: readonly Feature[]): readonly Feature[] {
  const waiting = features.filter((f) => f.seed !== undefined).sort((a, b) => (a.name < b.name ? -1 : 1))
  const done: Feature[] = []
  while (waiting.length > 0) {
    const next = waiting.findIndex((f) => f.seed?.after.every((name) => !waiting.some((w) => w !== f && w.name === name)) ?? true)
    const [feature] = next < 0 ? [] : waiting.splice(next, 1)
    if (feature === undefined) throw new TypeError(`seeds wait for each other: ${waiting.map((f) => f.name).join(', ')}`)
    done.push(feature)
  }
  return done
}
