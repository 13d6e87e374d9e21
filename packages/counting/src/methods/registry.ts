import { fail, ok, type Result } from '@quorate/kernel'
import type { BoundedCounter, ChoiceFault, Counter, CountMethod, Given, MethodEntry } from './method.ts'
import { pairMethods } from './pairs.ts'
import { budgetMethods, committeeMethods, gradeMethods, majorityMethods } from './papers.ts'
import { takes } from './points.ts'
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
export const countMethod = (name: string): CountMethod | undefined => entryNamed(name)

const entryNamed = (name: string): MethodEntry | undefined =>
  entries.findLast(({ id }) => id === name || id.replace(/@\d+$/, '') === name)

/** The counter of a method, with a value for every point its rule leaves open and does not call optional. */
export function counterOf(
  name: string,
  given: Given,
): Result<{ readonly method: CountMethod; readonly count: Counter; readonly bounded: BoundedCounter | null }, ChoiceFault> {
  const entry = entryNamed(name)
  if (entry === undefined) return fail({ kind: 'unknown method', name, known: entries.map(({ id }) => id.replace(/@.*/, '')) })
  for (const [param, value] of given) {
    const point = entry.open.find((open) => open.name === param)
    if (point === undefined) return fail({ kind: 'unknown param', name: param, method: entry })
    if (!takes(point, value)) return fail({ kind: 'bad value', value, point })
  }
  const [first, ...others] = entry.open.filter((point) => !point.optional && !given.has(point.name))
  if (first !== undefined) return fail({ kind: 'not chosen', method: entry, points: [first, ...others] })
  return ok({ method: entry, count: entry.counter(given), bounded: entry.bounded?.(given) ?? null })
}
