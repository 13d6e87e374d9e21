// Bounds nobody could meet are found when nominations close, and again after each withdrawal: not on the night of the count.
import { assert, fail, ok, type Result } from '@quorate/kernel'
import type { Contest } from '../papers/profile.ts'
import { sidesOf, type ConstraintCertificate, type Proof } from './certificate.ts'
import { checkConstraints, type ConstraintFault, type Constraints } from './constraints.ts'
import { certificateText } from './english.ts'
import { Keeper } from './keeper.ts'
import { judgeLiterally } from './judge.ts'

/** A floor that the nominations alone do not reach. */
export type Shortage = {
  /** Index into the constraints. */
  readonly group: number
  readonly required: number
  readonly nominated: number
}

/** What the nominations allow. */
export type Nominations =
  | { readonly kind: 'feasible'; readonly certificate: ConstraintCertificate }
  /**
   * No choice of the nominated meets the bounds. `shortages`: floors out of reach by themselves; none when only several bounds together
   * cannot be kept. `text` says so in a sentence with figures and clauses.
   */
  | {
      readonly kind: 'infeasible'
      readonly certificate: ConstraintCertificate
      readonly shortages: readonly Shortage[]
      readonly text: string
    }
  /** Somebody who stands is neither in a group nor out of it, or the bounds are no bounds: nothing can be said until that is mended. */
  | { readonly kind: 'blocked'; readonly fault: ConstraintFault }
  /** The search was given up. */
  | { readonly kind: 'undecided' }

/** Asks whether those nominated and not withdrawn can meet the bounds: at the close of nominations and after each withdrawal. */
export function nominationsUnder(contest: Contest, constraints: Constraints): Nominations {
  const checked = checkConstraints(constraints, contest)
  if (checked.kind === 'fail') return { kind: 'blocked', fault: checked.error }
  const certificate = new Keeper(constraints, contest, judgeLiterally).certificate()
  if (certificate === null) return { kind: 'undecided' }
  if (certificate.claim === 'feasible') return { kind: 'feasible', certificate }
  const shortages = constraints.flatMap(({ members, least }, group): Shortage[] => {
    const nominated = members.filter((c) => !contest.withdrawn.includes(c)).length
    return nominated < least ? [{ group, required: least, nominated }] : []
  })
  const each = shortages.map(({ group, required, nominated }) => {
    const { name = '', clause = '' } = constraints[group] ?? {}
    return `${required} ${name} required, ${nominated} nominated (${clause})`
  })
  const text = each.length === 0 ? certificateText(certificate, (c) => contest.candidates[c] ?? '') : `${each.join('; ')}.`
  return { kind: 'infeasible', certificate, shortages, text }
}

/** What a rule can say of a quota that is short, in the words of a rulebook's `if-short`; `re-open` changes nothing but the nominations. */
export type ShortRoute = 'leave empty' | 'next best'

/** An election after a rule has dealt with a shortage. */
export type Relaxed = {
  readonly seats: number
  readonly constraints: Constraints
  /** Floors made lower, each by how much. */
  readonly lowered: readonly { readonly group: number; readonly by: number }[]
}

/**
 * The bounds as a rule leaves them when they cannot be met. `next best`: floors give way, no further than they must, the last of the
 * constraints first; the places go to whom the votes choose. `leave empty`: so do they, and for each step one place stays empty.
 */
export function afterShortage(
  contest: Contest,
  constraints: Constraints,
  route: ShortRoute,
): Result<Relaxed, Extract<Nominations, { readonly kind: 'blocked' | 'undecided' }> | { readonly kind: 'no floor to lower' }> {
  let seats = contest.seats
  let relaxed = constraints
  for (;;) {
    const found = nominationsUnder({ ...contest, seats }, relaxed)
    if (found.kind === 'blocked' || found.kind === 'undecided') return fail(found)
    if (found.kind === 'feasible') {
      const lowered = constraints.map(({ least }, group) => ({ group, by: least - (relaxed[group]?.least ?? least) }))
      return ok({ seats, constraints: relaxed, lowered: lowered.filter(({ by }) => by > 0) })
    }
    const { evidence } = found.certificate
    assert(evidence.kind !== 'witness', 'what is infeasible is proved')
    const group = lastFloor(evidence, relaxed)
    if (group === null && (route === 'next best' || seats === 1)) return fail({ kind: 'no floor to lower' })
    relaxed = relaxed.map((c, g) => (g === group ? { ...c, least: c.least - 1 } : c))
    if (route === 'leave empty' && seats > 1) seats--
  }
}

/** Of the floors a proof rests on, the last: those before it in the rule's order stand longer. */
function lastFloor(proof: Proof, constraints: Constraints): number | null {
  const floors = sidesOf(proof).flatMap(({ group, side }) =>
    group !== null && side === 'least' && (constraints[group]?.least ?? 0) > 0 ? [group] : [],
  )
  return floors.reduce<number | null>((last, g) => (last === null || g > last ? g : last), null)
}
