import type { RuleOf } from '../../language/model.ts'
import { actorsWords, conditionWords, durationWords, momentWords, thresholdWords } from './expressions.ts'
import { countOf, group, joined, sentence, when, type Speaker } from './names.ts'
import { powerWords } from './powers.ts'

type Body = RuleOf<'body'>
type Meets = NonNullable<Body['meets']>

function callWords(or: NonNullable<Meets['or']>, s: Speaker): string {
  switch (or.kind) {
    case '<count> seated':
      return `any ${or.count} of its seats may call it too`
    case '<count> people':
      return `any ${or.count} people may call it too`
    case 'procedure <procedure>':
      return `the procedure “${s.term(or.procedure)}” may call it too`
    case '<need>':
      return `${thresholdWords(or.need, s)} may call it too`
  }
}

type NotHeld = NonNullable<Meets['ifNotHeldBy']>
const notHeldWords = (n: NotHeld, s: Speaker): string =>
  `if it is not held by ${n.date.day.day} ${n.date.day.month} of a year, ${actorsWords(n.then, s)} may call it`

/** When a body meets and who calls it. */
export function meetsWords(m: Meets, s: Speaker): string {
  const often =
    m.every === null
      ? null
      : m.every.kind === 'on case'
        ? 'It meets when there is a case'
        : `It meets at least every ${durationWords(m.every.length)}`
  return group(
    often,
    when(m.atLeast, (a) => `It meets at least ${countOf(a.times, 'time', 'times')} a ${a.period}`),
    `it is called by ${actorsWords(m.by, s)}, with ${durationWords(m.notice)} of notice`,
    when(m.agenda, (a) => `the agenda is out ${durationWords(a)} before`),
    when(m.or, (or) => callWords(or, s)),
    when(m.remote, (r) => (r ? 'members may take part from afar' : 'members take part in person only')),
    when(m.ifNotHeldBy, (n) => notHeldWords(n, s)),
  )
}

type Adjourn = NonNullable<Body['adjourn']>
const mayThenWords = (m: NonNullable<Adjourn['mayThen']>[number]): string => {
  switch (m.kind) {
    case 'motions on the first agenda':
      return 'decide motions on the first agenda'
    case 'any business':
      return 'do any business'
    case 'not <power>':
      return `not ${powerWords[m.power]}`
  }
}

/** What happens to a meeting without a quorum. */
export function adjournWords(a: Adjourn, s: Speaker): string {
  const to =
    a.to.kind === 'within <length>'
      ? `within ${durationWords(a.to.length)}`
      : `at the same hour ${durationWords(a.to.length)} later`
  return group(
    `A meeting without a quorum for ${durationWords(a.inquorateAfter)} is held again ${to}`,
    when(a.noticeThen, (d) => `its notice is then ${durationWords(d)}`),
    a.quorumThen.kind === 'those present'
      ? 'those present are then a quorum'
      : `it then has a quorum when ${conditionWords(a.quorumThen.condition, s)}`,
    when(a.mayThen, (m) => `it may then ${joined(m.map(mayThenWords), 'and')}`),
  )
}

const castingWords = {
  none: 'the chair has no casting vote',
  'as the chair decides': 'the chair has a casting vote',
  'for the status quo': 'the chair has a casting vote, and gives it for what is in force',
} as const

/** Who takes the chair. */
export function chairWords(c: NonNullable<Body['chair']>, s: Speaker): string {
  return group(
    `the chair is taken by ${s.the(c.is)}`,
    when(
      c.else,
      (e) =>
        `failing that, it is taken by ${joined(
          e.map((x) => (x.kind === 'chosen by the meeting' ? 'somebody the meeting chooses' : s.the(x.office))),
          'or',
        )}`,
    ),
    when(c.castingVote, (v) => castingWords[v]),
  )
}

/** How votes are given. */
export function voteWords(v: NonNullable<Body['vote']>, s: Speaker): string {
  if (v === 'open') return sentence('It votes openly')
  if (v === 'secret') return sentence('It votes in secret')
  return group(
    v.hands === 'usual' ? 'It votes by show of hands' : 'It does not vote by show of hands',
    when(v.pollIf, (t) => `votes are counted in a poll when ${thresholdWords(t, s)} ask`),
    when(v.secretIf, (t) => `a vote is secret when ${thresholdWords(t, s)} ask`),
  )
}

/** Proxies. */
export function proxyWords(p: NonNullable<Body['proxy']>): string {
  switch (p.kind) {
    case 'none':
      return sentence('Nobody votes for another')
    case 'any number':
      return sentence('One person may vote for any number of others')
    case 'up to <count> for one person':
      return sentence(`One person may vote for up to ${countOf(p.count, 'other', 'others')}`)
  }
}

const orderWords = {
  'as received': 'they are taken as received',
  'by lot': 'their order is drawn by lot',
  'by vote of members': 'their order is voted on by members',
  'as ruled': 'their order is ruled by whoever makes the agenda',
} as const
const settleWords = {
  'run-off': 'a run-off decides between them',
  'greater margin': 'the one carried by the greater margin stands',
  'later falls': 'the one carried later falls',
} as const

/** What happens when two motions that cannot both stand are carried. */
export const incompatibleWords = (i: NonNullable<NonNullable<Body['agenda']>['incompatible']>, s: Speaker): string =>
  group(
    `it is for ${actorsWords(i.ruledBy, s)} to rule which motions cannot both stand`,
    `if such motions are both carried, ${settleWords[i.settle]}`,
    when(i.when, (w) => `that is done at the ${w}`),
  )

/** Who makes the agenda and from what. */
export function agendaWords(a: NonNullable<Body['agenda']>, s: Speaker): string {
  return group(
    `Its agenda is made by ${actorsWords(a.by, s)}`,
    when(a.motionsFrom, (m) => `motions may come from ${actorsWords(m, s)}`),
    when(a.due, (d) => `motions must arrive by ${momentWords(d, s)}`),
    when(a.order, (o) => orderWords[o]),
    when(a.incompatible, (i) => incompatibleWords(i, s)),
  )
}

const mustWords = {
  'receive election results': 'receive the results of elections',
  'elect officers': 'elect officers',
  'appoint auditor': 'appoint an auditor',
  'receive accounts': 'receive the accounts',
  'receive reports': 'receive reports',
  'set subscriptions': 'set subscriptions',
  'approve budget': 'approve the budget',
} as const

/** A named meeting. */
export const meetingWords = (r: RuleOf<'meeting'>, s: Speaker): string =>
  group(
    `“${s.term(r.id)}” is a meeting of ${s.the(r.of)}`,
    when(r.every, (d) => `it is held every ${durationWords(d)}`),
    when(r.in, (m) => `it is held in ${m}`),
    when(r.at, (t) => `it begins at ${t}`),
    when(r.notice, (d) => `its notice is ${durationWords(d)}`),
    when(r.agenda, (d) => `its agenda is out ${durationWords(d)} before`),
    when(r.by, (a) => `it is called by ${actorsWords(a, s)}`),
    when(
      r.must,
      (m) =>
        `it must ${joined(
          m.map((x) => mustWords[x]),
          'and',
        )}`,
    ),
    when(r.ifNotHeldBy, (n) => notHeldWords(n, s)),
  )
