import { applyChanges, compareText, parseRulebook, type DecisionState, type EditionNumber } from '@quorate/rulebook'
import type { Evidence, Logged } from './check.ts'
import { difference } from './difference.ts'
import { proposedChanges } from './proposal.ts'
import type { PendingEdition, Replaying } from './replay.ts'
import type { RecordedAct } from './shapes.ts'
import { faultOf, type Fault } from './verdict.ts'

/**
 * Takes in an `edition` entry. The first edition has no decision behind it; every later one waits for the act of its decision that puts it in
 * force, which must follow before anything else is enacted.
 */
export function noteEdition(replaying: Replaying, { dossier }: Evidence, edition: Logged<'edition'>): Fault | null {
  const { index, entry, body } = edition
  const number = body.edition as EditionNumber // the shape has checked that it counts from 1
  const expected = (replaying.inForce ?? 0) + 1
  if (replaying.pending !== null) return uncitedEdition(replaying.pending)
  if (number !== expected) return faultOf('edition-out-of-order', { entry: index, expected, found: number })
  if ((entry.decision === null) !== (number === 1))
    return faultOf('edition-not-enacted', {
      entry: index,
      expected: number === 1 ? 'a first edition without a decision' : 'a decision that enacted it',
      found: entry.decision ?? 'none',
    })
  const text = dossier.documents[body.text] ?? ''
  const rulebook = parseRulebook(text, number)
  if (rulebook.kind === 'fail' || rulebook.value.textHash !== body.text)
    return faultOf('edition-unreadable', {
      entry: index,
      expected: `a rulebook with fingerprint ${body.text}`,
      found:
        rulebook.kind === 'fail'
          ? `${rulebook.error[0].code} at line ${String(rulebook.error[0].line)}`
          : rulebook.value.textHash,
    })
  if (number === 1) {
    replaying.editions.set(number, { text, rulebook: rulebook.value })
    replaying.inForce = number
  } else replaying.pending = { ...edition, text, rulebook: rulebook.value }
  return null
}

/** An edition that no act put in force. */
export const uncitedEdition = ({ index, body }: PendingEdition): Fault =>
  faultOf('edition-not-enacted', { entry: index, expected: `an act that enacts edition ${String(body.edition)}`, found: 'none' })

/**
 * Puts a new edition in force when an act has enacted one: the entry before it holds it, and its text is the text in force with exactly the
 * changes that were proposed. `state`: the decision before the act.
 */
export function takeEdition(
  replaying: Replaying,
  { dossier }: Evidence,
  index: number,
  { act, events }: RecordedAct,
  state: DecisionState | null,
): Fault | null {
  const enacted = events.find((event) => event.kind === 'enacted')
  const { pending, inForce } = replaying
  if (enacted === undefined || inForce === null || enacted.newEdition === inForce) return null
  const { clause } = enacted
  if (pending === null || pending.entry.decision !== act.decision || pending.body.edition !== enacted.newEdition)
    return faultOf('evidence-missing', {
      entry: index,
      clause,
      expected: `an entry of edition ${String(enacted.newEdition)} before it`,
      found: 'none',
    })
  if (pending.body.text !== enacted.text)
    return faultOf('edition-differs', { entry: pending.index, clause, expected: enacted.text, found: pending.body.text })
  const before = replaying.editions.get(inForce)?.text ?? ''
  const changes = state?.changes ?? []
  const really = compareText(before, pending.text).map((d) => ({
    clause: d.clause,
    before: d.before?.fingerprint ?? null,
    after: d.after?.fingerprint ?? null,
  }))
  const byClause = <T extends { readonly clause: string }>(list: readonly T[]): T[] =>
    list.toSorted((a, b) => (a.clause < b.clause ? -1 : 1))
  const other = difference(byClause(changes), byClause(really))
  if (other !== null)
    return faultOf('edition-differs', { entry: pending.index, clause, expected: other.expected, found: other.found })
  const document = dossier.documents[state?.document ?? '']
  const proposed = document === undefined ? null : proposedChanges(document, changes)
  if (proposed !== null) {
    // Down to the blank lines between clauses, which no fingerprint of a clause covers.
    const applied = applyChanges(before, proposed, enacted.newEdition)
    if (applied.kind === 'fail' || applied.value !== pending.text)
      return faultOf('edition-differs', {
        entry: pending.index,
        clause,
        expected: 'the text in force with the changes applied',
        found: 'another text',
      })
  }
  replaying.editions.set(enacted.newEdition, pending)
  replaying.inForce = enacted.newEdition
  replaying.pending = null
  return null
}
