import type { Instant } from '@quorate/kernel'
import type { Act, Citation, Fact } from './act.ts'
import type { Assumption, Quantity, Reason, ReasonCode, Refusal, Route } from './refusal.ts'
import type { Editions, State } from './state.ts'

/** What `decide` judges: an act, with what is known. */
export type Case = { readonly editions: Editions; readonly state: State; readonly facts: readonly Fact[]; readonly act: Act }

/** Nothing to say. */
export const none: Quantity = { unit: 'none' }
/** A number of people. */
export const people = (count: number): Quantity => ({ unit: 'people', count })
/** A point in time. */
export const moment = (at: Instant): Quantity => ({ unit: 'instant', at })
/** Something the rulebook names. */
export const named = (
  unit: 'electorate' | 'body' | 'office' | 'procedure' | 'stage' | 'power',
  id: string,
  size: number | null = null,
): Quantity => ({
  unit,
  id,
  size,
})
/** A text by fingerprint. */
export const textOf = (fingerprint: string | null): Quantity => (fingerprint === null ? none : { unit: 'text', fingerprint })

/** One reason. */
export const reason = (
  code: ReasonCode,
  clause: Citation,
  required: Quantity = none,
  actual: Quantity = none,
  shortfall: Quantity = none,
): Reason => ({
  code,
  clause,
  required,
  actual,
  shortfall,
})

/** Too few of something: what is needed, what there is, what is missing. */
export const tooFew = (
  code: ReasonCode,
  clause: Citation,
  unit: 'people' | 'votes' | 'seats' | 'clear days',
  needed: number,
  actual: number,
): Reason => reason(code, clause, { unit, count: needed }, { unit, count: actual }, { unit, count: Math.max(0, needed - actual) })

/** A way with its reasons; null when there are none, for then it is open. */
export function routeOf(
  clause: Citation,
  procedure: string | null,
  reasons: readonly Reason[],
  earliest: Instant | null = null,
  assumes: readonly Assumption[] = [],
): Route | null {
  const [first, ...rest] = reasons
  return first === undefined ? null : { clause, procedure, reasons: [first, ...rest], earliest, assumes }
}

/** A refusal of an act. */
export const refuse = (act: Act, first: Route, ...rest: readonly Route[]): Refusal => ({
  kind: 'refusal',
  act,
  routes: [first, ...rest],
})

/** The fact of a name that was known last when the act was written down, or null. */
export function factOf(kase: Pick<Case, 'facts' | 'act'>, name: string, of: string | null): Fact | null {
  const known = kase.facts.filter((f) => f.name === name && f.of === of && f.knownAt <= kase.act.recordedAt)
  return known.reduce<Fact | null>((best, f) => (best === null || f.knownAt >= best.knownAt ? f : best), null)
}

/** A fact that is a count, or null. */
export function countFact(kase: Pick<Case, 'facts' | 'act'>, name: string, of: string | null): number | null {
  const value = factOf(kase, name, of)?.value
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}

/** A fact with fields, read by key: a count or null; a text or null. */
export type FactFields = {
  readonly fact: Fact
  readonly keys: readonly string[]
  readonly count: (key: string) => number | null
  readonly text: (key: string) => string | null
}

/** A fact with fields, or null. */
export function fieldsFact(kase: Pick<Case, 'facts' | 'act'>, name: string, of: string | null): FactFields | null {
  const fact = factOf(kase, name, of)
  const value = fact?.value
  if (fact === null || typeof value !== 'object') return null
  const own = (key: string): unknown => (Object.hasOwn(value, key) ? value[key] : undefined)
  return {
    fact,
    keys: Object.keys(value),
    count: (key) => {
      const n = own(key)
      return typeof n === 'number' && Number.isSafeInteger(n) && n >= 0 ? n : null
    },
    text: (key) => {
      const t = own(key)
      return typeof t === 'string' ? t : null
    },
  }
}

/** Numbers that a fact lists under `<key>-1`, `<key>-2` and so on, as far as they go without a gap. */
export function numbered(fields: FactFields | null, key: string): readonly number[] {
  const numbers: number[] = []
  for (let n = 1; n <= 1000; n++) {
    const number = fields?.count(`${key}-${n}`) ?? null
    if (number === null) break
    numbers.push(number)
  }
  return numbers
}
