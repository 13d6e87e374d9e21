// What the transferable votes share as methods people choose.
import { fail, type Result } from '@quorate/kernel'
import type { CountSettings } from '../transferable/engines.ts'
import type { LotOrder } from '../lot.ts'
import type { AnyProfile } from '../papers/packed.ts'
import type { CountError, StvCount } from '../trace.ts'
import type { Counter, CountFailure } from './method.ts'

/** What all their entries say alike. */
export const transferable = { family: 'stv', ballots: 'rankings', places: 'many', bounds: 'guard and doom' } as const

/** What a method of trace.ts fails with, in the words of all methods. */
export function traceFailure(error: CountError): CountFailure {
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
