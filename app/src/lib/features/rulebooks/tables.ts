import type { Instant } from '@quorate/kernel'

/** Ratified versions of the rulebook. The text is the record's document of that fingerprint. `decision` is null for the first. */
export type EditionTable = { number: number; fingerprint: string; decision: number | null; in_force_at: Instant }

declare module '#lib/platform/database.ts' {
  interface Database {
    edition: EditionTable
  }
}
