import type { Entry, Signer } from '@quorate/record'
import type { Dossier } from '../src/index.ts'
import { dossierFrom, log, origin, sha256Hex, witnesses } from './log.ts'
import { decision, wholeDecision } from './whole-decision.ts'

export { decision, log, origin, sha256Hex, witnesses }

const world = wholeDecision('Ed25519', { until: 'frozen' })

/** A short log: founding, a refused coup, one proposal up to its frozen roll. */
export const entries: readonly Entry[] = world.log.entries
/** What its entries cite. */
const documents: Dossier['documents'] = world.log.documents
/** When the first entry was written. */
export const started: number = entries[0]?.at ?? 0
/** Where an entry of a type stands first. */
export const placeOf = (type: Entry['type']): number => entries.findIndex((entry) => entry.type === type)

/** Signs a log of these entries, as its own operator would, and puts the dossier together. */
export const dossierFor = (
  own: readonly (Entry | Uint8Array)[],
  change: { readonly documents?: Dossier['documents']; readonly witnesses?: readonly Signer[] } = {},
): Dossier => dossierFrom(own, { documents, decision, witnesses, witnessedAt: Math.floor(started / 1000), ...change })
