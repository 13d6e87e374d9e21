import type { Instant } from '@quorate/kernel'
import { after } from '../calendar.ts'
import type { Condition } from '../language/expression.ts'
import { cite, provision, type Provision } from '../language/model.ts'
import type { Purpose, Step, StepActor, Taken, TakenForGranted } from './answer.ts'
import type { Demand } from './answer.ts'
import { joined, needNobody, needsOf, peopleOf, type Needs } from './people.ts'
import { carriesInBody, type Carries } from './votes.ts'
import { bodyIn, officers, seats, spread, takenFor, type World } from './world.ts'

/** A way that has been planned so far: whom it needs, what they do, and when it has come how far. */
export type Plan = {
  readonly needs: Needs
  readonly steps: readonly Step[]
  readonly at: Instant
  /** When outsiders could first see it; null before the first step. */
  readonly seenAt: Instant | null
  readonly taken: readonly Taken[]
  readonly assumes: readonly TakenForGranted[]
}

/** What has been brought about before: opponents gone, empty seats filled, rolls shrunk. */
export type Prepared = {
  readonly cleared: ReadonlySet<string>
  readonly filled: ReadonlySet<string>
  readonly shrunk: ReadonlySet<string>
  /** Bodies in which the attempt had nobody, and offices it had not, that it has won. */
  readonly won: ReadonlySet<string>
}

/** Nothing done yet. */
export const unprepared: Prepared = { cleared: new Set(), filled: new Set(), shrunk: new Set(), won: new Set() }

/** The beginning: nobody needed, nothing done. */
export const begin = (at: Instant): Plan => ({ needs: needNobody, steps: [], at, seenAt: null, taken: [], assumes: [] })

/** A plan with one more step. The step lasts from where the plan stands to `until`. */
export function withStep(
  plan: Plan,
  step: Omit<Step, 'startsAt' | 'endsAt'>,
  until: Instant = plan.at,
  from: Instant = plan.at,
): Plan {
  return {
    ...plan,
    needs: joined(plan.needs, needsOf(step.needs)),
    steps: [...plan.steps, { ...step, startsAt: from, endsAt: until }],
    at: until > plan.at ? until : plan.at,
    seenAt: plan.seenAt ?? from,
  }
}

/** A plan that takes something more for granted. */
export function granting(plan: Plan, taken: readonly Taken[], assumes: readonly TakenForGranted[] = []): Plan {
  if (taken.length === 0 && assumes.length === 0) return plan
  const known = new Set(plan.taken.map((t) => `${t.clause} ${t.field}`))
  const said = new Set(plan.assumes.map((a) => JSON.stringify(a)))
  return {
    ...plan,
    taken: [...plan.taken, ...taken.filter((t) => !known.has(`${t.clause} ${t.field}`))],
    assumes: [...plan.assumes, ...assumes.filter((a) => !said.has(JSON.stringify(a)))],
  }
}

/** Whether two plans read an open field in two ways: then nobody can follow both. */
function contradict(a: Plan, b: Plan): boolean {
  if (a.taken.length === 0 || b.taken.length === 0) return false
  const known = new Map(a.taken.map((t) => [`${t.clause} ${t.field}`, t.value]))
  return b.taken.some((t) => (known.get(`${t.clause} ${t.field}`) ?? t.value) !== t.value)
}

/** Both plans, begun at the same time; null where they contradict each other. */
export function together(a: Plan, b: Plan): Plan | null {
  if (contradict(a, b)) return null
  const steps = [...a.steps, ...b.steps.filter((step) => !a.steps.includes(step))]
  const merged: Plan = {
    needs: joined(a.needs, b.needs),
    steps,
    at: a.at > b.at ? a.at : b.at,
    seenAt: a.seenAt === null ? b.seenAt : b.seenAt === null || a.seenAt < b.seenAt ? a.seenAt : b.seenAt,
    taken: a.taken,
    assumes: a.assumes,
  }
  return granting(merged, b.taken, b.assumes)
}

