import type { RuleOf } from '../../language/model.ts'
import { group, numbered, when } from '../en/names.ts'
import { amountWords, conditionsWords, durationWords, thresholdWords, voteWords } from './expressions.ts'
import { allOf, anyOf, fixed, led, listedAfter, own, type Phrase } from './grammar.ts'
import { countingWords } from './methods.ts'
import type { Speaker } from './names.ts'
import { timesWords } from './people.ts'
import { channelWords, methodWords, powerWords } from './vocabulary.ts'

const setWords = {
  'england-and-wales': own('Cymru a Lloegr'),
  scotland: own('yr Alban'),
  'northern-ireland': own('Gogledd Iwerddon'),
} as const

/** Time. */
export const calendarWords = (r: RuleOf<'calendar'>): string =>
  group(
    `amser ${r.zone} yw pob amser`,
    r.holidays.length === 0
      ? 'y diwrnodau gwaith yw dydd Llun i ddydd Gwener'
      : `y diwrnodau gwaith yw dydd Llun i ddydd Gwener, heb wyliau banc ${allOf(r.holidays.map((h) => setWords[h]))('plain')}`,
    when(r.dayEnds, (t) => `daw diwrnod i ben am ${t}`),
  )

/** Notice. */
export const serviceWords = (r: RuleOf<'service'>, s: Speaker): string =>
  numbered(
    [
      group(`cyflwynir hysbysiad o dan ${s.title(r.id)} ${led('drwy', anyOf(r.channels.map((c) => channelWords[c])))}`),
      when(r.standard, (v) =>
        group(v === 'strict' ? 'mae pob methiant i gyflwyno yn cyfrif' : 'mae’n ddigon bod wedi cymryd pob cam rhesymol'),
      ),
      ...r.deemedReceived.map(({ key, value }) =>
        group(
          `os anfonir hysbysiad ${led('drwy', channelOf(key, s))}, bernir ei fod wedi dod i law ${value.kind === 'at sending' ? 'pan anfonir ef' : `${durationWords(value.delay)} ar ôl ei anfon`}`,
        ),
      ),
      group(`mae hysbysiad yn ddilys pan fo wedi’i gyflwyno i ${thresholdWords(r.soundWhen, s)}`),
      when(r.onBounce, (b) =>
        group(`anfonir yr hyn a ddychwelir ${led('drwy', channelWords[b.channel])} o fewn ${durationWords(b.length)}`),
      ),
      when(r.onOutage, (o) =>
        group(
          `os yw’r gwasanaeth negeseuon wedi methu am dros ${durationWords(o.longerThan)}, symudir pob terfyn amser ${durationWords(o.extend)}, ${timesWords(o.atMost.times)}`,
        ),
      ),
    ].filter((p) => p !== null),
  )
const channelOf = (key: string, s: Speaker): Phrase =>
  Object.hasOwn(channelWords, key) ? channelWords[key as keyof typeof channelWords] : s.one(key)

/** Who watches the public record. */
export const recordWords = (r: RuleOf<'record'>): string =>
  numbered([
    group(`cyhoeddir pob cyflwr o’r cofnod cyhoeddus pan fo o leiaf ${String(r.witnesses)} o dystion wedi’i lofnodi`),
    group(
      'mae tyst yn perthyn i eraill na’r rhai sy’n cadw’r cofnod, ac yn llofnodi dim ond yr hyn sy’n parhau popeth a lofnododd o’r blaen',
    ),
  ])

const questionWords = {
  motion: 'a dderbynnir cynnig',
  drafts: 'pa un o’r drafftiau i’w fabwysiadu',
  options: 'pa un o’r opsiynau i’w fabwysiadu',
} as const

/** Founding. */
export const genesisWords = (r: RuleOf<'genesis'>, s: Speaker): string =>
  numbered(
    [
      group(
        `mae’r rheolau hyn yn cychwyn drwy bleidlais ${s.the(r.electorate)('plain')}, gyda hysbysiad o ${durationWords(r.notice)}`,
      ),
      group(
        `y cwestiwn yw ${questionWords[r.question]}`,
        when(r.method, (m) => `cyfrifir y bleidlais ${led('drwy', methodWords[m])}`),
        when(r.counting, countingWords),
        when(r.noneOfThese, (n) => (n ? 'mae “dim un o’r rhain” yn ddewis' : 'nid yw “dim un o’r rhain” yn ddewis')),
      ),
      group(`mae’r bleidlais ar agor am ${durationWords(r.period)}`, conditionsWords('derbynnir y canlyniad', r.pass, s)),
      when(r.ifFails, (f) => group(`os metha’r bleidlais, caniateir ei chynnal eto ar ôl ${durationWords(f.length)}`)),
    ].filter((p) => p !== null),
  )

