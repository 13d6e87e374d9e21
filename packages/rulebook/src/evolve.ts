import type { Instant } from '@quorate/kernel'
import type { Fingerprint, Pseudonym } from './act.ts'
import type { Event } from './event.ts'
import { emptyMovement, evolveMovement } from './movement/movement.ts'
import { nobody, withoutPerson, withPerson } from './people-set.ts'
import {
  decisionOf,
  fieldOf,
  marksOf,
  type Amendment,
  type Box,
  type Candidate,
  type Challenge,
  type DecisionState,
  type Field,
  type StageMarks,
  type State,
} from './state.ts'

/**
 * The state after an event. Total, reads no rule, and never fails: an event of a decision that was never proposed changes nothing. Replaying
 * the same events gives the same state.
 */
export function evolve(state: State, event: Event): State {
  const recordedAt = state.recordedAt !== null && state.recordedAt > event.recordedAt ? state.recordedAt : event.recordedAt
  if (event.kind === 'movement') {
    const { id, clause, edition, by, occurredAt: at } = event
    return {
      ...state,
      movement: evolveMovement(state.movement ?? emptyMovement, event.did, { id, clause, edition, by, at }),
      recordedAt,
    }
  }
  const before = decisionOf(state, event.decision)
  const after = before === null ? begin(event) : advance(before, event)
  if (after === null) return { ...state, recordedAt }
  const decisions = { ...state.decisions, [event.decision]: { ...after, events: after.events + 1 } }
  const reaches = event.kind === 'enacted' && after.reaches === true
  return reaches
    ? { ...state, decisions, recordedAt, reaching: [...(state.reaching ?? []), event.newEdition] }
    : { ...state, decisions, recordedAt }
}

/** An event of one decision. */
type DecisionEvent = Exclude<Event, { readonly kind: 'movement' }>

function begin(event: DecisionEvent): DecisionState | null {
  if (event.kind !== 'proposed' && event.kind !== 'exercised') return null
  const { kind, power, document } = event
  return {
    id: event.decision,
    power,
    procedure: kind === 'proposed' ? event.procedure : '',
    by: event.by,
    document,
    changes: kind === 'proposed' ? event.changes : [],
    proposedAt: event.occurredAt,
    proposedUnder: event.edition,
    noticedUnder: null,
    stages: {},
    events: 0,
    ended: null,
  }
}

function advance(decision: DecisionState, event: DecisionEvent): DecisionState {
  if (event.kind === 'ended') return { ...decision, ended: { outcome: event.outcome, at: event.occurredAt } }
  const marks = marksOf(decision, event.stage)
  const stages = { ...decision.stages, [event.stage]: mark(marks, event) }
  switch (event.kind) {
    case 'noticed':
      return { ...decision, stages, noticedUnder: event.edition }
    case 'appealed':
      // What a refusal has ended is open again until the appeal is answered.
      return { ...decision, stages, ended: null }
    case 'amended':
      return {
        ...decision,
        stages,
        document: event.document,
        changes: event.changes,
        proposed: decision.proposed ?? decision.document,
      }
    case 'instant-stated':
      return { ...decision, stages, instants: { ...decision.instants, [event.anchor]: event.is } }
    case 'group-stated':
      return { ...decision, stages, group: event.group }
    case 'reach-stated':
      return { ...decision, stages, reaches: true }
    case 're-run-ordered':
      return { ...decision, stages, reruns: (decision.reruns ?? 0) + 1 }
    case 'ruled-incompatible':
      return {
        ...decision,
        stages,
        incompatible: [...(decision.incompatible ?? []), { with: event.with, at: event.occurredAt, outcome: null }],
      }
    case 'settled':
      return {
        ...decision,
        stages,
        incompatible: (decision.incompatible ?? []).map((other) =>
          other.with === event.with ? { ...other, outcome: event.outcome } : other,
        ),
      }
    default:
      return { ...decision, stages }
  }
}

