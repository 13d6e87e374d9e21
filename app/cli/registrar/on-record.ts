import { availableParallelism } from 'node:os'
import { parseEntry, bodyOf, verifierKeyText } from '@quorate/record'
import { fastEd25519, parseDossier, verify, type Dossier } from '@quorate/verifier'
import { utf8 } from '@quorate/kernel'
import { checkAhead } from '#lib/platform/ballots-ahead.ts'
import { modexp } from '#lib/platform/modexp.ts'
import { sha256 } from '#lib/platform/sha256.ts'
import { publicKeyText } from '#lib/platform/signed-request.ts'
import { listHashes } from './codes.ts'
import type { Codes, RegistrarFolder } from './folder.ts'

/** What the record has of an election whose codes this registrar made. */
export type OnRecord =
  /** It is not set up there yet. */
  | { readonly kind: 'not yet' }
  /** Set up with this registrar's own lists, the whole record verified. `election` is its exact text; `closed`: the box is. */
  | { readonly kind: 'own'; readonly election: string; readonly closed: boolean }
  /** The record does not hold, or what it cites is not this registrar's. The reason is a sentence without full stop. */
  | { readonly kind: 'differs'; readonly why: string }

/**
 * Whether the record sets up an election with this registrar's own voting keys and bind list, byte for byte, by a dossier as anybody is served it. The
 * dossier is verified whole. The log's key of the first look is kept, and its newest checkpoint: every later look must continue it.
 */
export async function lookAtRecord(
  folder: Pick<RegistrarFolder, 'privateKey' | 'seen' | 'keepSeen'>,
  served: Uint8Array,
  decision: number,
  codes: Codes,
): Promise<OnRecord> {
  const dossier = parseDossier(served)
  if (dossier.kind === 'fail')
    return { kind: 'differs', why: `what the server calls its dossier is none (${dossier.error.code})` }
  if (dossier.value.decision !== decision) return { kind: 'differs', why: 'the server shows the dossier of another decision' }
  const setup = bodyIn(dossier.value, 'setup')
  if (setup === null) return { kind: 'not yet' }
  const { roll, binds } = listHashes(codes)
  if (setup.credentials !== roll) return { kind: 'differs', why: 'the voting keys on the record are not the ones that I made' }
  if (setup.bind !== binds) return { kind: 'differs', why: 'the bind list on the record is not the one that I made' }
  const seen = await folder.seen()
  const ahead = await checkAhead(dossier.value, availableParallelism(), () => undefined)
  const verdict = verify(dossier, {
    registrar: publicKeyText(folder.privateKey),
    modexp,
    sha256,
    wasm: fastEd25519,
    copies: seen === null ? [] : [seen.checkpoint],
    ...ahead,
  })
  const logKey = verifierKeyText(dossier.value.logKey)
  if (seen !== null && seen.logKey !== logKey) return { kind: 'differs', why: `the record has another key than ${seen.logKey}` }
  if (verdict.verdict !== 'holds')
    return { kind: 'differs', why: `the record does not hold (${verdict.fault?.code ?? 'entries were left out'})` }
  await folder.keepSeen({ logKey, checkpoint: dossier.value.checkpoint })
  return {
    kind: 'own',
    election: dossier.value.documents[setup.election] ?? '',
    closed: bodyIn(dossier.value, 'box-closed') !== null,
  }
}

/** Body of the decision's first entry of a type; null while there is none. */
function bodyIn<T extends 'setup' | 'box-closed'>({ entries, decision }: Dossier, type: T) {
  for (const { bytes } of entries) {
    if (!bytes.includes(`"type":"${type}"`)) continue
    const entry = parseEntry(utf8(bytes))
    const body = entry.kind === 'ok' && entry.value.decision === decision ? bodyOf(entry.value, type) : null
    if (body !== null) return body
  }
  return null
}
