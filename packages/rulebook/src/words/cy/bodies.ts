import type { RuleOf } from '../../model.ts'
import { group, numbered, when } from '../en/names.ts'
import {
  actorsWords,
  conditionsWords,
  conditionWords,
  durationWords,
  thresholdWords,
  voteWords,
  whoWords,
} from './expressions.ts'
import { allOf, anyOf, fixed, led, noneOf, numberOf, own, type Phrase } from './grammar.ts'
import type { Speaker } from './names.ts'
import { actionWords, methodWords } from './vocabulary.ts'

type Body = RuleOf<'body'>
type Seat = Body['seats'][number]
type Filling = NonNullable<Seat['by']>

/** How seats are filled, after the seats. */
function fillingWords(by: Filling, s: Speaker): string {
  switch (by.kind) {
    case 'election of <electorate>':
      return `a etholir ${led('gan', s.the(by.electorate))}`
    case 'election by <body>':
      return `a ddewisir mewn pleidlais ${led('gan', s.the(by.body))}`
    case 'nomination of <body>':
      return `a enwebir ${led('gan', s.the(by.body))}`
    case 'lot from <electorate>':
      return `a lenwir drwy goelbren o blith ${s.the(by.electorate)('plain')}`
    case 'ex-officio <office>':
      return `a ddelir ${led('gan', s.the(by.office))} yn rhinwedd y swydd`
    case 'appointment by <body>':
      return `a benodir ${led('gan', s.the(by.body))}`
  }
}

const shortWords = {
  'leave empty': 'mae’r sedd yn aros yn wag',
  'next best': 'y gorau nesaf sy’n cymryd y sedd',
  're-open': 'mae’r enwebiadau’n agor eto',
} as const

function seatWords(seat: Seat, has: string, s: Speaker): string {
  const count = seat.count === null ? 'seddi' : numberOf(seat.count, 'sedd', 'seddi')
  const everyone = when(seat.everyoneIn, (w) => `a ddelir gan bawb ${whoWords(w, s)}`)
  const filling = when(seat.by, (by) => fillingWords(by, s))
  const how = filling ?? everyone
  return group(
    `${has} ${count} ${s.label(seat.id)}${how === null ? '' : `, ${how}`}`,
    when(seat.method, (m) => `fe’u cyfrifir ${led('drwy', methodWords[m])}`),
    filling === null || everyone === null ? null : `maent yn rhai ${everyone}`,
    when(seat.districts, (d) => `fe’u rhennir rhwng ${allOf(d.map((x) => fixed(`${s.label(x.id)} (${x.count})`)))('plain')}`),
    ...(seat.quota ?? []).map(
      (q) =>
        `rhaid i o leiaf ${q.atLeast} ohonynt fynd i bobl ${whoWords(q.who, s)}${q.per === null ? '' : ', ym mhob ardal'}${q.over === null ? '' : `, ar draws ${s.label(q.over)}`}${when(q.ifShort, (v) => `; os oes rhy ychydig, ${shortWords[v]}`) ?? ''}`,
    ),
    when(seat.ifShort, (v) => `os oes rhy ychydig o ymgeiswyr, ${shortWords[v]}`),
    when(seat.decline, (v) =>
      v === 'next drawn'
        ? 'os bydd un yn gwrthod, yr un nesaf a dynnir sy’n cymryd y sedd'
        : 'os bydd un yn gwrthod, mae’r sedd honno’n aros yn wag',
    ),
  )
}

const fillWords = {
  countback: 'ailgyfrifir y pleidleisiau',
  'by-election': 'cynhelir isetholiad',
  'next drawn': 'yr un nesaf a dynnir sy’n ei chymryd',
  'co-opt': 'mae’r corff yn cyfethol',
  leave: 'mae’n aros yn wag',
} as const

const vacancyWords = (v: NonNullable<Body['vacancy']>): string =>
  group(
    `pan ddaw sedd yn wag, ${fillWords[v.fill]}`,
    when(v.else, (e) => `os metha hynny, cynhelir etholiad o fewn ${durationWords(e.length)}`),
    when(v.unless, (u) => `nid yw hyn yn gymwys pan fo llai ${led('than', fixed(durationWords(u.length)))} o’r tymor ar ôl`),
    when(v.emptyAtMost, (e) => `caiff ${numberOf(e.count, 'sedd', 'seddi')} ar y mwyaf fod yn wag`),
  )

