// The council of story 7 (26 seats, 8 districts, 57 candidates, five overlapping quotas): its rules, and who stands.
import { provision, type Rulebook } from '@quorate/rulebook'
import type { Constraint, Profile } from '@quorate/counting'
import { regions } from '../../packages/counting/testing/regions.ts'
import { parsed } from '../../packages/rulebook/test/lantern.ts'
import { textWith } from '../../packages/rulebook/test/procedures.ts'

type Seat = NonNullable<ReturnType<typeof provision<'body'>>>['rule']['seats'][number]
type Who = NonNullable<Seat['quota']>[number]['who']

/** What a person has declared about themselves. */
export type Person = {
  readonly gender: 'woman' | 'man' | 'other'
  readonly bame: boolean
  readonly disabled: boolean
  readonly lgbt: boolean
  readonly age: number
}

/** One district: its seat in the rules, its papers, its people in nomination order. */
export type District = { readonly id: string; readonly profile: Profile; readonly people: readonly Person[] }

/** Floors per district in the order of the five quotas: women, BAME, disabled, LGBT+, under 30. They add up to 13, 6, 3, 3 and 3. */
const floors: readonly (readonly number[])[] = [
  [3, 2, 1, 1, 1],
  [3, 1, 1, 1, 1],
  [2, 1, 1, 0, 1],
  [2, 1, 0, 1, 0],
  [2, 1, 0, 0, 0],
  [1, 0, 0, 0, 0],
  [0, 0, 0, 0, 0],
  [0, 0, 0, 0, 0],
]
const quotas = [
  ['women', 'attribute gender woman'],
  ['bame', 'attribute bame yes'],
  ['disabled', 'attribute disabled yes'],
  ['lgbt', 'attribute lgbt yes'],
  ['young', 'age under 30'],
] as const

/** The eight districts. The same papers as in the counting package's own test, each with fewer of them, so that they can be cast one by one. */
export const districts = (): readonly District[] =>
  regions().map(({ profile, groups, disabled, lgbt, young }, d) => ({
    id: `district-${d + 1}`,
    profile: { ...profile, papers: profile.papers.map(({ weight, ranking }) => ({ weight: 1 + (weight % 7), ranking })) },
    people: profile.candidates.map((_, c) => ({
      gender: groups.women.includes(c) ? 'woman' : groups.other.includes(c) ? 'other' : 'man',
      bame: groups.bame.includes(c),
      disabled: disabled.includes(c),
      lgbt: lgbt.includes(c),
      age: young.includes(c) ? 24 : 47,
    })),
  }))

/** The rules: one council, eight kinds of seat, each with its own quotas. */
export function councilRules(): Rulebook {
  const seats = districts().map(({ id, profile }, d) => {
    const own = quotas.flatMap(([name, who], q) => {
      const least = floors[d]?.[q] ?? 0
      return least === 0 ? [] : [`{id: ${name}, who: ${who}, at-least: ${least}, if-short: re-open}`]
    })
    const quota = own.length === 0 ? '' : `, quota: [${own.join(', ')}]`
    return `{id: ${id}, count: ${profile.seats}, by: election of members, method: scottish-stv${quota}}`
  })
  const attribute = (id: string, values: string): string => `kind: attribute\nid: ${id}\nvalues: [${values}]\nevidence: declared`
  return parsed(
    textWith(
      'elect',
      [
        'propose: {by: electorate members}',
        'nominate: {candidates: every eligible person who asks, window: 5 days, statement: by close, withdraw: until close, uncontested: elected without a ballot, too-few: re-open, at-most: 2 times}',
        'notify: {to: electorate members, clear: 7 clear days}',
        'freeze: {electorate: members, at: notify}',
        'ballot: {roll: freeze, secret: yes, method: scottish-stv, options: candidates, none-of-these: no, timetable: {by: returning-officer, within: 3 days, timeout: opens at 12:00 on the 4th day}, period: 5 days, pass: [turnout at least 5% of roll], tie: lot in public}',
        `enact: {effect: elect, at: end of ballot, fills: [${districts()
          .map(({ id }) => `seat ${id} of council`)
          .join(', ')}]}`,
      ],
      attribute('gender', 'woman, man, other'),
      attribute('bame', '"yes", "no"'),
      attribute('disabled', '"yes", "no"'),
      attribute('lgbt', '"yes", "no"'),
      `kind: body\nid: council\nseats: [${seats.join(', ')}]\nquorum: present at least 1/2 of seats\ndecides: {pass: [yes more than 1/2 of for-and-against], tie: falls}`,
    ),
  )
}

/** The bounds of a count, read from the rules: each quota of the seat, with its clause, and who of those standing satisfies it. */
export function boundsFrom(rules: Rulebook, { id }: District, people: readonly Person[]): readonly Constraint[] {
  const found = provision(rules, 'body', 'council')
  const seat = found?.rule.seats.find((s) => s.id === id)
  return (seat?.quota ?? []).map(({ id: name, who, atLeast }) => ({
    name: name ?? '',
    clause: found?.clause ?? '',
    members: people.flatMap((person, c) => (satisfies(who, person) ? [c] : [])),
    unsettled: [],
    least: atLeast,
    most: null,
  }))
}

function satisfies(who: Who, person: Person): boolean {
  switch (who.kind) {
    case 'attribute': {
      const declared: Readonly<Record<string, string>> = {
        gender: person.gender,
        bame: person.bame ? 'yes' : 'no',
        disabled: person.disabled ? 'yes' : 'no',
        lgbt: person.lgbt ? 'yes' : 'no',
      }
      return declared[who.id] === who.value
    }
    case 'age under':
      return person.age < who.years
    default:
      throw new Error(`a quota of this story is no ${who.kind}`)
  }
}
