import type { Actors, Amount, Base, Condition, Moment, Threshold, Vote, Who } from './expression.ts'
import { ruleCodecs, type Rule, type RuleKind } from './model.ts'
import { camel, type ExpressionName, type Shape, type Target } from './shape.ts'

/** A name one rule uses for something another must define: a rule of one of some kinds, a state of standing, a value, a seat or a stage. */
export type Reference = {
  readonly to: readonly RuleKind[] | 'state' | 'value' | 'seat' | 'stage' | 'anchor' | 'clause'
  readonly id: string
  /** For a value: its attribute. */
  readonly of: string | null
}

const rule = (id: string, ...to: readonly RuleKind[]): Reference => ({ to, id, of: null })
const state = (id: string): Reference => ({ to: 'state', id, of: null })

const inBase = (base: Base): readonly Reference[] => {
  switch (base.kind) {
    case 'votes':
      return []
    case 'seats':
      return base.ofClass === null ? [] : [rule(base.ofClass, 'class')]
    case 'electorate':
      return [rule(base.id, 'electorate')]
    case 'bodies':
      return [rule(base.id, 'body')]
  }
}

const inAmount = (amount: Amount): readonly Reference[] => {
  switch (amount.kind) {
    case 'count':
      return []
    case 'share':
      return inBase(amount.base)
    case 'lesser':
    case 'greater':
      return [...inAmount(amount.first), ...inAmount(amount.second)]
    case 'quorum':
      return [rule(amount.body, 'body')]
  }
}
const inCondition = (c: Condition): readonly Reference[] =>
  c.kind === 'winner beats' ? [] : [...(c.ofClass === null ? [] : [rule(c.ofClass, 'class')]), ...inAmount(c.threshold.amount)]

const anchorWords = ['propose', 'notice', 'freeze', 'open', 'close', 'cut-off', 'meeting']
const inMoment = (moment: Moment): readonly Reference[] =>
  moment.kind === 'date' || anchorWords.includes(moment.anchor) ? [] : [{ to: 'anchor', id: moment.anchor, of: null }]

function inWho(who: Who): readonly Reference[] {
  switch (who.kind) {
    case 'or':
    case 'and':
      return who.parts.flatMap(inWho)
    case 'not':
      return inWho(who.part)
    case 'standing':
      return [state(who.id)]
    case 'class':
      return [rule(who.id, 'class'), ...(who.asOf === null ? [] : inMoment(who.asOf))]
    case 'attribute':
      return [rule(who.id, 'attribute'), { to: 'value', id: who.value, of: who.id }]
    case 'in':
      return who.body === null ? [] : [rule(who.body, 'body')]
    case 'seat on':
      return [rule(who.id, 'body')]
    case 'office':
      return [rule(who.id, 'office')]
    case 'electorate':
      return [rule(who.id, 'electorate')]
    case 'fact':
      return [rule(who.id, 'fact')]
    case 'age at least':
    case 'age under':
      return []
    case 'joined by':
    case 'paid by':
    case 'before':
    case 'after':
      return inMoment(who.moment)
  }
}

const inActors = (actors: Actors): readonly Reference[] =>
  actors.flatMap((a) => {
    switch (a.kind) {
      case 'rule':
        return []
      case 'named':
        return [rule(a.id, 'body', 'office', 'superior')]
      case 'seat on':
        return [rule(a.body, 'body')]
      case 'electorate':
        return [rule(a.id, 'electorate')]
      case 'people':
        return [rule(a.electorate, 'electorate')]
    }
  })

/** Names inside an expression; the shape says of which, so the value is that expression. */
const inExpression: { readonly [K in ExpressionName]: (value: unknown) => readonly Reference[] } = {
  duration: () => [],
  amount: (value) => inAmount(value as Amount),
  threshold: (value) => inAmount((value as Threshold).amount),
  condition: (value) => inCondition(value as Condition),
  moment: (value) => inMoment(value as Moment),
  who: (value) => inWho(value as Who),
  actors: (value) => inActors(value as Actors),
  vote: (value) => [rule((value as Vote).of, 'body', 'electorate'), ...inAmount((value as Vote).threshold.amount)],
}

const referenceTo = (to: Target, id: string): Reference => ({ to, id, of: null })
const fieldOf = (value: unknown, key: string): unknown => (value as { readonly [key: string]: unknown })[key]

/** Names in a value, by the shape it was read with. Null stands for a key that is absent. */
function inValue(shape: Shape, value: unknown): readonly Reference[] {
  if (value === null || value === undefined) return []
  switch (shape.kind) {
    case 'text':
    case 'word':
      return []
    case 'id':
      return shape.to === null || typeof value !== 'string' || shape.except.includes(value) ? [] : [referenceTo(shape.to, value)]
    case 'expression':
      return inExpression[shape.of](value)
    case 'phrase':
      return Object.entries(shape.slots).flatMap(([slot, inner]) => inValue(inner, fieldOf(value, slot)))
    case 'phrases': {
      const phrase = shape.of.find((p) => p.pattern === fieldOf(value, 'kind'))
      return phrase === undefined ? [] : inValue(phrase, value)
    }
    case 'either': {
      const inner = shape.of.find((s) => (s.kind === 'fields' || s.kind === 'phrases') === (typeof value === 'object'))
      return inner === undefined ? [] : inValue(inner, value)
    }
    case 'list':
      return (value as readonly unknown[]).flatMap((item) => inValue(shape.item, item))
    case 'table':
      return (value as readonly { readonly key: string; readonly value: unknown }[]).flatMap((row) => [
        ...inValue(shape.key, row.key),
        ...inValue(shape.value, row.value),
      ])
    case 'fields':
      return [shape.required, shape.optional].flatMap((keys) =>
        Object.entries(keys).flatMap(([key, inner]) => inValue(inner, fieldOf(value, camel(key)))),
      )
    case 'stages':
      return (value as readonly { readonly do: string }[]).flatMap((stage) => {
        const kind = shape.kinds[stage.do]
        return kind === undefined ? [] : inValue(kind, { ...stage, do: null })
      })
  }
}

/** Everything a rule refers to by name, in the order of the schema. */
export const referencesOf = (r: Rule): readonly Reference[] => inValue(ruleCodecs[r.kind].shape, r)