const meetsWords = (m: NonNullable<Body['meets']>, s: Speaker): string =>
  group(
    m.every.kind === 'on case'
      ? 'mae’n cyfarfod pan fo achos'
      : `mae’n cyfarfod o leiaf unwaith bob ${durationWords(m.every.length)}`,
    `${actorsWords(m.by, s)('plain')} sy’n galw’r cyfarfod, gyda hysbysiad o ${durationWords(m.notice)}`,
    when(m.agenda, (a) => `cyhoeddir yr agenda ${durationWords(a)} ymlaen llaw`),
    when(m.or, (or) =>
      or.kind === '<count> seated'
        ? `caiff unrhyw ${numberOf(or.count, 'person', 'bobl')} sydd â sedd alw cyfarfod hefyd`
        : `caiff unrhyw ${numberOf(or.count, 'person', 'bobl')} alw cyfarfod hefyd`,
    ),
    when(m.remote, (r) => (r ? 'caiff aelodau gymryd rhan o bell' : 'rhaid i aelodau gymryd rhan wyneb yn wyneb')),
  )

const settable: Readonly<Record<NonNullable<Body['standingOrders']>['maySet'][number], Phrase>> = {
  'meets.every': own('yr amser rhwng cyfarfodydd'),
  'meets.notice': own('yr hysbysiad am gyfarfod'),
  'meets.agenda': own('yr amser rhwng yr agenda a’r cyfarfod'),
  quorum: own('y cworwm'),
}

const standingOrderWords = (o: NonNullable<Body['standingOrders']>): string =>
  group(
    `mewn rheolau sefydlog caiff ${led('bennu', allOf(o.maySet.map((p) => settable[p])))}`,
    ...(o.within ?? []).map((w) =>
      w.kind === '<path> at least <length>'
        ? `rhaid ${led('i', settable[w.path])} fod o leiaf ${durationWords(w.length)}`
        : `rhaid ${led('i', settable[w.path])} fod o leiaf ${numberOf(w.count, 'person', 'bobl')}`,
    ),
  )

const publishWords = (p: NonNullable<Body['publishes']>): string =>
  group(
    when(p.votes, (v) =>
      v.kind === 'never'
        ? 'ni chyhoeddir byth sut y pleidleisiodd yr aelodau'
        : `cyhoeddir sut y pleidleisiodd yr aelodau o fewn ${durationWords(v.length)} ar ôl cyfarfod`,
    ),
    when(p.minutes, (v) =>
      v.kind === 'outcome and reasons'
        ? 'cyhoeddir y canlyniadau a’r rhesymau'
        : `cyhoeddir y cofnodion o fewn ${durationWords(v.length)} ar ôl cyfarfod`,
    ),
  )

function sitsWords(sits: NonNullable<Body['sits']>, s: Speaker): string {
  const barred = (sits.not ?? []).map((n) =>
    own(n.kind === 'party to case' ? 'neb sy’n barti i’r achos' : `neb sydd â sedd ${led('ar', s.the(n.body))}`),
  )
  return group(
    `mae ${sits.of} o’r aelodau yn eistedd ar achos, ${sits.by === 'rota' ? 'yn eu tro' : 'wedi’u dewis drwy goelbren ar gyfer pob achos'}`,
    sits.not === null
      ? null
      : barred.length === 0
        ? 'nid oes neb wedi’i wahardd rhag eistedd'
        : `ni chaiff ${noneOf(barred)('plain')} eistedd`,
  )
}

const tieWords = {
  falls: 'mae’r cynnig yn methu',
  carried: 'derbynnir y cynnig',
  'casting vote': 'mae gan y cadeirydd bleidlais fwrw',
} as const

const termWords = (term: NonNullable<Body['term']>): string => `${durationWords(term)} yw hyd tymor`
const limitWords = (t: NonNullable<Body['termLimit']>): string =>
  `ni chaiff neb wasanaethu am dros ${numberOf(t.times, 'tymor', 'dymhorau')} yn olynol`

/** A body: one numbered group per part. */
export function bodyWords(rule: Body, s: Speaker): string {
  const has = s.feminine(rule.id) ? 'mae ganddi' : 'mae ganddo'
  const parts: readonly (string | null)[] = [
    ...rule.seats.map((seat) => seatWords(seat, has, s)),
    when(rule.term, (term) => group(termWords(term))),
    when(rule.termLimit, (t) => group(limitWords(t))),
    when(rule.ends, (e) => group(`daw sedd i ben pan gymer olynydd hi, ${durationWords(e.length)} ar y mwyaf ar ôl y tymor`)),
    when(rule.vacancy, vacancyWords),
    when(rule.sits, (sits) => sitsWords(sits, s)),
    when(rule.meets, (m) => meetsWords(m, s)),
    group(`${has} gworwm pan ${conditionWords('fo', rule.quorum, s)}`),
    when(rule.adjourn, (a) =>
      group(
        `os bydd cyfarfod heb gworwm am ${durationWords(a.inquorateAfter)}, fe’i cynhelir eto ar yr un awr ${durationWords(a.to.length)} yn ddiweddarach`,
        `bryd hynny ${has} gworwm pan ${conditionWords('fo', a.quorumThen, s)}`,
      ),
    ),
    group(
      `os yw’r pleidleisiau’n gyfartal, ${tieWords[rule.decides.tie]}`,
      conditionsWords('mae’n penderfynu o blaid', rule.decides.pass, s),
    ),
    when(rule.vote, (v) => group(`mae’n pleidleisio drwy bleidlais ${v === 'open' ? 'agored' : 'gudd'}`)),
    when(rule.publishes, publishWords),
    when(rule.standingOrders, standingOrderWords),
  ]
  return `${bodyLead(rule, s)}\n${numbered(parts.filter((p) => p !== null))}`
}

