// Welsh, awaiting a native reader. Numbers are followed by `o` and a plural ("20 o bleidleisiau") so that no figure calls for a mutation of
// its own, and names stand where none would be mutated.
import { certificateTextInWelsh } from '../constrained/welsh.ts'
import type { IterationsEnd } from '../trace.ts'
import type { StvPhrases, TieTold } from './phrases.ts'
import { papurau, rhestr, rhif } from './welsh-phrases.ts'

const diwedd: Readonly<Record<IterationsEnd, string>> = {
  elected: 'pan gyrhaeddodd rhywun y cwota',
  spent: 'pan nad oedd fawr ddim gwarged ar ôl',
  certain: 'pan na allai’r gwarged achub yr isaf mwyach',
  stuck: 'pan na allai naw lle degol leihau’r gwarged ymhellach',
  doomed: 'am na ellid ethol rhywun mwyach',
}

/** Transferable votes told in Welsh. */
export const welshStv: StvPhrases = {
  stage: (number, sentences) => `Cam ${number}: ${sentences}`,
  sorted: (valid, invalid) =>
    `Trefnwyd ${rhif(valid, 'papur dilys', 'o bapurau dilys')} yn ôl y dewis cyntaf${
      invalid === 0 ? '' : ` (rhoddwyd ${papurau(invalid)} heb ddewis cyntaf clir o’r neilltu)`
    }.`,
  quota: (seats, quota) => `Ar gyfer ${rhif(seats, 'sedd', 'o seddi')} y cwota yw ${quota}.`,
  newQuota: (active, quota) => `Gyda ${active} yn dal ar waith, y cwota bellach yw ${quota}.`,
  surplus: (who, surplus, waiting, papers) => {
    const which = waiting === 'none' ? '' : waiting === 'largest' ? ', sef y gwarged mwyaf' : ', sef y gwarged a ddewiswyd'
    const moved =
      papers === 'last parcel'
        ? 'pasiwyd ymlaen y papurau a ddaeth ag ef, pob un ar yr un gwerth'
        : `pasiwyd ymlaen holl bapurau ${who}, pob un ar ran o’i werth`
    return `Roedd gan ${who} ${surplus} yn fwy na’r cwota${which}, felly ${moved}.`
  },
  defer: (whose, surplus, lowest, next) =>
    `Ni allai gwarged ${rhestr(whose)} (${surplus}) godi ${rhestr(lowest)} uwchlaw’r nesaf, a oedd â ${next}, felly bu’n aros.`,
  iterated: (times, first, last, ended, surplus) => {
    const span = times === 1 ? `cylch ${first}` : `cylchoedd ${first} i ${last}`
    const often = times === 1 ? 'unwaith' : `${times} o weithiau`
    return `Cyfrifwyd yr holl bapurau eto ${often} (${span}), a’r rhai a etholwyd yn cadw llai o bob pleidlais. Daeth i ben ${diwedd[ended]}, gyda ${surplus} o warged ar ôl.`
  },
  gainedMost: (who, votes) => `Enillodd ${who} fwyaf, ${votes}.`,
  excludedTogether: (each, moved) =>
    `Nid oedd gan ${rhestr(each)} gyda’i gilydd fwy na’r nesaf uwchlaw, felly fe’u tynnwyd i gyd o’r cyfrif${ymlaen(moved)}.`,
  excluded: (who, votes, bare, tied, quota, moved, guarded) => {
    const among = guarded ? ' ymhlith y rhai nad oes rhaid eu cadw' : ''
    const fewest = tied ? `gyda ${votes}` : `gyda’r nifer lleiaf o bleidleisiau${among} (${bare})`
    const reason = quota === null ? '' : `Nid oedd gwarged ar ôl ac nid oedd gan neb newydd ${quota}, felly `
    return `${reason}${reason === '' ? 'Tynnwyd' : 'tynnwyd'} ${who}, ${fewest}, o’r cyfrif${ymlaen(moved)}.`
  },
  went: (most, none) => {
    const gained = most === null ? [] : [`Enillodd ${most.who} fwyaf, ${most.votes}`]
    const lost = none === null ? [] : [`nid enwodd ${papurau(none.papers)} neb sy’n dal i mewn (${none.votes})`]
    const text = [...gained, ...lost].join('; ')
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
  },
  nothingWent: 'Nid oedd papurau i’w pasio ymlaen.',
  bound: certificateTextInWelsh,
  excludedDoomed: (who, votes, moved) =>
    `Tynnwyd ${who}, na ellid ei ethol mwyach ac a oedd â ${votes}, o’r cyfrif${ymlaen(moved)}.`,
  filledGuarded: (who) =>
    `Roedd ${rhif(who.length, 'lle', 'o leoedd')} ar ôl, a rhaid i ${rhestr(who)} eu cael, felly etholwyd heb drosglwyddo rhagor.`,
  atQuota: (quota, each) => `Etholwyd drwy gyrraedd y cwota o ${quota}: ${rhestr(each)}.`,
  withEnough: (needed, each) => `Etholwyd gyda digon ar gyfer y seddi sydd ar ôl (${needed}): ${rhestr(each)}.`,
  nobodyYet: 'Nid oedd neb wedi cyrraedd y cwota.',
  runoff: {
    majority: (needed, active) => `Mwyafrif${active === null ? '' : ` o’r ${active} sy’n dal i gyfrif`} yw ${needed}.`,
    won: (needed, each) => `Etholwyd â mwyafrif (roedd ${needed} yn ddigon): ${rhestr(each)}.`,
    lastTwo: (each) => `O’r ddau olaf, etholir yr un â mwy o bleidleisiau: ${rhestr(each)}.`,
    nobodyYet: 'Nid oedd gan neb fwyafrif.',
    nearest: (votes, stage) => `Y bwlch lleiaf i fwyafrif oedd ${votes}, yng ngham ${stage}.`,
  },
  filled: (who, places, unfilled) => {
    const rest = unfilled === 0 ? '' : ` Erys ${rhif(unfilled, 'sedd', 'o seddi')} yn wag.`
    return `Roedd ${rhif(who.length, 'ymgeisydd', 'o ymgeiswyr')} ar ôl ar gyfer ${rhif(places, 'sedd', 'o seddi')}, felly etholwyd ${rhestr(who)} heb drosglwyddo rhagor.${rest}`
  },
  with: (who, votes) => `${who} gyda ${votes}`,
  bracketed: (who, figure) => `${who} (${figure})`,
  tie: cyfartal,
  stillIn: (who, votes) => `Roedd ${who} yn dal i mewn gyda ${votes} pan lanwyd y sedd olaf.`,
  excludedAt: (who, stage, votes, behind) =>
    `Tynnwyd ${who} o’r cyfrif yng ngham ${stage} gyda ${votes}${behind === null ? '' : `, ${behind.votes} y tu ôl i ${behind.who}`}.`,
  destinations: (each) =>
    `Aeth y papurau hynny fel hyn: ${rhestr(each.map(({ who, figure, papers }) => `${who ?? 'neb sy’n dal i mewn'} ${figure} (${papurau(papers)})`))}.`,
  nearest: (votes, stage) => `Y bwlch lleiaf i’r cwota oedd ${votes}, yng ngham ${stage}.`,
}

