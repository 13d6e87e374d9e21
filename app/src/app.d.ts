import type { Instant } from '@quorate/kernel'
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
      /** When this browser signed in, by the machine's clock; null when nobody is signed in. */
      readonly signedInAt: () => Promise<Instant | null>
      /** Names of sweeps that are late, for the banner. */
      readonly late: readonly string[]
    }
    interface Error {
      /** Names the log line of a fault of ours. */
      reference?: string
    }
  }
}
