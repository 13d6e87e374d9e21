import type { AloneAnswer } from './alone.ts'
import type { Demand, Path, Purpose, Stopper, Taken, TakenForGranted } from './answer.ts'
import type { AnalyseFacts } from './inputs.ts'

/** What a language needs to tell a story. Every function gives a whole sentence or a whole phrase, never a fragment to be joined. */
export type Phrases = {
  readonly cost: (needs: readonly Demand[], people: number, elapsed: string, warning: string) => string
  readonly step: (step: Path['steps'][number], until: string, lasts: boolean) => string
  readonly purpose: (purpose: Purpose) => string | null
  readonly stopper: (stopper: Stopper, until: string | null) => string
  readonly assumption: (assumption: TakenForGranted) => string
  readonly taken: (taken: Taken) => string
  readonly replay: (path: Path) => string
  readonly alone: (answer: AloneAnswer) => string
  readonly days: (ms: number) => string
  readonly date: (time: { readonly date: string; readonly clock: string }) => string
  readonly facts: (facts: AnalyseFacts) => readonly string[]
}
