import type { Feature, Work } from '#lib/platform/feature.ts'
import { nextDecisionDue, tick, waitingFor } from './advance.ts'
import { enactDecision } from './enact.ts'
import { messages } from './messages.ts'
import { serveNotice } from './notice.ts'

export type { Attempt, Judging, Performed, PerformFault } from './perform.ts'
export { perform, stateOf } from './perform.ts'
export { nextDecisionDue, tick, waitingFor } from './advance.ts'
export type { DraftFault, DraftProposal, Exercise, StepBody } from './commands.ts'
export { capacityIn, exercise, previewProposal, propose, takeStep } from './commands.ts'
export type { Proposal } from './proposal.ts'
export { parseProposal } from './proposal.ts'
export { asRulesSee, electorateAsOf } from './register.ts'
export { knownPseudonym, personsBehind } from './pseudonym.ts'

/** What falls by time, the notices to serve and the changes to put in force. */
async function advance(work: Work): Promise<number> {
  let moved = await tick(work)
  for (const item of await waitingFor(work, ['notify', 'enact']))
    moved += await (item.kind === 'notify' ? serveNotice(work, item) : enactDecision(work, item))
  return moved
}

export const feature: Feature = {
  name: 'motions',
  messages,
  sweeps: [{ name: 'motions', run: advance, nextDue: nextDecisionDue }],
}
