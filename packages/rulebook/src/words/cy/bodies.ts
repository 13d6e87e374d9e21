import type { RuleOf } from '../../language/model.ts'
import { group, numbered, when } from '../en/names.ts'
import { conditionsWords, conditionWords, durationWords, thresholdWords, whoWords } from './expressions.ts'
import { allOf, led, noneOf, numberOf, own, type Phrase } from './grammar.ts'
import { adjournWords, agendaWords, chairWords, meetsWords, proxyWords, voteWords } from './meetings.ts'
import type { Speaker } from './names.ts'
import { termLimitWords, termWords } from './offices.ts'
import { seatWords, sizeWords, vacancyWords } from './seats.ts'

type Body = RuleOf<'body'>

const settable: Readonly<Record<NonNullable<Body['standingOrders']>['maySet'][number], Phrase>> = {
  'meets.every': own('yr amser rhwng cyfarfodydd'),
  'meets.notice': own('yr hysbysiad am gyfarfod'),
  'meets.agenda': own('yr amser rhwng yr agenda a’r cyfarfod'),
  quorum: own('y cworwm'),
}

const standingOrderWords = (o: NonNullable<Body['standingOrders']>): string =>
  group(
    `mewn rheolau sefydlog caiff ${led('bennu', allOf(o.maySet.map((p) => settable[p])))}`,
    ...(o.within ?? []).map((w) => {
      switch (w.kind) {
        case '<path> at least <count> people':
          return `rhaid ${led('i', settable[w.path])} fod o leiaf ${numberOf(w.count, 'person', 'bobl')}`
        case '<path> at most <length>':
          return `ni chaiff ${settable[w.path]('plain')} fod dros ${durationWords(w.length)}`
        case '<path> at least <length>':
          return `rhaid ${led('i', settable[w.path])} fod o leiaf ${durationWords(w.length)}`
      }
    }),
  )

const publishWords = (p: NonNullable<Body['publishes']>): string =>
  group(
    when(p.votes, (v) =>
      v.kind === 'never'
        ? 'ni chyhoeddir byth sut y pleidleisiodd yr aelodau'
        : v.kind === 'totals <length> after meeting'
          ? `cyhoeddir cyfansymiau’r pleidleisiau o fewn ${durationWords(v.length)} ar ôl cyfarfod`
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

function endsWords(e: NonNullable<Body['ends']>, s: Speaker): string {
  switch (e.kind) {
    case 'when successor takes seat, at most <length> after term':
      return `daw sedd i ben pan gymer olynydd hi, ${durationWords(e.length)} ar y mwyaf ar ôl y tymor`
    case 'when successor takes seat':
      return 'daw sedd i ben pan gymer olynydd hi'
    case 'at end of term':
      return 'daw sedd i ben ar ddiwedd y tymor'
    case 'at close of <meeting>':
      return `daw sedd i ben ar ddiwedd ${s.the(e.meeting)('plain')}`
  }
}

const tieWords = {
  falls: 'mae’r cynnig yn methu',
  carried: 'derbynnir y cynnig',
  'casting vote': 'mae gan y cadeirydd bleidlais fwrw',
} as const
const thenWords = {
  vote: 'ac yna mae’n pleidleisio',
  'vote at the next meeting': 'ac yna mae’n pleidleisio yn y cyfarfod nesaf',
  falls: 'ac yna mae’r cynnig yn syrthio',
} as const

const decidesWords = (d: Body['decides'], s: Speaker): string =>
  group(
    when(
      d.consensus,
      (c) =>
        `mae’n ceisio consensws yn gyntaf; pan fo ${thresholdWords(c.blockedBy, s)} yn gwrthwynebu nid oes consensws, ${thenWords[c.then]}`,
    ),
    when(d.abstain, (v) =>
      v === 'cast' ? 'mae ymatal yn cyfrif fel pleidlais a fwriwyd' : 'nid yw ymatal yn cyfrif fel pleidlais a fwriwyd',
    ),
    `os yw’r pleidleisiau’n gyfartal, ${tieWords[d.tie]}`,
    conditionsWords('mae’n penderfynu o blaid', d.pass, s),
  )

/** A body: one numbered group per part. */
export function bodyWords(rule: Body, s: Speaker): string {
  const has = s.feminine(rule.id) ? 'mae ganddi' : 'mae ganddo'
  const parts: readonly (string | null)[] = [
    ...rule.seats.map((seat) => seatWords(seat, has, s)),
    when(rule.size, (size) => sizeWords(size, has)),
    when(rule.term, (term) => group(termWords(term))),
    when(rule.termLimit, (t) => group(termLimitWords(t))),
    when(rule.ends, (e) => group(endsWords(e, s))),
    when(rule.ceasesWhen, (w) => group(`daw sedd i ben i ddeiliaid ${whoWords(w, s)}`)),
    when(rule.vacancy, (v) => vacancyWords(v, s)),
    when(rule.sits, (sits) => sitsWords(sits, s)),
    when(rule.meets, (m) => meetsWords(m, s)),
    when(rule.agenda, (a) => agendaWords(a, s)),
    when(rule.chair, (c) => chairWords(c, s)),
    group(`${has} gworwm pan ${conditionWords('fo', rule.quorum, s)}`),
    when(rule.adjourn, (a) => adjournWords(a, has, s)),
    decidesWords(rule.decides, s),
    when(rule.vote, (v) => voteWords(v, s)),
    when(rule.proxy, proxyWords),
    when(rule.publishes, publishWords),
    when(rule.standingOrders, standingOrderWords),
  ]
  return `${bodyLead(rule, s)}\n${numbered(parts.filter((p) => p !== null))}`
}

function bodyLead(rule: Body, s: Speaker): string {
  switch (rule.instances) {
    case null:
      return `Dyma gyfansoddiad ${s.the(rule.id)('plain')}:`
    case 'one':
      return `Dyma gyfansoddiad ${s.the(rule.id)('plain')}, a dim ond un sydd:`
    case 'many':
      return `Dyma gyfansoddiad pob ${s.one(rule.id)('plain')}:`
  }
}
