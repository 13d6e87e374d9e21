import { canonicalJson, type Json } from '@quorate/kernel'
import { readRollCall, rollCallFigures } from '@quorate/record'
import type { Fact } from '@quorate/rulebook'
import type { FactCase } from './fact-case.ts'
import { deviceLineFault, lineKinds } from './roll-call-devices.ts'
import { faultOf, type Fault } from './verdict.ts'

/**
 * The roll-call that a `resolution` fact cites, counted again: it holds by itself under the log's key, it is of this body, power and text, its figures are those
 * of the fact and of the act, each line is signed by a device where its seat had one, and no other act rested on it. Null when all that is so, undefined when
 * none is cited or its document is another decision's. Who signed each line is counted as stated: of a device the register says whose it is, of any other
 * line the service says that the person in the seat said so.
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
  const checked = readRollCall(text, evidence.dossier.logKey)
  if (checked.kind === 'fail') return differs(`${checked.error.path} ${checked.error.expected}`, checked.error.found)
  const rollCall = checked.value
  const figures = rollCallFigures({ votes: rollCall.counted })
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
  const downgraded = deviceLineFault(rollCall, replaying.keeping.devices)
  if (downgraded !== null) return differs(`${downgraded.path} ${downgraded.expected}`, downgraded.found)
  const note = (name: string, count: number) => replaying.stated.set(name, (replaying.stated.get(name) ?? 0) + count)
  note('roll-call', 1)
  for (const [name, count] of lineKinds(rollCall, replaying.keeping.devices)) if (count > 0) note(name, count)
  return null
}
