import { fail, ok, parseCivilDate, type CivilDate, type Result } from '@quorate/kernel'

/** A share exactly as written: `2/3` or `15%` (then the denominator is 100). */
export type Share = { readonly numerator: number; readonly denominator: number; readonly percent: boolean }
/** A unit of time. Minutes and hours are elapsed time, the others civil time in the calendar's zone. */
type DurationUnit = 'minutes' | 'hours' | 'days' | 'clear days' | 'working days' | 'weeks' | 'months' | 'years'
/** A length of time: a count of one unit. */
export type Duration = { readonly count: number; readonly unit: DurationUnit }
/** A named instant of a decision: a word of the grammar or the id of a stage. */
type Anchor = string

/** What a share is a share of. `roll ≥ issued ≥ returned ≥ valid ≥ votes-cast ≥ for-and-against`. */
export type Base =
  | {
      readonly kind: 'votes'
      readonly of: 'for-and-against' | 'votes-cast' | 'valid' | 'returned' | 'issued' | 'roll' | 'present'
    }
  | { readonly kind: 'seats'; readonly filled: boolean; readonly ofClass: string | null; readonly sitting: boolean }
  | { readonly kind: 'electorate'; readonly id: string; readonly thisGroup: boolean; readonly at: Anchor }
  | { readonly kind: 'bodies'; readonly id: string; readonly at: Anchor }
/** What a count counts. */
type CountUnit = 'people' | 'votes' | 'seats' | 'bodies' | 'GBP'
/** A quantity of the grammar (`qty`). */
export type Amount =
  | {
      readonly kind: 'count'
      readonly count: number
      readonly unit: CountUnit
      readonly per: 'day' | 'week' | 'month' | 'year' | null
    }
  | { readonly kind: 'share'; readonly share: Share; readonly base: Base }
  | { readonly kind: 'lesser' | 'greater'; readonly first: Amount; readonly second: Amount }
  | { readonly kind: 'quorum'; readonly body: string }
/** `at least` (≥) or `more than` (>) an amount. */
export type Threshold = { readonly kind: 'at least' | 'more than'; readonly amount: Amount }
/** What is measured against a threshold. */
type Measure = 'yes' | 'turnout' | 'present' | 'bodies-for' | 'weight-for'
/** One condition of passing. */
export type Condition =
  | {
      readonly kind: 'measure'
      readonly measure: Measure
      readonly ofClass: string | null
      readonly threshold: Threshold
      readonly orNoneSeated: boolean
    }
  | { readonly kind: 'winner beats'; readonly what: 'none-of-these' | 'status-quo' }
/** A moment of the grammar. */
export type Moment =
  | { readonly kind: 'date'; readonly date: CivilDate; readonly time: string | null }
  | { readonly kind: 'anchor'; readonly anchor: Anchor }
  | { readonly kind: 'offset'; readonly duration: Duration; readonly side: 'before' | 'after'; readonly anchor: Anchor }
  | { readonly kind: 'end of day'; readonly days: number; readonly anchor: Anchor }
/** A predicate over a person. */
export type Who =
  | { readonly kind: 'or'; readonly parts: readonly Who[] }
  | { readonly kind: 'and'; readonly parts: readonly Who[] }
  | { readonly kind: 'not'; readonly part: Who }
  | { readonly kind: 'standing'; readonly id: string }
  | { readonly kind: 'class'; readonly id: string; readonly asOf: Moment | null }
  | { readonly kind: 'attribute'; readonly id: string; readonly value: string; readonly within: Duration | null }
  | { readonly kind: 'age at least' | 'age under'; readonly years: number }
  | { readonly kind: 'joined by' | 'paid by' | 'before' | 'after'; readonly moment: Moment }
  | { readonly kind: 'in'; readonly body: string | null }
  | { readonly kind: 'seat on' | 'office' | 'electorate' | 'fact'; readonly id: string }
/** Who acts; alternatives joined by `or`. */
export type Actor =
  | { readonly kind: 'named'; readonly id: string }
  | { readonly kind: 'seat on'; readonly body: string }
  | { readonly kind: 'electorate'; readonly id: string; readonly thisGroup: boolean }
  | { readonly kind: 'people'; readonly count: number; readonly electorate: string }
  | { readonly kind: 'rule' }
/** One or more {@link Actor}s. */
export type Actors = readonly [Actor, ...Actor[]]
/** A vote of a body or an electorate: `panel by at least 2/3 of seats`. */
export type Vote = { readonly of: string; readonly threshold: Threshold }

