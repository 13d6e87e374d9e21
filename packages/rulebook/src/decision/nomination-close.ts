import type { EventBody } from '../event.ts'
import type { SeatQuotas } from './nomination-quotas.ts'
import type { StageOf } from '../schema/stages.ts'
import { fieldOf, listed, type Field, type StageMarks } from '../state.ts'

/** Whether a candidate without a statement is left off the list that voters see. */
export const statementDueByOpening = (stage: StageOf<'nominate'>): boolean =>
  stage.statement === 'by close' || stage.statement === 'by opening'

/** Whether a candidate without a statement is left off the list when nominations close. */
export const statementDue = (stage: StageOf<'nominate'>): boolean => stage.statement === 'by close'

/**
 * What comes of nominations when they close. Fewer candidates than places are too few; as many as places are uncontested, and go to a ballot
 * all the same where the rule gives voters none-of-these. Candidates who cannot meet the quotas of the seats are too few as well, unless the
 * rule says that a place then stays empty or goes to the next best: that is for the count.
 */
export function nominationsClosed(stage: StageOf<'nominate'>, marks: StageMarks, quotas: SeatQuotas | null): EventBody {
  const field = fieldOf(marks)
  const candidates = listed(field, statementDue(stage)).length
  const outcome = areTooFew(field, candidates, quotas) ? 'too-few' : candidates === field.places ? 'uncontested' : 'contested'
  const said = outcome === 'uncontested' && stage.uncontested === 'ballot with none-of-these' ? 'contested' : outcome
  return { kind: 'nominated', outcome: said, candidates }
}

/** Whether so many candidates are too few for the places and the quotas of a field; none at all always are. */
function areTooFew(field: Field, candidates: number, quotas: SeatQuotas | null): boolean {
  const short = quotas?.ifShort === 're-open' && field.quotas !== undefined && field.quotas.nominated < field.quotas.required
  return candidates === 0 || candidates < field.places || short
}

/** Whether, of a field that was enough when nominations closed, too few still stand when voting is to open. */
export function tooFewLeft(stage: StageOf<'nominate'>, marks: StageMarks, quotas: SeatQuotas | null): boolean {
  if (marks.outcome === null || marks.outcome.says === 'too-few') return false
  const field = fieldOf(marks)
  return areTooFew(field, listed(field, statementDueByOpening(stage)).length, quotas)
}
