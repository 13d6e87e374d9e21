import { parseCondition, parseDuration, type Condition, type Duration } from '../language/expression.ts'
import { cite, provision, type Provision, type Rulebook } from '../language/model.ts'
import { named, reason } from '../reasons.ts'
import type { Quantity, Reason } from '../refusal.ts'
import { bodyAuthority, powerWays } from './authority.ts'
import { groupOf } from './group.ts'
import { judgement, no, noRule, type Does, type Judgement, type Judging } from './judging.ts'
import type { Movement } from './movement.ts'
import type { SeatEvent } from './seat.ts'
import { valuesOf } from './table.ts'

/** How one body meets: its rule, and for a group its own standing orders where those limits above let it set them. */
export type BodyOrders = { readonly notice: Duration | null; readonly agenda: Duration | null; readonly quorum: Condition }

/** The rules a body meets by: those of the rulebook, in a group with its standing orders in their place. */
export function ordersOfBody(rulebook: Rulebook, movement: Movement, body: string, group: string | null): BodyOrders | null {
  const found = provision(rulebook, 'body', body)
  if (found === null) return null
  const set = group === null ? {} : (groupOf(movement.groups, group)?.orders ?? {})
  const own = (path: string): string | null => (Object.hasOwn(set, path) ? (set[path] ?? null) : null)
  const duration = (path: string, otherwise: Duration | null): Duration | null => {
    const read = own(path) === null ? null : parseDuration(own(path) ?? '')
    return read?.kind === 'ok' ? read.value : otherwise
  }
  const quorum = own('quorum') === null ? null : parseCondition(own('quorum') ?? '')
  return {
    notice: duration('meets.notice', found.rule.meets?.notice ?? null),
    agenda: duration('meets.agenda', found.rule.meets?.agenda ?? null),
    quorum: quorum?.kind === 'ok' ? quorum.value : found.rule.quorum,
  }
}

/** A group sets a standing order: only a path the kind may set, and inside every limit set above it. */
export function judgeStandingOrder(j: Judging, does: Does<'set-standing-order'>): Judgement {
  const group = groupOf(j.movement.groups, does.group)
  const found = group === null ? null : provision(j.rulebook, 'body', group.body)
  if (group === null || found === null) return noRule(j, 'recognise-group')
  const clause = cite(j.rulebook, found.clause)
  const own = bodyAuthority(j, group.body, does.group, does.under, clause)
  const reasons: Reason[] = [...own.reasons]
  const settable: readonly string[] = found.rule.standingOrders?.maySet ?? []
  if (!settable.includes(does.path)) reasons.push(reason('no-power', clause, named('body', group.body)))
  reasons.push(...limitReasons(found, does.path, does.value, clause))
  const { path, value } = does
  return judgement(clause, reasons, { kind: 'standing-order-set', group: does.group, path, value }, own.relies)
}

const daysIn: Readonly<Record<Duration['unit'], number>> = {
  minutes: 1 / 1440,
  hours: 1 / 24,
  days: 1,
  'clear days': 1,
  'working days': 1,
  weeks: 7,
  months: 28,
  years: 365,
}

/** Why a value does not read, or is outside a limit. Two lengths compare in one unit or, of different units, by their shortest days. */
function limitReasons(found: Provision<'body'>, path: string, value: string, clause: ReturnType<typeof cite>): readonly Reason[] {
  const wrong = [reason('invalid-text', clause)]
  const within = (found.rule.standingOrders?.within ?? []).filter((l) => l.path === path)
  if (path === 'quorum') {
    const read = parseCondition(value)
    if (read.kind === 'fail' || read.value.kind !== 'measure' || read.value.measure !== 'present') return wrong
    const least = Math.max(0, ...within.map((l) => ('count' in l ? l.count : 0)))
    return guaranteed(read.value.threshold.amount) >= least
      ? []
      : [
          reason(
            'short-support',
            clause,
            { unit: 'people', count: least },
            { unit: 'people', count: guaranteed(read.value.threshold.amount) },
          ),
        ]
  }
  const read = parseDuration(value)
  if (read.kind === 'fail') return wrong
  for (const limit of within) {
    if (!('length' in limit)) continue
    const quantities = [inDays(limit.length), inDays(read.value)] as const
    if (limit.kind === '<path> at most <length>') {
      if (!isAtLeast(limit.length, read.value)) return [reason('no-power', clause, ...quantities)]
    } else if (!isAtLeast(read.value, limit.length)) return [reason('short-notice', clause, ...quantities)]
  }
  return []
}

