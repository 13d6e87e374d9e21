import { includesPerson, provision, type Capacity, type DecisionState, type Fact, type Rulebook } from '@quorate/rulebook'
import type { Judging } from './perform.ts'
import { electorateAsOf } from './register.ts'

/**
 * How many who signed are in the electorate still, for one signature more: stated only where the rule does not count those who have left, and this signature
 * may be the one that is enough. Before that the answer changes nothing. Reads those who acted in the decision, never the register: a signature costs the
 * same in a movement of a thousand and of a million.
 */
export async function signersFacts(judging: Judging, rulebook: Rulebook, as: Capacity): Promise<readonly Fact[]> {
  const { tx, now, state, decision } = judging
  if (state === null || !mayDecide(state, rulebook)) return []
  const [, electorate = ''] = as.split(' ')
  const sets = Object.values(state.stages).map((marks) => marks.signers)
  const known = await tx.selectFrom('pseudonym').select(['pseudonym', 'person_id']).where('decision', '=', decision).execute()
  const signers = known.filter((row) => sets.some((set) => includesPerson(set, row.pseudonym))).map((row) => row.person_id)
  const still = await electorateAsOf(tx, rulebook, electorate, { validAt: now, knownAt: now }, signers)
  return [{ name: 'signers', of: electorate, value: still.length, at: now, knownAt: now, source: 'register', evidence: null }]
}

/** Whether a signature more may reach what a stage of support needs, in which those who have left do not count. */
function mayDecide(state: DecisionState, rulebook: Rulebook): boolean {
  const stages = provision(rulebook, 'procedure', state.procedure)?.rule.stages ?? []
  const signed = Math.max(0, ...Object.values(state.stages).map((marks) => marks.signers.size))
  return stages.some((stage) => {
    if (stage.do !== 'support' || stage.lapsed !== 'do not count') return false
    const { amount } = stage.need
    return amount.kind !== 'count' || signed + 1 >= amount.count
  })
}