/** Why a text is no expression: where the first word stands that fits nowhere, and what could stand there. */
export type ExpressionFault = { readonly column: number; readonly expected: string }

type Token = { readonly text: string; readonly column: number }
/** Reads forward only; `furthest` remembers the deepest word that did not fit, which is the one worth showing. */
type Cursor = { readonly tokens: readonly Token[]; next: number; furthest: number; expected: string }

const idPattern = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const countMax = 1_000_000_000
const depthMax = 8

const tokensOf = (text: string): Token[] => [...text.matchAll(/[()]|[^\s()]+/g)].map((m) => ({ text: m[0], column: m.index + 1 }))

function run<T>(text: string, rule: (c: Cursor) => T | null): Result<T, ExpressionFault> {
  const tokens = tokensOf(text.slice(0, 2_000))
  const c: Cursor = { tokens, next: 0, furthest: 0, expected: 'an expression' }
  const value = rule(c)
  if (value !== null && c.next === tokens.length) return ok(value)
  if (value !== null && c.next >= c.furthest) note(c, 'nothing more')
  return fail({ column: tokens[c.furthest]?.column ?? text.length + 1, expected: c.expected })
}

function note(c: Cursor, expected: string): null {
  if (c.next >= c.furthest) {
    c.furthest = c.next
    c.expected = expected
  }
  return null
}

/** Takes the words of a phrase, all or none. */
function take(c: Cursor, phrase: string): boolean {
  const words = phrase.split(' ')
  const fits = words.every((word, i) => c.tokens[c.next + i]?.text === word)
  if (fits) c.next += words.length
  else note(c, `“${phrase}”`)
  return fits
}

const oneOf = <const W extends readonly string[]>(c: Cursor, words: W): W[number] | null =>
  words.find((word) => take(c, word)) ?? note(c, words.map((word) => `“${word}”`).join(', '))

function match(c: Cursor, pattern: RegExp, what: string): string | null {
  const text = c.tokens[c.next]?.text
  if (text === undefined || !pattern.test(text)) return note(c, what)
  c.next += 1
  return text
}

const id = (c: Cursor): string | null => match(c, idPattern, 'an id')

function integer(c: Cursor): number | null {
  const text = match(c, /^(?:0|[1-9]\d{0,9})$/, 'a whole number')
  if (text === null) return null
  return Number(text) <= countMax ? Number(text) : note(c, `a number up to ${countMax}`)
}

/** Tries alternatives from the same place; the first that reads wins. */
function first<T>(c: Cursor, rules: readonly ((c: Cursor) => T | null)[]): T | null {
  const start = c.next
  for (const rule of rules) {
    c.next = start
    const value = rule(c)
    if (value !== null) return value
  }
  c.next = start
  return null
}

const units = ['minutes', 'hours', 'clear days', 'working days', 'days', 'weeks', 'months', 'years'] as const
const singular: Readonly<Record<string, DurationUnit>> = {
  minute: 'minutes',
  hour: 'hours',
  day: 'days',
  week: 'weeks',
  month: 'months',
  year: 'years',
}

// Longest durations: about a century, so that no date leaves the calendar however stages add up.
const durationMax: Readonly<Record<DurationUnit, number>> = {
  minutes: 1_000_000,
  hours: 100_000,
  days: 36_500,
  'clear days': 10_000,
  'working days': 10_000,
  weeks: 5_200,
  months: 1_200,
  years: 100,
}

function duration(c: Cursor): Duration | null {
  const length = anyDuration(c)
  return length === null || length.count <= durationMax[length.unit]
    ? length
    : note(c, `at most ${durationMax[length.unit]} ${length.unit}`)
}

function anyDuration(c: Cursor): Duration | null {
  const count = integer(c)
  if (count === null) return null
  const unit = oneOf(c, units)
  if (unit !== null) return { count, unit }
  for (const [one, many] of Object.entries(singular)) if (count === 1 && take(c, one)) return { count, unit: many }
  for (const kind of ['clear', 'working'] as const)
    if (count === 1 && take(c, `${kind} day`)) return { count, unit: `${kind} days` }
  return null
}

const anchor = (c: Cursor): Anchor | null => id(c)

function share(c: Cursor): Share | null {
  const text = match(c, /^(?:[1-9]\d{0,5}\/[1-9]\d{0,5}|\d{1,3}%)$/, 'a share such as 2/3 or 15%')
  if (text === null) return null
  const percent = text.endsWith('%')
  const [numerator = 0, denominator = 100] = text.replace('%', '').split('/').map(Number)
  return numerator <= denominator ? { numerator, denominator, percent } : note(c, 'a share of at most the whole')
}

