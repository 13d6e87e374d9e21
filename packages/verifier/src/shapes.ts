import type { BodyOf } from '@quorate/record'
import type { Act, Event, Fact, Refusal } from '@quorate/rulebook'

/** What an `act` entry says, in the rulebook's own types. */
export type RecordedAct = {
  readonly act: Act
  readonly facts: readonly Fact[]
  readonly deemed: readonly Event[]
  readonly events: readonly Event[]
}

/** What a `refusal` entry says, in the rulebook's own types. */
export type RecordedRefusal = {
  readonly refusal: Refusal
  readonly facts: readonly Fact[]
  readonly count: number
}

/** A type as its JSON is: brands and patterns become plain texts and numbers, closed words stay, intersections are written out. */
type Plain<T> = T extends string
  ? Record<never, never> extends Readonly<Record<T, 1>>
    ? string
    : T
  : T extends number
    ? number
    : T extends boolean | null
      ? T
      : T extends readonly (infer Item)[]
        ? readonly Plain<Item>[]
        : { readonly [K in keyof T]: Plain<T[K]> }

/**
 * The values of a shape of the record when it stands for exactly the JSON of a type of the rulebook, else `never`: an event or a field that
 * one of them has and the other has not stops the calls of the two functions below from compiling.
 */
type Mirroring<Type, Shaped> = [Plain<Type>] extends [Shaped] ? ([Shaped] extends [Plain<Type>] ? Shaped : never) : never

/** The body of an `act` entry as the rulebook reads it. The entry's shape has checked every spelling that a brand stands for. */
export const recordedAct = (body: Mirroring<RecordedAct, BodyOf<'act'>>): RecordedAct => body as unknown as RecordedAct

/** The body of a `refusal` entry as the rulebook reads it. */
export const recordedRefusal = (body: Mirroring<RecordedRefusal, BodyOf<'refusal'>>): RecordedRefusal =>
  body as unknown as RecordedRefusal
