import type { Feature, Work } from '#lib/platform/feature.ts'
import { waitingFor } from '#lib/features/motions/index.ts'
import { unpackBallotsWith } from '#lib/features/record/index.ts'
import { mailVotingLinks } from './ballot-mail.ts'
import { eraseFromElections } from './erase.ts'
import { forgetWhoTookPart } from './forget.ts'
import { heldByElections } from './held.ts'
import { homeItems } from './home.ts'
import { answerRequests } from './lost-ballot.ts'
import { messages } from './messages.ts'
import { unpacked } from './packed.ts'
import { freezeRoll } from './roll.ts'
import { forgetUnopened } from './registrar.ts'
import { openBallot, setUpElections } from './setup.ts'
import { closeBoxes, declareResult } from './tally.ts'

export { atFrozenAddress, isOnFrozenRoll } from './frozen-roll.ts'
export type { CastFault } from './cast-fault.ts'
export type { Cast, CastReceipt, CastResult } from './casting.ts'
export { castBallot } from './casting.ts'
export type { CeremonyView, StepFault } from './ceremony.ts'
export { ceremonyOf, takeStepMessage } from './ceremony.ts'
export type { IssueFault } from './registrar.ts'
export { issueVotingCodes } from './registrar.ts'
export type { ResultView } from './result-view.ts'
export { resultOf } from './result-view.ts'
export { officerName } from './ballot-mail.ts'
export type { Resent } from './lost-ballot.ts'
export { askForLink, sendAgain } from './lost-ballot.ts'
export type { CodesFault, MailingReport } from './separate-registrar.ts'
export { fromRegistrar, registrarWork, takeCodes, takeReport } from './separate-registrar.ts'
export type { TestFault } from './tested.ts'
export { noteTestedBallot, testsPerKeyMax } from './tested.ts'
export { seatsOf } from './seats.ts'
export { messages as electionMessages } from './messages.ts'
export type { DeskTask } from './officer-tasks.ts'
export { officerTasks } from './officer-tasks.ts'
export type { BoxLine } from './public-box.ts'
export { boxLines, boxPage, codeTyped } from './public-box.ts'
export type { BallotBrief } from './progress.ts'
export { ballotBrief, progressOf } from './progress.ts'
export type { RollItem } from './registrar-desk.ts'
export { rollItems } from './registrar-desk.ts'
export type { TrusteeItem } from './trustee-desk.ts'
export { trusteeItems } from './trustee-desk.ts'
export type { CodesFileFault } from './registrar-files.ts'
export { registrarTask, takeCodesFile } from './registrar-files.ts'
export type { Program } from './programs.ts'
export { programsIn } from './programs.ts'
export type { AnswerFault, AnswerTaken } from './trustee-files.ts'
export { takeTrusteeAnswer, trusteeTask } from './trustee-files.ts'
export type { RecordedBallot } from './encrypted-sum.ts'
export { recordedBallots } from './encrypted-sum.ts'
export { hintsFile } from './hints.ts'
export type { SentShuffle, ShuffleRefusal } from './shuffles.ts'
export { takeShuffle } from './shuffles.ts'
export type { OpeningFault, SentOpening } from './tally.ts'
export { takeOpening } from './tally.ts'
export type { ElectionTable } from './tables.ts'
export { ownLeaf, voterFor } from './code-holders.ts'
export type { ElectionState, HolderFault, TitledElection, Voter } from './view.ts'
export {
  ceremonyView,
  clausesOf,
  electionByUuid,
  electionOfDecision,
  electionsListed,
  placeInBox,
  boxOnRecord,
  publicBox,
  publicView,
  standingOf,
  voterOfKey,
} from './view.ts'

/** Freezes rolls, sets up and opens ballots, mails links, folds closed boxes and declares results, each as its time comes. */
async function advance(work: Work): Promise<number> {
  let moved = 0
  for (const item of await waitingFor(work, ['freeze'])) moved += await freezeRoll(work, item)
  moved += await setUpElections(work)
  for (const item of await waitingFor(work, ['open'])) moved += await openBallot(work, item)
  moved += await mailVotingLinks(work)
  moved += await answerRequests(work)
  moved += await closeBoxes(work)
  moved += await forgetUnopened(work)
  for (const { decision } of await waitingFor(work, ['declare'])) moved += await declareResult(work, decision)
  moved += await forgetWhoTookPart(work.db)
  return moved
}

// The record keeps ballots packed and knows nothing of them.
unpackBallotsWith(unpacked)

export const feature: Feature = {
  name: 'elections',
  erase: eraseFromElections,
  held: heldByElections,
  messages,
  home: homeItems,
  sweeps: [{ name: 'elections', run: advance, nextDue: () => Promise.resolve(null) }],
}
