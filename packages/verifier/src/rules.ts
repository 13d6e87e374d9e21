import type { Json } from '@quorate/kernel'
import {
  decide,
  evolve,
  provision,
  type Act,
  type Event,
  type DecisionId,
  type DecisionState,
  type Editions,
  type Rulebook,
  type State,
} from '@quorate/rulebook'
import { staysShut } from './ballot-stage.ts'
import type { Evidence, Logged, LoggedEntry, Step } from './check.ts'
import { difference } from './difference.ts'
import { noteEdition, takeEdition, uncitedEdition } from './editions.ts'
import { factFault, shownFor } from './facts.ts'
import { excluding, keepingFault } from './keeping.ts'
import {
  editionsOf,
  keepPaper,
  keepState,
  logged,
  startReplay,
  stateFor,
  type Replay,
  type Replaying,
  type ShownType,
} from './replay.ts'
import { rollCallFault } from './roll-call-fact.ts'
import { recordedAct, recordedRefusal, type RecordedAct } from './shapes.ts'
import { faultOf, notChecked, passed, type Fault, type Outcome } from './verdict.ts'

/** What the rules check says, what it took from the register without being able to check it, and what it established. */
export type RulesOutcome = { readonly rules: Outcome; readonly register: Outcome; readonly replay: Replay | null }

/**
 * Replays the rules over the whole log: every act of every decision is judged again from the editions' own texts, and must come out with the
 * very events that were written down; every refusal must be refused for the same reasons; every edition comes from an act that enacted it.
 * Stops at the first entry at fault. Cost: a judgement an act, about a millisecond.
 */
export function checkRules(evidence: Evidence, step: Step): RulesOutcome {
  const replaying = startReplay()
  const counts = { acts: 0, refusals: 0, editions: 0 }
  for (const [i, entry] of evidence.entries.entries()) {
    if (i % 50 === 0) step(i, evidence.entries.length)
    const fault = entryFault(replaying, evidence, entry)
    if (fault !== null) return stopped(fault)
    const { type } = entry.entry
    if (type === 'act') counts.acts++
    if (type === 'refusal') counts.refusals++
    if (type === 'edition') counts.editions++
  }
  const left = leftOver(replaying)
  if (left !== null) return stopped(left)
  const { dossier } = evidence
  const editions = editionsOf(replaying)
  const stated = [...replaying.stated].map(([name, count]) => ({ name, count }))
  return {
    rules: passed(
      { name: 'acts', count: counts.acts },
      { name: 'refusals', count: counts.refusals },
      { name: 'editions', count: counts.editions },
    ),
    register: stated.length === 0 ? passed() : notChecked('stated-by-register', ...stated),
    replay: editions === null ? null : { acts: replaying.acts, decision: decisionIn(replaying, dossier.decision), editions },
  }
}

const stopped = (fault: Fault): RulesOutcome => ({
  rules: { state: 'failed', fault },
  register: notChecked('earlier-check-failed'),
  replay: null,
})

const decisionIn = (replaying: Replaying, number: number): DecisionState | null => replaying.decisions.get(number) ?? null

/** What the record shows and no act rests on: something was appended beside the rules, or an act was taken away. */
function leftOver(replaying: Replaying): Fault | null {
  const [first] = [...replaying.uncited.values()].toSorted((a, b) => a.index - b.index)
  if (replaying.pending !== null && (first === undefined || replaying.pending.index < first.index))
    return uncitedEdition(replaying.pending)
  return first === undefined ? null : uncited(first)
}

const uncited = ({ index, entry }: LoggedEntry): Fault =>
  faultOf('entry-uncited', { entry: index, expected: 'an act that rests on it', found: `${entry.type} alone` })

function entryFault(replaying: Replaying, evidence: Evidence, item: LoggedEntry): Fault | null {
  switch (item.entry.type) {
    case 'edition': {
      const edition = logged(item, 'edition')
      return edition === null ? null : noteEdition(replaying, evidence, edition)
    }
    case 'act': {
      const act = logged(item, 'act')
      return act === null ? null : actFault(replaying, evidence, item, recordedAct(act.body))
    }
    case 'refusal': {
      const refusal = logged(item, 'refusal')
      return refusal === null ? null : refusalFault(replaying, evidence, refusal)
    }
    case 'delivery':
    case 'roll':
    case 'setup':
    case 'ballot':
    case 'box-closed':
    case 'result':
      return noteShown(replaying, item, item.entry.type)
    default:
      return keepingFault(replaying, item, evidence.dossier.logKey.name)
  }
}

