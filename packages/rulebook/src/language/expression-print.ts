import type { Actor, Actors, Amount, Base, Condition, Duration, Moment, Share, Threshold, Vote, Who } from './expression.ts'

/** `1 day`, `14 clear days`. */
export const printDuration = (d: Duration): string => `${d.count} ${d.count === 1 ? d.unit.slice(0, -1) : d.unit}`

/** `2/3` or `15%`. */
export const printShare = (s: Share): string => (s.percent ? `${s.numerator}%` : `${s.numerator}/${s.denominator}`)

function printBase(base: Base): string {
  switch (base.kind) {
    case 'votes':
      return base.of
    case 'seats':
      return [
        base.filled ? 'seated' : 'seats',
        base.ofClass === null ? '' : ` of class ${base.ofClass}`,
        base.sitting ? ' sitting' : '',
      ].join('')
    case 'electorate':
      return `electorate ${base.id}${base.thisGroup ? ' of this group' : ''} at ${base.at}`
    case 'bodies':
      return `bodies ${base.id} at ${base.at}`
  }
}

/** The canonical spelling of an amount. */
export function printAmount(amount: Amount): string {
  switch (amount.kind) {
    case 'count':
      return `${amount.count} ${amount.unit}${amount.per === null ? '' : ` per ${amount.per}`}`
    case 'share':
      return `${printShare(amount.share)} of ${printBase(amount.base)}`
    case 'lesser':
    case 'greater':
      return `${amount.kind} of ${printAmount(amount.first)} and ${printAmount(amount.second)}`
    case 'quorum':
      return `quorum of ${amount.body}`
  }
}

/** The canonical spelling of a threshold. */
export const printThreshold = (t: Threshold): string => `${t.kind} ${printAmount(t.amount)}`

/** The canonical spelling of a condition. */
export function printCondition(c: Condition): string {
  if (c.kind === 'winner beats') return `winner beats ${c.what}`
  const ofClass = c.ofClass === null ? '' : ` of class ${c.ofClass}`
  return `${c.measure}${ofClass} ${printThreshold(c.threshold)}${c.orNoneSeated ? ' or none seated' : ''}`
}

/** The canonical spelling of a moment. */
export function printMoment(m: Moment): string {
  switch (m.kind) {
    case 'date':
      return m.time === null ? m.date : `${m.date} ${m.time}`
    case 'anchor':
      return m.anchor
    case 'offset':
      return `${printDuration(m.duration)} ${m.side} ${m.anchor}`
    case 'end of day':
      return `end of day ${m.days} days before ${m.anchor}`
  }
}

/** The canonical spelling of a predicate; brackets only where the meaning needs them. */
export function printWho(w: Who): string {
  switch (w.kind) {
    case 'or':
      return w.parts.map((p) => (p.kind === 'or' ? `(${printWho(p)})` : printWho(p))).join(' or ')
    case 'and':
      return w.parts.map((p) => (p.kind === 'or' || p.kind === 'and' ? `(${printWho(p)})` : printWho(p))).join(' and ')
    case 'not':
      return `not ${w.part.kind === 'or' || w.part.kind === 'and' || w.part.kind === 'not' ? `(${printWho(w.part)})` : printWho(w.part)}`
    case 'class':
      return `class ${w.id}${w.asOf === null ? '' : ` as of ${printMoment(w.asOf)}`}`
    case 'attribute':
      return `attribute ${w.id} ${w.value}${w.within === null ? '' : ` within ${printDuration(w.within)}`}`
    case 'age at least':
    case 'age under':
      return `${w.kind} ${w.years}`
    case 'joined by':
    case 'paid by':
    case 'before':
    case 'after':
      return `${w.kind} ${printMoment(w.moment)}`
    case 'in':
      return w.body === null ? 'in this group' : `in ${w.body}`
    case 'standing':
    case 'seat on':
    case 'office':
    case 'electorate':
    case 'fact':
      return `${w.kind} ${w.id}`
  }
}

function printActor(a: Actor): string {
  switch (a.kind) {
    case 'rule':
      return 'rule'
    case 'named':
      return a.id
    case 'seat on':
      return `seat on ${a.body}`
    case 'electorate':
      return `electorate ${a.id}${a.thisGroup ? ' of this group' : ''}`
    case 'people':
      return `${a.count} people of electorate ${a.electorate}`
  }
}

/** The canonical spelling of who acts. */
export const printActors = (a: Actors): string => a.map(printActor).join(' or ')

/** The canonical spelling of a vote. */
export const printVote = (v: Vote): string => `${v.of} by ${printThreshold(v.threshold)}`
