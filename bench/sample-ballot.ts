import { utf8 } from '@quorate/kernel'
import { bodyOf, parseEntry, type BodyOf } from '@quorate/record'
import { dossierFor, wholeDecision } from '../packages/verifier/testing/whole-decision.ts'

/** A yes/no ballot in Ed25519 as it stands on the record. */
export function sampleBallot(): BodyOf<'ballot'> {
  for (const { bytes } of dossierFor(wholeDecision('Ed25519').log).entries) {
    const entry = parseEntry(utf8(bytes))
    const body = entry.kind === 'ok' ? bodyOf(entry.value, 'ballot') : null
    if (body !== null) return body
  }
  throw new Error('a whole decision has a ballot')
}
