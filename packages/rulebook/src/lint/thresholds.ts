import { compare, fraction, multiply, subtract, type Fraction } from '@quorate/kernel'
import type { Amount, Base, Condition } from '../language/expression.ts'
import { basesIn, neededFor } from '../measure.ts'
import { provision, type Rulebook } from '../language/model.ts'
import { sayAt, type Finding, type LintFacts, type Say } from './finding.ts'
import type { Place, Site } from './sites.ts'

const half = fraction(1, 2)
const shareOf = (amount: Amount): Fraction | null =>
  amount.kind === 'share' ? fraction(amount.share.numerator, amount.share.denominator) : null

/** Bases that exist in a place: a ballot has a roll and no seats, a body has seats and no roll. */
function meaningful(base: Base, place: Place): boolean {
  if (base.kind === 'electorate') return true
  if (base.kind === 'bodies') return place !== 'support'
  if (base.kind === 'seats') return place === 'body'
  if (place === 'support') return false
  return place === 'ballot'
    ? base.of !== 'present'
    : base.of === 'for-and-against' || base.of === 'votes-cast' || base.of === 'present'
}

const shrinks = (base: Base): boolean =>
  (base.kind === 'seats' && base.filled) || (base.kind === 'votes' && base.of === 'present')

const anchors = ['propose', 'notice', 'freeze', 'open', 'close', 'cut-off', 'meeting']
const undated = (base: Base, stages: readonly string[]): boolean =>
  (base.kind === 'electorate' || base.kind === 'bodies') && !anchors.includes(base.at) && !stages.includes(base.at)

/** Holes in one threshold, whatever the movement's size: bases that are not there or shrink, ties, empty classes. */
function inCondition(say: Say, site: Site, condition: Condition): readonly Finding[] {
  if (condition.kind === 'winner beats') return []
  const { threshold, measure, ofClass, orNoneSeated } = condition
  const bases = basesIn(threshold.amount)
  const share = shareOf(threshold.amount)
  const found: Finding[] = []
  if (bases.some((base) => !meaningful(base, site.place))) found.push(say('base-without-meaning', site.subject))
  if (bases.some((base) => undated(base, site.stages))) found.push(say('base-undated', site.subject))
  const special = share !== null && compare(share, half) > 0
  if ((site.quorum(condition) || special) && bases.some(shrinks)) found.push(say('base-that-shrinks', site.subject))
  const adopts = measure === 'yes' && !site.quorum(condition)
  const ofVotes = bases.every((b) => b.kind === 'votes' && b.of !== 'roll' && b.of !== 'issued')
  if (adopts && ofVotes && threshold.kind === 'at least' && share !== null && compare(share, half) <= 0)
    found.push(say('adoption-on-a-tie', site.subject))
  if (ofClass !== null && !orNoneSeated) found.push(say('empty-class-veto', site.subject, { class: ofClass }))
  return found
}

/** Equal votes that the rule itself carries, unless a special majority stands in the way. */
function carriedOnTie(say: Say, site: Site): readonly Finding[] {
  if (site.tie !== 'carried') return []
  const special = site.conditions.some((c) => {
    const share = c.kind === 'measure' && c.measure === 'yes' ? shareOf(c.threshold.amount) : null
    return share !== null && compare(share, half) > 0
  })
  return special ? [] : [say('adoption-on-a-tie', site.subject)]
}

/** Seats a body has by its own rule; null when everyone in an electorate sits, or a number is not said. */
export function seatsOfBody(rulebook: Rulebook, id: string | null): number | null {
  const body = id === null ? null : provision(rulebook, 'body', id)
  if (body === null || body.rule.seats.some((seat) => seat.everyoneIn !== null)) return null
  const counts = body.rule.seats.map((seat) => seat.count ?? (seat.by?.kind === 'ex-officio <office>' ? 1 : null))
  return counts.reduce<number | null>((sum, n) => (sum === null || n === null ? null : sum + n), 0)
}

