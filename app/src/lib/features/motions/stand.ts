import { assert, type Result } from '@quorate/kernel'
import {
  isEligible,
  meetsPredicate,
  provision,
  type ActBody,
  type Capacity,
  type DecisionId,
  type Fact,
  type Fingerprint,
} from '@quorate/rulebook'
import { factsOf } from '#lib/features/membership/index.ts'
import { storeDocument } from '#lib/features/record/index.ts'
import type { Work } from '#lib/platform/feature.ts'
import { capacityFacts } from './commands.ts'
import { rulebookFor } from './decision-view.ts'
import { perform, type Judging, type Performed, type PerformFault } from './perform.ts'
import { asRulesSee } from './register.ts'

type Outcome = Promise<Result<Performed, PerformFault>>

/** Longest statement of a candidate, in characters: two pages. */
export const statementMax = 6000

/** The stage in which a decision takes nominations, by the edition it runs by; null where it has none. */
function nominationOf({ editions, state }: Pick<Judging, 'editions' | 'state'>) {
  const rulebook = state === null ? null : rulebookFor(editions, state)
  const procedure = rulebook === null || state === null ? null : provision(rulebook, 'procedure', state.procedure)
  const stages = procedure?.rule.stages ?? []
  const stage = stages.find((one) => one.do === 'nominate')
  const roll = stages.find((one) => one.do === 'freeze')
  return rulebook === null || stage?.do !== 'nominate'
    ? null
    : { rulebook, stage, electorate: roll?.do === 'freeze' ? roll.electorate : null }
}

/**
 * Whether a person may stand, by the condition of the stage; where it says "every eligible person", eligible are those who may vote. And how many places
 * there are, where nothing else states it, is for the rule to say.
 */
async function standingFacts(judging: Judging, personId: string): Promise<readonly Fact[]> {
  const { tx, now } = judging
  const found = nominationOf(judging)
  const person = await factsOf(tx, personId, { validAt: now, knownAt: now })
  if (found === null || person === null) return []
  const { rulebook, stage, electorate } = found
  const [anchors, seen] = [{ cutOff: now, now }, asRulesSee(person)]
  const may =
    stage.candidates.kind === '<who>'
      ? meetsPredicate(rulebook, stage.candidates.who, seen, anchors)
      : electorate !== null && isEligible(rulebook, electorate, seen, anchors)?.eligible === true
  return [{ name: 'may-stand', of: stage.id, value: may, at: now, knownAt: now, source: 'register', evidence: null }]
}

async function act(work: Work, personId: string, decision: DecisionId, body: (judging: Judging) => Promise<ActBody>): Outcome {
  return perform(work, {
    decision,
    by: { person: personId },
    as: memberCapacity,
    body,
    facts: async (judging) => [
      ...(await capacityFacts(judging, memberCapacity, personId)),
      ...(await standingFacts(judging, personId)),
    ],
  })
}

// Whoever asks to be listed does so for themselves; the rule asks what they are by the fact, not by the capacity.
const memberCapacity: Capacity = 'electorate members'

/** A person asks to be listed as a candidate, or gives their statement, which stands beside the record by fingerprint. */
export function stand(work: Work, personId: string, decision: DecisionId, statement: string | null): Outcome {
  assert(statement === null || statement.length <= statementMax, 'the form bounds a statement')
  return act(work, personId, decision, async ({ tx }) => ({
    kind: 'stand',
    statement: statement === null ? null : ((await storeDocument(tx, statement)) as Fingerprint), // SHA-256 in hex
  }))
}

/** A candidate takes their name off the list, where and while the rule lets them. */
export const standDown = (work: Work, personId: string, decision: DecisionId): Outcome =>
  act(work, personId, decision, () => Promise.resolve({ kind: 'stand-down' }))