/** One case per kind of event: a table, not a procedure. */
function mark(marks: StageMarks, event: DecisionEvent): StageMarks {
  const at = event.occurredAt
  const box = (change: Partial<Box>): StageMarks => ({ ...marks, box: { ...marks.box, ...change } })
  switch (event.kind) {
    case 'signed':
      return { ...marks, signers: withPerson(marks.signers, event.by) }
    case 'withdrawn':
      return { ...marks, signers: withoutPerson(marks.signers, event.by) }
    case 'supported':
      return { ...marks, metAt: at }
    case 'unmet':
      return { ...marks, metAt: null }
    case 'checked':
    case 'considered':
      return { ...marks, outcome: { says: event.outcome, at } }
    case 'noticed':
      return { ...marks, notice: { servedAt: at, receivedAt: event.receivedAt, served: event.served, of: event.of } }
    case 'frozen':
      return { ...marks, roll: { at, size: event.size, root: event.root, electorate: event.electorate } }
    case 'scheduled':
      return box({ scheduledAt: at, opensAt: event.opensAt, closesAt: event.closesAt })
    case 'opened':
      return box({ openedAt: at, closesAt: event.closesAt })
    case 'cast':
      return box({ voters: withPerson(marks.box.voters, event.by), casts: marks.box.casts + 1 })
    case 'extended':
      return box({ closesAt: event.closesAt, extended: true })
    case 'closed':
      return box({ closedAt: at })
    case 'declared':
      return box({ result: { outcome: event.outcome, at, tally: event.tally } })
    case 'countersigned':
      return { ...marks, countersigned: [...marks.countersigned, { by: event.by, says: event.says }] }
    case 'certified':
      return { ...marks, certifiedAt: at }
    case 'challenged':
      return {
        ...marks,
        challenges: [...marks.challenges, { by: event.by, ground: event.ground, document: event.document, at, answer: null }],
      }
    case 'challenge-answered':
      return { ...marks, challenges: answered(marks.challenges, event.outcome, at) }
    case 'enacted':
      return { ...marks, enactedAt: at }
    case 'skipped':
      return { ...marks, skipped: true }
    case 'places-stated':
      return { ...marks, field: { ...fieldOf(marks), places: event.places } }
    case 'quotas-stated':
      return { ...marks, field: { ...fieldOf(marks), quotas: { required: event.required, nominated: event.nominated } } }
    case 'stood':
      return { ...marks, field: withCandidate(fieldOf(marks), event.candidate, event.by, event.statement) }
    case 'stood-down':
      return { ...marks, field: changed(fieldOf(marks), event.candidate, (c) => ({ ...c, stoodDownAt: at })) }
    case 'seconded':
      return { ...marks, field: changed(fieldOf(marks), event.candidate, (c) => seconded(c, event.by, event.group)) }
    case 'accepted':
      return { ...marks, field: changed(fieldOf(marks), event.candidate, (c) => ({ ...c, acceptedAt: at })) }
    case 'nominated':
      return { ...marks, outcome: { says: event.outcome, at } }
    case 'chosen':
      return box({ chosen: event.options })
    case 'appealed':
      return { ...marks, appeal: { by: event.by, document: event.document, at, answer: null } }
    case 'appeal-answered':
      return marks.appeal === undefined
        ? marks
        : { ...marks, appeal: { ...marks.appeal, answer: { outcome: event.outcome, at } } }
    case 'hustings-held':
      return { ...marks, hustingsAt: at }
    case 'amendment-moved':
    case 'composed':
      return { ...marks, amendments: [...(marks.amendments ?? []), moved(event)] }
    case 'amendment-backed':
      return amending(marks, event.amendment, (a) => ({ ...a, backers: withPerson(a.backers, event.by) }))
    case 'amendment-admitted':
      return amending(marks, event.amendment, (a) => ({ ...a, admittedAt: at }))
    case 'amendment-withdrawn':
      return amending(marks, event.amendment, (a) => ({ ...a, withdrawnAt: at }))
    case 'amendment-consented':
      return amending(marks, event.amendment, (a) => ({ ...a, consents: [...a.consents, event.by] }))
    case 'amendment-decided':
      return amending(marks, event.amendment, (a) => ({ ...a, outcome: event.outcome }))
    case 'convened':
      return { ...marks, heldAt: event.heldAt }
    case 'provisional':
      return box({ provisional: withPerson(marks.box.provisional ?? nobody, event.by) })
    case 'roll-settled':
      return box(rollSettled(marks.box, event.voter, event.outcome))
    case 'proposed':
    case 'exercised':
    case 'ended':
    case 'amended':
    case 'ruled-incompatible':
    case 'settled':
    case 'doubt-measured':
    case 'instant-stated':
    case 'group-stated':
    case 'reach-stated':
      return marks
    case 're-run-ordered':
      return { ...marks, doubtAt: at }
  }
}

/** Challenges are answered in the order they were made. */
function answered(challenges: readonly Challenge[], outcome: 'upheld' | 'dismissed', at: Instant): readonly Challenge[] {
  const open = challenges.findIndex((c) => c.answer === null)
  return challenges.map((c, i) => (i === open ? { ...c, answer: { outcome, at } } : c))
}

const amending = (marks: StageMarks, number: number, change: (amendment: Amendment) => Amendment): StageMarks => ({
  ...marks,
  amendments: (marks.amendments ?? []).map((a, i) => (i === number - 1 ? change(a) : a)),
})

const moved = (event: Extract<Event, { readonly kind: 'amendment-moved' | 'composed' }>): Amendment => ({
  by: event.by,
  at: event.occurredAt,
  document: event.document,
  changes: event.changes,
  backers: nobody,
  admittedAt: null,
  withdrawnAt: null,
  outcome: null,
  of: event.kind === 'composed' ? event.of : [],
  consents: [],
})

/** A voter found not to belong on the roll: their ballot leaves the box while it is closed to counting, and stays counted afterwards. */
function rollSettled(box: Box, voter: Pseudonym, outcome: 'stays' | 'left' | 'late'): Partial<Box> {
  const provisional = withoutPerson(box.provisional ?? nobody, voter)
  if (outcome === 'stays') return { provisional }
  return outcome === 'left'
    ? { provisional, voters: withoutPerson(box.voters, voter), left: (box.left ?? 0) + 1 }
    : { provisional, tooLate: (box.tooLate ?? 0) + 1 }
}

const changed = (field: Field, number: number, change: (candidate: Candidate) => Candidate): Field => ({
  ...field,
  candidates: field.candidates.map((c, i) => (i === number - 1 ? change(c) : c)),
})

function withCandidate(field: Field, number: number, by: Candidate['by'], statement: Fingerprint | null): Field {
  if (number <= field.candidates.length)
    return changed(field, number, (c) => ({ ...c, statement: statement ?? c.statement, stoodDownAt: null }))
  const asked: Candidate = { by, statement, seconders: nobody, groups: {}, acceptedAt: null, stoodDownAt: null }
  return { ...field, candidates: [...field.candidates, asked] }
}

const seconded = (candidate: Candidate, by: Candidate['by'], group: string | null): Candidate => ({
  ...candidate,
  seconders: withPerson(candidate.seconders, by),
  groups: group === null ? candidate.groups : { ...candidate.groups, [group]: (candidate.groups[group] ?? 0) + 1 },
})
