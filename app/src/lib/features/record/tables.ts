import type { Instant } from '@quorate/kernel'
import type { EntryType } from '@quorate/record'

/** One row, `id` 1: how many entries there are, when the last was written, and the peaks of the tree (32 bytes each, largest first). */
export type RecordHeadTable = { id: 1; size: number; at: Instant; peaks: Buffer }
/**
 * The log itself. `position` runs from 0 without gaps; `bytes` are the entry, `leaf` its RFC 6962 leaf hash. Never updated. `packed`: its ballot, where
 * that is kept packed; `bytes` then have an empty text in its place.
 */
export type RecordEntryTable = {
  position: number
  type: EntryType
  decision: number | null
  at: Instant
  bytes: Buffer
  leaf: Buffer
  packed: Buffer | null
}
/** Signed tree heads, one a size, with the peaks of the tree they were signed over. */
export type RecordCheckpointTable = { size: number; note: string; peaks: Buffer; signed_at: Instant }
/** What the record cites by fingerprint: SHA-256 of the text's UTF-8 in hex. */
export type RecordDocumentTable = { fingerprint: string; content: string }

/** What a witness has cosigned: its signature line under the checkpoint of this size. */
export type RecordCosignatureTable = { size: number; witness: string; line: string; signed_at: Instant }
/** How a witness is: the largest size it cosigned, when it last did, and since when and why it does not. */
export type RecordWitnessTable = {
  name: string
  size: number
  answered_at: Instant | null
  failing_since: Instant | null
  fault: string | null
}

declare module '#lib/platform/database.ts' {
  interface Database {
    record_head: RecordHeadTable
    record_entry: RecordEntryTable
    record_checkpoint: RecordCheckpointTable
    record_document: RecordDocumentTable
    record_cosignature: RecordCosignatureTable
    record_witness: RecordWitnessTable
  }
}
