import type { Rulebook } from '../src/index.ts'
import { idOf, ruleCodecs, writeRule, type Provision, type RuleKind } from '../src/language/model.ts'
import { readBlock } from '../src/language/parse.ts'
import type { ExpressionName, Shape, Shapes, Target } from '../src/language/shape.ts'
import { treeOf, type Plain } from './blocks.ts'

// A rule with one thing in it otherwise: each key left out, each key that could stand there added, each word another, each number one less and one
// more, each name another that the rulebook knows. What follows from a rule must follow from its keys, so whatever reads a key must answer otherwise
// to one of these; and what does not read it, alike.

/** One slip: where it is and what stands there, and the rulebook as it then is. */
export type Slip = { readonly what: string; readonly rulebook: Rulebook }

type Ids = (to: Target | null) => readonly string[]
type Fields = Extract<Shape, { readonly kind: 'fields' }>

/** Slips of one test: those of a kind, of procedures each, for they have as many as all others. */
export const groupOf = ({ rule }: Provision): string => (rule.kind === 'procedure' ? `procedure-${rule.id}` : rule.kind)

/** Every slip of one rule that still reads, in a fixed order. */
export function* slipsOf(rulebook: Rulebook, of: Provision): Generator<Slip> {
  const { kind } = of.rule
  const { shape } = ruleCodecs[kind]
  const written = writeRule(of.rule)
  for (const [what, block] of otherwise(shape, written, idsOf(rulebook), '')) {
    if (!isMap(block)) continue
    const read = readBlock(treeOf({ ...block, kind }))
    if (read.kind === 'fail' || read.value.kind !== 'rule') continue
    const { rule } = read.value
    const provisions = rulebook.provisions.map((p): Provision => (p === of ? { ...p, rule } : p))
    yield { what: `${[kind, idOf(of.rule)].filter((w) => w !== null).join(' ')}${what}`, rulebook: { ...rulebook, provisions } }
  }
}

/** Names that stand for something of the wanted sort: those of the rulebook. */
function idsOf(rulebook: Rulebook): Ids {
  const ids = (kinds: readonly RuleKind[]): readonly string[] =>
    rulebook.provisions.flatMap(({ rule }) => {
      const id = idOf(rule)
      return id !== null && kinds.includes(rule.kind) ? [id] : []
    })
  const states = rulebook.provisions.flatMap(({ rule }) => (rule.kind === 'standing' ? Object.keys(writtenStates(rule)) : []))
  const stages = rulebook.provisions.flatMap(({ rule }) => (rule.kind === 'procedure' ? rule.stages.map((s) => s.id) : []))
  const seats = rulebook.provisions.flatMap(({ rule }) => (rule.kind === 'body' ? rule.seats.map((s) => s.id) : []))
  return (to) => {
    if (to === null) return []
    if (typeof to !== 'string') return ids(to)
    if (to === 'state') return states
    if (to === 'seat') return seats
    if (to === 'clause') return rulebook.provisions.slice(0, 3).map((p) => p.clause)
    return to === 'stage' ? stages : ['notice', 'propose', 'meeting', ...stages]
  }
}
const writtenStates = (rule: Extract<Provision['rule'], { readonly kind: 'standing' }>): object => {
  const written = writeRule(rule)
  return typeof written === 'object' && 'states' in written ? (written['states'] as object) : {}
}

/** A value of a shape with one thing in it otherwise. One case a shape: a table. */
function* otherwise(shape: Shape, value: Plain, ids: Ids, path: string): Generator<readonly [what: string, Plain]> {
  switch (shape.kind) {
    case 'fields': {
      if (isMap(value)) yield* fieldsOtherwise(shape, value, ids, path)
      return
    }
    case 'stages': {
      if (!isMap(value)) return
      for (const [key, stage] of Object.entries(value)) {
        const kind = isMap(stage) && typeof stage['do'] === 'string' ? stage['do'] : key
        const inner = shape.kinds[kind]
        if (inner === undefined || !isMap(stage)) continue
        const { do: said, ...own } = stage
        for (const [what, other] of otherwise(inner, own, ids, `${path} ${key}`))
          yield [what, { ...value, [key]: { ...(said === undefined ? {} : { do: said }), ...(other as object) } }]
        if (Object.keys(value).indexOf(key) > 0) yield [`${path} ${key}: left out`, without(value, key)]
      }
      return
    }
    case 'list': {
      const items = Array.isArray(value) ? (value as readonly Plain[]) : [value]
      if (items.length > shape.least) yield [`${path}: without the last`, items.slice(0, -1)]
      for (const [i, item] of items.slice(0, 2).entries())
        for (const [what, other] of otherwise(shape.item, item, ids, `${path}.${i}`)) yield [what, items.with(i, other)]
      for (const added of someValues(shape.item, ids).slice(0, 3)) yield [`${path}: and ${said(added)}`, [...items, added]]
      return
    }
    case 'table': {
      if (!isMap(value)) return
      for (const [key, inner] of Object.entries(value)) {
        yield [`${path} ${key}: left out`, without(value, key)]
        for (const [what, other] of otherwise(shape.value, inner, ids, `${path} ${key}`)) yield [what, { ...value, [key]: other }]
      }
      return
    }
    case 'either':
      for (const inner of shape.of) yield* otherwise(inner, value, ids, path)
      return
    default: {
      const others = [...(typeof value === 'string' ? numbersMoved(value) : []), ...someValues(shape, ids)]
      for (const other of new Set(others.map(said)))
        if (other !== said(value)) yield [`${path}: ${other}`, others.find((o) => said(o) === other) ?? other]
    }
  }
}

