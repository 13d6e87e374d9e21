import { idPattern } from './codec.ts'
import { commonKeys, ruleCodecs } from './model.ts'
import { ruleKinds } from '../schema/kinds.ts'
import type { ExpressionName, Shape, Shapes } from './shape.ts'

/** A JSON Schema, or a part of one. */
export type Schema = { readonly [key: string]: Schema | string | number | boolean | null | readonly (Schema | string)[] }

const gap = '\\s+'
const number = '(?:0|[1-9][0-9]{0,9})'
const words = (...phrases: readonly string[]): string => `(?:${phrases.map((p) => p.replaceAll(' ', gap)).join('|')})`
const then = (...parts: readonly string[]): string => parts.join(gap)
const maybe = (part: string): string => `(?:${gap}${part})?`

// The expressions of the grammar as regular expressions. Those that nest, `amount` and `who`, and all that hold one, are wider than the
// grammar: a regular expression cannot count brackets. Largest counts are left to the parser too.
const units = words('minutes', 'hours', 'clear days', 'working days', 'days', 'weeks', 'months', 'years')
const unit = words('minute', 'hour', 'clear day', 'working day', 'day', 'week', 'month', 'year')
const duration = `(?:${then(number, units)}|${then('1', unit)})`
const date = '[0-9]{4}-[0-9]{2}-[0-9]{2}'
const time = '(?:(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?|24:00)'
const moment = `(?:${date}${maybe(time)}|${then('end', 'of', 'day', number, 'days', 'before', idPattern)}|${then(duration, words('before', 'after'), idPattern)}|${idPattern})`
const share = '(?:[1-9][0-9]{0,5}/[1-9][0-9]{0,5}|[0-9]{1,3}%)'
const votes = words('for-and-against', 'votes-cast', 'valid', 'returned', 'issued', 'roll', 'present')
const seats = `(?:seated|seats)${maybe(then('of', 'class', idPattern))}${maybe('sitting')}`
const roll = `${then('electorate', idPattern)}${maybe(words('of this group'))}${gap}${then('at', idPattern)}`
const base = `(?:${votes}|${seats}|${roll}|${then('bodies', idPattern, 'at', idPattern)})`
const money = `GBP${maybe(then('per', words('day', 'week', 'month', 'year')))}`
const plain = `(?:${then(share, 'of', base)}|${then('quorum', 'of', idPattern)}|${then(number, `(?:people|votes|seats|bodies|${money})`)})`
const nested = `(?:${then(words('lesser', 'greater'), 'of')}${gap})*`
const amount = `${nested}${plain}(?:${gap}and${gap}${nested}${plain})*`
const threshold = then(words('at least', 'more than'), amount)
const measure = words('yes', 'turnout', 'present', 'bodies-for', 'weight-for')
const condition = `(?:${then('winner', 'beats', words('none-of-these', 'status-quo'))}|${measure}${maybe(then('of', 'class', idPattern))}${gap}${threshold}${maybe(words('or none seated'))})`
const actor = `(?:${then('seat', 'on', idPattern)}|${then('electorate', idPattern)}${maybe(words('of this group'))}|${then(number, 'people', 'of', 'electorate', idPattern)}|${idPattern})`

const grammar: Readonly<Record<ExpressionName, string>> = {
  duration,
  amount,
  threshold,
  condition,
  moment,
  who: '(?:[()]|[a-z0-9][a-z0-9:-]*)(?:\\s*[()]|\\s*[a-z0-9][a-z0-9:-]*)*',
  actors: `${actor}(?:${gap}or${gap}${actor})*`,
  vote: then(idPattern, 'by', threshold),
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
const clause = '[0-9]{1,4}(?:\\.[0-9]{1,4}){0,5}'

/** A shape that is written as one text, as a regular expression without anchors. */
function patternOf(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return shape.pattern
    case 'expression':
      return `\\s*${grammar[shape.of]}\\s*`
    case 'word':
      return `(?:${shape.words.map(escaped).join('|')})`
    case 'id':
      return shape.to === 'clause' ? clause : idPattern
    case 'phrase': {
      const parts = shape.pattern.split(/<([a-zA-Z]+)>/)
      return parts.map((part, i) => (i % 2 === 0 ? escaped(part) : patternOf(slotOf(shape.slots, part)))).join('')
    }
    case 'phrases':
      return `(?:${shape.of.map(patternOf).join('|')})`
    default:
      return ''
  }
}

const slotOf = (slots: Shapes, name: string): Shape => slots[name] ?? { kind: 'word', words: [] }

/** A part that may be left open instead: `unknown`, or readings. */
const open = (schema: Schema): Schema => ({ anyOf: [{ $ref: '#/$defs/open' }, schema] })
const partsOf = (shapes: Shapes): Schema => Object.fromEntries(Object.entries(shapes).map(([key, s]) => [key, open(schemaOf(s))]))

