import { provision, provisionsOf, type Provision } from '../language/model.ts'
import { tierOf } from '../decision/change-reasons.ts'
import { canBeWon } from './inputs.ts'
import { unprepared, type Prepared } from './plan.ts'
import { touchedBy, type Route } from './routes.ts'
import type { World } from './world.ts'

/** Rounds until nothing changes; one per fact would be enough, and no rulebook of the trials needed more than four. */
export const roundsMax = 8
// Combinations of things done first that are tried for one route.
const combinationsMax = 48

/** A fact that makes a route easier: opponents gone from a body, its empty seats filled, opponents gone from a roll, a body or office won. */
export type Easing = { readonly key: string; readonly ease: (p: Prepared) => Prepared }

const withOne = (set: ReadonlySet<string>, id: string): ReadonlySet<string> => new Set([...set, id])

/** What could ease a route. */
export function easingsOf(world: World, route: Route): readonly Easing[] {
  const { bodies, electorates, offices } = touchedBy(world, route)
  return [
    ...bodies.flatMap((id): readonly Easing[] => [
      { key: `clear ${id}`, ease: (p) => ({ ...p, cleared: withOne(p.cleared, id) }) },
      { key: `fill ${id}`, ease: (p) => ({ ...p, filled: withOne(p.filled, id) }) },
    ]),
    ...electorates.map((id): Easing => ({ key: `shrink ${id}`, ease: (p) => ({ ...p, shrunk: withOne(p.shrunk, id) }) })),
    ...[...bodies, ...offices].flatMap((id): readonly Easing[] =>
      canBeWon(world.facts, id) ? [{ key: `win ${id}`, ease: (p) => ({ ...p, won: withOne(p.won, id) }) }] : [],
    ),
  ]
}

/** Every combination of easings, none first. */
export function subsetsOf(
  easings: readonly Easing[],
): readonly { readonly prepared: Prepared; readonly keys: readonly string[] }[] {
  let all: readonly { readonly prepared: Prepared; readonly keys: readonly string[] }[] = [{ prepared: unprepared, keys: [] }]
  for (const { key, ease } of easings)
    all = [...all, ...all.map(({ prepared, keys }) => ({ prepared: ease(prepared), keys: [...keys, key] }))].slice(
      0,
      combinationsMax,
    )
  return all
}

/** Whether a body has seats that somebody holds, unlike a meeting of everyone. */
const hasHolders = (body: Provision<'body'>): boolean => body.rule.seats.some((seat) => seat.everyoneIn === null)

const overPersons = ['exclude', 'suspend', 'recall']

type SeatClass = Provision<'body'>['rule']['seats'][number]

/** Whether a class of seats is filled by groups of a kind of body, or goes with an office that each group has: it ends with the group. */
function isOfGroups({ rulebook }: World, { by }: SeatClass): boolean {
  switch (by?.kind) {
    case 'election by <body>':
    case 'nomination of <body>':
    case 'appointment by <body>':
      return provision(rulebook, 'body', by.body)?.rule.instances === 'many'
    case 'ex-officio <office>':
      return (provision(rulebook, 'office', by.office)?.rule.per ?? null) !== null
    default:
      return false
  }
}

const isOfAffiliates = ({ by }: SeatClass): boolean => by?.kind.startsWith('nomination of affiliates') === true

/** Whether taking away groups or affiliates takes away all seats of a body: where others sit there too, they stay, and nothing is gained for certain. */
function overGroups(world: World, power: string, { rule }: Provision<'body'>): boolean {
  if (rule.seats.length === 0) return false
  if (power === 'derecognise-group') return rule.seats.every((seat) => isOfGroups(world, seat))
  return power === 'disaffiliate' && rule.seats.every(isOfAffiliates)
}

/** Powers whose use ends seats by the rules themselves; elsewhere it is taken for granted that who is put out of membership loses theirs. */
export const endsSeats: ReadonlySet<string> = new Set(['recall', 'derecognise-group', 'disaffiliate'])

/** Which facts a route brings about when it is used against opponents. */
export function leadsTo(world: World, route: Route): readonly string[] {
  const { power } = route.goal
  const { rulebook } = world
  const bodies = provisionsOf(rulebook, 'body').filter((body) =>
    overPersons.includes(power) ? hasHolders(body) : overGroups(world, power, body),
  )
  const rolls = power === 'exclude' || power === 'suspend' ? provisionsOf(rulebook, 'electorate') : []
  return [...bodies.map((b) => `clear ${b.rule.id}`), ...rolls.map((e) => `shrink ${e.rule.id}`)]
}

/**
 * Whether whoever can change the rules of a tier gets a route's power with it: any other power can be written into the rules; another tier's
 * rules only where this one guards what protects them: the tier's own clause, its procedure, or the grant.
 */
export function isEasing(world: World, tier: Provision<'tier'>, route: Route): boolean {
  const { rulebook } = world
  const { goal } = route
  if (goal.tier === tier.rule.id) return false
  if (goal.tier === null) return true
  const guarded = (clause: string): boolean => tierOf(rulebook, clause)?.clause === tier.clause
  const other = provisionsOf(rulebook, 'tier').find((t) => t.rule.id === goal.tier)
  const procedure = provisionsOf(rulebook, 'procedure').find((p) => p.rule.id === route.procedure)
  return [other?.clause, procedure?.clause, route.granted.clause].some((c) => c !== undefined && guarded(c))
}
