import type { Who } from '../language/expression.ts'
import { printWho } from '../language/expression-print.ts'
import type { Provision, Rulebook, RuleOf } from '../language/model.ts'
import { sayAt, type Finding } from './finding.ts'

type Seat = RuleOf<'body'>['seats'][number]
type Quota = NonNullable<Seat['quota']>[number]
/** At least so many of the people who fill some seats must satisfy a predicate. */
type Need = { readonly who: Who; readonly atLeast: number }

/** Bodies whose quotas nobody's election can meet: exactly, over every kind of person the predicates tell apart. */
export const inQuotas = (rulebook: Rulebook, provisions: readonly Provision[]): readonly Finding[] =>
  provisions.flatMap(({ clause, rule }) =>
    rule.kind === 'body'
      ? rule.seats.flatMap((seat) =>
          faultsOf(seat)
            .slice(0, 1)
            .map(({ needed, seats }) => sayAt(rulebook, clause)('unmeetable-quota', seat.id, { needed, seats })),
        )
      : [],
  )

function faultsOf(seat: Seat): readonly { readonly needed: number; readonly seats: number }[] {
  const quotas = seat.quota ?? []
  const districts = seat.districts ?? []
  const whole = districts.length === 0 ? seat.count : districts.reduce((sum, d) => sum + d.count, 0)
  // "2 of 4" where there are 3: the rule speaks of seats that are not there.
  const ofMore = quotas.find((q) => q.of !== null && whole !== null && q.of > whole)
  if (ofMore?.of != null && whole !== null) return [{ needed: ofMore.of, seats: whole }]
  const scopes: { readonly seats: number; readonly needs: readonly Need[] }[] = []
  const inDistrict = quotas.filter((q) => q.per === 'district')
  for (const district of districts) scopes.push({ seats: district.count, needs: inDistrict.map(needOf) })
  if (whole !== null)
    scopes.push({
      seats: whole,
      needs: quotas.map((q) =>
        q.per === 'district' ? { ...needOf(q), atLeast: q.atLeast * Math.max(1, districts.length) } : needOf(q),
      ),
    })
  return scopes.flatMap(({ seats, needs }) => {
    const needed = fewestPeople(needs)
    // Nobody can meet a need that contradicts itself: then no number of seats is enough, and one more than there are is a true bound.
    return needed !== null && needed > seats ? [{ needed: Number.isFinite(needed) ? needed : seats + 1, seats }] : []
  })
}

const needOf = (quota: Quota): Need => ({ who: quota.who, atLeast: quota.atLeast })

/** What a predicate asks about a person: one value of an attribute, a bound on age, or yes or no to anything else. */
type Traits = { readonly attributes: Map<string, Set<string>>; readonly ages: Set<number>; readonly other: Set<string> }
/** A kind of person: the value of each attribute, the age, and the answers to all else. */
type Kind = { readonly attributes: ReadonlyMap<string, string>; readonly age: number; readonly other: ReadonlySet<string> }

function collect(who: Who, traits: Traits): void {
  switch (who.kind) {
    case 'or':
    case 'and':
      for (const part of who.parts) collect(part, traits)
      return
    case 'not':
      return collect(who.part, traits)
    case 'attribute': {
      const values = traits.attributes.get(who.id) ?? new Set()
      traits.attributes.set(who.id, values.add(who.value))
      return
    }
    case 'age at least':
    case 'age under':
      traits.ages.add(who.years)
      return
    default:
      traits.other.add(printWho(who))
  }
}

function fits(who: Who, kind: Kind): boolean {
  switch (who.kind) {
    case 'or':
      return who.parts.some((part) => fits(part, kind))
    case 'and':
      return who.parts.every((part) => fits(part, kind))
    case 'not':
      return !fits(who.part, kind)
    case 'attribute':
      return kind.attributes.get(who.id) === who.value
    case 'age at least':
      return kind.age >= who.years
    case 'age under':
      return kind.age < who.years
    default:
      return kind.other.has(printWho(who))
  }
}

// More kinds of people or steps than any quota rule we have seen needs (the largest: 5 quotas, 48 kinds); beyond them nothing is claimed.
const kindsMax = 4096
const stepsMax = 50_000
// Each choice between kinds is one level of recursion, and some thousand exhaust the stack. No body of a rulebook we know has half as many seats.
const choicesMax = 300

/** Every kind of person the predicates can tell apart, or null when there are too many. */
function kindsOf(needs: readonly Need[]): readonly Kind[] | null {
  const traits: Traits = { attributes: new Map(), ages: new Set(), other: new Set() }
  for (const need of needs) collect(need.who, traits)
  const ages = [...traits.ages].toSorted((a, b) => a - b)
  let kinds: Kind[] = [(ages[0] ?? 1) - 1, ...ages].map((age) => ({ attributes: new Map(), age, other: new Set() }))
  for (const [id, values] of traits.attributes) {
    kinds = kinds.flatMap((k) => ['', ...values].map((v) => ({ ...k, attributes: new Map([...k.attributes, [id, v]]) })))
    if (kinds.length > kindsMax) return null
  }
  for (const answer of traits.other) {
    kinds = kinds.flatMap((k) => [k, { ...k, other: new Set([...k.other, answer]) }])
    if (kinds.length > kindsMax) return null
  }
  return kinds
}

/** The fewest people who together meet every need; infinite when nobody can meet one; null when it cannot be worked out within bounds. */
function fewestPeople(needs: readonly Need[]): number | null {
  const kinds = kindsOf(needs)
  if (kinds === null) return null
  const met = new Set(kinds.map((kind) => needs.reduce((bits, need, i) => (fits(need.who, kind) ? bits | (1 << i) : bits), 0)))
  const useful = [...met].filter((bits) => bits > 0 && ![...met].some((more) => more !== bits && (more & bits) === bits))
  const known = new Map<string, number>()
  let steps = 0
  const least = (left: readonly number[], depth: number): number => {
    const hardest = left.indexOf(Math.max(0, ...left))
    if ((left[hardest] ?? 0) === 0) return 0
    const key = left.join(',')
    const before = known.get(key)
    if (before !== undefined) return before
    if (++steps > stepsMax || depth > choicesMax) return Number.NaN
    const choices = useful.filter((bits) => (bits & (1 << hardest)) !== 0)
    // Where only one kind meets the need, all who are needed are of that kind: one step, however many.
    const people = choices.length === 1 ? (left[hardest] ?? 0) : 1
    const without = (bits: number): readonly number[] =>
      left.map((n, i) => ((bits & (1 << i)) === 0 ? n : Math.max(0, n - people)))
    const best = choices.reduce(
      (fewest, bits) => Math.min(fewest, people + least(without(bits), depth + 1)),
      Number.POSITIVE_INFINITY,
    )
    known.set(key, best)
    return best
  }
  const fewest = least(
    needs.map((n) => n.atLeast),
    0,
  )
  return Number.isNaN(fewest) ? null : fewest
}
