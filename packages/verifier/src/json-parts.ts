// Parts of a text of unknown origin: what is not of the kind asked for is empty, so that a checker compares and never stumbles.
import type { Json, JsonObject } from '@quorate/kernel'

/** The object, or an empty one. */
export const objectOf = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}

/** The list, or an empty one. */
export const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : [])

/** Whether it is a whole number from 0 up. */
export const isCount = (value: Json | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
