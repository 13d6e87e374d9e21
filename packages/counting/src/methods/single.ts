// Instant runoff, marks, two rounds and Borda, by name.
import { fail, ok, type Result } from '@quorate/kernel'
import { tooFewToKeep, tooManyKept } from '../constrained/english.ts'
import { tooFewToKeepInWelsh, tooManyKeptInWelsh } from '../constrained/welsh.ts'
import type { Count } from '../count.ts'
import { countBorda, type BordaParams } from '../single/borda.ts'
import { countIrv } from '../single/irv.ts'
import { irvParamsOf, irvPoints } from '../single/irv-choices.ts'
import { countMarks, type MarkError, type MarkMethod, type MarkParams, type TooMany } from '../single/marks.ts'
import { countReserved, type ReservedError } from '../single/reserved.ts'
import { asSecondRound } from '../single/second-round.ts'
import { countTwoRound, type SecondRound, type TwoRoundError, type TwoRoundParams } from '../single/two-round.ts'
import type { AnyProfile } from '../papers/packed.ts'
import type { LotOrder } from '../lot.ts'
import type { BoundedCounter, ChoicePoint, Counter, CountFailure, Given, MethodEntry } from './method.ts'
import { formPoint, fractionIn, wordOf, wordPoint, type WordsFor } from './points.ts'
import { transferred } from './transferred.ts'

function failure(error: MarkError | TwoRoundError): CountFailure {
  switch (error.kind) {
    case 'bad profile':
      return { kind: 'bad papers', what: error.fault.kind }
    case 'bad parameter':
      return error.name === 'seats' ? { kind: 'one place only' } : { kind: 'bad param', param: error.name }
    case 'lot needed':
      return { kind: 'lot needed', tied: error.tied, at: null }
    case 'bad lot order':
    case 'nobody stands':
      return error
    case 'no second round':
    case 'wrong second round':
      return error
  }
}

const ranked =
  (run: (profile: AnyProfile, lot: LotOrder | null) => Result<Count, MarkError | TwoRoundError>): Counter =>
  (box, lot) => {
    if (box.kind !== 'rankings') return fail({ kind: 'other papers', needs: 'rankings', found: box.kind })
    const count = run(box.profile, lot)
    return count.kind === 'ok' ? ok(count.value) : fail(failure(count.error))
  }

const tooManyWords: WordsFor<TooMany> = { invalid: 'invalid', cut: 'cut' }
const tooMany = wordPoint(
  'tooMany',
  tooManyWords,
  'a paper with more marks than it may have: not counted, or cut to its first ranks',
)
const least = formPoint('least', 'whole number', 'fewest marks a paper must have')
const most = formPoint('most', 'whole number', 'most marks a paper may have')
const whole = (given: Given, { name }: ChoicePoint): number => Number(given.get(name) ?? '0')

const marks = <M extends MarkMethod>(method: M, params: MarkParams[M]): Counter =>
  ranked((profile, lot) => countMarks(method, params, profile, lot))

function reservedFailure(error: ReservedError): CountFailure {
  switch (error.kind) {
    case 'bad constraints':
      return { kind: 'bad bounds', what: error.fault.kind }
    case 'not one floor':
      return { kind: 'bad bounds', what: 'places are kept for one group, with “at least” and nothing else' }
    case 'floor above places':
      return { kind: 'bounds cannot be kept', texts: { en: tooManyKept(error), cy: tooManyKeptInWelsh(error) } }
    case 'too few':
      return { kind: 'bounds cannot be kept', texts: { en: tooFewToKeep(error), cy: tooFewToKeepInWelsh(error) } }
    case 'bad profile':
    case 'bad lot order':
    case 'bad parameter':
    case 'lot needed':
      return failure(error)
  }
}

/** Places kept for one group, where the most marks win. */
const reserved =
  <M extends MarkMethod>(method: M, params: MarkParams[M]): BoundedCounter =>
  (box, constraints, lot) => {
    if (box.kind !== 'rankings') return fail({ kind: 'other papers', needs: 'rankings', found: box.kind })
    const count = countReserved(method, params, box.profile, constraints, lot)
    return count.kind === 'ok' ? ok(count.value) : fail(reservedFailure(count.error))
  }

const placeWords: WordsFor<BordaParams['points']> = {
  'from-n-minus-1': 'from-n-minus-1',
  'from-n': 'from-n',
  dowdall: 'dowdall',
}
const leftOutWords: WordsFor<BordaParams['unranked']> = {
  averaged: 'averaged',
  next: 'next',
  'last-place': 'last',
  'no-points': 'none',
  modified: 'modified',
}
const placePoints = wordPoint('placePoints', placeWords, 'points of the places: n − 1 to 0, n to 1, or 1, 1/2, 1/3 …')
const leftOut = wordPoint('leftOut', leftOutWords, 'what those whom a paper leaves out get from it')