const voteBases = ['for-and-against', 'votes-cast', 'valid', 'returned', 'issued', 'roll', 'present'] as const

function base(c: Cursor): Base | null {
  const votes = oneOf(c, voteBases)
  if (votes !== null) return { kind: 'votes', of: votes }
  const seats = oneOf(c, ['seated', 'seats'])
  if (seats !== null) {
    const ofClass = take(c, 'of class') ? id(c) : ''
    if (ofClass === null) return null
    return { kind: 'seats', filled: seats === 'seated', ofClass: ofClass || null, sitting: take(c, 'sitting') }
  }
  const kind = oneOf(c, ['electorate', 'bodies'])
  const name = kind === null ? null : id(c)
  if (kind === null || name === null) return null
  const thisGroup = kind === 'electorate' && take(c, 'of this group')
  const at = take(c, 'at') ? anchor(c) : null
  if (at === null) return null
  return kind === 'electorate' ? { kind, id: name, thisGroup, at } : { kind, id: name, at }
}

const count = (c: Cursor): Amount | null => {
  const n = integer(c)
  const unit = n === null ? null : oneOf(c, ['people', 'votes', 'seats', 'bodies', 'GBP'])
  if (n === null || unit === null) return null
  const per = unit === 'GBP' && take(c, 'per') ? oneOf(c, ['day', 'week', 'month', 'year']) : undefined
  return per === null ? null : { kind: 'count', count: n, unit, per: per ?? null }
}

function amount(c: Cursor, depth = 0): Amount | null {
  if (depth > depthMax) return note(c, 'fewer nested amounts')
  return first<Amount>(c, [
    (d) => {
      const s = share(d)
      const b = s !== null && take(d, 'of') ? base(d) : null
      return s === null || b === null ? null : { kind: 'share', share: s, base: b }
    },
    (d) => {
      const kind = oneOf(d, ['lesser', 'greater'])
      const one = kind !== null && take(d, 'of') ? amount(d, depth + 1) : null
      const two = one !== null && take(d, 'and') ? amount(d, depth + 1) : null
      return kind === null || one === null || two === null ? null : { kind, first: one, second: two }
    },
    (d) => {
      const body = take(d, 'quorum of') ? id(d) : null
      return body === null ? null : { kind: 'quorum', body }
    },
    count,
  ])
}

function threshold(c: Cursor): Threshold | null {
  const kind = oneOf(c, ['at least', 'more than'])
  const value = kind === null ? null : amount(c)
  return kind === null || value === null ? null : { kind, amount: value }
}

function condition(c: Cursor): Condition | null {
  if (take(c, 'winner beats')) {
    const what = oneOf(c, ['none-of-these', 'status-quo'])
    return what === null ? null : { kind: 'winner beats', what }
  }
  const measure = oneOf(c, ['yes', 'turnout', 'present', 'bodies-for', 'weight-for'])
  if (measure === null) return null
  const ofClass = take(c, 'of class') ? id(c) : ''
  const limit = ofClass === null ? null : threshold(c)
  if (limit === null) return null
  return { kind: 'measure', measure, ofClass: ofClass || null, threshold: limit, orNoneSeated: take(c, 'or none seated') }
}

