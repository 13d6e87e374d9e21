import type { CivilDate } from '@quorate/kernel'
import fc from 'fast-check'
import type {
  Actor,
  Actors,
  Amount,
  Base,
  Condition,
  Duration,
  Moment,
  Threshold,
  Vote,
  Who,
} from '../src/language/expression.ts'
import {
  printActors,
  printAmount,
  printCondition,
  printDuration,
  printMoment,
  printThreshold,
  printVote,
  printWho,
} from '../src/language/expression-print.ts'
import type { ExpressionName } from '../src/language/shape.ts'

/** The names a random rule may use, by what they are names of. Every list has one at least, and none is a word of the grammar. */
export type Pools = {
  readonly body: readonly string[]
  readonly office: readonly string[]
  readonly electorate: readonly string[]
  readonly class: readonly string[]
  readonly attribute: readonly string[]
  readonly value: readonly string[]
  readonly fact: readonly string[]
  readonly procedure: readonly string[]
  readonly appeal: readonly string[]
  readonly meeting: readonly string[]
  readonly service: readonly string[]
  readonly conduct: readonly string[]
  readonly superior: readonly string[]
  readonly state: readonly string[]
  readonly seat: readonly string[]
  readonly stage: readonly string[]
  readonly clause: readonly string[]
  /** Ids that nothing defines: grounds, matters, sanctions. */
  readonly other: readonly string[]
}

/** Random expressions whose names come from the pools. */
export type Expressions = {
  readonly duration: fc.Arbitrary<Duration>
  readonly amount: fc.Arbitrary<Amount>
  readonly threshold: fc.Arbitrary<Threshold>
  readonly condition: fc.Arbitrary<Condition>
  readonly moment: fc.Arbitrary<Moment>
  readonly who: fc.Arbitrary<Who>
  readonly actors: fc.Arbitrary<Actors>
  readonly vote: fc.Arbitrary<Vote>
}

const small = fc.integer({ min: 0, max: 100 })
const duration: fc.Arbitrary<Duration> = fc.record({
  count: small,
  unit: fc.constantFrom('minutes', 'hours', 'days', 'clear days', 'working days', 'weeks', 'months', 'years'),
})
const share = fc.oneof(
  fc.integer({ min: 0, max: 100 }).map((numerator) => ({ numerator, denominator: 100, percent: true })),
  fc
    .tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 0, max: 99 }))
    .map(([n, d]) => ({ numerator: n, denominator: n + d, percent: false })),
)

function amounts(pools: Pools, anchor: fc.Arbitrary<string>): fc.Arbitrary<Amount> {
  const classId = fc.constantFrom(...pools.class)
  const base: fc.Arbitrary<Base> = fc.oneof(
    fc.record({
      kind: fc.constant('votes' as const),
      of: fc.constantFrom('for-and-against', 'votes-cast', 'valid', 'returned', 'issued', 'roll', 'present'),
    }),
    fc.record({ kind: fc.constant('seats' as const), filled: fc.boolean(), ofClass: fc.option(classId), sitting: fc.boolean() }),
    fc.record({
      kind: fc.constant('electorate' as const),
      id: fc.constantFrom(...pools.electorate),
      thisGroup: fc.boolean(),
      at: anchor,
    }),
    fc.record({ kind: fc.constant('bodies' as const), id: fc.constantFrom(...pools.body), at: anchor }),
  )
  return fc.letrec<{ amount: Amount }>((tie) => ({
    amount: fc.oneof(
      { maxDepth: 3 },
      fc.record({
        kind: fc.constant('count' as const),
        count: small,
        unit: fc.constantFrom('people', 'votes', 'seats', 'bodies'),
        per: fc.constant(null),
      }),
      fc.record({
        kind: fc.constant('count' as const),
        count: small,
        unit: fc.constant('GBP' as const),
        per: fc.option(fc.constantFrom('day', 'week', 'month', 'year')),
      }),
      fc.record({ kind: fc.constant('share' as const), share, base }),
      fc.record({ kind: fc.constantFrom('lesser', 'greater'), first: tie('amount'), second: tie('amount') }),
      fc.record({ kind: fc.constant('quorum' as const), body: fc.constantFrom(...pools.body) }),
    ),
  })).amount
}

