import type { Instant } from '@quorate/kernel'

/** Ratified versions of the rulebook. Text and words are the record's documents of those fingerprints. `decision` is null for the first. */
export type EditionTable = { number: number; fingerprint: string; words: string; decision: number | null; in_force_at: Instant }

declare module '#lib/platform/database.ts' {
  interface Database {
    edition: EditionTable
  }
}
