import { monthNames } from '../../language/month-names.ts'
import type { Actors, Amount, Base, Condition, Duration, Moment, Share, Threshold, Vote, Who } from '../../language/expression.ts'
import { printDuration, printShare } from '../../language/expression-print.ts'
import { figure, joined, type Speaker } from './names.ts'

/** "14 clear days" */
export const durationWords = (d: Duration): string => printDuration(d)
const shareWords = (s: Share): string => printShare(s)

const anchorNouns: Readonly<Record<string, string>> = {
  propose: 'the proposal',
  notice: 'notice',
  freeze: 'the freezing of the roll',
  open: 'the opening of voting',
  close: 'the closing of voting',
  'cut-off': 'the cut-off',
  meeting: 'the meeting',
}
/** An anchor as a thing: "the cut-off". A stage of the procedure is its number. */
export const anchorWords = (anchor: string, s: Speaker): string =>
  Object.hasOwn(anchorNouns, anchor) ? (anchorNouns[anchor] ?? '') : s.stage(anchor)

const voteBases: Readonly<Record<Extract<Base, { kind: 'votes' }>['of'], string>> = {
  'for-and-against': 'the votes for and against',
  'votes-cast': 'the votes cast',
  valid: 'the valid ballots',
  returned: 'the ballots returned',
  issued: 'the ballots issued',
  roll: 'the roll',
  present: 'those present',
}

function baseWords(base: Base, s: Speaker): string {
  switch (base.kind) {
    case 'votes':
      return voteBases[base.of]
    case 'seats': {
      const seats = base.filled ? 'the seats that are filled' : 'all the seats'
      return [
        seats,
        base.ofClass === null ? '' : ` of class ${s.ofClass(base.ofClass)}`,
        base.sitting ? ' sitting in the case' : '',
      ].join('')
    }
    case 'electorate':
      return `${s.the(base.id)}${base.thisGroup ? ' of this group' : ''} as at ${anchorWords(base.at, s)}`
    case 'bodies':
      return `all ${s.many(base.id)} as at ${anchorWords(base.at, s)}`
  }
}

const unitWords: Readonly<Record<string, readonly [string, string]>> = {
  people: ['person', 'people'],
  votes: ['vote', 'votes'],
  seats: ['seat', 'seats'],
  bodies: ['body', 'bodies'],
}

/** "60 people", "£2,000 a month", "5% of the roll" */
export function amountWords(amount: Amount, s: Speaker): string {
  switch (amount.kind) {
    case 'count': {
      if (amount.unit === 'GBP') return `£${figure(amount.count)}${amount.per === null ? '' : ` a ${amount.per}`}`
      return `${figure(amount.count)} ${unitWords[amount.unit]?.[amount.count === 1 ? 0 : 1] ?? ''}`
    }
    case 'share':
      return `${shareWords(amount.share)} of ${baseWords(amount.base, s)}`
    case 'lesser':
    case 'greater': {
      const nested = [amount.first, amount.second].some((a) => a.kind === 'lesser' || a.kind === 'greater')
      const [one, two] = [amountWords(amount.first, s), amountWords(amount.second, s)]
      if (nested) return `the ${amount.kind} of ${one} and ${two}`
      return `${one} or ${two}, whichever is ${amount.kind === 'lesser' ? 'fewer' : 'more'},`
    }
    case 'quorum':
      return `the quorum of ${s.the(amount.body)}`
  }
}

/** "at least 60 people" */
export const thresholdWords = (t: Threshold, s: Speaker): string => `${t.kind} ${amountWords(t.amount, s)}`

const measureWords: Readonly<Record<Extract<Condition, { kind: 'measure' }>['measure'], string>> = {
  yes: 'are in favour',
  turnout: 'take part',
  present: 'are present',
  'bodies-for': 'among the bodies are in favour',
  'weight-for': 'by weight are in favour',
}

/** "at least 2/3 of the votes for and against are in favour" */
export function conditionWords(c: Condition, s: Speaker): string {
  if (c.kind === 'winner beats') return `the winner beats ${c.what === 'none-of-these' ? 'none of these' : 'the status quo'}`
  const of = c.ofClass === null ? '' : `of class ${s.ofClass(c.ofClass)}, `
  return `${of}${thresholdWords(c.threshold, s)} ${measureWords[c.measure]}${c.orNoneSeated ? ', or none of them is seated' : ''}`
}

/** One condition in a line, several as lettered limbs that must all hold. */
export function conditionsWords(lead: string, conditions: readonly Condition[], s: Speaker): string {
  const [only, second] = conditions
  if (only !== undefined && second === undefined) return `${lead} if ${conditionWords(only, s)}`
  return `${lead} if all of these hold:${conditions.map((c, i) => `\n  (${letter(i)}) ${conditionWords(c, s)};`).join('')}`.replace(
    /;$/,
    '.',
  )
}

