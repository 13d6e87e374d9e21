import { integer } from './shape.ts'

/** Milliseconds since 1970-01-01T00:00:00Z. */
export const at = integer(0, 8_640_000_000_000_000)
/** A number of people, votes or steps. */
export const count = integer(0, 1_000_000_000_000)
/** A number counted from 1. */
export const ordinal = integer(1, 1_000_000_000_000)
