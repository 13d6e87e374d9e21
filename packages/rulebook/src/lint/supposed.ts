import type { Codec } from '../language/codec.ts'
import { ruleCodecs, type Provision, type Rule, type Rulebook } from '../language/model.ts'
import type { ExpressionName, Shape } from '../language/shape.ts'
import type { Tree, TreeEntry } from '../language/tree.ts'
import { readTree } from '../yaml/read-tree.ts'

/** The most harmless thing that can be said of each kind, so that nothing is found in what is only supposed. */
const harmless: { readonly [K in ExpressionName]: string } = {
  duration: '1 year',
  amount: '1 people',
  threshold: 'at least 1 people',
  condition: 'yes more than 1/2 of for-and-against',
  moment: 'notice',
  who: 'electorate unknown',
  actors: 'unknown',
  vote: 'unknown by more than 1/2 of for-and-against',
}
// Where a choice of words is unknown the one that changes least; else the first.
const mildest = ['falls', 'fallen', 'refused', 'dismissed', 'lapses', 'no', 'leave empty']

/**
 * Rules with an unknown field, read as far as they go: the first of its readings in the place of each field that has several, and the most harmless
 * supposition in the place of each unknown one, so that a hole in the fields that are known is found all the same. An unknown id stays the id
 * `unknown`. Nothing here is ever in force: it is for finding holes only.
 */
export function supposedRules(rulebook: Rulebook): readonly Provision[] {
  return rulebook.unresolved.flatMap(({ clause, kind }) => {
    const block = rulebook.clauses.get(clause)?.block ?? null
    const tree = block === null ? null : readTree(block.source, block.line)
    if (tree?.kind !== 'ok' || tree.value.kind !== 'map') return []
    const entries = tree.value.entries.filter((e) => !['kind', 'basis', 'names', 'terms'].includes(e.key))
    const codec = ruleCodecs[kind] as Codec<object>
    const read = codec.read(whole({ ...tree.value, entries }, codec.shape))
    // The codec of `kind` read the fields; with the kind they are exactly that member of the union.
    return read.kind === 'ok' ? [{ clause, rule: { kind, ...read.value } as Rule, names: null, terms: null, basis: null }] : []
  })
}

const isUnknown = (tree: Tree): boolean => tree.kind === 'text' && tree.text === 'unknown'

/** The first reading of a field with readings, or the ratified one. */
function readingOf(tree: Tree): Tree {
  if (tree.kind !== 'map') return tree
  const readings = tree.entries.find((e) => e.key === 'readings')?.value
  if (readings?.kind !== 'map') return tree
  const ratified = tree.entries.find((e) => e.key === 'ratified')?.value
  const chosen = ratified?.kind === 'text' ? readings.entries.find((e) => e.key === ratified.text) : undefined
  return readingOf((chosen ?? readings.entries[0])?.value ?? tree)
}

/** A tree without gaps, of the shape it is read with. */
function whole(given: Tree, shape: Shape): Tree {
  const tree = readingOf(given)
  if (isUnknown(tree)) return supposed(shape, tree.at)
  if (tree.kind === 'list') {
    const item = shape.kind === 'list' ? shape.item : shape
    return { ...tree, items: tree.items.map((one) => whole(one, item)) }
  }
  if (tree.kind !== 'map') return tree
  return { ...tree, entries: tree.entries.flatMap((entry) => entryOf(entry, shape, tree)) }
}

function entryOf(entry: TreeEntry, shape: Shape, map: Extract<Tree, { readonly kind: 'map' }>): readonly TreeEntry[] {
  const put = (inner: Shape | undefined): TreeEntry =>
    inner === undefined ? entry : { ...entry, value: whole(entry.value, inner) }
  switch (shape.kind) {
    case 'fields': {
      const { required, optional, either } = shape
      const inner = optional[entry.key]
      // What may be left out is left out when it is unknown, unless it is the only one of a group of which one must stand.
      const needed = either.some(
        (keys) => keys.includes(entry.key) && map.entries.filter((e) => keys.includes(e.key)).length === 1,
      )
      if (inner !== undefined && isUnknown(readingOf(entry.value)) && !needed && !shape.some) return []
      return [put(required[entry.key] ?? inner)]
    }
    case 'table':
      return [put(shape.value)]
    case 'stages': {
      if (isUnknown(entry.value)) return []
      const own = entry.value.kind === 'map' ? entry.value.entries.find((e) => e.key === 'do')?.value : undefined
      return [put(shape.kinds[own?.kind === 'text' ? own.text : entry.key])]
    }
    case 'either':
      return entryOf(entry, shape.of.find((s) => s.kind === 'fields') ?? { kind: 'word', words: [] }, map)
    default:
      return [entry]
  }
}

const textAt = (text: string, at: Tree['at']): Tree => ({ kind: 'text', text, at })

function supposed(shape: Shape, at: Tree['at']): Tree {
  switch (shape.kind) {
    case 'text':
      return textAt(shape.example, at)
    case 'expression':
      return textAt(harmless[shape.of], at)
    case 'word':
      return textAt(mildest.find((word) => shape.words.includes(word)) ?? shape.words[0] ?? 'unknown', at)
    case 'id':
      return textAt('unknown', at)
    case 'phrase': {
      const slot = (name: string): string => {
        const inner = shape.slots[name]
        const tree = inner === undefined ? textAt('unknown', at) : supposed(inner, at)
        return tree.kind === 'text' ? tree.text : 'unknown'
      }
      return textAt(
        shape.pattern.replace(/<([a-zA-Z]+)>/g, (_, name: string) => slot(name)),
        at,
      )
    }
    case 'phrases':
    case 'either':
      return shape.of[0] === undefined ? textAt('unknown', at) : supposed(shape.of[0], at)
    case 'list':
      return { kind: 'list', items: Array.from({ length: shape.least }, () => supposed(shape.item, at)), at }
    case 'table':
    case 'stages':
      return { kind: 'map', entries: [], at }
    case 'fields': {
      const must = [...Object.keys(shape.required), ...shape.either.map((keys) => keys[0] ?? '')]
      const all = { ...shape.required, ...shape.optional }
      const entries = must.flatMap((key) => {
        const inner = all[key]
        return inner === undefined ? [] : [{ key, keyAt: at, value: supposed(inner, at) }]
      })
      return { kind: 'map', entries, at }
    }
  }
}
