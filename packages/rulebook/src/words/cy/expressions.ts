import type { Actors, Amount, Base, Condition, Duration, Moment, Share, Threshold, Vote, Who } from '../../language/expression.ts'
import { printShare } from '../../language/expression-print.ts'
import { figure } from '../en/names.ts'
import { anyOf, counted, fixed, led, letter, limbs, numberOf, own, type Phrase } from './grammar.ts'
import type { Speaker } from './names.ts'

/** "14 diwrnod clir", "28 niwrnod", "2 flynedd" */
export function durationWords(d: Duration): string {
  switch (d.unit) {
    case 'minutes':
      return counted(d.count, 'munud')
    case 'hours':
      return counted(d.count, 'awr')
    case 'days':
      return counted(d.count, 'diwrnod')
    case 'clear days':
      return `${counted(d.count, 'diwrnod')} clir`
    case 'working days':
      return `${counted(d.count, 'diwrnod')} gwaith`
    case 'weeks':
      return counted(d.count, 'wythnos')
    case 'months':
      return counted(d.count, 'mis')
    case 'years':
      return counted(d.count, 'blynedd')
  }
}
const bareUnits: Readonly<Record<Duration['unit'], string>> = {
  minutes: 'munud',
  hours: 'awr',
  days: 'diwrnod',
  'clear days': 'diwrnod clir',
  'working days': 'diwrnod gwaith',
  weeks: 'wythnos',
  months: 'mis',
  years: 'blwyddyn',
}
/** "bob 3 mis", and without the figure "bob mis" */
export const everyWords = (d: Duration): string => `bob ${d.count === 1 ? bareUnits[d.unit] : durationWords(d)}`
const shareWords = (s: Share): string => printShare(s)

const anchorNouns: Readonly<Record<string, Phrase>> = {
  propose: own('y cynnig'),
  notice: own('yr hysbysiad'),
  freeze: own('rhewi’r gofrestr'),
  open: own('agor y bleidlais'),
  close: own('cau’r bleidlais'),
  'cut-off': own('y dyddiad cymhwyso'),
  meeting: own('y cyfarfod'),
}
/** An anchor as a thing: "y dyddiad cymhwyso". A stage of the procedure is its number. */
export const anchorWords = (anchor: string, s: Speaker): Phrase =>
  (Object.hasOwn(anchorNouns, anchor) ? anchorNouns[anchor] : undefined) ?? s.stage(anchor)
/** "adeg yr hysbysiad" */
export const asAtWords = (anchor: string, s: Speaker): string => `adeg ${anchorWords(anchor, s)('plain')}`

const voteBases: Readonly<Record<Extract<Base, { kind: 'votes' }>['of'], string>> = {
  'for-and-against': 'y pleidleisiau o blaid ac yn erbyn',
  'votes-cast': 'y pleidleisiau a fwriwyd',
  valid: 'y papurau pleidleisio dilys',
  returned: 'y papurau pleidleisio a ddychwelwyd',
  issued: 'y papurau pleidleisio a roddwyd',
  roll: 'y gofrestr',
  present: 'y rhai sy’n bresennol',
}

function baseWords(base: Base, s: Speaker): Phrase {
  switch (base.kind) {
    case 'votes':
      return fixed(voteBases[base.of])
    case 'seats': {
      const seats = base.filled ? 'y seddi sydd wedi’u llenwi' : 'yr holl seddi'
      return fixed(
        [
          seats,
          base.ofClass === null ? '' : ` yn nosbarth ${s.one(base.ofClass)('plain')}`,
          base.sitting ? ' sy’n eistedd ar yr achos' : '',
        ].join(''),
      )
    }
    case 'electorate':
      return (m) => `${s.the(base.id)(m)}${base.thisGroup ? ' yn y grŵp hwn' : ''} ${asAtWords(base.at, s)}`
    case 'bodies':
      return (m) => `${s.many(base.id)(m)} ${asAtWords(base.at, s)}`
  }
}

const perWords = { day: 'y dydd', week: 'yr wythnos', month: 'y mis', year: 'y flwyddyn' } as const

function countWords(amount: Extract<Amount, { kind: 'count' }>): string {
  const n = amount.count
  switch (amount.unit) {
    case 'people':
      return numberOf(n, 'person', 'bobl')
    case 'votes':
      return numberOf(n, 'bleidlais', 'bleidleisiau')
    case 'seats':
      return numberOf(n, 'sedd', 'seddi')
    case 'bodies':
      return numberOf(n, 'corff', 'gyrff')
    case 'GBP':
      return `£${figure(n)}${amount.per === null ? '' : ` ${perWords[amount.per]}`}`
  }
}

