import { canonicalJson, type Json } from '@quorate/kernel'
import { checkRollCall, rollCallFigures } from '@quorate/record'
import type { Fact } from '@quorate/rulebook'
import type { FactCase } from './fact-case.ts'
import { faultOf, type Fault } from './verdict.ts'

/**
 * The roll-call that a `resolution` fact cites, counted again: it holds by itself under the log's key, it is of this body, power and text, its figures are those
 * of the fact and of the act, and no other act rested on it. Null when all that is so, undefined when none is cited or its document is another decision's.
 * That the person in a seat said so is the service's word, and is counted as stated.
 */
export function rollCallFault(kase: Omit<FactCase, 'shown' | 'state'>, fact: Fact): Fault | null | undefined {
  const { act, evidence, replaying, index, clause } = kase
  if (fact.evidence === null) return undefined
  const differs = (expected: string, found: string): Fault =>
    faultOf('roll-call-differs', { entry: index, clause, expected, found })
  const before = replaying.rollCalls.get(fact.evidence)
  if (before !== undefined) return differs('a roll-call of its own', `that of entry ${String(before)}`)
  replaying.rollCalls.set(fact.evidence, index)
  if (act.decision !== evidence.dossier.decision || act.kind === 'movement') return undefined
  const text = evidence.dossier.documents[fact.evidence]
  if (text === undefined)
    return faultOf('evidence-missing', { entry: index, clause, expected: `a roll-call ${fact.evidence}`, found: 'none' })
  const checked = checkRollCall(text, evidence.dossier.logKey)
  if (checked.kind === 'fail') return differs(`${checked.error.path} ${checked.error.expected}`, checked.error.found)
  const rollCall = checked.value
  const figures = rollCallFigures(rollCall)
  const rests: readonly (readonly [string, Json | undefined, Json])[] = [
    ['/body', fact.of ?? '', rollCall.body],
    ['/power', 'power' in act ? act.power : rollCall.power, rollCall.power],
    ['/question', 'document' in act ? act.document : undefined, rollCall.question],
    ['/closedAt', fact.at, rollCall.closedAt],
    ['figures', fact.value, figures],
    [
      '/votes',
      act.kind === 'exercise' ? act.vote : { for: figures.for, against: figures.against },
      { for: figures.for, against: figures.against },
    ],
  ]
  for (const [where, said, is] of rests) {
    const expected = said === undefined ? 'an act on a text' : canonicalJson(said)
    if (expected !== canonicalJson(is)) return differs(`${where} ${expected}`, canonicalJson(is))
  }
  replaying.stated.set('roll-call', (replaying.stated.get('roll-call') ?? 0) + 1)
  return null
}
