// Comparisons in pairs, by name.
import { fail, ok, type Result } from '@quorate/kernel'
import type { DebianParams } from '../pairwise/debian.ts'
import type { Strength, Unranked } from '../pairwise/matrix.ts'
import { countPairs, type PairwiseError, type PairwiseMethod, type PairwiseParams } from '../pairwise/pairwise.ts'
import type { Opposition } from '../pairwise/worst.ts'
import { type Counter, type CountFailure, type MethodEntry } from './method.ts'
import { candidateIn, formPoint, fractionIn, wordOf, wordPoint, type WordsFor } from './points.ts'

const unrankedWords: WordsFor<Unranked> = { last: 'last', 'no-opinion': 'no opinion' }
const strengthWords: WordsFor<Strength> = { 'winning-votes': 'winning votes', margins: 'margins' }
const oppositionWords: WordsFor<Opposition> = { ...strengthWords, 'pairwise-opposition': 'pairwise opposition' }
const unranked = wordPoint('unranked', unrankedWords, 'what a paper says of those it leaves out: last, or nothing')
const strength = wordPoint('strength', strengthWords, 'how strong a win is: by the papers for it, or by the margin')
const opposition = wordPoint('opposition', oppositionWords, 'the weight of a defeat')
const level = formPoint('level', 'fraction', 'points for being level, from 0 to 1: 1/2 is usual')
const defaultOption = formPoint('default', 'candidate', 'the option that stands for none of the others')
const developers = formPoint('developers', 'whole number', 'people on the roll, for the quorum', { values: ['none'] })
const majorities = formPoint('majorities', 'ratios', 'options that need more than a simple majority, such as 2=3:1', {
  values: ['none'],
})

const failure = (error: PairwiseError): CountFailure => {
  switch (error.kind) {
    case 'bad profile':
      return { kind: 'bad papers', what: error.fault.kind }
    case 'bad parameter':
      return { kind: 'bad param', param: error.name === 'defaultOption' ? 'default' : error.name }
    case 'lot needed':
      return { kind: 'lot needed', tied: error.winners ?? [], at: null }
    case 'bad lot order':
    case 'nobody stands':
      return error
  }
}

function counted<M extends PairwiseMethod>(method: M, params: PairwiseParams[M]): Counter {
  return (box, lot, settings) => {
    if (box.kind !== 'rankings') return fail({ kind: 'other papers', needs: 'rankings', found: box.kind })
    const count = countPairs(method, params, box.profile, lot, settings)
    return count.kind === 'ok' ? count : fail(failure(count.error))
  }
}

const debian =
  (given: ReadonlyMap<string, string>): Counter =>
  (box, lot, settings) => {
    if (box.kind !== 'rankings') return fail({ kind: 'other papers', needs: 'rankings', found: box.kind })
    const names = box.profile.candidates
    const option = candidateIn(given.get('default') ?? '', names, 'default')
    if (option.kind === 'fail') return option
    const ratios = ratiosIn(given.get('majorities') ?? 'none', names)
    if (ratios.kind === 'fail') return ratios
    const people = given.get('developers') ?? 'none'
    const params = {
      defaultOption: option.value,
      developers: people === 'none' ? null : Number(people),
      majorities: ratios.value,
    }
    return counted('debian@1', params)(box, lot, settings)
  }

function ratiosIn(text: string, names: readonly string[]): Result<DebianParams['majorities'], CountFailure> {
  const found: { readonly option: number; readonly for: number; readonly against: number }[] = []
  for (const part of text === 'none' ? [] : text.split(',')) {
    const [who = '', ratio = ''] = part.split('=')
    const [ahead = 0, against = 0] = ratio.split(':').map(Number)
    const option = candidateIn(who.trim(), names, 'majorities')
    if (option.kind === 'fail') return option
    found.push({ option: option.value, for: ahead, against })
  }
  return ok(found)
}

const head = { family: 'pairs', clauseWord: null, ballots: 'rankings', places: 'one' } as const

/** All of them. */
export const pairMethods: readonly MethodEntry[] = [
  {
    ...head,
    id: 'schulze@1',
    authority: 'M. Schulze, Social Choice and Welfare 36, 2011',
    open: [unranked, strength],
    counter: (given) =>
      counted('schulze@1', {
        unranked: wordOf(given, unranked, unrankedWords),
        strength: wordOf(given, strength, strengthWords),
      }),
  },
  {
    ...head,
    id: 'ranked-pairs@1',
    authority: 'T. N. Tideman, Social Choice and Welfare 4, 1987',
    open: [unranked, strength],
    counter: (given) =>
      counted('ranked-pairs@1', {
        unranked: wordOf(given, unranked, unrankedWords),
        strength: wordOf(given, strength, strengthWords),
      }),
  },
  {
    ...head,
    id: 'minimax@1',
    authority: 'P. B. Simpson 1969, G. H. Kramer 1977',
    open: [unranked, opposition],
    counter: (given) =>
      counted('minimax@1', {
        unranked: wordOf(given, unranked, unrankedWords),
        opposition: wordOf(given, opposition, oppositionWords),
      }),
  },
  {
    ...head,
    id: 'copeland@1',
    authority: 'A. H. Copeland 1951',
    open: [unranked, level],
    counter: (given) =>
      counted('copeland@1', {
        unranked: wordOf(given, unranked, unrankedWords),
        level: fractionIn(given.get('level') ?? '0'),
      }),
  },
  {
    ...head,
    id: 'debian@1',
    authority: 'Constitution for the Debian Project (version 1.9, 2022), section A.5',
    open: [defaultOption, developers, majorities],
    counter: debian,
  },
]
