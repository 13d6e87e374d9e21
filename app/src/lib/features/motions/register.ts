import type { Instant } from '@quorate/kernel'
import { isEligible, provisionsOf, type Fact, type Rulebook, type PersonFacts as RulePerson } from '@quorate/rulebook'
import { factsOf, registerAsOf, seatedIn, type PersonFacts } from '#lib/features/membership/index.ts'
import type { Db } from '#lib/platform/database.ts'

/** What the rules may ask about a person, from what the register holds. Names and addresses stay behind. */
export function asRulesSee(person: PersonFacts): RulePerson {
  const { standing, class: memberClass, bornOn, joinedOn, gender, groupId } = person
  return {
    standing: standing ?? '',
    classes: [memberClass],
    birthDate: bornOn,
    joinedOn,
    paidUntil: null,
    attributes: gender === null ? {} : { gender: { value: gender, shownOn: joinedOn } },
    groups: [groupId],
    seats: person.bodies,
    offices: person.offices,
  }
}

/** Everyone in an electorate (or those of `only` who are, by id) as it stood at `validAt` by what was known at `knownAt`, in order of membership number. */
export async function electorateAsOf(
  db: Db,
  rulebook: Rulebook,
  electorate: string,
  asOf: { readonly validAt: Instant; readonly knownAt: Instant },
  only: readonly string[] | null = null,
): Promise<readonly PersonFacts[]> {
  const everyone = await registerAsOf(db, asOf, only)
  return everyone.filter(
    (person) =>
      isEligible(rulebook, electorate, asRulesSee(person), { cutOff: asOf.validAt, now: asOf.knownAt })?.eligible === true,
  )
}

/** Facts stated by the register: true at `at`, known at `at`, proved by nothing but the register's word. */
const stated = (at: Instant, name: string, of: string | null, value: Fact['value']): Fact => ({
  name,
  of,
  value,
  at,
  knownAt: at,
  source: 'register',
  evidence: null,
})

/** Whether a person is in an electorate now, as a fact for `decide`. */
export async function eligibleFact(
  db: Db,
  rulebook: Rulebook,
  electorate: string,
  personId: string,
  now: Instant,
): Promise<Fact> {
  const person = await factsOf(db, personId, { validAt: now, knownAt: now })
  const found = person === null ? null : isEligible(rulebook, electorate, asRulesSee(person), { cutOff: now, now })
  return stated(now, 'eligible', electorate, found?.eligible === true)
}

/** Whether a person holds an office now, as a fact for `decide`. */
export async function officeFact(db: Db, office: string, personId: string, now: Instant): Promise<Fact> {
  const person = await factsOf(db, personId, { validAt: now, knownAt: now })
  return stated(now, 'holds-office', office, person?.offices.includes(office) === true)
}

/** How many are in an electorate now, as a fact for `decide`. */
export async function electorateSizeFact(db: Db, rulebook: Rulebook, electorate: string, now: Instant): Promise<Fact> {
  const people = await electorateAsOf(db, rulebook, electorate, { validAt: now, knownAt: now })
  return stated(now, 'electorate-size', electorate, people.length)
}

/** How many seats of a body are filled now, as a fact for `decide`. */
export async function bodySizeFact(db: Db, body: string, now: Instant): Promise<Fact> {
  return stated(now, 'body-size', body, (await seatedIn(db, body, now)).length)
}

/** How many are in each electorate of a rulebook and on each of its bodies now: the register's figures, nobody named. */
export async function movementSizes(
  db: Db,
  rulebook: Rulebook,
  now: Instant,
): Promise<{ readonly electorates: Readonly<Record<string, number>>; readonly bodies: Readonly<Record<string, number>> }> {
  const everyone = (await registerAsOf(db, { validAt: now, knownAt: now })).map(asRulesSee)
  const size = (electorate: string): number =>
    everyone.filter((person) => isEligible(rulebook, electorate, person, { cutOff: now, now })?.eligible === true).length
  const seated = async (body: string) => [body, (await seatedIn(db, body, now)).length] as const
  const bodies = await Promise.all(provisionsOf(rulebook, 'body').map(({ rule }) => seated(rule.id)))
  return {
    electorates: Object.fromEntries(provisionsOf(rulebook, 'electorate').map(({ rule }) => [rule.id, size(rule.id)])),
    bodies: Object.fromEntries(bodies.filter(([, count]) => count > 0)),
  }
}
