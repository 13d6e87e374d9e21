import { fail, type Result } from '@quorate/kernel'
import { counterWith, entryIn, type ReadyToCount } from './choose.ts'
import type { ChoiceFault, CountMethod, Given, MethodEntry } from './method.ts'
import { pairMethods } from './pairs.ts'
import { budgetMethods, committeeMethods, gradeMethods, majorityMethods } from './papers.ts'
import { singleMethods } from './single.ts'
import { transferableMethods } from './stv.ts'

const entries: readonly MethodEntry[] = [
  ...transferableMethods,
  ...singleMethods,
  ...pairMethods,
  ...gradeMethods,
  ...committeeMethods,
  ...budgetMethods,
  ...majorityMethods,
]

/** Every method there is, the transferable votes first. */
export const countMethods: readonly CountMethod[] = entries

/** A method by its id, or by its bare name (then the newest version). */
export const countMethod = (name: string): CountMethod | undefined => entryIn(entries, name)

/** The counter of a method, with a value for every point its rule leaves open and does not call optional. */
export function counterOf(name: string, given: Given): Result<ReadyToCount, ChoiceFault> {
  const entry = entryIn(entries, name)
  return entry === undefined
    ? fail({ kind: 'unknown method', name, known: entries.map(({ id }) => id.replace(/@.*/, '')) })
    : counterWith(entry, given)
}