/** What a plan costs: people, time from `from` to its end, time from when it could be seen to its end. */
export function costOf(
  world: World,
  plan: Plan,
): { readonly people: number; readonly elapsedMs: number; readonly warningMs: number } {
  return {
    people: peopleOf(plan.needs, world.apart),
    elapsedMs: plan.at - world.facts.from,
    warningMs: plan.seenAt === null ? 0 : plan.at - plan.seenAt,
  }
}

/** What a body does in a step, and for what. */
export type BodyAct = { readonly act: Step['act']; readonly purpose: Purpose; readonly clause: Step['clause'] }

/**
 * A body carries a vote with people of the attempt: the meeting is called, then they vote. Null when no number of them carries it. One meeting
 * does for all votes of a body in one plan.
 */
export function bodyCarries(
  world: World,
  prepared: Prepared,
  plan: Plan,
  body: string,
  pass: readonly Condition[] | null,
  what: BodyAct,
): Plan | null {
  const found = provision(world.rulebook, 'body', body)
  const plain = bodyIn(world, body, prepared.cleared.has(body))
  const won = prepared.won.has(body)
  if (found === null || plain === null || (world.facts.without.includes(body) && !won)) return null
  const filling = prepared.filled.has(body) && plain.established > plain.seated
  const kase = filling ? { ...plain, seated: plain.established } : plain
  const had = plan.needs.get(`seat ${body}`)?.count ?? 0
  // Where opponents can be put off, those of the attempt who are there anyway are the body.
  const carries = carriesInBody(kase, pass ?? found.rule.decides.pass, kase.cleared ? had : 1)
  if (carries === null) return null
  const empty = prepared.cleared.has(body) ? carries.inFavour : plain.established - plain.seated
  const newcomers = won ? carries.inFavour : filling ? Math.min(empty, Math.max(0, carries.inFavour - had)) : 0
  const own = won ? 0 : spread(world, kase, carries.inFavour) - newcomers
  const needs: readonly Demand[] = [
    seats(world, body, own),
    ...Object.entries(carries.ofClass).map(([id, count]) => seats(world, body, count, id)),
    { pool: 'newcomer', id: body, ofClass: null, count: newcomers, of: null },
  ]
  const actor: StepActor = { kind: 'body', id: body, inAttempt: true }
  const called = callMeeting(world, plan, found, what.purpose, won)
  const lot: readonly TakenForGranted[] =
    found.rule.sits !== null && world.facts.lots === 'favourable'
      ? [{ kind: 'lot-falls-well', body, clause: cite(world.rulebook, found.clause) }]
      : []
  const voted = withStep(called, {
    actor,
    ...what,
    needs: [...needsOf(needs).values()],
    votes: votesOf(carries),
  })
  return granting(voted, takenFor(world, found), lot)
}

const votesOf = (c: Carries): Step['votes'] => ({ for: c.inFavour, against: c.against, of: c.of })

function callMeeting(world: World, plan: Plan, body: Provision<'body'>, purpose: Purpose, won: boolean): Plan {
  const { id, meets } = body.rule
  const met = plan.steps.some((s) => s.act.kind === 'call-meeting' && s.act.body === id)
  if (meets === null || met) return plan
  const until = after(plan.at, meets.notice, world.reckoning)
  if (until <= plan.at) return plan
  // Who has won the body has those seats among the newcomers.
  const needs = meets.or?.kind === '<count> seated' && !won ? [seats(world, id, meets.or.count)] : []
  return withStep(
    plan,
    {
      actor: { kind: 'body', id, inAttempt: true },
      act: { kind: 'call-meeting', body: id },
      purpose,
      clause: cite(world.rulebook, body.clause),
      needs,
      votes: null,
    },
    until,
  )
}

/** An officer of the attempt acts; null where the attempt has none. */
export function officerActs(
  world: World,
  prepared: Prepared,
  plan: Plan,
  office: string,
  count: number,
  what: BodyAct,
): Plan | null {
  const won = prepared.won.has(office)
  if (world.facts.without.includes(office) && !won) return null
  const actor: StepActor = { kind: 'office', id: office, inAttempt: true }
  const newcomer: Demand = { pool: 'newcomer', id: office, ofClass: null, count, of: null }
  return withStep(plan, { actor, ...what, needs: [won ? newcomer : officers(world, office, count)], votes: null })
}
