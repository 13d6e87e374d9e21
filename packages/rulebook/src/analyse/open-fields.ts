import { cite, type Provision, type Rulebook, type Unresolved } from '../language/model.ts'
import { readBlock } from '../language/parse.ts'
import type { Tree } from '../language/tree.ts'
import { readTree } from '../yaml/read-tree.ts'
import type { Shape } from '../language/shape.ts'
import { shapeAt, valuesOf } from './shape-values.ts'
import type { Taken } from './answer.ts'

/** One way to read a clause that leaves fields open: the rule it then is, and what was taken for each field. */
export type Reading = { readonly provision: Provision; readonly taken: readonly Taken[] }

// A clause with more combinations of readings than this is read with the first of each field that is left over.
const readingsMax = 64

/**
 * What is cheapest to an attempt, by the name of the key: windows to collect support are long, terms in which opponents may act are short,
 * silence counts as consent, and whoever must approve is easily satisfied. Several values: the first that the schema takes there. A field that
 * is not here, and that the rule can do without, is left out: a limit that nobody knows limits nobody.
 */
const cheapest: Readonly<Record<string, readonly string[]>> = {
  window: ['1 years'],
  within: ['1 minute'],
  'decide-within': ['1 minute'],
  clear: ['0 clear days'],
  notice: ['0 days'],
  agenda: ['0 days'],
  every: ['on case'],
  period: ['1 minute'],
  lasts: ['0 minutes'],
  term: ['1 year'],
  expires: ['1 year'],
  timeout: ['agreed', 'passed', 'certified', 'dismissed', 'admitted', 'stands', 'opens at 24:00 on the 1st day'],
  lapsed: ['count'],
  withdraw: ['no'],
  need: ['at least 1 people'],
  quorum: ['present at least 1 seats'],
  decides: ['{pass: [yes at least 1 votes], tie: carried}'],
  pass: ['[yes at least 1 votes]'],
  tie: ['carried', 'casting vote'],
  abstain: ['not cast'],
  secret: ['yes'],
  method: ['yes-no', 'block-vote'],
  'late-evidence': ['none'],
  'cut-off': ['propose'],
  'deemed-received': ['{}'],
  at: ['end of propose', 'propose'],
  'ceases-when': ['not standing active'],
  'sound-when': ['at least 0 people'],
  evidence: ['declared', 'statement'],
  vacancy: ['{fill: co-opt}'],
  fill: ['co-opt'],
  holders: ['1'],
  question: ['motion'],
  stay: ['no', '{effect: no}'],
  holidays: ['[]'],
  grounds: ['[]', '[none-known]'],
  timetable: ['{by: rule, within: 1 minute, timeout: opens at 24:00 on the 1st day}'],
  'if-short': ['leave empty'],
}
type Path = readonly string[]
type Open = { readonly path: Path; readonly readings: readonly { readonly name: string; readonly tree: Tree }[] | null }

/** Fields that are `unknown`, or have readings of which none is ratified, wherever they stand in a block. */
function openIn(tree: Tree, path: Path = []): readonly Open[] {
  if (tree.kind === 'text') return tree.text === 'unknown' ? [{ path, readings: null }] : []
  if (tree.kind === 'open') return []
  if (tree.kind === 'list') return tree.items.flatMap((item, i) => openIn(item, [...path, String(i)]))
  const readings = tree.entries.find((e) => e.key === 'readings')?.value
  if (readings?.kind === 'map') {
    if (tree.entries.some((e) => e.key === 'ratified')) return []
    return [{ path, readings: readings.entries.map((e) => ({ name: e.key, tree: e.value })) }]
  }
  return tree.entries.flatMap((e) =>
    e.key === 'basis' || e.key === 'names' || e.key === 'terms' ? [] : openIn(e.value, [...path, e.key]),
  )
}

/** The tree with the value at a path put in its place; null takes the key or item out. */
function put(tree: Tree, path: Path, value: Tree | null): Tree {
  const [head, ...rest] = path
  if (head === undefined) return value ?? tree
  if (tree.kind === 'list') {
    const items = tree.items.flatMap((item, i) =>
      String(i) !== head ? [item] : rest.length === 0 ? (value === null ? [] : [value]) : [put(item, rest, value)],
    )
    return { ...tree, items }
  }
  if (tree.kind !== 'map') return tree
  const entries = tree.entries.flatMap((e) =>
    e.key !== head
      ? [e]
      : rest.length === 0
        ? value === null
          ? []
          : [{ ...e, value }]
        : [{ ...e, value: put(e.value, rest, value) }],
  )
  return { ...tree, entries }
}

// A few hundred different values are ever tried on one rulebook, and each many times.
const trees = new WeakMap<Rulebook, Map<string, Tree | null>>()

function treeOf(rulebook: Rulebook, text: string): Tree | null {
  const read = trees.get(rulebook) ?? new Map<string, Tree | null>()
  const made = read.get(text) ?? readValue(text)
  trees.set(rulebook, read.set(text, made))
  return made
}

