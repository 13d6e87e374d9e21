// Methods as people choose them: by name, with a value for every point the rule leaves open.
import type { Result } from '@quorate/kernel'
import type { AsIfCount } from '../constrained/as-if.ts'
import type { Constraint, Constraints } from '../constrained/constraints.ts'
import type { Count } from '../count.ts'
import type { CountSettings } from '../transferable/engines.ts'
import type { LotOrder } from '../lot.ts'
import type { Repeats } from '../papers/profile.ts'
import type { TiePurpose } from '../trace.ts'
import type { Phrases } from '../words/phrases.ts'
import type { Box, BoxKind } from './box.ts'

/** What else than a listed word a point takes: a whole number, a fraction `n/d`, a candidate by name or number, or another form. */
export type FreeForm = 'whole number' | 'fraction' | 'candidate' | 'scale' | 'condition' | 'ratios'

/** A point a rule leaves open: its name, the words it takes, what else it takes, and what it decides. */
export type ChoicePoint = {
  readonly name: string
  readonly values: readonly string[]
  readonly form: FreeForm | null
  readonly about: string
  /** Whether a count is possible without it: it then says nothing. */
  readonly optional: boolean
}

/** A method people can choose. */
export type CountMethod = {
  readonly id: string
  readonly family: 'stv' | 'single' | 'pairs' | 'grades' | 'approvals' | 'budget' | 'majority'
  /** Statute or paper. */
  readonly authority: string
  /** How its clauses are called; null where the count cites none. */
  readonly clauseWord: 'rule' | 'clause' | 'step' | 'paragraph' | null
  readonly ballots: BoxKind
  /** Whether it fills as many places as asked, one, or none at all (budgets, yes and no). */
  readonly places: 'many' | 'one' | 'none'
  readonly open: readonly ChoicePoint[]
  /** Whether a paper may name a candidate at two ranks: `allowed` where the method has a rule for it, else `refused` as a fault of the file. */
  readonly repeats?: Repeats
  /** What rules on who is elected together become in it; absent where it can keep none. */
  readonly bounds?: 'guard and doom' | 'places kept'
  /** Whether a second round with papers of its own may follow the first. */
  readonly rounds?: 2
}

/** Values by the names of points. */
export type Given = ReadonlyMap<string, string>

/** Why a method cannot be set up from names and values. */
export type ChoiceFault =
  | { readonly kind: 'unknown method'; readonly name: string; readonly known: readonly string[] }
  | { readonly kind: 'unknown param'; readonly name: string; readonly method: CountMethod }
  | { readonly kind: 'bad value'; readonly value: string; readonly point: ChoicePoint }
  | { readonly kind: 'not chosen'; readonly method: CountMethod; readonly points: readonly [ChoicePoint, ...ChoicePoint[]] }

/** Why there is no count. */
export type CountFailure =
  /** Something in the papers that the method cannot take; `what` is the kind of fault it found. */
  | { readonly kind: 'bad papers'; readonly what: string }
  | { readonly kind: 'bad param'; readonly param: string }
  | { readonly kind: 'bad lot order' }
  | { readonly kind: 'one place only' }
  | { readonly kind: 'nobody stands' }
  /** These papers are of another kind than the method counts. */
  | { readonly kind: 'other papers'; readonly needs: BoxKind; readonly found: BoxKind }
  /** Papers rank several of whom they approve: whether all they name or only the first rank is approved must be said. */
  | { readonly kind: 'approved how' }
  /** Those the rule cannot tell apart; `at` where it says at which stage, by which clause and for what. */
  | {
      readonly kind: 'lot needed'
      readonly tied: readonly number[]
      readonly at: { readonly stage: number; readonly clause: string; readonly purpose: TiePurpose } | null
    }
  /** No lawful result keeps the bounds; `texts` says why, in a sentence of each language. */
  | { readonly kind: 'bounds cannot be kept'; readonly texts: Readonly<Record<Phrases['language'], string>> }
  /** The bounds name somebody unknown, or make no sense for this contest. */
  | { readonly kind: 'bad bounds'; readonly what: string }
  /** Papers of a second round although the first decided. */
  | { readonly kind: 'no second round' }
  /** They are not those of the second round due: other candidates, or somebody stands who did not go on. */
  | { readonly kind: 'wrong second round' }
  /** More work than a count may take. */
  | { readonly kind: 'too much to search' }

/** Ready to count: every open point has been chosen. */
export type Counter = (box: Box, lot: LotOrder | null, settings?: CountSettings) => Result<Count, CountFailure>

/** Ready to count under bounds on who may be elected together. */
export type BoundedCounter = (
  box: Box,
  constraints: Constraints,
  lot: LotOrder | null,
  settings?: CountSettings,
) => Result<Count, CountFailure>

/** Ready to count a second time as if there were more places and fewer, for the one group of a quota; see `countAsIf`. */
export type AsIfCounter = (box: Box, constraint: Constraint, lot: LotOrder | null) => Result<AsIfCount, CountFailure>

/** Ready to count a first round and the second one after it. */
export type SecondRoundCounter = (first: Box, second: Box, lot: LotOrder | null) => Result<Count, CountFailure>

/**
 * A method with how it is set up; `bounded` where it can be counted under bounds, `asIf` where also by further counts, `secondRound` where
 * it has one.
 */
export type MethodEntry = CountMethod & {
  readonly counter: (given: Given) => Counter
  readonly bounded?: (given: Given) => BoundedCounter
  readonly asIf?: (given: Given) => AsIfCounter
  readonly secondRound?: (given: Given) => SecondRoundCounter
}
