import type { RuleOf } from '../../language/model.ts'
import { group, numbered, when } from '../en/names.ts'
import { durationWords, voteWords, whoWords } from './expressions.ts'
import { anyOf, led, numberOf, own, type Phrase } from './grammar.ts'
import type { Speaker } from './names.ts'
import { actionWords } from './vocabulary.ts'

type Office = RuleOf<'office'>

function filledWords(f: Office['filled'], s: Speaker): string {
  switch (f.kind) {
    case 'appointed by <by>':
      return `a benodir ${led('gan', s.the(f.by))}`
    case 'election by <by> from <from>':
      return `a etholir ${led('gan', s.the(f.by))} o blith ${s.the(f.from)('plain')}`
    case 'election of <electorate>':
      return `a etholir ${led('gan', s.the(f.electorate))}`
    case 'lot from <electorate>':
      return `a ddewisir drwy goelbren o blith ${s.the(f.electorate)('plain')}`
  }
}

/** Who acts while the office is empty. */
function actingWords(a: NonNullable<Office['acting']>, s: Speaker): string {
  switch (a.kind) {
    case 'longest seated <seat>':
      return `y person sydd yn un o’r seddi ${s.label(a.seat)} ers yr amser hwyaf sy’n gweithredu`
    case 'eldest seated <seat>':
      return `y person hynaf sydd yn un o’r seddi ${s.label(a.seat)} sy’n gweithredu`
    case 'nobody':
      return 'nid oes neb yn gweithredu'
    case 'elected substitute':
      return 'yr eilydd a etholwyd gyda’r deiliad sy’n gweithredu'
    case 'next drawn':
      return 'yr un nesaf a dynnir sy’n gweithredu'
    case 'chosen by <body>':
      return `rhywun a ddewisir ${led('gan', s.the(a.body))} sy’n gweithredu`
    case 'office <office>':
      return `${s.the(a.office)('plain')} sy’n gweithredu`
  }
}

function barWords(n: NonNullable<Office['never']>[number], s: Speaker): Phrase {
  switch (n.kind) {
    case 'candidate':
      return own('bod yn ymgeisydd')
    case 'agent of candidate':
      return own('bod yn asiant i ymgeisydd')
    case 'employee':
      return own('bod yn gyflogai i’r mudiad')
    case 'bankrupt':
      return own('bod yn fethdalwr')
    case 'seat on <body>':
      return own(`bod â sedd ${led('ar', s.the(n.body))}`)
    case 'office <office>':
      return own(`dal swydd ${s.the(n.office)('plain')}`)
  }
}

const actionsWords = (actions: readonly string[], s: Speaker): string =>
  anyOf(actions.map((action) => (Object.hasOwn(actionWords, action) ? actionWords[action] : undefined) ?? s.step(action)))(
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

const votesWords = {
  'one between them': 'mae ganddynt 1 bleidlais rhyngddynt',
  'one each': 'mae gan bob un 1 bleidlais',
} as const
const leavesWords = {
  'the other serves alone': 'os bydd un yn gadael, mae’r llall yn gwasanaethu’n unigol',
  'all leave': 'os bydd un yn gadael, mae pawb yn gadael',
  'the share is filled': 'os bydd un yn gadael, llenwir y rhan honno',
} as const

const jobShareWords = (j: NonNullable<Office['jobShare']>): string =>
  group(
    `caiff hyd at ${numberOf(j.upTo, 'person', 'bobl')} rannu’r swydd, wedi’u henwebu ${j.nominated === 'together' ? 'gyda’i gilydd' : 'fesul un'}`,
    votesWords[j.votes],
    leavesWords[j.ifOneLeaves],
  )

function endsWords(e: NonNullable<Office['ends']>, s: Speaker): string {
  switch (e.kind) {
    case 'when successor takes office':
      return 'daw’r swydd i ben pan gymer olynydd hi'
    case 'at end of term':
      return 'daw’r swydd i ben ar ddiwedd y tymor'
    case 'at close of <meeting>':
      return `daw’r swydd i ben ar ddiwedd ${s.the(e.meeting)('plain')}`
  }
}

/** Whose vote binds a delegate. */
export const mandateWords = (m: NonNullable<Office['mandate']>, s: Speaker): string =>
  group(
    m.binding
      ? `mae pleidlais ${s.the(m.by)('plain')} yn rhwymo cynrychiolydd`
      : `mae pleidlais ${s.the(m.by)('plain')} yn arwain cynrychiolydd, heb ei rwymo`,
    when(m.freeWhen, (f) =>
      f === 'new business' ? 'ar fusnes newydd mae cynrychiolydd yn rhydd' : 'pan newidir y cynnig mae cynrychiolydd yn rhydd',
    ),
  )

/** How long a term is. */
export const termWords = (term: Office['term']): string => `${durationWords(term)} yw hyd tymor`
/** How many terms in a row. */
export const termLimitWords = (t: NonNullable<Office['termLimit']>): string =>
  `ni chaiff neb wasanaethu am dros ${numberOf(t.times, 'tymor', 'dymhorau')} yn olynol`

/** An office: one numbered group per part. */
export function officeWords(rule: Office, s: Speaker): string {
  const parts: readonly (string | null)[] = [
    group(
      `mae ${numberOf(rule.holders, 'person', 'bobl')}, ${filledWords(rule.filled, s)}, yn dal y swydd${rule.per === null ? '' : ` ym mhob ${s.one(rule.per)('plain')}`}`,
    ),
    group(termWords(rule.term), when(rule.termLimit, termLimitWords)),
    when(rule.jobShare, jobShareWords),
    when(rule.ends, (e) => group(endsWords(e, s))),
    group(actsWords(rule.acts, s)),
    when(rule.acting, (a) => group(`pan fo’r swydd yn wag, ${actingWords(a, s)}`)),
    when(rule.never, (n) => group(`ni chaiff deiliad y swydd byth ${anyOf(n.map((x) => barWords(x, s)))('soft')}`)),
    when(rule.ceasesWhen, (w) => group(`daw’r swydd i ben i ddeiliaid ${whoWords(w, s)}`)),
    when(rule.mandate, (m) => mandateWords(m, s)),
    group(`caniateir diswyddo deiliad ${led('drwy', voteWords(rule.removed, s))}`),
  ]
  return `Dyma sut y delir swydd ${s.the(rule.id)('plain')}:\n${numbered(parts.filter((p) => p !== null))}`
}
