import type { Instant } from '@quorate/kernel'
import type { DecisionId, Fact } from '../act.ts'
import { fingerprintOf } from '../language/document.ts'
import { provision, provisionsOf } from '../language/model.ts'
import { waiting } from '../decision/waiting.ts'
import type { Step } from './answer.ts'
import { datesFrom } from './dates.ts'
import { person, print, type Playing } from './playing.ts'
import { bodyIn, sizeOf } from './world.ts'

type FactMaker = (name: string, of: string | null, value: Fact['value'], at?: Instant) => Fact

/** Everything the plan takes for granted, as the facts `decide` asks for. */
export function factsFor(p: Playing, step: Step): readonly Fact[] {
  const { rulebook } = p.world
  const fact: FactMaker = (name, of, value, at = p.now) => ({
    name,
    of,
    value,
    at,
    knownAt: p.now,
    source: name === 'eligible' ? 'roll' : 'register',
    evidence: null,
  })
  const asOf = rollAsOf(p, step)
  const electorates = provisionsOf(rulebook, 'electorate').flatMap(({ rule: { id } }) => {
    const size = rollOf(p, id)
    const signed = p.plan.needs.get(`elector ${id}`)?.count ?? size
    return [
      fact('eligible', id, true),
      fact('signers', id, signed),
      fact('electorate-size', id, size),
      ...(asOf === null ? [] : [fact('roll', id, { size, root: 'aa' }, asOf)]),
    ]
  })
  // Those above the movement act as holders of an office.
  const above = provisionsOf(rulebook, 'superior').map(({ rule }) => rule.rulebook)
  const offices = [...provisionsOf(rulebook, 'office').map(({ rule }) => rule.id), ...above].map((id) =>
    fact('holds-office', id, true),
  )
  const votes = step.votes
  const bodies =
    step.actor.kind === 'body'
      ? [
          fact(
            'resolution',
            step.actor.id,
            votes === null
              ? { for: 0, against: 1, present: 1 }
              : {
                  for: votes.for,
                  against: votes.against,
                  present: votes.for + votes.against,
                  ...votesByClass(p, step, step.actor.id),
                },
          ),
          ...(votes === null ? [] : [fact('body-size', step.actor.id, votes.of)]),
          ...byClass(p, step.actor.id, fact),
        ]
      : []
  const refusing = step.actor.kind === 'body' && !step.actor.inAttempt ? outvoted(p, step.actor.id, fact) : []
  const powers = provisionsOf(rulebook, 'power').map(({ rule }) => fact('within-limits', rule.act, true))
  const bodiesMet = provisionsOf(rulebook, 'body').flatMap(({ rule }) => [
    fact('holds-seat', rule.id, true),
    fact('meeting', rule.id, true),
    fact('mandate-kept', rule.id, true),
  ])
  // A fact that the plan does without is one that nobody shows.
  const shown = new Set(p.plan.assumes.flatMap((a) => (a.kind === 'attested' ? [a.what] : [])))
  const attested = provisionsOf(rulebook, 'fact').flatMap(({ rule }) => (shown.has(rule.id) ? [fact(rule.id, null, true)] : []))
  const listed = provisionsOf(rulebook, 'procedure').flatMap(({ rule }) =>
    rule.stages.flatMap((s) =>
      s.do === 'nominate' ? [fact('may-stand', s.id, true), fact('quotas', s.id, { required: 0, nominated: 0 })] : [],
    ),
  )
  const ballot = p.votes ?? { for: 0, against: 0, of: 0 }
  const cast = ballot.for + ballot.against
  const notified = p.votes?.of ?? Math.max(1, ...provisionsOf(rulebook, 'electorate').map(({ rule }) => rollOf(p, rule.id)))
  return [
    ...electorates,
    ...offices,
    ...bodies,
    ...refusing,
    ...powers,
    ...bodiesMet,
    ...attested,
    ...listed,
    ...datesOf(p, step, fact),
    ...[1, 2].map((candidate) => fact('own-district', `candidate ${String(candidate)}`, true)),
    fact('count', null, { cast, valid: cast, blank: 0, 'chosen-1': 1, 'beats-none-of-these': 1, 'beats-status-quo': 1 }),
    // Where a procedure is about one group, any does: the figures are of all of them.
    fact('group', null, 'group'),
    fact('notice', null, { served: notified, of: notified, email: notified }),
    fact('setup', null, { fingerprint: print(5), options: 2, list: fingerprintOf([person(1), person(2)].join('\n')) }),
    fact('tally', null, { for: ballot.for, against: ballot.against, blank: 0, cast, valid: cast }),
    fact('resulting-text', null, {
      text: print(3),
      diagnostics: 0,
      findings: 0,
      open: 0,
      'appeals-removed': 0,
      'rights-removed': 0,
    }),
  ]
}

/** A body outside the attempt refuses with all its seats. */
function outvoted(p: Playing, body: string, fact: FactMaker): readonly Fact[] {
  const seated = bodyIn(p.world, body)?.seated ?? 1
  return [fact('resolution', body, { for: 0, against: seated, present: seated }), fact('body-size', body, seated)]
}

/** Seats of each class and their votes, where a rule counts by class. */
function byClass(p: Playing, body: string, fact: FactMaker): readonly Fact[] {
  const all = p.world.facts.bodies[body]?.byClass ?? {}
  const classes = provisionsOf(p.world.rulebook, 'class').map(({ rule }) => rule.id)
  return classes.map((id) => fact('body-size', `${body} ${id}`, all[id] ?? 0))
}

function votesByClass(p: Playing, step: Step, body: string): { readonly [key: string]: number } {
  const all = p.world.facts.bodies[body]?.byClass ?? {}
  const classes = provisionsOf(p.world.rulebook, 'class').map(({ rule }) => rule.id)
  const own = (id: string): number => step.needs.find((d) => d.ofClass === id)?.count ?? 0
  return Object.fromEntries(
    classes.flatMap((id) => [
      [`for-${id}`, own(id)],
      [`present-${id}`, all[id] ?? 0],
    ]),
  )
}

/** Size of a roll in this plan: what is left of it where opponents were put off. */
function rollOf(p: Playing, electorate: string): number {
  const shrunk = p.plan.steps.some((s) => s.purpose.kind === 'shrink' && s.purpose.electorate === electorate)
  const own = p.plan.needs.get(`elector ${electorate}`)?.count ?? 0
  return shrunk ? Math.max(1, own) : (sizeOf(p.world, electorate) ?? Math.max(1, own))
}

/** The instant as of which the roll is drawn, when that is what the step does. */
function rollAsOf(p: Playing, step: Step): Instant | null {
  if (step.act.kind !== 'stage' || step.act.do !== 'freeze') return null
  return (
    waiting(p.editions, p.state, p.now).find((w) => w.kind === 'freeze' && w.decision === (p.decision as DecisionId))?.asOf ??
    null
  )
}

/** The dates that the plan waits for, as a proposal states them. */
function datesOf(p: Playing, step: Step, fact: FactMaker): readonly Fact[] {
  const procedure = step.act.kind === 'propose' ? provision(p.world.rulebook, 'procedure', step.act.procedure) : null
  return procedure === null
    ? []
    : [...datesFrom(p.world, procedure, p.now)].map(([anchor, date]) => fact('instant', anchor, date))
}