/** Clause numbers: 1, 2 ac 11. Read aloud they may begin with a vowel. */
const clausesOf = (numbers: readonly string[]): string => allOf(numbers.map((n) => fixed(n)))('plain')

/** Entrenchment. */
export const tierWords = (r: RuleOf<'tier'>, s: Speaker): string =>
  group(
    `rheolau’r haen ${s.title(r.id)} yw ${clausesOf(r.guards)}, gyda phopeth oddi tanynt`,
    `dim ond drwy’r weithdrefn ${anyOf([r.procedure, ...(r.or ?? [])].map((p) => fixed(s.title(p))))('plain')} y maent yn newid`,
  )

const unlessWords = {
  'stated in the amending act and passed by the old tier': fixed(
    'pan fo’r weithred ddiwygio’n dweud hynny a’r hen haen wedi’i phasio',
  ),
  'change above': fixed('pan fo newid uwchlaw’r rheolau hyn yn gofyn am hynny'),
} as const

/** Editions and running decisions. */
export const transitionWords = (r: RuleOf<'transition'>): string =>
  group(
    `mae penderfyniad yn parhau o dan yr argraffiad a oedd mewn grym ${r.inFlight === 'edition of notice' ? 'pan roddwyd hysbysiad ohono' : 'pan gafodd ei gynnig'}`,
    when(r.offices, (o) =>
      o === 'run to end of term'
        ? 'mae’r rhai sydd mewn swydd yn aros hyd ddiwedd eu tymor'
        : 'mae’r rhai sydd mewn swydd yn gadael ar unwaith',
    ),
    when(r.unless, (u) =>
      u.length === 0 ? 'nid oes eithriad' : `yr unig eithriad yw ${anyOf(u.map((x) => unlessWords[x]))('plain')}`,
    ),
  )

const neverWords = {
  'effect before enact': own('cael effaith cyn dod i rym'),
  'removal of appeal': own('dileu hawl i apelio'),
  'change to a roll after freeze': own('newid cofrestr ar ôl ei rhewi'),
  'removal of rights already held': own('dileu hawliau sydd gan rywun eisoes'),
  'industrial action ballot': own('sefyll yn lle pleidlais ar weithredu diwydiannol'),
  'election reserved by law': own('cynnal etholiad y mae’r gyfraith yn ei roi i arall'),
  'share of assets to members': own('rhannu eiddo’r mudiad ymhlith aelodau'),
  'payment for votes': own('talu am bleidlais'),
} as const

/** Limits. */
export const limitWords = (r: RuleOf<'limit'>): string =>
  group(
    listedAfter(
      'ni chaiff unrhyw weithred byth',
      anyOf,
      r.never.map((n) => neverWords[n]),
      { mutation: 'soft', below: 'ni chaiff unrhyw weithred byth wneud yr un o’r canlynol' },
    ),
  )

const defectWords = {
  appointment: own('penodiad'),
  'expired term': own('tymor sydd wedi dod i ben'),
  notice: own('hysbysiad'),
  vacancy: own('sedd wag'),
} as const
const standsWords = {
  'until challenge upheld': ['mae', 'yn sefyll nes cadarnhau her'],
  always: ['mae', 'yn sefyll bob amser'],
  never: ['nid yw', 'byth yn sefyll'],
} as const

const quashWords = ({ laterActs, rolls, seats }: NonNullable<RuleOf<'validity'>['onQuash']>): string =>
  group(
    `pan ddiddymir hi, ${{ 'listed for review': 'rhestrir gweithredoedd diweddarach i’w hadolygu', fall: 'mae gweithredoedd diweddarach yn syrthio', stand: 'mae gweithredoedd diweddarach yn sefyll' }[laterActs]}`,
    rolls === 'stand' ? 'mae ei chofrestrau’n sefyll' : 'llunnir ei chofrestrau o’r newydd',
    {
      'next runner by countback': 'aiff ei seddi i’r ymgeisydd nesaf drwy ailgyfrif',
      'by-election': 'llenwir ei seddi drwy isetholiad',
      empty: 'mae ei seddi’n aros yn wag',
    }[seats],
  )

/** Acts under a defect. */
export function validityWords(r: RuleOf<'validity'>): string {
  const [verb, rest] = standsWords[r.actsStand]
  return group(
    `${verb} gweithred a wnaed er gwaethaf diffyg mewn ${anyOf(r.defectIn.map((d) => defectWords[d]))('plain')} ${rest}`,
    when(r.onQuash, quashWords),
  )
}

