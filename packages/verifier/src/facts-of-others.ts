import { canonicalJson, type Json } from '@quorate/kernel'
import {
  fingerprintOf,
  foundingText,
  provision,
  rowsOf,
  type DecisionState,
  type Draft,
  type Fact,
  type Rulebook,
} from '@quorate/rulebook'
import type { FactCase } from './fact-case.ts'
import { countsOf, readingsOf } from './result-rows.ts'
import { faultOf, type Fault } from './verdict.ts'

// Facts that rest on something else of the same record: another decision, another vote, an appeal, a draft. `undefined`: nothing here shows it.

type Checked = Fault | null | undefined

const missing = (kase: FactCase, expected: string): Fault =>
  faultOf('evidence-missing', { entry: kase.index, clause: kase.clause, expected, found: 'none' })

const compared = (kase: FactCase, fact: Fact, entry: number, is: Json): Fault | null => {
  const [said, found] = [canonicalJson(fact.value), canonicalJson(is)]
  if (said === found) return null
  return faultOf('fact-differs', { entry, clause: kase.clause, expected: `${said} (entry ${String(kase.index)})`, found })
}

const numberIn = (of: string | null): number | null => {
  const digits = /^decision ([1-9][0-9]{0,8})$/.exec(of ?? '')?.[1]
  return digits === undefined ? null : Number(digits)
}

/** The last result among the stages of a decision. */
const resultOf = (decision: DecisionState) =>
  Object.values(decision.stages).findLast(({ box }) => box.result !== null)?.box.result ?? null

/** What became of another decision, as the replay has it: a decision without a result shows nothing. */
export function outcomeFault(kase: FactCase, fact: Fact): Checked {
  const number = numberIn(fact.of)
  const other = number === null ? undefined : kase.replaying.decisions.get(number)
  const result = other === undefined ? null : resultOf(other)
  if (result === null) return missing(kase, `a result of ${fact.of ?? 'the other decision'} before it`)
  const { tally, outcome, at } = result
  const whole = { carried: outcome === 'carried' ? 1 : 0, for: tally.for, against: tally.against, at }
  // Only what the rule asks for is stated.
  const said = typeof fact.value === 'object' ? Object.keys(fact.value) : []
  return compared(kase, fact, kase.index, Object.fromEntries(Object.entries(whole).filter(([key]) => said.includes(key))))
}

/**
 * The vote between two motions that cannot both stand. Said to come from a tally, it is that of the `result` entry whose text its evidence names; a vote
 * by hands is attested, and cannot be counted again.
 */
export function runOffFault(kase: FactCase, fact: Fact): Checked {
  if (fact.source !== 'tally') return undefined
  const result = kase.replaying.results.find(({ body }) => fingerprintOf(body.result) === fact.evidence)
  if (result === undefined) return missing(kase, 'the result entry of the run-off before it')
  const [row, ...more] = countsOf(result.body) ?? []
  const readings = row === undefined || more.length > 0 ? [] : readingsOf(row)
  const votes = readings.map((reading) => ({ for: reading.for, against: reading.against }))
  const [first] = votes
  if (first === undefined) return missing(kase, 'a run-off between two')
  return votes.some((one) => compared(kase, fact, result.index, one) === null) ? null : compared(kase, fact, result.index, first)
}

/**
 * What an appeal about a place on the roll came to. By a court’s order: that the order is on the record. By a panel’s answer: as many places as stay were
 * appeals allowed, and as many as leave were dismissed, for nothing on the record may tell whose appeal a voter’s was.
 */