/** "60 o bobl", "£2,000 y mis", "5% o’r gofrestr" */
export function amountWords(amount: Amount, s: Speaker): string {
  switch (amount.kind) {
    case 'count':
      return countWords(amount)
    case 'share':
      return `${shareWords(amount.share)} ${led('o', baseWords(amount.base, s))}`
    case 'lesser':
    case 'greater': {
      const nested = [amount.first, amount.second].some((a) => a.kind === 'lesser' || a.kind === 'greater')
      const [one, two] = [amountWords(amount.first, s), amountWords(amount.second, s)]
      const which = amount.kind === 'lesser' ? 'lleiaf' : 'mwyaf'
      return nested ? `y ${which} o blith ${one} a ${two}` : `${one} neu ${two}, pa un bynnag yw’r ${which},`
    }
    case 'quorum':
      return `cworwm ${s.the(amount.body)('plain')}`
  }
}

/** "o leiaf 60 o bobl", "dros 1/2 o’r holl seddi" */
export const thresholdWords = (t: Threshold, s: Speaker): string =>
  `${t.kind === 'at least' ? 'o leiaf' : 'dros'} ${amountWords(t.amount, s)}`

const measureWords: Readonly<Record<Extract<Condition, { kind: 'measure' }>['measure'], string>> = {
  yes: 'yn gefnogol',
  turnout: 'yn cymryd rhan',
  present: 'yn bresennol',
  'bodies-for': 'yn gefnogol, o gyfrif y cyrff',
  'weight-for': 'yn gefnogol, o gyfrif y pwysau',
}

/** "mae o leiaf 2/3 o’r pleidleisiau o blaid ac yn erbyn yn gefnogol", and after `os` with `yw`, after `pan` with `fo`. */
export function conditionWords(verb: 'mae' | 'yw' | 'fo', c: Condition, s: Speaker): string {
  if (c.kind === 'winner beats')
    return `${verb}’r enillydd yn trechu ${c.what === 'none-of-these' ? '“dim un o’r rhain”' : 'y sefyllfa bresennol'}`
  const ofClass = c.ofClass === null ? '' : ` yn nosbarth ${s.one(c.ofClass)('plain')}`
  const unless = c.orNoneSeated ? ', neu os nad oes gan neb ohonynt sedd' : ''
  return `${verb} ${thresholdWords(c.threshold, s)} ${measureWords[c.measure]}${ofClass}${unless}`
}

/** One condition in a line, several as lettered limbs that must all hold. */
export function conditionsWords(lead: string, conditions: readonly Condition[], s: Speaker): string {
  const [only, second] = conditions
  if (only !== undefined && second === undefined) return `${lead} os ${conditionWords('yw', only, s)}`
  return `${limbs(
    `${lead} os bodlonir pob un o’r canlynol`,
    conditions.map((c) => conditionWords('mae', c, s)),
  )}.`
}

/** The months, January first. */
export const months = [
  'Ionawr',
  'Chwefror',
  'Mawrth',
  'Ebrill',
  'Mai',
  'Mehefin',
  'Gorffennaf',
  'Awst',
  'Medi',
  'Hydref',
  'Tachwedd',
  'Rhagfyr',
]
/** "31 Ionawr 2026 am 23:59:59" */
export function momentWords(m: Moment, s: Speaker): Phrase {
  switch (m.kind) {
    case 'date': {
      const [year = '', month = '1', day = '1'] = m.date.split('-')
      const date = `${Number(day)} ${months[Number(month) - 1] ?? ''} ${year}`
      return fixed(m.time === null ? date : `${date} am ${m.time}`)
    }
    case 'anchor':
      return anchorWords(m.anchor, s)
    case 'offset':
      return fixed(`${durationWords(m.duration)} ${m.side === 'before' ? 'cyn' : 'ar ôl'} ${anchorWords(m.anchor, s)('plain')}`)
    case 'end of day':
      return own(`diwedd y dydd ${counted(m.days, 'diwrnod')} cyn ${anchorWords(m.anchor, s)('plain')}`)
  }
}
/** "ar 31 Ionawr 2026", "adeg yr hysbysiad", "28 niwrnod cyn y cyfarfod" */
export const whenWords = (m: Moment, s: Speaker): string =>
  m.kind === 'anchor' ? asAtWords(m.anchor, s) : m.kind === 'offset' ? momentWords(m, s)('plain') : led('ar', momentWords(m, s))

const roman = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x']
const label = (depth: number, i: number): string =>
  depth === 0 ? letter(i) : depth === 1 ? (roman[i] ?? String(i + 1)) : String(i + 1)