/** A length in whole days: by the shortest of its months and years. */
const inDays = ({ count, unit }: Duration): Quantity => ({ unit: 'days', count: Math.floor(count * daysIn[unit]) })

const isAtLeast = (a: Duration, b: Duration): boolean =>
  a.unit === b.unit
    ? a.count >= b.count
    : a.count * daysIn[a.unit] >= b.count * daysIn[b.unit] && (b.unit !== 'clear days' || a.unit !== 'days' || a.count > b.count)

/** The least number of people an amount can come to whatever its bases are. */
function guaranteed(amount: Extract<Condition, { readonly kind: 'measure' }>['threshold']['amount']): number {
  switch (amount.kind) {
    case 'count':
      return amount.count
    case 'greater':
      return Math.max(guaranteed(amount.first), guaranteed(amount.second))
    case 'lesser':
      return Math.min(guaranteed(amount.first), guaranteed(amount.second))
    default:
      return 0
  }
}

/** Recognises a group of a kind. */
export function judgeRecognise(j: Judging, does: Does<'recognise-group'>): readonly Judgement[] {
  const found = provision(j.rulebook, 'body', does.body)
  if (found?.rule.instances !== 'many') return [noRule(j, 'recognise-group')]
  const common = groupOf(j.movement.groups, does.group) === null ? [] : [reason('already-done', cite(j.rulebook, found.clause))]
  const ways = powerWays(j, 'recognise-group', null, does.under).map((way) =>
    judgement(
      way.clause,
      [...way.reasons, ...common],
      { kind: 'group-recognised', group: does.group, body: does.body },
      way.relies,
    ),
  )
  return ways.length > 0 ? ways : [noRule(j, 'recognise-group')]
}

/** Closes a group: its offices end with it. */
export function judgeDerecognise(j: Judging, does: Does<'derecognise-group'>): readonly Judgement[] {
  const group = groupOf(j.movement.groups, does.group)
  const ways = powerWays(j, 'derecognise-group', does.group, does.under)
  if (ways.length === 0) return [noRule(j, 'derecognise-group')]
  return ways.map((way) => {
    const common = group?.endedAt === null ? [] : [reason('not-eligible', way.clause)]
    const effects = [...endings(j, [does.group]), { kind: 'group-ended', group: does.group } as const]
    return judgement(
      way.clause,
      [...way.reasons, ...common],
      effects.map((did) => ({ on: 'movement', did })),
      way.relies,
    )
  })
}

/** Joins groups into a new one that carries on their roll, the terms people have served, and their delegates. */
export function judgeMerge(j: Judging, does: Does<'merge-groups'>): readonly Judgement[] {
  const groups = does.groups.map((id) => groupOf(j.movement.groups, id))
  const [first] = groups
  const ways = powerWays(j, 'recognise-group', null, does.under)
  if (first === undefined || first === null || ways.length === 0) return [noRule(j, 'recognise-group')]
  const isSound =
    new Set(does.groups).size === does.groups.length &&
    does.groups.length > 1 &&
    groups.every((g) => g !== null && g.endedAt === null && g.body === first.body) &&
    groupOf(j.movement.groups, does.into) === null
  return ways.map((way) => {
    if (!isSound) return no(way.clause, reason('not-eligible', way.clause, named('body', first.body)), ...way.reasons)
    const merged = { kind: 'groups-merged', groups: does.groups, into: does.into, body: first.body } as const
    return judgement(
      way.clause,
      way.reasons,
      [...endings(j, does.groups), merged].map((did) => ({ on: 'movement', did })),
      way.relies,
    )
  })
}

/** Those who held a seat or office of a group that ends leave it. */
function endings(j: Judging, groups: readonly string[]): readonly SeatEvent[] {
  return valuesOf(j.movement.seats.byKey)
    .filter((seat) => seat.place.group !== null && groups.includes(seat.place.group))
    .flatMap((seat) =>
      seat.holders.map(
        (t) => ({ kind: 'seat-left', place: seat.place, person: t.person, why: 'group closed', fillBy: null }) as const,
      ),
    )
}