/** The JSON Schema of a shape: what a block may hold, every scalar a text. One case per shape: a table. */
function schemaOf(shape: Shape): Schema {
  switch (shape.kind) {
    case 'text':
      return { type: 'string', description: shape.what, pattern: `^${shape.pattern}$`, examples: [shape.example] }
    case 'expression':
      return { $ref: `#/$defs/${shape.of}` }
    case 'word':
      return { enum: shape.words }
    case 'id':
      return { type: 'string', pattern: `^${patternOf(shape)}$`, maxLength: 60 }
    case 'phrase':
      return { type: 'string', description: shape.pattern, pattern: `^${patternOf(shape)}$` }
    case 'phrases':
      return { anyOf: shape.of.map(schemaOf) }
    case 'either':
      return { anyOf: shape.of.map(schemaOf) }
    case 'list': {
      const items = schemaOf(shape.item)
      const list: Schema = { type: 'array', items: open(items), ...(shape.least > 0 ? { minItems: shape.least } : {}) }
      return shape.single ? { anyOf: [list, items] } : list
    }
    case 'table':
      return { type: 'object', propertyNames: schemaOf(shape.key), additionalProperties: open(schemaOf(shape.value)) }
    case 'fields':
      return fieldsSchema(shape)
    case 'stages':
      return { $ref: '#/$defs/stages' }
  }
}

type FieldsShape = Extract<Shape, { readonly kind: 'fields' }>
function fieldsSchema(shape: FieldsShape, more: Schema = {}): Schema {
  const needed = Object.keys(shape.required)
  return {
    type: 'object',
    properties: { ...more, ...partsOf(shape.required), ...partsOf(shape.optional) },
    ...(needed.length > 0 || 'kind' in more ? { required: ['kind' in more ? ['kind'] : [], needed].flat() } : {}),
    ...(shape.either.length > 0
      ? { allOf: shape.either.map((keys): Schema => ({ oneOf: keys.map((key): Schema => ({ required: [key] })) })) }
      : {}),
    ...(shape.some ? { minProperties: 1 } : {}),
    additionalProperties: false,
  }
}

/** Stages: each of the kind its `do` names, or else its own key. */
function stageDefs(kinds: Shapes): Schema {
  const names = Object.keys(kinds)
  const own = Object.entries(kinds).flatMap(([kind, shape]): [string, Schema][] =>
    shape.kind === 'fields' ? [[`stage-${kind}`, fieldsSchema(shape)]] : [],
  )
  const named = (kind: string): Schema => ({
    if: { required: ['do'] },
    then: { $ref: '#/$defs/stage' },
    else: { $ref: `#/$defs/stage-${kind}` },
  })
  return {
    ...Object.fromEntries(own),
    stage: {
      oneOf: names.map((kind): Schema => ({
        required: ['do'],
        properties: { do: { const: kind } },
        $ref: `#/$defs/stage-${kind}`,
      })),
    },
    stages: {
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: `^${idPattern}$`, maxLength: 60 },
      properties: Object.fromEntries(names.map((kind) => [kind, open(named(kind))])),
      additionalProperties: open({ $ref: '#/$defs/stage' }),
    },
  }
}

/**
 * The JSON Schema (2020-12) of a rule block, made from the codecs that read it. It admits every block the parser admits; of the expressions
 * that nest it admits more, see `$comment`. That ids are unique and names resolve is for the parser and the linter.
 */
export function blockSchema(): Schema {
  const common = partsOf({
    names: commonKeys.names.shape,
    terms: commonKeys.terms.shape,
    basis: commonKeys.basis.shape,
    waives: commonKeys.waives.shape,
  })
  const kinds = ruleKinds.map((kind): [string, Schema] => {
    const { shape } = ruleCodecs[kind]
    return [`kind-${kind}`, shape.kind === 'fields' ? fieldsSchema(shape, { kind: { const: kind }, ...common }) : {}]
  })
  const { shape } = ruleCodecs.procedure
  const stages = shape.kind === 'fields' ? shape.required['stages'] : undefined
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Rule block of a rulebook',
    $comment:
      'Every scalar of a block is a text. Expressions that nest (amount, who, and threshold, condition, vote that hold an amount) are described more widely than their grammar, which the specification gives.',
    oneOf: ruleKinds.map((kind): Schema => ({ $ref: `#/$defs/kind-${kind}` })),
    $defs: {
      open: {
        description: 'A field nobody knows, or with readings of which one may be ratified.',
        anyOf: [
          { const: 'unknown' },
          {
            type: 'object',
            properties: { readings: { type: 'object' }, ratified: { type: 'string' } },
            required: ['readings'],
          },
        ],
      },
      ...Object.fromEntries(
        Object.entries(grammar).map(([name, pattern]) => [name, { type: 'string', pattern: `^\\s*${pattern}\\s*$` }]),
      ),
      ...Object.fromEntries(kinds),
      ...(stages?.kind === 'stages' ? stageDefs(stages.kinds) : {}),
    },
  }
}
