import type { RuleOf } from '../../language/model.ts'
import { group, sentence, when } from '../en/names.ts'
import { durationWords, whoWords } from './expressions.ts'
import { allOf, fixed, led, numberOf } from './grammar.ts'
import { countingWords } from './methods.ts'
import type { Speaker } from './names.ts'
import { methodWords } from './vocabulary.ts'

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
    case 'nomination of affiliates not of class <class>':
      return `a enwebir gan y sefydliadau cysylltiedig nad ydynt o ddosbarth ${s.one(by.class)('plain')}`
    case 'nomination of affiliates of class <class>':
      return `a enwebir gan y sefydliadau cysylltiedig sydd o ddosbarth ${s.one(by.class)('plain')}`
    case 'nomination of affiliates':
      return 'a enwebir gan y sefydliadau cysylltiedig'
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

function quotaWords(q: NonNullable<Seat['quota']>[number], s: Speaker): string {
  const where = [
    q.per === null ? '' : ' ym mhob ardal',
    q.over === null
      ? ''
      : q.over.kind === 'all districts'
        ? ' ar draws yr holl ardaloedd'
        : ` ar draws y seddi ${s.label(q.over.seat)}`,
  ].join('')
  const share = q.of === null ? `${q.atLeast} ohonynt` : `${q.atLeast} o bob ${q.of}`
  const rule = `rhaid i o leiaf ${share}${where} fynd i bobl ${whoWords(q.who, s)}`
  return group(
    q.id === null ? rule : `y cwota ${s.label(q.id)}: ${rule}`,
    when(q.ifShort, (v) => `os oes rhy ychydig ar gyfer hynny, ${shortWords[v]}`),
  )
}

function weightWords(weight: NonNullable<Seat['weight']>, s: Speaker): string {
  switch (weight.kind) {
    case '<votes> votes':
      return `mae gan bob un ${numberOf(weight.votes, 'bleidlais', 'bleidleisiau')}`
    case 'members represented':
      return 'mae gan bob un gynifer o bleidleisiau â’r aelodau y mae’n eu cynrychioli'
    case 'attribute <attribute>':
      return `mae gan bob un gynifer o bleidleisiau ag a ddywed ${s.title(weight.attribute)}`
  }
}

const substituteWords = {
  'elected with the holder': 'etholir eilydd gyda phob deiliad',
  'named by the holder': 'caiff pob deiliad enwi eilydd',
  'named by who fills the seat': 'caiff y sawl sy’n llenwi sedd enwi eilydd',
} as const
const fallbackWords = { 'no nomination': 'os nad enwebir neb', 'too few nominations': 'os enwebir rhy ychydig' } as const

/** A class of seats: how many, who fills them and how. `has` is `mae ganddo` or `mae ganddi`. */
export function seatWords(seat: Seat, has: string, s: Speaker): string {
  const count = seat.count === null ? 'seddi' : numberOf(seat.count, 'sedd', 'seddi')
  const everyone = when(seat.everyoneIn, (w) => `a ddelir gan bawb ${whoWords(w, s)}`)
  const filling = when(seat.by, (by) => fillingWords(by, s))
  const how = filling ?? everyone
  return group(
    `${has} ${count} ${s.label(seat.id)}${how === null ? '' : `, ${how}`}`,
    filling === null || everyone === null ? null : `maent yn rhai ${everyone}`,
    when(seat.method, (m) => `fe’u cyfrifir ${led('drwy', methodWords[m])}`),
    when(seat.counting, countingWords),
    when(seat.districts, (d) => `fe’u rhennir rhwng ${allOf(d.map((x) => fixed(`${s.label(x.id)} (${x.count})`)))('plain')}`),
    when(seat.who, (w) => `rhaid i ymgeiswyr fod yn bobl ${whoWords(w, s)}`),
    when(seat.fallback, (f) => `${fallbackWords[f.when]}, caiff ymgeiswyr fod yn bobl ${whoWords(f.who, s)}`),
    ...(seat.quota ?? []).map((q) => quotaWords(q, s)),
    when(
      seat.quotaOrder,
      (order) => `mae’r cwotâu’n gymwys yn y drefn hon: ${allOf(order.map((id) => fixed(s.label(id))))('plain')}`,
    ),
    when(seat.ifShort, (v) => `os oes rhy ychydig o ymgeiswyr, ${shortWords[v]}`),
    when(seat.decline, (v) =>
      v === 'next drawn'
        ? 'os bydd un yn gwrthod, yr un nesaf a dynnir sy’n cymryd y sedd'
        : 'os bydd un yn gwrthod, mae’r sedd honno’n aros yn wag',
    ),
    when(seat.weight, (w) => weightWords(w, s)),
    when(seat.substitute, (v) => substituteWords[v]),
  )
}

const fillWords = {
  countback: 'ailgyfrifir y pleidleisiau',
  'by-election': 'cynhelir isetholiad',
  'next drawn': 'yr un nesaf a dynnir sy’n ei chymryd',
  'co-opt': 'mae’r corff yn cyfethol',
  leave: 'mae’n aros yn wag',
} as const

function meanwhileWords(m: NonNullable<NonNullable<Body['vacancy']>['meanwhile']>, s: Speaker): string {
  switch (m.kind) {
    case 'empty':
      return 'yn y cyfamser mae’r sedd yn wag'
    case 'co-opt by <body> without vote':
      return `yn y cyfamser caiff ${s.the(m.body)('plain')} gyfethol rhywun, heb bleidlais`
    case 'co-opt by <body>':
      return `yn y cyfamser caiff ${s.the(m.body)('plain')} gyfethol rhywun, gyda phleidlais`
    case 'substitute':
      return 'yn y cyfamser mae’r eilydd yn eistedd'
  }
}

/** What happens when a seat falls empty. */
export const vacancyWords = (v: NonNullable<Body['vacancy']>, s: Speaker): string =>
  group(
    `pan ddaw sedd yn wag, ${fillWords[v.fill]}${v.within === null ? '' : ` o fewn ${durationWords(v.within)}`}`,
    when(v.else, (e) => `os metha hynny, cynhelir etholiad o fewn ${durationWords(e.length)}`),
    when(v.unless, (u) => `nid yw hyn yn gymwys pan fo llai ${led('than', fixed(durationWords(u.length)))} o’r tymor ar ôl`),
    when(v.meanwhile, (m) => meanwhileWords(m, s)),
    when(v.keeps, (k) =>
      k === 'no quota'
        ? 'nid oes rhaid i’r olynydd fodloni cwota’r sedd'
        : 'rhaid i’r olynydd fodloni’r cwota y cyfrifai’r sedd tuag ato',
    ),
    when(v.emptyAtMost, (e) => `caiff ${numberOf(e.count, 'sedd', 'seddi')} ar y mwyaf fod yn wag`),
  )

/** How many seats there may be in all. */
export function sizeWords(size: NonNullable<Body['size']>, has: string): string {
  const seats = numberOf(size.count, 'sedd', 'seddi')
  switch (size.kind) {
    case '<count> seats':
      return sentence(`${has} ${seats} i gyd`)
    case 'at most <count> seats':
      return sentence(`${has} ${seats} i gyd ar y mwyaf`)
    case 'at least <count> seats':
      return sentence(`${has} o leiaf ${seats} i gyd`)
  }
}
