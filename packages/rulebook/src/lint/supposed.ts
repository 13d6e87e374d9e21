import type { Codec } from '../codec.ts'
import { ruleCodecs, type Provision, type Rule, type Rulebook, type RuleKind } from '../model.ts'
import { readTree, type Tree, type TreeEntry } from '../tree.ts'

/** What is written by hand for a key that must be there: the most harmless rule of its kind, so that nothing is found in it. */
type Plain = string | readonly Plain[] | { readonly [key: string]: Plain }
const majority = ['yes more than 1/2 of for-and-against']
const byKey: { readonly [key: string]: readonly Plain[] } = {
  quorum: ['present more than 1/2 of seats'],
  decides: [{ pass: majority, tie: 'falls' }],
  pass: [majority],
  seats: [[{ id: 'unknown' }]],
  timetable: [{ by: 'unknown', within: '7 days', timeout: 'opens at 12:00 on the 8th day' }],
  ratify: [{ by: 'unknown', within: '7 days', timeout: 'lapses' }],
  removed: ['unknown by more than 1/2 of seats'],
  filled: ['appointed by unknown'],
  who: ['electorate unknown'],
  'everyone-in': ['electorate unknown'],
  at: ['end of unknown'],
  to: ['electorate unknown'],
  signers: ['electorate unknown'],
  again: ['after 1 year'],
}
/** Tried in this order where the key says nothing: names, words of outcome, lengths, amounts, moments. */
const anyKey: readonly Plain[] = [
  'fallen',
  'falls',
  'refused',
  'dismissed',
  'certified',
  'lapses',
  'no',
  'do not count',
  'until met',
  'leave empty',
  'not cast',
  'none',
  'declared',
  'document',
  'at least 1 people',
  '1 year',
  '1',
  'Europe/London',
  ['unknown'],
  [],
  {},
]

const keyOf = (at: Tree['at']): string => `${at.line}:${at.column}`
const treeAt = (plain: Plain, at: Tree['at']): Tree => {
  if (typeof plain === 'string') return { kind: 'text', text: plain, at }
  if (Array.isArray(plain)) return { kind: 'list', items: (plain as readonly Plain[]).map((item) => treeAt(item, at)), at }
  const entries = Object.entries(plain).map(([key, value]): TreeEntry => ({ key, keyAt: at, value: treeAt(value, at) }))
  return { kind: 'map', entries, at }
}

/** An unknown field: where it stands, under which key, in which map or list. */
type Gap = { readonly key: string; readonly within: string; tried: number }

/**
 * Rules with an unknown field, read as far as they go: the first of its readings in the place of each field that has several, and the most harmless
 * supposition in the place of each unknown one, so that a hole in the fields that are known is found all the same. An unknown id stays the id
 * `unknown`. A rule that cannot be read this way is left out. Nothing here is ever in force: it is for finding holes only.
 */
export function supposedRules(rulebook: Rulebook): readonly Provision[] {
  return rulebook.unresolved.flatMap(({ clause, kind }) => {
    const block = rulebook.clauses.get(clause)?.block ?? null
    const tree = block === null ? null : readTree(block.source, block.line)
    if (tree?.kind !== 'ok' || tree.value.kind !== 'map') return []
    const rule = suppose(kind, tree.value)
    return rule === null ? [] : [{ clause, rule, names: null }]
  })
}

function suppose(kind: RuleKind, tree: Extract<Tree, { readonly kind: 'map' }>): Rule | null {
  const entries = tree.entries.filter((e) => !['kind', 'basis', 'names'].includes(e.key))
  const plain = firstReading({ ...tree, entries })
  const gaps = gapsOf(plain, 'rule', '', new Map())
  const codec = ruleCodecs[kind] as Codec<object>
  // Each round moves one gap one step on, so this ends; the bound is for a block of nothing but gaps.
  for (let round = 0; round < 30 * gaps.size + 1; round++) {
    const filled = fill(plain, gaps)
    const read = filled === null ? null : codec.read(filled)
    if (read === null) return null
    // The codec of `kind` read the fields; with the kind they are exactly that member of the union.
    if (read.kind === 'ok') return { kind, ...read.value } as Rule
    const place = keyOf(read.error.at)
    const dropped = [...gaps.values()].find((g) => g.tried === 1 && g.within === place && g.key === read.error.text)
    const gap = read.error.code === 'R0303' && dropped !== undefined ? dropped : gaps.get(place)
    if (gap === undefined || gap.tried > 1 + suppositions(gap).length) return null
    gap.tried += 1
  }
  return null
}

function firstReading(tree: Tree): Tree {
  if (tree.kind === 'text') return tree
  if (tree.kind === 'list') return { ...tree, items: tree.items.map(firstReading) }
  const readings = tree.entries.find((e) => e.key === 'readings')?.value
  const ratified = tree.entries.find((e) => e.key === 'ratified')?.value
  if (readings?.kind === 'map' && readings.entries[0] !== undefined) {
    const chosen = ratified?.kind === 'text' ? readings.entries.find((e) => e.key === ratified.text) : undefined
    return firstReading((chosen ?? readings.entries[0]).value)
  }
  return { ...tree, entries: tree.entries.map((e) => ({ ...e, value: firstReading(e.value) })) }
}

function gapsOf(tree: Tree, key: string, within: string, gaps: Map<string, Gap>): Map<string, Gap> {
  if (tree.kind === 'text') {
    if (tree.text === 'unknown') gaps.set(keyOf(tree.at), { key, within, tried: 0 })
  } else if (tree.kind === 'list') for (const item of tree.items) gapsOf(item, key, keyOf(tree.at), gaps)
  else for (const e of tree.entries) gapsOf(e.value, e.key, keyOf(tree.at), gaps)
  return gaps
}

const suppositions = (gap: Gap): readonly Plain[] => [...(byKey[gap.key] ?? []), ...anyKey]

/** The tree with each gap as it stands (0), left out (1), or with the next supposition. Null where a gap is left out. */
function fill(tree: Tree, gaps: ReadonlyMap<string, Gap>): Tree | null {
  if (tree.kind === 'text') {
    const gap = tree.text === 'unknown' ? gaps.get(keyOf(tree.at)) : undefined
    if (gap === undefined || gap.tried === 0) return tree
    const supposition = gap.tried === 1 ? undefined : suppositions(gap)[gap.tried - 2]
    return supposition === undefined ? null : treeAt(supposition, tree.at)
  }
  if (tree.kind === 'list') return { ...tree, items: tree.items.flatMap((item) => fill(item, gaps) ?? []) }
  const entries = tree.entries.flatMap((e) => {
    const value = fill(e.value, gaps)
    return value === null ? [] : [{ ...e, value }]
  })
  return { ...tree, entries }
}
