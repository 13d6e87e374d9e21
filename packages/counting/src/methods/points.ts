// Open points and how their values are read. A value has been checked by its point before anything here reads it.
import { fail, fraction, ok, type Fraction, type Result } from '@quorate/kernel'
import type { Base, Condition } from '../majority.ts'
import type { ChoicePoint, CountFailure, FreeForm, Given } from './method.ts'

/** Words of a point and what each stands for. */
export type WordsFor<T> = Readonly<Record<string, T>>

/** A point with fixed words only. */
export const wordPoint = (name: string, words: WordsFor<unknown>, about: string): ChoicePoint => ({
  name,
  values: Object.keys(words),
  form: null,
  about,
  optional: false,
})

/** A point that takes a form, and some words beside. */
export const formPoint = (
  name: string,
  form: FreeForm,
  about: string,
  more: { readonly values?: readonly string[]; readonly optional?: boolean } = {},
): ChoicePoint => ({ name, values: more.values ?? [], form, about, optional: more.optional ?? false })

/** What the word given for a point stands for. Its point has let only its own words pass. */
export function wordOf<T>(given: Given, point: ChoicePoint, words: WordsFor<T>): T {
  const value = words[given.get(point.name) ?? '']
  if (value === undefined) throw new RangeError(`${point.name} was checked before`)
  return value
}

const forms: Readonly<Record<FreeForm, RegExp>> = {
  'whole number': /^\d{1,15}$/,
  fraction: /^\d{1,9}(?:\/[1-9]\d{0,8})?$/,
  candidate: /\S/,
  scale: /^\d{1,6}-\d{1,6}$/,
  condition: /^(?:at-least|more-than):(?:\d{1,15}|\d{1,9}\/[1-9]\d{0,8}:[a-z-]+)$/,
  ratios: /^[^=,]+=\d{1,9}:[1-9]\d{0,8}(?:,[^=,]+=\d{1,9}:[1-9]\d{0,8})*$/,
}

/** Whether a point takes a value. */
export const takes = ({ values, form }: ChoicePoint, value: string): boolean =>
  values.includes(value) || (form !== null && forms[form].test(value) && (form !== 'condition' || conditionIn(value) !== null))

/** `2/3` or `1` as a fraction. */
export function fractionIn(text: string): Fraction {
  const [numerator = '0', denominator = '1'] = text.split('/')
  return fraction(BigInt(numerator), BigInt(denominator))
}

/** `0-5` as a scale. */
export function scaleIn(text: string): { readonly lowest: number; readonly highest: number } {
  const [lowest = 0, highest = 0] = text.split('-').map(Number)
  return { lowest, highest }
}

/** A candidate by name, or by number from 1 as in a ballot file. */
export function candidateIn(text: string, names: readonly string[], param: string): Result<number, CountFailure> {
  const byName = names.indexOf(text)
  if (byName >= 0) return ok(byName)
  const index = /^\d{1,6}$/.test(text) ? Number(text) - 1 : -1
  return names[index] === undefined ? fail({ kind: 'bad param', param }) : ok(index)
}

const bases: readonly Base[] = [
  'for-and-against',
  'votes-cast',
  'valid',
  'returned',
  'issued',
  'roll',
  'present',
  'seated',
  'seats',
  'electorate',
]

/** `at-least:2/3:for-and-against`, `more-than:1/2:roll`, `at-least:100`: comparison and need; null for a base nobody knows. */
export function conditionIn(text: string): Pick<Condition, 'comparison' | 'need'> | null {
  const [how = '', share = '', base] = text.split(':')
  const comparison = how === 'at-least' ? 'at least' : 'more than'
  if (base === undefined) return { comparison, need: { kind: 'number', number: Number(share) } }
  const of = bases.find((known) => known === base)
  return of === undefined ? null : { comparison, need: { kind: 'share', share: fractionIn(share), of } }
}
