// A method and the values chosen for its open points, ready to count.
import { fail, ok, type Result } from '@quorate/kernel'
import { takes } from './points.ts'
import type {
  AsIfCounter,
  BoundedCounter,
  ChoiceFault,
  Counter,
  CountMethod,
  Given,
  MethodEntry,
  SecondRoundCounter,
} from './method.ts'

/** A counter with the method it counts by, and its other ways of counting; null where it has them not. */
export type ReadyToCount = {
  readonly method: CountMethod
  readonly count: Counter
  readonly bounded: BoundedCounter | null
  readonly asIf: AsIfCounter | null
  readonly secondRound: SecondRoundCounter | null
}

/** The method of that id, or of that bare name (then the newest version). */
export const entryIn = (entries: readonly MethodEntry[], name: string): MethodEntry | undefined =>
  entries.findLast(({ id }) => id === name || id.replace(/@\d+$/, '') === name)

/** The counter of a method, with a value for every point its rule leaves open and does not call optional. */
export function counterWith(entry: MethodEntry, given: Given): Result<ReadyToCount, ChoiceFault> {
  for (const [param, value] of given) {
    const point = entry.open.find((open) => open.name === param)
    if (point === undefined) return fail({ kind: 'unknown param', name: param, method: entry })
    if (!takes(point, value)) return fail({ kind: 'bad value', value, point })
  }
  const [first, ...others] = entry.open.filter((point) => !point.optional && !given.has(point.name))
  if (first !== undefined) return fail({ kind: 'not chosen', method: entry, points: [first, ...others] })
  return ok({
    method: entry,
    count: entry.counter(given),
    bounded: entry.bounded?.(given) ?? null,
    asIf: entry.asIf?.(given) ?? null,
    secondRound: entry.secondRound?.(given) ?? null,
  })
}
