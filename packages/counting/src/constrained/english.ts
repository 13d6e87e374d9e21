// What a certificate about bounds says, in words. From the certificate alone: nothing is solved again.
import { assert } from '@quorate/kernel'
import { counted, listed } from '../english-phrases.ts'
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
  if (bound === undefined) return `${counted(places, 'place', 'places')} must be filled, and ${standing} are left`
  if (side === 'most') {
    const already = claim === 'doomed' ? `, and ${elected} already ${elected === 1 ? 'is' : 'are'}` : `, and ${elected} are`
    return `at most ${bound.most ?? 0} of “${bound.name}” may be elected${already}${cited}`
  }
  return claim === 'guarded'
    ? `at least ${bound.least} of “${bound.name}” must be elected, and there are no more than ${standing}${cited}`
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
