// Methods by name, each loaded only when it is asked for: of some 160 files a count needs 60.
import type { Result } from '@quorate/kernel'
import { counterWith, entryIn, type ReadyToCount } from './choose.ts'
import type { ChoiceFault, Given, MethodEntry } from './method.ts'

type Load = () => Promise<readonly MethodEntry[]>

const single: Load = () => import('./single.ts').then(({ singleMethods }) => singleMethods)
const pairs: Load = () => import('./pairs.ts').then(({ pairMethods }) => pairMethods)

// Whatever is not here is found in the registry of all: rarer methods, unknown names.
const loads: Readonly<Record<string, Load>> = {
  'scottish-stv': () => import('./scottish.ts').then(({ scottishMethod }) => [scottishMethod]),
  'nz-meek': () => import('./meek.ts').then(({ nzMeekMethod }) => [nzMeekMethod]),
  'meek-reference': () => import('./meek.ts').then(({ meekReferenceMethod }) => [meekReferenceMethod]),
  ers97: () => import('./ers97.ts').then(({ ers97Method }) => [ers97Method]),
  irv: single,
  plurality: single,
  'block-vote': single,
  'limited-vote': single,
  choose: single,
  'two-round': single,
  borda: single,
  schulze: pairs,
  'ranked-pairs': pairs,
  minimax: pairs,
  copeland: pairs,
  debian: pairs,
}

/**
 * As `counterOf`, loading no more than the method needs. `underBounds`: whether bounds on who may be elected together will be given;
 * without it `bounded` may be null where the method has one.
 */
export async function counterNamed(name: string, given: Given, underBounds: boolean): Promise<Result<ReadyToCount, ChoiceFault>> {
  const bare = name.replace(/@\d+$/, '')
  const entries = underBounds || !Object.hasOwn(loads, bare) ? undefined : await loads[bare]?.()
  const entry = entryIn(entries ?? [], name)
  if (entry !== undefined) return counterWith(entry, given)
  const { counterOf } = await import('./registry.ts')
  return counterOf(name, given)
}
