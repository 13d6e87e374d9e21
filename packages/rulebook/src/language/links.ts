import type { ClauseId } from '../act.ts'
import type { Provision, Rulebook } from './model.ts'
import { referencesOf, type Reference } from './references.ts'

/** What a clause leans on and what leans on it: clauses whose blocks name each other's ids. In the order of the text, without itself. */
export type ClauseLinks = { readonly refersTo: readonly ClauseId[]; readonly usedBy: readonly ClauseId[] }

const known = new WeakMap<Rulebook, ReadonlyMap<ClauseId, ClauseLinks>>()
const none: ClauseLinks = { refersTo: [], usedBy: [] }

/**
 * The links of one clause; empty for one without a block. Which clauses a tier guards is not among them: `tier.guards` says who changes a
 * clause, not what it means.
 */
export function linksOf(rulebook: Rulebook, clause: ClauseId): ClauseLinks {
  const links = known.get(rulebook) ?? allLinks(rulebook)
  known.set(rulebook, links)
  return links.get(clause) ?? none
}

function allLinks(rulebook: Rulebook): ReadonlyMap<ClauseId, ClauseLinks> {
  const refersTo = new Map<ClauseId, Set<ClauseId>>()
  const usedBy = new Map<ClauseId, Set<ClauseId>>()
  const add = (map: Map<ClauseId, Set<ClauseId>>, from: ClauseId, to: ClauseId): void => {
    map.set(from, (map.get(from) ?? new Set()).add(to))
  }
  for (const { clause, rule } of rulebook.provisions)
    for (const reference of referencesOf(rule)) {
      if (rule.kind === 'tier' && reference.to === 'clause') continue
      const to = definedIn(rulebook, reference)
      if (to === null || to === clause) continue
      add(refersTo, clause, to)
      add(usedBy, to, clause)
    }
  const order = rulebook.document.clauses.map(({ id }) => id)
  const sorted = (ids: ReadonlySet<ClauseId> | undefined): readonly ClauseId[] =>
    ids === undefined ? [] : order.filter((id) => ids.has(id))
  return new Map(order.map((id) => [id, { refersTo: sorted(refersTo.get(id)), usedBy: sorted(usedBy.get(id)) }]))
}

/** The clause that defines what a reference names; null for what the language itself defines, and for what nothing does. */
function definedIn(rulebook: Rulebook, { to, id, of }: Reference): ClauseId | null {
  if (to === 'clause') return rulebook.document.clauses.find((clause) => clause.id === id)?.id ?? null
  const found = rulebook.provisions.find((p) => defines(p, { to, id, of }))
  return found?.clause ?? null
}

function defines({ rule }: Provision, { to, id, of }: Reference): boolean {
  const named = 'id' in rule ? rule.id : null
  switch (to) {
    case 'clause':
    case 'stage':
      return false
    case 'state':
      return rule.kind === 'standing' && rule.states.some((state) => state.key === id)
    case 'value':
      return rule.kind === 'attribute' && named === of
    case 'seat':
      return rule.kind === 'body' && rule.seats.some((seat) => seat.id === id)
    case 'anchor':
      return (rule.kind === 'appeal' || rule.kind === 'meeting') && named === id
    default:
      return to.includes(rule.kind) && named === id
  }
}