const sourceWords = {
  court: own('llys'),
  tribunal: own('tribiwnlys'),
  regulator: own('rheoleiddiwr'),
  superior: own('corff uwch'),
} as const
const reliefWords = {
  stay: own('atal dros dro'),
  quash: own('diddymu'),
  restore: own('adfer'),
  direct: own('cyfarwyddo'),
  forbid: own('gwahardd'),
} as const
const evidenceWords = { document: 'dogfen', statement: 'datganiad' } as const

/** Courts. */
export const orderWords = (r: RuleOf<'order'>, s: Speaker): string =>
  group(
    `caiff gorchymyn ${led('gan', anyOf(r.from.map((f) => sourceWords[f])))} ${anyOf(r.may.map((m) => reliefWords[m]))('soft')}`,
    `fe’i cofnodir ${r.recordedBy.kind === 'any officer' ? 'gan unrhyw swyddog' : led('gan', s.the(r.recordedBy.office))}, ar sail ${evidenceWords[r.evidence]}`,
  )

const measureWords = {
  'postpone meeting': own('gohirio cyfarfod'),
  'postpone opening of ballot': own('gohirio agor pleidlais'),
  'postpone closing of ballot': own('gohirio cau pleidlais'),
  'amend-rulebook': powerWords['amend-rulebook'],
  suspend: powerWords.suspend,
  exclude: powerWords.exclude,
  'derecognise-group': powerWords['derecognise-group'],
  'change a roll': own('newid cofrestr'),
  spend: powerWords.spend,
} as const

/** Emergency. */
export const emergencyWords = (r: RuleOf<'emergency'>, s: Speaker): string =>
  numbered(
    [
      group(`tra bo ${s.title(r.when.fact)} yn ffaith, caniateir cymryd mesurau brys ${led('drwy', voteWords(r.by, s))}`),
      group(
        listedAfter(
          'y mesurau yw:',
          anyOf,
          r.may.map((m) => measureWords[m]),
          { below: 'y mesurau yw un neu ragor o’r canlynol' },
        ),
      ),
      r.never.length === 0
        ? null
        : group(
            listedAfter(
              'ni chaiff mesur byth',
              anyOf,
              r.never.map((m) => measureWords[m]),
              { mutation: 'soft', below: 'ni chaiff mesur byth wneud yr un o’r canlynol' },
            ),
          ),
      group(`dônt i ben ar ôl ${durationWords(r.lapses)}`),
      group(
        `rhaid ${led('i', s.the(r.ratify.by))} eu cadarnhau o fewn ${durationWords(r.ratify.within)}; fel arall ${r.ratify.timeout === 'lapses' ? 'dônt i ben' : 'maent yn sefyll'}`,
      ),
      when(r.again, (a) => group(`caniateir eu cymryd eto ar ôl ${durationWords(a.length)}`)),
    ].filter((p) => p !== null),
  )

/** Facts. */
export const factWords = (r: RuleOf<'fact'>, s: Speaker): string =>
  group(
    `rhaid ${led('i', allOf(r.attestedBy.map(s.the)))} dystio i’r ffaith ${s.title(r.id)} mewn ${evidenceWords[r.evidence]}`,
    when(r.says, (says) =>
      says.length === 0 ? 'nid yw’n dweud dim mwy' : `mae’n dweud ${allOf(says.map((x) => fixed(s.label(x))))('plain')}`,
    ),
    r.expires.kind === 'never' ? 'nid yw’n dod i ben' : `daw i ben ar ôl ${durationWords(r.expires.length)}`,
    when(
      r.challenge,
      (c) =>
        `caniateir ei herio gerbron ${s.the(c.to)('plain')} o fewn ${durationWords(c.within)}; heb ateb, mae’n ${c.timeout === 'stands' ? 'sefyll' : 'syrthio'}`,
    ),
  )

type Declared = RuleOf<'interest'>['declare'][number]
function declaredWords(d: Declared, s: Speaker): Phrase {
  switch (d.kind) {
    case 'employment':
      return own('cyflogaeth')
    case 'candidate':
      return own('bod yn ymgeisydd')
    case 'agent of candidate':
      return own('bod yn asiant i ymgeisydd')
    case 'family':
      return own('teulu')
    case 'money above <sum>':
      return own(`arian dros ${amountWords(d.sum, s)}`)
    case 'official of related body':
      return own('bod yn swyddog corff cysylltiedig')
  }
}
const effectWords = {
  'leaves vote and quorum': 'yn gadael y bleidlais a’r cworwm',
  'leaves vote': 'yn gadael y bleidlais',
  'declares only': 'yn ei ddatgan ac yn aros',
} as const

