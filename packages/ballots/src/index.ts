export type { Embedding, ElementFault, Engine, GroupName } from './groups/engine.ts'
export { type Element, type EngineOptions, engineOf, isGroupName } from './groups/groups.ts'
export { fastEd25519 } from './groups/ed25519-wasm.ts'
export type { ModExp } from './groups/modp.ts'
export { modExpWindows } from './groups/modp.ts'
// The election: questions, ballots, box, tally, openings, result.
export type { Archive, ArchiveFault, ArchiveTimestamp } from './archive/archive.ts'
export { archiveEntries, archiveHeader, readArchive, writeArchive } from './archive/archive.ts'
export type { LockedBallot, UnsignedBallot } from './voting/ballot.ts'
export { lockBallot, prepareBallot, signBallot } from './voting/ballot.ts'
export type { HintedBallot } from './batch.ts'
export { checkBallots, hintsOf } from './batch.ts'
export type { HintedStatement } from './statement-batch.ts'
export { statementsHold } from './statement-batch.ts'
export { ownHints } from './own-hints.ts'
export type { BallotFault, CheckedBallot } from './voting/ballot-check.ts'
export { checkBallot } from './voting/ballot-check.ts'
export type { Box, BoxFault } from './archive/box.ts'
export { ballotsPerCredentialMax, openBox } from './archive/box.ts'
export type { Departure, Settled } from './archive/departures.ts'
export { departuresIn, hasLeft, takeOutLeavers } from './archive/departures.ts'
export type { CompanionRefusal } from './archive/companions.ts'
export type { Opening, OpeningFault } from './opening/decryption.ts'
export { checkOpening, openTally } from './opening/decryption.ts'
export type { Election, ElectionFault, ElectionMessage } from './election.ts'
export { electionFingerprint, electionText, parseElection } from './election.ts'
export type { Chain, ChainedEvent, ElectionEvent, ElectionEventType, EventFault } from './archive/events.ts'
export { chainEvent, emptyChain } from './archive/events.ts'
export type { ListQuestion, Paper, PaperFault, PaperRule } from './voting/list-question.ts'
export { hidesSignatures, paperFault, paperRuleOf, rankingCount } from './voting/list-question.ts'
export type { Answer, AnyQuestion, Choice, ChoiceFault, Pick, Question } from './voting/question.ts'
export { checkChoices, choiceCount, choiceOf, isListQuestion } from './voting/question.ts'
export type { Shuffled } from './shuffle/shuffle.ts'
export { shufflePapers } from './shuffle/shuffle.ts'
export type { ShuffleFault } from './shuffle/shuffle-check.ts'
export type { ShuffleEquation } from './shuffle/shuffle-equations.ts'
export { checkShuffle, checkShuffles, type HintedShuffle, shuffleHints } from './shuffle/shuffle-check.ts'
export { openersNeeded, shufflesNeeded } from './shuffle/shuffles-needed.ts'
export type { SpoiledPaper } from './voting/spoiled.ts'
export { parseSpoiled, spoiledPapers, spoiledText } from './voting/spoiled.ts'
export { sha256Hex } from './hash.ts'
export type { CheckedResult, OwnedOpening, QuestionResult, ResultFault, ResultMessage } from './opening/result.ts'
export { checkResult, combineResult, countsOf, openingsBeacon, openingsOutput, papersOf, resultText } from './opening/result.ts'
export type { PublicRoll, PublicRollFault, RollEntry } from './voting/roll.ts'
export { keyTextsOf, parsePublicRoll, publicRollText } from './voting/roll.ts'
export type { EncryptedTally } from './opening/tally.ts'
export { afterShuffle, encryptedTally, listCiphertexts } from './opening/tally.ts'
export type { TrusteeItem, Trustees, TrusteesFault } from './trustees/trustees-format.ts'
export { parseTrustees } from './trustees/trustees-format.ts'
export type {
  CompanionPolicy,
  ElectionVerification,
  EventRefusal,
  VerificationFault,
  VerificationOptions,
  VerificationProgress,
  VerifiedElection,
} from './archive/verify.ts'
export { startVerification, verifyArchive, verifyElection } from './archive/verify.ts'
// Trust around the ballots: codes, key ceremony, companions, receipts.
export type { BallotCode } from './voting/ballot-code.ts'
export { ballotCodeOf, fingerprintOf, parseBallotCode } from './voting/ballot-code.ts'
export type { Bind, BindListFault, BindOpening, BindRefusal } from './voting/bind.ts'
export { bindList, bindListText, bindSecretOf, openBind, parseBindList } from './voting/bind.ts'
export type { CastAdmission, CastClaim, CastHistory, CastRefusal, CastStatement } from './voting/cast-statement.ts'
export {
  afterCast,
  castStatementText,
  judgeCast,
  makeCastStatement,
  noCasts,
  noPreviousTracker,
  parseCastStatement,
  placeCast,
  statementHolds,
} from './voting/cast-statement.ts'
export type { TrusteeAnswer, TrusteePost, TrusteeTask } from './trustees/carried-files.ts'
export { parseTrusteeAnswer, parseTrusteeTask, trusteeAnswerFile, trusteeTaskFile } from './trustees/carried-files.ts'
export type { CheckedFileFault } from './checked-file.ts'
export { checkedFile, parseCheckedFile } from './checked-file.ts'
export type { CeremonyFault } from './trustees/ceremony-messages.ts'
export type { Table } from './trustees/certificates.ts'
export { checkCertificates } from './trustees/certificates.ts'
export type { Verdict } from './trustees/complaint.ts'
export { complaintAbout, judgeComplaint } from './trustees/complaint.ts'
export type { Credential, Issue, VotingCode, VotingCodeFault } from './voting/credential.ts'
export { compareKeys, credentialOf, drawVotingCode, issueCodes, parseVotingCode, voterPseudonymOf } from './voting/credential.ts'
export type { KeyFileWork, LockedKeyFileFault } from './trustees/locked-key-file.ts'
export {
  isLockedKeyFile,
  keyFileWork,
  lockedKeyFile,
  passphraseLengthMin,
  suggestPassphrase,
  unlockKeyFile,
} from './trustees/locked-key-file.ts'
export type { CompanionFault, OpeningClaim } from './opening/opening-companion.ts'
export { checkCompanion, companionOf, companionText, parseCompanion } from './opening/opening-companion.ts'
export { linkCode, linkFits } from './voting/link-code.ts'
export { openVotesMark, privacyFloorDefault, privacyFloorOf, votesAreOpen } from './voting/open-votes.ts'
export { filePhrase, tallyPhrase, trusteesPhrase } from './voting/phrase.ts'
export { packBallot, packedLength, unpackBallot } from './voting/packed-ballot.ts'
export type { Polynomials } from './trustees/polynomials.ts'
export { checkPolynomials } from './trustees/polynomials.ts'
export type { Receipt, ReceiptBody, ReceiptFault } from './voting/receipt.ts'
export { checkReceipt, parseReceipt, receiptKeyOf, receiptSignedBytes, receiptText, signReceipt } from './voting/receipt.ts'
export type { Ceremony } from './trustees/rehearsal.ts'
export { rehearseCeremony } from './trustees/rehearsal.ts'
export type { Proof } from './schnorr.ts'
export { seededRandom } from './seeded-random.ts'
export type { SpoilFault, TestableBallot, Tested } from './voting/spoil.ts'
export { checkReveal, lockTestably, revealOf } from './voting/spoil.ts'
export { needsMajority } from './trustees/majority-key.ts'
export type { KeptRecord, SeenSum } from './trustees/kept-record.ts'
export { parseSeenSum } from './trustees/kept-record.ts'
export type { KeyFileFault, TrusteeContext, TrusteeKey, TrusteeShare } from './trustees/trustee-key.ts'
export { isContext, newTrusteeKey, parseTrusteeKeyFile, trusteeKeyFile } from './trustees/trustee-key.ts'
export type { CeremonyMessages } from './trustees/trustees.ts'
export { acceptTrustees, answerStep1, answerStep2, answerStep3, assembleTrustees, checkHandedIn } from './trustees/trustees.ts'