/** What follows `sydd`, `nad ydynt`, `bod` or `heb fod`. */
function atomWords(who: Exclude<Who, { kind: 'or' } | { kind: 'and' } | { kind: 'not' }>, s: Speaker): string {
  switch (who.kind) {
    case 'standing':
      return `â statws ${s.part(who.id)('plain')}`
    case 'class':
      return who.asOf === null
        ? `o ddosbarth ${s.one(who.id)('plain')}`
        : `wedi bod o ddosbarth ${s.one(who.id)('plain')} ${whenWords(who.asOf, s)}`
    case 'attribute': {
      const shown = who.within === null ? '' : `, ar sail tystiolaeth o fewn ${durationWords(who.within)}`
      return `wedi’u cofnodi fel ${s.label(who.value)} o dan ${s.title(who.id)}${shown}`
    }
    case 'age at least':
      return `yn ${figure(who.years)} oed neu’n hŷn`
    case 'age under':
      return `o dan ${figure(who.years)} oed`
    case 'joined by':
      return `wedi ymuno erbyn ${momentWords(who.moment, s)('plain')}`
    case 'paid by':
      return `wedi talu ${led('hyd at', momentWords(who.moment, s))}`
    case 'before':
      return `yn gweithredu cyn ${momentWords(who.moment, s)('plain')}`
    case 'after':
      return `yn gweithredu ar ôl ${momentWords(who.moment, s)('plain')}`
    case 'in':
      return `yn perthyn ${who.body === null ? 'i’r grŵp hwn' : led('i', s.the(who.body))}`
    case 'seat on':
      return `â sedd ${led('ar', s.the(who.id))}`
    case 'office':
      return `yn dal swydd ${s.one(who.id)('plain')}`
    case 'electorate':
      return `ymhlith ${s.the(who.id)('plain')}`
    case 'fact':
      return `yn bobl y tystiwyd i ${s.title(who.id)} amdanynt`
  }
}

/** `relative` ends "pawb …" (`sydd â sedd`); `infinitive` is a condition in a list (`bod â sedd`). */
type Voice = 'relative' | 'infinitive'
const is = (voice: Voice, rest: string): string =>
  voice === 'infinitive' ? `bod ${rest}` : rest.startsWith('yn ') ? `sy’n ${rest.slice(3)}` : `sydd ${rest}`
const isNot = (voice: Voice, rest: string): string => (voice === 'infinitive' ? `heb fod ${rest}` : `nad ydynt ${rest}`)

/** A predicate as the end of "pawb …", nested and/or as lettered limbs, never flat. */
export function whoWords(who: Who, s: Speaker, voice: Voice = 'relative', depth = 0): string {
  const below = (lead: string, parts: readonly Who[]): string => {
    const inner = parts.map((part) => whoWords(part, s, 'infinitive', depth + 1))
    return `${lead}:${inner.map((text, i) => `\n${'  '.repeat(depth + 1)}(${label(depth, i)}) ${text}`).join(';')}`
  }
  const meets = voice === 'relative' ? 'sy’n bodloni' : 'bodloni'
  const fails = voice === 'relative' ? 'nad ydynt yn bodloni' : 'heb fodloni'
  switch (who.kind) {
    case 'and':
      return below(`${meets} pob un o’r amodau hyn`, who.parts)
    case 'or':
      return below(`${meets} o leiaf un o’r amodau hyn`, who.parts)
    case 'not':
      if (who.part.kind === 'and') return below(`${fails} pob un o’r amodau hyn`, who.part.parts)
      if (who.part.kind === 'or') return below(`${fails} unrhyw un o’r amodau hyn`, who.part.parts)
      return who.part.kind === 'not'
        ? below(`${fails} unrhyw un o’r amodau hyn`, [who.part])
        : isNot(voice, atomWords(who.part, s))
    default:
      return is(voice, atomWords(who, s))
  }
}

/** "unrhyw aelod neu’r pwyllgor" */
export const actorsWords = (actors: Actors, s: Speaker): Phrase =>
  anyOf(
    actors.map((a) => {
      switch (a.kind) {
        case 'rule':
          return fixed('y rheolau eu hunain')
        case 'named':
          return s.the(a.id)
        case 'seat on':
          return fixed(`unrhyw un sydd â sedd ${led('ar', s.the(a.body))}`)
        case 'electorate':
          return fixed(`${led('unrhyw', s.one(a.id))}${a.thisGroup ? ' o’r grŵp hwn' : ''}`)
        case 'people':
          return fixed(`${numberOf(a.count, s.one(a.electorate)('plain'), s.many(a.electorate)('soft'))} gyda’i gilydd`)
      }
    }),
  )

/** "pleidlais gan y panel, â chefnogaeth o leiaf 2/3 o’r holl seddi" */
export const voteWords = (v: Vote, s: Speaker): Phrase =>
  own(`pleidlais ${led('gan', s.the(v.of))}, â chefnogaeth ${thresholdWords(v.threshold, s)}`)
