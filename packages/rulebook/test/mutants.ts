import type { Plain } from './blocks.ts'

type Path = readonly (string | number)[]
const isMap = (p: Plain | undefined): p is { readonly [key: string]: Plain } => typeof p === 'object' && !Array.isArray(p)
const isList = (p: Plain | undefined): p is readonly Plain[] => Array.isArray(p)

/** Every place of a block, deepest last. */
function places(p: Plain, path: Path = []): readonly Path[] {
  if (typeof p === 'string') return [path]
  const within = isList(p) ? p.map((v, i) => places(v, [...path, i])) : Object.entries(p).map(([k, v]) => places(v, [...path, k]))
  return [path, ...within.flat()]
}
const at = (p: Plain | undefined, path: Path): Plain | undefined =>
  path.reduce<Plain | undefined>(
    (v, k) => (v === undefined || typeof v === 'string' ? undefined : (v as Record<string, Plain>)[k]),
    p,
  )
function put(p: Plain, path: Path, value: Plain | null): Plain {
  const [key, ...rest] = path
  if (key === undefined || typeof p === 'string') return value ?? ''
  if (isList(p))
    return rest.length === 0 && value === null
      ? p.filter((_, i) => i !== key)
      : p.map((v, i) => (i === key ? put(v, rest, value) : v))
  return Object.fromEntries(
    Object.entries(p).flatMap(([k, v]): [string, Plain][] =>
      k !== key ? [[k, v]] : rest.length === 0 && value === null ? [] : [[k, put(v, rest, value)]],
    ),
  )
}

/** One token of a text replaced by a token of another. */
function retold(text: string, other: string, i: number, j: number): string {
  const [mine, theirs] = [text.split(' '), other.split(' ')]
  return mine.map((word, at) => (at === i % mine.length ? (theirs[j % theirs.length] ?? word) : word)).join(' ')
}
const leaves = (p: Plain): readonly string[] =>
  places(p).flatMap((path) => {
    const leaf = at(p, path)
    return typeof leaf === 'string' ? [leaf] : []
  })

/** What a slip of the pen might make of a block: a part left out, a part of another block in its place, a word changed. */
export function mutants(block: Plain, other: Plain, dice: readonly number[]): readonly Plain[] {
  const [a = 0, b = 0, c = 0, d = 0] = dice
  const paths = places(block).filter((path) => path.length > 0 && path[0] !== 'kind')
  const path = paths[a % paths.length] ?? []
  const own = at(block, path)
  const theirs = at(other, path)
  const texts = leaves(other)
  const added = isMap(own) && isMap(theirs) ? put(block, path, { ...theirs, ...own }) : null
  const longer = isList(own) && isList(theirs) ? put(block, path, [...own, ...theirs]) : null
  return [
    put(block, path, null),
    ...(theirs === undefined ? [] : [put(block, path, theirs)]),
    ...(added === null ? [] : [added]),
    ...(longer === null ? [] : [longer]),
    ...(isList(own) ? [put(block, path, own.toReversed())] : []),
    ...(typeof own === 'string'
      ? [put(block, path, retold(own, texts[b % texts.length] ?? '', c, d)), put(block, path, own.replace(/\d+/, String(b)))]
      : []),
  ]
}