export function rollAppealFault(kase: FactCase, fact: Fact): Checked {
  const { movement, settledPlaces } = kase.replaying
  if (fact.source === 'order') {
    const orders = movement === null ? [] : rowsOf(movement.orders.byId)
    return orders.some(([, order]) => order.document === fact.evidence) ? null : missing(kase, 'the order on the record')
  }
  if (fact.source !== 'attestation' || typeof fact.value !== 'boolean') return undefined
  const outcome = fact.value ? 'allowed' : 'dismissed'
  const answered = movement === null ? 0 : rowsOf(movement.appeals.byId).filter(([, appeal]) => appeal.outcome === outcome).length
  const settled = settledPlaces[outcome] + 1
  if (settled <= answered) {
    settledPlaces[outcome] = settled
    return null
  }
  return faultOf('fact-differs', {
    entry: kase.index,
    clause: kase.clause,
    expected: `${String(settled)} appeals ${outcome}`,
    found: String(answered),
  })
}

/** A draft to found a movement on, read again where its text is in the dossier. What the linter found is that of its day. */
export function draftFault(kase: FactCase, fact: Fact): Checked {
  const { act, replaying, evidence, index, clause } = kase
  const does = act.kind === 'movement' ? act.does : null
  const drafts: readonly Draft[] = does?.kind === 'found' ? does.drafts : (replaying.movement?.life.founding?.drafts ?? [])
  const draft = drafts.find(({ id }) => id === fact.of)
  const text = draft === undefined ? undefined : evidence.dossier.documents[draft.text]
  if (draft === undefined || text === undefined) return undefined
  const is = foundingText(draft.id, text, act.recordedAt).fact.value
  const keyed = (value: Fact['value'], key: string): unknown =>
    typeof value === 'object' && Object.hasOwn(value, key) ? value[key] : undefined
  const other = ['text', 'diagnostics', 'open'].find((key) => keyed(is, key) !== keyed(fact.value, key))
  if (other === undefined) return null
  const [expected, found] = [keyed(is, other), keyed(fact.value, other)].map((value) => `${other} ${String(value)}`)
  return faultOf('fact-differs', { entry: index, clause, expected: expected ?? '', found: found ?? '' })
}

type Who = Extract<
  Extract<ReturnType<typeof stageOf>, { readonly do: 'nominate' }>['candidates'],
  { readonly kind: '<who>' }
>['who']

const stageOf = (rulebook: Rulebook, procedure: string, stage: string) =>
  provision(rulebook, 'procedure', procedure)?.rule.stages.find(({ id }) => id === stage)

/**
 * Whether somebody may stand, as far as the act itself says it: the electorate they are in, the offices and seats they hold. What only the register
 * knows, such as an age, stays its word; but it may not say yes where another fact of the same act says no.
 */
export function mayStandFault(kase: FactCase, fact: Fact): Checked {
  const { state, replaying, facts, index, clause } = kase
  const rulebook = replaying.editions.get(state?.noticedUnder ?? replaying.inForce ?? (0 as never))?.rulebook
  const stage = rulebook === undefined || state === null ? undefined : stageOf(rulebook, state.procedure, fact.of ?? '')
  if (stage?.do !== 'nominate' || stage.candidates.kind !== '<who>') return undefined
  const holds = known(stage.candidates.who, facts)
  if (holds === null) return undefined
  return holds === fact.value
    ? null
    : faultOf('fact-differs', {
        entry: index,
        clause,
        expected: `may-stand ${String(holds)}`,
        found: `may-stand ${canonicalJson(fact.value)}`,
      })
}

/** A condition by what facts say: true, false, or null where they leave it open. */
function known(who: Who, facts: readonly Fact[]): boolean | null {
  const said = (name: string, of: string): boolean | null => {
    const value = facts.find((fact) => fact.name === name && fact.of === of)?.value
    return typeof value === 'boolean' ? value : null
  }
  switch (who.kind) {
    case 'and':
    case 'or': {
      const parts = who.parts.map((part) => known(part, facts))
      const deciding = who.kind === 'or'
      return parts.includes(deciding) ? deciding : parts.includes(null) ? null : !deciding
    }
    case 'not': {
      const part = known(who.part, facts)
      return part === null ? null : !part
    }
    case 'electorate':
      return said('eligible', who.id)
    case 'office':
      return said('holds-office', who.id)
    case 'seat on':
      return said('holds-seat', who.id)
    default:
      return null
  }
}
