// Meek's method, by name.
import { countMeekReference } from '../transferable/meek-reference.ts'
import { countNzMeek, type NzMeekParams } from '../transferable/nz-meek.ts'
import type { Given, MethodEntry } from './method.ts'
import { wordOf, wordPoint, type WordsFor } from './points.ts'
import { transferable, transferred } from './transferred.ts'

const clause10Words: WordsFor<NzMeekParams['clause10']> = { 'as-written': 'as-written', 'as-practised': 'as-practised' }
const clause13Words: WordsFor<NzMeekParams['clause13']> = { 'from-step-2': 'from-step-2', 'from-step-1': 'from-step-1' }
const discardWords: WordsFor<NzMeekParams['discards']> = { 4: 4, 5: 5 }
const amongWords: WordsFor<NzMeekParams['numbersAmong']> = { 'all-tied': 'all-tied', 'those-left': 'those-left' }
const clause10 = wordPoint('clause10', clause10Words, 'rounding of products on a paper: every one up, or all but the last down')
const clause13 = wordPoint(
  'clause13',
  clause13Words,
  'the first exclusion: after the first iteration with keep values, or at once',
)
const discards = wordPoint('discards', discardWords, 'pseudo-random numbers thrown away before the first is used')
const among = wordPoint('numbersAmong', amongWords, 'whom the numbers decide between when clause 40 leaves several')

/** What the points stand for. */
export const nzParams = (given: Given): NzMeekParams => ({
  clause10: wordOf(given, clause10, clause10Words),
  clause13: wordOf(given, clause13, clause13Words),
  discards: wordOf(given, discards, discardWords),
  numbersAmong: wordOf(given, among, amongWords),
})

/** As New Zealand counts; bounds are added in stv.ts. */
export const nzMeekMethod: MethodEntry = {
  ...transferable,
  id: 'nz-meek@1',
  authority: 'Local Electoral Regulations 2001 (New Zealand), Schedule 1A',
  clauseWord: 'clause',
  open: [clause10, clause13, discards, among],
  counter: (given) => transferred((profile, lot, settings) => countNzMeek(nzParams(given), profile, lot, settings)),
}

/** As the reference rule counts; bounds are added in stv.ts. */
export const meekReferenceMethod: MethodEntry = {
  ...transferable,
  id: 'meek-reference@1',
  authority: 'reference Meek rule of the Proportional Representation Foundation',
  clauseWord: 'step',
  open: [],
  counter: () => transferred(countMeekReference),
}
