// One movement's rules for who is elected, as they were in four years, on the same papers. Public sources of the rules are in
// rulebooks/history; the papers are made up, because none were published.
import {
  countAsIf,
  countConstrained,
  countScottish,
  reservedPlaces,
  type Constraint,
  type LotOrder,
  type Profile,
} from '../src/index.ts'

/** Who counts for what. `other` are people of other marginalised genders, who count for the women's minimum since 2023. */
export type Groups = { readonly women: readonly number[]; readonly other: readonly number[]; readonly bame: readonly number[] }
/** Minimums of a district. */
export type Floors = { readonly women: number; readonly bame: number }

const floor = (name: string, clause: string, members: readonly number[], least: number): Constraint => ({
  name,
  clause,
  members: members.toSorted((a, b) => a - b),
  unsettled: [],
  least,
  most: null,
})

/** As many votes as places, from the top of each ranking: what a block vote would have had of these voters. */
export const blockVotes = ({ candidates, papers, seats, withdrawn }: Profile): readonly (number | null)[] =>
  candidates.map((_, c) =>
    withdrawn.includes(c)
      ? null
      : papers.reduce((n, { weight, ranking }) => n + (ranking.slice(0, seats).includes(c) ? weight : 0), 0),
  )

const fine = <T>(result: { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'fail'; readonly error: unknown }): T => {
  if (result.kind === 'fail') throw new Error(JSON.stringify(result.error))
  return result.value
}

/** The bounds of 2022 and, as amended, of 2023. */
export const boundsOf = (year: 2022 | 2023, { women, other, bame }: Groups, least: Floors): readonly Constraint[] => [
  floor('women', '8.1', year === 2022 ? women : [...women, ...other], least.women),
  floor('BAME people', '8.2', bame, least.bame),
]

/** Who is elected under each rule, ascending. */
export function generations(profile: Profile, groups: Groups, least: Floors, lot: LotOrder | null) {
  const sorted = (elected: readonly number[]): readonly number[] => elected.toSorted((a, b) => a - b)
  const block = (reserved: number): readonly number[] => {
    const found = fine(reservedPlaces(blockVotes(profile), profile.seats, { members: groups.women, least: reserved }, lot))
    return sorted([...found.reserved, ...found.open])
  }
  const bounded = (year: 2022 | 2023) => fine(countConstrained('scottish-stv@1', {}, profile, boundsOf(year, groups, least), lot))
  const women = floor('women', '8.1', groups.women, least.women)
  const [of2022, of2023] = [bounded(2022), bounded(2023)]
  return {
    plurality: block(0),
    topWomen: block(least.women),
    stv: sorted(fine(countScottish(profile, lot)).elected),
    asIf: fine(countAsIf('scottish-stv@1', {}, profile, women, lot)).elected,
    guarded2022: sorted(of2022.count.elected),
    guarded2023: sorted(of2023.count.elected),
    of2022,
    of2023,
  }
}
