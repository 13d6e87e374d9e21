import type { RuleOf } from '../../language/model.ts'
import { durationWords, voteWords, whoWords } from './expressions.ts'
import { group, joined, numbered, spaced, when, type Speaker } from './names.ts'

type Office = RuleOf<'office'>

function filledWords(f: Office['filled'], s: Speaker): string {
  switch (f.kind) {
    case 'appointed by <by>':
      return `appointed by ${s.the(f.by)}`
    case 'election by <by> from <from>':
      return `elected by ${s.the(f.by)} from ${s.the(f.from)}`
    case 'election of <electorate>':
      return `elected by ${s.the(f.electorate)}`
    case 'lot from <electorate>':
      return `drawn by lot from ${s.the(f.electorate)}`
  }
}

function actingWords(a: NonNullable<Office['acting']>, s: Speaker): string {
  switch (a.kind) {
    case 'longest seated <seat>':
      return `the longest seated of the “${s.term(a.seat)}” seats`
    case 'eldest seated <seat>':
      return `the eldest of the “${s.term(a.seat)}” seats`
    case 'nobody':
      return 'nobody'
    case 'elected substitute':
      return 'the substitute elected with the holder'
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
    case 'employee':
      return 'an employee of the movement'
    case 'bankrupt':
      return 'bankrupt'
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

const votesWords = { 'one between them': 'they have one vote between them', 'one each': 'they have one vote each' } as const
const leavesWords = {
  'the other serves alone': 'if one leaves, the other serves alone',
  'all leave': 'if one leaves, all leave',
  'the share is filled': 'if one leaves, the share is filled',
} as const

function jobShareWords(j: NonNullable<Office['jobShare']>): string {
  return group(`Up to ${j.upTo} people may share it, nominated ${j.nominated}`, votesWords[j.votes], leavesWords[j.ifOneLeaves])
}

const endsWords = (e: NonNullable<Office['ends']>, s: Speaker): string => {
  switch (e.kind) {
    case 'when successor takes office':
      return 'It ends when the successor takes office'
    case 'at end of term':
      return 'It ends at the end of the term'
    case 'at close of <meeting>':
      return `It ends at the close of ${s.the(e.meeting)}`
  }
}

/** Whose vote binds a delegate. */
export function mandateWords(m: NonNullable<Office['mandate']>, s: Speaker): string {
  return group(
    `A delegate is ${m.binding ? 'bound' : 'guided but not bound'} by the vote of ${s.the(m.by)}`,
    when(m.freeWhen, (f) =>
      f === 'new business' ? 'on new business a delegate is free' : 'when the motion is changed a delegate is free',
    ),
  )
}

/** An office: one numbered group per part. */
export function officeWords(rule: Office, s: Speaker): string {
  const parts: readonly (string | null)[] = [
    group(
      `${rule.holders} ${rule.holders === 1 ? 'person holds' : 'people hold'} it${rule.per === null ? '' : `, in each ${s.one(rule.per)}`}, ${filledWords(rule.filled, s)}`,
    ),
    group(
      `A term is ${durationWords(rule.term)}`,
      when(rule.termLimit, (t) => `nobody serves more than ${t.times} terms in a row`),
    ),
    when(rule.jobShare, jobShareWords),
    when(rule.ends, (e) => group(endsWords(e, s))),
    group(actsWords(rule.acts)),
    when(rule.acting, (a) => group(`While it is empty, ${actingWords(a, s)} may act`)),
    when(rule.never, (n) =>
      group(
        `Its holder may never be ${joined(
          n.map((x) => barWords(x, s)),
          'or',
        )}`,
      ),
    ),
    when(rule.ceasesWhen, (w) => group(`It ends for a holder who ${whoWords(w, s)}`)),
    when(rule.mandate, (m) => mandateWords(m, s)),
    group(`A holder may be removed by ${voteWords(rule.removed, s)}`),
  ]
  return `The office “${s.term(rule.id)}” is held thus:\n${numbered(parts.filter((p) => p !== null))}`
}
