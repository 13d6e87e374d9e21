// The rules of the Electoral Reform Society, by name.
import { countErs97 } from '../transferable/ers97.ts'
import type { MethodEntry } from './method.ts'
import { transferable, transferred } from './transferred.ts'

/** Paragraphs 5.1 to 5.6. */
export const ers97Method: MethodEntry = {
  ...transferable,
  id: 'ers97@1',
  authority: 'How to conduct an election by the single transferable vote, Electoral Reform Society, 3rd edition 1997',
  clauseWord: 'paragraph',
  open: [],
  counter: () => transferred(countErs97),
}
