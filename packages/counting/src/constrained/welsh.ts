// What bounds come to, in Welsh; awaiting a native reader: a certificate's, from the certificate alone; places kept; counts as if.
import { rhestr, rhif } from '../words/welsh-phrases.ts'
import type { AsIfPhrases } from '../words/phrases.ts'
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

type Kept = { readonly least: number; readonly places: number }
type Few = { readonly group: string; readonly required: number; readonly standing: number }
type NoCommittee = { readonly purpose: 'larger' | 'smaller'; readonly needed: number }
type Quota = { readonly name: string; readonly clause: string }

/** More places are to be kept than there are. */
export const tooManyKeptInWelsh = ({ least, places }: Kept): string =>
  `Mae ${rhif(least, 'lle', 'o leoedd')} i’w gadw, a dim ond ${places} sydd.`

/** Fewer stand than places are kept for. */
export const tooFewToKeepInWelsh = ({ group, required, standing }: Few): string =>
  `Cedwir ${rhif(required, 'lle', 'o leoedd')} i “${group}”, a nifer y rhai ohonynt sy’n sefyll yw ${standing}.`

/** No count as if meets the quota. */
export const noSuchCommitteeInWelsh = ({ purpose, needed }: NoCommittee, { name, clause }: Quota): string =>
  `Nid oes pwyllgor ${purpose === 'larger' ? 'mwy' : 'llai'} sy’n ethol ${needed} yn union ${purpose === 'larger' ? 'o’r rhai sy’n rhy brin' : 'o’r lleill'}: ni ellir bodloni “${name}” (${clause}).`

/** Counts as if there were more places and fewer, in Welsh. */
export const welshAsIf: AsIfPhrases = {
  quota: ({ name, clause, least, most }, elected, counts) => {
    const bounds = [...(least > 0 ? [`o leiaf ${least}`] : []), ...(most === null ? [] : [`dim mwy na ${most}`])]
    const met =
      counts === 1 ? 'Mae’r cyfrif fel y mae yn ei fodloni.' : 'Fe’i bodlonwyd drwy gyfrif eto fel pe bai mwy o leoedd a llai.'
    return `Cwota “${name}” (${clause}): ${bounds.join(', ')}; etholwyd ${elected}. ${met}`
  },
  counted: (purpose, seats, names, inGroup) => {
    const as = { 'as it is': 'Fel y mae', larger: 'Fel pe bai’n fwy', smaller: 'Fel pe bai’n llai' }[purpose]
    return `${as}, ${rhif(seats, 'lle', 'o leoedd')}: ${names.length === 0 ? 'neb' : rhestr(names)} (${inGroup} o’r grŵp).`
  },
  first: 'Y cyfrif fel y mae',
}
