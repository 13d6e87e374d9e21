import fc, { type Arbitrary } from 'fast-check'
import type { Constraint, Constraints, Profile } from '../src/index.ts'

/** A group of candidates by letters, `ACE`, with its bounds. */
export function group(name: string, members: string, least: number, most: number | null = null, clause = '4.2'): Constraint {
  const numbers = members.split('').map((letter) => letter.charCodeAt(0) - 65)
  return { name, clause, members: numbers.sort((a, b) => a - b), unsettled: [], least, most }
}

/** Bounds over a contest's candidates: up to four groups, overlapping as they like, often impossible. */
export const constraintsFor = ({ candidates, seats }: Profile): Arbitrary<Constraints> =>
  fc
    .array(
      fc.record(
        {
          members: fc.subarray([...candidates.keys()]),
          least: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 4, arbitrary: fc.integer({ min: 1, max: seats }) }),
          room: fc.option(fc.integer({ min: 0, max: 2 })),
        },
        { noNullPrototype: true },
      ),
      { maxLength: 4 },
    )
    .map((groups) =>
      groups.map(({ members, least, room }, i) => ({
        name: `group ${i + 1}`,
        clause: `4.${i + 1}`,
        members,
        unsettled: [],
        least,
        most: room === null ? null : least + room,
      })),
    )

/** All committees that fill the places and keep the bounds, by looking at every one: what the solver must agree with. */
export function committees(profile: Profile, constraints: Constraints): readonly (readonly number[])[] {
  const standing = [...profile.candidates.keys()].filter((c) => !profile.withdrawn.includes(c))
  const places = Math.min(profile.seats, standing.length)
  const all: number[][] = []
  const grow = (from: number, chosen: readonly number[]): void => {
    if (chosen.length === places) all.push([...chosen])
    else for (let i = from; i < standing.length; i++) grow(i + 1, [...chosen, standing[i] as number])
  }
  grow(0, [])
  return all.filter((chosen) => keepsAll(chosen, constraints))
}

/** Whether those elected keep every bound. */
export const keepsAll = (elected: readonly number[], constraints: Constraints): boolean =>
  constraints.every(({ members, least, most }) => {
    const n = elected.filter((c) => members.includes(c)).length
    return n >= least && (most === null || n <= most)
  })