/** Interests. */
export const interestWords = (r: RuleOf<'interest'>, s: Speaker): string =>
  group(
    listedAfter(
      'buddiant i’w ddatgan yw:',
      anyOf,
      r.declare.map((d) => declaredWords(d, s)),
      { below: 'buddiant i’w ddatgan yw unrhyw un o’r canlynol' },
    ),
    `mae’r sawl sydd ag un ${effectWords[r.effect]}`,
    `${s.the(r.whoDecides)('plain')} sy’n penderfynu os oes amheuaeth`,
  )

/** A rulebook above. */
export const superiorWords = (r: RuleOf<'superior'>, s: Speaker): string =>
  group(
    `mae’r rheolau hyn yn sefyll o dan ${s.title(r.rulebook)}, ${r.prevails ? 'sy’n cael blaenoriaeth' : 'nad yw’n cael blaenoriaeth'}`,
    when(r.changeAbove, (c) =>
      c === 'follows at once' ? 'mae newid uwchlaw yn dilyn ar unwaith' : 'mae newid uwchlaw yn dilyn ar ôl ei gadarnhau',
    ),
    when(r.onConflict, conflictWords),
  )
function conflictWords(c: NonNullable<RuleOf<'superior'>['onConflict']>): string {
  switch (c.kind) {
    case 'superior prevails':
      return 'os oes gwrthdaro, y rheolau uwchlaw sy’n cael blaenoriaeth'
    case 'panel decides':
      return 'os oes gwrthdaro, y panel sy’n penderfynu'
    case 'rule suspended, members told within <length>':
      return `os oes gwrthdaro, atelir y rheol yma a hysbysir yr aelodau o fewn ${durationWords(c.length)}`
  }
}

/** The code of conduct. */
export const conductWords = (r: RuleOf<'conduct'>, s: Speaker): string =>
  group(
    `saif ${s.title(r.id)}${r.code === null ? '' : ` (${s.label(r.code)})`} wrth ochr y geiriau hyn`,
    ...r.sanctions.map(
      (x) =>
        `sancsiwn yw ${s.label(x.id)}${x.atMost === null ? '' : `, am ${durationWords(x.atMost)} ar y mwyaf`}${x.expires === null ? '' : `, sy’n dod i ben ar ôl ${durationWords(x.expires)}`}`,
    ),
  )

type Stay = NonNullable<RuleOf<'appeal'>['stay']>
const stayWords = (stay: Stay): string =>
  group(
    stay.effect ? 'mae apêl yn atal y penderfyniad yn y cyfamser' : 'nid yw apêl yn atal y penderfyniad yn y cyfamser',
    when(stay.roll, (v) => (v === 'provisional' ? 'mae’r sawl sy’n apelio ar gofrestr dros dro' : 'nid yw’r gofrestr yn newid')),
    when(stay.upheldBeforeTally, (v) =>
      v === 'ballot stays'
        ? 'os cadarnheir hi cyn y cyfrif, mae’r bleidlais yn aros yn y blwch'
        : 'os cadarnheir hi cyn y cyfrif, mae’r bleidlais yn gadael y blwch',
    ),
    when(stay.upheldAfter, (v) =>
      v === 'result stands'
        ? 'os cadarnheir hi wedyn, mae’r canlyniad yn sefyll'
        : 'os cadarnheir hi wedyn, cynhelir y bleidlais eto os gallai newid y canlyniad',
    ),
  )

/** Appeal. */
export const appealWords = (r: RuleOf<'appeal'>, s: Speaker): string =>
  numbered([
    group(
      `mae ${s.title(r.id)} yn mynd ${led('i', s.the(r.to.body))}${r.to.kind === '<body>' ? '' : ', yn eistedd o’r newydd'}, o fewn ${durationWords(r.within)}`,
    ),
    group(
      r.disjoint ? 'ni chaiff neb a benderfynodd o’r blaen wrando’r apêl' : 'caiff y rhai a benderfynodd o’r blaen wrando’r apêl',
    ),
    group(
      `penderfynir yr apêl o fewn ${durationWords(r.decideWithin)}; fel arall fe’i ${r.timeout === 'allowed' ? 'caniateir' : 'gwrthodir'}`,
    ),
    r.stay === null ? group('mae apêl yn atal cynnig yn y cyfamser, ond nid sancsiwn') : stayWords(r.stay),
  ])
