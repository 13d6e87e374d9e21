import type { Person } from '#lib/features/membership/index.ts'
import type { Feature, Sweep, Visit } from '#lib/platform/feature.ts'

declare global {
  namespace App {
    /** What every load, action and endpoint finds in `event.locals`. */
    interface Locals extends Visit {
      /** Who is signed in. */
      readonly person: Person | null
      readonly features: readonly Feature[]
      readonly sweeps: readonly Sweep[]
      /** Names of sweeps that are late, for the banner. */
      readonly late: readonly string[]
    }
    interface Error {
      /** Names the log line of a fault of ours. */
      reference?: string
    }
  }
}
