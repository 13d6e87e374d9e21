import { canonicalJson, type Json } from '@quorate/kernel'

/** Where two values part: a path such as `/events/0/outcome`, and what stands there in each. */
export type Difference = { readonly path: string; readonly expected: string; readonly found: string }

/** The first place, in canonical order, at which two values of the record differ; null when they are the same. */
export function difference(expected: Json, found: Json, path = ''): Difference | null {
  if (canonicalJson(expected) === canonicalJson(found)) return null
  if (isBranch(expected) && isBranch(found) && Array.isArray(expected) === Array.isArray(found)) {
    const [a, b] = [childrenOf(expected), childrenOf(found)]
    for (const key of new Set([...a.keys(), ...b.keys()])) {
      const [mine, theirs] = [a.get(key), b.get(key)]
      const at = `${path}/${key}`
      if (mine === undefined || theirs === undefined) return { path: at, expected: shown(mine), found: shown(theirs) }
      const deeper = difference(mine, theirs, at)
      if (deeper !== null) return deeper
    }
  }
  return { path: path || '/', expected: shown(expected), found: shown(found) }
}

const shown = (value: Json | undefined): string => (value === undefined ? 'nothing' : canonicalJson(value))

type Branch = readonly Json[] | { readonly [key: string]: Json }
const isBranch = (value: Json): value is Branch => typeof value === 'object' && value !== null
const childrenOf = (value: Branch): ReadonlyMap<string, Json> => new Map<string, Json>(Object.entries(value))
