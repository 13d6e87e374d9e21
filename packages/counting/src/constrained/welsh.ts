// What a certificate about bounds says, in Welsh; awaiting a native reader. From the certificate alone.
import { rhestr, rhif } from '../words/welsh-phrases.ts'
import { casesOf, sidesOf, type ConstraintCertificate, type Side } from './certificate.ts'

/** One sentence for a certificate. */
export function certificateTextInWelsh(certificate: ConstraintCertificate, name: (candidate: number) => string): string {
  const { claim, candidate, evidence } = certificate
  if (claim === 'feasible' || evidence.kind === 'witness') return 'Gellir cadw’r holl derfynau ar bwy a etholir gyda’i gilydd.'
  const who = candidate === null ? '' : name(candidate)
  const sides = sidesOf(evidence)
  const cases = casesOf(evidence)
  const why = `${cases === 1 ? '' : `ym mhob un o ${cases} o achosion, `}ni ellid cadw hyn fel arall: ${rhestr(sides.map((side) => sideText(side, certificate)))}${clauseText(sides, certificate)}`
  if (claim === 'doomed') return `Ni ellir ethol ${who} mwyach: ${why}.`
  if (claim === 'guarded') return `Rhaid ethol ${who}: ${why}.`
  return `Ni ellir cadw’r terfynau: ${why}.`
}

function sideText({ group, side }: Side, { groups, places }: ConstraintCertificate): string {
  const bound = group === null ? undefined : groups[group]
  if (bound === undefined) return `${rhif(places, 'lle', 'o leoedd')} i gyd`
  return side === 'least' ? `o leiaf ${bound.least} o “${bound.name}”` : `dim mwy na ${bound.most ?? 0} o “${bound.name}”`
}

function clauseText(sides: readonly Side[], { groups }: ConstraintCertificate): string {
  const clauses = sides.flatMap(({ group }) => (group === null ? [] : (groups[group]?.clause ?? [])))
  return clauses.length === 0 ? '' : ` (${rhestr([...new Set(clauses)])})`
}
