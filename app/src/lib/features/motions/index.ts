import type { Feature, Work } from '#lib/platform/feature.ts'
import { eraseFromMotions } from './erase.ts'
import { heldByMotions } from './held.ts'
import { eraseSweep } from './erase-requests.ts'
import { nextDecisionDue, tick, waitingFor } from './advance.ts'
import { enactDecision } from './enact.ts'
import { homeOfMotions } from './home.ts'
import { messages } from './messages.ts'
import { serveNotice } from './notice.ts'

export type { Attempt, Judging, Performed, PerformFault } from './perform.ts'
export { outlineOf, stateOf } from './decision-store.ts'
export { perform } from './perform.ts'
export type { Step, StepDone, Together } from './perform-together.ts'
export { performTogether, StepsMalformed } from './perform-together.ts'
export { nextDecisionDue, tick, waitingFor } from './advance.ts'
export type { Call, DraftFault, DraftProposal, Exercise, StepBody } from './commands.ts'
export { call, callFacts, challenge, exercise, previewProposal, propose, takeStep } from './commands.ts'
export type { OpenedRollCall } from './roll-calls.ts'
export { actOnRollCall, closeRollCall, openRollCall } from './roll-calls.ts'
export type { RollCallFaultKind } from './roll-call-store.ts'
export type { SignedOnDevice } from './roll-call-cast.ts'
export { castRollCall, enterRollCall, rollCallReceipt } from './roll-call-cast.ts'
export type { OwnSeat, RollCallLine, RollCallPage } from './roll-call-page.ts'
export { rollCallPage, rollCallsListed } from './roll-call-page.ts'
export type { DeviceAsked, DeviceFaultKind, DeviceListed } from './roll-call-devices.ts'
export { deviceNameMax, devicesMax, devicesPage, endDevice, registerDevice } from './roll-call-devices.ts'
export { deviceMessages } from './roll-call-device-messages.ts'
export { rollCallMessages } from './roll-call-messages.ts'
export { stand, standDown, statementMax } from './stand.ts'
export type { Proposal } from './proposal.ts'
export { parseProposal, proposalText } from './proposal.ts'
export { proposedText } from './proposed-text.ts'
export { asRulesSee, electorateAsOf, movementSizes } from './register.ts'
export { freshPseudonym, knownPseudonym, personsBehind } from './pseudonym.ts'

export type { Decision } from './decisions.ts'
export {
  attemptEntry,
  attemptPlace,
  decisionById,
  decisionsListed,
  decisionsUnderWay,
  proposalOf,
  refusalIn,
} from './decisions.ts'
export type { OpenSteps, Rehearsal } from './rehearse.ts'
export { rehearseProposal, rehearseStep } from './rehearse.ts'
export type { AttemptPlace, LawfulView, ReasonView, RefusalView, RouteView, Voice } from './refusal-view.ts'
export { quantityWords, reasonCodes, reasonWords, refusalView } from './refusal-view.ts'
export type { ElectionFacts, ProcedureInput } from './procedure-view.ts'
export { procedureSteps, stageShort } from './procedure-view.ts'
export type { ActionsView, DecisionPage, GroundOption, OpeningOption } from './decision-page.ts'
export { decisionChanges, decisionPage } from './decision-page.ts'
export type { DecisionLists } from './list-page.ts'
export { decisionLists } from './list-page.ts'
export type { Callable } from './call-page.ts'
export { electionsToCall } from './call-page.ts'
export { callMessages } from './call-messages.ts'
export type { DraftView } from './draft-page.ts'
export { draftView, exampleOf } from './draft-page.ts'
export type { DeskTask, TaskGroup } from './desk.ts'
export { deskTasks } from './desk.ts'
export type { EraseFault } from './erase.ts'
export { eraseMember } from './erase.ts'
export type { EraseAskedFault } from './erase-requests.ts'
export { eraseByNumber } from './erase-requests.ts'
export { eraseMessages } from './erase-messages.ts'
export type { CapacityChoice } from './entry-voice.ts'
export { capacityChoices, entryVoice } from './entry-voice.ts'
export { changesView, headingOf, pageVoice, procedureInput, rulebookFor, supportOf } from './decision-view.ts'
export { pageMessages } from './page-messages.ts'
export { clauseText, decisionParams } from './params.ts'
export { refusalMessages } from './refusal-messages.ts'

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
  erase: eraseFromMotions,
  held: heldByMotions,
  home: homeOfMotions,
  sweeps: [{ name: 'motions', run: advance, nextDue: nextDecisionDue }],
  sweepsOver: (features) => [eraseSweep(features)],
}
