// The transferable votes that can be counted under bounds on who may be elected together.
import { fail, ok } from '@quorate/kernel'
import { countAsIf } from '../constrained/as-if.ts'
import { countConstrained, type ConstrainedMethodId } from '../constrained/count-constrained.ts'
import { certificateText, noSuchCommittee } from '../constrained/english.ts'
import { certificateTextInWelsh, noSuchCommitteeInWelsh } from '../constrained/welsh.ts'
import type { Methods } from '../count.ts'
import { unpackProfile } from '../papers/packed.ts'
import type { AsIfCounter, BoundedCounter } from './method.ts'
import { traceFailure } from './transferred.ts'

/** A method under bounds as a counter. */
export const bounded =
  <M extends ConstrainedMethodId>(method: M, params: Methods[M]['params']): BoundedCounter =>
  (box, constraints, lot, settings) => {
    if (box.kind !== 'rankings') return fail({ kind: 'other papers', needs: 'rankings', found: box.kind })
    const counted = countConstrained(method, params, box.profile, constraints, lot, settings)
    if (counted.kind === 'ok') return ok(counted.value.count)
    const { error } = counted
    const name = (c: number): string => box.profile.candidates[c] ?? `${c + 1}`
    switch (error.kind) {
      case 'infeasible':
        return fail({
          kind: 'bounds cannot be kept',
          texts: { en: certificateText(error.certificate, name), cy: certificateTextInWelsh(error.certificate, name) },
        })
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

/** A method by further counts as if there were more places and fewer. */
export const asIf =
  <M extends ConstrainedMethodId>(method: M, params: Methods[M]['params']): AsIfCounter =>
  (box, constraint, lot) => {
    if (box.kind !== 'rankings') return fail({ kind: 'other papers', needs: 'rankings', found: box.kind })
    const profile = 'papers' in box.profile ? box.profile : unpackProfile(box.profile)
    const counted = countAsIf(method, params, profile, constraint, lot)
    if (counted.kind === 'ok') return counted
    const { error } = counted
    switch (error.kind) {
      case 'no such committee':
        return fail({
          kind: 'bounds cannot be kept',
          texts: { en: noSuchCommittee(error, constraint), cy: noSuchCommitteeInWelsh(error, constraint) },
        })
      case 'bad constraint':
        return fail({ kind: 'bad bounds', what: error.fault.kind })
      case 'bad profile':
      case 'bad params':
      case 'bad lot order':
      case 'lot needed':
        return fail(traceFailure(error))
    }
  }