const halfWords: WordsFor<TwoRoundParams['majorityOf']> = { valid: 'valid', cast: 'cast' }
const goOnWords: WordsFor<'lot' | 'all' | 'share'> = { 'top-two-lot': 'lot', 'top-two-all': 'all', share: 'share' }
const halfOf = wordPoint('majorityOf', halfWords, 'more than half of the valid papers, or of all in the box')
const goOn = wordPoint('second', goOnWords, 'who goes on: the first two (ties by lot, or all of them), or all with a share')
const share = formPoint('share', 'fraction', 'for share: the share that is enough', { optional: true })
const shareOf = formPoint('of', 'whole number', 'for share: of how many people', { optional: true })

function secondIn(given: Given): SecondRound {
  const kind = wordOf(given, goOn, goOnWords)
  // A share of 0 or of nobody is none: the rule refuses it by name.
  return kind === 'share'
    ? { kind: 'share', share: fractionIn(given.get('share') ?? '0'), of: whole(given, shareOf) }
    : { kind: 'top-two', ties: kind }
}

const oneMark = (given: Given): MarkParams['plurality@1'] => ({ tooMany: wordOf(given, tooMany, tooManyWords) })
const blockOf = (given: Given): MarkParams['block-vote@1'] => ({ ...oneMark(given), least: whole(given, least) })
const fromTo = (given: Given): MarkParams['choose@1'] => ({ ...blockOf(given), most: whole(given, most) })

const roundsOf = (given: Given): TwoRoundParams => ({
  majorityOf: wordOf(given, halfOf, halfWords),
  tooMany: wordOf(given, tooMany, tooManyWords),
  second: secondIn(given),
})

const head = { family: 'single', clauseWord: null, ballots: 'rankings' } as const

/** All of them. */
export const singleMethods: readonly MethodEntry[] = [
  {
    ...head,
    id: 'irv@1',
    authority: 'instant runoff, with the options of RCTab’s contest configuration',
    places: 'one',
    open: irvPoints.map((point): ChoicePoint => ({ ...point, form: null, optional: false })),
    repeats: 'allowed',
    counter: (given) => transferred((profile, lot, settings) => countIrv(irvParamsOf(given), profile, lot, settings)),
  },
  {
    ...head,
    id: 'plurality@1',
    authority: 'the rulebook; one mark a paper',
    places: 'many',
    open: [tooMany],
    bounds: 'places kept',
    counter: (given) => marks('plurality@1', oneMark(given)),
    bounded: (given) => reserved('plurality@1', oneMark(given)),
  },
  {
    ...head,
    id: 'block-vote@1',
    authority: 'the rulebook; at most as many marks as seats',
    places: 'many',
    open: [least, tooMany],
    bounds: 'places kept',
    counter: (given) => marks('block-vote@1', blockOf(given)),
    bounded: (given) => reserved('block-vote@1', blockOf(given)),
  },
  ...(['limited-vote@1', 'choose@1'] as const).map((id): MethodEntry => ({
    ...head,
    id,
    authority: id === 'choose@1' ? 'the rulebook; from least to most marks' : 'the rulebook; fewer marks than seats',
    places: 'many',
    open: [least, most, tooMany],
    bounds: 'places kept',
    counter: (given) => marks(id, fromTo(given)),
    bounded: (given) => reserved(id, fromTo(given)),
  })),
  {
    ...head,
    id: 'two-round@1',
    authority: 'French Constitution, article 7; Code électoral, article L162',
    places: 'one',
    open: [halfOf, tooMany, goOn, share, shareOf],
    counter: (given) => ranked((profile, lot) => countTwoRound(roundsOf(given), profile, null, lot)),
    rounds: 2,
    secondRound: (given) => (first, second, lot) => {
      const papers = first.kind === 'rankings' ? second : first
      if (first.kind !== 'rankings' || second.kind !== 'rankings')
        return fail({ kind: 'other papers', needs: 'rankings', found: papers.kind })
      const runoff = asSecondRound(first.profile, second.profile)
      return ranked((profile) => countTwoRound(roundsOf(given), profile, runoff, lot))(first, lot)
    },
  },
  {
    ...head,
    id: 'borda@1',
    authority: 'J.-C. de Borda 1781, and the papers its file names',
    places: 'many',
    open: [placePoints, leftOut],
    counter: (given) => {
      const params = { points: wordOf(given, placePoints, placeWords), unranked: wordOf(given, leftOut, leftOutWords) }
      return ranked((profile, lot) => countBorda(params, profile, lot))
    },
  },
]
