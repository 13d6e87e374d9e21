// Yes/no decisions with a named base. Exact: no share is ever a float, and the line is a whole number of votes that anyone can recompute.
import { ceiling, compare, fail, floor, fraction, multiply, ok, unreachable, type Fraction, type Result } from '@quorate/kernel'
import { checkProfile, type Profile, type ProfileFault } from './papers/profile.ts'

/**
 * What a share is a share of. They nest, each within the one before: roll, issued, returned (papers in the box), valid (returned less
 * spoilt), votes-cast (valid less abstentions and blanks that the rule does not count as cast), for-and-against. The rest are counted
 * elsewhere: present and seated people of a body, seats established, an electorate at its own instant.
 */
export type Base =
  'for-and-against' | 'votes-cast' | 'valid' | 'returned' | 'issued' | 'roll' | 'present' | 'seated' | 'seats' | 'electorate'

/** Bases that the papers alone do not tell; each is fixed at an instant the rule names. */
export type SuppliedBase = Extract<Base, 'issued' | 'roll' | 'present' | 'seated' | 'seats' | 'electorate'>

/** How much is needed: a share of a base, or a number. */
export type Need =
  { readonly kind: 'share'; readonly share: Fraction; readonly of: Base } | { readonly kind: 'number'; readonly number: number }

/** One condition of passing. `yes` measures votes for; `turnout` measures papers returned, whatever they say. */
export type Condition = {
  readonly measure: 'yes' | 'turnout'
  readonly comparison: 'at least' | 'more than'
  readonly need: Need
}

/** The rule: all conditions must be met. Nothing here has a default: whether abstentions and blanks are votes cast must be said. */
export type MajorityParams = {
  readonly abstain: 'cast' | 'not cast'
  readonly blank: 'cast' | 'not cast'
  readonly conditions: readonly [Condition, ...Condition[]]
}

/** What was counted: whole numbers of papers, and the sizes of the bases that papers do not tell. */
export type MajorityFigures = {
  readonly for: number
  readonly against: number
  readonly abstain: number
  readonly blank: number
  readonly spoilt: number
  readonly sizes: Readonly<Partial<Record<SuppliedBase, number>>>
}

/** One condition with its figures. `line` is the fewest votes that meet it, `margin` how many there were above (below if negative). */
export type ConditionReport = {
  readonly condition: Condition
  /** Size of the base; null where a bare number is needed. */
  readonly base: number | null
  readonly line: number
  readonly votes: number
  readonly margin: number
  readonly met: boolean
}

/** The outcome and all it rests on. */
export type MajorityCount = {
  readonly kind: 'majority'
  readonly method: 'majority@1'
  readonly params: MajorityParams
  readonly figures: MajorityFigures
  readonly conditions: readonly ConditionReport[]
  readonly carried: boolean
}

/** Why a decision could not be counted. */
export type MajorityError =
  | { readonly kind: 'bad profile'; readonly fault: ProfileFault }
  /** A figure is not a whole number from 0 up. */
  | { readonly kind: 'bad figure'; readonly name: string }
  /** A share must lie between 0 and 1, a number must be whole and from 0 up. */
  | { readonly kind: 'bad condition'; readonly index: number }
  /** The rule names a base whose size was not given. */
  | { readonly kind: 'base unknown'; readonly base: SuppliedBase }
  /** More in the inner base than in the outer: one of the two figures is wrong. */
  | { readonly kind: 'bases do not nest'; readonly inner: Base; readonly outer: Base }
  /** The options named for yes, no and abstain are not different candidates of the profile. */
  | { readonly kind: 'bad options' }

/**
 * Decides a yes/no question. "At least 2/3 of 100" is a line of 67, "more than 1/2 of 100" one of 51. The line on votes for is never
 * under 1: nothing is carried by nobody, even where the base is empty.
 */
export function countMajority(params: MajorityParams, figures: MajorityFigures): Result<MajorityCount, MajorityError> {
  const fault = checkFigures(figures) ?? checkConditions(params.conditions)
  if (fault !== null) return fail(fault)
  const bases = basesOf(params, figures)
  const reports: ConditionReport[] = []
  for (const condition of params.conditions) {
    const { need } = condition
    const base = need.kind === 'share' ? bases[need.of] : null
    if (base === undefined) return fail({ kind: 'base unknown', base: (need as { of: SuppliedBase }).of }) // only supplied ones can lack
    const line = lineOf(condition, base ?? 0)
    const votes = condition.measure === 'yes' ? figures.for : bases.returned
    reports.push({ condition, base, line, votes, margin: votes - line, met: votes >= line })
  }
  const carried = reports.every(({ met }) => met)
  return ok({ kind: 'majority', method: 'majority@1', params, figures, conditions: reports, carried })
}