/** Thresholds above what there is: seats of a body, people in an electorate. */
function beyond(rulebook: Rulebook, facts: LintFacts, say: Say, site: Site): readonly Finding[] {
  const seats = site.place === 'body' ? seatsOfBody(rulebook, site.of) : null
  const sits = site.of === null ? null : (provision(rulebook, 'body', site.of)?.rule.sits?.of ?? null)
  const people = site.of === null ? null : (facts.electorates?.[site.of] ?? null)
  const filled = site.of === null ? null : (facts.seated?.[site.of] ?? null)
  return site.conditions.flatMap((condition) => {
    if (condition.kind === 'winner beats' || condition.ofClass !== null) return []
    const needed = neededFor(condition.threshold, (base) =>
      base.kind === 'seats' && base.ofClass === null ? (base.sitting ? (sits ?? seats) : base.filled ? filled : seats) : null,
    )
    if (needed === null) return []
    const there = seats ?? people
    if (there !== null && needed > there) return [say('beyond-the-number', site.subject, { needed, there })]
    if (seats !== null && filled !== null && needed > filled && sits === null)
      return [say('not-enough-seated', site.subject, { needed, there: filled })]
    return []
  })
}

/** Turnout rules that no past ballot would have met. Without past ballots nothing is known, and nothing found. */
function neverReached(facts: LintFacts, say: Say, site: Site): readonly Finding[] {
  if (facts.turnouts.length === 0 || site.place !== 'ballot' || site.founding) return []
  return site.conditions.flatMap((condition) => {
    if (condition.kind !== 'measure' || condition.measure !== 'turnout') return []
    const past = facts.turnouts.map(({ cast, of }) => ({
      cast,
      of,
      needed: neededFor(condition.threshold, (base) =>
        base.kind === 'votes' && (base.of === 'roll' || base.of === 'issued') ? of : null,
      ),
    }))
    if (past.some(({ cast, needed }) => needed === null || cast >= needed)) return []
    const best = past.reduce((a, b) => (b.cast * a.of > a.cast * b.of ? b : a))
    return [say('never-reached', site.subject, { needed: best.needed ?? 0, of: best.of, best: best.cast })]
  })
}

// A turnout rule always lets opponents help a little. Up to a tenth of the roll we leave to the movement; above it, they can decide.
const helpMax = fraction(1, 10)
const percent = (share: Fraction): string => {
  const tenths = (share.numerator * 1000n * 2n + share.denominator) / (share.denominator * 2n)
  return tenths % 10n === 0n ? String(tenths / 10n) : `${tenths / 10n}.${tenths % 10n}`
}

/**
 * Ballots that opponents can carry for the proposers by voting no: with a turnout of T and a pass line of s, proposers alone need T of the roll,
 * with opponents only s × T. The difference, (1 − s) × T, is what opponents can supply.
 */
function opponentsHelp(say: Say, site: Site): readonly Finding[] {
  if (site.place !== 'ballot') return []
  const greatest = (measure: 'yes' | 'turnout', whole: boolean): Fraction =>
    site.conditions.reduce((most, c) => {
      if (c.kind !== 'measure' || c.measure !== measure || c.threshold.amount.kind !== 'share') return most
      const { base } = c.threshold.amount
      const ofRoll = base.kind === 'electorate' || (base.kind === 'votes' && (base.of === 'roll' || base.of === 'issued'))
      const share = shareOf(c.threshold.amount)
      return ofRoll === whole && share !== null && compare(share, most) > 0 ? share : most
    }, fraction(0))
  const alone = greatest('turnout', true)
  const line = multiply(greatest('yes', false), alone)
  const support = greatest('yes', true)
  const together = compare(support, line) > 0 ? support : line
  if (compare(together, fraction(0)) === 0 || compare(subtract(alone, together), helpMax) <= 0) return []
  return [say('opponents-help', site.subject, { alone: percent(alone), together: percent(together) })]
}

/** Holes in every threshold of a rulebook. */
export const inThresholds = (rulebook: Rulebook, facts: LintFacts, sites: readonly Site[]): readonly Finding[] =>
  sites.flatMap((site) => {
    const say = sayAt(rulebook, site.clause)
    return [
      ...site.conditions.flatMap((c) => inCondition(say, site, c)),
      ...carriedOnTie(say, site),
      ...beyond(rulebook, facts, say, site),
      ...neverReached(facts, say, site),
      ...opponentsHelp(say, site),
    ]
  })
