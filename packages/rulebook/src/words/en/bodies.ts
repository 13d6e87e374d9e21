import type { RuleOf } from '../../model.ts'
import {
  actorsWords,
  conditionsWords,
  conditionWords,
  durationWords,
  thresholdWords,
  voteWords,
  whoWords,
} from './expressions.ts'
import { group, joined, numbered, spaced, when, type Speaker } from './names.ts'
import { methodWords } from './stages.ts'

type Body = RuleOf<'body'>
type Seat = Body['seats'][number]
type Filling = NonNullable<Seat['by']>

function fillingWords(by: Filling, s: Speaker): string {
  switch (by.kind) {
    case 'election of <electorate>':
      return `elected by ${s.the(by.electorate)}`
    case 'election by <body>':
      return `chosen in a vote of ${s.the(by.body)}`
    case 'nomination of <body>':
      return `nominated by ${s.the(by.body)}`
    case 'lot from <electorate>':
      return `drawn by lot from ${s.the(by.electorate)}`
    case 'ex-officio <office>':
      return `held by ${s.the(by.office)} by right of office`
    case 'appointment by <body>':
      return `appointed by ${s.the(by.body)}`
  }
}

const shortWords = {
  'leave empty': 'the seat stays empty',
  'next best': 'the next best takes the seat',
  're-open': 'nominations open again',
} as const

function seatWords(seat: Seat, s: Speaker): string {
  const count = seat.count === null ? 'its seats' : `${seat.count} ${seat.count === 1 ? 'seat' : 'seats'}`
  const everyone = seat.everyoneIn === null ? null : `belong to everyone who ${whoWords(seat.everyoneIn, s)}`
  return group(
    `${count} “${spaced(seat.id)}”${when(seat.by, (by) => ` ${seat.count === 1 ? 'is' : 'are'} ${fillingWords(by, s)}`) ?? (everyone === null ? '' : ` ${everyone}`)}`,
    when(seat.method, (m) => `they are counted by ${methodWords[m]}`),
    seat.by === null || everyone === null ? null : `they ${everyone}`,
    when(
      seat.districts,
      (d) =>
        `they are spread over ${joined(
          d.map((x) => `${spaced(x.id)} (${x.count})`),
          'and',
        )}`,
    ),
    ...(seat.quota ?? []).map(
      (q) =>
        `at least ${q.atLeast} go to those of whom each ${whoWords(q.who, s)}${q.per === null ? '' : ', in each district'}${q.over === null ? '' : `, over “${spaced(q.over)}”`}${when(q.ifShort, (v) => `; if there are too few, ${shortWords[v]}`) ?? ''}`,
    ),
    when(seat.ifShort, (v) => `if candidates are too few, ${shortWords[v]}`),
    when(seat.decline, (v) =>
      v === 'next drawn' ? 'if one declines, the next drawn takes the seat' : 'if one declines, their seat stays empty',
    ),
  )
}

const fillWords = {
  countback: 'the ballots are counted back',
  'by-election': 'there is a by-election',
  'next drawn': 'the next drawn takes the seat',
  'co-opt': 'the body co-opts',
  leave: 'the seat stays empty',
} as const

function vacancyWords(v: NonNullable<Body['vacancy']>): string {
  return group(
    `When a seat falls empty, ${fillWords[v.fill]}`,
    when(v.else, (e) => `failing that, there is an election within ${durationWords(e.length)}`),
    when(v.unless, (u) => `this does not apply when the term has less than ${durationWords(u.length)} left`),
    when(v.emptyAtMost, (e) => `no more than ${e.count} seats may be empty`),
  )
}

function meetsWords(m: NonNullable<Body['meets']>, s: Speaker): string {
  return group(
    m.every.kind === 'on case' ? 'It meets when there is a case' : `It meets at least every ${durationWords(m.every.length)}`,
    `${actorsWords(m.by, s)} calls it with ${durationWords(m.notice)} of notice`,
    when(m.agenda, (a) => `the agenda is out ${durationWords(a)} before`),
    when(m.or, (or) =>
      or.kind === '<count> seated' ? `any ${or.count} of its seats may call it too` : `any ${or.count} people may call it too`,
    ),
    when(m.remote, (r) => (r ? 'members may take part from afar' : 'members take part in person only')),
  )
}

const settable = {
  'meets.every': 'how often it meets',
  'meets.notice': 'its notice',
  'meets.agenda': 'when its agenda is out',
  quorum: 'its quorum',
} as const

function standingOrderWords(o: NonNullable<Body['standingOrders']>): string {
  return group(
    `In standing orders it may set ${joined(
      o.maySet.map((p) => settable[p]),
      'and',
    )}`,
    ...(o.within ?? []).map((w) =>
      w.kind === '<path> at least <length>'
        ? `${settable[w.path]} must be at least ${durationWords(w.length)}`
        : `${settable[w.path]} must be at least ${w.count} people`,
    ),
  )
}

function publishWords(p: NonNullable<Body['publishes']>): string {
  return group(
    when(p.votes, (v) =>
      v.kind === 'never'
        ? 'How its members voted is never published'
        : `How its members voted is published within ${durationWords(v.length)} after a meeting`,
    ),
    when(p.minutes, (v) =>
      v.kind === 'outcome and reasons'
        ? 'Its outcomes and reasons are published'
        : `Its minutes are published within ${durationWords(v.length)} after a meeting`,
    ),
  )
}