/** "31 January 2026 at 23:59:59" */
export function momentWords(m: Moment, s: Speaker): string {
  switch (m.kind) {
    case 'date': {
      const [year = '', month = '1', day = '1'] = m.date.split('-')
      const date = `${Number(day)} ${monthNames[Number(month) - 1] ?? ''} ${year}`
      return m.time === null ? date : `${date} at ${m.time}`
    }
    case 'anchor':
      return anchorWords(m.anchor, s)
    case 'offset':
      return `${durationWords(m.duration)} ${m.side} ${anchorWords(m.anchor, s)}`
    case 'end of day':
      return `the end of the day ${m.days} days before ${anchorWords(m.anchor, s)}`
  }
}

const letter = (i: number): string => (i < 26 ? String.fromCharCode(97 + i) : `a${letter(i - 26)}`)
const roman = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x']
const label = (depth: number, i: number): string =>
  depth === 0 ? letter(i) : depth === 1 ? (roman[i] ?? String(i + 1)) : String(i + 1)

const has = (no: boolean, yes: string): string => (no ? `does not have ${yes}` : `has ${yes}`)
const is = (no: boolean, yes: string): string => (no ? `is not ${yes}` : `is ${yes}`)
const did = (no: boolean, past: string, plain: string): string => (no ? `did not ${plain}` : past)

function atomWords(who: Exclude<Who, { kind: 'or' } | { kind: 'and' } | { kind: 'not' }>, s: Speaker, no: boolean): string {
  switch (who.kind) {
    case 'standing':
      return has(no, `${s.term(who.id)} standing`)
    case 'class':
      return who.asOf === null
        ? is(no, `of class ${s.ofClass(who.id)}`)
        : `${no ? 'was not' : 'was'} of class ${s.ofClass(who.id)} as of ${momentWords(who.asOf, s)}`
    case 'attribute': {
      const shown = who.within === null ? '' : `, shown within ${durationWords(who.within)}`
      return has(no, `${s.term(who.id)} “${s.term(who.value)}”${shown}`)
    }
    case 'age at least':
      return is(no, `at least ${who.years} years old`)
    case 'age under':
      return is(no, `under ${who.years} years old`)
    case 'joined by':
      return did(no, `joined no later than ${momentWords(who.moment, s)}`, `join by ${momentWords(who.moment, s)}`)
    case 'paid by':
      return did(no, `has paid up to ${momentWords(who.moment, s)}`, `pay up to ${momentWords(who.moment, s)}`)
    case 'before':
    case 'after':
      return `acts ${no ? 'not ' : ''}${who.kind} ${momentWords(who.moment, s)}`
    case 'in':
      return no
        ? `does not belong to ${who.body === null ? 'this group' : s.the(who.body)}`
        : `belongs to ${who.body === null ? 'this group' : s.the(who.body)}`
    case 'seat on':
      return has(no, `a seat on ${s.the(who.id)}`)
    case 'office':
      return no ? `does not hold the office of ${s.office(who.id)}` : `holds the office of ${s.office(who.id)}`
    case 'electorate':
      return is(no, `one of ${s.the(who.id)}`)
    case 'fact':
      return is(no, `somebody of whom “${s.term(who.id)}” is attested`)
  }
}

/** A predicate as the end of "everyone who …", nested and/or as lettered limbs, never flat. */
export function whoWords(who: Who, s: Speaker, depth = 0): string {
  const limbs = (lead: string, parts: readonly Who[]): string => {
    const lines = parts.map((part, i) => `\n${'  '.repeat(depth + 1)}(${label(depth, i)}) ${whoWords(part, s, depth + 1)}`)
    return `${lead}:${lines.join(';')}`
  }
  switch (who.kind) {
    case 'and':
      return limbs('meets all of these', who.parts)
    case 'or':
      return limbs('meets any of these', who.parts)
    case 'not':
      if (who.part.kind === 'and') return limbs('does not meet all of these', who.part.parts)
      if (who.part.kind === 'or') return limbs('meets none of these', who.part.parts)
      return who.part.kind === 'not' ? limbs('meets none of these', [who.part]) : atomWords(who.part, s, true)
    default:
      return atomWords(who, s, false)
  }
}

/** "any member or the committee" */
export const actorsWords = (actors: Actors, s: Speaker): string =>
  joined(
    actors.map((a) => {
      switch (a.kind) {
        case 'rule':
          return 'the rules themselves'
        case 'named':
          return s.the(a.id)
        case 'seat on':
          return `anyone with a seat on ${s.the(a.body)}`
        case 'electorate':
          return `any ${s.one(a.id)}${a.thisGroup ? ' of this group' : ''}`
        case 'people':
          return `${figure(a.count)} ${a.count === 1 ? s.one(a.electorate) : s.many(a.electorate)} together`
      }
    }),
    'or',
  )

/** "a vote of the panel by at least 2/3 of all the seats" */
export const voteWords = (v: Vote, s: Speaker): string => `a vote of ${s.the(v.of)} by ${thresholdWords(v.threshold, s)}`
