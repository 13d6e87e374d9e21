/** Numbers below a bound that look random and come again with the same seed: mulberry32, quick enough for a million inputs. */
export function dice(from: number): (below: number) => number {
  let state = from
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}
/** A source of such numbers. */
export type Roll = ReturnType<typeof dice>

/** One of several, or nothing of none. */
export const pick = <T>(from: readonly T[], roll: Roll): T | '' => from[roll(from.length)] ?? ''
