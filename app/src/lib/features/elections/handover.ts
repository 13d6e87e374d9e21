import { registrarOffice } from '#lib/features/membership/index.ts'
import { appendOwn, entries, fingerprintOf, lockLog } from '#lib/features/record/index.ts'
import { transaction, type Db } from '#lib/platform/database.ts'
import type { Work } from '#lib/platform/feature.ts'

const isSaid = async (db: Db, decision: number): Promise<boolean> =>
  (await entries(db, { decision, type: 'export', count: 1 })).length > 0

/**
 * Says on the record that the registrar of a key is given the names and addresses of a roll: before they go out, and once for each roll. The registrar is no
 * person here; their pseudonym is the beginning of the key's fingerprint, which anybody who knows the key can compare.
 */
export async function sayHandover({ db, clock }: Work, decision: number, key: string, people: number): Promise<void> {
  if (await isSaid(db, decision)) return
  await transaction(db, async (tx) => {
    const now = await lockLog(tx, clock.now())
    if (await isSaid(tx, decision)) return
    const by = fingerprintOf(key).slice(0, 32)
    const as = `office ${registrarOffice}`
    await appendOwn(tx, now, [{ type: 'export', decision, body: { by, as, second: null, purpose: 'handover', people } }])
  })
}
