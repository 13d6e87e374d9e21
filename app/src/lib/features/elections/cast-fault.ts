import type { PerformFault } from '#lib/features/motions/index.ts'

/** Why a ballot was not taken. Nothing was written. `check` names what failed. */
export type CastFault =
  | {
      readonly kind:
        | 'not-signed-in'
        | 'wrong-voter'
        | 'code-collision'
        | 'already-in-box'
        | 'too-many'
        | 'tested-ballot'
        | 'not-set-up'
        | 'busy'
    }
  | { readonly kind: 'stale-predecessor'; readonly previous: string | null }
  | { readonly kind: 'malformed' | 'bad-proof'; readonly check: string }
  | { readonly kind: 'refused'; readonly refusal: PerformFault }
