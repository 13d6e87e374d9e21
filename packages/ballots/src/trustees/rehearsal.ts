import { assert, type Random } from '@quorate/kernel'

import type { Engine } from '../groups/engine.ts'
import { newTrusteeKey, type TrusteeContext, type TrusteeKey } from './trustee-key.ts'
import { acceptTrustees, answerStep1, answerStep2, answerStep3, assembleTrustees, type CeremonyMessages } from './trustees.ts'

/** What a ceremony leaves behind: its messages, the exact trustees file, and each trustee's finished key. */
export type Ceremony = { readonly messages: CeremonyMessages; readonly file: string; readonly keys: readonly TrusteeKey[] }

/**
 * A whole ceremony on one machine: for rehearsals, demonstrations and tests. That machine can open the box alone, so an election that
 * uses such keys must be labelled as being in single-operator mode.
 */
export function rehearseCeremony<P>(engine: Engine<P>, context: Omit<TrusteeContext, 'index'>, random: Random): Ceremony {
  const value = <T>(step: { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'fail' }): T => {
    assert(step.kind === 'ok', 'trustees that follow the steps finish')
    return step.value
  }
  const started = Array.from({ length: context.size }, (_, i) => newTrusteeKey({ ...context, index: i + 1 }, random))
  const certificates = started.map((key) => answerStep1(engine, key))
  const polynomials = started.map((key) => value(answerStep2(engine, key, certificates)))
  const keys = started.map((key) => value(answerStep3(engine, key, { certificates, polynomials })))
  const messages = { certificates, polynomials, keys }
  const file = value(assembleTrustees(engine, context, messages))
  return { messages, file, keys: started.map((key) => value(acceptTrustees(engine, key, messages, file))) }
}
