import { fingerprintOf } from '../language/document.ts'
import { statementDue, statementDueByOpening } from './nomination-close.ts'
import { fieldsFact, numbered, people, reason } from '../reasons.ts'
import type { Reason } from '../refusal.ts'
import type { StageOf } from '../schema/stages.ts'
import type { StageCase } from './stage-case.ts'
import { fieldOf, listed, marksOf, type DecisionState, type Field } from '../state.ts'
import type { Fingerprint } from '../act.ts'
import type { Walk } from './path.ts'

/** Whether voters are asked to choose among people. */
export const asksForCandidates = (stage: StageOf<'ballot'>): boolean =>
  stage.options === 'candidates' || stage.question === 'candidates'

/** A list of candidates: their numbers, and a fingerprint of who they are in that order. */
export type CandidateList = { readonly numbers: readonly number[]; readonly fingerprint: Fingerprint }

/**
 * The candidates a ballot must list: all who asked and were accepted, in the order in which they asked. The fingerprint is that of their
 * pseudonyms, a line each. Null where nobody was ever nominated in this decision. `when`: a statement that is due by opening is not yet due when
 * nominations close.
 */
export function candidateList(decision: DecisionState, path: Walk, when: 'close' | 'opening'): CandidateList | null {
  const run = path.runs.findLast((r) => r.stage.do === 'nominate')
  if (run?.stage.do !== 'nominate') return null
  const field = fieldOf(marksOf(decision, run.key))
  return listOf(field, listed(field, when === 'close' ? statementDue(run.stage) : statementDueByOpening(run.stage)))
}

/** Candidates by their numbers as a list: in ascending order, which is that in which they asked. */
export function listOf({ candidates }: Field, numbers: readonly number[]): CandidateList {
  const ascending = numbers.toSorted((a, b) => a - b)
  const names = ascending.map((n) => candidates[n - 1]?.by ?? '')
  return { numbers: ascending, fingerprint: fingerprintOf(names.join('\n')) }
}

/**
 * The fair-options rule: a ballot opens only on the whole list, so that nobody who asked is left off and no single name is put to a yes or no. A paper is
 * fixed when the ballot is set up. Whoever no longer stands when it opens is still on it, and the `setup` fact names them: `off-1`, `off-2` and so on.
 */
export function unfairOptions(kase: StageCase, stage: StageOf<'ballot'>): readonly Reason[] {
  if (!asksForCandidates(stage)) return []
  const standing = candidateList(kase.decision, kase.path, 'opening')
  const field = nominatedField(kase.decision, kase.path)
  if (standing === null || field === null) return [reason('unfair-options', kase.clause)]
  const setup = fieldsFact(kase, 'setup', null)
  const off = numbered(setup, 'off')
  const left = off.filter(
    (n, i) => off.indexOf(n) === i && !standing.numbers.includes(n) && (field.candidates[n - 1]?.acceptedAt ?? null) !== null,
  )
  const list = listOf(field, [...standing.numbers, ...left])
  const options = setup?.count('options') ?? 0
  const isWhole = setup?.text('list') === list.fingerprint && options === list.numbers.length
  if (isWhole && left.length === off.length) return []
  const missing = Math.max(0, list.numbers.length - options)
  return [reason('unfair-options', kase.clause, people(list.numbers.length), people(options), people(missing))]
}

/** The field of the nominations that a decision came to last; null where there were none. */
function nominatedField(decision: DecisionState, path: Walk): Field | null {
  const run = path.runs.findLast((r) => r.stage.do === 'nominate')
  return run === undefined ? null : fieldOf(marksOf(decision, run.key))
}