const bodyLead = (rule: Body, s: Speaker): string => {
  switch (rule.instances) {
    case null:
      return `Dyma gyfansoddiad ${s.the(rule.id)('plain')}:`
    case 'one':
      return `Dyma gyfansoddiad ${s.the(rule.id)('plain')}, nad oes ond un:`
    case 'many':
      return `Dyma gyfansoddiad pob ${s.one(rule.id)('plain')}:`
  }
}

type Office = RuleOf<'office'>

const filledWords = (f: Office['filled'], s: Speaker): string =>
  f.kind === 'appointed by <by>'
    ? `a benodir ${led('gan', s.the(f.by))}`
    : `a etholir ${led('gan', s.the(f.by))} o blith ${s.the(f.from)('plain')}`

function actingWords(a: NonNullable<Office['acting']>, s: Speaker): string {
  switch (a.kind) {
    case 'longest seated <seat>':
      return `y person sydd yn un o’r seddi ${s.label(a.seat)} ers yr amser hwyaf`
    case 'next drawn':
      return 'yr un nesaf a dynnir'
    case 'chosen by <body>':
      return `rhywun a ddewisir ${led('gan', s.the(a.body))}`
    case 'office <office>':
      return s.the(a.office)('plain')
  }
}

function barWords(n: NonNullable<Office['never']>[number], s: Speaker): Phrase {
  switch (n.kind) {
    case 'candidate':
      return own('bod yn ymgeisydd')
    case 'agent of candidate':
      return own('bod yn asiant i ymgeisydd')
    case 'seat on <body>':
      return own(`bod â sedd ${led('ar', s.the(n.body))}`)
    case 'office <office>':
      return own(`dal swydd ${s.the(n.office)('plain')}`)
  }
}

const actionsWords = (actions: readonly string[], s: Speaker): string =>
  anyOf(actions.map((action) => (Object.hasOwn(actionWords, action) ? actionWords[action] : undefined) ?? s.part(action)))(
    'plain',
  )

function actsWords(acts: Office['acts'], s: Speaker): string {
  const anyOne = 'caiff unrhyw ddeiliad weithredu’n unigol'
  const together = 'rhaid i’r holl ddeiliaid weithredu gyda’i gilydd'
  if (acts === null) return 'caiff pob deiliad weithredu’n unigol'
  const one = acts.any.length > 0 ? `${anyOne} er mwyn ${actionsWords(acts.any, s)}` : null
  const both = acts.both.length > 0 ? `${together} er mwyn ${actionsWords(acts.both, s)}` : null
  if (one === null && both === null) return acts.rest === 'any' ? anyOne : together
  return [one, both].filter((p) => p !== null).join('; ')
}

/** An office: one numbered group per part. */
export function officeWords(rule: Office, s: Speaker): string {
  const parts: readonly (string | null)[] = [
    group(
      `mae ${numberOf(rule.holders, 'person', 'bobl')}, ${filledWords(rule.filled, s)}, yn dal y swydd${rule.per === null ? '' : ' ym mhob grŵp'}`,
    ),
    group(termWords(rule.term), when(rule.termLimit, limitWords)),
    group(actsWords(rule.acts, s)),
    when(rule.acting, (a) => group(`pan fo’r swydd yn wag, ${actingWords(a, s)} sy’n gweithredu`)),
    when(rule.never, (n) => group(`ni chaiff deiliad y swydd byth ${anyOf(n.map((x) => barWords(x, s)))('soft')}`)),
    when(rule.ceasesWhen, (w) => group(`daw’r swydd i ben i ddeiliaid ${whoWords(w, s)}`)),
    when(rule.mandate, (m) => group(`y mandad yw ${thresholdWords(m, s)}`)),
    group(`caniateir diswyddo deiliad ${led('drwy', voteWords(rule.removed, s))}`),
  ]
  return `Dyma sut y delir swydd ${s.the(rule.id)('plain')}:\n${numbered(parts.filter((p) => p !== null))}`
}
