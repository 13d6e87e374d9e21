import { parseCivilDate, parseInstant, parseZone, type CivilDate, type Instant, type Result, type Zone } from '../src/index.ts'

function sure<T>(result: Result<T, string>): T {
  if (result.kind === 'fail') throw new Error(result.error)
  return result.value
}

/** A zone known to exist. */
export const zone = (text: string): Zone => sure(parseZone(text))
/** A date known to exist. */
export const day = (text: string): CivilDate => sure(parseCivilDate(text))
/** An instant written in full. */
export const at = (text: string): Instant => sure(parseInstant(text))