function predicates(pools: Pools, moment: fc.Arbitrary<Moment>): fc.Arbitrary<Who> {
  const one = (key: keyof Pools): fc.Arbitrary<string> => fc.constantFrom(...pools[key])
  return fc.letrec<{ who: Who; parts: readonly Who[] }>((tie) => ({
    parts: fc.array(tie('who'), { minLength: 2, maxLength: 3 }),
    who: fc.oneof(
      { maxDepth: 3 },
      fc.record({ kind: fc.constant('standing' as const), id: one('state') }),
      fc.record({ kind: fc.constant('seat on' as const), id: one('body') }),
      fc.record({ kind: fc.constant('office' as const), id: one('office') }),
      fc.record({ kind: fc.constant('fact' as const), id: one('fact') }),
      fc.record({ kind: fc.constant('electorate' as const), id: one('electorate') }),
      fc.record({ kind: fc.constant('class' as const), id: one('class'), asOf: fc.option(moment) }),
      fc.record({
        kind: fc.constant('attribute' as const),
        id: one('attribute'),
        value: one('value'),
        within: fc.option(duration),
      }),
      fc.record({ kind: fc.constantFrom('age at least', 'age under'), years: small }),
      fc.record({ kind: fc.constantFrom('joined by', 'paid by', 'before', 'after'), moment }),
      fc.record({ kind: fc.constant('in' as const), body: fc.option(one('body')) }),
      fc.record({ kind: fc.constant('or' as const), parts: tie('parts') }),
      fc.record({ kind: fc.constant('and' as const), parts: tie('parts') }),
      fc.record({ kind: fc.constant('not' as const), part: tie('who') }),
    ),
  })).who
}

/** The instants a random expression may name: those of the grammar, stages and meetings. */
export const anchorsOf = (pools: Pools): readonly string[] => [
  'propose',
  'notice',
  'freeze',
  'open',
  'close',
  'cut-off',
  ...pools.stage,
  ...pools.meeting,
  ...pools.appeal,
]

/** Random expressions over the pools. */
export function expressionsOf(pools: Pools): Expressions {
  const anchor = fc.constantFrom(...anchorsOf(pools))
  const amount = amounts(pools, anchor)
  const threshold: fc.Arbitrary<Threshold> = fc.record({ kind: fc.constantFrom('at least', 'more than'), amount })
  const moment: fc.Arbitrary<Moment> = fc.oneof(
    fc.record({
      kind: fc.constant('date' as const),
      date: fc.constantFrom('2026-01-31', '2028-02-29') as fc.Arbitrary<CivilDate>,
      time: fc.option(fc.constantFrom('00:00', '23:59:59', '24:00')),
    }),
    fc.record({ kind: fc.constant('anchor' as const), anchor }),
    fc.record({ kind: fc.constant('offset' as const), duration, side: fc.constantFrom('before', 'after'), anchor }),
    fc.record({ kind: fc.constant('end of day' as const), days: small, anchor }),
  )
  const condition: fc.Arbitrary<Condition> = fc.oneof(
    fc.record({
      kind: fc.constant('measure' as const),
      measure: fc.constantFrom('yes', 'turnout', 'present', 'bodies-for', 'weight-for'),
      ofClass: fc.option(fc.constantFrom(...pools.class)),
      threshold,
      orNoneSeated: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('winner beats' as const), what: fc.constantFrom('none-of-these', 'status-quo') }),
  )
  const actor: fc.Arbitrary<Actor> = fc.oneof(
    fc.record({ kind: fc.constant('named' as const), id: fc.constantFrom(...pools.body, ...pools.office) }),
    fc.record({ kind: fc.constant('seat on' as const), body: fc.constantFrom(...pools.body) }),
    fc.record({
      kind: fc.constant('electorate' as const),
      id: fc.constantFrom(...pools.electorate),
      thisGroup: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('people' as const), count: small, electorate: fc.constantFrom(...pools.electorate) }),
    fc.constant<Actor>({ kind: 'rule' }),
  )
  const actors = fc.tuple(actor, fc.array(actor, { maxLength: 2 })).map(([head, rest]): Actors => [head, ...rest])
  const vote: fc.Arbitrary<Vote> = fc.record({ of: fc.constantFrom(...pools.body, ...pools.electorate), threshold })
  return { duration, amount, threshold, condition, moment, who: predicates(pools, moment), actors, vote }
}

/** The same, as they are written in a block. */
export function expressionTexts(pools: Pools): { readonly [K in ExpressionName]: fc.Arbitrary<string> } {
  const e = expressionsOf(pools)
  return {
    duration: e.duration.map(printDuration),
    amount: e.amount.map(printAmount),
    threshold: e.threshold.map(printThreshold),
    condition: e.condition.map(printCondition),
    moment: e.moment.map(printMoment),
    who: e.who.map(printWho),
    actors: e.actors.map(printActors),
    vote: e.vote.map(printVote),
  }
}
