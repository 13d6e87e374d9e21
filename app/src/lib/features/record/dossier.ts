import { assert } from '@quorate/kernel'
import { parseNote, type VerifierKey } from '@quorate/record'
import { citedDocuments, dossierOf, dossierText } from '@quorate/verifier'
import type { Work } from '#lib/platform/feature.ts'
import { latestCheckpoint, logSigner, signHead } from './checkpoint.ts'
import { publishedCheckpoint, witnessPeers } from './cosignatures.ts'
import { exactPages } from './packed-ballots.ts'
import './tables.ts'

/**
 * The dossier of a decision: the whole log up to its newest checkpoint, and the documents that it cites. Bytes and leaf hashes go out as they
 * are stored, even damaged ones: naming what is wrong is the verifier's work, hiding it must not be ours. Null without a checkpoint.
 */
export async function dossierFor(work: Work, decision: number): Promise<string | null> {
  // A damaged log is not signed again; its last checkpoint still shows what is wrong.
  await signHead(work).catch(() => latestCheckpoint(work.db))
  const head = await publishedCheckpoint(work)
  if (head === null) return null
  const entries: { readonly index: number; readonly bytes: Uint8Array; readonly leaf: Uint8Array }[] = []
  for await (const rows of exactPages(work.db, 0, head.size))
    for (const { position, bytes, leaf } of rows) entries.push({ index: position, bytes, leaf })
  const cited = citedDocuments(entries, decision)
  const found =
    cited.length === 0
      ? []
      : await work.db
          .selectFrom('record_document')
          .selectAll()
          .where('fingerprint', 'in', [...cited])
          .execute()
  assert(head.size >= entries.length, 'a checkpoint covers every entry read under it')
  return dossierText(
    dossierOf({
      decision,
      logKey: logSigner(work).key,
      witnesses: cosigners(head.note, work),
      checkpoint: head.note,
      size: head.size,
      entries,
      documents: Object.fromEntries(found.map(({ fingerprint, content }) => [fingerprint, content])),
    }),
  )
}

/** Keys of the witnesses whose lines a checkpoint carries: a dossier names no others. */
const cosigners = (note: string, work: Work): readonly VerifierKey[] => {
  const parsed = parseNote(note)
  const lines = parsed.kind === 'ok' ? parsed.value.signatures : []
  return witnessPeers(work)
    .map((peer) => peer.key)
    .filter((key) => lines.some((line) => line.name === key.name && line.id === key.id))
}
