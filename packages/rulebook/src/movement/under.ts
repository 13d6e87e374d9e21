import type { DecisionId } from '../terms.ts'

/**
 * What an act rests on besides who acts: a resolution carried in a meeting, a decision that was carried, or nothing but the capacity of the
 * one who acts.
 */
export type Under =
  | { readonly kind: 'resolution'; readonly meeting: string; readonly item: string }
  | { readonly kind: 'decision'; readonly decision: DecisionId }
  | { readonly kind: 'own' }
