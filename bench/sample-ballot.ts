import { utf8 } from '@quorate/kernel'
import { bodyOf, parseEntry, type BodyOf } from '@quorate/record'
import { dossierFor, wholeDecision } from '../packages/verifier/testing/whole-decision.ts'

/** A yes/no ballot in Ed25519 as it stands on the record, and the text of its election. */
export function sampleBallot(): { readonly body: BodyOf<'ballot'>; readonly election: string } {
  const { log } = wholeDecision('Ed25519')
  let election = ''
  for (const { bytes } of dossierFor(log).entries) {
    const entry = parseEntry(utf8(bytes))
    if (entry.kind === 'fail') continue
    election = log.documents[bodyOf(entry.value, 'setup')?.election ?? ''] ?? election
    const body = bodyOf(entry.value, 'ballot')
    if (body !== null) return { body, election }
  }
  throw new Error('a whole decision has a ballot')
}
