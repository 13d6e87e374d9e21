// The transferable votes, by name.
import { fail, ok, type Result } from '@quorate/kernel'
import { countConstrained, type ConstrainedMethodId } from '../constrained/count-constrained.ts'
import { certificateText } from '../constrained/english.ts'
import type { Methods } from '../count.ts'
import { countErs97 } from '../ers97.ts'
import { countMeekReference } from '../meek-reference.ts'
import { countNzMeek } from '../nz-meek.ts'
import type { NzMeekParams } from '../nz-meek.ts'
import { countScottish } from '../scottish-stv.ts'
import type { CountError, StvCount } from '../trace.ts'
import type { CountSettings } from '../engines.ts'
import type { LotOrder } from '../lot.ts'
import type { AnyProfile } from '../packed.ts'
import type { BoundedCounter, Counter, CountFailure, Given, MethodEntry } from './method.ts'
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

/** A method under bounds as a counter. */
const bounded =
  <M extends ConstrainedMethodId>(method: M, params: Methods[M]['params']): BoundedCounter =>
  (box, constraints, lot, settings) => {
    if (box.kind !== 'rankings') return fail({ kind: 'other papers', needs: 'rankings', found: box.kind })
    const counted = countConstrained(method, params, box.profile, constraints, lot, settings)
    if (counted.kind === 'ok') return ok(counted.value.count)
    const { error } = counted
    const name = (c: number): string => box.profile.candidates[c] ?? `${c + 1}`
    switch (error.kind) {
      case 'infeasible':
        return fail({ kind: 'bounds cannot be kept', text: certificateText(error.certificate, name) })
      case 'bad constraints':
        return fail({ kind: 'bad bounds', what: error.fault.kind })
      case 'undecided':
        return fail({ kind: 'too much to search' })
      case 'bad profile':
      case 'bad params':
      case 'bad lot order':
      case 'lot needed':
        return fail(traceFailure(error))
    }
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

const nzParams = (given: Given): NzMeekParams => ({
  clause10: wordOf(given, clause10, clause10Words),
  clause13: wordOf(given, clause13, clause13Words),
  discards: wordOf(given, discards, discardWords),
  numbersAmong: wordOf(given, among, amongWords),
})

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
    bounded: () => bounded('scottish-stv@1', {}),
  },
  {
    ...head,
    id: 'nz-meek@1',
    authority: 'Local Electoral Regulations 2001 (New Zealand), Schedule 1A',
    clauseWord: 'clause',
    open: [clause10, clause13, discards, among],
    counter: (given) => transferred((profile, lot, settings) => countNzMeek(nzParams(given), profile, lot, settings)),
    bounded: (given) => bounded('nz-meek@1', nzParams(given)),
  },
  {
    ...head,
    id: 'meek-reference@1',
    authority: 'reference Meek rule of the Proportional Representation Foundation',
    clauseWord: 'step',
    open: [],
    counter: () => transferred(countMeekReference),
    bounded: () => bounded('meek-reference@1', {}),
  },
  {
    ...head,
    id: 'ers97@1',
    authority: 'How to conduct an election by the single transferable vote, Electoral Reform Society, 3rd edition 1997',
    clauseWord: 'paragraph',
    open: [],
    counter: () => transferred(countErs97),
    bounded: () => bounded('ers97@1', {}),
  },
]
