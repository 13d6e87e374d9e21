import { assert } from '@quorate/kernel'
import fc from 'fast-check'
import { ruleCodecs, type RuleKind } from '../src/language/model.ts'
import { ruleKinds } from '../src/schema/kinds.ts'
import type { Shape, Shapes, Target } from '../src/language/shape.ts'
import { anchorsOf, expressionTexts, type Pools } from './arbitrary-expressions.ts'
import type { Plain } from './blocks.ts'

/** Names enough for every target of the schema. */
export const pools: Pools = {
  body: ['committee', 'panel', 'local-group'],
  office: ['returning-officer', 'secretary', 'registrar'],
  electorate: ['members', 'group-secretaries'],
  class: ['member', 'union'],
  attribute: ['gender', 'party'],
  value: ['woman', 'man', 'shown'],
  fact: ['emergency', 'legal-advice'],
  procedure: ['amend', 'petition'],
  appeal: ['appeal', 'review'],
  meeting: ['agm'],
  service: ['notice-by-post'],
  conduct: ['code'],
  superior: ['national'],
  state: ['active', 'lapsed', 'suspended'],
  seat: ['ordinary', 'groups', 'lot'],
  stage: ['first', 'second', 'third', 'fourth'],
  clause: ['1', '2', '3.1', '7.2'],
  other: ['not-a-rule-change', 'under-age', 'warning', 'pay'],
}

type Making = { readonly pools: Pools; readonly texts: ReturnType<typeof expressionTexts> }

const namesFor = (to: Target | null, p: Pools): readonly string[] => {
  if (to === null) return p.other
  if (to === 'anchor') return anchorsOf(p)
  if (typeof to === 'string') return p[to]
  return to.flatMap((kind) => (kind in p ? p[kind as keyof Pools] : []))
}

const zones = fc.constantFrom('Europe/London', 'Europe/Dublin', 'Pacific/Auckland')

/** A random value of a shape, as a block would have it. One case per shape: a table. */
function arbitraryOf(shape: Shape, m: Making): fc.Arbitrary<Plain> {
  switch (shape.kind) {
    case 'text':
      return shape.what.startsWith('an IANA zone') ? zones : fc.stringMatching(new RegExp(`^${shape.pattern}$`))
    case 'expression':
      return m.texts[shape.of]
    case 'word':
      return fc.constantFrom(...shape.words)
    case 'id':
      return fc.constantFrom(...namesFor(shape.to, m.pools), ...shape.except)
    case 'phrase':
      return arbitraryPhrase(shape, m)
    case 'phrases':
      return fc.oneof(...shape.of.map((p) => arbitraryPhrase(p, m)))
    case 'either':
      return fc.oneof(...shape.of.map((s) => arbitraryOf(s, m)))
    case 'list':
      return fc.array(arbitraryOf(shape.item, m), { minLength: shape.least, maxLength: Math.max(2, shape.least) })
    case 'table':
      return fc
        .uniqueArray(fc.tuple(arbitraryOf(shape.key, m), arbitraryOf(shape.value, m)), {
          minLength: 1,
          maxLength: 3,
          selector: ([key]) => key,
        })
        .map((rows) => Object.fromEntries(rows) as Plain)
    case 'fields':
      return arbitraryFields(shape, m)
    case 'stages':
      return arbitraryStages(shape.kinds, m)
  }
}

function arbitraryPhrase(shape: Extract<Shape, { readonly kind: 'phrase' }>, m: Making): fc.Arbitrary<string> {
  const slots = Object.entries(shape.slots)
  return fc.tuple(...slots.map(([, slot]) => arbitraryOf(slot, m))).map((values) =>
    slots.reduce((text, [name], i) => {
      const value = values[i]
      return text.replace(`<${name}>`, () => (typeof value === 'string' ? value : ''))
    }, shape.pattern),
  )
}

