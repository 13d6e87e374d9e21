import { provision, type DecisionState, type Fact, type Rulebook, type Stage } from '@quorate/rulebook'
import type { RecordedAct } from './shapes.ts'

// What the rule of a ballot, and the facts of the act that declares it, say of how it was decided.

/** A `ballot` stage of a procedure. */
export type BallotStage = Extract<Stage, { readonly do: 'ballot' }>

/** The ballot of a decision's procedure by the id of its stage; null where there is none of that id. */
export function ballotStageOf(rulebook: Rulebook, { procedure }: DecisionState, id: string): BallotStage | null {
  const stage = provision(rulebook, 'procedure', procedure)?.rule.stages.find((each) => each.id === id)
  return stage?.do === 'ballot' ? stage : null
}

/** Whether a ballot asks for yes or no, not for a choice from a list. */
export const asksYesNo = ({ method, options }: BallotStage): boolean => method === 'yes-no' && options === null

/** A fact of no particular thing as the rules read it: of several, what was known last. */
export const factSaid = (facts: readonly Fact[], name: string): Fact | null =>
  facts
    .filter((fact) => fact.name === name && fact.of === null)
    .toSorted((a, b) => a.knownAt - b.knownAt)
    .at(-1) ?? null

/**
 * Whether an act declares a box that stays shut: it says so of the ballot as a whole, and says nothing of a count. With a count beside it the rules could
 * come to another result than that of a shut box, and then there must be one.
 */
export const staysShut = ({ act, facts }: Pick<RecordedAct, 'act' | 'facts'>): boolean =>
  act.kind === 'declare' &&
  factSaid(facts, 'unopened') !== null &&
  !facts.some(({ name }) => name === 'tally' || name === 'count')
