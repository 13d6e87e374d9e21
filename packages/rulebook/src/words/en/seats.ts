import type { RuleOf } from '../../language/model.ts'
import { durationWords, whoWords } from './expressions.ts'
import { countOf, group, joined, sentence, when, type Speaker } from './names.ts'
import { countingWords, methodWords } from './methods.ts'

type Body = RuleOf<'body'>
type Seat = Body['seats'][number]
type Filling = NonNullable<Seat['by']>

/** How seats are filled, as the end of "are …". */
function fillingWords(by: Filling, s: Speaker): string {
  switch (by.kind) {
    case 'election of <electorate>':
      return `elected by ${s.the(by.electorate)}`
    case 'election by <body>':
      return `chosen in a vote of ${s.the(by.body)}`
    case 'nomination of affiliates not of class <class>':
      return `nominated by the affiliates that are not of class ${s.ofClass(by.class)}`
    case 'nomination of affiliates of class <class>':
      return `nominated by the affiliates of class ${s.ofClass(by.class)}`
    case 'nomination of affiliates':
      return 'nominated by the affiliates'
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

function quotaWords(q: NonNullable<Seat['quota']>[number], s: Speaker): string {
  const where = [
    q.per === null ? '' : ' in each district',
    q.over === null ? '' : q.over.kind === 'all districts' ? ' over all districts' : ` over “${s.term(q.over.seat)}”`,
  ].join('')
  const rule = `at least ${q.atLeast}${q.of === null ? '' : ` of ${q.of}`}${where} go to those of whom each ${whoWords(q.who, s)}`
  return group(
    q.id === null ? rule : `the quota “${s.term(q.id)}”: ${rule}`,
    when(q.ifShort, (v) => `if there are too few for that, ${shortWords[v]}`),
  )
}

function weightWords(weight: NonNullable<Seat['weight']>, s: Speaker): string {
  switch (weight.kind) {
    case '<votes> votes':
      return `each has ${countOf(weight.votes, 'vote', 'votes')}`
    case 'members represented':
      return 'each has as many votes as the members it stands for'
    case 'attribute <attribute>':
      return `each has as many votes as its “${s.term(weight.attribute)}” says`
  }
}

const substituteWords = {
  'elected with the holder': 'a substitute is elected with each holder',
  'named by the holder': 'each holder may name a substitute',
  'named by who fills the seat': 'who fills a seat may name a substitute',
} as const
const fallbackWords = {
  'no nomination': 'nobody is nominated',
  'too few nominations': 'too few are nominated',
} as const

/** A class of seats: how many, who fills them and how. */
export function seatWords(seat: Seat, s: Speaker): string {
  const one = seat.count === 1
  const count = seat.count === null ? 'its seats' : countOf(seat.count, 'seat', 'seats')
  const everyone = seat.everyoneIn === null ? null : `belong to everyone who ${whoWords(seat.everyoneIn, s)}`
  const filled =
    seat.by === null ? (everyone === null ? '' : ` ${everyone}`) : ` ${one ? 'is' : 'are'} ${fillingWords(seat.by, s)}`
  return group(
    `${count} “${s.term(seat.id)}”${filled}`,
    seat.by === null || everyone === null ? null : `they ${everyone}`,
    when(seat.method, (m) => `they are counted by ${methodWords[m]}`),
    when(seat.counting, countingWords),
    when(
      seat.districts,
      (d) =>
        `they are spread over ${joined(
          d.map((x) => `${s.term(x.id)} (${x.count})`),
          'and',
        )}`,
    ),
    when(seat.who, (w) => `a candidate is somebody who ${whoWords(w, s)}`),
    when(seat.fallback, (f) => `if ${fallbackWords[f.when]}, a candidate may be somebody who ${whoWords(f.who, s)}`),
    ...(seat.quota ?? []).map((q) => quotaWords(q, s)),
    when(
      seat.quotaOrder,
      (order) =>
        `the quotas apply in this order: ${joined(
          order.map((id) => `“${s.term(id)}”`),
          'and',
        )}`,
    ),
    when(seat.ifShort, (v) => `if candidates are too few, ${shortWords[v]}`),
    when(seat.decline, (v) =>
      v === 'next drawn' ? 'if one declines, the next drawn takes the seat' : 'if one declines, their seat stays empty',
    ),
    when(seat.weight, (w) => weightWords(w, s)),
    when(seat.substitute, (v) => substituteWords[v]),
  )
}

const fillWords = {
  countback: 'the ballots are counted back',
  'by-election': 'there is a by-election',
  'next drawn': 'the next drawn takes the seat',
  'co-opt': 'the body co-opts',
  leave: 'the seat stays empty',
} as const

function meanwhileWords(m: NonNullable<NonNullable<Body['vacancy']>['meanwhile']>, s: Speaker): string {
  switch (m.kind) {
    case 'empty':
      return 'meanwhile the seat is empty'
    case 'co-opt by <body> without vote':
      return `meanwhile ${s.the(m.body)} may co-opt somebody, who has no vote`
    case 'co-opt by <body>':
      return `meanwhile ${s.the(m.body)} may co-opt somebody, who has a vote`
    case 'substitute':
      return 'meanwhile the substitute sits'
  }
}

/** What happens when a seat falls empty. */
export function vacancyWords(v: NonNullable<Body['vacancy']>, s: Speaker): string {
  return group(
    `When a seat falls empty, ${fillWords[v.fill]}${v.within === null ? '' : ` within ${durationWords(v.within)}`}`,
    when(v.else, (e) => `failing that, there is an election within ${durationWords(e.length)}`),
    when(v.unless, (u) => `this does not apply when the term has less than ${durationWords(u.length)} left`),
    when(v.meanwhile, (m) => meanwhileWords(m, s)),
    when(v.keeps, (k) =>
      k === 'no quota'
        ? 'who follows need not meet the quota of the seat'
        : 'who follows must meet the quota the seat counted for',
    ),
    when(v.emptyAtMost, (e) => `no more than ${countOf(e.count, 'seat', 'seats')} may be empty`),
  )
}

/** How many seats there may be in all. */
export function sizeWords(size: NonNullable<Body['size']>): string {
  const seats = countOf(size.count, 'seat', 'seats')
  return sentence(
    size.kind === '<count> seats'
      ? `It has ${seats} in all`
      : `It has ${size.kind === 'at most <count> seats' ? 'at most' : 'at least'} ${seats} in all`,
  )
}
