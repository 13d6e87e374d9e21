// The quota report: whether the bounds can be kept, and each doom and guard of a count with its certificate in words.
import { decimalText } from '../arithmetic.ts'
import type { ConstrainedCount } from './count-constrained.ts'
import { certificateText } from './english.ts'

/** One line of the report. */
export type QuotaLine = {
  /** From 1; 0 for what was found when nominations closed. */
  readonly stage: number
  readonly kind: 'feasible' | 'doom' | 'guard'
  readonly candidate: number | null
  readonly clause: string
  /** Votes of the candidate at that moment, as a decimal; null without a candidate. */
  readonly votes: string | null
  readonly text: string
}

/** Everything the bounds decided in a count, in order. */
export function quotaReport({ feasible, constraints, count }: ConstrainedCount, names: readonly string[]): readonly QuotaLine[] {
  const name = (c: number): string => names[c] ?? `candidate ${c + 1}`
  const clause = [...new Set(constraints.map((constraint) => constraint.clause))].join(', ')
  const first: QuotaLine = {
    stage: 0,
    kind: 'feasible',
    candidate: null,
    clause,
    votes: null,
    text: certificateText(feasible, name),
  }
  const rest = count.stages.flatMap(({ number, acts }) =>
    acts.flatMap((act): QuotaLine[] =>
      act.kind === 'doom' || act.kind === 'guard'
        ? [
            {
              stage: number,
              kind: act.kind,
              candidate: act.candidate,
              clause: act.clause,
              votes: decimalText(act.total, count.places),
              text: certificateText(act.certificate, name),
            },
          ]
        : [],
    ),
  )
  return [first, ...rest]
}
