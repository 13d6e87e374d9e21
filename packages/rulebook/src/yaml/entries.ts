import type { Position } from '../language/diagnostic.ts'
import { refuse, refuseHere, type Source } from './source.ts'

/** How deep the nodes of a block nest; the longest block of the trial rulebooks is 4 deep. The bound keeps hostile text from costing stack. */
export const depthMax = 12

/** Refuses a node that stands deeper than {@link depthMax}. */
export const tooDeep = (s: Source): null => refuseHere(s, 'R0204', `at most ${depthMax} levels`)

// YAML 1.2.2, 7.4: a key on its line has at most so many characters.
const keyMax = 1024

/** Notes a key of a map; null with a fault when the map has it, or a key cannot be that. */
export function entryOf(s: Source, keys: Set<string>, key: string, at: Position): string | null {
  if (key === '<<') return refuse(s, 'R0201', at, key, 'no merge keys')
  if (key.length > keyMax) return refuse(s, 'R0201', at, key, 'a key is a word')
  if (keys.has(key)) return refuse(s, 'R0203', at, key, 'a key stands once in a map')
  keys.add(key)
  return key
}
