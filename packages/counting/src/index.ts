export type { LotOrder, LotSeedFields } from './lot.ts'
export { isLotOrder, lotOrder, lotSeed, lotSeedOfWords } from './lot.ts'
export type { Contest, Paper, Profile, ProfileFault, Rank, Repeats } from './papers/profile.ts'
export { checkProfile, isName, mergedPapers, papersIn } from './papers/profile.ts'
export type { AnyProfile, PackedProfile, Sha256 } from './papers/packed.ts'
export { packProfile, papersPacked, profileHash, unpackProfile } from './papers/packed.ts'
export type { PackedPapers } from './papers/paper-table.ts'
export type {
  CountBounds,
  CountError,
  Iteration,
  IterationsEnd,
  Lot,
  Parcel,
  Stage,
  StageAct,
  StvCount,
  StvMethodId,
  TiePurpose,
  TieStep,
  Transfer,
  Votes,
} from './trace.ts'
export type { CountSettings } from './transferable/engines.ts'
export type { Count, MethodId, Methods } from './count.ts'
export { count, methodNamed } from './count.ts'
export { countScottish } from './transferable/scottish-stv.ts'
export type { NzMeekParams } from './transferable/nz-meek.ts'
export { countNzMeek } from './transferable/nz-meek.ts'
export { countErs97 } from './transferable/ers97.ts'
export { countMeekReference } from './transferable/meek-reference.ts'
export type { Inactive, IrvCount } from './single/irv.ts'
export { countIrv } from './single/irv.ts'
export type { IrvParams } from './single/irv-params.ts'
export type { Cause } from './single/irv-papers.ts'
export type { ReservedError } from './single/reserved.ts'
export { countReserved } from './single/reserved.ts'
export { asSecondRound } from './single/second-round.ts'
export type { MarkBounds, MarkCount, MarkError, MarkFigures, MarkMethod, MarkParams, TooMany } from './single/marks.ts'
export { countMarks } from './single/marks.ts'
export type { SecondRound, TwoRoundCount, TwoRoundError, TwoRoundParams } from './single/two-round.ts'
export { countTwoRound } from './single/two-round.ts'
export type { BordaCount, BordaParams } from './single/borda.ts'
export { countBorda } from './single/borda.ts'
export type {
  Base,
  Condition,
  ConditionReport,
  MajorityCount,
  MajorityError,
  MajorityFigures,
  MajorityOptions,
  MajorityParams,
  Need,
  SuppliedBase,
} from './majority.ts'
export { countMajority, majorityFigures } from './majority.ts'
export type { Destination, NotElected, Standing } from './report/outcome.ts'
export { destinations, standings, tableOrder, whyNotElected } from './report/outcome.ts'
export type { FlowEnd, FlowLink } from './report/flow.ts'
export { flowOf, gainOf } from './report/flow.ts'
export type { FlowRow, FlowShapes } from './report/flow-svg.ts'
export { flowBarWidth, flowShapes, flowSvg, flowTable } from './report/flow-svg.ts'
export type { FlowWords } from './words/phrases.ts'
export type { CountWords } from './words/words.ts'
export { english } from './words/english.ts'
export { welsh } from './words/welsh.ts'
export type {
  Account,
  AccountBar,
  AccountLine,
  AccountLink,
  AccountOption,
  AccountRow,
  AccountStage,
  AccountTable,
  BarState,
  Subject,
} from './account/account.ts'
export { accountOf } from './account/tell.ts'
export { certificateOf } from './certificate/certificate.ts'
export type { StageTable, TableRow } from './report/report.ts'
export { csvCell, stagesCsv, stagesJson, stageTable } from './report/report.ts'
export { decimalText } from './arithmetic.ts'
export type { BltFile, BltReader } from './formats/blt.ts'
export { bltPackedReader, bltReader, parseBlt, writeBlt } from './formats/blt.ts'
export type { BltFault, BltFinding } from './formats/blt-faults.ts'
export { bltFaultText, bltFindingText } from './formats/blt-faults.ts'
export { bltFaultTextInWelsh, bltFindingTextInWelsh } from './formats/blt-faults-welsh.ts'
export type { ApprovalFault, ApprovalProfile, Approvals } from './committee/approvals.ts'
export { approvalsHash, checkApprovals } from './committee/approvals.ts'
export type { CommitteeCount, CommitteeError, CommitteeRule, CommitteeStep } from './committee/committee.ts'
export { committeeRules, countCommittee } from './committee/committee.ts'
export type { Preferences, Strength, Unranked, Win } from './pairwise/matrix.ts'
export { preferencesOf } from './pairwise/matrix.ts'
export type { PairwiseCount, PairwiseError, PairwiseEvidence, PairwiseMethod, PairwiseParams } from './pairwise/pairwise.ts'
export { countPairs } from './pairwise/pairwise.ts'
export type { Backing, BudgetFault, BudgetPaper, BudgetProfile, Points, Project } from './budget/projects.ts'
export { backings, budgetHash, checkBudget } from './budget/projects.ts'
export type { BudgetConstraints, FundingStep } from './budget/funding.ts'
export type { BudgetCompletion, BudgetCount, BudgetError, BudgetParams, BudgetRule, Departure, RankBy } from './budget/budget.ts'
export { countBudget, firstDeparture } from './budget/budget.ts'
export type { PbFault, PbFile, PbTable, VoteType } from './budget/pabulib.ts'
export { parsePb, writePb } from './budget/pabulib.ts'
export type { Grade, GradedPaper, GradeFault, GradeProfile } from './grades/grades.ts'
export { checkGrades, gradesHash } from './grades/grades.ts'
export type { GradeCount, GradeError, GradeEvidence, GradeMethod, GradeParams } from './grades/grading.ts'
export { countGrades } from './grades/grading.ts'
export type { FormatFault, Place } from './formats/fault.ts'
export type { AbcFault } from './formats/abc-yaml.ts'
export { parseAbc } from './formats/abc-yaml.ts'
export type { PreflibFault } from './formats/preflib.ts'
export { parsePreflib, writePreflib } from './formats/preflib.ts'
export type { BallotCsvFault } from './formats/ballot-csv.ts'
export { parseBallotCsv, writeBallotCsv } from './formats/ballot-csv.ts'
export type { CvrFault, WriteIns } from './formats/cvr.ts'
export { parseCvr, writeCvr } from './formats/cvr.ts'
export type { PublishedShare, Reconciled } from './report/reconcile.ts'
export { reconcileShare } from './report/reconcile.ts'
export type { Category, Feature, Pool, PoolFault } from './sortition/pool.ts'
export { checkPool, poolHash } from './sortition/pool.ts'
export type { QuotaName, Refusal } from './sortition/refusal.ts'
export type { Bound } from './sortition/lottery-shares.ts'
export type { Draw, Lottery, LotteryError, LotteryMethod, Reserve } from './sortition/lottery.ts'
export { drawPanel, proposeLottery } from './sortition/lottery.ts'
export { lotteryText, stratifiedText } from './sortition/document.ts'
export type { Apportionment, StratifiedDraw, StratifiedError, StratifiedPool, Stratum } from './sortition/stratified.ts'
export { drawStratified } from './sortition/stratified.ts'
export type { SortitionFault } from './sortition/check.ts'
export { checkSortition, checkStratified } from './sortition/check.ts'
export type { Constraint, ConstraintFault, Constraints } from './constrained/constraints.ts'
export { checkConstraints } from './constrained/constraints.ts'
export type { Cell, ConstraintCertificate, Proof, Side, Witness } from './constrained/certificate.ts'
export type { ConstrainedCount, ConstrainedError, ConstrainedMethodId } from './constrained/count-constrained.ts'
export type { Elsewhere } from './constrained/elsewhere.ts'
export { constrainedMethods, countConstrained } from './constrained/count-constrained.ts'
export type { District, DistrictCounts, DistrictsError } from './constrained/districts.ts'
export { countDistricts } from './constrained/districts.ts'
export type { Nominations, Relaxed, Shortage, ShortRoute } from './constrained/nominations.ts'
export { afterShortage, nominationsUnder } from './constrained/nominations.ts'
export type { AsIfCount, AsIfError } from './constrained/as-if.ts'
export { countAsIf } from './constrained/as-if.ts'
export type { NamedCandidate, QuotaRule, QuotaRulesFault } from './constrained/quota-rules.ts'
export { constraintsFrom, parseQuotaRules, quotaRulesFaultSentence, quotaRulesFaultText } from './constrained/quota-rules.ts'
export type { QuotaLine } from './constrained/report.ts'
export { quotaReport } from './constrained/report.ts'
export type { ReservedPlaces, ReservedPlacesError } from './constrained/reserved-places.ts'
export { reservedPlaces } from './constrained/reserved-places.ts'
export type { BallotFormat } from './formats/detect.ts'
export { ballotFormats, formatOf } from './formats/detect.ts'
export type { GradesCsvFault } from './formats/grades-csv.ts'
export { parseGradesCsv } from './formats/grades-csv.ts'
export type { BoxReader, ReadAs, ReadBox, ReadFault } from './formats/box-reader.ts'
export { boxReader } from './formats/read-box.ts'
export { placeOf, readFaultText } from './formats/read-faults.ts'
export type { Approved, Box, BoxKind } from './methods/box.ts'
export { subjectOf, withSeats } from './methods/box.ts'
export type {
  AsIfCounter,
  BoundedCounter,
  ChoiceFault,
  ChoicePoint,
  Counter,
  CountFailure,
  CountMethod,
  FreeForm,
  Given,
  SecondRoundCounter,
} from './methods/method.ts'
export type { ReadyToCount } from './methods/choose.ts'
export { counterOf, countMethod, countMethods } from './methods/registry.ts'
export { scaleIn } from './methods/points.ts'
export type { AsIfAccount } from './account/as-if.ts'
export { asIfAccount, asIfJson } from './account/as-if.ts'
export { accountCsv, accountJson } from './account/files.ts'
export { accountSvg } from './account/svg.ts'
