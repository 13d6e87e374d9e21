// The Scottish rules, by name.
import { countScottish } from '../transferable/scottish-stv.ts'
import type { MethodEntry } from './method.ts'
import { transferable, transferred } from './transferred.ts'

/** Bounds are added in stv.ts, for they bring a solver along. */
export const scottishMethod: MethodEntry = {
  ...transferable,
  id: 'scottish-stv@1',
  authority: 'Scottish Local Government Elections Order 2007, rules 45 to 52',
  clauseWord: 'rule',
  open: [],
  counter: () => transferred(countScottish),
}
