import type { Instant } from '@quorate/kernel'
import type { Citation, EditionNumber } from '../terms.ts'
import type { Head } from './head.ts'
import { emptyTable, rowOf, valuesOf, withRow, type Table } from './table.ts'
import type { Under } from './under.ts'

/** An instance of a body of a kind: one local group, with standing orders of its own. */
export type Group = {
  readonly id: string
  /** Id of the body whose kind it is. */
  readonly body: string
  readonly clause: Citation
  readonly edition: EditionNumber
  readonly event: string
  readonly since: Instant
  readonly endedAt: Instant | null
  /** The group that carries on its roll, terms and delegates after a merger. */
  readonly successor: string | null
  readonly predecessors: readonly string[]
  /** Its own standing orders, by path such as `meets.notice`; each value in the grammar of that path. */
  readonly orders: Readonly<Record<string, string>>
}
/** All groups ever recognised. */
export type Groups = { readonly byId: Table<Group> }

/** Before any group. */
export const noGroups: Groups = { byId: emptyTable }

/** What may be done about groups. */
export type GroupAct =
  | { readonly kind: 'recognise-group'; readonly group: string; readonly body: string; readonly under: Under }
  | { readonly kind: 'derecognise-group'; readonly group: string; readonly under: Under }
  | { readonly kind: 'merge-groups'; readonly groups: readonly string[]; readonly into: string; readonly under: Under }
  | {
      readonly kind: 'set-standing-order'
      readonly group: string
      readonly path: string
      readonly value: string
      readonly under: Under
    }

/** What happened to a group. */
export type GroupEvent =
  | { readonly kind: 'group-recognised'; readonly group: string; readonly body: string }
  | { readonly kind: 'group-ended'; readonly group: string }
  | { readonly kind: 'groups-merged'; readonly groups: readonly string[]; readonly into: string; readonly body: string }
  | { readonly kind: 'standing-order-set'; readonly group: string; readonly path: string; readonly value: string }

/** A group by its id, or null. */
export const groupOf = (groups: Groups, id: string): Group | null => rowOf(groups.byId, id)

/** The group that stands in for a group today: itself, or what it was merged into, and so on. Null when it ended without a successor. */
export function successorOf(groups: Groups, id: string): Group | null {
  let group = groupOf(groups, id)
  // Every merger makes a new group, so the chain cannot come round; its length is that of the list of groups at most.
  while (group !== null && group.successor !== null) group = groupOf(groups, group.successor)
  return group?.endedAt === null ? group : null
}

/** A group and all it came from: its lineage, along which roll, terms and delegates go. */
export function lineageOf(groups: Groups, id: string): readonly string[] {
  const group = groupOf(groups, id)
  return group === null ? [id] : [id, ...group.predecessors.flatMap((before) => lineageOf(groups, before))]
}

/** The groups that exist. */
export const groupsNow = (groups: Groups): readonly Group[] => valuesOf(groups.byId).filter((g) => g.endedAt === null)

/** The groups after an event. Total; reads no rule. */
export function evolveGroups(groups: Groups, event: GroupEvent, head: Head): Groups {
  const put = (made: Group): Groups => ({ byId: withRow(groups.byId, made.id, made) })
  const fresh = (id: string, body: string, predecessors: readonly string[]): Group => {
    const { clause, edition, id: by, at } = head
    return { id, body, clause, edition, event: by, since: at, endedAt: null, successor: null, predecessors, orders: {} }
  }
  switch (event.kind) {
    case 'group-recognised':
      return put(fresh(event.group, event.body, []))
    case 'group-ended': {
      const known = groupOf(groups, event.group)
      return known === null ? groups : put({ ...known, endedAt: head.at })
    }
    case 'standing-order-set': {
      const known = groupOf(groups, event.group)
      return known === null ? groups : put({ ...known, orders: { ...known.orders, [event.path]: event.value } })
    }
    case 'groups-merged': {
      const ended = event.groups.map((id) => groupOf(groups, id)).filter((g) => g !== null)
      const closed = ended.reduce(
        (table, g) => withRow(table, g.id, { ...g, endedAt: head.at, successor: event.into }),
        groups.byId,
      )
      return { byId: withRow(closed, event.into, fresh(event.into, event.body, event.groups)) }
    }
  }
}