// What may stand once in a decision: its roll, its ballot's set-up, the end of voting, its result.
const once: readonly ShownType[] = ['roll', 'setup', 'box-closed', 'result']
// What is written together with its act. A set-up may be published before its ballot opens, and the end of voting before the rules say so.
const withItsAct: readonly ShownType[] = ['delivery', 'roll', 'ballot', 'result']

function noteShown(replaying: Replaying, item: LoggedEntry, type: ShownType): Fault | null {
  const { index, entry } = item
  if (entry.decision === null) return faultOf('decision-differs', { entry: index, expected: 'a decision', found: 'none' })
  const shown = replaying.shown.get(entry.decision) ?? {}
  const before = shown[type]
  if (before !== undefined && once.includes(type))
    return faultOf('entry-twice', { entry: index, expected: `one ${type}`, found: `another in entry ${String(before.index)}` })
  const waiting = replaying.uncited.get(entry.decision)
  if (waiting !== undefined) return uncited(waiting)
  const own = logged(item, type)
  if (own === null) return null
  const result = logged(item, 'result')
  if (result !== null) replaying.results.push(result)
  // The number of a decision, as the shape of an entry has checked.
  if (type === 'setup') keepPaper(replaying, entry.decision as DecisionId, entry.at)
  replaying.shown.set(entry.decision, { ...shown, [type]: own })
  const mailing = logged(item, 'delivery')?.body.mailing
  if (withItsAct.includes(type) && (mailing === undefined || mailing === 'notice')) replaying.uncited.set(entry.decision, own)
  return null
}

/** An entry belongs to the decision of its act; what is outside any one decision stands under none. */
function decisionFault({ index, entry }: LoggedEntry, act: Act, clause: string): Fault | null {
  const expected = act.kind === 'movement' ? null : act.decision
  if (entry.decision === expected) return null
  return faultOf('decision-differs', {
    entry: index,
    clause,
    expected: entry.decision ?? 'a decision',
    found: expected ?? 'none',
  })
}

/** Instants are those of the log: an act is written down when its entry is, and what the rule does itself happens then and not before. */
function instantFault({ index, entry }: LoggedEntry, act: Act, clause: string): Fault | null {
  if (act.recordedAt !== entry.at)
    return faultOf('instant-differs', { entry: index, clause, expected: entry.at, found: act.recordedAt })
  if (act.by === 'rule' && act.occurredAt !== act.recordedAt)
    return faultOf('instant-differs', { entry: index, clause, expected: act.recordedAt, found: act.occurredAt })
  return null
}

function actFault(replaying: Replaying, evidence: Evidence, item: LoggedEntry, recorded: RecordedAct): Fault | null {
  const { index, entry } = item
  const { act, facts, deemed, events } = recorded
  const clause = (events[0] ?? deemed[0])?.clause ?? '0@0'
  const misplaced = decisionFault(item, act, clause)
  if (misplaced !== null) return misplaced
  const instants = instantFault(item, act, clause)
  if (instants !== null) return instants
  const editions = editionsOf(replaying)
  if (editions === null) return faultOf('no-edition', { entry: index, clause, expected: 'an edition in force', found: 'none' })
  const before = stateFor(replaying, act)
  const state = before.decisions[act.decision] ?? null
  const resting = restsOn(replaying, recorded, index, clause)
  if (resting !== null) return resting
  const shown = replaying.shown.get(act.decision) ?? {}
  const facted = factFault({ index, act, facts, replaying, evidence, shown, state, clause })
  if (facted !== null) return facted
  const judged = judgedFault(editions, before, recorded, index)
  if (judged !== null) return judged
  const after = [...deemed, ...events].reduce(evolve, before)
  keepState(replaying, before, after)
  for (const event of events)
    if (event.kind === 'exercised' && event.power === excluding)
      replaying.keeping.exclusions.set(event.decision, { clause: event.clause, by: act.by, as: act.as })
  const edition = takeEdition(replaying, evidence, index, recorded, state)
  if (edition !== null) return edition
  noteAct(replaying, evidence, { index, entry }, recorded)
  return null
}