function readValue(text: string): Tree | null {
  const read = readTree(`value: ${text}`, 1)
  return read.kind === 'ok' && read.value.kind === 'map' ? (read.value.entries[0]?.value ?? null) : null
}

/** Values to try for an unknown field, in order; null stands for leaving it out. */
function candidates(rulebook: Rulebook, key: string, shape: Shape | null): readonly (string | null)[] {
  const values = Object.hasOwn(cheapest, key) ? (cheapest[key] ?? []) : []
  return [...values, null, ...(shape === null ? [] : valuesOf(rulebook, shape))]
}

type Filled = { readonly tree: Tree; readonly values: readonly { readonly path: Path; readonly value: string }[] }

/** Fills every unknown field of a tree with the first value the schema takes there; null when none does. Readings may stay open. */
function filled(rulebook: Rulebook, tree: Tree, open: readonly Open[], given: (path: Path) => string | null): Filled | null {
  const values: { path: Path; value: string }[] = []
  let current = tree
  // From the last path to the first, so that taking an item out of a list moves none that is still to come.
  for (const { path } of open.toReversed()) {
    const settled = given(path)
    const key = path.at(-1) ?? ''
    const tries =
      settled === null ? candidates(rulebook, /^\d+$/.test(key) ? (path.at(-2) ?? '') : key, shapeAt(tree, path)) : [settled]
    const fits = firstThatReads(rulebook, current, path, tries)
    if (fits === null) return null
    current = fits.tree
    values.unshift({ path, value: fits.value ?? 'nothing' })
  }
  return { tree: current, values }
}

/** Fields still open are no fault of a block, so each value can be tried by itself. */
function firstThatReads(
  rulebook: Rulebook,
  tree: Tree,
  path: Path,
  tries: readonly (string | null)[],
): { tree: Tree; value: string | null } | null {
  for (const value of tries) {
    const tried = put(tree, path, value === null ? null : treeOf(rulebook, value))
    if (readBlock(tried).kind === 'ok') return { tree: tried, value }
  }
  return null
}

/** Every choice of one reading per field, the first readings first. */
function combinations(open: readonly Open[]): readonly ReadonlyMap<Open, number>[] {
  let all: readonly ReadonlyMap<Open, number>[] = [new Map()]
  for (const o of open) {
    const many = (o.readings ?? []).map((_, i) => i)
    if (all.length * many.length > readingsMax) all = all.map((m) => new Map([...m, [o, 0]]))
    else all = all.flatMap((m) => many.map((i) => new Map([...m, [o, i]])))
  }
  return all
}

/** The ways to read a clause that leaves fields open; empty when no value the schema takes can be found for one of them. */
export function readingsOf(rulebook: Rulebook, open: Unresolved, settled: Readonly<Record<string, string>>): readonly Reading[] {
  const block = rulebook.clauses.get(open.clause)?.block
  const tree = block == null ? null : readTree(block.source, 1)
  if (tree?.kind !== 'ok') return []
  const clause = cite(rulebook, open.clause)
  const given = (path: Path): string | null => {
    const key = `${open.clause} ${path.join('.')}`
    return Object.hasOwn(settled, key) ? (settled[key] ?? null) : null
  }
  const fields = openIn(tree.value)
  const withReadings = fields.filter((f) => f.readings !== null)
  // A reading settled by hand leaves no choice; one settled by a text of its own is filled in like an unknown.
  const chosen = (f: Open): boolean => f.readings?.some((r) => r.name === given(f.path)) ?? false
  const free = withReadings.filter((f) => given(f.path) === null)
  const unknown = fields.filter((f) => f.readings === null || (given(f.path) !== null && !chosen(f)))
  const known = filled(rulebook, tree.value, unknown, given)
  if (known === null) return []
  const takenFrom = (values: Filled['values']): readonly Taken[] =>
    values.map(({ path, value }) => ({
      clause,
      field: path.join('.'),
      value,
      because: given(path) === null ? 'unknown' : 'settled',
    }))
  return combinations(free).flatMap((combination): readonly Reading[] => {
    let current = known.tree
    const taken: Taken[] = []
    for (const f of withReadings) {
      const index = combination.get(f)
      const reading = f.readings?.find((r, i) => (index === undefined ? r.name === given(f.path) : i === index))
      if (reading === undefined) continue
      current = put(current, f.path, reading.tree)
      taken.push({ clause, field: f.path.join('.'), value: reading.name, because: index === undefined ? 'settled' : 'reading' })
    }
    // What is unknown inside a reading is filled like any other.
    const inner = filled(rulebook, current, openIn(current), given)
    const block = inner === null ? null : readBlock(inner.tree)
    if (inner === null || block?.kind !== 'ok' || block.value.kind !== 'rule') return []
    const { rule, names, terms, basis } = block.value
    const provision: Provision = { clause: open.clause, rule, names, terms, basis }
    return [{ provision, taken: [...taken, ...takenFrom(known.values), ...takenFrom(inner.values)] }]
  })
}
