import { civilDateOf, plusDays, plusMonths, type CivilDate, type Instant } from '@quorate/kernel'
import type { Citation } from './act.ts'
import { before, momentOf, reckoningOf, type Reckoning } from './calendar.ts'
import type { Moment, Who } from './expression.ts'
import { printWho } from './expression-print.ts'
import { cite, provision, type Rulebook } from './model.ts'

/** What the register knows of a person at an instant. Nothing here is a name or an address. */
export type PersonFacts = {
  /** Id of the state of `kind: standing`, such as `active`. */
  readonly standing: string
  /** Ids of the classes, such as `member`. */
  readonly classes: readonly string[]
  /** Null when nobody has shown it: then no condition on age holds. */
  readonly birthDate: CivilDate | null
  readonly joinedOn: CivilDate | null
  readonly paidUntil: CivilDate | null
  /** Value of each attribute and the day it was shown. */
  readonly attributes: Readonly<Record<string, { readonly value: string; readonly shownOn: CivilDate }>>
  /** Bodies of which `kind: many` instances this person belongs to, and the group in question. */
  readonly groups: readonly string[]
  /** Bodies on which this person has a seat. */
  readonly seats: readonly string[]
  /** Offices this person holds. */
  readonly offices: readonly string[]
}

/** Named instants a predicate may speak of. `group`: the group meant by `this group`. */
export type EligibilityAnchors = {
  readonly cutOff: Instant
  readonly now: Instant
  readonly group?: string
  readonly at?: Readonly<Record<string, Instant>>
}

/** One condition of an electorate and whether it holds for the person. */
export type Ground = { readonly clause: Citation; readonly condition: string; readonly holds: boolean }
/** Whether a person is in an electorate, under which clause, and why: every condition asked, in the order of the text. */
export type Eligibility = { readonly eligible: boolean; readonly clause: Citation; readonly because: readonly Ground[] }

/**
 * Evaluates the predicate of an electorate over what the register knows. Null when the rulebook has no such electorate. Total: an
 * unknown birth date, attribute or instant makes its condition false. Civil days are those of the calendar's zone; "by" a day includes it.
 */
export function isEligible(
  rulebook: Rulebook,
  electorate: string,
  person: PersonFacts,
  anchors: EligibilityAnchors,
): Eligibility | null {
  const found = provision(rulebook, 'electorate', electorate)
  if (found === null) return null
  const because: Ground[] = []
  const eligible = judge(
    { rulebook, reckoning: reckoningOf(rulebook), person, anchors, because, inside: [electorate] },
    found.rule.who,
    cite(rulebook, found.clause),
  )
  return { eligible, clause: cite(rulebook, found.clause), because }
}

type Judging = {
  readonly rulebook: Rulebook
  readonly reckoning: Reckoning
  readonly person: PersonFacts
  readonly anchors: EligibilityAnchors
  readonly because: Ground[]
  /** Electorates being evaluated: they form a DAG, and one that names itself holds for nobody. */
  readonly inside: readonly string[]
}

function judge(j: Judging, who: Who, clause: Citation): boolean {
  // Every part is asked, also after the answer is known: a person who is refused learns all the reasons.
  if (who.kind === 'or' || who.kind === 'and') {
    const held = who.parts.map((part) => judge(j, part, clause))
    return who.kind === 'or' ? held.some(Boolean) : held.every(Boolean)
  }
  if (who.kind === 'not') return !judge(j, who.part, clause)
  const holds = atom(j, who)
  j.because.push({ clause, condition: printWho(who), holds })
  return holds
}

function atom(
  j: Judging,
  who: Exclude<Who, { readonly kind: 'or' } | { readonly kind: 'and' } | { readonly kind: 'not' }>,
): boolean {
  const { person, anchors, reckoning } = j
  const cutOffOn = civilDateOf(anchors.cutOff, reckoning.zone)
  switch (who.kind) {
    case 'standing':
      return person.standing === who.id
    case 'class':
      return person.classes.includes(who.id)
    case 'attribute': {
      const shown = Object.hasOwn(person.attributes, who.id) ? person.attributes[who.id] : undefined
      if (shown?.value !== who.value) return false
      return who.within === null || shown.shownOn >= civilDateOf(before(anchors.cutOff, who.within, reckoning), reckoning.zone)
    }
    case 'age at least':
    case 'age under': {
      if (person.birthDate === null) return false
      const reached = plusMonths(person.birthDate, 12 * who.years) <= cutOffOn
      return who.kind === 'age at least' ? reached : !reached
    }
    case 'joined by':
      return onOrBefore(person.joinedOn, civilMoment(j, who.moment))
    case 'paid by':
      return onOrAfter(person.paidUntil, civilMoment(j, who.moment))
    case 'before':
    case 'after': {
      const at = momentAt(j, who.moment)
      return at !== null && (who.kind === 'before' ? anchors.now < at : anchors.now >= at)
    }
    case 'in':
      return who.body === null
        ? anchors.group !== undefined && person.groups.includes(anchors.group)
        : person.groups.includes(who.body)
    case 'seat on':
      return person.seats.includes(who.id)
    case 'office':
      return person.offices.includes(who.id)
    // A fact about the movement, not one of the register: nothing here states it, so it does not hold.
    case 'fact':
      return false
    case 'electorate': {
      const other = provision(j.rulebook, 'electorate', who.id)
      if (other === null || j.inside.includes(who.id)) return false
      return judge({ ...j, inside: [...j.inside, who.id] }, other.rule.who, cite(j.rulebook, other.clause))
    }
  }
}

const onOrBefore = (day: CivilDate | null, limit: CivilDate | null): boolean => day !== null && limit !== null && day <= limit
const onOrAfter = (day: CivilDate | null, limit: CivilDate | null): boolean => day !== null && limit !== null && day >= limit

function anchorAt(j: Judging, anchor: string): Instant | null {
  const named = j.anchors.at
  if (named !== undefined && Object.hasOwn(named, anchor)) return named[anchor] ?? null
  return anchor === 'cut-off' ? j.anchors.cutOff : null
}

const momentAt = (j: Judging, moment: Moment): Instant | null => momentOf(moment, (anchor) => anchorAt(j, anchor), j.reckoning)

/** The civil day of a moment. "28 days before" counts civil days, the day itself being day 0. */
function civilMoment(j: Judging, moment: Moment): CivilDate | null {
  if (moment.kind === 'date') return moment.date
  if (moment.kind === 'end of day') {
    const anchor = anchorAt(j, moment.anchor)
    return anchor === null ? null : plusDays(civilDateOf(anchor, j.reckoning.zone), -moment.days)
  }
  const at = momentAt(j, moment)
  return at === null ? null : civilDateOf(at, j.reckoning.zone)
}
