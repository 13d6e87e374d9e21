export type {
  Act,
  ActBody,
  Capacity,
  Change,
  Citation,
  ClauseId,
  DecisionId,
  EditionNumber,
  Fact,
  Fingerprint,
  PowerName,
  Pseudonym,
} from './act.ts'
export type { Written } from './language/codec.ts'
export type { Diagnostic, DiagnosticCode, Position } from './language/diagnostic.ts'
export type { Clause, RulebookDocument } from './language/document.ts'
export { capacityOf } from './actors.ts'
export { canonicalText, fingerprintOf, readDocument } from './language/document.ts'
export type { EligibilityAnchors, Eligibility, Ground, PersonFacts } from './eligibility.ts'
export { isEligible, meetsPredicate } from './eligibility.ts'
export type { RightAnswer, RightName } from './rights.ts'
export { hasRight } from './rights.ts'
export type { Event, EventBody, Outcome } from './event.ts'
export type { Names, Provision, Rule, Rulebook, RuleKind, RuleOf, Unresolved } from './language/model.ts'
export { cite, onlyProvision, provision, provisionsOf, writeRule } from './language/model.ts'
export { formatRulebook } from './language/format.ts'
export { parseRulebook } from './language/parse.ts'
export { awaitingReader, wordsDiagnostics } from './words/words.ts'
export type { Assumption, Quantity, Reason, ReasonCode, Refusal, Route } from './refusal.ts'
export type { Box, Challenge, DecisionState, Editions, StageMarks, State } from './state.ts'
export { evolve } from './evolve.ts'
export { emptyState, marksOf } from './state.ts'
export type { ClauseDifference, ResultingText, TextChange } from './decision/amendment.ts'
export { applyChanges, changesOf, compareText, foundingText, resultingText } from './decision/amendment.ts'
export type { Permitted } from './decide.ts'
export { decide } from './decide.ts'
export { due } from './decision/due.ts'
export type { LawfulWay } from './lawful.ts'
export { lawful } from './lawful.ts'
export type { ClauseLinks } from './language/links.ts'
export { linksOf } from './language/links.ts'
export type { FindingCode, Grade, WarningCode } from './lint/codes.ts'
export type { Figures, Finding, LintFacts } from './lint/finding.ts'
export { lint, waived } from './lint/lint.ts'
export { findingSentence, type FindingLocale } from './lint/sentences.ts'
export { countedOnly, includesPerson, nobody, peopleChanged, peopleIn, type PeopleSet } from './people-set.ts'
export type { Stage, StageKind } from './schema/stages.ts'
export { groundText } from './schema/stages.ts'
export type {
  Analysis,
  Cost,
  Demand,
  Lacking,
  Path,
  PowerAnswer,
  Purpose,
  Replay,
  RouteAnswer,
  Step,
  StepAct,
  StepActor,
  Stopper,
  Taken,
  TakenForGranted,
  Threshold,
} from './analyse/answer.ts'
export type { Effort } from './analyse/analyse.ts'
export { analyse } from './analyse/analyse.ts'
export type { AloneAnswer, Missing } from './analyse/alone.ts'
export { alone, standingBodies } from './analyse/alone.ts'
export type { Change as FigureChange, ClauseWords, Comparison, Holder, PowerChange, ThresholdChange } from './analyse/compare.ts'
export { compare } from './analyse/compare.ts'
export type { Story, StoryLocale } from './analyse/story.ts'
export { aloneInWords, factsInWords, story } from './analyse/story.ts'
export type { AnalyseFacts, Attendance, BodyFacts, Turnout } from './analyse/inputs.ts'
export { cheapestFacts, watchfulFacts } from './analyse/inputs.ts'
export type { BallotAsked } from './ballot-asked.ts'
export { ballotAsked } from './ballot-asked.ts'
export { fewestOpened } from './decision/declare-act.ts'
export type { Standard } from './decision/standard.ts'
export { standards } from './decision/standard.ts'
export type { Span, StageView } from './timeline.ts'
export { timeline } from './timeline.ts'
export type { Waiting } from './decision/waiting.ts'
export { waiting } from './decision/waiting.ts'
export type { WordsLocale } from './words/words.ts'
export type { EditionWords } from './words/edition-words.ts'
export { editionWords, editionWordsText, parseEditionWords, wordsOfClause } from './words/edition-words.ts'
export { powerNames } from './schema/powers.ts'
export type { Appeal, Appeals } from './movement/appeal.ts'
export { isStayed } from './movement/appeal.ts'
export { appealEnd } from './movement/appeal-end.ts'
export type { YesNoTally } from './movement/bound.ts'
export { couldDecide } from './movement/bound.ts'
export type { Delegation } from './movement/delegation.ts'
export type { PersonHistory, HistoryEntry, Said } from './movement/history.ts'
export { ageAt, factsAt } from './movement/history.ts'
export type { Emergency } from './movement/emergency.ts'
export { emergencyAt } from './movement/emergency.ts'
export { factHolds } from './movement/fact.ts'
export type { Draft, Founding } from './movement/founding.ts'
export type { Application, FoundingRoll, Removal } from './movement/founding-roll.ts'
export { foundingRoll } from './movement/founding-roll.ts'
export type { CompiledGrant, GrantHolder } from './movement/grants.ts'
export { compiledGrants } from './movement/grants.ts'
export type { Group } from './movement/group.ts'
export { groupsNow, lineageOf, successorOf } from './movement/group.ts'
export type { Interest } from './movement/interest.ts'
export { drawByLot } from './movement/lot.ts'
export type { Meeting, Resolution } from './movement/meeting.ts'
export type { Movement, MovementAct, MovementEvent } from './movement/movement.ts'
export { emptyMovement } from './movement/movement.ts'
export type { Order, Target } from './movement/order.ts'
export { ordersInForce } from './movement/order.ts'
export type { Sanction } from './movement/sanction.ts'
export { sanctionsOn } from './movement/sanction.ts'
export type { Place, Seat, Tenure } from './movement/seat.ts'
export { holdersAt, seatKey, seatOf, seatsHeldBy } from './movement/seat.ts'
export type { FreezeTimes, RollParts, RollPlace, Standing } from './movement/standing.ts'
export { countParts, membership, placeOnRoll, standing } from './movement/standing.ts'
export type { ContactChange, ContactJudgement, ContactWindow } from './movement/quarantine.ts'
export { judgeContactChanges, toldBy } from './movement/quarantine.ts'
export { reliedOn } from './movement/reliance.ts'
export { rowOf, rowsOf, type Table, valuesOf } from './movement/table.ts'
export type { Under } from './movement/under.ts'
export { weighingOn } from './movement/weighing.ts'
export { movementDecision } from './terms.ts'
export { words, wordsVersion } from './words/words.ts'
