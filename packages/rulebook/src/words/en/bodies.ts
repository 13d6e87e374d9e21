import type { RuleOf } from '../../language/model.ts'
import { conditionsWords, conditionWords, durationWords, thresholdWords, whoWords } from './expressions.ts'
import { adjournWords, agendaWords, chairWords, meetsWords, proxyWords, voteWords } from './meetings.ts'
import { group, joined, numbered, when, type Speaker } from './names.ts'
import { seatWords, sizeWords, vacancyWords } from './seats.ts'

type Body = RuleOf<'body'>

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
      w.kind === '<path> at least <count> people'
        ? `${settable[w.path]} must be at least ${w.count} people`
        : `${settable[w.path]} must be ${w.kind === '<path> at least <length>' ? 'at least' : 'at most'} ${durationWords(w.length)}`,
    ),
  )
}

function publishWords(p: NonNullable<Body['publishes']>): string {
  return group(
    when(p.votes, (v) =>
      v.kind === 'never'
        ? 'How its members voted is never published'
        : v.kind === 'totals <length> after meeting'
          ? `The totals of its votes are published within ${durationWords(v.length)} after a meeting`
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

const endsWords = (e: NonNullable<Body['ends']>, s: Speaker): string => {
  switch (e.kind) {
    case 'when successor takes seat, at most <length> after term':
      return `A seat ends when its successor takes it, at most ${durationWords(e.length)} after the term`
    case 'when successor takes seat':
      return 'A seat ends when its successor takes it'
    case 'at end of term':
      return 'A seat ends at the end of the term'
    case 'at close of <meeting>':
      return `A seat ends at the close of ${s.the(e.meeting)}`
  }
}

const thenWords = {
  vote: 'it then votes',
  'vote at the next meeting': 'it then votes at its next meeting',
  falls: 'the proposal then falls',
} as const

function decidesWords(d: Body['decides'], s: Speaker): string {
  return group(
    when(
      d.consensus,
      (c) => `It first seeks consensus; when ${thresholdWords(c.blockedBy, s)} object there is none, and ${thenWords[c.then]}`,
    ),
    when(d.abstain, (v) => (v === 'cast' ? 'an abstention is a vote cast' : 'an abstention is not a vote cast')),
    tieWords[d.tie],
    conditionsWords('it decides in favour', d.pass, s),
  )
}

/** A body: one numbered group per part. */
export function bodyWords(rule: Body, s: Speaker): string {
  const parts: readonly (string | null)[] = [
    ...rule.seats.map((seat) => seatWords(seat, s)),
    when(rule.size, sizeWords),
    when(rule.term, (t) => group(`A term is ${durationWords(t)}`)),
    when(rule.termLimit, (t) => group(`Nobody serves more than ${t.times} terms in a row`)),
    when(rule.ends, (e) => group(endsWords(e, s))),
    when(rule.ceasesWhen, (w) => group(`A seat ends for a holder who ${whoWords(w, s)}`)),
    when(rule.vacancy, (v) => vacancyWords(v, s)),
    when(rule.sits, (sits) => sitsWords(sits, s)),
    when(rule.meets, (m) => meetsWords(m, s)),
    when(rule.agenda, (a) => agendaWords(a, s)),
    when(rule.chair, (c) => chairWords(c, s)),
    group(`It has a quorum when ${conditionWords(rule.quorum, s)}`),
    when(rule.adjourn, (a) => adjournWords(a, s)),
    decidesWords(rule.decides, s),
    when(rule.vote, (v) => voteWords(v, s)),
    when(rule.proxy, proxyWords),
    when(rule.publishes, publishWords),
    when(rule.standingOrders, standingOrderWords),
  ]
  const lead = `The body “${s.term(rule.id)}”${rule.instances === null ? '' : rule.instances === 'many' ? ', of which there are many,' : ', of which there is one,'} is made up thus:`
  return `${lead}\n${numbered(parts.filter((p) => p !== null))}`
}