function lineOf(condition: Condition, base: number): number {
  const { need, comparison, measure } = condition
  const exact = need.kind === 'share' ? multiply(need.share, fraction(base)) : fraction(need.number)
  const line = Number(comparison === 'at least' ? ceiling(exact) : floor(exact) + 1n)
  return measure === 'yes' && line < 1 ? 1 : line
}

type Bases = Readonly<Record<Exclude<Base, SuppliedBase>, number>> & Readonly<Partial<Record<SuppliedBase, number>>>

function basesOf(params: MajorityParams, figures: MajorityFigures): Bases {
  const forAndAgainst = figures.for + figures.against
  const cast = forAndAgainst + (params.abstain === 'cast' ? figures.abstain : 0) + (params.blank === 'cast' ? figures.blank : 0)
  const valid = forAndAgainst + figures.abstain + figures.blank
  return { ...figures.sizes, 'for-and-against': forAndAgainst, 'votes-cast': cast, valid, returned: valid + figures.spoilt }
}

function checkFigures(figures: MajorityFigures): MajorityError | null {
  const { sizes, ...papers } = figures
  for (const [name, value] of [...Object.entries(papers), ...Object.entries(sizes)]) {
    if (!Number.isSafeInteger(value) || value < 0) return { kind: 'bad figure', name }
  }
  const returned = papers.for + papers.against + papers.abstain + papers.blank + papers.spoilt
  if (!Number.isSafeInteger(returned)) return { kind: 'bad figure', name: 'returned' }
  const nested: readonly (readonly [Base, number | undefined])[] = [
    ['returned', returned],
    ['issued', sizes.issued],
    ['roll', sizes.roll],
  ]
  const known = nested.flatMap(([base, size]) => (size === undefined ? [] : [{ base, size }]))
  for (const [i, outer] of known.entries()) {
    const inner = known[i - 1]
    if (inner !== undefined && inner.size > outer.size) return { kind: 'bases do not nest', inner: inner.base, outer: outer.base }
  }
  if (sizes.seated !== undefined && sizes.seats !== undefined && sizes.seated > sizes.seats) {
    return { kind: 'bases do not nest', inner: 'seated', outer: 'seats' }
  }
  return null
}

function checkConditions(conditions: readonly Condition[]): MajorityError | null {
  const index = conditions.findIndex(({ need }) => {
    switch (need.kind) {
      case 'share':
        return compare(need.share, fraction(0)) < 0 || compare(need.share, fraction(1)) > 0
      case 'number':
        return !Number.isSafeInteger(need.number) || need.number < 0
      default:
        return unreachable(need)
    }
  })
  return index < 0 ? null : { kind: 'bad condition', index }
}

/** Which candidates of a profile are the answers. */
export type MajorityOptions = { readonly for: number; readonly against: number; readonly abstain: number | null }

/**
 * Reads papers with one answer each as figures: no rank is a blank paper; two answers, one at a skipped rank, or one that is no option
 * of the question is spoilt.
 */
export function majorityFigures(
  profile: Profile,
  options: MajorityOptions,
  sizes: MajorityFigures['sizes'],
): Result<MajorityFigures, MajorityError> {
  const checked = checkProfile(profile)
  if (checked.kind === 'fail') return fail({ kind: 'bad profile', fault: checked.error })
  const named = [options.for, options.against, ...(options.abstain === null ? [] : [options.abstain])]
  if (new Set(named).size !== named.length || named.some((c) => profile.candidates[c] === undefined))
    return fail({ kind: 'bad options' })
  const figures = { for: 0, against: 0, abstain: 0, blank: 0, spoilt: 0, sizes }
  for (const { weight, ranking } of profile.papers) {
    const [only, ...others] = ranking
    if (only === undefined) figures.blank += weight
    else if (others.length > 0 || typeof only !== 'number') figures.spoilt += weight
    else if (only === options.for) figures.for += weight
    else if (only === options.against) figures.against += weight
    else if (only === options.abstain) figures.abstain += weight
    else figures.spoilt += weight
  }
  return ok(figures)
}
