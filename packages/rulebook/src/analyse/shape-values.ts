import { ruleCodecs, type Rulebook } from '../language/model.ts'
import type { Shape, Target } from '../language/shape.ts'
import type { Tree } from '../language/tree.ts'

/** The shape of what stands at a path of a block; null where the schema has nothing there. */
export function shapeAt(block: Tree, path: readonly string[]): Shape | null {
  const kind = block.kind === 'map' ? block.entries.find((e) => e.key === 'kind')?.value : undefined
  const name = kind?.kind === 'text' ? kind.text : ''
  if (!Object.hasOwn(ruleCodecs, name)) return null
  let shape: Shape | null = ruleCodecs[name as keyof typeof ruleCodecs].shape
  let at: Tree | undefined = block
  for (const key of path) {
    at = childOf(at, key)
    shape = shape === null ? null : inside(shape, key, at)
  }
  return shape
}

const childOf = (tree: Tree | undefined, key: string): Tree | undefined =>
  tree?.kind === 'map'
    ? tree.entries.find((e) => e.key === key)?.value
    : tree?.kind === 'list'
      ? tree.items[Number(key)]
      : undefined

function inside(shape: Shape, key: string, at: Tree | undefined): Shape | null {
  switch (shape.kind) {
    case 'fields':
      return shape.required[key] ?? shape.optional[key] ?? null
    case 'list':
      return shape.item
    case 'table':
      return shape.value
    case 'either':
      return shape.of.map((s) => inside(s, key, at)).find((s) => s !== null) ?? null
    case 'stages': {
      const own = at?.kind === 'map' ? at.entries.find((e) => e.key === 'do')?.value : undefined
      return shape.kinds[own?.kind === 'text' ? own.text : key] ?? null
    }
    default:
      return null
  }
}

// One value of each expression that is easily met.
const easy: Readonly<Record<string, string>> = {
  duration: '1 minute',
  amount: '1 people',
  threshold: 'at least 1 people',
  condition: 'yes at least 1 votes',
  moment: 'propose',
  who: 'standing active',
  actors: 'rule',
}

/** Values that fit a shape, as they would be written: each of its words, names the rulebook defines, an expression that is easily met. */
export function valuesOf(rulebook: Rulebook, shape: Shape): readonly string[] {
  switch (shape.kind) {
    case 'text':
      return [shape.example]
    case 'word':
      return shape.words
    case 'expression':
      return shape.of === 'vote' ? idsOf(rulebook, ['body']).map((id) => `${id} by at least 1 seats`) : [easy[shape.of] ?? '']
    case 'id':
      return shape.to === null ? ['nothing-known'] : idsOf(rulebook, shape.to)
    case 'phrase':
      return [phraseOf(rulebook, shape)]
    case 'phrases':
    case 'either':
      return shape.of.flatMap((s) => valuesOf(rulebook, s))
    case 'list':
      return shape.least === 0 ? ['[]'] : valuesOf(rulebook, shape.item).map((v) => `[${v}]`)
    case 'table':
      return ['{}']
    case 'fields':
      return [
        `{${Object.entries(shape.required)
          .map(([key, s]) => `${key}: ${valuesOf(rulebook, s)[0] ?? ''}`)
          .join(', ')}}`,
      ]
    case 'stages':
      return []
  }
}

const phraseOf = (rulebook: Rulebook, shape: Extract<Shape, { readonly kind: 'phrase' }>): string =>
  Object.entries(shape.slots).reduce(
    (text, [slot, of]) => text.replace(`<${slot}>`, valuesOf(rulebook, of)[0] ?? ''),
    shape.pattern,
  )

/** Ids of what a name may be the name of, as the rulebook defines them, also in clauses that leave something open. */
function idsOf(rulebook: Rulebook, to: Target): readonly string[] {
  if (to === 'clause') return rulebook.document.clauses.map((c) => c.id)
  if (to === 'stage' || to === 'anchor') return ['propose', ...idsOf(rulebook, ['electorate'])]
  if (to === 'state')
    return rulebook.provisions.flatMap((p) => (p.rule.kind === 'standing' ? p.rule.states.map((s) => s.key) : []))
  if (to === 'seat') return rulebook.provisions.flatMap((p) => (p.rule.kind === 'body' ? p.rule.seats.map((s) => s.id) : []))
  const known = rulebook.provisions.flatMap((p) => (to.includes(p.rule.kind) && 'id' in p.rule ? [p.rule.id] : []))
  return [...known, ...rulebook.unresolved.flatMap((u) => (to.includes(u.kind) && u.id !== null ? [u.id] : []))]
}