/** Keeps an act that belongs to the decision in question, or reaches into it from outside: an outage gives its ballot more time. */
function noteAct(replaying: Replaying, { dossier }: Evidence, { index, entry }: LoggedEntry, recorded: RecordedAct): void {
  const ofIt = ({ decision }: Event): boolean => decision === dossier.decision
  const [deemed, events] = [recorded.deemed.filter(ofIt), recorded.events.filter(ofIt)]
  const editions = editionsOf(replaying)
  const own = replaying.decisions.get(dossier.decision)
  const rulebook = editions === null || own === undefined ? undefined : rulebookOf(editions, own)
  if (deemed.length + events.length > 0 && rulebook !== undefined)
    replaying.acts.push({ index, at: entry.at, recorded: { ...recorded, deemed, events }, rulebook })
}

/** The edition a decision runs under, as the rulebook says: that of its notice, else the one in force if it still has the procedure. */
function rulebookOf({ byNumber, inForce }: Editions, decision: DecisionState): Rulebook | undefined {
  const rulebook = byNumber.get(decision.noticedUnder ?? inForce)
  const has = rulebook !== undefined && provision(rulebook, 'procedure', decision.procedure) !== null
  return has ? rulebook : (byNumber.get(decision.proposedUnder) ?? rulebook)
}

/** The entry an act rests on stands before it, and nothing else waits for an act. */
function restsOn(replaying: Replaying, recorded: RecordedAct, index: number, clause: string): Fault | null {
  const { act } = recorded
  // Of a box that stays shut there is no result: its size alone is shown.
  const needed = staysShut(recorded) ? 'box-closed' : shownFor[act.kind]
  const waiting = replaying.uncited.get(act.decision)
  if (waiting !== undefined && waiting.entry.type !== needed) return uncited(waiting)
  replaying.uncited.delete(act.decision)
  if (needed === undefined) return null
  const found = withItsAct.includes(needed) ? waiting : replaying.shown.get(act.decision)?.[needed]
  return found === undefined
    ? faultOf('evidence-missing', { entry: index, clause, expected: `a ${needed} entry before it`, found: 'none' })
    : null
}

// Types of the rulebook are plain JSON by their definition; the entry they were read from has been checked to be.
const asJson = (value: unknown): Json => value as Json

function judgedFault(editions: Editions, before: State, recorded: RecordedAct, index: number): Fault | null {
  const { act, facts, deemed, events } = recorded
  const answer = decide(editions, before, facts, act)
  if (answer.kind === 'refusal') {
    const [route] = answer.routes
    const codes = route.reasons.map((reason) => reason.code).join(', ')
    return faultOf('not-permitted', {
      entry: index,
      clause: route.reasons[0].clause,
      expected: `refused: ${codes}`,
      found: 'permitted',
    })
  }
  const other = difference(asJson({ deemed: answer.deemed, events: answer.events }), asJson({ deemed, events }))
  if (other === null) return null
  const clause = [...answer.deemed, ...answer.events][0]?.clause
  return faultOf('events-differ', {
    entry: index,
    ...(clause === undefined ? {} : { clause }),
    expected: `${other.path} ${other.expected}`,
    found: other.found,
  })
}

function refusalFault(replaying: Replaying, evidence: Evidence, { index, entry, body }: Logged<'refusal'>): Fault | null {
  const { refusal, facts } = recordedRefusal(body)
  const { act } = refusal
  const { clause } = refusal.routes[0]
  const misplaced = decisionFault({ index, entry }, act, clause)
  if (misplaced !== null) return misplaced
  const instants = instantFault({ index, entry }, act, clause)
  if (instants !== null) return instants
  const editions = editionsOf(replaying)
  if (editions === null) return faultOf('no-edition', { entry: index, clause, expected: 'an edition in force', found: 'none' })
  const answer = decide(editions, stateFor(replaying, act), facts, act)
  for (const fact of facts) {
    const wrong = fact.name === 'resolution' ? rollCallFault({ index, act, facts, replaying, evidence, clause }, fact) : undefined
    if (wrong !== undefined && wrong !== null) return wrong
    if (wrong === undefined) replaying.stated.set(fact.name, (replaying.stated.get(fact.name) ?? 0) + 1)
  }
  if (answer.kind !== 'refusal') return faultOf('not-refused', { entry: index, clause, expected: 'permitted', found: 'refused' })
  const other = difference(asJson(answer.routes), asJson(refusal.routes))
  if (other === null) return null
  return faultOf('refusal-differs', { entry: index, clause, expected: `${other.path} ${other.expected}`, found: other.found })
}
