export type { Fail, Ok, Result } from './result.ts'
export { fail, ok } from './result.ts'
export { assert, InvariantBroken, unreachable } from './invariant.ts'
export type { Branded } from './brand.ts'
export {
  compareBytes,
  concatBytes,
  equalBytes,
  fromBase64,
  fromHex,
  fromUtf8,
  toBase64,
  toHex,
  uintBytes,
  uintOf,
  utf8,
} from './bytes.ts'
export type { Json, JsonFault, JsonObject } from './json.ts'
export { canonicalJson, isJson, parseCanonicalJson } from './json.ts'
export type { Fraction } from './fraction.ts'
export { add, ceiling, compare, divide, floor, fraction, multiply, subtract } from './fraction.ts'
export type { CivilDate, CivilTime, Clock, Instant, Random, Zone } from './time.ts'
export {
  afterClearDays,
  civilDateOf,
  civilTimeOf,
  clearDaysBetween,
  daysBetween,
  instant,
  instantOf,
  instantText,
  isoWeekday,
  parseCivilDate,
  parseInstant,
  parseZone,
  plusDays,
  plusMonths,
  startOfDay,
} from './time.ts'
