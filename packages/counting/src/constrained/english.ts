// What bounds come to, in words: a certificate's, from the certificate alone (nothing is solved again); places kept; counts as if.
import { assert } from '@quorate/kernel'
import { counted, listed } from '../words/english-phrases.ts'
import type { AsIfPhrases } from '../words/phrases.ts'
import { casesOf, sidesOf, type ConstraintCertificate, type Proof, type Side } from './certificate.ts'

/** One sentence, or two, for a certificate. */
export function certificateText(certificate: ConstraintCertificate, name: (candidate: number) => string): string {
  const { claim, candidate, evidence } = certificate
  if (claim === 'feasible') return 'The bounds on who may be elected together can all be kept.'
  assert(evidence.kind !== 'witness', 'what cannot be is proved')
  const who = candidate === null ? '' : name(candidate)
  const why = proofText(evidence, certificate)
  if (claim === 'doomed') return `${who} can no longer be elected: ${why}.`
  if (claim === 'guarded') return `${who} must be elected: ${why}.`
  return `The bounds cannot be kept: ${why}.`
}

function proofText(proof: Proof, certificate: ConstraintCertificate): string {
  if (proof.kind === 'bounds') {
    const [only, ...more] = proof.sides
    if (only !== undefined && more.length === 0) return boundText(only, certificate)
  }
  const sides = sidesOf(proof).map((side) => sideText(side, certificate))
  const cases = casesOf(proof)
  return `${cases === 1 ? '' : `in each of ${cases} cases, `}${listed(sides)} would otherwise contradict each other${clauseText(sidesOf(proof), certificate)}`
}

/** A bound that decides all by itself, with its figures. */
function boundText({ group, side }: Side, certificate: ConstraintCertificate): string {
  const { claim, places, groups, cells } = certificate
  const own = cells.filter((cell) => group === null || cell.groups.includes(group))
  const elected = own.reduce((n, cell) => n + cell.elected, 0)
  const standing = own.reduce((n, cell) => n + cell.standing, 0)
  const bound = group === null ? undefined : groups[group]
  const cited = clauseText([{ group, side }], certificate)
  if (bound === undefined)
    return `${counted(places, 'place', 'places')} must be filled, and ${standing} ${standing === 1 ? 'is' : 'are'} left`
  if (side === 'most') {
    const already =
      claim === 'doomed'
        ? `, and ${elected} already ${elected === 1 ? 'is' : 'are'}`
        : `, and ${elected} ${elected === 1 ? 'is' : 'are'}`
    return `at most ${bound.most ?? 0} of “${bound.name}” may be elected${already}${cited}`
  }
  return claim === 'guarded'
    ? `at least ${bound.least} of “${bound.name}” must be elected, and there ${standing === 1 ? 'is' : 'are'} no more than ${standing}${cited}`
    : `at least ${bound.least} of “${bound.name}” must be elected, and there ${standing === 1 ? 'is' : 'are'} ${standing}${cited}`
}

function sideText({ group, side }: Side, { groups, places }: ConstraintCertificate): string {
  const bound = group === null ? undefined : groups[group]
  if (bound === undefined) return `${counted(places, 'place', 'places')} in all`
  return side === 'least' ? `at least ${bound.least} of “${bound.name}”` : `at most ${bound.most ?? 0} of “${bound.name}”`
}

function clauseText(sides: readonly Side[], { groups }: ConstraintCertificate): string {
  const clauses = sides.flatMap(({ group }) => (group === null ? [] : (groups[group]?.clause ?? [])))
  return clauses.length === 0 ? '' : ` (${listed([...new Set(clauses)])})`
}

type Kept = { readonly least: number; readonly places: number }
type Few = { readonly group: string; readonly required: number; readonly standing: number }
type NoCommittee = { readonly purpose: 'larger' | 'smaller'; readonly needed: number }
type Quota = { readonly name: string; readonly clause: string }

/** More places are to be kept than there are. */
export const tooManyKept = ({ least, places }: Kept): string =>
  `${counted(least, 'place is', 'places are')} to be kept, and there ${places === 1 ? 'is' : 'are'} ${places}.`

/** Fewer stand than places are kept for. */
export const tooFewToKeep = ({ group, required, standing }: Few): string =>
  `${counted(required, 'place is', 'places are')} kept for “${group}”, of whom ${standing} ${standing === 1 ? 'stands' : 'stand'}.`

/** No count as if meets the quota. */
export const noSuchCommittee = ({ purpose, needed }: NoCommittee, { name, clause }: Quota): string =>
  `No ${purpose} committee elects exactly ${needed} ${purpose === 'larger' ? 'of those who are too few' : 'of the others'}: “${name}” (${clause}) cannot be met.`

/** Counts as if there were more places and fewer, in English. */
export const englishAsIf: AsIfPhrases = {
  quota: ({ name, clause, least, most }, elected, counts) => {
    const bounds = [...(least > 0 ? [`at least ${least}`] : []), ...(most === null ? [] : [`at most ${most}`])]
    const met = counts === 1 ? 'The count as it is meets it.' : 'Met by counting again as if there were more places and fewer.'
    return `Quota “${name}” (${clause}): ${bounds.join(', ')}; ${elected} elected. ${met}`
  },
  counted: (purpose, seats, names, inGroup) => {
    const as = { 'as it is': 'As it is', larger: 'As if larger', smaller: 'As if smaller' }[purpose]
    return `${as}, ${counted(seats, 'place', 'places')}: ${names.length === 0 ? 'nobody' : listed(names)} (${inGroup} of the group).`
  },
  first: 'The count as it is',
}
