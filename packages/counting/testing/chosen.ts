// For every method, the values of its open points with which it is told: one set in full, and each other value once beside it.
import type { CountMethod } from '../src/index.ts'
import { approvalBoxes, budgets, comparisons, decisions, grades, marks, runoffCases, wards, type Case } from './boxes.ts'

/** Values for points that take more than listed words, the first the usual one. */
const free: Readonly<Record<string, readonly string[]>> = {
  least: ['0', '1'],
  most: ['1', '2'],
  share: ['1/8'],
  of: ['100'],
  level: ['1/2', '0', '1'],
  default: ['4', 'Amara'],
  developers: ['none', '400'],
  majorities: ['none', '1=3:1,2=1:1'],
  leastGraders: ['0', '1/2'],
  scale: ['0-5'],
  points: ['5', '9'],
  increment: ['100'],
  leastVotes: ['0', '4'],
  for: ['Yes', '2'],
  against: ['No', '3'],
  abstention: ['Abstain', 'none'],
  need: ['at-least:2/3:for-and-against', 'more-than:1/2:roll', 'at-least:60', 'more-than:60', 'at-least:1/2:seats'],
  turnout: ['at-least:1/4:roll', 'more-than:1/1:issued'],
  roll: ['120'],
  issued: ['100'],
  present: ['100'],
  seated: ['100'],
  seats: ['110'],
  electorate: ['120'],
}

// Only these of the thirty numbers that maxRanks and skippedRanks take.
const some = new Set(['0', '1', '2', 'all', 'unlimited', '4', '5'])

const valuesOf = ({ id, open }: CountMethod, name: string): readonly string[] => {
  const values = free[name] ?? open.find((point) => point.name === name)?.values ?? []
  return id === 'irv@1' && values.length > 4 ? values.filter((value) => some.has(value)) : values
}

/** The values by the names of points, the first of each; then every other value of every point, one at a time. */
export function choicesOf(method: CountMethod): readonly ReadonlyMap<string, string>[] {
  const all = method.open.map(({ name }) => [name, valuesOf(method, name)] as const)
  const first = new Map(all.flatMap(([name, values]) => (values[0] === undefined ? [] : [[name, values[0]] as const])))
  return [first, ...all.flatMap(([name, values]) => values.slice(1).map((value) => new Map([...first, [name, value]])))]
}

/** Which boxes show what a method does. */
export const casesFor = ({ id, family }: CountMethod): readonly Case[] =>
  id === 'irv@1'
    ? runoffCases
    : { stv: wards, single: marks, pairs: comparisons, grades, approvals: approvalBoxes, budget: budgets, majority: decisions }[
        family
      ]
