import { fingerprintOf, type DecisionState } from '../src/index.ts'
import { fieldOf, listed } from '../src/state.ts'

/** The key of the last round of a stage that has marks, or null. */
export function stageAt(own: DecisionState, stage: string): string | null {
  const rounds = Object.keys(own.stages).filter((key) => key === stage || key.startsWith(`${stage}--`))
  return rounds.at(-1) ?? null
}

/** The list a ballot of candidates must have, reckoned from the marks alone. */
export function candidateListOf(own: DecisionState) {
  const key = stageAt(own, 'nominate')
  const marks = key === null ? undefined : own.stages[key]
  if (marks === undefined) return null
  const field = fieldOf(marks)
  const numbers = listed(field, false)
  return { numbers, fingerprint: fingerprintOf(numbers.map((n) => field.candidates[n - 1]?.by ?? '').join('\n')) }
}