function arbitraryFields(shape: Extract<Shape, { readonly kind: 'fields' }>, m: Making): fc.Arbitrary<Plain> {
  const grouped = new Set(shape.either.flat())
  const always = Object.entries(shape.required)
  const sometimes = Object.entries(shape.optional).filter(([key]) => !grouped.has(key))
  const entry = (key: string, s: Shape): fc.Arbitrary<readonly [string, Plain]> =>
    arbitraryOf(s, m).map((value) => [key, value] as const)
  const required = fc.tuple(...always.map(([key, s]) => entry(key, s)))
  const chosen = fc.tuple(...shape.either.map((keys) => fc.oneof(...keys.map((key) => entry(key, inner(shape.optional, key))))))
  const optional = fc.tuple(...sometimes.map(([key, s]) => fc.option(entry(key, s), { freq: 1 })))
  // For a map that may not be empty, one entry stands by in case chance left all of them out.
  const spare = shape.some ? fc.oneof(...sometimes.map(([key, s]) => entry(key, s))) : fc.constant(null)
  return fc.tuple(required, chosen, optional, spare).map(([all, either, some, last]) => {
    const entries = [...all, ...either, ...some.filter((e) => e !== null)]
    return Object.fromEntries(entries.length === 0 && last !== null ? [last] : entries)
  })
}

function inner(shapes: Shapes, key: string): Shape {
  const shape = shapes[key]
  assert(shape !== undefined, `a shape for ${key}`)
  return shape
}

/** Stages under the ids of the pool; one that is not named after its kind says what it does. */
function arbitraryStages(kinds: Shapes, m: Making): fc.Arbitrary<Plain> {
  const stage = fc.oneof(
    ...Object.entries(kinds).map(([kind, shape]) =>
      arbitraryOf(shape, m).map((fields): Plain => ({ ...(fields as object), do: kind })),
    ),
  )
  return fc
    .tuple(
      fc.shuffledSubarray([...m.pools.stage], { minLength: 1, maxLength: 4 }),
      fc.array(stage, { minLength: 4, maxLength: 4 }),
    )
    .map(([ids, stages]) => Object.fromEntries<Plain>(ids.map((id, i) => [id, stages[i] ?? ''])))
}

/** A random block of a kind over the pools, as written: it reads without a fault. */
export function arbitraryBlock(kind: RuleKind, p: Pools = pools): fc.Arbitrary<Plain> {
  const m: Making = { pools: p, texts: expressionTexts(p) }
  return arbitraryOf(ruleCodecs[kind].shape, m).map((fields) => ({ kind, ...(fields as object) }))
}

const singles = new Set<RuleKind>(ruleKinds.filter((kind) => !JSON.stringify(Object.keys(ownKeys(kind))).includes('"id"')))
function ownKeys(kind: RuleKind): Shapes {
  const { shape } = ruleCodecs[kind]
  return shape.kind === 'fields' ? shape.required : {}
}
/** Kinds whose rules have an id of their own, with the pool their ids come from. */
const definers: readonly (keyof Pools & RuleKind)[] = [
  'body',
  'office',
  'electorate',
  'class',
  'attribute',
  'fact',
  'procedure',
  'appeal',
  'meeting',
  'service',
  'conduct',
]

/** A block as it stands in a text: one key a line, values in flow style. */
export const blockText = (block: Plain): string =>
  typeof block === 'string'
    ? block
    : Object.entries(block)
        .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
        .join('\n')

/** A text of clauses that hold blocks, numbered from 1 on. */
const rulebookText = (blocks: readonly Plain[]): string =>
  ['# A rulebook', ...blocks.map((b, i) => `## ${i + 1} Clause ${i + 1}\n\`\`\`rule\n${blockText(b)}\n\`\`\``)].join('\n')

/**
 * Random rulebooks in which every name that the pools offer is defined, so that references hold: a rule for each id of each kind that has ids,
 * and each kind that stands once with even chance. What they say is random, so few could run.
 */
export function arbitraryRulebook(): fc.Arbitrary<{ readonly text: string; readonly blocks: readonly Plain[] }> {
  const calendar = arbitraryBlock('calendar')
  const defined = definers.flatMap((kind) =>
    pools[kind].map((id) => arbitraryBlock(kind).map((block) => ({ ...(block as object), id }))),
  )
  const once = [...singles].filter((kind) => kind !== 'calendar').map((kind) => fc.option(arbitraryBlock(kind), { freq: 1 }))
  return fc.tuple(calendar, fc.tuple(...defined), fc.tuple(...once)).map(([first, rules, maybe]) => {
    const blocks = [first, ...rules, ...maybe.filter((b) => b !== null)]
    return { text: rulebookText(blocks), blocks }
  })
}
