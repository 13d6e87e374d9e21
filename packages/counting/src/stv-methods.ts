// The transferable votes by name, for whoever is asked by a person or a file rather than by a type: titles, and what each rule leaves open.
import { fail, ok, type Result } from '@quorate/kernel'
import type { CountSettings } from './engines.ts'
import { countErs97 } from './ers97.ts'
import type { LotOrder } from './lot.ts'
import { countMeekReference } from './meek-reference.ts'
import { countNzMeek } from './nz-meek.ts'
import type { AnyProfile } from './packed.ts'
import { countScottish } from './scottish-stv.ts'
import { countIrv } from './single/irv.ts'
import { irvParamsOf, irvPoints } from './single/irv-choices.ts'
import type { CountError, StvCount, StvMethodId } from './trace.ts'

/** A point a rule leaves open: its name, the values there are, and what it decides. */
export type OpenPoint = { readonly name: string; readonly values: readonly [string, ...string[]]; readonly about: string }

/** A transferable vote as people choose it. */
export type StvMethod = {
  readonly id: StvMethodId
  /** Statute or paper. */
  readonly authority: string
  /** How its clauses are called: `rule 48`, `clause 13`. */
  readonly clauseWord: string
  readonly open: readonly OpenPoint[]
}

/** Ready to count: every open point has been chosen. */
export type StvCounter = (profile: AnyProfile, lot: LotOrder | null, settings?: CountSettings) => Result<StvCount, CountError>

/** Why a method cannot be set up from names and values. */
export type StvChoiceFault =
  | { readonly kind: 'unknown method'; readonly name: string; readonly known: readonly string[] }
  | { readonly kind: 'unknown param'; readonly name: string; readonly method: StvMethod }
  | { readonly kind: 'bad value'; readonly value: string; readonly point: OpenPoint }
  | { readonly kind: 'not chosen'; readonly points: readonly [OpenPoint, ...OpenPoint[]] }

const nzOpen = {
  clause10: {
    name: 'clause10',
    values: ['as-written', 'as-practised'],
    about: 'rounding of products on a paper: every one up, or all but the last down',
  },
  clause13: {
    name: 'clause13',
    values: ['from-step-2', 'from-step-1'],
    about: 'the first exclusion: after the first iteration with keep values, or at once',
  },
  discards: { name: 'discards', values: ['4', '5'], about: 'pseudo-random numbers thrown away before the first is used' },
  numbersAmong: {
    name: 'numbersAmong',
    values: ['all-tied', 'those-left'],
    about: 'whom the numbers decide between when clause 40 leaves several',
  },
} as const

type Given = ReadonlyMap<string, string>
type Entry = StvMethod & { readonly counter: (given: Given) => StvCounter }

const entries: readonly Entry[] = [
  {
    id: 'scottish-stv@1',
    authority: 'Scottish Local Government Elections Order 2007, rules 45 to 52',
    clauseWord: 'rule',
    open: [],
    counter: () => countScottish,
  },
  {
    id: 'nz-meek@1',
    authority: 'Local Electoral Regulations 2001 (New Zealand), Schedule 1A',
    clauseWord: 'clause',
    open: Object.values(nzOpen),
    counter: (given) => {
      const params = {
        clause10: given.get('clause10') === 'as-written' ? 'as-written' : 'as-practised',
        clause13: given.get('clause13') === 'from-step-1' ? 'from-step-1' : 'from-step-2',
        discards: given.get('discards') === '4' ? 4 : 5,
        numbersAmong: given.get('numbersAmong') === 'all-tied' ? 'all-tied' : 'those-left',
      } as const
      return (profile, lot, settings) => countNzMeek(params, profile, lot, settings)
    },
  },
  {
    id: 'meek-reference@1',
    authority: 'reference Meek rule of the Proportional Representation Foundation',
    clauseWord: 'step',
    open: [],
    counter: () => countMeekReference,
  },
  {
    id: 'ers97@1',
    authority: 'How to conduct an election by the single transferable vote, Electoral Reform Society, 3rd edition 1997',
    clauseWord: 'paragraph',
    open: [],
    counter: () => countErs97,
  },
  {
    id: 'irv@1',
    authority: 'instant runoff, with the options of RCTab’s contest configuration',
    clauseWord: 'step',
    open: irvPoints,
    counter: (given) => (profile, lot, settings) => countIrv(irvParamsOf(given), profile, lot, settings),
  },
]

/** All transferable votes there are. */
export const stvMethods: readonly StvMethod[] = entries

/** A transferable vote by its id. */
export const stvMethod = (id: StvMethodId): StvMethod | undefined => entries.find((entry) => entry.id === id)

/** The counter of a method by its id or bare name (then the newest version), with a value for every point the rule leaves open. */
export function stvCounter(name: string, given: Given): Result<{ method: StvMethod; count: StvCounter }, StvChoiceFault> {
  const entry = entries.findLast(({ id }) => id === name || id.startsWith(`${name}@`))
  if (entry === undefined) return fail({ kind: 'unknown method', name, known: entries.map(({ id }) => id.replace(/@.*/, '')) })
  for (const [param, value] of given) {
    const point = entry.open.find((open) => open.name === param)
    if (point === undefined) return fail({ kind: 'unknown param', name: param, method: entry })
    if (!point.values.includes(value)) return fail({ kind: 'bad value', value, point })
  }
  const [first, ...others] = entry.open.filter((point) => !given.has(point.name))
  if (first !== undefined) return fail({ kind: 'not chosen', points: [first, ...others] })
  return ok({ method: entry, count: entry.counter(given) })
}
