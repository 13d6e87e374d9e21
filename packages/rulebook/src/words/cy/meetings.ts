import type { RuleOf } from '../../language/model.ts'
import { group, sentence, when } from '../en/names.ts'
import { actorsWords, conditionWords, durationWords, everyWords, momentWords, months, thresholdWords } from './expressions.ts'
import { allOf, anyOf, counted, fixed, led, listedAfter, numberOf, own, type Phrase } from './grammar.ts'
import type { Speaker } from './names.ts'
import { powerWords } from './vocabulary.ts'

type Body = RuleOf<'body'>
type Meets = NonNullable<Body['meets']>
type Month = NonNullable<RuleOf<'meeting'>['in']>

const monthIndex: Readonly<Record<Month, number>> = {
  January: 0,
  February: 1,
  March: 2,
  April: 3,
  May: 4,
  June: 5,
  July: 6,
  August: 7,
  September: 8,
  October: 9,
  November: 10,
  December: 11,
}
/** "Mehefin" for the month the rule language calls `June`. */
const monthWords = (month: string): string =>
  (Object.hasOwn(monthIndex, month) ? months[monthIndex[month as Month]] : undefined) ?? month

function callWords(or: NonNullable<Meets['or']>, s: Speaker): string {
  switch (or.kind) {
    case '<count> seated':
      return `caiff unrhyw ${numberOf(or.count, 'person', 'bobl')} sydd â sedd alw cyfarfod hefyd`
    case '<count> people':
      return `caiff unrhyw ${numberOf(or.count, 'person', 'bobl')} alw cyfarfod hefyd`
    case 'procedure <procedure>':
      return `caiff y weithdrefn ${s.title(or.procedure)} alw cyfarfod hefyd`
    case '<need>':
      return `caiff ${thresholdWords(or.need, s)} alw cyfarfod hefyd`
  }
}

type NotHeld = NonNullable<Meets['ifNotHeldBy']>
const notHeldWords = (n: NotHeld, s: Speaker): string =>
  `os na chynhelir cyfarfod erbyn ${n.date.day.day} ${monthWords(n.date.day.month)} mewn blwyddyn, caiff ${actorsWords(n.then, s)('plain')} alw un`

/** When a body meets and who calls it. */
export const meetsWords = (m: Meets, s: Speaker): string =>
  group(
    when(m.every, (every) =>
      every.kind === 'on case' ? 'mae’n cyfarfod pan fo achos' : `mae’n cyfarfod o leiaf unwaith ${everyWords(every.length)}`,
    ),
    when(m.atLeast, (a) => `mae’n cyfarfod o leiaf ${counted(a.times, 'gwaith')} y ${a.period === 'month' ? 'mis' : 'flwyddyn'}`),
    `${actorsWords(m.by, s)('plain')} sy’n galw’r cyfarfod, gyda hysbysiad o ${durationWords(m.notice)}`,
    when(m.agenda, (a) => `cyhoeddir yr agenda ${durationWords(a)} ymlaen llaw`),
    when(m.or, (or) => callWords(or, s)),
    when(m.remote, (r) => (r ? 'caiff aelodau gymryd rhan o bell' : 'rhaid i aelodau gymryd rhan wyneb yn wyneb')),
    when(m.ifNotHeldBy, (n) => notHeldWords(n, s)),
  )

type Adjourn = NonNullable<Body['adjourn']>
function mayThenWords(m: NonNullable<Adjourn['mayThen']>[number]): Phrase {
  switch (m.kind) {
    case 'motions on the first agenda':
      return own('caiff benderfynu ar gynigion yr agenda gyntaf')
    case 'any business':
      return own('caiff drafod unrhyw fater')
    case 'not <power>':
      return fixed(`ni chaiff ${powerWords[m.power]('soft')}`)
  }
}

/** What happens to a meeting without a quorum. `has` is `mae ganddo` or `mae ganddi`. */
export const adjournWords = (a: Adjourn, has: string, s: Speaker): string =>
  group(
    `os bydd cyfarfod heb gworwm am ${durationWords(a.inquorateAfter)}, fe’i cynhelir eto ${a.to.kind === 'within <length>' ? `o fewn ${durationWords(a.to.length)}` : `ar yr un awr ${durationWords(a.to.length)} yn ddiweddarach`}`,
    when(a.noticeThen, (d) => `rhoddir hysbysiad o ${durationWords(d)} bryd hynny`),
    a.quorumThen.kind === 'those present'
      ? 'bryd hynny mae’r rhai sy’n bresennol yn gworwm'
      : `bryd hynny ${has} gworwm pan ${conditionWords('fo', a.quorumThen.condition, s)}`,
    when(a.mayThen, (m) => `bryd hynny ${allOf(m.map(mayThenWords))('plain')}`),
  )

const castingWords = {
  none: 'nid oes gan y cadeirydd bleidlais fwrw',
  'as the chair decides': 'mae gan y cadeirydd bleidlais fwrw',
  'for the status quo': 'mae gan y cadeirydd bleidlais fwrw, i’w rhoi dros yr hyn sydd mewn grym',
} as const