const ymlaen = (moved: boolean): string => (moved ? ' a phasiwyd y papurau hynny ymlaen' : '')

function cyfartal({ names, total, purpose, chosen, steps, unit, look, numbers, byLot }: TieTold): string {
  const how = purpose === 'exclusion' ? 'leiaf' : 'fwyaf'
  const step = unit === 'iteration' ? 'cylch' : 'cam'
  const told = steps.map(
    ({ at, left }) => `yng ${unit === 'iteration' ? 'nghylch' : 'ngham'} ${at} ${rhestr(left)} oedd â’r nifer ${how}`,
  )
  const looked =
    look === 'none'
      ? 'Mae’r gwarged sydd ar ôl yn rhy fach i’w gwahanu'
      : look === 'lot at once'
        ? 'Mae’r rheol yn gofyn i’r coelbren ar unwaith'
        : told.length === 0
          ? `Buont yn gyfartal ym mhob ${step}`
          : `${look === 'back' ? 'Gan edrych yn ôl' : 'Gan edrych o’r ffigurau cyntaf ymlaen'}, ${rhestr(told)}`
  const end = {
    surplus: `gwarged ${chosen} aeth gyntaf`,
    exclusion: `${chosen} oedd yr un i fynd`,
    election: `${chosen} gafodd y sedd`,
  }[purpose]
  const before = told.length === 0 ? '' : look === 'back' ? ' ac yn gyfartal cyn hynny' : ' ac aros yn gyfartal'
  const settled =
    numbers !== null
      ? `${looked}${before}, felly rhifau ffug-hap y rheoliadau a benderfynodd (${rhestr(numbers)}): ${end}.`
      : byLot
        ? `${looked}${before}, felly penderfynwyd drwy goelbren: ${end}.`
        : `${looked}, felly ${end}.`
  return `Roedd ${rhestr(names)} ${look === 'none' ? 'fwy neu lai yn gyfartal' : 'yn gyfartal'} ar ${total}. ${settled}`
}
