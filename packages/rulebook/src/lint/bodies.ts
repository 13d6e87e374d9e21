import { neededFor } from '../measure.ts'
import { onlyProvision, provision, provisionsOf, type Provision, type Rulebook, type RuleOf } from '../language/model.ts'
import { sayAt, type Finding } from './finding.ts'
import { seatsOfBody } from './thresholds.ts'

type Body = RuleOf<'body'>
type Seat = Body['seats'][number]

/** Bodies that keep themselves in office, and bodies that their own exclusions leave without a quorum. */
export function inBodies(rulebook: Rulebook, provisions: readonly Provision[]): readonly Finding[] {
  const bodies = new Map(provisions.flatMap(({ rule }) => (rule.kind === 'body' ? [[rule.id, rule] as const] : [])))
  const rooted = rootedBodies(rulebook, bodies)
  return provisions.flatMap(({ clause, rule }) => {
    const say = sayAt(rulebook, clause)
    if (rule.kind === 'body')
      return [
        ...(fillsItself(rulebook, rule, rooted) ? [say('self-filling-body', rule.id)] : []),
        ...inquorate(rulebook, rule).map((figures) => say('inquorate-by-exclusion', rule.id, figures)),
      ]
    if (rule.kind !== 'power' || rule.act !== 'fill-vacancy') return []
    const unbounded = (rule.holder ?? []).filter((id) => {
      const body = bodies.get(id)
      return body !== undefined && body.vacancy?.emptyAtMost == null && rule.until === null
    })
    return unbounded.map((id) => say('self-filling-body', id))
  })
}

/** The bodies a seat is filled by; null when people outside any body fill it. */
function fillersOf(rulebook: Rulebook, seat: Seat): readonly string[] | null {
  switch (seat.by?.kind) {
    case 'election by <body>':
    case 'nomination of <body>':
    case 'appointment by <body>':
      return [seat.by.body]
    case 'election of <electorate>':
    case 'lot from <electorate>':
      // An electorate may be a body: the members of every local group, or this body itself.
      return provision(rulebook, 'body', seat.by.electorate) === null ? null : [seat.by.electorate]
    case 'ex-officio <office>': {
      const filled = provision(rulebook, 'office', seat.by.office)?.rule.filled
      const by = filled !== undefined && 'by' in filled ? filled.by : null
      return by !== null && provision(rulebook, 'body', by) !== null ? [by] : null
    }
    default:
      return null
  }
}

/** Bodies with a seat that goes back to people outside, directly or through another body: a least fixed point. */
function rootedBodies(rulebook: Rulebook, bodies: ReadonlyMap<string, Body>): ReadonlySet<string> {
  const rooted = new Set<string>()
  for (let before = -1; before !== rooted.size;) {
    before = rooted.size
    for (const [id, body] of bodies)
      if (
        body.seats.some((seat) => {
          const fillers = fillersOf(rulebook, seat)
          // A body of another rulebook stands outside.
          return fillers === null || fillers.some((f) => f !== id && (rooted.has(f) || !bodies.has(f)))
        })
      )
        rooted.add(id)
  }
  return rooted
}

/** No seat goes back to people outside, at least half are its own to fill, or it co-opts without any bound. */
function fillsItself(rulebook: Rulebook, body: Body, rooted: ReadonlySet<string>): boolean {
  if (!rooted.has(body.id)) return true
  const own = body.seats.filter((seat) => fillersOf(rulebook, seat)?.includes(body.id) ?? false)
  const sum = (seats: readonly Seat[]): number => seats.reduce((n, seat) => n + (seat.count ?? 1), 0)
  if (own.length > 0 && sum(own) * 2 >= sum(body.seats)) return true
  const { vacancy } = body
  return vacancy?.fill === 'co-opt' && vacancy.else === null && vacancy.emptyAtMost === null
}

/** Fewer people than the quorum needs: in a sitting, when the body sits anew with others, or when one member steps back for an interest. */
function inquorate(rulebook: Rulebook, body: Body): readonly { readonly needed: number; readonly left: number }[] {
  const seats = seatsOfBody(rulebook, body.id)
  if (seats === null || body.quorum.kind === 'winner beats') return []
  const needed = neededFor(body.quorum.threshold, (base) => (base.kind === 'seats' && !base.filled ? seats : null))
  if (needed === null || needed > seats) return []
  const sits = body.sits?.of ?? seats
  if (needed > sits) return [{ needed, left: sits }]
  const anew = provisionsOf(rulebook, 'appeal').some(
    ({ rule }) => rule.disjoint && rule.to.kind === '<body> sitting anew' && rule.to.body === body.id,
  )
  if (anew && seats - sits < needed) return [{ needed, left: seats - sits }]
  const steps = onlyProvision(rulebook, 'interest')?.rule.effect === 'leaves vote and quorum'
  // A case is heard by others when someone steps back, so only a body that sits whole is stopped by one interest.
  return steps && body.sits === null && needed === seats ? [{ needed, left: seats - 1 }] : []
}
