import { provisionsOf, type Rulebook } from '../language/model.ts'
import type { Demand } from './answer.ts'

/** How many of each pool an attempt needs, by {@link poolKey}. The same people act again, so joining takes the maximum. */
export type Needs = ReadonlyMap<string, Demand>

/** Nobody. */
export const needNobody: Needs = new Map()

/** The key of a pool: `seat ncg`, `seat ncg/union`, `elector members`. */
const poolKey = (d: Pick<Demand, 'pool' | 'id' | 'ofClass'>): string =>
  `${d.pool} ${d.id}${d.ofClass === null ? '' : `/${d.ofClass}`}`

/** Needs of some demands; those of nobody are left out. */
export const needsOf = (demands: readonly Demand[]): Needs =>
  new Map(demands.filter((d) => d.count > 0).map((d) => [poolKey(d), d]))

/** What both need, the same people acting in both. */
export function joined(a: Needs, b: Needs): Needs {
  if (a.size === 0) return b
  if (b.size === 0) return a
  const all = new Map(a)
  for (const [key, demand] of b) {
    const known = all.get(key)
    if (known === undefined || known.count < demand.count) all.set(key, demand)
  }
  return all
}

/** Whether `a` needs no more of anybody than `b`. */
export function within(a: Needs, b: Needs): boolean {
  for (const [key, demand] of a) if ((b.get(key)?.count ?? 0) < demand.count) return false
  return true
}

/** Two pools no person may belong to at once. */
type Apart = ReadonlySet<string>
const pair = (a: string, b: string): string => (a < b ? `${a}|${b}` : `${b}|${a}`)

/** Which bodies and offices exclude each other: "never: seat on committee", a panel that no committee member sits on. */
export function apartIn(rulebook: Rulebook): Apart {
  const apart = new Set<string>()
  for (const { rule } of provisionsOf(rulebook, 'body'))
    for (const no of rule.sits?.not ?? []) if (no.kind === 'seat on <body>') apart.add(pair(`seat ${rule.id}`, `seat ${no.body}`))
  for (const { rule } of provisionsOf(rulebook, 'office'))
    for (const no of rule.never ?? []) {
      if (no.kind === 'seat on <body>') apart.add(pair(`office ${rule.id}`, `seat ${no.body}`))
      if (no.kind === 'office <office>') apart.add(pair(`office ${rule.id}`, `office ${no.office}`))
    }
  return apart
}

/**
 * The fewest people who can be all that is needed: the union, not the sum. One person may have a seat, an office and a vote, except where the
 * rules keep two of them apart; seats of different classes, and newcomers beside those already seated, are different people. With pools
 * as vertices and "apart" as edges this is the heaviest clique; bodies are few, so all are tried.
 */
export function peopleOf(needs: Needs, apart: Apart): number {
  const groups = new Map<string, { key: string; count: number }>()
  const classes = new Map<string, number>()
  for (const d of needs.values()) {
    const own = `${d.pool === 'newcomer' ? 'newcomer' : d.pool} ${d.id}`
    if (d.ofClass !== null) classes.set(own, (classes.get(own) ?? 0) + d.count)
    const count = Math.max(groups.get(own)?.count ?? 0, d.ofClass === null ? d.count : 0)
    groups.set(own, { key: own, count })
  }
  for (const [own, count] of classes) {
    const group = groups.get(own)
    if (group !== undefined && group.count < count) groups.set(own, { key: own, count })
  }
  // Newcomers are no holders of seats or offices of the same body: they come on top, and nothing else tells them apart.
  const list = [...groups.values()].sort((a, b) => b.count - a.count)
  const conflict = (a: string, b: string): boolean => apart.has(pair(a, b)) || newcomers(a, b)
  const best = (from: number, chosen: readonly string[], sum: number): number => {
    let most = sum
    for (let i = from; i < list.length; i++) {
      const one = list[i]
      if (one !== undefined && chosen.every((c) => conflict(c, one.key)))
        most = Math.max(most, best(i + 1, [...chosen, one.key], sum + one.count))
    }
    return most
  }
  return best(0, [], 0)
}

const newcomers = (a: string, b: string): boolean => {
  const [x, y] = a.startsWith('newcomer ') ? [a, b] : [b, a]
  return x.startsWith('newcomer ') && y === `seat ${x.slice('newcomer '.length)}`
}