function sitsWords(sits: NonNullable<Body['sits']>, s: Speaker): string {
  const barred = (sits.not ?? []).map((n) =>
    n.kind === 'party to case' ? 'a party to the case' : `anyone with a seat on ${s.the(n.body)}`,
  )
  return group(
    `${sits.of} of its members sit in a case, ${sits.by === 'rota' ? 'by rota' : 'drawn by lot for each case'}`,
    sits.not === null ? null : barred.length === 0 ? 'nobody is barred from sitting' : `${joined(barred, 'and')} may not sit`,
  )
}

const tieWords = { falls: 'a tie falls', carried: 'a tie carries', 'casting vote': 'the chair has a casting vote' } as const

/** A body: one numbered group per part. */
export function bodyWords(rule: Body, s: Speaker): string {
  const parts: readonly (string | null)[] = [
    ...rule.seats.map((seat) => seatWords(seat, s)),
    when(rule.term, (t) => group(`A term is ${durationWords(t)}`)),
    when(rule.termLimit, (t) => group(`Nobody serves more than ${t.times} terms in a row`)),
    when(rule.ends, (e) => group(`A seat ends when its successor takes it, at most ${durationWords(e.length)} after the term`)),
    when(rule.vacancy, vacancyWords),
    when(rule.sits, (sits) => sitsWords(sits, s)),
    when(rule.meets, (m) => meetsWords(m, s)),
    group(`It has a quorum when ${conditionWords(rule.quorum, s)}`),
    when(rule.adjourn, (a) =>
      group(
        `A meeting without a quorum for ${durationWords(a.inquorateAfter)} is held again at the same hour ${durationWords(a.to.length)} later`,
        `it then has a quorum when ${conditionWords(a.quorumThen, s)}`,
      ),
    ),
    group(tieWords[rule.decides.tie], conditionsWords('it decides in favour', rule.decides.pass, s)),
    when(rule.vote, (v) => group(v === 'open' ? 'It votes openly' : 'It votes in secret')),
    when(rule.publishes, publishWords),
    when(rule.standingOrders, standingOrderWords),
  ]
  const lead = `The body “${spaced(rule.id)}”${rule.instances === null ? '' : rule.instances === 'many' ? ', of which there are many,' : ', of which there is one,'} is made up thus:`
  return `${lead}\n${numbered(parts.filter((p) => p !== null))}`
}

type Office = RuleOf<'office'>

function filledWords(f: Office['filled'], s: Speaker): string {
  return f.kind === 'appointed by <by>' ? `appointed by ${s.the(f.by)}` : `elected by ${s.the(f.by)} from ${s.the(f.from)}`
}

function actingWords(a: NonNullable<Office['acting']>, s: Speaker): string {
  switch (a.kind) {
    case 'longest seated <seat>':
      return `the longest seated of the “${spaced(a.seat)}” seats`
    case 'next drawn':
      return 'the next drawn'
    case 'chosen by <body>':
      return `someone chosen by ${s.the(a.body)}`
    case 'office <office>':
      return s.the(a.office)
  }
}

function barWords(n: NonNullable<Office['never']>[number], s: Speaker): string {
  switch (n.kind) {
    case 'candidate':
      return 'a candidate'
    case 'agent of candidate':
      return 'the agent of a candidate'
    case 'seat on <body>':
      return `on ${s.the(n.body)}`
    case 'office <office>':
      return s.the(n.office)
  }
}

const actionWords = (action: string): string => (action === 'timetable' ? 'set a timetable' : spaced(action))

function actsWords(acts: Office['acts']): string {
  if (acts === null) return 'each holder may act alone'
  const one = acts.any.length > 0 ? `any one holder may act alone to ${joined(acts.any.map(actionWords), 'or')}` : null
  const both = acts.both.length > 0 ? `all holders must act together to ${joined(acts.both.map(actionWords), 'or')}` : null
  if (one === null && both === null) return acts.rest === 'any' ? 'any one holder may act alone' : 'all holders must act together'
  return [one, both].filter((p) => p !== null).join('; ')
}

/** An office: one numbered group per part. */
export function officeWords(rule: Office, s: Speaker): string {
  const parts: readonly (string | null)[] = [
    group(
      `${rule.holders} ${rule.holders === 1 ? 'person holds' : 'people hold'} it${rule.per === null ? '' : `, in each ${rule.per}`}, ${filledWords(rule.filled, s)}`,
    ),
    group(
      `A term is ${durationWords(rule.term)}`,
      when(rule.termLimit, (t) => `nobody serves more than ${t.times} terms in a row`),
    ),
    group(actsWords(rule.acts)),
    when(rule.acting, (a) => group(`When it is empty, ${actingWords(a, s)} acts`)),
    when(rule.never, (n) =>
      group(
        `Its holder may never be ${joined(
          n.map((x) => barWords(x, s)),
          'or',
        )}`,
      ),
    ),
    when(rule.ceasesWhen, (w) => group(`It ends for a holder who ${whoWords(w, s)}`)),
    when(rule.mandate, (m) => group(`Its mandate is ${thresholdWords(m, s)}`)),
    group(`A holder may be removed by ${voteWords(rule.removed, s)}`),
  ]
  return `The office “${spaced(rule.id)}” is held thus:\n${numbered(parts.filter((p) => p !== null))}`
}
