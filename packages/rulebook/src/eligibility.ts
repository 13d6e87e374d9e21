import { plusDays, plusMonths, type CivilDate, type Instant } from '@quorate/kernel'
import type { Citation } from './act.ts'
import { before, dayOf, momentOf, reckoningOf, type Reckoning } from './calendar.ts'
import type { Moment, Who } from './language/expression.ts'
import { printWho } from './language/expression-print.ts'
import { cite, provision, type Rulebook } from './language/model.ts'

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
  /** When each class was held, `[from, until)`; null ends nowhere. Absent: only the present is known, and no `class … as of` holds. */
  readonly classTimes?: readonly { readonly class: string; readonly from: Instant; readonly until: Instant | null }[]
  /** Ids of the facts that hold for this person, such as `dues-waived`. Absent: none is stated. */
  readonly facts?: readonly string[]
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

/** Whether a predicate that stands in no electorate of its own, such as `ceases-when`, holds for a person. Total like {@link isEligible}. */
export const meetsPredicate = (rulebook: Rulebook, who: Who, person: PersonFacts, anchors: EligibilityAnchors): boolean =>
  judge({ rulebook, reckoning: reckoningOf(rulebook), person, anchors, because: [], inside: [] }, who, `0@${rulebook.edition}`)

type Judging = {
  readonly rulebook: Rulebook
  readonly reckoning: Reckoning
  readonly person: PersonFacts
  readonly anchors: EligibilityAnchors
  readonly because: Ground[]
  /** Electorates being evaluated: they form a DAG, and one that names itself holds for nobody. */
  readonly inside: readonly string[]
}

const printed = new WeakMap<Who, string>()
/** A condition as the text says it, printed once and not once a person. */
function conditionOf(who: Who): string {
  const known = printed.get(who)
  if (known !== undefined) return known
  const text = printWho(who)
  printed.set(who, text)
  return text
}

function judge(j: Judging, who: Who, clause: Citation): boolean {
  // Every part is asked, also after the answer is known: a person who is refused learns all the reasons.
  if (who.kind === 'or' || who.kind === 'and') {
    const held = who.parts.map((part) => judge(j, part, clause))
    return who.kind === 'or' ? held.some(Boolean) : held.every(Boolean)
  }
  if (who.kind === 'not') return !judge(j, who.part, clause)
  const holds = atom(j, who)
  j.because.push({ clause, condition: conditionOf(who), holds })
  return holds
}

function atom(
  j: Judging,
  who: Exclude<Who, { readonly kind: 'or' } | { readonly kind: 'and' } | { readonly kind: 'not' }>,
): boolean {
  const { person, anchors, reckoning } = j
  switch (who.kind) {
    case 'standing':
      return person.standing === who.id
    case 'class':
      return who.asOf === null ? person.classes.includes(who.id) : hadClass(j, who.id, momentAt(j, who.asOf))
    case 'attribute': {
      const shown = Object.hasOwn(person.attributes, who.id) ? person.attributes[who.id] : undefined
      if (shown?.value !== who.value) return false
      return who.within === null || shown.shownOn >= dayOf(before(anchors.cutOff, who.within, reckoning), reckoning)
    }
    case 'age at least':
    case 'age under': {
      if (person.birthDate === null) return false
      const reached = plusMonths(person.birthDate, 12 * who.years) <= dayOf(anchors.cutOff, reckoning)
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
    case 'fact':
      return person.facts?.includes(who.id) ?? false
    case 'electorate': {
      const other = provision(j.rulebook, 'electorate', who.id)
      if (other === null || j.inside.includes(who.id)) return false
      return judge({ ...j, inside: [...j.inside, who.id] }, other.rule.who, cite(j.rulebook, other.clause))
    }
  }
}

/** A day without a time of day is meant as a whole: the class counts if held at any moment of it up to its end. */
function hadClass(j: Judging, id: string, at: Instant | null): boolean {
  return (
    at !== null && (j.person.classTimes ?? []).some((t) => t.class === id && t.from <= at && (t.until === null || at < t.until))
  )
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
    return anchor === null ? null : plusDays(dayOf(anchor, j.reckoning), -moment.days)
  }
  const at = momentAt(j, moment)
  return at === null ? null : dayOf(at, j.reckoning)
}
