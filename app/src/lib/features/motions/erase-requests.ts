import { fail, type Result } from '@quorate/kernel'
import { isRegistrar, personByNumber, registrarOffice } from '#lib/features/membership/index.ts'
import type { Feature, Sweep, Work } from '#lib/platform/feature.ts'
import { eraseMember, type EraseFault } from './erase.ts'
import './tables.ts'

/** Why nobody was erased at somebody's word. */
export type EraseAskedFault = EraseFault | 'not the registrar'

/** Erases the person of a membership number at a registrar's word. Nobody else's word is taken. */
export async function eraseByNumber(
  work: Work,
  features: readonly Feature[],
  number: number,
  registrarId: string,
): Promise<Result<{ readonly position: number }, EraseAskedFault>> {
  if (!(await isRegistrar(work.db, registrarId, work.clock.now()))) return fail('not the registrar')
  const person = await personByNumber(work.db, number)
  if (person === null) return fail('no such person')
  return eraseMember(work, features, person.id, { personId: registrarId, as: `office ${registrarOffice}` })
}

/** Of a request that a process has taken up: it can no longer be taken back. */
const inHand = 'in hand'

/**
 * What the operator's command asked for: what came of it stands in its row, without the number. A request that was in hand when its process ended is
 * tried again.
 */
async function eraseRequested(work: Work, features: readonly Feature[]): Promise<number> {
  const asked = await work.db
    .updateTable('erasure_request')
    .set({ outcome: inHand })
    .where((e) => e.or([e('outcome', 'is', null), e('outcome', '=', inHand)]))
    .returning(['id', 'member', 'by_member'])
    .execute()
  for (const { id, member, by_member } of asked) {
    const by = await personByNumber(work.db, by_member)
    const done =
      by === null || member === null ? fail('not the registrar' as const) : await eraseByNumber(work, features, member, by.id)
    await work.db
      .updateTable('erasure_request')
      .set({
        member: null,
        outcome: done.kind === 'ok' ? 'done' : done.error,
        position: done.kind === 'ok' ? done.value.position : null,
      })
      .where('id', '=', id)
      .execute()
  }
  return asked.length
}

/** Looks for erasures that were asked for. Their rows are few and short-lived. */
export const eraseSweep = (features: readonly Feature[]): Sweep => ({
  name: 'motions.erase',
  run: (work) => eraseRequested(work, features),
  nextDue: () => Promise.resolve(null),
})
