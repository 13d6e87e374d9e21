// The transferable votes, by name.
import { fail } from '@quorate/kernel'
import { countErs97 } from '../ers97.ts'
import { countMeekReference } from '../meek-reference.ts'
import { countNzMeek } from '../nz-meek.ts'
import type { NzMeekParams } from '../nz-meek.ts'
import { countScottish } from '../scottish-stv.ts'
import type { CountError, StvCount } from '../trace.ts'
import type { CountSettings } from '../engines.ts'
import type { LotOrder } from '../lot.ts'
import type { AnyProfile } from '../packed.ts'
import type { Result } from '@quorate/kernel'
import type { Counter, CountFailure, MethodEntry } from './method.ts'
import { wordOf, wordPoint, type WordsFor } from './points.ts'

/** What a method of trace.ts fails with, in the words of all methods. */
function traceFailure(error: CountError): CountFailure {
  switch (error.kind) {
    case 'bad profile':
      return { kind: 'bad papers', what: error.fault.kind }
    case 'bad params':
      return error.param === 'seats' ? { kind: 'one place only' } : { kind: 'bad param', param: error.param }
    case 'bad lot order':
      return error
    case 'lot needed': {
      const { tied, stage, clause, purpose } = error
      return { kind: 'lot needed', tied, at: { stage, clause, purpose } }
    }
  }
}

type Method = (profile: AnyProfile, lot: LotOrder | null, settings?: CountSettings) => Result<StvCount, CountError>

/** A method over rankings as a counter. */
export const transferred =
  (method: Method): Counter =>
  (box, lot, settings) => {
    if (box.kind !== 'rankings') return fail({ kind: 'other papers', needs: 'rankings', found: box.kind })
    const count = method(box.profile, lot, settings)
    return count.kind === 'ok' ? count : fail(traceFailure(count.error))
  }

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

const head = { family: 'stv', ballots: 'rankings', places: 'many' } as const

/** All of them. */
export const transferableMethods: readonly MethodEntry[] = [
  {
    ...head,
    id: 'scottish-stv@1',
    authority: 'Scottish Local Government Elections Order 2007, rules 45 to 52',
    clauseWord: 'rule',
    open: [],
    counter: () => transferred(countScottish),
  },
  {
    ...head,
    id: 'nz-meek@1',
    authority: 'Local Electoral Regulations 2001 (New Zealand), Schedule 1A',
    clauseWord: 'clause',
    open: [clause10, clause13, discards, among],
    counter: (given) => {
      const params = {
        clause10: wordOf(given, clause10, clause10Words),
        clause13: wordOf(given, clause13, clause13Words),
        discards: wordOf(given, discards, discardWords),
        numbersAmong: wordOf(given, among, amongWords),
      }
      return transferred((profile, lot, settings) => countNzMeek(params, profile, lot, settings))
    },
  },
  {
    ...head,
    id: 'meek-reference@1',
    authority: 'reference Meek rule of the Proportional Representation Foundation',
    clauseWord: 'step',
    open: [],
    counter: () => transferred(countMeekReference),
  },
  {
    ...head,
    id: 'ers97@1',
    authority: 'How to conduct an election by the single transferable vote, Electoral Reform Society, 3rd edition 1997',
    clauseWord: 'paragraph',
    open: [],
    counter: () => transferred(countErs97),
  },
]
