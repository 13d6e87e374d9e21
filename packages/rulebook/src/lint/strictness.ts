import { compare, fraction, type Fraction } from '@quorate/kernel'
import type { Base, Condition } from '../language/expression.ts'
import { provision, type Rulebook } from '../language/model.ts'
import type { Stage, StageOf } from '../schema/stages.ts'
import { hoursBefore, roughHours } from './lengths.ts'

/** How hard a way is, in the respects that can be compared without knowing the movement. */
export type Strictness = {
  /** Who decides at the end: nobody but an office, a body, or an electorate. */
  readonly voters: 0 | 1 | 2
  /** The share of votes that must agree, and how wide its base is. */
  readonly agree: Fraction
  readonly base: number
  /** The share that must take part, and the share of the whole roll that must agree. */
  readonly turnout: Fraction
  readonly ofRoll: Fraction
  /** Who may start it: anybody of an electorate, or only a body or office. */
  readonly starters: 0 | 1
  /** Clear notice, in hours. */
  readonly notice: number
}

const none = fraction(0)
const widths = ['for-and-against', 'votes-cast', 'valid', 'returned', 'present', 'seated', 'seats', 'issued', 'roll']
const widthOf = (base: Base): number =>
  widths.indexOf(base.kind === 'votes' ? base.of : base.kind === 'seats' ? (base.filled ? 'seated' : 'seats') : 'roll')

const greater = (a: Fraction, b: Fraction): Fraction => (compare(a, b) < 0 ? b : a)
const ofWhole = (base: Base): boolean =>
  base.kind === 'electorate' || (base.kind === 'votes' && (base.of === 'roll' || base.of === 'issued'))

function withConditions(found: Strictness, conditions: readonly Condition[], voters: Strictness['voters']): Strictness {
  return conditions.reduce<Strictness>(
    (s, c) => {
      if (c.kind !== 'measure' || c.threshold.amount.kind !== 'share') return s
      const { share, base } = c.threshold.amount
      const size = fraction(share.numerator, share.denominator)
      if (c.measure === 'turnout') return { ...s, turnout: greater(s.turnout, size) }
      if (c.measure !== 'yes') return s
      if (ofWhole(base)) return { ...s, ofRoll: greater(s.ofRoll, size) }
      return { ...s, agree: greater(s.agree, size), base: Math.max(s.base, widthOf(base)) }
    },
    { ...found, voters: found.voters > voters ? found.voters : voters },
  )
}

const easiest: Strictness = { voters: 0, agree: none, base: 0, turnout: none, ofRoll: none, starters: 0, notice: 0 }

const bodyConditions = (rulebook: Rulebook, id: string): readonly Condition[] =>
  provision(rulebook, 'body', id)?.rule.decides.pass ?? []
/** A general meeting decides as its electorate. */
const votersOf = (rulebook: Rulebook, id: string): 1 | 2 =>
  (provision(rulebook, 'body', id)?.rule.seats ?? []).some((seat) => seat.everyoneIn !== null) ? 2 : 1

/** Clear notice, or how long before the meeting it is due. */
const noticeOf = (stage: StageOf<'notify'>): number =>
  stage.clear !== null ? roughHours(stage.clear) : stage.due === null ? 0 : hoursBefore(stage.due)

function withStage(rulebook: Rulebook, found: Strictness, stage: Stage): Strictness {
  switch (stage.do) {
    case 'propose':
      return { ...found, starters: stage.by.some((a) => a.kind === 'electorate' || a.kind === 'people') ? 0 : 1 }
    case 'notify':
      return { ...found, notice: Math.max(found.notice, noticeOf(stage)) }
    case 'ballot':
      return withConditions(found, stage.pass, 2)
    case 'consider':
      return withConditions(found, stage.pass ?? bodyConditions(rulebook, stage.body), votersOf(rulebook, stage.body))
    case 'meeting':
      return withConditions(found, stage.pass, votersOf(rulebook, stage.body))
    default:
      return found
  }
}

/** How hard a procedure is; null when there is none of that name that reads. */
export function strictnessOf(rulebook: Rulebook, procedure: string): Strictness | null {
  const found = provision(rulebook, 'procedure', procedure)
  return found === null ? null : found.rule.stages.reduce((s, stage) => withStage(rulebook, s, stage), easiest)
}

/** How hard it is for a holder to use a power alone. */
export const strictnessOfHolder = (rulebook: Rulebook, holder: string, pass: readonly Condition[] | null): Strictness =>
  provision(rulebook, 'body', holder) === null
    ? easiest
    : withConditions(easiest, pass ?? bodyConditions(rulebook, holder), votersOf(rulebook, holder))

/** Whether `a` asks for at least as much as `b` in every respect of the decision itself. */
export const atLeastAsStrict = (a: Strictness, b: Strictness): boolean =>
  a.voters >= b.voters &&
  compare(a.agree, b.agree) >= 0 &&
  (compare(a.agree, b.agree) > 0 || a.base >= b.base) &&
  compare(a.turnout, b.turnout) >= 0 &&
  compare(a.ofRoll, b.ofRoll) >= 0 &&
  a.notice >= b.notice
