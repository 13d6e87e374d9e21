export type { Embedding, ElementFault, Engine, GroupName } from './engine.ts'
export { type Element, type EngineOptions, engineOf, isGroupName } from './groups.ts'
export { fastEd25519 } from './ed25519-wasm.ts'
export type { ModExp } from './modp.ts'
export { modExpWindows } from './modp.ts'
// The election: questions, ballots, box, tally, openings, result.
export type { Archive, ArchiveFault, ArchiveTimestamp } from './archive.ts'
export { archiveEntries, archiveHeader, readArchive, writeArchive } from './archive.ts'
export type { LockedBallot, UnsignedBallot } from './ballot.ts'
export { lockBallot, prepareBallot, signBallot } from './ballot.ts'
export type { HintedBallot } from './batch.ts'
export { checkBallots, hintsOf } from './batch.ts'
export { ownHints } from './own-hints.ts'
export type { BallotFault, CheckedBallot } from './ballot-check.ts'
export { checkBallot } from './ballot-check.ts'
export type { Box, BoxFault } from './box.ts'
export { ballotsPerCredentialMax, openBox } from './box.ts'
export type { CompanionRefusal } from './companions.ts'
export type { Opening, OpeningFault } from './decryption.ts'
export { checkOpening, openTally } from './decryption.ts'
export type { Election, ElectionFault, ElectionMessage } from './election.ts'
export { electionFingerprint, electionText, parseElection } from './election.ts'
export type { Chain, ChainedEvent, ElectionEvent, ElectionEventType, EventFault } from './events.ts'
export { chainEvent, emptyChain } from './events.ts'
export type { ListQuestion, Paper, PaperFault, PaperRule } from './list-question.ts'
export { hidesSignatures, paperFault, paperRuleOf, rankingCount } from './list-question.ts'
export type { Answer, AnyQuestion, Choice, ChoiceFault, Pick, Question } from './question.ts'
export { checkChoices, choiceCount, choiceOf, isListQuestion } from './question.ts'
export type { Shuffled } from './shuffle.ts'
export { shufflePapers } from './shuffle.ts'
export type { ShuffleEquation, ShuffleFault } from './shuffle-check.ts'
export { checkShuffle, shuffleHints } from './shuffle-check.ts'
export type { SpoiledPaper } from './spoiled.ts'
export { parseSpoiled, spoiledPapers, spoiledText } from './spoiled.ts'
export { sha256Hex } from './hash.ts'
export type { CheckedResult, OwnedOpening, QuestionResult, ResultFault, ResultMessage } from './result.ts'
export { checkResult, combineResult, countsOf, papersOf, resultText } from './result.ts'
export type { PublicRoll, PublicRollFault, RollEntry } from './roll.ts'
export { parsePublicRoll, publicRollText } from './roll.ts'
export type { EncryptedTally } from './tally.ts'
export { afterShuffle, encryptedTally, listCiphertexts } from './tally.ts'
export type { TrusteeItem, Trustees, TrusteesFault } from './trustees-format.ts'
export { parseTrustees } from './trustees-format.ts'
export type {
  CompanionPolicy,
  ElectionVerification,
  EventRefusal,
  VerificationFault,
  VerificationOptions,
  VerificationProgress,
  VerifiedElection,
} from './verify.ts'
export { startVerification, verifyArchive, verifyElection } from './verify.ts'
// Trust around the ballots: codes, key ceremony, companions, receipts.
export type { BallotCode } from './ballot-code.ts'
export { ballotCodeOf, fingerprintOf, parseBallotCode } from './ballot-code.ts'
export type { Bind, BindListFault, BindOpening, BindRefusal } from './bind.ts'
export { bindList, bindListText, bindSecretOf, openBind, parseBindList } from './bind.ts'
export type { CastAdmission, CastClaim, CastHistory, CastRefusal, CastStatement } from './cast-statement.ts'
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
} from './cast-statement.ts'
export type { CeremonyFault } from './ceremony-messages.ts'
export type { Table } from './certificates.ts'
export { checkCertificates } from './certificates.ts'
export type { Verdict } from './complaint.ts'
export { complaintAbout, judgeComplaint } from './complaint.ts'
export type { Credential, Issue, VotingCode, VotingCodeFault } from './credential.ts'
export { compareKeys, credentialOf, drawVotingCode, issueCodes, parseVotingCode, voterPseudonymOf } from './credential.ts'
export type { KeyFileWork, LockedKeyFileFault } from './locked-key-file.ts'
export {
  isLockedKeyFile,
  keyFileWork,
  lockedKeyFile,
  passphraseLengthMin,
  suggestPassphrase,
  unlockKeyFile,
} from './locked-key-file.ts'
export type { CompanionFault, OpeningClaim } from './opening-companion.ts'
export { checkCompanion, companionOf, companionText, parseCompanion } from './opening-companion.ts'
export { tallyPhrase, trusteesPhrase } from './phrase.ts'
export type { Polynomials } from './polynomials.ts'
export { checkPolynomials } from './polynomials.ts'
export type { Receipt, ReceiptBody, ReceiptFault } from './receipt.ts'
export { checkReceipt, parseReceipt, receiptKeyOf, receiptText, signReceipt } from './receipt.ts'
export type { Ceremony } from './rehearsal.ts'
export { rehearseCeremony } from './rehearsal.ts'
export type { Proof } from './schnorr.ts'
export { seededRandom } from './seeded-random.ts'
export type { SpoilFault, TestableBallot, Tested } from './spoil.ts'
export { checkReveal, lockTestably, revealOf } from './spoil.ts'
export type { KeyFileFault, TrusteeContext, TrusteeKey, TrusteeShare } from './trustee-key.ts'
export { isContext, newTrusteeKey, parseTrusteeKeyFile, trusteeKeyFile } from './trustee-key.ts'
export type { CeremonyMessages } from './trustees.ts'
export { acceptTrustees, answerStep1, answerStep2, answerStep3, assembleTrustees } from './trustees.ts'
