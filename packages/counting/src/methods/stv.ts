// The transferable votes, by name, with their counts under bounds.
import { asIf, bounded } from './bounded.ts'
import { ers97Method } from './ers97.ts'
import { meekReferenceMethod, nzMeekMethod, nzParams } from './meek.ts'
import type { MethodEntry } from './method.ts'
import { scottishMethod } from './scottish.ts'

/** All of them. */
export const transferableMethods: readonly MethodEntry[] = [
  { ...scottishMethod, bounded: () => bounded('scottish-stv@1', {}), asIf: () => asIf('scottish-stv@1', {}) },
  {
    ...nzMeekMethod,
    bounded: (given) => bounded('nz-meek@1', nzParams(given)),
    asIf: (given) => asIf('nz-meek@1', nzParams(given)),
  },
  { ...meekReferenceMethod, bounded: () => bounded('meek-reference@1', {}), asIf: () => asIf('meek-reference@1', {}) },
  { ...ers97Method, bounded: () => bounded('ers97@1', {}), asIf: () => asIf('ers97@1', {}) },
]
