import { after } from '../calendar.ts'
import { cite, provision, provisionsOf, type Provision } from '../language/model.ts'
import type { Purpose, Step, TakenForGranted } from './answer.ts'
import { canBeWon } from './inputs.ts'
import { begin, bodyCarries, granting, officerActs, unprepared, withStep, type Plan, type Prepared } from './plan.ts'
import { bodyIn, electors, sizeOf, type World } from './world.ts'

// An attempt that has nobody in a body, or not an office, can win it: the members elect, or those who appoint do. Only what the facts say it does not
// have is won: where it may have somebody there already, that is always the cheaper way.

/** Elections in which a share of the votes wins a share of the seats; in every other, more votes than all others win all of them. */
const proportional: ReadonlySet<string> = new Set([
  'scottish-stv',
  'nz-meek',
  'reference-meek',
  'ers97',
  'proportional-approval',
  'phragmen',
  'equal-shares',
])

/** An election of seats: how many of how many it takes to win, among how many people, counted how. */
export type Contest = { readonly wanted: number; readonly seats: number; readonly roll: number; readonly method: string | null }

/** Whether so many votes win a contest against so many others. A quota is Droop's: more than wanted ÷ (seats + 1) of the votes cast. */
const wins = ({ wanted, seats, method }: Contest, own: number, others: number): boolean =>
  own > 0 && (method !== null && proportional.has(method) ? own * (seats + 1) > wanted * (own + others) : own > others)

/** The fewest votes that win a contest while others vote as the facts say, with what they cast; null when no number does. Logarithmic in the roll. */
export function votesToWin(
  contest: Contest,
  { turnout }: Pick<World['facts'], 'turnout'>,
): { readonly own: number; readonly others: number } | null {
  const { roll, wanted, seats } = contest
  if (wanted > seats) return null
  const others = (own: number): number =>
    turnout.kind === 'all against'
      ? roll - own
      : turnout.kind === 'returned'
        ? Math.max(0, Math.min(turnout.count, roll) - own)
        : Math.min(roll - own, turnout.from)
  let [low, high] = [0, roll]
  if (!wins(contest, high, others(high))) return null
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (wins(contest, middle, others(middle))) high = middle
    else low = middle
  }
  return { own: high, others: others(high) }
}

/** The seats of a body that one electorate elects, and how. The largest of several classes decides how they are counted. */
function electedIn(
  body: Provision<'body'>,
): { readonly electorate: string; readonly seats: number; readonly method: string | null } | null {
  const classes = body.rule.seats.flatMap((seat) =>
    seat.by?.kind === 'election of <electorate>'
      ? [{ electorate: seat.by.electorate, seats: seat.count ?? 0, method: seat.method }]
      : [],
  )
  const largest = classes.toSorted((a, b) => b.seats - a.seats)[0]
  if (largest === undefined || largest.seats === 0) return null
  const seats = classes.reduce((sum, c) => (c.electorate === largest.electorate ? sum + c.seats : sum), 0)
  return { ...largest, seats }
}

/** One vote of an electorate that puts people of the attempt into seats or an office, at the latest when the term of those there now is over. */
function elected(
  world: World,
  contest: Omit<Contest, 'roll'>,
  electorate: string,
  found: Provision<'body'> | Provision<'office'>,
  purpose: Purpose,
): Plan | null {
  const roll = provision(world.rulebook, 'electorate', electorate) === null ? null : sizeOf(world, electorate)
  const votes = roll === null ? null : votesToWin({ ...contest, roll }, world.facts)
  if (roll === null || votes === null) return null
  const start = begin(world.facts.from)
  const clause = cite(world.rulebook, found.clause)
  const step: Omit<Step, 'startsAt' | 'endsAt'> = {
    actor: { kind: 'electorate', id: electorate, inAttempt: true },
    act: { kind: 'win-election', of: found.rule.kind, id: found.rule.id, seats: contest.wanted },
    purpose,
    clause,
    needs: [electors(world, electorate, votes.own)],
    votes: { for: votes.own, against: votes.others, of: roll },
  }
  const { term } = found.rule
  const won = withStep(start, step, term === null ? start.at : after(start.at, term, world.reckoning))
  const assumed: TakenForGranted = { kind: 'election-due', of: found.rule.kind, id: found.rule.id, clause }
  return granting(won, [], [assumed])
}

/** A way to win so many seats of a body as carry its votes; null when its seats are not elected, too few of them are, or it need not be won. */
export function bodyWon(world: World, id: string): Plan | null {
  const found = provision(world.rulebook, 'body', id)
  const seats = found === null || !canBeWon(world.facts, id) ? null : electedIn(found)
  if (found === null || seats === null) return null
  const needed = seatsToCarry(world, found)
  return needed === null ? null : elected(world, { wanted: needed, ...seats }, seats.electorate, found, { kind: 'win', body: id })
}

/** Seats with which the attempt, once elected, carries what the body decides by its own rule. */
function seatsToCarry(world: World, { rule, clause }: Provision<'body'>): number | null {
  const what = {
    act: { kind: 'exercise', power: 'elect' },
    purpose: { kind: 'goal' },
    clause: cite(world.rulebook, clause),
  } as const
  const prepared: Prepared = { ...unprepared, won: new Set([rule.id]) }
  const carried = bodyCarries(world, prepared, begin(world.facts.from), rule.id, null, what)
  return carried?.needs.get(`newcomer ${rule.id}`)?.count ?? null
}

/** Ways to get an office that the attempt has not: those who fill it vote for one of its own. `prepared`: what is won already. */
export function officeCaptured(world: World, id: string, prepared: Prepared): Plan | null {
  const found = provision(world.rulebook, 'office', id)
  if (found === null || !canBeWon(world.facts, id)) return null
  const { filled } = found.rule
  const purpose: Purpose = { kind: 'capture', office: id }
  if (filled.kind === 'election of <electorate>' && provision(world.rulebook, 'electorate', filled.electorate) !== null)
    return elected(world, { wanted: 1, seats: 1, method: null }, filled.electorate, found, purpose)
  if (filled.kind !== 'election by <by> from <from>' && filled.kind !== 'appointed by <by>') return null
  const power = filled.kind === 'appointed by <by>' ? 'appoint' : 'elect'
  const what = { act: { kind: 'exercise', power }, purpose, clause: cite(world.rulebook, found.clause) } as const
  const start = begin(world.facts.from)
  const carried =
    bodyIn(world, filled.by) === null
      ? provision(world.rulebook, 'office', filled.by) === null
        ? null
        : officerActs(world, prepared, start, filled.by, 1, what)
      : bodyCarries(world, prepared, start, filled.by, null, what)
  return carried === null ? null : granting(carried, [], [{ kind: 'election-due', of: 'office', id, clause: what.clause }])
}

/** Bodies and offices that the facts say the attempt does not have, and the rulebook knows. */
export const toBeWon = (world: World): { readonly bodies: readonly string[]; readonly offices: readonly string[] } => {
  const lacks = (id: string): boolean => canBeWon(world.facts, id)
  return {
    bodies: provisionsOf(world.rulebook, 'body').flatMap(({ rule }) => (lacks(rule.id) ? [rule.id] : [])),
    offices: provisionsOf(world.rulebook, 'office').flatMap(({ rule }) => (lacks(rule.id) ? [rule.id] : [])),
  }
}