function moment(c: Cursor): Moment | null {
  return first<Moment>(c, [
    (d) => {
      const text = match(d, /^\d{4}-\d\d-\d\d$/, 'a date')
      const date = text === null ? null : parseCivilDate(text)
      if (date === null || date.kind === 'fail') return note(d, 'a date that exists')
      const time = timePattern.test(d.tokens[d.next]?.text ?? '') ? match(d, timePattern, 'a time') : null
      return { kind: 'date', date: date.value, time }
    },
    (d) => {
      const days = take(d, 'end of day') ? integer(d) : null
      const to = days !== null && take(d, 'days before') ? anchor(d) : null
      return days === null || to === null ? null : { kind: 'end of day', days, anchor: to }
    },
    (d) => {
      const length = duration(d)
      const side = length === null ? null : oneOf(d, ['before', 'after'])
      const to = side === null ? null : anchor(d)
      return length === null || side === null || to === null ? null : { kind: 'offset', duration: length, side, anchor: to }
    },
    (d) => {
      const to = anchor(d)
      return to === null ? null : { kind: 'anchor', anchor: to }
    },
  ])
}
const timePattern = /^(?:(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?|24:00)$/

function joined(c: Cursor, kind: 'or' | 'and', part: (c: Cursor) => Who | null): Who | null {
  const head = part(c)
  if (head === null) return null
  const parts: Who[] = [head]
  while (take(c, kind)) {
    const more = part(c)
    if (more === null) return null
    parts.push(more)
  }
  return parts.length === 1 ? head : kind === 'or' ? { kind, parts } : { kind, parts }
}

function who(c: Cursor, depth = 0): Who | null {
  if (depth > depthMax) return note(c, 'fewer nested brackets')
  return joined(c, 'or', (d) => joined(d, 'and', (e) => negated(e, depth)))
}

function negated(c: Cursor, depth: number): Who | null {
  if (!take(c, 'not')) return atom(c, depth)
  const part = atom(c, depth)
  return part === null ? null : { kind: 'not', part }
}

function atom(c: Cursor, depth: number): Who | null {
  if (take(c, '(')) {
    const inner = who(c, depth + 1)
    return inner !== null && take(c, ')') ? inner : null
  }
  const age = oneOf(c, ['age at least', 'age under'])
  if (age !== null) {
    const years = integer(c)
    return years === null || years > 150 ? note(c, 'an age of at most 150') : { kind: age, years }
  }
  const when = oneOf(c, ['joined by', 'paid by', 'before', 'after'])
  if (when !== null) {
    const at = moment(c)
    return at === null ? null : { kind: when, moment: at }
  }
  if (take(c, 'in this group')) return { kind: 'in', body: null }
  const kind = oneOf(c, ['standing', 'class', 'attribute', 'in', 'seat on', 'office', 'electorate', 'fact'])
  const name = kind === null ? null : id(c)
  if (kind === null || name === null) return null
  if (kind === 'in') return { kind, body: name }
  if (kind === 'class') {
    const asOf = take(c, 'as of') ? moment(c) : undefined
    return asOf === null ? null : { kind, id: name, asOf: asOf ?? null }
  }
  if (kind === 'attribute') {
    const value = id(c)
    const within = value !== null && take(c, 'within') ? duration(c) : undefined
    return value === null || within === null ? null : { kind, id: name, value, within: within ?? null }
  }
  return { kind, id: name }
}

function actor(c: Cursor): Actor | null {
  return first<Actor>(c, [
    (d) => (take(d, 'rule') ? { kind: 'rule' } : null),
    (d) => {
      const body = take(d, 'seat on') ? id(d) : null
      return body === null ? null : { kind: 'seat on', body }
    },
    (d) => {
      const name = take(d, 'electorate') ? id(d) : null
      return name === null ? null : { kind: 'electorate', id: name, thisGroup: take(d, 'of this group') }
    },
    (d) => {
      const n = integer(d)
      const name = n !== null && take(d, 'people of electorate') ? id(d) : null
      return n === null || name === null ? null : { kind: 'people', count: n, electorate: name }
    },
    (d) => {
      const name = id(d)
      return name === null ? null : { kind: 'named', id: name }
    },
  ])
}

function actors(c: Cursor): Actors | null {
  const head = actor(c)
  if (head === null) return null
  const rest: Actor[] = []
  while (take(c, 'or')) {
    const more = actor(c)
    if (more === null) return null
    rest.push(more)
  }
  return [head, ...rest]
}

function vote(c: Cursor): Vote | null {
  const of = id(c)
  const limit = of !== null && take(c, 'by') ? threshold(c) : null
  return of === null || limit === null ? null : { of, threshold: limit }
}

/** Reads `14 clear days`. */
export const parseDuration = (text: string): Result<Duration, ExpressionFault> => run(text, duration)
/** Reads `lesser of 5% of electorate members at propose and 1000 people`. */
export const parseAmount = (text: string): Result<Amount, ExpressionFault> => run(text, amount)
/** Reads `at least 60 people`. */
export const parseThreshold = (text: string): Result<Threshold, ExpressionFault> => run(text, threshold)
/** Reads `yes at least 2/3 of for-and-against`. */
export const parseCondition = (text: string): Result<Condition, ExpressionFault> => run(text, condition)
/** Reads `28 days before cut-off`. */
export const parseMoment = (text: string): Result<Moment, ExpressionFault> => run(text, moment)
/** Reads `standing active and not (class guest or age under 14)`. */
export const parseWho = (text: string): Result<Who, ExpressionFault> => run(text, who)
/** Reads `committee or 60 people of electorate members`. */
export const parseActors = (text: string): Result<Actors, ExpressionFault> => run(text, actors)
/** Reads `panel by at least 2/3 of seats`. */
export const parseVote = (text: string): Result<Vote, ExpressionFault> => run(text, vote)