function* fieldsOtherwise(
  shape: Fields,
  value: { readonly [key: string]: Plain },
  ids: Ids,
  path: string,
): Generator<readonly [what: string, Plain]> {
  for (const [key, inner] of Object.entries({ ...shape.required, ...shape.optional })) {
    // The name of a rule is what others know it by.
    if (key === 'id' || key === 'kind') continue
    const at = `${path} ${key}`
    const known = value[key]
    if (known === undefined) {
      for (const added of someValues(inner, ids)) yield [`${at}: ${said(added)}`, { ...value, [key]: added }]
      continue
    }
    if (!(key in shape.required)) yield [`${at}: left out`, without(value, key)]
    for (const [what, other] of otherwise(inner, known, ids, at)) yield [what, { ...value, [key]: other }]
  }
}

const isMap = (value: Plain): value is { readonly [key: string]: Plain } => typeof value === 'object' && !Array.isArray(value)
const without = (value: { readonly [key: string]: Plain }, key: string): Plain =>
  Object.fromEntries(Object.entries(value).filter(([k]) => k !== key))
const said = (value: Plain): string => (typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', ''))
/** Each number of a text one less and one more. */
const numbersMoved = (text: string): readonly string[] =>
  [...text.matchAll(/\d+/g)].flatMap(({ 0: digits, index }) =>
    [-1, 1].map((by) => {
      const moved = String(Math.max(0, Number(digits) + by)).padStart(digits.length, '0')
      return text.slice(0, index) + moved + text.slice(index + digits.length)
    }),
  )

/** Some values of a shape, other than those of any one rule. One case a shape: a table. */
function someValues(shape: Shape, ids: Ids): readonly Plain[] {
  switch (shape.kind) {
    case 'text':
      return shape.example === 'yes' ? ['yes', 'no'] : [shape.example]
    case 'expression':
      return expressionsOf(shape.of, ids)
    case 'word':
      return shape.words
    case 'id':
      return [...ids(shape.to).slice(0, 2), ...shape.except]
    case 'phrase': {
      const slots = Object.entries(shape.slots).map(([name, inner]) => [name, someValues(inner, ids)] as const)
      const many = Math.min(2, Math.max(1, ...slots.map(([, values]) => values.length)))
      return Array.from({ length: many }, (_, i) =>
        slots.reduce(
          (text, [name, values]) => text.replace(`<${name}>`, () => said(values[i % values.length] ?? '')),
          shape.pattern,
        ),
      )
    }
    case 'phrases':
    case 'either':
      return shape.of.flatMap((inner) => someValues(inner, ids))
    case 'list': {
      const items = someValues(shape.item, ids)
      return [...items.slice(0, 4).map((item) => [item]), ...(items.length > 1 ? [items.slice(0, 2)] : [])]
    }
    case 'table': {
      const [key] = someValues(shape.key, ids)
      return someValues(shape.value, ids)
        .slice(0, 3)
        .map((value) => ({ [said(key ?? 'one')]: value }))
    }
    case 'fields':
      return someFields(shape, ids)
    case 'stages':
      return []
  }
}

/** The least of a map of fields, with each other key it may have, and with all of them. */
function someFields(shape: Fields, ids: Ids): readonly Plain[] {
  const first = (shapes: Shapes, keys: readonly string[]): Readonly<Record<string, Plain>> =>
    Object.fromEntries(
      keys.flatMap((key): (readonly [string, Plain])[] => {
        const inner = shapes[key]
        const value = inner === undefined ? undefined : someValues(inner, ids)[0]
        return value === undefined ? [] : [[key, value]]
      }),
    )
  const least = {
    ...first(shape.required, Object.keys(shape.required)),
    ...first(
      shape.optional,
      shape.either.flatMap((keys) => keys.slice(0, 1)),
    ),
  }
  const free = Object.keys(shape.optional).filter((key) => !shape.either.flat().includes(key))
  return [
    least,
    ...free.map((key) => ({ ...least, ...first(shape.optional, [key]) })),
    { ...least, ...first(shape.optional, free) },
  ]
}

function expressionsOf(of: ExpressionName, ids: Ids): readonly string[] {
  const [body = 'committee'] = ids(['body'])
  const [electorate = 'members'] = ids(['electorate'])
  const [office = 'chair'] = ids(['office'])
  const texts: Readonly<Record<ExpressionName, readonly string[]>> = {
    duration: ['2 hours', '3 days', '30 clear days', '1 months', '6 years'],
    amount: ['3 people', `1/3 of electorate ${electorate}`, '500 GBP per month', '9 seats'],
    threshold: ['at least 3/4 of seats', 'more than 1/3 of seated', 'at least 7 people', 'more than 1/2 of roll'],
    condition: [
      'yes at least 3/4 of seats',
      'yes more than 1/2 of present',
      'present at least 9 seats',
      'present more than 1/2 of seated',
      'turnout at least 40% of roll',
      'yes of class union at least 1/2 of seats of class union',
      `yes at least 9 votes or bodies-for at least 2 bodies`,
    ],
    moment: ['2026-06-01', '3 days before meeting', '10 days after propose', '2 clear days before notice'],
    who: ['class member', `in ${body}`, `office ${office}`, 'age at least 16', 'joined by 28 days before notice'],
    actors: ['rule', body, office, `seat on ${body}`, `electorate ${electorate}`, `3 people of electorate ${electorate}`],
    vote: [`${body} by at least 3/4 of seats`, `${electorate} by more than 1/2 of votes-cast`],
  }
  return texts[of]
}