/** Who takes the chair. */
export const chairWords = (c: NonNullable<Body['chair']>, s: Speaker): string =>
  group(
    `${s.the(c.is)('plain')} sydd yn y gadair`,
    when(
      c.else,
      (e) =>
        `fel arall cymerir y gadair ${led(
          'gan',
          anyOf(e.map((x) => (x.kind === 'chosen by the meeting' ? own('rhywun a ddewisir gan y cyfarfod') : s.the(x.office)))),
        )}`,
    ),
    when(c.castingVote, (v) => castingWords[v]),
  )

/** How votes are given. */
export function voteWords(v: NonNullable<Body['vote']>, s: Speaker): string {
  if (v === 'open') return sentence('mae’n pleidleisio drwy bleidlais agored')
  if (v === 'secret') return sentence('mae’n pleidleisio drwy bleidlais gudd')
  return group(
    v.hands === 'usual' ? 'mae’n pleidleisio drwy godi llaw' : 'nid yw’n pleidleisio drwy godi llaw',
    when(v.pollIf, (t) => `cyfrifir y pleidleisiau mewn pôl pan fo ${thresholdWords(t, s)} yn gofyn`),
    when(v.secretIf, (t) => `mae pleidlais yn gudd pan fo ${thresholdWords(t, s)} yn gofyn`),
  )
}

/** Proxies. */
export function proxyWords(p: NonNullable<Body['proxy']>): string {
  switch (p.kind) {
    case 'none':
      return sentence('ni chaiff neb bleidleisio dros rywun arall')
    case 'any number':
      return sentence('caiff un person bleidleisio dros unrhyw nifer o bobl eraill')
    case 'up to <count> for one person':
      return sentence(`caiff un person bleidleisio dros hyd at ${numberOf(p.count, 'person arall', 'bobl eraill')}`)
  }
}

const orderWords = {
  'as received': 'fe’u cymerir yn y drefn y’u derbyniwyd',
  'by lot': 'penderfynir eu trefn drwy goelbren',
  'by vote of members': 'mae’r aelodau’n pleidleisio ar eu trefn',
  'as ruled': 'y sawl sy’n llunio’r agenda sy’n dyfarnu ar eu trefn',
} as const
const settleWords = {
  'run-off': 'gornest derfynol sy’n penderfynu rhyngddynt',
  'greater margin': 'yr un a dderbyniwyd â’r bwlch mwyaf sy’n sefyll',
  'later falls': 'mae’r un a dderbyniwyd yn ddiweddarach yn syrthio',
} as const

/** What happens when two motions that cannot both stand are carried. */
export const incompatibleWords = (i: NonNullable<NonNullable<Body['agenda']>['incompatible']>, s: Speaker): string =>
  group(
    `${actorsWords(i.ruledBy, s)('plain')} sy’n dyfarnu pa gynigion na allant sefyll gyda’i gilydd`,
    `os derbynnir dau gynnig o’r fath, ${settleWords[i.settle]}`,
    when(i.when, (w) => (w === 'same meeting' ? 'gwneir hynny yn yr un cyfarfod' : 'gwneir hynny yn y cyfarfod nesaf')),
  )

/** Who makes the agenda and from what. */
export const agendaWords = (a: NonNullable<Body['agenda']>, s: Speaker): string =>
  group(
    `llunnir yr agenda ${led('gan', actorsWords(a.by, s))}`,
    when(a.motionsFrom, (m) => `caiff cynigion ddod ${led('oddi wrth', actorsWords(m, s))}`),
    when(a.due, (d) => `rhaid i gynigion gyrraedd erbyn ${momentWords(d, s)('plain')}`),
    when(a.order, (o) => orderWords[o]),
    when(a.incompatible, (i) => incompatibleWords(i, s)),
  )

const mustWords = {
  'receive election results': own('derbyn canlyniadau etholiadau'),
  'elect officers': own('ethol swyddogion'),
  'appoint auditor': own('penodi archwilydd'),
  'receive accounts': own('derbyn y cyfrifon'),
  'receive reports': own('derbyn adroddiadau'),
  'set subscriptions': own('pennu tanysgrifiadau'),
  'approve budget': own('cymeradwyo’r gyllideb'),
} as const

/** A named meeting. */
export const meetingWords = (r: RuleOf<'meeting'>, s: Speaker): string =>
  group(
    `cyfarfod ${led('o', s.the(r.of))} yw ${s.title(r.id)}`,
    when(r.every, (d) => `fe’i cynhelir ${everyWords(d)}`),
    when(r.in, (m) => `fe’i cynhelir ym mis ${monthWords(m)}`),
    when(r.at, (t) => `mae’n dechrau am ${t}`),
    when(r.notice, (d) => `rhoddir hysbysiad o ${durationWords(d)}`),
    when(r.agenda, (d) => `cyhoeddir ei agenda ${durationWords(d)} ymlaen llaw`),
    when(r.by, (a) => `${actorsWords(a, s)('plain')} sy’n ei alw`),
    when(r.must, (m) =>
      listedAfter(
        'rhaid iddo',
        allOf,
        m.map((x) => mustWords[x]),
        { mutation: 'soft', below: 'rhaid iddo wneud pob un o’r canlynol' },
      ),
    ),
    when(r.ifNotHeldBy, (n) => notHeldWords(n, s)),
  )
